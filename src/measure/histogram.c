#include "measure/histogram.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/known.h"

enum {
	FIRST_SLOTS = 1024,
	AHEAD = 16, /* rows whose slots are asked of the memory in advance */
	RADIX = 256,
	KEY_BYTES = 8,
	GROUP_BYTES = 4
};

#define SIGN (UINT64_C(1) << 63)

/* Numbers are multiples of 2^-bits; each divides the ones behind it. */
static const int series[] = { 0, 20, 17, 14, 12, 10, 8, 6, 4, 2, 0, -4, -8, -16,
	-32, -64, -128, -256, -512, -1000 };

enum { STEPS = sizeof(series) / sizeof(series[0]) };

void
histogram_init(struct histogram *h, bool weighted)
{
	*h = (struct histogram){ .weighted = weighted,
		.most = HISTOGRAM_ENTRIES,
		.least = INFINITY,
		.greatest = -INFINITY };
}

void
histogram_free(struct histogram *h)
{
	free(h->slots);
	free(h->weights);
	free(h->squares);
	h->slots = NULL;
	h->weights = NULL;
	h->squares = NULL;
}

uint64_t
histogram_key(double value)
{
	uint64_t bits;

	value += 0.0; /* -0 is 0 */
	memcpy(&bits, &value, sizeof(bits));
	return bits & SIGN ? ~bits : bits | SIGN;
}

double
histogram_value(uint64_t key)
{
	uint64_t bits = key & SIGN ? key & ~SIGN : ~key;
	double value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

/*
 * The key of the number rounded down to the resolution in force, whose
 * reciprocal is scale.
 */
static inline uint64_t
round_to(double scale, uint64_t key)
{
	double scaled = histogram_value(key) * scale;

	if (key == HISTOGRAM_MISSING || !(fabs(scaled) < 0x1p52))
		return key;
	return histogram_key(floor(scaled) / scale);
}

/* Numbers are multiples of 1 / scale; 0: they are exact. */
static double
scale_of(const struct histogram *h)
{
	return h->step == 0 ? 0 : ldexp(1, series[h->step]);
}

static uint64_t
round_key(const struct histogram *h, uint64_t key)
{
	return h->step == 0 ? key : round_to(scale_of(h), key);
}

static inline size_t
slot_of(const struct histogram *h, uint64_t key, uint32_t group)
{
	uint64_t x = (key ^ (uint64_t)group * UINT64_C(0x9e3779b97f4a7c15)) *
	    UINT64_C(0xff51afd7ed558ccd);

	return (size_t)(x ^ x >> 32) & (h->n_slots - 1);
}

/* The slot of a pair, or the free one where it belongs; groups from 1 on. */
static inline size_t
find(const struct histogram *h, uint64_t key, uint32_t group)
{
	size_t slot = slot_of(h, key, group);

	while (h->slots[slot].group != 0 &&
	    (h->slots[slot].key != key || h->slots[slot].group != group))
		slot = (slot + 1) & (h->n_slots - 1);
	return slot;
}

static void
allot(struct histogram *h, size_t n_slots)
{
	h->n_slots = n_slots;
	h->n = 0;
	h->slots = memory_grow(NULL, n_slots, sizeof(h->slots[0]));
	memset(h->slots, 0, n_slots * sizeof(h->slots[0]));
	if (!h->weighted)
		return;
	h->weights = memory_grow(NULL, n_slots, sizeof(h->weights[0]));
	memset(h->weights, 0, n_slots * sizeof(h->weights[0]));
	if (!h->keeps_squares)
		return;
	h->squares = memory_grow(NULL, n_slots, sizeof(h->squares[0]));
	memset(h->squares, 0, n_slots * sizeof(h->squares[0]));
}

/* Put all entries, rounded as is now in force, into so many new slots. */
static void
refill(struct histogram *h, size_t n_slots)
{
	const double scale = scale_of(h);
	struct histogram old = *h;

	allot(h, n_slots);
	for (size_t i = 0; i < old.n_slots; i++) {
		const struct histogram_entry *entry = &old.slots[i];
		uint64_t key =
		    scale > 0 ? round_to(scale, entry->key) : entry->key;
		size_t slot;

		if (entry->group == 0)
			continue;
		slot = find(h, key, entry->group);
		h->n += h->slots[slot].group == 0;
		h->slots[slot].key = key;
		h->slots[slot].group = entry->group;
		for (size_t k = 0; k < BINARY_COUNT; k++) {
			h->slots[slot].rows[k] += entry->rows[k];
			if (h->weighted)
				sum_merge(
				    &h->weights[slot][k], &old.weights[i][k]);
		}
		if (h->squares != NULL)
			sum_merge(&h->squares[slot], &old.squares[i]);
	}
	histogram_free(&old);
}

/* The slot of a pair that is new: there may have to be made room. */
static size_t
new_slot(struct histogram *h, uint64_t key, uint32_t group)
{
	size_t slot;

	while (h->n == h->most && h->step + 1 < STEPS) {
		h->step++;
		refill(h, h->n_slots);
	}
	key = round_key(h, key);
	if (h->n >= h->n_slots / 4 * 3)
		refill(h, 2 * h->n_slots);
	slot = find(h, key, group);
	h->n += h->slots[slot].group == 0;
	h->slots[slot].key = key;
	h->slots[slot].group = group;
	return slot;
}

/* The least and the greatest number of the rows that are counted. */
static void
take_range(struct histogram *h, const struct histogram_rows *rows)
{
	uint64_t least = histogram_key(h->least);
	uint64_t greatest = histogram_key(h->greatest);

	for (size_t i = 0; i < rows->n; i++) {
		uint64_t key = rows->keys[i];

		if (rows->cells[i] == CELL_COUNT || key == HISTOGRAM_MISSING)
			continue;
		least = key < least ? key : least;
		greatest = key > greatest ? key : greatest;
	}
	h->least = histogram_value(least);
	h->greatest = histogram_value(greatest);
}

static double
square_of(const struct histogram_rows *rows, size_t i)
{
	return rows->squares != NULL ? rows->squares[i] :
				       rows->weights[i] * rows->weights[i];
}

/*
 * Count rows with these keys, which are rounded.  Returns how many: fewer
 * when the resolution changes or the histogram is full.
 */
static size_t
add(struct histogram *h, const struct histogram_rows *rows, size_t first,
    size_t n, const uint64_t keys[])
{
	const uint32_t *groups = rows->groups + first;
	const unsigned char *cells = rows->cells + first;
	const size_t step = h->step;
	size_t i;

	for (i = 0; i < n && h->step == step; i++) {
		const size_t next = i + AHEAD < n ? i + AHEAD : i;
		const unsigned label = cells[i] / BINARY_COUNT;
		size_t slot = slot_of(h, keys[next], groups[next] + 1);

		__builtin_prefetch(&h->slots[slot]);
		if (h->weighted)
			__builtin_prefetch(
			    &h->weights[slot][cells[next] / BINARY_COUNT]);
		if (cells[i] == CELL_COUNT)
			continue;
		slot = find(h, keys[i], groups[i] + 1);
		if (h->slots[slot].group == 0 && h->is_exact &&
		    h->n == h->most) {
			h->is_full = true;
			return i;
		}
		if (h->slots[slot].group == 0)
			slot = new_slot(h, keys[i], groups[i] + 1);
		h->slots[slot].rows[label]++;
		if (h->weighted)
			sum_add(
			    &h->weights[slot][label], rows->weights[first + i]);
		if (h->squares != NULL)
			sum_add(&h->squares[slot], square_of(rows, first + i));
	}
	return i;
}

void
histogram_add(struct histogram *h, const struct histogram_rows *rows)
{
	enum { PIECE = 512 };
	uint64_t keys[PIECE];
	size_t n;

	if (h->slots == NULL)
		allot(h, FIRST_SLOTS);
	take_range(h, rows);
	for (size_t i = 0; i < rows->n && !h->is_full;
	     i += add(h, rows, i, n, keys)) {
		const double scale = scale_of(h);

		n = rows->n - i < PIECE ? rows->n - i : PIECE;
		for (size_t k = 0; k < n; k++)
			keys[k] = scale > 0 ?
			    round_to(scale, rows->keys[i + k]) :
			    rows->keys[i + k];
	}
}

/* An entry on its way to a distribution. */
struct item {
	uint64_t key;
	uint32_t group; /* the target */
	uint32_t slot;
};

static unsigned
byte_of(const struct item *item, unsigned k)
{
	return (unsigned)(k < KEY_BYTES ?
		       item->key >> 8 * k :
		       (uint64_t)item->group >> 8 * (k - KEY_BYTES)) &
	    (RADIX - 1);
}

/*
 * Sort by group, then key: byte by byte, the lowest first, without those that
 * are the same everywhere.  Returns the one of the two arrays that has them.
 */
static struct item *
sort(struct item *from, struct item *to, size_t n)
{
	for (unsigned k = 0; k < KEY_BYTES + GROUP_BYTES; k++) {
		size_t at[RADIX + 1] = { 0 };
		struct item *swap = from;

		for (size_t i = 0; i < n; i++)
			at[byte_of(&from[i], k) + 1]++;
		if (n == 0 || at[byte_of(&from[0], k) + 1] == n)
			continue;
		for (unsigned i = 0; i < RADIX; i++)
			at[i + 1] += at[i];
		for (size_t i = 0; i < n; i++)
			to[at[byte_of(&from[i], k)]++] = from[i];
		from = to;
		to = swap;
	}
	return from;
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
	double value = histogram_value(key);

	if (h->step > 0 && fabs(ldexp(value, series[h->step])) < 0x1p52)
		value += ldexp(0.5, -series[h->step]);
	return fmin(fmax(value, h->least), h->greatest);
}

/* What a distribution is written to while it is made. */
struct points {
	double *value, *rest;
	unsigned long long (*rows)[BINARY_COUNT];
	double (*weight)[BINARY_COUNT];
};

/* How many different numbers are among the items of a group. */
static size_t
count_points(const struct item items[], size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		if (items[i].key != HISTOGRAM_MISSING &&
		    (i == 0 || items[i].key != items[i - 1].key))
			count++;
	return count;
}

/* The sums of weights of the items with one key, by label. */
static void
weigh(const struct histogram *h, const struct item items[], size_t n,
    double out[BINARY_COUNT])
{
	for (size_t k = 0; k < BINARY_COUNT; k++) {
		struct sum sum = { { 0 } };

		for (size_t i = 0; i < n; i++)
			sum_merge(&sum, &h->weights[items[i].slot][k]);
		out[k] = sum_value(&sum);
	}
}

/* Take the items with one key. */
static void
take_point(const struct histogram *h, struct distribution *d,
    const struct points *to, const struct item items[], size_t n)
{
	bool is_missing = items[0].key == HISTOGRAM_MISSING;
	unsigned long long *rows = is_missing ? d->n_missing : to->rows[d->n];

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < BINARY_COUNT; k++)
			rows[k] += h->slots[items[i].slot].rows[k];
	if (h->weighted)
		weigh(h, items, n,
		    is_missing ? d->n_missing_weight : to->weight[d->n]);
	else if (is_missing)
		for (size_t k = 0; k < BINARY_COUNT; k++)
			d->n_missing_weight[k] = (double)d->n_missing[k];
	if (is_missing)
		return;
	to->value[d->n] = point_of(h, items[0].key);
	if (h->step == 0)
		to->rest[d->n] = decimal_rest(to->value[d->n]);
	d->n++;
}

/* Make the distribution of the items of one group. */
static void
make(const struct histogram *h, struct arena *arena, struct distribution *d,
    const struct item items[], size_t n)
{
	size_t room = count_points(items, n), k;
	struct points to = { .value = arena_array(arena, room, sizeof(double)),
		.rows = arena_array(arena, room, sizeof(to.rows[0])) };

	if (h->step == 0)
		to.rest = arena_array(arena, room, sizeof(double));
	if (h->weighted)
		to.weight = arena_array(arena, room, sizeof(to.weight[0]));
	for (size_t i = 0; i < n; i = k) {
		for (k = i + 1; k < n && items[k].key == items[i].key; k++)
			continue;
		take_point(h, d, &to, items + i, k - i);
	}
	d->value = to.value;
	d->rest = to.rest;
	d->rows = (const unsigned long long(*)[BINARY_COUNT])to.rows;
	d->weight = (const double(*)[BINARY_COUNT])to.weight;
	d->resolution = h->step > 0 ? ldexp(0.5, -series[h->step]) : 0;
	known_begin(d, arena);
}

/* The entries of the groups that have a target: how many there are. */
static size_t
collect(const struct histogram *h, const uint32_t target[], size_t n_targets,
    struct item items[])
{
	size_t n = 0;

	for (size_t i = 0; i < h->n_slots; i++) {
		const struct histogram_entry *entry = &h->slots[i];
		size_t group = (size_t)entry->group - 1;

		if (entry->group == 0 || group >= n_targets ||
		    target[group] == UINT32_MAX)
			continue;
		items[n++] =
		    (struct item){ entry->key, target[group], (uint32_t)i };
	}
	return n;
}

struct distribution *
histogram_make(const struct histogram *h, struct arena *arena,
    const uint32_t target[], size_t n_targets, size_t n)
{
	struct distribution *made = arena_array(arena, n, sizeof(made[0]));
	struct item *items = memory_grow(NULL, h->n + 1, sizeof(items[0]));
	struct item *spare = memory_grow(NULL, h->n + 1, sizeof(spare[0]));
	size_t n_items = collect(h, target, n_targets, items), k;
	const struct item *sorted = sort(items, spare, n_items);

	for (size_t i = 0; i < n_items; i = k) {
		uint32_t group = sorted[i].group;

		for (k = i + 1; k < n_items && sorted[k].group == group; k++)
			continue;
		make(h, arena, &made[group], sorted + i, k - i);
	}
	free(items);
	free(spare);
	return made;
}
