#ifndef DOSSIER_BASE_NUM_H
#define DOSSIER_BASE_NUM_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Numbers as text, without a locale: the whole string or nothing.
 */

enum { NUM_SIZE = 32 }; /* room for any number written here, with its NUL */

/*
 * Read n bytes as a finite decimal number: [+-]digits[.digits][e[+-]digits].
 * No blanks, no hexadecimal, no "nan" or "inf", no overflow.
 */
bool num_read(const char *p, size_t n, double *out);

/* Read n bytes as a whole number from 0 to 2^53; digits only. */
bool num_read_count(const char *p, size_t n, unsigned long long *out);

/* Shortest decimal that reads back to the same double; whole numbers bare. */
void num_write(double value, char out[NUM_SIZE]);

/*
 * Write with a fixed number of decimals (0 to 12), rounding half away from
 * zero on the decimal value, with "-" for minus; from 1e15 on as num_write().
 */
void num_write_fixed(double value, unsigned decimals, char out[NUM_SIZE]);

#endif
