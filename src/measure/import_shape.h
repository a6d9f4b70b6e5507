#ifndef DOSSIER_MEASURE_IMPORT_SHAPE_H
#define DOSSIER_MEASURE_IMPORT_SHAPE_H

#include "measure/import_sheet.h"

/*
 * The shapes that are recognised.  Each has a function that tells whether a
 * file has it, by header or keys alone, and one that writes what the file says
 * on a sheet and returns 0, or -1 with the reason in diags.
 */

typedef bool import_fits(const struct import_input *in);
typedef int import_reader(struct sheet *sheet, const struct import_input *in);

/* Tables with a row for each group. */
import_fits import_fits_wide;
import_reader import_read_wide;

/* What fairlearn writes beside by_group. */
import_fits import_fits_overall, import_fits_summary, import_fits_quantiles;
import_reader import_read_overall, import_read_summary, import_read_quantiles;

/* Aequitas: crosstab, disparity and fairness; and its verdicts alone. */
import_fits import_fits_aequitas, import_fits_verdicts;
import_reader import_read_aequitas, import_read_verdicts;

/* A cross table of label and prediction for each group. */
import_fits import_fits_crosstab;
import_reader import_read_crosstab;

/* JSON of data frames: {group: {metric: value}}, {metric: {group: value}}. */
import_fits import_fits_index, import_fits_columns;
import_reader import_read_index, import_read_columns;

/* classification_report(output_dict=True), of a file or of each group. */
import_fits import_fits_report, import_fits_reports;
import_reader import_read_report, import_read_reports;

/* TensorFlow Model Analysis; AIF360; Evidently; a dashboard with its rows. */
import_fits import_fits_tfma, import_fits_aif360, import_fits_evidently,
    import_fits_dashboard;
import_reader import_read_tfma, import_read_aif360, import_read_evidently,
    import_read_dashboard;

/* What columns and keys are called. */

/* Whether a name is one of the number of rows: "count", "support". */
bool import_is_rows(const char *name);

/* The cell that a metric counts, or CELL_COUNT. */
enum cell import_cell_of(const struct metric *metric);

/* BINARY_YES for 1, 1.0, true, yes, positive; BINARY_NO; else missing. */
enum binary import_binary(const char *text);

/*
 * Join n names to that of an intersection; one alone stays as it is, several
 * have their "*" escaped, and an empty one is "(missing)" among them.
 */
const char *import_join(
    struct sheet *sheet, const struct import_text names[], size_t n);

/*
 * State what a cell says of a group under the name of a column or key: its
 * rows, a count or a figure.  An unknown name is left alone.
 */
void import_state(struct sheet *sheet, struct sheet_group *group,
    const char *name, const struct import_text *text);

/* Complain of an attribute that has no name, once a file. */
void import_unnamed(struct sheet *sheet, struct pos pos, const char *advice);

#endif
