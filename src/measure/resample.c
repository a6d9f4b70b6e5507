#include "measure/resample.h"

#include <math.h>

/* The cells of a group as the bootstrap draws them. */
static size_t
cells_of(const struct group *group)
{
	const struct confusion *c = group->confusion;

	return c != NULL ? c->n * c->n : CELL_COUNT;
}

static bool
is_weighted(const struct group *group)
{
	const struct confusion *c = group->confusion;

	if (c == NULL)
		return group->counts.weighted;
	for (size_t i = 0; i < c->n * c->n; i++)
		if (c->cells[i] != (double)c->cell_rows[i])
			return true;
	return false;
}

/*
 * Weights of the cells and sums of their squares.  Those of a confusion are
 * not known: rows of a cell are taken to weigh the same.
 */
static void
fill(const struct group *group, double counts[], double squares[])
{
	const struct confusion *c = group->confusion;

	for (size_t i = 0; i < cells_of(group); i++) {
		cell_factors one = { 0 };

		if (c != NULL) {
			counts[i] = c->cells[i];
			squares[i] = c->cell_rows[i] > 0 ? c->cells[i] *
				c->cells[i] / (double)c->cell_rows[i] :
							   0;
			continue;
		}
		one[i] = 1;
		counts[i] = counts_total(&group->counts, one);
		squares[i] = group->counts.weighted ?
		    sum_value(&group->counts.square[i]) :
		    counts[i];
	}
}

/* A group with the cells that were drawn. */
struct drawn {
	struct group group;
	struct confusion confusion;
	unsigned long long *rows; /* of the confusion */
};

static const struct group *
drawn_group(struct drawn *drawn, const struct group *of, const double counts[])
{
	struct counts *c = &drawn->group.counts;

	drawn->group = *of;
	drawn->group.scores = NULL;
	if (of->confusion != NULL) {
		drawn->confusion = *of->confusion;
		drawn->confusion.cells = counts;
		drawn->confusion.cell_rows = drawn->rows;
		for (size_t i = 0; i < cells_of(of); i++)
			drawn->rows[i] = (unsigned long long)ceil(counts[i]);
		drawn->group.confusion = &drawn->confusion;
		return &drawn->group;
	}
	*c = (struct counts){ .weighted = of->counts.weighted };
	for (size_t i = 0; i < CELL_COUNT; i++) {
		c->rows[i] = (unsigned long long)ceil(counts[i]);
		if (c->weighted)
			sum_add(&c->weight[i], counts[i]);
	}
	return &drawn->group;
}

struct context {
	const struct resample *resample;
	struct drawn group, reference;
};

static bool
difference(const double counts[], void *context, double *out)
{
	struct context *c = context;
	const struct resample *r = c->resample;
	struct metric_value a, b;

	metric_measure(
	    r->metric, drawn_group(&c->group, r->group, counts), r->whole, &a);
	metric_measure(r->metric,
	    drawn_group(
		&c->reference, r->reference, counts + cells_of(r->group)),
	    r->whole, &b);
	*out = a.value - b.value;
	return a.defined && b.defined && isfinite(*out);
}

static bool
is_resampled(const struct resample *r)
{
	const struct confusion *c = r->group->confusion;

	if (r->replicates == 0 || r->metric->kind == METRIC_SCORE ||
	    r->metric->kind == METRIC_NUMBER)
		return false;
	return c == NULL || c->n <= RESAMPLE_CLASSES;
}

bool
resample_difference(const struct resample *r, struct bootstrap_result *out)
{
	double counts[2 * RESAMPLE_CLASSES * RESAMPLE_CLASSES];
	double squares[2 * RESAMPLE_CLASSES * RESAMPLE_CLASSES];
	unsigned long long rows[2 * RESAMPLE_CLASSES * RESAMPLE_CLASSES];
	struct context context = { .resample = r };
	size_t strata[2];
	struct bootstrap bootstrap = { .counts = counts,
		.strata = strata,
		.n_strata = 2,
		.replicates = r->replicates,
		.seed = r->seed,
		.confidence = r->confidence,
		.statistic = difference,
		.context = &context };

	if (!is_resampled(r))
		return false;
	strata[0] = cells_of(r->group);
	strata[1] = cells_of(r->reference);
	context.group.rows = rows;
	context.reference.rows = rows + strata[0];
	fill(r->group, counts, squares);
	fill(r->reference, counts + strata[0], squares + strata[0]);
	if (is_weighted(r->group) || is_weighted(r->reference))
		bootstrap.squares = squares;
	return bootstrap_measure(&bootstrap, out);
}
