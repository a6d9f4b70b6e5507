#ifndef DOSSIER_STATS_INTERVAL_H
#define DOSSIER_STATS_INTERVAL_H

#include <stdbool.h>

/* Intervals of a rate. */

struct interval {
	double lower, upper;
};

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
