#ifndef DOSSIER_MEASURE_ESTIMATE_H
#define DOSSIER_MEASURE_ESTIMATE_H

#include "measure/metric.h"

/*
 * How far the value of a metric in a group may be off, for metrics that are
 * no rates but have a variance by formula: areas under the ROC curve (DeLong),
 * and means over rows of scores, errors and predictions.
 */

enum estimate_kind { ESTIMATE_NONE, ESTIMATE_DELONG, ESTIMATE_MEAN };

struct estimate {
	enum estimate_kind kind; /* none: the metric or group has no such */
	double variance;         /* of the value */
	double df;               /* of the variance: effective rows - 1 */
	double effective;        /* rows, as if unweighted */
};

void estimate_measure(const struct metric *metric, const struct group *group,
    struct estimate *out);

#endif
