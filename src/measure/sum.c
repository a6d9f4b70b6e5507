#include "measure/sum.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum { FRACTION = 96, MANTISSA = 53, LIMBS = 3, BIAS = 1075 };

#define HIDDEN (UINT64_C(1) << (MANTISSA - 1)) /* bit of a mantissa */

/* Add to one limb and carry upwards. */
static void
add_limb(struct sum *sum, size_t i, uint64_t value)
{
	while (i < LIMBS && value != 0) {
		sum->limb[i] += value;
		value = sum->limb[i] < value ? 1 : 0;
		i++;
	}
}

void
sum_add(struct sum *sum, double value)
{
	uint64_t mantissa;
	int exponent;
	unsigned shift;

	assert(value >= 0 && value <= SUM_LARGEST);
	memcpy(&mantissa, &value, sizeof(mantissa));
	exponent = (int)(mantissa >> (MANTISSA - 1)) - BIAS + FRACTION;
	if (exponent <= -MANTISSA)
		return;
	mantissa &= (HIDDEN - 1);
	mantissa |= HIDDEN;
	if (exponent < 0) {
		add_limb(sum, 0, mantissa >> -exponent);
		return;
	}
	shift = (unsigned)exponent % 64;
	add_limb(sum, (size_t)exponent / 64, mantissa << shift);
	if (shift > 0)
		add_limb(
		    sum, (size_t)exponent / 64 + 1, mantissa >> (64 - shift));
}

void
sum_merge(struct sum *sum, const struct sum *other)
{
	for (size_t i = 0; i < LIMBS; i++)
		add_limb(sum, i, other->limb[i]);
}

/*
 * The 64 bits from the highest one set, the last of them standing for all
 * that follow ("round to odd"): with 11 bits to spare the conversion to
 * double then rounds as if it saw every bit.
 */
double
sum_value(const struct sum *sum)
{
	size_t i = LIMBS - 1;
	unsigned shift = 0;
	uint64_t top;
	bool rest = false;

	while (i > 0 && sum->limb[i] == 0)
		i--;
	top = sum->limb[i];
	if (top == 0)
		return 0;
	while (top >> 63 == 0) {
		top <<= 1;
		shift++;
	}
	if (i > 0 && shift > 0) {
		top |= sum->limb[i - 1] >> (64 - shift);
		rest = sum->limb[i - 1] << shift != 0;
	} else if (i > 0) {
		rest = sum->limb[i - 1] != 0;
	}
	if (i > 1)
		rest = rest || sum->limb[0] != 0;
	return ldexp((double)(top | (rest ? 1 : 0)),
	    64 * (int)i - (int)shift - FRACTION);
}

enum { LIMB = 32, LEAST = 1074, SETTLE = 1 << 28 };

#define LIMB_MASK UINT64_C(0xffffffff)

/* Carry upwards until every limb but the highest is from 0 to 2^32 - 1. */
static void
settle(struct wide_sum *sum)
{
	int64_t carry = 0;

	for (size_t i = 0; i < SUM_LIMBS; i++) {
		int64_t value = sum->limb[i] + carry;
		int64_t low = (int64_t)((uint64_t)value & LIMB_MASK);

		carry = (value - low) / ((int64_t)1 << LIMB);
		sum->limb[i] = low;
	}
	sum->limb[SUM_LIMBS - 1] += carry * ((int64_t)1 << LIMB);
	sum->n = 0;
}

void
wide_sum_add(struct wide_sum *sum, double value)
{
	uint64_t bits, mantissa, low, high;
	int64_t sign = value < 0 ? -1 : 1;
	unsigned exponent, shift;
	int64_t *limb;

	memcpy(&bits, &value, sizeof(bits));
	mantissa = bits & (HIDDEN - 1);
	exponent = (unsigned)(bits >> (MANTISSA - 1)) & 0x7ff;
	assert(exponent < 0x7ff);
	if (exponent > 0)
		mantissa |= HIDDEN;
	else
		exponent = 1;
	/* The unit is 2^-LEAST, that of the mantissa of exponent 1. */
	shift = (exponent - 1) % LIMB;
	limb = &sum->limb[(exponent - 1) / LIMB];
	low = (mantissa & LIMB_MASK) << shift;
	high = (mantissa >> LIMB) << shift;
	limb[0] += sign * (int64_t)(low & LIMB_MASK);
	limb[1] += sign * (int64_t)((low >> LIMB) + (high & LIMB_MASK));
	limb[2] += sign * (int64_t)(high >> LIMB);
	if (++sum->n == SETTLE)
		settle(sum);
}

void
wide_sum_merge(struct wide_sum *sum, const struct wide_sum *other)
{
	struct wide_sum settled = *other;

	settle(&settled);
	settle(sum);
	for (size_t i = 0; i < SUM_LIMBS; i++)
		sum->limb[i] += settled.limb[i];
	sum->n = 1;
}

/* As sum_value(): 64 bits from the highest, the last for all that follow. */
double
wide_sum_value(const struct wide_sum *sum)
{
	struct wide_sum s = *sum;
	bool is_negative, rest = false;
	size_t i = SUM_LIMBS - 1;
	uint64_t top, next;
	unsigned shift = 0;

	settle(&s);
	is_negative = s.limb[i] < 0;
	for (size_t k = 0; k < SUM_LIMBS && is_negative; k++)
		s.limb[k] = -s.limb[k];
	if (is_negative)
		settle(&s);
	while (i > 2 && s.limb[i] == 0)
		i--;
	top = (uint64_t)s.limb[i] << LIMB | (uint64_t)s.limb[i - 1];
	next = (uint64_t)s.limb[i - 2];
	for (size_t k = 0; k + 2 < i; k++)
		rest = rest || s.limb[k] != 0;
	if (top == 0 && next == 0)
		return 0;
	for (; top >> 63 == 0; shift++) {
		top = top << 1 | next >> (LIMB - 1);
		next = next << 1 & LIMB_MASK;
	}
	top |= rest || next != 0 ? 1 : 0;
	return ldexp(is_negative ? -(double)top : (double)top,
	    LIMB * ((int)i - 1) - (int)shift - LEAST);
}
