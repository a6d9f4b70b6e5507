#include <stdlib.h>

#include "expected.h"
#include "stats/distance.h"
#include "stats/kolmogorov.h"

/* Distances against SciPy, by the files kept outside the project and here. */

enum { MOST = 1100 };

/* A number of some rows, and the text of another column. */
struct column {
	size_t n;
	double number[MOST];
	const char *text[MOST];
};

static void
read_column(struct expected *e, const char *file, const char *number,
    const char *text, struct column *out)
{
	struct csv *csv = expected_csv(e, file);
	struct csv_row row;

	out->n = 0;
	while (out->n < MOST && csv_next(csv, &row, &e->diags) == 1) {
		out->number[out->n] = expected_number(
		    expected_cell(e, &row, csv_column(csv, number)));
		out->text[out->n++] =
		    expected_cell(e, &row, csv_column(csv, text));
	}
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The sample of n numbers, which are sorted in place. */
static struct sample
sample_of(struct expected *e, double numbers[], size_t n)
{
	double *value = arena_array(&e->arena, n, sizeof(*value));
	double *rows = arena_array(&e->arena, n, sizeof(*rows));
	struct sample out = { 0, value, rows };

	qsort(numbers, n, sizeof(*numbers), by_value);
	for (size_t i = 0; i < n; i++) {
		if (out.n == 0 || value[out.n - 1] != numbers[i])
			value[out.n++] = numbers[i];
		rows[out.n - 1]++;
	}
	return out;
}

/* Compare a row of the tool with what was found; count it. */
static void
judge(const struct expected *e, const char *tool, const char *metric,
    const char *attribute, const char *group, double got, unsigned *n)
{
	const struct expected_row *row =
	    expected_find(e, tool, metric, attribute, group);

	if (!CHECK(row != NULL))
		return;
	if (!CHECK(expected_is_close(got, row->number)))
		printf("# %s %s %s: got %.17g, want %s\n", metric, attribute,
		    group, got, row->value);
	++*n;
}

static void
compare_samples(struct expected *e, unsigned *n)
{
	static struct column scores;
	struct sample a, b;
	struct test ks, u;

	read_column(e, "german.csv", "score", "sex", &scores);
	a = sample_of(e, scores.number, 500);
	b = sample_of(e, scores.number + 500, scores.n - 500);
	distance_kolmogorov(&a, &b, &ks);
	CHECK(distance_mann_whitney(&a, &b, &u));
	judge(e, "scipy", "ks_statistic", "score", "(all rows)", ks.value, n);
	judge(e, "scipy", "ks_p_asymptotic", "score", "(all rows)", ks.p, n);
	judge(e, "scipy", "mann_whitney_u", "score", "(all rows)", u.value, n);
	judge(e, "scipy", "mann_whitney_p", "score", "(all rows)", u.p, n);
	judge(e, "scipy", "wasserstein_distance", "score", "(all rows)",
	    distance_wasserstein(&a, &b), n);
}

/* Shares of the categories of an attribute, first half and second half. */
static void
compare_shares(struct expected *e, const char *attribute, unsigned *n)
{
	static struct column column;
	double a[2] = { 0, 0 }, b[2] = { 0, 0 };
	struct rate rates[2] = { { 0, 0 }, { 0, 0 } };
	struct test chi2;

	read_column(e, "german.csv", "score", attribute, &column);
	for (size_t i = 0; i < column.n; i++) {
		size_t k = strcmp(column.text[i], column.text[0]) != 0;

		(i < 500 ? a : b)[k] += 1 / 500.0;
		rates[i >= 500].n++;
		rates[i >= 500].k += k == 0;
	}
	judge(e, "formula", "population_stability_index", attribute,
	    "(all groups)", distance_stability(a, b, 2, 0), n);
	judge(e, "formula", "total_variation_distance", attribute,
	    "(all groups)", distance_total_variation(a, b, 2), n);
	judge(e, "scipy", "jensen_shannon_distance_nats", attribute,
	    "(all groups)", distance_jensen_shannon(a, b, 2), n);
	judge(e, "scipy", "jensen_shannon_distance_base2", attribute,
	    "(all groups)", distance_jensen_shannon(a, b, 2) / sqrt(log(2)), n);
	CHECK(test_homogeneity(rates, 2, &chi2));
	judge(e, "scipy", "chi2_two_sample_p", attribute, "(all groups)",
	    chi2.p, n);
}

static struct sample_mean
mean_of(const struct sample *s)
{
	double n = sample_rows(s), sum = 0, squares = 0;

	for (size_t i = 0; i < s->n; i++)
		sum += s->rows[i] * s->value[i];
	for (size_t i = 0; i < s->n; i++)
		squares += s->rows[i] * pow(s->value[i] - sum / n, 2);
	return (struct sample_mean){ sum / n, squares / (n - 1) / n, n - 1 };
}

static void
compare_predictions(struct expected *e, const char *attribute,
    const char *group, const char *reference, unsigned *n)
{
	static struct column column;
	static double numbers[2][MOST];
	size_t count[2] = { 0, 0 };
	const char *pair =
	    arena_printf(&e->arena, "%s vs %s", group, reference);
	struct sample a, b;
	struct sample_mean x, y;
	struct test ks, welch;

	read_column(e, "german_regression.csv", "y_pred", attribute, &column);
	for (size_t i = 0; i < column.n; i++) {
		bool second = strcmp(column.text[i], reference) == 0;

		numbers[second][count[second]++] = column.number[i];
	}
	a = sample_of(e, numbers[0], count[0]);
	b = sample_of(e, numbers[1], count[1]);
	x = mean_of(&a);
	y = mean_of(&b);
	distance_kolmogorov(&a, &b, &ks);
	CHECK(distance_welch(&x, &y, &welch));
	judge(e, "scipy", "prediction_ks_statistic", attribute, pair, ks.value,
	    n);
	judge(
	    e, "scipy", "prediction_ks_p_asymptotic", attribute, pair, ks.p, n);
	judge(e, "scipy", "prediction_wasserstein_distance", attribute, pair,
	    distance_wasserstein(&a, &b), n);
	judge(e, "scipy", "mean_prediction_welch_t", attribute, pair,
	    welch.value, n);
	judge(
	    e, "scipy", "mean_prediction_welch_p", attribute, pair, welch.p, n);
}

static void
matches_the_files(void)
{
	struct expected e;
	unsigned n = 0;

	if (!expected_open(&e))
		return;
	if (expected_read(&e, "german_drift.csv")) {
		compare_samples(&e, &n);
		compare_shares(&e, "sex", &n);
		compare_shares(&e, "age", &n);
		compare_shares(&e, "foreign_worker", &n);
	}
	if (expected_read(&e, "german_regression.csv")) {
		compare_predictions(&e, "sex", "female", "male", &n);
		compare_predictions(&e, "age", "youth", "adult", &n);
	}
	CHECK_INT(n, 30);
	expected_close(&e);
}

/* Every way of computing it, against SciPy's kstwo. */
static void
knows_kolmogorov(void)
{
	static const struct {
		double d, n, p;
	} table[] = {
		{ 0.4781549795211436, 2, 0.5835624425576523 },
		{ 0.468355902107574, 5, 0.16015893813954407 },
		{ 0.4320816401244198, 20, 0.0006550617160416827 },
		{ 0.2297689317386977, 74, 0.0006451811985981127 },
		{ 0.11964930371332025, 141, 0.03236986325647706 },
		{ 0.08790771672977984, 250, 0.03945190652670261 },
		{ 0.12494835621824195, 1000, 4.568635995452947e-14 },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		CHECK(
		    fabs(kolmogorov_above(table[i].d, table[i].n) / table[i].p -
			1) < 1e-10);
	CHECK(kolmogorov_above(0, 9) == 1 && kolmogorov_above(1, 9) == 0);
	CHECK_NUM(
	    kolmogorov_above(0.1, 8), 1 - tgamma(9) * pow(0.6 / 8, 8), 1e-14);
	/* From one method to the next there is no step. */
	for (double d = 0.01; d < 0.98; d += 0.01) {
		double here = kolmogorov_above(d, 100);

		CHECK(here >= kolmogorov_above(d + 0.01, 100));
		CHECK(here > 0 && here <= 1);
	}
	CHECK(fabs(kolmogorov_above(0.00362648496574656, 1e6) /
		      7.529986056471606e-12 -
		  1) < 1e-8);
	CHECK(fabs(kolmogorov_above(0.006324555320336759, 1e5) /
		      kolmogorov_above(0.006324555320336759, 100001) -
		  1) < 2e-4);
}

static void
knows_the_boundary(void)
{
	static const double one[] = { 1 }, two[] = { 2 }, three[] = { 3 };
	const struct sample a = { 1, one, three }, b = { 1, two, three };
	const struct sample_mean flat = { 1, 0, 4 };
	static const double all[] = { 1, 0 }, none[] = { 0, 1 };
	struct test test;

	distance_kolmogorov(&a, &b, &test);
	CHECK(test.value == 1 && test.p == 0);
	distance_kolmogorov(&a, &a, &test);
	CHECK(test.value == 0 && test.p == 1);
	CHECK(distance_wasserstein(&a, &b) == 1);
	CHECK(!distance_mann_whitney(&a, &a, &test));
	CHECK(distance_mann_whitney(&a, &b, &test) && test.value == 0);
	CHECK(!distance_welch(&flat, &flat, &test));
	CHECK(distance_total_variation(all, none, 2) == 1);
	CHECK_NUM(distance_jensen_shannon(all, none, 2), sqrt(log(2)), 1e-15);
	CHECK(isinf(distance_stability(all, none, 2, 0)));
	CHECK_NUM(distance_stability(all, none, 2, 0.0001),
	    2 * 0.9999 * log(1e4), 1e-12);
}

int
main(void)
{
	matches_the_files();
	knows_kolmogorov();
	knows_the_boundary();
	return tap_done();
}
