#ifndef DOSSIER_MEASURE_ESTIMATE_H
#define DOSSIER_MEASURE_ESTIMATE_H

#include "measure/metric.h"

/*
 * How far the value of a metric in a group may be off, for metrics that are
 * no rates but have a variance by formula: areas under the ROC curve (DeLong),
 * means over rows of scores, errors and predictions, and those whose change
 * with each row is known (influence.h), since the variance is the sum of the
 * squares of these changes.
 *
 * Of weighted rows the spread of the weights is known by label, not by score:
 * rows of a label count as so many unweighted ones, in the same ratio
 * wherever they stand.
 */

enum estimate_kind {
	ESTIMATE_NONE,
	ESTIMATE_DELONG,
	ESTIMATE_MEAN,
	ESTIMATE_INFLUENCE,
	/*
	 * Of a median, from the distance of two order statistics: Bonett and
	 * Price 2002, Psychological Methods 7, 370-383.
	 */
	ESTIMATE_MEDIAN,
	/* Of a mean over places, when members change them; ranking.h. */
	ESTIMATE_PERMUTATION
};

struct estimate {
	enum estimate_kind kind; /* none: the metric or group has no such */
	double variance;         /* of the value */
	double df;               /* of the variance: effective rows - 1 */
	double effective;        /* rows, as if unweighted */
};

/* whole is the group of all rows, among which places are taken. */
void estimate_measure(const struct metric *metric, const struct group *group,
    const struct group *whole, struct estimate *out);

/* As how many unweighted rows the rows of a label count that weigh so much. */
double estimate_worth(
    const struct group *group, enum binary label, double weight);

#endif
