#ifndef DOSSIER_PUBLISH_PUBLISH_H
#define DOSSIER_PUBLISH_PUBLISH_H

#include <stddef.h>

#include "base/diag.h"
#include "publish/pack.h"

/*
 * How a finished pack reaches its readers.  The output root holds
 *
 *	runs/NAME	finished packs, never changed again
 *	current		a link to runs/NAME of the newest, swapped by rename
 *	.staging-PID	the pack that a run is making
 *	lock		held by the one run that may write
 *
 * A reader of current sees the old pack or the new one, never a mixture,
 * whatever is killed or full: the new pack is made in staging, everything in
 * it is synced, and only then two renames make it visible.  What a killed run
 * leaves behind is swept by the next.
 */

struct publish {
	const char *name; /* the root as given, for messages; borrowed */
	int root;         /* folder descriptors; -1 when closed */
	int runs;
	int lock;
	int stage;
	char stage_name[32];
	char previous[PACK_NAME_SIZE]; /* pack before the swap, or "" */
};

/*
 * Open the output root, and make it where it is missing (mode 0750; the
 * process gets umask 027, so that what libraries create is not for others).
 * A root that is itself a symbolic link is refused: who can change the link
 * could send the packs elsewhere; the configuration shall name the folder.
 * path must outlive the structure and diags.  Return 0, or -1 with the reason
 * in diags; publish_close() is due in both cases.
 */
int publish_open(
    struct publish *publish, const char *path, struct diag_list *diags);

/*
 * Take the lock of the root, without waiting.  It ends with the process and
 * with its children, so no orphan of a killed run writes beside the next one.
 * Return 0; 1 with DIAG_LOCKED when another run holds it; -1 with the reason
 * in diags.
 */
int publish_lock(struct publish *publish, struct diag_list *diags);

/*
 * Sweep what killed runs left and make a fresh staging folder with the
 * folders of a pack in it; publish->stage is its descriptor, which worker
 * processes may share.  The lock must be held.  Return 0, or -1 with the
 * reason in diags.
 */
int publish_stage(struct publish *publish, struct diag_list *diags);

/*
 * Write a new file into the staging folder; path is below it, in folders that
 * exist.  Return 0, or -1 with the reason in diags.
 */
int publish_write(const struct publish *publish, const char *path,
    const void *p, size_t n, struct diag_list *diags);

/*
 * Make the staged pack runs/NAME, synced to the disk, and current a link to
 * it.  NAME has letters, digits, and . _ - inside.  A pack of that name with
 * the same bytes is used as it is: a run that was killed may be repeated.
 * Return 0; or -1 with the reason in diags, and current is as it was (unless
 * the disk failed to confirm the very last step).
 */
int publish_commit(
    struct publish *publish, const char *name, struct diag_list *diags);

/*
 * Remove the oldest packs until keep are left (at least 2); the current one
 * and the one before it always stay.  keep 0 removes nothing.  Return 0, or
 * -1 with the reason in diags; readers are not concerned by either.
 */
int publish_prune(
    struct publish *publish, size_t keep, struct diag_list *diags);

/* Throw the staged pack away, if there is one. */
void publish_abort(struct publish *publish);

/* Throw the staged pack away, give the lock back, close everything. */
void publish_close(struct publish *publish);

#endif
