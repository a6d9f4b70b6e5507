#ifndef DOSSIER_STATS_INTERVAL_H
#define DOSSIER_STATS_INTERVAL_H

#include <stdbool.h>

/*
 * Intervals of a rate seen in n independent rows.  n may be an effective
 * number of rows, and so a fraction.  All are two-sided, and each function
 * returns false, with no interval, unless n > 0, 0 <= rate <= 1 and
 * 0 < confidence < 1.
 */

struct interval {
	double lower, upper;
};

typedef bool interval_of_rate(
    double rate, double n, double confidence, struct interval *out);

/*
 * The score interval (Wilson, Journal of the American Statistical Association
 * 22, 1927, pp. 209-212), without correction for continuity.
 */
bool interval_wilson(
    double rate, double n, double confidence, struct interval *out);

/*
 * The score interval with correction for continuity (Newcombe, Statistics in
 * Medicine 17, 1998, pp. 857-872, method 4).
 */
bool interval_wilson_corrected(
    double rate, double n, double confidence, struct interval *out);

/*
 * The exact interval: never covers less than it says (Clopper and Pearson,
 * Biometrika 26, 1934, pp. 404-413).
 */
bool interval_clopper_pearson(
    double rate, double n, double confidence, struct interval *out);

/*
 * The equal-tailed interval of the posterior beta distribution under Jeffreys'
 * prior (Brown, Cai and DasGupta, Statistical Science 16, 2001, pp. 101-133),
 * without moving its end to 0 or 1 where no row or every row is counted.
 */
bool interval_jeffreys(
    double rate, double n, double confidence, struct interval *out);

/*
 * Wald's interval about a centre drawn to 1/2, cut at 0 and 1 (Agresti and
 * Coull, The American Statistician 52, 1998, pp. 119-126).
 */
bool interval_agresti_coull(
    double rate, double n, double confidence, struct interval *out);

#endif
