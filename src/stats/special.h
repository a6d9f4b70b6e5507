#ifndef DOSSIER_STATS_SPECIAL_H
#define DOSSIER_STATS_SPECIAL_H

/*
 * The distributions that tests and exact intervals need.  All are computed
 * without a difference of nearly equal numbers: a small probability has as
 * many correct digits as a large one (about 13, for up to 1e9 rows).
 */

/*
 * p^x q^(n - x) n! / (x! (n - x)!) with q = 1 - p, also for fractions:
 * Loader, "Fast and accurate computation of binomial probabilities", 2000
 * (saddle-point expansion).  0 <= x <= n, 0 <= p <= 1.
 */
double binomial_term(double x, double n, double p, double q);

/*
 * The same, and of the two below, several times as fast; the last digits hang
 * on the processor.  For drawing: what is drawn does not hang on them.
 */
double binomial_term_near(double x, double n, double p, double q);
double poisson_term_near(double x, double mean);
double hypergeometric_term_near(
    double x, double special, double other, double n);

/* e^-mean mean^x / x!, by the same expansion.  x >= 0, mean >= 0. */
double poisson_term(double x, double mean);

/*
 * The probability of x special ones among n drawn without replacement from
 * special + other; whole numbers.  From three binomial terms, as Loader does.
 */
double hypergeometric_term(double x, double special, double other, double n);

/*
 * The regularised incomplete beta function I_x(a, b): the probability that a
 * beta variate is below x.  By its continued fraction (NIST Digital Library of
 * Mathematical Functions, 8.17.22).  a, b > 0.
 */
double beta_below(double x, double a, double b);

/* The x with beta_below(x, a, b) = p, to the last digits of a double. */
double beta_quantile(double p, double a, double b);

/*
 * The probability that a chi-square variate with df degrees of freedom is
 * above x: the incomplete gamma function by series or continued fraction
 * (NIST Digital Library, 8.11.4 and 8.9.2).  df > 0; x < 0 gives 1.
 */
double chi2_above(double x, double df);

/* The probability that Student's t with df > 0 is as far from 0 as t. */
double student_two_sided(double t, double df);

/* The t with student_two_sided(t, df) = p, for 0 < p < 1. */
double student_quantile_two_sided(double p, double df);

#endif
