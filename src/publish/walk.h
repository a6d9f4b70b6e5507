#ifndef DOSSIER_PUBLISH_WALK_H
#define DOSSIER_PUBLISH_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"

/*
 * Everything below a folder, in one sorted list: what is hashed, synced,
 * compared and removed is always the same list.  No link is followed.
 */

enum walk_kind {
	WALK_FILE,
	WALK_FOLDER,
	WALK_OTHER /* link, FIFO, socket, device: never ours */
};

struct walk_entry {
	const char *path; /* below the folder; the arena's */
	enum walk_kind kind;
	unsigned long long bytes; /* WALK_FILE */
};

/* Sorted by the bytes of the path, so a folder stands before its content. */
struct walk {
	struct walk_entry *entries;
	size_t n;
};

/*
 * List what stands in the folder dir itself.  Return 0, or -1 with errno set.
 */
int walk_list(struct walk *out, struct arena *arena, int dir);

/*
 * List everything below the folder dir.  Return 0, or -1 with errno set: not
 * readable, or nested deeper than 64 folders (ELOOP).
 */
int walk_read(struct walk *out, struct arena *arena, int dir);

/*
 * Open a file or folder of a walk for reading; no link is followed.  Return a
 * descriptor, or -1 with errno set.
 */
int walk_open(int dir, const struct walk_entry *entry);

/*
 * Remove dir/name with everything below it; that it is not there is fine.
 * Return 0, or -1 with errno set.
 */
int walk_remove(int dir, const char *name);

#endif
