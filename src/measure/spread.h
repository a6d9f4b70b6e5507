#ifndef DOSSIER_MEASURE_SPREAD_H
#define DOSSIER_MEASURE_SPREAD_H

#include "measure/spread_row.h"

/*
 * What the groups of an attribute make together: one number, or yes or no,
 * for each way in which others compare groups, under the names they have in
 * design/metrics.md.  What is undefined is never the largest, the smallest or
 * a part of a ratio; it is counted.  Groups that are withheld are in nothing,
 * so nothing tells of them.
 */

struct spread_options {
	const struct group *whole;
	bool missing_is_group; /* compare "(missing)" with the others */
	double tau;            /* of parities; 0: 0.8 */
	const struct metric *const *metrics; /* for the rows M_... */
	size_t n_metrics;
};

/*
 * Append the rows of a table: of each metric those of spread_between() and,
 * of shares of rows, spread_disparities(); "ndkl" of ranking_ndkl() where one
 * is of places; and where rows have a binary label all others.  The table
 * keeps its names.
 */
void spread_measure(struct spread_table *out, struct arena *arena,
    const struct group_table *table, const struct spread_options *options);

/*
 * Append "Unsupervised Fairness", "Supervised Fairness" and "Overall
 * Fairness" of "(all attributes)": whether those of all groups hold for each
 * attribute that is in the table.  Where no attribute has them, nothing.
 */
void spread_conclude(struct spread_table *table, struct arena *arena);

/*
 * The row of this attribute, name and group, or NULL.  The case of names and
 * "_" or blanks in them do not matter.
 */
const struct spread *spread_find(const struct spread_table *table,
    const char *attribute, const char *name, const char *group);

#endif
