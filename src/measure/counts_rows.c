#include <math.h>

#include "measure/counts_file.h"
#include "measure/rows.h"

/* From predictions, one a row, to counts of what agrees. */

/* Give a column of the file the values that were numbered since. */
static void
copy_values(struct counts_file *file, size_t column, const struct intern *from)
{
	for (size_t i = file->values[column].n; i < from->n; i++)
		intern_add(&file->values[column], from->entries[i].p,
		    from->entries[i].n);
}

static void
copy_all(struct counts_file *file, const struct rows *r)
{
	const size_t n = file->n_columns;

	for (size_t i = 0; i < n; i++)
		copy_values(file, i, &r->tally.columns[i].values);
	for (size_t i = n; i < n + COUNTS_SCORE; i++)
		if (file->kind == PREDICTION_CLASSES)
			copy_values(file, i, &r->classes);
}

/* The number of the label or prediction of a row. */
static uint32_t
answer_of(
    struct counts_file *file, const struct rows *r, size_t which, size_t row)
{
	double number;

	if (file->kind != PREDICTION_NUMBERS)
		return r->answers[which][row];
	number = r->pairs_read[which][row];
	return counts_file_number(file, file->n_columns + which,
	    isnan(number) ? HISTOGRAM_MISSING : histogram_key(number));
}

/* A score, rounded if need be. */
static uint64_t
score_of(const struct counts_file *file, const struct rows *r, size_t row)
{
	uint64_t key = r->scored[row];
	double value = histogram_value(key);

	if (key == HISTOGRAM_MISSING || file->grid == 0 ||
	    fabs(value) * file->grid >= 0x1p52)
		return key;
	return histogram_key(round(value * file->grid) / file->grid);
}

static int
count_rows(struct rows *r, const struct tally_rows *rows)
{
	struct counts_file *file = r->context;
	uint32_t numbers[COUNTS_COLUMNS + COUNTS_N];
	const size_t n = file->n_columns;

	copy_all(file, r);
	for (size_t i = 0; i < rows->n; i++) {
		struct counts_line *line;

		if (rows->cells[i] == CELL_COUNT)
			continue;
		for (size_t k = 0; k < n; k++)
			numbers[k] = rows->values[k][i];
		for (size_t k = 0; k < COUNTS_SCORE; k++)
			numbers[n + k] = answer_of(file, r, k, i);
		if (file->has_score)
			numbers[n + COUNTS_SCORE] = counts_file_number(
			    file, n + COUNTS_SCORE, score_of(file, r, i));
		line = counts_file_at(file, numbers);
		if (line == NULL) {
			diag_add(file->diags, DIAG_CSV_LIMIT,
			    (struct pos){ r->name, 0, 0 }, COUNTS_TOO_MANY);
			return -1;
		}
		line->n += rows->counts != NULL ? rows->counts[i] : 1;
		if (!file->is_weighted)
			continue;
		sum_add(&line->weight, rows->weights[i]);
		sum_add(&line->square,
		    rows->squares != NULL ?
			rows->squares[i] :
			rows->weights[i] * rows->weights[i]);
	}
	return 0;
}

/* Give a label and a prediction of yes and no their numbers: enum binary. */
static void
number_answers(struct counts_file *file)
{
	for (size_t i = 0; i < COUNTS_SCORE; i++) {
		struct intern *values = &file->values[file->n_columns + i];

		intern_add(values, "", 0);
		if (file->kind != PREDICTION_BINARY)
			continue;
		intern_add(values, "0", 1);
		intern_add(values, "1", 1);
	}
}

int
counts_file_rows(struct counts_file *file, const struct scan_input *input,
    const struct prediction_columns *columns)
{
	struct prediction_columns single = *columns;
	struct rows r = { .arena = file->arena,
		.name = arena_str(file->arena, input->name),
		.columns = &single,
		.complaints = { .diags = file->diags },
		.each = count_rows,
		.context = file };
	int rc;

	file->has_score = columns->score != NULL;
	file->grid = counts_coarser(file->grid, columns->score_grid);
	file->is_weighted = columns->weight != NULL;
	if (counts_file_columns(file, columns) == -1)
		return -1;
	number_answers(file);
	single.attributes = file->columns;
	single.n_attributes = file->n_columns;
	rc = rows_count(&r, input);
	file->n_rows += r.n;
	file->n_bad += r.n_bad;
	rows_free(&r);
	return rc;
}
