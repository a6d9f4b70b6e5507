#ifndef DOSSIER_MEASURE_SPREAD_POOLED_H
#define DOSSIER_MEASURE_SPREAD_POOLED_H

#include "measure/spread_row.h"

/*
 * Two sides, as AIF360 has them: the group of reference ("privileged") and
 * all other compared groups together.  Differences are those of the others
 * less those of the reference, and ratios those over these.
 */

/*
 * Append, for "unprivileged vs REFERENCE": statistical_parity_difference and
 * disparate_impact, of selection rates; M_difference of true positive, false
 * positive, false negative, false omission, false discovery and error rate,
 * and M_ratio of all but the first; equal_opportunity_difference, of TPR;
 * equalized_odds_difference, the larger size of those of TPR and FPR;
 * average_odds_difference and average_abs_odds_difference, their mean and the
 * mean of their sizes; average_predictive_value_difference, the mean of those
 * of precision and false omission rate; and where there are scores
 * generalized_equalized_odds_difference, of the mean scores of positives and
 * negatives.  Also the rates of the others, as the group "not REFERENCE".
 */
void spread_pooled(struct spread_maker *maker);

#endif
