#ifndef DOSSIER_INTAKE_WALK_H
#define DOSSIER_INTAKE_WALK_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "model/evidence.h"
#include "read/value.h"

/*
 * A tree of values against the vocabulary: what is well typed becomes a
 * field, what is not becomes a finding and an unusable field.  One pass; each
 * key is looked up once by bisection.  Fields of a section stand in the order
 * of the vocabulary, whatever the order of the file.
 */

struct walk {
	struct arena *arena; /* of the fields */
	struct diag_list *diags;
	bool is_fragment;   /* keys that a record needs may be missing */
	unsigned n_guessed; /* "did you mean": costly, so they are counted */
};

/* How many unknown keys and words of a file get a suggestion. */
enum { WALK_GUESSES = 200 };

/*
 * The fields of a map by the terms of a section; the field of the section
 * itself is returned, in the arena, and borrows texts from the values.  A
 * value that is no map gives an empty section and a finding.
 */
struct field *walk_section(
    struct walk *walk, const struct term *section, const struct value *map);

/* The same for a list by the term of a list; its path is the term's own. */
struct field *walk_list(
    struct walk *walk, const struct term *list, const struct value *values);

/*
 * A suggestion for a word from n candidates, or NULL: none is near, or the
 * file has had its share.
 */
const char *walk_guess(struct walk *walk, const char *word,
    const char *const *candidates, size_t n);

/* Mark a field unusable; the finding is the caller's. */
void walk_refuse(struct field *field);

#endif
