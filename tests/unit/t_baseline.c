#include "check/baseline.h"

#include <stdlib.h>

#include "court.h"

/* The baseline: what it lets pass, and what it never does. */

static const char rules[] =
    "pack: {name: p, version: \"1\", reviewed: 2026-11-01, not_waivable: "
    "[P-*]}\n"
    "rules:\n"
    "  - {id: R-NAME, title: t, law: [], tier: [all], duty: [any], severity: "
    "error, check: {present: model.name}, message: no name}\n"
    "  - {id: R-ROWS, title: t, law: [], tier: [all], duty: [any], severity: "
    "warning, check: {each: {in: data_sets, check: {number: {field: rows, "
    "least: 10}}}}, message: \"few: {value}\"}\n"
    "  - {id: R-NOTE, title: t, law: [], tier: [all], duty: [any], severity: "
    "note, check: {present: purpose.users}, message: no users}\n"
    "  - {id: R-WHEN, title: t, law: [], tier: [all], duty: [any], severity: "
    "error, when: {present: evaluation.version}, check: {present: "
    "evaluation.data_set}, message: no data}\n"
    "  - {id: P-OWNER, title: t, law: [], tier: [all], duty: [any], severity: "
    "error, check: {present: model.owner}, message: no owner}\n";

static const char faulty[] =
    "{model: {version: 1}, data_sets: [{name: a, rows: 2}, {name: b, rows: "
    "3}]}";

static struct record
judged(struct court *court, const char *yaml)
{
	struct record record;

	court_record(court, &record, yaml);
	check_record(&court->catalogue, &record, &court->policy);
	return record;
}

static const struct verdict *
nth_of(const struct record *record, const char *rule, size_t n)
{
	const struct verdict *v = record->verdicts.first;

	while (v != NULL && (strcmp(v->rule, rule) != 0 || n-- > 0))
		v = v->next;
	return v;
}

static size_t
count_of(const struct record *record, const char *rule)
{
	size_t n = 0;

	while (nth_of(record, rule, n) != NULL)
		n++;
	return n;
}

/* An entry for a finding as it is now. */
static struct baseline_entry
entry_of(const struct verdict *v)
{
	return (struct baseline_entry){ .model = "crs-2",
		.rule = v->rule,
		.field = v->field,
		.content = v->content,
		.effect = v->effect,
		.since = date_make(2028, 8, 1),
		.message = v->message,
		.pos = { "baseline.yaml", 9, 5 } };
}

/* Put every finding of the faulty record that may be held into entries. */
static size_t
fill(struct court *court, struct record *first, struct baseline_entry entries[])
{
	size_t n = 0;

	*first = judged(court, faulty);
	for (const struct verdict *v = first->verdicts.first; v != NULL;
	     v = v->next)
		if (baseline_may_hold(&court->catalogue, first, v))
			entries[n++] = entry_of(v);
	qsort(entries, n, sizeof(*entries), baseline_compare);
	court->policy.baseline =
	    (struct baseline){ .entries = entries, .n = n };
	return n;
}

static void
end(struct court *court, struct record *a, struct record *b)
{
	arena_free(&a->arena);
	arena_free(&b->arena);
	court_close(court);
}

static void
holds_findings_of_rules(void)
{
	struct baseline_entry entries[8];
	struct court court;
	struct record first, record;
	const struct verdict *v;

	court_open(&court, rules);
	CHECK_INT(court.rc, 0);
	CHECK_INT(fill(&court, &first, entries), 3);
	record = judged(&court, faulty);
	baseline_apply(&court.policy, &court.catalogue, &record);
	v = nth_of(&record, "R-NAME", 0);
	CHECK(v->is_known);
	CHECK_INT(v->effect, EFFECT_PASSES);
	CHECK_INT(v->result, VERDICT_FAIL);
	CHECK_STR(status_word(v->status), "Not provided");
	CHECK_INT(v->known_since, date_make(2028, 8, 1));
	CHECK(nth_of(&record, "R-ROWS", 1)->is_known);
	CHECK(!nth_of(&record, "R-NOTE", 0)->is_known);
	v = nth_of(&record, "P-OWNER", 0);
	CHECK_INT(v->effect, EFFECT_BLOCKS);
	CHECK(!v->is_known);
	CHECK_INT(count_of(&record, "BASELINE-FIXED"), 0);
	end(&court, &first, &record);
}

static void
tells_new_from_known(void)
{
	struct baseline_entry entries[8];
	struct court court;
	struct record first, record;

	court_open(&court, rules);
	fill(&court, &first, entries);
	record = judged(&court,
	    "{data_sets: [{name: c, rows: 1}, {rows: 3, name: b}, {name: a, "
	    "rows: 4}], model: {version: 2, name: TBD}}");
	baseline_apply(&court.policy, &court.catalogue, &record);
	CHECK(!nth_of(&record, "R-NAME", 0)->is_known);
	CHECK(!nth_of(&record, "R-ROWS", 0)->is_known);
	CHECK(nth_of(&record, "R-ROWS", 1)->is_known);
	CHECK(!nth_of(&record, "R-ROWS", 2)->is_known);
	CHECK_INT(count_of(&record, "BASELINE-FIXED"), 2);
	end(&court, &first, &record);
}

static void
tells_what_is_mended(void)
{
	struct baseline_entry entries[8];
	struct court court;
	struct record first, record;
	const struct verdict *v;

	court_open(&court, rules);
	fill(&court, &first, entries);
	record = judged(&court,
	    "{model: {name: x}, data_sets: [{name: a, rows: 2}, {name: b, "
	    "rows: "
	    "3}]}");
	baseline_apply(&court.policy, &court.catalogue, &record);
	v = nth_of(&record, "BASELINE-FIXED", 0);
	if (CHECK(v != NULL)) {
		CHECK_STR(v->message,
		    "what R-NAME found in model.name is found no more");
		CHECK_INT(v->effect, EFFECT_PASSES);
		CHECK_INT(v->severity, DIAG_NOTE);
		CHECK_INT(v->pos.line, 9);
		CHECK_STR(v->pos.file, "baseline.yaml");
		CHECK(v->id != NULL && v->title != NULL && v->why != NULL &&
		    v->fix != NULL && v->law != NULL && v->duty != NULL &&
		    v->provision != NULL && v->requirement != NULL &&
		    v->fingerprint != NULL);
	}
	CHECK_INT(count_of(&record, "BASELINE-FIXED"), 1);
	end(&court, &first, &record);
}

/* Of another model, or of a rule that was not judged, nothing is said. */
static void
leaves_the_unjudged(void)
{
	struct baseline_entry entries[2];
	struct verdict other = { .rule = "R-WHEN",
		.field = "evaluation.data_set",
		.content = "0000000000000000",
		.effect = EFFECT_BLOCKS };
	struct court court;
	struct record none = { 0 }, record;

	court_open(&court, rules);
	entries[0] = entry_of(&other);
	entries[1] = entry_of(&other);
	entries[1].model = "other";
	entries[1].rule = "R-NAME";
	court.policy.baseline = (struct baseline){ .entries = entries, .n = 2 };
	record = judged(&court, faulty);
	baseline_apply(&court.policy, &court.catalogue, &record);
	CHECK_INT(count_of(&record, "BASELINE-FIXED"), 0);
	CHECK(!nth_of(&record, "R-NAME", 0)->is_known);
	end(&court, &none, &record);
}

static void
weighs(enum effect entry, enum effect found, bool is_known)
{
	struct baseline_entry entries[8];
	struct court court;
	struct record first, record;
	struct verdict *v;
	size_t n;

	court_open(&court, rules);
	n = fill(&court, &first, entries);
	for (size_t i = 0; i < n; i++)
		entries[i].effect = entry;
	record = judged(&court, faulty);
	for (v = record.verdicts.first; v != NULL; v = v->next)
		if (strcmp(v->rule, "R-NAME") == 0)
			v->effect = found;
	baseline_apply(&court.policy, &court.catalogue, &record);
	CHECK_INT(nth_of(&record, "R-NAME", 0)->is_known, is_known);
	CHECK_INT(count_of(&record, "BASELINE-FIXED"), 0);
	end(&court, &first, &record);
}

static void
covers_no_graver_finding(void)
{
	weighs(EFFECT_BLOCKS, EFFECT_BLOCKS, true);
	weighs(EFFECT_BLOCKS, EFFECT_WARNS, true);
	weighs(EFFECT_WARNS, EFFECT_WARNS, true);
	weighs(EFFECT_WARNS, EFFECT_BLOCKS, false);
	weighs(EFFECT_WARNS, EFFECT_PASSES, false);
}

/* A finding that stands for one of a protected rule is not let pass. */
static void
keeps_what_stands_for_others(void)
{
	struct court court;
	struct record record, none = { 0 };
	struct verdict twin = {
		.rule = "P-OWNER", .path = "model.name", .is_repeated = true
	};
	const struct verdict *v;

	court_open(&court, rules);
	record = judged(&court, faulty);
	v = nth_of(&record, "R-NAME", 0);
	CHECK(baseline_may_hold(&court.catalogue, &record, v));
	record.verdicts.last->next = &twin;
	CHECK(!baseline_may_hold(&court.catalogue, &record, v));
	twin.path = "model.id";
	CHECK(baseline_may_hold(&court.catalogue, &record, v));
	end(&court, &none, &record);
}

static void
never_holds_errors(void)
{
	struct court court;
	struct record record, none = { 0 };
	struct verdict v;

	court_open(&court, rules);
	record = judged(&court, faulty);
	v = *nth_of(&record, "R-NAME", 0);
	v.result = VERDICT_ERROR;
	CHECK(!baseline_may_hold(&court.catalogue, &record, &v));
	v.result = VERDICT_UNKNOWN;
	CHECK(baseline_may_hold(&court.catalogue, &record, &v));
	v.rule = "R-GONE";
	CHECK(!baseline_may_hold(&court.catalogue, &record, &v));
	end(&court, &none, &record);
}

int
main(void)
{
	holds_findings_of_rules();
	tells_new_from_known();
	tells_what_is_mended();
	leaves_the_unjudged();
	covers_no_graver_finding();
	keeps_what_stands_for_others();
	never_holds_errors();
	return tap_done();
}
