#include "check/outlook.h"

#include <string.h>

#include "check/check.h"

/* A record on another day: its evidence, but verdicts of its own. */
static void
open_shadow(struct record *shadow, const struct record *record)
{
	*shadow = *record;
	shadow->arena = (struct arena){ 0 };
	shadow->verdicts = (struct verdict_list){ 0 };
	shadow->diags = (struct diag_list){ .arena = &shadow->arena };
}

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

/* Append what becomes of a verdict; one of the two may be NULL. */
static void
add(struct record *record, const struct verdict *from, const struct verdict *to)
{
	struct turn *turn = arena_alloc(&record->arena, sizeof(*turn));
	const struct verdict *any = to != NULL ? to : from;
	struct outlook *outlook = &record->outlook;
	struct turn **end = &outlook->first;

	turn->rule = any->rule;
	turn->title = any->title;
	turn->path = arena_str(&record->arena, any->path);
	turn->message = arena_str(&record->arena, any->message);
	turn->is_new = from == NULL;
	turn->is_gone = to == NULL;
	turn->from = (from != NULL ? from : any)->result;
	turn->to = any->result;
	turn->from_status = (from != NULL ? from : any)->status;
	turn->to_status = any->status;
	turn->from_effect = (from != NULL ? from : any)->effect;
	turn->to_effect = any->effect;
	turn->next = NULL;
	while (*end != NULL)
		end = &(*end)->next;
	*end = turn;
	outlook->n++;
}

/* Compare two days, in the order of the later one's verdicts. */
static void
compare(struct record *record, const struct verdict *now,
    const struct verdict *later)
{
	const struct verdict *hint = now, *match;

	for (const struct verdict *v = later; v != NULL; v = v->next) {
		match = find(now, hint, v);
		if (match == NULL || !is_same(match, v))
			add(record, match, v);
		hint = match != NULL ? match->next : hint;
	}
	hint = later;
	for (const struct verdict *v = now; v != NULL; v = v->next) {
		match = find(later, hint, v);
		if (match == NULL)
			add(record, v, NULL);
		hint = match != NULL ? match->next : hint;
	}
}

void
outlook_find(const struct catalogue *catalogue, struct record *record,
    const struct policy *policy, date turns_on)
{
	struct policy then = *policy;
	struct record shadow;

	record->outlook = (struct outlook){ .day = DATE_NONE };
	while (turns_on != DATE_NONE && record->outlook.n == 0) {
		then.as_of = turns_on;
		open_shadow(&shadow, record);
		turns_on = check_record(catalogue, &shadow, &then).turns_on;
		compare(record, record->verdicts.first, shadow.verdicts.first);
		if (record->outlook.n > 0)
			record->outlook.day = then.as_of;
		arena_free(&shadow.arena);
	}
}
