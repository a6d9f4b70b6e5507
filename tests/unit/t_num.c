#include "base/num.h"

#include <stdint.h>
#include <stdlib.h>

#include "tap.h"

static bool
reads(const char *s, double want)
{
	double value = -12345;

	return num_read(s, strlen(s), &value) && value == want;
}

static bool
refuses(const char *s)
{
	double value = -12345;

	return !num_read(s, strlen(s), &value) && value == -12345;
}

static void
reads_decimals(void)
{
	CHECK(reads("0", 0));
	CHECK(reads("-0", 0));
	CHECK(reads("007", 7));
	CHECK(reads("+1.5", 1.5));
	CHECK(reads("-0.25", -0.25));
	CHECK(reads("1e3", 1000));
	CHECK(reads("1E+3", 1000));
	CHECK(reads("25e-2", 0.25));
	CHECK(reads("0.1", 0.1));
	CHECK(reads("1.7976931348623157e308", 1.7976931348623157e308));
	CHECK(reads("4.9e-324", 4.9e-324));
	CHECK(reads("1e-999", 0));
	CHECK(reads("9007199254740993", 9007199254740992.0));
}

static void
refuses_all_else(void)
{
	static const char *const bad[] = { "", " ", " 1", "1 ", "1 2", "+", "-",
		".", ".5", "5.", "1e", "1e+", "e1", "0x10", "1_000", "1,5",
		"nan", "NaN", "inf", "-Infinity", "1e999", "-1e999", "--1",
		"1.2.3", "1e1.5", "ten", "1%", "\xd9\xa1", "1\n" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK(refuses(bad[i]));
}

/* The count of bytes rules, not a NUL; and a number can be long. */
static void
obeys_the_length(void)
{
	char digits[402];
	double value = 0;

	CHECK(num_read("123", 2, &value));
	CHECK_NUM(value, 12, 0);
	CHECK(!num_read("1\0", 2, &value));
	memset(digits, '0', sizeof(digits));
	digits[399] = '7';
	CHECK(num_read(digits, 400, &value));
	CHECK_NUM(value, 7, 0);
	CHECK(!num_read(digits, 401, &value));
}

static void
reads_counts(void)
{
	unsigned long long n = 5;

	CHECK(num_read_count("0", 1, &n) && n == 0);
	CHECK(num_read_count("9007199254740992", 16, &n));
	CHECK_INT(n, 9007199254740992);
	CHECK(!num_read_count("9007199254740993", 16, &n));
	CHECK(!num_read_count("99999999999999999", 17, &n));
	CHECK(!num_read_count("", 0, &n));
	CHECK(!num_read_count("-1", 2, &n));
	CHECK(!num_read_count("+1", 2, &n));
	CHECK(!num_read_count("1.0", 3, &n));
	CHECK(!num_read_count(" 1", 2, &n));
	CHECK_INT(n, 9007199254740992);
}

static void
check_written(double value, const char *want)
{
	char out[NUM_SIZE];

	num_write(value, out);
	CHECK_STR(out, want);
}

static void
writes_shortest(void)
{
	check_written(0, "0");
	check_written(-0.0, "0");
	check_written(1, "1");
	check_written(-17, "-17");
	check_written(0.1, "0.1");
	check_written(0.5, "0.5");
	check_written(1.0 / 3, "0.3333333333333333");
	check_written(100000, "100000");
	check_written(123456789012345, "123456789012345");
	check_written(0.30000000000000004, "0.30000000000000004");
	check_written(1e300, "1e+300");
	check_written(-2.5e-300, "-2.5e-300");
}

/* A cheap generator of bit patterns (Marsaglia 2003, xorshift64). */
static uint64_t
next_bits(uint64_t bits)
{
	bits ^= bits << 13;
	bits ^= bits >> 7;
	return bits ^ bits << 17;
}

/* What is written reads back to the same double, for doubles of all sizes. */
static void
round_trips(void)
{
	uint64_t bits = 88172645463325252U;
	unsigned n_same = 0, n = 0;

	for (int i = 0; i < 20000; i++) {
		char out[NUM_SIZE];
		double value, back = 0;

		bits = next_bits(bits);
		memcpy(&value, &bits, sizeof(value));
		if (!isfinite(value))
			continue;
		num_write(value, out);
		n++;
		if (num_read(out, strlen(out), &back) && back == value)
			n_same++;
	}
	CHECK(n > 15000);
	CHECK_INT(n_same, n);
}

/* No fewer digits name the same double. */
static bool
is_shortest(double value)
{
	char out[NUM_SIZE], shorter[400];
	int digits = 0;

	num_write(value, out);
	for (const char *p = out; *p != '\0' && *p != 'e'; p++)
		digits += *p >= '0' && *p <= '9' && (digits > 0 || *p != '0');
	if (fabs(value) < 1e15 && floor(value) == value)
		return true; /* whole numbers have all of theirs */
	for (int k = 1; k < digits; k++) {
		snprintf(shorter, sizeof(shorter), "%.*g", k, value);
		if (strtod(shorter, NULL) == value)
			return false;
	}
	return strtod(out, NULL) == value;
}

static void
writes_no_digit_too_many(void)
{
	uint64_t bits = 88172645463325252U;
	unsigned n_longer = 0;

	for (int i = 0; i < 3000; i++) {
		double value;

		bits = next_bits(bits);
		memcpy(&value, &bits, sizeof(value));
		n_longer += isfinite(value) && !is_shortest(value);
		value = (double)(bits % 100000) / pow(10, (double)(i % 20));
		n_longer += !is_shortest(value);
	}
	CHECK_INT(n_longer, 0);
	CHECK(is_shortest(5e-324) && is_shortest(2.2250738585072014e-308));
	CHECK(is_shortest(1e15) && is_shortest(1.5e22) && is_shortest(1e23));
	check_written(5e-324, "5e-324");
	check_written(1e15, "1e+15");
	check_written(1234567890123456, "1234567890123456");
}

static void
check_fixed(double value, unsigned decimals, const char *want)
{
	char out[NUM_SIZE];

	num_write_fixed(value, decimals, out);
	CHECK_STR(out, want);
}

static void
writes_fixed(void)
{
	check_fixed(0, 2, "0.00");
	check_fixed(0.125, 2, "0.13");
	check_fixed(-0.125, 2, "-0.13");
	check_fixed(1.005, 2, "1.01");
	check_fixed(2.675, 2, "2.68");
	check_fixed(0.615, 2, "0.62");
	check_fixed(0.5, 0, "1");
	check_fixed(1.5, 0, "2");
	check_fixed(2.5, 0, "3");
	check_fixed(0.4999999, 0, "0");
	check_fixed(0.0449, 1, "0.0");
	check_fixed(-0.0004, 3, "0.000");
	check_fixed(0.8, 3, "0.800");
	check_fixed(99.9995, 3, "100.000");
	check_fixed(1.0 / 3, 12, "0.333333333333");
	check_fixed(123456789, 1, "123456789.0");
}

/* No digit is cut off where the room for a number ends. */
static void
writes_large_fixed(void)
{
	check_fixed(999999999999999, 12, "999999999999999.000000000000");
	check_fixed(-999999999999999, 12, "-999999999999999.000000000000");
	check_fixed(1e15, 2, "1e+15");
	check_fixed(-1e300, 12, "-1e+300");
}

int
main(void)
{
	reads_decimals();
	refuses_all_else();
	obeys_the_length();
	reads_counts();
	writes_shortest();
	round_trips();
	writes_no_digit_too_many();
	writes_fixed();
	writes_large_fixed();
	return tap_done();
}
