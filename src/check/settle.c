#include "check/settle.h"

#include <string.h>

#include "check/judge.h"

static bool
is_open(const struct verdict *v)
{
	return v->result == VERDICT_FAIL || v->result == VERDICT_UPCOMING;
}

/* Whether v weighs more than other, or as much and stands before it. */
static bool
outweighs(const struct verdict *v, const struct verdict *other, bool is_before)
{
	if (v->effect != other->effect)
		return v->effect < other->effect;
	if (v->severity != other->severity)
		return v->severity > other->severity;
	return is_before;
}

/*
 * Whether another finding says that the very fact is not given, and weighs as
 * much: a fact that is merely wanted does not excuse a duty left untested.
 */
static bool
is_asked_for(const struct verdict_list *list, const struct verdict *verdict)
{
	bool is_before = true;

	for (const struct verdict *v = list->first; v != NULL; v = v->next) {
		if (v == verdict) {
			is_before = !verdict->is_absent;
			continue;
		}
		if (is_open(v) && (v->is_absent || !verdict->is_absent) &&
		    outweighs(v, verdict, is_before) &&
		    v->severity >= verdict->severity &&
		    strcmp(v->path, verdict->path) == 0)
			return true;
	}
	return false;
}

/* Whether a verdict could be of a fact that is not given, and of no more. */
static bool
is_of_a_gap(const struct verdict *v)
{
	return *v->path != '\0' &&
	    (v->result == VERDICT_UNKNOWN ||
		(is_open(v) && v->is_absent && !v->is_joint));
}

static bool
is_same_place(struct pos a, struct pos b)
{
	return a.file != NULL && b.file != NULL && a.line == b.line &&
	    a.column == b.column && strcmp(a.file, b.file) == 0;
}

/* Whether a field is the one of a finding, or in the section it is about. */
static bool
is_within(const char *path, const struct verdict *v)
{
	size_t n = strlen(v->path);

	return strncmp(path, v->path, n) == 0 &&
	    (path[n] == '\0' ||
		(path[n] == '.' &&
		    (v->is_absent || v->result == VERDICT_MANUAL)));
}

/* Whether a rule about certain fields finds fault at a general one's place. */
static bool
is_beside(const struct verdict *v, const struct verdict *general)
{
	return !v->is_general && !v->is_repeated &&
	    (is_open(v) || v->result == VERDICT_MANUAL) &&
	    is_within(general->path, v);
}

/*
 * The finding of a rule about the very field that tells of the fault better,
 * or NULL.  What holds the field against another one does not.
 */
static const struct verdict *
better_than(const struct verdict_list *list, const struct verdict *general)
{
	for (const struct verdict *v = list->first; v != NULL; v = v->next)
		if (is_beside(v, general) && v->severity >= general->severity &&
		    (v->other.file == NULL || general->other.file != NULL ||
			general->severity < DIAG_ERROR))
			return v;
	return NULL;
}

/* What else follows from a value that is at fault. */
static void
settle_after(struct verdict_list *list, const struct verdict *general,
    const struct verdict *told)
{
	for (struct verdict *v = list->first; v != NULL; v = v->next)
		if (v != told && v->severity <= general->severity &&
		    (is_beside(v, general) ||
			(!v->is_general && is_open(v) &&
			    is_same_place(v->other, general->pos))))
			v->is_repeated = true;
}

/*
 * A fault that is looked for in every field alike is told by the rule about
 * the field, where there is one; and what follows from an error is not told.
 */
static void
settle_general(struct verdict_list *list)
{
	for (struct verdict *v = list->first; v != NULL; v = v->next) {
		const struct verdict *better;

		if (!v->is_general || !is_open(v))
			continue;
		better = better_than(list, v);
		v->is_repeated = v->is_repeated || better != NULL;
		if (v->severity == DIAG_ERROR)
			settle_after(list, v, better != NULL ? better : v);
	}
}

void
settle_repeated(struct verdict_list *list)
{
	for (struct verdict *v = list->first; v != NULL; v = v->next)
		if (is_of_a_gap(v) && !v->is_repeated && is_asked_for(list, v))
			v->is_repeated = true;
	settle_general(list);
	for (struct verdict *v = list->first; v != NULL; v = v->next)
		if (v->is_repeated)
			v->effect = EFFECT_PASSES;
}

/* Whether a verdict tells that the field is not answered well. */
static bool
is_told(const struct verdict_list *list, const char *path)
{
	for (const struct verdict *v = list->first; v != NULL; v = v->next)
		if (v->result != VERDICT_PASS &&
		    v->result != VERDICT_NOT_APPLICABLE &&
		    strcmp(v->path, path) == 0)
			return true;
	return false;
}

static void
look_for_unsigned(struct record *record, const struct field *field)
{
	const char *lack = judge_unsigned(field);

	if (lack != NULL && !is_told(&record->verdicts, field->path))
		diag_add(&record->diags, DIAG_ANSWER_UNSIGNED, field->pos,
		    "%.80s needs the key \"%s\"", field->path, lack);
	for (const struct field *f = field->first; f != NULL; f = f->next)
		look_for_unsigned(record, f);
}

void
settle_unsigned(struct record *record)
{
	if (record->top != NULL)
		look_for_unsigned(record, record->top);
}
