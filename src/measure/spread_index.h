#ifndef DOSSIER_MEASURE_SPREAD_INDEX_H
#define DOSSIER_MEASURE_SPREAD_INDEX_H

#include "measure/spread_row.h"

/*
 * Indices of inequality of all rows of the compared groups that have a label
 * and a prediction.  The benefit of a row is b = prediction - label + 1: 0 for
 * a false negative, 2 for a false positive, else 1; Speicher et al. 2018, KDD,
 * 2239-2248.  Rows count alike whatever they weigh, as AIF360 has it.
 */

/*
 * Append, with m the mean of b: generalized_entropy_index, the mean of
 * ((b/m)^2 - 1) / 2; theil_index, the mean of b/m ln(b/m), 0 for b = 0; and
 * coefficient_of_variation, the root of twice the first.  The same with the
 * mean of the two sides in place of each b as between_group_*, and with the
 * mean of each group as between_all_groups_*.
 */
void spread_entropies(struct spread_maker *maker);

/*
 * Append differential_fairness, of all groups: the largest |ln| of the ratio
 * of two groups' shares of selected rows, or of rows that are not, each share
 * smoothed as (k + 1/2) / (n + 1); Foulds et al. 2020, ICDE, 1918-1921.  And
 * differential_fairness_bias_amplification: that less the same of the labels,
 * which AIF360 has under the group of reference though it is of all groups.
 */
void spread_differential(struct spread_maker *maker);

#endif
