#ifndef DOSSIER_BASE_NEAR_H
#define DOSSIER_BASE_NEAR_H

#include <stddef.h>

#include "base/arena.h"

/*
 * "Did you mean": the one of n candidates nearest to the word, by edit
 * distance with transpositions (Damerau 1964, optimal string alignment),
 * or NULL when none is near: within a third of its length, at least 1 and at
 * most 3; a word of one or two letters has to begin alike.  Of equals the
 * first.  Where none is near, the first that the word, of four letters at
 * least, is the beginning of.
 */
const char *near_word(
    const char *word, const char *const candidates[], size_t n);

/*
 * What a message says behind a word that is none of these: "; did you mean
 * \"sex\"?", or, when none is near, "; there are sex, age and 3 more".
 */
const char *near_advice(struct arena *arena, const char *word,
    const char *const candidates[], size_t n);

#endif
