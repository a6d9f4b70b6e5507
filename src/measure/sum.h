#ifndef DOSSIER_MEASURE_SUM_H
#define DOSSIER_MEASURE_SUM_H

#include <stdint.h>

/*
 * An exact sum of weights.  A sum of doubles depends on their order in its
 * last bits, and a compensated one does so more rarely; this one never does.
 * It is a fixed-point number of 192 bits, half of them behind the point, so
 * the same rows in any order give the same bytes, sums of parts add up to the
 * sum of the whole, and the only rounding is the one of sum_value().
 */

#define SUM_LARGEST 0x1p95 /* largest addend, and sum */

struct sum {
	uint64_t limb[3]; /* the lowest first; its unit is 2^-96 */
};

/*
 * Add a value from 0 to SUM_LARGEST.  What lies below 2^-96 is cut off, the
 * same for the same value wherever it stands.
 */
void sum_add(struct sum *sum, double value);

/* Add another sum. */
void sum_merge(struct sum *sum, const struct sum *other);

/* The double nearest to the sum, ties to even. */
double sum_value(const struct sum *sum);

/*
 * The same for numbers of either sign and any size: limbs of 32
 * bits with room for carries, from the least double to beyond the greatest.
 */
enum { SUM_LIMBS = 68 };

struct wide_sum {
	int64_t limb[SUM_LIMBS]; /* the lowest first; its unit is 2^-1074 */
	uint32_t n;              /* private: added since carries moved up */
};

/* Add a finite number. */
void wide_sum_add(struct wide_sum *sum, double value);

/* Add another sum. */
void wide_sum_merge(struct wide_sum *sum, const struct wide_sum *other);

/* The double nearest to the sum, ties to even. */
double wide_sum_value(const struct wide_sum *sum);

#endif
