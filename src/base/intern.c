#include "base/intern.h"

#include <string.h>

enum { FIRST_SLOTS = 64 };

/* The finaliser of MurmurHash3 (64 bits), after each 8 bytes. */
static uint64_t
mix(uint64_t h)
{
	h ^= h >> 33;
	h *= UINT64_C(0xff51afd7ed558ccd);
	h ^= h >> 33;
	h *= UINT64_C(0xc4ceb9fe1a85ec53);
	return h ^ h >> 33;
}

static uint64_t
hash(const char *p, size_t n)
{
	uint64_t h = n * UINT64_C(0x9e3779b97f4a7c15);
	uint64_t word;

	for (; n >= sizeof(word); n -= sizeof(word), p += sizeof(word)) {
		memcpy(&word, p, sizeof(word));
		h = mix(h ^ word);
	}
	word = 0;
	for (size_t i = 0; i < n; i++)
		word = word << 8 | (unsigned char)p[i];
	return mix(h ^ word);
}

/* The slot that holds these bytes, or the free one where they belong. */
static size_t
slot_of(const struct intern *intern, const char *p, size_t n, uint64_t h)
{
	size_t slot = (size_t)h & (intern->n_slots - 1);

	while (intern->slots[slot] != 0) {
		const struct intern_entry *entry =
		    &intern->entries[intern->slots[slot] - 1];

		if (entry->hash == h && entry->n == n &&
		    memcmp(entry->p, p, n) == 0)
			break;
		slot = (slot + 1) & (intern->n_slots - 1);
	}
	return slot;
}

/* Twice as many slots and entries; the old ones stay in the arena. */
static void
grow(struct intern *intern)
{
	struct intern_entry *old = intern->entries;

	intern->n_slots =
	    intern->n_slots == 0 ? FIRST_SLOTS : 2 * intern->n_slots;
	intern->size = intern->n_slots / 2;
	intern->slots =
	    arena_array(intern->arena, intern->n_slots, sizeof(uint32_t));
	intern->entries =
	    arena_array(intern->arena, intern->size, sizeof(*old));
	if (intern->n > 0)
		memcpy(intern->entries, old, intern->n * sizeof(*old));
	for (size_t i = 0; i < intern->n; i++) {
		const struct intern_entry *entry = &intern->entries[i];

		intern
		    ->slots[slot_of(intern, entry->p, entry->n, entry->hash)] =
		    (uint32_t)(i + 1);
	}
}

size_t
intern_add(struct intern *intern, const char *p, size_t n)
{
	uint64_t h = hash(p, n);
	size_t slot;

	if (intern->n == intern->size)
		grow(intern);
	slot = slot_of(intern, p, n, h);
	if (intern->slots[slot] != 0)
		return intern->slots[slot] - 1;
	intern->entries[intern->n] =
	    (struct intern_entry){ arena_dup(intern->arena, p, n), n, h };
	intern->slots[slot] = (uint32_t)++intern->n;
	return intern->n - 1;
}

size_t
intern_find(const struct intern *intern, const char *p, size_t n)
{
	size_t slot;

	if (intern->n_slots == 0)
		return SIZE_MAX;
	slot = slot_of(intern, p, n, hash(p, n));
	return intern->slots[slot] == 0 ? SIZE_MAX : intern->slots[slot] - 1;
}
