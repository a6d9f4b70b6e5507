#ifndef DOSSIER_MEASURE_IMPORT_SHAPE_H
#define DOSSIER_MEASURE_IMPORT_SHAPE_H

#include "measure/import_sheet.h"

/*
 * The shapes that are recognised.  Each has a function that tells whether a
 * file has it, by header or keys alone, and one that writes what the file says
 * on a sheet and returns 0, or -1 with the reason in diags.  One that carries
 * rows has them measured instead.
 */

/* Tables with a row for each group. */
bool import_fits_wide(const struct import_input *in);
int import_read_wide(struct sheet *sheet, const struct import_input *in);

/* Tables of people and of those that are selected, by category. */
bool import_fits_audit(const struct import_input *in);
int import_read_audit(struct sheet *sheet, const struct import_input *in);

/* What fairlearn writes beside by_group. */
bool import_fits_overall(const struct import_input *in);
bool import_fits_summary(const struct import_input *in);
bool import_fits_quantiles(const struct import_input *in);
int import_read_overall(struct sheet *sheet, const struct import_input *in);
int import_read_summary(struct sheet *sheet, const struct import_input *in);
int import_read_quantiles(struct sheet *sheet, const struct import_input *in);

/* Aequitas: crosstab, disparity and fairness; and its verdicts alone. */
bool import_fits_aequitas(const struct import_input *in);
bool import_fits_verdicts(const struct import_input *in);
int import_read_aequitas(struct sheet *sheet, const struct import_input *in);
int import_read_verdicts(struct sheet *sheet, const struct import_input *in);

/* A cross table of label and prediction for each group. */
bool import_fits_crosstab(const struct import_input *in);
int import_read_crosstab(struct sheet *sheet, const struct import_input *in);

/* JSON of data frames: {group: {metric: value}}, {metric: {group: value}}. */
bool import_fits_index(const struct import_input *in);
bool import_fits_columns(const struct import_input *in);
int import_read_index(struct sheet *sheet, const struct import_input *in);
int import_read_columns(struct sheet *sheet, const struct import_input *in);

/* classification_report(output_dict=True), of a file or of each group. */
bool import_fits_report(const struct import_input *in);
bool import_fits_reports(const struct import_input *in);
int import_read_report(struct sheet *sheet, const struct import_input *in);
int import_read_reports(struct sheet *sheet, const struct import_input *in);

/* TensorFlow Model Analysis; AIF360; Evidently; a dashboard with its rows. */
bool import_fits_tfma(const struct import_input *in);
bool import_fits_aif360(const struct import_input *in);
bool import_fits_evidently(const struct import_input *in);
bool import_fits_dashboard(const struct import_input *in);
int import_read_tfma(struct sheet *sheet, const struct import_input *in);
int import_read_aif360(struct sheet *sheet, const struct import_input *in);
int import_read_evidently(struct sheet *sheet, const struct import_input *in);
int import_measure_dashboard(
    struct import *out, struct sheet *sheet, const struct import_input *in);

/* What columns and keys are called. */

/* Whether a name is one of the number of rows: "count", "support". */
bool import_is_rows(const char *name);

/* The cell that a metric counts, or CELL_COUNT. */
enum cell import_cell_of(const struct metric *metric);

/* BINARY_YES for 1, 1.0, true, yes, positive; BINARY_NO; else missing. */
enum binary import_binary(const char *text);

/*
 * The same of a class of this file: where the positive one is named, every
 * other is the negative.
 */
enum binary import_class(const struct import_input *in, const char *text);

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
