#include "base/arena.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 64 * 1024, STATUS_INTERNAL = 5 };

struct arena_block {
	struct arena_block *next;
	size_t size;
	size_t used;
	max_align_t data[];
};

/* The one place where the program ends for want of memory. */
_Noreturn void
memory_exhausted(void)
{
	fputs("dossier: out of memory\n", stderr);
	_Exit(STATUS_INTERNAL);
}

static size_t
align_up(size_t n)
{
	const size_t unit = sizeof(max_align_t);

	if (n > SIZE_MAX - unit)
		memory_exhausted();
	return (n + unit - 1) / unit * unit;
}

static struct arena_block *
add_block(struct arena *arena, size_t need)
{
	size_t size = need > BLOCK_SIZE ? need : BLOCK_SIZE;
	struct arena_block *block;

	if (size > SIZE_MAX - sizeof(*block))
		memory_exhausted();
	block = malloc(sizeof(*block) + size);
	if (block == NULL)
		memory_exhausted();
	block->size = size;
	block->used = 0;
	block->next = arena->head;
	arena->head = block;
	return block;
}

void *
arena_alloc(struct arena *arena, size_t n)
{
	size_t need = align_up(n > 0 ? n : 1);
	struct arena_block *block = arena->head;
	char *p;

	if (block == NULL || block->size - block->used < need)
		block = add_block(arena, need);
	p = (char *)block->data + block->used;
	block->used += need;
	arena->total += need;
	memset(p, 0, need);
	return p;
}

void *
arena_array(struct arena *arena, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		memory_exhausted();
	return arena_alloc(arena, n * size);
}

char *
arena_dup(struct arena *arena, const char *p, size_t n)
{
	char *copy;

	if (n == SIZE_MAX)
		memory_exhausted();
	copy = arena_alloc(arena, n + 1);
	if (n > 0)
		memcpy(copy, p, n);
	return copy;
}

char *
arena_str(struct arena *arena, const char *s)
{
	return arena_dup(arena, s, strlen(s));
}

char *
arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *s;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0)
		memory_exhausted();
	s = arena_alloc(arena, (size_t)n + 1);
	va_start(args, format);
	vsnprintf(s, (size_t)n + 1, format, args);
	va_end(args);
	return s;
}

void
arena_free(struct arena *arena)
{
	while (arena->head != NULL) {
		struct arena_block *block = arena->head;

		arena->head = block->next;
		free(block);
	}
	arena->total = 0;
}

void *
memory_grow(void *p, size_t n, size_t size)
{
	void *grown;

	if (size != 0 && n > SIZE_MAX / size)
		memory_exhausted();
	grown = realloc(p, n * size > 0 ? n * size : 1);
	if (grown == NULL)
		memory_exhausted();
	return grown;
}
