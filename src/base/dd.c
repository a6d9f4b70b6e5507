#include "base/dd.h"

#include <math.h>

/* Knuth, The Art of Computer Programming 2, section 4.2.2, theorem B. */
struct dd
dd_sum(double a, double b)
{
	double sum = a + b;
	double part = sum - a;

	return (struct dd){ sum, (a - (sum - part)) + (b - part) };
}

/* The same when a is not the smaller one. */
static struct dd
quick_sum(double a, double b)
{
	double sum = a + b;

	return (struct dd){ sum, b - (sum - a) };
}

/* The upper 26 bits of a double; the rest has as many. */
static double
upper(double a)
{
	double t = 134217729.0 * a; /* 2^27 + 1 */

	return t - (t - a);
}

struct dd
dd_product(double a, double b)
{
	double product = a * b;
	double a1 = upper(a), a2 = a - a1, b1 = upper(b), b2 = b - b1;

	return (struct dd){ product,
		((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2 };
}

struct dd
dd_add(struct dd a, struct dd b)
{
	struct dd high = dd_sum(a.high, b.high), low = dd_sum(a.low, b.low);

	high = quick_sum(high.high, high.low + low.high);
	return quick_sum(high.high, high.low + low.low);
}

struct dd
dd_subtract(struct dd a, struct dd b)
{
	return dd_add(a, (struct dd){ -b.high, -b.low });
}

struct dd
dd_multiply(struct dd a, struct dd b)
{
	struct dd product = dd_product(a.high, b.high);

	return quick_sum(
	    product.high, product.low + (a.high * b.low + a.low * b.high));
}

/* Long division, a double of the quotient at a time. */
struct dd
dd_divide(struct dd a, struct dd b)
{
	double first = a.high / b.high, second, third;
	struct dd rest = dd_subtract(a, dd_multiply(b, dd_of(first)));

	second = rest.high / b.high;
	rest = dd_subtract(rest, dd_multiply(b, dd_of(second)));
	third = rest.high / b.high;
	return dd_add(quick_sum(first, second), dd_of(third));
}

/* One step of Newton's from the root of the upper half. */
struct dd
dd_root(struct dd a)
{
	double near;
	struct dd rest;

	if (a.high <= 0)
		return dd_of(0);
	near = sqrt(a.high);
	rest = dd_subtract(a, dd_product(near, near));
	return quick_sum(near, rest.high / (2 * near));
}

/*
 * With a = m 2^e and z = (m - 1) / (m + 1), log a is e log 2 and twice
 * z + z^3/3 + z^5/5 + ...; m is near 1, so z^2 is below 0.03 and what comes
 * after the first terms is small enough for a double.
 */
struct dd
dd_log(struct dd a)
{
	static const struct dd log_2 = { 0x1.62e42fefa39efp-1,
		0x1.abc9e3b39803fp-56 };
	enum { FIRST = 6, LAST = 14 };
	struct dd m, z, square, sum;
	double rest = 0;
	int e;

	m.high = frexp(a.high, &e);
	if (m.high < 0.70710678118654752) {
		m.high *= 2;
		e--;
	}
	m.low = ldexp(a.low, -e);
	z = dd_divide(dd_subtract(m, dd_of(1)), dd_add(m, dd_of(1)));
	square = dd_multiply(z, z);
	for (int k = LAST; k >= FIRST; k--)
		rest = rest * square.high + 1.0 / (2 * k + 1);
	sum = dd_of(rest);
	for (int k = FIRST - 1; k >= 0; k--)
		sum = dd_add(dd_multiply(sum, square),
		    dd_divide(dd_of(1), dd_of(2 * k + 1)));
	sum = dd_multiply(dd_multiply(sum, z), dd_of(2));
	return dd_add(dd_multiply(log_2, dd_of(e)), sum);
}

int
dd_compare(struct dd a, struct dd b)
{
	double difference = (a.high - b.high) + (a.low - b.low);

	return (difference > 0) - (difference < 0);
}
