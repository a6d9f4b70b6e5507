#include "base/num.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	LONGEST = 400, /* digits in a number that somebody means */
	HELD = 15      /* that a double holds whatever they are */
};

#define FIXED_LIMIT 1e15 /* beyond, a double has no decimals */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t
skip_digits(const char *p, size_t n, size_t i)
{
	while (i < n && is_digit(p[i]))
		i++;
	return i;
}

/* Whether the bytes have the shape of a decimal number. */
static bool
is_decimal(const char *p, size_t n)
{
	size_t i = n > 0 && (p[0] == '-' || p[0] == '+') ? 1 : 0;
	size_t start = i;

	i = skip_digits(p, n, i);
	if (i == start)
		return false;
	if (i < n && p[i] == '.') {
		start = i + 1;
		i = skip_digits(p, n, start);
		if (i == start)
			return false;
	}
	if (i < n && (p[i] == 'e' || p[i] == 'E')) {
		i++;
		if (i < n && (p[i] == '-' || p[i] == '+'))
			i++;
		start = i;
		i = skip_digits(p, n, start);
		if (i == start)
			return false;
	}
	return i == n;
}

/*
 * Read digits[.digits], at most 15 of them: both parts of the fraction they
 * make are exact as doubles, so one division rounds it as strtod() would.
 */
static bool
read_short(const char *p, size_t n, double *out)
{
	static const double tens[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7,
		1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
	unsigned long long digits = 0;
	size_t point = n;

	if (n == 0 || n > HELD + 1 || p[0] == '.' || p[n - 1] == '.')
		return false;
	for (size_t i = 0; i < n; i++) {
		if (is_digit(p[i]))
			digits = digits * 10 + (unsigned)(p[i] - '0');
		else if (p[i] == '.' && point == n)
			point = i;
		else
			return false;
	}
	if (n > HELD && point == n)
		return false;
	*out = (double)digits / tens[point < n ? n - point - 1 : 0];
	return true;
}

/* strtod() follows LC_NUMERIC; the program never sets it, so "." holds. */
bool
num_read(const char *p, size_t n, double *out)
{
	char copy[LONGEST + 1];
	double value;

	if (read_short(p, n, out))
		return true;
	if (n > LONGEST || !is_decimal(p, n))
		return false;
	memcpy(copy, p, n);
	copy[n] = '\0';
	value = strtod(copy, NULL);
	if (!isfinite(value))
		return false;
	*out = value;
	return true;
}

bool
num_read_count(const char *p, size_t n, unsigned long long *out)
{
	unsigned long long value = 0;

	if (n == 0 || n > 16 || skip_digits(p, n, 0) != n)
		return false;
	for (size_t i = 0; i < n; i++)
		value = value * 10 + (unsigned long long)(p[i] - '0');
	if (value > 1ULL << 53)
		return false;
	*out = value;
	return true;
}

void
num_write(double value, char out[NUM_SIZE])
{
	/*
	 * A decimal of up to 15 digits is what its double gives in 15 digits:
	 * if these name the double, none is shorter once zeros are left out.
	 */
	int digits = isnormal(value) ? DBL_DIG : 1;

	if (fabs(value) < 1e15 && floor(value) == value) {
		snprintf(out, NUM_SIZE, "%.0f", value + 0.0);
		return;
	}
	for (; digits <= DBL_DECIMAL_DIG; digits++) {
		snprintf(out, NUM_SIZE, "%.*g", digits, value);
		if (strtod(out, NULL) == value)
			break;
	}
}

/*
 * A decimal tie such as 0.125 is exact in binary only now and then; rounding
 * the 15-digit decimal, not the binary value, gives what a reader expects.
 */
void
num_write_fixed(double value, unsigned decimals, char out[NUM_SIZE])
{
	double scale = pow(10, decimals);
	double scaled = fabs(value) * scale;

	if (fabs(value) >= FIXED_LIMIT) {
		num_write(value, out);
		return;
	}
	if (scaled < 1e14) {
		double whole = floor(scaled);

		if (scaled - whole >= 0.5 - scaled * 1e-15)
			whole += 1;
		value = copysign(whole / scale, value);
		if (whole == 0)
			value = 0;
	}
	snprintf(out, NUM_SIZE, "%.*f", (int)decimals, value);
}
