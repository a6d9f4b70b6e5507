#ifndef DOSSIER_MEASURE_TALLY_H
#define DOSSIER_MEASURE_TALLY_H

#include "measure/group.h"
#include "measure/intern.h"

enum {
	PREDICTION_GROUPS = 10000,     /* of an attribute, at most */
	PREDICTION_COMBINATIONS = 1000 /* of an intersection, at most */
};

/*
 * A tally counts rows into the groups of several tables in one pass, many
 * rows at a time.  Values of a column are numbered; a table of one column
 * counts by the number of its value, one of several by the number of its
 * combination, which is looked up in a map.  A table whose columns another
 * one has too is not counted at all: its groups are sums of the other's.
 */

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

/*
 * Begin, with room for so many tables and the whole, to count n_rows at most
 * at a time; everything lives in the arena.
 */
void tally_init(struct tally *tally, struct arena *arena, size_t n_tables,
    size_t n_rows, bool weighted);

/* The index of a column, which is added when it is new.  name is borrowed. */
uint32_t tally_column(struct tally *tally, const char *name);

/* Add a table of 1 to WITHHOLD_COLUMNS columns.  attribute is borrowed. */
void tally_table(struct tally *tally, const char *attribute,
    const uint32_t columns[], size_t n);

/* No more tables: find which are sums of others.  Before tally_rows(). */
void tally_begin(struct tally *tally);

/* The number of a value of a column; no bytes: it is missing. */
uint32_t tally_value(
    struct tally *tally, uint32_t column, const char *p, size_t n);

/* Count rows.  Return NULL, or the table that has too many groups. */
const struct tally_table *tally_rows(
    struct tally *tally, const struct tally_rows *rows);

/*
 * Make the group tables, one for each added and before them the whole, with
 * every group that has a row, sorted; out has room for them.  Return NULL, or
 * the table that has too many groups.
 */
const struct tally_table *tally_finish(
    struct tally *tally, struct group_table out[]);

/* How many groups a table has, with those that have no row. */
size_t tally_groups(const struct tally_table *table);

/*
 * The number of the group of a table that a group of its source is part of;
 * without a source it is the group itself.  After tally_finish().
 */
uint32_t tally_part(const struct tally_table *table, size_t group);

/* The number of a group that was made of this table. */
uint32_t tally_number(
    const struct tally_table *table, const struct group *group);

#endif
