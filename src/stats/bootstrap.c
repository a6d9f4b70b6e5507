#include "stats/bootstrap.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "stats/normal.h"
#include "stats/random.h"

/* Draw the cells of a stratum with its total. */
static void
draw_multinomial(
    struct random *random, const double counts[], size_t n, double out[])
{
	double rows = 0, left;

	for (size_t i = 0; i < n; i++)
		rows += counts[i];
	left = rows;
	for (size_t i = 0; i < n; i++) {
		double p = rows > 0 ? fmin(1, counts[i] / rows) : 0;

		out[i] = i + 1 < n ? random_binomial(random, left, p) : left;
		rows -= counts[i];
		left -= out[i];
	}
}

/* The weight of a typical row of a cell. */
static double
unit_of(const struct bootstrap *b, size_t i)
{
	if (b->squares == NULL || !(b->counts[i] > 0))
		return 1;
	return b->squares[i] / b->counts[i];
}

static void
draw(const struct bootstrap *b, struct random *random, double out[])
{
	size_t at = 0;

	for (size_t i = 0; i < b->n_strata; at += b->strata[i++])
		if (b->squares == NULL)
			draw_multinomial(
			    random, b->counts + at, b->strata[i], out + at);
		else
			for (size_t j = at; j < at + b->strata[i]; j++) {
				double unit = unit_of(b, j);

				out[j] = unit *
				    random_poisson(random, b->counts[j] / unit);
			}
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Sums over the rows of a stratum, each left out once. */
struct influence {
	double rows, mean, square, cube;
};

/* The value with a row of a cell left out; false when there is none. */
static bool
without(const struct bootstrap *b, double counts[], size_t i, double *out)
{
	double kept = counts[i], unit = unit_of(b, i);
	bool is_defined;

	if (!(kept > 0))
		return false;
	counts[i] = fmax(0, kept - unit);
	is_defined = b->statistic(counts, b->context, out);
	counts[i] = kept;
	return is_defined;
}

static struct influence
influence_of(const struct bootstrap *b, double counts[], size_t first, size_t n)
{
	struct influence sums = { 0, 0, 0, 0 };
	double value;

	for (size_t i = first; i < first + n; i++)
		if (without(b, counts, i, &value)) {
			double rows = counts[i] / unit_of(b, i);

			sums.rows += rows;
			sums.mean += rows * value;
		}
	if (sums.rows > 0)
		sums.mean /= sums.rows;
	for (size_t i = first; i < first + n; i++)
		if (without(b, counts, i, &value)) {
			double rows = counts[i] / unit_of(b, i);
			double miss =
			    (sums.rows - 1) * (sums.mean - value) / sums.rows;

			sums.square += rows * miss * miss;
			sums.cube += rows * miss * miss * miss;
		}
	return sums;
}

static double
acceleration(const struct bootstrap *b, double counts[])
{
	double square = 0, cube = 0;
	size_t at = 0;

	for (size_t i = 0; i < b->n_strata; at += b->strata[i++]) {
		struct influence one =
		    influence_of(b, counts, at, b->strata[i]);

		square += one.square;
		cube += one.cube;
	}
	return square > 0 ? cube / (6 * square * sqrt(square)) : 0;
}

/* The value below which a share of the sorted ones lies. */
static double
quantile(const double sorted[], size_t n, double share)
{
	double at = share * (double)(n + 1) - 1;
	double floor_at = floor(at);
	size_t i;

	if (at <= 0)
		return sorted[0];
	if (at >= (double)(n - 1))
		return sorted[n - 1];
	i = (size_t)floor_at;
	return sorted[i] + (at - floor_at) * (sorted[i + 1] - sorted[i]);
}

/* Where an end of the interval lies among the replicates. */
static double
end(double bias, double acceleration, double z)
{
	double sum = bias + z;

	return normal_below(bias + sum / (1 - acceleration * sum));
}

static void
summarise(const struct bootstrap *b, double value, double a,
    const double sorted[], size_t n, struct bootstrap_result *out)
{
	double z = -normal_quantile((1 - b->confidence) / 2);
	double mean = 0, squares = 0, below = 0, bias;

	for (size_t i = 0; i < n; i++) {
		mean += sorted[i] / (double)n;
		below += sorted[i] < value ? 1 : sorted[i] == value ? 0.5 : 0;
	}
	for (size_t i = 0; i < n; i++)
		squares += (sorted[i] - mean) * (sorted[i] - mean);
	below = fmin((double)n - 0.5, fmax(0.5, below));
	bias = normal_quantile(below / (double)n);
	out->interval.lower = quantile(sorted, n, end(bias, a, -z));
	out->interval.upper = quantile(sorted, n, end(bias, a, z));
	out->standard_error = sqrt(squares / (double)(n - 1));
	out->p = normal_two_sided(value / out->standard_error);
}

bool
bootstrap_measure(const struct bootstrap *b, struct bootstrap_result *out)
{
	struct random random = { b->seed };
	size_t n = 0, cells = 0;
	double value, *counts, *drawn, *values;
	bool is_usable = false;

	*out = (struct bootstrap_result){ .p = 1 };
	for (size_t i = 0; i < b->n_strata; i++)
		cells += b->strata[i];
	if (cells == 0 || !b->statistic(b->counts, b->context, &value))
		return false;
	counts = memory_grow(NULL, cells, sizeof(*counts));
	drawn = memory_grow(NULL, cells, sizeof(*drawn));
	values = memory_grow(NULL, b->replicates + 1, sizeof(*values));
	for (size_t i = 0; i < cells; i++)
		counts[i] = b->counts[i];
	for (unsigned i = 0; i < b->replicates; i++) {
		draw(b, &random, drawn);
		n += b->statistic(drawn, b->context, &values[n]);
	}
	out->n_undefined = b->replicates - (unsigned)n;
	qsort(values, n, sizeof(*values), by_value);
	if (n > 1 && out->n_undefined * 20 <= b->replicates &&
	    values[0] < values[n - 1]) {
		summarise(b, value, acceleration(b, counts), values, n, out);
		is_usable = true;
	}
	free(values);
	free(drawn);
	free(counts);
	return is_usable;
}
