#ifndef DOSSIER_PUBLISH_LISTING_H
#define DOSSIER_PUBLISH_LISTING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"

/*
 * Everything below a folder, in one sorted list: what is hashed, synced,
 * compared and removed is always the same list.  No link is followed.
 */

enum listing_kind {
	LISTING_FILE,
	LISTING_FOLDER,
	LISTING_OTHER /* link, FIFO, socket, device: never ours */
};

struct listing_entry {
	const char *path; /* below the folder; the arena's */
	enum listing_kind kind;
	unsigned long long bytes; /* LISTING_FILE */
};

/* Sorted by the bytes of the path, so a folder stands before its content. */
struct listing {
	struct listing_entry *entries;
	size_t n;
};

/*
 * List what stands in the folder dir itself.  Return 0, or -1 with errno set.
 */
int listing_top(struct listing *out, struct arena *arena, int dir);

/*
 * List everything below the folder dir.  Return 0, or -1 with errno set: not
 * readable, or nested deeper than 64 folders (ELOOP).
 */
int listing_read(struct listing *out, struct arena *arena, int dir);

/*
 * Open a file or folder of a walk for reading; no link is followed.  Return a
 * descriptor, or -1 with errno set.
 */
int listing_open(int dir, const struct listing_entry *entry);

/*
 * Remove dir/name with everything below it; that it is not there is fine.
 * Return 0, or -1 with errno set.
 */
int listing_remove(int dir, const char *name);

#endif
