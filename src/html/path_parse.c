#include "html/path.h"

#include <string.h>

#include "html/xpath.h"

/* The place of the compiler in its expression. */
struct cursor {
	const char *p;
	const char *end;
	struct arena *arena;
};

/* Take the character if it is next. */
static bool
take(struct cursor *at, char c)
{
	if (at->p == at->end || *at->p != c)
		return false;
	at->p++;
	return true;
}

/* Take a name; NULL where there is none. */
static const char *
take_name(struct cursor *at)
{
	const char *start = at->p;

	if (at->p == at->end || !html_is_name_start(*at->p))
		return NULL;
	while (at->p < at->end && html_is_name(*at->p))
		at->p++;
	return arena_dup(at->arena, start, (size_t)(at->p - start));
}

/* Take a quoted value; NULL where there is none. */
static const char *
take_literal(struct cursor *at)
{
	const char *end;
	const char *value;

	if (at->p == at->end || (*at->p != '\'' && *at->p != '"'))
		return NULL;
	end = memchr(at->p + 1, *at->p, (size_t)(at->end - at->p) - 1);
	if (end == NULL)
		return NULL;
	value = arena_dup(at->arena, at->p + 1, (size_t)(end - at->p) - 1);
	at->p = end + 1;
	return value;
}

/* Take the word with the blanks before it; false where it is not next. */
static bool
take_word(struct cursor *at, const char *word)
{
	const char *p = at->p;
	size_t n = strlen(word);

	while (p < at->end && *p == ' ')
		p++;
	if ((size_t)(at->end - p) < n || memcmp(p, word, n) != 0)
		return false;
	at->p = p + n;
	return true;
}

/* Take the number of a position, 1 to 9,999, and the end of its brackets. */
static const char *
take_position(struct cursor *at, struct html_predicate *out)
{
	while (at->p < at->end && html_is_digit(*at->p) && out->position < 1000)
		out->position = out->position * 10 + (size_t)(*at->p++ - '0');
	if (out->position == 0)
		return "positions count from 1";
	return take(at, ']') ? NULL : "\"[\" is not closed";
}

/* Take what follows "[". */
static const char *
take_predicate(struct cursor *at, struct html_predicate *out)
{
	*out = (struct html_predicate){ .kind = HTML_PREDICATE_POSITION };
	if (at->p < at->end && html_is_digit(*at->p))
		return take_position(at, out);
	if (take_word(at, "position()")) {
		out->kind = HTML_PREDICATE_UP_TO;
		if (!take_word(at, "<="))
			return "only \"<=\" may follow position()";
		while (take(at, ' '))
			continue;
		return take_position(at, out);
	}
	out->kind = HTML_PREDICATE_EXISTS;
	if (take(at, '@'))
		out->of = HTML_STEP_ATTRIBUTE;
	else
		out->of = take(at, '.') ? HTML_STEP_SELF : HTML_STEP_CHILD;
	if (out->of != HTML_STEP_SELF) {
		out->name = take_name(at);
		if (out->name == NULL)
			return "no name behind \"[\"";
	}
	if (take(at, ']'))
		return NULL;
	out->kind =
	    take(at, '!') ? HTML_PREDICATE_DIFFERENT : HTML_PREDICATE_EQUAL;
	if (!take(at, '='))
		return "only \"=\" and \"!=\" may stand in a plain path: "
		       "write it in parentheses";
	out->value = take_literal(at);
	if (out->value == NULL)
		return "no quoted value behind \"=\"";
	return take(at, ']') ? NULL : "\"[\" is not closed";
}

static const char *
take_predicates(struct cursor *at, struct html_step *step)
{
	while (take(at, '[')) {
		const char *wrong;

		if (step->n_predicates == HTML_PREDICATES)
			return "too many predicates: write it in parentheses";
		wrong =
		    take_predicate(at, &step->predicates[step->n_predicates++]);
		if (wrong != NULL)
			return wrong;
	}
	return NULL;
}

static const char *
take_step(struct cursor *at, struct html_step *step)
{
	if (take(at, '.')) {
		step->kind = take(at, '.') ? HTML_STEP_PARENT : HTML_STEP_SELF;
		return NULL;
	}
	step->kind = take(at, '@') ? HTML_STEP_ATTRIBUTE : HTML_STEP_CHILD;
	if (step->kind == HTML_STEP_CHILD && take(at, '*'))
		return take_predicates(at, step);
	step->name = take_name(at);
	if (step->name == NULL)
		return "not a path";
	if (step->kind == HTML_STEP_ATTRIBUTE)
		return NULL;
	return take_predicates(at, step);
}

/* Whether the last of n steps may follow the one before it. */
static const char *
check_order(const struct html_step *steps, size_t n)
{
	const struct html_step *last = &steps[n - 1];
	const struct html_step *before = n > 1 ? last - 1 : NULL;

	if (before == NULL)
		return NULL;
	if (before->kind == HTML_STEP_ATTRIBUTE)
		return "nothing is below an attribute";
	if (last->kind == HTML_STEP_PARENT && before->kind != HTML_STEP_PARENT)
		return "\"..\" may stand at the beginning only";
	return NULL;
}

/* Take the comparison that may end a path. */
static const char *
take_comparison(struct cursor *at, struct html_path *path)
{
	bool different = take(at, '!');
	const char *literal;

	if (!take(at, '='))
		return different ? "no \"=\" behind \"!\"" : NULL;
	literal = take_literal(at);
	if (literal == NULL)
		return "no quoted value behind \"=\"";
	if (different)
		path->different = literal;
	else
		path->equal = literal;
	return NULL;
}

/* Take the steps of a path, up to its comparison. */
static const char *
take_steps(struct cursor *at, struct html_path *out)
{
	struct html_step steps[HTML_STEPS] = { 0 };
	struct html_step *kept;
	const char *wrong;

	if (take(at, '/'))
		steps[out->n++].kind = HTML_STEP_ROOT;
	do {
		if (out->n == HTML_STEPS)
			return "path has too many steps";
		wrong = take_step(at, &steps[out->n++]);
		if (wrong == NULL)
			wrong = check_order(steps, out->n);
		if (wrong != NULL)
			return wrong;
	} while (take(at, '/'));
	kept = arena_array(at->arena, out->n, sizeof(steps[0]));
	memcpy(kept, steps, out->n * sizeof(steps[0]));
	out->steps = kept;
	if (out->n == 1 && steps[0].kind == HTML_STEP_ATTRIBUTE)
		out->attribute = steps[0].name;
	return NULL;
}

/* Take "??" with the blanks around it; false where there is none. */
static bool
take_otherwise(struct cursor *at)
{
	if (!take_word(at, "??"))
		return false;
	while (take(at, ' '))
		continue;
	return true;
}

const char *
html_path_parse(
    struct html_path *out, struct arena *arena, const char *p, size_t n)
{
	struct cursor at = { p, p + n, arena };
	struct html_path *path = out;

	for (;;) {
		const char *wrong;
		struct html_path *next;

		*path = (struct html_path){ 0 };
		wrong = take_steps(&at, path);
		if (wrong == NULL)
			wrong = take_comparison(&at, path);
		if (wrong != NULL)
			return wrong;
		if (!take_otherwise(&at))
			return at.p == at.end ? NULL : "not a path";
		next = arena_alloc(arena, sizeof(*next));
		path->otherwise = next;
		path = next;
	}
}
