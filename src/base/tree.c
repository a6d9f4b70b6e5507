#include "base/tree.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum { MARK_LEAF = 0, MARK_NODE = 1 };

/* Hash two subtrees into one; out may be either of them. */
static void
join(const unsigned char left[HASH_SIZE], const unsigned char right[HASH_SIZE],
    unsigned char out[HASH_SIZE])
{
	unsigned char node[1 + 2 * HASH_SIZE];

	node[0] = MARK_NODE;
	memcpy(node + 1, left, HASH_SIZE);
	memcpy(node + 1 + HASH_SIZE, right, HASH_SIZE);
	hash_bytes(node, sizeof(node), out);
}

/* How many whole subtrees n leaves make: one for each bit that is set. */
static unsigned
subtrees(uint64_t n)
{
	unsigned count = 0;

	for (; n > 0; n &= n - 1)
		count++;
	return count;
}

void
tree_add(struct tree *tree, const void *p, size_t n)
{
	struct text leaf = { 0 };
	unsigned top = subtrees(tree->n);

	assert(tree->n < UINT64_MAX);
	text_putc(&leaf, MARK_LEAF);
	text_put(&leaf, p, n);
	hash_bytes(leaf.p, leaf.n, tree->stack[top]);
	text_free(&leaf);
	/* Each trailing one of the count is a subtree of the same size. */
	for (uint64_t size = tree->n++; (size & 1) != 0; size >>= 1) {
		join(tree->stack[top - 1], tree->stack[top],
		    tree->stack[top - 1]);
		top--;
	}
}

void
tree_end(const struct tree *tree, unsigned char out[HASH_SIZE])
{
	unsigned i = subtrees(tree->n);

	if (i == 0) {
		hash_bytes("", 0, out);
		return;
	}
	memcpy(out, tree->stack[--i], HASH_SIZE);
	while (i > 0)
		join(tree->stack[--i], out, out);
}

int
tree_leaf_compare(const void *a, const void *b)
{
	const struct tree_leaf *left = a;
	const struct tree_leaf *right = b;

	return strcmp(left->path, right->path);
}

size_t
tree_sort(struct tree_leaf *leaves, size_t n)
{
	size_t kept = 0;

	if (n > 0)
		qsort(leaves, n, sizeof(*leaves), tree_leaf_compare);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || tree_leaf_compare(&leaves[kept - 1], &leaves[i]))
			leaves[kept++] = leaves[i];
	return kept;
}

void
tree_root(const struct tree_leaf *leaves, size_t n, char out[HASH_HEX_SIZE])
{
	unsigned char hash[HASH_SIZE];
	struct tree_leaf *sorted = memory_grow(NULL, n, sizeof(*sorted));
	struct tree tree = { 0 };
	struct text line = { 0 };

	if (n > 0)
		memcpy(sorted, leaves, n * sizeof(*sorted));
	n = tree_sort(sorted, n);
	for (size_t i = 0; i < n; i++) {
		text_clear(&line);
		text_printf(&line, "%s %llu %s", sorted[i].sha256,
		    sorted[i].bytes, sorted[i].path);
		tree_add(&tree, line.p, line.n);
	}
	tree_end(&tree, hash);
	hash_write(hash, out);
	text_free(&line);
	free(sorted);
}
