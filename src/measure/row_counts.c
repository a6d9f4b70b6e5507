#include "measure/row_counts.h"

#include "base/num.h"
#include "measure/answer.h"
#include "measure/row_cells.h"

bool
row_counts_sum(const struct csv_field *field, unsigned long long n,
    bool is_square, double *out)
{
	const double most = is_square ?
	    COUNTS_WEIGHT_MOST * COUNTS_WEIGHT_MOST :
	    COUNTS_WEIGHT_MOST;

	return answer_number(field, out) && *out >= 0 &&
	    *out <= (double)n * most;
}

const char *
row_counts_sum_allowed(bool is_square)
{
	return is_square ?
	    "write a sum of squared weights, each of at most 1e18" :
	    "write a sum of weights, each of at most 1e9";
}

static struct csv_field
field_of(struct rows *r, size_t row, int column)
{
	return scan_field(r->scan, &r->batch, row, (size_t)column);
}

/* Read the weight of a row, or a sum of those of several. */
static bool
read_weight(struct rows *r, size_t row, bool is_square, double *out)
{
	struct csv_field field =
	    field_of(r, row, is_square ? r->square : r->weight);

	if (r->counts != NULL)
		return row_counts_sum(&field, r->counts[row], is_square, out);
	return answer_number(&field, out) &&
	    (*out == 0 ||
		(*out >= COUNTS_WEIGHT_LEAST && *out <= COUNTS_WEIGHT_MOST));
}

static void
read_weights(struct rows *r, bool is_square, double out[])
{
	for (size_t i = 0; i < r->batch.n; i++)
		if (!read_weight(r, i, is_square, &out[i]))
			r->cells[i] = CELL_COUNT;
}

static void
read_counts(struct rows *r)
{
	for (size_t i = 0; i < r->batch.n; i++) {
		struct csv_field field = field_of(r, i, r->count);

		if (!num_read_count(field.p, field.n, &r->counts[i]))
			r->counts[i] = 0;
		if (r->counts[i] == 0)
			r->cells[i] = CELL_COUNT;
		if (r->n <= ROWS_COUNTED_MOST)
			r->n += r->counts[i];
	}
}

void
row_counts_read(struct rows *r)
{
	if (r->count == ROWS_NO_COLUMN)
		r->n += r->batch.n;
	else
		read_counts(r);
	if (r->weight != ROWS_NO_COLUMN)
		read_weights(r, false, r->weights);
	if (r->square != ROWS_NO_COLUMN)
		read_weights(r, true, r->squares);
}

bool
row_counts_is_none(struct rows *r, size_t row)
{
	struct csv_field field;
	unsigned long long n;

	if (r->count == ROWS_NO_COLUMN)
		return false;
	field = field_of(r, row, r->count);
	return num_read_count(field.p, field.n, &n) && n == 0;
}

void
row_counts_report(struct rows *r, size_t row)
{
	const int columns[] = { r->weight, r->square };
	struct csv_field field;
	unsigned long long n;
	double weight;

	if (r->count != ROWS_NO_COLUMN) {
		field = field_of(r, row, r->count);
		if (!num_read_count(field.p, field.n, &n)) {
			row_report_cell(r, row, r->count, DIAG_CSV_NUMBER,
			    "write a number of rows, in digits");
			return;
		}
	}
	for (size_t i = 0; i < 2; i++)
		if (columns[i] != ROWS_NO_COLUMN &&
		    !read_weight(r, row, i == 1, &weight))
			row_report_cell(r, row, columns[i], DIAG_CSV_NUMBER,
			    r->count != ROWS_NO_COLUMN ?
				row_counts_sum_allowed(i == 1) :
				"a weight is 0 or from 1e-9 to 1e9");
}
