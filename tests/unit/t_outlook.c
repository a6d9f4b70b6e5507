#include <stdlib.h>

#include "base/file.h"
#include "base/text.h"
#include "check/catalogue.h"
#include "check/check.h"
#include "check/outlook.h"
#include "intake/intake.h"
#include "intake/vocabulary.h"
#include "read/yaml.h"
#include "tap.h"

/*
 * The next day on which a result changes, held against every day: from each
 * announced day to the next nothing changes, and on it something does.  With
 * the pack as it is shipped.
 */

enum { RECORD_LIMIT = 1 << 20, NAME = 32 };

struct desk {
	struct arena arena;
	struct diag_list diags;
	struct folder here;
	struct vocabulary vocabulary;
	struct catalogue catalogue;
};

static void
open_desk(struct desk *desk)
{
	struct folder schemas;

	*desk = (struct desk){ 0 };
	desk->diags.arena = &desk->arena;
	CHECK(folder_open(&desk->here, ".", "", &desk->diags) == 0);
	CHECK(folder_open(&schemas, "schemas", "", &desk->diags) == 0);
	CHECK(vocabulary_load(&desk->vocabulary, &desk->arena, &schemas,
		  &desk->diags) == 0);
	CHECK_INT(catalogue_load(&desk->catalogue, &desk->arena, &schemas,
		      &desk->vocabulary, &desk->diags),
	    0);
	folder_close(&schemas);
}

static void
close_desk(struct desk *desk)
{
	folder_close(&desk->here);
	arena_free(&desk->arena);
}

static date
day(const char *text)
{
	date out = DATE_NONE;

	if (!CHECK(date_read(text, strlen(text), &out)))
		abort();
	return out;
}

static void
take(struct desk *desk, struct record *record, const char *yaml)
{
	struct source source;
	struct value *value;

	memset(record, 0, sizeof(*record));
	source_of_bytes(&source, "model.yaml", yaml, strlen(yaml));
	value = yaml_read(&desk->arena, &source, &desk->diags);
	if (!CHECK(value != NULL))
		abort();
	intake_value(record, &desk->vocabulary, value);
	record->file = "model.yaml";
	record->is_readable = true;
	CHECK_INT(record->diags.n, 0);
}

/* The record with nothing judged yet. */
static struct record
fresh(const struct record *record)
{
	struct record out = *record;

	out.arena = (struct arena){ 0 };
	out.verdicts = (struct verdict_list){ 0 };
	out.outlook = (struct outlook){ 0 };
	out.diags = (struct diag_list){ 0 };
	return out;
}

/* Everything that is said of the record on a day, but for ages and days left. */
static struct text
say(struct desk *desk, const struct record *record, struct policy policy,
    date as_of)
{
	struct record copy = fresh(record);
	struct text out = { 0 };

	policy.as_of = as_of;
	copy.diags.arena = &copy.arena;
	check_record(&desk->catalogue, &copy, &policy);
	for (const struct verdict *v = copy.verdicts.first; v != NULL;
	     v = v->next)
		text_printf(&out, "%s %s %d %d %d\n", v->rule, v->path,
		    (int)v->result, (int)v->status, (int)v->effect);
	arena_free(&copy.arena);
	return out;
}

/* What the outlook of a day says: the day, and rules that change. */
static date
announce(struct desk *desk, const struct record *record, struct policy policy,
    struct text *rules)
{
	struct record copy = fresh(record);
	struct check_memory memory = { 0 };
	date turns_on;

	copy.diags.arena = &copy.arena;
	turns_on = check_record_again(&desk->catalogue, &copy, &policy, &memory)
		       .turns_on;
	outlook_find(&desk->catalogue, &copy, &policy, turns_on, &memory);
	text_cut(rules, 0);
	for (const struct turn *t = copy.outlook.first; t != NULL; t = t->next)
		text_printf(rules, "%s:%s>%s ", t->rule,
		    t->is_new ? "none" : result_word(t->from),
		    t->is_gone ? "none" : result_word(t->to));
	turns_on = copy.outlook.n > 0 ? copy.outlook.day : DATE_NONE;
	arena_free(&copy.arena);
	return turns_on;
}

/* A step that has to be announced: the day, and part of what changes. */
struct step {
	const char *day;
	const char *part;
};

struct course {
	const char *name;
	const char *record;
	const char *from, *until;
	const struct step *steps;
	size_t n;
	size_t least; /* steps in all */
	struct waiver *waivers;
	size_t n_waivers;
};

static struct policy
policy_of(const struct course *course)
{
	return (struct policy){ .as_of = day(course->from),
		.max_age_months = 12,
		.waiver_months = 120,
		.waiver_warn_days = 30,
		.waivers = course->waivers,
		.n_waivers = course->n_waivers };
}

/* Nothing changes between, and something on the day itself. */
static void
hold_against_days(struct desk *desk, const struct record *record,
    const struct policy *policy, date next, date end)
{
	struct text now = say(desk, record, *policy, policy->as_of);
	date last = next == DATE_NONE || next > end ? end + 1 : next;
	bool is_quiet = true;
	struct text then;
	char shown[DATE_SIZE];

	for (date d = policy->as_of + 1; d < last && is_quiet;
	     d += TAP_SLOWNESS) {
		then = say(desk, record, *policy, d);
		is_quiet = strcmp(text_str(&now), text_str(&then)) == 0;
		date_write(d, shown);
		text_free(&then);
	}
	if (!CHECK(is_quiet))
		printf("# something changes on %s already\n", shown);
	if (last == next) {
		then = say(desk, record, *policy, next);
		CHECK(strcmp(text_str(&now), text_str(&then)) != 0);
		text_free(&then);
	}
	text_free(&now);
}

static void
follow(struct desk *desk, const struct course *course)
{
	struct policy policy = policy_of(course);
	date end = day(course->until), next;
	struct record record;
	struct text rules = { 0 };
	size_t n = 0, met = 0;

	take(desk, &record, course->record);
	while ((next = announce(desk, &record, policy, &rules)) != DATE_NONE &&
	    next <= end) {
		hold_against_days(desk, &record, &policy, next, end);
		if (met < course->n && next == day(course->steps[met].day)) {
			if (!CHECK(strstr(text_str(&rules),
				       course->steps[met].part) != NULL))
				printf("# %s on %s: %s\n", course->name,
				    course->steps[met].day, text_str(&rules));
			met++;
		}
		policy.as_of = next;
		n++;
	}
	hold_against_days(desk, &record, &policy, next, end);
	CHECK_INT(met, course->n);
	if (!CHECK(n >= course->least))
		printf("# %s: %zu steps\n", course->name, n);
	text_free(&rules);
	arena_free(&record.arena);
}

#define STEPS(s) s, sizeof(s) / sizeof(s[0])

static void
clocks_of_a_system(struct desk *desk)
{
	static const struct step steps[] = {
		{ "2027-12-02", "A73-6:upcoming>fail" },
		{ "2028-02-17", "A73-CLOCK:pass>fail" },
		{ "2028-03-12", "A73-CLOCK-DEATH:pass>fail" },
		{ "2028-04-04", "A73-CLOCK-WIDESPREAD:pass>fail" },
		{ "2028-05-02", "ACTIONS-OVERDUE:pass>fail" },
		{ "2028-06-01", "AIX-5:not-applicable>fail" },
		{ "2028-07-01", "A44-EXPIRED:pass>fail" },
		{ "2028-08-16", "A72-2-REVIEWED:pass>fail" },
	};
	static const struct course course = { "clocks",
		"model: {id: crs-2, status: in-service}\n"
		"roles_held: [provider]\n"
		"risk: {tiers: [high-risk-annex-iii], classified_on: "
		"2027-01-01,\n"
		"  first_placed_on_market: 2027-12-10}\n"
		"conformity: {certificate_expires: 2028-06-30}\n"
		"post_market_monitoring: {reviewed_on: 2027-08-15}\n"
		"real_world_testing: {performed: yes, ends_on: 2028-06-01}\n"
		"actions: [{owner: a, wanted_by: 2028-05-01}]\n"
		"incidents:\n"
		"  - {id: i0, kind: general, aware_on: 2027-10-01}\n"
		"  - {id: i1, kind: general, aware_on: 2028-02-01}\n"
		"  - {id: i2, kind: death, aware_on: 2028-03-01}\n"
		"  - {id: i3, kind: widespread, aware_on: 2028-04-01}\n",
		"2027-10-20", "2028-09-01", STEPS(steps), 8, NULL, 0 };

	follow(desk, &course);
}

static void
clocks_of_a_model(struct desk *desk)
{
	static const struct step steps[] = {
		{ "2027-03-02", "A53-1-D-FRESH:pass>upcoming" },
		{ "2027-03-17", "A52-1:pass>upcoming" },
		{ "2027-08-02", "A53-1-A:upcoming>fail" },
	};
	static const struct course course = { "general-purpose",
		"model: {id: m}\n"
		"roles_held: [gpai-provider]\n"
		"risk: {tiers: [gpai-systemic]}\n"
		"gpai: {release_date: 2025-08-01, public_summary_date: "
		"2026-09-01,\n"
		"  systemic_condition_met_on: 2027-03-02}\n",
		"2026-11-21", "2027-12-31", STEPS(steps), 3, NULL, 0 };

	follow(desk, &course);
}

static void
transitions(struct desk *desk)
{
	static const struct step public[] = {
		{ "2030-08-02", "A72-1:upcoming>fail" },
	};
	static const struct step annex_x[] = {
		{ "2030-12-31", "A72-1:upcoming>fail" },
	};
	static const struct step marking[] = {
		{ "2026-12-02", "A50-2-MARKING:upcoming>fail" },
	};
	static const struct course courses[] = {
		{ "public",
		    "model: {id: m}\nroles_held: [provider]\n"
		    "risk: {tiers: [high-risk-annex-iii], "
		    "public_authority_use: "
		    "yes,\n"
		    "  first_placed_on_market: 2027-12-01, legacy: {answer: "
		    "yes}}\n",
		    "2029-11-21", "2031-01-31", STEPS(public), 1, NULL, 0 },
		{ "annex x",
		    "model: {id: m}\nroles_held: [provider]\n"
		    "risk: {tiers: [high-risk-annex-iii], "
		    "annex_x_component: yes,\n"
		    "  first_placed_on_market: 2027-08-01, legacy: {answer: "
		    "yes}}\n",
		    "2029-11-21", "2031-01-31", STEPS(annex_x), 1, NULL, 0 },
		{ "left out",
		    "model: {id: m}\nroles_held: [provider]\n"
		    "risk: {tiers: [high-risk-annex-iii], "
		    "public_authority_use: no,\n"
		    "  first_placed_on_market: 2027-12-01, legacy: {answer: "
		    "yes}}\n",
		    "2027-11-21", "2031-01-31", NULL, 0, 0, NULL, 0 },
		{ "marking",
		    "model: {id: m}\nroles_held: [provider]\n"
		    "risk: {tiers: [transparency], art50_triggers: "
		    "[generates],\n"
		    "  first_placed_on_market: 2026-08-01}\n",
		    "2026-08-02", "2027-01-31", STEPS(marking), 1, NULL, 0 },
	};

	for (size_t i = 0; i < sizeof(courses) / sizeof(courses[0]); i++)
		follow(desk, &courses[i]);
}

static void
life_of_a_waiver(struct desk *desk)
{
	static const struct step steps[] = {
		{ "2026-11-25", "ID-NAME:fail>waived" },
		{ "2027-02-13", "WAIVER-ENDING:none>upcoming" },
		{ "2027-03-16", "ID-NAME:waived>fail" },
	};
	struct waiver waiver = { .id = "W-1",
		.rule = "ID-NAME",
		.model = "m",
		.reason = "r",
		.approved_by = "b",
		.approved_on = day("2026-11-25"),
		.expires_on = day("2027-03-15") };
	const struct course course = { "waiver",
		"model: {id: m}\nroles_held: [deployer]\n"
		"risk: {tiers: [minimal]}\n",
		"2026-11-21", "2027-06-30", STEPS(steps), 3, &waiver, 1 };

	follow(desk, &course);
}

/* Judging ahead of the day moves the day. */
static void
looks_ahead(struct desk *desk)
{
	struct record record;
	struct policy policy = { .as_of = day("2027-01-01"),
		.lead_time_days = 100,
		.max_age_months = 12 };
	struct text rules = { 0 };
	date next;

	take(desk, &record,
	    "model: {id: m}\nroles_held: [provider]\n"
	    "risk: {tiers: [high-risk-annex-iii]}\n");
	next = announce(desk, &record, policy, &rules);
	CHECK_INT(next, day("2027-12-02") - 100);
	hold_against_days(desk, &record, &policy, next, next);
	text_free(&rules);
	arena_free(&record.arena);
}

/* Whole records, a year and a half, every day of it. */
static void
whole_records(struct desk *desk)
{
	static const char *const names[] = { "both", "deployer", "device",
		"exempt", "minimal" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char path[NAME];
		struct source source;
		struct course course = { names[i], NULL, "2027-11-01",
			"2029-07-01", NULL, 0, 0, NULL, 0 };

		snprintf(path, sizeof(path), "tests/law/%s.yaml", names[i]);
		if (!CHECK(source_read(&source, &desk->arena, &desk->here, path,
			       RECORD_LIMIT, (struct pos){ 0 },
			       &desk->diags) == 0))
			continue;
		course.record = source.bytes;
		follow(desk, &course);
	}
}

int
main(void)
{
	struct desk desk;

	open_desk(&desk);
	clocks_of_a_system(&desk);
	clocks_of_a_model(&desk);
	transitions(&desk);
	life_of_a_waiver(&desk);
	looks_ahead(&desk);
	whole_records(&desk);
	close_desk(&desk);
	return tap_done();
}
