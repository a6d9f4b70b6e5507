#include "base/dd.h"
#include "measure/metric.h"
#include "tap.h"

/* Metrics of scores on a few rows whose values are known by hand. */

enum { MOST = 8 };

/* Scores in thousandths, ascending, with the rows of each. */
struct trial {
	size_t n;
	double scores[MOST], rests[MOST];
	unsigned long long rows[MOST][BINARY_COUNT];
	double weights[MOST][BINARY_COUNT];
	bool weighted;
	unsigned long long missing[BINARY_COUNT];
};

/* A score in thousandths, as the decimal it is. */
static void
add(struct trial *t, unsigned thousandths, enum binary label, double weight)
{
	struct dd score = dd_divide(dd_of(thousandths), dd_of(1000));

	if (t->n == 0 || t->scores[t->n - 1] != score.high)
		t->n++;
	t->scores[t->n - 1] = score.high;
	t->rests[t->n - 1] = score.low;
	t->rows[t->n - 1][label]++;
	t->weights[t->n - 1][label] += weight;
}

static struct metric_value
measure(const char *name, const struct trial *t)
{
	struct arena arena = { 0 };
	struct distribution scores = { .n = t->n,
		.value = t->scores,
		.rest = t->rests,
		.rows = t->rows,
		.weight = t->weighted ? t->weights : NULL };
	struct group group = { .scores = &scores };
	const struct metric *metric =
	    metric_resolve(&arena, name, strlen(name), NULL);
	struct metric_value value = { .reason = "no such metric" };

	for (size_t i = 0; i < BINARY_COUNT; i++) {
		scores.n_missing[i] = t->missing[i];
		scores.n_missing_weight[i] = 0.5 * (double)t->missing[i];
	}
	CHECK(metric != NULL);
	if (metric != NULL)
		metric_measure(metric, &group, &group, &value);
	arena_free(&arena);
	return value;
}

static void
has_value(const char *name, const struct trial *t, double want)
{
	struct metric_value got = measure(name, t);

	CHECK(got.defined && got.reason == NULL);
	CHECK_NUM(got.value, want, 2e-16);
}

static void
is_undefined(const char *name, const struct trial *t, const char *reason)
{
	struct metric_value got = measure(name, t);

	CHECK(!got.defined);
	CHECK_STR(got.reason, reason);
}

/* Seven rows with two ties, one of them between the classes. */
static struct trial
seven(bool weighted)
{
	struct trial t = { .weighted = weighted };

	add(&t, 100, BINARY_NO, 0.5);
	add(&t, 300, BINARY_YES, 2);
	add(&t, 300, BINARY_NO, 1);
	add(&t, 600, BINARY_YES, 1);
	add(&t, 700, BINARY_NO, 1.5);
	add(&t, 700, BINARY_YES, 1);
	add(&t, 900, BINARY_YES, 3);
	return t;
}

static void
ranks(void)
{
	struct trial t = seven(false), w = seven(true);
	struct metric_value got = measure("roc_auc", &t);

	CHECK(got.has_counts);
	CHECK_NUM(got.numerator, 9, 0);
	CHECK_NUM(got.denominator, 12, 0);
	CHECK_NUM(got.effective, 7, 0);
	has_value("roc_auc", &t, 0.75);
	has_value("gini", &t, 0.5);
	/* Precision 1, 2/3, 3/4 and 4/6 at recall 1/4, 2/4, 3/4 and 1. */
	has_value(
	    "average_precision", &t, (1 + 2.0 / 3 + 3.0 / 4 + 4.0 / 6) / 4);
	/* At 0.6: three of four against one of three. */
	has_value("ks_statistic", &t, 3.0 / 4 - 1.0 / 3);
	has_value("roc_auc", &w, 14.75 / 21);
	CHECK_NUM(measure("roc_auc", &w).effective, 0, 0);
}

/* As many rows as any file has: products of 80 bits. */
static void
ranks_many(void)
{
	static const double values[] = { 0.25, 0.75 };
	const double m = 0x1p40;
	const unsigned long long rows[][BINARY_COUNT] = {
		{ 0, (1ULL << 40) + 1, (1ULL << 39) + 7 },
		{ 0, (1ULL << 40) - 5, (1ULL << 40) - 3 }
	};
	struct distribution scores = { .n = 2, .value = values, .rows = rows };
	struct group group = { .scores = &scores };
	struct metric_value got;
	struct dd twice =
	    dd_add(dd_product(m / 2 + 7, m + 1), dd_product(m - 3, 3 * m - 3));
	struct dd all = dd_product(1.5 * m + 4, 2 * m - 4);

	metric_measure(metric_find("auc", 3), &group, &group, &got);
	CHECK_NUM(got.denominator, dd_value(all), 0);
	CHECK_NUM(got.numerator, dd_value(twice) / 2, 0);
	CHECK_NUM(got.value, dd_value(dd_divide(twice, all)) / 2, 0);
}

static void
takes_means(void)
{
	struct trial t = seven(false), w = seven(true);

	has_value("brier_score", &t, 1.34 / 7);
	has_value("brier_score", &w, 0.209);
	CHECK_NUM(measure("log_loss", &t).value, 0.54897745023014, 1e-14);
	has_value("mean_score", &t, 3.6 / 7);
	has_value("mean_score_positives", &t, 0.625);
	has_value("mean_score_negatives", &t, 1.1 / 3);
	has_value("calibration_in_the_large", &t, -0.4 / 7);
	has_value("mean_score_positives", &w, 4.6 / 7);
}

/* Rows without a label count where no label is needed, and only there. */
static void
leaves_out_what_is_missing(void)
{
	struct trial t = seven(false), w = seven(true);

	add(&t, 950, BINARY_MISSING, 1);
	has_value("roc_auc", &t, 0.75);
	has_value("brier_score", &t, 1.34 / 7);
	has_value("mean_score", &t, 4.55 / 8);
	t.missing[BINARY_YES] = w.missing[BINARY_YES] = 2;
	has_value("missing_score_rate", &t, 0.2);
	CHECK(measure("missing_score_rate", &t).is_share);
	has_value("missing_score_rate", &w, 1.0 / 11);
	CHECK(!measure("missing_score_rate", &w).is_share);
	has_value("roc_auc", &t, 0.75);
}

static void
clips_certainty(void)
{
	struct trial t = { 0 };

	add(&t, 0, BINARY_YES, 1);
	add(&t, 1000, BINARY_YES, 1);
	CHECK_NUM(measure("log_loss", &t).value, -log(1e-15) / 2, 1e-15);
}

/* 0.3 is on an edge, though the double nearest to it lies below 3/10. */
static void
bins_decimals(void)
{
	struct trial t = { 0 }, last = { 0 }, first = { 0 };

	add(&t, 250, BINARY_NO, 1);
	add(&t, 300, BINARY_YES, 1);
	has_value("expected_calibration_error_10_left_closed", &t, 0.475);
	has_value("maximum_calibration_error_10_left_closed", &t, 0.7);
	has_value("expected_calibration_error_10_right_closed", &t, 0.225);
	has_value("maximum_calibration_error_10_right_closed", &t, 0.225);
	has_value("expected_calibration_error_2_left_closed", &t, 0.225);
	has_value("maximum_calibration_error_1000_right_closed", &t, 0.7);
	add(&last, 950, BINARY_NO, 1);
	add(&last, 1000, BINARY_YES, 1);
	has_value("maximum_calibration_error_10_left_closed", &last, 0.475);
	has_value("maximum_calibration_error_10_right_closed", &last, 0.475);
	add(&first, 0, BINARY_YES, 1);
	add(&first, 50, BINARY_NO, 1);
	has_value("maximum_calibration_error_10_left_closed", &first, 0.475);
	has_value("maximum_calibration_error_10_right_closed", &first, 0.475);
}

static void
weighs_bins(void)
{
	struct trial t = seven(false);

	has_value("expected_calibration_error_10_left_closed", &t, 0.2);
	has_value("maximum_calibration_error_10_left_closed", &t, 0.4);
	has_value("expected_calibration_error_5_left_closed", &t, 0.6 / 7);
}

/* Values of another program's Newton steps. */
static void
recalibrates(void)
{
	struct trial t = seven(false), w = seven(true);

	CHECK_NUM(
	    measure("calibration_slope", &t).value, 0.9514172450139406, 1e-12);
	CHECK_NUM(measure("calibration_intercept", &t).value,
	    0.31649219785998484, 1e-12);
	CHECK_NUM(
	    measure("calibration_slope", &w).value, 0.6707425988665005, 1e-12);
	CHECK_NUM(measure("calibration_intercept", &w).value, 0.628696461118464,
	    1e-12);
}

/* A start from afar, where whole steps would run away. */
static void
recalibrates_extreme_scores(void)
{
	struct trial t = { 0 };
	struct metric_value slope;

	add(&t, 0, BINARY_NO, 1);
	add(&t, 1, BINARY_YES, 1);
	add(&t, 500, BINARY_NO, 1);
	add(&t, 999, BINARY_NO, 1);
	add(&t, 1000, BINARY_YES, 1);
	slope = measure("calibration_slope", &t);
	CHECK(slope.defined);
	CHECK(slope.value > 0 && slope.value < 0.2);
}

/* Scores of 0 and 1 that are wrong; values of statsmodels' GLM. */
static void
recalibrates_what_is_sure_and_wrong(void)
{
	struct trial t = { .weighted = true };

	add(&t, 0, BINARY_NO, 1);
	add(&t, 0, BINARY_YES, 1);
	add(&t, 100, BINARY_NO, 1);
	add(&t, 100, BINARY_YES, 2);
	add(&t, 123, BINARY_YES, 1);
	add(&t, 300, BINARY_YES, 1);
	add(&t, 500, BINARY_NO, 2);
	add(&t, 1000, BINARY_NO, 3);
	add(&t, 1000, BINARY_YES, 1);
	CHECK_NUM(measure("calibration_slope", &t).value, -0.021079109896947067,
	    1e-12);
	CHECK_NUM(measure("calibration_intercept", &t).value,
	    -0.06557787474564059, 1e-12);
}

static void
says_why_it_is_undefined(void)
{
	static const char apart[] = "a threshold separates the classes, so "
				    "that the fit has no end";
	struct trial none = { 0 }, yes = { 0 }, no = { 0 }, split = { 0 },
		     wide = seven(false);

	is_undefined("mean_score", &none, "no row has a score");
	is_undefined(
	    "brier_score", &none, "no row has both a label and a score");
	is_undefined("missing_score_rate", &none, "the group has no rows");
	add(&yes, 500, BINARY_YES, 1);
	add(&no, 500, BINARY_NO, 1);
	is_undefined(
	    "roc_auc", &yes, "0 rows with a score are labelled negative");
	is_undefined("gini", &no, "0 rows with a score are labelled positive");
	is_undefined("mean_score_positives", &no,
	    "0 rows with a score are labelled positive");
	is_undefined("average_precision", &no,
	    "0 rows with a score are labelled positive");
	is_undefined(
	    "calibration_slope", &no, "only one class occurs among the labels");
	add(&split, 400, BINARY_NO, 1);
	add(&split, 500, BINARY_NO, 1);
	add(&split, 500, BINARY_YES, 1);
	is_undefined("calibration_intercept", &split, apart);
	add(&wide, 1001, BINARY_YES, 1);
	is_undefined("log_loss", &wide, "scores lie outside 0 to 1");
	is_undefined("expected_calibration_error_10_left_closed", &wide,
	    "scores lie outside 0 to 1");
	CHECK(measure("roc_auc", &wide).defined);
}

static void
knows_rows_without_scores(void)
{
	struct group group = { .name = "a" };
	struct metric_value got;
	unsigned n = 0;

	for (size_t i = 0; i < metric_count(); i++) {
		if (metric_at(i)->kind != METRIC_SCORE)
			continue;
		metric_measure(metric_at(i), &group, &group, &got);
		CHECK_STR(got.reason, "the rows have no scores");
		n++;
	}
	CHECK(n >= 17);
}

int
main(void)
{
	ranks();
	ranks_many();
	takes_means();
	leaves_out_what_is_missing();
	clips_certainty();
	bins_decimals();
	weighs_bins();
	recalibrates();
	recalibrates_extreme_scores();
	recalibrates_what_is_sure_and_wrong();
	says_why_it_is_undefined();
	knows_rows_without_scores();
	return tap_done();
}
