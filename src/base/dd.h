#ifndef DOSSIER_BASE_DD_H
#define DOSSIER_BASE_DD_H

#include <stddef.h>

/*
 * Numbers of about 106 bits, each the unevaluated sum of two doubles
 * ("double-double": Dekker 1971, Numerische Mathematik 18, 224-242).  Sums and
 * products of as many as a file has rows keep so many digits that the double
 * made of the result is the right one.  Only additions, multiplications and
 * divisions of doubles are used, all rounded as IEEE 754 says, so every
 * machine finds the same bits.  For magnitudes from 1e-140 to 1e140 or 0.
 */

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF /* as gcc does by itself with -std=c11 */
#endif

struct dd {
	double high; /* the double nearest to the number */
	double low;  /* what is left */
};

/* A double as it is. */
static inline struct dd
dd_of(double x)
{
	return (struct dd){ x, 0 };
}

/* The double nearest to it. */
static inline double
dd_value(struct dd a)
{
	return a.high + a.low;
}

/*
 * The exact sum of two doubles: Knuth, The Art of Computer Programming 2,
 * section 4.2.2, theorem B.
 */
static inline struct dd
dd_sum(double a, double b)
{
	double sum = a + b;
	double part = sum - a;

	return (struct dd){ sum, (a - (sum - part)) + (b - part) };
}

/* The same when a is not the smaller one. */
static inline struct dd
dd_quick_sum(double a, double b)
{
	double sum = a + b;

	return (struct dd){ sum, b - (sum - a) };
}

/* The upper 26 bits of a double; the rest has as many. */
static inline double
dd_upper(double a)
{
	double t = 134217729.0 * a; /* 2^27 + 1 */

	return t - (t - a);
}

/* The exact product of two doubles. */
static inline struct dd
dd_product(double a, double b)
{
	double product = a * b;
	double a1 = dd_upper(a), a2 = a - a1, b1 = dd_upper(b), b2 = b - b1;

	return (struct dd){ product,
		((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2 };
}

/* a + b */
static inline struct dd
dd_add(struct dd a, struct dd b)
{
	struct dd high = dd_sum(a.high, b.high), low = dd_sum(a.low, b.low);

	high = dd_quick_sum(high.high, high.low + low.high);
	return dd_quick_sum(high.high, high.low + low.low);
}

/* a - b */
static inline struct dd
dd_subtract(struct dd a, struct dd b)
{
	return dd_add(a, (struct dd){ -b.high, -b.low });
}

/* a * b */
static inline struct dd
dd_multiply(struct dd a, struct dd b)
{
	struct dd product = dd_product(a.high, b.high);

	return dd_quick_sum(
	    product.high, product.low + (a.high * b.low + a.low * b.high));
}

/* The double nearest to the sum of n doubles. */
double dd_total(const double x[], size_t n);

/* a / b; b is not 0. */
struct dd dd_divide(struct dd a, struct dd b);

/* The square root of a number that is not negative. */
struct dd dd_root(struct dd a);

/* The natural logarithm of a number above 0, to some 80 bits. */
struct dd dd_log(struct dd a);

/* log(1 + a) for a below 2^-10 in magnitude, to some 80 bits of a. */
struct dd dd_log_near_1(struct dd a);

/* -1, 0 or 1 as a is less than b, the same, or greater. */
int dd_compare(struct dd a, struct dd b);

#endif
