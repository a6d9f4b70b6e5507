#define _DEFAULT_SOURCE /* madvise() */
#include "base/arena.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define SANITIZED
#endif

/*
 * The leak checker looks for pointers in what malloc() gave, not in mapped
 * memory: without a word it takes every block behind a huge one for lost.
 */
#ifdef SANITIZED
#include <sanitizer/lsan_interface.h>
#define show_to_leak_checker(p, n) __lsan_register_root_region(p, n)
#define hide_from_leak_checker(p, n) __lsan_unregister_root_region(p, n)
#else
#define show_to_leak_checker(p, n) ((void)0)
#define hide_from_leak_checker(p, n) ((void)0)
#endif

/*
 * A small arena grows by small blocks.  One that has become large grows by
 * huge pages, where the system has them: to touch 512 pages one by one costs
 * ten times as much as to read into them what parsing takes.
 */
enum {
	BLOCK_SIZE = 64 * 1024,
	PAGE_HUGE = 2 * 1024 * 1024,
	LARGE_ARENA = 512 * 1024,
	STATUS_INTERNAL = 5
};

struct arena_block {
	struct arena_block *next;
	size_t size;
	size_t used;
	size_t mapped; /* bytes, of a block that is no malloc's; or 0 */
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

/* Zeroed memory of n bytes, whole huge pages; or NULL. */
static void *
map_huge(size_t n)
{
	const int access = PROT_READ | PROT_WRITE;
	const int flags = MAP_PRIVATE | MAP_ANONYMOUS;
	char *p = mmap(NULL, n + PAGE_HUGE, access, flags, -1, 0);
	size_t before;

	if (p == MAP_FAILED)
		return NULL;
	before = (PAGE_HUGE - (uintptr_t)p % PAGE_HUGE) % PAGE_HUGE;
	if (before > 0)
		munmap(p, before);
	munmap(p + before + n, PAGE_HUGE - before);
	madvise(p + before, n, MADV_HUGEPAGE); /* or as small ones */
	return p + before;
}

/* A block for need bytes of data in huge pages, or NULL. */
static struct arena_block *
huge_block(size_t need)
{
	struct arena_block *block;
	size_t n = need + sizeof(*block);

	if (n > SIZE_MAX - 2 * (size_t)PAGE_HUGE)
		return NULL;
	n = (n + PAGE_HUGE - 1) / PAGE_HUGE * PAGE_HUGE;
	block = map_huge(n);
	if (block == NULL)
		return NULL;
	block->mapped = n;
	block->size = n - sizeof(*block);
	show_to_leak_checker(block, n);
	return block;
}

static void
release_block(struct arena_block *block)
{
	if (block->mapped == 0) {
		free(block);
		return;
	}
	hide_from_leak_checker(block, block->mapped);
	munmap(block, block->mapped);
}

static struct arena_block *
small_block(size_t need)
{
	size_t size = need > BLOCK_SIZE ? need : BLOCK_SIZE;
	struct arena_block *block = calloc(1, sizeof(*block) + size);

	if (block != NULL)
		block->size = size;
	return block;
}

static struct arena_block *
add_block(struct arena *arena, size_t need)
{
	struct arena_block *block = NULL;

	if (need > SIZE_MAX - sizeof(*block))
		memory_exhausted();
	if (arena->total + need > LARGE_ARENA)
		block = huge_block(need);
	if (block == NULL)
		block = small_block(need);
	if (block == NULL)
		memory_exhausted();
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
	return p;
}

void *
arena_array(struct arena *arena, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		memory_exhausted();
	return arena_alloc(arena, n * size);
}

void *
arena_room(
    struct arena *arena, void *items, size_t n, size_t *room, size_t size)
{
	enum { FIRST = 64 };
	void *more;

	if (n < *room)
		return items;
	*room = *room > 0 ? 2 * *room : FIRST;
	more = arena_array(arena, *room, size);
	if (n > 0)
		memcpy(more, items, n * size);
	return more;
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
		release_block(block);
	}
	arena->total = 0;
}

void *
memory_zeroed(size_t n, size_t size)
{
	char *p = calloc(n > 0 ? n : 1, size > 0 ? size : 1);
	size_t before, whole;

	if (p == NULL)
		memory_exhausted();
	before = (PAGE_HUGE - (uintptr_t)p % PAGE_HUGE) % PAGE_HUGE;
	if (n * size >= 2 * (size_t)PAGE_HUGE) {
		whole = (n * size - before) / PAGE_HUGE * PAGE_HUGE;
		madvise(p + before, whole, MADV_HUGEPAGE);
	}
	return p;
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
