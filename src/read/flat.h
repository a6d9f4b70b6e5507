#ifndef DOSSIER_READ_FLAT_H
#define DOSSIER_READ_FLAT_H

#include "base/text.h"
#include "read/value.h"

/*
 * A value tree as bytes, with the place of every value, so that it can be had
 * again without parsing the file it was read from.  First stand the strings of
 * the tree, how many and each once, in the order of first use: files of rules
 * say the same keys and words again and again.  Then the values, how many and
 * from the top down.  A value is a byte of flags, its line and column, in a
 * map the same of its key and the key, its text, and the number and bytes of
 * its children; keys and texts are numbers of strings.  Numbers are LEB128.
 */

/* Append the bytes of a tree. */
void flat_write(struct text *out, const struct value *tree);

/*
 * Make the tree of n bytes.  They are borrowed: texts and keys point into
 * them, equal ones to one place.  Values are in the arena and stand in the file of that name.  No
 * bytes can do harm: what flat_write() would not write gives NULL, and so do
 * limits that a reader keeps and characters that it refuses.
 */
struct value *flat_read(
    struct arena *arena, const char *p, size_t n, const char *file);

#endif
