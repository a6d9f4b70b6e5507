#include "store/list.h"

#include <stdlib.h>
#include <string.h>

void *
list_add(void **items, size_t *n, size_t size)
{
	/* A power of two is full: double it. */
	if ((*n & (*n - 1)) == 0)
		*items = memory_grow(*items, *n > 0 ? 2 * *n : 1, size);
	return (char *)*items + size * (*n)++;
}

void *
list_keep(struct arena *arena, void *items, size_t n, size_t size)
{
	void *kept = arena_array(arena, n, size);

	if (n > 0)
		memcpy(kept, items, n * size);
	free(items);
	return kept;
}
