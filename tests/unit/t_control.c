#include "compose/control.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "compose/xml.h"
#include "in_memory.h"
#include "measure/control.h"
#include "measure/predictions.h"
#include "tap.h"

/* Groups compared within the values of a control feature. */

struct trial {
	struct arena arena;
	struct diag_list diags;
	struct predictions counted;
	struct control_table out;
};

/* Append k rows selected of n. */
static void
put_rows(struct text *csv, const char *feature, const char *group, int k, int n)
{
	for (int i = 0; i < n; i++)
		text_printf(csv, "%d,%s,%s\n", i < k, feature, group);
}

static void
run_with(struct trial *t, struct text *rows, double min_report,
    bool missing_is_group)
{
	static const char *const attributes[] = { "sex", "dept*sex" };
	static const char *const metrics[] = { "selection_rate" };
	const struct prediction_columns columns = {
		.prediction = "p", .attributes = attributes, .n_attributes = 2
	};
	const struct measure_options options = { .min_report = min_report,
		.confidence = 0.95,
		.metrics = metrics,
		.n_metrics = 1 };
	struct scan_input input;
	struct text csv = { 0 };
	int rc;

	memset(t, 0, sizeof(*t));
	t->diags.arena = &t->arena;
	text_puts(&csv, "p,dept,sex\n");
	text_puts(&csv, text_str(rows));
	input = in_memory(text_str(&csv), csv.n);
	rc = measure_prediction_rows(
	    &t->counted, &t->arena, &input, &columns, &options, &t->diags);
	CHECK_INT(rc, 0);
	text_free(&csv);
	text_free(rows);
	control_compare(&t->out, &t->arena,
	    &(struct control_cross){ &t->counted.tables[0],
		&t->counted.tables[1], true, "dept", missing_is_group, 0.95 },
	    metric_find("selection_rate", 14));
}

static void
run(struct trial *t, struct text *rows, double min_report)
{
	run_with(t, rows, min_report, false);
}

static void
says(const struct control *control, const char *want)
{
	struct text text = { 0 };

	control_sentence(&text, control);
	CHECK_STR(text_str(&text), want);
	text_free(&text);
}

/*
 * Two departments in which women do better, and together worse, since they
 * apply where few are taken.
 */
static void
sees_simpson(void)
{
	struct text rows = { 0 };
	struct trial t;
	const struct control *c;
	xmlDocPtr doc = xmlNewDoc((const xmlChar *)"1.0");
	xmlNodePtr root = xmlNewNode(NULL, (const xmlChar *)"fairness");
	xmlNodePtr node;

	xmlDocSetRootElement(doc, root);
	put_rows(&rows, "easy", "female", 45, 50);
	put_rows(&rows, "easy", "male", 248, 310);
	put_rows(&rows, "hard", "female", 60, 300);
	put_rows(&rows, "hard", "male", 5, 50);
	run(&t, &rows, 0);
	c = t.out.first;
	CHECK_INT(t.out.n, 1);
	CHECK_STR(c->feature, "dept");
	CHECK_INT(c->n_strata, 2);
	CHECK_STR(c->strata[0].name, "easy");
	CHECK_NUM(c->strata[1].k, 60, 0);
	CHECK_NUM(c->strata[1].reference_n, 50, 0);
	/* The same in both: 45 to 5 against 248 to 62, 60 to 240 ... */
	CHECK_NUM(c->odds_ratio, 2.25, 1e-12);
	/* 105 of 350 against 253 of 360 */
	CHECK_NUM(c->crude_odds_ratio, 105.0 * 107 / (245.0 * 253), 1e-12);
	CHECK(c->turns);
	CHECK(c->has_test && c->p < 0.05);
	control_compose(root, c, "Sex", true);
	node = xml_child(root, "control");
	CHECK_STR(xml_get(node, "status"), "Warning");
	CHECK_STR(xml_get(node, "turns"), "yes");
	CHECK_STR(
	    xml_get(xml_child(node, "stratum"), "difference-text"), "+10.0");
	CHECK(strstr(xml_get(node, "sentence"), "Simpson") != NULL);
	xmlFreeDoc(doc);
	arena_free(&t.arena);
}

/* The same in every stratum: nothing turns, and it is said so plainly. */
static void
tells_the_arithmetic(void)
{
	struct text rows = { 0 };
	struct trial t;

	put_rows(&rows, "a", "female", 50, 100);
	put_rows(&rows, "a", "male", 50, 100);
	put_rows(&rows, "b", "female", 50, 100);
	put_rows(&rows, "b", "male", 60, 110);
	put_rows(&rows, "c", "male", 1, 2);
	put_rows(&rows, "d", "female", 1, 2);
	run(&t, &rows, 0);
	CHECK(!t.out.first->turns);
	CHECK_INT(t.out.first->n_one_sided, 1);
	CHECK_STR(t.out.first->strata[1].name, "b");
	says(t.out.first,
	    "Selection rate of female against male within 2 values of dept: "
	    "common odds ratio 0.91 (95% interval 0.62 to 1.34, "
	    "Mantel-Haenszel), without strata 0.91; Cochran-Mantel-Haenszel, "
	    "p = 0.639; the same in all strata: Breslow-Day, p = 0.645. "
	    "1 value has rows of one side only.");
	arena_free(&t.arena);
}

/* A stratum of few rows is in no number. */
static void
leaves_out_what_is_withheld(void)
{
	struct text rows = { 0 };
	struct trial t;

	put_rows(&rows, "a", "female", 50, 100);
	put_rows(&rows, "a", "male", 50, 100);
	put_rows(&rows, "b", "female", 40, 90);
	put_rows(&rows, "b", "male", 60, 110);
	put_rows(&rows, "c", "female", 3, 5);
	put_rows(&rows, "c", "male", 1, 6);
	run(&t, &rows, 30);
	for (const struct control *c = t.out.first; c != NULL; c = c->next) {
		CHECK(c->n_withheld > 0);
		for (size_t i = 0; i < c->n_strata; i++)
			CHECK(strcmp(c->strata[i].name, "c") != 0);
	}
	arena_free(&t.arena);
}

static void
names_strata(void)
{
	struct arena arena = { 0 };

	CHECK_STR(control_stratum_name(&arena, "a*b", true), "a");
	CHECK_STR(control_stratum_name(&arena, "x\\*y*b", true), "x*y");
	CHECK_STR(control_stratum_name(&arena, "x\\\\*b", true), "x\\");
	CHECK_STR(
	    control_stratum_name(&arena, "(missing)*b*c", true), "(missing)");
	CHECK_STR(control_stratum_name(&arena, "a*b", false), "b");
	CHECK_STR(control_stratum_name(&arena, "a*b*x\\*y", false), "x*y");
	CHECK_STR(control_stratum_name(&arena, "a\\\\*(missing)", false),
	    "(missing)");
	arena_free(&arena);
}

/* Rows without a value of the feature agree in nothing, unless it is asked. */
static void
leaves_out_missing_values(void)
{
	for (int is_group = 0; is_group < 2; is_group++) {
		struct text rows = { 0 };
		struct trial t;

		put_rows(&rows, "easy", "female", 45, 50);
		put_rows(&rows, "easy", "male", 248, 310);
		put_rows(&rows, "", "female", 10, 20);
		put_rows(&rows, "", "male", 30, 40);
		put_rows(&rows, "easy", "", 7, 9);
		run_with(&t, &rows, 0, is_group == 1);
		CHECK_INT(t.out.n, is_group == 1 ? 2 : 1);
		CHECK_INT(t.out.last->n_strata, is_group == 1 ? 2 : 1);
		arena_free(&t.arena);
	}
}

int
main(void)
{
	sees_simpson();
	tells_the_arithmetic();
	leaves_out_what_is_withheld();
	names_strata();
	leaves_out_missing_values();
	return tap_done();
}
