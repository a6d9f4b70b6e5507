#include "measure/row_regression.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/answer.h"
#include "measure/row_spread.h"

double
row_read_number(const struct csv_field *field)
{
	double value;

	if (answer_number(field, &value))
		return fabs(value) <= ROW_NUMBER_MOST ? value : INFINITY;
	return answer_is_missing(field) ? NAN : INFINITY;
}

/* Read a column of numbers into the row's; missing ones are NAN. */
static void
read_column(struct rows *r, int column, double numbers[])
{
	for (size_t i = 0; i < r->batch.n; i++) {
		struct csv_field field;

		numbers[i] = NAN;
		if (column == ROWS_NO_COLUMN)
			continue;
		field = scan_field(r->scan, &r->batch, i, (size_t)column);
		numbers[i] = row_read_number(&field);
	}
}

void
row_regression_read(struct rows *r)
{
	read_column(r, r->label, r->pairs_read[0]);
	read_column(r, r->prediction, r->pairs_read[1]);
	for (size_t i = 0; i < r->batch.n; i++)
		for (size_t k = 0; k < 2; k++) {
			double number = r->pairs_read[k][i];

			r->answers[k][i] = isinf(number) ?
			    (uint32_t)CELL_COUNT :
			    isnan(number) ? (uint32_t)BINARY_MISSING :
					    (uint32_t)BINARY_NO;
		}
}

static void
add_pair(struct wide_sum *sum, struct dd x, double weight)
{
	double product = x.high * weight;

	wide_sum_add(sum, product);
	wide_sum_add(sum, fma(x.high, weight, -product));
	product = x.low * weight;
	wide_sum_add(sum, product);
	if (weight != 1)
		wide_sum_add(sum, fma(x.low, weight, -product));
}

/* The decimal of a double. */
static struct dd
decimal_of(double value)
{
	return (struct dd){ value, decimal_rest(value) };
}

static void
add_row(
    struct row_sums *to, struct dd label, struct dd prediction, double weight)
{
	struct dd error = dd_subtract(prediction, label);
	struct dd absolute = error;
	struct dd square = dd_multiply(error, error);
	struct dd label_square = dd_multiply(label, label);

	if (error.high < 0)
		absolute = (struct dd){ -error.high, -error.low };
	add_pair(&to->label, label, weight);
	add_pair(&to->label_square, label_square, weight);
	add_pair(&to->label_cube, dd_multiply(label_square, label), weight);
	add_pair(
	    &to->label_fourth, dd_multiply(label_square, label_square), weight);
	add_pair(&to->prediction, prediction, weight);
	add_pair(&to->prediction_square, dd_multiply(prediction, prediction),
	    weight);
	add_pair(&to->error, error, weight);
	add_pair(&to->absolute_error, absolute, weight);
	add_pair(&to->square_error, square, weight);
	add_pair(&to->square_error_label, dd_multiply(square, label), weight);
	add_pair(&to->square_error_label_square,
	    dd_multiply(square, label_square), weight);
}

/* Room for the sums of so many groups of a table. */
static void
make_room(struct row_regression *table, size_t n)
{
	if (n <= table->n)
		return;
	n += n / 2;
	table->sums = memory_grow(table->sums, n, sizeof(table->sums[0]));
	memset(
	    table->sums + table->n, 0, (n - table->n) * sizeof(table->sums[0]));
	table->n = n;
}

/* Add the rows in hand to the sums of a table. */
static void
add_to_table(struct rows *r, size_t number)
{
	const struct tally_table *table = &r->tally.tables[number];
	struct row_regression *to = &r->regression[number];

	make_room(to, table->n + 1);
	for (size_t i = 0; i < r->batch.n; i++) {
		double weight = r->tally.weighted ? r->weights[i] :
		    r->counts != NULL             ? (double)r->counts[i] :
						    1;

		if (r->cells[i] == CELL_TN)
			add_row(&to->sums[table->group[i]],
			    decimal_of(r->pairs_read[0][i]),
			    decimal_of(r->pairs_read[1][i]), weight);
	}
}

/*
 * Only rows with a label go into the distributions, and those without a
 * prediction are missing there.
 */
void
row_regression_add(struct rows *r)
{
	unsigned char *cells = r->spread_cells;

	for (size_t i = 0; i < r->tally.n_tables; i++)
		if (r->tally.tables[i].source == NULL)
			add_to_table(r, i);
	for (size_t i = 0; i < r->batch.n; i++) {
		bool has_label =
		    r->cells[i] == CELL_TN || r->cells[i] == CELL_NEGATIVE;

		cells[i] = has_label ? r->cells[i] : CELL_COUNT;
		r->keys[i] = r->cells[i] == CELL_TN ?
		    histogram_key(r->pairs_read[1][i]) :
		    HISTOGRAM_MISSING;
	}
	row_spread_add(r, &r->predicted, r->keys, cells);
	for (size_t i = 0; i < r->batch.n; i++) {
		struct dd error;

		if (r->cells[i] != CELL_TN)
			continue;
		error = dd_subtract(decimal_of(r->pairs_read[1][i]),
		    decimal_of(r->pairs_read[0][i]));
		r->keys[i] = histogram_key(fabs(error.high));
	}
	row_spread_add(r, &r->errors, r->keys, cells);
}

static void
merge(struct row_sums *to, const struct row_sums *from)
{
	wide_sum_merge(&to->label, &from->label);
	wide_sum_merge(&to->label_square, &from->label_square);
	wide_sum_merge(&to->prediction, &from->prediction);
	wide_sum_merge(&to->prediction_square, &from->prediction_square);
	wide_sum_merge(&to->error, &from->error);
	wide_sum_merge(&to->absolute_error, &from->absolute_error);
	wide_sum_merge(&to->square_error, &from->square_error);
	wide_sum_merge(&to->label_cube, &from->label_cube);
	wide_sum_merge(&to->label_fourth, &from->label_fourth);
	wide_sum_merge(&to->square_error_label, &from->square_error_label);
	wide_sum_merge(
	    &to->square_error_label_square, &from->square_error_label_square);
}

/* Add up what the groups of the source of a table have. */
static void
add_up(struct rows *r, size_t number)
{
	const struct tally_table *table = &r->tally.tables[number];
	struct row_regression *to = &r->regression[number];
	const struct row_regression *from;

	make_room(to, tally_groups(table) + 1);
	if (table->source == NULL)
		return;
	from = &r->regression[table->source - r->tally.tables];
	for (size_t i = 0; i < from->n && i < tally_groups(table->source); i++)
		merge(&to->sums[tally_part(table, i)], &from->sums[i]);
}

/* A sum as a number of twice the digits of a double. */
static struct dd
exact(const struct wide_sum *sum)
{
	struct wide_sum rest = *sum;
	struct dd value = { wide_sum_value(sum), 0 };

	wide_sum_add(&rest, -value.high);
	value.low = wide_sum_value(&rest);
	return value;
}

/* The figures of a group: its counts and its sums. */
static struct regression *
make_group(const struct rows *r, const struct group *group,
    const struct row_sums *sums)
{
	struct regression *made = arena_alloc(r->arena, sizeof(*made));
	const struct counts *counts = &group->counts;

	*made = (struct regression){ .n = counts->rows[CELL_TN],
		.n_no_label =
		    counts->rows[CELL_REFUSED] + counts->rows[CELL_BLANK],
		.n_no_prediction = counts->rows[CELL_NEGATIVE],
		.weight = { (double)counts->rows[CELL_TN], 0 },
		.weight_square = { (double)counts->rows[CELL_TN], 0 },
		.label = exact(&sums->label),
		.label_square = exact(&sums->label_square),
		.prediction = exact(&sums->prediction),
		.prediction_square = exact(&sums->prediction_square),
		.error = exact(&sums->error),
		.absolute_error = exact(&sums->absolute_error),
		.square_error = exact(&sums->square_error),
		.label_cube = exact(&sums->label_cube),
		.label_fourth = exact(&sums->label_fourth),
		.square_error_label = exact(&sums->square_error_label),
		.square_error_label_square =
		    exact(&sums->square_error_label_square) };
	made->weighted = counts->weighted;
	if (counts->weighted) {
		made->weight.high = sum_value(&counts->weight[CELL_TN]);
		made->weight_square.high = sum_value(&counts->square[CELL_TN]);
	}
	return made;
}

void
row_regression_make(struct rows *r, struct group_table tables[])
{
	for (size_t i = 0; i < r->tally.n_tables; i++) {
		const struct tally_table *table = &r->tally.tables[i];
		const struct distribution *predictions =
		    row_spread_make(r, &r->predicted, i);
		const struct distribution *errors =
		    row_spread_make(r, &r->errors, i);

		add_up(r, i);
		for (size_t k = 0; k < tables[i].n; k++) {
			struct group *group = &tables[i].groups[k];
			size_t number = tally_number(table, group);
			struct regression *made = make_group(
			    r, group, &r->regression[i].sums[number]);

			made->predictions = &predictions[number];
			made->absolute_errors = &errors[number];
			group->regression = made;
		}
	}
}

void
row_regression_free(struct rows *r)
{
	for (size_t i = 0; i < r->tally.n_tables && r->regression != NULL; i++)
		free(r->regression[i].sums);
	histogram_free(&r->predicted);
	histogram_free(&r->errors);
}
