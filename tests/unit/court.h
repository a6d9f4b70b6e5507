#ifndef DOSSIER_TESTS_UNIT_COURT_H
#define DOSSIER_TESTS_UNIT_COURT_H

#include "base/file.h"
#include "base/text.h"
#include "check/catalogue.h"
#include "check/check.h"
#include "intake/intake.h"
#include "intake/vocabulary.h"
#include "read/yaml.h"
#include "tap.h"

/*
 * What the tests of the rules share: a small vocabulary with every type, a
 * catalogue read from a text, records taken in from texts, and the verdicts
 * on them.  Texts are YAML as people write it.
 */

static const char court_vocabulary[] =
    "version: \"1\"\n"
    "keys:\n"
    "  - {key: model, type: section, label: Model, meaning: Which model it "
    "is.,\n"
    "     keys: [\n"
    "   {key: id, type: slug, label: Model id,\n"
    "    meaning: It is., example: m-1},\n"
    "   {key: name, type: line, label: Name,\n"
    "    meaning: It is., example: Score},\n"
    "   {key: owner, type: line, label: Owner,\n"
    "    meaning: It is., example: E. Dahl},\n"
    "   {key: version, type: line, label: Version,\n"
    "    meaning: It is., example: 4.2.0}\n"
    "     ]}\n"
    "  - {key: roles_held, type: list of choice, label: Roles held,\n"
    "     meaning: The roles., example: \"[provider]\", values:\n"
    "     {provider: Provider, deployer: Deployer, importer: Importer}}\n"
    "  - {key: risk, type: section, label: Risk tier, meaning: The tier.,\n"
    "     keys: [\n"
    "   {key: tiers, type: list of choice, label: Tiers, meaning: The "
    "tiers.,\n"
    "       example: \"[minimal]\", values: {high-risk-annex-iii: Annex III,\n"
    "       high-risk-annex-i: Annex I, high-risk-annex-i-b: Annex I B,\n"
    "       minimal: Minimal, gpai: GPAI}},\n"
    "   {key: placed_on, type: date, tense: past, label: Placed on the "
    "market,\n"
    "    meaning: It is., example: 2026-11-01},\n"
    "   {key: profiling, type: yes-no, label: Performs profiling,\n"
    "    meaning: It is., example: \"no\"}\n"
    "     ]}\n"
    "  - {key: purpose, type: section, label: Purpose, meaning: What it is "
    "for.,\n"
    "     keys: [\n"
    "   {key: intended_purpose, type: text, label: Intended purpose, "
    "meaning:\n"
    "       \"What the system is meant to do, for whom, in which context.\",\n"
    "       example: \"Estimate the chance that an applicant for a consumer "
    "loan\n"
    "       defaults within twelve months of the day.\"},\n"
    "   {key: users, type: text, label: Users,\n"
    "    meaning: It is., example: Credit officers},\n"
    "   {key: out_of_scope, type: list of text, label: Out-of-scope uses,\n"
    "    meaning: It is., example: \"[Marketing]\"}\n"
    "     ]}\n"
    "  - {key: data_sets, type: list of section, label: Data sets, meaning: "
    "The data.,\n"
    "     keys: [\n"
    "   {key: name, type: line, label: Name,\n"
    "    meaning: It is., example: loans-2025},\n"
    "   {key: kind, type: choice, label: Kind,\n"
    "    meaning: It is., example: test,\n"
    "       values: {training: Training, validation: Validation, test: "
    "Test}},\n"
    "   {key: rows, type: integer, label: Rows,\n"
    "    meaning: It is., example: \"12\"},\n"
    "   {key: summary, type: text, label: Summary,\n"
    "    meaning: It is., example: Loans},\n"
    "   {key: tags, type: list of line, label: Tags,\n"
    "    meaning: It is., example: \"[a]\"}\n"
    "     ]}\n"
    "  - {key: evaluation, type: section, label: Evaluation, meaning: How it "
    "was tested.,\n"
    "     keys: [\n"
    "   {key: tested_on, type: date, tense: past, label: Tested on,\n"
    "    meaning: It is., example: 2026-11-01},\n"
    "   {key: planned_on, type: date, tense: open, label: Planned on,\n"
    "    meaning: It is., example: 2026-11-01},\n"
    "   {key: version, type: line, label: Version tested,\n"
    "    meaning: It is., example: 4.2.0},\n"
    "   {key: data_set, type: line, label: Test data,\n"
    "    meaning: It is., example: loans-2025},\n"
    "   {key: report, type: file, label: Test report,\n"
    "    meaning: It is., example: reports/test.pdf},\n"
    "   {key: threshold, type: number, label: Threshold,\n"
    "    meaning: It is., example: \"0.5\"},\n"
    "   {key: files, type: list of file, label: Files,\n"
    "    meaning: It is., example: \"[a.pdf]\"}\n"
    "     ]}\n"
    "  - {key: residual, type: section, label: Residual risk, meaning: The "
    "judgement.,\n"
    "     keys: [\n"
    "   {key: decision, type: choice, label: Decision,\n"
    "    meaning: It is., example: acceptable,\n"
    "       values: {acceptable: Acceptable, not-acceptable: No, in-review: In "
    "review}},\n"
    "   {key: rationale, type: text, label: Reason,\n"
    "    meaning: It is., example: It is low},\n"
    "   {key: decided_by, type: line, label: Decided by,\n"
    "    dated: decided_on, function: within,\n"
    "    meaning: It is., example: E. Dahl},\n"
    "   {key: decided_on, type: date, tense: past, label: Decided on,\n"
    "    meaning: It is., example: 2026-11-01}\n"
    "     ]}\n"
    "  - {key: attributes, type: list of section, label: Attributes, meaning: "
    "Who is protected.,\n"
    "     keys: [\n"
    "   {key: name, type: line, unique: yes, label: Name,\n"
    "    meaning: It is., example: age},\n"
    "   {key: group, type: line, label: Group,\n"
    "    meaning: It is., example: 18-24}\n"
    "     ]}\n";

/* Vocabulary and rules; one program may open several. */
struct court {
	struct arena arena;
	struct diag_list diags;
	struct vocabulary vocabulary;
	struct catalogue catalogue;
	struct policy policy;
	int rc; /* of reading the rules */
};

static inline const char *
court_copy(struct arena *arena, const char *text)
{
	return arena_str(arena, text);
}

/* Read the vocabulary and the rules; the policy's day is 2028-09-01. */
static inline void
court_open(struct court *court, const char *rules)
{
	struct source source;

	*court = (struct court){ 0 };
	court->diags.arena = &court->arena;
	court->policy.as_of = date_make(2028, 9, 1);
	court->policy.max_age_months = 12;
	source_of_bytes(&source, "vocabulary.yaml", court_vocabulary,
	    sizeof(court_vocabulary) - 1);
	if (vocabulary_read(&court->vocabulary, &court->arena, &source,
		&court->diags) == -1)
		printf("# the vocabulary of the test is wrong: %s\n",
		    court->diags.first->detail);
	rules = court_copy(&court->arena, rules);
	source_of_bytes(&source, "rules.yaml", rules, strlen(rules));
	court->rc = catalogue_read(&court->catalogue, &court->arena, &source,
	    &court->vocabulary, &court->diags);
}

static inline void
court_close(struct court *court)
{
	arena_free(&court->arena);
}

/* A catalogue of one rule with this check, for every tier and role. */
static inline void
court_open_check(struct court *court, const char *check)
{
	struct text text = { 0 };

	text_printf(&text,
	    "rules:\n"
	    "  - id: R-1\n    title: A rule\n    law: []\n    tier: [all]\n"
	    "    duty: [any]\n    severity: error\n    check: %s\n"
	    "    message: \"it is wrong\"\n",
	    check);
	court_open(court, text_str(&text));
	text_free(&text);
	if (court->rc == -1 && court->diags.first != NULL)
		printf("# %s\n", court->diags.first->detail);
}

/* Take a record in from YAML. */
static inline void
court_record(struct court *court, struct record *record, const char *yaml)
{
	struct source source;
	struct value *value;
	const char *copy;

	memset(record, 0, sizeof(*record));
	copy = court_copy(&court->arena, yaml);
	source_of_bytes(&source, "model.yaml", copy, strlen(copy));
	value = yaml_read(&court->arena, &source, &court->diags);
	record->id = "crs-2";
	record->file = "model.yaml";
	intake_value(record, &court->vocabulary, value);
	record->id = "crs-2";
	record->is_readable = true;
}

/* Judge and give the first verdict, or NULL. */
static inline const struct verdict *
court_judge(struct court *court, struct record *record)
{
	if (court->rc == -1)
		return NULL;
	check_record(&court->catalogue, record, &court->policy);
	return record->verdicts.first;
}

/* What became of one record under one check. */
struct trial {
	const char *record;
	const char *result; /* "pass"; "(none)": no verdict */
	const char *status; /* "Not provided"; NULL: any */
	const char *part;   /* of the message; NULL: any */
};

static inline void
court_try(struct court *court, const struct trial *trial)
{
	struct record record;
	const struct verdict *v;

	court_record(court, &record, trial->record);
	v = court_judge(court, &record);
	if (!CHECK_STR(
		v != NULL ? result_word(v->result) : "(none)", trial->result))
		printf("# record: %s\n# message: %s\n", trial->record,
		    v != NULL ? v->message : "");
	if (v != NULL && trial->status != NULL)
		CHECK_STR(status_word(v->status), trial->status);
	if (v != NULL && trial->part != NULL &&
	    !CHECK(strstr(v->message, trial->part) != NULL))
		printf(
		    "# message: %s\n# lacks:   %s\n", v->message, trial->part);
	arena_free(&record.arena);
}

/* One check over several records. */
static inline void
court_trials(const char *check, const struct trial trials[], size_t n)
{
	struct court court;

	court_open_check(&court, check);
	CHECK_INT(court.rc, 0);
	for (size_t i = 0; i < n; i++)
		court_try(&court, &trials[i]);
	court_close(&court);
}

#define TRIALS(check, trials)                                                  \
	court_trials(check, trials, sizeof(trials) / sizeof(trials[0]))

#endif
