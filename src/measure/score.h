#ifndef DOSSIER_MEASURE_SCORE_H
#define DOSSIER_MEASURE_SCORE_H

#include "base/dd.h"
#include "measure/metric_type.h"

/*
 * Formulas over the scores of a group.  A row without score is in none of
 * them, and one without label only in those that need no label.  Sums are of
 * double-doubles over ascending scores, so the order of rows changes nothing
 * and the last bit is right.  Where a distribution has a resolution the
 * results are those of the scores rounded to it.
 */

/* The score of a point as the decimal that the file has. */
struct dd score_at(const struct distribution *scores, size_t point);

/* Rows of a point with this label, or the sum of their weights. */
double score_weight(
    const struct distribution *scores, size_t point, enum binary label);

/* The sum of score_weight() over all points. */
struct dd score_total(const struct distribution *scores, enum binary label);

/*
 * Whether the scores of the file can be probabilities; else the value stays
 * undefined with the reason.
 */
bool score_is_probability(
    const struct metric_input *in, struct metric_value *out);

/*
 * Area under the ROC curve: the share of pairs of a positive and a negative
 * in which the positive has the higher score, ties counted half; Mann and
 * Whitney 1947, Annals of Mathematical Statistics 18, 50-60.  Undefined when
 * a class is absent.  The numerator is the number of such pairs.
 */
void score_roc_auc(const struct metric_input *in, struct metric_value *out);

/* 2 AUC - 1. */
void score_gini(const struct metric_input *in, struct metric_value *out);

/*
 * The sum over thresholds, from the highest score down, of the precision
 * there times the step in recall: no interpolation.
 */
void score_average_precision(
    const struct metric_input *in, struct metric_value *out);

/* The largest TPR - FPR of any threshold, "score at least"; at least 0. */
void score_ks(const struct metric_input *in, struct metric_value *out);

/* Mean of (score - label)^2; Brier 1950, Monthly Weather Review 78, 1-3. */
void score_brier(const struct metric_input *in, struct metric_value *out);

/*
 * Mean of -ln(score) of positives and -ln(1 - score) of negatives, scores
 * clipped to 1e-15 and 1 - 1e-15.
 */
void score_log_loss(const struct metric_input *in, struct metric_value *out);

/* Mean score: of all rows, of those labelled positive, of the negative. */
void score_mean(const struct metric_input *in, struct metric_value *out);
void score_mean_positives(
    const struct metric_input *in, struct metric_value *out);
void score_mean_negatives(
    const struct metric_input *in, struct metric_value *out);

/* Mean score minus share of positives, of the rows that have both. */
void score_calibration_in_the_large(
    const struct metric_input *in, struct metric_value *out);

/*
 * The rows that a metric of scores is made from, whatever they weigh: those
 * that have a score and, for most, a label; for the share without a score all.
 */
unsigned long long score_rows(
    const struct metric *metric, const struct group *group);

/* The share of the rows of the group that have no score. */
void score_missing(const struct metric_input *in, struct metric_value *out);

/* As how many unweighted rows the rows of a label count that weigh so much. */
double score_worth(const struct group *group, enum binary label, double weight);

#endif
