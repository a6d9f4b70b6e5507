#include "court.h"

/*
 * Words in texts: found in any case and over lines, left alone where the
 * sentence makes them harmless, quoted and pointed at.
 */

#define RULE(options)                                                          \
	"rules:\n"                                                             \
	"  - id: R-1\n    title: A rule\n    law: []\n    tier: [all]\n"       \
	"    duty: [any]\n    severity: note\n"                                \
	"    message: 'the text says \"{value}\"'\n"                           \
	"    check:\n      no-mention:\n" options

#define LOANS                                                                  \
	RULE("        in: [model.name, purpose.intended_purpose, "             \
	     "purpose.out_of_scope, data_sets.summary]\n"                      \
	     "        near: [loan, credit]\n"                                  \
	     "        phrases:\n"                                              \
	     "          - '(?:scor|assess)\\w* ... loans?'\n"                  \
	     "          - 'credit ?worth\\w*'\n"                               \
	     "        unless: ['fraud\\w*', 'books?']\n"                       \
	     "        not_after: ['not', 'never']\n")

static const struct trial loans[] = {
	{ "model: {name: Scoring of loans}", "fail", "Warning",
	    "says \"Scoring of loans\"" },
	{ "model: {name: SCORES LOANS}", "fail", NULL, NULL },
	{ "purpose: {intended_purpose: It assesses every one of the many new "
	  "loan requests}",
	    "fail", NULL, "\"assesses every one of the many new loan\"" },
	{ "purpose: {intended_purpose: Creditworthiness of people}", "fail",
	    NULL, "\"Creditworthiness\"" },
	{ "purpose: {intended_purpose: \"credit\\n  worth of people\"}", "fail",
	    NULL, NULL },
	{ "purpose: {out_of_scope: [rooms, scoring loans]}", "fail", NULL,
	    NULL },
	{ "data_sets: [{name: a, summary: Rooms}, {name: b, summary: Scores "
	  "of loans}]",
	    "fail", NULL, NULL },
	/* More than eight words lie between. */
	{ "purpose: {intended_purpose: It scores one two three four five six "
	  "seven eight nine loans}",
	    "pass", NULL, NULL },
	/* Another sentence. */
	{ "purpose: {intended_purpose: It scores rooms. Loans are another "
	  "thing.}",
	    "pass", NULL, NULL },
	/* A part of a word is no word. */
	{ "model: {name: Scores of loaners}", "pass", NULL, NULL },
	{ "model: {name: Underscores loans}", "pass", NULL, NULL },
	/* Harmless by its sentence, but not by another one. */
	{ "model: {name: Fraud in scored loans}", "pass", NULL, NULL },
	{ "model: {name: Scores loans of library books}", "pass", NULL, NULL },
	{ "purpose: {intended_purpose: No fraud here. It scores loans.}",
	    "fail", NULL, NULL },
	{ "purpose: {intended_purpose: \"Scores fraud in loans; scores "
	  "loans.\"}",
	    "fail", NULL, "\"scores loans\"" },
	/* Denied, but only near by. */
	{ "model: {name: Does not score any loans}", "pass", NULL, NULL },
	{ "model: {name: It will never be used to score loans}", "pass", NULL,
	    NULL },
	{ "model: {name: \"Not one two three four five six: scores loans\"}",
	    "fail", NULL, NULL },
	/* Nothing to look at. */
	{ "model: {version: 1}", "not-applicable", NULL, "no text" },
	{ "model: {name: TBD}", "not-applicable", NULL, NULL },
	{ "model: {name: {none: no name scores loans}}", "not-applicable", NULL,
	    NULL },
	{ "model: {name: Rooms}", "pass", "Met", NULL },
};

static void
finds_and_leaves(void)
{
	struct court court;

	for (size_t i = 0; i < sizeof(loans) / sizeof(loans[0]); i++) {
		court_open(&court, LOANS);
		court_try(&court, &loans[i]);
		court_close(&court);
	}
}

/* The place is that of the words, as far as the file is known. */
static void
points_at_the_words(void)
{
	static const char yaml[] = "model:\n  name: Rooms\npurpose:\n"
				   "  intended_purpose: >-\n"
				   "    Rooms are counted, and then\n"
				   "    it scores\n    loans.\n";
	const struct verdict *verdict;
	struct record record;
	struct source source;
	struct court court;

	court_open(&court, LOANS);
	court_record(&court, &record, yaml);
	verdict = court_judge(&court, &record);
	CHECK_INT(verdict->pos.line, 4);
	arena_free(&record.arena);
	source_of_bytes(&source, "model.yaml", yaml, sizeof(yaml) - 1);
	court_record(&court, &record, yaml);
	record.source = &source;
	verdict = court_judge(&court, &record);
	CHECK_INT(verdict->pos.line, 6);
	CHECK_INT(verdict->pos.column, 8);
	CHECK_STR(verdict->path, "purpose.intended_purpose");
	CHECK(strstr(verdict->message, "\"scores loans\"") != NULL);
	CHECK_STR(verdict->requirement,
	    "None of \"Name\", \"Intended purpose\", \"Out-of-scope uses\" "
	    "and \"Summary\" speaks of \"loan\", \"credit\" or the like.");
	arena_free(&record.arena);
	court_close(&court);
}

/* Without one of the plain words nearby nothing is searched. */
static void
searches_only_nearby(void)
{
	struct court court;
	const struct trial far = { "model: {name: mortgage scores}", "pass",
		NULL, NULL };
	const struct trial near = { "model: {name: a mortgage loan}", "fail",
		NULL, NULL };

	court_open(&court,
	    RULE("        in: model.name\n        near: loan\n"
		 "        phrases: mortgage\n"));
	court_try(&court, &far);
	court_try(&court, &near);
	court_close(&court);
}

/* A text beyond the limit of patterns is an error, and no pass. */
static void
stops_at_the_limit(void)
{
	struct text yaml = { 0 };
	const struct verdict *verdict;
	struct record record;
	struct court court;

	text_puts(&yaml, "model:\n  name: loan");
	for (size_t i = 0; i < 14000; i++)
		text_puts(&yaml, " word");
	text_putc(&yaml, '\n');
	court_open(&court, LOANS);
	court_record(&court, &record, text_str(&yaml));
	verdict = court_judge(&court, &record);
	CHECK_STR(result_word(verdict->result), "error");
	CHECK_INT(record.diags.n, 1);
	CHECK_INT(record.diags.first->id, DIAG_PATTERN_LIMIT);
	text_free(&yaml);
	arena_free(&record.arena);
	court_close(&court);
}

static void
refuses_what_is_wrong(void)
{
	static const struct {
		const char *rule;
		const char *part;
	} cases[] = {
		{ RULE("        in: model.nam\n        near: a\n"
		       "        phrases: b\n"),
		    "name" },
		{ RULE("        in: data_sets.rows\n        near: a\n"
		       "        phrases: b\n"),
		    "not a text" },
		{ RULE("        in: model\n        near: a\n"
		       "        phrases: b\n"),
		    "not a text" },
		{ RULE("        in: model.name\n        near: Loan\n"
		       "        phrases: b\n"),
		    "small letters" },
		{ RULE("        in: model.name\n        near: a\n"
		       "        phrases: '(b'\n"),
		    "(b" },
		{ RULE("        in: model.name\n        near: a\n"
		       "        phrases: b\n        unless: ['c', '[d']\n"),
		    "[d" },
		{ RULE("        in: model.name\n        near: a\n"
		       "        phrases: b\n        not_after: '*'\n"),
		    "*" },
		{ RULE("        in: model.name\n        near: a\n"),
		    "phrases" },
		{ RULE("        in: model.name\n        phrases: b\n"),
		    "near" },
		{ RULE("        near: a\n        phrases: b\n"), "in" },
	};
	struct court court;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		court_open(&court, cases[i].rule);
		CHECK_INT(court.rc, -1);
		if (!CHECK(court.diags.first != NULL &&
			strstr(court.diags.first->detail, cases[i].part) !=
			    NULL))
			printf(
			    "# case %zu: %s\n", i, court.diags.first->detail);
		court_close(&court);
	}
}

int
main(void)
{
	finds_and_leaves();
	points_at_the_words();
	searches_only_nearby();
	stops_at_the_limit();
	refuses_what_is_wrong();
	return tap_done();
}
