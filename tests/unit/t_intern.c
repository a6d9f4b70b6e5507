#include <stdlib.h>

#include "base/intern.h"
#include "base/num.h"
#include "tap.h"

/* Interning: equal bytes, equal numbers, in the order of first sight. */

enum { MANY = 20000 };

static void
numbers_by_first_sight(void)
{
	struct arena arena = { 0 };
	struct intern intern = { .arena = &arena };

	CHECK_INT(intern_add(&intern, "female", 6), 0);
	CHECK_INT(intern_add(&intern, "male", 4), 1);
	CHECK_INT(intern_add(&intern, "female", 6), 0);
	CHECK_INT(intern_add(&intern, "fem", 3), 2);
	CHECK_INT(intern.n, 3);
	CHECK_STR(intern.entries[0].p, "female");
	CHECK_INT(intern.entries[0].n, 6);
	CHECK_STR(intern.entries[2].p, "fem");
	arena_free(&arena);
}

/* Bytes, not strings: length and NUL count, case does too. */
static void
compares_all_bytes(void)
{
	struct arena arena = { 0 };
	struct intern intern = { .arena = &arena };

	CHECK_INT(intern_add(&intern, "", 0), 0);
	CHECK_INT(intern_add(&intern, "\0", 1), 1);
	CHECK_INT(intern_add(&intern, "\0\0", 2), 2);
	CHECK_INT(intern_add(&intern, "a\0b", 3), 3);
	CHECK_INT(intern_add(&intern, "a\0c", 3), 4);
	CHECK_INT(intern_add(&intern, "A", 1), 5);
	CHECK_INT(intern_add(&intern, "a", 1), 6);
	CHECK_INT(intern_add(&intern, "", 0), 0);
	CHECK_INT(intern_add(&intern, "a\0b", 3), 3);
	arena_free(&arena);
}

/* Lengths around the 8 bytes that are hashed at once. */
static void
takes_every_length(void)
{
	static const char bytes[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	struct arena arena = { 0 };
	struct intern intern = { .arena = &arena };

	for (size_t n = 0; n < sizeof(bytes); n++)
		CHECK_INT(intern_add(&intern, bytes, n), n);
	for (size_t n = 0; n < sizeof(bytes); n++)
		CHECK_INT(intern_find(&intern, bytes, n), n);
	arena_free(&arena);
}

static void
finds_without_adding(void)
{
	struct arena arena = { 0 };
	struct intern intern = { .arena = &arena };

	CHECK(intern_find(&intern, "x", 1) == SIZE_MAX);
	intern_add(&intern, "y", 1);
	CHECK(intern_find(&intern, "x", 1) == SIZE_MAX);
	CHECK_INT(intern_find(&intern, "y", 1), 0);
	CHECK_INT(intern.n, 1);
	arena_free(&arena);
}

/* The caller's bytes are its own again after the call. */
static void
copies_what_it_keeps(void)
{
	struct arena arena = { 0 };
	struct intern intern = { .arena = &arena };
	char bytes[] = "female";

	intern_add(&intern, bytes, 6);
	memset(bytes, '#', 6);
	CHECK_STR(intern.entries[0].p, "female");
	CHECK(intern_find(&intern, bytes, 6) == SIZE_MAX);
	arena_free(&arena);
}

/* Numbers, entries and bytes stay through every growth of the table. */
static void
grows(void)
{
	struct arena arena = { 0 };
	struct intern intern = { .arena = &arena };
	size_t wrong = 0;
	char name[NUM_SIZE];

	for (size_t i = 0; i < MANY; i++) {
		num_write((double)i, name);
		wrong += intern_add(&intern, name, strlen(name)) != i;
	}
	for (size_t i = 0; i < MANY; i++) {
		num_write((double)i, name);
		wrong += intern_find(&intern, name, strlen(name)) != i;
		wrong += strcmp(intern.entries[i].p, name) != 0;
	}
	CHECK_INT(intern.n, MANY);
	CHECK_INT(wrong, 0);
	CHECK(intern.n_slots >= 2 * intern.n);
	arena_free(&arena);
}

int
main(void)
{
	numbers_by_first_sight();
	compares_all_bytes();
	takes_every_length();
	finds_without_adding();
	copies_what_it_keeps();
	grows();
	return tap_done();
}
