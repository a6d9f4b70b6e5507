#include "model/verdict.h"

static const struct {
	const char *word;
	const char *class;
} statuses[STATUS_COUNT] = {
	[STATUS_NOT_MET] = { "Not met", "no" },
	[STATUS_OUTSIDE_LIMIT] = { "Outside limit", "no" },
	[STATUS_NOT_PROVIDED] = { "Not provided", "mi" },
	[STATUS_OUT_OF_DATE] = { "Out of date", "wa" },
	[STATUS_WARNING] = { "Warning", "wa" },
	[STATUS_NEAR_LIMIT] = { "Near limit", "wa" },
	[STATUS_WAIVED] = { "Waived", "wa" },
	[STATUS_IN_REVIEW] = { "In review", "du" },
	[STATUS_DUE] = { "Due", "du" },
	[STATUS_MET] = { "Met", "ok" },
	[STATUS_WITHIN_LIMIT] = { "Within limit", "ok" },
	[STATUS_NOT_TESTED] = { "Not tested", "na" },
	[STATUS_NOT_APPLICABLE] = { "Not applicable", "na" },
};

const char *
status_word(enum status status)
{
	return statuses[status].word;
}

const char *
status_class(enum status status)
{
	return statuses[status].class;
}

const char *
effect_word(enum effect effect)
{
	static const char *const words[] = { "blocks", "warns", "passes" };

	return words[effect];
}

const char *
result_word(enum verdict_result result)
{
	static const char *const words[] = { "pass", "fail", "waived", "manual",
		"not-applicable", "upcoming", "unknown", "error" };

	return words[result];
}
