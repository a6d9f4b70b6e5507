#include "stats/interval.h"
#include "stats/normal.h"
#include "stats/special.h"
#include "tap.h"

/*
 * Wilson's interval against its own equation and against cases worked out
 * elsewhere.  (Against SciPy: t_reference.c.)
 */

static void
matches_known_cases(void)
{
	static const struct {
		double k, n, lower, upper;
	} table[] = {
		/* Newcombe, Statistics in Medicine 17, 1998, table I. */
		{ 81, 263, 0.2553, 0.3662 },
		{ 15, 148, 0.0624, 0.1605 },
		{ 0, 20, 0.0000, 0.1611 },
		{ 1, 29, 0.0061, 0.1718 },
	};
	struct interval got;

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		CHECK(interval_wilson(
		    table[i].k / table[i].n, table[i].n, 0.95, &got));
		CHECK(fabs(got.lower - table[i].lower) <= 5.0001e-5);
		CHECK(fabs(got.upper - table[i].upper) <= 5.0001e-5);
	}
}

/* Wilson's ends are the p where |rate - p| = z sqrt(p (1 - p) / n). */
static void
solves_its_equation(void)
{
	double z = normal_quantile(0.995);
	size_t wrong = 0;

	for (unsigned n = 1; n <= 60; n++)
		for (unsigned k = 0; k <= n; k++) {
			double rate = (double)k / n;
			struct interval i;

			wrong += !interval_wilson(rate, n, 0.99, &i);
			wrong += !(i.lower <= rate && rate <= i.upper);
			wrong += !(i.lower >= 0 && i.upper <= 1);
			wrong +=
			    fabs(rate - i.lower -
				z * sqrt(i.lower * (1 - i.lower) / n)) > 1e-12;
			wrong +=
			    fabs(i.upper - rate -
				z * sqrt(i.upper * (1 - i.upper) / n)) > 1e-12;
		}
	CHECK_INT(wrong, 0);
}

static void
touches_the_ends(void)
{
	struct interval i;

	CHECK(interval_wilson(0, 7, 0.95, &i));
	CHECK(i.lower == 0 && i.upper > 0 && i.upper < 1);
	CHECK(interval_wilson(1, 7, 0.95, &i));
	CHECK(i.upper == 1 && i.lower > 0 && i.lower < 1);
	CHECK(interval_wilson(0.5, 1e15, 0.95, &i));
	CHECK(i.lower < 0.5 && i.upper > 0.5);
	CHECK(interval_wilson(0.5, 1e-9, 0.95, &i));
	CHECK(i.lower >= 0 && i.upper <= 1);
}

/* Rates a rounding away from the ends lie in their intervals. */
static void
holds_its_rate(void)
{
	size_t outside = 0;

	for (double tiny = 0x1p-1; tiny > 0x1p-1000; tiny /= 2) {
		for (double n = 1e-6; n < 1e18; n *= 10) {
			struct interval low, high;

			outside += !interval_wilson(tiny, n, 0.95, &low) ||
			    !(low.lower <= tiny && tiny <= low.upper);
			outside += !interval_wilson(1 - tiny, n, 0.95, &high) ||
			    !(high.lower <= 1 - tiny && 1 - tiny <= high.upper);
		}
	}
	CHECK_INT(outside, 0);
}

/* The two sides are alike, more rows and less confidence narrow them. */
static void
behaves(void)
{
	struct interval a, b;

	CHECK(interval_wilson(0.2, 50, 0.95, &a));
	CHECK(interval_wilson(0.8, 50, 0.95, &b));
	CHECK_NUM(a.lower, 1 - b.upper, 1e-15);
	CHECK_NUM(a.upper, 1 - b.lower, 1e-15);
	CHECK(interval_wilson(0.2, 51.5, 0.95, &b));
	CHECK(b.lower > a.lower && b.upper < a.upper);
	CHECK(interval_wilson(0.2, 50, 0.9, &b));
	CHECK(b.lower > a.lower && b.upper < a.upper);
}

static void
refuses_what_is_no_rate(void)
{
	const struct interval before = { 7, 8 };
	struct interval i = before;

	CHECK(!interval_wilson(0.5, 0, 0.95, &i));
	CHECK(!interval_wilson(0.5, -1, 0.95, &i));
	CHECK(!interval_wilson(0.5, NAN, 0.95, &i));
	CHECK(!interval_wilson(-0.1, 5, 0.95, &i));
	CHECK(!interval_wilson(1.1, 5, 0.95, &i));
	CHECK(!interval_wilson(NAN, 5, 0.95, &i));
	CHECK(!interval_wilson(0.5, 5, 0, &i));
	CHECK(!interval_wilson(0.5, 5, 1, &i));
	CHECK(!interval_wilson(0.5, 5, NAN, &i));
	CHECK(i.lower == before.lower && i.upper == before.upper);
}

static interval_of_rate *const methods[] = { interval_wilson,
	interval_wilson_corrected, interval_clopper_pearson, interval_jeffreys,
	interval_agresti_coull };

enum { METHODS = 5 };

/* 0 of n, all of n, and one row, by every method. */
static void
knows_the_ends(void)
{
	static const double zero[][2] = { { 0, 0.27753279986288926 },
		{ 0, 0.3445372183069226 }, { 0, 0.30849710781876294 },
		{ 4.789043315758196e-05, 0.21719626750921053 },
		{ 0, 0.3208873057505458 } };
	struct interval a, b;

	for (size_t i = 0; i < METHODS; i++) {
		CHECK(methods[i](0, 10, 0.95, &a));
		CHECK_NUM(a.lower, zero[i][0], 1e-9);
		CHECK_NUM(a.upper, zero[i][1], 1e-9);
		CHECK(methods[i](1, 10, 0.95, &b));
		CHECK_NUM(b.lower, 1 - a.upper, 1e-12);
		CHECK_NUM(b.upper, 1 - a.lower, 1e-12);
		CHECK(methods[i](1, 1, 0.95, &a));
		CHECK(a.lower > 0 && a.lower < 1 && a.upper > 0.95);
		CHECK(methods[i](0.3, 1e9, 0.95, &a));
		CHECK_NUM(a.lower, 0.3 - 1.96 * 1.449e-5, 1e-7);
		CHECK_NUM(a.upper, 0.3 + 1.96 * 1.449e-5, 1e-7);
		CHECK(methods[i](1e-9, 1e9, 0.95, &a));
		CHECK(a.lower >= 0 && a.upper > 3e-9 && a.upper < 9e-9);
		CHECK(!methods[i](0.5, 0, 0.95, &a));
		CHECK(!methods[i](1.5, 9, 0.95, &a));
	}
}

/* The probability that the interval of so many rows holds the rate. */
static double
coverage(interval_of_rate *make, double rate, int n)
{
	double sum = 0;

	for (int k = 0; k <= n; k++) {
		struct interval i;

		if (make((double)k / n, n, 0.95, &i) && i.lower <= rate &&
		    rate <= i.upper)
			sum += binomial_term(k, n, rate, 1 - rate);
	}
	return sum;
}

/* The exact one never covers too little, the others do on average. */
static void
covers(void)
{
	double mean[METHODS] = { 0 }, least = 1;

	for (int j = 1; j < 100; j++)
		for (size_t i = 0; i < METHODS; i++) {
			double c = coverage(methods[i], j / 100.0, 40);

			mean[i] += c / 99;
			if (methods[i] == interval_clopper_pearson)
				least = fmin(least, c);
		}
	CHECK(least >= 0.95);
	CHECK(fabs(mean[0] - 0.95) < 0.005); /* Wilson */
	CHECK(mean[1] > 0.95 && mean[2] > 0.96);
	CHECK(fabs(mean[3] - 0.95) < 0.005); /* Jeffreys */
	CHECK(fabs(mean[4] - 0.955) < 0.01);
}

int
main(void)
{
	knows_the_ends();
	covers();
	matches_known_cases();
	solves_its_equation();
	touches_the_ends();
	holds_its_rate();
	behaves();
	refuses_what_is_no_rate();
	return tap_done();
}
