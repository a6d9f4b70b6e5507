#include "check/sentence.h"

#include <ctype.h>
#include <string.h>

#include "check/kind.h"

/*
 * Sentences of several parts.  What stands between two parts of another sort
 * is put in brackets, so that "and" and "or" cannot be misread; what another
 * part says anyway is left out.
 */

/* What is left of a check without its `not`s. */
static const struct check *
bare(const struct check *check, bool *negated)
{
	while (check->kind->say == say_not) {
		*negated = !*negated;
		check = check->first;
	}
	return check;
}

/* Whether a check, or its opposite, is several parts joined by "or". */
static bool
is_or(const struct check *check, bool negated)
{
	check = bare(check, &negated);
	return check->kind->say == (negated ? say_all : say_any);
}

static bool
is_and(const struct check *check, bool negated)
{
	return is_or(check, !negated);
}

/* 1: says that a field is given; -1: that it is not; 0: something else. */
static int
presence(const struct check *part, bool negated)
{
	part = bare(part, &negated);
	if (part->kind->say != say_present)
		return 0;
	return negated ? -1 : 1;
}

/* Whether a part says what a field is not: true of one that is not given. */
static bool
is_denial(const struct check *part, bool negated)
{
	part = bare(part, &negated);
	if (part->kind->say == say_none_of)
		return !negated;
	return negated &&
	    (part->kind->say == say_one_of || part->kind->say == say_compare ||
		part->kind->say == say_matches ||
		part->kind->say == say_covers || part->kind->say == say_ref);
}

/* Whether a part holds only of a field that is given. */
static bool
needs_field(const struct check *part, bool negated)
{
	part = bare(part, &negated);
	if (part->kind->say == say_each)
		return negated;
	return part->kind->say == say_none_of || !negated;
}

/* Whether another part of the list says what this one says of its field. */
static bool
is_left_out(const struct check *list, bool negated, const struct check *part)
{
	bool any = false;
	int given = presence(part, negated);
	const struct check *about = bare(part, &any);

	if (given == 0 || given != (is_and(list, negated) ? 1 : -1))
		return false;
	for (const struct check *c = list->first; c != NULL; c = c->next) {
		const struct check *other = bare(c, &any);

		if (c == part || presence(c, negated) != 0 ||
		    other->field.text == NULL ||
		    other->kind->shape == SHAPE_FIGURES ||
		    strcmp(other->field.text, about->field.text) != 0)
			continue;
		if (given == 1 ? needs_field(c, negated) :
				 is_denial(c, negated))
			return true;
	}
	return false;
}

/*
 * Whether a part of alternatives is said as a condition of the others: that
 * "From" is not given, or "To" is after "From", as "if "From" is given".
 */
static bool
is_if(const struct check *list, bool negated, const struct check *part)
{
	bool has_other = false;

	for (const struct check *c = list->first; c != NULL; c = c->next)
		has_other |= presence(c, negated) != -1;
	return has_other && presence(part, negated) == -1 &&
	    !is_left_out(list, negated, part);
}

/* The parts that are said, those of alternatives in alternatives too. */
static size_t
count_parts(const struct check *list, bool negated, bool is_top)
{
	size_t n = 0;

	for (const struct check *c = list->first; c != NULL; c = c->next) {
		bool opposite = negated;
		const struct check *part = bare(c, &opposite);

		if (is_top &&
		    (is_left_out(list, negated, c) ||
			(is_or(list, negated) && is_if(list, negated, c))))
			continue;
		if (is_or(list, negated) && is_or(c, negated))
			n += count_parts(part, opposite, false);
		else
			n++;
	}
	return n;
}

static bool
has_ifs(const struct check *list, bool negated)
{
	for (const struct check *c = list->first; c != NULL; c = c->next)
		if (is_if(list, negated, c))
			return true;
	return false;
}

/* Whether an entry's check is about the words that are the entries. */
static bool
is_whole(const struct check *each)
{
	const struct check *part = each->first;

	return each->where == NULL && part->field.n == 0 &&
	    (part->kind->say == say_one_of || part->kind->say == say_none_of);
}

/* Whether a part has to be kept together where it stands. */
static bool
needs_brackets(const struct check *part, bool negated, bool in_or)
{
	part = bare(part, &negated);
	if (part->kind->say == say_each)
		return !is_whole(part);
	if (in_or)
		return is_and(part, negated) &&
		    count_parts(part, negated, true) > 1;
	return is_or(part, negated) &&
	    (count_parts(part, negated, true) > 1 || has_ifs(part, negated));
}

static void
put_part(
    const struct check *part, bool negated, bool in_brackets, struct text *text)
{
	text_puts(text, in_brackets ? "(" : "");
	part->kind->say(part, negated, text);
	text_puts(text, in_brackets ? ")" : "");
}

/* Parts that all hold. */
static void
put_and(const struct check *list, bool negated, struct text *text)
{
	size_t n = count_parts(list, negated, true), i = 0;

	for (const struct check *c = list->first; c != NULL; c = c->next) {
		if (is_left_out(list, negated, c))
			continue;
		if (i > 0)
			text_puts(text, i + 1 == n ? ", and " : ", ");
		put_part(c, negated, n > 1 && needs_brackets(c, negated, false),
		    text);
		i++;
	}
}

/* "if "From" and "To" are given, ". */
static void
put_ifs(const struct check *list, bool negated, struct text *text)
{
	const struct check *shown = NULL;
	size_t n = 0, i = 0;

	for (const struct check *c = list->first; c != NULL; c = c->next)
		n += is_if(list, negated, c);
	for (const struct check *c = list->first; c != NULL; c = c->next) {
		bool any = false;

		if (!is_if(list, negated, c))
			continue;
		shown = bare(c, &any);
		if (i > 0)
			text_puts(text, i + 1 == n ? " and " : ", ");
		else
			text_puts(text, "if ");
		sentence_put_field(&shown->field, shown->item, text);
		i++;
	}
	if (n > 0)
		text_printf(text, " %s %s, ", n == 1 ? "is" : "are",
		    n == 1 ? sentence_given(shown->field.term) : "given");
}

/* Alternatives on their way: how many there are, and how many were said. */
struct progress {
	size_t n, i;
};

static void
put_or(const struct check *list, bool negated, struct progress *progress,
    struct text *text)
{
	bool is_top = progress->i == 0;

	for (const struct check *c = list->first; c != NULL; c = c->next) {
		bool opposite = negated;
		const struct check *part = bare(c, &opposite);

		if (is_top &&
		    (is_left_out(list, negated, c) || is_if(list, negated, c)))
			continue;
		if (is_or(c, negated)) {
			put_or(part, opposite, progress, text);
			continue;
		}
		if (progress->i > 0)
			text_puts(text,
			    progress->i + 1 == progress->n ? ", or " : ", ");
		put_part(part, opposite,
		    progress->n > 1 && needs_brackets(part, opposite, true),
		    text);
		progress->i++;
	}
}

/* Parts of which one holds. */
static void
put_either(const struct check *list, bool negated, struct text *text)
{
	struct progress progress = { count_parts(list, negated, true), 0 };

	put_ifs(list, negated, text);
	text_puts(text, progress.n > 1 ? "either " : "");
	put_or(list, negated, &progress, text);
}

void
say_all(const struct check *check, bool negated, struct text *text)
{
	(negated ? put_either : put_and)(check, negated, text);
}

void
say_any(const struct check *check, bool negated, struct text *text)
{
	(negated ? put_and : put_either)(check, negated, text);
}

void
say_not(const struct check *check, bool negated, struct text *text)
{
	check->first->kind->say(check->first, !negated, text);
}

/* That not every entry is so means that one at least is not. */
void
say_each(const struct check *check, bool negated, struct text *text)
{
	const struct check *part = check->first;

	text_puts(text, is_whole(check) ? "" : "in ");
	text_puts(text, negated ? "at least one entry of " : "each entry of ");
	sentence_put_field(&check->field, check->item, text);
	if (check->where != NULL) {
		text_puts(text, " where ");
		put_part(
		    check->where, false, check->where->first != NULL, text);
	}
	if (is_whole(check)) {
		text_putc(text, ' ');
		sentence_put_set(
		    part, (part->kind->say == say_none_of) != negated, text);
		return;
	}
	text_puts(text, ", ");
	part->kind->say(part, negated, text);
}

const char *
sentence_clause(struct arena *arena, const struct check *check)
{
	struct text text = { 0 };
	const char *clause;

	check->kind->say(check, false, &text);
	clause = arena_dup(arena, text_str(&text), text.n);
	text_free(&text);
	return clause;
}

const char *
sentence_of(struct arena *arena, const struct check *check)
{
	char *sentence =
	    arena_printf(arena, "%s.", sentence_clause(arena, check));

	sentence[0] = (char)toupper((unsigned char)sentence[0]);
	return sentence;
}
