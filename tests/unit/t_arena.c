#include "base/arena.h"

#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tap.h"

static bool
is_zero(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] != 0)
			return false;
	return true;
}

static void
gives_zeroed_aligned_memory(void)
{
	struct arena arena = { 0 };
	bool zero = true, aligned = true;

	for (size_t n = 0; n < 3000; n += 7) {
		char *p = arena_alloc(&arena, n);

		zero = zero && is_zero(p, n);
		aligned = aligned && (uintptr_t)p % _Alignof(max_align_t) == 0;
		memset(p, 0xff, n);
	}
	CHECK(zero);
	CHECK(aligned);
	arena_free(&arena);
	CHECK(is_zero(arena_alloc(&arena, 4096), 4096));
	arena_free(&arena);
}

static void
keeps_allocations_apart(void)
{
	struct arena arena = { 0 };
	char *p[100];
	bool kept = true;

	for (int i = 0; i < 100; i++) {
		p[i] = arena_alloc(&arena, 1000);
		memset(p[i], i, 1000);
	}
	for (int i = 0; i < 100; i++)
		kept = kept && p[i][0] == i && p[i][999] == i;
	CHECK(kept);
	arena_free(&arena);
}

static void
takes_more_than_a_block(void)
{
	struct arena arena = { 0 };
	const size_t n = 10 * 1024 * 1024;
	char *large = arena_alloc(&arena, n);
	char *small = arena_alloc(&arena, 8);

	memset(large, 1, n);
	small[0] = 2;
	CHECK(large[n - 1] == 1);
	CHECK(arena.total >= n + 8);
	arena_free(&arena);
	CHECK_INT(arena.total, 0);
	CHECK(arena.head == NULL);
}

/* Beyond a size an arena grows by other blocks: the promises are the same. */
static void
keeps_its_promises_when_large(void)
{
	enum { N = 3000, SIZE = 1501 };
	static char *p[N];
	struct arena arena = { 0 };
	bool zero = true, aligned = true, kept = true;

	for (size_t round = 0; round < 2; round++) {
		for (size_t i = 0; i < N; i++) {
			p[i] = arena_alloc(&arena, SIZE);
			zero = zero && is_zero(p[i], SIZE);
			aligned = aligned &&
			    (uintptr_t)p[i] % _Alignof(max_align_t) == 0;
			memset(p[i], (int)(i % 251) + 1, SIZE);
		}
		for (size_t i = 0; i < N; i++)
			kept = kept && p[i][0] == (char)(i % 251 + 1) &&
			    p[i][SIZE - 1] == (char)(i % 251 + 1);
		CHECK(arena.total >= (size_t)N * SIZE);
		arena_free(&arena);
		CHECK(arena.head == NULL);
	}
	CHECK(zero);
	CHECK(aligned);
	CHECK(kept);
}

/* Sizes about those at which a block of another kind is taken. */
static void
takes_any_size(void)
{
	const size_t edges[] = { 64 * 1024, 512 * 1024, 2 * 1024 * 1024,
		4 * 1024 * 1024 };
	bool zero = true;

	for (size_t i = 0; i < sizeof(edges) / sizeof(edges[0]); i++) {
		for (size_t less = 0; less < 100; less += 9) {
			struct arena arena = { 0 };
			size_t n = edges[i] + 30 - less;
			char *first = arena_alloc(&arena, n);
			char *second = arena_alloc(&arena, n);

			memset(first, 0xff, n);
			zero = zero && is_zero(second, n);
			memset(second, 0xff, n);
			arena_free(&arena);
		}
	}
	CHECK(zero);
}

static void
copies_strings(void)
{
	struct arena arena = { 0 };
	const char raw[] = { 'a', '\0', 'b' };
	char *copy = arena_dup(&arena, raw, sizeof(raw));

	CHECK(memcmp(copy, "a\0b", 4) == 0);
	CHECK_STR(arena_dup(&arena, "abc", 2), "ab");
	CHECK_STR(arena_dup(&arena, NULL, 0), "");
	CHECK_STR(arena_str(&arena, "x y"), "x y");
	CHECK_STR(arena_printf(&arena, "%d%%-%s", 7, "z"), "7%-z");
	CHECK_STR(arena_printf(&arena, "%s", ""), "");
	CHECK_INT(strlen(arena_printf(&arena, "%100000d", 1)), 100000);
	arena_free(&arena);
}

static void
grows_memory(void)
{
	int *p = memory_grow(NULL, 4, sizeof(*p));

	p[3] = 11;
	p = memory_grow(p, 100000, sizeof(*p));
	CHECK_INT(p[3], 11);
	p[99999] = 1;
	p = memory_grow(p, 0, sizeof(*p));
	CHECK(p != NULL);
	free(p);
}

static void
array_too_large(void)
{
	struct arena arena = { 0 };

	arena_array(&arena, SIZE_MAX / 4, 8);
}

static void
alloc_too_large(void)
{
	struct arena arena = { 0 };

	arena_alloc(&arena, SIZE_MAX - 2);
}

static void
grow_too_large(void)
{
	memory_grow(NULL, SIZE_MAX / 2, 4);
}

/* The exit status of a child that calls f with standard error closed. */
static int
status_of(void (*f)(void))
{
	int status = 0;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		close(STDERR_FILENO);
		f();
		_Exit(0);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Products and sums that overflow never give a block that is too small. */
static void
ends_when_memory_is_out(void)
{
	CHECK_INT(status_of(array_too_large), 5);
	CHECK_INT(status_of(alloc_too_large), 5);
	CHECK_INT(status_of(grow_too_large), 5);
	CHECK_INT(status_of(memory_exhausted), 5);
}

int
main(void)
{
	gives_zeroed_aligned_memory();
	keeps_allocations_apart();
	takes_more_than_a_block();
	keeps_its_promises_when_large();
	takes_any_size();
	copies_strings();
	grows_memory();
	ends_when_memory_is_out();
	return tap_done();
}
