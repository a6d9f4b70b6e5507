#ifndef DOSSIER_MEASURE_COUNTS_FILE_H
#define DOSSIER_MEASURE_COUNTS_FILE_H

#include "base/intern.h"
#include "measure/columns.h"
#include "measure/sum.h"
#include "read/csv.h"
#include "read/scan.h"

/*
 * Counts of rows in a CSV file, a frequency table, for rows that stay where
 * they are: a query counts them there, shards are added up here, and the
 * tables that come of it are those that the rows would make.
 *
 * The columns are those of the attributes, by their own names, then
 *
 *     label,prediction[,score],n[,weight,weight_square]
 *
 * A line says how many rows have these values of the attributes, this label,
 * this prediction and this score, any of which may be empty where it is
 * missing; the sum of their weights and that of the squares of these.  A label
 * and a prediction are 1 or 0, a class or a number.  Scores that were rounded to
 * multiples of 1/1000 stand in a column "score_rounded_1000".  Several lines
 * with the same values are added.  measure_prediction_rows() reads the file by the
 * columns that counts_shape_columns() names.
 */

enum { COUNTS_COLUMNS = 32, COUNTS_LINES = 4000000 }; /* at most */

/* What is said when there are more. */
#define COUNTS_TOO_MANY                                                        \
	"more than 4,000,000 lines of counts; round scores by "                \
	"--resolution=0.001, and give numbers --bins"

/* The columns behind the attributes, in the order of the file. */
enum counts_column {
	COUNTS_LABEL,
	COUNTS_PREDICTION,
	COUNTS_SCORE,
	COUNTS_N,
	COUNTS_WEIGHT,
	COUNTS_SQUARE,
	COUNTS_FIXED
};

/* The name of each; of scores that are not rounded. */
extern const char *const counts_names[COUNTS_FIXED];

/* The name of the scores, rounded to multiples of 1 / grid unless that is 0. */
const char *counts_score_name(struct arena *arena, double grid);

/* The coarser of two grids, of which 0 is the finest. */
double counts_coarser(double grid, double other);

/* What a file of counts has. */
struct counts_shape {
	bool has_score, is_weighted;
	double grid;         /* scores are multiples of 1 / grid; 0: exact */
	size_t n_attributes; /* the first columns */
};

/* Whether a header has the shape above, and which. */
bool counts_shape_of(const struct csv_row *header, struct counts_shape *out);

/*
 * Say which columns of such a file hold what, names being the arena's; its
 * answers are 1 and 0.
 */
void counts_shape_columns(const struct counts_shape *shape, struct arena *arena,
    struct prediction_columns *out);

/* The sums of a line; private. */
struct counts_line {
	unsigned long long n;
	struct sum weight, square;
};

/* Lines of counts; private but for what is set after counts_file_init(). */
struct counts_file {
	struct arena *arena;
	struct diag_list *diags;
	enum prediction_kind kind; /* of labels and predictions */
	bool has_score, is_weighted;
	/*
	 * Scores of rows are rounded to multiples of 1 / grid; 0: they stay.
	 * Of files that are added, the coarsest that one of them has.
	 */
	double grid;
	const char *columns[COUNTS_COLUMNS]; /* the attributes */
	size_t n_columns;
	/* Of the attributes, then label, prediction, score; 0: missing. */
	struct intern values[COUNTS_COLUMNS + COUNTS_N];
	struct intern keys; /* of lines: the number of each value */
	struct counts_line *lines;
	size_t n_lines, size;
	unsigned long long n_rows; /* that the files have */
	unsigned long long n_bad;  /* of these, left out for a bad cell */
};

/* Begin without columns, for labels and predictions of a kind. */
void counts_file_init(struct counts_file *file, enum prediction_kind kind,
    struct arena *arena, struct diag_list *diags);

/*
 * Take an attribute; one that is there already is not added again.  Return as
 * below.
 */
int counts_file_column(struct counts_file *file, const char *name);

/*
 * Take the single columns of the attributes that are asked for.  Return 0, or
 * -1 with the reason in diags: too many, or a name that the file itself needs.
 */
int counts_file_columns(
    struct counts_file *file, const struct prediction_columns *columns);

/* How many columns tell lines apart. */
size_t counts_file_keys(const struct counts_file *file);

/*
 * The sums of the line with the values of these numbers, or NULL when there
 * are too many.  Valid until the next call.
 */
struct counts_line *counts_file_at(
    struct counts_file *file, const uint32_t numbers[]);

/* The number of a value of a column; no bytes: it is missing. */
uint32_t counts_file_value(
    struct counts_file *file, size_t column, const char *p, size_t n);

/* The same of a number, by histogram_key(). */
uint32_t counts_file_number(
    struct counts_file *file, size_t column, uint64_t key);

/*
 * Add the counts of a file, whose columns are those of the ones before, the
 * attributes in any order.  Return 0, or -1 with the reason in diags.
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

#endif
