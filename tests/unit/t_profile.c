#include "app/profile.h"

#include "court.h"

/* Profiles on rules: what counts, what is refused, what is said. */

static const char rules[] =
    "pack: {name: p, version: \"1\", reviewed: 2026-11-01, not_waivable: "
    "[P-*]}\n"
    "obligations:\n"
    "  - {id: art-9.1, reference: \"Article 9(1)\", paraphrase: p}\n"
    "rules:\n"
    "  - {id: L-ERROR, title: t, law: [art-9.1], tier: [all], duty: [any], "
    "severity: error, check: {present: model.name}, message: no name}\n"
    "  - {id: L-WARN, title: t, law: [art-9.1], tier: [all], duty: [any], "
    "severity: warning, check: {present: model.owner}, message: no owner}\n"
    "  - {id: O-ERROR, title: t, law: [], tier: [all], duty: [any], severity: "
    "error, check: {present: model.version}, message: no version}\n"
    "  - {id: P-ERROR, title: t, law: [], tier: [all], duty: [any], severity: "
    "error, check: {present: purpose.users}, message: no users}\n"
    "  - id: D-ERROR\n    title: t\n    law: [art-9.1]\n    tier: [all]\n"
    "    duty: [any]\n    severity: error\n    applies: 2028-12-02\n"
    "    check: {present: evaluation.report}\n    message: no report\n";

static struct profile_rule
entry(const char *rule, enum diag_severity severity)
{
	return (struct profile_rule){ .profile = "own",
		.rule = rule,
		.was = -1,
		.severity = severity,
		.pos = { "own.yaml", 5, 11 } };
}

static struct profile_rule
signed_entry(const char *rule, enum diag_severity severity)
{
	struct profile_rule e = entry(rule, severity);

	e.reason = "The plan of the group mends it";
	e.approved_by = "B. Holm";
	return e;
}

/* Apply entries; the severity of one rule, or NULL when it is refused. */
static const char *
after(
    struct profile_rule *entries, size_t n, const char *rule, const char *part)
{
	struct profile profile = {
		.name = "own", .title = "Own", .rules = entries, .n = n
	};
	const char *word = NULL;
	struct court court;
	int rc;

	court_open(&court, rules);
	CHECK_INT(court.rc, 0);
	rc = profile_apply(
	    &profile, &court.catalogue, &court.arena, &court.diags);
	if (rc == 0)
		word = diag_severity_word(
		    catalogue_rule(&court.catalogue, rule)->severity);
	else if (CHECK(court.diags.first != NULL) &&
	    !CHECK(strstr(court.diags.first->detail, part) != NULL))
		printf("# %s\n", court.diags.first->detail);
	court_close(&court);
	return word;
}

#define AFTER(rule, part, ...)                                                 \
	after((struct profile_rule[]){ __VA_ARGS__ },                          \
	    sizeof((struct profile_rule[]){ __VA_ARGS__ }) /                   \
		sizeof(struct profile_rule),                                   \
	    rule, part)

static void
sets_severities(void)
{
	CHECK_STR(AFTER("L-WARN", "", entry("L-WARN", DIAG_ERROR)), "error");
	CHECK_STR(AFTER("L-WARN", "", entry("L-*", DIAG_ERROR)), "error");
	CHECK_STR(AFTER("L-ERROR", "", entry("L-W*", DIAG_ERROR)), "error");
	CHECK_STR(AFTER("O-ERROR", "", entry("O-ERROR", DIAG_NOTE)), "note");
	CHECK_STR(AFTER("L-WARN", "", entry("L-*", DIAG_ERROR),
		      signed_entry("L-WARN", DIAG_NOTE)),
	    "note");
	CHECK_STR(AFTER("L-WARN", "", signed_entry("L-WARN", DIAG_NOTE),
		      entry("L-*", DIAG_ERROR)),
	    "error");
}

static void
picks_rules(void)
{
	struct profile_rule warnings = entry("*", DIAG_ERROR);
	struct profile_rule lawless = entry("O-*", DIAG_WARNING);

	warnings.was = DIAG_WARNING;
	CHECK_STR(AFTER("L-WARN", "", warnings), "error");
	warnings.severity = DIAG_NOTE;
	CHECK(AFTER("L-WARN", "rule of law", warnings) == NULL);
	lawless.only_lawless = true;
	CHECK_STR(AFTER("O-ERROR", "", lawless), "warning");
	lawless.rule = "L-*";
	CHECK_STR(AFTER("L-ERROR", "", lawless), "error");
}

static void
refuses(void)
{
	struct profile_rule e = signed_entry("L-ERROR", DIAG_NOTE);

	CHECK_STR(AFTER("L-ERROR", "", e), "note");
	e.approved_by = "TBD";
	CHECK(AFTER("L-ERROR", "approved_by", e) == NULL);
	e.approved_by = NULL;
	CHECK(AFTER("L-ERROR", "approved_by", e) == NULL);
	e = signed_entry("L-ERROR", DIAG_NOTE);
	e.reason = "It is fine";
	CHECK(AFTER("L-ERROR", "five words", e) == NULL);
	CHECK(AFTER("P-ERROR", "may not be relaxed",
		  signed_entry("P-ERROR", DIAG_WARNING)) == NULL);
	CHECK_STR(AFTER("P-ERROR", "", entry("P-ERROR", DIAG_ERROR)), "error");
	CHECK(AFTER("L-WARN", "did you mean L-WARN?",
		  entry("L-WARM", DIAG_ERROR)) == NULL);
	CHECK(AFTER("L-WARN", "no rule Z*", entry("Z*", DIAG_ERROR)) == NULL);
}

static void
says_what_it_did(void)
{
	struct profile_rule entries[2];
	struct profile profile = {
		.name = "own", .title = "Own gate", .rules = entries, .n = 2
	};
	struct court court;
	struct record record;
	const struct verdict *v;

	entries[0] = signed_entry("L-ERROR", DIAG_WARNING);
	entries[1] = entry("L-WARN", DIAG_ERROR);
	court_open(&court, rules);
	CHECK(profile_text(&(struct profile){ 0 }, &court.catalogue,
		  &court.arena) == NULL);
	CHECK_INT(profile_apply(
		      &profile, &court.catalogue, &court.arena, &court.diags),
	    0);
	CHECK_STR(profile_text(&profile, &court.catalogue, &court.arena),
	    "own: Own gate. Rules tightened: 1. Rules relaxed: L-ERROR "
	    "(relaxed "
	    "from error to warning by profile own: The plan of the group mends "
	    "it; approved by B. Holm).");
	court_record(&court, &record, "{model: {version: 1}}");
	v = court_judge(&court, &record);
	CHECK_STR(v->rule, "L-ERROR");
	CHECK_INT(v->effect, EFFECT_WARNS);
	CHECK(v->tuned != NULL && strstr(v->tuned, "B. Holm") != NULL);
	CHECK_INT(v->next->effect, EFFECT_BLOCKS);
	CHECK_STR(
	    v->next->tuned, "tightened from warning to error by profile own");
	CHECK(v->next->next->tuned == NULL);
	arena_free(&record.arena);
	court_close(&court);
}

/* A duty that begins on 2028-12-02, judged a year ahead. */
static void
ahead(const char *day, enum early early, enum effect effect, bool is_told)
{
	struct court court;
	struct record record;
	const struct verdict *v;

	court_open(&court, rules);
	CHECK(date_read(day, strlen(day), &court.policy.as_of));
	court.policy.lead_time_days = 366;
	court.policy.early = early;
	court_record(&court, &record, "{model: {version: 1}}");
	for (v = court_judge(&court, &record); v != NULL; v = v->next)
		if (strcmp(v->rule, "D-ERROR") == 0 &&
		    (!CHECK_INT(v->effect, effect) ||
			!CHECK_INT(v->tuned != NULL, is_told)))
			printf("# on %s\n", day);
	arena_free(&record.arena);
	court_close(&court);
}

static void
softens_what_is_early(void)
{
	ahead("2028-12-01", EARLY_ERROR, EFFECT_BLOCKS, false);
	ahead("2028-12-01", EARLY_WARNING, EFFECT_WARNS, true);
	ahead("2028-12-01", EARLY_NOTE, EFFECT_PASSES, true);
	ahead("2028-12-02", EARLY_NOTE, EFFECT_BLOCKS, false);
	ahead("2028-12-03", EARLY_WARNING, EFFECT_BLOCKS, false);
	ahead("2027-12-01", EARLY_WARNING, EFFECT_PASSES, false);
}

int
main(void)
{
	sets_severities();
	picks_rules();
	refuses();
	says_what_it_did();
	softens_what_is_early();
	return tap_done();
}
