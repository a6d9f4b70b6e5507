#include "measure/estimate.h"

#include <math.h>
#include <stdlib.h>

#include "base/real.h"
#include "measure/influence.h"
#include "measure/known.h"
#include "measure/ranking.h"
#include "measure/recalibration.h"
#include "measure/regression_metric.h"
#include "measure/score.h"
#include "stats/auc.h"
#include "stats/normal.h"
#include "stats/special.h"

/* Rows of a label at a point, or the sum of their weights. */
static double
rows_at(const struct distribution *d, size_t i, enum binary label)
{
	return d->weight != NULL ? d->weight[i][label] :
				   (double)d->rows[i][label];
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
	points.n_negatives = score_worth(group, BINARY_NO, n_no);
	points.n_positives = score_worth(group, BINARY_YES, n_yes);
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

	return -real_log(label == BINARY_YES ? p : 1 - p);
}

/* Means over the rows that have a score. */
static const struct mean {
	metric_formula *metric;
	row_value *value;
	bool takes[BINARY_COUNT]; /* rows of these labels */
} means[] = {
	{ score_mean, value_score, { true, true, true } },
	{ score_mean_positives, value_score, { [BINARY_YES] = true } },
	{ score_mean_negatives, value_score, { [BINARY_NO] = true } },
	{ score_calibration_in_the_large, value_miss, { false, true, true } },
	{ score_brier, value_square, { false, true, true } },
	{ score_log_loss, value_log_loss, { false, true, true } },
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
		effective += score_worth(group, (enum binary)label, of_this);
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

/* A mean over the rows. */
static struct dd
mean_of(struct dd sum, const struct regression *r)
{
	return dd_divide(sum, r->weight);
}

/*
 * The unexplained share 1 - R^2 is the mean squared error M over the variance
 * V of the truth; a row changes it by (e^2 - M) / V - M ((y - m)^2 - V) / V^2.
 * The variance of that, from moments about the mean m.
 */
static void
estimate_r2(const struct regression *r, double effective, struct estimate *out)
{
	struct dd m = mean_of(r->label, r), mm = dd_multiply(m, m);
	struct dd y2 = mean_of(r->label_square, r), v = dd_subtract(y2, mm);
	struct dd error = mean_of(r->square_error, r);
	struct dd y3 = mean_of(r->label_cube, r), six, fourth, both;
	struct dd sum = { 0, 0 }, squares = { 0, 0 };
	double big_v = dd_value(v), big_m = dd_value(error), a, b, c;

	if (r->absolute_errors == NULL || !(effective > 2) || !(big_v > 0) ||
	    !(r->label_fourth.high > 0))
		return;
	add_squares(r->absolute_errors, &sum, &squares);
	/* E y^4 - 4 m E y^3 + 6 m^2 E y^2 - 3 m^4 */
	six = dd_multiply(mm,
	    dd_subtract(dd_multiply(dd_of(6), y2), dd_multiply(dd_of(3), mm)));
	fourth = dd_add(dd_subtract(mean_of(r->label_fourth, r),
			    dd_multiply(dd_of(4), dd_multiply(m, y3))),
	    six);
	/* E e^2 y^2 - 2 m E e^2 y + m^2 E e^2 */
	both =
	    dd_add(dd_subtract(mean_of(r->square_error_label_square, r),
		       dd_multiply(dd_of(2),
			   dd_multiply(m, mean_of(r->square_error_label, r)))),
		dd_multiply(mm, error));
	a = dd_value(mean_of(squares, r)) - big_m * big_m;
	b = dd_value(fourth) - big_v * big_v;
	c = dd_value(both) - big_m * big_v;
	out->kind = ESTIMATE_INFLUENCE;
	out->variance =
	    fmax(0,
		a / big_v / big_v - 2 * c * (big_m / big_v) / big_v / big_v +
		    b * (big_m / big_v) * (big_m / big_v) / big_v / big_v) /
	    (effective - 1);
	out->df = effective - 1;
	out->effective = effective;
}

/* The point that holds a row of this rank, from 1; ranks may be fractions. */
static double
at_rank(const struct distribution *d, double unit, double rank)
{
	double below = 0;

	for (size_t i = 0; i < d->n; i++) {
		below += rows_at(d, i, BINARY_NO) / unit;
		if (below >= rank)
			return d->value[i];
	}
	return d->n > 0 ? d->value[d->n - 1] : 0;
}

/* The probability that fewer than c of n rows lie below the median. */
static double
below_median(double c, double n)
{
	enum { FEW = 10000 };
	double sum = 0;

	if (n > FEW)
		return normal_below((c - 0.5 - n / 2) / (sqrt(n) / 2));
	for (double k = c - 1; k >= 0; k--)
		sum += binomial_term(k, n, 0.5, 0.5);
	return sum;
}

/*
 * The distance of two order statistics about a deviation of the rank from the
 * middle, over that of the normal distribution at their probability.
 */
static void
estimate_median(
    const struct regression *r, double effective, struct estimate *out)
{
	const struct distribution *d = r->absolute_errors;
	double n = floor(effective + 0.5), c, unit, z;

	if (d == NULL || n < 5)
		return;
	unit = dd_value(r->weight) / n;
	c = fmax(1, floor((n + 1) / 2 - sqrt(n) + 0.5));
	z = -normal_quantile(below_median(c, n));
	out->kind = ESTIMATE_MEDIAN;
	out->variance =
	    (at_rank(d, unit, n - c + 1) - at_rank(d, unit, c)) / (2 * z);
	out->variance *= out->variance;
	out->df = effective - 1;
	out->effective = effective;
}

/* Means over rows of numbers, whose sums and sums of squares are known. */
static void
estimate_number(const struct metric *metric, const struct regression *r,
    struct estimate *out)
{
	double effective = r->weight_square.high > 0 ?
	    dd_value(dd_divide(
		dd_multiply(r->weight, r->weight), r->weight_square)) :
	    0;

	if (metric->formula == regression_mean_error)
		set_mean(r->error, r->square_error, r->weight, effective, out);
	else if (metric->formula == regression_mean_absolute_error)
		set_mean(r->absolute_error, r->square_error, r->weight,
		    effective, out);
	else if (metric->formula == regression_mean_prediction)
		set_mean(r->prediction, r->prediction_square, r->weight,
		    effective, out);
	else if (metric->formula == regression_mean_true)
		set_mean(r->label, r->label_square, r->weight, effective, out);
	else if (metric->formula == regression_mean_squared_error)
		estimate_square(r, effective, false, out);
	else if (metric->formula == regression_root_mean_squared_error)
		estimate_square(r, effective, true, out);
	else if (metric->formula == regression_r2_score)
		estimate_r2(r, effective, out);
	else if (metric->formula == regression_median_absolute_error)
		estimate_median(r, effective, out);
}

static void
estimate_exposure(
    const struct group *group, const struct group *whole, struct estimate *out)
{
	struct ranking_test test;

	if (!ranking_test_exposure(group, NULL, whole, &test))
		return;
	out->kind = ESTIMATE_PERMUTATION;
	out->variance = test.error * test.error;
	out->df = test.df;
	out->effective = ranking_rows(group);
}

/* Of metrics of places, and those whose change with a row is known. */
static void
estimate_influence(const struct metric *metric, const struct group *group,
    const struct group *whole, struct estimate *out)
{
	if (metric->formula == score_average_precision)
		influence_average_precision(group, out);
	else if (metric->formula == score_ks)
		influence_ks(group, out);
	else if (metric->formula == recalibration_slope ||
	    metric->formula == recalibration_intercept)
		influence_calibration(metric, group, whole, out);
	else if (metric->formula == ranking_exposure)
		estimate_exposure(group, whole, out);
}

static void
estimate(const struct metric *metric, const struct group *group,
    const struct group *whole, struct estimate *out)
{
	*out = (struct estimate){ .kind = ESTIMATE_NONE };
	if (group->regression != NULL)
		estimate_number(metric, group->regression, out);
	if (group->scores == NULL)
		return;
	if (metric->formula == score_roc_auc)
		estimate_area(group, 1, out);
	if (metric->formula == score_gini)
		estimate_area(group, 2, out);
	for (size_t i = 0; i < sizeof(means) / sizeof(means[0]); i++)
		if (metric->formula == means[i].metric)
			estimate_mean_score(group, &means[i], out);
	if (out->kind == ESTIMATE_NONE)
		estimate_influence(metric, group, whole, out);
}

void
estimate_measure(const struct metric *metric, const struct group *group,
    const struct group *whole, struct estimate *out)
{
	struct known *known = known_of(metric, group, whole);

	if (known != NULL && known->has_estimate) {
		*out = known->estimate;
		return;
	}
	estimate(metric, group, whole, out);
	if (known == NULL)
		return;
	known->estimate = *out;
	known->has_estimate = true;
}
