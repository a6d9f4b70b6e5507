#include "measure/uncertainty.h"

#include <math.h>
#include <string.h>

#include "base/real.h"
#include "measure/calibration.h"
#include "measure/estimate.h"
#include "measure/ranking.h"
#include "measure/regression_metric.h"
#include "measure/related.h"
#include "measure/resample.h"
#include "measure/score.h"
#include "stats/distance.h"
#include "stats/exact.h"
#include "stats/interval.h"
#include "stats/normal.h"
#include "stats/special.h"

/* An expected count below it makes approximations doubtful. */
#define SMALL_COUNT 5

static const char too_few[] = "too few rows, or no spread among them";

void
uncertainty_defaults(struct uncertainty_options *options)
{
	*options = (struct uncertainty_options){ 0.95, 2000, 1 };
}

/* Why a metric has no interval whatever the rows, or NULL. */
static const char *
obstacle(const struct metric *metric)
{
	if (metric->formula == calibration_expected_left ||
	    metric->formula == calibration_expected_right ||
	    metric->formula == calibration_maximum_left ||
	    metric->formula == calibration_maximum_right)
		return "chance alone makes it larger the fewer rows there are, "
		       "so that no interval around it would hold";
	if (metric->formula == regression_mean_error_standard_error)
		return "it says itself how far a mean may be off";
	return NULL;
}

/* Whether there is nothing to be unsure of. */
static bool
is_plain_count(const struct metric *metric)
{
	return metric->kind == METRIC_COUNT ||
	    (metric->kind == METRIC_CLASS && isinf(metric->most));
}

static void
set(struct uncertainty *out, const char *method, double lower, double upper)
{
	out->method = method;
	out->lower = lower;
	out->upper = upper;
	out->reason = NULL;
}

static const char *
method_of(const struct estimate *estimate, bool is_difference)
{
	static const char *const names[][2] = { [ESTIMATE_NONE] = { NULL },
		[ESTIMATE_DELONG] = { "DeLong", "DeLong" },
		[ESTIMATE_MEAN] = { "Student's t", "Welch t" },
		[ESTIMATE_INFLUENCE] = { "influence values",
		    "influence values" },
		[ESTIMATE_MEDIAN] = { "Bonett-Price", "Bonett-Price" },
		[ESTIMATE_PERMUTATION] = { "permutation", "permutation" } };

	return names[estimate->kind][is_difference];
}

/* How many standard errors the interval reaches. */
static double
width_of(const struct estimate *estimate, double confidence)
{
	return estimate->kind == ESTIMATE_MEAN ||
		estimate->kind == ESTIMATE_PERMUTATION ?
	    student_quantile_two_sided(1 - confidence, estimate->df) :
	    -normal_quantile((1 - confidence) / 2);
}

static bool
measure_related(const struct metric *metric, const struct group *group,
    const struct group *whole, double confidence, struct uncertainty *out)
{
	struct related related;
	struct interval interval;

	if (!related_find(metric, group, whole, &related) ||
	    !interval_wilson(related.share.k / related.share.n, related.share.n,
		confidence, &interval))
		return false;
	set(out, "Wilson", related_value(&related, interval.lower),
	    related_value(&related, interval.upper));
	return true;
}

/* Areas near 1 have a skewed distribution, which the logit evens out. */
static bool
is_logit(const struct metric *metric)
{
	return metric->formula == score_roc_auc ||
	    metric->formula == score_gini ||
	    metric->formula == score_average_precision;
}

/* So many units on both sides, taken on the scale of the logit. */
static bool
set_logit(const struct metric *metric, double value, double by,
    const char *method, struct uncertainty *out)
{
	double range = metric->most - metric->least;
	double share = (value - metric->least) / range;
	double odds = share / (1 - share);
	double wide = real_exp(by / range / (share * (1 - share)));

	if (!(share > 0 && share < 1 && by > 0))
		return false;
	set(out, method,
	    metric->least + range * (odds / wide) / (1 + odds / wide),
	    metric->least + range - range / (1 + odds * wide));
	return true;
}

static bool
measure_estimate(const struct metric *metric, const struct group *group,
    const struct group *whole, const struct metric_value *value,
    double confidence, struct uncertainty *out)
{
	struct estimate estimate;
	double by;

	estimate_measure(metric, group, whole, &estimate);
	if (estimate.kind == ESTIMATE_NONE)
		return false;
	by = width_of(&estimate, confidence) * sqrt(estimate.variance);
	if (is_logit(metric))
		return set_logit(metric, value->value, by,
		    estimate.kind == ESTIMATE_DELONG ?
			"DeLong, logit" :
			"influence values, logit",
		    out);
	if (metric->formula == regression_r2_score && value->value < 1) {
		/* Of what is left unexplained, whose logarithm is even. */
		double rest = 1 - value->value, times = exp(by / rest);

		set(out, "influence values, log", 1 - rest * times,
		    1 - rest / times);
		return true;
	}
	set(out, method_of(&estimate, false),
	    fmax(metric->least, value->value - by),
	    fmin(metric->most, value->value + by));
	return true;
}

static void
measure_resampled(const struct metric *metric, const struct group *group,
    const struct group *whole, const struct uncertainty_options *options,
    struct uncertainty *out)
{
	const struct resample resample = { .metric = metric,
		.group = group,
		.whole = whole,
		.replicates = options->replicates,
		.seed = options->seed,
		.confidence = options->confidence };
	struct bootstrap_result result;

	out->reason = resample_measure(&resample, &result, &out->replicates);
	if (out->reason == NULL)
		set(out, "bootstrap BCa", result.interval.lower,
		    result.interval.upper);
	else
		out->replicates = 0;
}

void
uncertainty_measure(const struct metric *metric, const struct group *group,
    const struct group *whole, const struct metric_value *value,
    const struct uncertainty_options *options, struct uncertainty *out)
{
	const struct metric_input in = { metric, group, whole };
	double confidence = options->confidence;
	struct interval interval;

	*out = (struct uncertainty){ .reason = NULL };
	if (!value->defined || is_plain_count(metric))
		return;
	out->has_chance = calibration_by_chance(&in, &out->chance);
	out->reason = obstacle(metric);
	if (out->reason != NULL)
		return;
	if (value->is_share) {
		if (interval_wilson(
			value->value, value->effective, confidence, &interval))
			set(out, "Wilson", interval.lower, interval.upper);
		else
			out->reason = too_few;
	} else if (!measure_related(metric, group, whole, confidence, out) &&
	    !measure_estimate(metric, group, whole, value, confidence, out)) {
		if (metric->kind > METRIC_COUNT && metric->kind != METRIC_CLASS)
			out->reason = too_few;
		else
			measure_resampled(metric, group, whole, options, out);
	}
}

/* Differences. */

void
uncertainty_test_rates(const struct rate *rate, const struct rate *reference,
    bool is_weighted, struct contrast *out)
{
	const struct two_rates rates = { rate->k, rate->n, reference->k,
		reference->n };
	const struct rate both[2] = { *rate, *reference };
	double least = test_smallest_expected(both, 2);
	struct test z;

	out->p = 1;
	out->test = "two-proportion z";
	out->has_z = test_z_pooled(&rates, &z);
	if (out->has_z) {
		out->z = z.value;
		out->p = z.p;
	}
	if (least < SMALL_COUNT && least > 0 && !is_weighted) {
		out->test = "Fisher mid-p";
		out->p = exact_two_rates(&rates).mid_p;
	}
}

/* The distance from a value to an end of its interval, squared. */
static double
reach(double value, double end)
{
	return (value - end) * (value - end);
}

/*
 * The standard error that the interval is worth, where it has both ends; for
 * the power, which needs no more.
 */
static double
error_of(const struct uncertainty *interval, double confidence)
{
	double z = -normal_quantile((1 - confidence) / 2);

	if (!isfinite(interval->lower) || !isfinite(interval->upper))
		return 0;
	return (interval->upper - interval->lower) / (2 * z);
}

/* Zou and Donner's interval of a difference, from those of its parts. */
static void
combine(const struct uncertainty own[2], const struct contrast_side *a,
    const struct contrast_side *b, double confidence, struct contrast *out)
{
	double x = a->value->value, y = b->value->value;

	set(&out->interval, "MOVER of Wilson",
	    x - y - sqrt(reach(x, own[0].lower) + reach(y, own[1].upper)),
	    x - y + sqrt(reach(x, own[0].upper) + reach(y, own[1].lower)));
	out->error = error_of(&out->interval, confidence);
}

static bool
compare_related(const struct metric *metric, const struct contrast_side *a,
    const struct contrast_side *b, double confidence, struct contrast *out)
{
	struct uncertainty own[2];
	struct related x, y;

	if (!related_find(metric, a->group, a->whole, &x) ||
	    !related_find(metric, b->group, b->whole, &y) ||
	    !measure_related(metric, a->group, a->whole, confidence, &own[0]) ||
	    !measure_related(metric, b->group, b->whole, confidence, &own[1]))
		return false;
	combine(own, a, b, confidence, out);
	uncertainty_test_rates(
	    &x.share, &y.share, x.is_weighted || y.is_weighted, out);
	out->effective[0] = x.share.n;
	out->effective[1] = y.share.n;
	return true;
}

/* The ratio of two values above 0, on the scale of its logarithm. */
static void
set_ratio(double x, double y, double variance_x, double variance_y, double wide,
    struct contrast *out)
{
	double by = wide * sqrt(variance_x / (x * x) + variance_y / (y * y));

	if (x > 0 && y > 0 && isfinite(by))
		set(&out->ratio, "log delta", x / y * real_exp(-by),
		    x / y * real_exp(by));
}

/* Two places in one ranking are not independent. */
static bool
compare_exposure(const struct contrast_side *a, const struct contrast_side *b,
    double confidence, struct contrast *out)
{
	double difference = a->value->value - b->value->value, by;
	struct ranking_test test;

	if (a->whole != b->whole ||
	    !ranking_test_exposure(a->group, b->group, a->whole, &test))
		return false;
	by = student_quantile_two_sided(1 - confidence, test.df) * test.error;
	set(&out->interval, "permutation", difference - by, difference + by);
	out->error = test.error;
	out->test = "permutation z";
	out->has_z = true;
	out->z = test.z;
	out->p = normal_two_sided(test.z);
	return true;
}

static bool
compare_estimates(const struct metric *metric, const struct contrast_side *a,
    const struct contrast_side *b, double confidence, struct contrast *out)
{
	double x = a->value->value, y = b->value->value, wide;
	struct estimate e, f;
	struct test test;

	estimate_measure(metric, a->group, a->whole, &e);
	estimate_measure(metric, b->group, b->whole, &f);
	if (e.kind == ESTIMATE_NONE || f.kind == ESTIMATE_NONE ||
	    !distance_welch(&(struct sample_mean){ x, e.variance, e.df },
		&(struct sample_mean){ y, f.variance, f.df }, &test))
		return false;
	out->effective[0] = e.effective;
	out->effective[1] = f.effective;
	out->error = sqrt(e.variance + f.variance);
	wide = width_of(
	    &(struct estimate){ .kind = e.kind, .df = test.df }, confidence);
	if (e.kind != ESTIMATE_MEAN)
		test.p = normal_two_sided(test.value);
	set(&out->interval, method_of(&e, true), x - y - wide * out->error,
	    x - y + wide * out->error);
	if (metric->least >= 0)
		set_ratio(x, y, e.variance, f.variance, wide, out);
	out->test = e.kind == ESTIMATE_DELONG ? "DeLong z" :
	    e.kind == ESTIMATE_INFLUENCE      ? "influence z" :
	    e.kind == ESTIMATE_MEDIAN         ? "Bonett-Price z" :
						method_of(&e, true);
	out->p = test.p;
	out->has_z = true;
	out->z = test.value;
	return true;
}

static void
compare_resampled(const struct metric *metric, const struct contrast_side *a,
    const struct contrast_side *b, const struct uncertainty_options *options,
    struct contrast *out)
{
	const struct resample resample = { .metric = metric,
		.group = a->group,
		.whole = a->whole,
		.reference = b->group,
		.reference_whole = b->whole,
		.replicates = options->replicates,
		.seed = options->seed,
		.confidence = options->confidence };
	double difference = a->value->value - b->value->value;
	struct bootstrap_result result;
	unsigned replicates = 0;

	out->interval.reason =
	    resample_measure(&resample, &result, &replicates);
	if (out->interval.reason != NULL)
		return;
	set(&out->interval, "bootstrap BCa", result.interval.lower,
	    result.interval.upper);
	out->interval.replicates = replicates;
	out->error = result.standard_error;
	out->test = "bootstrap z";
	out->p = result.p;
	out->has_z = true;
	out->z = difference / result.standard_error;
}

void
uncertainty_compare(const struct metric *metric,
    const struct contrast_side *side, const struct contrast_side *reference,
    const struct uncertainty_options *options, struct contrast *out)
{
	double confidence = options->confidence;

	*out = (struct contrast){ .p = 1 };
	out->interval.reason = obstacle(metric);
	if (out->interval.reason != NULL ||
	    compare_related(metric, side, reference, confidence, out))
		return;
	if (metric->formula == ranking_exposure &&
	    compare_exposure(side, reference, confidence, out))
		return;
	if (compare_estimates(metric, side, reference, confidence, out))
		return;
	if (metric->kind > METRIC_COUNT && metric->kind != METRIC_CLASS)
		out->interval.reason = too_few;
	else
		compare_resampled(metric, side, reference, options, out);
}
