#include "measure/options.h"
#include "measure/ranking.h"
#include "measure/spread.h"
#include "tap.h"

/*
 * Places by score.  The numbers are means over all orders of tied rows, from
 * a program that goes through every order.
 */

/* a at 90; b a a at 80; b at 70; b a at 60; b at 50. */
static const double all_scores[] = { 0.5, 0.6, 0.7, 0.8, 0.9 };
static const unsigned long long all_rows[][BINARY_COUNT] = { { 1, 0, 0 },
	{ 0, 1, 1 }, { 0, 0, 1 }, { 1, 1, 1 }, { 0, 0, 1 } };
static const double a_scores[] = { 0.6, 0.8, 0.9 };
static const unsigned long long a_rows[][BINARY_COUNT] = { { 0, 1, 0 },
	{ 1, 0, 1 }, { 0, 0, 1 } };
static const double b_scores[] = { 0.5, 0.6, 0.7, 0.8 };
static const unsigned long long b_rows[][BINARY_COUNT] = { { 1, 0, 0 },
	{ 0, 0, 1 }, { 0, 0, 1 }, { 0, 1, 0 } };

static const struct distribution all = {
	.n = 5, .value = all_scores, .rows = all_rows
};
static const struct distribution of_a = {
	.n = 3, .value = a_scores, .rows = a_rows
};
static const struct distribution of_b = {
	.n = 4, .value = b_scores, .rows = b_rows
};
static const struct distribution none = { .n = 0 };

static struct metric_value
measure(const char *name, const struct distribution *scores)
{
	struct arena arena = { 0 };
	struct group whole = { .scores = &all }, group = { .scores = scores };
	const struct metric *metric =
	    metric_resolve(&arena, name, strlen(name), NULL);
	struct metric_value value = { .reason = "no such metric" };

	CHECK(metric != NULL);
	if (metric != NULL)
		metric_measure(metric, &group, &whole, &value);
	arena_free(&arena);
	return value;
}

static void
has_value(const char *name, const struct distribution *scores, double want)
{
	struct metric_value got = measure(name, scores);

	CHECK(got.defined && got.reason == NULL);
	CHECK_NUM(got.value, want, 3e-16);
}

static void
counts_the_first(void)
{
	has_value("selection_rate_at_1", &of_a, 0.25);
	has_value("selection_rate_at_3", &of_a, 0.5833333333333334);
	has_value("selection_rate_at_5", &of_a, 0.75);
	has_value("selection_rate_at_1", &of_b, 0);
	has_value("selection_rate_at_3", &of_b, 0.16666666666666666);
	has_value("selection_rate_at_5", &of_b, 0.5);
	has_value("selection_rate_at_8", &of_b, 1);
	has_value("selection_rate_at_100", &of_b, 1);
}

static void
takes_the_skew(void)
{
	has_value("skew_at_1", &of_a, 0.6931471805599453);
	has_value("skew_at_3", &of_a, 0.44183275227903923);
	has_value("skew_at_5", &of_b, -0.2231435513142097);
	has_value("skew_at_100", &of_b, 0);
	CHECK_STR(measure("skew_at_1", &of_b).reason,
	    "nobody of the group is in the top");
}

static void
takes_the_exposure(void)
{
	has_value("exposure", &of_a, 0.5964602836626446);
	has_value("exposure", &of_b, 0.3919058453639746);
}

static void
says_why_it_is_undefined(void)
{
	CHECK_STR(measure("exposure", &none).reason,
	    "no row of the group has a score");
	CHECK_STR(measure("skew_at_2", NULL).reason, "the rows have no scores");
	CHECK(metric_find("skew_at_0", 9) == NULL);
}

static void
takes_the_divergence(void)
{
	struct arena arena = { 0 };
	struct group a = { .name = "a", .scores = &of_a };
	struct group b = { .name = "b", .scores = &of_b };
	struct group c = { .name = "c", .scores = &none };
	struct group d = { .name = "d" };
	const struct group *groups[] = { &a, &b, &c, &d };
	const struct group *empty[] = { &c };
	struct metric_value got = ranking_ndkl(&arena, groups, 2);

	CHECK_NUM(got.value, 0.2530522385760188, 3e-16);
	got = ranking_ndkl(&arena, groups, 3);
	CHECK_NUM(got.value, 0.2530522385760188, 3e-16);
	got = ranking_ndkl(&arena, groups, 1);
	CHECK_NUM(got.value, 0, 0);
	got = ranking_ndkl(&arena, groups, 4);
	CHECK_STR(got.reason, "the rows have no scores");
	got = ranking_ndkl(&arena, empty, 1);
	CHECK_STR(got.reason, "no row has a score");
	arena_free(&arena);
}

/* One row of the spread, and only where places are asked for. */
static void
spreads_the_divergence(void)
{
	struct arena arena = { 0 };
	struct group whole = { .name = GROUP_OVERALL, .scores = &all };
	struct group groups[] = { { .name = "a", .scores = &of_a },
		{ .name = "b", .scores = &of_b } };
	struct group_table table = {
		.attribute = "g", .groups = groups, .n = 2
	};
	const struct metric *metrics[] = { metric_find("roc_auc", 7),
		metric_find("exposure", 8) };
	struct spread_options options = {
		.whole = &whole, .metrics = metrics, .n_metrics = 1
	};
	struct spread_table out = { 0 };

	spread_measure(&out, &arena, &table, &options);
	CHECK(spread_find(&out, "g", "ndkl", SPREAD_ALL) == NULL);
	options.n_metrics = 2;
	spread_measure(&out, &arena, &table, &options);
	CHECK_NUM(spread_find(&out, "g", "ndkl", SPREAD_ALL)->value.value,
	    0.2530522385760188, 3e-16);
	CHECK_NUM(
	    spread_find(&out, "g", "exposure_ratio_between_groups", SPREAD_ALL)
		->value.value,
	    0.3919058453639746 / 0.5964602836626446, 3e-16);
	arena_free(&arena);
}

int
main(void)
{
	counts_the_first();
	takes_the_skew();
	takes_the_exposure();
	says_why_it_is_undefined();
	takes_the_divergence();
	spreads_the_divergence();
	return tap_done();
}
