#include <math.h>

#include "measure/evenness.h"
#include "stats/random.h"
#include "tap.h"

/* The divergence that chance makes, by hand for four rows, and its test. */

/* One of four is of the group: its place is 1, 2, 3 or 4, each as likely. */
static void
knows_chance(void)
{
	static const double rows[] = { 1, 3 };
	double mean = 0, weights = 0;
	struct evenness even;

	for (int i = 1; i <= 4; i++)
		weights += 1 / log2(1 + i);
	for (int at = 1; at <= 4; at++)
		for (int i = 1; i <= 4; i++) {
			double a = (i >= at ? 1.0 : 0) / i, b = 1 - a;
			double d = (a > 0 ? a * log(a * 4) : 0) +
			    (b > 0 ? b * log(b * 4 / 3) : 0);

			mean += d / log2(1 + i) / weights / 4;
		}
	CHECK(evenness_test(rows, 2, 0, 4000, 1, &even));
	CHECK_NUM(even.by_chance, mean, 0.03 * mean);
	CHECK_NUM(even.p, 1, 0);
	CHECK_INT(even.replicates, 4000);
	CHECK(evenness_test(rows, 2, 10, 999, 1, &even));
	CHECK_NUM(even.p, 0.001, 1e-15);
}

/*
 * The test rejects a twentieth of random rankings: each is the first of those
 * that another seed draws, told apart by where it lies among them.
 */
static void
rejects_seldom(void)
{
	enum { TRIALS = 200 };
	static const double rows[] = { 40, 160, 100 };
	struct random random = { 3 };
	unsigned rejected = 0;

	for (unsigned i = 0; i < TRIALS; i++) {
		struct evenness one, even;

		CHECK(evenness_test(rows, 3, 0, 1, random_bits(&random), &one));
		CHECK(evenness_test(
		    rows, 3, one.by_chance, 99, random_bits(&random), &even));
		rejected += even.p <= 0.05;
	}
	printf("# rejected %u of %d\n", rejected, TRIALS);
	CHECK(rejected < 0.1 * TRIALS && rejected > 0.01 * TRIALS);
}

/* Far more rows than places that are looked at, and what has no test. */
static void
is_bounded(void)
{
	static const double many[] = { 4e6, 6e6 }, one[] = { 5, 0 };
	struct evenness even, again;

	CHECK(evenness_test(many, 2, 0, 999, 7, &even));
	CHECK(even.by_chance > 0 && even.by_chance < 1e-4);
	CHECK(evenness_test(many, 2, 0, 999, 7, &again));
	CHECK_NUM(even.by_chance, again.by_chance, 0);
	CHECK(!evenness_test(one, 2, 0, 999, 1, &even));
	CHECK(!evenness_test(many, 2, 0, 0, 1, &even));
}

int
main(void)
{
	knows_chance();
	rejects_seldom();
	is_bounded();
	return tap_done();
}
