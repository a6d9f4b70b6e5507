#include <math.h>
#include <string.h>

#include "base/num.h"
#include "measure/answer.h"
#include "measure/complaints.h"
#include "measure/counts_file.h"
#include "measure/options.h"
#include "measure/row_cells.h"
#include "measure/row_counts.h"
#include "measure/row_regression.h"

/* Adding up files of counts. */

/* A file that is being added. */
struct adding {
	struct counts_file *file;
	struct csv *csv;
	const char *name;
	struct counts_shape shape;
	/* Of each column that tells lines apart, and of the sums behind it. */
	int place[COUNTS_COLUMNS + COUNTS_FIXED];
};

static int
refuse(const struct adding *a, enum diag_id id, const struct csv_field *field,
    const char *allowed)
{
	struct pos pos = { a->name, field->line, field->column };

	diag_add(a->file->diags, id, pos, "\"%.*s\": %s",
	    complaint_length(field->p, field->n), field->p, allowed);
	return -1;
}

static int
refuse_header(const struct adding *a, const char *why)
{
	diag_add(a->file->diags, DIAG_CSV_HEADER, (struct pos){ a->name, 1, 1 },
	    "%s", why);
	return -1;
}

/* Take the columns of the first file. */
static int
take_columns(struct adding *a)
{
	const struct csv_row *header = csv_header(a->csv);
	struct counts_file *file = a->file;

	file->has_score = a->shape.has_score;
	file->is_weighted = a->shape.is_weighted;
	for (size_t i = 0; i < a->shape.n_attributes; i++)
		if (counts_file_column(file,
			arena_dup(file->arena, header->fields[i].p,
			    header->fields[i].n)) == -1)
			return -1;
	return 0;
}

/* Take the columns of the first file, or find those of the others. */
static int
match_columns(struct adding *a)
{
	struct counts_file *file = a->file;
	size_t n = 0;

	if (file->n_columns == 0 && file->n_lines == 0 && take_columns(a) == -1)
		return -1;
	for (size_t i = 0; i < file->n_columns; i++) {
		a->place[n] = csv_column(a->csv, file->columns[i]);
		if (a->place[n++] != -1)
			continue;
		diag_add(file->diags, DIAG_CSV_COLUMN,
		    (struct pos){ a->name, 1, 1 },
		    "\"%s\", which the file before has", file->columns[i]);
		return -1;
	}
	if (a->shape.n_attributes != file->n_columns ||
	    a->shape.has_score != file->has_score ||
	    a->shape.is_weighted != file->is_weighted)
		return refuse_header(
		    a, "its columns are not those of the file before");
	file->grid = counts_coarser(file->grid, a->shape.grid);
	for (size_t i = 0; i < COUNTS_FIXED; i++)
		if (i != COUNTS_SCORE)
			a->place[n++] = csv_column(a->csv, counts_names[i]);
		else if (file->has_score)
			a->place[n++] = csv_column(a->csv,
			    counts_score_name(file->arena, a->shape.grid));
	return 0;
}

static int
read_group(const struct adding *a, const struct csv_field *field,
    struct csv_field *out)
{
	*out = *field;
	if (!answer_is(field, GROUP_MISSING) &&
	    !answer_is(field, GROUP_OVERALL))
		return 0;
	return refuse(
	    a, DIAG_CSV_VALUE, field, "a group cannot have this name");
}

/* A label or prediction in the one way in which it is written. */
static int
read_answer(const struct adding *a, const struct csv_field *field,
    struct csv_field *out)
{
	static const char *const words[] = { "", "0", "1" };
	enum binary answer;

	if (a->file->kind == PREDICTION_CLASSES) {
		*out = *field;
		out->n = answer_is_missing(field) ? 0 : field->n;
		return 0;
	}
	answer = answer_read(field);
	if (answer == BINARY_COUNT)
		return refuse(a, DIAG_CSV_VALUE, field,
		    "write 1, 0 or nothing, or say --kind=classes or "
		    "--kind=numbers");
	out->p = words[answer];
	out->n = strlen(words[answer]);
	return 0;
}

/* A score, or a label or prediction that is one. */
static int
read_key(const struct adding *a, const struct csv_field *field, bool is_score,
    uint64_t *out)
{
	double number;

	if (is_score) {
		*out = row_read_score(field);
		if (*out != ROW_BAD_KEY)
			return 0;
	} else {
		number = row_read_number(field);
		*out = HISTOGRAM_MISSING;
		if (isfinite(number))
			*out = histogram_key(number);
		if (!isinf(number))
			return 0;
	}
	return refuse(
	    a, DIAG_CSV_NUMBER, field, "write a decimal number or nothing");
}

/* The number of the value of a column that tells lines apart. */
static int
read_value(const struct adding *a, size_t column, const struct csv_field *field,
    uint32_t *out)
{
	struct counts_file *file = a->file;
	const bool is_group = column < file->n_columns;
	const bool is_score = column == file->n_columns + COUNTS_SCORE;
	struct csv_field value;
	uint64_t key;
	int rc;

	if (is_score || (!is_group && file->kind == PREDICTION_NUMBERS)) {
		rc = read_key(a, field, is_score, &key);
		if (rc == 0)
			*out = counts_file_number(file, column, key);
		return rc;
	}
	rc = is_group ? read_group(a, field, &value) :
			read_answer(a, field, &value);
	if (rc == 0)
		*out = counts_file_value(file, column, value.p, value.n);
	return rc;
}

static int
read_sum(const struct adding *a, const struct csv_field *field,
    unsigned long long n, bool is_square, double *out)
{
	if (row_counts_sum(field, n, is_square, out))
		return 0;
	return refuse(
	    a, DIAG_CSV_NUMBER, field, row_counts_sum_allowed(is_square));
}

/* Count the rows of all files. */
static int
add_rows(
    const struct adding *a, const struct csv_field *field, unsigned long long n)
{
	const unsigned long long most =
	    a->file->is_weighted ? ROWS_WEIGHED_MOST : ROWS_COUNTED_MOST;

	if (n > most - a->file->n_rows)
		return refuse(a, DIAG_CSV_LIMIT, field,
		    "with the rows before, these are more than can be added");
	a->file->n_rows += n;
	return 0;
}

static int
add_row(struct adding *a, const struct csv_row *row)
{
	const size_t n_keys = counts_file_keys(a->file);
	const int *sums = a->place + n_keys;
	const struct csv_field *n_field = &row->fields[sums[0]];
	uint32_t numbers[COUNTS_COLUMNS + COUNTS_N];
	unsigned long long n;
	double weight = 0, square = 0;
	struct counts_line *line;

	if (!num_read_count(n_field->p, n_field->n, &n))
		return refuse(a, DIAG_CSV_NUMBER, n_field,
		    "write a number of rows, in digits");
	if (n == 0)
		return 0;
	for (size_t i = 0; i < n_keys; i++)
		if (read_value(a, i, &row->fields[a->place[i]], &numbers[i]) ==
		    -1)
			return -1;
	if (add_rows(a, n_field, n) == -1)
		return -1;
	if (a->file->is_weighted &&
	    (read_sum(a, &row->fields[sums[1]], n, false, &weight) == -1 ||
		read_sum(a, &row->fields[sums[2]], n, true, &square) == -1))
		return -1;
	line = counts_file_at(a->file, numbers);
	if (line == NULL)
		return refuse(a, DIAG_CSV_LIMIT, n_field, COUNTS_TOO_MANY);
	line->n += n;
	sum_add(&line->weight, weight);
	sum_add(&line->square, square);
	return 0;
}

int
counts_file_add(struct counts_file *file, struct source *source)
{
	struct adding a = { .file = file,
		.name = arena_str(file->arena, source->name),
		.csv = csv_open(file->arena, source, file->diags) };
	struct csv_row row;
	int rc;

	if (a.csv == NULL)
		return -1;
	if (!counts_shape_of(csv_header(a.csv), &a.shape))
		return refuse_header(&a,
		    "counts end in the columns label, prediction, score if "
		    "any, n, and weight and weight_square if any");
	if (match_columns(&a) == -1)
		return -1;
	while ((rc = csv_next(a.csv, &row, file->diags)) == 1)
		if (add_row(&a, &row) == -1)
			return -1;
	return rc;
}
