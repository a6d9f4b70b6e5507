#include "measure/row_cells.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "measure/answer.h"
#include "measure/options.h"
#include "measure/row_regression.h"

/* An answer in the words of this file. */
static uint32_t
own_answer(const struct row_words *words, const struct csv_field *field)
{
	if (answer_is(field, words->positive))
		return BINARY_YES;
	if (words->negative != NULL && answer_is(field, words->negative))
		return BINARY_NO;
	return answer_is_missing(field) ? BINARY_MISSING : ROW_BAD;
}

static uint32_t
read_answer(const struct row_words *words, const struct csv_field *field)
{
	enum binary answer;

	if (words->positive != NULL)
		return own_answer(words, field);
	answer = answer_read(field);
	return answer == BINARY_COUNT ? ROW_BAD : answer;
}

uint32_t
row_ask_answer(void *words, const struct csv_field *field, size_t row)
{
	(void)row;
	return read_answer(words, field);
}

/* Whether the predictions have words of their own. */
static bool
has_two(const struct rows *r)
{
	return r->columns->positive_prediction != NULL;
}

void
row_take_words(struct rows *r)
{
	const struct prediction_columns *c = r->columns;

	r->words[ROW_LABEL] = (struct row_words){ c->positive, c->negative };
	r->words[ROW_PREDICTION] = has_two(r) ?
	    (struct row_words){ c->positive_prediction,
		    c->negative_prediction } :
	    r->words[ROW_LABEL];
}

/* Whether a value would be taken for what dossier says of groups. */
static bool
is_reserved(const struct csv_field *field)
{
	return answer_is(field, GROUP_MISSING) ||
	    answer_is(field, GROUP_OVERALL);
}

/* The bin of a number, by name; false when the field is none. */
static bool
find_bin(const struct row_asked *what, const struct csv_field *field,
    struct text *name)
{
	const struct prediction_bins *bins = what->bins;
	size_t i = 0;
	double value;

	if (answer_is_missing(field))
		return true;
	if (!answer_number(field, &value))
		return false;
	while (i < bins->n &&
	    (what->edges[i] < value ||
		(what->edges[i] == value && !bins->closed_right)))
		i++;
	text_puts(name, i > 0 && !bins->closed_right ? "[" : "(");
	text_printf(name, "%s, ", i > 0 ? bins->edges[i - 1] : "-inf");
	text_puts(name, i < bins->n ? bins->edges[i] : "inf");
	text_puts(name, i < bins->n && bins->closed_right ? "]" : ")");
	return true;
}

/* The number of the bin that a field falls into. */
static uint32_t
ask_bin(const struct row_asked *what, const struct csv_field *field, size_t row)
{
	struct rows *r = what->rows;
	struct text name = { 0 };
	uint32_t number = MEMO_ONCE;

	if (!find_bin(what, field, &name))
		r->cells[row] = CELL_COUNT;
	if (r->cells[row] != CELL_COUNT)
		number = tally_value(
		    &r->tally, what->column, text_str(&name), name.n);
	text_free(&name);
	return number;
}

uint32_t
row_ask_value(void *asked, const struct csv_field *field, size_t row)
{
	const struct row_asked *what = asked;
	struct rows *r = what->rows;

	if (what->bins != NULL)
		return ask_bin(what, field, row);
	if (is_reserved(field))
		r->cells[row] = CELL_COUNT;
	if (r->cells[row] == CELL_COUNT)
		return MEMO_ONCE;
	return tally_value(&r->tally, what->column, field->p, field->n);
}

static int
column_of(const struct rows *r, size_t which)
{
	return which == ROW_LABEL ? r->label : r->prediction;
}

static struct csv_field
field_of(const struct rows *r, size_t row, int column)
{
	return scan_field(r->scan, &r->batch, row, (size_t)column);
}

/* Learn the negative word of one column: the row, or that of none. */
static size_t
learn(struct rows *r, size_t which)
{
	struct row_words *words = &r->words[which];
	const int column = column_of(r, which);

	if (words->positive == NULL || words->negative != NULL ||
	    column == ROWS_NO_COLUMN)
		return r->batch.n;
	for (size_t i = 0; i < r->batch.n; i++) {
		struct csv_field field = field_of(r, i, column);

		if (own_answer(words, &field) != ROW_BAD)
			continue;
		words->negative = arena_dup(r->arena, field.p, field.n);
		return i;
	}
	return r->batch.n;
}

/* Two negative words with one positive word. */
static void
report_two(struct rows *r, size_t row, size_t which)
{
	r->is_ambiguous = true;
	row_report_cell(r, row, column_of(r, which), DIAG_CSV_VALUE,
	    arena_printf(r->arena,
		"the other column has \"%s\" where this has \"%s\"; where "
		"label and prediction have words of their own, say the "
		"positive one of each: --positive=%s --positive=VALUE",
		r->words[!which].negative, r->words[which].negative,
		r->columns->positive));
}

void
row_learn(struct rows *r)
{
	for (size_t which = 0; which < ROW_ANSWERS; which++) {
		const size_t row = learn(r, which);
		const char *other = r->words[!which].negative;

		if (row == r->batch.n || other == NULL || has_two(r) ||
		    strcmp(other, r->words[which].negative) == 0)
			continue;
		report_two(r, row, which);
		return;
	}
}

uint64_t
row_read_score(const struct csv_field *field)
{
	double score;

	if (answer_number(field, &score))
		return histogram_key(score);
	return answer_is_missing(field) ? HISTOGRAM_MISSING : ROW_BAD_KEY;
}

void
row_report_cell(struct rows *r, size_t row, int column, enum diag_id id,
    const char *allowed)
{
	const struct csv_field *name;
	struct csv_field field;
	struct pos pos = { r->name, 0, 0 };

	if (r->complaints.n <= COMPLAINTS_SHOWN)
		pos = scan_pos(r->scan, &r->batch, row, (size_t)column);
	if (!complaint(&r->complaints, id, pos))
		return;
	field = scan_field(r->scan, &r->batch, row, (size_t)column);
	name = &scan_header(r->scan)->fields[column];
	diag_add(r->complaints.diags, id, pos, "\"%.*s\" in column \"%s\": %s",
	    complaint_length(field.p, field.n), field.p,
	    arena_dup(r->arena, name->p, name->n), allowed);
}

static void
report_answer(struct rows *r, size_t row, size_t which)
{
	const struct row_words *words = &r->words[which];
	const int column = column_of(r, which);
	struct csv_field field;
	bool is_guess;

	if (column == ROWS_NO_COLUMN)
		return;
	field = field_of(r, row, column);
	if (read_answer(words, &field) != ROW_BAD)
		return;
	if (words->positive == NULL) {
		row_report_cell(r, row, column, DIAG_CSV_VALUE,
		    "write 1 (1.0, true, yes) or 0 (0.0, false, no), or leave "
		    "it empty");
		return;
	}
	is_guess = (which == ROW_LABEL || !has_two(r) ?
			   r->columns->negative :
			   r->columns->negative_prediction) == NULL;
	r->is_ambiguous |= is_guess;
	row_report_cell(r, row, column, DIAG_CSV_VALUE,
	    arena_printf(r->arena,
		is_guess ?
		    "the positive answer is \"%s\", and \"%s\", which came "
		    "first, was taken for the negative; name both, or leave "
		    "it empty" :
		    "write \"%s\" or \"%s\", or leave it empty",
		words->positive, words->negative));
}

/* Report a label or prediction that should be a number. */
static void
report_number(struct rows *r, size_t row, int column)
{
	struct csv_field field;

	if (column == ROWS_NO_COLUMN)
		return;
	field = scan_field(r->scan, &r->batch, row, (size_t)column);
	if (isinf(row_read_number(&field)))
		row_report_cell(r, row, column, DIAG_CSV_NUMBER,
		    "write a decimal number from -1e60 to 1e60, or leave "
		    "it empty");
}

static void
report_score(struct rows *r, size_t row)
{
	struct csv_field field;

	if (r->score != ROWS_NO_COLUMN) {
		field = scan_field(r->scan, &r->batch, row, (size_t)r->score);
		if (row_read_score(&field) == ROW_BAD_KEY)
			row_report_cell(r, row, r->score, DIAG_CSV_NUMBER,
			    "write a decimal number, such as 0.73, or leave "
			    "it empty");
	}
}

void
row_report_values(struct rows *r, size_t row)
{
	for (size_t i = 0; i < r->tally.n_columns; i++) {
		const struct row_asked *what = &r->asked[i];
		struct csv_field field = scan_field(
		    r->scan, &r->batch, row, (size_t)r->attribute[i]);
		struct text name = { 0 };
		bool bad = what->bins != NULL ? !find_bin(what, &field, &name) :
						is_reserved(&field);

		text_free(&name);
		if (!bad)
			continue;
		if (what->bins != NULL)
			row_report_cell(r, row, r->attribute[i],
			    DIAG_CSV_NUMBER,
			    "write a decimal number, such as 42, or leave it "
			    "empty");
		else
			row_report_cell(r, row, r->attribute[i], DIAG_CSV_VALUE,
			    "this name is reserved; leave a missing value "
			    "empty");
		return;
	}
}

void
row_report_answers(struct rows *r, size_t row)
{
	if (r->columns->kind == PREDICTION_NUMBERS) {
		report_number(r, row, r->label);
		report_number(r, row, r->prediction);
	}
	if (r->columns->kind == PREDICTION_BINARY) {
		report_answer(r, row, ROW_LABEL);
		report_answer(r, row, ROW_PREDICTION);
	}
	report_score(r, row);
}
