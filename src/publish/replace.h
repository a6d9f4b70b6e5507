#ifndef DOSSIER_PUBLISH_REPLACE_H
#define DOSSIER_PUBLISH_REPLACE_H

#include <stddef.h>

#include "base/diag.h"

/*
 * One file that a user names for output.  It is made beside its place under
 * another name and renamed when it is whole, so that a reader sees the old
 * file or the new one; a pipe or a device is written as it is.
 */
struct replacement {
	const char *path; /* as given, for messages; borrowed */
	char *real;       /* where it goes; owned */
	char *temporary; /* what is written, or NULL: the place itself; owned */
	int fd;          /* -1 when closed */
};

/*
 * Begin the file at path, which must outlive the structure and diags.  Return
 * 0, or -1 with the reason in diags; replace_close() is due in both cases.
 */
int replace_open(
    struct replacement *replacement, const char *path, struct diag_list *diags);

/* Append n bytes.  Return 0, or -1 with the reason in diags. */
int replace_write(struct replacement *replacement, const void *p, size_t n,
    struct diag_list *diags);

/*
 * Sync what was written to the disk: all that can fail for want of room is
 * done.  Return 0, or -1 with the reason in diags.
 */
int replace_finish(struct replacement *replacement, struct diag_list *diags);

/* Put the finished file in its place.  Return 0, or -1 as above. */
int replace_commit(struct replacement *replacement, struct diag_list *diags);

/* Throw away what was not committed; release everything. */
void replace_close(struct replacement *replacement);

/*
 * Put n bytes in the place of the file at path, all of them or none.  Return
 * 0, or -1 with the reason in diags.
 */
int replace_file(
    const char *path, const void *p, size_t n, struct diag_list *diags);

#endif
