#include <stdlib.h>

#include "base/num.h"
#include "base/text.h"
#include "in_memory.h"
#include "measure/complaints.h"
#include "measure/predictions.h"
#include "measure/tally.h"
#include "tap.h"

/*
 * Predictions to figures: what each kind of row counts for, what is compared
 * with what, and what is said of a file that cannot be right.
 */

struct trial {
	struct arena arena;
	struct diag_list diags;
	struct predictions out;
	struct prediction_columns columns;
	struct measure_options options;
	int rc;
};

static const char *const sex_only[] = { "sex" };
static const char *const rate_only[] = { "selection_rate" };

/* Labels in y, predictions in p, groups by sex, nothing withheld. */
static struct trial
usual(void)
{
	return (struct trial){
		.columns = { .label = "y",
		    .prediction = "p",
		    .attributes = sex_only,
		    .n_attributes = 1 },
		.options = { .confidence = 0.95,
		    .metrics = rate_only,
		    .n_metrics = 1 },
	};
}

/* Measure n bytes, from a block of their size that is gone afterwards. */
static void
run_bytes(struct trial *t, const char *csv, size_t n)
{
	char *bytes = memory_grow(NULL, n + 1, 1);
	struct scan_input input = in_memory(bytes, n);

	memcpy(bytes, csv, n);
	t->diags.arena = &t->arena;
	t->rc = measure_prediction_rows(
	    &t->out, &t->arena, &input, &t->columns, &t->options, &t->diags);
	memset(bytes, '#', n);
	free(bytes);
}

static void
run(struct trial *t, const char *csv)
{
	run_bytes(t, csv, strlen(csv));
}

static void
end(struct trial *t)
{
	arena_free(&t->arena);
}

static void
put_number(struct text *text, const char *before, double value)
{
	char number[NUM_SIZE];

	num_write(value, number);
	text_printf(text, "%s%s", before, number);
}

/* A figure in a line: "sex female selection_rate n=3 1/3 ratio 0.5". */
static void
put_figure(struct text *text, const struct figure *f)
{
	text_printf(text, "%s%s%s %s", f->attribute,
	    f->attribute[0] != '\0' ? " " : "", f->group, f->metric);
	if (f->n_is_withheld)
		text_puts(text, " n=?");
	else
		put_number(text, " n=", f->n);
	if (f->state == FIGURE_WITHHELD)
		text_puts(text, " withheld");
	if (f->has_counts) {
		put_number(text, " ", f->numerator);
		put_number(text, "/", f->denominator);
	}
	if (f->reason != NULL)
		text_printf(text, " (%s)", f->reason);
	if (f->is_reference)
		text_puts(text, " reference");
	if (f->has_ratio && !f->is_reference)
		put_number(text, " ratio ", f->ratio);
	if (f->has_difference && !f->is_reference)
		put_number(text, " difference ", f->difference);
	text_putc(text, '\n');
}

/* All figures, or those of one metric. */
static void
check_figures(const struct trial *t, const char *metric, const char *want)
{
	struct text got = { 0 };

	for (const struct figure *f = t->out.figures.first; f != NULL;
	     f = f->next)
		if (metric == NULL || strcmp(metric, f->metric) == 0)
			put_figure(&got, f);
	CHECK_INT(t->rc, 0);
	CHECK_STR(text_str(&got), want);
	text_free(&got);
}

/* The n-th message: "2:5 CSV_VALUE detail". */
static void
check_diag(const struct trial *t, size_t n, const char *want)
{
	const struct diag *d = t->diags.first;
	struct text got = { 0 };

	for (size_t i = 0; i < n && d != NULL; i++)
		d = d->next;
	if (d != NULL) {
		CHECK_STR(d->pos.file, "in.csv");
		text_printf(&got, "%u:%u %s %s", d->pos.line, d->pos.column,
		    diag_name(d->id), d->detail);
	}
	CHECK_STR(text_str(&got), want);
	text_free(&got);
}

static void
counts_each_row_once(void)
{
	struct trial t = usual();

	run(&t,
	    "y,p,sex\n"
	    "1,1,f\n0,1,f\n1,0,f\n0,0,f\n"
	    "1,1,m\n0,0,m\n1,1,m\n0,1,m\n1,1,m\n");
	CHECK_INT(t.out.n_rows, 9);
	CHECK_INT(t.out.n_bad, 0);
	CHECK_INT(t.diags.n, 0);
	CHECK_INT(counts_rows(&t.out.whole.groups[0].counts), 9);
	check_figures(&t, NULL,
	    "(overall) selection_rate n=9 6/9\n"
	    "sex f selection_rate n=4 2/4 ratio 0.625 difference -0.3\n"
	    "sex m selection_rate n=5 4/5 reference\n");
	end(&t);
}

static void
chooses_default_metrics(void)
{
	struct trial t = usual();
	struct text got = { 0 };

	t.options.metrics = NULL;
	t.columns.n_attributes = 0;
	run(&t, "y,p,sex\n1,1,f\n0,0,f\n");
	for (const struct figure *f = t.out.figures.first; f != NULL;
	     f = f->next)
		text_printf(&got, "%s\n", f->metric);
	CHECK_STR(text_str(&got),
	    "selection_rate\nbase_rate\ntrue_positive_rate\n"
	    "false_negative_rate\nfalse_positive_rate\nprecision\n"
	    "accuracy\n");
	text_free(&got);
	end(&t);
}

static void
orders_metrics_by_catalogue(void)
{
	static const char *const metrics[] = { "accuracy", "fpr", "Recall",
		"fpr" };
	struct trial t = usual();

	t.options.metrics = metrics;
	t.options.n_metrics = 4;
	t.columns.n_attributes = 0;
	run(&t, "y,p,sex\n1,1,f\n0,1,f\n0,0,f\n");
	check_figures(&t, NULL,
	    "(overall) true_positive_rate n=3 1/1\n"
	    "(overall) false_positive_rate n=3 1/2\n"
	    "(overall) accuracy n=3 2/3\n");
	end(&t);
}

static void
reports_unknown_metrics(void)
{
	static const char *const metrics[] = { "selection_rat", "zzzzzzzz",
		"selection_rate" };
	struct trial t = usual();

	t.options.metrics = metrics;
	t.options.n_metrics = 3;
	t.columns.n_attributes = 0;
	run(&t, "y,p,sex\n1,1,f\n");
	CHECK_INT(t.out.figures.n, 1);
	CHECK_INT(t.diags.n_errors, 2);
	check_diag(&t, 0,
	    "0:0 METRIC_UNKNOWN \"selection_rat\"; did you mean "
	    "\"selection_rate\"?");
	check_diag(&t, 1, "0:0 METRIC_UNKNOWN \"zzzzzzzz\"");
	end(&t);
}

static void
keeps_rows_without_label(void)
{
	static const char *const metrics[] = { "selection_rate", "base_rate",
		"true_positive_rate", "accuracy" };
	static const char csv[] = "y,p,sex\n"
				  ",1,f\nNA,1,f\nNaN,0,f\n1,1,f\n0,,f\n"
				  "1,None,f\nnull,null,f\nN/A,nan,f\n";
	struct trial t = usual();

	t.options.metrics = metrics;
	t.options.n_metrics = 4;
	t.columns.n_attributes = 0;
	run(&t, csv);
	CHECK_INT(t.out.n_rows, 8);
	CHECK_INT(t.out.n_bad, 0);
	CHECK_INT(t.out.n_no_label, 5);
	CHECK_INT(t.out.n_no_prediction, 4);
	check_figures(&t, NULL,
	    "(overall) selection_rate n=8 3/4\n"
	    "(overall) base_rate n=8 2/3\n"
	    "(overall) true_positive_rate n=8 1/1\n"
	    "(overall) accuracy n=8 1/1\n");
	end(&t);
}

static void
measures_without_labels(void)
{
	static const char *const metrics[] = { "selection_rate", "accuracy" };
	struct trial t = usual();

	t.columns.label = NULL;
	t.options.metrics = metrics;
	t.options.n_metrics = 2;
	t.columns.n_attributes = 0;
	run(&t, "p\n1\n0\n");
	check_figures(&t, NULL,
	    "(overall) selection_rate n=2 1/2\n"
	    "(overall) accuracy n=2 0/0 (no row has both a label and a "
	    "prediction)\n");
	end(&t);
}

static void
spells_answers(void)
{
	struct trial t = usual();

	t.columns.n_attributes = 0;
	run(&t,
	    "y,p\n1,1\n1,1.0\n1,true\n1,TRUE\n1,yes\n1,Yes\n"
	    "0,0\n0,0.0\n0,False\n0,no\n0,NO\n");
	CHECK_INT(t.out.n_bad, 0);
	check_figures(&t, NULL, "(overall) selection_rate n=11 6/11\n");
	end(&t);
}

static void
takes_own_words(void)
{
	struct trial t = usual();

	t.columns.positive = "good";
	t.columns.n_attributes = 0;
	run(&t, "y,p\ngood,good\nbad,good\ngood,bad\n,bad\n");
	CHECK_INT(t.diags.n, 0);
	CHECK_INT(t.out.n_no_label, 1);
	check_figures(&t, NULL, "(overall) selection_rate n=4 2/4\n");
	end(&t);

	t = usual();
	t.columns.positive = "None";
	t.columns.negative = "NA";
	t.columns.n_attributes = 0;
	run(&t, "y,p\nNone,NA\nNA,NA\n,None\n");
	CHECK_INT(t.out.n_no_prediction, 0);
	CHECK_INT(t.out.n_no_label, 1);
	check_figures(&t, NULL, "(overall) selection_rate n=3 1/3\n");
	end(&t);
}

/* With a negative value that nobody told, a third would be a guess. */
static void
refuses_a_third_word(void)
{
	static const char *const files[] = {
		"y,p\ngood,good\nbad,good\nbda,good\n",
		"y,p\nbda,good\ngood,good\nbad,good\n",
		"y,p\ngood,good\ngood,bad\ngood,bda\n",
	};
	struct trial t;

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		t = usual();
		t.columns.positive = "good";
		t.columns.n_attributes = 0;
		run(&t, files[i]);
		CHECK_INT(t.rc, -1);
		CHECK_INT(t.diags.n_errors, 1);
		if (i == 0)
			check_diag(&t, 0,
			    "4:1 CSV_VALUE \"bda\" in column \"y\": the "
			    "positive answer is \"good\", and \"bad\", which "
			    "came first, was taken for the negative; name "
			    "both, or leave it empty");
		end(&t);
	}
	t = usual();
	t.columns.positive = "good";
	t.columns.negative = "bad";
	t.columns.n_attributes = 0;
	run(&t, files[0]);
	CHECK_INT(t.rc, 0);
	CHECK_INT(t.out.n_bad, 1);
	end(&t);
}

static void
judges_scores(void)
{
	struct trial t = usual();

	t.columns.prediction = NULL;
	t.columns.score = "s";
	t.columns.threshold = 0.3;
	t.columns.n_attributes = 0;
	run(&t,
	    "y,s\n1,0.3\n1,0.30000000000000004\n1,0.29999\n1,\n1,NaN\n1,x\n");
	CHECK_INT(t.out.n_bad, 1);
	CHECK_INT(t.out.n_no_prediction, 2);
	check_diag(&t, 0,
	    "7:3 CSV_NUMBER \"x\" in column \"s\": write a decimal number, "
	    "such as 0.73, or leave it empty");
	check_figures(&t, NULL, "(overall) selection_rate n=5 2/3\n");
	end(&t);
}

/* A prediction that stands in the file selects, and the score ranks. */
static void
prefers_predictions(void)
{
	struct trial t = usual();

	t.columns.score = "s";
	t.columns.threshold = 0.5;
	t.columns.n_attributes = 0;
	run(&t, "y,p,s\n1,1,0.1\n1,0,0.9\n1,1,\n1,1,x\n");
	CHECK_INT(t.diags.n, 1);
	CHECK_INT(t.out.n_bad, 1);
	check_figures(
	    &t, "selection_rate", "(overall) selection_rate n=3 2/3\n");
	CHECK_INT(t.out.whole.groups[0].scores->n, 2);
	end(&t);
}

/* Without a threshold a score ranks and selects nobody. */
static void
ranks_without_threshold(void)
{
	static const char *const metrics[] = { "selection_rate", "roc_auc" };
	struct trial t = usual();

	t.columns.prediction = NULL;
	t.columns.score = "s";
	t.columns.no_threshold = true;
	t.columns.n_attributes = 0;
	t.options.metrics = metrics;
	t.options.n_metrics = 2;
	run(&t, "y,s\n1,0.9\n0,0.1\n1,0.1\n");
	CHECK_INT(t.out.n_no_prediction, 3);
	CHECK_INT(t.out.whole.groups[0].scores->n, 2);
	check_figures(&t, "roc_auc", "(overall) roc_auc n=3 1.5/2\n");
	CHECK_NUM(t.out.figures.last->value, 0.75, 0);
	end(&t);
}

static void
weighs_rows(void)
{
	struct trial t = usual();

	t.columns.weight = "w";
	run(&t,
	    "y,p,sex,w\n1,1,f,0.25\n0,0,f,1.5\n1,1,m,2\n1,0,m,0.5\n"
	    "1,1,z,0\n0,0,z,0\n1,1,m,-1\n1,1,m,\n1,1,m,2e9\n1,1,m,1e-10\n");
	CHECK_INT(t.out.n_bad, 4);
	check_diag(&t, 0,
	    "8:7 CSV_NUMBER \"-1\" in column \"w\": a weight is 0 or from "
	    "1e-9 to 1e9");
	check_figures(&t, NULL,
	    "(overall) selection_rate n=6 2.25/4.25\n"
	    "sex f selection_rate n=2 0.25/1.75 reference\n"
	    "sex m selection_rate n=2 2/2.5 ratio 5.6 difference "
	    "0.6571428571428571\n"
	    "sex z selection_rate n=2 0/0 (the weights of its rows sum to "
	    "0)\n");
	end(&t);
}

static void
bounds_weights(void)
{
	struct trial t = usual();

	t.columns.weight = "w";
	t.columns.n_attributes = 0;
	run(&t, "y,p,w\n1,1,1e9\n1,1,1e-9\n1,1,0.0\n1,1,1e9\n");
	CHECK_INT(t.out.n_bad, 0);
	end(&t);
	t = usual();
	t.columns.weight = "w";
	t.columns.n_attributes = 0;
	run(&t, "y,p,w\n1,1,1000000001\n1,1,9e-10\n1,1,-0.5\n1,1,one\n");
	CHECK_INT(t.out.n_bad, 4);
	end(&t);
}

/* One metric is a share of the file's, not of the group's. */
static void
shares_the_selected(void)
{
	static const char *const metrics[] = { "ppr" };
	struct trial t = usual();

	t.options.metrics = metrics;
	run(&t, "y,p,sex\n1,1,f\n1,1,f\n1,0,f\n0,1,m\n,1,m\n");
	check_figures(&t, NULL,
	    "(overall) predicted_positive_ratio_k n=5 4/4\n"
	    "sex f predicted_positive_ratio_k n=3 2/4 reference\n"
	    "sex m predicted_positive_ratio_k n=2 2/4 ratio 1 difference 0\n");
	end(&t);
}

/* Weights make the interval that of the effective number of rows. */
static void
widens_weighted_intervals(void)
{
	struct trial t = usual(), plain = usual();

	t.columns.weight = "w";
	t.columns.n_attributes = plain.columns.n_attributes = 0;
	run(&t, "y,p,w\n1,1,3\n1,1,1\n1,0,3\n1,0,1\n");
	run(&plain, "y,p,w\n1,1,3\n1,1,1\n1,0,3\n1,0,1\n");
	CHECK_NUM(t.out.figures.first->value, 0.5, 0);
	CHECK(t.out.figures.first->has_interval);
	CHECK_STR(t.out.figures.first->interval_method, "Wilson");
	/* n = 8^2 / 20 = 3.2: 0.5 -+ z / (2 sqrt(3.2 + z^2)). */
	CHECK_NUM(t.out.figures.first->lower, 0.130694, 1e-6);
	CHECK_NUM(plain.out.figures.first->lower, 0.150039, 1e-6);
	CHECK(t.out.figures.first->upper > plain.out.figures.first->upper);
	end(&t);
	end(&plain);
}

static void
shows_missing_groups(void)
{
	static const char csv[] =
	    "y,p,sex\n1,1,\n1,1,\n1,1,\n1,0,f\n1,1,f\n1,1,NA\n";
	struct trial t = usual();

	run(&t, csv);
	CHECK_INT(t.out.tables[0].n_missing, 3);
	check_figures(&t, NULL,
	    "(overall) selection_rate n=6 5/6\n"
	    "sex (missing) selection_rate n=3 3/3\n"
	    "sex NA selection_rate n=1 1/1 ratio 2 difference 0.5\n"
	    "sex f selection_rate n=2 1/2 reference\n");
	end(&t);
	t = usual();
	t.options.missing_is_group = true;
	run(&t, csv);
	check_figures(&t, NULL,
	    "(overall) selection_rate n=6 5/6\n"
	    "sex (missing) selection_rate n=3 3/3 reference\n"
	    "sex NA selection_rate n=1 1/1 ratio 1 difference 0\n"
	    "sex f selection_rate n=2 1/2 ratio 0.5 difference -0.5\n");
	end(&t);
}

/* Names that dossier gives itself are no values. */
static void
refuses_reserved_names(void)
{
	struct trial t = usual();

	run(&t, "y,p,sex\n1,1,(missing)\n1,1,(overall)\n1,1,(other)\n1,1,\n");
	CHECK_INT(t.out.n_bad, 2);
	check_diag(&t, 0,
	    "2:5 CSV_VALUE \"(missing)\" in column \"sex\": this name is "
	    "reserved; leave a missing value empty");
	check_diag(&t, 1,
	    "3:5 CSV_VALUE \"(overall)\" in column \"sex\": this name is "
	    "reserved; leave a missing value empty");
	check_figures(&t, NULL,
	    "(overall) selection_rate n=2 2/2\n"
	    "sex (missing) selection_rate n=1 1/1\n"
	    "sex (other) selection_rate n=1 1/1 reference\n");
	end(&t);
}

static void
crosses_attributes(void)
{
	static const char *const attributes[] = { "sex", "sex * age", "age" };
	struct trial t = usual();

	t.columns.attributes = attributes;
	t.columns.n_attributes = 3;
	run(&t,
	    "y,p,sex,age\n1,1,f,old\n1,0,f,young\n1,1,f,old\n1,1,m,old\n"
	    "1,0,,young\n1,1,m,\n");
	CHECK_INT(t.out.n_tables, 3);
	CHECK_INT(t.out.tables[0].n_unobserved, 0);
	CHECK_INT(t.out.tables[1].n_possible, 4);
	CHECK_INT(t.out.tables[1].n_unobserved, 1);
	CHECK_INT(t.out.tables[1].n_missing, 2);
	check_figures(&t, NULL,
	    "(overall) selection_rate n=6 4/6\n"
	    "sex (missing) selection_rate n=1 0/1\n"
	    "sex f selection_rate n=3 2/3 reference\n"
	    "sex m selection_rate n=2 2/2 ratio 1.5 difference "
	    "0.3333333333333333\n"
	    "sex * age (missing)*young selection_rate n=1 0/1\n"
	    "sex * age f*old selection_rate n=2 2/2 reference\n"
	    "sex * age f*young selection_rate n=1 0/1 ratio 0 difference -1\n"
	    "sex * age m*(missing) selection_rate n=1 1/1\n"
	    "sex * age m*old selection_rate n=1 1/1 ratio 1 difference 0\n"
	    "age (missing) selection_rate n=1 1/1\n"
	    "age old selection_rate n=3 3/3 reference\n"
	    "age young selection_rate n=2 0/2 ratio 0 difference -1\n");
	end(&t);
}

/* Two combinations never share a name, and a star may stand in a column's. */
static void
keeps_names_apart(void)
{
	static const char *const attributes[] = { "a*b", "c*a*b", "c" };
	struct trial t = usual();

	t.columns.attributes = attributes;
	t.columns.n_attributes = 1;
	run(&t, "y,p,a,b\n1,1,x*y,z\n1,0,x,y*z\n1,0,x\\,z\n");
	check_figures(&t, NULL,
	    "(overall) selection_rate n=3 1/3\n"
	    "a*b x*y\\*z selection_rate n=1 0/1 reference\n"
	    "a*b x\\*y*z selection_rate n=1 1/1 difference 1\n"
	    "a*b x\\\\*z selection_rate n=1 0/1 difference 0\n");
	end(&t);
	t = usual();
	t.columns.attributes = attributes;
	t.columns.n_attributes = 1;
	run(&t, "y,p,a*b\n1,1,x*y\n");
	check_figures(&t, NULL,
	    "(overall) selection_rate n=1 1/1\n"
	    "a*b x*y selection_rate n=1 1/1 reference\n");
	end(&t);
}

static void
compares_with_the_reference(void)
{
	static const struct measure_reference named[] = {
		{ .attribute = "age", .group = "none" },
		{ .attribute = "sex", .group = "m" },
	};
	static const struct measure_reference wrong[] = { { .attribute = "sex",
	    .group = "man" } };
	static const char csv[] = "y,p,sex\n1,1,f\n1,0,f\n1,1,f\n1,0,m\n";
	struct trial t = usual();

	t.options.references = named;
	t.options.n_references = 2;
	run(&t, csv);
	CHECK_INT(t.diags.n, 0);
	/* A ratio to 0 does not exist; the difference does. */
	check_figures(&t, NULL,
	    "(overall) selection_rate n=4 2/4\n"
	    "sex f selection_rate n=3 2/3 difference 0.6666666666666666\n"
	    "sex m selection_rate n=1 0/1 reference\n");
	end(&t);
	t = usual();
	t.options.references = wrong;
	t.options.n_references = 1;
	run(&t, csv);
	check_diag(&t, 0,
	    "1:1 GROUP_UNKNOWN \"sex\" has no group \"man\"; there are f, m");
	CHECK_STR(t.out.tables[0].reference->name, "f");
	end(&t);
}

/* Of groups of the same size the first by name is the reference. */
static void
breaks_ties_by_name(void)
{
	struct trial t = usual();

	run(&t, "y,p,sex\n1,1,m\n1,0,f\n");
	CHECK_STR(t.out.tables[0].reference->name, "f");
	end(&t);
}

static void
withholds_small_groups(void)
{
	static const char csv[] = "y,p,sex\n1,1,a\n1,1,b\n1,0,b\n1,1,b\n"
				  "1,1,c\n1,1,c\n1,0,c\n1,1,c\n"
				  "1,1,d\n1,1,d\n1,0,d\n1,1,d\n1,0,d\n";
	struct trial t = usual();

	t.options.min_report = 3;
	run(&t, csv);
	check_figures(&t, NULL,
	    "(overall) selection_rate n=13 9/13\n"
	    "sex a selection_rate n=? withheld (fewer than 3 rows)\n"
	    "sex b selection_rate n=? withheld (guards a group that is "
	    "smaller)\n"
	    "sex c selection_rate n=? withheld (guards a group that is "
	    "smaller)\n"
	    "sex d selection_rate n=5 3/5 reference\n");
	end(&t);
}

/* A hidden number stands nowhere in its figure, nor in one beside it. */
static void
hides_the_reference(void)
{
	static const struct measure_reference named[] = { { .attribute = "sex",
	    .group = "a" } };
	struct trial t = usual();

	t.options.min_report = 2;
	t.options.references = named;
	t.options.n_references = 1;
	run(&t,
	    "y,p,sex\n1,1,a\n1,1,b\n1,1,b\n1,0,b\n1,1,c\n1,1,c\n1,0,c\n"
	    "1,1,c\n");
	for (const struct figure *f = t.out.figures.first; f != NULL;
	     f = f->next) {
		CHECK(!f->has_ratio && !f->has_difference);
		CHECK_NUM(f->ratio, 0, 0);
		if (f->state != FIGURE_WITHHELD)
			continue;
		CHECK_NUM(f->n + f->numerator + f->denominator + f->value +
			f->lower + f->upper + f->difference,
		    0, 0);
		CHECK(!f->has_counts && !f->has_interval);
	}
	end(&t);
}

/* A file that is itself too small shows nothing at all. */
static void
hides_a_small_file(void)
{
	struct trial t = usual();

	t.options.min_report = 30;
	run(&t, "y,p,sex\n1,1,a\n1,1,b\n1,0,\n");
	check_figures(&t, NULL,
	    "(overall) selection_rate n=? withheld (fewer than 30 rows)\n"
	    "sex (missing) selection_rate n=? withheld (fewer than 30 rows)\n"
	    "sex a selection_rate n=? withheld (fewer than 30 rows) "
	    "reference\n"
	    "sex b selection_rate n=? withheld (fewer than 30 rows)\n");
	end(&t);
}

static void
lists_bad_cells(void)
{
	struct text csv = { 0 };
	struct trial t = usual();

	text_puts(&csv, "y,p,sex\n");
	for (int i = 0; i < 25; i++)
		text_puts(&csv, "1,perhaps,f\n");
	text_puts(&csv, "1,1,f\n");
	run(&t, text_str(&csv));
	CHECK_INT(t.rc, 0);
	CHECK_INT(t.out.n_rows, 26);
	CHECK_INT(t.out.n_bad, 25);
	CHECK_INT(t.diags.n, COMPLAINTS_SHOWN + 1);
	check_diag(&t, 0,
	    "2:3 CSV_VALUE \"perhaps\" in column \"p\": write 1 (1.0, true, "
	    "yes) or 0 (0.0, false, no), or leave it empty");
	check_diag(&t, 20, "22:3 CSV_VALUE and 5 more like the 20 above");
	check_figures(&t, NULL,
	    "(overall) selection_rate n=1 1/1\n"
	    "sex f selection_rate n=1 1/1 reference\n");
	end(&t);
	text_free(&csv);
}

/* Every cell of a bad row is reported, and the row counted once. */
static void
reports_each_cell(void)
{
	struct trial t = usual();

	t.columns.weight = "w";
	run(&t, "y,p,sex,w\n2,x,(missing),heavy\n");
	CHECK_INT(t.out.n_bad, 1);
	CHECK_INT(t.diags.n, 4);
	end(&t);
}

static void
quotes_whole_characters(void)
{
	struct trial t = usual();

	t.columns.n_attributes = 0;
	run(&t, "y,p\n1,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u00e9bbb\n");
	check_diag(&t, 0,
	    "2:3 CSV_VALUE \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" in "
	    "column \"p\": write 1 (1.0, true, yes) or 0 (0.0, false, no), "
	    "or leave it empty");
	end(&t);
}

/* The only message is that of an attribute that cannot be split. */
static void
check_join(const struct trial *t, const char *attribute)
{
	struct text want = { 0 };

	text_printf(&want,
	    "1:1 CSV_LIMIT \"%s\" must be the names of 1 to 3 different "
	    "columns, joined by \"*\"",
	    attribute);
	check_diag(t, 0, text_str(&want));
	text_free(&want);
}

/* What ends the reading, and where it is said to lie. */
static void
refuses_files(void)
{
	static const char *const crowd[] = { "sex*a*b*c" };
	static const char *const twice[] = { "sex*sex" };
	static const char *const slip[] = { "sexx" };
	static const char *const open[] = { "sex*" };
	static const char *const blank[] = { "sex* *age" };
	static const struct {
		const char *csv;
		const char *const *attributes;
		const char *want; /* NULL: see check_join() */
	} files[] = {
		{ "", sex_only, "0:0 FILE_EMPTY " },
		{ "y,p,sex\n", sex_only, "1:1 CSV_ROWS " },
		{ "y,p,sex\n1,1\n", sex_only,
		    "2:1 CSV_WIDTH 2 fields, the header has 3" },
		{ "y,p,sex\n1,1,\"f\n", sex_only,
		    "2:5 CSV_QUOTE the field that begins here" },
		{ "y,p,sex\n1,1,f\n", slip,
		    "1:1 CSV_COLUMN \"sexx\"; did you mean \"sex\"?" },
		{ "y;p;sex\n1;1;f\n", slip,
		    "1:1 CSV_COLUMN \"sexx\"; did you mean \"sex\"?" },
		{ "y,p,sex\n1,1,f\n", open, NULL },
		{ "y,p,sex,age\n1,1,f,2\n", blank, NULL },
		{ "y,p,sex\n1,1,f\n", twice, NULL },
		{ "y,p,sex,a,b,c\n1,1,f,a,b,c\n", crowd, NULL },
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct trial t = usual();

		t.columns.attributes = files[i].attributes;
		run(&t, files[i].csv);
		CHECK_INT(t.rc, -1);
		CHECK_INT(t.diags.n_errors, 1);
		CHECK_INT(t.out.figures.n, 0);
		if (files[i].want != NULL)
			check_diag(&t, 0, files[i].want);
		else
			check_join(&t, files[i].attributes[0]);
		end(&t);
	}
}

/* Every column that is missing is named in one go. */
static void
names_all_missing_columns(void)
{
	struct trial t = usual();

	t.columns.weight = "w";
	t.columns.score = "s";
	run(&t, "a,b\n1,2\n");
	CHECK_INT(t.rc, -1);
	CHECK_INT(t.diags.n_errors, 4);
	end(&t);
	t = usual();
	t.columns.prediction = NULL;
	t.columns.score = "score";
	run(&t, "y,sex\n1,f\n");
	CHECK_INT(t.rc, -1);
	check_diag(&t, 0, "1:1 CSV_COLUMN \"score\"; there are y, sex");
	end(&t);
}

/* A column of identifiers is no attribute. */
static void
refuses_too_many_groups(void)
{
	static const char *const pair[] = { "sex*age" };
	struct text csv = { 0 };
	struct trial t = usual();

	text_puts(&csv, "y,p,sex,age\n");
	for (int i = 0; i <= PREDICTION_GROUPS; i++)
		text_printf(&csv, "1,1,id%d,%d\n", i, i % 7);
	run(&t, text_str(&csv));
	CHECK_INT(t.rc, -1);
	check_diag(&t, 0,
	    "0:0 CSV_LIMIT \"sex\" has more than 10000 groups; is it an "
	    "identifier or a number?");
	end(&t);
	t = usual();
	t.columns.attributes = pair;
	run(&t, text_str(&csv));
	CHECK_INT(t.rc, -1);
	check_diag(&t, 0,
	    "0:0 CSV_LIMIT \"sex*age\" has more than 1000 groups; is it an "
	    "identifier or a number?");
	end(&t);
	text_free(&csv);
}

/* As many groups as are allowed are all there. */
static void
takes_many_groups(void)
{
	struct text csv = { 0 };
	struct trial t = usual();

	text_puts(&csv, "y,p,sex\n");
	for (int i = 0; i < PREDICTION_GROUPS; i++)
		text_printf(&csv, "1,%d,id%d\n", i % 2, i);
	run(&t, text_str(&csv));
	CHECK_INT(t.rc, 0);
	CHECK_INT(t.out.tables[0].n, PREDICTION_GROUPS);
	CHECK_INT(t.out.figures.n, PREDICTION_GROUPS + 1);
	end(&t);
	text_free(&csv);
}

/* An attribute asked for twice is measured once. */
static void
makes_a_table_once(void)
{
	static const char *const attributes[] = { "sex", "age", "sex" };
	struct trial t = usual();

	t.columns.attributes = attributes;
	t.columns.n_attributes = 3;
	run(&t, "y,p,sex,age\n1,1,f,old\n");
	CHECK_INT(t.out.n_tables, 2);
	CHECK_STR(t.out.tables[1].attribute, "age");
	end(&t);
}

/* Shuffled rows. */

enum { SHUFFLED = 400 };

static unsigned
next_random(unsigned *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

static void
make_rows(char rows[SHUFFLED][64])
{
	static const char *const sexes[] = { "f", "m", "", "x\u0301" };
	static const char *const answers[] = { "0", "1", "1", "" };
	unsigned state = 7;

	for (size_t i = 0; i < SHUFFLED; i++)
		snprintf(rows[i], sizeof(rows[i]), "%s,%s,%s,%u,%u.%u\n",
		    answers[next_random(&state) % 4],
		    answers[next_random(&state) % 3],
		    sexes[next_random(&state) % 4], next_random(&state) % 9,
		    next_random(&state) % 5, next_random(&state) % 997);
}

static void
shuffle(char rows[SHUFFLED][64], unsigned state)
{
	for (size_t i = SHUFFLED - 1; i > 0; i--) {
		size_t k = next_random(&state) % (i + 1);
		char row[64];

		memcpy(row, rows[i], sizeof(row));
		memcpy(rows[i], rows[k], sizeof(row));
		memcpy(rows[k], row, sizeof(row));
	}
}

/* Every bit of every figure, as text. */
static void
put_all(struct text *text, const struct trial *t)
{
	for (const struct figure *f = t->out.figures.first; f != NULL;
	     f = f->next) {
		put_figure(text, f);
		text_printf(text, "  %a %a %a %a %a\n", f->value, f->lower,
		    f->upper, f->ratio, f->difference);
	}
}

static void
ignores_the_order_of_rows(void)
{
	static const char *const attributes[] = { "sex", "age", "sex*age" };
	char rows[SHUFFLED][64];
	struct text first = { 0 };

	make_rows(rows);
	for (unsigned i = 0; i < 10; i++) {
		struct trial t = usual();
		struct text csv = { 0 }, got = { 0 };

		t.columns.attributes = attributes;
		t.columns.n_attributes = 3;
		t.columns.weight = "w";
		t.options.metrics = NULL;
		t.options.min_report = 20;
		text_puts(&csv, "y,p,sex,age,w\n");
		for (size_t k = 0; k < SHUFFLED; k++)
			text_puts(&csv, rows[k]);
		run(&t, text_str(&csv));
		put_all(i == 0 ? &first : &got, &t);
		CHECK(first.n > 1000);
		if (i > 0)
			CHECK(strcmp(text_str(&got), text_str(&first)) == 0);
		end(&t);
		text_free(&csv);
		text_free(&got);
		shuffle(rows, i + 1);
	}
	text_free(&first);
}

/* The cells of the groups of each table sum to those of the file. */
static void
loses_no_row(void)
{
	static const char *const attributes[] = { "sex", "age", "sex*age" };
	char rows[SHUFFLED][64];
	struct text csv = { 0 };
	struct trial t = usual();

	make_rows(rows);
	t.columns.attributes = attributes;
	t.columns.n_attributes = 3;
	text_puts(&csv, "y,p,sex,age,w\n");
	for (size_t k = 0; k < SHUFFLED; k++)
		text_puts(&csv, rows[k]);
	text_puts(&csv, "1,2,f,1,1\n");
	run(&t, text_str(&csv));
	CHECK_INT(t.out.n_rows, SHUFFLED + 1);
	for (size_t i = 0; i < t.out.n_tables; i++) {
		struct counts sum = { 0 };

		for (size_t k = 0; k < t.out.tables[i].n; k++)
			counts_merge(&sum, &t.out.tables[i].groups[k].counts);
		CHECK(memcmp(sum.rows, t.out.whole.groups[0].counts.rows,
			  sizeof(sum.rows)) == 0);
		CHECK_INT(counts_rows(&sum) + t.out.n_bad, t.out.n_rows);
	}
	end(&t);
	text_free(&csv);
}

/* The names of the metrics of the first attribute, in order. */
static void
metrics_without(const char *label, const char *prediction, const char *want)
{
	struct trial t = usual();
	struct text text = { 0 };
	const char *last = "";

	t.columns.label = label;
	t.columns.prediction = prediction;
	t.options.metrics = NULL;
	run(&t, "sex,y,p\nf,1,1\nf,0,1\nm,1,0\nm,0,0\n");
	CHECK_INT(t.rc, 0);
	for (const struct figure *f = t.out.figures.first; f != NULL;
	     f = f->next) {
		if (strcmp(f->attribute, "sex") != 0 ||
		    strcmp(f->metric, last) == 0)
			continue;
		text_printf(&text, "%s ", f->metric);
		last = f->metric;
	}
	CHECK_STR(text_str(&text), want);
	text_free(&text);
	end(&t);
}

static void
leaves_out_what_no_column_can_give(void)
{
	metrics_without("y", "p",
	    "selection_rate base_rate true_positive_rate false_negative_rate "
	    "false_positive_rate precision accuracy ");
	metrics_without(NULL, "p", "selection_rate ");
	metrics_without("y", NULL, "base_rate ");
}

int
main(void)
{
	leaves_out_what_no_column_can_give();
	counts_each_row_once();
	chooses_default_metrics();
	orders_metrics_by_catalogue();
	reports_unknown_metrics();
	keeps_rows_without_label();
	measures_without_labels();
	spells_answers();
	takes_own_words();
	refuses_a_third_word();
	judges_scores();
	prefers_predictions();
	ranks_without_threshold();
	weighs_rows();
	bounds_weights();
	shares_the_selected();
	widens_weighted_intervals();
	shows_missing_groups();
	refuses_reserved_names();
	crosses_attributes();
	keeps_names_apart();
	compares_with_the_reference();
	breaks_ties_by_name();
	withholds_small_groups();
	hides_the_reference();
	hides_a_small_file();
	lists_bad_cells();
	reports_each_cell();
	quotes_whole_characters();
	refuses_files();
	names_all_missing_columns();
	refuses_too_many_groups();
	takes_many_groups();
	makes_a_table_once();
	ignores_the_order_of_rows();
	loses_no_row();
	return tap_done();
}
