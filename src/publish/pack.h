#ifndef DOSSIER_PUBLISH_PACK_H
#define DOSSIER_PUBLISH_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "base/arena.h"
#include "publish/listing.h"

/*
 * Finished packs: their names, their age, and whether two are the same.
 */

enum { PACK_NAME_SIZE = 65 };

/* A finished pack and when the last file was put into it. */
struct pack_entry {
	const char *name;
	struct timespec made;
};

/* Newest first; of the same moment, the higher name first. */
struct pack_list {
	struct pack_entry *packs;
	size_t n;
};

/* Whether a pack may have this name: letters, digits, and . _ - inside. */
bool pack_is_name(const char *name);

/* List the packs in the folder runs.  Return 0, or -1 with errno set. */
int pack_list(struct pack_list *out, struct arena *arena, int runs);

/*
 * Whether the folder a_dir, of which listed is the walk, and the folder b_dir
 * have the same files with the same bytes.  Return 1, 0, or -1 with errno set.
 */
int pack_same(int a_dir, const struct listing *listed, int b_dir);

#endif
