#ifndef DOSSIER_STATS_NORMAL_H
#define DOSSIER_STATS_NORMAL_H

/* The standard normal distribution. */

/*
 * The quantile, for 0 < p < 1: algorithm AS 241, PPND16 (Wichura, Applied
 * Statistics 37, 1988, pp. 477-484), whose relative error is about 1e-16.
 */
double normal_quantile(double p);

/* The probability of a value below x; exact in the lower tail. */
double normal_below(double x);

/* The probability of a value above x; exact in the upper tail. */
double normal_above(double x);

/* The probability of a value as far from 0 as z, or farther. */
double normal_two_sided(double z);

#endif
