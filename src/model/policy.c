#include "model/policy.h"

#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *word;
	enum limit_rule rule;
} rules[] = {
	{ "value", LIMIT_VALUE },
	{ "interval", LIMIT_INTERVAL },
	{ "finding", LIMIT_FINDING },
	{ "significance", LIMIT_SIGNIFICANCE },
	{ "four-fifths", LIMIT_FOUR_FIFTHS },
};

static const struct {
	const char *word;
	enum limit_side side;
} sides[] = {
	{ "low", LIMIT_LOW },
	{ "high", LIMIT_HIGH },
	{ "both", LIMIT_BOTH },
};

enum limit_rule
limit_rule_of(const char *word)
{
	for (size_t i = 0; i < COUNT(rules); i++)
		if (strcmp(rules[i].word, word) == 0)
			return rules[i].rule;
	return LIMIT_RULE_UNSAID;
}

enum limit_side
limit_side_of(const char *word)
{
	for (size_t i = 0; i < COUNT(sides); i++)
		if (strcmp(sides[i].word, word) == 0)
			return sides[i].side;
	return LIMIT_SIDE_UNSAID;
}

bool
limit_rule_tests(enum limit_rule rule)
{
	return rule == LIMIT_FINDING || rule == LIMIT_SIGNIFICANCE;
}

enum limit_rule
limit_rule_in(const struct policy *policy, const struct fairness_limit *limit)
{
	if (limit->rule != LIMIT_RULE_UNSAID)
		return limit->rule;
	/* What has nothing to be compared with cannot be tested. */
	if (limit_rule_tests(policy->judge_by) &&
	    (strcmp(limit->compare, "value") == 0 ||
		(limit->reference != NULL &&
		    strcmp(limit->reference, REFERENCE_OVERALL) == 0)))
		return LIMIT_VALUE;
	return policy->judge_by;
}

enum waiver_state
waiver_state(const struct waiver *waiver, const struct policy *policy)
{
	if (waiver->expires_on == DATE_NONE ||
	    waiver->expires_on < policy->as_of)
		return WAIVER_ENDED;
	if (waiver->approved_on != DATE_NONE &&
	    waiver->approved_on > policy->as_of)
		return WAIVER_NOT_YET;
	return waiver_days_left(waiver, policy) <= policy->waiver_warn_days ?
	    WAIVER_ENDING :
	    WAIVER_IN_FORCE;
}

bool
waiver_covers(enum waiver_state state)
{
	return state == WAIVER_IN_FORCE || state == WAIVER_ENDING;
}

const char *
waiver_state_word(enum waiver_state state)
{
	static const char *const words[] = { "Not yet in force", "In force",
		"Ends soon", "Ended" };

	return words[state];
}

long
waiver_days_left(const struct waiver *waiver, const struct policy *policy)
{
	return (long)waiver->expires_on - policy->as_of;
}
