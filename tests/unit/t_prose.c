#include "compose/prose.h"

#include "tap.h"

static void
writes_dates(void)
{
	char out[PROSE_DATE_SIZE], time[PROSE_SIZE];

	prose_date(date_make(2026, 11, 30), out);
	CHECK_STR(out, "30 Nov 2026");
	prose_date(date_make(2028, 2, 1), out);
	CHECK_STR(out, "1 Feb 2028");
	prose_date(DATE_NONE, out);
	CHECK_STR(out, "");
	prose_time(1795226400, time);
	CHECK_STR(time, "21 November 2026 at 02:00 UTC");
	prose_time(0, time);
	CHECK_STR(time, "1 January 1970 at 00:00 UTC");
}

static void
writes_days(void)
{
	static const struct {
		long days;
		const char *want;
	} cases[] = { { 0, "today" }, { 1, "tomorrow" }, { 9, "in 9 days" },
		{ -1, "1 day overdue" }, { -12, "12 days overdue" } };
	char out[PROSE_SIZE];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		prose_days(cases[i].days, out);
		CHECK_STR(out, cases[i].want);
	}
}

static void
writes_counts(void)
{
	static const struct {
		double n;
		const char *want;
	} cases[] = { { 0, "0" }, { 7, "7" }, { 999, "999" }, { 1000, "1,000" },
		{ 5204, "5,204" }, { 48210, "48,210" },
		{ 1234567, "1,234,567" }, { 12.25, "12.3" },
		{ 1234.5, "1,234.5" } };
	char out[PROSE_SIZE];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		prose_count(cases[i].n, out);
		CHECK_STR(out, cases[i].want);
	}
}

static void
writes_sizes_and_ages(void)
{
	char out[PROSE_SIZE];

	prose_bytes(49, out);
	CHECK_STR(out, "49 B");
	prose_bytes(50176, out);
	CHECK_STR(out, "49 KiB");
	prose_bytes(1536, out);
	CHECK_STR(out, "1.5 KiB");
	prose_bytes(448ULL << 20, out);
	CHECK_STR(out, "448 MiB");
	prose_age(1, out);
	CHECK_STR(out, "1 day");
	prose_age(45, out);
	CHECK_STR(out, "45 days");
	prose_age(397, out);
	CHECK_STR(out, "13 months");
	prose_age(-3, out);
	CHECK_STR(out, "in the future");
}

static void
writes_figures(void)
{
	char out[PROSE_SIZE];

	prose_figure(PROSE_RATE, 0.56379, NULL, out);
	CHECK_STR(out, "56.4%");
	prose_figure(PROSE_RATE, 0.125, NULL, out);
	CHECK_STR(out, "12.5%");
	prose_figure(PROSE_RATIO, 0.786, NULL, out);
	CHECK_STR(out, "0.79");
	prose_figure(PROSE_MEASURE, 0.8425, NULL, out);
	CHECK_STR(out, "0.843");
	prose_figure(PROSE_MEASURE, -0.003, NULL, out);
	CHECK_STR(out,
	    "\xe2\x88\x92"
	    "0.003");
	prose_figure(PROSE_POINTS, 0.031, NULL, out);
	CHECK_STR(out, "+3.1");
	prose_figure(PROSE_POINTS, -0.115, NULL, out);
	CHECK_STR(out,
	    "\xe2\x88\x92"
	    "11.5");
}

/* "0.80 is below 0.80" is never printed. */
static void
keeps_a_figure_apart_from_its_limit(void)
{
	static const double limit = 0.8;
	char out[PROSE_SIZE];

	prose_figure(PROSE_RATIO, 0.7996, &limit, out);
	CHECK_STR(out, "0.7996");
	prose_figure(PROSE_RATIO, 0.798, &limit, out);
	CHECK_STR(out, "0.798");
	prose_figure(PROSE_RATIO, 0.8, &limit, out);
	CHECK_STR(out, "0.80");
	prose_figure(PROSE_RATIO, 0.79, &limit, out);
	CHECK_STR(out, "0.79");
	prose_figure(PROSE_RATE, 0.79996, &limit, out);
	CHECK_STR(out, "79.996%");
}

static void
writes_intervals(void)
{
	char out[PROSE_SIZE];

	prose_interval(PROSE_RATE, 0.5502, 0.5768, out);
	CHECK_STR(out,
	    "55.0\xe2\x80\x93"
	    "57.7");
	prose_interval(PROSE_MEASURE, 0.837, 0.847, out);
	CHECK_STR(out,
	    "0.837\xe2\x80\x93"
	    "0.847");
}

static void
numbers_nouns(void)
{
	struct text out = { 0 };

	prose_number_of(&out, 1, "finding", "findings");
	CHECK_STR(text_str(&out), "1 finding");
	text_clear(&out);
	prose_number_of(&out, 3, "finding", "findings");
	CHECK_STR(text_str(&out), "3 findings");
	text_free(&out);
}

int
main(void)
{
	writes_dates();
	writes_days();
	writes_counts();
	writes_sizes_and_ages();
	writes_figures();
	keeps_a_figure_apart_from_its_limit();
	writes_intervals();
	numbers_nouns();
	return tap_done();
}
