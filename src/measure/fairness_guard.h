#ifndef DOSSIER_MEASURE_FAIRNESS_GUARD_H
#define DOSSIER_MEASURE_FAIRNESS_GUARD_H

#include "base/intern.h"
#include "measure/withhold_table.h"
#include "model/figure.h"

/* The names of attributes and groups, and those of intersections of them. */

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

/*
 * Take a name apart at its stars into the numbers of its parts, which are
 * plain there, without the "\\" before a "*" or "\\"; how many there are.
 */
size_t fairness_split(
    struct intern *parts, const char *name, uint32_t out[WITHHOLD_COLUMNS]);

#endif
