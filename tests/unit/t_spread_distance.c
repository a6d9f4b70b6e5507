#include "measure/spread.h"
#include "tap.h"

/* Distances between the outputs of two groups, as SciPy has them. */

struct trial {
	struct arena arena;
	struct group groups[2], whole;
	struct group_table table;
	struct spread_table out;
};

static void
begin(struct trial *t)
{
	*t = (struct trial){ .whole = { .name = "(overall)" } };
	t->groups[0].name = "f";
	t->groups[1].name = "m";
	t->table = (struct group_table){ .attribute = "sex",
		.groups = t->groups,
		.n = 2,
		.reference = &t->groups[1] };
}

static void
measure(struct trial *t)
{
	const struct spread_options options = { .whole = &t->whole };

	spread_measure(&t->out, &t->arena, &t->table, &options);
}

static void
check(const struct trial *t, const char *name, double want)
{
	const struct spread *row = spread_find(&t->out, "sex", name, "f vs m");

	if (!CHECK(row != NULL))
		return;
	CHECK_STR(row->reference, "m");
	if (isnan(want))
		CHECK(!row->value.defined && row->value.reason != NULL);
	else if (CHECK(row->value.defined))
		CHECK(fabs(row->value.value - want) <= 1e-12 * fabs(want));
}

static const double values[] = { 1, 2, 3, 4, 7, 8 };
static const unsigned long long rows_f[][BINARY_COUNT] = { { 0, 30, 0 },
	{ 0, 20, 0 }, { 0, 0, 0 }, { 0, 25, 0 }, { 0, 25, 0 }, { 0, 0, 0 } };
static const unsigned long long rows_m[][BINARY_COUNT] = { { 0, 10, 0 },
	{ 0, 0, 0 }, { 0, 40, 0 }, { 0, 30, 0 }, { 0, 0, 0 }, { 0, 40, 0 } };

static void
compares_numbers(void)
{
	const struct distribution f = { 6, values, .rows = rows_f };
	const struct distribution m = { 6, values, .rows = rows_m };
	struct regression numbers[2] = {
		{ .n = 100,
		    .weight = { 100, 0 },
		    .weight_square = { 100, 0 },
		    .prediction = { 345, 0 },
		    .prediction_square = { 1735, 0 },
		    .predictions = &f },
		{ .n = 120,
		    .weight = { 120, 0 },
		    .weight_square = { 120, 0 },
		    .prediction = { 570, 0 },
		    .prediction_square = { 3410, 0 },
		    .predictions = &m },
	};
	struct trial t;

	begin(&t);
	t.groups[0].regression = &numbers[0];
	t.groups[1].regression = t.whole.regression = &numbers[1];
	measure(&t);
	check(&t, "prediction_ks_statistic", 0.4166666666666667);
	check(&t, "prediction_ks_p_asymptotic", 3.6609932177370548e-09);
	check(&t, "prediction_wasserstein_distance", 1.3);
	check(&t, "prediction_mann_whitney_u", 3975);
	check(&t, "prediction_mann_whitney_p", 1.1555101270014058e-05);
	check(&t, "mean_prediction_welch_t", -4.0268732774388365);
	check(&t, "mean_prediction_welch_p", 7.85640274577881e-05);
	arena_free(&t.arena);
}

/* With weights the distances remain; a p value would need rows. */
static void
compares_scores(void)
{
	static const double weights[][BINARY_COUNT] = { { 0, 15, 0 },
		{ 0, 10, 0 }, { 0, 0, 0 }, { 0, 12.5, 0 }, { 0, 12.5, 0 },
		{ 0, 0, 0 } };
	const struct distribution f = { 6, values, .rows = rows_f,
		.weight = weights };
	const struct distribution m = { 6, values, .rows = rows_m };
	const struct distribution none = { 0, values, .rows = rows_m };
	struct trial t;

	begin(&t);
	t.groups[0].scores = &f;
	t.groups[1].scores = &m;
	measure(&t);
	check(&t, "score_ks_statistic", 0.4166666666666667);
	check(&t, "score_wasserstein_distance", 1.3);
	check(&t, "score_ks_p_asymptotic", NAN);
	check(&t, "score_mann_whitney_p", NAN);
	arena_free(&t.arena);
	begin(&t);
	t.groups[0].scores = &none;
	t.groups[1].scores = &m;
	measure(&t);
	check(&t, "score_ks_statistic", NAN);
	check(&t, "score_wasserstein_distance", NAN);
	arena_free(&t.arena);
}

static void
compares_classes(void)
{
	static const char *const names[] = { "a", "b", "c" };
	static const double cells[2][9] = { { 30, 0, 0, 0, 50, 0, 0, 0, 20 },
		{ 10, 0, 25, 0, 40, 0, 0, 0, 25 } };
	static const unsigned long long rows[2][9] = { { 30, 0, 0, 0, 50, 0, 0,
							   0, 20 },
		{ 10, 0, 25, 0, 40, 0, 0, 0, 25 } };
	struct confusion classes[2] = { { .n = 3,
					    .classes = names,
					    .cells = cells[0],
					    .cell_rows = rows[0] },
		{ .n = 3,
		    .classes = names,
		    .cells = cells[1],
		    .cell_rows = rows[1] } };
	struct trial t;

	begin(&t);
	t.groups[0].confusion = &classes[0];
	t.groups[1].confusion = t.whole.confusion = &classes[1];
	measure(&t);
	check(&t, "predicted_class_total_variation_distance", 0.3);
	check(&t, "predicted_class_jensen_shannon_distance_nats",
	    0.2493052068500538);
	check(&t, "predicted_class_jensen_shannon_distance_base2",
	    0.29944607057474076);
	check(&t, "predicted_class_population_stability_index",
	    0.5169240324272893);
	check(&t, "predicted_class_chi2", 23.96825396825397);
	check(&t, "predicted_class_chi2_p", 6.24251767045438e-06);
	arena_free(&t.arena);
}

/* Nothing is compared without a reference, nor with a withheld group. */
static void
leaves_out(void)
{
	const struct distribution f = { 6, values, .rows = rows_f };
	struct trial t;

	begin(&t);
	t.groups[0].scores = t.groups[1].scores = &f;
	t.groups[0].is_withheld = true;
	measure(&t);
	CHECK(
	    spread_find(&t.out, "sex", "score_ks_statistic", "f vs m") == NULL);
	t.groups[0].is_withheld = false;
	t.table.reference = NULL;
	measure(&t);
	CHECK(
	    spread_find(&t.out, "sex", "score_ks_statistic", "f vs m") == NULL);
	arena_free(&t.arena);
}

int
main(void)
{
	compares_numbers();
	compares_scores();
	compares_classes();
	leaves_out();
	return tap_done();
}
