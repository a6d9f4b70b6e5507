#include "measure/ranking.h"

#include <math.h>
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

double
ranking_rows(const struct group *group)
{
	return group->scores != NULL ? (double)rows_of(group->scores) : 0;
}

static struct dd
score_of(const struct distribution *scores, size_t point)
{
	return (struct dd){ scores->value[point],
		scores->rest != NULL ? scores->rest[point] : 0 };
}

bool
ranking_begin(struct ranking *ranking, const struct group *whole,
    const struct group *group, const struct group *second)
{
	if (whole->scores == NULL || group->scores == NULL ||
	    (second != NULL && second->scores == NULL))
		return false;
	*ranking = (struct ranking){ .all = whole->scores,
		.groups = { group->scores,
		    second != NULL ? second->scores : NULL },
		.next_all = whole->scores->n,
		.next = { group->scores->n,
		    second != NULL ? second->scores->n : 0 } };
	return true;
}

bool
ranking_next(struct ranking *r, struct ranking_block *block)
{
	struct dd score;

	if (r->next_all == 0)
		return false;
	r->next_all--;
	score = score_of(r->all, r->next_all);
	*block = (struct ranking_block){ .first = r->place + 1,
		.rows = (double)rows_at(r->all, r->next_all) };
	for (size_t k = 0; k < 2; k++)
		while (r->next[k] > 0 &&
		    dd_compare(score_of(r->groups[k], r->next[k] - 1), score) >=
			0)
			block->own[k] +=
			    (double)rows_at(r->groups[k], --r->next[k]);
	r->place += block->rows;
	return true;
}

/* Begin to walk; false with the reason when there is nothing to rank. */
static bool
begin(const struct metric_input *in, struct ranking *ranking,
    struct metric_value *out)
{
	if (ranking_begin(ranking, in->whole, in->group, NULL))
		return rows_of(in->group->scores) > 0;
	out->reason = no_scores;
	return false;
}

/* Rows of the group among the first k, on average over orders of ties. */
static struct dd
own_in_top(struct ranking *ranking, double k)
{
	struct dd own = dd_of(0);
	struct ranking_block block;

	while (ranking_next(ranking, &block) && block.first <= k) {
		double room = k - (block.first - 1);
		struct dd part = dd_of(block.own[0]);

		if (room < block.rows)
			part = dd_divide(
			    dd_multiply(part, dd_of(room)), dd_of(block.rows));
		own = dd_add(own, part);
	}
	return own;
}

void
ranking_selection_rate(const struct metric_input *in, struct metric_value *out)
{
	struct ranking ranking;

	if (!begin(in, &ranking, out))
		return;
	out->defined = out->has_counts = true;
	out->numerator = dd_value(own_in_top(&ranking, in->metric->number));
	out->denominator = (double)rows_of(in->group->scores);
	out->value = out->numerator / out->denominator;
}

void
ranking_skew(const struct metric_input *in, struct metric_value *out)
{
	struct ranking ranking;
	double all, own, k = in->metric->number;
	struct dd top;

	if (!begin(in, &ranking, out))
		return;
	all = (double)rows_of(in->whole->scores);
	own = (double)rows_of(in->group->scores);
	k = k < all ? k : all;
	top = own_in_top(&ranking, in->metric->number);
	out->defined = top.high > 0;
	if (out->defined)
		out->value = dd_value(dd_log(dd_divide(
		    dd_multiply(top, dd_of(all)), dd_product(k, own))));
	else
		out->reason = "nobody of the group is in the top";
}

/* Places up to it are taken one by one, with all the digits. */
#define NEAR_PLACES 2048.0
#define STEPS 1024.0 /* a step is this part of the place */

static const double log_2 = 0x1.62e42fefa39efp-1;

/* 1 / log2(1 + place) */
static struct dd
discount(double place)
{
	if (place > NEAR_PLACES)
		return dd_of(log_2 / dd_log_near(1 + place));
	return dd_divide(dd_log(dd_of(2)), dd_log(dd_of(1 + place)));
}

/*
 * The sum of discounts over places from first on: that in the middle times
 * the places, with the term of the second derivative.  The next one is below
 * 2^-40 / 1920 of the sum.
 */
static double
discount_sum(double first, double places)
{
	double at = first + (places - 1) / 2 + 1, log_at = dd_log_near(at);
	double bend =
	    (1 + 2 / log_at) / (at * at * log_at); /* over its own size */

	return log_2 / log_at * places *
	    (1 + bend * (places * places - 1) / 24);
}

struct dd
ranking_discount(const struct ranking_block *block)
{
	struct dd sum = dd_of(0);
	double last = block->first + block->rows;

	for (double at = block->first; at < last;) {
		double step = fmin(last - at, fmax(1, floor(at / STEPS)));

		sum = dd_add(sum,
		    step > 1 ? dd_of(discount_sum(at, step)) : discount(at));
		at += step;
	}
	return dd_divide(sum, dd_of(block->rows));
}

void
ranking_exposure(const struct metric_input *in, struct metric_value *out)
{
	struct ranking ranking;
	struct ranking_block block;
	struct dd sum = dd_of(0);

	if (!begin(in, &ranking, out))
		return;
	while (ranking_next(&ranking, &block))
		if (block.own[0] > 0)
			sum = dd_add(sum,
			    dd_multiply(
				ranking_discount(&block), dd_of(block.own[0])));
	out->defined = true;
	out->value =
	    dd_value(dd_divide(sum, dd_of((double)rows_of(in->group->scores))));
}

/* Mean and spread of the discounts of some rows. */
struct moments {
	double rows, mean, square;
};

static void
add_rows(struct moments *m, double rows, double value)
{
	double miss = value - m->mean;

	if (!(rows > 0))
		return;
	m->rows += rows;
	m->mean += miss * rows / m->rows;
	m->square += rows * miss * (value - m->mean);
}

static double
variance_of(const struct moments *m)
{
	return m->square / (m->rows - 1);
}

bool
ranking_test_exposure(const struct group *group, const struct group *reference,
    const struct group *whole, struct ranking_test *out)
{
	struct ranking ranking;
	struct ranking_block block;
	struct moments own = { 0, 0, 0 }, other = own, both = own;
	double by, within;

	if (!ranking_begin(&ranking, whole, group, reference))
		return false;
	while (ranking_next(&ranking, &block)) {
		double value = dd_value(ranking_discount(&block));
		double rest = reference != NULL ? block.own[1] :
						  block.rows - block.own[0];

		add_rows(&own, block.own[0], value);
		add_rows(&other, rest, value);
		add_rows(&both, block.own[0] + rest, value);
	}
	if (own.rows < 2 || other.rows < 2 || !(both.square > 0))
		return false;
	by = 1 / own.rows + 1 / other.rows;
	within =
	    variance_of(&own) / own.rows + variance_of(&other) / other.rows;
	out->difference = own.mean - other.mean;
	out->z = out->difference / sqrt(variance_of(&both) * by);
	out->error = sqrt(fmax(variance_of(&both) * by, within));
	out->df = fmin(own.rows, other.rows) - 1;
	if (reference == NULL)
		out->error *= other.rows / both.rows;
	return true;
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
 * block, from those among all; and the same with fewer digits.
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

static double
divergence_near(const struct field *f, double i, double part)
{
	double sum = 0;

	for (size_t k = 0; k < f->n_groups; k++) {
		double share = (f->before[k] + part * f->block[k]) / i;

		if (share > 0)
			sum += share * dd_log_near(share * f->rows / f->all[k]);
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

/*
 * Add the divergences behind so many places, over a block of rows, times the
 * discounts, and these.  Far from the beginning of ranking and block a step
 * takes many places: Simpson's rule for a sum, which is exact for cubics.
 */
static void
add_block(const struct field *f, double place, double rows, struct dd *sum,
    struct dd *weights)
{
	enum { PARTS = 256 };

	for (double i = 1; i <= rows;) {
		double step =
		    fmin(rows - i + 1, floor(fmin(i, place + i) / PARTS));
		double middle = i + (step - 1) / 2, half = (step - 1) / 2;
		double value[3];
		struct dd w;

		if (place + i <= NEAR_PLACES || step <= 1) {
			w = discount(place + i);
			*sum = dd_add(*sum,
			    place + i <= NEAR_PLACES ?
				dd_multiply(
				    w, divergence(f, place + i, i / rows)) :
				dd_product(w.high,
				    divergence_near(f, place + i, i / rows)));
			*weights = dd_add(*weights, w);
			i++;
			continue;
		}
		for (int k = 0; k < 3; k++) {
			double at = middle + (k - 1) * half;

			value[k] = discount(place + at).high *
			    divergence_near(f, place + at, at / rows);
		}
		*sum = dd_add(*sum,
		    dd_product(step,
			value[1] +
			    (value[0] - 2 * value[1] + value[2]) /
				(half * half) * (step * step - 1) / 24));
		*weights =
		    dd_add(*weights, dd_of(discount_sum(place + i, step)));
		i += step;
	}
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

		add_block(&f, place, rows, &sum, &weights);
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
