#ifndef DOSSIER_MEASURE_DISPARITY_PAIR_H
#define DOSSIER_MEASURE_DISPARITY_PAIR_H

#include "measure/disparity_type.h"
#include "model/figure.h"
#include "stats/tests.h"

/* One group against the reference: all numbers but those of the family. */

/*
 * Compare a group of a table with its reference; verdict and adjusted p are
 * left to the caller.
 */
struct disparity *disparity_compare(const struct disparity_maker *maker,
    const struct group_table *table, const struct metric *metric,
    const struct group *group);

/* A group, and all rows of the file that it is of. */
struct disparity_place {
	const struct group *group, *whole;
};

/* The same for two groups that need not be of one file. */
struct disparity *disparity_compare_sides(const struct disparity_maker *maker,
    const char *attribute, const struct metric *metric,
    const struct disparity_place *group,
    const struct disparity_place *reference);

/* Whether a side is k of n rows. */
bool disparity_is_rate(
    const struct metric *metric, const struct disparity_side *side);

/* The counts of such a side, in rows as if unweighted. */
struct rate disparity_rate(const struct disparity_side *side);

/* Compare two figures that are stated; only rates can be tested. */
struct disparity *disparity_compare_figures(const struct disparity_maker *maker,
    const struct metric *metric, const struct figure *figure,
    const struct figure *reference);

#endif
