#ifndef DOSSIER_MEASURE_ANSWER_H
#define DOSSIER_MEASURE_ANSWER_H

#include "measure/counts.h"
#include "read/csv.h"

/* The words that people write for yes, no and nothing. */

/* Whether a field is exactly this text. */
bool answer_is(const struct csv_field *field, const char *text);

/*
 * Whether a cell says that there is nothing: empty, NA, NaN, null, ...  Here
 * and below blanks and tabs around a word do not count.
 */
bool answer_is_missing(const struct csv_field *field);

/*
 * A label or prediction in the words of everybody: 1, 1.0, true, yes and 0,
 * 0.0, false, no, in any case; BINARY_COUNT when it is none.
 */
enum binary answer_read(const struct csv_field *field);

/*
 * A decimal number in the ways that programs write it: num_read(), and also
 * ".5" and "1.".
 */
bool answer_number(const struct csv_field *field, double *out);

#endif
