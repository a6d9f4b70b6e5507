#ifndef DOSSIER_MEASURE_CONTROL_H
#define DOSSIER_MEASURE_CONTROL_H

#include "measure/metric.h"
#include "model/control.h"

/* Comparisons that hold a control feature fast: see model/control.h. */

/* A table, and the same rows divided by a control feature, too. */
struct control_cross {
	const struct group_table *table;
	const struct group_table
	    *cross;    /* the table's columns in their order */
	bool is_first; /* the feature is its first column, else its last */
	const char *feature;
	bool missing_is_group; /* a missing value is a group, or a stratum */
	double confidence;
};

/*
 * Compare a group with the reference of its table within the values of the
 * feature.  False when there is no reference, either is withheld, or no
 * stratum is left; only a rate of rows can be compared so.  Strata in which a
 * side is withheld are left out and counted.
 */
bool control_measure(struct control *out, struct arena *arena,
    const struct control_cross *by, const struct metric *metric,
    const struct group *group);

/* The same of every group; those that can be compared are appended. */
void control_compare(struct control_table *out, struct arena *arena,
    const struct control_cross *by, const struct metric *metric);

/*
 * The value of a column, the first or the last, in the name of a group of
 * several: of "x\*y*b" the first is "x*y".  In the arena.
 */
const char *control_stratum_name(
    struct arena *arena, const char *group, bool is_first);

#endif
