#ifndef DOSSIER_STATS_TESTS_H
#define DOSSIER_STATS_TESTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/two_rates.h"

/*
 * Tests of "no difference" between rates.  p is two-sided.  Counts may be
 * effective ones, and so fractions, but for the Monte Carlo test.
 */

struct test {
	double value; /* z or chi-square */
	double df;    /* of chi-square */
	double p;
};

/*
 * The two-proportion z test with the pooled variance.  False when no row or
 * every row is counted, which makes the variance 0; needs n1, n2 > 0.
 */
bool test_z_pooled(const struct two_rates *rates, struct test *out);

/*
 * Chi-square of a 2 x 2 table with the correction of Yates (Supplement to the
 * Journal of the Royal Statistical Society 1, 1934, pp. 217-235), which takes
 * no more than the whole distance.  False as for test_z_pooled().
 */
bool test_chi2_yates(const struct two_rates *rates, struct test *out);

/* k of n rows. */
struct rate {
	double k, n;
};

/*
 * Pearson's chi-square of homogeneity of several rates, without correction.
 * Those of n = 0 are left out.  False when fewer than two are left, or none or
 * all of their rows are counted.
 */
bool test_homogeneity(const struct rate *rates, size_t n, struct test *out);

/* The smallest expected count of that table; 0 where there is no test. */
double test_smallest_expected(const struct rate *rates, size_t n);

/*
 * The same test when expected counts are small: the share of random tables
 * with the same margins, and of the table itself, whose chi-square is no
 * smaller (Davison and Hinkley, Bootstrap Methods and their Application, 1997,
 * section 4.3).  Counts are whole.  The same seed gives the same p.
 */
bool test_homogeneity_random(const struct rate *rates, size_t n,
    unsigned replicates, uint64_t seed, struct test *out);

/*
 * Cramer's V of that table: sqrt(chi-square / rows), from 0 to 1 (Cramer,
 * Mathematical Methods of Statistics, 1946, section 21.9), for k x 2 tables.
 */
double test_cramers_v(const struct rate *rates, size_t n, double chi2);

#endif
