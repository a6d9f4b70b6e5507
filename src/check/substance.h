#ifndef DOSSIER_CHECK_SUBSTANCE_H
#define DOSSIER_CHECK_SUBSTANCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "check/words.h"
#include "model/evidence.h"

/*
 * Whether a text says something.  Length alone is a poor test, so what people
 * paste to pass one is looked for: placeholders, one word again and again,
 * lorem ipsum, the question or the vocabulary's example given back, and the
 * text of another field of the same record.
 */

/* The texts of one record, by what they say; made once a record. */
struct substance;

/* A text, as its words, and what else was found out about it. */
struct substance_text {
	const struct field *field;
	struct words words;
	const char *folded; /* in small letters; NULL until it is asked for */
	const char *noise;  /* why it is noise, once this was asked; or NULL */
	bool is_searched;   /* for noise */
};

struct substance_result {
	size_t words;
	const char *reason;  /* why it says too little; NULL when it does not */
	struct pos other;    /* of the text that it copies; file NULL */
	bool is_placeholder; /* counts as not provided */
	bool is_short;       /* the reason is the number of words alone */
};

/* Index the texts of a record in the arena. */
struct substance *substance_new(struct arena *arena, const struct field *top);

/* The texts and lines of the record, in their order. */
const struct substance_text *substance_texts(
    const struct substance *substance, size_t *n);

/* Why the i-th of them is noise (check/noise.h), or NULL. */
const char *substance_noise(struct substance *substance, size_t i);

/* One of them in small letters, as words_fold() gives it. */
const char *substance_folded(
    struct substance *substance, const struct field *field);

/* Judge a given text, or list of texts, that should have so many words. */
struct substance_result substance_of(
    struct substance *substance, const struct field *field, size_t words);

#endif
