#ifndef DOSSIER_MEASURE_CALIBRATION_H
#define DOSSIER_MEASURE_CALIBRATION_H

#include "measure/metric_type.h"

/*
 * Formulas that tell how well scores are probabilities, of the rows with a
 * label and a score.
 */

/*
 * Expected and maximum calibration error: the gaps between mean score and
 * share of positives of the bins, their mean weighted by rows and the largest;
 * Naeini, Cooper and Hauskrecht 2015, AAAI, 2901-2907.  The metric's number
 * tells how many bins of equal width from 0 to 1 there are, and its name how
 * they close: [a, b), the last one also on the right; or (a, b], the first one
 * also on the left.  A score is compared with an edge as a decimal, so 0.3 is
 * on the edge 3/10.  Bins without rows are left out.
 */
void calibration_expected_left(
    const struct metric_input *in, struct metric_value *out);
void calibration_expected_right(
    const struct metric_input *in, struct metric_value *out);
void calibration_maximum_left(
    const struct metric_input *in, struct metric_value *out);
void calibration_maximum_right(
    const struct metric_input *in, struct metric_value *out);

/*
 * Slope b and intercept a of the logistic recalibration logit P(y = 1) =
 * a + b logit(score), Cox 1958, Biometrika 45, 562-565: maximum likelihood,
 * both at once, by Newton's method with halved steps; scores clipped to 1e-15
 * and 1 - 1e-15.  1 and 0 are perfect.  Undefined where no maximum exists: a
 * class is absent, or a threshold separates the two (Albert and Anderson
 * 1984, Biometrika 71, 1-10).
 */
void calibration_slope(const struct metric_input *in, struct metric_value *out);
void calibration_intercept(
    const struct metric_input *in, struct metric_value *out);

/*
 * Variances of intercept and slope, in this order: the inverse of the
 * information on both sides of the squares of what each row adds to the slope
 * of the likelihood (the sandwich; White 1982, Econometrica 50, 1-25), which
 * does not need the logistic curve to be true.  units is the weight of a
 * typical row of each label, 1 when unweighted.  False where the fit has no
 * end.
 */
bool calibration_variances(const struct metric_input *in,
    const double units[BINARY_COUNT], double variances[2]);

/*
 * What the expected calibration error of rows like these would be on average
 * if every score were the true probability, and so by chance alone: each gap
 * is about normal.  False where there is no such error.
 */
bool calibration_by_chance(const struct metric_input *in, double *out);

#endif
