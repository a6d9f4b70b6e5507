#include "measure/histogram.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
	FIRST_SLOTS = 1024,
	AHEAD = 16, /* rows whose slots are asked of the memory in advance */
	BEHIND = 3, /* slots that a row may look at, too: the next line */
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
	free(h->sorted);
	h->sorted = NULL;
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
 * reciprocal is scale; 0: none.
 */
static inline uint64_t
round_to(double scale, uint64_t key)
{
	double scaled = histogram_value(key) * scale;

	if (scale == 0 || key == HISTOGRAM_MISSING || !(fabs(scaled) < 0x1p52))
		return key;
	return histogram_key(floor(scaled) / scale);
}

double
histogram_scale(const struct histogram *h)
{
	return h->step == 0 ? 0 : ldexp(1, series[h->step]);
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
	h->slots = memory_zeroed(n_slots, sizeof(h->slots[0]));
	if (!h->weighted)
		return;
	h->weights = memory_zeroed(n_slots, sizeof(h->weights[0]));
	if (!h->keeps_squares)
		return;
	h->squares = memory_zeroed(n_slots, sizeof(h->squares[0]));
}

/* Put all entries, rounded as is now in force, into so many new slots. */
static void
refill(struct histogram *h, size_t n_slots)
{
	const double scale = histogram_scale(h);
	struct histogram old = *h;

	allot(h, n_slots);
	for (size_t i = 0; i < old.n_slots; i++) {
		const struct histogram_entry *entry = &old.slots[i];
		uint64_t key = round_to(scale, entry->key);
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
	key = round_to(histogram_scale(h), key);
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
		__builtin_prefetch(&h->slots[slot + BEHIND]);
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
		h->slots[slot].rows[label] += rows->counts != NULL ?
		    (uint32_t)rows->counts[first + i] :
		    1;
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
	free(h->sorted);
	h->sorted = NULL;
	take_range(h, rows);
	for (size_t i = 0; i < rows->n && !h->is_full;
	     i += add(h, rows, i, n, keys)) {
		const double scale = histogram_scale(h);

		n = rows->n - i < PIECE ? rows->n - i : PIECE;
		for (size_t k = 0; k < n; k++)
			keys[k] = round_to(scale, rows->keys[i + k]);
	}
}
