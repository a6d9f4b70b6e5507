#ifndef DOSSIER_MEASURE_ROW_COLUMNS_H
#define DOSSIER_MEASURE_ROW_COLUMNS_H

#include "measure/row_reader.h"

/*
 * Find the columns in the header, and make a table of the tally for each
 * attribute.  Return 0, or -1 with every column that is missing and every
 * attribute that is none reported.
 */
int row_columns_find(struct rows *rows);

#endif
