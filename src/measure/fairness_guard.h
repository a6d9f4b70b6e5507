#ifndef DOSSIER_MEASURE_FAIRNESS_GUARD_H
#define DOSSIER_MEASURE_FAIRNESS_GUARD_H

#include "measure/fairness_set.h"
#include "model/figure.h"

/*
 * Which groups of a table of figures are withheld: the names of attributes
 * and groups, taken apart as those of intersections, become the tables that
 * measure/withhold.h marks.
 */

/* Whether a figure is of the whole file. */
static inline bool
fairness_is_whole(const struct figure *figure)
{
	return figure->attribute[0] == '\0';
}

/* Whether a group, or a part of it, is the missing value. */
bool fairness_is_missing(const char *group);

/*
 * Whether an attribute can be the intersection that its stars make of it: of
 * WITHHOLD_COLUMNS at most, all different, and of as many parts as the group.
 * One without a star always can.
 */
bool fairness_divides(const char *attribute, const char *group);

/* How many members, from the first on, are of the same attribute. */
size_t fairness_members(const struct fairness_table *table, size_t first);

/*
 * Mark the members that are withheld, and whose rows too.  Return 0, or -1
 * with the reason when it cannot be done safely.
 */
int fairness_guard(struct fairness_table *table);

#endif
