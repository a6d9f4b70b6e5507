#include "check/waiver.h"

#include <string.h>

#include "check/emit.h"

void
waiver_open(struct waiver_set *set, struct arena *arena,
    const struct policy *policy, const char *model)
{
	set->policy = policy;
	set->n = 0;
	for (size_t i = 0; i < policy->n_waivers; i++)
		if (strcmp(policy->waivers[i].model, model) == 0)
			set->n++;
	set->of_model = arena_array(arena, set->n, sizeof(*set->of_model));
	set->matched = arena_array(arena, set->n, sizeof(*set->matched));
	set->n = 0;
	for (size_t i = 0; i < policy->n_waivers; i++)
		if (strcmp(policy->waivers[i].model, model) == 0)
			set->of_model[set->n++] = i;
}

/* Whether the pattern is the path, or the path without "[2]". */
static bool
covers_path(const char *pattern, const char *path)
{
	const char *p = pattern;

	if (pattern == NULL || strcmp(pattern, path) == 0)
		return true;
	while (*path != '\0') {
		if (*path == '[') {
			path += strcspn(path, "]");
			path += *path == ']' ? 1 : 0;
			continue;
		}
		if (*p++ != *path++)
			return false;
	}
	return *p == '\0';
}

bool
waiver_is_in_force(const struct waiver *waiver, date day)
{
	if (waiver->approved_on != DATE_NONE && waiver->approved_on > day)
		return false;
	return waiver->expires_on != DATE_NONE && waiver->expires_on >= day;
}

static void
waive(const struct waiver *waiver, struct verdict *verdict)
{
	verdict->result = VERDICT_WAIVED;
	verdict->status = STATUS_WAIVED;
	verdict->effect = EFFECT_PASSES;
	verdict->waiver = waiver->id;
	verdict->waived_until = waiver->expires_on;
	verdict->waived_by = waiver->approved_by;
}

void
waiver_apply(struct waiver_set *set, struct verdict *verdict)
{
	for (size_t i = 0; i < set->n; i++) {
		const struct waiver *waiver =
		    &set->policy->waivers[set->of_model[i]];

		if (strcmp(waiver->rule, verdict->rule) != 0 ||
		    !covers_path(waiver->path, verdict->path))
			continue;
		set->matched[i] = true;
		if (verdict->result == VERDICT_FAIL &&
		    waiver_is_in_force(waiver, set->policy->as_of))
			waive(waiver, verdict);
	}
}

/* A verdict on a waiver rather than on a rule. */
static struct verdict *
verdict_on(struct arena *arena, const struct waiver *waiver, const char *rule,
    const char *title)
{
	struct verdict *verdict = arena_alloc(arena, sizeof(*verdict));

	verdict->id = check_verdict_id(arena, rule, waiver->model, waiver->id);
	verdict->rule = rule;
	verdict->title = title;
	verdict->provision = verdict->law = verdict->duty = "";
	verdict->result = VERDICT_FAIL;
	verdict->status = STATUS_WARNING;
	verdict->effect = EFFECT_WARNS;
	verdict->severity = DIAG_WARNING;
	verdict->path = waiver->path != NULL ? waiver->path : "";
	verdict->pos = waiver->pos;
	verdict->applies_from = DATE_NONE;
	verdict->waived_until = waiver->expires_on;
	verdict->waiver = waiver->id;
	verdict->waived_by = waiver->approved_by;
	verdict->first_seen = DATE_NONE;
	return verdict;
}

static void
report_expired(struct record *record, const struct waiver *waiver)
{
	struct arena *arena = &record->arena;
	struct verdict *verdict =
	    verdict_on(arena, waiver, "WAIVER-EXPIRED", "Waiver has ended");
	char day[DATE_SIZE];

	date_write(waiver->expires_on, day);
	verdict->status = STATUS_OUT_OF_DATE;
	verdict->message =
	    arena_printf(arena, "waiver %s of %s ended on %s", waiver->id,
		waiver->rule, *day != '\0' ? day : "no day: it needs one");
	verdict->why = "A waiver covers a finding for a limited time; after it "
		       "the finding counts again.";
	verdict->fix = arena_printf(arena,
	    "Mend what %s finds, or have a new waiver approved.", waiver->rule);
	verdict->requirement = "Every waiver in use is in force.";
	check_add(&record->verdicts, verdict);
}

static void
report_ending(struct record *record, const struct waiver *waiver, date as_of)
{
	struct arena *arena = &record->arena;
	struct verdict *verdict =
	    verdict_on(arena, waiver, "WAIVER-ENDING", "Waiver ends soon");
	char day[DATE_SIZE];

	date_write(waiver->expires_on, day);
	verdict->result = VERDICT_UPCOMING;
	verdict->status = STATUS_DUE;
	verdict->effect = EFFECT_PASSES;
	verdict->severity = DIAG_NOTE;
	verdict->applies_from = waiver->expires_on;
	verdict->days_left = (long)waiver->expires_on - as_of;
	verdict->message = arena_printf(
	    arena, "waiver %s of %s ends on %s", waiver->id, waiver->rule, day);
	verdict->why = "Once it has ended, the finding that it covers counts.";
	verdict->fix = arena_printf(arena,
	    "Mend what %s finds before that day, or have a new waiver "
	    "approved.",
	    waiver->rule);
	verdict->requirement = "Every waiver in use is in force.";
	check_add(&record->verdicts, verdict);
}

void
waiver_close(struct waiver_set *set, struct record *record)
{
	date as_of = set->policy->as_of;

	for (size_t i = 0; i < set->n; i++) {
		const struct waiver *waiver =
		    &set->policy->waivers[set->of_model[i]];

		if (!set->matched[i])
			continue;
		if (waiver->expires_on == DATE_NONE ||
		    waiver->expires_on < as_of)
			report_expired(record, waiver);
		else if (waiver_is_in_force(waiver, as_of) &&
		    waiver->expires_on - as_of <= WAIVER_ENDING_DAYS)
			report_ending(record, waiver, as_of);
	}
}

void
check_used_waivers(const struct policy *policy,
    const struct verdict_list *verdicts, bool used[])
{
	for (const struct verdict *v = verdicts->first; v != NULL; v = v->next)
		for (size_t i = 0; v->waiver != NULL && i < policy->n_waivers;
		     i++)
			if (strcmp(policy->waivers[i].id, v->waiver) == 0)
				used[i] = true;
}

void
check_unused_waivers(const struct policy *policy, const bool used[],
    struct arena *arena, struct verdict_list *out)
{
	for (size_t i = 0; i < policy->n_waivers; i++) {
		const struct waiver *waiver = &policy->waivers[i];
		struct verdict *verdict;

		if (used[i])
			continue;
		verdict = verdict_on(
		    arena, waiver, "WAIVER-UNUSED", "Waiver covers nothing");
		verdict->message = arena_printf(arena,
		    "waiver %s of %s for %s covers no finding", waiver->id,
		    waiver->rule, waiver->model);
		verdict->why = "A waiver that is not needed hides the next "
			       "fault of its kind.";
		verdict->fix = "Take it out of the waivers, or correct its "
			       "rule, model or path.";
		verdict->requirement = "Every waiver covers a finding.";
		check_add(out, verdict);
	}
}
