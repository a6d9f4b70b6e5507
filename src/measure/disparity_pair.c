#include "measure/disparity_pair.h"

#include <math.h>
#include <string.h>

#include "measure/impact.h"
#include "measure/uncertainty.h"
#include "stats/normal.h"
#include "stats/power.h"

/* An expected count below it makes approximations doubtful. */
#define SMALL_COUNT 5

/* What is known of the two groups of a comparison. */
struct pair {
	const struct disparity_maker *maker;
	const struct metric *metric;
	struct disparity_place group, reference;
	bool is_weighted; /* so counts are effective ones */
	struct two_rates rates;
};

static void
set_side(struct disparity_side *side, const struct group *group,
    const struct metric_value *value)
{
	side->group = group->name;
	side->n = (double)group_rows(group);
	side->defined = value->defined;
	side->reason = value->reason;
	side->value = value->value;
	side->has_counts = value->has_counts;
	side->numerator = value->numerator;
	side->denominator = value->denominator;
	side->effective = value->effective;
}

struct rate
disparity_rate(const struct disparity_side *side)
{
	if (side->effective == side->denominator)
		return (struct rate){ side->numerator, side->denominator };
	return (struct rate){ side->value * side->effective, side->effective };
}

bool
disparity_is_rate(
    const struct metric *metric, const struct disparity_side *side)
{
	bool is_share = metric->kind == METRIC_RATE ||
	    strcmp(metric->name, "missing_score_rate") == 0;

	return is_share && side->defined && side->has_counts &&
	    side->effective > 0;
}

/* Difference and ratio, from the counts where both have them. */
static void
set_size(struct disparity *d, const struct pair *pair)
{
	const struct disparity_side *a = &d->group, *b = &d->reference;
	double over = a->value, under = b->value, both = 1;

	if (a->has_counts && b->has_counts) {
		over = a->numerator * b->denominator;
		under = b->numerator * a->denominator;
		both = a->denominator * b->denominator;
	}
	d->has_difference = true;
	d->difference = (over - under) / both;
	d->has_limit = pair->metric->least >= 0;
	d->has_ratio = d->has_limit && (over > 0 || under > 0);
	if (d->has_ratio)
		d->ratio = under > 0 ? over / under : HUGE_VAL;
	d->is_better = pair->metric->direction == METRIC_LOWER ?
	    a->value < b->value :
	    a->value > b->value;
}

static void
set_interval(struct disparity_interval *out, const char *method,
    interval_of_two *make, const struct pair *pair)
{
	struct interval interval;

	if (!make(&pair->rates, pair->maker->options->confidence, &interval))
		return;
	out->method = method;
	out->lower = interval.lower;
	out->upper = interval.upper;
}

static void
set_rate_intervals(struct disparity *d, const struct pair *pair, bool is_small)
{
	const struct two_rates *r = &pair->rates;
	bool has_empty =
	    r->k1 == 0 || r->k2 == 0 || r->k1 == r->n1 || r->k2 == r->n2;

	if (is_small)
		set_interval(&d->difference_interval, "Miettinen-Nurminen",
		    difference_score, pair);
	else
		set_interval(&d->difference_interval, "Newcombe",
		    difference_newcombe, pair);
	if (is_small || has_empty)
		set_interval(
		    &d->ratio_interval, "Koopman", ratio_koopman, pair);
	else
		set_interval(&d->ratio_interval, "Katz log", ratio_katz, pair);
}

static void
set_test(struct disparity *d, const struct contrast *contrast)
{
	d->test = contrast->test;
	d->p = contrast->p;
	d->has_z = contrast->has_z;
	d->z = contrast->z;
}

/* Cohen's small effect: what should be seen where both rates are 0. */
#define SMALL_EFFECT 0.2

static void
set_rate_power(struct disparity *d, const struct pair *pair)
{
	const struct disparity_options *o = pair->maker->options;
	const struct two_rates *r = &pair->rates;
	double rate = r->k2 / r->n2, level = 1 - o->confidence;
	double slight = sin(SMALL_EFFECT / 2) * sin(SMALL_EFFECT / 2);
	double needed;

	d->has_power = true;
	d->power_ratio = o->ratio;
	d->power = d->has_ratio && rate > 0 ?
	    power_of(o->ratio * rate, r->n1, rate, r->n2, level) :
	    power_of(slight, r->n1, 0, r->n2, level);
	d->has_detectable = power_detectable_fall(
	    rate, r->n1, r->n2, level, o->power, &d->detectable);
	if (!(rate > 0))
		return;
	needed =
	    power_rows_needed(o->ratio * rate, rate, r->n2, level, o->power);
	d->has_rows_needed = true;
	d->rows_needed = fmax(0, ceil(needed - r->n1));
}

/* Of selections, which an employer can count: what one more would change. */
static void
set_selections(struct disparity *d, const struct pair *pair)
{
	const struct two_rates *r = &pair->rates;
	double limit = pair->maker->options->ratio;

	if (strcmp(pair->metric->name, "selection_rate") != 0 ||
	    pair->is_weighted || !(r->k2 > 0) || !d->has_ratio)
		return;
	d->has_shortfall = true;
	d->shortfall = impact_shortfall(r->k1, r->n1, r->k2, r->n2, limit);
	if (d->ratio >= limit || r->k2 < 2)
		return;
	d->has_flip_one = true;
	d->flip_one = (r->k1 + 1) * r->n2 / ((r->k2 - 1) * r->n1);
	d->flips = d->flip_one >= limit;
}

static void
compare_rates(struct disparity *d, const struct pair *pair)
{
	const struct two_rates *r = &pair->rates;
	struct rate both[2] = { { r->k1, r->n1 }, { r->k2, r->n2 } };
	double least = test_smallest_expected(both, 2);
	bool is_small = least < SMALL_COUNT;

	struct contrast contrast = { .p = 1 };

	set_rate_intervals(d, pair, is_small);
	uncertainty_test_rates(
	    &both[0], &both[1], pair->is_weighted, &contrast);
	set_test(d, &contrast);
	set_rate_power(d, pair);
	set_selections(d, pair);
}

/* The power to see a ratio at the limit, with this standard error. */
static void
set_power(struct disparity *d, double error, const struct disparity_options *o)
{
	double limit = -normal_quantile((1 - o->confidence) / 2);
	double shift = (1 - o->ratio) * fabs(d->reference.value) / error;

	if (!d->has_ratio || !(error > 0))
		return;
	d->has_power = true;
	d->power_ratio = o->ratio;
	d->power = normal_above(limit - shift) + normal_below(-limit - shift);
}

static struct disparity_interval
interval_of(const struct uncertainty *u)
{
	return (struct disparity_interval){ u->method, u->lower, u->upper };
}

/* What is no rate: see uncertainty.h. */
static void
compare_others(struct disparity *d, const struct pair *pair,
    const struct metric_value *value, const struct metric_value *reference)
{
	const struct disparity_options *o = pair->maker->options;
	const struct contrast_side a = { pair->group.group, pair->group.whole,
		value };
	const struct contrast_side b = { pair->reference.group,
		pair->reference.whole, reference };
	const struct uncertainty_options options = { o->confidence,
		o->replicates, o->seed };
	struct contrast contrast;

	uncertainty_compare(pair->metric, &a, &b, &options, &contrast);
	d->difference_interval = interval_of(&contrast.interval);
	d->ratio_interval = interval_of(&contrast.ratio);
	d->replicates = contrast.interval.replicates;
	d->seed = o->seed;
	d->no_test = contrast.interval.reason;
	set_test(d, &contrast);
	if (contrast.effective[0] > 0)
		d->group.effective = contrast.effective[0];
	if (contrast.effective[1] > 0)
		d->reference.effective = contrast.effective[1];
	set_power(d, contrast.error, o);
}

static void
set_rates(struct pair *pair, const struct disparity *d)
{
	struct rate a = disparity_rate(&d->group);
	struct rate b = disparity_rate(&d->reference);

	pair->rates = (struct two_rates){ a.k, a.n, b.k, b.n };
	pair->is_weighted = d->group.effective != d->group.denominator ||
	    d->reference.effective != d->reference.denominator;
}

/* Compare two sides that are shares of rows; false when one is not. */
static bool
compare_as_rates(struct disparity *d, struct pair *pair)
{
	if (!disparity_is_rate(pair->metric, &d->group) ||
	    !disparity_is_rate(pair->metric, &d->reference))
		return false;
	set_rates(pair, d);
	compare_rates(d, pair);
	return true;
}

struct disparity *
disparity_compare_sides(const struct disparity_maker *maker,
    const char *attribute, const struct metric *metric,
    const struct disparity_place *group,
    const struct disparity_place *reference)
{
	struct disparity *d = arena_alloc(maker->arena, sizeof(*d));
	struct pair pair = { .maker = maker,
		.metric = metric,
		.group = *group,
		.reference = *reference };
	struct metric_value a, b;

	d->attribute = attribute;
	d->metric = metric->name;
	d->confidence = maker->options->confidence;
	metric_measure(metric, group->group, group->whole, &a);
	metric_measure(metric, reference->group, reference->whole, &b);
	set_side(&d->group, group->group, &a);
	set_side(&d->reference, reference->group, &b);
	if (!d->group.defined || !d->reference.defined)
		return d;
	set_size(d, &pair);
	if (!compare_as_rates(d, &pair))
		compare_others(d, &pair, &a, &b);
	return d;
}

struct disparity *
disparity_compare(const struct disparity_maker *maker,
    const struct group_table *table, const struct metric *metric,
    const struct group *group)
{
	return disparity_compare_sides(maker, table->attribute, metric,
	    &(struct disparity_place){ group, maker->whole },
	    &(struct disparity_place){ table->reference, maker->whole });
}

/* A side as it is stated; counts that are no whole rows are weights. */
static void
set_stated(struct disparity_side *side, const struct figure *figure)
{
	side->group = figure->group;
	side->n = figure->n;
	side->defined = figure->state == FIGURE_DEFINED;
	side->reason = figure->reason;
	side->value = figure->value;
	side->has_counts = figure->has_counts;
	side->numerator = figure->numerator;
	side->denominator = figure->denominator;
	if (side->has_counts && floor(side->numerator) == side->numerator &&
	    floor(side->denominator) == side->denominator)
		side->effective = side->denominator;
}

struct disparity *
disparity_compare_figures(const struct disparity_maker *maker,
    const struct metric *metric, const struct figure *figure,
    const struct figure *reference)
{
	struct disparity *d = arena_alloc(maker->arena, sizeof(*d));
	struct pair pair = { .maker = maker, .metric = metric };

	d->attribute = figure->attribute;
	d->metric = metric->name;
	d->confidence = maker->options->confidence;
	set_stated(&d->group, figure);
	set_stated(&d->reference, reference);
	if (!d->group.defined || !d->reference.defined)
		return d;
	set_size(d, &pair);
	compare_as_rates(d, &pair);
	return d;
}
