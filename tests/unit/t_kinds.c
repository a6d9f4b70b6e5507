#include <stdlib.h>

#include "base/text.h"
#include "in_memory.h"
#include "measure/predictions.h"
#include "tap.h"

/* Predictions that are classes or numbers, and attributes that are binned. */

struct trial {
	struct arena arena;
	struct diag_list diags;
	struct predictions out;
	struct prediction_columns columns;
	int rc;
};

static const char *const sex_only[] = { "sex" };

static void
run(struct trial *t, const char *csv)
{
	static const struct measure_options options = { .confidence = 0.95 };
	struct scan_input input = in_memory(csv, strlen(csv));

	t->diags.arena = &t->arena;
	t->rc = measure_prediction_rows(
	    &t->out, &t->arena, &input, &t->columns, &options, &t->diags);
}

static struct trial
usual(enum prediction_kind kind)
{
	return (struct trial){ .columns = { .kind = kind,
				   .label = "y",
				   .prediction = "p",
				   .attributes = sex_only,
				   .n_attributes = 1 } };
}

/* A confusion: "a b: 1 0/0 2 unlabelled 0 1 unpredicted 0 0 blank 1". */
static void
check_confusion(const struct confusion *c, const char *want)
{
	struct text got = { 0 };

	for (size_t i = 0; i < c->n; i++)
		text_printf(&got, "%s ", c->classes[i]);
	for (size_t i = 0; i < c->n * c->n; i++)
		text_printf(&got, "%llu:%g ", c->cell_rows[i], c->cells[i]);
	for (size_t i = 0; i < c->n; i++)
		text_printf(&got, "u%llu:%g ", c->unlabelled[i].rows,
		    c->unlabelled[i].weight);
	for (size_t i = 0; i < c->n; i++)
		text_printf(&got, "p%llu:%g ", c->unpredicted[i].rows,
		    c->unpredicted[i].weight);
	text_printf(&got, "b%llu", c->n_blank);
	CHECK_STR(text_str(&got), want);
	text_free(&got);
}

static const char classes[] = "y,p,sex,w\nred,red,f,0.5\nblue,red,f,2\n"
			      "\"green, dark\",blue,m,1\nred,NA,m,3\n"
			      ",blue,m,1\n,,f,1\nred,red,m,0.25\n";

static void
confuses_classes(void)
{
	struct trial t = usual(PREDICTION_CLASSES);

	run(&t, classes);
	CHECK_INT(t.rc, 0);
	CHECK_INT(t.diags.n, 0);
	CHECK_INT(t.out.n_rows, 7);
	CHECK_INT(t.out.n_no_label, 2);
	CHECK_INT(t.out.n_no_prediction, 2);
	check_confusion(t.out.whole.groups[0].confusion,
	    "blue green, dark red 0:0 0:0 1:1 1:1 0:0 0:0 0:0 0:0 2:2 "
	    "u1:1 u0:0 u0:0 p0:0 p0:0 p1:1 b1");
	check_confusion(t.out.tables[0].groups[0].confusion,
	    "blue green, dark red 0:0 0:0 1:1 0:0 0:0 0:0 0:0 0:0 1:1 "
	    "u0:0 u0:0 u0:0 p0:0 p0:0 p0:0 b1");
	CHECK_INT(counts_rows(&t.out.whole.groups[0].counts), 0);
	CHECK_INT((long long)group_rows(&t.out.whole.groups[0]), 7);
	CHECK_STR(t.out.tables[0].reference->name, "m");
	arena_free(&t.arena);
}

static void
weighs_classes(void)
{
	struct trial t = usual(PREDICTION_CLASSES);

	t.columns.weight = "w";
	run(&t, classes);
	check_confusion(t.out.whole.groups[0].confusion,
	    "blue green, dark red 0:0 0:0 1:2 1:1 0:0 0:0 0:0 0:0 2:0.75 "
	    "u1:1 u0:0 u0:0 p0:0 p0:0 p1:3 b1");
	arena_free(&t.arena);
}

static void
bounds_classes(void)
{
	struct trial t = usual(PREDICTION_CLASSES);
	struct text csv = { 0 };

	text_puts(&csv, "y,p,sex\n");
	for (int i = 0; i < 3000; i++)
		text_printf(&csv, "%d,%d,f\n", i, i);
	run(&t, text_str(&csv));
	CHECK_INT(t.rc, -1);
	CHECK_INT(t.diags.first->id, DIAG_CSV_LIMIT);
	text_free(&csv);
	arena_free(&t.arena);
}

static void
adds_numbers_up(void)
{
	struct trial t = usual(PREDICTION_NUMBERS);
	const struct regression *r;

	run(&t,
	    "y,p,sex\n0.1,0.3,f\n0.3,0.1,f\n0.7,0.8,m\n,5,m\n2,,m\nNA,,f\n"
	    "x,1,f\n1,1e61,f\n");
	CHECK_INT(t.rc, 0);
	CHECK_INT(t.out.n_bad, 2);
	CHECK_INT(t.diags.n, 2);
	CHECK_INT(t.diags.first->pos.line, 8);
	r = t.out.whole.groups[0].regression;
	CHECK_INT(r->n, 3);
	CHECK_INT(r->n_no_label, 2);
	CHECK_INT(r->n_no_prediction, 1);
	/* The decimals cancel, as the doubles would not. */
	CHECK_NUM(r->error.high, 0.1, 0);
	CHECK_NUM(r->absolute_error.high, 0.5, 0);
	CHECK_NUM(r->square_error.high, 0.09, 0);
	CHECK_NUM(r->label.high, 1.1, 0);
	CHECK_NUM(r->prediction_square.high, 0.74, 0);
	CHECK_INT(r->predictions->n, 3);
	CHECK_INT(r->predictions->n_missing[BINARY_NO], 1);
	CHECK_INT(r->absolute_errors->n, 2);
	CHECK_NUM(r->absolute_errors->value[1], 0.2, 0);
	CHECK_INT(r->absolute_errors->rows[1][BINARY_NO], 2);
	r = t.out.tables[0].groups[0].regression;
	CHECK_INT(r->n, 2);
	CHECK_NUM(r->error.high, 0, 0);
	arena_free(&t.arena);
}

static void
weighs_numbers(void)
{
	struct trial t = usual(PREDICTION_NUMBERS);
	const struct regression *r;

	t.columns.weight = "w";
	run(&t, "y,p,sex,w\n1,2,f,0.5\n3,1,m,2\n");
	r = t.out.whole.groups[0].regression;
	CHECK_NUM(r->weight.high, 2.5, 0);
	CHECK_NUM(r->weight_square.high, 4.25, 0);
	CHECK_NUM(r->error.high, -3.5, 0);
	CHECK_NUM(r->label_square.high, 18.5, 0);
	CHECK(r->weighted);
	arena_free(&t.arena);
}

/* The names of the groups of the first table, each with its rows. */
static void
check_groups(const struct trial *t, const char *want)
{
	struct text got = { 0 };

	for (size_t i = 0; i < t->out.tables[0].n; i++)
		text_printf(&got, "%s=%llu ", t->out.tables[0].groups[i].name,
		    group_rows(&t->out.tables[0].groups[i]));
	CHECK_STR(text_str(&got), want);
	text_free(&got);
}

static void
bins_numbers(void)
{
	static const char csv[] = "y,p,age\n1,1,17.9\n1,1,18\n1,0,24\n1,0,25\n"
				  "1,1,\n1,1,old\n0,0,99\n0,0,2.5e1\n";
	static const char *const edges[] = { "18", "25" }, *const age = "age";
	struct prediction_bins bins = { "age", edges, 2, false };

	for (int i = 0; i < 2; i++) {
		struct trial t = usual(PREDICTION_BINARY);

		t.columns.attributes = &age;
		t.columns.bins = &bins;
		t.columns.n_bins = 1;
		bins.closed_right = i == 1;
		run(&t, csv);
		CHECK_INT(t.rc, 0);
		CHECK_INT(t.out.n_bad, 1);
		CHECK_INT(t.diags.first->id, DIAG_CSV_NUMBER);
		CHECK_INT(t.diags.first->pos.line, 7);
		CHECK_INT(t.diags.first->pos.column, 5);
		check_groups(&t,
		    i == 0 ?
			"(-inf, 18)=1 (missing)=1 [18, 25)=2 [25, inf)=3 " :
			"(-inf, 18]=2 (18, 25]=3 (25, inf)=1 "
			"(missing)=1 ");
		arena_free(&t.arena);
	}
}

static void
refuses_edges(void)
{
	static const char *const turned[] = { "25", "18" };
	static const char *const words[] = { "young" }, *const age = "age";
	const struct prediction_bins bins[] = { { "age", turned, 2, false },
		{ "age", words, 1, false }, { "age", words, 0, false } };

	for (int i = 0; i < 3; i++) {
		struct trial t = usual(PREDICTION_BINARY);

		t.columns.attributes = &age;
		t.columns.bins = &bins[i];
		t.columns.n_bins = 1;
		run(&t, "y,p,age\n1,1,20\n");
		CHECK_INT(t.rc, -1);
		CHECK_INT(t.diags.first->id, DIAG_CSV_LIMIT);
		arena_free(&t.arena);
	}
}

/* Numbers and words as census files and statistics packages have them. */
static void
reads_what_programs_write(void)
{
	static const char csv[] =
	    "y,p,s,w,sex\n 1 ,\tyes, 0.5, 77516,f\n0,no ,.25,.5,f\n"
	    "1, NA,1.,1. , f\n0,0,-.5e1, 2.e0,f\n1,1, ,+.5,f\n";
	struct trial t = usual(PREDICTION_BINARY);
	const struct distribution *d;

	t.columns.score = "s";
	t.columns.weight = "w";
	run(&t, csv);
	CHECK_INT(t.rc, 0);
	CHECK_INT(t.diags.n, 0);
	CHECK_INT(t.out.n_no_prediction, 1);
	check_groups(&t, " f=1 f=4 ");
	d = t.out.whole.groups[0].scores;
	CHECK_INT(d->n, 4);
	CHECK(d->value[0] == -5 && d->value[1] == 0.25 && d->value[3] == 1);
	CHECK(d->weight[2][BINARY_YES] == 77516);
	CHECK(d->n_missing_weight[BINARY_YES] == 0.5);
	arena_free(&t.arena);
}

/* And what nobody can mean. */
static void
refuses_what_is_no_number(void)
{
	static const char *const wrong[] = { ".", "-.", "..5", "1..", "- .5",
		"1e.5", ".e5", "e", "1 2", "0x1p3", "-.-.-.-.-.-.-.-.-.-.-.-.",
		"\"0,5\"", "inf", "1e400" };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct trial t = usual(PREDICTION_BINARY);
		struct text csv = { 0 };

		t.columns.score = "s";
		text_printf(&csv, "y,p,s,sex\n1,1,%s,f\n", wrong[i]);
		run(&t, text_str(&csv));
		CHECK_INT(t.out.n_bad, 1);
		CHECK_INT(t.diags.first->id, DIAG_CSV_NUMBER);
		text_free(&csv);
		arena_free(&t.arena);
	}
}

/* A score says nothing of a label that is none of two values. */
static void
scores_classes_and_numbers(void)
{
	static const char csv[] = "y,p,s,sex\n1,2,0.25,f\n2,2,0.5,m\n"
				  "3,1,,f\n1,NA,1,f\n";

	for (int kind = PREDICTION_CLASSES; kind <= PREDICTION_NUMBERS;
	     kind++) {
		struct trial t = usual((enum prediction_kind)kind);
		const struct distribution *d;

		t.columns.score = "s";
		run(&t, csv);
		CHECK_INT(t.rc, 0);
		d = t.out.tables[0].groups[0].scores;
		CHECK_INT(d->n, 2);
		CHECK(d->value[0] == 0.25 && d->value[1] == 1);
		CHECK_INT(d->rows[0][BINARY_MISSING], 1);
		CHECK_INT(d->rows[1][BINARY_MISSING], 1);
		CHECK_INT(d->n_missing[BINARY_MISSING], 1);
		arena_free(&t.arena);
	}
}

int
main(void)
{
	confuses_classes();
	weighs_classes();
	bounds_classes();
	adds_numbers_up();
	weighs_numbers();
	bins_numbers();
	refuses_edges();
	scores_classes_and_numbers();
	reads_what_programs_write();
	refuses_what_is_no_number();
	return tap_done();
}
