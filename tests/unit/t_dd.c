#include "base/dd.h"
#include "tap.h"

/*
 * Numbers of two doubles: what is exact has to be, and the rest is held
 * against identities that a single double cannot keep.
 */

static void
keeps_what_a_sum_drops(void)
{
	struct dd sum = dd_sum(1, 0x1p-80);

	CHECK_NUM(sum.high, 1, 0);
	CHECK_NUM(sum.low, 0x1p-80, 0);
	sum = dd_subtract(dd_add(sum, dd_of(1e16)), dd_of(1e16));
	CHECK_NUM(dd_value(dd_subtract(sum, dd_of(1))), 0x1p-80, 1e-9);
}

static void
multiplies_exactly(void)
{
	double a = 9007199254740991.0; /* 2^53 - 1 */
	struct dd square = dd_product(a, a);

	/* 2^106 - 2^54 + 1 */
	CHECK_NUM(square.high, 0x1p106 - 0x1p54, 0);
	CHECK_NUM(square.low, 1, 0);
	CHECK_NUM(dd_value(dd_multiply(square, dd_of(0))), 0, 0);
}

/* A tenth ten times is 1, to the last of 100 bits. */
static void
divides(void)
{
	struct dd tenth = dd_divide(dd_of(1), dd_of(10)), sum = dd_of(0);

	CHECK_NUM(tenth.high, 0.1, 0);
	CHECK(tenth.low < 0);
	for (int i = 0; i < 10; i++)
		sum = dd_add(sum, tenth);
	CHECK_NUM(dd_value(dd_subtract(sum, dd_of(1))), 0, 1e-31);
	CHECK_NUM(dd_value(dd_divide(dd_of(0), tenth)), 0, 0);
}

static void
takes_roots(void)
{
	struct dd two = dd_of(2), root = dd_root(two);

	CHECK_NUM(root.high, sqrt(2), 0);
	CHECK_NUM(
	    dd_value(dd_subtract(dd_multiply(root, root), two)), 0, 1e-30);
	CHECK_NUM(dd_value(dd_root(dd_of(0))), 0, 0);
}

/* log (a b) = log a + log b, far below what a double can tell. */
static void
takes_logarithms(void)
{
	static const double numbers[] = { 1e-15, 0.1, 0.3, 0.49, 0.7071,
		0.70711, 0.9, 0.999999, 1, 1.5, 3, 1e10 };
	enum { N = sizeof(numbers) / sizeof(numbers[0]) };

	for (size_t i = 0; i < N; i++) {
		double x = numbers[i], y = numbers[(i * 7 + 3) % N];
		struct dd sum = dd_add(dd_log(dd_of(x)), dd_log(dd_of(y)));
		struct dd gap = dd_subtract(dd_log(dd_product(x, y)), sum);

		CHECK(fabs(dd_value(gap)) < 1e-20);
		CHECK(fabs(dd_value(dd_log(dd_of(x))) - log(x)) <=
		    4e-16 * fabs(log(x)));
	}
	CHECK_NUM(dd_value(dd_log(dd_of(1))), 0, 0);
	for (int i = -1023; i < 1024; i += 31) {
		struct dd x = dd_divide(dd_of(i), dd_of(3 << 20));
		struct dd want = dd_log(dd_add(dd_of(1), x));
		struct dd gap = dd_subtract(dd_log_near_1(x), want);

		CHECK(fabs(dd_value(gap)) < 1e-24 + 1e-23 * fabs(x.high));
	}
}

static void
totals(void)
{
	static const double x[] = { 1e16, 1, -1e16, 0.1, 0.1, 0.1, 0.1, 0.1,
		0.1, 0.1, 0.1, 0.1, 0.1 };

	CHECK_NUM(dd_total(x, 0), 0, 0);
	CHECK_NUM(dd_total(x, 3), 1, 0);
	CHECK_NUM(dd_total(x + 3, 10), 1, 0); /* in doubles, 1 - 1e-16 */
}

static void
compares(void)
{
	struct dd three_tenths = dd_divide(dd_of(3), dd_of(10));

	CHECK_INT(dd_compare(three_tenths, dd_of(0.3)), 1);
	CHECK_INT(dd_compare(dd_of(0.3), three_tenths), -1);
	CHECK_INT(dd_compare(three_tenths, three_tenths), 0);
}

int
main(void)
{
	keeps_what_a_sum_drops();
	multiplies_exactly();
	divides();
	takes_roots();
	takes_logarithms();
	totals();
	compares();
	return tap_done();
}
