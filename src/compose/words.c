#include "compose/words.h"

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
words_date(date day, char out[WORDS_DATE_SIZE])
{
	int year, month, dom;

	out[0] = '\0';
	if (day == DATE_NONE)
		return;
	date_parts(day, &year, &month, &dom);
	snprintf(out, WORDS_DATE_SIZE, "%u %.3s %u", (unsigned)dom % 100,
	    months[month - 1], (unsigned)year % 10000);
}

void
words_time(int64_t seconds, char out[WORDS_SIZE])
{
	date day = date_of_time(seconds);
	int64_t left = seconds - (int64_t)day * 86400;
	int year, month, dom;

	date_parts(day, &year, &month, &dom);
	snprintf(out, WORDS_SIZE, "%d %s %d at %02d:%02d UTC", dom,
	    months[month - 1], year, (int)(left / 3600), (int)(left / 60 % 60));
}

void
words_days(long days, char out[WORDS_SIZE])
{
	if (days == 0)
		snprintf(out, WORDS_SIZE, "today");
	else if (days == 1)
		snprintf(out, WORDS_SIZE, "tomorrow");
	else if (days > 0)
		snprintf(out, WORDS_SIZE, "in %ld days", days);
	else
		snprintf(out, WORDS_SIZE, "%ld %s overdue", -days,
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
words_count(double n, char out[WORDS_SIZE])
{
	char digits[NUM_SIZE];

	num_write_fixed(n, floor(n) == n ? 0 : 1, digits);
	group_thousands(digits, WORDS_SIZE, out);
}

void
words_age(long days, char out[WORDS_SIZE])
{
	long count = days * 100 / DAYS_A_MONTH_X100;

	if (days < 0)
		snprintf(out, WORDS_SIZE, "in the future");
	else if (count < 2)
		snprintf(out, WORDS_SIZE, "%ld %s", days,
		    days == 1 ? "day" : "days");
	else
		snprintf(out, WORDS_SIZE, "%ld months", count);
}

void
words_bytes(unsigned long long n, char out[WORDS_SIZE])
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
	snprintf(out, WORDS_SIZE, "%s %s", number, units[unit]);
}

static unsigned
base_decimals(enum words_kind kind)
{
	switch (kind) {
	case WORDS_RATIO:
		return 2;
	case WORDS_MEASURE:
		return 3;
	default:
		return 1;
	}
}

/* Decimals that keep the value apart from its limit. */
static unsigned
decimals_for(enum words_kind kind, double value, const double *limit)
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
words_figure(enum words_kind kind, double value, const double *limit,
    char out[WORDS_SIZE])
{
	double scale = kind == WORDS_RATE || kind == WORDS_POINTS ? 100 : 1;
	double scaled_limit = limit != NULL ? *limit * scale : 0;
	unsigned decimals = decimals_for(
	    kind, value * scale, limit != NULL ? &scaled_limit : NULL);
	char number[NUM_SIZE];
	const char *sign = "";

	num_write_fixed(value * scale, decimals, number);
	if (number[0] == '-')
		sign = MINUS;
	else if (kind == WORDS_POINTS && value > 0)
		sign = "+";
	snprintf(out, WORDS_SIZE, "%s%s%s", sign,
	    number + (number[0] == '-' ? 1 : 0), kind == WORDS_RATE ? "%" : "");
}

void
words_interval(
    enum words_kind kind, double lower, double upper, char out[WORDS_SIZE])
{
	double scale = kind == WORDS_RATE ? 100 : 1;
	char a[NUM_SIZE], b[NUM_SIZE];

	num_write_fixed(lower * scale, base_decimals(kind), a);
	num_write_fixed(upper * scale, base_decimals(kind), b);
	snprintf(out, WORDS_SIZE, "%s" EN_DASH "%s", a, b);
}

void
words_number_of(struct text *out, size_t n, const char *one, const char *many)
{
	text_printf(out, "%zu %s", n, n == 1 ? one : many);
}
