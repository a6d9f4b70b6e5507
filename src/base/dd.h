#ifndef DOSSIER_BASE_DD_H
#define DOSSIER_BASE_DD_H

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

/* The exact sum of two doubles. */
struct dd dd_sum(double a, double b);

/* The exact product of two doubles. */
struct dd dd_product(double a, double b);

/* a + b, a - b, a * b and a / b; b of the last is not 0. */
struct dd dd_add(struct dd a, struct dd b);
struct dd dd_subtract(struct dd a, struct dd b);
struct dd dd_multiply(struct dd a, struct dd b);
struct dd dd_divide(struct dd a, struct dd b);

/* The square root of a number that is not negative. */
struct dd dd_root(struct dd a);

/* The natural logarithm of a number above 0, to some 75 bits. */
struct dd dd_log(struct dd a);

/* -1, 0 or 1 as a is less than b, the same, or greater. */
int dd_compare(struct dd a, struct dd b);

#endif
