#include "base/dd.h"

#include <math.h>

/* Long division, a double of the quotient at a time. */
struct dd
dd_divide(struct dd a, struct dd b)
{
	double first = a.high / b.high, second, third;
	struct dd rest = dd_subtract(a, dd_multiply(b, dd_of(first)));

	second = rest.high / b.high;
	rest = dd_subtract(rest, dd_multiply(b, dd_of(second)));
	third = rest.high / b.high;
	return dd_add(dd_quick_sum(first, second), dd_of(third));
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
	return dd_quick_sum(near, rest.high / (2 * near));
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
