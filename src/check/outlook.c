#include "check/outlook.h"

#include <string.h>

#include "check/check.h"

/* The verdict's counterpart among those from first on; likely it is at hint. */
static const struct verdict *
find(const struct verdict *first, const struct verdict *hint,
    const struct verdict *wanted)
{
	for (const struct verdict *v = hint; v != NULL; v = v->next)
		if (strcmp(v->id, wanted->id) == 0)
			return v;
	for (const struct verdict *v = first; v != hint; v = v->next)
		if (strcmp(v->id, wanted->id) == 0)
			return v;
	return NULL;
}

static bool
is_same(const struct verdict *a, const struct verdict *b)
{
	return a->result == b->result && a->status == b->status &&
	    a->effect == b->effect;
}

/* Whether it is of the rule as a whole rather than of an item at fault. */
static bool
is_whole(const struct verdict *v)
{
	return v->result == VERDICT_PASS || v->result == VERDICT_NOT_APPLICABLE;
}

/* The verdict on the whole of a rule, or NULL. */
static const struct verdict *
whole_of(const struct verdict *list, const struct verdict *item)
{
	for (const struct verdict *v = list; v != NULL; v = v->next)
		if (strcmp(v->rule, item->rule) == 0 && is_whole(v))
			return v;
	return NULL;
}

/* Append what becomes of a verdict; one of the two may be NULL. */
static void
add(struct record *record, const struct verdict *from, const struct verdict *to)
{
	struct turn *turn = arena_alloc(&record->arena, sizeof(*turn));
	bool is_item = to == NULL || (from != NULL && is_whole(to));
	const struct verdict *any = is_item ? from : to;
	struct outlook *outlook = &record->outlook;
	struct turn **end = &outlook->first;

	turn->rule = any->rule;
	turn->title = any->title;
	turn->path = arena_str(&record->arena, any->path);
	turn->message = arena_str(&record->arena, any->message);
	turn->is_new = from == NULL;
	turn->is_gone = to == NULL;
	turn->from = (from != NULL ? from : to)->result;
	turn->to = (to != NULL ? to : from)->result;
	turn->from_status = (from != NULL ? from : to)->status;
	turn->to_status = (to != NULL ? to : from)->status;
	turn->from_effect = (from != NULL ? from : to)->effect;
	turn->to_effect = (to != NULL ? to : from)->effect;
	turn->next = NULL;
	while (*end != NULL)
		end = &(*end)->next;
	*end = turn;
	outlook->n++;
}

/* What was not there before: an item of a rule that passed as a whole. */
static void
add_new(struct record *record, const struct verdict *now,
    const struct verdict *later)
{
	const struct verdict *hint = now, *match;

	for (const struct verdict *v = later; v != NULL; v = v->next) {
		match = find(now, hint, v);
		if (match == NULL && is_whole(v))
			continue;
		hint = match != NULL ? match->next : hint;
		match = match != NULL ? match : whole_of(now, v);
		if (match == NULL || !is_same(match, v))
			add(record, match, v);
	}
}

/* What is no longer there: an item of a rule that passes as a whole. */
static void
add_gone(struct record *record, const struct verdict *now,
    const struct verdict *later)
{
	const struct verdict *hint = later, *match;

	for (const struct verdict *v = now; v != NULL; v = v->next) {
		match = find(later, hint, v);
		hint = match != NULL ? match->next : hint;
		if (match == NULL && !is_whole(v))
			add(record, v, whole_of(later, v));
	}
}

void
outlook_find(const struct catalogue *catalogue, struct record *record,
    const struct policy *policy, date turns_on, struct check_memory *memory)
{
	struct policy then = *policy;
	/* The record on another day: its evidence, but verdicts of its own. */
	struct record shadow = *record;

	shadow.arena = (struct arena){ 0 };
	shadow.diags = (struct diag_list){ .arena = &shadow.arena };
	record->outlook = (struct outlook){ .day = DATE_NONE };
	while (turns_on != DATE_NONE && record->outlook.n == 0) {
		then.as_of = turns_on;
		shadow.verdicts = (struct verdict_list){ 0 };
		turns_on = check_record_again(catalogue, &shadow, &then, memory)
			       .turns_on;
		add_new(record, record->verdicts.first, shadow.verdicts.first);
		add_gone(record, record->verdicts.first, shadow.verdicts.first);
		if (record->outlook.n > 0)
			record->outlook.day = then.as_of;
	}
	arena_free(&shadow.arena);
}
