#include "base/dd.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

double
dd_total(const double x[], size_t n)
{
	struct dd sum = { 0, 0 };

	for (size_t i = 0; i < n; i++)
		sum = dd_add(sum, dd_of(x[i]));
	return dd_value(sum);
}

/* Long division, a double of the quotient at a time. */
struct dd
dd_divide(struct dd a, struct dd b)
{
	double first = a.high / b.high;
	struct dd part = dd_product(first, b.high);
	double rest = (a.high - part.high) - part.low + (a.low - first * b.low);

	return dd_quick_sum(first, rest / b.high);
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

/* Logarithms of 22/32 to 46/32. */
static const struct dd logarithms[] = {
	{ -0x1.7fafa3bd8151cp-2, 0x1.219024acd3b77p-58 },
	{ -0x1.522ae0738a3d8p-2, 0x1.8f7e9b38a6979p-57 },
	{ -0x1.269621134db92p-2, -0x1.e0efadd9db02bp-56 },
	{ -0x1.f991c6cb3b379p-3, -0x1.f665066f980a2p-57 },
	{ -0x1.a93ed3c8ad9e3p-3, -0x1.bcafa9de97203p-57 },
	{ -0x1.5bf406b543db2p-3, 0x1.1f5b44c0df7e7p-61 },
	{ -0x1.1178e8227e47cp-3, 0x1.0e63a5f01c691p-58 },
	{ -0x1.9335e5d594989p-4, 0x1.478a85704ccb7p-58 },
	{ -0x1.08598b59e3a07p-4, 0x1.dd7009902bf32p-58 },
	{ -0x1.0415d89e74444p-5, -0x1.c05cf1d753622p-59 },
	{ 0, 0 },
	{ 0x1.f829b0e783300p-6, 0x1.33e3f04f1ef23p-60 },
	{ 0x1.f0a30c01162a6p-5, 0x1.85f325c5bbacdp-59 },
	{ 0x1.6f0d28ae56b4cp-4, -0x1.906d99184b992p-58 },
	{ 0x1.e27076e2af2e6p-4, -0x1.61578001e0162p-60 },
	{ 0x1.29552f81ff523p-3, 0x1.301771c407dbfp-57 },
	{ 0x1.5ff3070a793d4p-3, -0x1.bc60efafc6f6ep-58 },
	{ 0x1.9525a9cf456b4p-3, 0x1.d904c1d4e2e26p-57 },
	{ 0x1.c8ff7c79a9a22p-3, -0x1.4f689f8434012p-57 },
	{ 0x1.fb9186d5e3e2bp-3, -0x1.caaae64f21acbp-57 },
	{ 0x1.1675cababa60ep-2, 0x1.ce63eab883717p-61 },
	{ 0x1.2e8e2bae11d31p-2, -0x1.8f4cdb95ebdf9p-56 },
	{ 0x1.4618bc21c5ec2p-2, 0x1.f42decdeccf1dp-56 },
	{ 0x1.5d1bdbf5809cap-2, 0x1.4236383dc7fe1p-56 },
	{ 0x1.739d7f6bbd007p-2, -0x1.8c76ceb014b04p-56 },
};

/*
 * Make a number above 0 one from 0.707 to 1.414, by a power of 2; return its
 * exponent.  Doubles keep it in bits 52 to 62, with 1023 added.
 */
static int
halve(struct dd *a)
{
	uint64_t bits;
	double power;
	int e;

	memcpy(&bits, &a->high, sizeof(bits));
	e = (int)(bits >> 52) - 1023;
	bits = (uint64_t)(1023 - e) << 52;
	memcpy(&power, &bits, sizeof(power));
	if (a->high * power >= 1.4142135623730951) {
		power /= 2;
		e++;
	}
	a->high *= power;
	a->low *= power;
	return e;
}

/*
 * With a = m 2^e, c the multiple of 1/32 next to m and z = (m - c) / (m + c),
 * log a is e log 2, log c and twice z + z^3/3 + z^5/5 + ...; z^2 is below
 * 2^-13, so what comes after the second term is small enough for a double.
 */
struct dd
dd_log(struct dd a)
{
	static const struct dd log_2 = { 0x1.62e42fefa39efp-1,
		0x1.abc9e3b39803fp-56 };
	static const struct dd third = { 0x1.5555555555555p-2,
		0x1.5555555555555p-56 };
	struct dd c, z, square, sum;
	double q, rest;
	int e;

	if (!(a.high > 0x1p-1000 && a.high < 0x1p1000))
		return dd_of(log(a.high));
	e = halve(&a);
	c = dd_of(floor(a.high * 32 + 0.5) / 32);
	z = dd_divide(dd_subtract(a, c), dd_add(a, c));
	square = dd_multiply(z, z);
	q = square.high;
	rest = q * q *
	    (1.0 / 5 + q * (1.0 / 7 + q * (1.0 / 9 + q * (1.0 / 11 + q / 13))));
	sum = dd_add(dd_multiply(square, third), dd_of(rest));
	sum = dd_multiply(z, dd_add(dd_of(1), sum));
	sum = dd_add(logarithms[(int)(c.high * 32) - 22],
	    (struct dd){ 2 * sum.high, 2 * sum.low });
	return dd_add(dd_multiply(log_2, dd_of(e)), sum);
}

/* a - a^2 / 2 + a^3 / 3 - ... */
struct dd
dd_log_near_1(struct dd a)
{
	double x = a.high;
	double rest = x * x * x *
	    (1.0 / 3 -
		x *
		    (1.0 / 4 -
			x * (1.0 / 5 - x * (1.0 / 6 - x * (1.0 / 7 - x / 8)))));
	struct dd half = dd_multiply(a, (struct dd){ a.high / -2, a.low / -2 });

	return dd_add(a, dd_add(half, dd_of(rest)));
}

int
dd_compare(struct dd a, struct dd b)
{
	double difference = (a.high - b.high) + (a.low - b.low);

	return (difference > 0) - (difference < 0);
}
