#include "check/coverage.h"

#include "check/chapter.h"
#include "court.h"

/* What rules cover, and what obligations.yaml says of it. */

#define RULE(id, law, check)                                                   \
	"  - {id: " id ", title: A rule, law: [" law "], tier: [all],\n"       \
	"     duty: [any], severity: error, message: m,\n"                     \
	"     check: " check "}\n"

#define ROW(id, holders, gate, covered)                                        \
	"  - {id: " id ", reference: \"Art. " id "\", holders: [" holders      \
	"],\n"                                                                 \
	"     gate: " gate ", covered: " covered "}\n"

#define REASONS                                                                \
	"reasons: {penalty: it says what an infringement costs,\n"             \
	"  scope: it narrows another provision}\n"

struct law {
	struct court court;
	struct coverage coverage;
};

static void
law_open(struct law *law, const char *text)
{
	court_open(&law->court, text);
	CHECK_INT(law->court.rc, 0);
	for (const struct diag *d = law->court.diags.first; d != NULL;
	     d = d->next)
		printf("# %u:%u: %s\n", d->pos.line, d->pos.column, d->detail);
	coverage_of(&law->coverage, &law->court.arena, &law->court.catalogue);
}

static const struct coverage_row *
row_of(const struct law *law, const char *id)
{
	for (size_t i = 0; i < law->coverage.n; i++)
		if (strcmp(law->coverage.rows[i].obligation->id, id) == 0)
			return &law->coverage.rows[i];
	return NULL;
}

static int
compare(struct law *law)
{
	return coverage_compare(
	    &law->coverage, &law->court.catalogue, &law->court.diags);
}

/* One provision, its gate, and what one rule asks. */
struct case_of {
	const char *holders, *gate, *check;
	const char *kind;
	bool has_gap;
};

static void
is_covered(const struct case_of *c)
{
	struct law law;
	struct text text = { 0 };

	text_printf(&text,
	    "obligations:\n"
	    "  - {id: art-9.1, reference: A, holders: [%s], gate: %s}\n"
	    "rules:\n"
	    "  - {id: R-1, title: t, law: [art-9.1], tier: [all], duty: "
	    "[any],\n"
	    "     severity: error, message: m, check: %s}\n",
	    c->holders, c->gate, c->check);
	law_open(&law, text_str(&text));
	if (!CHECK_STR(coverage_word(law.coverage.rows[0].kind), c->kind) ||
	    !CHECK_INT(law.coverage.rows[0].gap != NULL, c->has_gap))
		printf("# %s: %s\n", c->gate, c->check);
	CHECK_INT(law.coverage.n_gaps, c->has_gap);
	court_close(&law.court);
	text_free(&text);
}

static void
follows_from_what_rules_ask(void)
{
	static const struct case_of cases[] = {
		{ "provider", "presence", "{present: model.name}", "rules",
		    false },
		{ "provider", "value", "{yes: risk.profiling}", "rules",
		    false },
		/* A decision alone is no automated rule. */
		{ "provider", "presence", "{manual: residual}", "rules", true },
		{ "provider", "value",
		    "{all: [{present: model.name}, {manual: residual}]}",
		    "rules", false },
		{ "provider", "judgement", "{manual: residual}", "judgement",
		    false },
		{ "provider", "judgement", "{present: model.name}", "rules",
		    true },
		/* The three together are a signed decision, two are not. */
		{ "provider", "judgement",
		    "{all: [{present: residual.decided_by}, {present: "
		    "residual.decided_on}, {present: residual.rationale}]}",
		    "judgement", false },
		{ "provider", "judgement",
		    "{all: [{present: residual.decided_by}, {present: "
		    "residual.decided_on}]}",
		    "rules", true },
		{ "provider", "judgement",
		    "{all: [{present: residual.decided_by}, {present: "
		    "residual.rationale}]}",
		    "rules", true },
		{ "provider", "judgement",
		    "{all: [{present: residual.decided_on}, {present: "
		    "residual.rationale}]}",
		    "rules", true },
		{ "provider", "evidence",
		    "{all: [{file: evaluation.report}, {present: "
		    "evaluation.tested_on}]}",
		    "evidence", false },
		{ "provider", "evidence", "{file: evaluation.report}", "rules",
		    true },
		{ "provider", "evidence", "{present: evaluation.tested_on}",
		    "rules", true },
		/* What nobody owes may be covered less. */
		{ "none", "judgement", "{present: model.name}", "rules",
		    false },
		{ "commission", "value", "{manual: residual}", "rules", false },
		{ "none, deployer", "presence", "{manual: residual}", "rules",
		    true },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		is_covered(&cases[i]);
}

static void
takes_rules_together(void)
{
	struct law law;
	const struct coverage_row *row;

	law_open(&law,
	    "obligations:\n" ROW("art-9.5", "provider", "judgement",
		"{judgement: [A, B]}") ROW("art-9.6", "provider", "value",
		"{rules: [B]}") "rules:\n" RULE("A", "art-9.5",
		"{all: [{present: residual.decided_by}, {present: "
		"residual.decided_on}]}") RULE("B", "\"art-9.5\", art-9.6",
		"{substance: {field: residual.rationale, words: 4}}"));
	row = row_of(&law, "art-9.5");
	CHECK_INT(row->kind, COVERAGE_JUDGEMENT);
	CHECK_INT(row->n_rules, 2);
	CHECK_STR(row->rules[0]->id, "A");
	CHECK_STR(row->rules[1]->id, "B");
	CHECK(row->is_owed);
	CHECK_INT(row_of(&law, "art-9.6")->kind, COVERAGE_RULES);
	CHECK_INT(law.coverage.n_gaps, 0);
	CHECK_INT(compare(&law), 0);
	CHECK_INT(coverage_gaps(&law.coverage, &law.court.diags), 0);
	CHECK_INT(law.court.diags.n, 0);
	court_close(&law.court);
}

static void
gives_reasons(void)
{
	struct law law;
	const struct coverage_row *row;

	law_open(&law,
	    REASONS "obligations:\n" ROW(
		"art-99.3", "none", "information", "{information: penalty}")
		ROW("art-9.3", "provider", "information",
		    "{information: scope, note: \"see Article 9(2)\"}")
		    ROW("art-9.4", "provider", "presence",
			"{information: scope}") "rules: []\n");
	row = row_of(&law, "art-99.3");
	CHECK_INT(row->kind, COVERAGE_INFORMATION);
	CHECK_STR(row->reason, "penalty");
	CHECK_STR(row->because, "it says what an infringement costs");
	CHECK(row->gap == NULL);
	row = row_of(&law, "art-9.3");
	CHECK_STR(
	    row->because, "it narrows another provision: see Article 9(2)");
	CHECK(row->gap == NULL);
	/* A reason does not stand in for a rule that is due. */
	row = row_of(&law, "art-9.4");
	CHECK_INT(row->kind, COVERAGE_INFORMATION);
	CHECK(row->gap != NULL);
	CHECK_INT(compare(&law), 0);
	CHECK_INT(coverage_gaps(&law.coverage, &law.court.diags), -1);
	CHECK_INT(law.court.diags.n, 1);
	CHECK_INT(law.court.diags.first->id, DIAG_COVERAGE_GAP);
	CHECK_STR(law.court.diags.first->detail,
	    "art-9.4, Article art-9.4: no automated rule asks it");
	CHECK_INT(law.court.diags.first->pos.line, 8);
	court_close(&law.court);
}

/* What obligations.yaml says wrongly: where, and what is said to it. */
struct slip {
	const char *covered;
	unsigned column; /* in line 3 */
	const char *part;
};

static void
is_refused(const struct slip *slip)
{
	struct law law;
	struct text text = { 0 };
	const struct diag *diag;

	text_printf(&text,
	    "reasons: {penalty: p, scope: s}\n"
	    "obligations:\n"
	    "  - {%s, id: art-9.1, reference: A, holders: [provider], gate: "
	    "value}\n"
	    "  - {id: art-9.2, reference: B, holders: [none], gate: value,\n"
	    "     covered: {rules: [R-2]}}\n"
	    "rules:\n" RULE("R-1", "art-9.1", "{present: model.name}")
		RULE("R-2", "art-9.2", "{present: model.name}"),
	    slip->covered);
	law_open(&law, text_str(&text));
	CHECK_INT(compare(&law), -1);
	diag = law.court.diags.first;
	if (CHECK(diag != NULL)) {
		CHECK_INT(diag->id, DIAG_COVERAGE);
		CHECK_INT(diag->pos.line, 3);
		CHECK_INT(diag->pos.column, slip->column);
		if (!CHECK(strstr(diag->detail, slip->part) != NULL))
			printf("# %s\n# %s\n", diag->detail, slip->part);
		CHECK(diag->next == NULL);
	}
	court_close(&law.court);
	text_free(&text);
}

static void
refuses_what_differs(void)
{
	static const struct slip slips[] = {
		{ "covered: {rules: [R-1, R-9]}", 29,
		    "art-9.1: there is no rule \"R-9\"; did you mean" },
		{ "covered: {rules: [R-1, ELEPHANT]}", 29,
		    "there is no rule \"ELEPHANT\"" },
		{ "covered: {rules: [R-1, R-2]}", 29,
		    "the rule R-2 (rules.yaml:10) does not name it" },
		{ "covered: {rules: []}", 23,
		    "the rule R-1 (rules.yaml:7) names it and is not listed" },
		{ "covered: {rules: R-1}", 23, "rules are a list" },
		{ "covered: {judgement: [R-1]}", 16,
		    "covered by rules, not by judgement" },
		{ "covered: {evidence: [R-1]}", 16,
		    "covered by rules, not by evidence" },
		{ "covered: {information: scope}", 16,
		    "information, but the rule R-1 (rules.yaml:7) names it" },
		{ "covered: {ruler: [R-1]}", 16, "unknown key \"ruler\"" },
		{ "covered: {}", 15, "one of rules, judgement, evidence" },
		{ "covered: R-1", 15, "the key \"covered\" is wanted, a map" },
		{ "more: x", 5, "the key \"covered\" is wanted, a map" },
	};

	for (size_t i = 0; i < sizeof(slips) / sizeof(slips[0]); i++)
		is_refused(&slips[i]);
}

static void
refuses_unknown_reasons(void)
{
	struct law law;

	law_open(&law,
	    REASONS "obligations:\n" ROW(
		"art-99.3", "none", "information", "{information: penalties}")
		ROW("art-99.4", "none", "information", "{}") "rules: []\n");
	CHECK_INT(row_of(&law, "art-99.3")->kind, COVERAGE_OPEN);
	CHECK_INT(compare(&law), -1);
	CHECK_INT(law.court.diags.n, 1);
	CHECK_STR(law.court.diags.first->detail,
	    "art-99.3: unknown reason; did you mean \"penalty\"?");
	CHECK_INT(coverage_gaps(&law.coverage, &law.court.diags), -1);
	CHECK_STR(law.court.diags.last->detail,
	    "art-99.4, Article art-99.4: no rule names it and no reason is"
	    " given");
	court_close(&law.court);
}

static void
refuses_reasons_of_another_kind(void)
{
	struct court court;

	court_open(&court, "reasons: [a]\nrules: []\n");
	CHECK_INT(court.rc, -1);
	CHECK_STR(court.diags.first->detail, "reasons are a map, not a list");
	court_close(&court);
}

/* Every line stays but for `covered`. */
static void
writes_what_rules_say(void)
{
	static const char before[] = "# Head\n"
				     "reasons:\n"
				     "  scope: s\n"
				     "obligations:\n"
				     "  - id: art-9.1\n"
				     "    reference: A\n"
				     "    covered: {rules: [OLD,\n"
				     "      OLDER]}\n"
				     "    holders: [provider]\n"
				     "    gate: value\n"
				     "  - id: art-9.2\n"
				     "    reference: B\n"
				     "    paraphrase: >-\n"
				     "      Words\n"
				     "    covered: {information: scope,\n"
				     "      note: \"a \\\"b\\\"\"}\n"
				     "  - id: art-9.3\n"
				     "    reference: C\n"
				     "rules:\n";
	static const char after[] = "# Head\n"
				    "reasons:\n"
				    "  scope: s\n"
				    "obligations:\n"
				    "  - id: art-9.1\n"
				    "    reference: A\n"
				    "    holders: [provider]\n"
				    "    gate: value\n"
				    "    covered: {rules: [R-1, R-2]}\n"
				    "  - id: art-9.2\n"
				    "    reference: B\n"
				    "    paraphrase: >-\n"
				    "      Words\n"
				    "    covered: {information: scope,\n"
				    "      note: \"a \\\"b\\\"\"}\n"
				    "  - id: art-9.3\n"
				    "    reference: C\n"
				    "    covered: {}\n"
				    "rules:\n";
	static const char rules[] =
	    RULE("R-1", "art-9.1", "{present: model.name}")
		RULE("R-2", "art-9.1", "{present: model.id}");
	struct text text = { 0 }, out = { 0 };
	struct law law;

	text_printf(&text, "%s%s", before, rules);
	law_open(&law, text_str(&text));
	coverage_write(&law.coverage, &out, text_str(&text), text.n);
	text_clear(&text);
	text_printf(&text, "%s%s", after, rules);
	CHECK_STR(text_str(&out), text_str(&text));
	court_close(&law.court);

	/* What was written agrees, and is not changed again. */
	law_open(&law, text_str(&text));
	CHECK_INT(compare(&law), 0);
	text_clear(&out);
	coverage_write(&law.coverage, &out, text_str(&text), text.n);
	CHECK_STR(text_str(&out), text_str(&text));
	court_close(&law.court);
	text_free(&text);
	text_free(&out);
}

/* Long lists are broken, so that a change of one id is a change of few. */
static void
breaks_long_lists(void)
{
	struct text text = { 0 }, out = { 0 };
	struct law law;
	size_t n_lines = 0;

	text_puts(&text,
	    "obligations:\n  - id: art-9.1\n    reference: A\n"
	    "rules:\n");
	for (int i = 0; i < 40; i++)
		text_printf(&text,
		    "  - {id: A-LONG-NAME-%d, title: t, law: [art-9.1], tier: "
		    "[all],\n     duty: [any], severity: error, message: m,\n"
		    "     check: {present: model.name}}\n",
		    i);
	law_open(&law, text_str(&text));
	coverage_write(&law.coverage, &out, text_str(&text), text.n);
	for (const char *p = strstr(text_str(&out), "    covered:");
	     p != NULL && strncmp(p, "rules:", 6) != 0;
	     p = strchr(p, '\n') + 1, n_lines++)
		CHECK(
		    strcspn(p, "\n") <= 100 && p[strcspn(p, "\n") - 1] != ' ');
	CHECK(n_lines > 5 && n_lines < 10);
	court_close(&law.court);
	law_open(&law, text_str(&out));
	CHECK_INT(compare(&law), 0);
	CHECK_INT(law.coverage.rows[0].n_rules, 40);
	court_close(&law.court);
	text_free(&text);
	text_free(&out);
}

static void
orders_as_the_law_does(void)
{
	static const char *const ids[] = { "art-2.2", "art-4.1", "art-4a.1",
		"art-4a.1.a", "art-5.1.b", "art-5.1.ba", "art-5.1.c",
		"art-5.1a.a", "art-6.1.a", "art-9.1", "art-9.2", "art-9.10",
		"art-10.1", "art-27.1.c", "art-49.1", "art-50.2", "art-113.a",
		"annex-i.a.2", "annex-i.a.10", "annex-i.b.13", "annex-iii.1.a",
		"annex-iv.1.a", "annex-v.1", "annex-viii.a.4", "annex-ix.1",
		"annex-xi.s1.2.c", "annex-xiii.a", "cop-mdf.uses",
		"gpai-summary.1.1", "zzz" };
	enum { N = sizeof(ids) / sizeof(ids[0]) };

	for (size_t i = 0; i < N; i++)
		for (size_t j = 0; j < N; j++) {
			int order = law_compare_ids(ids[i], ids[j]);

			if (!CHECK((order < 0) == (i < j) &&
				(order > 0) == (i > j)))
				printf("# %s %s\n", ids[i], ids[j]);
		}
}

static void
knows_chapters(void)
{
	size_t n;
	const struct chapter *chapters = law_chapters(&n);

	CHECK_STR(chapters[law_chapter_of("art-4a.1")].title,
	    "Chapter I: general provisions");
	CHECK_STR(chapters[law_chapter_of("art-113.a")].title,
	    "Chapter XIII: final provisions");
	CHECK_STR(chapters[law_chapter_of("annex-i.b.13")].title,
	    "Annex I: product law");
	CHECK_STR(chapters[law_chapter_of("annex-vi.2")].title,
	    "Annex VI: internal control");
	CHECK_INT(law_chapter_of("art-114"), n - 1);
	CHECK_INT(law_chapter_of(""), n - 1);
}

int
main(void)
{
	follows_from_what_rules_ask();
	takes_rules_together();
	gives_reasons();
	refuses_what_differs();
	refuses_unknown_reasons();
	refuses_reasons_of_another_kind();
	writes_what_rules_say();
	breaks_long_lists();
	orders_as_the_law_does();
	knows_chapters();
	return tap_done();
}
