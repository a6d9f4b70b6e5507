#ifndef DOSSIER_MEASURE_COUNTS_H
#define DOSSIER_MEASURE_COUNTS_H

#include <stdbool.h>
#include <stddef.h>

#include "measure/sum.h"

/*
 * Counts are the one truth of the layer: every rate, interval and comparison
 * is derived from them and from nothing else.  A row falls into exactly one
 * of nine cells, by its label and its prediction, either of which may be
 * missing, so the cells of a group sum to its rows and those of the groups of
 * an attribute to the rows of the file: no row vanishes.
 */

/* Label and prediction of a row; the order makes cell_of() a product. */
enum binary { BINARY_MISSING, BINARY_NO, BINARY_YES, BINARY_COUNT };

enum cell {
	CELL_BLANK,    /* neither label nor prediction */
	CELL_REFUSED,  /* predicted negative, no label */
	CELL_SELECTED, /* predicted positive, no label */
	CELL_NEGATIVE, /* labelled negative, no prediction */
	CELL_TN,
	CELL_FP,
	CELL_POSITIVE, /* labelled positive, no prediction */
	CELL_FN,
	CELL_TP,
	CELL_COUNT
};

struct counts {
	bool weighted; /* else weight and square are empty */
	unsigned long long rows[CELL_COUNT];
	struct sum weight[CELL_COUNT];
	struct sum square[CELL_COUNT]; /* of the squares of the weights */
};

/* How many times each cell enters a total. */
typedef unsigned char cell_factors[CELL_COUNT];

/* The cell of a row with this label and this prediction. */
static inline enum cell
cell_of(enum binary label, enum binary prediction)
{
	return (enum cell)(
	    (unsigned)label * BINARY_COUNT + (unsigned)prediction);
}

#define COUNTS_WEIGHT_LEAST 1e-9 /* or 0 */
#define COUNTS_WEIGHT_MOST 1e9

/* Count a row of weight 1. */
static inline void
counts_add(struct counts *counts, enum cell cell)
{
	counts->rows[cell]++;
}

/*
 * Count a row with a weight, 0 or from COUNTS_WEIGHT_LEAST to
 * COUNTS_WEIGHT_MOST; the counts become weighted.
 */
void counts_add_weighted(struct counts *counts, enum cell cell, double weight);

/* Add the counts of another group; both weighted or neither. */
void counts_merge(struct counts *counts, const struct counts *other);

/* Rows of all cells, whatever they weigh. */
unsigned long long counts_rows(const struct counts *counts);

/*
 * The sum over the cells, each as often as its factor says: of rows, or of
 * weights when weighted.  Exact but for one rounding at the end.
 */
double counts_total(const struct counts *counts, const cell_factors factors);

/* Rows of the cells whose factor is not 0, whatever they weigh. */
unsigned long long counts_rows_of(
    const struct counts *counts, const cell_factors factors);

/*
 * The number of unweighted rows that would tell as much as the rows of these
 * cells: (sum of weights)^2 / (sum of squared weights), Kish 1965, section
 * 11.7; the rows themselves when unweighted.  0 when there are none.
 */
double counts_effective(
    const struct counts *counts, const cell_factors factors);

#endif
