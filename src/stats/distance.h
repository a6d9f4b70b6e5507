#ifndef DOSSIER_STATS_DISTANCE_H
#define DOSSIER_STATS_DISTANCE_H

#include <stdbool.h>
#include <stddef.h>

#include "stats/tests.h"

/*
 * How far two distributions are apart: of shares in the same categories, or
 * of two samples of a number.
 */

/* Half the sum of the differences of shares: 0 to 1. */
double distance_total_variation(const double a[], const double b[], size_t n);

/*
 * The population stability index: the sum of (b - a) ln(b / a).  An empty
 * share counts as this, so that it does not make the sum infinite, and then
 * the shares sum to a little more than 1; 0 for none.
 */
double distance_stability(
    const double a[], const double b[], size_t n, double empty);

/*
 * Pearson's chi-square of two rows of counts of the same kinds.  False when a
 * row is empty, or one kind is all.
 */
bool distance_chi2(
    const double a[], const double b[], size_t n, struct test *out);

/*
 * The root of the divergence of Jensen and Shannon, in nats: 0 to sqrt(ln 2)
 * (Lin, IEEE Transactions on Information Theory 37, 1991, pp. 145-151).
 * Divided by sqrt(ln 2) it is to base 2.
 */
double distance_jensen_shannon(const double a[], const double b[], size_t n);

/* Distinct values, ascending, and how many rows have each. */
struct sample {
	size_t n;
	const double *value;
	const double *rows;
};

/* Rows of a sample. */
double sample_rows(const struct sample *sample);

/*
 * The largest difference of the distribution functions, and its asymptotic p:
 * kolmogorov_above() of n1 n2 / (n1 + n2) rows, rounded.  Both samples have
 * rows; here and below.
 */
void distance_kolmogorov(
    const struct sample *a, const struct sample *b, struct test *out);

/*
 * The area between the distribution functions, in the unit of the values: the
 * first Wasserstein distance.
 */
double distance_wasserstein(const struct sample *a, const struct sample *b);

/*
 * Mann and Whitney's U of the first sample (Annals of Mathematical Statistics
 * 18, 1947, pp. 50-60): pairs in which it is the larger, ties one half; p by
 * the normal distribution with corrections for ties and continuity.  False
 * when all values are the same.
 */
bool distance_mann_whitney(
    const struct sample *a, const struct sample *b, struct test *out);

/*
 * Welch's t of two means (Biometrika 34, 1947, pp. 28-35), from mean, variance
 * of the mean and its degrees of freedom; df of the result by Satterthwaite.
 * False when both variances are 0.
 */
struct sample_mean {
	double mean, variance, df;
};
bool distance_welch(
    const struct sample_mean *a, const struct sample_mean *b, struct test *out);

#endif
