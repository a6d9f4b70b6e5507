#include "model/term.h"

#include <string.h>

/* Compare a key of n bytes with a C string, as strcmp() does. */
static int
compare_key(const char *key, size_t n, const char *other)
{
	int order = strncmp(key, other, n);

	return order != 0 || other[n] == '\0' ? order : -1;
}

const struct term *
term_child(const struct term *section, const char *key, size_t n)
{
	size_t low = 0;
	size_t high = section->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare_key(key, n, section->keys[middle]);

		if (order == 0)
			return section->by_key[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
