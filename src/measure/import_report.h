#ifndef DOSSIER_MEASURE_IMPORT_REPORT_H
#define DOSSIER_MEASURE_IMPORT_REPORT_H

#include "measure/import_sheet.h"

/* Parts of the reader of classification reports; private to it. */

/* Whether a member of a report is of a label, and no average. */
bool report_is_label(const struct value *v);

/* A number under a key, or NAN. */
double report_number(const struct value *map, const char *key);

/*
 * Set the counts of each label against the rest beside its measures, and the
 * metrics that they give behind these.  Recall and support give the rows of a
 * label that are found, precision those that are taken for it; all labels
 * together have the rows of the group where none overlap.  A measure that is
 * no quotient of whole rows is in diags, and gives no counts.
 */
void report_count_labels(
    struct sheet *sheet, struct sheet_group *group, const struct value *report);

#endif
