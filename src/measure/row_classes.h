#ifndef DOSSIER_MEASURE_ROW_CLASSES_H
#define DOSSIER_MEASURE_ROW_CLASSES_H

#include "measure/row_reader.h"

/* Labels and predictions that are classes, and their confusion. */

enum {
	CLASSES_MOST = 1000,  /* in a file */
	CLASS_CELLS = 1 << 20 /* of all groups of a table, at most */
};

/* For a memo of labels or predictions: the class, or 0 for none. */
uint32_t row_ask_class(void *rows, const struct csv_field *field, size_t row);

/*
 * Count the rows in hand by their classes, when the tally has counted them.
 * Return 0, or -1 when there are too many classes.
 */
int row_classes_add(struct rows *rows);

/*
 * Give the groups of each table of the tally their confusion.  Return 0, or
 * -1 when it would have too many cells.
 */
int row_classes_make(struct rows *rows, struct group_table tables[]);

#endif
