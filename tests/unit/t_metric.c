#include <stdlib.h>

#include "base/text.h"
#include "measure/metric.h"
#include "model/figure.h"
#include "tap.h"

/*
 * The catalogue: each formula against the textbook's, over many counts, and
 * the names by which others call a metric.
 */

/* Counts of labelled and predicted rows, and of those that lack one. */
struct table {
	unsigned tp, fp, fn, tn;
	unsigned selected, refused, positive, negative, blank;
};

static struct counts
counts_of(const struct table *t)
{
	struct counts counts = { .weighted = false };

	counts.rows[CELL_TP] = t->tp;
	counts.rows[CELL_FP] = t->fp;
	counts.rows[CELL_FN] = t->fn;
	counts.rows[CELL_TN] = t->tn;
	counts.rows[CELL_SELECTED] = t->selected;
	counts.rows[CELL_REFUSED] = t->refused;
	counts.rows[CELL_POSITIVE] = t->positive;
	counts.rows[CELL_NEGATIVE] = t->negative;
	counts.rows[CELL_BLANK] = t->blank;
	return counts;
}

static const struct metric *
named(const char *name)
{
	const struct metric *metric = metric_find(name, strlen(name));

	CHECK(metric != NULL);
	if (metric == NULL)
		exit(1);
	return metric;
}

static struct metric_value
measure(const char *name, const struct table *t)
{
	struct group group = { .counts = counts_of(t) };
	struct metric_value value;

	metric_measure(named(name), &group, &group, &value);
	return value;
}

static void
has_value(const char *name, const struct table *t, double a, double b)
{
	struct metric_value got = measure(name, t);

	CHECK(got.defined && got.has_counts);
	CHECK_NUM(got.numerator, a, 0);
	CHECK_NUM(got.denominator, b, 0);
	CHECK_NUM(got.value, a / b, 0);
	CHECK(got.reason == NULL);
}

static void
is_undefined(const char *name, const struct table *t, const char *reason)
{
	struct metric_value got = measure(name, t);

	CHECK(!got.defined);
	CHECK_STR(got.reason, reason);
	CHECK(got.value == 0);
}

/* Formulas. */

static void
follows_the_textbook(void)
{
	static const struct table t = { .tp = 7, .fp = 5, .fn = 3, .tn = 11 };

	has_value("selection_rate", &t, 12, 26);
	has_value("base_rate", &t, 10, 26);
	has_value("true_positive_rate", &t, 7, 10);
	has_value("false_negative_rate", &t, 3, 10);
	has_value("true_negative_rate", &t, 11, 16);
	has_value("false_positive_rate", &t, 5, 16);
	has_value("precision", &t, 7, 12);
	has_value("false_discovery_rate", &t, 5, 12);
	has_value("negative_predictive_value", &t, 11, 14);
	has_value("false_omission_rate", &t, 3, 14);
	has_value("accuracy", &t, 18, 26);
	has_value("error_rate", &t, 8, 26);
	has_value("f1_score", &t, 14, 22);
	has_value("jaccard", &t, 7, 15);
	has_value("treatment_equality_ratio", &t, 3, 5);
	has_value("predicted_positive_ratio_k", &t, 12, 12);
	CHECK_NUM(measure("balanced_accuracy", &t).value,
	    (7.0 / 10 + 11.0 / 16) / 2, 1e-16);
	CHECK_NUM(measure("matthews_correlation", &t).value,
	    (7 * 11 - 5 * 3) / sqrt(12.0 * 10 * 16 * 14), 1e-15);
}

/* Rows without label or prediction count only where neither matters. */
static void
leaves_out_what_is_missing(void)
{
	static const struct table t = { .tp = 1,
		.fp = 2,
		.fn = 3,
		.tn = 4,
		.selected = 10,
		.refused = 20,
		.positive = 100,
		.negative = 200,
		.blank = 1000 };

	has_value("selection_rate", &t, 13, 40);
	has_value("base_rate", &t, 104, 310);
	has_value("true_positive_rate", &t, 1, 4);
	has_value("precision", &t, 1, 3);
	has_value("negative_predictive_value", &t, 4, 7);
	has_value("accuracy", &t, 5, 10);
	has_value("predicted_positive_ratio_k", &t, 13, 13);
}

static void
takes_shares_of_the_file(void)
{
	static const struct table part = { .tp = 1, .fp = 2, .fn = 50 };
	static const struct table all = { .tp = 5, .fp = 6, .selected = 1 };
	static const struct table none = { .fn = 5, .refused = 6 };
	struct group group = { .counts = counts_of(&part) };
	struct group whole = { .counts = counts_of(&all) };
	const struct metric *metric = named("predicted_positive_ratio_k");
	struct metric_value got;

	metric_measure(metric, &group, &whole, &got);
	CHECK_NUM(got.numerator, 3, 0);
	CHECK_NUM(got.denominator, 12, 0);
	CHECK_NUM(got.value, 0.25, 0);
	CHECK_NUM(got.effective, 12, 0);
	whole.counts = counts_of(&none);
	group = whole;
	metric_measure(metric, &group, &whole, &got);
	CHECK(!got.defined);
	CHECK_STR(got.reason, "nobody in the file is selected");
}

/* Every rate is tp.. over tp.., and pairs of them make 1. */
static void
pairs_make_one(void)
{
	static const char *const pairs[][2] = {
		{ "true_positive_rate", "false_negative_rate" },
		{ "true_negative_rate", "false_positive_rate" },
		{ "precision", "false_discovery_rate" },
		{ "negative_predictive_value", "false_omission_rate" },
		{ "accuracy", "error_rate" },
	};
	size_t wrong = 0;

	for (unsigned i = 0; i < 625; i++) {
		struct table t = { .tp = i % 5,
			.fp = i / 5 % 5,
			.fn = i / 25 % 5,
			.tn = i / 125 };

		for (size_t k = 0; k < sizeof(pairs) / sizeof(pairs[0]); k++) {
			struct group group = { .counts = counts_of(&t) };
			struct metric_value a, b;

			metric_measure(
			    metric_find(pairs[k][0], strlen(pairs[k][0])),
			    &group, &group, &a);
			metric_measure(
			    metric_find(pairs[k][1], strlen(pairs[k][1])),
			    &group, &group, &b);
			wrong += a.defined != b.defined;
			wrong += a.denominator != b.denominator;
			wrong += a.numerator + b.numerator != a.denominator;
		}
	}
	CHECK_INT(wrong, 0);
}

/* Defined or not, a value lies in its range and an empty denominator is 0. */
static void
stays_in_range(void)
{
	size_t wrong = 0;

	for (unsigned i = 0; i < 625; i++) {
		struct table t = { .tp = i % 5,
			.fp = i / 5 % 5,
			.fn = i / 25 % 5,
			.tn = i / 125 };
		struct group group = { .counts = counts_of(&t) };

		for (size_t k = 0; k < metric_count(); k++) {
			const struct metric *m = metric_at(k);
			struct metric_value got;

			if (m->kind > METRIC_COUNT)
				continue;
			metric_measure(m, &group, &group, &got);
			wrong += got.defined != (got.reason == NULL);
			wrong += got.has_counts != (m->formula == NULL);
			wrong += got.has_counts &&
			    got.defined != (got.denominator > 0);
			wrong += !(got.value >= m->least) && got.defined;
			wrong += !(got.value <= m->most) && got.defined;
		}
	}
	CHECK_INT(wrong, 0);
}

/* Undefined is never 0. */

static void
says_why_it_is_undefined(void)
{
	static const struct table nothing = { .blank = 3 };
	static const struct table negatives = { .tn = 4, .fp = 2 };
	static const struct table refused = { .tn = 4, .fn = 2 };
	static const struct table positives = { .tp = 4, .fn = 2 };
	static const struct table selected = { .tp = 4, .fp = 2 };

	is_undefined("selection_rate", &nothing, "no row has a prediction");
	is_undefined("base_rate", &nothing, "no row has a label");
	is_undefined(
	    "accuracy", &nothing, "no row has both a label and a prediction");
	is_undefined(
	    "true_positive_rate", &negatives, "0 rows are labelled positive");
	is_undefined(
	    "false_positive_rate", &positives, "0 rows are labelled negative");
	is_undefined("precision", &refused, "0 labelled rows are selected");
	is_undefined("false_omission_rate", &selected,
	    "0 labelled rows are not selected");
	is_undefined("balanced_accuracy", &negatives,
	    "only one class occurs among the labels");
	is_undefined("matthews_correlation", &refused,
	    "only one class occurs among the labels or the predictions");
	is_undefined("treatment_equality_ratio", &positives,
	    "there are 0 false positives");
	is_undefined("f1_score", &(struct table){ .tn = 9 },
	    "0 labelled rows are positive or selected");
	is_undefined("predicted_positive_ratio_k", &refused,
	    "nobody in the file is selected");
}

static void
knows_the_corners_of_mcc(void)
{
	static const struct table right = { .tp = 1000003, .tn = 7 };
	static const struct table inverse = { .fp = 1000003, .fn = 7 };
	static const struct table chance = {
		.tp = 20, .fp = 10, .fn = 40, .tn = 20
	};

	CHECK_NUM(measure("matthews_correlation", &right).value, 1, 0);
	CHECK_NUM(measure("matthews_correlation", &inverse).value, -1, 0);
	CHECK_NUM(measure("matthews_correlation", &chance).value, 0, 0);
}

static void
blames_weights(void)
{
	struct group group = { .counts = { .weighted = true } };
	struct counts *counts = &group.counts;
	struct metric_value got;

	counts_add_weighted(counts, CELL_TP, 0);
	metric_measure(named("tpr"), &group, &group, &got);
	CHECK(!got.defined);
	CHECK_STR(got.reason, "the weights of its rows sum to 0");
	metric_measure(named("fpr"), &group, &group, &got);
	CHECK_STR(got.reason, "0 rows are labelled negative");
	counts_add_weighted(counts, CELL_FN, 0.5);
	counts_add_weighted(counts, CELL_TP, 1.5);
	metric_measure(named("tpr"), &group, &group, &got);
	CHECK_NUM(got.value, 0.75, 0);
	CHECK_NUM(got.effective, 1.6, 0);
}

/* Names. */

static void
finds_its_own_names(void)
{
	size_t wrong = 0;

	CHECK(metric_count() >= 18);
	for (size_t i = 0; i < metric_count(); i++) {
		const struct metric *m = metric_at(i);

		wrong += metric_find(m->name, strlen(m->name)) != m;
		wrong += metric_index(m) != i;
		wrong += m->empty == NULL || !(m->least < m->most);
	}
	CHECK_INT(wrong, 0);
}

static void
is_called(const char *alias, const char *name)
{
	const struct metric *metric = metric_find(alias, strlen(alias));

	CHECK_STR(metric != NULL ? metric->name : NULL, name);
}

/* The names of fairlearn, Aequitas, AIF360, TFMA, scikit-learn. */
static void
finds_the_names_of_others(void)
{
	is_called("tpr", "true_positive_rate");
	is_called("recall", "true_positive_rate");
	is_called("sensitivity", "true_positive_rate");
	is_called("specificity", "true_negative_rate");
	is_called("tnr", "true_negative_rate");
	is_called("fpr", "false_positive_rate");
	is_called("fnr", "false_negative_rate");
	is_called("ppv", "precision");
	is_called("positive_predictive_value", "precision");
	is_called("npv", "negative_predictive_value");
	is_called("fdr", "false_discovery_rate");
	is_called("for", "false_omission_rate");
	is_called("prev", "base_rate");
	is_called("prevalence", "base_rate");
	is_called("f1_score", "f1_score");
	is_called("jaccard", "jaccard");
	is_called("matthews_corrcoef", "matthews_correlation");
	is_called("accuracy_score", "accuracy");
	is_called("positive_rate", "selection_rate");
}

/* Aequitas' trap: its "ppr" is no rate of the group. */
static void
is_not_taken_in_by_ppr(void)
{
	is_called("ppr", "predicted_positive_ratio_k");
	is_called("pprev", "selection_rate");
}

static void
forgives_spelling(void)
{
	is_called("F1-Score", "f1_score");
	is_called("Selection Rate", "selection_rate");
	is_called("TRUE-POSITIVE-RATE", "true_positive_rate");
	is_called("selectionrate", NULL);
	is_called("", NULL);
	is_called("tpr ", NULL);
	is_called("selection_rate_with_a_name_that_is_longer_than_any_metric"
		  "_ever_had_for_certain",
	    NULL);
	CHECK(metric_find("tpr\0x", 5) == NULL);
	CHECK(metric_find("precisionist", 9) == named("precision"));
}

/* What has no label of its own would be shown by its bare name. */
static void
has_a_label_for_each(void)
{
	size_t bare = 0;

	for (size_t i = 0; i < metric_count(); i++)
		bare += metric_label(metric_at(i)->name) == metric_at(i)->name;
	CHECK_INT(bare, 0);
	CHECK_STR(metric_label("recall_macro"), "Recall, mean of classes");
}

static void
suggests_a_name(void)
{
	CHECK_STR(metric_near("selection_rat"), "selection_rate");
	CHECK_STR(metric_near("acuracy"), "accuracy");
	CHECK_STR(metric_near("Recal"), "recall");
	CHECK_STR(metric_near("nothing like it"), NULL);
	CHECK_STR(metric_near(""), NULL);
}

static void
knows_what_is_of_all_rows(void)
{
	struct text got = { 0 };

	for (size_t i = 0; i < metric_count(); i++)
		if (metric_is_of_all_rows(metric_at(i)))
			text_printf(&got, "%s ", metric_at(i)->name);
	CHECK_STR(
	    text_str(&got), "selection_rate base_rate accuracy error_rate ");
	text_free(&got);
}

/* How many metrics rows of a kind give, and whether two are among them. */
static void
gives(struct metric_data data, size_t want, const char *one, bool has_one)
{
	size_t n = 0;

	for (size_t i = 0; i < metric_count(); i++)
		n += metric_is_measurable(metric_at(i), &data);
	CHECK_INT(n, want);
	CHECK_INT(metric_is_measurable(named(one), &data), has_one);
}

static void
knows_what_rows_give(void)
{
	size_t counts = 0, of_classes = 0, numbers = 0;

	for (size_t i = 0; i < metric_count(); i++) {
		counts += metric_at(i)->kind <= METRIC_COUNT;
		of_classes += metric_at(i)->kind == METRIC_CLASS;
		numbers += metric_at(i)->kind == METRIC_NUMBER;
	}
	gives((struct metric_data){ true, true, false, false, false },
	    counts + 1, "mean_prediction", true);
	gives((struct metric_data){ true, true, true, false, false },
	    metric_count() - of_classes - numbers + 1, "auc", true);
	gives((struct metric_data){ false, true, false, false, false }, 6,
	    "accuracy", false);
	gives((struct metric_data){ true, false, true, false, false }, 22,
	    "brier_score", true);
	gives((struct metric_data){ true, true, false, true, false },
	    counts + of_classes, "mean_prediction", false);
	gives((struct metric_data){ false, false, false, false, true },
	    numbers + 1, "selection_rate", false);
}

/* What is better is a matter of being judged rightly, and of nothing else. */
static void
knows_directions(void)
{
	CHECK_INT(named("tpr")->direction, METRIC_HIGHER);
	CHECK_INT(named("precision")->direction, METRIC_HIGHER);
	CHECK_INT(named("fpr")->direction, METRIC_LOWER);
	CHECK_INT(named("error_rate")->direction, METRIC_LOWER);
	CHECK_INT(named("selection_rate")->direction, METRIC_NEITHER);
	CHECK_INT(named("base_rate")->direction, METRIC_NEITHER);
}

int
main(void)
{
	follows_the_textbook();
	leaves_out_what_is_missing();
	takes_shares_of_the_file();
	pairs_make_one();
	stays_in_range();
	says_why_it_is_undefined();
	knows_the_corners_of_mcc();
	blames_weights();
	finds_its_own_names();
	finds_the_names_of_others();
	is_not_taken_in_by_ppr();
	forgives_spelling();
	has_a_label_for_each();
	suggests_a_name();
	knows_what_is_of_all_rows();
	knows_what_rows_give();
	knows_directions();
	return tap_done();
}
