#include "stats/special.h"

#include <float.h>
#include <math.h>

#include "base/real.h"
#include "stats/normal.h"

#define TWO_PI 6.283185307179586477

enum { MOST_STEPS = 2000000 }; /* of a series or a fraction */

/* The functions that terms are made with. */
struct elementary {
	double (*log)(double x);
	double (*exp)(double x);
};

static const struct elementary exact = { real_log, real_exp };
static const struct elementary near = { log, exp };

/*
 * log(x!) less Stirling's formula for it: of small whole numbers as computed
 * with 50 digits, of others below 16 by the logarithm of the gamma function,
 * above by the usual series.
 */
static double
stirling_error(const struct elementary *f, double x)
{
	static const double whole[] = { 0, 0.08106146679532726,
		0.0413406959554093, 0.02767792568499834, 0.020790672103765093,
		0.016644691189821193, 0.013876128823070748, 0.01189670994589177,
		0.010411265261972096, 0.009255462182712733, 0.00833056343336287,
		0.007573675487951841, 0.00694284010720953, 0.006408994188004207,
		0.0059513701127588475, 0.005554733551962801 };
	double y = 1 / (x * x);

	if (x < 16 && x == floor(x))
		return whole[(int)x];
	if (x < 16)
		return lgamma(x + 1) - (x + 0.5) * f->log(x) + x -
		    0.5 * f->log(TWO_PI);
	return (1.0 / 12 -
		   y *
		       (1.0 / 360 -
			   y * (1.0 / 1260 - y * (1.0 / 1680 - y / 1188)))) /
	    x;
}

/* x log(x / mean) + mean - x, without loss where x is close to the mean. */
static double
deviance(const struct elementary *f, double x, double mean)
{
	double v = (x - mean) / (x + mean);
	double sum, power;

	if (fabs(x - mean) >= 0.1 * (x + mean))
		return x * f->log(x / mean) + mean - x;
	sum = (x - mean) * v;
	power = 2 * x * v;
	for (int i = 3; i < 200; i += 2) {
		double next;

		power *= v * v;
		next = sum + power / i;
		if (next == sum)
			break;
		sum = next;
	}
	return sum;
}

/*
 * p^x q^y (x + y)! / (x! y!).  Given both x and y, since one of them taken
 * from their sum has lost digits when it is much the smaller.
 */
static double
split_term(const struct elementary *f, double x, double y, double p, double q)
{
	double n = x + y;

	if (p == 0 || n == 0)
		return x == 0 ? 1 : 0;
	if (q == 0)
		return y == 0 ? 1 : 0;
	if (x == 0)
		return f->exp(
		    p < 0.1 ? -deviance(f, n, n * q) - n * p : n * f->log(q));
	if (y == 0)
		return f->exp(
		    q < 0.1 ? -deviance(f, n, n * p) - n * q : n * f->log(p));
	return f->exp(stirling_error(f, n) - stirling_error(f, x) -
		   stirling_error(f, y) - deviance(f, x, n * p) -
		   deviance(f, y, n * q)) *
	    sqrt(n / (TWO_PI * x * y));
}

double
binomial_term(double x, double n, double p, double q)
{
	return x < 0 || x > n ? 0 : split_term(&exact, x, n - x, p, q);
}

double
binomial_term_near(double x, double n, double p, double q)
{
	return x < 0 || x > n ? 0 : split_term(&near, x, n - x, p, q);
}

static double
count_term(const struct elementary *f, double x, double mean)
{
	if (mean == 0)
		return x == 0 ? 1 : 0;
	if (x == 0)
		return f->exp(-mean);
	return f->exp(-stirling_error(f, x) - deviance(f, x, mean)) /
	    sqrt(TWO_PI * x);
}

double
poisson_term(double x, double mean)
{
	return count_term(&exact, x, mean);
}

double
poisson_term_near(double x, double mean)
{
	return count_term(&near, x, mean);
}

static double
drawn_term(const struct elementary *f, double x, double special, double other,
    double n)
{
	double all = special + other;
	double p = n / all, q = (all - n) / all;

	if (x < 0 || x > special || x > n || n - x > other)
		return 0;
	if (n == 0 || all == 0)
		return 1;
	return split_term(f, x, special - x, p, q) *
	    split_term(f, n - x, other - (n - x), p, q) /
	    split_term(f, n, all - n, p, q);
}

double
hypergeometric_term(double x, double special, double other, double n)
{
	return drawn_term(&exact, x, special, other, n);
}

double
hypergeometric_term_near(double x, double special, double other, double n)
{
	return drawn_term(&near, x, special, other, n);
}

/* Keep a denominator of Lentz's method off 0. */
static double
nonzero(double x)
{
	return fabs(x) < DBL_MIN / DBL_EPSILON ? DBL_MIN / DBL_EPSILON : x;
}

/* The continued fraction of the incomplete beta, by Lentz's method. */
static double
beta_fraction(double x, double a, double b)
{
	double c = 1;
	double d = 1 / nonzero(1 - (a + b) * x / (a + 1));
	double value = d;

	for (int m = 1; m < MOST_STEPS; m++) {
		double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		double odd = -(a + m) * (a + b + m) * x /
		    ((a + 2 * m) * (a + 2 * m + 1));
		double step;

		d = 1 / nonzero(1 + even * d);
		c = nonzero(1 + even / c);
		value *= c * d;
		d = 1 / nonzero(1 + odd * d);
		c = nonzero(1 + odd / c);
		step = c * d;
		value *= step;
		if (fabs(step - 1) < DBL_EPSILON)
			break;
	}
	return value;
}

/* I_x(a, b) with y = 1 - x. */
static double
beta_both(double x, double y, double a, double b)
{
	double term;

	if (x <= 0)
		return 0;
	if (y <= 0)
		return 1;
	term = split_term(&exact, a, b, x, y);
	if (x < (a + 1) / (a + b + 2))
		return term * b / (a + b) * beta_fraction(x, a, b);
	return 1 - term * a / (a + b) * beta_fraction(y, b, a);
}

double
beta_below(double x, double a, double b)
{
	return beta_both(x, 1 - x, a, b);
}

/*
 * Newton's steps, kept inside a bracket that shrinks; a step out of it halves
 * the bracket instead.
 */
double
beta_quantile(double p, double a, double b)
{
	double low = 0, high = 1;
	double x = a / (a + b);

	if (p <= 0)
		return 0;
	if (p >= 1)
		return 1;
	for (int i = 0; i < 1100; i++) {
		double miss = beta_below(x, a, b) - p;
		double slope = split_term(&exact, a, b, x, 1 - x) * a * b /
		    ((a + b) * x * (1 - x));
		double next = x - miss / slope;

		if (miss == 0)
			return x;
		*(miss > 0 ? &high : &low) = x;
		if (!(next > low && next < high))
			next = low + (high - low) / 2;
		if (fabs(next - x) <= DBL_EPSILON * x || next == low ||
		    next == high)
			return next;
		x = next;
	}
	return x;
}

/* The probability below x, by its series; for x < a + 1. */
static double
gamma_below(double a, double x)
{
	double term = 1, sum = 1;

	for (int i = 1; i < MOST_STEPS && term > sum * DBL_EPSILON; i++) {
		term *= x / (a + i);
		sum += term;
	}
	return poisson_term(a, x) * sum;
}

/* The probability above x, by its continued fraction; for x >= a + 1. */
static double
gamma_above(double a, double x)
{
	double b = x + 1 - a;
	double c = DBL_MAX;
	double d = 1 / nonzero(b);
	double value = d;

	for (int i = 1; i < MOST_STEPS; i++) {
		double step, factor = i * (a - i);

		b += 2;
		d = 1 / nonzero(factor * d + b);
		c = nonzero(b + factor / c);
		step = c * d;
		value *= step;
		if (fabs(step - 1) < DBL_EPSILON)
			break;
	}
	return poisson_term(a, x) * a * value;
}

double
chi2_above(double x, double df)
{
	double a = df / 2;

	x /= 2;
	if (!(x > 0))
		return 1;
	return x < a + 1 ? 1 - gamma_below(a, x) : gamma_above(a, x);
}

double
student_two_sided(double t, double df)
{
	double square = t * t;

	if (isinf(df))
		return normal_two_sided(t);
	return beta_both(
	    df / (df + square), square / (df + square), df / 2, 0.5);
}

/*
 * t^2 / (df + t^2) has a beta distribution, and so has the rest to 1: the
 * smaller of them keeps its digits.
 */
double
student_quantile_two_sided(double p, double df)
{
	double x, y;

	if (isinf(df))
		return -normal_quantile(p / 2);
	y = beta_quantile(1 - p, 0.5, df / 2);
	if (y < 0.5)
		return sqrt(df * y / (1 - y));
	x = beta_quantile(p, df / 2, 0.5);
	return sqrt(df * (1 - x) / x);
}
