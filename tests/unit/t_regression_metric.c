#include "measure/metric.h"
#include "tap.h"

/* Metrics of numbers, on sums that are known by hand. */

static const double sizes[] = { 0, 1, 2, 4 };
static const unsigned long long rows[][BINARY_COUNT] = { { [BINARY_NO] = 1 },
	{ [BINARY_NO] = 2 }, { [BINARY_NO] = 1 }, { [BINARY_NO] = 2 } };
static const double weights[][BINARY_COUNT] = { { [BINARY_NO] = 1 },
	{ [BINARY_NO] = 0.5 }, { [BINARY_NO] = 2 }, { [BINARY_NO] = 0.5 } };
static const struct distribution errors = {
	.n = 4, .value = sizes, .rows = rows
};
static const struct distribution weighted_errors = {
	.n = 4, .value = sizes, .rows = rows, .weight = weights
};

/* Truth 1 2 3 4 5 6, prediction 1 1 4 2 9 10: errors 0 -1 1 -2 4 4. */
static const struct regression six = { .n = 6,
	.n_no_label = 2,
	.n_no_prediction = 1,
	.weight = { 6, 0 },
	.weight_square = { 6, 0 },
	.label = { 21, 0 },
	.label_square = { 91, 0 },
	.prediction = { 27, 0 },
	.prediction_square = { 203, 0 },
	.error = { 6, 0 },
	.absolute_error = { 12, 0 },
	.square_error = { 38, 0 },
	.absolute_errors = &errors };

static struct metric_value
measure(const char *name, const struct regression *regression)
{
	struct group group = { .regression = regression };
	struct metric_value value;

	metric_measure(metric_find(name, strlen(name)), &group, &group, &value);
	return value;
}

static void
has_value(const char *name, const struct regression *r, double want)
{
	struct metric_value got = measure(name, r);

	CHECK(got.defined && got.reason == NULL);
	CHECK_NUM(got.value, want, 3e-16);
}

static void
is_undefined(const char *name, const struct regression *r, const char *reason)
{
	struct metric_value got = measure(name, r);

	CHECK(!got.defined);
	CHECK_STR(got.reason, reason);
}

static void
follows_the_textbook(void)
{
	has_value("count", &six, 9);
	has_value("mean_error", &six, 1);
	has_value("mean_absolute_error", &six, 2);
	has_value("mean_squared_error", &six, 38.0 / 6);
	has_value("rmse", &six, sqrt(38.0 / 6));
	has_value("r2_score", &six, 1 - 38.0 / 17.5);
	has_value("mean_prediction", &six, 4.5);
	has_value("mean_true", &six, 3.5);
	has_value("median_absolute_error", &six, 1.5);
	has_value("mean_error_standard_error", &six, sqrt(16.0 / 15));
	CHECK_NUM(measure("mae", &six).effective, 6, 0);
}

static void
weighs(void)
{
	struct regression w = six;

	w.weighted = true;
	w.weight = dd_of(4);
	w.weight_square = dd_of(5.5);
	w.absolute_errors = &weighted_errors;
	has_value("mean_error", &w, 1.5);
	CHECK_NUM(measure("mean_error", &w).effective, 16 / 5.5, 1e-15);
	/* 1.5 of 4 lie below 2, and 3.5 not above it. */
	has_value("median_absolute_error", &w, 2);
}

/* Squares of 1e9 lose a variance of 1 in doubles, and not here. */
static void
keeps_small_variances(void)
{
	struct dd big = dd_of(1e9), next = dd_of(1e9 + 1);
	struct regression r = { .n = 2,
		.weight = { 2, 0 },
		.weight_square = { 2, 0 },
		.label = dd_add(big, next),
		.label_square =
		    dd_add(dd_multiply(big, big), dd_multiply(next, next)),
		.square_error = { 0.125, 0 } };

	has_value("r2_score", &r, 0.75);
	r.label = dd_add(big, big);
	r.label_square = dd_multiply(r.label, big);
	is_undefined("r2_score", &r, "all true numbers are the same");
}

static void
says_why_it_is_undefined(void)
{
	struct regression none = { .n_no_label = 3 };
	struct regression weightless = six, one = six;
	struct group group = { .name = "a" };
	struct metric_value got;

	is_undefined(
	    "mean_error", &none, "no row has both a label and a prediction");
	weightless.weight = dd_of(0);
	is_undefined(
	    "r2_score", &weightless, "the weights of its rows sum to 0");
	one.weight = one.weight_square = dd_of(1);
	is_undefined(
	    "mean_error_standard_error", &one, "it takes at least two rows");
	metric_measure(metric_find("mae", 3), &group, &group, &got);
	CHECK_STR(got.reason, "the rows have no numbers");
}

/* Of a prediction of 0 or 1 the mean is the share that is selected. */
static void
takes_binary_predictions(void)
{
	struct group group = { .name = "a" };
	struct metric_value got;

	group.counts.rows[CELL_FP] = 1;
	group.counts.rows[CELL_REFUSED] = 3;
	metric_measure(
	    metric_find("mean_prediction", 15), &group, &group, &got);
	CHECK_NUM(got.value, 0.25, 0);
	group.counts = (struct counts){ .weighted = false };
	metric_measure(
	    metric_find("mean_prediction", 15), &group, &group, &got);
	CHECK(!got.defined && got.reason != NULL);
}

int
main(void)
{
	follows_the_textbook();
	weighs();
	keeps_small_variances();
	says_why_it_is_undefined();
	takes_binary_predictions();
	return tap_done();
}
