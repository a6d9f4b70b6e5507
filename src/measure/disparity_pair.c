#include "measure/disparity_pair.h"

#include <math.h>
#include <string.h>

#include "measure/estimate.h"
#include "measure/impact.h"
#include "measure/resample.h"
#include "stats/distance.h"
#include "stats/exact.h"
#include "stats/normal.h"
#include "stats/power.h"
#include "stats/special.h"

/* An expected count below it makes approximations doubtful. */
#define SMALL_COUNT 5

/* What is known of the two groups of a comparison. */
struct pair {
	const struct disparity_maker *maker;
	const struct metric *metric;
	const struct group *group, *reference;
	bool is_weighted; /* so counts are effective ones */
	struct two_rates rates;
};

static void
set_side(struct disparity_side *side, const struct disparity_maker *maker,
    const struct metric *metric, const struct group *group)
{
	struct metric_value value;

	metric_measure(metric, group, maker->whole, &value);
	side->group = group->name;
	side->n = (double)group_rows(group);
	side->defined = value.defined;
	side->reason = value.reason;
	side->value = value.value;
	side->has_counts = value.has_counts;
	side->numerator = value.numerator;
	side->denominator = value.denominator;
	side->effective = value.effective;
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
set_rate_test(struct disparity *d, const struct pair *pair, bool is_small)
{
	struct test z;

	d->p = 1;
	d->test = "two-proportion z";
	d->has_z = test_z_pooled(&pair->rates, &z);
	if (d->has_z) {
		d->z = z.value;
		d->p = z.p;
	}
	if (is_small && !pair->is_weighted) {
		d->test = "Fisher mid-p";
		d->p = exact_two_rates(&pair->rates).mid_p;
	}
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

	set_rate_intervals(d, pair, is_small);
	set_rate_test(d, pair, is_small && least > 0);
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

/* DeLong's z of two areas, or Welch's t of two means. */
static bool
compare_estimates(struct disparity *d, const struct pair *pair)
{
	const struct disparity_options *o = pair->maker->options;
	double level = 1 - o->confidence, error, wide;
	struct estimate a, b;
	struct test test;

	estimate_measure(pair->metric, pair->group, &a);
	estimate_measure(pair->metric, pair->reference, &b);
	if (a.kind == ESTIMATE_NONE || b.kind == ESTIMATE_NONE)
		return false;
	d->group.effective = a.effective;
	d->reference.effective = b.effective;
	if (!distance_welch(
		&(struct sample_mean){ d->group.value, a.variance, a.df },
		&(struct sample_mean){ d->reference.value, b.variance, b.df },
		&test))
		return false;
	error = sqrt(a.variance + b.variance);
	wide = student_quantile_two_sided(level, test.df);
	d->test = "Welch t";
	if (a.kind == ESTIMATE_DELONG) {
		d->test = "DeLong";
		test.p = normal_two_sided(test.value);
		wide = -normal_quantile(level / 2);
	}
	d->p = test.p;
	d->has_z = true;
	d->z = test.value;
	d->difference_interval.method = d->test;
	d->difference_interval.lower = d->difference - wide * error;
	d->difference_interval.upper = d->difference + wide * error;
	set_power(d, error, o);
	return true;
}

static void
compare_resampled(struct disparity *d, const struct pair *pair)
{
	const struct disparity_options *o = pair->maker->options;
	struct resample resample = { .metric = pair->metric,
		.group = pair->group,
		.reference = pair->reference,
		.whole = pair->maker->whole,
		.replicates = o->replicates,
		.seed = o->seed,
		.confidence = o->confidence };
	struct bootstrap_result result;

	if (!resample_difference(&resample, &result))
		return;
	d->test = "bootstrap z";
	d->p = result.p;
	d->has_z = true;
	d->z = d->difference / result.standard_error;
	d->difference_interval = (struct disparity_interval){ "bootstrap BCa",
		result.interval.lower, result.interval.upper };
	set_power(d, result.standard_error, o);
}

struct disparity *
disparity_compare(const struct disparity_maker *maker,
    const struct group_table *table, const struct metric *metric,
    const struct group *group)
{
	struct disparity *d = arena_alloc(maker->arena, sizeof(*d));
	struct pair pair = { .maker = maker,
		.metric = metric,
		.group = group,
		.reference = table->reference };

	d->attribute = table->attribute;
	d->metric = metric->name;
	d->confidence = maker->options->confidence;
	set_side(&d->group, maker, metric, group);
	set_side(&d->reference, maker, metric, table->reference);
	if (!d->group.defined || !d->reference.defined)
		return d;
	set_size(d, &pair);
	if (disparity_is_rate(metric, &d->group) &&
	    disparity_is_rate(metric, &d->reference)) {
		struct rate a = disparity_rate(&d->group),
			    b = disparity_rate(&d->reference);

		pair.rates = (struct two_rates){ a.k, a.n, b.k, b.n };
		pair.is_weighted = d->group.effective != d->group.denominator ||
		    d->reference.effective != d->reference.denominator;
		compare_rates(d, &pair);
	} else if (!compare_estimates(d, &pair)) {
		compare_resampled(d, &pair);
	}
	return d;
}
