#include <math.h>
#include <stdlib.h>

#include "measure/estimate.h"
#include "measure/ranking.h"
#include "measure/uncertainty.h"
#include "stats/random.h"
#include "tap.h"

/*
 * Intervals of single values: the variances by influence values against what
 * really changes when a row weighs more, a permutation by hand, and what has
 * no interval.
 */

enum { POINTS = 12 };

static const double scores[POINTS] = { 0.05, 0.1, 0.2, 0.25, 0.3, 0.45, 0.5,
	0.6, 0.7, 0.8, 0.9, 0.95 };
static const unsigned long long rows[POINTS][BINARY_COUNT] = { { 0, 9, 1 },
	{ 0, 5, 1 }, { 0, 4, 2 }, { 0, 0, 3 }, { 0, 6, 0 }, { 0, 4, 4 },
	{ 0, 3, 2 }, { 0, 5, 7 }, { 0, 2, 3 }, { 0, 1, 8 }, { 0, 2, 2 },
	{ 0, 1, 11 } };

static const struct metric *
metric(const char *name)
{
	return metric_find(name, strlen(name));
}

/* The metric when the rows of one point and label weigh so much more. */
static double
with_weight(const char *name, size_t point, enum binary label, double more)
{
	double weight[POINTS][BINARY_COUNT];
	struct distribution d = { .n = POINTS,
		.value = scores,
		.rows = rows,
		.weight = (const double(*)[BINARY_COUNT])weight };
	struct group group = { .scores = &d };
	struct metric_value value;

	for (size_t i = 0; i < POINTS; i++)
		for (size_t k = 0; k < BINARY_COUNT; k++)
			weight[i][k] = (double)rows[i][k];
	weight[point][label] += more;
	metric_measure(metric(name), &group, &group, &value);
	CHECK(value.defined);
	return value.value;
}

/* The sum of the squares of all changes, each by a difference. */
static void
sums_the_squares(const char *name, double tolerance)
{
	const double step = 1e-4;
	struct distribution d = { .n = POINTS, .value = scores, .rows = rows };
	struct group group = { .scores = &d };
	struct estimate estimate;
	double sum = 0, n = 0;

	for (size_t i = 0; i < POINTS; i++)
		for (unsigned k = BINARY_NO; k <= BINARY_YES; k++) {
			double change =
			    (with_weight(name, i, (enum binary)k, step) -
				with_weight(name, i, (enum binary)k, -step)) /
			    (2 * step);

			if (rows[i][k] == 0)
				continue;
			n += (double)rows[i][k];
			sum += (double)rows[i][k] * change * change;
		}
	estimate_measure(metric(name), &group, &group, &estimate);
	CHECK_INT(estimate.kind, ESTIMATE_INFLUENCE);
	CHECK_NUM(estimate.variance / (sum * n / (n - 1)), 1, tolerance);
}

/* Of 4 places two are taken by the group: all 6 ways, by hand. */
static void
permutes(void)
{
	static const double values[] = { 0.1, 0.2, 0.3, 0.4 };
	static const unsigned long long all[][BINARY_COUNT] = { { 0, 1, 0 },
		{ 0, 1, 0 }, { 0, 1, 0 }, { 0, 1, 0 } };
	static const double own_values[] = { 0.2, 0.4 }, other[] = { 0.1, 0.3 };
	struct distribution whole = { .n = 4, .value = values, .rows = all };
	struct distribution own = { .n = 2, .value = own_values, .rows = all };
	struct distribution rest = { .n = 2, .value = other, .rows = all };
	struct group w = { .scores = &whole }, g = { .scores = &own };
	struct group r = { .scores = &rest };
	struct ranking_test test;
	double v[4], square = 0, observed;

	for (int i = 0; i < 4; i++)
		v[i] = 1 / log2(2 + i);
	observed = (v[0] + v[2] - v[1] - v[3]) / 2;
	for (int i = 0; i < 4; i++)
		for (int k = i + 1; k < 4; k++) {
			double in = v[i] + v[k];
			double d = (in - (v[0] + v[1] + v[2] + v[3] - in)) / 2;

			square += d * d / 6;
		}
	CHECK(ranking_test_exposure(&g, &r, &w, &test));
	CHECK_NUM(test.difference, observed, 1e-15);
	CHECK_NUM(test.z, observed / sqrt(square), 1e-12);
	CHECK(test.error >= sqrt(square) * (1 - 1e-12));
	CHECK(!ranking_test_exposure(&w, NULL, &w, &test));
}

static struct uncertainty
of(const char *name, const struct group *group)
{
	struct uncertainty_options options;
	struct metric_value value;
	struct uncertainty u;

	uncertainty_defaults(&options);
	metric_measure(metric(name), group, group, &value);
	uncertainty_measure(metric(name), group, group, &value, &options, &u);
	return u;
}

/* No interval is not silence. */
static void
says_why(void)
{
	struct distribution d = { .n = POINTS, .value = scores, .rows = rows };
	struct group group = { .scores = &d };
	struct uncertainty u = of("expected_calibration_error", &group);

	CHECK(u.method == NULL && u.reason != NULL && u.has_chance);
	CHECK(u.chance > 0.05 && u.chance < 0.2);
	u = of("maximum_calibration_error", &group);
	CHECK(u.method == NULL && u.reason != NULL && !u.has_chance);
	u = of("exposure", &group); /* all there is: nothing to change with */
	CHECK(u.method == NULL && u.reason != NULL);
	u = of("true_positives", &group);
	CHECK(u.method == NULL && u.reason == NULL);
	group.counts.rows[CELL_TP] = group.counts.rows[CELL_TN] = 5;
	u = of("matthews_correlation", &group);
	CHECK(u.method == NULL && u.reason != NULL && u.replicates == 0);
	group.counts.rows[CELL_FP] = group.counts.rows[CELL_FN] = 3;
	u = of("matthews_correlation", &group);
	CHECK_STR(u.method, "bootstrap BCa");
	CHECK_INT(u.replicates, 2000);
	u = of("f1_score", &group);
	CHECK_STR(u.method, "Wilson");
	CHECK(u.lower > 0 && u.lower < 10.0 / 16 && u.upper > 10.0 / 16);
}

/* What chance alone makes of the calibration error, by drawing labels. */
static void
knows_chance(void)
{
	enum { TRIALS = 2000 };
	struct random random = { 5 };
	double sum = 0;
	struct distribution d = { .n = POINTS, .value = scores, .rows = rows };
	struct group group = { .scores = &d };

	for (int trial = 0; trial < TRIALS; trial++) {
		unsigned long long drawn[POINTS][BINARY_COUNT] = { { 0 } };
		struct distribution e = { .n = POINTS,
			.value = scores,
			.rows =
			    (const unsigned long long(*)[BINARY_COUNT])drawn };
		struct group other = { .scores = &e };
		struct metric_value value;

		for (size_t i = 0; i < POINTS; i++) {
			double n =
			    (double)(rows[i][BINARY_NO] + rows[i][BINARY_YES]);
			double yes = random_binomial(&random, n, scores[i]);

			drawn[i][BINARY_YES] = (unsigned long long)yes;
			drawn[i][BINARY_NO] = (unsigned long long)(n - yes);
		}
		metric_measure(metric("expected_calibration_error"), &other,
		    &other, &value);
		sum += value.value / TRIALS;
	}
	CHECK_NUM(
	    of("expected_calibration_error", &group).chance / sum, 1, 0.05);
}

int
main(void)
{
	sums_the_squares("average_precision", 1e-6);
	sums_the_squares("calibration_slope", 1e-5);
	sums_the_squares("calibration_intercept", 1e-5);
	permutes();
	says_why();
	knows_chance();
	return tap_done();
}
