#ifndef DOSSIER_MEASURE_ROW_COUNTS_H
#define DOSSIER_MEASURE_ROW_COUNTS_H

#include "measure/row_reader.h"

/*
 * Weights of rows, and rows that stand for several: how many, and the sums of
 * their weights and of the squares of these.
 */

/*
 * Rows that are counted, at most: a double has their number, and SUM_LARGEST
 * is above the sums of their weights and of the squares of these.
 */
#define ROWS_COUNTED_MOST (UINT64_C(1) << 53)
#define ROWS_WEIGHED_MOST UINT64_C(10000000000)

/*
 * Read the sum of the weights of n rows, or of the squares of these; false
 * when it is none.  And what is allowed there.
 */
bool row_counts_sum(const struct csv_field *field, unsigned long long n,
    bool is_square, double *out);
const char *row_counts_sum_allowed(bool is_square);

/*
 * Read the weights and numbers of the rows in hand, and add the numbers to
 * those read.  A row with a bad one is left out, and so is one that stands
 * for none, which nothing is said of.
 */
void row_counts_read(struct rows *rows);

/* Whether a row in hand stands for none, and says so well. */
bool row_counts_is_none(struct rows *rows, size_t row);

/* Report each bad cell of these columns of a row in hand. */
void row_counts_report(struct rows *rows, size_t row);

#endif
