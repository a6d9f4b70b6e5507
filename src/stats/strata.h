#ifndef DOSSIER_STATS_STRATA_H
#define DOSSIER_STATS_STRATA_H

#include <stdbool.h>
#include <stddef.h>

#include "stats/tests.h"

/*
 * Two rates compared within each stratum of a third thing, so that a
 * difference is not due to that: Cochran (Biometrics 10, 1954, pp. 417-451)
 * and Mantel and Haenszel (Journal of the National Cancer Institute 22, 1959,
 * pp. 719-748).
 */

struct strata {
	double crude_odds_ratio; /* of all strata in one; may be infinite */
	bool has_odds_ratio;
	double odds_ratio; /* common to the strata: Mantel and Haenszel */
	/*
	 * Interval by the variance of Robins, Breslow and Greenland
	 * (Biometrics 42, 1986, pp. 311-323).
	 */
	struct interval interval;
	bool has_test;
	struct test test; /* odds ratio 1, without correction; df 1 */
	/*
	 * Whether the odds ratio is the same in all strata: Breslow and Day,
	 * Statistical Methods in Cancer Research I, 1980, p. 142.
	 */
	bool has_equality;
	struct test equality;
	/*
	 * Simpson's paradox: the strata together say that the group fares
	 * better, and within them it fares worse, or the other way round.
	 */
	bool turns;
};

/*
 * Measure n strata; those without rows of both sides say nothing and are left
 * out.  Return false when none is left.
 */
bool strata_measure(const struct two_rates *rates, size_t n, double confidence,
    struct strata *out);

#endif
