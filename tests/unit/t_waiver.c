#include "check/waiver.h"

#include "check/emit.h"
#include "court.h"

/* Waivers: what they cover, for how long, and what is said of them. */

static const char rules[] =
    "rules:\n"
    "  - {id: R-NAME, title: t, law: [], tier: [all], duty: [any], severity: "
    "error, check: {present: model.name}, message: no name}\n"
    "  - {id: R-ROWS, title: t, law: [], tier: [all], duty: [any], severity: "
    "error, check: {each: {in: data_sets, check: {present: rows}}}, message: "
    "no rows}\n";

static const char faulty[] =
    "data_sets: [{name: a}, {name: b, rows: 2}, {name: c}]\n";

static struct waiver
waiver(const char *id, const char *rule, const char *path)
{
	return (struct waiver){ .id = id,
		.rule = rule,
		.model = "crs-2",
		.path = path,
		.reason = "known",
		.approved_by = "E. Dahl",
		.approved_on = date_make(2028, 1, 1),
		.expires_on = date_make(2028, 12, 31),
		.pos = { "waivers.yaml", 7, 3 } };
}

/* Judge the faulty record under waivers; one letter a verdict. */
static void
judge(struct court *court, struct record *record, struct waiver waivers[],
    size_t n)
{
	court_open(court, rules);
	court->policy.waiver_warn_days = 30;
	court->policy.waivers = waivers;
	court->policy.n_waivers = n;
	court_record(court, record, faulty);
	court_judge(court, record);
}

static void
end(struct court *court, struct record *record)
{
	arena_free(&record->arena);
	court_close(court);
}

static const struct verdict *
nth(const struct record *record, size_t i)
{
	const struct verdict *v = record->verdicts.first;

	while (v != NULL && i-- > 0)
		v = v->next;
	return v;
}

static void
waives_a_finding(void)
{
	struct waiver one = waiver("W-1", "R-NAME", NULL);
	struct court court;
	struct record record;
	const struct verdict *v;

	judge(&court, &record, &one, 1);
	CHECK_INT(record.verdicts.n, 3);
	v = nth(&record, 0);
	CHECK_INT(v->result, VERDICT_WAIVED);
	CHECK_STR(status_word(v->status), "Waived");
	CHECK_INT(v->effect, EFFECT_PASSES);
	CHECK_STR(v->waiver, "W-1");
	CHECK_STR(v->waived_by, "E. Dahl");
	CHECK_INT(v->waived_until, date_make(2028, 12, 31));
	CHECK_STR(v->message, "no name");
	CHECK_INT(nth(&record, 1)->result, VERDICT_FAIL);
	CHECK(nth(&record, 1)->waiver == NULL);
	end(&court, &record);
}

/* Results of R-ROWS on data_sets[1] and [3] under one waiver's path. */
static void
covers(const char *path, const char *first, const char *second)
{
	struct waiver one = waiver("W-1", "R-ROWS", path);
	struct court court;
	struct record record;

	judge(&court, &record, &one, 1);
	CHECK_INT(nth(&record, 0)->result, VERDICT_FAIL);
	if (!CHECK_STR(result_word(nth(&record, 1)->result), first) ||
	    !CHECK_STR(result_word(nth(&record, 2)->result), second))
		printf("# path %s\n", path != NULL ? path : "(none)");
	end(&court, &record);
}

static void
covers_by_path(void)
{
	covers(NULL, "waived", "waived");
	covers("data_sets[1].rows", "waived", "fail");
	covers("data_sets[3].rows", "fail", "waived");
	covers("data_sets.rows", "waived", "waived");
	covers("data_sets[2].rows", "fail", "fail");
	covers("data_sets", "fail", "fail");
	covers("data_sets.rows.x", "fail", "fail");
	covers("data_sets.row", "fail", "fail");
	covers("", "fail", "fail");
}

static void
is_of_one_model(void)
{
	struct waiver one = waiver("W-1", "R-NAME", NULL);
	struct court court;
	struct record record;

	one.model = "crs-3";
	judge(&court, &record, &one, 1);
	CHECK_INT(nth(&record, 0)->result, VERDICT_FAIL);
	CHECK_INT(record.verdicts.n, 3);
	end(&court, &record);
}

/* On a day, with a waiver of these days: the finding, and what follows. */
static void
on(const char *day, const char *result, const char *last, size_t n)
{
	struct waiver one = waiver("W-1", "R-NAME", NULL);
	struct court court;
	struct record record;

	court_open(&court, rules);
	CHECK(date_read(day, strlen(day), &court.policy.as_of));
	court.policy.waiver_warn_days = 30;
	court.policy.waivers = &one;
	court.policy.n_waivers = 1;
	court_record(&court, &record, "data_sets: [{rows: 1}]");
	court_judge(&court, &record);
	if (!CHECK_STR(result_word(nth(&record, 0)->result), result) ||
	    !CHECK_INT(record.verdicts.n, n) ||
	    !CHECK_STR(record.verdicts.last->rule, last))
		printf("# on %s\n", day);
	end(&court, &record);
}

static void
has_its_days(void)
{
	on("2027-12-31", "fail", "WAIVER-NOT-YET", 3);
	on("2028-01-01", "waived", "R-ROWS", 2);
	on("2028-11-30", "waived", "R-ROWS", 2);
	on("2028-12-01", "waived", "WAIVER-ENDING", 3);
	on("2028-12-31", "waived", "WAIVER-ENDING", 3);
	on("2029-01-01", "fail", "WAIVER-EXPIRED", 3);
}

static void
says_that_it_ended(void)
{
	struct waiver one = waiver("W-1", "R-NAME", NULL);
	struct court court;
	struct record record;
	const struct verdict *v;

	one.expires_on = date_make(2028, 8, 31);
	judge(&court, &record, &one, 1);
	v = record.verdicts.last;
	CHECK_INT(nth(&record, 0)->result, VERDICT_FAIL);
	CHECK_INT(nth(&record, 0)->effect, EFFECT_BLOCKS);
	CHECK_STR(v->rule, "WAIVER-EXPIRED");
	CHECK_STR(v->message, "waiver W-1 of R-NAME ended on 2028-08-31");
	CHECK_INT(v->severity, DIAG_WARNING);
	CHECK_INT(v->effect, EFFECT_WARNS);
	CHECK_STR(v->pos.file, "waivers.yaml");
	CHECK_INT(v->pos.line, 7);
	end(&court, &record);
}

static void
says_that_it_ends(void)
{
	struct waiver one = waiver("W-1", "R-NAME", NULL);
	struct court court;
	struct record record;
	const struct verdict *v;

	one.expires_on = date_make(2028, 9, 11);
	judge(&court, &record, &one, 1);
	v = record.verdicts.last;
	CHECK_STR(v->rule, "WAIVER-ENDING");
	CHECK_INT(v->severity, DIAG_NOTE);
	CHECK_INT(v->effect, EFFECT_PASSES);
	CHECK_INT(v->days_left, 10);
	CHECK_STR(v->message, "waiver W-1 of R-NAME ends on 2028-09-11");
	end(&court, &record);
}

/* A waiver without an end is none. */
static void
needs_an_end(void)
{
	struct waiver one = waiver("W-1", "R-NAME", NULL);
	struct court court;
	struct record record;

	one.expires_on = DATE_NONE;
	judge(&court, &record, &one, 1);
	CHECK_INT(nth(&record, 0)->result, VERDICT_FAIL);
	CHECK_STR(record.verdicts.last->rule, "WAIVER-EXPIRED");
	CHECK_INT(waiver_state(&one, &court.policy), WAIVER_ENDED);
	end(&court, &record);
}

/* What passes, or is not due yet, is not waived. */
static void
waives_failures_only(void)
{
	struct waiver one = waiver("W-1", "R-NAME", NULL);
	struct court court;
	struct record record;

	court_open(&court, rules);
	court.policy.waivers = &one;
	court.policy.n_waivers = 1;
	court_record(
	    &court, &record, "{model: {name: x}, data_sets: [{rows: 1}]}");
	court_judge(&court, &record);
	CHECK_INT(nth(&record, 0)->result, VERDICT_PASS);
	CHECK(nth(&record, 0)->waiver == NULL);
	CHECK_INT(record.verdicts.n, 3);
	CHECK_STR(record.verdicts.last->rule, "WAIVER-UNUSED");
	end(&court, &record);
}

/* Of several that cover a finding, one in force is enough. */
static void
several_may_cover(void)
{
	struct waiver two[2];
	struct court court;
	struct record record;
	const struct verdict *v;

	two[0] = waiver("W-OLD", "R-NAME", NULL);
	two[0].expires_on = date_make(2028, 8, 31);
	two[1] = waiver("W-NEW", "R-NAME", NULL);
	judge(&court, &record, two, 2);
	v = nth(&record, 0);
	CHECK_INT(v->result, VERDICT_WAIVED);
	CHECK_STR(v->waiver, "W-NEW");
	CHECK_STR(record.verdicts.last->waiver, "W-OLD");
	end(&court, &record);
}

/* The verdict on waivers of that name, or NULL. */
static const struct verdict *
said(const struct record *record, const char *rule)
{
	const struct verdict *v = record->verdicts.first;

	while (v != NULL && strcmp(v->rule, rule) != 0)
		v = v->next;
	return v;
}

static void
tells_the_unused(void)
{
	struct waiver three[3];
	struct court court;
	struct record record;
	const struct verdict *v;

	three[0] = waiver("W-1", "R-NAME", NULL);
	three[1] = waiver("W-2", "R-NAME", "model.owner");
	three[2] = waiver("W-3", "R-ROWS", "data_sets.rows");
	judge(&court, &record, three, 3);
	v = said(&record, "WAIVER-UNUSED");
	CHECK_INT(record.verdicts.n, 4);
	if (CHECK(v != NULL)) {
		CHECK_STR(v->message,
		    "waiver W-2 of R-NAME for crs-2 covers no finding");
		CHECK_STR(v->path, "model.owner");
		CHECK_INT(v->effect, EFFECT_WARNS);
		CHECK_INT(strlen(v->id), 12);
		CHECK(v->fingerprint != NULL);
	}
	end(&court, &record);
}

/* Where the rule was not judged, another fault may be why. */
static void
leaves_the_unjudged(void)
{
	struct waiver one = waiver("W-1", "R-GONE", NULL);
	struct court court;
	struct record record;

	judge(&court, &record, &one, 1);
	CHECK(said(&record, "WAIVER-UNUSED") == NULL);
	end(&court, &record);
}

/* What is not told of a waiver that is good. */
static void
is_silent_on_the_good(void)
{
	struct waiver two[2];
	struct court court;
	struct record record;

	two[0] = waiver("W-1", "R-NAME", NULL);
	two[1] = waiver("W-2", "R-ROWS", "data_sets.rows");
	judge(&court, &record, two, 2);
	CHECK_INT(record.verdicts.n, 3);
	end(&court, &record);
}

static void
tells_the_broad(void)
{
	struct waiver one = waiver("W-1", "R-ROWS", NULL);
	struct court court;
	struct record record;
	const struct verdict *v;

	judge(&court, &record, &one, 1);
	v = said(&record, "WAIVER-BROAD");
	if (CHECK(v != NULL)) {
		CHECK_STR(v->message,
		    "waiver W-1 of R-ROWS names no path and covers 2 findings: "
		    "data_sets[1].rows, data_sets[3].rows");
		CHECK_INT(v->effect, EFFECT_WARNS);
		CHECK_INT(v->pos.line, 7);
	}
	end(&court, &record);
}

/* A waiver that names an item goes with it wherever it stands. */
static void
covers_by_name(void)
{
	covers("data_sets[a].rows", "waived", "fail");
	covers("data_sets[c].rows", "fail", "waived");
	covers("data_sets[d].rows", "fail", "fail");
}

/* A record of an owner under a waiver that somebody approved. */
static void
approved(const char *owner, const char *by, enum waiver_owner rule,
    const char *result, bool is_told)
{
	struct waiver one = waiver("W-1", "R-NAME", NULL);
	struct text yaml = { 0 };
	struct court court;
	struct record record;

	one.approved_by = by;
	court_open(&court, rules);
	court.policy.waivers = &one;
	court.policy.n_waivers = 1;
	court.policy.waiver_owner = rule;
	text_printf(
	    &yaml, "{model: {owner: \"%s\"}, data_sets: [{rows: 1}]}", owner);
	court_record(&court, &record, text_str(&yaml));
	court_judge(&court, &record);
	if (!CHECK_STR(result_word(nth(&record, 0)->result), result) ||
	    !CHECK_INT(said(&record, "WAIVER-OWNER") != NULL, is_told))
		printf("# owner %s, approved by %s\n", owner, by);
	text_free(&yaml);
	end(&court, &record);
}

static void
wants_a_second_person(void)
{
	approved("E. Dahl", "I. Krag", WAIVER_OWNER_FORBID, "waived", false);
	approved("E. Dahl", "E. Dahl", WAIVER_OWNER_FORBID, "fail", true);
	approved("E. Dahl", "E. Dahl", WAIVER_OWNER_WARN, "waived", true);
	approved("E. Dahl", "E. Dahl", WAIVER_OWNER_ALLOW, "waived", false);
	approved("e. dahl, head of credit", "E. Dahl (owner)",
	    WAIVER_OWNER_WARN, "waived", true);
	approved("E. Dahlberg", "E. Dahl", WAIVER_OWNER_WARN, "waived", false);
	approved(", nobody", ", anybody", WAIVER_OWNER_WARN, "waived", false);
}

static void
tells_what_has_not_begun(void)
{
	struct waiver one = waiver("W-1", "R-NAME", NULL);
	struct court court;
	struct record record;
	const struct verdict *v;

	one.approved_on = date_make(2028, 9, 2);
	judge(&court, &record, &one, 1);
	v = said(&record, "WAIVER-NOT-YET");
	CHECK_INT(nth(&record, 0)->result, VERDICT_FAIL);
	CHECK(v != NULL && strstr(v->message, "2028-09-02") != NULL);
	end(&court, &record);
}

/* Every pseudo-verdict fills what reports print. */
static void
leaves_no_hole(void)
{
	struct waiver two[2];
	struct court court;
	struct record record;

	two[0] = waiver("W-1", "R-NAME", NULL);
	two[0].expires_on = date_make(2028, 9, 2);
	two[1] = waiver("W-2", "R-ROWS", NULL);
	two[1].expires_on = date_make(2028, 8, 31);
	judge(&court, &record, two, 2);
	CHECK_INT(record.verdicts.n, 5);
	for (const struct verdict *v = record.verdicts.first; v != NULL;
	     v = v->next)
		CHECK(v->id != NULL && v->rule != NULL && v->title != NULL &&
		    v->provision != NULL && v->law != NULL && v->duty != NULL &&
		    v->message != NULL && v->why != NULL && v->fix != NULL &&
		    v->path != NULL && v->requirement != NULL &&
		    v->pos.file != NULL);
	end(&court, &record);
}

int
main(void)
{
	waives_a_finding();
	covers_by_path();
	is_of_one_model();
	has_its_days();
	says_that_it_ended();
	says_that_it_ends();
	needs_an_end();
	waives_failures_only();
	several_may_cover();
	tells_the_unused();
	leaves_the_unjudged();
	is_silent_on_the_good();
	tells_the_broad();
	covers_by_name();
	wants_a_second_person();
	tells_what_has_not_begun();
	leaves_no_hole();
	return tap_done();
}
