#include "base/date.h"

#include "tap.h"

static bool
refuses(const char *s)
{
	date day = 77;

	return !date_read(s, strlen(s), &day) && day == 77;
}

static date
read(const char *s)
{
	date day = DATE_NONE;

	date_read(s, strlen(s), &day);
	return day;
}

static void
check_written(date day, const char *want)
{
	char out[DATE_SIZE];

	date_write(day, out);
	CHECK_STR(out, want);
}

static void
reads(void)
{
	CHECK_INT(read("1970-01-01"), 0);
	CHECK_INT(read("1969-12-31"), -1);
	CHECK_INT(read("2000-02-29"), 11016);
	CHECK_INT(read("2000-03-01"), 11017);
	CHECK_INT(read("2024-07-12"), 19916);
	CHECK_INT(read("1900-01-01"), -25567);
	CHECK_INT(read("2999-12-31"), 376199);
}

static void
refuses_what_is_no_date(void)
{
	static const char *const bad[] = { "", "2024", "2024-1-1", "2024-01-1",
		"2024/01/01", "01-01-2024", "2024-00-01", "2024-13-01",
		"2024-01-00", "2024-01-32", "2024-04-31", "2023-02-29",
		"1900-02-29", "1899-12-31", "3000-01-01", "2024-01-01 ",
		" 2024-01-01", "2024-01-01T00:00:00Z", "20240101", "2024-0a-01",
		"-024-01-01", "+024-01-01" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK(refuses(bad[i]));
}

static bool
leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Walk through every day there is with a calendar of our own. */
static void
agrees_with_a_walk(void)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	date day = date_make(1900, 1, 1);
	unsigned wrong = 0;

	for (int y = 1900; y < 3000; y++)
		for (int m = 1; m <= 12; m++) {
			int n = lengths[m - 1] + (m == 2 && leap(y));

			for (int d = 1; d <= n; d++, day++) {
				char want[32], out[DATE_SIZE];
				int year, month, dom;

				snprintf(want, sizeof(want), "%04d-%02d-%02d",
				    y, m, d);
				date_write(day, out);
				date_parts(day, &year, &month, &dom);
				wrong += date_make(y, m, d) != day ||
				    year != y || month != m || dom != d ||
				    strcmp(out, want) != 0 || read(want) != day;
			}
		}
	CHECK_INT(wrong, 0);
	CHECK_INT(day, read("2999-12-31") + 1);
}

static void
writes(void)
{
	check_written(0, "1970-01-01");
	check_written(DATE_NONE, "");
	check_written(read("2026-08-02"), "2026-08-02");
}

static void
check_months(const char *from, int months, const char *want)
{
	check_written(date_add_months(read(from), months), want);
}

static void
adds_months(void)
{
	check_months("2024-01-31", 1, "2024-02-29");
	check_months("2023-01-31", 1, "2023-02-28");
	check_months("2024-01-31", 3, "2024-04-30");
	check_months("2024-05-15", 0, "2024-05-15");
	check_months("2024-12-01", 1, "2025-01-01");
	check_months("2024-05-15", 36, "2027-05-15");
	check_months("2024-01-15", -1, "2023-12-15");
	check_months("2024-03-31", -1, "2024-02-29");
	check_months("2024-02-29", 12, "2025-02-28");
	check_months("2024-02-29", -48, "2020-02-29");
}

static void
check_time(int64_t seconds, const char *want)
{
	char out[TIME_SIZE];
	int64_t again = 0;

	time_write(seconds, out);
	CHECK_STR(out, want);
	CHECK(time_read(want, strlen(want), &again) && again == seconds);
}

static void
refuses_what_is_no_time(void)
{
	static const char *const bad[] = { "", "1970-01-01",
		"1970-01-01T00:00:00", "1970-01-01 00:00:00Z",
		"1970-01-01T24:00:00Z", "1970-01-01T00:60:00Z",
		"1970-01-01T00:00:60Z", "1970-02-30T00:00:00Z",
		"1970-01-01T0a:00:00Z", "1970-01-01T00:00:00ZZ",
		"1970-01-01T00-00:00Z", "1970-01-01T00:00-00Z" };
	int64_t seconds;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		CHECK(!time_read(bad[i], strlen(bad[i]), &seconds));
}

static void
tells_time(void)
{
	check_time(0, "1970-01-01T00:00:00Z");
	check_time(-1, "1969-12-31T23:59:59Z");
	check_time(951782399, "2000-02-28T23:59:59Z");
	check_time(951782400, "2000-02-29T00:00:00Z");
	check_time(4102444799, "2099-12-31T23:59:59Z");
	refuses_what_is_no_time();
	CHECK_INT(date_of_time(0), 0);
	CHECK_INT(date_of_time(86399), 0);
	CHECK_INT(date_of_time(86400), 1);
	CHECK_INT(date_of_time(-1), -1);
	CHECK_INT(date_of_time(-86400), -1);
	CHECK_INT(date_of_time(-86401), -2);
}

int
main(void)
{
	reads();
	refuses_what_is_no_date();
	agrees_with_a_walk();
	writes();
	adds_months();
	tells_time();
	return tap_done();
}
