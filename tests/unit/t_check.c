#include "check/emit.h"
#include "court.h"

/*
 * Every kind of check: held, failed, absent, unusable, none, not applicable;
 * then how several are joined, and what a verdict says.
 */

#define NONE "{none: there are none}"
#define SIGNED                                                                 \
	"{not_applicable: no such thing, decided_by: M. L., decided_on: "      \
	"2026-09-01}"
#define UNSIGNED "{not_applicable: no such thing}"

static void
present(void)
{
	static const struct trial trials[] = {
		{ "model: {name: Score}", "pass", "Met", NULL },
		{ "model: {version: 1.0}", "fail", "Not provided",
		    "it is wrong" },
		{ "roles_held: [provider]", "fail", "Not provided", NULL },
		{ "model: {name: TBD}", "fail", "Not provided",
		    "\"TBD\" is a placeholder" },
		{ "model: {name: }", "fail", "Not provided", NULL },
		{ "model: {name: " NONE "}", "pass", "Met",
		    "none (there are none)" },
		{ "model: " NONE, "pass", "Met", NULL },
		{ "model: {name: " SIGNED "}", "not-applicable",
		    "Not applicable", "no such thing (decided by M. L. on" },
		{ "model: {name: " UNSIGNED "}", "fail", "Not provided",
		    "needs the key \"decided_by\"" },
		{ "model: {name: {not_applicable: x, decided_by: M. L.}}",
		    "fail", "Not provided", "needs the key \"decided_on\"" },
		{ "model: {name: [1, 2]}", "unknown", "Not tested",
		    "could not be read" },
	};

	TRIALS("{present: model.name}", trials);
}

static void
present_of_sections_and_lists(void)
{
	static const struct trial section[] = {
		{ "residual: {rationale: It is low.}", "pass", NULL, NULL },
		{ "residual: {rationale: TBD}", "fail", "Not provided", NULL },
		{ "residual: {}", "fail", "Not provided", NULL },
		{ "residual: {decided_on: never}", "unknown", NULL, NULL },
	};
	static const struct trial list[] = {
		{ "data_sets: [{name: a}]", "pass", NULL, NULL },
		{ "data_sets: []", "fail", "Not provided", NULL },
		{ "data_sets: [{name: TBD}]", "fail", "Not provided", NULL },
		{ "data_sets: " NONE, "pass", NULL, NULL },
	};

	TRIALS("{present: residual}", section);
	TRIALS("{present: data_sets}", list);
}

static void
yes_and_no(void)
{
	static const struct trial yes[] = {
		{ "risk: {profiling: yes}", "pass", "Met", NULL },
		{ "risk: {profiling: no}", "fail", "Not met", "found \"no\"" },
		{ "risk: {}", "fail", "Not provided", NULL },
		{ "risk: {profiling: maybe}", "unknown", "Not tested", NULL },
		{ "risk: {profiling: " NONE "}", "fail", "Not met", NULL },
		{ "risk: {profiling: " SIGNED "}", "not-applicable", NULL,
		    NULL },
	};
	static const struct trial no[] = {
		{ "risk: {profiling: no}", "pass", "Met", NULL },
		{ "risk: {profiling: yes}", "fail", "Not met",
		    "found \"yes\"" },
		{ "risk: {}", "fail", "Not provided", NULL },
		{ "risk: {profiling: " NONE "}", "pass", NULL, NULL },
	};

	TRIALS("{yes: risk.profiling}", yes);
	TRIALS("{no: risk.profiling}", no);
}

static void
one_of(void)
{
	static const struct trial scalar[] = {
		{ "residual: {decision: acceptable}", "pass", NULL, NULL },
		{ "residual: {decision: not-acceptable}", "fail", "Not met",
		    "found \"not-acceptable\"" },
		{ "residual: {rationale: x}", "fail", "Not provided", NULL },
		{ "residual: {decision: fine}", "unknown", NULL, NULL },
		{ "residual: {decision: " NONE "}", "fail", "Not met",
		    "answered with none" },
		{ "residual: {decision: " SIGNED "}", "not-applicable", NULL,
		    NULL },
	};
	static const struct trial list[] = {
		{ "roles_held: [importer, provider]", "pass", NULL, NULL },
		{ "roles_held: [importer]", "fail", "Not met", NULL },
		{ "roles_held: []", "fail", "Not provided", NULL },
		{ "roles_held: [importer, cook]", "unknown", NULL,
		    "could not be read" },
	};

	TRIALS("{one-of: {field: residual.decision, values: [acceptable, "
	       "in-review]}}",
	    scalar);
	TRIALS("{one-of: {field: roles_held, values: [provider]}}", list);
}

static void
none_of(void)
{
	static const struct trial trials[] = {
		{ "roles_held: [importer]", "pass", NULL, NULL },
		{ "roles_held: [importer, provider]", "fail", "Not met",
		    "found \"provider\"" },
		{ "risk: {}", "fail", "Not provided", NULL },
		{ "roles_held: " NONE, "pass", NULL, NULL },
		{ "roles_held: [importer, cook]", "unknown", NULL, NULL },
	};

	TRIALS("{none-of: {field: roles_held, values: [provider]}}", trials);
}

static void
matches(void)
{
	static const struct trial trials[] = {
		{ "model: {version: 4.2.0}", "pass", NULL, NULL },
		{ "model: {version: 4.2.0-beta}", "fail", "Not met",
		    "found \"4.2.0-beta\"" },
		{ "model: {name: x}", "fail", "Not provided", NULL },
		{ "model: {version: " NONE "}", "fail", "Not met", NULL },
	};
	static const struct trial costly[] = {
		{ "model: {version: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!}",
		    "error", "Not tested", "pattern reached its limit" },
		{ "model: {version: aaa}", "pass", NULL, NULL },
	};
	static const struct trial list[] = {
		{ "data_sets: [{tags: [ab, cd]}]", "pass", NULL, NULL },
		{ "data_sets: [{tags: [ab, c1]}]", "fail", NULL,
		    "found \"c1\"" },
	};

	TRIALS("{matches: {field: model.version, pattern: '[0-9.]+'}}", trials);
	TRIALS("{matches: {field: model.version, pattern: '(a|a?)+'}}", costly);
	TRIALS("{each: {in: data_sets, check: {matches: {field: tags, pattern: "
	       "'[a-z]+'}}}}",
	    list);
}

/* A gate must not open because a pattern cost too much. */
static void
a_limit_blocks(void)
{
	struct court court;
	struct record record;
	const struct verdict *v;

	court_open_check(
	    &court, "{matches: {field: model.version, pattern: '(a|a?)+'}}");
	court_record(&court, &record,
	    "model: {version: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!}");
	v = court_judge(&court, &record);
	CHECK_INT(v->result, VERDICT_ERROR);
	CHECK_INT(v->effect, EFFECT_BLOCKS);
	CHECK_INT(record.diags.n_errors, 1);
	CHECK_INT(record.diags.first->id, DIAG_PATTERN_LIMIT);
	CHECK_INT(record.diags.first->pos.line, 1);
	arena_free(&record.arena);
	court_close(&court);
}

static void
number(void)
{
	static const struct trial trials[] = {
		{ "evaluation: {threshold: 0.5}", "pass", NULL, NULL },
		{ "evaluation: {threshold: 0.1}", "pass", NULL, NULL },
		{ "evaluation: {threshold: 0.9}", "pass", NULL, NULL },
		{ "evaluation: {threshold: 0.09}", "fail", "Not met",
		    "0.09 is below 0.1" },
		{ "evaluation: {threshold: 0.91}", "fail", "Not met",
		    "0.91 is above 0.9" },
		{ "evaluation: {}", "fail", "Not provided", NULL },
		{ "evaluation: {threshold: high}", "unknown", NULL, NULL },
		{ "evaluation: {threshold: " NONE "}", "fail", "Not met",
		    "none" },
		{ "evaluation: {threshold: " SIGNED "}", "not-applicable", NULL,
		    NULL },
	};

	TRIALS("{number: {field: evaluation.threshold, least: 0.1, most: 0.9}}",
	    trials);
}

static void
count(void)
{
	static const struct trial trials[] = {
		{ "data_sets: [{name: a}, {name: b}]", "pass", NULL, NULL },
		{ "data_sets: [{name: a}]", "fail", "Not met", "1 is below 2" },
		{ "data_sets: [{name: a}, {name: TBD}]", "fail", "Not met",
		    "1 is below 2" },
		{ "data_sets: [{name: a}, {name: b}, {name: c}, {name: d}]",
		    "fail", "Not met", "4 is above 3" },
		{ "model: {name: x}", "fail", "Not provided", "it is wrong" },
		{ "data_sets: " NONE, "fail", "Not met", "0 is below 2" },
		{ "data_sets: " SIGNED, "not-applicable", NULL, NULL },
	};
	static const struct trial most[] = {
		{ "model: {name: x}", "pass", NULL, NULL },
		{ "data_sets: [{name: a}]", "fail", NULL, "1 is above 0" },
	};

	TRIALS("{count: {field: data_sets, least: 2, most: 3}}", trials);
	TRIALS("{count: {field: data_sets, most: 0}}", most);
}

static void
covers(void)
{
	static const struct trial trials[] = {
		{ "data_sets: [{kind: training}, {kind: test}]", "pass", NULL,
		    NULL },
		{ "data_sets: [{kind: training}]", "fail", "Not met",
		    "it lacks Test" },
		{ "data_sets: [{name: a}]", "fail", "Not met",
		    "it lacks Training, Test" },
		{ "model: {name: x}", "fail", "Not provided", NULL },
		{ "data_sets: [{kind: training}, {kind: dreams}]", "unknown",
		    NULL, NULL },
		{ "data_sets: " NONE, "fail", NULL, "Training, Test" },
	};
	static const struct trial scalars[] = {
		{ "roles_held: [deployer, provider]", "pass", NULL, NULL },
		/* Of one value the message speaks itself. */
		{ "roles_held: [deployer]", "fail", NULL, "it is wrong" },
	};
	static const struct trial lists[] = {
		{ "data_sets: [{tags: [a]}, {tags: [b, c]}]", "pass", NULL,
		    NULL },
		{ "data_sets: [{tags: [a]}]", "fail", NULL, "it lacks b" },
	};

	TRIALS("{covers: {field: data_sets, key: kind, values: [training, "
	       "test]}}",
	    trials);
	TRIALS("{covers: {field: roles_held, values: [provider]}}", scalars);
	TRIALS(
	    "{covers: {field: data_sets, key: tags, values: [a, b]}}", lists);
}

static void
compare(void)
{
	static const struct trial same[] = {
		{ "{model: {version: 1.2}, evaluation: {version: 1.2}}", "pass",
		    NULL, NULL },
		{ "{model: {version: 1.2}, evaluation: {version: 1.1}}", "fail",
		    "Not met", "1.1 against 1.2" },
		{ "{model: {version: 1.2}}", "fail", "Not provided", NULL },
		{ "{evaluation: {version: 1.1}}", "unknown", "Not tested",
		    "\"Version\" is not on file" },
	};
	static const struct trial dates[] = {
		{ "evaluation: {planned_on: 2026-01-01, tested_on: 2026-01-02}",
		    "pass", NULL, NULL },
		{ "evaluation: {planned_on: 2026-01-02, tested_on: 2026-01-02}",
		    "fail", NULL, "2026-01-02 against 2026-01-02" },
		{ "evaluation: {planned_on: " NONE ", tested_on: 2026-01-02}",
		    "fail", "Not met", "none" },
	};
	static const struct trial none[] = {
		{ "{model: {version: " NONE "}, evaluation: {version: 1.1}}",
		    "pass", NULL, NULL },
	};
	static const struct trial number[] = {
		{ "evaluation: {threshold: 0.5}", "pass", NULL, NULL },
		{ "evaluation: {threshold: 0.4}", "fail", NULL,
		    "0.4 against 0.5" },
	};

	TRIALS("{compare: {left: evaluation.version, is: same, right: "
	       "model.version}}",
	    same);
	TRIALS("{compare: {left: evaluation.version, is: different, right: "
	       "model.version}}",
	    none);
	TRIALS("{compare: {left: evaluation.planned_on, is: below, right: "
	       "evaluation.tested_on}}",
	    dates);
	TRIALS("{compare: {left: evaluation.threshold, is: at-least, right: "
	       "0.5}}",
	    number);
}

/* All six relations below, on and above the literal. */
static void
relations(void)
{
	static const struct {
		const char *word;
		const char *below, *on, *above;
	} cases[] = {
		{ "same", "fail", "pass", "fail" },
		{ "different", "pass", "fail", "pass" },
		{ "below", "pass", "fail", "fail" },
		{ "above", "fail", "fail", "pass" },
		{ "at-most", "pass", "pass", "fail" },
		{ "at-least", "fail", "pass", "pass" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct text check = { 0 };
		struct trial trials[] = {
			{ "evaluation: {threshold: 1}", cases[i].below, NULL,
			    NULL },
			{ "evaluation: {threshold: 2}", cases[i].on, NULL,
			    NULL },
			{ "evaluation: {threshold: 3}", cases[i].above, NULL,
			    NULL },
		};

		text_printf(&check,
		    "{compare: {left: evaluation.threshold, is: %s, right: 2}}",
		    cases[i].word);
		TRIALS(text_str(&check), trials);
		text_free(&check);
	}
}

static void
file(void)
{
	static const struct trial trials[] = {
		{ "evaluation: {report: reports/test.pdf}", "pass", NULL,
		    NULL },
		{ "evaluation: {report: reports/missing.pdf}", "fail",
		    "Not met", "reports/missing.pdf" },
		{ "evaluation: {}", "fail", "Not provided", NULL },
		{ "evaluation: {report: " NONE "}", "fail", "Not met", NULL },
		{ "evaluation: {report: " SIGNED "}", "not-applicable", NULL,
		    NULL },
	};
	static const struct trial list[] = {
		{ "evaluation: {files: [a.pdf, b.pdf]}", "pass", NULL, NULL },
		{ "evaluation: {files: [a.pdf, missing.pdf]}", "fail",
		    "Not met", "missing.pdf" },
		{ "evaluation: {files: []}", "fail", "Not provided", NULL },
	};

	TRIALS("{file: evaluation.report}", trials);
	TRIALS("{file: evaluation.files}", list);
}

static void
ref(void)
{
	static const struct trial trials[] = {
		{ "{evaluation: {data_set: b}, data_sets: [{name: a}, {name: "
		  "b}]}",
		    "pass", NULL, NULL },
		{ "{evaluation: {data_set: c}, data_sets: [{name: a}]}", "fail",
		    "Not met", "\"c\" is not among \"Data sets\"" },
		{ "{evaluation: {data_set: c}}", "fail", "Not met", NULL },
		{ "{data_sets: [{name: a}]}", "fail", "Not provided", NULL },
		{ "{evaluation: {data_set: c}, data_sets: [{name: [x]}]}",
		    "unknown", NULL, NULL },
	};

	TRIALS("{ref: {field: evaluation.data_set, in: data_sets, key: name}}",
	    trials);
}

static void
manual(void)
{
	static const struct trial trials[] = {
		{ "residual: {decision: acceptable, rationale: Low., "
		  "decided_by: E. D., decided_on: 2028-08-01}",
		    "pass", "Met", NULL },
		{ "residual: {decision: not-acceptable, rationale: High., "
		  "decided_by: E. D., decided_on: 2028-08-01}",
		    "fail", "Not met", "\"not-acceptable\"" },
		{ "residual: {decision: in-review, rationale: Low., "
		  "decided_by: E. D., decided_on: 2028-08-01}",
		    "manual", "In review", "\"in-review\"" },
		{ "residual: {decision: acceptable, decided_by: E. D., "
		  "decided_on: 2028-08-01}",
		    "fail", "Not provided", "not yet given: Reason" },
		{ "residual: {decision: acceptable, rationale: Low.}", "fail",
		    "Not provided", "Decided by, Decided on" },
		{ "residual: {decision: fine, rationale: Low., "
		  "decided_by: E. D., decided_on: 2028-08-01}",
		    "unknown", "Not tested", NULL },
		{ "residual: {decision: acceptable, rationale: Low., "
		  "decided_by: E. D., decided_on: 2028-09-02}",
		    "manual", "In review", "future" },
		{ "model: {name: x}", "fail", "Not provided", NULL },
		{ "residual: " NONE, "fail", "Not provided",
		    "answered with none" },
		{ "residual: " SIGNED, "not-applicable", NULL, NULL },
	};

	TRIALS("{manual: residual}", trials);
}

static void
joined(void)
{
	static const struct trial all[] = {
		{ "model: {name: a, version: b}", "pass", NULL, NULL },
		{ "model: {name: a}", "fail", "Not provided", NULL },
		{ "model: {name: " SIGNED ", version: b}", "pass", NULL, NULL },
		{ "model: {name: " SIGNED ", version: " SIGNED "}",
		    "not-applicable", NULL, NULL },
		{ "model: {name: a, version: [x]}", "unknown", NULL, NULL },
		{ "model: {version: [x]}", "fail", "Not provided", NULL },
	};
	static const struct trial any[] = {
		{ "model: {name: a}", "pass", NULL, NULL },
		{ "model: {version: a}", "pass", NULL, NULL },
		{ "risk: {}", "fail", "Not provided", NULL },
		{ "model: {version: [x]}", "unknown", NULL, NULL },
		{ "model: {name: a, version: [x]}", "pass", NULL, NULL },
		{ "model: {name: " SIGNED "}", "fail", "Not provided", NULL },
	};
	static const struct trial not [] = {
		{ "model: {version: a}", "pass", NULL, NULL },
		{ "model: {name: a}", "fail", "Not met", NULL },
		{ "model: {name: [x]}", "unknown", NULL, NULL },
		{ "model: {name: " NONE "}", "fail", NULL, NULL },
	};
	static const struct trial not_value[] = {
		{ "risk: {profiling: no}", "pass", NULL, NULL },
		{ "risk: {profiling: yes}", "fail", NULL, NULL },
		{ "risk: {}", "fail", "Not provided", NULL },
	};

	TRIALS("{all: [{present: model.name}, {present: model.version}]}", all);
	TRIALS("{any: [{present: model.name}, {present: model.version}]}", any);
	TRIALS("{not: {present: model.name}}", not );
	TRIALS("{not: {yes: risk.profiling}}", not_value);
}

/* A rule with a condition; the message names all that is missing. */
static const char conditional[] =
    "rules:\n"
    "  - id: R-1\n    title: A rule\n    law: []\n    tier: [all]\n"
    "    duty: [any]\n    severity: error\n"
    "    when: {one-of: {field: residual.decision, values: [acceptable]}}\n"
    "    check: {all: [{present: model.name}, {present: model.version}]}\n"
    "    message: \"missing are {missing}\"\n";

static void
conditions(void)
{
	static const struct trial trials[] = {
		{ "residual: {decision: acceptable}", "fail", "Not provided",
		    "missing are Name, Version" },
		{ "{model: {name: a}, residual: {decision: acceptable}}",
		    "fail", "Not provided", "missing are Version" },
		{ "residual: {decision: in-review}", "not-applicable",
		    "Not applicable",
		    "applies only where \"Decision\" under \"Residual risk\" "
		    "is \"Acceptable\"" },
		{ "model: {name: a}", "unknown", "Not tested",
		    "\"Decision\" is not on file" },
		{ "residual: {decision: odd}", "unknown", "Not tested",
		    "could not be read" },
	};
	struct court court;

	court_open(&court, conditional);
	CHECK_INT(court.rc, 0);
	for (size_t i = 0; i < sizeof(trials) / sizeof(trials[0]); i++)
		court_try(&court, &trials[i]);
	court_close(&court);
}

/* One verdict for each failing item, at its line. */
static void
each_item(void)
{
	struct court court;
	struct record record;
	const struct verdict *v;

	court_open_check(
	    &court, "{each: {in: data_sets, check: {present: rows}}}");
	court_record(&court, &record,
	    "data_sets:\n"
	    "  - {name: a, rows: 1}\n"
	    "  - {name: b}\n"
	    "  - {name: c, rows: 2}\n"
	    "  - {name: d, rows: x}\n"
	    "  - {name: e, rows: TBD}\n");
	v = court_judge(&court, &record);
	CHECK_INT(record.verdicts.n, 3);
	CHECK_INT(v->result, VERDICT_FAIL);
	CHECK_STR(v->path, "data_sets[2].rows");
	CHECK_INT(v->pos.line, 3);
	CHECK_STR(v->next->path, "data_sets[4].rows");
	CHECK_INT(v->next->result, VERDICT_UNKNOWN);
	CHECK_STR(v->next->next->path, "data_sets[5].rows");
	CHECK_INT(v->next->next->pos.line, 6);
	CHECK(strcmp(v->id, v->next->id) != 0);
	arena_free(&record.arena);
	court_close(&court);
}

/* An item is left out where the condition fails, untested where it is open. */
static void
each_item_that_is_meant(void)
{
	static const struct trial trials[] = {
		{ "data_sets: [{kind: test, name: a}, {kind: training}]",
		    "pass", "Met", NULL },
		{ "data_sets: [{kind: training, name: a}, {kind: test}]",
		    "fail", "Not provided", NULL },
		{ "data_sets: [{kind: training}]", "pass", NULL, NULL },
		{ "data_sets: [{rows: 3}]", "unknown", "Not tested",
		    "\"Kind\" is not on file" },
		{ "data_sets: [{kind: tset, name: a}]", "unknown", NULL, NULL },
		{ "model: {name: x}", "fail", "Not provided", NULL },
	};

	TRIALS("{each: {in: data_sets, where: {one-of: {field: kind, values: "
	       "[test]}}, check: {present: name}}}",
	    trials);
}

static void
each_of_nothing(void)
{
	static const struct trial trials[] = {
		{ "data_sets: [{rows: 1}]", "pass", NULL, NULL },
		{ "model: {name: x}", "fail", "Not provided", NULL },
		{ "data_sets: []", "fail", "Not provided", NULL },
		{ "data_sets: " NONE, "not-applicable", NULL, "no entries" },
		{ "data_sets: " SIGNED, "not-applicable", NULL, NULL },
	};
	static const struct trial some[] = {
		{ "data_sets: [{kind: test}, {kind: training}]", "pass", NULL,
		    NULL },
		{ "data_sets: [{kind: training}]", "fail", NULL, NULL },
		{ "model: {name: x}", "fail", NULL, NULL },
	};

	TRIALS("{each: {in: data_sets, check: {present: rows}}}", trials);
	TRIALS("{not: {each: {in: data_sets, check: {none-of: {field: kind, "
	       "values: [test]}}}}}",
	    some);
}

/* "." is the item, "/" the top, and what `all` holds back is kept. */
static void
each_with_paths(void)
{
	static const struct trial items[] = {
		{ "roles_held: [provider, deployer]", "pass", NULL, NULL },
		{ "roles_held: [provider, importer]", "fail", NULL,
		    "found \"importer\"" },
	};
	static const struct trial top[] = {
		{ "{model: {name: a}, data_sets: [{name: a}]}", "pass", NULL,
		    NULL },
		{ "{model: {name: b}, data_sets: [{name: a}]}", "fail", NULL,
		    "a against b" },
	};
	struct court court;
	struct record record;

	TRIALS("{each: {in: roles_held, check: {one-of: {field: ., values: "
	       "[provider, deployer]}}}}",
	    items);
	TRIALS("{each: {in: data_sets, check: {compare: {left: name, is: same, "
	       "right: /model.name}}}}",
	    top);
	court_open_check(&court,
	    "{all: [{present: model.name}, {each: {in: data_sets, check: "
	    "{present: rows}}}]}");
	court_record(&court, &record, "data_sets: [{name: a}, {name: b}]");
	court_judge(&court, &record);
	CHECK_INT(record.verdicts.n, 3);
	CHECK_STR(record.verdicts.first->path, "model.name");
	CHECK_STR(record.verdicts.last->path, "data_sets[2].rows");
	arena_free(&record.arena);
	court_close(&court);
}

/*
 * Within `any` what rules something out is a condition of the rest: the
 * verdict points at the last part that is none.
 */
static void
any_points_behind_its_conditions(void)
{
	struct court court;
	struct record record;
	const struct verdict *v;

	court_open_check(&court,
	    "{each: {in: data_sets, check: {any: [{not: {present: kind}}, "
	    "{none-of: {field: kind, values: [test]}}, {number: {field: rows, "
	    "least: 10}}]}}}");
	court_record(&court, &record,
	    "data_sets: [{kind: training}, {kind: test, rows: 3}, {rows: 1}]");
	v = court_judge(&court, &record);
	CHECK_INT(record.verdicts.n, 1);
	CHECK_STR(v->path, "data_sets[2].rows");
	CHECK(strstr(v->message, "3 is below 10") != NULL);
	arena_free(&record.arena);
	court_close(&court);
}

/* Everything that a verdict carries. */
static const char full[] =
    "obligations:\n"
    "  - {id: annex-iv.2.g, reference: \"Annex IV, point 2(g)\", paraphrase: "
    "x}\n"
    "  - {id: art-27.1.c, reference: \"Art. 27(1)(c)\", paraphrase: y}\n"
    "rules:\n"
    "  - id: T-REPORT\n    title: Signed report\n"
    "    law: [annex-iv.2.g, art-27.1.c]\n    point: annex-iv.2.g\n"
    "    tier: [all]\n    duty: [provider, deployer]\n    severity: error\n"
    "    check: {present: evaluation.report}\n"
    "    message: \"no {label} at {field}\"\n    why: It is evidence.\n"
    "  - id: T-VERSION\n    title: Version\n    law: []\n    tier: [all]\n"
    "    duty: [any]\n    severity: warning\n"
    "    check: {matches: {field: model.version, pattern: '[0-9]+'}}\n"
    "    message: \"{value} is no version\"\n"
    "    fix: Write digits under model.version.\n"
    "  - id: T-NOTE\n    title: Note\n    law: []\n    tier: [all]\n"
    "    duty: [any]\n    severity: note\n    status: out-of-date\n"
    "    check: {present: model.name}\n    message: \"no name\"\n"
    "    fix: Give it a name.\n";

static void
says_everything(void)
{
	struct court court;
	struct record record;
	const struct verdict *v;

	court_open(&court, full);
	court_record(&court, &record,
	    "roles_held: [provider]\n"
	    "model:\n"
	    "  version: beta\n"
	    "evaluation:\n"
	    "  version: x\n");
	v = court_judge(&court, &record);
	CHECK_INT(record.verdicts.n, 3);
	CHECK_STR(v->rule, "T-REPORT");
	CHECK_STR(v->title, "Signed report");
	CHECK_STR(v->provision, "Annex IV 2(g), Article 27(1)(c)");
	CHECK_STR(v->law, "annex-iv.2.g, art-27.1.c");
	CHECK_STR(v->duty, "provider, deployer");
	CHECK_STR(v->point, "annex-iv.2.g");
	CHECK_STR(v->message, "no Test report at evaluation.report");
	CHECK_STR(v->why, "It is evidence.");
	CHECK_STR(
	    v->requirement, "\"Test report\" under \"Evaluation\" is given.");
	CHECK_STR(v->path, "evaluation.report");
	CHECK_STR(v->pos.file, "model.yaml");
	CHECK_INT(v->pos.line, 4);
	CHECK_STR(v->fix,
	    "Add `report:` under `evaluation` (example: reports/test.pdf).");
	CHECK_INT(v->effect, EFFECT_BLOCKS);
	CHECK_INT(v->severity, DIAG_ERROR);
	CHECK_INT(v->applies_from, DATE_NONE);
	CHECK(v->waiver == NULL);
	v = v->next;
	CHECK_STR(v->message, "beta is no version");
	CHECK_STR(v->fix, "Write digits under model.version.");
	CHECK_INT(v->effect, EFFECT_WARNS);
	CHECK_STR(status_word(v->status), "Warning");
	v = v->next;
	CHECK_INT(v->effect, EFFECT_PASSES);
	CHECK_STR(status_word(v->status), "Not provided");
	CHECK_STR(v->fix,
	    "Give it a name. Add `name:` under `model` (example: Score).");
	arena_free(&record.arena);
	court_close(&court);
}

/* SHA-256("R-1" 0 "crs-2" 0 "model.name"), by sha256sum. */
static void
has_a_stable_id(void)
{
	struct arena arena = { 0 };

	CHECK_STR(check_verdict_id(&arena, "R-1", "crs-2", "model.name"),
	    "93d3e220e0a5");
	CHECK_INT(strlen(check_verdict_id(&arena, "", "", "")), 12);
	arena_free(&arena);
}

/* A message that quotes a value is not used where there is none. */
static void
does_not_quote_what_is_not_there(void)
{
	static const struct trial trials[] = {
		{ "roles_held: [provider]", "fail", NULL,
		    "\"Version\" is not provided" },
		{ "model: {version: beta}", "fail", NULL,
		    "beta is no version" },
	};
	static const char rules[] =
	    "rules:\n"
	    "  - id: T\n    title: t\n    law: []\n    tier: [all]\n"
	    "    duty: [any]\n    severity: warning\n"
	    "    check: {matches: {field: model.version, pattern: "
	    "'[0-9]+'}}\n"
	    "    message: \"{value} is no version\"\n";
	struct court court;

	court_open(&court, rules);
	for (size_t i = 0; i < 2; i++)
		court_try(&court, &trials[i]);
	court_close(&court);
}

/* At the top, and in a section that is not there. */
static void
tells_where_to_write(void)
{
	struct court court;
	struct record record;
	const struct verdict *v;

	court_open_check(
	    &court, "{all: [{present: model.version}, {present: data_sets}]}");
	court_record(&court, &record, "risk: {}\n");
	v = court_judge(&court, &record);
	CHECK_STR(v->fix, "Add `version:` under `model` (example: 4.2.0).");
	CHECK_INT(v->pos.line, 1);
	arena_free(&record.arena);
	court_close(&court);
	court_open_check(&court, "{present: data_sets}");
	court_record(&court, &record, "risk: {}\n");
	v = court_judge(&court, &record);
	CHECK(strstr(v->fix, "Add `data_sets:` at the top level") != NULL);
	arena_free(&record.arena);
	court_close(&court);
}

/* Tier, role and what does not bind. */
static const char bound[] =
    "rules:\n"
    "  - {id: A, title: a, law: [], tier: [high-risk], duty: [provider], "
    "severity: error, check: {present: model.name}, message: m}\n"
    "  - {id: B, title: b, law: [], tier: [high-risk-annex-i-b], duty: [any], "
    "severity: error, check: {present: model.name}, message: m}\n"
    "  - {id: C, title: c, law: [], tier: [all], duty: [any], severity: "
    "error, check: {present: model.name}, message: m}\n"
    "  - {id: D, title: d, law: [], tier: [minimal, gpai], duty: [deployer], "
    "severity: error, check: {present: model.name}, message: m}\n";

static void
binds(void)
{
	static const struct {
		const char *record;
		const char *rules;
	} cases[] = {
		{ "{roles_held: [provider], risk: {tiers: "
		  "[high-risk-annex-iii]}}",
		    "AC" },
		{ "{roles_held: [provider], risk: {tiers: "
		  "[high-risk-annex-i]}}",
		    "AC" },
		{ "{roles_held: [deployer], risk: {tiers: "
		  "[high-risk-annex-i]}}",
		    "C" },
		{ "{roles_held: [provider], risk: {tiers: "
		  "[high-risk-annex-i-b]}}",
		    "BC" },
		{ "{roles_held: [deployer], risk: {tiers: [gpai]}}", "CD" },
		{ "{roles_held: [provider, deployer], risk: {tiers: [minimal, "
		  "high-risk-annex-iii]}}",
		    "ACD" },
		{ "{model: {name: x}}", "C" },
		{ "{roles_held: [deployer], risk: {tiers: [gpai, odd]}}",
		    "CD" },
	};
	struct court court;

	court_open(&court, bound);
	CHECK_INT(court.rc, 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct text got = { 0 };
		struct check_tally tally;
		struct record record;

		court_record(&court, &record, cases[i].record);
		tally = check_record(&court.catalogue, &record, &court.policy);
		for (const struct verdict *v = record.verdicts.first; v != NULL;
		     v = v->next)
			text_puts(&got, v->rule);
		CHECK_STR(text_str(&got), cases[i].rules);
		CHECK_INT(tally.n_judged + tally.n_not_applicable, 4);
		CHECK_INT(tally.n_judged, got.n);
		text_free(&got);
		arena_free(&record.arena);
	}
	court_close(&court);
}

static void
leaves_the_unreadable_alone(void)
{
	struct court court;
	struct record record;
	struct check_tally tally;

	court_open(&court, bound);
	court_record(&court, &record, "{model: {name: x}}");
	record.is_readable = false;
	tally = check_record(&court.catalogue, &record, &court.policy);
	CHECK_INT(record.verdicts.n, 0);
	CHECK_INT(tally.n_judged, 0);
	arena_free(&record.arena);
	court_close(&court);
}

static void
judges_one_rule(void)
{
	struct court court;
	struct record record;
	const struct rule *rule;

	court_open(&court, bound);
	court_record(&court, &record,
	    "{roles_held: [provider], risk: {tiers: [high-risk-annex-iii]}}");
	rule = catalogue_rule(&court.catalogue, "A");
	CHECK_INT(check_rule(rule, &record, &court.policy), VERDICT_FAIL);
	CHECK_INT(record.verdicts.n, 1);
	rule = catalogue_rule(&court.catalogue, "D");
	CHECK_INT(
	    check_rule(rule, &record, &court.policy), VERDICT_NOT_APPLICABLE);
	CHECK_INT(record.verdicts.n, 1);
	CHECK(!check_binds(rule, &record));
	arena_free(&record.arena);
	court_close(&court);
}

/* Rules that share a fact: T-ASKED asks for it, T-USES needs it. */
#define RULE(id, severity, more)                                               \
	"  - id: " id "\n    title: t\n    law: []\n    tier: [all]\n"         \
	"    duty: [any]\n    severity: " severity "\n    message: m\n" more
#define USES                                                                   \
	"    when: {yes: risk.profiling}\n    check: {present: model.name}\n"
#define ASKS "    check: {present: risk.profiling}\n"

static void
untested(const char *rules, size_t at, enum effect effect, bool is_repeated)
{
	struct court court;
	struct record record;
	const struct verdict *v;

	court_open(&court, rules);
	CHECK_INT(court.rc, 0);
	court_record(&court, &record, "model: {version: 1.0}\n");
	v = court_judge(&court, &record);
	while (at-- > 0)
		v = v->next;
	CHECK_INT(v->result, VERDICT_UNKNOWN);
	CHECK_INT(v->effect, effect);
	CHECK_INT(v->is_repeated, is_repeated);
	arena_free(&record.arena);
	court_close(&court);
}

/*
 * A duty that cannot be tested is not met; but where the fact itself is asked
 * for with the same weight, that finding is enough.
 */
static void
what_is_untested_weighs_as_its_rule(void)
{
	untested(
	    "rules:\n" RULE("T-USES", "error", USES), 0, EFFECT_BLOCKS, false);
	untested(
	    "rules:\n" RULE("T-USES", "warning", USES), 0, EFFECT_WARNS, false);
	untested(
	    "rules:\n" RULE("T-USES", "note", USES), 0, EFFECT_PASSES, false);
	untested("rules:\n" RULE("T-ASKS", "error", ASKS)
		     RULE("T-USES", "error", USES),
	    1, EFFECT_PASSES, true);
	untested("rules:\n" RULE("T-USES", "error", USES)
		     RULE("T-ASKS", "error", ASKS),
	    0, EFFECT_PASSES, true);
	untested("rules:\n" RULE("T-ASKS", "warning", ASKS)
		     RULE("T-USES", "error", USES),
	    1, EFFECT_BLOCKS, false);
	untested(
	    "rules:\n" RULE("T-ASKS", "error", "    applies: 2029-01-01\n" ASKS)
		RULE("T-USES", "error", USES),
	    1, EFFECT_BLOCKS, false);
}

/* A judgement that is still open closes the gate as its rule says. */
static void
an_open_judgement_weighs_as_its_rule(void)
{
	static const char *const severities[] = { "error", "warning", "note" };
	static const enum effect effects[] = { EFFECT_BLOCKS, EFFECT_WARNS,
		EFFECT_PASSES };

	for (size_t i = 0; i < 3; i++) {
		struct court court;
		struct record record;
		struct text rules = { 0 };
		const struct verdict *v;

		text_printf(&rules,
		    "rules:\n" RULE(
			"T", "%s", "    check: {manual: residual}\n"),
		    severities[i]);
		court_open(&court, text_str(&rules));
		court_record(&court, &record,
		    "residual: {decision: in-review, rationale: Low., "
		    "decided_by: E. D., decided_on: 2028-08-01}\n");
		v = court_judge(&court, &record);
		CHECK_INT(v->result, VERDICT_MANUAL);
		CHECK_INT(v->effect, effects[i]);
		arena_free(&record.arena);
		court_close(&court);
		text_free(&rules);
	}
}

/* A "not applicable" without a name is told, by the rule that asks or else. */
static void
unsigned_answers_are_told_once(void)
{
	static const char rules[] = "rules:\n" RULE(
	    "T", "warning", "    check: {present: model.name}\n");
	struct court court;
	struct record record;

	court_open(&court, rules);
	court_record(&court, &record,
	    "model: {name: " UNSIGNED "}\n"
	    "risk: {placed_on: " UNSIGNED ", profiling: " SIGNED "}\n"
	    "data_sets: [{name: a, rows: {not_applicable: x, decided_by: "
	    "M.}}]\n");
	court_judge(&court, &record);
	CHECK_INT(record.verdicts.n, 1);
	CHECK_INT(record.diags.n_errors, 2);
	CHECK_INT(record.diags.first->id, DIAG_ANSWER_UNSIGNED);
	CHECK_INT(record.diags.first->pos.line, 2);
	CHECK_STR(record.diags.first->detail,
	    "risk.placed_on needs the key \"decided_by\"");
	CHECK_STR(record.diags.first->next->detail,
	    "data_sets[1].rows needs the key \"decided_on\"");
	arena_free(&record.arena);
	court_close(&court);
}

int
main(void)
{
	present();
	present_of_sections_and_lists();
	yes_and_no();
	one_of();
	none_of();
	matches();
	a_limit_blocks();
	number();
	count();
	covers();
	compare();
	relations();
	file();
	ref();
	manual();
	joined();
	conditions();
	each_item();
	each_item_that_is_meant();
	each_of_nothing();
	each_with_paths();
	any_points_behind_its_conditions();
	says_everything();
	unsigned_answers_are_told_once();
	what_is_untested_weighs_as_its_rule();
	an_open_judgement_weighs_as_its_rule();
	has_a_stable_id();
	does_not_quote_what_is_not_there();
	tells_where_to_write();
	binds();
	leaves_the_unreadable_alone();
	judges_one_rule();
	return tap_done();
}
