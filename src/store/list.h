#ifndef DOSSIER_STORE_LIST_H
#define DOSSIER_STORE_LIST_H

#include <stddef.h>

#include "base/arena.h"

/* A list that grows on the heap and ends in an arena; it begins NULL. */

/* Make room for one item more, and return it. */
void *list_add(void **items, size_t *n, size_t size);

/* Move the list into the arena and free it. */
void *list_keep(struct arena *arena, void *items, size_t n, size_t size);

#endif
