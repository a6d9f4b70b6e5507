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
 * What the expected calibration error of rows like these would be on average
 * if every score were the true probability, and so by chance alone: each gap
 * is about normal.  False where there is no such error.
 */
bool calibration_by_chance(const struct metric_input *in, double *out);

#endif
