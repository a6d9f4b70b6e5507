#ifndef DOSSIER_MEASURE_METRIC_COUNTS_H
#define DOSSIER_MEASURE_METRIC_COUNTS_H

#include "measure/metric_type.h"

/* Formulas over the counts of a binary label that are no quotient of sums. */

/* (TPR + TNR) / 2; undefined unless both classes occur among the labels. */
void counts_balanced_accuracy(
    const struct metric_input *in, struct metric_value *out);

/*
 * (tp tn - fp fn) / sqrt((tp+fn)(tn+fp)(tp+fp)(tn+fn)), Matthews 1975,
 * Biochimica et Biophysica Acta 405, 442-451; undefined when a factor is 0.
 */
void counts_matthews(const struct metric_input *in, struct metric_value *out);

/* The sum of the cells of the numerator: rows, or their weights. */
void counts_sum(const struct metric_input *in, struct metric_value *out);

/* All rows of the group, whatever they weigh. */
void counts_count(const struct metric_input *in, struct metric_value *out);

#endif
