#ifndef DOSSIER_MEASURE_TALLY_GROUP_H
#define DOSSIER_MEASURE_TALLY_GROUP_H

#include <stdbool.h>

#include "measure/tally_type.h"

/*
 * The numbers of the groups of a tally's table.  A group of one column has the
 * number of its value, one of several that of the combination of its values,
 * in the order in which they come; a map from the values' numbers to it makes
 * most rows one look-up.
 */

/* How many groups a table has, with those that have no row. */
size_t tally_groups(const struct tally_table *table);

/* Where a column stands among those of a table, or its n_columns. */
size_t tally_place(const struct tally_table *table, uint32_t column);

/* Make room for a group's counts; false when there are too many. */
bool tally_make_room(
    const struct tally *tally, struct tally_table *table, size_t group);

/*
 * The number of the group of these values, which is made when it is new;
 * SIZE_MAX when there are too many.
 */
size_t tally_combine(const struct tally *tally, struct tally_table *table,
    const uint32_t parts[]);

/* The number of a group that there is. */
uint32_t tally_number_of(
    const struct tally_table *table, const uint32_t parts[]);

/* The values' numbers that a group stands for. */
void tally_parts(const struct tally_table *table, size_t group,
    uint32_t parts[WITHHOLD_COLUMNS]);

/* Number the groups of the rows; false when there are too many. */
bool tally_take_groups(const struct tally *tally, struct tally_table *table,
    const struct tally_rows *rows);

#endif
