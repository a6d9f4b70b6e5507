#include "measure/sum.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>

enum { FRACTION = 96, MANTISSA = 53, LIMBS = 3 };

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
	int exponent;
	uint64_t mantissa;
	unsigned shift;

	assert(value >= 0 && value <= SUM_LARGEST);
	mantissa = (uint64_t)ldexp(frexp(value, &exponent), MANTISSA);
	exponent += FRACTION - MANTISSA;
	if (exponent <= -MANTISSA)
		return;
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
