#ifndef DOSSIER_MEASURE_REGRESSION_METRIC_H
#define DOSSIER_MEASURE_REGRESSION_METRIC_H

#include "measure/metric_type.h"

/*
 * Formulas over true and predicted numbers, of the rows that have both; an
 * error is prediction minus truth.  All are weighted where the rows are.
 */

/* Mean of the error: what the model says too much, on average. */
void regression_mean_error(
    const struct metric_input *in, struct metric_value *out);

/* Mean size of the error. */
void regression_mean_absolute_error(
    const struct metric_input *in, struct metric_value *out);

/* Mean square of the error, and its root. */
void regression_mean_squared_error(
    const struct metric_input *in, struct metric_value *out);
void regression_root_mean_squared_error(
    const struct metric_input *in, struct metric_value *out);

/*
 * 1 - sum of squared errors / sum of squares of truth about its own mean in
 * the group; undefined when all true numbers are the same.
 */
void regression_r2_score(
    const struct metric_input *in, struct metric_value *out);

/*
 * Mean prediction and mean truth.  Of a binary prediction the mean is the
 * selection rate, and it has its counts.
 */
void regression_mean_prediction(
    const struct metric_input *in, struct metric_value *out);
void regression_mean_true(
    const struct metric_input *in, struct metric_value *out);

/*
 * The size of error that half of the rows do not exceed: the middle one, or
 * the mean of the two in the middle.  With weights w the lower of the two is
 * the first at which the sum of w reaches half of the whole, the upper one the
 * first at which it exceeds it.
 */
void regression_median_absolute_error(
    const struct metric_input *in, struct metric_value *out);

/*
 * Standard error of the mean error: standard deviation with n - 1, over the
 * root of n.  With weights n is the effective number of rows.  Undefined for
 * fewer than two rows.
 */
void regression_mean_error_standard_error(
    const struct metric_input *in, struct metric_value *out);

#endif
