#ifndef DOSSIER_MEASURE_SPREAD_PARITY_H
#define DOSSIER_MEASURE_SPREAD_PARITY_H

#include "measure/spread_row.h"

/*
 * Each group over a group of reference, and whether that is near enough to 1.
 * A ratio x/0 is infinite, and so not near; 0/0 and what has no value is
 * neither near nor not, and no number stands in for it (Aequitas puts 10).
 */

/*
 * Append the rows of a metric M of each group, as Aequitas names them:
 * M_disparity_predefined, over the reference of the table; M_disparity_majority,
 * over the group with most rows; M_disparity_min_metric, over the smallest
 * value of any group.
 */
void spread_disparities(
    struct spread_maker *maker, const struct metric *metric);

/*
 * Append Aequitas' parities of each group and of all groups: whether the
 * disparity to the reference is from tau to 1/tau.  "Statistical Parity" is
 * of the share of all selected, which grows with the group; "Impact Parity" of
 * the selection rate.  "TypeI Parity" is FDR and FPR, "TypeII Parity" FOR and
 * FNR, "Equalized Odds" FPR and TPR, "Unsupervised Fairness" Statistical and
 * Impact Parity, "Supervised Fairness" Type I and Type II.  One no is enough
 * for no; without one, one that is undefined is enough for undefined.
 */
void spread_aequitas(struct spread_maker *maker);

/*
 * Append fairmodels' fairness check of each group and of all: whether accuracy,
 * true positive rate, precision, false positive rate and selection rate over
 * those of the reference lie between tau and 1/tau; "fairness_check" is all
 * five.
 */
void spread_fairmodels(struct spread_maker *maker);

/* All and only yes: no if one is no, else undefined if one is. */
struct metric_value spread_and(
    const struct metric_value *a, const struct metric_value *b);

#endif
