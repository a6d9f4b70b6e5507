#ifndef DOSSIER_CHECK_PATH_H
#define DOSSIER_CHECK_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "model/evidence.h"
#include "model/term.h"

/*
 * A dotted path of a rule, compiled to terms of the vocabulary when the rule
 * is read, so that a misspelt key is an error of the rule file and walking a
 * record compares pointers.  Inside `each` a path starts at the item; "/a.b"
 * starts at the top, and "." is the item itself.
 */
struct path {
	const char *text; /* as written */
	const struct term *const *steps;
	/* For each step the item that is meant of a list; or NULL: none. */
	const struct selector *selectors;
	size_t n;
	bool is_absolute;
	const struct term *term; /* what it names */
};

/*
 * The item of a list whose key says the same as another field:
 * "/data_sets[name=data_set].records" is the number of records of the data
 * set that the item in hand names.
 */
struct selector {
	const struct term *key; /* NULL: the list itself is meant */
	const struct path *value;
};

/* Where paths may start: at the top, and inside `each` at an item. */
struct path_scope {
	const struct vocabulary *vocabulary;
	const struct term *item; /* the list's term, or NULL at the top */
	bool through_lists;      /* a path may go on below a list */
};

/* What a path leads to in a record. */
struct sight {
	/*
	 * The field; or the ancestor that answers for it with none, not
	 * applicable, a placeholder or something unusable; or NULL.
	 */
	const struct field *field;
	const struct field *nearest; /* deepest ancestor on file; never NULL */
	size_t depth;                /* steps taken to nearest */
};

/*
 * Compile a path.  Return 0, or -1 with the reason and the nearest key in
 * diags, which may be NULL where one only asks.  A path may end at a list but
 * not go through one, unless it selects an item or the scope lets it: that is
 * what `each` is for.
 */
int path_compile(struct path *out, struct arena *arena,
    const struct path_scope *scope, const char *text, struct pos pos,
    struct diag_list *diags);

/* Follow a path from the top of a record, or from an item of one. */
struct sight path_follow(
    const struct path *path, const struct field *top, const struct field *item);

/*
 * The path with the indices of the record: "data_sets[2].name"; of a field
 * that is absent, that of its nearest ancestor and the keys below.
 */
const char *path_show(
    struct arena *arena, const struct path *path, const struct sight *sight);

#endif
