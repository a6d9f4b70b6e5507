#ifndef DOSSIER_BASE_WIDTH_H
#define DOSSIER_BASE_WIDTH_H

#include <stddef.h>

/*
 * How many columns of a terminal a text takes, whatever the locale: none for
 * marks that combine with the letter before, two for wide letters and
 * pictures (East Asian Width W and F of Unicode Standard Annex 11, by block),
 * one for the rest.
 */

/* Columns of one code point: 0, 1 or 2. */
unsigned width_of(unsigned code);

/* Columns of n bytes of UTF-8; a byte that is no UTF-8 takes one. */
size_t width_of_text(const char *p, size_t n);

#endif
