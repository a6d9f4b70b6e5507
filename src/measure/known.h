#ifndef DOSSIER_MEASURE_KNOWN_H
#define DOSSIER_MEASURE_KNOWN_H

#include "measure/metric_type.h"

/*
 * Values that are known of a distribution.  A formula goes through all its
 * points, of which there may be millions, and several tables show its value.
 */

/* A line of recalibration: the log odds are intercept + slope * logit. */
struct known_fit {
	bool is_known;      /* the rest is set */
	const char *reason; /* why there is none; else NULL */
	double intercept, slope;
};

struct known_values {
	struct arena *arena;
	struct known_value *values;
	struct known_fit fit;
};

/*
 * The value that a metric has in a group of this distribution, beside a file
 * with that one; NULL when it is not known yet.
 */
const struct metric_value *known_find(const struct metric *metric,
    const struct group *group, const struct group *whole);

/* Keep a value, where the group's distribution keeps them. */
void known_add(const struct metric *metric, const struct group *group,
    const struct group *whole, const struct metric_value *value);

#endif
