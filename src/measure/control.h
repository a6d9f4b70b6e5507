#ifndef DOSSIER_MEASURE_CONTROL_H
#define DOSSIER_MEASURE_CONTROL_H

#include "measure/metric.h"
#include "model/control.h"

/* Comparisons that hold a control feature fast: see model/control.h. */

/*
 * Append the comparisons of the groups of a table with its reference, within
 * the values of a feature.  cross is the table of the same rows whose first
 * column is the feature and whose others are those of the table, in their
 * order.  Only a rate of rows can be compared so; nothing is appended for any
 * other metric, without a reference, or for a group with no stratum.  Strata
 * in which a side is withheld are left out and counted.
 */
void control_compare(struct control_table *out, struct arena *arena,
    const struct group_table *cross, const struct group_table *table,
    const struct metric *metric, double confidence);

/*
 * The value of the first column in the name of a group of several, "a*b" of
 * "x\*y*b" being "x*y"; in the arena.
 */
const char *control_stratum_name(struct arena *arena, const char *group);

#endif
