#include "check/sentence.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/num.h"
#include "check/kind.h"
#include "model/figure.h"

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* A label in the middle of a sentence; names and abbreviations stay. */
static void
put_name(struct text *text, const char *label)
{
	char second = label[0] != '\0' ? label[1] : '\0';

	if (is_upper(label[0]) && (is_lower(second) || second == ' ')) {
		text_putc(text, (char)tolower((unsigned char)label[0]));
		label++;
	}
	text_puts(text, label);
}

static void
put_label(struct text *text, const char *label)
{
	text_puts(text, "the ");
	put_name(text, label);
}

/* Whether the label is half a sentence: "Signed by", "From", "Why it fits". */
static bool
is_half(const char *label)
{
	static const char *const ends[] = { "by", "on", "from", "to", "until",
		"for", "in", "with", "of" };
	static const char *const starts[] = { "Why ", "How ", "What ",
		"Whether ", "Who " };
	const char *last = strrchr(label, ' ');

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (strncmp(label, starts[i], strlen(starts[i])) == 0)
			return true;
	last = last != NULL ? last + 1 : label;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (strcasecmp(last, ends[i]) == 0)
			return true;
	return false;
}

void
sentence_put_term(struct text *text, const struct term *term)
{
	if (term->type == TERM_DATE && !term->is_list)
		text_printf(text, "the date \"%s\"", term->label);
	else if (is_half(term->label))
		text_printf(text, "\"%s\"", term->label);
	else
		put_label(text, term->label);
}

/*
 * What a path names.  A one-word label ("Name", "Date") says little alone, so
 * the section it stands in is named too.
 */
static void
put_field(const struct path *path, const struct term *item, struct text *text)
{
	const struct term *term = path->term;
	const struct term *section = term->parent;

	if (path->n == 0) {
		text_puts(text, "it");
		return;
	}
	sentence_put_term(text, term);
	if (strchr(term->label, ' ') != NULL || section == NULL ||
	    section == item || section->label == NULL ||
	    *section->label == '\0')
		return;
	text_puts(text, " under \"");
	text_puts(text, section->label);
	text_putc(text, '"');
}

/* The head of a label: "Explanation" of "Explanation of decisions". */
static size_t
head_of(const char *label)
{
	const char *of = strstr(label, " of ");
	size_t n = of != NULL ? (size_t)(of - label) : strlen(label);
	const char *bracket = memchr(label, '(', n);

	if (bracket != NULL && bracket > label + 1)
		n = (size_t)(bracket - label) - 1;
	return n;
}

/* Whether a verb after the path's label stands in the plural. */
static bool
is_plural(const struct path *path)
{
	static const char *const singular[] = { "ss", "us", "is", "as" };
	const struct term *term = path->term;
	size_t n = head_of(term->label);

	if (path->n == 0 || is_half(term->label) ||
	    (term->type == TERM_DATE && !term->is_list))
		return false;
	if (term->is_list || n < 3 || term->label[n - 1] != 's')
		return term->is_list;
	for (size_t i = 0; i < sizeof(singular) / sizeof(singular[0]); i++)
		if (strncmp(term->label + n - 2, singular[i], 2) == 0)
			return false;
	return true;
}

/* Subject and verb: "the data sets are not ". */
static void
put_is(const struct check *check, bool negated, struct text *text)
{
	put_field(&check->field, check->item, text);
	text_puts(text, is_plural(&check->field) ? " are " : " is ");
	text_puts(text, negated ? "not " : "");
}

/* Subject and a regular verb: "the purpose says", "does not say". */
static void
put_does(const struct check *check, bool negated, const char *verb,
    struct text *text)
{
	bool plural = is_plural(&check->field);

	put_field(&check->field, check->item, text);
	if (negated)
		text_puts(text, plural ? " do not" : " does not");
	if (negated || plural)
		text_printf(text, " %s ", verb);
	else if (strcmp(verb, "have") == 0)
		text_puts(text, " has ");
	else
		text_printf(text, " %ss ", verb);
}

static void
put_number(struct text *text, double number)
{
	char out[NUM_SIZE];

	num_write(number, out);
	text_puts(text, out);
}

/* "a, b or c" with the reader's words for values. */
static void
put_values(const struct check *check, const struct term *term, const char *join,
    struct text *text)
{
	for (size_t i = 0; i < check->n_values; i++) {
		const char *shown = check->values[i];

		for (size_t j = 0; j < term->n_values; j++)
			if (strcmp(term->values[j], shown) == 0 &&
			    term->value_labels != NULL) {
				shown = term->value_labels[j];
				break;
			}
		if (i > 0)
			text_puts(text, i + 1 == check->n_values ? join : ", ");
		text_printf(text, "\"%s\"", shown);
	}
}

void
say_present(const struct check *check, bool negated, struct text *text)
{
	put_is(check, negated, text);
	text_puts(text, "given");
}

void
say_substance(const struct check *check, bool negated, struct text *text)
{
	put_does(check, negated, "say", text);
	text_printf(text, "at least %zu %s of substance", check->words,
	    check->words == 1 ? "word" : "words");
}

static void
say_fact(const struct check *check, bool yes, struct text *text)
{
	text_printf(text, "the answer to \"%s\" is %s",
	    check->field.term->label, yes ? "yes" : "no");
}

void
say_yes(const struct check *check, bool negated, struct text *text)
{
	say_fact(check, !negated, text);
}

void
say_no(const struct check *check, bool negated, struct text *text)
{
	say_fact(check, negated, text);
}

static void
say_set(const struct check *check, bool negated, struct text *text)
{
	const struct term *term = check->field.term;

	if (term->is_list && check->field.n > 0) {
		put_does(check, negated, "include", text);
	} else {
		put_is(check, negated, text);
	}
	put_values(check, term, " or ", text);
}

void
say_one_of(const struct check *check, bool negated, struct text *text)
{
	say_set(check, negated, text);
}

void
say_none_of(const struct check *check, bool negated, struct text *text)
{
	say_set(check, !negated, text);
}

void
say_matches(const struct check *check, bool negated, struct text *text)
{
	put_does(check, negated, "follow", text);
	text_printf(text, "the pattern %s", pattern_text(check->pattern));
}

static void
put_bounds(const struct check *check, struct text *text)
{
	if (check->has_least && check->has_most &&
	    check->least == check->most) {
		text_puts(text, "exactly ");
		put_number(text, check->least);
		return;
	}
	if (check->has_least) {
		text_puts(text, "at least ");
		put_number(text, check->least);
	}
	if (check->has_least && check->has_most)
		text_puts(text, " and ");
	if (check->has_most) {
		text_puts(text, "at most ");
		put_number(text, check->most);
	}
}

void
say_number(const struct check *check, bool negated, struct text *text)
{
	put_is(check, negated, text);
	put_bounds(check, text);
	if (check->field.term->unit != NULL)
		text_printf(text, " %s", check->field.term->unit);
}

static void
put_operand(
    const struct operand *operand, const struct term *item, struct text *text)
{
	if (operand->kind == OPERAND_PATH)
		put_field(&operand->path, item, text);
	else
		text_puts(text, operand->text);
}

/* "on or after X"; with a distance, "at least 10 days after X". */
static void
put_end(const struct check *check, const struct operand *operand,
    const char *join, struct text *text)
{
	bool is_from = operand == &check->from;
	bool is_shifted = check->plus_months != 0 || check->plus_days != 0;

	text_puts(text, join);
	if (is_shifted)
		text_puts(text, is_from ? "at least " : "at most ");
	else
		text_puts(text, is_from ? "on or after " : "on or before ");
	if (check->plus_months != 0)
		text_printf(text, "%d months ", check->plus_months);
	if (check->plus_months != 0 && check->plus_days != 0)
		text_puts(text, "and ");
	if (check->plus_days != 0)
		text_printf(text, "%d days ", check->plus_days);
	if (is_shifted)
		text_puts(text, "after ");
	put_operand(operand, check->item, text);
}

/* Which side of the day of judgement: "not in the future", or its opposite. */
static void
put_side(const struct check *check, bool negated, struct text *text)
{
	put_field(&check->field, check->item, text);
	text_printf(text, " is %sin the %s", negated ? "" : "not ",
	    check->past == PAST_YES ? "future" : "past");
}

/* The conditions of a date, joined by "and". */
void
say_date(const struct check *check, bool negated, struct text *text)
{
	const char *join = "";

	if (check->past != PAST_ANY) {
		put_side(check, negated, text);
		join = negated ? " or not " : " and ";
	} else {
		put_is(check, negated, text);
	}
	if (check->from.kind != OPERAND_NONE) {
		put_end(check, &check->from, join, text);
		join = " and ";
	}
	if (check->until.kind != OPERAND_NONE) {
		put_end(check, &check->until, join, text);
		join = " and ";
	}
	if (check->max_age_months == MAX_AGE_POLICY)
		text_printf(text, "%sno older than the policy allows", join);
	else if (check->max_age_months > 0)
		text_printf(text, "%sat most %d months old", join,
		    check->max_age_months);
	if (check->max_age_days > 0)
		text_printf(text, "%sat most %d days ago",
		    check->max_age_months != 0 ? " and " : join,
		    check->max_age_days);
}

void
say_count(const struct check *check, bool negated, struct text *text)
{
	put_does(check, negated, check->field.n > 0 ? "have" : "hold", text);
	put_bounds(check, text);
	text_puts(text,
	    check->has_most       ? check->most == 1 ? " item" : " items" :
		check->least == 1 ? " item" :
				    " items");
}

void
say_covers(const struct check *check, bool negated, struct text *text)
{
	const struct term *term =
	    check->key != NULL ? check->key : check->field.term;

	put_does(check, negated, "cover", text);
	put_values(check, term, " and ", text);
}

/* That not every entry is so means that one at least is not. */
void
say_each(const struct check *check, bool negated, struct text *text)
{
	text_puts(
	    text, negated ? "in at least one entry of " : "in each entry of ");
	put_field(&check->field, check->item, text);
	if (check->where != NULL) {
		text_puts(text, " where ");
		check->where->kind->say(check->where, false, text);
	}
	text_puts(text, ", ");
	check->first->kind->say(check->first, negated, text);
}

void
say_compare(const struct check *check, bool negated, struct text *text)
{
	static const char *const words[] = { "the same as ", "different from ",
		"below ", "above ", "at most ", "at least " };
	static const char *const days[] = { "the same as ", "different from ",
		"before ", "after ", "on or before ", "on or after " };
	bool is_day = check->field.term->type == TERM_DATE;

	put_is(check, negated, text);
	text_puts(text, (is_day ? days : words)[check->relation]);
	put_operand(&check->right, check->item, text);
}

void
say_file(const struct check *check, bool negated, struct text *text)
{
	put_does(check, negated, "name", text);
	text_puts(text,
	    check->field.term->is_list && check->field.n > 0 ?
		"evidence files that exist" :
		"an evidence file that exists");
}

void
say_ref(const struct check *check, bool negated, struct text *text)
{
	put_does(check, negated, "name", text);
	text_puts(text, "an entry of ");
	sentence_put_term(text, check->list.term);
}

void
say_manual(const struct check *check, bool negated, struct text *text)
{
	put_is(check, negated, text);
	text_puts(text,
	    "decided, with reasons, and signed and dated by a "
	    "person");
}

void
say_figures(const struct check *check, bool negated, struct text *text)
{
	const char *label =
	    check->metric != NULL ? metric_label(check->metric) : "";

	switch (check->figures) {
	case FIGURES_LIMITS:
		text_puts(text, "the fairness figures ");
		text_puts(text, negated ? "are not all" : "are all");
		text_puts(text, " within the limits of the policy");
		break;
	case FIGURES_DEFINED:
		put_label(text, label);
		text_puts(text, negated ? " is not" : " is");
		text_puts(text, " on file for at least one group");
		break;
	case FIGURES_ATTRIBUTE_HAS:
		put_label(text, label);
		text_puts(text, negated ? " is not" : " is");
		text_puts(text,
		    check->item != NULL ? " on file for the attribute" :
					  " on file for every attribute");
		break;
	case FIGURES_WITHIN:
		text_puts(text, "the fairness figures of ");
		put_field(&check->group, check->item, text);
		text_puts(text, negated ? " are not all" : " are all");
		text_puts(text, " within the limits of the policy");
		break;
	}
}

void
say_measures(const struct check *check, bool negated, struct text *text)
{
	(void)check;
	text_puts(text, "the performance measures ");
	text_puts(text, negated ? "are not all" : "are all");
	text_puts(text, " within the limits stated before the test");
}

/* Whether a later part asks more of the same field than that it is given. */
static bool
is_implied(const struct check *check)
{
	if (strcmp(check->kind->name, "present") != 0)
		return false;
	for (const struct check *c = check->next; c != NULL; c = c->next)
		if (c->field.text != NULL && c->kind->shape != SHAPE_FIGURES &&
		    strcmp(c->field.text, check->field.text) == 0)
			return true;
	return false;
}

static bool
is_pair(const struct check *check)
{
	const struct check *second =
	    check->first != NULL ? check->first->next : NULL;

	return strcmp(check->kind->name, "all") == 0 && second != NULL &&
	    second->next == NULL && !is_implied(check->first);
}

/* The parts of `all`, or of the opposite of `any`. */
static void
say_and(const struct check *check, bool negated, struct text *text)
{
	bool begun = false;

	for (const struct check *c = check->first; c != NULL; c = c->next) {
		if (!negated && is_implied(c))
			continue;
		if (begun)
			text_puts(text, c->next == NULL ? ", and " : ", ");
		c->kind->say(c, negated, text);
		begun = true;
	}
}

/* What is left of a check without its `not`s. */
static const struct check *
bare(const struct check *check, bool *negated)
{
	while (strcmp(check->kind->name, "not") == 0) {
		*negated = !*negated;
		check = check->first;
	}
	return check;
}

/* The parts of `any`, or of the opposite of `all`; those of any in any too. */
static void
put_or(const struct check *check, bool negated, struct text *text)
{
	for (const struct check *c = check->first; c != NULL; c = c->next) {
		bool opposite = negated;
		const struct check *part = bare(c, &opposite);

		if (c != check->first)
			text_puts(text, c->next == NULL ? ", or " : ", ");
		if (!opposite && is_pair(part))
			text_puts(text, "both ");
		if (strcmp(part->kind->name, opposite ? "all" : "any") == 0)
			put_or(part, opposite, text);
		else
			part->kind->say(part, opposite, text);
	}
}

static void
say_or(const struct check *check, bool negated, struct text *text)
{
	if (check->first->next != NULL)
		text_puts(text, "either ");
	put_or(check, negated, text);
}

void
say_all(const struct check *check, bool negated, struct text *text)
{
	(negated ? say_or : say_and)(check, negated, text);
}

void
say_any(const struct check *check, bool negated, struct text *text)
{
	(negated ? say_and : say_or)(check, negated, text);
}

void
say_not(const struct check *check, bool negated, struct text *text)
{
	check->first->kind->say(check->first, !negated, text);
}

void
say_condition(const struct check *check, bool negated, struct text *text)
{
	text_puts(
	    text, negated ? check->condition->denies : check->condition->says);
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

	if (is_lower(sentence[0]))
		sentence[0] = (char)(sentence[0] - 32);
	return sentence;
}
