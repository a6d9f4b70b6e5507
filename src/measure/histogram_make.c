#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/histogram.h"
#include "measure/known.h"

/* From a histogram to the distributions of the groups of a table. */

enum {
	RADIX_BITS = 11,
	RADIX = 1 << RADIX_BITS,
	KEY_BITS = 64,
	AHEAD = 16 /* items whose entries are asked of the memory in advance */
};

/* An entry on its way to a distribution. */
struct item {
	uint64_t key;
	uint32_t group, slot;
};

/*
 * Sort by key: byte by byte, the lowest first, without those that are the
 * same everywhere.  Returns the one of the two arrays that has them.
 */
static struct item *
sort(struct item *from, struct item *to, size_t n)
{
	for (unsigned shift = 0; shift < KEY_BITS; shift += RADIX_BITS) {
		size_t at[RADIX + 1] = { 0 };
		struct item *swap = from;

		for (size_t i = 0; i < n; i++)
			at[(from[i].key >> shift & (RADIX - 1)) + 1]++;
		if (n == 0 || at[(from[0].key >> shift & (RADIX - 1)) + 1] == n)
			continue;
		for (unsigned i = 0; i < RADIX; i++)
			at[i + 1] += at[i];
		for (size_t i = 0; i < n; i++)
			to[at[from[i].key >> shift & (RADIX - 1)]++] = from[i];
		from = to;
		to = swap;
	}
	return from;
}

/* The entries in the order of their keys, until rows are added. */
static const struct item *
sorted_items(struct histogram *h)
{
	struct item *items, *spare, *sorted;
	size_t n = 0;

	if (h->sorted != NULL)
		return h->sorted;
	items = memory_grow(NULL, h->n + 1, sizeof(items[0]));
	spare = memory_grow(NULL, h->n + 1, sizeof(spare[0]));
	for (size_t i = 0; i < h->n_slots; i++)
		if (h->slots[i].group != 0)
			items[n++] = (struct item){ h->slots[i].key,
				h->slots[i].group - 1, (uint32_t)i };
	sorted = sort(items, spare, n);
	free(sorted == items ? spare : items);
	h->sorted = sorted;
	return sorted;
}

double
decimal_rest(double value)
{
	double scale = 1, x = fabs(value);

	for (unsigned k = 0; k <= 22; k++, scale *= 10) {
		double high = x * scale, digits = rint(high), rest;

		if (digits >= 1e17)
			break;
		if (digits < 1e15)
			rest = fma(-x, scale, digits);
		else {
			/* Which may be one off: more than 53 bits. */
			rest = digits - high - fma(x, scale, -high);
			rest -= rint(rest);
		}
		rest /= scale;
		if (digits < 1e15 ? digits / scale == x : x + rest == x)
			return value < 0 ? -rest : rest;
	}
	return 0;
}

/* The number that stands for a key. */
static double
point_of(const struct histogram *h, uint64_t key)
{
	double value = histogram_value(key), scale = histogram_scale(h);

	if (scale > 0 && fabs(value * scale) < 0x1p52)
		value += 0.5 / scale;
	return fmin(fmax(value, h->least), h->greatest);
}

/* A distribution while it is made. */
struct making {
	size_t n;     /* points counted */
	uint64_t key; /* of the last one */
	double *value, *rest;
	unsigned long long (*rows)[BINARY_COUNT];
	double (*weight)[BINARY_COUNT];
	struct sum sums[BINARY_COUNT]; /* of weights of the last one */
	struct sum missing[BINARY_COUNT];
};

/* What a table's distributions are made of. */
struct maker {
	const struct histogram *h;
	const struct item *items;
	const uint32_t *target;
	size_t n_targets;
	struct making *making;
	struct distribution *made;
};

/* The group that an item belongs to, or UINT32_MAX. */
static uint32_t
target_of(const struct maker *m, const struct item *item)
{
	return item->group < m->n_targets ? m->target[item->group] : UINT32_MAX;
}

/* How many different numbers each group has. */
static void
count_points(const struct maker *m)
{
	for (size_t i = 0; i < m->h->n; i++) {
		const struct item *item = &m->items[i];
		uint32_t group = target_of(m, item);

		if (group == UINT32_MAX || item->key == HISTOGRAM_MISSING)
			continue;
		if (m->making[group].n == 0 ||
		    m->making[group].key != item->key)
			m->making[group].n++;
		m->making[group].key = item->key;
	}
}

static void
make_room(const struct maker *m, struct arena *arena, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct making *to = &m->making[i];

		to->value = arena_array(arena, to->n, sizeof(double));
		to->rows = arena_array(arena, to->n, sizeof(to->rows[0]));
		if (m->h->step == 0)
			to->rest = arena_array(arena, to->n, sizeof(double));
		if (m->h->weighted)
			to->weight =
			    arena_array(arena, to->n, sizeof(to->weight[0]));
	}
}

/* Round the sums of weights of the point in hand. */
static void
close_point(struct making *to, size_t n)
{
	for (size_t k = 0; to->weight != NULL && n > 0 && k < BINARY_COUNT;
	     k++) {
		to->weight[n - 1][k] = sum_value(&to->sums[k]);
		to->sums[k] = (struct sum){ { 0 } };
	}
}

/* Add the rows of an entry, and their weights. */
static void
add_entry(const struct histogram *h, uint32_t slot,
    unsigned long long rows[BINARY_COUNT], struct sum sums[BINARY_COUNT])
{
	for (size_t k = 0; k < BINARY_COUNT; k++) {
		rows[k] += h->slots[slot].rows[k];
		if (h->weighted)
			sum_merge(&sums[k], &h->weights[slot][k]);
	}
}

/* Ask the memory for the entry of an item, if there is one. */
static void
prefetch(const struct maker *m, size_t i)
{
	size_t slot = i < m->h->n ? m->items[i].slot : 0;

	__builtin_prefetch(&m->h->slots[slot].rows);
	if (m->h->weighted)
		__builtin_prefetch(&m->h->weights[slot]);
}

/* Fill the distributions, whose points come in order. */
static void
fill(const struct maker *m)
{
	uint64_t last = HISTOGRAM_MISSING;
	double value = 0, rest = 0;

	for (size_t i = 0; i < m->h->n; i++) {
		const struct item *item = &m->items[i];
		uint32_t group = target_of(m, item);
		struct making *to;
		struct distribution *d;

		prefetch(m, i + AHEAD);
		if (group == UINT32_MAX)
			continue;
		to = &m->making[group];
		d = &m->made[group];
		if (item->key == HISTOGRAM_MISSING) {
			add_entry(m->h, item->slot, d->n_missing, to->missing);
			continue;
		}
		if (item->key != last) {
			value = point_of(m->h, item->key);
			rest = m->h->step == 0 ? decimal_rest(value) : 0;
			last = item->key;
		}
		if (d->n == 0 || to->key != item->key) {
			close_point(to, d->n);
			to->key = item->key;
			to->value[d->n] = value;
			if (to->rest != NULL)
				to->rest[d->n] = rest;
			d->n++;
		}
		add_entry(m->h, item->slot, to->rows[d->n - 1], to->sums);
	}
}

static void
finish(const struct histogram *h, struct arena *arena, struct making *from,
    struct distribution *d)
{
	close_point(from, d->n);
	d->value = from->value;
	d->rest = from->rest;
	d->rows = (const unsigned long long(*)[BINARY_COUNT])from->rows;
	d->weight = (const double(*)[BINARY_COUNT])from->weight;
	for (size_t k = 0; k < BINARY_COUNT; k++)
		d->n_missing_weight[k] = h->weighted ?
		    sum_value(&from->missing[k]) :
		    (double)d->n_missing[k];
	d->resolution = h->step > 0 ? 0.5 / histogram_scale(h) : 0;
	known_begin(d, arena);
}

struct distribution *
histogram_make(struct histogram *h, struct arena *arena,
    const uint32_t target[], size_t n_targets, size_t n)
{
	struct maker m = { .h = h,
		.items = sorted_items(h),
		.target = target,
		.n_targets = n_targets,
		.made = arena_array(arena, n, sizeof(m.made[0])) };

	m.making = memory_grow(NULL, n + 1, sizeof(m.making[0]));
	memset(m.making, 0, (n + 1) * sizeof(m.making[0]));
	count_points(&m);
	make_room(&m, arena, n);
	fill(&m);
	for (size_t i = 0; i < n; i++)
		finish(h, arena, &m.making[i], &m.made[i]);
	free(m.making);
	return m.made;
}
