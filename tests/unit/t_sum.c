#include <float.h>
#include <stdlib.h>

#include "measure/sum.h"
#include "tap.h"

/* Sums that are exact whatever the order, and rounded once. */

static double
sum_of(const double values[], size_t n)
{
	struct sum sum = { { 0 } };

	for (size_t i = 0; i < n; i++)
		sum_add(&sum, values[i]);
	return sum_value(&sum);
}

static bool
is_same(const struct sum *a, const struct sum *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

/* xorshift64* (Vigna 2016). */
static uint64_t
roll(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * UINT64_C(2685821657736338717);
}

/* A number from 2^-40 to 2^50, with all its bits. */
static double
random_value(uint64_t *state)
{
	double mantissa = (double)(roll(state) >> 11);

	return ldexp(mantissa, (int)(roll(state) % 90) - 93);
}

static void
starts_at_nothing(void)
{
	struct sum sum = { { 0 } };

	CHECK(sum_value(&sum) == 0);
	sum_add(&sum, 0);
	CHECK(sum_value(&sum) == 0);
	sum_add(&sum, -0.0);
	CHECK(sum_value(&sum) == 0);
}

/* One number comes back as it was, across the whole range. */
static void
gives_back_one_number(void)
{
	uint64_t state = UINT64_C(88172645463325252);
	size_t wrong = 0;

	for (unsigned i = 0; i < 20000; i++) {
		double value = random_value(&state);

		wrong += sum_of(&value, 1) != value;
	}
	CHECK_INT(wrong, 0);
	for (int e = -43; e <= 59; e++) {
		double value = ldexp(1 + DBL_EPSILON, e);

		CHECK(sum_of(&value, 1) == value);
	}
	CHECK(sum_of((double[]){ SUM_LARGEST }, 1) == SUM_LARGEST);
}

/* 0.1 ten times is not 1: the ten doubles are a little more, exactly. */
static void
adds_without_rounding(void)
{
	static const double tenths[] = { 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1,
		0.1, 0.1 };
	static const double far[] = { 1e18, 1e-9, 1e18, 1e-9 };
	struct sum sum = { { 0 } };

	CHECK(sum_of(tenths, 10) == 1);
	CHECK(sum_of(far, 4) == 2e18);
	sum_add(&sum, 1);
	for (unsigned i = 0; i < 10; i++)
		sum_add(&sum, ldexp(1, -55));
	CHECK(sum_value(&sum) == 1 + DBL_EPSILON);
}

/* Halfway to the even neighbour, but for one bit far below. */
static void
rounds_to_nearest_even(void)
{
	const double half = DBL_EPSILON / 2;
	const double down[] = { 1, half };
	const double up[] = { 1 + DBL_EPSILON, half };
	const double above[] = { 1, half, 0x1p-96 };
	const double high[] = { 0x1p59, 0x1p6, 0x1p-96 };
	const double below[] = { 0x1p59, 0x1p6 };

	CHECK(sum_of(down, 2) == 1);
	CHECK(sum_of(up, 2) == 1 + 2 * DBL_EPSILON);
	CHECK(sum_of(above, 3) == 1 + DBL_EPSILON);
	CHECK(sum_of(high, 3) == 0x1p59 + 0x1p7);
	CHECK(sum_of(below, 2) == 0x1p59);
}

/* Carries go through all limbs. */
static void
carries(void)
{
	struct sum sum = { { UINT64_MAX, UINT64_MAX, 5 } };

	sum_add(&sum, 0x1p-96);
	CHECK(sum.limb[0] == 0 && sum.limb[1] == 0 && sum.limb[2] == 6);
	sum_add(&sum, 0x1p-32);
	CHECK(sum.limb[0] == 0 && sum.limb[1] == 1 && sum.limb[2] == 6);
	sum_add(&sum, 0x1p32);
	CHECK(sum.limb[0] == 0 && sum.limb[1] == 1 && sum.limb[2] == 7);
	/* Bits on both sides of a limb's end. */
	sum = (struct sum){ { 0 } };
	sum_add(&sum, 0x1p-32 + 0x1p-33);
	CHECK(sum.limb[0] == UINT64_C(1) << 63 && sum.limb[1] == 1);
}

/* What lies below the unit is cut off: each value by itself. */
static void
cuts_off_dust(void)
{
	struct sum sum = { { 0 } };

	for (unsigned i = 0; i < 4; i++)
		sum_add(&sum, 0x1p-97);
	CHECK(sum_value(&sum) == 0);
	sum_add(&sum, DBL_MIN);
	sum_add(&sum, DBL_TRUE_MIN);
	CHECK(sum_value(&sum) == 0);
	sum_add(&sum, 0x1p-96 + 0x1p-97);
	CHECK(sum_value(&sum) == 0x1p-96);
	sum_add(&sum, 0x1p-44 + 0x1p-96);
	CHECK(sum_value(&sum) == 0x1p-44 + 0x1p-95);
}

static void
ignores_order(void)
{
	enum { N = 1000 };
	uint64_t state = UINT64_C(1181783497276652981);
	double values[N];
	struct sum first = { { 0 } };

	for (size_t i = 0; i < N; i++) {
		values[i] = random_value(&state);
		sum_add(&first, values[i]);
	}
	for (unsigned round = 0; round < 20; round++) {
		struct sum sum = { { 0 } };

		for (size_t i = N; i > 1; i--) {
			size_t k = roll(&state) % i;
			double swap = values[k];

			values[k] = values[i - 1];
			values[i - 1] = swap;
		}
		for (size_t i = 0; i < N; i++)
			sum_add(&sum, values[i]);
		CHECK(is_same(&sum, &first));
	}
}

static void
merges_parts(void)
{
	uint64_t state = UINT64_C(7);
	struct sum whole = { { 0 } }, merged = { { 0 } };

	for (unsigned part = 0; part < 50; part++) {
		struct sum sum = { { 0 } };

		for (unsigned i = 0; i < 20; i++) {
			double value = random_value(&state);

			sum_add(&sum, value);
			sum_add(&whole, value);
		}
		sum_merge(&merged, &sum);
	}
	CHECK(is_same(&whole, &merged));
	CHECK(sum_value(&whole) > 0);
}

/* Against sums of whole numbers, which 64 bits hold exactly. */
static void
agrees_with_integers(void)
{
	uint64_t state = UINT64_C(99);

	for (unsigned round = 0; round < 200; round++) {
		struct sum sum = { { 0 } };
		uint64_t total = 0;

		for (unsigned i = 0; i < 100; i++) {
			uint64_t value = roll(&state) >> 11;

			sum_add(&sum, ldexp((double)value, -20));
			total += value;
		}
		CHECK(sum_value(&sum) == ldexp((double)total, -20));
	}
}

/* What is added is taken away again, down to the last bit, in any order. */
static void
sums_either_sign(void)
{
	static const double values[] = { 1e300, 1, -1e300, 0x1p-1074, 0.1,
		-1e-300, 3e15, -0.1, 0x1p60, -3e15, 0.5, -0x1p60, 1e-300 };
	const size_t n = sizeof(values) / sizeof(values[0]);
	struct wide_sum sum = { .n = 0 }, half = { .n = 0 },
			turned = { .n = 0 };

	for (size_t i = 0; i < n; i++) {
		wide_sum_add(i % 2 ? &sum : &half, values[i]);
		wide_sum_add(&turned, -values[n - 1 - i]);
	}
	wide_sum_merge(&sum, &half);
	CHECK_NUM(wide_sum_value(&sum), 1.5, 0);
	CHECK_NUM(wide_sum_value(&turned), -1.5, 0);
	wide_sum_add(&sum, -1.5);
	CHECK(wide_sum_value(&sum) == 0x1p-1074);
	wide_sum_merge(&sum, &turned);
	wide_sum_add(&sum, 1.5);
	CHECK(wide_sum_value(&sum) == 0);
}

/* One rounding, to the nearest, ties to even. */
static void
rounds_wide_sums_once(void)
{
	struct wide_sum sum = { .n = 0 };

	wide_sum_add(&sum, -0x1p53);
	wide_sum_add(&sum, -1);
	CHECK(wide_sum_value(&sum) == -0x1p53);
	wide_sum_add(&sum, -0x1p-500);
	CHECK(wide_sum_value(&sum) == -(0x1p53 + 2));
	for (int i = 0; i < 1000; i++)
		wide_sum_add(&sum, 0x1p53);
	CHECK_NUM(wide_sum_value(&sum), 999 * 0x1p53 - 1, 0);
}

int
main(void)
{
	starts_at_nothing();
	gives_back_one_number();
	adds_without_rounding();
	rounds_to_nearest_even();
	carries();
	cuts_off_dust();
	ignores_order();
	merges_parts();
	agrees_with_integers();
	sums_either_sign();
	rounds_wide_sums_once();
	return tap_done();
}
