#include "measure/estimate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/auc.h"

/* Rows of a label at a point, or the sum of their weights. */
static double
rows_at(const struct distribution *d, size_t i, enum binary label)
{
	return d->weight != NULL ? d->weight[i][label] :
				   (double)d->rows[i][label];
}

static const cell_factors of_label[BINARY_COUNT] = {
	[BINARY_MISSING] = { [CELL_BLANK] = 1,
	    [CELL_REFUSED] = 1,
	    [CELL_SELECTED] = 1 },
	[BINARY_NO] = { [CELL_NEGATIVE] = 1, [CELL_TN] = 1, [CELL_FP] = 1 },
	[BINARY_YES] = { [CELL_POSITIVE] = 1, [CELL_FN] = 1, [CELL_TP] = 1 },
};

/*
 * How much a sum of weights is worth in unweighted rows.  The spread of the
 * weights is known by label, not by point: that of all rows of the label.
 */
static double
worth(const struct group *group, enum binary label, double weight)
{
	double all = counts_total(&group->counts, of_label[label]);

	if (!group->counts.weighted || !(all > 0))
		return weight;
	return weight * counts_effective(&group->counts, of_label[label]) / all;
}

/* The area; times 2, less 1, it is Gini's coefficient. */
static void
estimate_area(const struct group *group, double scale, struct estimate *out)
{
	const struct distribution *d = group->scores;
	double *no = memory_grow(NULL, 2 * d->n + 1, sizeof(*no));
	double *yes = no + d->n;
	double n_no = 0, n_yes = 0;
	struct auc_points points = { d->n, no, yes, 0, 0 };
	struct auc auc;

	for (size_t i = 0; i < d->n; i++) {
		n_no += no[i] = rows_at(d, i, BINARY_NO);
		n_yes += yes[i] = rows_at(d, i, BINARY_YES);
	}
	points.n_negatives = worth(group, BINARY_NO, n_no);
	points.n_positives = worth(group, BINARY_YES, n_yes);
	if (auc_measure(&points, &auc) && auc.has_variance) {
		out->kind = ESTIMATE_DELONG;
		out->variance = scale * scale * auc.variance;
		out->df = HUGE_VAL;
		out->effective = fmin(points.n_negatives, points.n_positives);
	}
	free(no);
}

/* What a row adds to a mean, by its score and label. */
typedef double row_value(double score, enum binary label);

static double
value_score(double score, enum binary label)
{
	(void)label;
	return score;
}

static double
value_miss(double score, enum binary label)
{
	return score - (label == BINARY_YES);
}

static double
value_square(double score, enum binary label)
{
	double miss = value_miss(score, label);

	return miss * miss;
}

/* Clipped as the metric is. */
static double
value_log_loss(double score, enum binary label)
{
	double p = fmin(1 - 1e-15, fmax(1e-15, score));

	return -log(label == BINARY_YES ? p : 1 - p);
}

/* Means over the rows that have a score. */
static const struct mean {
	const char *metric;
	row_value *value;
	bool takes[BINARY_COUNT]; /* rows of these labels */
} means[] = {
	{ "mean_score", value_score, { true, true, true } },
	{ "mean_score_positives", value_score, { [BINARY_YES] = true } },
	{ "mean_score_negatives", value_score, { [BINARY_NO] = true } },
	{ "calibration_in_the_large", value_miss, { false, true, true } },
	{ "brier_score", value_square, { false, true, true } },
	{ "log_loss", value_log_loss, { false, true, true } },
};

/*
 * The variance of a mean of so many effective rows, from sums of twice the
 * digits: it is what remains when two of them are subtracted.
 */
static void
set_mean(struct dd sum, struct dd squares, struct dd weight, double effective,
    struct estimate *out)
{
	struct dd mean, spread;

	if (!(effective > 1 && weight.high > 0))
		return;
	mean = dd_divide(sum, weight);
	spread =
	    dd_subtract(dd_divide(squares, weight), dd_multiply(mean, mean));
	out->kind = ESTIMATE_MEAN;
	out->variance = fmax(0, dd_value(spread)) / (effective - 1);
	out->df = effective - 1;
	out->effective = effective;
}

static void
estimate_mean_score(
    const struct group *group, const struct mean *mean, struct estimate *out)
{
	const struct distribution *d = group->scores;
	struct dd sum = { 0, 0 }, squares = { 0, 0 }, weight = { 0, 0 };
	double effective = 0;

	for (unsigned label = 0; label < BINARY_COUNT; label++) {
		double of_this = 0;

		for (size_t i = 0; mean->takes[label] && i < d->n; i++) {
			double rows = rows_at(d, i, (enum binary)label);
			double value =
			    mean->value(d->value[i], (enum binary)label);
			struct dd part = dd_product(rows, value);

			of_this += rows;
			sum = dd_add(sum, part);
			squares =
			    dd_add(squares, dd_multiply(part, dd_of(value)));
		}
		weight = dd_add(weight, dd_of(of_this));
		effective += worth(group, (enum binary)label, of_this);
	}
	set_mean(sum, squares, weight, effective, out);
}

/* Sums of the squares of the errors, and of the squares of these. */
static void
add_squares(
    const struct distribution *errors, struct dd *sum, struct dd *squares)
{
	for (size_t i = 0; i < errors->n; i++) {
		struct dd square =
		    dd_product(errors->value[i], errors->value[i]);
		struct dd part =
		    dd_multiply(square, dd_of(rows_at(errors, i, BINARY_NO)));

		*sum = dd_add(*sum, part);
		*squares = dd_add(*squares, dd_multiply(part, square));
	}
}

/* The mean squared error; or its root, by the delta method. */
static void
estimate_square(const struct regression *r, double effective, bool root,
    struct estimate *out)
{
	struct dd sum = { 0, 0 }, squares = { 0, 0 };

	if (r->absolute_errors == NULL)
		return;
	add_squares(r->absolute_errors, &sum, &squares);
	set_mean(sum, squares, r->weight, effective, out);
	if (root && sum.high > 0)
		out->variance *= dd_value(r->weight) / (4 * dd_value(sum));
}

/* Means over rows of numbers, whose sums and sums of squares are known. */
static void
estimate_number(
    const char *metric, const struct regression *r, struct estimate *out)
{
	double effective = r->weight_square.high > 0 ?
	    dd_value(dd_divide(
		dd_multiply(r->weight, r->weight), r->weight_square)) :
	    0;

	if (strcmp(metric, "mean_error") == 0)
		set_mean(r->error, r->square_error, r->weight, effective, out);
	else if (strcmp(metric, "mean_absolute_error") == 0)
		set_mean(r->absolute_error, r->square_error, r->weight,
		    effective, out);
	else if (strcmp(metric, "mean_prediction") == 0)
		set_mean(r->prediction, r->prediction_square, r->weight,
		    effective, out);
	else if (strcmp(metric, "mean_true") == 0)
		set_mean(r->label, r->label_square, r->weight, effective, out);
	else if (strcmp(metric, "mean_squared_error") == 0)
		estimate_square(r, effective, false, out);
	else if (strcmp(metric, "root_mean_squared_error") == 0)
		estimate_square(r, effective, true, out);
}

void
estimate_measure(const struct metric *metric, const struct group *group,
    struct estimate *out)
{
	*out = (struct estimate){ .kind = ESTIMATE_NONE };
	if (group->regression != NULL)
		estimate_number(metric->name, group->regression, out);
	if (group->scores == NULL)
		return;
	if (strcmp(metric->name, "roc_auc") == 0)
		estimate_area(group, 1, out);
	if (strcmp(metric->name, "gini") == 0)
		estimate_area(group, 2, out);
	for (size_t i = 0; i < sizeof(means) / sizeof(means[0]); i++)
		if (strcmp(means[i].metric, metric->name) == 0)
			estimate_mean_score(group, &means[i], out);
}
