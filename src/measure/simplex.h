#ifndef DOSSIER_MEASURE_SIMPLEX_H
#define DOSSIER_MEASURE_SIMPLEX_H

#include <stdbool.h>
#include <stddef.h>

/*
 * How large a number can be when linear equations are all that is known of
 * it: the simplex method of Dantzig on a full tableau, with the rule of Bland
 * (1977), under which it ends.  It is made for equations with coefficients of
 * -1, 0 and 1 and for numbers of rows: what is nearer to 0 than 1e-9 is 0.
 */
struct simplex {
	size_t rows, columns; /* equations, unknowns that are 0 or more */
	double *cells;        /* rows of columns + 1, the last the right side */
	size_t *basis;        /* private: the unknown that a row gives */
	double steps;         /* cells that may still be changed */
};

/*
 * Find unknowns, none negative, that the equations hold for.  cells and basis,
 * of one element for each row, are the caller's and are changed.  Return false
 * when there are none, or steps were not enough.
 */
bool simplex_begin(struct simplex *simplex);

/*
 * Whether an unknown can be as large as this.  Also true when steps are not
 * enough to tell: then simplex->steps is below 0.
 */
bool simplex_reaches(struct simplex *simplex, size_t unknown, double value);

#endif
