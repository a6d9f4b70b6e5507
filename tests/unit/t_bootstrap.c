#include "stats/auc.h"
#include "stats/bootstrap.h"
#include "stats/random.h"
#include "tap.h"

/*
 * Bootstrap and area under the curve: what is known exactly, and how often
 * their intervals hold the truth.
 */

/* The difference of two rates: cells are yes and no of each. */
static bool
rate_difference(const double counts[], void *context, double *out)
{
	(void)context;
	*out = counts[0] / (counts[0] + counts[1]) -
	    counts[2] / (counts[2] + counts[3]);
	return counts[0] + counts[1] > 0 && counts[2] + counts[3] > 0;
}

/* fn / fp, undefined without fp. */
static bool
quotient(const double counts[], void *context, double *out)
{
	(void)context;
	*out = counts[0] / counts[1];
	return counts[1] > 0;
}

static const size_t two_strata[] = { 2, 2 };
static const size_t one_stratum[] = { 3 };

static void
agrees_with_the_formula(void)
{
	static const double counts[] = { 300, 700, 240, 360 };
	const struct bootstrap b = { .counts = counts,
		.strata = two_strata,
		.n_strata = 2,
		.replicates = 4000,
		.seed = 1,
		.confidence = 0.95,
		.statistic = rate_difference };
	double error = sqrt(0.3 * 0.7 / 1000 + 0.4 * 0.6 / 600);
	struct bootstrap_result got;

	CHECK(bootstrap_measure(&b, &got));
	CHECK(fabs(got.standard_error / error - 1) < 0.05);
	CHECK(fabs(got.interval.lower - (-0.1 - 1.96 * error)) < 0.003);
	CHECK(fabs(got.interval.upper - (-0.1 + 1.96 * error)) < 0.003);
	CHECK(got.p < 1e-3 && got.n_undefined == 0);
}

/* Weights of 1 or 3: the effective number of rows is what counts. */
static void
weighs(void)
{
	static const double counts[] = { 300, 700, 240, 360 };
	static const double squares[] = { 600, 1400, 480, 720 };
	const struct bootstrap b = { .counts = counts,
		.squares = squares,
		.strata = two_strata,
		.n_strata = 2,
		.replicates = 4000,
		.seed = 1,
		.confidence = 0.95,
		.statistic = rate_difference };
	double error = sqrt(0.3 * 0.7 / 500 + 0.4 * 0.6 / 300);
	struct bootstrap_result got;

	CHECK(bootstrap_measure(&b, &got));
	CHECK(fabs(got.standard_error / error - 1) < 0.06);
	CHECK(got.interval.lower < -0.1 && got.interval.upper > -0.1);
}

static void
refuses(void)
{
	static const double same[] = { 5, 0, 5, 0 };
	static const double rare[] = { 3, 1, 400 };
	static const double never[] = { 3, 0, 400 };
	struct bootstrap b = { .counts = same,
		.strata = two_strata,
		.n_strata = 2,
		.replicates = 500,
		.seed = 1,
		.confidence = 0.95,
		.statistic = rate_difference };
	struct bootstrap_result got;

	CHECK(!bootstrap_measure(&b, &got)); /* no spread */
	b.statistic = quotient;
	b.strata = one_stratum;
	b.n_strata = 1;
	b.counts = rare;
	CHECK(!bootstrap_measure(&b, &got)); /* undefined too often */
	CHECK(got.n_undefined > 100);
	b.counts = never;
	CHECK(!bootstrap_measure(&b, &got)); /* undefined itself */
	b.n_strata = 0;
	CHECK(!bootstrap_measure(&b, &got));
}

enum { TRIALS = 400 };

/* A skew quotient: the truth lies on either side of the interval alike. */
static void
covers(void)
{
	struct random random = { 3 };
	unsigned below = 0, above = 0;

	for (unsigned i = 0; i < TRIALS; i++) {
		double counts[3] = { random_binomial(&random, 300, 0.3),
			random_binomial(&random, 300, 0.15), 0 };
		struct bootstrap b = { .counts = counts,
			.strata = one_stratum,
			.n_strata = 1,
			.replicates = 600,
			.seed = i,
			.confidence = 0.95,
			.statistic = quotient };
		struct bootstrap_result got;

		counts[2] = 600 - counts[0] - counts[1];
		CHECK(bootstrap_measure(&b, &got));
		below += got.interval.upper < 2;
		above += got.interval.lower > 2;
	}
	printf("# truth above the interval %u, below %u, of %d\n", below, above,
	    TRIALS);
	CHECK(below + above < 0.09 * TRIALS);
	CHECK(below + above > 0.015 * TRIALS);
	CHECK(below > 2 && above > 2);
}

static void
knows_areas(void)
{
	static const double no[] = { 2, 1, 1, 0 }, yes[] = { 0, 1, 1, 2 };
	static const double none[] = { 0, 0, 0, 0 };
	struct auc_points points = { 4, no, yes, 4, 4 };
	struct auc auc;
	struct interval i;

	CHECK(auc_measure(&points, &auc) && auc.has_variance);
	/* 16 pairs: 13 won, 2 ties at the second and third, 1 lost. */
	CHECK_NUM(auc.area, 14.0 / 16, 1e-15);
	/* Placements 5/8, 7/8, 1, 1 about 7/8: squares 3/32, on 3 and 4. */
	CHECK_NUM(auc.variance, 2 * (3.0 / 32) / 3 / 4, 1e-16);
	CHECK(auc_interval(&auc, 0.95, &i));
	CHECK(i.lower < auc.area && i.upper == 1);
	points.negatives = none;
	CHECK(!auc_measure(&points, &auc));
	points.negatives = no;
	points.n_negatives = 1;
	CHECK(auc_measure(&points, &auc) && !auc.has_variance);
	CHECK(!auc_interval(&auc, 0.95, &i));
}

/* Two normal distributions a deviation apart, in 200 steps of score. */
static void
covers_areas(void)
{
	enum { STEPS = 200 };
	const double truth = 0.5 * erfc(-1 / sqrt(2) / sqrt(2));
	struct random random = { 9 };
	unsigned held = 0;

	for (unsigned trial = 0; trial < TRIALS; trial++) {
		double rows[2][STEPS] = { { 0 }, { 0 } };
		struct auc_points points = { STEPS, rows[0], rows[1], 80, 80 };
		struct auc auc;
		struct interval i;

		for (int row = 0; row < 160; row++) {
			double sum = row % 2;

			/* The sum of 12 uniform numbers is all but normal. */
			for (int k = 0; k < 12; k++)
				sum += random_unit(&random) - 0.5;
			sum = fmin(STEPS - 1, fmax(0, (sum + 4) * 22));
			rows[row % 2][(int)sum]++;
		}
		CHECK(auc_measure(&points, &auc));
		CHECK(auc_interval(&auc, 0.95, &i));
		held += i.lower <= truth && truth <= i.upper;
	}
	printf("# area held %u of %d\n", held, TRIALS);
	CHECK(held > 0.915 * TRIALS && held < 0.985 * TRIALS);
}

int
main(void)
{
	agrees_with_the_formula();
	weighs();
	refuses();
	covers();
	knows_areas();
	covers_areas();
	return tap_done();
}
