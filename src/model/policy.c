#include "model/policy.h"

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
