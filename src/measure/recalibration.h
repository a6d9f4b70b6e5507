#ifndef DOSSIER_MEASURE_RECALIBRATION_H
#define DOSSIER_MEASURE_RECALIBRATION_H

#include "measure/metric_type.h"

/*
 * Slope b and intercept a of the logistic recalibration logit P(y = 1) =
 * a + b logit(score), Cox 1958, Biometrika 45, 562-565: maximum likelihood,
 * both at once, by Newton's method with halved steps; scores clipped to 1e-15
 * and 1 - 1e-15.  1 and 0 are perfect.  Undefined where no maximum exists: a
 * class is absent, or a threshold separates the two (Albert and Anderson
 * 1984, Biometrika 71, 1-10).
 */
void recalibration_slope(
    const struct metric_input *in, struct metric_value *out);
void recalibration_intercept(
    const struct metric_input *in, struct metric_value *out);

/*
 * Variances of intercept and slope, in this order: the inverse of the
 * information on both sides of the squares of what each row adds to the slope
 * of the likelihood (the sandwich; White 1982, Econometrica 50, 1-25), which
 * does not need the logistic curve to be true.  units is the weight of a
 * typical row of each label, 1 when unweighted.  False where the fit has no
 * end.
 */
bool recalibration_variances(const struct metric_input *in,
    const double units[BINARY_COUNT], double variances[2]);

#endif
