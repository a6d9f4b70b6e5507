#ifndef DOSSIER_CHECK_WORDS_H
#define DOSSIER_CHECK_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/*
 * A text as its words: what two texts that say the same have in common,
 * whatever their case, spacing and punctuation.
 */
struct words {
	const char *plain;      /* lower case, one space between words */
	const uint64_t *hashes; /* one a word, in order */
	size_t n;
};

/*
 * Split a UTF-8 text.  A word is a run of letters, digits and marks, with
 * apostrophes and hyphens within, that has at least one letter and is not one
 * letter again and again; each ideograph and kana is a word.
 */
struct words words_of(struct arena *arena, const char *text);

/* How many words a text has. */
size_t words_count(const char *text);

/*
 * The text in small letters, where that is a matter of one bit: ASCII and
 * Latin-1.  Each byte stays where it was.
 */
const char *words_fold(struct arena *arena, const char *text);

/* A hash of all words in their order. */
uint64_t words_hash(const struct words *words);

/* Whether the words of part stand in whole, in their order, side by side. */
bool words_contain(const struct words *whole, const struct words *part);

/* The most frequent word's count, and how many different words there are. */
void words_spread(struct arena *arena, const struct words *words, size_t *most,
    size_t *different);

#endif
