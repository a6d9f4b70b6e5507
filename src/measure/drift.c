#include "measure/drift.h"

#include <math.h>
#include <stdlib.h>

#include "base/dd.h"
#include "base/real.h"
#include "measure/disparity.h"
#include "measure/disparity_pair.h"
#include "stats/distance.h"

/* A group that one of the files does not have. */
static const char only_now[] = "the group has no rows then";
static const char only_then[] = "the group has no rows now";

static struct disparity *
missing(const struct disparity_maker *maker, const char *attribute,
    const struct metric *metric, const struct group *group, bool is_now)
{
	struct disparity *d = arena_alloc(maker->arena, sizeof(*d));

	d->attribute = attribute;
	d->metric = metric->name;
	d->confidence = maker->options->confidence;
	d->group.group = d->reference.group = group->name;
	d->group.reason = d->reference.reason = is_now ? only_now : only_then;
	d->group.n = is_now ? (double)group_rows(group) : 0;
	d->reference.n = is_now ? 0 : (double)group_rows(group);
	d->is_withheld = d->is_reference_withheld = group->is_withheld;
	return d;
}

void
drift_add(struct disparity_maker *maker, const struct group_table *now,
    const struct group_table *then, const struct group *then_whole,
    const struct metric *metric)
{
	struct disparity_options options = *maker->options;
	struct disparity_maker own = *maker;
	struct disparity_family *family;

	if (!disparity_is_comparable(metric))
		return;
	options.replicates = disparity_replicates(maker->options, now->n);
	own.options = &options;
	family = arena_alloc(maker->arena, sizeof(*family));
	family->attribute = now->attribute;
	family->metric = metric->name;
	family->reference = DRIFT_THEN;
	for (size_t i = 0; i < now->n; i++) {
		const struct group *a = &now->groups[i];
		const struct group *b = group_table_find(then, a->name);
		struct disparity *d;

		if (b == NULL) {
			disparity_append(family,
			    missing(maker, now->attribute, metric, a, true));
			continue;
		}
		d = disparity_compare_sides(&own, now->attribute, metric,
		    &(struct disparity_place){ a, maker->whole },
		    &(struct disparity_place){ b, then_whole });
		d->is_withheld = a->is_withheld;
		d->is_reference_withheld = b->is_withheld;
		disparity_append(family, d);
	}
	for (size_t i = 0; i < then->n; i++)
		if (group_table_find(now, then->groups[i].name) == NULL)
			disparity_append(family,
			    missing(maker, now->attribute, metric,
				&then->groups[i], false));
	if (family->n > 0)
		disparity_close(&own, family);
}

static void
make_shares(const double rows[], size_t n, double shares[])
{
	double all = dd_total(rows, n);

	for (size_t i = 0; i < n; i++)
		shares[i] = rows[i] / all;
}

bool
drift_mix_measure(const double now[], const double then[], size_t n,
    bool is_weighted, struct drift_mix *out)
{
	double *a, *b;

	if (!(dd_total(now, n) > 0 && dd_total(then, n) > 0))
		return false;
	a = memory_grow(NULL, 2 * n, sizeof(*a));
	b = a + n;
	make_shares(now, n, a);
	make_shares(then, n, b);
	out->stability = distance_stability(a, b, n, DRIFT_EMPTY);
	out->jensen_shannon =
	    distance_jensen_shannon(a, b, n) / sqrt(real_log(2));
	out->total_variation = distance_total_variation(a, b, n);
	out->has_test = !is_weighted && distance_chi2(now, then, n, &out->chi2);
	free(a);
	return true;
}

/* Distinct scores with their rows, for which there is room. */
static struct sample
sample_of(const struct distribution *d, double rows[])
{

	for (size_t i = 0; i < d->n; i++) {
		rows[i] = 0;
		for (size_t k = 0; k < BINARY_COUNT; k++)
			rows[i] += d->weight != NULL ? d->weight[i][k] :
						       (double)d->rows[i][k];
	}
	return (struct sample){ d->n, d->value, rows };
}

/* Values of either sample, until there are more than so many. */
static size_t
count_values(const struct sample *a, const struct sample *b, size_t most)
{
	size_t i = 0, k = 0, n = 0;

	while ((i < a->n || k < b->n) && n <= most) {
		double x = i < a->n ? a->value[i] : HUGE_VAL;
		double y = k < b->n ? b->value[k] : HUGE_VAL;

		i += x <= y;
		k += y <= x;
		n++;
	}
	return n;
}

/* Rows of the values themselves, of both samples. */
static void
take_values(const struct sample *a, const struct sample *b, double rows_a[],
    double rows_b[])
{
	size_t i = 0, k = 0;

	for (size_t n = 0; i < a->n || k < b->n; n++) {
		double x = i < a->n ? a->value[i] : HUGE_VAL;
		double y = k < b->n ? b->value[k] : HUGE_VAL;

		rows_a[n] = x <= y ? a->rows[i++] : 0;
		rows_b[n] = y <= x ? b->rows[k++] : 0;
	}
}

/* Bins of equal width, closed on the left, the last on both sides. */
struct bins {
	double least, most;
	size_t n;
};

static double
edge_of(const struct bins *bins, size_t i)
{
	double step = (bins->most - bins->least) / (double)bins->n;

	return i == bins->n ? bins->most : (double)i * step + bins->least;
}

static void
take_bins(const struct sample *s, const struct bins *bins, double rows[])
{
	size_t bin = 0;

	for (size_t i = 0; i < s->n; i++) {
		while (
		    bin + 1 < bins->n && s->value[i] >= edge_of(bins, bin + 1))
			bin++;
		rows[bin] += s->rows[i];
	}
}

/* As many as Sturges asks of so many rows (1926, JASA 21, 65-66). */
static struct bins
bins_of(const struct sample *a, const struct sample *b, double n)
{
	struct bins bins = { fmin(a->value[0], b->value[0]),
		fmax(a->value[a->n - 1], b->value[b->n - 1]), 1 };
	double range = bins.most - bins.least;
	double width = range / (log2(n) + 1);

	if (width > 0)
		bins.n = (size_t)fmax(1, ceil(range / width));
	return bins;
}

/* Rows that have a score, whatever they weigh. */
static double
rows_of(const struct distribution *d)
{
	double n = 0;

	for (size_t i = 0; i < d->n; i++)
		for (size_t k = 0; k < BINARY_COUNT; k++)
			n += (double)d->rows[i][k];
	return n;
}

/* The standard deviation of a sample, over its rows. */
static double
deviation_of(const struct sample *s)
{
	double all = sample_rows(s), mean = 0, square = 0;

	for (size_t i = 0; i < s->n; i++)
		mean += s->rows[i] / all * s->value[i];
	for (size_t i = 0; i < s->n; i++)
		square += s->rows[i] / all * (s->value[i] - mean) *
		    (s->value[i] - mean);
	return sqrt(square);
}

static void
measure_stability(const struct sample *a, const struct sample *b, double rows,
    struct drift_scores *out)
{
	size_t n = count_values(a, b, DRIFT_VALUES);
	struct bins bins = bins_of(a, b, rows);
	struct drift_mix mix = { .stability = NAN, .jensen_shannon = NAN };
	double *counts;

	out->n_bins = n > DRIFT_VALUES ? bins.n : 0;
	n = n > DRIFT_VALUES ? bins.n : n;
	counts = memory_grow(NULL, 2 * n, sizeof(*counts));
	for (size_t i = 0; i < 2 * n; i++)
		counts[i] = 0;
	if (out->n_bins == 0) {
		take_values(a, b, counts, counts + n);
	} else {
		take_bins(a, &bins, counts);
		take_bins(b, &bins, counts + n);
	}
	drift_mix_measure(counts, counts + n, n, true, &mix);
	free(counts);
	out->stability = mix.stability;
	out->jensen_shannon = mix.jensen_shannon;
}

bool
drift_scores_measure(const struct distribution *now,
    const struct distribution *then, struct drift_scores *out)
{
	bool has_scores =
	    now != NULL && then != NULL && now->n > 0 && then->n > 0;
	struct sample a, b;
	double deviation, *rows;
	bool is_weighted;

	if (!has_scores)
		return false;
	rows = memory_grow(NULL, now->n + then->n, sizeof(*rows));
	a = sample_of(now, rows);
	b = sample_of(then, rows + now->n);
	has_scores = sample_rows(&a) > 0 && sample_rows(&b) > 0;
	if (has_scores) {
		measure_stability(&a, &b, rows_of(now) + rows_of(then), out);
		out->wasserstein = distance_wasserstein(&a, &b);
		deviation = deviation_of(&b);
		out->normed =
		    deviation > 0 ? out->wasserstein / deviation : NAN;
		distance_kolmogorov(&a, &b, &out->ks);
		is_weighted = now->weight != NULL || then->weight != NULL;
		out->has_u =
		    !is_weighted && distance_mann_whitney(&b, &a, &out->u);
		if (is_weighted)
			out->ks.p = NAN;
	}
	free(rows);
	return has_scores;
}
