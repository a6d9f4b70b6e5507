#include "base/date.h"

#include <stdio.h>

enum { SECONDS_A_DAY = 86400, FIRST_YEAR = 1900, LAST_YEAR = 2999 };

static bool
is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
month_length(int year, int month)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };

	return lengths[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

/* Days before the first of January of the year, counted from year 1. */
static int
days_before_year(int year)
{
	int y = year - 1;

	return y * 365 + y / 4 - y / 100 + y / 400;
}

date
date_make(int year, int month, int day_of_month)
{
	date day = days_before_year(year) - days_before_year(1970);

	for (int m = 1; m < month; m++)
		day += month_length(year, m);
	return day + day_of_month - 1;
}

/* Read digits only; -1 when there is anything else. */
static int
digits(const char *p, size_t n)
{
	int value = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return -1;
		value = value * 10 + (p[i] - '0');
	}
	return value;
}

bool
date_read(const char *p, size_t n, date *out)
{
	int year, month, day;

	if (n != DATE_SIZE - 1 || p[4] != '-' || p[7] != '-')
		return false;
	year = digits(p, 4);
	month = digits(p + 5, 2);
	day = digits(p + 8, 2);
	if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12)
		return false;
	if (day < 1 || day > month_length(year, month))
		return false;
	*out = date_make(year, month, day);
	return true;
}

void
date_parts(date day, int *year, int *month, int *day_of_month)
{
	int y = 1970 + day / 366;
	int left;

	while (date_make(y + 1, 1, 1) <= day)
		y++;
	while (date_make(y, 1, 1) > day)
		y--;
	left = day - date_make(y, 1, 1);
	*year = y;
	*month = 1;
	while (left >= month_length(y, *month)) {
		left -= month_length(y, *month);
		*month += 1;
	}
	*day_of_month = left + 1;
}

void
date_write(date day, char out[DATE_SIZE])
{
	int year, month, dom;

	out[0] = '\0';
	if (day == DATE_NONE)
		return;
	date_parts(day, &year, &month, &dom);
	snprintf(out, DATE_SIZE, "%04u-%02u-%02u", (unsigned)year % 10000,
	    (unsigned)month % 100, (unsigned)dom % 100);
}

date
date_add_months(date day, int months)
{
	int year, month, dom, length;

	date_parts(day, &year, &month, &dom);
	month += months;
	while (month > 12) {
		month -= 12;
		year++;
	}
	while (month < 1) {
		month += 12;
		year--;
	}
	length = month_length(year, month);
	return date_make(year, month, dom < length ? dom : length);
}

date
date_of_time(int64_t seconds)
{
	int64_t day = seconds / SECONDS_A_DAY;

	return (date)(seconds % SECONDS_A_DAY < 0 ? day - 1 : day);
}

void
time_write(int64_t seconds, char out[TIME_SIZE])
{
	char day[DATE_SIZE];
	int64_t left = seconds - (int64_t)date_of_time(seconds) * SECONDS_A_DAY;

	date_write(date_of_time(seconds), day);
	snprintf(out, TIME_SIZE, "%sT%02u:%02u:%02uZ", day,
	    (unsigned)(left / 3600) % 24, (unsigned)(left / 60 % 60),
	    (unsigned)(left % 60));
}

bool
time_read(const char *p, size_t n, int64_t *seconds)
{
	date day;
	int hour, minute, second;

	if (n != TIME_SIZE - 1 || !date_read(p, DATE_SIZE - 1, &day))
		return false;
	if (p[10] != 'T' || p[13] != ':' || p[16] != ':' || p[19] != 'Z')
		return false;
	hour = digits(p + 11, 2);
	minute = digits(p + 14, 2);
	second = digits(p + 17, 2);
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
	    second > 59)
		return false;
	*seconds =
	    (int64_t)day * SECONDS_A_DAY + hour * 3600 + minute * 60 + second;
	return true;
}
