#include "measure/spread_distance.h"

#include <math.h>

#include "base/real.h"
#include "measure/estimate.h"
#include "stats/distance.h"
#include "stats/special.h"

#define LEAST_SHARE 0.0001 /* as Evidently has it */

static const char no_rows[] = "a group has no such rows";
static const char weighted[] = "the rows are weighted";
static const char all_same[] = "all values are the same";

/* A group beside the reference. */
struct pair {
	struct spread_maker *maker;
	const char *name; /* "x vs y" */
	const char *what; /* "prediction", "score", "predicted_class" */
	const struct group *group, *reference;
	double n; /* rows of the group that are in it */
};

/* Append a row; not a number: undefined, for that reason. */
static void
append(
    const struct pair *pair, const char *name, double value, const char *reason)
{
	struct metric_value row =
	    isnan(value) ? spread_undefined(reason) : spread_number(value);

	struct spread *made = spread_append(pair->maker,
	    arena_printf(pair->maker->arena, "%s_%s", pair->what, name),
	    pair->name, &row);

	made->reference = pair->reference->name;
	made->has_n = true;
	made->n = pair->n;
}

/* All rows of a distribution, whatever their label. */
static struct sample
sample_of(struct arena *arena, const struct distribution *d)
{
	double *rows = arena_array(arena, d->n, sizeof(*rows));

	for (size_t i = 0; i < d->n; i++)
		for (unsigned label = 0; label < BINARY_COUNT; label++)
			rows[i] += d->weight != NULL ?
			    d->weight[i][label] :
			    (double)d->rows[i][label];
	return (struct sample){ d->n, d->value, rows };
}

/* Rows of a distribution, whatever they weigh. */
static double
rows_of(const struct distribution *d)
{
	unsigned long long n = 0;

	for (size_t i = 0; i < d->n; i++)
		for (unsigned label = 0; label < BINARY_COUNT; label++)
			n += d->rows[i][label];
	return (double)n;
}

static void
append_samples(struct pair *pair, const struct distribution *of_group,
    const struct distribution *of_reference)
{
	struct sample a = sample_of(pair->maker->arena, of_group);
	struct sample b = sample_of(pair->maker->arena, of_reference);
	bool is_weighted =
	    of_group->weight != NULL || of_reference->weight != NULL;
	bool has_rows = sample_rows(&a) > 0 && sample_rows(&b) > 0;
	const char *why = !has_rows ? no_rows :
	    is_weighted             ? weighted :
				      all_same;
	struct test ks = { NAN, 0, NAN }, u = { NAN, 0, NAN };

	pair->n = rows_of(of_group);
	if (has_rows)
		distance_kolmogorov(&a, &b, &ks);
	if (has_rows && !is_weighted)
		distance_mann_whitney(&a, &b, &u);
	append(pair, "ks_statistic", ks.value, no_rows);
	append(pair, "ks_p_asymptotic", is_weighted ? NAN : ks.p, why);
	append(pair, "wasserstein_distance",
	    has_rows ? distance_wasserstein(&a, &b) : NAN, no_rows);
	append(pair, "mann_whitney_u", u.value, why);
	append(pair, "mann_whitney_p", u.p, why);
}

/* Welch's t of the mean predictions. */
static void
append_welch(struct pair *pair)
{
	const struct metric *metric = spread_metric("mean_prediction");
	struct estimate a, b;
	struct metric_value x, y;
	struct test test = { NAN, 0, NAN };

	estimate_measure(metric, pair->group, pair->maker->whole, &a);
	estimate_measure(metric, pair->reference, pair->maker->whole, &b);
	metric_measure(metric, pair->group, pair->maker->whole, &x);
	metric_measure(metric, pair->reference, pair->maker->whole, &y);
	if (a.kind == ESTIMATE_MEAN && b.kind == ESTIMATE_MEAN)
		distance_welch(
		    &(struct sample_mean){ x.value, a.variance, a.df },
		    &(struct sample_mean){ y.value, b.variance, b.df }, &test);
	pair->what = "mean_prediction";
	append(pair, "welch_t", test.value, "too few rows, or all the same");
	append(pair, "welch_p", test.p, "too few rows, or all the same");
}

/* Rows that were predicted to be of a class, whatever they weigh. */
static double
predicted_rows(const struct confusion *c)
{
	unsigned long long n = 0;

	for (size_t i = 0; i < c->n * c->n; i++)
		n += c->cell_rows[i];
	for (size_t k = 0; k < c->n && c->unlabelled != NULL; k++)
		n += c->unlabelled[k].rows;
	return (double)n;
}

/* Weight of rows that were predicted to be of each class; return the sum. */
static double
predicted(const struct confusion *c, double out[])
{
	double sum = 0;

	for (size_t k = 0; k < c->n; k++) {
		out[k] = c->unlabelled != NULL ? c->unlabelled[k].weight : 0;
		for (size_t i = 0; i < c->n; i++)
			out[k] += c->cells[i * c->n + k];
		sum += out[k];
	}
	return sum;
}

static void
append_classes(struct pair *pair)
{
	const struct confusion *c = pair->group->confusion;
	const struct confusion *d = pair->reference->confusion;
	struct arena *arena = pair->maker->arena;
	double *a = arena_array(arena, c->n, sizeof(*a));
	double *b = arena_array(arena, c->n, sizeof(*b));
	double n = predicted(c, a), m = predicted(d, b);
	bool has_rows = n > 0 && m > 0;
	bool is_weighted = c->cell_squares != NULL || d->cell_squares != NULL;
	struct test chi2 = { NAN, 0, NAN };
	double js;

	pair->n = predicted_rows(c);
	if (!is_weighted)
		distance_chi2(a, b, c->n, &chi2);
	for (size_t k = 0; has_rows && k < c->n; k++) {
		a[k] /= n;
		b[k] /= m;
	}
	js = has_rows ? distance_jensen_shannon(a, b, c->n) : NAN;
	append(pair, "total_variation_distance",
	    has_rows ? distance_total_variation(a, b, c->n) : NAN, no_rows);
	append(pair, "jensen_shannon_distance_nats", js, no_rows);
	append(pair, "jensen_shannon_distance_base2", js / sqrt(real_log(2)),
	    no_rows);
	append(pair, "population_stability_index",
	    has_rows ? distance_stability(b, a, c->n, LEAST_SHARE) : NAN,
	    no_rows);
	append(pair, "chi2", chi2.value,
	    is_weighted ? weighted : "all rows are of one class, or none");
	append(pair, "chi2_p", chi2.p,
	    is_weighted ? weighted : "all rows are of one class, or none");
}

static void
append_pair(struct pair *pair)
{
	const struct group *a = pair->group, *b = pair->reference;

	if (a->confusion != NULL && b->confusion != NULL) {
		pair->what = "predicted_class";
		append_classes(pair);
	} else if (a->regression != NULL && b->regression != NULL) {
		pair->what = "prediction";
		if (a->regression->predictions != NULL &&
		    b->regression->predictions != NULL)
			append_samples(pair, a->regression->predictions,
			    b->regression->predictions);
		append_welch(pair);
	} else if (a->scores != NULL && b->scores != NULL) {
		pair->what = "score";
		append_samples(pair, a->scores, b->scores);
	}
}

void
spread_distances(struct spread_maker *maker)
{
	for (size_t i = 0; maker->reference != NULL && i < maker->n; i++) {
		struct pair pair = { .maker = maker,
			.group = maker->groups[i],
			.reference = maker->reference };

		if (pair.group == pair.reference)
			continue;
		pair.name = arena_printf(maker->arena, "%s vs %s",
		    pair.group->name, pair.reference->name);
		append_pair(&pair);
	}
}
