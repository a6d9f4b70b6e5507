#include "check/check.h"

#include <string.h>

#include "base/hash.h"
#include "check/emit.h"
#include "check/fingerprint.h"
#include "check/judge.h"
#include "check/kind.h"
#include "check/settle.h"
#include "check/transition.h"
#include "check/waiver.h"
#include "check/weigh.h"
#include "check/wording.h"

/* Who the record is, in the words of rules. */
struct reach {
	unsigned tiers; /* mask of enum tier */
	unsigned roles;
};

/* One record going through the rules. */
struct session {
	struct judge judge;
	struct reach reach;
	struct waiver_set *waivers; /* or NULL */
	unsigned covered;           /* mask of the transitions that hold */
	struct beginning begins;    /* of the rule that is being judged */
	struct check_given *given;  /* what it gives is kept there; or NULL */
};

static unsigned
tier_bit(const char *word)
{
	enum tier tier = tier_of(word);

	return tier < TIER_COUNT ? 1U << tier : 0;
}

/* The bits of the words of a list field. */
static unsigned
bits_of(const struct field *list, unsigned (*bit_of)(const char *))
{
	unsigned bits = 0;

	if (list == NULL || list->answer != ANSWER_GIVEN)
		return 0;
	for (const struct field *f = list->first; f != NULL; f = f->next)
		if (f->answer == ANSWER_GIVEN && f->text != NULL)
			bits |= bit_of(f->text);
	return bits;
}

static struct reach
reach_of(const struct record *record)
{
	struct reach reach = { bits_of(field_find(record->top, FIELD_TIERS),
				   tier_bit),
		bits_of(field_find(record->top, FIELD_ROLES), duty_mask) };

	if (reach.tiers == 0)
		reach.tiers = 1U << TIER_UNDECLARED;
	return reach;
}

static bool
binds(const struct rule *rule, const struct reach *reach)
{
	return (rule->tiers & reach->tiers) != 0 &&
	    (rule->duties == ~0U || (rule->duties & reach->roles) != 0);
}

bool
check_binds(const struct rule *rule, const struct record *record)
{
	struct reach reach = reach_of(record);

	return binds(rule, &reach);
}

/* Where a verdict points when nothing of the record is concerned. */
static struct pos
place_of(const struct record *record, const struct outcome *outcome)
{
	if (outcome->pos.file != NULL)
		return outcome->pos;
	return (struct pos){ record->file, 1, 1 };
}

/*
 * The other side of a contradiction: what the check held the value against,
 * else what the rule says that it contradicts.
 */
static struct pos
other_side(const struct judge *judge, const struct rule *rule,
    const struct outcome *outcome)
{
	struct sight sight;

	if (outcome->kind != OUTCOME_FAIL && outcome->kind != OUTCOME_ABSENT)
		return (struct pos){ 0 };
	if (rule->against == NULL || outcome->other_pos.file != NULL)
		return outcome->other_pos;
	if (judge->against_pos.file != NULL)
		return judge->against_pos;
	sight = path_follow(rule->against, judge->record->top, judge->item);
	return sight.field != NULL ? sight.field->pos : (struct pos){ 0 };
}

/* Keep a verdict for another day. */
static void
keep(struct session *session, const struct verdict *verdict)
{
	struct check_given *given = session->given;
	struct verdict *copy = arena_alloc(session->judge.arena, sizeof(*copy));

	*copy = *verdict;
	*given->end = copy;
	given->end = &copy->next;
}

/* Let waivers have their say, and append the verdict. */
static void
add(struct session *session, struct verdict *verdict)
{
	if (session->waivers != NULL)
		waiver_apply(session->waivers, verdict);
	check_add(&session->judge.record->verdicts, verdict);
}

static void
give(struct session *session, const struct rule *rule,
    const struct outcome *outcome)
{
	struct record *record = session->judge.record;
	struct verdict *verdict = arena_alloc(&record->arena, sizeof(*verdict));
	struct outcome placed = *outcome;

	placed.pos = place_of(record, outcome);
	placed.other_pos = other_side(&session->judge, rule, outcome);
	verdict->id = check_verdict_id(
	    &record->arena, rule->id, record->id, outcome->path);
	verdict->rule = rule->id;
	verdict->title = rule->title;
	verdict->provision = rule->provision;
	verdict->law = rule->law_text;
	verdict->duty = rule->duty_text;
	verdict->point = rule->point;
	verdict->tuned = rule->tuned;
	verdict->requirement = rule->sentence;
	verdict->why = rule->why != NULL ? rule->why : "";
	verdict->path = outcome->path;
	verdict->pos = placed.pos;
	verdict->other = placed.other_pos;
	verdict->applies_from = session->begins.day;
	verdict->waived_until = DATE_NONE;
	verdict->first_seen = DATE_NONE;
	verdict->message = wording_message(&session->judge, rule, &placed);
	verdict->fix = wording_fix(&session->judge, rule, &placed);
	weigh_outcome(&session->judge, verdict, rule, outcome);
	if (session->given != NULL)
		keep(session, verdict);
	add(session, verdict);
}

static void
give_not_applicable(
    struct session *session, const struct rule *rule, const char *reason)
{
	struct outcome outcome = {
		.kind = OUTCOME_NOT_APPLICABLE, .path = "", .reason = reason
	};

	give(session, rule, &outcome);
}

/* Why a rule whose condition fails does not apply, where that is told. */
static const char *
condition_of(struct arena *arena, const struct rule *rule)
{
	if (rule->condition == NULL)
		return "does not apply to what the record says";
	return arena_printf(arena, "applies only where %s", rule->condition);
}

/* Whether the rule's condition holds; if not, why is told. */
static bool
holds(struct session *session, const struct rule *rule)
{
	struct judge *judge = &session->judge;
	struct outcome outcome;

	judge->against = NULL;
	if (rule->when == NULL)
		return true;
	judge->in_when = true;
	judge->against = rule->against != NULL ? rule->against->term : NULL;
	memset(&judge->against_pos, 0, sizeof(judge->against_pos));
	judge_check(judge, rule->when, &outcome);
	judge->in_when = false;
	switch (outcome.kind) {
	case OUTCOME_PASS:
	case OUTCOME_NEAR:
		return true;
	case OUTCOME_ERROR:
		break;
	case OUTCOME_UNKNOWN:
	case OUTCOME_MANUAL:
		outcome.kind = OUTCOME_UNKNOWN;
		break;
	case OUTCOME_NOT_APPLICABLE:
	case OUTCOME_ABSENT:
	case OUTCOME_FAIL:
		give_not_applicable(
		    session, rule, condition_of(judge->arena, rule));
		return false;
	}
	give(session, rule, &outcome);
	return false;
}

/* Whether the rule is not over for the record and begins for it at all. */
static bool
is_in_time(struct session *session, const struct rule *rule)
{
	struct judge *judge = &session->judge;
	char day[DATE_SIZE];

	session->begins =
	    transition_beginning(rule, session->reach.tiers, session->covered);
	if (session->begins.day == DATE_NEVER) {
		session->begins.day = DATE_NONE;
		give_not_applicable(
		    session, rule, session->begins.moved->reason);
		return false;
	}
	if (rule->until == DATE_NONE)
		return true;
	judge_turn(judge, rule->until + 1);
	if (judge->policy->as_of <= rule->until)
		return true;
	date_write(rule->until, day);
	give_not_applicable(
	    session, rule, arena_printf(judge->arena, "applied until %s", day));
	return false;
}

static void
judge_rule(struct session *session, const struct rule *rule)
{
	struct judge *judge = &session->judge;
	struct outcome outcome;

	if (!is_in_time(session, rule) || !holds(session, rule))
		return;
	judge->collects = true;
	judge->first = judge->last = NULL;
	judge_check(judge, rule->check, &outcome);
	judge->collects = false;
	if (!outcome.is_collected)
		give(session, rule, &outcome);
	for (const struct outcome *o = judge->first; o != NULL; o = o->next)
		give(session, rule, o);
}

/* Whether the rule gives on the day what it gave before. */
static bool
is_settled(const struct session *session, const struct check_given *given)
{
	return given->is_known &&
	    (given->turns_on == DATE_NONE ||
		given->turns_on > session->judge.policy->as_of);
}

static void
give_again(struct session *session, const struct check_given *given)
{
	struct arena *arena = session->judge.arena;

	for (const struct verdict *v = given->first; v != NULL; v = v->next) {
		struct verdict *copy = arena_alloc(arena, sizeof(*copy));

		*copy = *v;
		copy->next = NULL;
		add(session, copy);
	}
}

/* Judge a rule and keep what it gives, or give that again. */
static void
recall_rule(
    struct session *session, const struct rule *rule, struct check_given *given)
{
	struct judge *judge = &session->judge;
	date turns_on = judge->turns_on;

	if (is_settled(session, given)) {
		give_again(session, given);
	} else {
		*given = (struct check_given){ .is_known = true };
		given->end = &given->first;
		session->given = given;
		judge->turns_on = DATE_NONE;
		judge_rule(session, rule);
		given->turns_on = judge->turns_on;
		judge->turns_on = turns_on;
	}
	if (given->turns_on != DATE_NONE)
		judge_turn(judge, given->turns_on);
}

/* Make room for rules; what was kept under other transitions is void. */
static void
open_memory(struct check_memory *memory, const struct catalogue *catalogue,
    const struct session *session)
{
	if (memory->rules == NULL || memory->covered != session->covered)
		memory->rules = arena_array(session->judge.arena,
		    catalogue->n_rules, sizeof(memory->rules[0]));
	memory->covered = session->covered;
}

/* Count what a rule gave, by the verdicts behind the one that was last. */
static void
count(struct check_tally *tally, const struct verdict *first)
{
	for (const struct verdict *v = first; v != NULL; v = v->next) {
		switch (v->result) {
		case VERDICT_NOT_APPLICABLE:
			tally->n_not_applicable++;
			break;
		case VERDICT_UNKNOWN:
			tally->n_unknown++;
			break;
		case VERDICT_ERROR:
			tally->n_error++;
			break;
		case VERDICT_PASS:
		case VERDICT_FAIL:
		case VERDICT_WAIVED:
		case VERDICT_MANUAL:
		case VERDICT_UPCOMING:
			tally->n_judged++;
			break;
		}
	}
}

static void
open_session(struct session *session, struct waiver_set *waivers,
    struct record *record, const struct policy *policy)
{
	memset(session, 0, sizeof(*session));
	waiver_open(waivers, record, policy);
	judge_open(&session->judge, record, policy);
	session->reach = reach_of(record);
	session->waivers = waivers;
}

struct check_tally
check_record_again(const struct catalogue *catalogue, struct record *record,
    const struct policy *policy, struct check_memory *memory)
{
	struct check_tally tally = { .turns_on = DATE_NONE };
	struct waiver_set waivers;
	struct session session;
	struct verdict *before = record->verdicts.last;

	if (!record->is_readable)
		return tally;
	open_session(&session, &waivers, record, policy);
	session.covered = transition_mask(
	    &session.judge, catalogue->transitions, catalogue->n_transitions);
	open_memory(memory, catalogue, &session);
	for (size_t i = 0; i < catalogue->n_rules; i++) {
		const struct rule *rule = &catalogue->rules[i];

		if (binds(rule, &session.reach))
			recall_rule(&session, rule, &memory->rules[i]);
		else
			tally.n_not_applicable++;
	}
	count(&tally, before != NULL ? before->next : record->verdicts.first);
	settle_repeated(record);
	settle_unsigned(record);
	waiver_close(&waivers);
	waiver_turns(&waivers, &session.judge);
	fingerprint_verdicts(record);
	tally.turns_on = session.judge.turns_on;
	return tally;
}

struct check_tally
check_record(const struct catalogue *catalogue, struct record *record,
    const struct policy *policy)
{
	struct check_memory memory = { 0 };

	return check_record_again(catalogue, record, policy, &memory);
}

/* How much a result weighs when several are summed up. */
static int
badness(enum verdict_result result)
{
	static const int weights[] = {
		[VERDICT_NOT_APPLICABLE] = 0,
		[VERDICT_PASS] = 1,
		[VERDICT_UPCOMING] = 2,
		[VERDICT_UNKNOWN] = 3,
		[VERDICT_MANUAL] = 4,
		[VERDICT_WAIVED] = 5,
		[VERDICT_FAIL] = 6,
		[VERDICT_ERROR] = 7,
	};

	return weights[result];
}

enum verdict_result
check_rule(
    const struct rule *rule, struct record *record, const struct policy *policy)
{
	enum verdict_result worst = VERDICT_NOT_APPLICABLE;
	struct verdict *before = record->verdicts.last;
	struct session session;
	struct waiver_set waivers;

	open_session(&session, &waivers, record, policy);
	if (!binds(rule, &session.reach))
		return worst;
	session.covered = rule->concerned == 0 ?
	    0 :
	    transition_mask(
		&session.judge, rule->transitions, rule->n_transitions);
	judge_rule(&session, rule);
	for (const struct verdict *v = before != NULL ? before->next :
							record->verdicts.first;
	     v != NULL; v = v->next)
		if (badness(v->result) > badness(worst))
			worst = v->result;
	return worst;
}
