#ifndef DOSSIER_INTAKE_REPORT_H
#define DOSSIER_INTAKE_REPORT_H

#include "base/arena.h"
#include "read/value.h"

/*
 * classification_report(output_dict=True) of scikit-learn, which is one of
 * performance: {label: {precision, recall, f1-score, support}, accuracy,
 * "macro avg": {...}, "weighted avg": {...}}.
 */

/*
 * The measures of a report as a list of {name, value, n}: accuracy; precision,
 * recall and f1_score of the label 1, true, yes or positive; of other labels
 * with their names behind, "recall[0]"; and averages, "recall_macro".  Places
 * are those of the file.  NULL when the value is no such report.
 */
const struct value *report_measures(
    struct arena *arena, const struct value *top);

#endif
