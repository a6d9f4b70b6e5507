#ifndef DOSSIER_MEASURE_TALLY_H
#define DOSSIER_MEASURE_TALLY_H

#include "measure/figures.h"
#include "measure/intern.h"

enum {
	PREDICTION_GROUPS = 10000,     /* of an attribute, at most */
	PREDICTION_COMBINATIONS = 1000 /* of an intersection, at most */
};

/*
 * A tally counts rows into the groups of several tables in one pass.  Values
 * of each column are interned once a row; a table of one column counts by
 * the number of its value, one of several by the interned combination.
 */

/* A column that divides the rows into groups. */
struct tally_column {
	const char *name;
	struct intern values; /* number 0 is the missing value */
	uint32_t current;     /* value of the row in hand */
};

/* A table in the making. */
struct tally_table {
	const char *attribute;
	uint32_t columns[WITHHOLD_COLUMNS];
	size_t n_columns;
	struct intern combinations; /* keys: the values' numbers */
	struct counts *counts;      /* by value or combination */
	size_t size;                /* room in counts */
	size_t n;                   /* counts in use */
};

struct tally {
	struct arena *arena;
	bool weighted;
	struct tally_column *columns;
	size_t n_columns;
	struct tally_table *tables;
	size_t n_tables;
	struct counts whole;
};

/* Begin, with room for so many tables; everything lives in the arena. */
void tally_init(
    struct tally *tally, struct arena *arena, size_t n_tables, bool weighted);

/* The index of a column, which is added when it is new.  name is borrowed. */
uint32_t tally_column(struct tally *tally, const char *name);

/* Add a table of 1 to WITHHOLD_COLUMNS columns.  attribute is borrowed. */
void tally_table(struct tally *tally, const char *attribute,
    const uint32_t columns[], size_t n);

/* Set the value of a column in the row in hand; no bytes: it is missing. */
void tally_value(struct tally *tally, uint32_t column, const char *p, size_t n);

/*
 * Count the row in hand, with a weight when the tally is weighted.  Return
 * NULL, or the table that has too many groups.
 */
const struct tally_table *tally_row(
    struct tally *tally, enum cell cell, double weight);

/*
 * Make the group tables, one for each added, with every group that has a row,
 * sorted; out has room for them.
 */
void tally_finish(const struct tally *tally, struct group_table out[]);

#endif
