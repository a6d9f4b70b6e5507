#ifndef DOSSIER_MEASURE_ESTIMATE_H
#define DOSSIER_MEASURE_ESTIMATE_H

#include "measure/estimate_type.h"
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

/* whole is the group of all rows, among which places are taken. */
void estimate_measure(const struct metric *metric, const struct group *group,
    const struct group *whole, struct estimate *out);

#endif
