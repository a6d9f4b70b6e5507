#ifndef DOSSIER_APP_MEASURE_LINE_H
#define DOSSIER_APP_MEASURE_LINE_H

#include "base/text.h"
#include "measure/metric_type.h"

/* A line of the tidy CSV of `dossier measure`. */

struct line {
	const char *metric, *attribute, *group;
	double value;     /* not a number: undefined */
	const char *word; /* instead of the value; or NULL */
	bool has_counts;
	double numerator, denominator;
	bool has_n;
	double n;
	const char *note; /* or NULL */
};

/* Append a line. */
void line_put(struct text *out, const struct line *line);

/* Append a line of a measured value; where it is undefined the note says why. */
void line_put_value(
    struct text *out, struct line *line, const struct metric_value *value);

#endif
