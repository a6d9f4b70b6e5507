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
	    "\"Intended purpose\" under \"Purpose\" is given.",
	    "\"Intended purpose\" under \"Purpose\" is not given.");
	says_both("{substance: {field: purpose.intended_purpose, words: 12}}",
	    "\"Intended purpose\" under \"Purpose\" says at least 12 words "
	    "of substance.",
	    "\"Intended purpose\" under \"Purpose\" does not say at least "
	    "12 words of substance.");
	says_both("{substance: {field: purpose.out_of_scope, words: 1}}",
	    "\"Out-of-scope uses\" under \"Purpose\" says at least 1 word "
	    "of substance.",
	    "\"Out-of-scope uses\" under \"Purpose\" does not say at least "
	    "1 word of substance.");
	says_both("{yes: risk.profiling}",
	    "The answer to \"Performs profiling\" is yes.",
	    "The answer to \"Performs profiling\" is no.");
	says_both("{no: risk.profiling}",
	    "The answer to \"Performs profiling\" is no.",
	    "The answer to \"Performs profiling\" is yes.");
	says_both("{one-of: {field: residual.decision, values: [acceptable, "
		  "in-review]}}",
	    "\"Decision\" under \"Residual risk\" is \"Acceptable\" or \"In "
	    "review\".",
	    "\"Decision\" under \"Residual risk\" is neither \"Acceptable\" "
	    "nor \"In review\".");
	says_both("{none-of: {field: roles_held, values: [provider]}}",
	    "\"Roles held\" does not include \"Provider\".",
	    "\"Roles held\" includes \"Provider\".");
	says_both("{matches: {field: evaluation.version, pattern: '[0-9]+'}}",
	    "\"Version tested\" under \"Evaluation\" follows the pattern "
	    "[0-9]+.",
	    "\"Version tested\" under \"Evaluation\" does not follow the "
	    "pattern [0-9]+.");
	says_both("{number: {field: evaluation.threshold, least: 0, most: 1}}",
	    "\"Threshold\" under \"Evaluation\" is at least 0 and at most "
	    "1.",
	    "\"Threshold\" under \"Evaluation\" is not at least 0 and at "
	    "most 1.");
	says_both("{count: {field: data_sets, least: 2}}",
	    "\"Data sets\" has at least 2 entries.",
	    "\"Data sets\" does not have at least 2 entries.");
	says("{count: {field: data_sets, least: 1, most: 1}}",
	    "\"Data sets\" has exactly one entry.");
	says_both("{covers: {field: data_sets, key: kind, values: [training, "
		  "validation, test]}}",
	    "\"Data sets\" covers \"Training\", \"Validation\" and "
	    "\"Test\".",
	    "\"Data sets\" does not cover \"Training\", \"Validation\" and "
	    "\"Test\".");
	says_both("{file: evaluation.report}",
	    "\"Test report\" under \"Evaluation\" names an evidence file "
	    "that exists.",
	    "\"Test report\" under \"Evaluation\" does not name an evidence "
	    "file that exists.");
	says("{file: evaluation.files}",
	    "\"Files\" under \"Evaluation\" names evidence files that "
	    "exist.");
	says_both("{ref: {field: evaluation.data_set, in: data_sets, key: "
		  "name}}",
	    "\"Test data\" under \"Evaluation\" names an entry of \"Data "
	    "sets\".",
	    "\"Test data\" under \"Evaluation\" does not name an entry of "
	    "\"Data sets\".");
	says_both("{manual: residual}",
	    "\"Residual risk\" is decided, with reasons, and signed and "
	    "dated by a person.",
	    "\"Residual risk\" is not decided, with reasons, and signed and "
	    "dated by a person.");
}

static void
dates(void)
{
	says_both("{date: {field: evaluation.tested_on, past: yes}}",
	    "\"Tested on\" under \"Evaluation\" is not in the future.",
	    "\"Tested on\" under \"Evaluation\" is in the future.");
	says("{not: {date: {field: evaluation.tested_on, past: yes, max_age: "
	     "6}}}",
	    "\"Tested on\" under \"Evaluation\" is in the future or not at "
	    "most 6 months old.");
	says("{date: {field: evaluation.tested_on, future: yes}}",
	    "\"Tested on\" under \"Evaluation\" is not in the past.");
	says("{date: {field: evaluation.tested_on, past: yes, max_age: "
	     "policy}}",
	    "\"Tested on\" under \"Evaluation\" is not in the future and no "
	    "older than the policy allows.");
	says("{date: {field: evaluation.tested_on, max_age: 6}}",
	    "\"Tested on\" under \"Evaluation\" is at most 6 months old.");
	says("{date: {field: evaluation.tested_on, max_age_days: 15}}",
	    "\"Tested on\" under \"Evaluation\" is at most 15 days ago.");
	says("{date: {field: evaluation.tested_on, on_or_after: 2026-01-01, "
	     "on_or_before: evaluation.planned_on}}",
	    "\"Tested on\" under \"Evaluation\" is on or after 2026-01-01 "
	    "and on or before \"Planned on\" under \"Evaluation\".");
	says("{date: {field: evaluation.tested_on, on_or_before: "
	     "evaluation.planned_on, plus_days: 15}}",
	    "\"Tested on\" under \"Evaluation\" is at most 15 days after "
	    "\"Planned on\" under \"Evaluation\".");
	says("{date: {field: evaluation.tested_on, on_or_after: "
	     "evaluation.planned_on, plus_months: 120, plus_days: 1}}",
	    "\"Tested on\" under \"Evaluation\" is at least 120 months and "
	    "1 day after \"Planned on\" under \"Evaluation\".");
}

static void
comparisons(void)
{
	says("{compare: {left: evaluation.version, is: same, right: "
	     "model.version}}",
	    "\"Version tested\" under \"Evaluation\" is the same as "
	    "\"Version\" under \"Model\".");
	says("{compare: {left: evaluation.threshold, is: below, right: 0.5}}",
	    "\"Threshold\" under \"Evaluation\" is below 0.5.");
	says("{compare: {left: evaluation.planned_on, is: at-most, right: "
	     "evaluation.tested_on}}",
	    "\"Planned on\" under \"Evaluation\" is on or before \"Tested "
	    "on\" under \"Evaluation\".");
	says("{not: {compare: {left: evaluation.planned_on, is: above, right: "
	     "evaluation.tested_on}}}",
	    "\"Planned on\" under \"Evaluation\" is not after \"Tested on\" "
	    "under \"Evaluation\".");
}

static void
entries(void)
{
	says_both("{each: {in: data_sets, check: {present: rows}}}",
	    "In each entry of \"Data sets\", \"Rows\" is given.",
	    "In at least one entry of \"Data sets\", \"Rows\" is not given.");
	says("{each: {in: data_sets, where: {one-of: {field: kind, values: "
	     "[test]}}, check: {present: rows}}}",
	    "In each entry of \"Data sets\" where \"Kind\" is \"Test\", "
	    "\"Rows\" is given.");
	says("{not: {each: {in: data_sets, check: {none-of: {field: kind, "
	     "values: [test]}}}}}",
	    "In at least one entry of \"Data sets\", \"Kind\" is \"Test\".");
	says("{each: {in: roles_held, check: {one-of: {field: ., values: "
	     "[provider]}}}}",
	    "Each entry of \"Roles held\" is \"Provider\".");
	says("{each: {in: attributes, check: {figures: {attribute-has: "
	     "selection_rate}}}}",
	    "In each entry of \"Attributes\", \"Selection rate\" is on file "
	    "for the attribute.");
}

static void
several(void)
{
	says("{all: [{present: model.name}, {present: data_sets}, {yes: "
	     "risk.profiling}]}",
	    "\"Name\" under \"Model\" is given, \"Data sets\" is given, and "
	    "the answer to \"Performs profiling\" is yes.");
	says_both("{any: [{present: data_sets}, {present: residual}]}",
	    "Either \"Data sets\" is given, or \"Residual risk\" is given.",
	    "\"Data sets\" is not given, and \"Residual risk\" is not "
	    "given.");
	says("{not: {all: [{present: data_sets}, {present: residual}]}}",
	    "Either \"Data sets\" is not given, or \"Residual risk\" is not "
	    "given.");
	says("{any: [{present: data_sets}, {all: [{present: residual}, {yes: "
	     "risk.profiling}]}]}",
	    "Either \"Data sets\" is given, or (\"Residual risk\" is given, "
	    "and the answer to \"Performs profiling\" is yes).");
	says("{any: [{not: {all: [{present: data_sets}, {present: residual}]}}"
	     ", {yes: risk.profiling}]}",
	    "Either \"Data sets\" is not given, \"Residual risk\" is not "
	    "given, or the answer to \"Performs profiling\" is yes.");
	says("{any: [{present: data_sets}]}", "\"Data sets\" is given.");
}

/* What another part implies is not said twice. */
static void
implied(void)
{
	says("{all: [{present: risk.profiling}, {yes: risk.profiling}]}",
	    "The answer to \"Performs profiling\" is yes.");
	says("{all: [{yes: risk.profiling}, {present: risk.profiling}]}",
	    "The answer to \"Performs profiling\" is yes.");
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
	    "\"True positive rate\" is on file for at least one group.");
	says("{figures: {attribute-has: f1}}",
	    "\"F1 score\" is on file for every attribute.");
	says("{each: {in: attributes, check: {figures: {within: {attribute: "
	     "name, group: group}}}}}",
	    "In each entry of \"Attributes\", the fairness figures of "
	    "\"Group\" are all within the limits of the policy.");
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
	reads(TERM_TEXT, "Intended purpose", "\"Intended purpose\"");
	reads(TERM_TEXT, "EU database number", "\"EU database number\"");
	reads(TERM_TEXT, "A label", "\"A label\"");
	reads(TERM_LINE, "Signed by", "\"Signed by\"");
	reads(TERM_LINE, "From", "\"From\"");
	reads(TERM_TEXT, "Why it fits", "\"Why it fits\"");
	reads(TERM_DATE, "Signed on", "\"Signed on\"");
	reads(TERM_TEXT, "", "\"\"");
}

/* Nearly all words of a choice are told by those that are left. */
static void
sets(void)
{
	says_both("{one-of: {field: roles_held, values: [provider, deployer]}}",
	    "\"Roles held\" includes \"Provider\" or \"Deployer\".",
	    "\"Roles held\" includes neither \"Provider\" nor \"Deployer\".");
	says_both("{one-of: {field: risk.tiers, values: [high-risk-annex-iii, "
		  "high-risk-annex-i, high-risk-annex-i-b, minimal]}}",
	    "\"Tiers\" under \"Risk tier\" includes something other than "
	    "\"GPAI\".",
	    "\"Tiers\" under \"Risk tier\" includes nothing but \"GPAI\".");
	says("{none-of: {field: roles_held, values: [provider, deployer, "
	     "importer]}}",
	    "\"Roles held\" includes none of \"Provider\", \"Deployer\" and "
	    "\"Importer\".");
	says_both("{matches: {field: evaluation.version, pattern: '[0-9]+', "
		  "means: a whole number}}",
	    "\"Version tested\" under \"Evaluation\" is a whole number.",
	    "\"Version tested\" under \"Evaluation\" is not a whole number.");
}

/* What need not be given is a condition of the rest. */
static void
conditions(void)
{
	says("{any: [{not: {present: evaluation.planned_on}}, {date: {field: "
	     "evaluation.planned_on, past: yes}}]}",
	    "If \"Planned on\" under \"Evaluation\" is given, \"Planned on\" "
	    "under \"Evaluation\" is not in the future.");
	says("{any: [{not: {present: residual}}, {not: {present: "
	     "risk.profiling}}, {present: data_sets}]}",
	    "If \"Residual risk\" and \"Performs profiling\" under \"Risk "
	    "tier\" are given, \"Data sets\" is given.");
	says("{any: [{not: {present: risk.profiling}}, {present: data_sets}]}",
	    "If \"Performs profiling\" under \"Risk tier\" is answered, "
	    "\"Data sets\" is given.");
	says("{any: [{not: {present: roles_held}}, {none-of: {field: "
	     "roles_held, values: [provider]}}]}",
	    "\"Roles held\" does not include \"Provider\".");
	says("{not: {all: [{present: roles_held}, {one-of: {field: "
	     "roles_held, values: [provider]}}]}}",
	    "\"Roles held\" does not include \"Provider\".");
	says("{all: [{present: data_sets}, {not: {each: {in: data_sets, "
	     "check: {present: rows}}}}]}",
	    "In at least one entry of \"Data sets\", \"Rows\" is not given.");
	says("{all: [{present: data_sets}, {each: {in: data_sets, check: "
	     "{present: rows}}}]}",
	    "\"Data sets\" is given, and (in each entry of \"Data sets\", "
	    "\"Rows\" is given).");
	says("{all: [{present: residual}, {any: [{present: data_sets}, "
	     "{present: risk.profiling}]}]}",
	    "\"Residual risk\" is given, and (either \"Data sets\" is "
	    "given, or \"Performs profiling\" under \"Risk tier\" is "
	    "answered).");
	says("{all: [{present: residual}, {any: [{all: [{present: roles_held}, "
	     "{one-of: {field: roles_held, values: [provider]}}]}]}]}",
	    "\"Residual risk\" is given, and \"Roles held\" includes "
	    "\"Provider\".");
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
	sets();
	conditions();
	return tap_done();
}
