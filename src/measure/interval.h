#ifndef DOSSIER_MEASURE_INTERVAL_H
#define DOSSIER_MEASURE_INTERVAL_H

#include <stdbool.h>

/* Intervals of a rate, and the normal distribution behind them. */

struct interval {
	double lower, upper;
};

/*
 * The quantile of the standard normal distribution, for 0 < p < 1: algorithm
 * AS 241, PPND16 (Wichura, Applied Statistics 37, 1988, pp. 477-484), whose
 * relative error is about 1e-16.
 */
double normal_quantile(double p);

/*
 * The two-sided score interval of a rate seen in n independent rows (Wilson,
 * Journal of the American Statistical Association 22, 1927, pp. 209-212),
 * without correction for continuity.  n may be an effective number of rows
 * and so a fraction.  Return false, with no interval, unless n > 0,
 * 0 <= rate <= 1 and 0 < confidence < 1.
 */
bool interval_wilson(
    double rate, double n, double confidence, struct interval *out);

#endif
