#include "base/real.h"

#include <math.h>

#include "base/dd.h"

/* The binary logarithm of the largest result that needs no care. */
#define LARGEST 1000

double
real_log(double x)
{
	return isnormal(x) && x > 0 ? dd_value(dd_log(dd_of(x))) : log(x);
}

/*
 * x is k log 2 and a rest below 0.35, whose exponential is the 16th power of
 * that of its 16th part, by its Taylor series.
 */
double
real_exp(double x)
{
	static const struct dd log_2 = { 0x1.62e42fefa39efp-1,
		0x1.abc9e3b39803fp-56 };
	static const struct dd sixth = { 0x1.5555555555555p-3,
		0x1.5555555555555p-57 };
	enum { SQUARINGS = 4 };
	double k = floor(x / log_2.high + 0.5), q, tail;
	struct dd rest, square, sum;

	if (!(fabs(k) < LARGEST))
		return exp(x);
	rest = dd_subtract(dd_of(x), dd_multiply(log_2, dd_of(k)));
	rest = (struct dd){ ldexp(rest.high, -SQUARINGS),
		ldexp(rest.low, -SQUARINGS) };
	q = rest.high;
	tail = q * q * q * q *
	    (1.0 / 24 +
		q *
		    (1.0 / 120 +
			q *
			    (1.0 / 720 +
				q *
				    (1.0 / 5040 +
					q * (1.0 / 40320 + q / 362880)))));
	square = dd_multiply(rest, rest);
	sum =
	    dd_add(dd_multiply(dd_multiply(square, rest), sixth), dd_of(tail));
	sum = dd_add((struct dd){ square.high / 2, square.low / 2 }, sum);
	sum = dd_add(rest, sum);
	/* (1 + s)^2 - 1 keeps the digits of what is small. */
	for (int i = 0; i < SQUARINGS; i++)
		sum = dd_add(dd_add(sum, sum), dd_multiply(sum, sum));
	return ldexp(dd_value(dd_add(dd_of(1), sum)), (int)k);
}
