#ifndef DOSSIER_MEASURE_ROW_SPREAD_H
#define DOSSIER_MEASURE_ROW_SPREAD_H

#include "measure/row_reader.h"

/*
 * The groups of several tables in one histogram: only tables that are no sums
 * of others are counted, and each has its own numbers there.
 */

/*
 * Count the rows in hand, which the tally has counted, by these keys; cells
 * may be others than those of the tally.
 */
void row_spread_add(struct rows *rows, struct histogram *h,
    const uint64_t keys[], const unsigned char cells[]);

/*
 * The distributions of the groups of a table of the tally, by their number
 * there; the arena's.
 */
struct distribution *row_spread_make(
    const struct rows *rows, struct histogram *h, size_t table);

/*
 * For each group of the histogram the number of the group of a table that it
 * is part of, or UINT32_MAX; *n of them.  The caller frees it.
 */
uint32_t *row_spread_target(const struct rows *rows, size_t table, size_t *n);

#endif
