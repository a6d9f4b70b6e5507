#include "measure/memo.h"

#include <stdlib.h>
#include <string.h>

#define FACTOR_LOW UINT64_C(0x9e3779b97f4a7c15)
#define FACTOR_HIGH UINT64_C(0xc4ceb9fe1a85ec53)
#define QUOTES UINT64_C(0x2222222222222222)
#define EACH_BYTE UINT64_C(0x0101010101010101)

enum { SLOT_SHIFT = 64 - 12 }; /* of 64 bits, those of MEMO_SLOTS stay */

/* A text of at most MEMO_SHORT bytes. */
struct key {
	uint64_t low, high;
};

void
memo_init(struct memo *memo, size_t column, memo_ask *ask, void *context)
{
	*memo =
	    (struct memo){ .ask = ask, .context = context, .column = column };
	memo->slots = memory_grow(NULL, MEMO_SLOTS, sizeof(memo->slots[0]));
	memset(memo->slots, 0, MEMO_SLOTS * sizeof(memo->slots[0]));
	/* No text has this byte: an empty slot is equal to none. */
	for (size_t i = 0; i < MEMO_SLOTS; i++)
		memo->slots[i].low = 1;
}

void
memo_free(struct memo *memo)
{
	free(memo->slots);
	memo->slots = NULL;
}

/* The n bytes at p, where MEMO_SHORT can be read. */
static inline struct key
key_of(const char *p, size_t n)
{
	static const unsigned char ones[2 * MEMO_SHORT] = { 255, 255, 255, 255,
		255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255 };
	const unsigned char *mask = ones + MEMO_SHORT - n;
	struct key key, kept;

	memcpy(&key, p, sizeof(key));
	memcpy(&kept, mask, sizeof(kept));
	return (struct key){ key.low & kept.low, key.high & kept.high };
}

static inline size_t
slot_of(struct key key)
{
	return (size_t)((key.low * FACTOR_LOW + key.high * FACTOR_HIGH) >>
	    SLOT_SHIFT);
}

static inline bool
holds(const struct memo_slot *slot, struct key key)
{
	return slot->low == key.low && slot->high == key.high;
}

/* Whether one of the bytes is a quote. */
static bool
has_quote(struct key key)
{
	uint64_t low = key.low ^ QUOTES, high = key.high ^ QUOTES;

	return (((low - EACH_BYTE) & ~low) | ((high - EACH_BYTE) & ~high)) &
	    EACH_BYTE << 7;
}

/* A text that is not in its first slot: in the second, or asked for. */
static __attribute__((noinline)) uint32_t
look_further(struct memo *memo, struct scan *scan, const struct scan_rows *rows,
    size_t row, const struct key *key)
{
	struct csv_field field;
	struct memo_slot *slot;
	uint32_t number;

	if (key != NULL) {
		slot = &memo->slots[slot_of(*key) ^ 1];
		if (holds(slot, *key))
			return slot->number;
	}
	field = scan_field(scan, rows, row, memo->column);
	number = memo->ask(memo->context, &field, row);
	if (key == NULL || (number & MEMO_ONCE))
		return number & ~MEMO_ONCE;
	slot = &memo->slots[slot_of(*key)];
	memo->slots[slot_of(*key) ^ 1] = *slot;
	*slot = (struct memo_slot){ key->low, key->high, number };
	return number;
}

void
memo_read(struct memo *memo, struct scan *scan, const struct scan_rows *rows,
    uint32_t numbers[])
{
	const size_t width = rows->width;
	const uint32_t *ends = rows->ends + memo->column;
	const bool is_last = memo->column + 1 == width;

	for (size_t i = 0; i < rows->n; i++, ends += width) {
		uint32_t start = ends[0] + 1;
		const char *p = rows->bytes + start;
		size_t n = ends[1] - start;
		const struct memo_slot *slot;
		bool is_quoted = p[0] == '"' && n > 0;
		struct key key;

		if (is_last && n > 0 && p[n - 1] == '\r')
			n--;
		if (is_quoted) {
			p++;
			n -= 2;
		}
		if (n > MEMO_SHORT) {
			numbers[i] = look_further(memo, scan, rows, i, NULL);
			continue;
		}
		key = key_of(p, n);
		slot = &memo->slots[slot_of(key)];
		if (holds(slot, key))
			numbers[i] = slot->number;
		else
			numbers[i] = look_further(memo, scan, rows, i,
			    is_quoted && has_quote(key) ? NULL : &key);
	}
}
