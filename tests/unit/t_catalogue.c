#include "check/read.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "court.h"

/* Reading rules: what is right, and every way to be wrong. */

#define HEAD                                                                   \
	"rules:\n"                                                             \
	"  - id: R-1\n"                                                        \
	"    title: A rule\n"                                                  \
	"    law: []\n"                                                        \
	"    tier: [all]\n"                                                    \
	"    duty: [any]\n"                                                    \
	"    severity: error\n"                                                \
	"    message: m\n"

static void
reads_a_rule(void)
{
	struct court court;
	const struct rule *rule;

	court_open(&court,
	    "pack: {name: eu-ai-act, version: \"7\", edition: e, reviewed: "
	    "2026-11-21, other: x}\n"
	    "obligations:\n"
	    "  - {id: art-27.1.c, reference: \"Art. 27(1)(c)\", paraphrase: p, "
	    "gate: value, more: x}\n"
	    "transitions:\n"
	    "  - {id: T-1, begins: {gpai: 2025-08-02}, of: [art-27.1.c], "
	    "applies: 2027-08-02, when: {yes: risk.profiling}, reason: r}\n"
	    "  - {id: T-2, begins: 2025-08-02, of: art-1, applies: never, "
	    "when: {yes: risk.profiling}, reason: r}\n"
	    "rules:\n"
	    "  - id: FRIA-C\n"
	    "    title: Affected persons\n"
	    "    law: [art-27.1.c]\n"
	    "    point: art-27.1.c\n"
	    "    tier: [high-risk-annex-iii, gpai]\n"
	    "    duty: [deployer]\n"
	    "    applies: {annex-iii: 2027-12-02, gpai: 2025-08-02}\n"
	    "    until: 2030-01-01\n"
	    "    severity: warning\n"
	    "    status: out-of-date\n"
	    "    when: {yes: risk.profiling}\n"
	    "    check: {substance: {field: purpose.users, words: 4}}\n"
	    "    message: \"{label} says {count} words\"\n"
	    "    why: Because.\n"
	    "    fix: Write it.\n"
	    "    examples:\n"
	    "      - {result: not-applicable, as_of: 2028-09-01, "
	    "lead_time_days: 30, max_age_months: 6, record: {model: {name: "
	    "x}}, figures: []}\n");
	CHECK_INT(court.rc, 0);
	CHECK_INT(court.diags.n, 0);
	CHECK_STR(court.catalogue.pack.version, "7");
	CHECK_INT(court.catalogue.pack.n_rules, 1);
	CHECK_INT(court.catalogue.pack.reviewed, date_make(2026, 11, 21));
	CHECK_INT(court.catalogue.n_obligations, 1);
	rule = catalogue_rule(&court.catalogue, "FRIA-C");
	CHECK(rule == &court.catalogue.rules[0]);
	CHECK_STR(rule->provision, "Article 27(1)(c)");
	CHECK_STR(rule->law[0]->gate, "value");
	CHECK_STR(value_text(rule->law[0]->entry, "more"), "x");
	CHECK_STR(rule->point, "art-27.1.c");
	CHECK_INT(rule->tiers, 1U << TIER_ANNEX_III | 1U << TIER_GPAI);
	CHECK_INT(rule->applies[TIER_ANNEX_III], date_make(2027, 12, 2));
	CHECK_INT(rule->applies[TIER_GPAI], date_make(2025, 8, 2));
	CHECK_INT(rule->applies[TIER_ANNEX_I], DATE_NONE);
	CHECK_INT(rule->until, date_make(2030, 1, 1));
	CHECK_INT(court.catalogue.n_transitions, 2);
	CHECK_INT(rule->concerned, 1);
	CHECK_INT(rule->transitions[0].applies, date_make(2027, 8, 2));
	CHECK_INT(rule->transitions[1].applies, DATE_NEVER);
	CHECK_INT(rule->severity, DIAG_WARNING);
	CHECK_INT(rule->status, STATUS_OUT_OF_DATE);
	CHECK_STR(rule->sentence,
	    "\"Users\" under \"Purpose\" says at least 4 words of substance.");
	CHECK_STR(
	    rule->condition, "the answer to \"Performs profiling\" is yes");
	CHECK_INT(rule->n_examples, 1);
	CHECK_INT(rule->examples[0].result, VERDICT_NOT_APPLICABLE);
	CHECK_INT(rule->examples[0].lead_time_days, 30);
	CHECK_INT(rule->examples[0].max_age_months, 6);
	CHECK_INT(rule->examples[0].as_of, date_make(2028, 9, 1));
	CHECK(value_get(rule->examples[0].record, "model") != NULL);
	court_close(&court);
}

static void
finds_by_id(void)
{
	struct court court;
	struct arena arena = { 0 };

	court_open(&court,
	    "obligations:\n"
	    "  - {id: b, reference: B}\n  - {id: c, reference: C}\n"
	    "  - {id: a, reference: A}\n"
	    "rules: []\n");
	CHECK_INT(court.rc, 0);
	CHECK_STR(catalogue_obligation(&court.catalogue, "a")->reference, "A");
	CHECK_STR(catalogue_obligation(&court.catalogue, "b")->reference, "B");
	CHECK_STR(catalogue_obligation(&court.catalogue, "c")->reference, "C");
	CHECK(catalogue_obligation(&court.catalogue, "d") == NULL);
	CHECK(catalogue_rule(&court.catalogue, "d") == NULL);
	CHECK_STR(court.catalogue.obligations[0].id, "b");
	court_close(&court);
	court_open(&court, HEAD "    check: {present: model.name}\n");
	CHECK_STR(catalogue_near(&court.catalogue, &arena, "R-11"), "R-1");
	CHECK(catalogue_near(&court.catalogue, &arena, "ELEPHANT") == NULL);
	arena_free(&arena);
	court_close(&court);
}

/* One slip in a rule: where it is found, and what is said. */
struct slip {
	const char *rules;
	unsigned line, column;
	const char *part;
};

static void
is_refused(const struct slip *slip)
{
	struct court court;
	const struct diag *diag;

	court_open(&court, slip->rules);
	diag = court.diags.first;
	CHECK_INT(court.rc, -1);
	if (!CHECK(diag != NULL)) {
		printf("# accepted: %s\n", slip->rules);
		court_close(&court);
		return;
	}
	CHECK_INT(diag->pos.line, slip->line);
	CHECK_INT(diag->pos.column, slip->column);
	if (!CHECK(strstr(diag->detail, slip->part) != NULL))
		printf(
		    "# detail: %s\n# lacks:  %s\n", diag->detail, slip->part);
	court_close(&court);
}

static void
refuses_wrong_checks(void)
{
	static const struct slip slips[] = {
		{ HEAD "    check: {presence: model.name}\n", 9, 13,
		    "unknown kind of check \"presence\"" },
		{ HEAD "    check: {presen: model.name}\n", 9, 13,
		    "did you mean \"present\"" },
		{ HEAD "    check: {present: a, yes: b}\n", 9, 12,
		    "exactly one kind" },
		{ HEAD "    check: present\n", 9, 12, "exactly one kind" },
		{ HEAD "    check: {present: model.nam}\n", 9, 22,
		    "no key \"nam\" under model in the vocabulary; did you "
		    "mean "
		    "\"name\"?" },
		{ HEAD "    check: {present: modl}\n", 9, 22,
		    "did you mean \"model\"" },
		{ HEAD "    check: {present: [a]}\n", 9, 22,
		    "a text is wanted" },
		{ HEAD "    check: {present: data_sets.name}\n", 9, 22,
		    "use each: {in: data_sets" },
		{ HEAD "    check: {present: .}\n", 9, 22, "inside each" },
		{ HEAD "    check: {yes: model.name}\n", 9, 13,
		    "not a yes-or-no fact" },
		{ HEAD "    check: {number: {field: model.name, least: 1}}\n",
		    9, 13, "not a number" },
		{ HEAD "    check: {number: {field: evaluation.threshold}}\n",
		    9, 13, "needs least or most" },
		{ HEAD "    check: {number: {field: evaluation.threshold, "
		       "least: 2, most: 1}}\n",
		    9, 13, "least is above most" },
		{ HEAD "    check: {number: {field: evaluation.threshold, "
		       "least: x}}\n",
		    9, 58, "not a number" },
		{ HEAD
		    "    check: {number: {field: evaluation.threshold, lest: "
		    "1}}\n",
		    9, 51, "did you mean \"least\"" },
		{ HEAD "    check: {number: {least: 1}}\n", 9, 21,
		    "needs the key \"field\"" },
		{ HEAD "    check: {substance: {field: risk.placed_on, words: "
		       "4}}\n",
		    9, 13, "not a text" },
		{ HEAD "    check: {substance: {field: purpose.users, words: "
		       "0}}\n",
		    9, 54, "whole number from 1" },
		{ HEAD "    check: {one-of: {field: residual.decision, values: "
		       "[acceptabel]}}\n",
		    9, 13, "did you mean \"acceptable\"" },
		{ HEAD "    check: {one-of: {field: residual.decision, values: "
		       "[]}}\n",
		    9, 56, "the list is empty" },
		{ HEAD "    check: {one-of: {field: risk.profiling, values: "
		       "[yes]}}\n",
		    9, 13, "not a text or a choice" },
		{ HEAD "    check: {matches: {field: model.name, pattern: "
		       "'a('}}\n",
		    9, 51, "parenthes" },
		{ HEAD "    check: {matches: {field: data_sets, pattern: a}}\n",
		    9, 13, "not a text" },
		{ HEAD "    check: {date: {field: model.name, past: yes}}\n", 9,
		    13, "not a date" },
		{ HEAD "    check: {date: {field: risk.placed_on}}\n", 9, 13,
		    "date needs past" },
		{ HEAD "    check: {date: {field: risk.placed_on, past: "
		       "maybe}}\n",
		    9, 49, "yes or no is wanted" },
		{ HEAD "    check: {date: {field: risk.placed_on, past: yes, "
		       "future: yes}}\n",
		    9, 62, "give one of them" },
		{ HEAD "    check: {date: {field: risk.placed_on, max_age: "
		       "0}}\n",
		    9, 52, "whole number from 1" },
		{ HEAD "    check: {date: {field: risk.placed_on, plus_days: "
		       "3}}\n",
		    9, 13, "a day to be added to" },
		{ HEAD "    check: {date: {field: risk.placed_on, on_or_after: "
		       "2026-02-30}}\n",
		    9, 56, "could have" },
		{ HEAD "    check: {date: {field: risk.placed_on, on_or_after: "
		       "model.name}}\n",
		    9, 13, "is not a date" },
		{ HEAD "    check: {count: {field: model.name, least: 1}}\n", 9,
		    13, "not a list" },
		{ HEAD "    check: {covers: {field: data_sets, values: [a]}}\n",
		    9, 13, "name their key" },
		{ HEAD "    check: {covers: {field: data_sets, key: kin, "
		       "values: [test]}}\n",
		    9, 45, "did you mean \"kind\"" },
		{ HEAD "    check: {covers: {field: data_sets, key: kind, "
		       "values: [tset]}}\n",
		    9, 13, "did you mean \"test\"" },
		{ HEAD "    check: {each: {in: model.name, check: {present: "
		       ".}}}\n",
		    9, 43, "each needs a list" },
		{ HEAD "    check: {each: {in: data_sets, check: {present: "
		       "model.name}}}\n",
		    9, 52, "no key \"model\" under data_sets" },
		{ HEAD "    check: {each: {in: data_sets, where: {present: "
		       "nme}, check: {present: name}}}\n",
		    9, 52, "did you mean \"name\"" },
		{ HEAD "    check: {holds: is-a-tst}\n", 9, 20,
		    "no condition \"is-a-tst\"" },
		{ HEAD "    check: {compare: {left: model.name, is: equal, "
		       "right: x}}\n",
		    9, 45, "unknown relation" },
		{ HEAD "    check: {compare: {left: model.name, is: below, "
		       "right: model.version}}\n",
		    9, 13, "only be same or different" },
		{ HEAD "    check: {compare: {left: model.name, is: same, "
		       "right: risk.placed_on}}\n",
		    9, 13, "cannot be compared" },
		{ HEAD "    check: {compare: {left: residual.decision, is: "
		       "same, right: acceptible}}\n",
		    9, 65, "did you mean \"acceptable\"" },
		{ HEAD "    check: {compare: {left: model.name, is: same, "
		       "right: model.versoin}}\n",
		    9, 58, "did you mean \"version\"" },
		{ HEAD "    check: {file: model.name}\n", 9, 13,
		    "not an evidence file" },
		{ HEAD "    check: {ref: {field: model.name, in: model, key: "
		       "name}}\n",
		    9, 42, "is not a list" },
		{ HEAD "    check: {ref: {field: model.name, in: data_sets, "
		       "key: rows}}\n",
		    9, 13, "is not a text" },
		{ HEAD "    check: {manual: purpose}\n", 9, 13,
		    "nobody can sign it" },
		{ HEAD "    check: {figures: all}\n", 9, 22,
		    "figures are asked for" },
		{ HEAD "    check: {figures: {define: x}}\n", 9, 23,
		    "did you mean \"defined\"" },
		{ HEAD "    check: {figures: {within: {attribute: "
		       "model.name}}}\n",
		    9, 31, "needs the keys" },
		{ HEAD "    check: {measures: {defined: auc}}\n", 9, 23,
		    "asked for limits" },
		{ HEAD "    check: {all: []}\n", 9, 18, "a list of checks" },
		{ HEAD "    check: {any: {present: model.name}}\n", 9, 18,
		    "a list of checks" },
		{ HEAD "    check: {not: [{present: model.name}]}\n", 9, 18,
		    "exactly one kind" },
	};

	for (size_t i = 0; i < sizeof(slips) / sizeof(slips[0]); i++)
		is_refused(&slips[i]);
}

/* A rule with other lines than HEAD has; %s of the check is right. */
#define RULE(id, law, tier, duty, severity, more)                              \
	"rules:\n"                                                             \
	"  - id: " id "\n    title: t\n    law: " law "\n    tier: " tier      \
	"\n    duty: " duty "\n    severity: " severity "\n" more              \
	"    check: {present: model.name}\n    message: m\n"

#define TRANSITION(begins, applies)                                            \
	"transitions:\n"                                                       \
	"  - {id: T, begins: " begins                                          \
	", when: {yes: risk.profiling}, reason: r, applies: " applies "}\n"

static void
refuses_wrong_rules(void)
{
	static const struct slip slips[] = {
		{ "rules: {id: R-1}\n", 1, 8, "rules are a list" },
		{ "ruls: []\n", 1, 1, "did you mean \"rules\"" },
		{ "- a\n", 1, 1, "a map with the key" },
		{ "rules:\n  - {id: R-1}\n", 2, 5, "needs the key \"title\"" },
		{ "rules:\n  - R-1\n", 2, 5, "a map is wanted" },
		{ RULE("r-1", "[]", "[all]", "[any]", "error", ""), 2, 9,
		    "A-Z, 0-9 and -" },
		{ RULE("-R", "[]", "[all]", "[any]", "error", ""), 2, 9,
		    "A-Z, 0-9 and -" },
		{ RULE("R", "[]", "[high-riks]", "[any]", "error", ""), 5, 11,
		    "unknown tier \"high-riks\"; did you mean \"high-risk\"" },
		{ RULE("R", "[]", "[all]", "[providers]", "error", ""), 6, 11,
		    "unknown duty \"providers\"; did you mean \"provider\"" },
		{ RULE("R", "[]", "[all]", "[any]", "eror", ""), 7, 15,
		    "unknown severity \"eror\"; did you mean \"error\"" },
		{ RULE("R", "[]", "[all]", "[any]", "error",
		      "    status: outdated\n"),
		    8, 13, "unknown status" },
		{ RULE("R", "[]", "[all]", "[any]", "error",
		      "    severty: error\n"),
		    8, 5,
		    "unknown key \"severty\"; did you mean \"severity\"" },
		{ RULE("R", "[]", "[all]", "[any]", "error",
		      "    applies: 2027-13-02\n"),
		    8, 14, "not a date" },
		{ RULE("R", "[]", "[all]", "[any]", "error",
		      "    until: soon\n"),
		    8, 12, "not a date" },
		{ RULE("R", "[]", "[high-risk]", "[any]", "error",
		      "    applies: {annex-iii: 2027-12-02}\n"),
		    8, 14, "no day for the tier \"high-risk-annex-i\"" },
		{ RULE("R", "[]", "[minimal]", "[any]", "error",
		      "    applies: {annex-ii: 2027-12-02}\n"),
		    8, 15, "did you mean \"annex-iii\"" },
		{ RULE("R", "[]", "[all]", "[any]", "error",
		      "    point: art-9.1\n"),
		    8, 12, "a point is of annex-iv" },
		{ "transitions:\n  - {id: T}\n", 2, 5,
		    "a transition needs the key \"begins\"" },
		{ TRANSITION("{annex-ii: 2026-01-01}", "never"), 2, 22,
		    "did you mean \"annex-iii\"" },
		{ TRANSITION("2026-01-01", "later"), 2, 82, "not a date" },
		{ TRANSITION("2026-01-01", "never, after: 1"), 2, 89,
		    "unknown key \"after\"" },
		{ RULE("R", "[]", "[all]", "[any]", "error",
		      "    examples: {}\n"),
		    8, 15, "examples are a list" },
		{ RULE("R", "[]", "[all]", "[any]", "error",
		      "    examples: [{result: passes, as_of: 2028-01-01, "
		      "record: {}}]\n"),
		    8, 25, "did you mean \"pass\"" },
		{ RULE("R", "[]", "[all]", "[any]", "error",
		      "    examples: [{result: pass, record: {}}]\n"),
		    8, 16, "an example needs" },
		{ RULE("R", "[]", "[all]", "[any]", "error",
		      "    examples: [{result: pass, as_of: 2028-01-01, "
		      "record: [], rest: 1}]\n"),
		    8, 62, "unknown key \"rest\"" },
		{ "rules:\n  - {id: R, title: t, law: [], tier: [all], duty: "
		  "[any], severity: error, check: {present: model.name}, "
		  "message: \"{valu} is wrong\"}\n",
		    2, 114,
		    "unknown placeholder \"{valu}\"; did you mean "
		    "\"value\"" },
		{ "rules:\n  - {id: R, title: t, law: [], tier: [all], duty: "
		  "[any], severity: error, check: {present: model.name}, "
		  "message: \"{value\"}\n",
		    2, 114, "unknown placeholder" },
		{ "obligations: [{id: a, reference: A}]\n" RULE(
		      "R", "[b]", "[all]", "[any]", "error", ""),
		    5, 10, "no obligation \"b\"" },
		{ "obligations: [{id: art-9.1, reference: A}]\n" RULE(
		      "R", "[art-9.2]", "[all]", "[any]", "error", ""),
		    5, 10, "did you mean \"art-9.1\"" },
		{ "obligations: [{id: annex-iv.1, reference: A}]\n" RULE("R",
		      "[]", "[all]", "[any]", "error",
		      "    point: annex-iv.2\n"),
		    9, 12, "no obligation \"annex-iv.2\"" },
		{ "obligations: [{id: a, reference: A}, {id: a, reference: "
		  "B}]\nrules: []\n",
		    1, 38, "two obligations have the id \"a\"" },
		{ "obligations: [{id: a}]\nrules: []\n", 1, 15,
		    "\"id\" and \"reference\"" },
		{ "pack: {name: x}\nrules: []\n", 1, 7,
		    "name, version and reviewed" },
		{ "pack: {name: x, version: 1, reviewed: soon}\nrules: []\n", 1,
		    39, "not a date" },
	};

	for (size_t i = 0; i < sizeof(slips) / sizeof(slips[0]); i++)
		is_refused(&slips[i]);
}

static void
refuses_a_second_rule_of_an_id(void)
{
	struct court court;

	court_open(&court,
	    HEAD "    check: {present: model.name}\n"
		 "  - {id: R-1, title: t, law: [], tier: [all], duty: [any], "
		 "severity: note, check: {present: model.id}, message: m}\n");
	CHECK_INT(court.rc, -1);
	CHECK_INT(court.diags.n, 1);
	CHECK(strstr(court.diags.first->detail,
		  "two rules have the id \"R-1\"") != NULL);
	court_close(&court);
}

/* One run tells of every slip. */
static void
reports_all_at_once(void)
{
	struct court court;

	court_open(&court,
	    "rules:\n"
	    "  - {id: a, title: t, law: [], tier: [x], duty: [y], severity: z, "
	    "check: {present: w}, message: \"{v}\"}\n"
	    "  - {id: B, title: t, law: [], tier: [all], duty: [any], "
	    "severity: "
	    "error, check: {all: [{present: q}, {yes: r}]}, message: m}\n");
	CHECK_INT(court.rc, -1);
	CHECK_INT(court.diags.n, 8);
	CHECK_INT(court.diags.n_errors, 8);
	court_close(&court);
}

static void
needs_its_two_fields(void)
{
	static const char vocabulary[] =
	    "version: \"1\"\n"
	    "keys:\n"
	    "  - {key: roles_held, type: list of choice, label: R, meaning: m, "
	    "example: \"[cook]\", values: {provider: P, cook: C}}\n";
	static const char rules[] = "rules: []\n";
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct vocabulary terms;
	struct catalogue catalogue;
	struct source source;

	source_of_bytes(&source, "v.yaml", vocabulary, sizeof(vocabulary) - 1);
	CHECK_INT(vocabulary_read(&terms, &arena, &source, &diags), 0);
	source_of_bytes(&source, "r.yaml", rules, sizeof(rules) - 1);
	CHECK_INT(
	    catalogue_read(&catalogue, &arena, &source, &terms, &diags), -1);
	CHECK_INT(diags.n, 2);
	CHECK(strstr(diags.first->detail, "no key \"risk\"") != NULL);
	CHECK(strstr(diags.last->detail, "no rule knows the word \"cook\"") !=
	    NULL);
	arena_free(&arena);
}

static void
writes_provisions(void)
{
	static const char *const cases[][2] = {
		{ "Annex IV, point 2(g)", "Annex IV 2(g)" },
		{ "Art. 27(1)(c)", "Article 27(1)(c)" },
		{ "Annex XI, Section 1, point 1(f)",
		    "Annex XI, Section 1 1(f)" },
		{ "Art. 11(1) 2nd subpara.", "Article 11(1) 2nd subpara." },
		{ "GPAI Code of Practice, Measure 1.1",
		    "GPAI Code of Practice, Measure 1.1" },
		{ "", "" },
	};
	struct arena arena = { 0 };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		CHECK_STR(read_provision(&arena, cases[i][0]), cases[i][1]);
	arena_free(&arena);
}

static void
knows_tiers_and_duties(void)
{
	size_t n;

	CHECK_INT(tier_mask("high-risk"),
	    tier_mask("annex-iii") | tier_mask("annex-i"));
	CHECK_INT(tier_mask("all"), (1U << TIER_COUNT) - 1);
	CHECK_INT(tier_mask("high"), 0);
	CHECK_INT(tier_of("gpai"), TIER_GPAI);
	CHECK_INT(tier_of("high-risk"), TIER_COUNT);
	CHECK_INT(tier_of("all"), TIER_COUNT);
	CHECK_INT(duty_mask("any"), ~0U);
	CHECK_INT(duty_mask("provider") & duty_mask("deployer"), 0);
	CHECK_INT(duty_mask("cook"), 0);
	CHECK_STR(tier_words(&n)[0], "prohibited");
	CHECK_STR(tier_words(&n)[n - 1], "all");
	CHECK_STR(duty_words(&n)[n - 1], "any");
}

/* Write a file below a folder for catalogue_load(). */
static void
put(int dir, const char *name, const char *text)
{
	int fd = openat(dir, name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	CHECK(
	    fd != -1 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	if (fd != -1)
		close(fd);
}

/* Rules in two files, a file of another kind, and one that is hidden. */
static void
fill_folder(int dir)
{
	put(dir, "20-b.yaml",
	    "# comment\nrules:\n"
	    "  - id: B\n    title: t\n    law: [a]\n    tier: [all]\n"
	    "    duty: [any]\n    severity: error\n"
	    "    check: {present: model.name}\n"
	    "    examples:\n"
	    "      - result: pass\n"
	    "        as_of: 2028-01-01\n"
	    "\n"
	    "        record: {}\n"
	    "    message: m\n");
	put(dir, "10-a.yaml",
	    "rules:\n"
	    "  - id: A\n    title: t\n    law: [a]\n    tier: [all]\n"
	    "    duty: [any]\n    severity: error\n"
	    "    check: {present: model.id}\n    message: m\n");
	put(dir, "obligations.yaml",
	    "reasons:\n  penalty: p\n"
	    "obligations:\n"
	    "  - id: a\n    reference: R\n    covered: {rules: [A,\n      B]}\n"
	    "    gate: value\n");
	put(dir, ".hidden.yaml", "rules: 1\n");
	put(dir, "notes.txt", "rules: 1\n");
}

static void
reads_a_folder(void)
{
	char root[] = "/tmp/dossier-catalogue-XXXXXX";
	struct court court;
	struct folder folder = { .fd = -1 };
	int dir;

	court_open(&court, "rules: []\n");
	CHECK(mkdtemp(root) != NULL);
	CHECK_INT(folder_open(&folder, root, "schemas", &court.diags), 0);
	CHECK_INT(mkdirat(folder.fd, "eu-ai-act", 0700), 0);
	dir = openat(folder.fd, "eu-ai-act", O_RDONLY | O_DIRECTORY);
	CHECK_INT(catalogue_load(&court.catalogue, &court.arena, &folder,
		      &court.vocabulary, &court.diags),
	    -1);
	CHECK(strstr(court.diags.first->detail, "no file in it has rules") !=
	    NULL);
	fill_folder(dir);
	CHECK_INT(catalogue_load(&court.catalogue, &court.arena, &folder,
		      &court.vocabulary, &court.diags),
	    0);
	CHECK_INT(court.catalogue.n_rules, 2);
	CHECK_STR(court.catalogue.rules[0].id, "A");
	CHECK_STR(court.catalogue.rules[1].id, "B");
	CHECK_INT(court.catalogue.rules[1].n_examples, 0);
	CHECK_INT(court.catalogue.rules[1].pos.line, 3);
	CHECK_STR(value_text(court.catalogue.reasons, "penalty"), "p");
	CHECK(
	    value_get(court.catalogue.obligations[0].entry, "covered") == NULL);
	CHECK_INT(value_get(court.catalogue.obligations[0].entry, "gate")
		      ->key_pos.line,
	    8);
	CHECK_INT(catalogue_load_from(&court.catalogue, &court.arena,
		      &(struct catalogue_source){
			  &folder, &court.vocabulary, CATALOGUE_COVERED },
		      &court.diags),
	    0);
	CHECK_INT(court.catalogue.rules[1].n_examples, 0);
	CHECK(
	    value_get(court.catalogue.obligations[0].entry, "covered") != NULL);
	CHECK_INT(catalogue_load_from(&court.catalogue, &court.arena,
		      &(struct catalogue_source){
			  &folder, &court.vocabulary, CATALOGUE_WHOLE },
		      &court.diags),
	    0);
	CHECK_INT(court.catalogue.rules[1].n_examples, 1);
	CHECK_INT(value_get(value_get(court.catalogue.obligations[0].entry,
				"covered"),
		      "rules")
		      ->n,
	    2);
	CHECK_INT(court.catalogue.rules[1].examples[0].pos.line, 11);
	put(dir, "30-c.yaml", "rules: [\n");
	CHECK_INT(catalogue_load(&court.catalogue, &court.arena, &folder,
		      &court.vocabulary, &court.diags),
	    -1);
	CHECK_STR(court.diags.last->pos.file, "schemas/eu-ai-act/30-c.yaml");
	for (const char *const *name =
		 (const char *const[]){ "30-c.yaml", "20-b.yaml", "10-a.yaml",
		     "obligations.yaml", ".hidden.yaml", "notes.txt", NULL };
	     *name != NULL; name++)
		unlinkat(dir, *name, 0);
	close(dir);
	unlinkat(folder.fd, "eu-ai-act", AT_REMOVEDIR);
	CHECK_INT(catalogue_load(&court.catalogue, &court.arena, &folder,
		      &court.vocabulary, &court.diags),
	    -1);
	CHECK_INT(court.diags.last->id, DIAG_FILE_MISSING);
	folder_close(&folder);
	rmdir(root);
	court_close(&court);
}

/* Conditions are read before all rules, and each stands for its check. */
#define NAMED                                                                  \
	"conditions:\n"                                                        \
	"  - {id: is-test, says: it is a test, denies: it is no test,\n"       \
	"     check: {yes: risk.profiling}}\n"
#define NAMED_RULE                                                             \
	"rules:\n"                                                             \
	"  - id: R-1\n    title: A rule\n    law: []\n    tier: [all]\n"       \
	"    duty: [any]\n    severity: error\n    message: m\n"               \
	"    when: {holds: is-test}\n    check: {not: {holds: is-test}}\n"

static void
names_conditions(void)
{
	static const char *const wrong[][2] = {
		{ "conditions: 3\n" NAMED_RULE, "conditions are a list" },
		{ "conditions:\n  - {id: a, says: b, check: {yes: "
		  "risk.profiling}}\n" NAMED_RULE,
		    "needs the key \"denies\"" },
		{ NAMED "  - {id: is-test, says: a, denies: b, check: {yes: "
			"risk.profiling}}\n" NAMED_RULE,
		    "two conditions have the id" },
		{ "conditions:\n  - {id: a, says: b, denies: c, check: {holds: "
		  "a}}\n" NAMED_RULE,
		    "no condition \"a\"" },
		{ "conditions:\n  - {id: is-tst, says: b, denies: c, check: "
		  "{yes: risk.profiling}}\n" NAMED_RULE,
		    "did you mean \"is-tst\"" },
	};
	struct court court;
	struct record record;

	court_open(&court, NAMED NAMED_RULE);
	CHECK_INT(court.rc, 0);
	CHECK_STR(court.catalogue.rules[0].condition, "it is a test");
	CHECK_STR(court.catalogue.rules[0].sentence, "It is no test.");
	court_record(&court, &record, "risk: {profiling: yes}\n");
	CHECK_INT(court_judge(&court, &record)->result, VERDICT_FAIL);
	arena_free(&record.arena);
	court_record(&court, &record, "risk: {profiling: no}\n");
	CHECK_INT(court_judge(&court, &record)->result, VERDICT_NOT_APPLICABLE);
	arena_free(&record.arena);
	court_record(&court, &record, "model: {name: x}\n");
	CHECK_INT(court_judge(&court, &record)->result, VERDICT_UNKNOWN);
	arena_free(&record.arena);
	court_close(&court);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		court_open(&court, wrong[i][0]);
		CHECK_INT(court.rc, -1);
		if (!CHECK(court.diags.first != NULL &&
			strstr(court.diags.first->detail, wrong[i][1]) != NULL))
			printf("# lacks: %s\n", wrong[i][1]);
		court_close(&court);
	}
}

int
main(void)
{
	names_conditions();
	reads_a_rule();
	finds_by_id();
	refuses_wrong_checks();
	refuses_wrong_rules();
	refuses_a_second_rule_of_an_id();
	reports_all_at_once();
	needs_its_two_fields();
	writes_provisions();
	knows_tiers_and_duties();
	reads_a_folder();
	return tap_done();
}
