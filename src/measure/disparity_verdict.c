#include "measure/disparity_verdict.h"

#include <math.h>
#include <string.h>

static void
decide(struct disparity *d, enum disparity_verdict verdict, const char *reason)
{
	d->verdict = verdict;
	d->reason = reason;
}

static bool
is_significant(const struct disparity *d, const struct disparity_options *o)
{
	return d->test != NULL && d->p_adjusted < 1 - o->confidence;
}

static bool
has_power(const struct disparity *d, const struct disparity_options *o)
{
	return d->has_power && d->power >= o->power;
}

/* Neither large nor significant: whether it would have been seen. */
static void
decide_by_power(struct disparity *d, const struct disparity_options *o)
{
	if (has_power(d, o))
		decide(d, DISPARITY_NO_FINDING,
		    "neither large nor significant, and it would be seen");
	else if (d->test == NULL)
		decide(d, DISPARITY_NOT_ENOUGH_DATA,
		    "there is no test of the difference");
	else if (!d->has_limit)
		decide(d, DISPARITY_NOT_ENOUGH_DATA,
		    "not significant, and there is no limit on the size");
	else
		decide(d, DISPARITY_NOT_ENOUGH_DATA,
		    "the rows are too few to see a ratio at the limit");
}

static void
judge_both(struct disparity *d, const struct disparity_options *o)
{
	bool significant = is_significant(d, o);

	if (d->is_beyond && significant)
		decide(d, DISPARITY_FINDING, "large and significant");
	else if (d->is_beyond)
		decide(d, DISPARITY_WATCH,
		    d->test != NULL ? "large, but not significant" :
				      "large, but there is no test");
	else if (significant)
		decide(d, DISPARITY_WATCH,
		    d->has_limit ?
			"significant, but not large" :
			"significant, and there is no limit on the size");
	else
		decide_by_power(d, o);
}

static void
judge_size(struct disparity *d, const struct disparity_options *o)
{
	(void)o;
	if (!d->has_limit)
		decide(d, DISPARITY_NOT_ESTIMABLE,
		    "the metric has no ratio to hold against the limit");
	else if (d->is_beyond)
		decide(d, DISPARITY_FINDING, "the ratio is beyond the limit");
	else
		decide(
		    d, DISPARITY_NO_FINDING, "the ratio is within the limit");
}

static void
judge_evidence(struct disparity *d, const struct disparity_options *o)
{
	if (is_significant(d, o))
		decide(d, DISPARITY_FINDING, "significant");
	else if (has_power(d, o))
		decide(d, DISPARITY_NO_FINDING,
		    "not significant, and it would be seen");
	else
		decide(d, DISPARITY_NOT_ENOUGH_DATA,
		    "not significant, but the rows are few");
}

static void
judge_interval(struct disparity *d, const struct disparity_options *o)
{
	const struct disparity_interval *i = &d->ratio_interval;

	if (i->method == NULL)
		decide(
		    d, DISPARITY_NOT_ENOUGH_DATA, "the ratio has no interval");
	else if (i->upper < o->ratio || i->lower > 1 / o->ratio)
		decide(d, DISPARITY_FINDING,
		    "the interval of the ratio is beyond the limit");
	else if (i->lower >= o->ratio && i->upper <= 1 / o->ratio)
		decide(d, DISPARITY_NO_FINDING,
		    "the interval of the ratio is within the limit");
	else if (d->is_beyond)
		decide(d, DISPARITY_WATCH,
		    "the ratio is beyond the limit, its interval in part");
	else
		decide(d, DISPARITY_NOT_ENOUGH_DATA,
		    "the interval of the ratio crosses the limit");
}

static const struct {
	const char *name;
	void (*judge)(
	    struct disparity *d, const struct disparity_options *options);
} rules[DISPARITY_RULES] = {
	[DISPARITY_RULE_BOTH] = { "both", judge_both },
	[DISPARITY_RULE_FOUR_FIFTHS] = { "four-fifths", judge_size },
	[DISPARITY_RULE_SIGNIFICANCE] = { "significance", judge_evidence },
	[DISPARITY_RULE_INTERVAL] = { "interval", judge_interval },
};

/* Rows that the value is made from; all where that is not known. */
static double
rows_of(const struct disparity_side *side)
{
	return side->effective > 0 ? side->effective : side->n;
}

void
disparity_judge(struct disparity *d, const struct disparity_options *o)
{
	double least = fmin(rows_of(&d->group), rows_of(&d->reference));

	d->rule = rules[o->rule].name;
	d->is_beyond = d->has_limit && d->has_ratio &&
	    (d->ratio < o->ratio || d->ratio > 1 / o->ratio);
	if (!d->group.defined)
		decide(d, DISPARITY_NOT_ESTIMABLE,
		    "the metric is undefined in the group");
	else if (!d->reference.defined)
		decide(d, DISPARITY_NOT_ESTIMABLE,
		    "the metric is undefined in the reference group");
	else if (least < o->min_conclude)
		decide(d, DISPARITY_NOT_ENOUGH_DATA,
		    "fewer rows than the least to conclude from");
	else
		rules[o->rule].judge(d, o);
}

const char *
disparity_rule_name(enum disparity_rule rule)
{
	return rules[rule].name;
}

enum disparity_rule
disparity_rule_find(const char *name)
{
	unsigned i = 0;

	while (i < DISPARITY_RULES && strcmp(rules[i].name, name) != 0)
		i++;
	return (enum disparity_rule)i;
}
