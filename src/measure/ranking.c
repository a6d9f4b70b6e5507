#include "measure/ranking.h"

#include <math.h>

#include "base/dd.h"
#include "measure/known.h"

#define EVEN 0x1p-72 /* a divergence below this is rounding */

static const struct dd log_2 = { 0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56 };
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

/*
 * Sums over places.  The functions summed are smooth where steps are small
 * beside the place, so many places are summed by a few values: all places of
 * a file would else be gone through for each group.
 */

/*
 * The sum over n places around a middle one of 1 / log2(1 + place): its
 * Taylor series there, times the moments of the places.  The k-th derivative
 * of 1 / ln x is (-1 / x)^k times a polynomial of 1 / ln x.
 */
static struct dd
discounts_around(double middle, double n)
{
	double x = middle + 1, m = n * n;
	struct dd f = dd_divide(dd_of(1), dd_log(dd_of(x)));
	double u = f.high, second, fourth, sixth, rest;

	second = u * u * (1 + u * 2);
	fourth = u * u * (6 + u * (22 + u * (36 + u * 24)));
	sixth = u * u *
	    (120 + u * (548 + u * (1350 + u * (2040 + u * (1800 + u * 720)))));
	rest = n * (m - 1) *
	    (second / (24 * x * x) +
		fourth * (3 * m - 7) / (5760 * x * x * x * x) +
		sixth * (3 * m * m - 18 * m + 31) /
		    (967680 * x * x * x * x * x * x));
	return dd_multiply(
	    log_2, dd_add(dd_multiply(f, dd_of(n)), dd_of(rest)));
}

struct dd
ranking_discounts(double first, double n)
{
	enum { SMOOTH = 64 };
	struct dd sum = dd_of(0);
	double part;

	for (; n > 0; first += part, n -= part) {
		part = fmin(n, fmax(1, floor(first / SMOOTH)));
		sum =
		    dd_add(sum, discounts_around(first + (part - 1) / 2, part));
	}
	return sum;
}

/* The mean discount of the rows of each point of a file. */
static const struct dd *
discounts_of(const struct distribution *all, struct arena *arena)
{
	struct dd *means = arena_array(arena, all->n, sizeof(means[0]));
	double place = 1;

	for (size_t i = all->n; i-- > 0;) {
		double rows = (double)rows_at(all, i);

		means[i] =
		    dd_divide(ranking_discounts(place, rows), dd_of(rows));
		place += rows;
	}
	return means;
}

struct dd
ranking_discount(
    const struct ranking *ranking, const struct ranking_block *block)
{
	struct known_values *known = ranking->all->known;

	if (known == NULL)
		return dd_divide(ranking_discounts(block->first, block->rows),
		    dd_of(block->rows));
	if (known->discounts == NULL)
		known->discounts = discounts_of(ranking->all, known->arena);
	return known->discounts[ranking->next_all];
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
			    dd_multiply(ranking_discount(&ranking, &block),
				dd_of(block.own[0])));
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
		double value = dd_value(ranking_discount(&ranking, &block));
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

/* A group on the way down from its highest score. */
struct ranked {
	const struct distribution *scores;
	size_t left;        /* points */
	double all, before; /* rows: in all, passed */
	double here;        /* rows with the score in hand */
	double n;           /* rows that term is of */
	struct dd log;      /* ln(n / all) */
	struct dd term;     /* n ln(n / all) */
};

/* Groups that are ranked together. */
struct field {
	struct ranked *groups;
	struct ranked **heap; /* the highest next score first */
	struct ranked **here; /* those with the score in hand */
	size_t n_heap, n_here;
	double rows, place; /* in all, passed */
	struct ranked file; /* all rows as one group */
	struct dd log_rows; /* ln of rows */
	struct dd terms;    /* of all groups */
	struct dd summand;  /* of the last place passed */
	struct dd sum;
};

static struct dd
next_score(const struct ranked *group)
{
	return score_of(group->scores, group->left - 1);
}

/* Let the group at a place of the heap sink below those with higher scores. */
static void
sink(struct field *f, size_t place)
{
	for (size_t child; (child = 2 * place + 1) < f->n_heap; place = child) {
		struct ranked *group = f->heap[place];

		if (child + 1 < f->n_heap &&
		    dd_compare(next_score(f->heap[child + 1]),
			next_score(f->heap[child])) > 0)
			child++;
		if (dd_compare(next_score(f->heap[child]), next_score(group)) <=
		    0)
			return;
		f->heap[place] = f->heap[child];
		f->heap[child] = group;
	}
}

static struct field
field_of(struct arena *arena, const struct group *const groups[], size_t n)
{
	struct field f = { .groups = arena_array(arena, n, sizeof(f.groups[0])),
		.heap = arena_array(arena, n, sizeof(f.heap[0])),
		.here = arena_array(arena, n, sizeof(f.here[0])) };

	for (size_t i = 0; i < n; i++) {
		struct ranked *group = &f.groups[i];

		group->scores = groups[i]->scores;
		group->left = group->scores->n;
		group->all = (double)rows_of(group->scores);
		f.rows += group->all;
		if (group->left > 0)
			f.heap[f.n_heap++] = group;
	}
	for (size_t i = f.n_heap / 2; i-- > 0;)
		sink(&f, i);
	f.file.all = f.rows;
	f.log_rows = dd_log(dd_of(f.rows > 0 ? f.rows : 1));
	return f;
}

/* Take the rows with the highest score that is left; return how many. */
static double
take_block(struct field *f)
{
	struct dd score = next_score(f->heap[0]);
	double rows = 0;

	f->n_here = 0;
	while (
	    f->n_heap > 0 && dd_compare(next_score(f->heap[0]), score) == 0) {
		struct ranked *group = f->heap[0];

		group->left--;
		group->here = (double)rows_at(group->scores, group->left);
		rows += group->here;
		f->here[f->n_here++] = group;
		if (group->left == 0)
			f->heap[0] = f->heap[--f->n_heap];
		sink(f, 0);
	}
	return rows;
}

/*
 * Set the term of a group for so many of its rows.  A little more than
 * before, and the logarithm is found from the one before; a step adds 2^-90.
 */
static void
set_term(struct ranked *group, double n)
{
	double more = n - group->n;

	if (group->n > 0 && more < 0x1p-10 * group->n)
		group->log = dd_add(group->log,
		    dd_log_near_1(dd_divide(dd_of(more), dd_of(group->n))));
	else
		group->log = dd_log(dd_divide(dd_of(n), dd_of(group->all)));
	group->n = n;
	group->term = dd_multiply(dd_of(n), group->log);
}

/*
 * The summand so far into a block: the divergence of the shares, which is the
 * sum over groups of n / i ln(n / i * rows / all), and its weight.  Of the
 * terms, rest are those of the groups that have no row in the block.
 */
static struct dd
summand_at(struct field *f, struct dd rest, double passed, double rows)
{
	double place = f->place + passed;
	struct dd kl, log_next;

	f->terms = rest;
	for (size_t i = 0; i < f->n_here; i++) {
		struct ranked *group = f->here[i];

		set_term(group, group->before + group->here * (passed / rows));
		f->terms = dd_add(f->terms, group->term);
	}
	set_term(&f->file, place);
	kl = dd_subtract(dd_divide(f->terms, dd_of(place)), f->file.log);
	if (kl.high < EVEN)
		return dd_of(0);
	log_next = place > 0x1p10 ?
	    dd_add(dd_add(f->file.log, f->log_rows),
		dd_log_near_1(dd_divide(dd_of(1), dd_of(place)))) :
	    dd_log(dd_of(place + 1));
	return dd_divide(kl, log_next);
}

/* How many places on the summand is still smooth. */
static double
smooth_part(const struct field *f, double passed, double rows)
{
	double least = f->place + passed;

	for (size_t i = 0; i < f->n_here; i++) {
		double before = f->here[i]->before * rows / f->here[i]->here;

		least = fmin(least, before + passed);
	}
	return fmax(1, fmin(floor(least / 4096), rows - passed));
}

/*
 * Add up the summands of a block.  The sum over the n places after one is
 * made from the summand there, halfway and at the end, with the weights that
 * are exact for polynomials of the third degree.
 */
static void
add_block(struct field *f, double rows)
{
	struct dd rest = f->terms;
	double n;

	for (size_t i = 0; i < f->n_here; i++)
		rest = dd_subtract(rest, f->here[i]->term);
	for (double passed = 0; passed < rows; passed += n) {
		struct dd begin = f->summand, middle;
		double ends;

		n = smooth_part(f, passed, rows);
		ends = n / 6 + 1 / (3 * n);
		middle = n > 1 ? summand_at(f, rest, passed + n / 2, rows) :
				 dd_of(0);
		f->summand = summand_at(f, rest, passed + n, rows);
		f->sum = dd_add(f->sum,
		    dd_add(dd_multiply(middle, dd_of(n - 2 * ends)),
			dd_add(dd_multiply(f->summand, dd_of(ends + 0.5)),
			    dd_multiply(begin, dd_of(ends - 0.5)))));
	}
	for (size_t i = 0; i < f->n_here; i++)
		f->here[i]->before += f->here[i]->here;
	f->place += rows;
}

struct metric_value
ranking_ndkl(struct arena *arena, const struct group *const groups[], size_t n)
{
	struct metric_value out = { .reason = no_scores };
	struct field f;

	for (size_t i = 0; i < n; i++)
		if (groups[i]->scores == NULL)
			return out;
	f = field_of(arena, groups, n);
	while (f.n_heap > 0)
		add_block(&f, take_block(&f));
	if (f.place <= 0) {
		out.reason = "no row has a score";
		return out;
	}
	out = (struct metric_value){ .defined = true,
		.value = dd_value(dd_divide(
		    dd_multiply(f.sum, log_2), ranking_discounts(1, f.rows))) };
	return out;
}
