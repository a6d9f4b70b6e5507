#include "stats/random.h"
#include "stats/two_rates.h"
#include "tap.h"

/*
 * Intervals of differences and ratios: what others printed, the boundary, and
 * how often they hold the truth.  (Against statsmodels: t_stats_reference.c.)
 */

/* Newcombe, Statistics in Medicine 17, 1998, pp. 873-890, table II. */
static void
matches_the_literature(void)
{
	static const struct {
		struct two_rates rates;
		double score[2], newcombe[2];
	} table[] = {
		{ { 56, 70, 48, 80 }, { 0.0528, 0.3382 }, { 0.0524, 0.3339 } },
		{ { 9, 10, 3, 10 }, { 0.1700, 0.8406 }, { 0.1705, 0.8090 } },
		{ { 5, 56, 0, 29 }, { -0.0326, 0.1933 }, { -0.0381, 0.1926 } },
		{ { 0, 10, 0, 10 }, { -0.2879, 0.2879 }, { -0.2775, 0.2775 } },
		{ { 10, 10, 0, 10 }, { 0.6636, 1 }, { 0.6075, 1 } },
	};
	struct interval got;

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		CHECK(difference_score(&table[i].rates, 0.95, &got));
		CHECK(fabs(got.lower - table[i].score[0]) < 5.1e-5);
		CHECK(fabs(got.upper - table[i].score[1]) < 5.1e-5);
		CHECK(difference_newcombe(&table[i].rates, 0.95, &got));
		CHECK(fabs(got.lower - table[i].newcombe[0]) < 5.1e-5);
		CHECK(fabs(got.upper - table[i].newcombe[1]) < 5.1e-5);
	}
}

/* Every table of small margins: ends in order, in range, around the value. */
static void
behaves(void)
{
	size_t wrong = 0;

	for (int n1 = 1; n1 <= 7; n1++)
		for (int n2 = 1; n2 <= 7; n2++)
			for (int k = 0; k < (n1 + 1) * (n2 + 1); k++) {
				struct two_rates r = { k % (n1 + 1), n1,
					k / (n1 + 1), n2 };
				struct two_rates back = { r.k2, n2, r.k1, n1 };
				double d = r.k1 / n1 - r.k2 / n2;
				struct interval a, b;

				wrong += !difference_score(&r, 0.95, &a) ||
				    !(a.lower >= -1 && a.lower <= d + 1e-15 &&
					d <= a.upper + 1e-15 && a.upper <= 1);
				wrong += !difference_score(&back, 0.95, &b) ||
				    fabs(a.lower + b.upper) > 1e-12;
				wrong += !difference_newcombe(&r, 0.95, &a) ||
				    !(a.lower <= d && d <= a.upper);
				wrong += ratio_koopman(&r, 0.95, &a) ?
				    !(a.lower <= a.upper) :
				    r.k1 > 0 || r.k2 > 0;
				if (r.k1 > 0 && r.k2 > 0 &&
				    ratio_koopman(&back, 0.95, &b))
					wrong +=
					    fabs(a.lower * b.upper - 1) > 1e-9;
			}
	CHECK_INT(wrong, 0);
}

static void
knows_the_boundary(void)
{
	struct interval i;

	CHECK(!ratio_katz(&(struct two_rates){ 0, 9, 3, 9 }, 0.95, &i));
	CHECK(!ratio_katz(&(struct two_rates){ 3, 9, 0, 9 }, 0.95, &i));
	CHECK(!ratio_katz(&(struct two_rates){ 9, 9, 9, 9 }, 0.95, &i));
	CHECK(ratio_katz(&(struct two_rates){ 9, 9, 3, 9 }, 0.95, &i));
	CHECK(ratio_koopman(&(struct two_rates){ 0, 9, 3, 9 }, 0.95, &i));
	CHECK(i.lower == 0 && i.upper > 0 && i.upper < 2);
	CHECK(ratio_koopman(&(struct two_rates){ 3, 9, 0, 9 }, 0.95, &i));
	CHECK(i.lower > 0.5 && isinf(i.upper));
	CHECK(!ratio_koopman(&(struct two_rates){ 0, 9, 0, 9 }, 0.95, &i));
	CHECK(
	    !difference_newcombe(&(struct two_rates){ 0, 0, 1, 9 }, 0.95, &i));
	CHECK(!difference_score(&(struct two_rates){ 10, 9, 1, 9 }, 0.95, &i));
	/* A thousand million rows. */
	CHECK(difference_score(
	    &(struct two_rates){ 3e8, 1e9, 2e8, 9e8 }, 0.95, &i));
	CHECK(fabs(i.lower - 0.07773847831) < 1e-9);
	CHECK(fabs(i.upper - 0.07781707691) < 1e-9);
	CHECK(ratio_katz(&(struct two_rates){ 3e8, 1e9, 2e8, 9e8 }, 0.95, &i));
	CHECK(fabs(i.lower - 1.3497913006738) < 1e-9);
}

enum { TRIALS = 4000 };

/* The share of random tables whose interval holds the true value. */
static double
coverage(interval_of_two *make, const struct two_rates *truth, bool is_ratio)
{
	struct random random = { 20240601 };
	double p1 = truth->k1, p2 = truth->k2, held = 0, n = 0;
	double value = is_ratio ? p1 / p2 : p1 - p2;

	for (int i = 0; i < TRIALS; i++) {
		struct two_rates r = { random_binomial(&random, truth->n1, p1),
			truth->n1, random_binomial(&random, truth->n2, p2),
			truth->n2 };
		struct interval interval;

		if (!make(&r, 0.95, &interval))
			continue;
		n++;
		held += interval.lower <= value && value <= interval.upper;
	}
	return held / n;
}

/* Three standard errors of 4,000 trials are 0.0103. */
static void
covers(void)
{
	static const struct two_rates truths[] = { { 0.3, 40, 0.5, 60 },
		{ 0.1, 50, 0.12, 200 }, { 0.8, 30, 0.9, 30 } };

	for (size_t i = 0; i < sizeof(truths) / sizeof(truths[0]); i++) {
		CHECK(coverage(difference_newcombe, &truths[i], false) > 0.938);
		CHECK(coverage(difference_score, &truths[i], false) > 0.938);
		CHECK(coverage(ratio_koopman, &truths[i], true) > 0.938);
		CHECK(coverage(ratio_katz, &truths[i], true) > 0.938);
		CHECK(coverage(difference_score, &truths[i], false) < 0.975);
		CHECK(coverage(ratio_koopman, &truths[i], true) < 0.975);
	}
}

int
main(void)
{
	matches_the_literature();
	behaves();
	knows_the_boundary();
	covers();
	return tap_done();
}
