#include "measure/rows.h"

#include <string.h>

#include "measure/row_cells.h"
#include "measure/row_classes.h"
#include "measure/row_columns.h"
#include "measure/row_counts.h"
#include "measure/row_regression.h"
#include "measure/row_spread.h"

#define ROWS_MOST UINT32_MAX /* that a histogram can count */

/* Memory for labels and predictions that are numbers. */
static void
prepare_numbers(struct rows *r)
{
	const size_t n = r->tally.n_rows;

	if (r->columns->kind != PREDICTION_NUMBERS)
		return;
	for (size_t i = 0; i < 2; i++)
		r->pairs_read[i] = arena_array(r->arena, n, sizeof(double));
	r->regression =
	    arena_array(r->arena, r->tally.n_tables, sizeof(r->regression[0]));
	histogram_init(&r->predicted, r->tally.weighted);
	histogram_init(&r->errors, r->tally.weighted);
}

/* Memory for the rows of a batch, and a memo for each column of words. */
static void
prepare(struct rows *r)
{
	const size_t n = r->tally.n_columns;
	struct arena *arena = r->arena;
	const bool has_classes = r->columns->kind == PREDICTION_CLASSES;
	memo_ask *ask = has_classes ? row_ask_class : row_ask_answer;

	for (size_t i = 0; i < 2; i++)
		r->answers[i] =
		    arena_array(arena, r->tally.n_rows, sizeof(uint32_t));
	r->cells = arena_array(arena, r->tally.n_rows, sizeof(r->cells[0]));
	r->spread_cells = arena_array(arena, r->tally.n_rows, 1);
	if (r->weight != ROWS_NO_COLUMN)
		r->weights =
		    arena_array(arena, r->tally.n_rows, sizeof(double));
	if (r->square != ROWS_NO_COLUMN)
		r->squares =
		    arena_array(arena, r->tally.n_rows, sizeof(double));
	if (r->count != ROWS_NO_COLUMN)
		r->counts =
		    arena_array(arena, r->tally.n_rows, sizeof(r->counts[0]));
	r->scored = arena_array(arena, r->tally.n_rows, sizeof(r->scored[0]));
	r->keys = arena_array(arena, r->tally.n_rows, sizeof(r->keys[0]));
	r->groups = arena_array(arena, r->tally.n_rows, sizeof(r->groups[0]));
	histogram_init(&r->scores, r->tally.weighted);
	histogram_init(&r->pairs, r->tally.weighted);
	r->pairs.is_exact = true;
	r->pairs.keeps_squares = true;
	prepare_numbers(r);
	r->classes.arena = arena;
	r->numbers = arena_array(arena, n, sizeof(r->numbers[0]));
	r->values = arena_array(arena, n, sizeof(r->values[0]));
	for (uint32_t i = 0; i < n; i++) {
		r->numbers[i] =
		    arena_array(arena, r->tally.n_rows, sizeof(uint32_t));
		memo_init(&r->values[i], (size_t)r->attribute[i], row_ask_value,
		    &r->asked[i]);
	}
	if (r->label != ROWS_NO_COLUMN)
		memo_init(&r->labels, (size_t)r->label, ask,
		    has_classes ? (void *)r : &r->words[ROW_LABEL]);
	if (r->prediction != ROWS_NO_COLUMN)
		memo_init(&r->predictions, (size_t)r->prediction, ask,
		    has_classes ? (void *)r : &r->words[ROW_PREDICTION]);
	tally_begin(&r->tally);
}

/* Read the scores; they select where the file has no predictions. */
static void
take_scores(struct rows *r)
{
	const uint64_t least = histogram_key(r->columns->threshold);
	const bool selects = r->prediction == ROWS_NO_COLUMN &&
	    r->columns->kind == PREDICTION_BINARY && !r->columns->no_threshold;
	uint32_t *predictions = r->answers[ROW_PREDICTION];

	for (size_t i = 0; i < r->batch.n; i++) {
		struct csv_field field =
		    scan_field(r->scan, &r->batch, i, (size_t)r->score);
		uint64_t key = row_read_score(&field);

		r->scored[i] = key;
		if (selects)
			predictions[i] = key >= ROW_BAD_KEY ? BINARY_MISSING :
			    key >= least                    ? BINARY_YES :
							      BINARY_NO;
	}
}

/*
 * The cell of each row; CELL_COUNT where its label, prediction or score is
 * bad.  A class is no more than an answer, which counts as negative.
 */
static void
make_cells(struct rows *r)
{
	const uint32_t most =
	    r->columns->kind == PREDICTION_CLASSES ? BINARY_NO : CELL_COUNT;

	for (size_t i = 0; i < r->batch.n; i++) {
		uint32_t label = r->answers[ROW_LABEL][i];
		uint32_t prediction = r->answers[ROW_PREDICTION][i];
		uint32_t cell = (label < most ? label : most) * BINARY_COUNT +
		    (prediction < most ? prediction : most);

		r->cells[i] =
		    (unsigned char)(cell < CELL_COUNT ? cell : CELL_COUNT);
	}
	for (size_t i = 0; i < r->batch.n && r->score != ROWS_NO_COLUMN; i++)
		if (r->scored[i] == ROW_BAD_KEY)
			r->cells[i] = CELL_COUNT;
}

static void
read_answers(struct rows *r)
{
	if (r->label != ROWS_NO_COLUMN)
		memo_read(
		    &r->labels, r->scan, &r->batch, r->answers[ROW_LABEL]);
	if (r->prediction != ROWS_NO_COLUMN)
		memo_read(&r->predictions, r->scan, &r->batch,
		    r->answers[ROW_PREDICTION]);
}

/* Labels, predictions and scores. */
static void
take_answers(struct rows *r)
{
	if (r->columns->kind == PREDICTION_BINARY)
		row_learn(r);
	if (r->columns->kind == PREDICTION_NUMBERS)
		row_regression_read(r);
	else
		read_answers(r);
	if (r->score != ROWS_NO_COLUMN)
		take_scores(r);
	make_cells(r);
}

/* Count and report the rows that were left out; but not those of no row. */
static int
report_rows(struct rows *r)
{
	for (size_t i = 0; i < r->batch.n; i++) {
		const unsigned char *bad =
		    memchr(r->cells + i, CELL_COUNT, r->batch.n - i);

		if (bad == NULL)
			return 0;
		i = (size_t)(bad - r->cells);
		if (row_counts_is_none(r, i))
			continue;
		r->n_bad++;
		row_report_answers(r, i);
		row_counts_report(r, i);
		row_report_values(r, i);
		if (r->is_ambiguous)
			return -1;
	}
	return 0;
}

/* Report an attribute with too many groups. */
static int
too_many(const struct rows *r, const struct tally_table *table)
{
	diag_add(r->complaints.diags, DIAG_CSV_LIMIT,
	    (struct pos){ r->name, 0, 0 },
	    "\"%s\" has more than %d groups; is it an identifier or a number?",
	    table->attribute,
	    table->n_columns == 1 ? PREDICTION_GROUPS :
				    PREDICTION_COMBINATIONS);
	return -1;
}

/* Scores by label; a class or a number is no label of two values. */
static void
add_to_scores(struct rows *r)
{
	const unsigned char *cells = r->cells;

	if (r->columns->kind != PREDICTION_BINARY) {
		for (size_t i = 0; i < r->batch.n; i++)
			r->spread_cells[i] =
			    r->cells[i] == CELL_COUNT ? CELL_COUNT : CELL_BLANK;
		cells = r->spread_cells;
	}
	row_spread_add(r, &r->scores, r->scored, cells);
}

/* Whether there are more rows than can be counted; reported. */
static bool
is_too_long(const struct rows *r)
{
	const bool is_spread =
	    r->score != ROWS_NO_COLUMN || r->columns->kind != PREDICTION_BINARY;
	const unsigned long long most = is_spread || r->counts == NULL ?
	    ROWS_MOST :
	    r->weights != NULL ? ROWS_WEIGHED_MOST :
				 ROWS_COUNTED_MOST;

	if (r->n <= most)
		return false;
	diag_add(r->complaints.diags, DIAG_CSV_LIMIT,
	    (struct pos){ r->name, 0, 0 }, "more than %llu rows", most);
	return true;
}

/* Take the rows in hand. */
static int
take_batch(struct rows *r)
{
	const struct tally_rows rows = { .n = r->batch.n,
		.values = (const uint32_t *const *)r->numbers,
		.cells = r->cells,
		.weights = r->weights,
		.counts = r->counts,
		.squares = r->squares };
	const struct tally_table *full;

	take_answers(r);
	row_counts_read(r);
	if (is_too_long(r) || r->is_ambiguous)
		return -1;
	for (size_t i = 0; i < r->tally.n_columns; i++)
		memo_read(&r->values[i], r->scan, &r->batch, r->numbers[i]);
	if (report_rows(r) == -1)
		return -1;
	full = tally_rows(&r->tally, &rows);
	if (full != NULL)
		return too_many(r, full);
	if (r->each != NULL)
		return r->each(r, &rows);
	if (r->score != ROWS_NO_COLUMN)
		add_to_scores(r);
	if (r->columns->kind == PREDICTION_CLASSES)
		return row_classes_add(r);
	if (r->columns->kind == PREDICTION_NUMBERS)
		row_regression_add(r);
	return 0;
}

/* Read to the end: 0, or -1 with the reason in the complaints' list. */
static int
take_rows(struct rows *r)
{
	int rc;

	while ((rc = scan_next(r->scan, &r->batch, r->complaints.diags)) == 1)
		if (take_batch(r) == -1) {
			rc = -1;
			break;
		}
	complaints_end(&r->complaints);
	if (r->counts != NULL && r->n_bad > 0)
		return -1;
	if (rc == 0 && r->n == 0) {
		diag_add(r->complaints.diags, DIAG_CSV_ROWS,
		    (struct pos){ r->name, 1, 1 }, "%s", "");
		rc = -1;
	}
	return rc;
}

int
rows_count(struct rows *r, const struct scan_input *input)
{
	struct scan_input named = *input;
	int rc = -1;

	named.name = r->name;
	row_take_words(r);
	r->scan = scan_open(r->arena, &named, r->complaints.diags);
	if (r->scan == NULL)
		return -1;
	tally_init(&r->tally, r->arena, r->columns->n_attributes, SCAN_BATCH,
	    r->columns->weight != NULL);
	if (row_columns_find(r) == 0) {
		prepare(r);
		rc = take_rows(r);
	}
	return rc;
}

/* Hand the groups of a table what was spread over them. */
static void
add_scores(struct rows *r, size_t table, struct group_table *made)
{
	const struct distribution *scores =
	    row_spread_make(r, &r->scores, table);

	for (size_t i = 0; i < made->n; i++)
		made->groups[i].scores = &scores[tally_number(
		    &r->tally.tables[table], &made->groups[i])];
}

int
rows_tables(struct rows *r, struct group_table tables[])
{
	const struct tally_table *full = tally_finish(&r->tally, tables);

	if (full != NULL)
		return too_many(r, full);
	for (size_t i = 0; i < r->tally.n_tables; i++)
		if (r->score != ROWS_NO_COLUMN)
			add_scores(r, i, &tables[i]);
	if (r->columns->kind == PREDICTION_CLASSES)
		return row_classes_make(r, tables);
	if (r->columns->kind == PREDICTION_NUMBERS)
		row_regression_make(r, tables);
	return 0;
}

void
rows_free(struct rows *r)
{
	scan_close(r->scan);
	histogram_free(&r->scores);
	histogram_free(&r->pairs);
	row_regression_free(r);
	memo_free(&r->labels);
	memo_free(&r->predictions);
	for (size_t i = 0; i < r->tally.n_columns && r->values != NULL; i++)
		memo_free(&r->values[i]);
}
