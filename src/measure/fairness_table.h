#ifndef DOSSIER_MEASURE_FAIRNESS_TABLE_H
#define DOSSIER_MEASURE_FAIRNESS_TABLE_H

#include "measure/fairness_set.h"
#include "model/figure.h"

/*
 * Figures that come one by one and in any order, each with the rows of its
 * group: sorted, every one once, and compared with the reference group.
 */

/*
 * Add a figure, complete but for its comparison; figure->reference is the
 * group that its row names, or NULL.  The figure is kept.  Return 0, or -1
 * with the reason in diags when there are too many.
 */
int fairness_table_add(struct fairness_table *table,
    const struct metric *metric, struct figure *figure);

/*
 * Append the figures to *out: the whole first, then attributes in the order of
 * the file, metrics in that of the catalogue, groups by their bytes.  A figure
 * that stands twice is taken once, and one that gives its group another number
 * of rows than the row before it not at all: both are in diags.  The reference
 * is the group that the options name, else the file, else the largest.  Nothing
 * is withheld yet: that is for measure/guard.h.
 */
void fairness_table_finish(
    struct fairness_table *table, struct figure_table *out);

#endif
