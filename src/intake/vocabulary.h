#ifndef DOSSIER_INTAKE_VOCABULARY_H
#define DOSSIER_INTAKE_VOCABULARY_H

#include "base/file.h"
#include "model/term.h"

/*
 * The vocabulary read from schemas/vocabulary.yaml.  It decides what every
 * other part may call a key, so it is checked hard: a slip in it is an error
 * of the installation, never a guess.
 */

#define VOCABULARY_FILE "vocabulary.yaml"

/*
 * Read vocabulary.yaml beneath the folder of the schemas, or its compiled tree
 * where that is of just this file.  Everything in *out lives in the arena.  Return 0, or -1 with every slip in diags
 * (VOCABULARY and the reader's own).
 */
int vocabulary_load(struct vocabulary *out, struct arena *arena,
    const struct folder *schemas, struct diag_list *diags);

/*
 * The same from bytes that are in memory already, for a caller that wants
 * their digest.  The source is borrowed for as long as the vocabulary lives.
 */
int vocabulary_read(struct vocabulary *out, struct arena *arena,
    struct source *source, struct diag_list *diags);

/*
 * The term of a path from the top ("purpose.summary", for items of a list
 * "data_sets.name"), or NULL; "" is the top itself.
 */
const struct term *vocabulary_find(
    const struct vocabulary *vocabulary, const char *path);

/* The word of a type as the vocabulary writes it: "yes-no". */
const char *term_type_word(enum term_type type);

/* What a value of the type is called in a message: "yes or no", "a date". */
const char *term_type_noun(enum term_type type);

#endif
