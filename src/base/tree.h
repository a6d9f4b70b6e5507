#ifndef DOSSIER_BASE_TREE_H
#define DOSSIER_BASE_TREE_H

#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"

/*
 * One hash for many things: the Merkle tree hash of RFC 6962, section 2.1.
 * A leaf is SHA-256(0x00, bytes), a node SHA-256(0x01, left, right), the tree
 * of nothing SHA-256().  A whole list is proved by one line of text, and one
 * item of it without the others.
 */
struct tree {
	unsigned char stack[64][HASH_SIZE]; /* whole subtrees, private */
	uint64_t n;                         /* leaves so far */
};

/* A file as the tree of a run sees it; strings are borrowed. */
struct tree_leaf {
	const char *path;
	unsigned long long bytes;
	char sha256[HASH_HEX_SIZE];
};

/* Add a leaf of n bytes to the tree, which begins as { 0 }. */
void tree_add(struct tree *tree, const void *p, size_t n);

/* The hash of the leaves so far; more may follow. */
void tree_end(const struct tree *tree, unsigned char out[HASH_SIZE]);

/*
 * The tree hash of n files, in hexadecimal.  The leaf of a file is the text
 * "SHA256 BYTES PATH", and leaves are in the order of the bytes of the path,
 * so the order of the array does not matter.  A path counts once.
 */
void tree_root(
    const struct tree_leaf *leaves, size_t n, char out[HASH_HEX_SIZE]);

/* Sort n files by path and keep one of each.  Return how many are left. */
size_t tree_sort(struct tree_leaf *leaves, size_t n);

/* Compare two files by the bytes of their paths, as qsort() asks. */
int tree_leaf_compare(const void *a, const void *b);

#endif
