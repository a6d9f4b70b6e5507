#include "read/flat.h"

#include "sound.h"

/*
 * Any bytes are a tree or none; and a tree that was read, written and read
 * again is the same.
 */
int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct fuzz fuzz;
	struct text once = { 0 }, twice = { 0 };
	const struct value *value;

	fuzz_begin(&fuzz, p, n);
	value = flat_read(&fuzz.arena, fuzz.bytes, n, "in");
	if (value != NULL) {
		flat_write(&once, value);
		value = flat_read(&fuzz.arena, once.p, once.n, "in");
		MUST(value != NULL);
		flat_write(&twice, value);
		MUST(once.n == twice.n);
		MUST(memcmp(once.p, twice.p, once.n) == 0);
	}
	text_free(&once);
	text_free(&twice);
	fuzz_end(&fuzz);
	return 0;
}
