#include "stats/kolmogorov.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/real.h"
#include "stats/special.h"

#define PI 3.14159265358979323846

/* A square matrix times 2^exponent. */
struct matrix {
	size_t n;
	int exponent;
	double *cell; /* n * n */
};

static struct matrix
matrix_of(size_t n)
{
	return (struct matrix){ n, 0,
		memory_grow(NULL, n * n + 1, sizeof(double)) };
}

/* out = a b, brought back to a middling magnitude. */
static void
multiply(const struct matrix *a, const struct matrix *b, struct matrix *out)
{
	size_t n = a->n;
	int shift;

	for (size_t i = 0; i < n * n; i++)
		out->cell[i] = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < n; k++)
			for (size_t j = 0; j < n; j++)
				out->cell[i * n + j] +=
				    a->cell[i * n + k] * b->cell[k * n + j];
	frexp(out->cell[n / 2 * n + n / 2], &shift);
	for (size_t i = 0; i < n * n; i++)
		out->cell[i] = ldexp(out->cell[i], -shift);
	out->exponent = a->exponent + b->exponent + shift;
}

static void
swap(struct matrix *a, struct matrix *b)
{
	struct matrix t = *a;

	*a = *b;
	*b = t;
}

/* The matrix of Marsaglia, Tsang and Wang, for n d = k - h. */
static void
fill(struct matrix *m, double h)
{
	size_t n = m->n;
	double last = 2 * h - 1;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			m->cell[i * n + j] = j <= i + 1 ? 1 : 0;
	for (size_t i = 0; i < n; i++) {
		m->cell[i * n] -= pow(h, (double)(i + 1));
		m->cell[(n - 1) * n + i] -= pow(h, (double)(n - i));
	}
	if (last > 0)
		m->cell[(n - 1) * n] += pow(last, (double)n);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j <= i; j++)
			m->cell[i * n + j] /= tgamma((double)(i - j + 2));
}

/*
 * The probability of a statistic up to d, as the power of a matrix: Marsaglia,
 * Tsang and Wang, Journal of Statistical Software 8/18, 2003.
 */
static double
below_by_matrix(double d, double n)
{
	size_t k = (size_t)(n * d) + 1;
	struct matrix power = matrix_of(2 * k - 1);
	struct matrix result = matrix_of(2 * k - 1);
	struct matrix spare = matrix_of(2 * k - 1);
	double value;

	fill(&power, (double)k - n * d);
	for (size_t i = 0; i < result.n * result.n; i++)
		result.cell[i] = i % (result.n + 1) == 0;
	for (double left = n; left >= 1; left = floor(left / 2)) {
		if (fmod(left, 2) != 0) {
			multiply(&result, &power, &spare);
			swap(&result, &spare);
		}
		multiply(&power, &power, &spare);
		swap(&power, &spare);
	}
	value = result.cell[(k - 1) * result.n + k - 1];
	for (double i = 1; i <= n; i++) {
		int shift;

		value = frexp(value * i / n, &shift);
		result.exponent += shift;
	}
	value = ldexp(value, result.exponent);
	free(power.cell);
	free(result.cell);
	free(spare.cell);
	return value;
}

/* The four terms of Pelz and Good, for z = d sqrt(n). */
static double
below_by_expansion(double d, double n)
{
	double z = d * sqrt(n), z2 = z * z, z4 = z2 * z2, z6 = z4 * z2;
	double term[4] = { 0, 0, 0, 0 };

	for (int k = 20; k >= 0; k--) {
		double a = PI * PI * (k + 0.5) * (k + 0.5);
		double b = PI * PI * k * k;
		double half = real_exp(-a / (2 * z2)),
		       whole = real_exp(-b / (2 * z2));

		term[0] += half;
		term[1] += (a - z2) * half;
		term[2] += (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * a +
			       (1 - 2 * z2) * a * a) *
		    half;
		term[2] -= 2 * z4 * b * whole;
		term[3] +=
		    (a * a * a * (5 - 30 * z2) + a * a * (-60 * z2 + 212 * z4) +
			a * (135 * z4 - 96 * z6) - 30 * z6 - 90 * z6 * z2) *
		    half;
		term[3] += 30 * z4 * (-b * b + 3 * b * z2) * whole;
	}
	/* Terms of k and -k - 1, or of k and -k, are the same. */
	return sqrt(PI / 2) *
	    (2 * term[0] / z + 2 * term[1] / (6 * z4 * sqrt(n)) +
		2 * term[2] / (72 * z6 * z * n) +
		2 * term[3] / (6480 * z6 * z4 * n * sqrt(n)));
}

enum { EXACT_ROWS = 100000 }; /* up to here the sum below is taken */

/*
 * The one-sided statistic above d, of many rows: the first terms of its
 * expansion in 1 / sqrt(n) (Lauwerier, Zeitschrift fuer
 * Wahrscheinlichkeitstheorie 2, 1963, pp. 61-68).
 */
static double
above_of_many(double d, double n)
{
	double z = d * sqrt(n), z2 = z * z;
	double series = 1 - 2 * z / (3 * sqrt(n)) +
	    2 * z2 / (3 * n) * (1 - 2 * z2 / 3) +
	    4 * z / (9 * n * sqrt(n)) *
		(1.0 / 5 - 19 * z2 / 15 + 2 * z2 * z2 / 3);

	return real_exp(-2 * z2) * fmax(0, series);
}

/*
 * The one-sided statistic above d: Birnbaum and Tingey's sum, Annals of
 * Mathematical Statistics 22, 1951, pp. 592-596.
 */
static double
above_one_sided(double d, double n)
{
	double sum = 0;

	if (n > EXACT_ROWS)
		return above_of_many(d, n);
	for (double j = 0; j <= floor(n * (1 - d)); j++) {
		double p = d + j / n;

		if (p < 1)
			sum += binomial_term(j, n, p, 1 - p) / p;
	}
	return fmin(1, d * sum);
}

/* n! ((2 n d - 1) / n)^n, for n d from 1/2 to 1. */
static double
below_when_tiny(double d, double n)
{
	double log_value = lgamma(n + 1) + n * real_log((2 * n * d - 1) / n);

	return real_exp(log_value);
}

double
kolmogorov_above(double d, double n)
{
	double t = n * d, square = t * d;
	bool is_tail = square >= (n <= 140 ? 4 : 2.2);

	if (t <= 0.5)
		return 1;
	if (d >= 1)
		return 0;
	if (t <= 1)
		return 1 - below_when_tiny(d, n);
	if (t >= n - 1)
		return 2 * pow(1 - d, n);
	if (d >= 0.5 || is_tail)
		return fmin(1, 2 * above_one_sided(d, n));
	if (n <= 140 || (n <= 100000 && n * d * sqrt(d) <= 1.4))
		return 1 - below_by_matrix(d, n);
	return 1 - below_by_expansion(d, n);
}
