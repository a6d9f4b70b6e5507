#ifndef DOSSIER_MEASURE_SPREAD_BETWEEN_H
#define DOSSIER_MEASURE_SPREAD_BETWEEN_H

#include "measure/spread_row.h"

/*
 * How far the groups lie apart, whichever they are: no group is a reference.
 * A group that has no value is left out and counted; one pair of values is the
 * least that can be compared.
 */

/*
 * Append the rows of a metric M, as fairlearn names them: M_group_min,
 * M_group_max; M_difference_between_groups, the largest less the smallest;
 * M_difference_to_overall, the largest distance of a group from the whole
 * file; M_ratio_between_groups, the smallest over the largest;
 * M_ratio_to_overall, the smallest of the ratios of a group and the whole,
 * each turned so that it is at most 1.  And as mlr3fairness does:
 * M_groupdiff_tau, the smallest ratio of two groups; M_groupdiff_absdiff, the
 * largest distance of two, and M_groupdiff_diff, the same with its sign: the
 * group that comes first by name less the other.
 */
void spread_between(struct spread_maker *maker, const struct metric *metric);

/*
 * Append demographic_parity_difference and _ratio, of selection rates;
 * equal_opportunity_difference and _ratio, of true positive rates; and
 * equalized_odds_difference and _ratio, the worse of true and false positive
 * rate, with the suffix _mean the mean of the two.
 */
void spread_parities(struct spread_maker *maker);

#endif
