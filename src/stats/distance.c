#include "stats/distance.h"

#include <math.h>

#include "base/real.h"
#include "stats/kolmogorov.h"
#include "stats/normal.h"
#include "stats/special.h"

double
distance_total_variation(const double a[], const double b[], size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += fabs(a[i] - b[i]);
	return sum / 2;
}

double
distance_stability(const double a[], const double b[], size_t n, double empty)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++) {
		double p = a[i] > 0 ? a[i] : empty;
		double q = b[i] > 0 ? b[i] : empty;

		if (p != q)
			sum += (q - p) * real_log(q / p);
	}
	return sum;
}

bool
distance_chi2(const double a[], const double b[], size_t n, struct test *out)
{
	double rows[2] = { 0, 0 }, sum = 0, used = 0;

	for (size_t i = 0; i < n; i++) {
		rows[0] += a[i];
		rows[1] += b[i];
		used += a[i] + b[i] > 0;
	}
	if (!(rows[0] > 0 && rows[1] > 0 && used > 1))
		return false;
	for (size_t i = 0; i < n; i++) {
		double miss = a[i] * rows[1] - b[i] * rows[0];

		if (a[i] + b[i] > 0)
			sum += miss * miss / (a[i] + b[i]);
	}
	out->value = sum / (rows[0] * rows[1]);
	out->df = used - 1;
	out->p = chi2_above(out->value, out->df);
	return true;
}

double
distance_jensen_shannon(const double a[], const double b[], size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++) {
		double middle = (a[i] + b[i]) / 2;

		if (a[i] > 0)
			sum += a[i] * real_log(a[i] / middle);
		if (b[i] > 0)
			sum += b[i] * real_log(b[i] / middle);
	}
	return sqrt(fmax(0, sum / 2));
}

double
sample_rows(const struct sample *sample)
{
	double sum = 0;

	for (size_t i = 0; i < sample->n; i++)
		sum += sample->rows[i];
	return sum;
}

/* Two samples, walked through together from the least value up. */
struct walk {
	const struct sample *a, *b;
	size_t i, j;
	double value;            /* of this step */
	double rows_a, rows_b;   /* with this value */
	double below_a, below_b; /* with it or a lesser one */
};

static bool
walk_next(struct walk *w)
{
	bool has_a = w->i < w->a->n, has_b = w->j < w->b->n;

	if (!has_a && !has_b)
		return false;
	w->value = !has_b || (has_a && w->a->value[w->i] < w->b->value[w->j]) ?
	    w->a->value[w->i] :
	    w->b->value[w->j];
	w->rows_a = w->rows_b = 0;
	if (has_a && w->a->value[w->i] == w->value)
		w->rows_a = w->a->rows[w->i++];
	if (has_b && w->b->value[w->j] == w->value)
		w->rows_b = w->b->rows[w->j++];
	w->below_a += w->rows_a;
	w->below_b += w->rows_b;
	return true;
}

void
distance_kolmogorov(
    const struct sample *a, const struct sample *b, struct test *out)
{
	struct walk w = { .a = a, .b = b };
	double n = sample_rows(a), m = sample_rows(b), most = 0;

	/* Counts, which are exact: n m times the difference. */
	while (walk_next(&w))
		most = fmax(most, fabs(w.below_a * m - w.below_b * n));
	out->value = most / (n * m);
	out->df = 0;
	out->p =
	    kolmogorov_above(out->value, fmax(1, nearbyint(n * m / (n + m))));
}

double
distance_wasserstein(const struct sample *a, const struct sample *b)
{
	struct walk w = { .a = a, .b = b };
	double n = sample_rows(a), m = sample_rows(b), sum = 0, last = 0;
	double gap = 0;

	while (walk_next(&w)) {
		sum += gap * (w.value - last);
		gap = fabs(w.below_a / n - w.below_b / m);
		last = w.value;
	}
	return sum;
}

bool
distance_mann_whitney(
    const struct sample *a, const struct sample *b, struct test *out)
{
	struct walk w = { .a = a, .b = b };
	double n = sample_rows(a), m = sample_rows(b), all = n + m;
	double pairs = 0, ties = 0, variance, miss;

	while (walk_next(&w)) {
		double same = w.rows_a + w.rows_b;

		pairs += w.rows_a * (w.below_b - w.rows_b / 2);
		ties += same * (same * same - 1);
	}
	variance = n * m / 12 * (all + 1 - ties / (all * (all - 1)));
	if (!(variance > 0))
		return false;
	miss = fabs(pairs - n * m / 2) - 0.5;
	out->value = pairs;
	out->df = 0;
	out->p = fmin(1, 2 * normal_above(miss / sqrt(variance)));
	return true;
}

bool
distance_welch(
    const struct sample_mean *a, const struct sample_mean *b, struct test *out)
{
	double variance = a->variance + b->variance;

	if (!(variance > 0))
		return false;
	out->value = (a->mean - b->mean) / sqrt(variance);
	out->df = variance * variance /
	    (a->variance * a->variance / a->df +
		b->variance * b->variance / b->df);
	out->p = student_two_sided(out->value, out->df);
	return true;
}
