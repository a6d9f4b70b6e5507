#ifndef DOSSIER_CHECK_NOISE_H
#define DOSSIER_CHECK_NOISE_H

#include "base/arena.h"
#include "check/words.h"

/*
 * Texts that were typed or pasted to fill a field: keys side by side, one
 * syllable again and again, letters without a vowel, gaps of a form, lorem
 * ipsum.  It errs on the side of silence: words of the languages of the Union
 * do not count, nor abbreviations in capitals.
 */

/* What of a form or a generator the words still hold, or NULL. */
const char *noise_leaving(const struct words *words);

/*
 * Why a text is noise, in words; NULL when it is not.  The words are those of
 * the text.
 */
const char *noise_of(
    struct arena *arena, const char *text, const struct words *words);

#endif
