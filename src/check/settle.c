#include "check/settle.h"

#include <string.h>

#include "check/judge.h"

/*
 * Whether another finding says that the very fact is not given, and weighs as
 * much: a fact that is merely wanted does not excuse a duty left untested.
 */
static bool
is_asked_for(const struct verdict_list *list, const struct verdict *untested)
{
	for (const struct verdict *v = list->first; v != NULL; v = v->next)
		if ((v->result == VERDICT_FAIL ||
			v->result == VERDICT_UPCOMING) &&
		    v->effect <= untested->effect &&
		    v->severity >= untested->severity &&
		    strcmp(v->path, untested->path) == 0)
			return true;
	return false;
}

void
settle_repeated(struct verdict_list *list)
{
	for (struct verdict *v = list->first; v != NULL; v = v->next)
		if (v->result == VERDICT_UNKNOWN && *v->path != '\0' &&
		    is_asked_for(list, v)) {
			v->effect = EFFECT_PASSES;
			v->is_repeated = true;
		}
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
