#ifndef DOSSIER_MEASURE_SPREAD_DISTANCE_H
#define DOSSIER_MEASURE_SPREAD_DISTANCE_H

#include "measure/spread_row.h"

/*
 * How far the model's output for a group is from that for the reference, as a
 * whole and not on average: what a difference of means does not see.
 */

/*
 * Append rows "x vs y" of each group x and the reference y.
 *
 * Of predicted numbers (prediction_...), or else of scores (score_...):
 * ks_statistic, ks_p_asymptotic, wasserstein_distance, mann_whitney_u and
 * mann_whitney_p; of predicted numbers mean_prediction_welch_t and _p, too.  A
 * weighted row counts by its weight in the distances, and the p values are
 * undefined then.
 *
 * Of predicted classes (predicted_class_...): total_variation_distance,
 * jensen_shannon_distance_nats and _base2, population_stability_index, in
 * which a share below 0.0001 counts as that, and chi2 and chi2_p of the table
 * of groups and classes when rows are not weighted.
 *
 * See stats/distance.h for the sources.
 */
void spread_distances(struct spread_maker *maker);

#endif
