#include "measure/ranking.h"

#include <stdlib.h>

#include "base/dd.h"

static const char no_scores[] = "the rows have no scores";

static unsigned long long
rows_at(const struct distribution *scores, size_t point)
{
	unsigned long long n = 0;

	for (size_t k = 0; k < BINARY_COUNT; k++)
		n += scores->rows[point][k];
	return n;
}

static unsigned long long
rows_of(const struct distribution *scores)
{
	unsigned long long n = 0;

	for (size_t i = 0; i < scores->n; i++)
		n += rows_at(scores, i);
	return n;
}

static struct dd
score_of(const struct distribution *scores, size_t point)
{
	return (struct dd){ scores->value[point],
		scores->rest != NULL ? scores->rest[point] : 0 };
}

/* Rows with the same score, and how many of them are of the group. */
struct block {
	unsigned long long first; /* place of the first row, from 1 */
	unsigned long long rows, own;
};

/* A walk over the blocks of the file, from the highest score down. */
struct walk {
	const struct distribution *all, *group;
	size_t next_all, next_group; /* points that are left */
	unsigned long long place;    /* rows passed */
};

static bool
next_block(struct walk *walk, struct block *block)
{
	struct dd score;

	if (walk->next_all == 0)
		return false;
	walk->next_all--;
	score = score_of(walk->all, walk->next_all);
	*block = (struct block){ .first = walk->place + 1,
		.rows = rows_at(walk->all, walk->next_all) };
	while (walk->next_group > 0 &&
	    dd_compare(score_of(walk->group, walk->next_group - 1), score) >=
		0) {
		walk->next_group--;
		block->own += rows_at(walk->group, walk->next_group);
	}
	walk->place += block->rows;
	return true;
}

/* Begin to walk; false with the reason when there is nothing to rank. */
static bool
begin(
    const struct metric_input *in, struct walk *walk, struct metric_value *out)
{
	const struct distribution *all = in->whole->scores;
	const struct distribution *group = in->group->scores;

	if (all == NULL || group == NULL) {
		out->reason = no_scores;
		return false;
	}
	*walk = (struct walk){ all, group, all->n, group->n, 0 };
	return rows_of(group) > 0;
}

/* Rows of the group among the first k, on average over orders of ties. */
static struct dd
own_in_top(struct walk *walk, unsigned long long k)
{
	struct dd own = dd_of(0);
	struct block block;

	while (next_block(walk, &block) && block.first <= k) {
		unsigned long long room = k - (block.first - 1);
		struct dd part = dd_of((double)block.own);

		if (room < block.rows)
			part = dd_divide(dd_multiply(part, dd_of((double)room)),
			    dd_of((double)block.rows));
		own = dd_add(own, part);
	}
	return own;
}

void
ranking_selection_rate(const struct metric_input *in, struct metric_value *out)
{
	struct walk walk;

	if (!begin(in, &walk, out))
		return;
	out->defined = out->has_counts = true;
	out->numerator = dd_value(own_in_top(&walk, in->metric->number));
	out->denominator = (double)rows_of(walk.group);
	out->value = out->numerator / out->denominator;
}

void
ranking_skew(const struct metric_input *in, struct metric_value *out)
{
	struct walk walk;
	double all, own, k = in->metric->number;
	struct dd top;

	if (!begin(in, &walk, out))
		return;
	all = (double)rows_of(walk.all);
	own = (double)rows_of(walk.group);
	k = k < all ? k : all;
	top = own_in_top(&walk, in->metric->number);
	out->defined = top.high > 0;
	if (out->defined)
		out->value = dd_value(dd_log(dd_divide(
		    dd_multiply(top, dd_of(all)), dd_product(k, own))));
	else
		out->reason = "nobody of the group is in the top";
}

/* 1 / log2(1 + place) */
static struct dd
discount(unsigned long long place)
{
	return dd_divide(dd_log(dd_of(2)), dd_log(dd_of(1 + (double)place)));
}

void
ranking_exposure(const struct metric_input *in, struct metric_value *out)
{
	struct walk walk;
	struct block block;
	struct dd sum = dd_of(0);

	if (!begin(in, &walk, out))
		return;
	while (next_block(&walk, &block)) {
		struct dd part = dd_of(0);

		for (unsigned long long i = 0; i < block.rows && block.own > 0;
		     i++)
			part = dd_add(part, discount(block.first + i));
		sum = dd_add(sum,
		    dd_divide(dd_multiply(part, dd_of((double)block.own)),
			dd_of((double)block.rows)));
	}
	out->defined = true;
	out->value =
	    dd_value(dd_divide(sum, dd_of((double)rows_of(walk.group))));
}

/* Rows of a group with one score. */
struct point {
	struct dd score;
	size_t group;
	unsigned long long rows;
};

static int
by_score(const void *a, const void *b)
{
	const struct point *x = a, *y = b;
	int order = dd_compare(y->score, x->score);

	if (order != 0)
		return order;
	return x->group < y->group ? -1 : x->group > y->group;
}

/* The rows of several groups, ranked. */
struct field {
	struct point *points;
	size_t n_points, n_groups;
	double *before, *block, *all; /* rows by group: passed, here, in all */
	double rows;
};

static struct field
field_of(struct arena *arena, const struct group *const groups[], size_t n)
{
	struct field f = { .n_groups = n,
		.before = arena_array(arena, n, sizeof(double)),
		.block = arena_array(arena, n, sizeof(double)),
		.all = arena_array(arena, n, sizeof(double)) };
	size_t room = 0;

	for (size_t i = 0; i < n; i++)
		room += groups[i]->scores->n;
	f.points = arena_array(arena, room, sizeof(f.points[0]));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < groups[i]->scores->n; k++) {
			struct point *p = &f.points[f.n_points++];

			p->score = score_of(groups[i]->scores, k);
			p->group = i;
			p->rows = rows_at(groups[i]->scores, k);
			f.all[i] += (double)p->rows;
			f.rows += (double)p->rows;
		}
	if (f.n_points > 1)
		qsort(f.points, f.n_points, sizeof(f.points[0]), by_score);
	return f;
}

/*
 * Divergence of the shares among the first i rows, part of the way through a
 * block, from those among all.
 */
static struct dd
divergence(const struct field *f, double i, double part)
{
	struct dd sum = dd_of(0);

	for (size_t k = 0; k < f->n_groups; k++) {
		struct dd share, ratio;

		if (f->before[k] + part * f->block[k] <= 0)
			continue;
		share = dd_divide(
		    dd_add(dd_of(f->before[k]), dd_product(part, f->block[k])),
		    dd_of(i));
		ratio = dd_divide(
		    dd_multiply(share, dd_of(f->rows)), dd_of(f->all[k]));
		sum = dd_add(sum, dd_multiply(share, dd_log(ratio)));
	}
	return sum;
}

/* Take in the rows that have the score of a point; return how many. */
static double
take_block(struct field *f, size_t *next)
{
	struct dd score = f->points[*next].score;
	double rows = 0;

	for (size_t k = 0; k < f->n_groups; k++) {
		f->before[k] += f->block[k];
		f->block[k] = 0;
	}
	while (*next < f->n_points &&
	    dd_compare(f->points[*next].score, score) == 0) {
		const struct point *p = &f->points[(*next)++];

		f->block[p->group] += (double)p->rows;
		rows += (double)p->rows;
	}
	return rows;
}

struct metric_value
ranking_ndkl(struct arena *arena, const struct group *const groups[], size_t n)
{
	struct metric_value out = { .reason = no_scores };
	struct dd sum = dd_of(0), weights = dd_of(0);
	struct field f;
	double place = 0;

	for (size_t i = 0; i < n; i++)
		if (groups[i]->scores == NULL)
			return out;
	f = field_of(arena, groups, n);
	for (size_t next = 0; next < f.n_points;) {
		double rows = take_block(&f, &next);

		for (double i = 1; i <= rows; i++) {
			struct dd w = discount((unsigned long long)(place + i));

			sum = dd_add(sum,
			    dd_multiply(
				w, divergence(&f, place + i, i / rows)));
			weights = dd_add(weights, w);
		}
		place += rows;
	}
	if (place <= 0) {
		out.reason = "no row has a score";
		return out;
	}
	out = (struct metric_value){ .defined = true,
		.value = dd_value(dd_divide(sum, weights)) };
	return out;
}
