#ifndef DOSSIER_INTAKE_TAKING_H
#define DOSSIER_INTAKE_TAKING_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "model/evidence.h"

/* What is needed, and kept, while the values of one file become fields. */
struct taking {
	struct arena *arena; /* of the fields */
	struct diag_list *diags;
	bool is_fragment;   /* keys that a record needs may be missing */
	unsigned n_guessed; /* "did you mean": costly, so they are counted */
};

/* How many unknown keys and words of a file get a suggestion. */
enum { TAKING_GUESSES = 50 };

/*
 * A suggestion for a word from n candidates, or NULL: none is near, or the
 * file has had its share.
 */
const char *taking_guess(struct taking *taking, const char *word,
    const char *const *candidates, size_t n);

/* Mark a field unusable; the finding is the caller's. */
void taking_refuse(struct field *field);

#endif
