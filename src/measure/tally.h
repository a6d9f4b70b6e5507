#ifndef DOSSIER_MEASURE_TALLY_H
#define DOSSIER_MEASURE_TALLY_H

#include "measure/tally_type.h"

/*
 * A tally counts rows into the groups of several tables in one pass, many
 * rows at a time.  Values of a column are numbered; a table of one column
 * counts by the number of its value, one of several by the number of its
 * combination, which is looked up in a map.  A table whose columns another
 * one has too is not counted at all: its groups are sums of the other's.
 */

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

/*
 * The number of the group of a table that a group of its source is part of;
 * without a source it is the group itself.  After tally_finish().
 */
uint32_t tally_part(const struct tally_table *table, size_t group);

/* The number of a group that was made of this table. */
uint32_t tally_number(
    const struct tally_table *table, const struct group *group);

#endif
