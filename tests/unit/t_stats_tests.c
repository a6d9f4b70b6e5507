#include "stats/adjust.h"
#include "stats/power.h"
#include "stats/random.h"
#include "stats/tests.h"
#include "tap.h"

/*
 * Tests, adjustments and power where the reference files do not go: no
 * variance, random tables, counts of a thousand million, false alarms.
 */

static void
refuses_what_has_no_variance(void)
{
	struct test test;

	CHECK(!test_z_pooled(&(struct two_rates){ 0, 5, 0, 9 }, &test));
	CHECK(!test_z_pooled(&(struct two_rates){ 5, 5, 9, 9 }, &test));
	CHECK(!test_chi2_yates(&(struct two_rates){ 0, 5, 0, 9 }, &test));
	CHECK(test_z_pooled(&(struct two_rates){ 1, 1, 0, 1 }, &test));
	CHECK_NUM(test.value, sqrt(2), 1e-15);
	CHECK(test_z_pooled(
	    &(struct two_rates){ 5e8, 1e9, 500010000, 1e9 }, &test));
	CHECK_NUM(test.value, -0.44721359, 1e-8);
}

static void
compares_many(void)
{
	static const struct rate rates[] = { { 3, 10 }, { 30, 60 },
		{ 200, 300 }, { 0, 0 } };
	static const struct rate one[] = { { 3, 10 }, { 0, 0 } };
	struct test test, again, other;

	CHECK(test_homogeneity(rates, 4, &test));
	CHECK_NUM(test.value, 10.748827835385267, 1e-13);
	CHECK(test.df == 2);
	CHECK_NUM(test.p, 0.004633633628568084, 1e-14);
	CHECK_NUM(test_smallest_expected(rates, 4), 10 * 137.0 / 370, 1e-13);
	CHECK_NUM(
	    test_cramers_v(rates, 4, test.value), sqrt(test.value / 370), 0);
	CHECK(!test_homogeneity(one, 2, &test));
	CHECK(test_smallest_expected(one, 2) == 0);
	CHECK(test_homogeneity_random(rates, 4, 9999, 7, &test));
	CHECK(fabs(test.p - 0.0046) < 0.003);
	CHECK(test_homogeneity_random(rates, 4, 9999, 7, &again));
	CHECK(test_homogeneity_random(rates, 4, 9999, 8, &other));
	CHECK(again.p == test.p && other.p != test.p);
}

/* With two rates the random test is Fisher's, but for how tables are ranked. */
static void
is_exact_when_small(void)
{
	static const struct rate rates[] = { { 0, 5 }, { 5, 5 } };
	struct test test;

	CHECK(test_homogeneity_random(rates, 2, 99999, 1, &test));
	CHECK(fabs(test.p - 2.0 / 252) < 4 * sqrt(2.0 / 252 / 99999));
}

static void
adjusts(void)
{
	double p[] = { 0.04, 0.01, 0.03, 0.01 };
	double *all[] = { &p[0], &p[1], &p[2], &p[3] };

	adjust(ADJUST_HOLM, all, 4);
	CHECK_NUM(p[0], 0.06, 1e-15);
	CHECK_NUM(p[1], 0.04, 1e-15);
	CHECK_NUM(p[2], 0.06, 1e-15);
	CHECK_NUM(p[3], 0.04, 1e-15);
	adjust(ADJUST_NONE, all, 4);
	CHECK_NUM(p[0], 0.06, 1e-15);
	adjust(ADJUST_HOLM, all, 0);
	p[0] = 0.9;
	adjust(ADJUST_HOLM, all, 1);
	CHECK(p[0] == 0.9);
	adjust(ADJUST_BONFERRONI, all, 2);
	CHECK(p[0] == 1);
	CHECK_INT(adjust_find("benjamini-hochberg"), ADJUST_BENJAMINI_HOCHBERG);
	CHECK_INT(adjust_find("none"), ADJUST_NONE);
	CHECK_INT(adjust_find("sidak"), ADJUST_COUNT);
	CHECK_STR(adjust_label(ADJUST_HOLM), "Holm");
	CHECK_STR(adjust_label(ADJUST_NONE), NULL);
}

/* The three questions about power agree with each other. */
static void
knows_power(void)
{
	double fall, n;

	CHECK_NUM(power_of(0.3, 50, 0.3, 90, 0.05), 0.05, 1e-14);
	CHECK(power_detectable_fall(0.3, 100, 200, 0.05, 0.8, &fall));
	CHECK(fabs(power_of(0.3 - fall, 100, 0.3, 200, 0.05) - 0.8) < 1e-4);
	CHECK(!power_detectable_fall(0.05, 5, 9, 0.05, 0.8, &fall));
	n = power_rows_needed(0.24, 0.3, 2000, 0.05, 0.8);
	CHECK(n == ceil(n));
	CHECK(power_of(0.24, n, 0.3, 2000, 0.05) >= 0.8);
	CHECK(power_of(0.24, n - 1, 0.3, 2000, 0.05) < 0.8001);
	CHECK(isinf(power_rows_needed(0.24, 0.3, 50, 0.05, 0.8)));
	CHECK(isinf(power_rows_needed(0.3, 0.3, 1e9, 0.05, 0.8)));
}

enum { TRIALS = 4000 };

/* Groups that are equal are called unequal as often as the level says. */
static void
raises_few_alarms(void)
{
	struct random random = { 11 };
	int by_chi2 = 0, by_z = 0;

	for (int i = 0; i < TRIALS; i++) {
		struct rate r[4];
		struct test test;

		for (size_t j = 0; j < 4; j++)
			r[j] =
			    (struct rate){ random_binomial(&random, 150, 0.3),
				    150 };
		by_chi2 += test_homogeneity(r, 4, &test) && test.p < 0.05;
		by_z += test_z_pooled(
			    &(struct two_rates){ r[0].k, 150, r[1].k, 150 },
			    &test) &&
		    test.p < 0.05;
	}
	CHECK(by_chi2 > 0.039 * TRIALS && by_chi2 < 0.061 * TRIALS);
	CHECK(by_z > 0.039 * TRIALS && by_z < 0.061 * TRIALS);
}

int
main(void)
{
	refuses_what_has_no_variance();
	compares_many();
	is_exact_when_small();
	adjusts();
	knows_power();
	raises_few_alarms();
	return tap_done();
}
