#ifndef DOSSIER_COMPOSE_PLOT_H
#define DOSSIER_COMPOSE_PLOT_H

#include <libxml/tree.h>

#include "compose/prose.h"

/*
 * Geometry of the plots that stand in table rows: a dot plot in a box of 300
 * by 40 and a ratio bar in a box of 200 by 40.  Labels are text; here are
 * only positions, with one decimal.
 */

enum { PLOT_WIDTH = 300, PLOT_TICKS = 7, BAR_WIDTH = 200, BAR_TICKS = 5 };

/* A range of whole ticks; empty while high < low. */
struct axis {
	double low, high;
	double step;   /* between ticks; 0 until axis_close() */
	unsigned most; /* ticks that the column has room for */
};

/* An axis that holds nothing yet, for at most so many ticks. */
#define AXIS_EMPTY(most) ((struct axis){ 1, 0, 0, most })

/* Take a value into the range; one that is infinite has no place there. */
void axis_hold(struct axis *axis, double value);

/*
 * Round the range outwards to whole ticks, no more than there is room for,
 * and not beyond least or most.
 */
void axis_close(struct axis *axis, double least, double most);

/* Position of a value in a box of the given width, kept inside it. */
double axis_at(const struct axis *axis, double value, double width);

/* Append an element NAME with label, low, high and its ticks. */
xmlNodePtr axis_compose(xmlNodePtr parent, const char *name,
    const struct axis *axis, const char *label, enum prose_kind kind);

/* Path data of a grid line at each tick. */
void axis_grid(const struct axis *axis, double width, struct text *out);

#endif
