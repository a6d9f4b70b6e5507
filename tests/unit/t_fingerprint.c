#include "check/fingerprint.h"

#include "court.h"

/* Fingerprints: what moves them, and what must not. */

static const char rules[] =
    "rules:\n"
    "  - {id: R-NAME, title: t, law: [], tier: [all], duty: [any], severity: "
    "error, check: {present: model.name}, message: no name}\n"
    "  - {id: R-KIND, title: t, law: [], tier: [all], duty: [any], severity: "
    "error, check: {each: {in: data_sets, check: {one-of: {field: kind, "
    "values: [test]}}}}, message: wrong}\n"
    "  - {id: R-ROWS, title: t, law: [], tier: [all], duty: [any], severity: "
    "error, check: {each: {in: data_sets, check: {number: {field: rows, "
    "least: 10}}}}, message: \"few: {value}\"}\n"
    "  - {id: R-SUM, title: t, law: [], tier: [all], duty: [any], severity: "
    "error, check: {substance: {field: purpose.intended_purpose, words: 9}}, "
    "message: short}\n"
    "  - {id: R-SAME, title: t, law: [], tier: [all], duty: [any], severity: "
    "error, when: {present: evaluation.version}, check: {compare: {left: "
    "evaluation.version, is: same, right: model.version}}, message: \"{value} "
    "is not {other}\"}\n";

/* The verdict of a rule on a record, the nth of it; copied fingerprints. */
struct print {
	char field[128], content[32], whole[64];
};

static struct print
print_of(const char *yaml, const char *rule, size_t n)
{
	struct print print = { "", "", "" };
	struct court court;
	struct record record;
	const struct verdict *v;

	court_open(&court, rules);
	court_record(&court, &record, yaml);
	court_judge(&court, &record);
	for (v = record.verdicts.first; v != NULL; v = v->next)
		if (strcmp(v->rule, rule) == 0 && n-- == 0)
			break;
	if (CHECK(v != NULL && v->fingerprint != NULL)) {
		snprintf(print.field, sizeof(print.field), "%s", v->field);
		snprintf(
		    print.content, sizeof(print.content), "%s", v->content);
		snprintf(
		    print.whole, sizeof(print.whole), "%s", v->fingerprint);
	} else {
		printf("# %s: no finding %zu of %s\n", yaml, n, rule);
	}
	arena_free(&record.arena);
	court_close(&court);
	return print;
}

/* Whether a rule's first finding is the same on both records. */
static void
same(const char *rule, const char *a, const char *b)
{
	if (!CHECK_STR(print_of(a, rule, 0).whole, print_of(b, rule, 0).whole))
		printf("# %s\n# %s\n", a, b);
}

static void
different(const char *rule, const char *a, const char *b)
{
	if (!CHECK(strcmp(print_of(a, rule, 0).whole,
		       print_of(b, rule, 0).whole) != 0))
		printf("# %s\n# %s\n", a, b);
}

static void
calls_items_by_name(void)
{
	const char *two = "data_sets: [{name: a, rows: 20, kind: test}, {name: "
			  "b, rows: 2, kind: test}]\n";

	CHECK_STR(print_of(two, "R-ROWS", 0).field, "data_sets[b].rows");
	CHECK_STR(print_of("data_sets: [{rows: 2}]\n", "R-ROWS", 0).field,
	    "data_sets[1].rows");
	CHECK_STR(print_of("data_sets: [{name: a, rows: 2}, {name: a, rows: "
			   "3}]\n",
		      "R-ROWS", 1)
		      .field,
	    "data_sets[a#2].rows");
	CHECK_STR(
	    print_of("data_sets: [{name: TBD, rows: 2}]\n", "R-ROWS", 0).field,
	    "data_sets[1].rows");
	CHECK_STR(
	    print_of("data_sets: [{kind: training, rows: 2}]\n", "R-ROWS", 0)
		.field,
	    "data_sets[training].rows");
	CHECK_STR(
	    print_of("data_sets: [{name: a, rows: 20}]\n", "R-NAME", 0).field,
	    "model.name");
}

static void
outlives_form(void)
{
	same("R-ROWS", "data_sets: [{name: b, rows: 2}]\n",
	    "# a line\n\n\ndata_sets:\n  - rows: 2\n    name: b\n");
	same("R-ROWS", "data_sets: [{name: b, rows: 2}]\n",
	    "data_sets:\r\n  - name: b\r\n    rows: 2\r\n");
	same("R-ROWS", "data_sets: [{name: b, rows: 2}]\n",
	    "data_sets: [{name: a, rows: 99}, {name: b, rows: 2}]\n");
	same("R-SUM", "purpose: {intended_purpose: Scores all loans}\n",
	    "purpose:\n  intended_purpose: >-\n    Scores\n    all loans\n");
	same("R-NAME", "model: {version: 1}\n", "model: {version: 2}\n");
}

static void
tells_content(void)
{
	different("R-ROWS", "data_sets: [{name: b, rows: 2}]\n",
	    "data_sets: [{name: b, rows: 3}]\n");
	different("R-ROWS", "data_sets: [{name: b, rows: 2}]\n",
	    "data_sets: [{name: c, rows: 2}]\n");
	different("R-SUM", "purpose: {intended_purpose: Scores all loans}\n",
	    "purpose: {intended_purpose: Scores most loans}\n");
	different("R-NAME", "model: {version: 1}\n",
	    "model: {version: 1, name: TBD}\n");
	different("R-NAME", "{model: {name: TBD}}\n",
	    "{model: {name: {not_applicable: none}}}\n");
}

/* A contradiction is another one when either side changes. */
static void
has_two_sides(void)
{
	const char *one = "{model: {version: a}, evaluation: {version: b}}";

	same("R-SAME", one,
	    "{evaluation: {version: b}, model: {name: x, version: a}}");
	different(
	    "R-SAME", one, "{model: {version: a}, evaluation: {version: c}}");
	different(
	    "R-SAME", one, "{model: {version: d}, evaluation: {version: b}}");
}

/* Rule, model, field and content each count, and cannot run together. */
static void
has_four_terms(void)
{
	struct arena arena = { 0 };
	const char *base = fingerprint_of(&arena, "R", "m", "f", "c");

	CHECK_INT(strlen(base), FINGERPRINT_DIGITS);
	CHECK_STR(fingerprint_of(&arena, "R", "m", "f", "c"), base);
	CHECK(strcmp(fingerprint_of(&arena, "S", "m", "f", "c"), base) != 0);
	CHECK(strcmp(fingerprint_of(&arena, "R", "n", "f", "c"), base) != 0);
	CHECK(strcmp(fingerprint_of(&arena, "R", "m", "g", "c"), base) != 0);
	CHECK(strcmp(fingerprint_of(&arena, "R", "m", "f", "d"), base) != 0);
	CHECK(strcmp(fingerprint_of(&arena, "Rm", "", "f", "c"),
		  fingerprint_of(&arena, "R", "m", "f", "c")) != 0);
	arena_free(&arena);
}

static const char *
content(struct record *record, const char *path)
{
	return fingerprint_content(record,
	    naming_new(&record->arena, record->top), path, (struct pos){ 0 });
}

/* A figure counts with its value, a withheld one without its count. */
static void
hides_what_is_withheld(void)
{
	struct figure figure = { .attribute = "sex",
		.group = "female",
		.metric = "selection_rate",
		.n = 100,
		.state = FIGURE_DEFINED,
		.value = 0.5 };
	struct field top = { .path = "" };
	struct record record = { .top = &top,
		.figures = { &figure, &figure, 1 } };
	const char *path = "figures.sex.selection_rate.ratio";
	const char *a = content(&record, path), *other;

	other = content(&record, "figures.age.selection_rate.ratio");
	CHECK(strcmp(a, other) != 0);
	CHECK_INT(strlen(a), FINGERPRINT_CONTENT_DIGITS);
	figure.value = 0.25;
	CHECK(strcmp(a, content(&record, path)) != 0);
	figure.state = FIGURE_WITHHELD;
	figure.n_is_withheld = true;
	a = content(&record, path);
	figure.n = 3;
	figure.value = 1;
	CHECK_STR(content(&record, path), a);
	arena_free(&record.arena);
}

static void
knows_measures(void)
{
	struct measure measure = { .name = "auc", .data_set = "t", .value = 1 };
	struct field top = { .path = "" };
	struct record record = { .top = &top, .measures = &measure };
	const char *a = content(&record, "measures.auc.t");
	const char *none = content(&record, "measures.auc.u");

	measure.value = 2;
	CHECK(strcmp(a, content(&record, "measures.auc.t")) != 0);
	CHECK_STR(content(&record, "measures.auc.u"), none);
	arena_free(&record.arena);
}

static void
leaves_what_passes(void)
{
	struct court court;
	struct record record;

	court_open(&court, rules);
	court_record(&court, &record, "model: {name: Score}\n");
	court_judge(&court, &record);
	CHECK_INT(record.verdicts.first->result, VERDICT_PASS);
	CHECK(record.verdicts.first->fingerprint == NULL);
	arena_free(&record.arena);
	court_close(&court);
}

int
main(void)
{
	calls_items_by_name();
	outlives_form();
	tells_content();
	has_two_sides();
	has_four_terms();
	hides_what_is_withheld();
	knows_measures();
	leaves_what_passes();
	return tap_done();
}
