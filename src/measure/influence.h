#ifndef DOSSIER_MEASURE_INFLUENCE_H
#define DOSSIER_MEASURE_INFLUENCE_H

#include "measure/estimate_type.h"
#include "measure/metric_type.h"

/*
 * Variances by influence values: how much a metric changes when a row weighs
 * a little more, squared and summed over the rows (the infinitesimal
 * jackknife; Efron 1982, The Jackknife, the Bootstrap and Other Resampling
 * Plans, chapter 6).  One pass over the points of a distribution, so they cost
 * no more than the metric itself.  Each returns false where there are too few
 * rows.
 */

/* Of the average precision. */
bool influence_average_precision(
    const struct group *group, struct estimate *out);

/*
 * Of the Kolmogorov-Smirnov distance of the labels: that of TPR - FPR at the
 * threshold where it is largest, which does not move where the largest is one
 * alone.
 */
bool influence_ks(const struct group *group, struct estimate *out);

/* Of the slope or the intercept of the logistic recalibration. */
bool influence_calibration(const struct metric *metric,
    const struct group *group, const struct group *whole, struct estimate *out);

#endif
