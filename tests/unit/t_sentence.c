#include "check/sentence.h"

#include "court.h"

/* Rules as sentences, each with its opposite. */

static void
says(const char *check, const char *want)
{
	struct court court;

	court_open_check(&court, check);
	if (CHECK_INT(court.rc, 0))
		CHECK_STR(court.catalogue.rules[0].sentence, want);
	court_close(&court);
}

/* Both the check and `not` of it. */
static void
says_both(const char *check, const char *want, const char *opposite)
{
	struct text text = { 0 };

	says(check, want);
	text_printf(&text, "{not: %s}", check);
	says(text_str(&text), opposite);
	text_free(&text);
}

static void
each_kind(void)
{
	says_both("{present: purpose.intended_purpose}",
	    "The intended purpose is given.",
	    "The intended purpose is not given.");
	says_both("{substance: {field: purpose.intended_purpose, words: 12}}",
	    "The intended purpose says at least 12 words of substance.",
	    "The intended purpose does not say at least 12 words of "
	    "substance.");
	says_both("{substance: {field: purpose.out_of_scope, words: 1}}",
	    "The out-of-scope uses say at least 1 word of substance.",
	    "The out-of-scope uses do not say at least 1 word of substance.");
	says_both("{yes: risk.profiling}",
	    "The answer to \"Performs profiling\" is yes.",
	    "The answer to \"Performs profiling\" is no.");
	says_both("{no: risk.profiling}",
	    "The answer to \"Performs profiling\" is no.",
	    "The answer to \"Performs profiling\" is yes.");
	says_both("{one-of: {field: residual.decision, values: [acceptable, "
		  "in-review]}}",
	    "The decision under \"Residual risk\" is \"Acceptable\" or \"In "
	    "review\".",
	    "The decision under \"Residual risk\" is not \"Acceptable\" or "
	    "\"In review\".");
	says_both("{none-of: {field: roles_held, values: [provider]}}",
	    "The roles held do not include \"Provider\".",
	    "The roles held include \"Provider\".");
	says_both("{matches: {field: evaluation.version, pattern: '[0-9]+'}}",
	    "The version tested follows the pattern [0-9]+.",
	    "The version tested does not follow the pattern [0-9]+.");
	says_both("{number: {field: evaluation.threshold, least: 0, most: 1}}",
	    "The threshold under \"Evaluation\" is at least 0 and at most 1.",
	    "The threshold under \"Evaluation\" is not at least 0 and at most "
	    "1.");
	says_both("{count: {field: data_sets, least: 2}}",
	    "The data sets have at least 2 items.",
	    "The data sets do not have at least 2 items.");
	says("{count: {field: data_sets, least: 1, most: 1}}",
	    "The data sets have exactly 1 item.");
	says_both("{covers: {field: data_sets, key: kind, values: [training, "
		  "validation, test]}}",
	    "The data sets cover \"Training\", \"Validation\" and \"Test\".",
	    "The data sets do not cover \"Training\", \"Validation\" and "
	    "\"Test\".");
	says_both("{file: evaluation.report}",
	    "The test report names an evidence file that exists.",
	    "The test report does not name an evidence file that exists.");
	says("{file: evaluation.files}",
	    "The files under \"Evaluation\" name evidence files that exist.");
	says_both("{ref: {field: evaluation.data_set, in: data_sets, key: "
		  "name}}",
	    "The test data names an entry of the data sets.",
	    "The test data does not name an entry of the data sets.");
	says_both("{manual: residual}",
	    "The residual risk is decided, with reasons, and signed and dated "
	    "by a person.",
	    "The residual risk is not decided, with reasons, and signed and "
	    "dated by a person.");
}

static void
dates(void)
{
	says_both("{date: {field: evaluation.tested_on, past: yes}}",
	    "The date \"Tested on\" is not in the future.",
	    "The date \"Tested on\" is in the future.");
	says("{not: {date: {field: evaluation.tested_on, past: yes, max_age: "
	     "6}}}",
	    "The date \"Tested on\" is in the future or not at most 6 months "
	    "old.");
	says("{date: {field: evaluation.tested_on, future: yes}}",
	    "The date \"Tested on\" is not in the past.");
	says("{date: {field: evaluation.tested_on, past: yes, max_age: "
	     "policy}}",
	    "The date \"Tested on\" is not in the future and no older than "
	    "the policy allows.");
	says("{date: {field: evaluation.tested_on, max_age: 6}}",
	    "The date \"Tested on\" is at most 6 months old.");
	says("{date: {field: evaluation.tested_on, max_age_days: 15}}",
	    "The date \"Tested on\" is at most 15 days ago.");
	says("{date: {field: evaluation.tested_on, on_or_after: 2026-01-01, "
	     "on_or_before: evaluation.planned_on}}",
	    "The date \"Tested on\" is on or after 2026-01-01 and on or before "
	    "the date \"Planned on\".");
	says("{date: {field: evaluation.tested_on, on_or_before: "
	     "evaluation.planned_on, plus_days: 15}}",
	    "The date \"Tested on\" is at most 15 days after the date "
	    "\"Planned on\".");
	says("{date: {field: evaluation.tested_on, on_or_after: "
	     "evaluation.planned_on, plus_months: 120, plus_days: 1}}",
	    "The date \"Tested on\" is at least 120 months and 1 days after "
	    "the date \"Planned on\".");
}

static void
comparisons(void)
{
	says("{compare: {left: evaluation.version, is: same, right: "
	     "model.version}}",
	    "The version tested is the same as the version under \"Model\".");
	says("{compare: {left: evaluation.threshold, is: below, right: 0.5}}",
	    "The threshold under \"Evaluation\" is below 0.5.");
	says("{compare: {left: evaluation.planned_on, is: at-most, right: "
	     "evaluation.tested_on}}",
	    "The date \"Planned on\" is on or before the date \"Tested on\".");
	says("{not: {compare: {left: evaluation.planned_on, is: above, right: "
	     "evaluation.tested_on}}}",
	    "The date \"Planned on\" is not after the date \"Tested on\".");
}

static void
entries(void)
{
	says_both("{each: {in: data_sets, check: {present: rows}}}",
	    "In each entry of the data sets, the rows are given.",
	    "In at least one entry of the data sets, the rows are not given.");
	says("{each: {in: data_sets, where: {one-of: {field: kind, values: "
	     "[test]}}, check: {present: rows}}}",
	    "In each entry of the data sets where the kind is \"Test\", the "
	    "rows are given.");
	says("{not: {each: {in: data_sets, check: {none-of: {field: kind, "
	     "values: [test]}}}}}",
	    "In at least one entry of the data sets, the kind is \"Test\".");
	says("{each: {in: roles_held, check: {one-of: {field: ., values: "
	     "[provider]}}}}",
	    "In each entry of the roles held, it is \"Provider\".");
	says("{each: {in: attributes, check: {figures: {attribute-has: "
	     "selection_rate}}}}",
	    "In each entry of the attributes, the selection rate is on file "
	    "for the attribute.");
}

static void
several(void)
{
	says("{all: [{present: model.name}, {present: data_sets}, {yes: "
	     "risk.profiling}]}",
	    "The name under \"Model\" is given, the data sets are given, and "
	    "the answer to \"Performs profiling\" is yes.");
	says_both("{any: [{present: data_sets}, {present: residual}]}",
	    "Either the data sets are given, or the residual risk is given.",
	    "The data sets are not given, and the residual risk is not "
	    "given.");
	says("{not: {all: [{present: data_sets}, {present: residual}]}}",
	    "Either the data sets are not given, or the residual risk is not "
	    "given.");
	says("{any: [{present: data_sets}, {all: [{present: residual}, {yes: "
	     "risk.profiling}]}]}",
	    "Either the data sets are given, or both the residual risk is "
	    "given, and the answer to \"Performs profiling\" is yes.");
	says("{any: [{not: {all: [{present: data_sets}, {present: residual}]}}"
	     ", {yes: risk.profiling}]}",
	    "Either the data sets are not given, or the residual risk is not "
	    "given, or the answer to \"Performs profiling\" is yes.");
	says("{any: [{present: data_sets}]}", "The data sets are given.");
}

/* What another part implies is not said twice. */
static void
implied(void)
{
	says("{all: [{present: risk.profiling}, {yes: risk.profiling}]}",
	    "The answer to \"Performs profiling\" is yes.");
	says("{all: [{yes: risk.profiling}, {present: risk.profiling}]}",
	    "The answer to \"Performs profiling\" is yes, and the performs "
	    "profiling is given.");
}

static void
figures(void)
{
	says_both("{figures: limits}",
	    "The fairness figures are all within the limits of the policy.",
	    "The fairness figures are not all within the limits of the "
	    "policy.");
	says("{measures: limits}",
	    "The performance measures are all within the limits stated before "
	    "the test.");
	says("{figures: {defined: true_positive_rate}}",
	    "The true positive rate is on file for at least one group.");
	says("{figures: {attribute-has: f1}}",
	    "The F1 score is on file for every attribute.");
	says("{each: {in: attributes, check: {figures: {within: {attribute: "
	     "name, group: group}}}}}",
	    "In each entry of the attributes, the fairness figures of the "
	    "group are all within the limits of the policy.");
}

/* A term by itself, as messages use it. */
static void
reads(enum term_type type, const char *label, const char *want)
{
	const struct term term = { .type = type, .label = label };
	struct text text = { 0 };

	sentence_put_term(&text, &term);
	CHECK_STR(text_str(&text), want);
	text_free(&text);
}

static void
terms(void)
{
	reads(TERM_TEXT, "Intended purpose", "the intended purpose");
	reads(TERM_TEXT, "EU database number", "the EU database number");
	reads(TERM_TEXT, "A label", "the a label");
	reads(TERM_LINE, "Signed by", "\"Signed by\"");
	reads(TERM_LINE, "From", "\"From\"");
	reads(TERM_TEXT, "Why it fits", "\"Why it fits\"");
	reads(TERM_DATE, "Signed on", "the date \"Signed on\"");
	reads(TERM_TEXT, "", "the ");
}

/* Verbs follow the head of a label. */
static void
verbs(void)
{
	says("{present: data_sets}", "The data sets are given.");
	says("{present: purpose.users}",
	    "The users under \"Purpose\" are given.");
	says("{present: purpose}", "The purpose is given.");
	says("{present: roles_held}", "The roles held are given.");
}

int
main(void)
{
	each_kind();
	dates();
	comparisons();
	entries();
	several();
	implied();
	figures();
	terms();
	verbs();
	return tap_done();
}
