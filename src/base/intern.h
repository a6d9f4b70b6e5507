#ifndef DOSSIER_BASE_INTERN_H
#define DOSSIER_BASE_INTERN_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/*
 * Interning: every distinct string of bytes gets a number, counted from 0 in
 * the order of first sight.  A hash table with open addressing, so that a
 * column of 1,000 groups costs about as much a row as one of 2.
 */
struct intern_entry {
	const char *p; /* n bytes and a NUL; the arena's */
	size_t n;
	uint64_t hash;
};

/* Set arena and zero the rest. */
struct intern {
	struct arena *arena;
	struct intern_entry *entries;
	size_t n;
	size_t size;     /* of entries */
	uint32_t *slots; /* 0, or number + 1 */
	size_t n_slots;  /* a power of 2, or 0 */
};

/*
 * The number of n bytes, which are copied when seen for the first time; a new
 * one is equal to the n of before.
 */
size_t intern_add(struct intern *intern, const char *p, size_t n);

/* The number of n bytes, or SIZE_MAX when they have none. */
size_t intern_find(const struct intern *intern, const char *p, size_t n);

#endif
