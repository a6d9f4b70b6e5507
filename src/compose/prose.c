#include "compose/prose.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"

#define MINUS "\xe2\x88\x92"
#define EN_DASH "\xe2\x80\x93"

enum { MOST_DECIMALS = 8, DAYS_A_MONTH_X100 = 3044 };

static const char *const months[] = { "January", "February", "March", "April",
	"May", "June", "July", "August", "September", "October", "November",
	"December" };

void
prose_date(date day, char out[PROSE_DATE_SIZE])
{
	int year, month, dom;

	out[0] = '\0';
	if (day == DATE_NONE)
		return;
	date_parts(day, &year, &month, &dom);
	snprintf(out, PROSE_DATE_SIZE, "%u %.3s %u", (unsigned)dom % 100,
	    months[month - 1], (unsigned)year % 10000);
}

void
prose_time(int64_t seconds, char out[PROSE_SIZE])
{
	date day = date_of_time(seconds);
	int64_t left = seconds - (int64_t)day * 86400;
	int year, month, dom;

	date_parts(day, &year, &month, &dom);
	snprintf(out, PROSE_SIZE, "%d %s %d at %02d:%02d UTC", dom,
	    months[month - 1], year, (int)(left / 3600), (int)(left / 60 % 60));
}

void
prose_days(long days, char out[PROSE_SIZE])
{
	if (days == 0)
		snprintf(out, PROSE_SIZE, "today");
	else if (days == 1)
		snprintf(out, PROSE_SIZE, "tomorrow");
	else if (days > 0)
		snprintf(out, PROSE_SIZE, "in %ld days", days);
	else
		snprintf(out, PROSE_SIZE, "%ld %s overdue", -days,
		    days == -1 ? "day" : "days");
}

/* Put commas between the thousands of a whole number's digits. */
static void
group_thousands(const char *digits, size_t n, char *out)
{
	size_t length = strcspn(digits, ".");
	size_t i = 0;

	for (; *digits != '\0' && i + 2 < n; digits++) {
		out[i++] = *digits;
		if (length > 1 && (length - 1) % 3 == 0 && *digits != '-')
			out[i++] = ',';
		length = length > 0 ? length - 1 : 0;
	}
	out[i] = '\0';
}

void
prose_count(double n, char out[PROSE_SIZE])
{
	char digits[NUM_SIZE];

	num_write_fixed(n, floor(n) == n ? 0 : 1, digits);
	group_thousands(digits, PROSE_SIZE, out);
}

void
prose_age(long days, char out[PROSE_SIZE])
{
	long count = days * 100 / DAYS_A_MONTH_X100;

	if (days < 0)
		snprintf(out, PROSE_SIZE, "in the future");
	else if (count < 2)
		snprintf(out, PROSE_SIZE, "%ld %s", days,
		    days == 1 ? "day" : "days");
	else
		snprintf(out, PROSE_SIZE, "%ld months", count);
}

void
prose_bytes(unsigned long long n, char out[PROSE_SIZE])
{
	static const char *const units[] = { "B", "KiB", "MiB", "GiB" };
	double value = (double)n;
	char number[NUM_SIZE];
	size_t unit = 0;

	while (value >= 1024 && unit < 3) {
		value /= 1024;
		unit++;
	}
	num_write_fixed(value, value < 10 && unit > 0 ? 1 : 0, number);
	snprintf(out, PROSE_SIZE, "%s %s", number, units[unit]);
}

static unsigned
base_decimals(enum prose_kind kind)
{
	switch (kind) {
	case PROSE_RATIO:
		return 2;
	case PROSE_MEASURE:
		return 3;
	default:
		return 1;
	}
}

/* Decimals that keep the value apart from its limit. */
static unsigned
decimals_for(enum prose_kind kind, double value, const double *limit)
{
	unsigned decimals = base_decimals(kind);
	char a[NUM_SIZE], b[NUM_SIZE];

	if (limit == NULL || value == *limit)
		return decimals;
	for (; decimals < MOST_DECIMALS; decimals++) {
		num_write_fixed(value, decimals, a);
		num_write_fixed(*limit, decimals, b);
		if (strcmp(a, b) != 0)
			break;
	}
	return decimals;
}

void
prose_figure(enum prose_kind kind, double value, const double *limit,
    char out[PROSE_SIZE])
{
	double scale = kind == PROSE_RATE || kind == PROSE_POINTS ? 100 : 1;
	double scaled_limit = limit != NULL ? *limit * scale : 0;
	unsigned decimals = decimals_for(
	    kind, value * scale, limit != NULL ? &scaled_limit : NULL);
	char number[NUM_SIZE];
	const char *sign = "";

	num_write_fixed(value * scale, decimals, number);
	if (number[0] == '-')
		sign = MINUS;
	else if (kind == PROSE_POINTS && value > 0)
		sign = "+";
	snprintf(out, PROSE_SIZE, "%s%s%s", sign,
	    number + (number[0] == '-' ? 1 : 0), kind == PROSE_RATE ? "%" : "");
}

void
prose_interval(
    enum prose_kind kind, double lower, double upper, char out[PROSE_SIZE])
{
	double scale = kind == PROSE_RATE ? 100 : 1;
	char a[NUM_SIZE], b[NUM_SIZE];

	num_write_fixed(lower * scale, base_decimals(kind), a);
	num_write_fixed(upper * scale, base_decimals(kind), b);
	snprintf(out, PROSE_SIZE, "%s" EN_DASH "%s", a, b);
}

void
prose_number_of(struct text *out, size_t n, const char *one, const char *many)
{
	text_printf(out, "%zu %s", n, n == 1 ? one : many);
}
