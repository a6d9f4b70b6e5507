#ifndef DOSSIER_MEASURE_ROWS_H
#define DOSSIER_MEASURE_ROWS_H

#include "measure/row_reader.h"

/*
 * From a file of predictions to counts.  Rows come many at a time and are
 * taken column by column: what a text stands for is looked up in a memo, and
 * only the rows with something wrong are looked at once more, cell by cell.
 */

/*
 * Count the rows of the input.  arena, name, columns and the list of the
 * complaints are set.  Return 0, or -1 with the reason there; rows_free() is
 * called in either case.
 */
int rows_count(struct rows *rows, const struct scan_input *input);

/*
 * Make the whole, then the table of each attribute; tables has room for the
 * tally's.  Return 0, or -1 when an attribute has too many groups.
 */
int rows_tables(struct rows *rows, struct group_table tables[]);

/* Release what is not the arena's. */
void rows_free(struct rows *rows);

#endif
