#ifndef DOSSIER_BASE_ARENA_H
#define DOSSIER_BASE_ARENA_H

#include <stddef.h>

/*
 * Memory that goes in one piece.  Everything that belongs to a model under
 * review is carved from one arena and released by one arena_free().
 * Allocation never fails for the caller: out of memory, the program says so
 * and ends (status 5), which is safe because nothing is visible before the
 * swap.
 */
struct arena {
	struct arena_block *head; /* newest block, private */
	size_t total;             /* bytes handed out so far */
};

/* Zeroed memory of n bytes, aligned for any object; n may be 0. */
void *arena_alloc(struct arena *arena, size_t n);

/* Zeroed memory for n objects of the given size; the product is checked. */
void *arena_array(struct arena *arena, size_t n, size_t size);

/*
 * Room for one more than n objects of the given size, of which there is room
 * for *room (0 at first): where they are, moved to twice the room when it is
 * full.
 */
void *arena_room(
    struct arena *arena, void *items, size_t n, size_t *room, size_t size);

/* Copy n bytes and end them with a NUL. */
char *arena_dup(struct arena *arena, const char *p, size_t n);

/* Copy a C string. */
char *arena_str(struct arena *arena, const char *s);

/* A C string made as by printf. */
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Release everything; the arena is empty and may be used again. */
void arena_free(struct arena *arena);

/*
 * Grow a heap block to n objects of the given size, as realloc does, ending
 * the program when that cannot be had.  The caller frees the result.
 */
void *memory_grow(void *p, size_t n, size_t size);

/*
 * Zeroed memory for n objects, for the caller to free.  Much of it comes in
 * large pages where the system has them: it may be read in any order.
 */
void *memory_zeroed(size_t n, size_t size);

/*
 * Say that memory has run out and end the program (status 5).  For a library
 * that reports it in its own way; allocation here does it by itself.
 */
_Noreturn void memory_exhausted(void);

#endif
