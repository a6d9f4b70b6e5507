#ifndef DOSSIER_MEASURE_LINEAR_H
#define DOSSIER_MEASURE_LINEAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Which unknowns a set of linear equations settles, whatever their right-hand
 * sides are: those whose unit vector lies in the span of the rows.  The
 * arithmetic is that of the integers modulo the prime 2^31 - 1, exact and the
 * same everywhere; for coefficients of 0, 1 and -1 an answer could differ
 * from that of the rationals only where a minor of the matrix is a multiple
 * of the prime.
 */
struct linear {
	size_t rows, columns;
	uint32_t *cells; /* rows * columns, row by row; below the prime */
};

#define LINEAR_PLUS UINT32_C(1)
#define LINEAR_MINUS UINT32_C(2147483646) /* the prime minus 1 */

/*
 * Reduce the matrix in place (Gauss and Jordan) and mark each settled column;
 * settled has room for them all.  The time is rows * rows * columns at most.
 */
void linear_settled(struct linear *m, bool settled[]);

#endif
