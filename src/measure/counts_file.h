#ifndef DOSSIER_MEASURE_COUNTS_FILE_H
#define DOSSIER_MEASURE_COUNTS_FILE_H

#include "measure/intern.h"
#include "measure/predictions.h"
#include "read/csv.h"
#include "read/scan.h"

/*
 * Counts of rows in a CSV file, for rows that stay where they are: a query
 * counts them there, shards are added up here, and the tables that come of it
 * are those that the rows would make.
 *
 * The columns are those of the attributes, by their own names, then
 *
 *     label,prediction,n
 *     label,prediction,n,weight,weight_square
 *
 * A row says how many rows have these values of the attributes, this label
 * and this prediction: 1, 0, or nothing where it is missing; the sum of their
 * weights and that of the squares of these.  Several rows with the same values
 * are added.
 */

enum { COUNTS_COLUMNS = 32, COUNTS_COMBINATIONS = 1000000 }; /* at most */

/* Rows that agree in all attributes; private but for its size. */
struct counts_file {
	struct arena *arena;
	struct diag_list *diags;
	bool weighted, has_labels, has_predictions;
	const char *columns[COUNTS_COLUMNS]; /* the attributes */
	size_t n_columns;
	struct intern values[COUNTS_COLUMNS]; /* number 0: missing */
	struct intern combinations; /* keys: the number of each value */
	struct counts *counts;      /* of each combination */
	size_t n_counts, size;
	unsigned long long n_rows; /* that files of counts have */
	unsigned long long n_bad;  /* rows of the source that were left out */
};

/* Begin without columns. */
void counts_file_init(
    struct counts_file *file, struct arena *arena, struct diag_list *diags);

/*
 * Take the single columns of the attributes that are asked for.  Return 0, or
 * -1 with the reason in diags: too many, or a name that the file itself needs.
 */
int counts_file_columns(
    struct counts_file *file, const struct prediction_columns *columns);

/* The number of a value of an attribute; no bytes: it is missing. */
uint32_t counts_file_value(
    struct counts_file *file, size_t column, const char *p, size_t n);

/*
 * The counts of the rows with the values of these numbers, or NULL when there
 * are too many combinations.  Valid until the next call.
 */
struct counts *counts_file_at(
    struct counts_file *file, const uint32_t numbers[]);

/* Whether a header has the shape above. */
bool counts_file_is(const struct csv_row *header);

/*
 * Add the counts of a file, whose attributes are those of the ones before in
 * any order.  Return 0, or -1 with every reason in diags.
 */
int counts_file_add(struct counts_file *file, struct source *source);

/*
 * Count the rows of predictions by the attributes that the columns name, each
 * alone.  Return 0, or -1 with the reason in diags; bad cells as for
 * measure_prediction_rows().
 */
int counts_file_rows(struct counts_file *file, const struct scan_input *input,
    const struct prediction_columns *columns);

/* Write it, ordered by values. */
void counts_file_write(struct text *out, const struct counts_file *file);

/*
 * Make the tables of the attributes that the columns name, and all else that
 * measure_prediction_rows() makes.  Return 0, or -1 with the reason in diags.
 */
int counts_file_tables(struct predictions *out, const struct counts_file *file,
    const char *name, const struct prediction_columns *columns,
    const struct measure_options *options);

#endif
