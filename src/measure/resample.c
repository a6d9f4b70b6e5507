#include "measure/resample.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"

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

	return c != NULL ? c->cell_squares != NULL : group->counts.weighted;
}

/* Weights of the cells and sums of their squares. */
static void
fill(const struct group *group, double counts[], double squares[])
{
	const struct confusion *c = group->confusion;

	for (size_t i = 0; i < cells_of(group); i++) {
		cell_factors one = { 0 };

		if (c != NULL) {
			counts[i] = c->cells[i];
			squares[i] = c->cell_squares != NULL ?
			    c->cell_squares[i] :
			    counts[i];
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
statistic(const double counts[], void *context, double *out)
{
	struct context *c = context;
	const struct resample *r = c->resample;
	struct metric_value a, b = { .defined = true };

	metric_measure(
	    r->metric, drawn_group(&c->group, r->group, counts), r->whole, &a);
	if (r->reference != NULL)
		metric_measure(r->metric,
		    drawn_group(&c->reference, r->reference,
			counts + cells_of(r->group)),
		    r->reference_whole, &b);
	*out = a.value - b.value;
	return a.defined && b.defined && isfinite(*out);
}

/* Why the metric cannot be drawn again, or NULL. */
static const char *
obstacle(const struct resample *r)
{
	const struct confusion *c = r->group->confusion;

	if (r->metric->kind == METRIC_SCORE ||
	    r->metric->kind == METRIC_NUMBER || r->metric->kind == METRIC_RANK)
		return "there is no method for this metric";
	if (r->replicates == 0)
		return "no replicates were asked for";
	if (c != NULL && c->n > RESAMPLE_CLASSES)
		return "more than 100 classes take the bootstrap too long";
	return NULL;
}

/* Fewer of more cells, so that the time does not grow with their square. */
static unsigned
replicates_of(const struct resample *r)
{
	enum { LEAST = 500 };
	const double full = RESAMPLE_FULL * RESAMPLE_FULL;
	double cells = (double)cells_of(r->group), fewer;

	if (cells <= full || r->replicates <= LEAST)
		return r->replicates;
	fewer = floor(r->replicates * full / cells);
	return fewer > LEAST ? (unsigned)fewer : LEAST;
}

const char *
resample_measure(const struct resample *r, struct bootstrap_result *out,
    unsigned *replicates)
{
	const char *reason = obstacle(r);
	struct context context = { .resample = r };
	size_t strata[2] = { cells_of(r->group),
		r->reference != NULL ? cells_of(r->reference) : 0 };
	size_t cells = strata[0] + strata[1];
	struct bootstrap bootstrap = { .strata = strata,
		.n_strata = r->reference != NULL ? 2 : 1,
		.seed = r->seed,
		.confidence = r->confidence,
		.statistic = statistic,
		.context = &context };
	double *counts, *squares;

	if (reason != NULL)
		return reason;
	counts = memory_grow(NULL, 2 * cells, sizeof(*counts));
	squares = counts + cells;
	context.group.rows =
	    memory_grow(NULL, cells, sizeof(context.group.rows[0]));
	context.reference.rows = context.group.rows + strata[0];
	fill(r->group, counts, squares);
	bootstrap.squares = is_weighted(r->group) ? squares : NULL;
	if (r->reference != NULL) {
		fill(r->reference, counts + strata[0], squares + strata[0]);
		if (is_weighted(r->reference))
			bootstrap.squares = squares;
	}
	bootstrap.counts = counts;
	bootstrap.replicates = *replicates = replicates_of(r);
	if (!bootstrap_measure(&bootstrap, out))
		reason = out->n_undefined * 20 > *replicates ?
		    "more than one replicate in twenty is undefined" :
		    "all replicates are the same";
	free(context.group.rows);
	free(counts);
	return reason;
}
