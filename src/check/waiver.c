#include "check/waiver.h"

#include <string.h>
#include <strings.h>

#include "check/emit.h"
#include "check/naming.h"

#define FIELD_OWNER "model.owner"

enum { EXAMPLES = 3 }; /* paths that are listed of a broad waiver */

/* Length of a name in front of a title: "I. Krag, head of security". */
static size_t
name_length(const char *person)
{
	size_t n = strcspn(person, ",(");

	while (n > 0 && person[n - 1] == ' ')
		n--;
	return n;
}

static bool
is_same_person(const char *a, const char *b)
{
	size_t n = name_length(a);

	return n > 0 && n == name_length(b) && strncasecmp(a, b, n) == 0;
}

void
waiver_open(
    struct waiver_set *set, struct record *record, const struct policy *policy)
{
	const char *owner = field_text(record->top, FIELD_OWNER);

	*set = (struct waiver_set){ .policy = policy,
		.record = record,
		.naming = naming_new(&record->arena, record->top) };
	for (size_t i = 0; i < policy->n_waivers; i++)
		set->n += strcmp(policy->waivers[i].model, record->id) == 0;
	set->uses = arena_array(&record->arena, set->n, sizeof(*set->uses));
	set->n = 0;
	for (size_t i = 0; i < policy->n_waivers; i++) {
		const struct waiver *waiver = &policy->waivers[i];
		struct waiver_use *use = &set->uses[set->n];

		if (strcmp(waiver->model, record->id) != 0)
			continue;
		use->waiver = waiver;
		use->state = waiver_state(waiver, policy);
		use->is_by_owner = owner != NULL &&
		    policy->waiver_owner != WAIVER_OWNER_ALLOW &&
		    is_same_person(owner, waiver->approved_by);
		use->examples = "";
		set->n++;
	}
}

/* Whether the pattern is the path, or the path without "[2]". */
static bool
covers_path(const char *pattern, const char *path)
{
	const char *p = pattern;

	if (strcmp(pattern, path) == 0)
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

static bool
is_for(const struct waiver_set *set, const struct waiver *waiver,
    const struct verdict *verdict)
{
	if (waiver->path == NULL || covers_path(waiver->path, verdict->path))
		return true;
	return strcmp(waiver->path, naming_field(set->naming, verdict->path)) ==
	    0;
}

/* Whether it lets findings pass on this day. */
static bool
is_good(const struct waiver_set *set, const struct waiver_use *use)
{
	return waiver_covers(use->state) &&
	    !(use->is_by_owner &&
		set->policy->waiver_owner == WAIVER_OWNER_FORBID);
}

static void
waive(struct waiver_set *set, struct waiver_use *use, struct verdict *verdict)
{
	const struct waiver *waiver = use->waiver;

	verdict->result = VERDICT_WAIVED;
	verdict->status = STATUS_WAIVED;
	verdict->effect = EFFECT_PASSES;
	verdict->waiver = waiver->id;
	verdict->waived_until = waiver->expires_on;
	verdict->waived_by = waiver->approved_by;
	if (use->n_covered++ < EXAMPLES && *verdict->path != '\0')
		use->examples =
		    arena_printf(&set->record->arena, "%s%s%s", use->examples,
			*use->examples != '\0' ? ", " : "", verdict->path);
}

void
waiver_apply(struct waiver_set *set, struct verdict *verdict)
{
	if (verdict->result == VERDICT_NOT_APPLICABLE)
		return;
	for (size_t i = 0; i < set->n; i++) {
		struct waiver_use *use = &set->uses[i];

		if (strcmp(use->waiver->rule, verdict->rule) != 0)
			continue;
		use->is_judged = true;
		if (verdict->result == VERDICT_PASS ||
		    !is_for(set, use->waiver, verdict))
			continue;
		use->is_matched = true;
		if (verdict->result == VERDICT_FAIL && is_good(set, use))
			waive(set, use, verdict);
	}
}

/* What is said of a waiver rather than of a rule; the caller words it. */
static struct verdict *
say(struct waiver_set *set, const struct waiver *waiver, const char *rule,
    const char *title)
{
	struct arena *arena = &set->record->arena;
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
	verdict->requirement = "Every waiver in use is in force.";
	check_add(&set->record->verdicts, verdict);
	return verdict;
}

static void
report_expired(struct waiver_set *set, const struct waiver *waiver)
{
	struct arena *arena = &set->record->arena;
	struct verdict *verdict =
	    say(set, waiver, "WAIVER-EXPIRED", "Waiver has ended");
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
}

static void
report_not_yet(struct waiver_set *set, const struct waiver *waiver)
{
	struct arena *arena = &set->record->arena;
	struct verdict *verdict =
	    say(set, waiver, "WAIVER-NOT-YET", "Waiver has not begun");
	char day[DATE_SIZE];

	date_write(waiver->approved_on, day);
	verdict->message = arena_printf(arena,
	    "waiver %s of %s is approved on %s, a day to come", waiver->id,
	    waiver->rule, day);
	verdict->why = "Nobody can have approved on a day that has not come; "
		       "until then the finding counts.";
	verdict->fix = "Correct approved_on, or have the waiver approved.";
}

static void
report_ending(struct waiver_set *set, const struct waiver *waiver)
{
	struct arena *arena = &set->record->arena;
	struct verdict *verdict =
	    say(set, waiver, "WAIVER-ENDING", "Waiver ends soon");
	char day[DATE_SIZE];

	date_write(waiver->expires_on, day);
	verdict->result = VERDICT_UPCOMING;
	verdict->status = STATUS_DUE;
	verdict->effect = EFFECT_PASSES;
	verdict->severity = DIAG_NOTE;
	verdict->applies_from = waiver->expires_on;
	verdict->days_left = waiver_days_left(waiver, set->policy);
	verdict->message = arena_printf(
	    arena, "waiver %s of %s ends on %s", waiver->id, waiver->rule, day);
	verdict->why = "Once it has ended, the finding that it covers counts.";
	verdict->fix = arena_printf(arena,
	    "Mend what %s finds before that day, or have a new waiver "
	    "approved.",
	    waiver->rule);
}

static void
report_owner(struct waiver_set *set, const struct waiver *waiver)
{
	struct verdict *verdict =
	    say(set, waiver, "WAIVER-OWNER", "Waiver is approved by the owner");
	bool is_forbidden = set->policy->waiver_owner == WAIVER_OWNER_FORBID;

	verdict->message = arena_printf(&set->record->arena,
	    "waiver %s of %s is approved by %s, who owns the model%s",
	    waiver->id, waiver->rule, waiver->approved_by,
	    is_forbidden ? ": it covers nothing" : "");
	verdict->why = "Who answers for a model should not be the one who "
		       "excuses its gaps.";
	verdict->fix = "Have somebody else approve it.";
	verdict->requirement = "A waiver is approved by a second person.";
}

static void
report_broad(struct waiver_set *set, const struct waiver_use *use)
{
	struct arena *arena = &set->record->arena;
	const struct waiver *waiver = use->waiver;
	struct verdict *verdict = say(
	    set, waiver, "WAIVER-BROAD", "Waiver covers more than one field");

	verdict->message = arena_printf(arena,
	    "waiver %s of %s names no path and covers %zu findings: %s%s",
	    waiver->id, waiver->rule, use->n_covered, use->examples,
	    use->n_covered > EXAMPLES ? ", ..." : "");
	verdict->why = "What it covers was not looked at one by one, and the "
		       "next fault of its kind passes unseen.";
	verdict->fix = "Give it the path of the finding that was approved; a "
		       "path without indices, such as data_sets.rows, says "
		       "that all items are meant.";
	verdict->requirement = "A waiver names what it covers.";
}

static void
report_unused(struct waiver_set *set, const struct waiver *waiver)
{
	struct verdict *verdict =
	    say(set, waiver, "WAIVER-UNUSED", "Waiver covers nothing");

	verdict->message = arena_printf(&set->record->arena,
	    "waiver %s of %s for %s covers no finding", waiver->id,
	    waiver->rule, waiver->model);
	verdict->why = "A waiver that is not needed hides the next fault of "
		       "its kind.";
	verdict->fix = "Take it out of the waivers, or correct its rule, "
		       "model or path.";
	verdict->requirement = "Every waiver covers a finding.";
}

static void
report(struct waiver_set *set, const struct waiver_use *use)
{
	const struct waiver *waiver = use->waiver;

	if (!use->is_judged)
		return;
	if (!use->is_matched) {
		report_unused(set, waiver);
		return;
	}
	if (use->state == WAIVER_ENDED)
		report_expired(set, waiver);
	else if (use->state == WAIVER_NOT_YET)
		report_not_yet(set, waiver);
	else if (use->state == WAIVER_ENDING && is_good(set, use))
		report_ending(set, waiver);
	if (waiver_covers(use->state) && use->is_by_owner)
		report_owner(set, waiver);
	if (waiver->path == NULL && use->n_covered > 1)
		report_broad(set, use);
}

void
waiver_turns(const struct waiver_set *set, struct judge *judge)
{
	for (size_t i = 0; i < set->n; i++) {
		const struct waiver *waiver = set->uses[i].waiver;

		if (!set->uses[i].is_judged)
			continue;
		if (waiver->approved_on != DATE_NONE)
			judge_turn(judge, waiver->approved_on);
		if (waiver->expires_on == DATE_NONE)
			continue;
		judge_turn(
		    judge, waiver->expires_on - set->policy->waiver_warn_days);
		judge_turn(judge, waiver->expires_on + 1);
	}
}

void
waiver_close(struct waiver_set *set)
{
	for (size_t i = 0; i < set->n; i++)
		report(set, &set->uses[i]);
}
