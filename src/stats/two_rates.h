#ifndef DOSSIER_STATS_TWO_RATES_H
#define DOSSIER_STATS_TWO_RATES_H

#include <stdbool.h>

#include "stats/interval.h"

/*
 * Intervals of the difference and the ratio of two independent rates, k of n
 * rows each.  The counts may be effective ones, and so fractions.  Each
 * function needs n1, n2 > 0, 0 <= k <= n and 0 < confidence < 1, and returns
 * false, with no interval, where its method has none.
 */

struct two_rates {
	double k1, n1; /* of the group */
	double k2, n2; /* of the reference */
};

typedef bool interval_of_two(
    const struct two_rates *rates, double confidence, struct interval *out);

/*
 * Of the difference: the hybrid of two score intervals (Newcombe, Statistics
 * in Medicine 17, 1998, pp. 873-890, method 10).
 */
bool difference_newcombe(
    const struct two_rates *rates, double confidence, struct interval *out);

/*
 * Of the difference: the score interval with the factor N / (N - 1), for small
 * cells (Miettinen and Nurminen, Statistics in Medicine 4, 1985, pp. 213-226).
 */
bool difference_score(
    const struct two_rates *rates, double confidence, struct interval *out);

/*
 * Of the ratio: on the scale of its logarithm (Katz, Baptista, Azen and Pike,
 * Biometrics 34, 1978, pp. 469-474).  None when either count is 0, nor when
 * both are whole.
 */
bool ratio_katz(
    const struct two_rates *rates, double confidence, struct interval *out);

/*
 * Of the ratio: the score interval (Koopman, Biometrics 40, 1984, pp.
 * 513-517).  The lower end is 0 when k1 is, the upper infinite when k2 is 0;
 * none when both are.
 */
bool ratio_koopman(
    const struct two_rates *rates, double confidence, struct interval *out);

#endif
