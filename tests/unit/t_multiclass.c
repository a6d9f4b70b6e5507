#include <stdlib.h>

#include "measure/figures.h"
#include "tap.h"

/* Several classes: each against the rest, and averages over them. */

static const char *const classes[] = { "bird", "cat", "cat, big" };

/* Rows are the true class, columns the predicted one. */
static const double cells[] = { 5, 2, 0, 1, 6, 3, 0, 0, 8 };
static const unsigned long long rows[] = { 5, 2, 0, 1, 6, 3, 0, 0, 8 };
static const double weights[] = { 2.5, 1, 0, 0.5, 3, 1.5, 0, 0, 4 };
/* Each row weighs 1/2. */
static const double squares[] = { 1.25, 0.5, 0, 0.25, 1.5, 0.75, 0, 0, 2 };
static const struct class_rows unlabelled[] = { { 1, 1, 1 }, { 0, 0, 0 },
	{ 2, 2, 2 } };
static const struct class_rows unpredicted[] = { { 0, 0, 0 }, { 3, 3, 3 },
	{ 0, 0, 0 } };
static const struct class_rows half_unlabelled[] = { { 1, 0.5, 0.25 },
	{ 0, 0, 0 }, { 2, 1, 0.5 } };
static const struct class_rows half_unpredicted[] = { { 0, 0, 0 },
	{ 3, 1.5, 0.75 }, { 0, 0, 0 } };

static const struct confusion whole = { 3, classes, cells, rows, NULL, NULL, 0,
	NULL };
static const struct confusion ragged = { 3, classes, cells, rows, unlabelled,
	unpredicted, 4, NULL };
static const struct confusion weighted = { 3, classes, weights, rows,
	half_unlabelled, half_unpredicted, 4, squares };

static struct metric_value
measure(const char *name, const struct confusion *confusion)
{
	struct arena arena = { 0 };
	struct group group = { .confusion = confusion };
	const struct metric *metric =
	    metric_resolve(&arena, name, strlen(name), confusion);
	struct metric_value value = { .reason = "no such metric" };

	CHECK(metric != NULL);
	if (metric != NULL)
		metric_measure(metric, &group, &group, &value);
	arena_free(&arena);
	return value;
}

static void
has_value(
    const char *name, const struct confusion *confusion, double a, double b)
{
	struct metric_value got = measure(name, confusion);

	CHECK(got.defined && got.reason == NULL);
	CHECK(!got.has_counts || (got.numerator == a && got.denominator == b));
	CHECK_NUM(got.value, a / b, 3e-16);
}

static void
is_undefined(
    const char *name, const struct confusion *confusion, const char *reason)
{
	struct metric_value got = measure(name, confusion);

	CHECK(!got.defined);
	CHECK_STR(got.reason, reason);
}

static void
sets_a_class_against_the_rest(void)
{
	has_value("recall[bird]", &whole, 5, 7);
	has_value("precision[bird]", &whole, 5, 6);
	has_value("f1_score[bird]", &whole, 10, 13);
	has_value("false_positive_rate[cat, big]", &whole, 3, 17);
	has_value("selection_rate[cat, big]", &whole, 11, 25);
	has_value("base_rate[cat]", &whole, 10, 25);
	has_value("accuracy[cat]", &whole, 19, 25);
	has_value("predicted_positive_ratio_k[cat]", &whole, 8, 8);
	CHECK_NUM(measure("true_negatives[cat]", &whole).value, 13, 0);
	CHECK(measure("matthews_correlation[cat]", &whole).value < 1);
}

static void
finds_cells_whatever_their_commas(void)
{
	CHECK_NUM(measure("confusion[bird,cat]", &whole).value, 2, 0);
	CHECK_NUM(measure("confusion[cat,cat, big]", &whole).value, 3, 0);
	CHECK_NUM(measure("confusion[cat, big,cat, big]", &whole).value, 8, 0);
	CHECK_NUM(measure("confusion[cat, big,bird]", &whole).value, 0, 0);
}

static void
counts_what_is_incomplete(void)
{
	struct group group = { .confusion = &ragged };

	CHECK_INT(group_rows(&group), 35);
	CHECK_NUM(measure("count", &ragged).value, 35, 0);
	has_value("selection_rate[bird]", &ragged, 7, 28);
	has_value("base_rate[cat]", &ragged, 13, 28);
	has_value("recall[cat]", &ragged, 6, 10);
	has_value("accuracy", &ragged, 19, 25);
	has_value("selection_rate[bird]", &weighted, 3.5, 14);
	has_value("base_rate[cat]", &weighted, 6.5, 14);
	CHECK_NUM(measure("selection_rate[bird]", &weighted).effective, 28, 0);
	CHECK_NUM(measure("accuracy", &weighted).effective, 25, 0);
	CHECK(measure("accuracy", &weighted).is_share);
}

static void
takes_averages(void)
{
	double recalls = 5.0 / 7 + 6.0 / 10 + 8.0 / 8;
	double precisions = 5.0 / 6 + 6.0 / 8 + 8.0 / 11;

	has_value("accuracy", &whole, 19, 25);
	has_value("error_rate", &whole, 6, 25);
	has_value("recall_macro", &whole, recalls, 3);
	has_value("precision_macro", &whole, precisions, 3);
	has_value("recall_weighted", &whole, 19, 25);
	has_value("precision_weighted", &whole,
	    7 * 5.0 / 6 + 10 * 6.0 / 8 + 8 * 8.0 / 11, 25);
	has_value("precision_micro", &whole, 19, 25);
	has_value("f1_score_micro", &whole, 38, 50);
	has_value("balanced_accuracy", &whole, recalls, 3);
	/* 25 * 19 - (7 * 6 + 10 * 8 + 8 * 11) over 25^2 - the same. */
	has_value("cohen_kappa", &whole, 475 - 210, 625 - 210);
	has_value("matthews_correlation", &whole, 265,
	    sqrt((625.0 - 213) * (625 - 221)));
	has_value("recall_macro", &weighted, recalls, 3);
}

/* scikit-learn calls these 0, or leaves the class out. */
static void
leaves_undefined_what_is(void)
{
	static const double never[] = { 5, 0, 2, 0, 0, 0, 1, 0, 3 };
	static const unsigned long long never_rows[] = { 5, 0, 2, 0, 0, 0, 1, 0,
		3 };
	static const double none[9], one[] = { 0, 0, 0, 0, 3, 4, 0, 0, 0 };
	static const unsigned long long none_rows[9],
	    one_rows[] = { 0, 0, 0, 0, 3, 4, 0, 0, 0 };
	const struct confusion gap = { 3, classes, never, never_rows, NULL,
		NULL, 0, NULL };
	const struct confusion empty = { 3, classes, none, none_rows, NULL,
		NULL, 0, NULL };
	const struct confusion single = { 3, classes, one, one_rows, NULL, NULL,
		0, NULL };

	is_undefined("recall[cat]", &gap, "0 rows are labelled positive");
	is_undefined("recall_macro", &gap, "the term of a class is 0/0");
	is_undefined("precision_macro", &gap, "the term of a class is 0/0");
	has_value("recall_weighted", &gap, 8, 11);
	has_value("balanced_accuracy", &gap, 5.0 / 7 + 3.0 / 4, 2);
	is_undefined(
	    "accuracy", &empty, "no row has both a label and a prediction");
	is_undefined(
	    "recall_micro", &empty, "no row has both a label and a prediction");
	is_undefined("cohen_kappa", &empty,
	    "agreement by chance alone would be complete");
	is_undefined("balanced_accuracy", &single,
	    "only one class occurs among the labels");
	is_undefined("matthews_correlation", &single,
	    "only one class occurs among the labels or the predictions");
	has_value("cohen_kappa", &single, 0, 1);
}

static void
knows_rows_without_classes(void)
{
	struct arena arena = { 0 };
	struct group group = { .counts = { .weighted = false } };
	const struct metric *m = metric_resolve(&arena, "recall[x]", 9, NULL);
	struct metric_value got;

	metric_measure(m, &group, &group, &got);
	CHECK(!got.defined);
	CHECK_STR(got.reason, "the rows have no such class");
	metric_measure(metric_find("cohen_kappa", 11), &group, &group, &got);
	CHECK_STR(got.reason, "the rows have no classes");
	CHECK(metric_resolve(&arena, "recall[fish]", 12, &whole) == NULL);
	CHECK(metric_resolve(&arena, "recall[cat", 10, &whole) == NULL);
	CHECK(metric_resolve(&arena, "kind[cat]", 9, &whole) == NULL);
	CHECK(metric_resolve(&arena, "recall_macro[cat]", 17, &whole) == NULL);
	CHECK(metric_resolve(&arena, "confusion[cat]", 14, &whole) == NULL);
	arena_free(&arena);
}

/* The names of the figures made of these metrics, in their order. */
static void
chooses(const char *const metrics[], size_t n, size_t want, const char *first)
{
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct measure_options options = {
		.confidence = 0.95, .metrics = metrics, .n_metrics = n
	};
	struct figure_table out = { 0 };
	struct group group = { .name = "(overall)", .confusion = &whole };
	struct group_table table = {
		.attribute = "", .groups = &group, .n = 1
	};
	struct figure_maker maker = { .out = &out,
		.arena = &arena,
		.options = &options,
		.whole = &group };

	figures_choose(&maker, &diags);
	CHECK_INT(diags.n, 0);
	CHECK_INT(maker.n_metrics, want);
	CHECK_STR(maker.metrics[0]->name, first);
	figures_add(&maker, &table);
	CHECK_INT(out.n, want);
	CHECK_NUM(out.first->n, 25, 0);
	arena_free(&arena);
}

static void
makes_figures_of_every_class(void)
{
	static const char *const some[] = { "recall", "f1", "recall[cat]",
		"cohen_kappa" };
	static const char *const all[] = { "confusion", "confusion[cat,cat]" };

	chooses(some, 4, 7, "recall[bird]");
	chooses(all, 2, 9, "confusion[bird,bird]");
	chooses(NULL, 0, 14, "selection_rate[bird]");
}

int
main(void)
{
	sets_a_class_against_the_rest();
	finds_cells_whatever_their_commas();
	counts_what_is_incomplete();
	takes_averages();
	leaves_undefined_what_is();
	knows_rows_without_classes();
	makes_figures_of_every_class();
	return tap_done();
}
