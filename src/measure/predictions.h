#ifndef DOSSIER_MEASURE_PREDICTIONS_H
#define DOSSIER_MEASURE_PREDICTIONS_H

#include "measure/columns.h"
#include "measure/finish.h"

/*
 * Predictions, one a row, to disaggregated figures.  The file is read once;
 * every row falls into one cell of one group of each attribute, so that no
 * row vanishes: n_rows is n_bad and the rows of the whole, and those are the
 * rows of the groups of each table.  The order of rows changes nothing.
 *
 * Cells.  A label or prediction is the positive value, the negative value, or
 * missing: empty, NA, N/A, NaN, nan, null or None.  A row without label
 * counts for the selection rate only, one without prediction for the base
 * rate only.  Attributes are compared as bytes; an empty one is the group
 * "(missing)".
 */

struct scan_input;

/*
 * Measure a file of predictions, of any size and from a pipe as well, in
 * memory that does not grow with the rows.  Everything in out lives in the
 * arena, and its strings do not depend on the input.  What is wrong with a cell is an
 * entry in diags, at most COMPLAINTS_SHOWN of them, and the row is left out
 * and counted.  The tables hold every count, whoever may see it; the figures
 * hold what may be shown.  Return 0, or -1 with the reason in diags when
 * there is nothing to measure: a column is missing, the file is no CSV or has
 * no rows, an attribute has too many groups.
 */
int measure_prediction_rows(struct predictions *out, struct arena *arena,
    const struct scan_input *input, const struct prediction_columns *columns,
    const struct measure_options *options, struct diag_list *diags);

#endif
