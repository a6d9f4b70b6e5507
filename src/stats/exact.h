#ifndef DOSSIER_STATS_EXACT_H
#define DOSSIER_STATS_EXACT_H

#include "stats/two_rates.h"

/*
 * Fisher's exact test of two rates, two-sided: the probability, all four
 * margins being given, of a table that is no likelier than the one at hand
 * (Fisher, Statistical Methods for Research Workers, 1934, section 21.02).
 * Counts are whole; the time grows with the root of the margins, not with the
 * margins.
 */

struct exact {
	double p;     /* Fisher's; as SciPy computes it */
	double mid_p; /* less half of the tables just as likely as that one */
};

/*
 * Both probabilities.  The mid-p corrects what makes Fisher's test too slow to
 * see a difference (Lancaster, Journal of the American Statistical Association
 * 56, 1961, pp. 223-234).  n1, n2 > 0, 0 <= k <= n.
 */
struct exact exact_two_rates(const struct two_rates *rates);

#endif
