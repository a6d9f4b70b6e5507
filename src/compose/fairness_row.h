#ifndef DOSSIER_COMPOSE_FAIRNESS_ROW_H
#define DOSSIER_COMPOSE_FAIRNESS_ROW_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "compose/plot.h"
#include "model/disparity.h"
#include "model/figure.h"

/*
 * One row of a group table: the figure in words, and its strip of the plot.
 */

/* Geometry of one row. */
struct strip {
	const struct axis *axis;
	const struct axis *ratio_axis;
	const struct figure_slice *slice;
	const struct disparity_family *family; /* or NULL */
};

/* How a metric's values are written: per cent, or as a measure. */
enum prose_kind row_kind(const char *metric);

/* A figure of the slice that a limit covers, or NULL. */
const struct figure *row_limited(const struct figure_slice *slice);

/*
 * The limit of a figure on the scale of its value, which a limit on the ratio
 * or difference has only beside a reference; false when there is none.
 */
bool row_limit(
    const struct figure *figure, const struct figure *reference, double *out);

/* Append the row of a figure to its table; row counts from the bottom. */
void row_compose(xmlNodePtr table, const struct figure *figure,
    const struct strip *strip, size_t row);

#endif
