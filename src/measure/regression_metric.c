#include "measure/regression_metric.h"

static const char no_numbers[] = "the rows have no numbers";
static const char no_pair[] = "no row has both a label and a prediction";
static const char two_rows[] = "it takes at least two rows";

/* The sums of a group, or the reason why there are none. */
static const struct regression *
sums_of(const struct metric_input *in, struct metric_value *out)
{
	const struct regression *r = in->group->regression;

	if (r == NULL)
		out->reason = no_numbers;
	else if (r->weight.high <= 0)
		out->reason =
		    r->n > 0 ? "the weights of its rows sum to 0" : no_pair;
	else
		out->effective = dd_value(dd_divide(
		    dd_multiply(r->weight, r->weight), r->weight_square));
	return out->reason == NULL ? r : NULL;
}

static void
set(struct metric_value *out, struct dd value)
{
	out->defined = true;
	out->value = dd_value(value);
}

void
regression_mean_error(const struct metric_input *in, struct metric_value *out)
{
	const struct regression *r = sums_of(in, out);

	if (r != NULL)
		set(out, dd_divide(r->error, r->weight));
}

void
regression_mean_absolute_error(
    const struct metric_input *in, struct metric_value *out)
{
	const struct regression *r = sums_of(in, out);

	if (r != NULL)
		set(out, dd_divide(r->absolute_error, r->weight));
}

void
regression_mean_squared_error(
    const struct metric_input *in, struct metric_value *out)
{
	const struct regression *r = sums_of(in, out);

	if (r != NULL)
		set(out, dd_divide(r->square_error, r->weight));
}

void
regression_root_mean_squared_error(
    const struct metric_input *in, struct metric_value *out)
{
	const struct regression *r = sums_of(in, out);

	if (r != NULL)
		set(out, dd_root(dd_divide(r->square_error, r->weight)));
}

/* Sum of squares about the mean, times the sum of weights. */
static struct dd
spread(struct dd squares, struct dd sum, struct dd weight)
{
	return dd_subtract(dd_multiply(weight, squares), dd_multiply(sum, sum));
}

/* What rounding alone may leave of a spread that is 0. */
static bool
is_nothing(struct dd difference, struct dd whole)
{
	return difference.high <= whole.high * 0x1p-96;
}

void
regression_r2_score(const struct metric_input *in, struct metric_value *out)
{
	const struct regression *r = sums_of(in, out);
	struct dd all;

	if (r == NULL)
		return;
	all = spread(r->label_square, r->label, r->weight);
	if (is_nothing(all, dd_multiply(r->weight, r->label_square)))
		out->reason = "all true numbers are the same";
	else
		set(out,
		    dd_subtract(dd_of(1),
			dd_divide(
			    dd_multiply(r->weight, r->square_error), all)));
}

/* The mean of predictions that are 0 or 1. */
static void
mean_selected(const struct metric_input *in, struct metric_value *out)
{
	static const cell_factors selected = {
		[CELL_TP] = 1, [CELL_FP] = 1, [CELL_SELECTED] = 1
	};
	static const cell_factors refused = {
		[CELL_TN] = 1, [CELL_FN] = 1, [CELL_REFUSED] = 1
	};
	const struct counts *counts = &in->group->counts;

	out->has_counts = true;
	out->numerator = counts_total(counts, selected);
	out->denominator = out->numerator + counts_total(counts, refused);
	out->defined = out->denominator > 0;
	if (out->defined)
		out->value = out->numerator / out->denominator;
}

void
regression_mean_prediction(
    const struct metric_input *in, struct metric_value *out)
{
	const struct regression *r = in->group->regression;

	if (r == NULL && in->group->confusion == NULL) {
		mean_selected(in, out);
		return;
	}
	r = sums_of(in, out);
	if (r != NULL)
		set(out, dd_divide(r->prediction, r->weight));
}

void
regression_mean_true(const struct metric_input *in, struct metric_value *out)
{
	const struct regression *r = sums_of(in, out);

	if (r != NULL)
		set(out, dd_divide(r->label, r->weight));
}

static struct dd
point_at(const struct distribution *d, size_t i)
{
	return (struct dd){ d->value[i], d->rest != NULL ? d->rest[i] : 0 };
}

static struct dd
weight_at(const struct distribution *d, size_t i)
{
	return dd_of(d->weight != NULL ? d->weight[i][BINARY_NO] :
					 (double)d->rows[i][BINARY_NO]);
}

void
regression_median_absolute_error(
    const struct metric_input *in, struct metric_value *out)
{
	const struct regression *r = sums_of(in, out);
	const struct distribution *d;
	struct dd all = dd_of(0), below = dd_of(0), lower = dd_of(0);
	bool has_lower = false;

	if (r == NULL)
		return;
	d = r->absolute_errors;
	for (size_t i = 0; i < d->n; i++)
		all = dd_add(all, weight_at(d, i));
	for (size_t i = 0; i < d->n; i++) {
		int side;

		below = dd_add(below, weight_at(d, i));
		side = dd_compare(dd_add(below, below), all);
		if (side < 0)
			continue;
		if (!has_lower)
			lower = point_at(d, i);
		has_lower = true;
		if (side == 0)
			continue;
		set(out, dd_divide(dd_add(lower, point_at(d, i)), dd_of(2)));
		return;
	}
}

void
regression_mean_error_standard_error(
    const struct metric_input *in, struct metric_value *out)
{
	const struct regression *r = sums_of(in, out);
	struct dd squares, n;

	if (r == NULL)
		return;
	n = dd_divide(dd_multiply(r->weight, r->weight), r->weight_square);
	if (n.high < 2) {
		out->reason = two_rows;
		return;
	}
	squares = dd_divide(spread(r->square_error, r->error, r->weight),
	    dd_multiply(r->weight, r->weight));
	set(out, dd_root(dd_divide(squares, dd_subtract(n, dd_of(1)))));
}
