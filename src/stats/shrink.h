#ifndef DOSSIER_STATS_SHRINK_H
#define DOSSIER_STATS_SHRINK_H

#include <stdbool.h>
#include <stddef.h>

#include "stats/tests.h"

/*
 * Rates of small groups drawn toward the rate of all of them, the more the
 * fewer rows they have: the mean of the beta-binomial distribution after the
 * data, its prior estimated from the spread of the groups themselves
 * (Kleinman, Journal of the American Statistical Association 68, 1973, pp.
 * 46-54, with weights n).
 */

struct shrink {
	double rate;     /* of all groups together */
	double strength; /* of the prior, in rows; infinite: no real spread */
};

/*
 * Estimate the prior; groups of n = 0 are left out.  False with fewer than two
 * groups, or when none or all of the rows are counted.
 */
bool shrink_fit(const struct rate *rates, size_t n, struct shrink *out);

/* The shrunken rate of a group, which may have no rows. */
double shrink_rate(const struct shrink *shrink, double k, double n);

#endif
