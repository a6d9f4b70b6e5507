#ifndef DOSSIER_MEASURE_ROW_REGRESSION_H
#define DOSSIER_MEASURE_ROW_REGRESSION_H

#include "measure/row_reader.h"

/*
 * Labels and predictions that are numbers.  Sums take every number as the
 * decimal that the file has: a double and what is left of the decimal, and
 * products as exactly as two doubles can tell them.
 */

#define ROW_NUMBER_MOST 1e60 /* of a label or prediction, either sign */

/* What is added up over the rows of a group that have both numbers. */
struct row_sums {
	struct wide_sum label, label_square, prediction, prediction_square;
	struct wide_sum error, absolute_error, square_error;
	/* For the variance of the coefficient of determination. */
	struct wide_sum label_cube, label_fourth;
	struct wide_sum square_error_label, square_error_label_square;
};

/* The sums of a table, by the number of the group. */
struct row_regression {
	struct row_sums *sums;
	size_t n;
};

/* Read a label or prediction; NAN when missing, INFINITY when bad. */
double row_read_number(const struct csv_field *field);

/* Read labels and predictions of the rows in hand, and make their cells. */
void row_regression_read(struct rows *rows);

/* Add the rows in hand up, when the tally has counted them. */
void row_regression_add(struct rows *rows);

/* Give the groups of each table of the tally what was added up. */
void row_regression_make(struct rows *rows, struct group_table tables[]);

/* Release the memory. */
void row_regression_free(struct rows *rows);

#endif
