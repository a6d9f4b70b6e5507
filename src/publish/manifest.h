#ifndef DOSSIER_PUBLISH_MANIFEST_H
#define DOSSIER_PUBLISH_MANIFEST_H

#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/tree.h"

/*
 * The list of every file of a pack with its SHA-256, in the format of
 * sha256sum(1): `sha256sum -c MANIFEST.sha256` checks a pack anywhere, without
 * this program.
 */

#define MANIFEST_NAME "MANIFEST.sha256"

/* Files sorted by the bytes of their paths; the manifest itself is not one. */
struct manifest {
	struct tree_leaf *leaves;
	size_t n;
};

/*
 * Hash every file below the folder dir; name is what messages call the
 * folder.  Return 0, or -1 with the reason in diags: not readable, not a
 * regular file, or a name that the format cannot hold.
 */
int manifest_make(struct manifest *out, struct arena *arena, int dir,
    const char *name, struct diag_list *diags);

/*
 * Write the manifest as MANIFEST.sha256 into the folder dir, which must not
 * have one.  Return 0, or -1 with the reason in diags.
 */
int manifest_write(const struct manifest *manifest, int dir, const char *name,
    struct diag_list *diags);

/*
 * Compare the pack at path with its manifest.  Return 0 when they agree; 1
 * with an entry in diags for each file that is missing, changed or extra; -1
 * with the reason in diags when that cannot be told.
 */
int manifest_verify(const char *path, struct diag_list *diags);

#endif
