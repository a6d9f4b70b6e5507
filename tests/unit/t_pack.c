#include <stdlib.h>

#include "base/file.h"
#include "base/text.h"
#include "check/catalogue.h"
#include "check/check.h"
#include "check/example.h"
#include "intake/intake.h"
#include "intake/vocabulary.h"
#include "read/yaml.h"
#include "tap.h"

/*
 * The pack of schemas/eu-ai-act as it is shipped: it can be read, each rule
 * gives what its examples say, duties begin on their day and not before, and a
 * complete record of each kind of model has no finding.
 */

enum { PROVISIONS = 500, LEAST_RULES = 150, RECORD_LIMIT = 1 << 20 };

struct pack_test {
	struct arena arena;
	struct diag_list diags;
	struct vocabulary vocabulary;
	struct catalogue catalogue;
};

static void
load(struct pack_test *test)
{
	struct folder schemas;

	*test = (struct pack_test){ 0 };
	test->diags.arena = &test->arena;
	CHECK(folder_open(&schemas, "schemas", "", &test->diags) == 0);
	CHECK(vocabulary_load(&test->vocabulary, &test->arena, &schemas,
		  &test->diags) == 0);
	CHECK_INT(catalogue_load_from(&test->catalogue, &test->arena,
		      &(struct catalogue_source){
			  &schemas, &test->vocabulary, CATALOGUE_WHOLE },
		      &test->diags),
	    0);
	folder_close(&schemas);
	for (const struct diag *d = test->diags.first; d != NULL; d = d->next)
		printf("# %s:%u:%u: %s\n", d->pos.file, d->pos.line,
		    d->pos.column, d->detail);
	CHECK_INT(test->diags.n, 0);
	CHECK_INT(test->catalogue.n_obligations, PROVISIONS);
	CHECK(test->catalogue.n_rules >= LEAST_RULES);
	CHECK_STR(test->catalogue.pack.name, "eu-ai-act");
	CHECK(test->catalogue.pack.reviewed != DATE_NONE);
}

/* One line of TAP for an example: where it stands, and what it is about. */
static void
try_example(const struct pack_test *test, const struct rule *rule,
    const struct example *example)
{
	struct record record = { 0 };
	struct policy policy;
	enum verdict_result got;
	bool is_clean;

	intake_value(&record, &test->vocabulary, example->record);
	is_clean = record.diags.n == 0 &&
	    example_figures(example, &record, &record.diags) == 0;
	example_policy(example, &policy);
	got = check_rule(rule, &record, &policy);
	if (!tap_check(is_clean && got == example->result, example->pos.file,
		(int)example->pos.line, rule->id))
		printf("# got %s, want %s; %zu findings of intake\n",
		    result_word(got), result_word(example->result),
		    record.diags.n);
	arena_free(&record.arena);
}

static bool
has_example(const struct rule *rule, enum verdict_result result)
{
	for (size_t i = 0; i < rule->n_examples; i++)
		if (rule->examples[i].result == result)
			return true;
	return false;
}

static void
examples(const struct pack_test *test)
{
	for (size_t i = 0; i < test->catalogue.n_rules; i++) {
		const struct rule *rule = &test->catalogue.rules[i];

		if (!has_example(rule, VERDICT_PASS) ||
		    !has_example(rule, VERDICT_FAIL))
			tap_check(false, rule->pos.file, (int)rule->pos.line,
			    "a rule has an example that passes and one that "
			    "fails");
		for (size_t j = 0; j < rule->n_examples; j++)
			try_example(test, rule, &rule->examples[j]);
	}
}

static date
day(const char *text)
{
	date out = DATE_NONE;

	CHECK(date_read(text, strlen(text), &out));
	return out;
}

/* The result of one rule on a record of one line, on a day. */
static void
on_day(const struct pack_test *test, const char *id, const char *yaml,
    const char *as_of, enum verdict_result want)
{
	const struct rule *rule = catalogue_rule(&test->catalogue, id);
	struct record record = { 0 };
	struct policy policy = { .as_of = day(as_of), .max_age_months = 12 };
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct source source;
	struct value *value;

	source_of_bytes(&source, "day.yaml", yaml, strlen(yaml));
	value = yaml_read(&arena, &source, &diags);
	if (!CHECK(value != NULL && rule != NULL))
		abort();
	intake_value(&record, &test->vocabulary, value);
	CHECK_STR(
	    result_word(check_rule(rule, &record, &policy)), result_word(want));
	arena_free(&record.arena);
	arena_free(&arena);
}

#define ANNEX_III                                                              \
	"{roles_held: [provider], risk: {tiers: [high-risk-annex-iii]}}"
#define SCREENED                                                               \
	"{roles_held: [provider], risk: {tiers: [high-risk-annex-iii], "       \
	"prohibited_practices: {points: [{point: a}]}}}"
#define ANNEX_I "{roles_held: [provider], risk: {tiers: [high-risk-annex-i]}}"
#define GENERATES                                                              \
	"{roles_held: [provider], risk: {tiers: [transparency], "              \
	"art50_triggers: [generates]%s}}"
#define MODEL "{roles_held: [gpai-provider], risk: {tiers: [gpai]}%s}"

/* Each duty begins on its day: the day before it is due, then it fails. */
static void
days(const struct pack_test *test)
{
	const enum verdict_result due = VERDICT_UPCOMING, fail = VERDICT_FAIL;

	on_day(test, "AIV-1A", ANNEX_III, "2027-12-01", due);
	on_day(test, "AIV-1A", ANNEX_III, "2027-12-02", fail);
	on_day(test, "AIV-1A", ANNEX_I, "2028-08-01", due);
	on_day(test, "AIV-1A", ANNEX_I, "2028-08-02", fail);
	on_day(test, "A5-SCREEN", ANNEX_III, "2025-02-01", due);
	on_day(test, "A5-SCREEN", ANNEX_III, "2025-02-02", fail);
	on_day(test, "A5-SCREEN-NEW", SCREENED, "2026-12-01", due);
	on_day(test, "A5-SCREEN-NEW", SCREENED, "2026-12-02", fail);
	on_day(test, "A4-MEASURES", ANNEX_III, "2025-02-02", fail);
	on_day(test, "TIER-RATIONALE", ANNEX_III, "2024-01-01", fail);
}

/* What was on the market before has its own day. */
static void
transitions(const struct pack_test *test)
{
	const enum verdict_result due = VERDICT_UPCOMING, fail = VERDICT_FAIL;
	char yaml[256];

	snprintf(yaml, sizeof(yaml), GENERATES, "");
	on_day(test, "A50-2-MARKING", yaml, "2026-08-01", due);
	on_day(test, "A50-2-MARKING", yaml, "2026-08-02", fail);
	snprintf(yaml, sizeof(yaml), GENERATES,
	    ", first_placed_on_market: 2026-08-01");
	on_day(test, "A50-2-MARKING", yaml, "2026-12-01", due);
	on_day(test, "A50-2-MARKING", yaml, "2026-12-02", fail);
	snprintf(yaml, sizeof(yaml), GENERATES,
	    ", first_placed_on_market: 2026-08-02");
	on_day(test, "A50-2-MARKING", yaml, "2026-12-01", fail);
	snprintf(yaml, sizeof(yaml), MODEL, "");
	on_day(test, "A53-1-C", yaml, "2025-08-01", due);
	on_day(test, "A53-1-C", yaml, "2025-08-02", fail);
	snprintf(
	    yaml, sizeof(yaml), MODEL, ", gpai: {release_date: 2025-08-01}");
	on_day(test, "A53-1-C", yaml, "2027-08-01", due);
	on_day(test, "A53-1-C", yaml, "2027-08-02", fail);
}

/* Everything that is not well in a record, one finding a line. */
static void
complete(const struct pack_test *test, const char *path, const char *as_of)
{
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct folder here;
	struct source source;
	struct record record = { 0 };
	struct policy policy = { .as_of = day(as_of), .max_age_months = 12 };
	struct text found = { 0 };
	struct check_tally tally;
	struct value *value;

	if (!CHECK(folder_open(&here, ".", "", &diags) == 0 &&
		source_read(&source, &arena, &here, path, RECORD_LIMIT,
		    (struct pos){ 0 }, &diags) == 0))
		abort();
	value = yaml_read(&arena, &source, &diags);
	if (!CHECK(value != NULL))
		abort();
	intake_value(&record, &test->vocabulary, value);
	CHECK_INT(record.diags.n, 0);
	tally = check_record(&test->catalogue, &record, &policy);
	for (const struct verdict *v = record.verdicts.first; v != NULL;
	     v = v->next)
		if (v->result != VERDICT_PASS &&
		    v->result != VERDICT_NOT_APPLICABLE)
			text_printf(&found, "%s: %s\n", v->rule, v->message);
	CHECK_STR(text_str(&found), "");
	CHECK(tally.n_judged > 30);
	CHECK_INT(tally.n_unknown, 0);
	text_free(&found);
	arena_free(&record.arena);
	folder_close(&here);
	arena_free(&arena);
}

static const struct term *
beside(const struct term *term, const char *key)
{
	const struct term *t = term->parent->first;

	while (t != NULL && strcmp(t->key, key) != 0)
		t = t->next;
	return t;
}

/*
 * Keys that belong to a signature stand beside the name, and no name with a
 * day of its own ("decided_by", "decided_on") is left out.
 */
static void
signatures(const struct term *section)
{
	for (const struct term *t = section->first; t != NULL; t = t->next) {
		size_t n = strlen(t->key);
		bool is_by = n > 3 && strcmp(t->key + n - 3, "_by") == 0;
		char key[80];
		const struct term *day;

		signatures(t);
		snprintf(key, sizeof(key), "%.*s_on", (int)(is_by ? n - 3 : 0),
		    t->key);
		day = beside(t, key);
		if (is_by && t->type == TERM_LINE && day != NULL &&
		    !CHECK(t->dated != NULL && strcmp(t->dated, key) == 0))
			printf("# %s has a day and is not dated\n", t->path);
		if (t->dated == NULL)
			continue;
		day = beside(t, t->dated);
		CHECK(day != NULL && day->type == TERM_DATE);
		CHECK(t->function == NULL ||
		    strcmp(t->function, "within") == 0 ||
		    beside(t, t->function) != NULL);
	}
}

int
main(void)
{
	struct pack_test test;

	load(&test);
	examples(&test);
	days(&test);
	transitions(&test);
	signatures(&test.vocabulary.top);
	complete(&test, "tests/law/both.yaml", "2028-09-01");
	complete(&test, "tests/law/deployer.yaml", "2028-09-01");
	complete(&test, "tests/law/device.yaml", "2028-09-01");
	complete(&test, "tests/law/exempt.yaml", "2028-09-01");
	complete(&test, "tests/law/minimal.yaml", "2026-11-21");
	arena_free(&test.arena);
	return tap_done();
}
