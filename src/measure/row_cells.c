#include "measure/row_cells.h"

#include <math.h>

#include "base/text.h"
#include "measure/answer.h"
#include "measure/options.h"
#include "measure/row_regression.h"

/* An answer in the words of this file. */
static uint32_t
own_answer(const struct rows *r, const struct csv_field *field)
{
	if (answer_is(field, r->columns->positive))
		return BINARY_YES;
	if (r->negative != NULL && answer_is(field, r->negative))
		return BINARY_NO;
	return answer_is_missing(field) ? BINARY_MISSING : ROW_BAD;
}

static uint32_t
read_answer(const struct rows *r, const struct csv_field *field)
{
	enum binary answer;

	if (r->columns->positive != NULL)
		return own_answer(r, field);
	answer = answer_read(field);
	return answer == BINARY_COUNT ? ROW_BAD : answer;
}

uint32_t
row_ask_answer(void *rows, const struct csv_field *field, size_t row)
{
	(void)row;
	return read_answer(rows, field);
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

void
row_learn(struct rows *r)
{
	const int columns[] = { r->label, r->prediction };

	for (size_t i = 0; i < r->batch.n; i++) {
		for (size_t k = 0; k < 2; k++) {
			struct csv_field field;

			if (columns[k] == ROWS_NO_COLUMN)
				continue;
			field = scan_field(
			    r->scan, &r->batch, i, (size_t)columns[k]);
			if (own_answer(r, &field) != ROW_BAD)
				continue;
			r->negative = arena_dup(r->arena, field.p, field.n);
			return;
		}
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
report_answer(struct rows *r, size_t row, int column)
{
	struct csv_field field;

	if (column == ROWS_NO_COLUMN)
		return;
	field = scan_field(r->scan, &r->batch, row, (size_t)column);
	if (read_answer(r, &field) != ROW_BAD)
		return;
	if (r->columns->positive == NULL) {
		row_report_cell(r, row, column, DIAG_CSV_VALUE,
		    "write 1 (1.0, true, yes) or 0 (0.0, false, no), or leave "
		    "it empty");
		return;
	}
	if (r->columns->negative == NULL)
		r->is_ambiguous = true;
	row_report_cell(r, row, column, DIAG_CSV_VALUE,
	    arena_printf(r->arena, "write \"%s\" or \"%s\", or leave it empty",
		r->columns->positive, r->negative));
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
		report_answer(r, row, r->label);
		report_answer(r, row, r->prediction);
	}
	report_score(r, row);
}
