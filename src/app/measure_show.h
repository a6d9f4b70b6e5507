#ifndef DOSSIER_APP_MEASURE_SHOW_H
#define DOSSIER_APP_MEASURE_SHOW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "measure/metric_type.h"

/* Numbers, cells and bars as a person reads them in a terminal. */

/* "1,234" or "33.25": rows, or a sum of weights. */
void show_count(struct text *out, double value);

/* Whether the values of a metric are shares, shown in percent. */
bool show_is_share(const struct metric *metric);

/* "73.5 %" of a share, else "0.784" or as many digits as it takes. */
void show_value(struct text *out, const struct metric *metric, double value);

/* "68.3 to 78.1 %" or "0.731 to 0.790". */
void show_interval(
    struct text *out, const struct metric *metric, double lower, double upper);

/* "0.187", "3.2e-07" or, of those that are next to nothing, "1e-12 or less". */
void show_p(struct text *out, double p);

/*
 * Append a text made safe in so many columns: cut, or filled with blanks
 * behind it, or before it when it is a number.
 */
void show_cell(struct text *out, const char *s, size_t width, bool is_number,
    bool is_ascii);

/* A bar of a share from 0 to 1 of so many columns, without blanks behind it. */
void show_bar(struct text *out, double share, size_t width, bool is_ascii);

/* The round number at or above the largest value: the end of a bar. */
double show_scale(double largest);

/* So many blanks. */
void show_blanks(struct text *out, size_t n);

/*
 * Append a sentence behind so many columns that are filled, in lines of at
 * most width columns; those that follow are indented.
 */
void show_wrapped(struct text *out, const char *sentence, size_t filled,
    size_t indent, size_t width);

#endif
