#include "measure/impact.h"

#include <math.h>
#include <stdlib.h>

/* A score and the rows that have it. */
struct point {
	double value;
	double rows;
};

static double
rows_at(const struct distribution *d, size_t i)
{
	double rows = 0;

	for (unsigned label = 0; label < BINARY_COUNT; label++)
		rows += (double)d->rows[i][label];
	return rows;
}

static bool
is_known(const struct group *group, const struct impact_options *options)
{
	return !group->is_missing || options->missing_is_group;
}

static int
by_value(const void *a, const void *b)
{
	const struct point *x = a, *y = b;

	return (x->value > y->value) - (x->value < y->value);
}

/* The value at a rank, from 1, of sorted points. */
static double
at_rank(const struct point points[], size_t n, double rank)
{
	size_t i = 0;

	for (double below = points[0].rows; i + 1 < n && below < rank;
	     below += points[i].rows)
		i++;
	return points[i].value;
}

/* The median score of all rows of a known category. */
static void
set_median(const struct group_table *table,
    const struct impact_options *options, struct impact_table *out)
{
	size_t n = 0, room = 1;
	double rows = 0;
	struct point *points;

	for (size_t i = 0; i < table->n; i++)
		if (table->groups[i].scores != NULL)
			room += table->groups[i].scores->n;
	points = memory_grow(NULL, room, sizeof(*points));
	for (size_t i = 0; i < table->n; i++) {
		const struct distribution *d = table->groups[i].scores;

		if (d == NULL || !is_known(&table->groups[i], options))
			continue;
		out->median_is_rounded |= d->resolution > 0;
		for (size_t j = 0; j < d->n; j++) {
			points[n++] =
			    (struct point){ d->value[j], rows_at(d, j) };
			rows += points[n - 1].rows;
		}
	}
	qsort(points, n, sizeof(*points), by_value);
	out->has_median = rows > 0;
	out->n_scores = rows;
	if (out->has_median)
		out->median = (at_rank(points, n, floor((rows + 1) / 2)) +
				  at_rank(points, n, floor(rows / 2) + 1)) /
		    2;
	free(points);
}

static const enum cell selected[] = { CELL_SELECTED, CELL_FP, CELL_TP };
static const enum cell refused[] = { CELL_REFUSED, CELL_TN, CELL_FN };

static void
count_selected(const struct group *group, struct impact_row *row)
{
	for (size_t i = 0; i < 3; i++) {
		row->selected += (double)group->counts.rows[selected[i]];
		row->n += (double)(group->counts.rows[selected[i]] +
		    group->counts.rows[refused[i]]);
	}
}

static void
count_scores(const struct group *group, double median, struct impact_row *row)
{
	const struct distribution *d = group->scores;

	for (size_t i = 0; d != NULL && i < d->n; i++) {
		row->n += rows_at(d, i);
		if (d->value[i] > median)
			row->selected += rows_at(d, i);
	}
}

static void
count_rows(const struct group_table *table,
    const struct impact_options *options, struct impact_table *out)
{
	for (size_t i = 0; i < table->n; i++) {
		const struct group *group = &table->groups[i];
		struct impact_row row = { .group = group->name };

		if (!is_known(group, options)) {
			out->n_unknown += (double)group_rows(group);
			count_selected(group, &row);
			out->n_is_withheld |= group->n_is_withheld ||
			    (group->is_withheld &&
				row.n < (double)group_rows(group));
			continue;
		}
		if (out->kind == IMPACT_SELECTION)
			count_selected(group, &row);
		else if (out->has_median)
			count_scores(group, out->median, &row);
		out->n += row.n;
		row.has_rate = row.n > 0;
		row.rate = row.has_rate ? row.selected / row.n : 0;
		row.is_withheld = group->is_withheld;
		out->rows[out->n_rows++] = row;
	}
}

/* The shown row of the highest rate, or NULL. */
static const struct impact_row *
best_of(const struct impact_table *t, bool with_small)
{
	const struct impact_row *best = NULL;

	for (size_t i = 0; i < t->n_rows; i++) {
		const struct impact_row *r = &t->rows[i];

		if (r->is_withheld || !r->has_rate ||
		    (r->is_small && !with_small))
			continue;
		if (best == NULL || r->rate > best->rate ||
		    (r->rate == best->rate && r->n > best->n))
			best = r;
	}
	return best;
}

/* One rounding only: of the quotient. */
static double
ratio_of(const struct impact_row *row, const struct impact_row *best)
{
	return row->selected * best->n / (best->selected * row->n);
}

double
impact_shortfall(double k, double n, double best_k, double best_n, double part)
{
	/* A product that should be whole may lie a rounding above it. */
	double needed = part * n * best_k / best_n * (1 - 1e-15);

	return fmax(0, ceil(needed - k));
}

static void
compare(struct impact_row *row, const struct impact_row *best, double part)
{
	row->has_ratio_all = best->selected > 0;
	if (!row->has_ratio_all)
		return;
	row->ratio_all = ratio_of(row, best);
	row->is_below = row->ratio_all < part;
	row->shortfall = impact_shortfall(
	    row->selected, row->n, best->selected, best->n, part);
	if (!row->is_below || best->selected < 2)
		return;
	row->has_flip_one = true;
	row->flip_one =
	    (row->selected + 1) * best->n / ((best->selected - 1) * row->n);
	row->flips = row->flip_one >= part;
}

bool
impact_measure(const struct group_table *table, enum impact_kind kind,
    const struct impact_options *options, struct arena *arena,
    struct impact_table *out)
{
	const struct impact_row *best, *best_without;

	*out = (struct impact_table){ .kind = kind,
		.attribute = table->attribute };
	out->rows = arena_array(arena, table->n, sizeof(*out->rows));
	if (kind == IMPACT_SCORING)
		set_median(table, options, out);
	count_rows(table, options, out);
	for (size_t i = 0; i < out->n_rows; i++) {
		struct impact_row *row = &out->rows[i];

		row->share = out->n > 0 ? row->n / out->n : 0;
		row->is_small = row->share < options->small_share;
		out->n_small += row->is_small && !row->is_withheld;
	}
	best = best_of(out, true);
	best_without = best_of(out, false);
	out->best_all = best != NULL ? best->group : NULL;
	out->best_without = best_without != NULL ? best_without->group : NULL;
	for (size_t i = 0; best != NULL && i < out->n_rows; i++) {
		struct impact_row *row = &out->rows[i];

		if (row->is_withheld) {
			*row = (struct impact_row){ .group = row->group,
				.is_withheld = true };
			continue;
		}
		if (!row->has_rate)
			continue;
		compare(row, best, options->ratio);
		row->has_ratio_without = !row->is_small &&
		    best_without != NULL && best_without->selected > 0;
		if (row->has_ratio_without)
			row->ratio_without = ratio_of(row, best_without);
	}
	return best != NULL;
}
