#include "check/weigh.h"

/* The word for a failure of something that is present. */
static enum status
failure_status(const struct rule *rule, const struct outcome *outcome)
{
	if (outcome->is_figure)
		return STATUS_OUTSIDE_LIMIT;
	if (rule->status != STATUS_COUNT)
		return rule->status;
	if (outcome->is_aged)
		return STATUS_OUT_OF_DATE;
	return rule->severity == DIAG_ERROR ? STATUS_NOT_MET : STATUS_WARNING;
}

/*
 * Whether a file that is not there keeps a duty from being met.  Then the
 * rule's finding stands for that of the reader, else the other way round.
 */
static bool
blocks_on_file(const struct rule *rule, const struct outcome *outcome)
{
	return outcome->kind == OUTCOME_FAIL && rule->severity == DIAG_ERROR;
}

/*
 * Whether a limit is near, or holds for the groups that could be tested while
 * others could not: a reason to look, not to stop.
 */
static bool
is_doubtful_figure(const struct outcome *outcome)
{
	return outcome->kind == OUTCOME_NEAR ||
	    (outcome->kind == OUTCOME_UNKNOWN && outcome->is_figure);
}

/* What a rule of this severity does to the gate when it is not met. */
static enum effect
most_effect(enum diag_severity severity)
{
	static const enum effect effects[] = {
		[DIAG_NOTE] = EFFECT_PASSES,
		[DIAG_WARNING] = EFFECT_WARNS,
		[DIAG_ERROR] = EFFECT_BLOCKS,
	};

	return effects[severity];
}

/* Result, status and effect of an outcome, before date and waivers. */
static void
weigh(struct verdict *verdict, const struct rule *rule,
    const struct outcome *outcome)
{
	static const struct {
		enum verdict_result result;
		enum status status;
		enum effect effect;
	} weights[] = {
		[OUTCOME_NOT_APPLICABLE] = { VERDICT_NOT_APPLICABLE,
		    STATUS_NOT_APPLICABLE, EFFECT_PASSES },
		[OUTCOME_PASS] = { VERDICT_PASS, STATUS_MET, EFFECT_PASSES },
		[OUTCOME_NEAR] = { VERDICT_FAIL, STATUS_NEAR_LIMIT,
		    EFFECT_WARNS },
		[OUTCOME_UNKNOWN] = { VERDICT_UNKNOWN, STATUS_NOT_TESTED,
		    EFFECT_BLOCKS },
		[OUTCOME_MANUAL] = { VERDICT_MANUAL, STATUS_IN_REVIEW,
		    EFFECT_BLOCKS },
		[OUTCOME_ABSENT] = { VERDICT_FAIL, STATUS_NOT_PROVIDED,
		    EFFECT_BLOCKS },
		[OUTCOME_FAIL] = { VERDICT_FAIL, STATUS_NOT_MET,
		    EFFECT_BLOCKS },
		[OUTCOME_ERROR] = { VERDICT_ERROR, STATUS_NOT_TESTED,
		    EFFECT_BLOCKS },
	};

	verdict->result = weights[outcome->kind].result;
	verdict->status = weights[outcome->kind].status;
	verdict->effect = weights[outcome->kind].effect;
	verdict->severity = rule->severity;
	verdict->is_absent = outcome->kind == OUTCOME_ABSENT;
	verdict->is_joint = outcome->is_joint;
	verdict->is_general = rule->check->survey != NULL;
	if (outcome->kind == OUTCOME_FAIL)
		verdict->status = failure_status(rule, outcome);
	if (outcome->kind == OUTCOME_PASS && outcome->is_figure)
		verdict->status = STATUS_WITHIN_LIMIT;
	if (is_doubtful_figure(outcome) && rule->severity == DIAG_ERROR) {
		verdict->severity = DIAG_WARNING;
		verdict->effect = EFFECT_WARNS;
	}
	if (outcome->is_reported && !blocks_on_file(rule, outcome)) {
		verdict->effect = EFFECT_PASSES;
		verdict->is_repeated = true;
	}
	if (verdict->effect == EFFECT_BLOCKS && outcome->kind != OUTCOME_ERROR)
		verdict->effect = most_effect(rule->severity);
}

/* A duty that is judged ahead of its day weighs no more than the policy says. */
static void
soften(struct judge *judge, struct verdict *verdict)
{
	static const enum effect most[] = { EFFECT_BLOCKS, EFFECT_WARNS,
		EFFECT_PASSES };
	enum early early = judge->policy->early;
	char day[DATE_SIZE];

	if (verdict->effect >= most[early] || verdict->result == VERDICT_ERROR)
		return;
	judge_turn(judge, verdict->applies_from);
	date_write(verdict->applies_from, day);
	verdict->effect = most[early];
	verdict->severity = early == EARLY_WARNING ? DIAG_WARNING : DIAG_NOTE;
	verdict->tuned =
	    arena_printf(judge->arena, "%s until %s, when the duty begins",
		diag_severity_word(verdict->severity), day);
}

/*
 * A duty that lies further ahead than the lead time is judged all the same:
 * what is met counts, what is not is due.
 */
static void
look_ahead(struct judge *judge, struct verdict *verdict)
{
	const struct policy *policy = judge->policy;
	date from = verdict->applies_from;

	if (from == DATE_NONE || from <= policy->as_of)
		return;
	if (from <= policy->as_of + policy->lead_time_days) {
		soften(judge, verdict);
		return;
	}
	if (verdict->result == VERDICT_FAIL || verdict->effect != EFFECT_PASSES)
		judge_turn(judge, from - policy->lead_time_days);
	verdict->days_left = (long)from - policy->as_of;
	if (verdict->result == VERDICT_FAIL) {
		verdict->result = VERDICT_UPCOMING;
		verdict->status = STATUS_DUE;
	}
	if (verdict->result != VERDICT_ERROR)
		verdict->effect = EFFECT_PASSES;
}

/* A strict gate takes no rule for met that could not be judged. */
static void
tighten(const struct judge *judge, struct verdict *verdict)
{
	if (judge->policy->is_strict && verdict->result == VERDICT_UNKNOWN &&
	    !verdict->is_repeated && verdict->days_left == 0 &&
	    verdict->effect == EFFECT_PASSES)
		verdict->effect = EFFECT_WARNS;
}

void
weigh_outcome(struct judge *judge, struct verdict *verdict,
    const struct rule *rule, const struct outcome *outcome)
{
	weigh(verdict, rule, outcome);
	look_ahead(judge, verdict);
	/* The reader's finding on the file stays where the rule does not block. */
	if (outcome->is_reported && verdict->effect != EFFECT_BLOCKS)
		verdict->is_repeated = true;
	tighten(judge, verdict);
}
