#ifndef DOSSIER_BASE_NEAR_H
#define DOSSIER_BASE_NEAR_H

#include <stddef.h>

/*
 * "Did you mean": the one of n candidates nearest to the word, by edit
 * distance with transpositions (Damerau 1964, optimal string alignment),
 * or NULL when none is near: within a third of its length, at least 1 and at
 * most 3; a word of one or two letters has to begin alike.  Of equals the
 * first.
 */
const char *near_word(
    const char *word, const char *const candidates[], size_t n);

#endif
