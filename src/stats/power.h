#ifndef DOSSIER_STATS_POWER_H
#define DOSSIER_STATS_POWER_H

#include <stdbool.h>

/*
 * What so many rows could show: the power of the two-sided test of two rates,
 * by the normal approximation on Cohen's h (Cohen, Statistical Power Analysis
 * for the Behavioral Sciences, 2nd edition 1988, chapter 6).  Rates are from 0
 * to 1; n1, n2 > 0; 0 < level < 1.
 */

/* Cohen's h: the difference of the arcsines of two rates. */
double power_cohen_h(double rate1, double rate2);

/* The probability to see the difference between two rates, at this level. */
double power_of(double rate1, double n1, double rate2, double n2, double level);

/*
 * The smallest fall below rate2 that is seen with this power (0.5 to 1); false
 * when even a fall to 0 is not.
 */
bool power_detectable_fall(double rate2, double n1, double n2, double level,
    double power, double *out);

/*
 * The number of rows n1 that is needed to see the difference of two rates with
 * this power, n2 being as it is; infinite when no number is enough.
 */
double power_rows_needed(
    double rate1, double rate2, double n2, double level, double power);

#endif
