#ifndef DOSSIER_MEASURE_ROW_CELLS_H
#define DOSSIER_MEASURE_ROW_CELLS_H

#include "measure/row_reader.h"

/* What single cells say, and what is said of those that say nothing. */

enum { ROW_BAD = CELL_COUNT }; /* neither yes, no nor missing */

/* For a memo of answers in struct row_words: enum binary, or ROW_BAD. */
uint32_t row_ask_answer(void *words, const struct csv_field *field, size_t row);

/* Take the words of label and prediction from the columns. */
void row_take_words(struct rows *rows);

/*
 * For a memo of values: the number.  A name that dossier itself gives to
 * groups makes the row bad; of a bad row no value is numbered.
 */
uint32_t row_ask_value(void *asked, const struct csv_field *field, size_t row);

/*
 * Learn which value is negative from the first in the rows in hand that is
 * neither positive nor missing, where only the positive one was told.  Where
 * label and prediction have the same positive one but other negative ones, that
 * is reported and is_ambiguous.
 */
void row_learn(struct rows *rows);

/* Read a score: HISTOGRAM_MISSING, ROW_BAD_KEY or the number's key. */
uint64_t row_read_score(const struct csv_field *field);

/* Report the cell in this column of a row, with what is allowed there. */
void row_report_cell(struct rows *rows, size_t row, int column, enum diag_id id,
    const char *allowed);

/*
 * Report every bad label, prediction and score of a row in hand.  It is noted
 * in is_ambiguous when there is a third value where the negative one was not
 * told: which of the two is negative would depend on the order of the rows.
 */
void row_report_answers(struct rows *rows, size_t row);

/* Report the first bad value of an attribute of a row in hand. */
void row_report_values(struct rows *rows, size_t row);

#endif
