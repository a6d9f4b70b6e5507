#ifndef DOSSIER_READ_COMPILED_H
#define DOSSIER_READ_COMPILED_H

#include <stdint.h>

#include "base/file.h"
#include "base/text.h"
#include "read/value.h"

/*
 * Value trees kept beside the files they were made from, so that a start need
 * not parse what has not changed.  A tree is found by the SHA-256 of the file:
 * an edited one has none and is read as ever.  The file of trees is a help and
 * never a source: whatever is wrong with it, only time is lost.
 */

#define COMPILED_FILE ".compiled" /* hidden: it is no input */

/* Where a tree stands in the file, and by which file it was made. */
struct compiled_slot {
	unsigned char source[HASH_SIZE]; /* SHA-256 of the file */
	unsigned char tree[HASH_SIZE];   /* of the bytes of the tree */
	uint64_t offset;                 /* of these bytes */
	uint64_t size;
};

/* Trees of a folder, as they lie in the file. */
struct compiled {
	int fd; /* -1: there is none */
	uint64_t size;
	struct compiled_slot *slots; /* n */
	size_t n;
};

/*
 * Open the trees of a folder.  Without the file, or with one that another
 * version of the program wrote or that is damaged, there are none.
 */
void compiled_open(
    struct compiled *out, struct arena *arena, const struct folder *folder);

/* Close the file; the trees that were had stay. */
void compiled_close(struct compiled *compiled);

/*
 * The tree that was made of the file at the path as it is now, in the arena;
 * NULL when there is none or it is damaged, or the file cannot be read.
 */
struct value *compiled_tree(const struct compiled *compiled,
    struct arena *arena, const struct folder *folder, const char *path);

/* Trees on their way into a file. */
struct compilation {
	struct arena *arena;
	struct compiled_slot *slots;
	size_t n;
	size_t room;
	struct text trees; /* released by compilation_free() */
};

/* Add the tree that was made of a source. */
void compilation_add(struct compilation *compilation,
    const struct source *source, const struct value *tree);

/*
 * Write the trees into the folder, in one step: who reads it meanwhile has the
 * old ones or the new ones.  Return 0, or -1 with the reason in diags.
 */
int compilation_write(const struct compilation *compilation,
    const struct folder *folder, struct diag_list *diags);

/* Release the bytes; the arena is the caller's. */
void compilation_free(struct compilation *compilation);

#endif
