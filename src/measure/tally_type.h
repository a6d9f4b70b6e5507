#ifndef DOSSIER_MEASURE_TALLY_TYPE_H
#define DOSSIER_MEASURE_TALLY_TYPE_H

#include "base/intern.h"
#include "measure/group.h"

/* What a tally is made of; see tally.h. */

enum {
	PREDICTION_GROUPS = 10000,     /* of an attribute, at most */
	PREDICTION_COMBINATIONS = 1000 /* of an intersection, at most */
};

enum { TALLY_CELLS = CELL_COUNT + 1 }; /* the last is for rows left out */

/* A column that divides the rows into groups. */
struct tally_column {
	const char *name;
	struct intern values; /* number 0 is the missing value */
};

/* Weights of a group's cell. */
struct tally_weight {
	struct sum weight, square;
};

/* A table in the making. */
struct tally_table {
	const char *attribute;
	uint32_t columns[WITHHOLD_COLUMNS];
	size_t n_columns;
	const struct tally_table *source; /* sum of its groups; or NULL */
	struct intern combinations;       /* keys: the values' numbers */
	uint32_t *map; /* of values' numbers to a combination's + 1, or NULL */
	unsigned shifts[WITHHOLD_COLUMNS];       /* of each number in the map */
	size_t n_mapped;                         /* places of the map */
	unsigned long long (*rows)[TALLY_CELLS]; /* by group and cell */
	struct tally_weight (*weights)[TALLY_CELLS]; /* NULL: unweighted */
	size_t size;           /* room in rows and weights */
	size_t n;              /* groups in use */
	const uint32_t *group; /* of each row of the last tally_rows() */
	uint32_t *room;        /* where they are if not those of a column */
};

struct tally {
	struct arena *arena;
	bool weighted;
	struct tally_column *columns;
	size_t n_columns;
	struct tally_table *tables; /* the first: the whole, of no column */
	size_t n_tables;
	size_t n_rows; /* at most in one call */
};

/* Some rows, column by column. */
struct tally_rows {
	size_t n;
	const uint32_t *const *values; /* by column of the tally, then row */
	const unsigned char *cells;    /* CELL_COUNT: the row is left out */
	const double *weights;         /* when the tally is weighted */
	/* How many rows each stands for, or NULL: one. */
	const unsigned long long *counts;
	/* Sums of squared weights, or NULL: the squares of the weights. */
	const double *squares;
};

#endif
