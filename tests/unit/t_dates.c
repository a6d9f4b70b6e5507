#include "court.h"

/* The day before, the day, the day after: of duties and of evidence. */

#define DATED(id, tier, more)                                                  \
	"  - id: " id "\n    title: t\n    law: []\n    tier: " tier           \
	"\n    duty: [any]\n    severity: error\n" more                        \
	"    check: {present: model.name}\n    message: no name\n"

#define ANNEX_III "{risk: {tiers: [high-risk-annex-iii]}}"
#define ANNEX_I "{risk: {tiers: [high-risk-annex-i]}}"
#define BOTH "{risk: {tiers: [high-risk-annex-i, high-risk-annex-iii]}}"

static const char rules[] = "rules:\n" DATED("R", "[high-risk]",
    "    applies: {annex-iii: 2027-12-02, annex-i: 2028-08-02}\n");

/* A record on a day, and what the one rule gives. */
struct moment {
	const char *day;
	int lead_time_days;
	const char *record;
	enum verdict_result result;
	long days_left;
	const char *from; /* applies_from */
};

static void
at(struct court *court, const struct moment *moment)
{
	struct record record;
	const struct verdict *v;
	char from[DATE_SIZE];

	CHECK(
	    date_read(moment->day, strlen(moment->day), &court->policy.as_of));
	court->policy.lead_time_days = moment->lead_time_days;
	court_record(court, &record, moment->record);
	v = court_judge(court, &record);
	if (CHECK(v != NULL)) {
		if (!CHECK_STR(
			result_word(v->result), result_word(moment->result)))
			printf("# on %s\n", moment->day);
		CHECK_INT(v->days_left, moment->days_left);
		date_write(v->applies_from, from);
		CHECK_STR(from, moment->from);
		CHECK_INT(v->effect,
		    moment->result == VERDICT_FAIL ? EFFECT_BLOCKS :
						     EFFECT_PASSES);
		if (moment->result == VERDICT_UPCOMING)
			CHECK_STR(status_word(v->status), "Due");
	}
	arena_free(&record.arena);
}

static void
try_moments(const char *text, const struct moment moments[], size_t n)
{
	struct court court;

	court_open(&court, text);
	CHECK_INT(court.rc, 0);
	for (size_t i = 0; i < n; i++)
		at(&court, &moments[i]);
	court_close(&court);
}

#define MOMENTS(text, moments)                                                 \
	try_moments(text, moments, sizeof(moments) / sizeof(moments[0]))

static void
begins_on_its_day(void)
{
	static const struct moment moments[] = {
		{ "2027-12-01", 0, ANNEX_III, VERDICT_UPCOMING, 1,
		    "2027-12-02" },
		{ "2027-12-02", 0, ANNEX_III, VERDICT_FAIL, 0, "2027-12-02" },
		{ "2027-12-03", 0, ANNEX_III, VERDICT_FAIL, 0, "2027-12-02" },
		{ "2028-08-01", 0, ANNEX_I, VERDICT_UPCOMING, 1, "2028-08-02" },
		{ "2028-08-02", 0, ANNEX_I, VERDICT_FAIL, 0, "2028-08-02" },
		{ "2026-11-21", 0, ANNEX_III, VERDICT_UPCOMING, 376,
		    "2027-12-02" },
	};

	MOMENTS(rules, moments);
}

static void
takes_the_earliest_route(void)
{
	static const struct moment moments[] = {
		{ "2027-12-01", 0, BOTH, VERDICT_UPCOMING, 1, "2027-12-02" },
		{ "2027-12-02", 0, BOTH, VERDICT_FAIL, 0, "2027-12-02" },
	};

	MOMENTS(rules, moments);
}

static void
looks_ahead(void)
{
	static const struct moment moments[] = {
		{ "2027-11-01", 30, ANNEX_III, VERDICT_UPCOMING, 31,
		    "2027-12-02" },
		{ "2027-11-02", 30, ANNEX_III, VERDICT_FAIL, 0, "2027-12-02" },
		{ "2027-11-03", 30, ANNEX_III, VERDICT_FAIL, 0, "2027-12-02" },
		{ "2027-12-01", 1, ANNEX_III, VERDICT_FAIL, 0, "2027-12-02" },
	};

	MOMENTS(rules, moments);
}

/* What is met before its day counts as met. */
static void
is_met_early(void)
{
	static const struct moment moments[] = {
		{ "2026-11-21", 0,
		    "{model: {name: x}, risk: {tiers: [high-risk-annex-iii]}}",
		    VERDICT_PASS, 376, "2027-12-02" },
		{ "2026-11-21", 0,
		    "{model: {name: [x]}, risk: {tiers: "
		    "[high-risk-annex-iii]}}",
		    VERDICT_UNKNOWN, 376, "2027-12-02" },
	};

	MOMENTS(rules, moments);
}

static void
applies_always_without_a_day(void)
{
	static const struct moment moments[] = {
		{ "1990-01-01", 0, ANNEX_III, VERDICT_FAIL, 0, "" },
	};

	MOMENTS("rules:\n" DATED("R", "[all]", ""), moments);
}

static void
ends_after_its_last_day(void)
{
	static const struct moment moments[] = {
		{ "2029-12-31", 0, ANNEX_III, VERDICT_FAIL, 0, "2027-12-02" },
		{ "2030-01-01", 0, ANNEX_III, VERDICT_FAIL, 0, "2027-12-02" },
		{ "2030-01-02", 0, ANNEX_III, VERDICT_NOT_APPLICABLE, 0,
		    "2027-12-02" },
	};

	MOMENTS("rules:\n" DATED("R", "[all]",
		    "    applies: 2027-12-02\n    until: 2030-01-01\n"),
	    moments);
}

static void
has_transitions(void)
{
	static const struct moment moments[] = {
		{ "2026-12-01", 0, "risk: {placed_on: 2026-08-01}",
		    VERDICT_UPCOMING, 1, "2026-12-02" },
		{ "2026-12-02", 0, "risk: {placed_on: 2026-08-01}",
		    VERDICT_FAIL, 0, "2026-12-02" },
		{ "2026-08-02", 0, "risk: {placed_on: 2026-08-02}",
		    VERDICT_FAIL, 0, "2026-08-02" },
		{ "2026-08-01", 0, "risk: {placed_on: 2026-08-02}",
		    VERDICT_UPCOMING, 1, "2026-08-02" },
		{ "2026-08-02", 0, "risk: {}", VERDICT_FAIL, 0, "2026-08-02" },
		{ "2026-08-02", 0, "risk: {placed_on: {none: not sold}}",
		    VERDICT_FAIL, 0, "2026-08-02" },
		{ "2026-08-02", 0, "risk: {placed_on: TBD}", VERDICT_FAIL, 0,
		    "2026-08-02" },
	};

	MOMENTS(
	    "transitions:\n"
	    "  - {id: T, begins: 2026-08-02, applies: 2026-12-02, reason: r,\n"
	    "     when: {date: {field: risk.placed_on, on_or_before: "
	    "2026-08-01}}}\n"
	    "rules:\n" DATED("R", "[all]", "    applies: 2026-08-02\n"),
	    moments);
}

/* Evidence: the policy's day is 2028-09-01. */
static void
lies_in_the_past(void)
{
	static const struct trial past[] = {
		{ "evaluation: {tested_on: 2028-08-31}", "pass", NULL, NULL },
		{ "evaluation: {tested_on: 2028-09-01}", "pass", NULL, NULL },
		{ "evaluation: {tested_on: 2028-09-02}", "fail", "Not met",
		    "2028-09-02 lies in the future" },
		{ "evaluation: {}", "fail", "Not provided", NULL },
		{ "evaluation: {tested_on: soon}", "unknown", NULL, NULL },
		{ "evaluation: {tested_on: {none: never}}", "fail", "Not met",
		    "none" },
	};
	static const struct trial future[] = {
		{ "evaluation: {planned_on: 2028-08-31}", "fail", "Not met",
		    "2028-08-31 lies in the past" },
		{ "evaluation: {planned_on: 2028-09-01}", "pass", NULL, NULL },
		{ "evaluation: {planned_on: 2028-09-02}", "pass", NULL, NULL },
	};

	TRIALS("{date: {field: evaluation.tested_on, past: yes}}", past);
	TRIALS("{date: {field: evaluation.tested_on, future: no}}", past);
	TRIALS("{date: {field: evaluation.planned_on, future: yes}}", future);
	TRIALS("{date: {field: evaluation.planned_on, past: no}}", future);
}

static void
grows_old_in_months(void)
{
	static const struct trial policy[] = {
		{ "evaluation: {tested_on: 2027-09-02}", "pass", NULL, NULL },
		{ "evaluation: {tested_on: 2027-09-01}", "pass", NULL, NULL },
		{ "evaluation: {tested_on: 2027-08-31}", "fail", "Out of date",
		    "2027-08-31 is over 12 months ago" },
		{ "evaluation: {tested_on: 2029-01-01}", "pass", NULL, NULL },
	};
	static const struct trial six[] = {
		{ "evaluation: {tested_on: 2028-03-01}", "pass", NULL, NULL },
		{ "evaluation: {tested_on: 2028-02-29}", "fail", "Out of date",
		    "over 6 months ago" },
	};

	TRIALS(
	    "{date: {field: evaluation.tested_on, max_age: policy}}", policy);
	TRIALS("{date: {field: evaluation.tested_on, max_age: 6}}", six);
}

static void
grows_old_in_days(void)
{
	static const struct trial days[] = {
		{ "evaluation: {tested_on: 2028-08-17}", "pass", NULL, NULL },
		{ "evaluation: {tested_on: 2028-08-16}", "fail", "Not met",
		    "over 15 days ago" },
	};

	TRIALS("{date: {field: evaluation.tested_on, max_age_days: 15}}", days);
}

static void
keeps_to_bounds(void)
{
	static const struct trial literal[] = {
		{ "evaluation: {tested_on: 2026-01-01}", "pass", NULL, NULL },
		{ "evaluation: {tested_on: 2026-12-31}", "pass", NULL, NULL },
		{ "evaluation: {tested_on: 2025-12-31}", "fail", "Not met",
		    "2025-12-31 is before 2026-01-01" },
		{ "evaluation: {tested_on: 2027-01-01}", "fail", "Not met",
		    "2027-01-01 is after 2026-12-31" },
	};
	static const struct trial path[] = {
		{ "evaluation: {planned_on: 2026-02-01, tested_on: 2026-02-01}",
		    "pass", NULL, NULL },
		{ "evaluation: {planned_on: 2026-02-01, tested_on: 2026-01-31}",
		    "fail", NULL, "2026-01-31 is before 2026-02-01" },
		{ "evaluation: {tested_on: 2026-01-31}", "pass", NULL, NULL },
		{ "evaluation: {planned_on: x, tested_on: 2026-01-31}",
		    "unknown", NULL, "\"Planned on\" could not be read" },
	};

	TRIALS("{date: {field: evaluation.tested_on, on_or_after: 2026-01-01, "
	       "on_or_before: 2026-12-31}}",
	    literal);
	TRIALS("{date: {field: evaluation.tested_on, on_or_after: "
	       "evaluation.planned_on}}",
	    path);
}

static void
counts_from_another_day(void)
{
	static const struct trial days[] = {
		{ "evaluation: {planned_on: 2028-02-20, tested_on: 2028-03-01}",
		    "pass", NULL, NULL },
		{ "evaluation: {planned_on: 2028-02-20, tested_on: 2028-03-02}",
		    "fail", NULL, "2028-03-02 is after 2028-03-01" },
	};
	static const struct trial months[] = {
		{ "evaluation: {planned_on: 2024-02-29, tested_on: 2034-02-28}",
		    "pass", NULL, NULL },
		{ "evaluation: {planned_on: 2024-02-29, tested_on: 2034-02-27}",
		    "fail", NULL, "2034-02-27 is before 2034-02-28" },
	};

	TRIALS("{date: {field: evaluation.tested_on, on_or_before: "
	       "evaluation.planned_on, plus_days: 10}}",
	    days);
	TRIALS("{date: {field: evaluation.tested_on, on_or_after: "
	       "evaluation.planned_on, plus_months: 120}}",
	    months);
}

/* In a condition a bound that is not on file leaves the answer open. */
static const char conditional[] =
    "rules:\n"
    "  - id: R\n    title: t\n    law: []\n    tier: [all]\n"
    "    duty: [any]\n    severity: error\n"
    "    when: {date: {field: risk.placed_on, on_or_after: 2026-01-01}}\n"
    "    check: {date: {field: evaluation.tested_on, max_age: policy}}\n"
    "    message: \"tested {age} ago, at most {limit}; {age} months\"\n";

static void
words_and_conditions(void)
{
	static const struct trial trials[] = {
		{ "{risk: {placed_on: 2026-01-01}, evaluation: {tested_on: "
		  "2027-07-02}}",
		    "fail", "Out of date",
		    "tested 13 months ago, at most 12 months; 13 months" },
		{ "{risk: {placed_on: 2025-12-31}}", "not-applicable", NULL,
		    "applies only where \"Placed on the market\" is "
		    "on or after 2026-01-01" },
		{ "{evaluation: {tested_on: 2027-07-02}}", "unknown",
		    "Not tested", "\"Placed on the market\" is not on file" },
		{ "{risk: {placed_on: {none: not sold}}}", "not-applicable",
		    NULL, NULL },
	};
	struct court court;

	court_open(&court, conditional);
	for (size_t i = 0; i < sizeof(trials) / sizeof(trials[0]); i++)
		court_try(&court, &trials[i]);
	court_close(&court);
}

int
main(void)
{
	begins_on_its_day();
	takes_the_earliest_route();
	looks_ahead();
	is_met_early();
	applies_always_without_a_day();
	ends_after_its_last_day();
	has_transitions();
	lies_in_the_past();
	grows_old_in_months();
	grows_old_in_days();
	keeps_to_bounds();
	counts_from_another_day();
	words_and_conditions();
	return tap_done();
}
