#ifndef DOSSIER_MEASURE_KNOWN_H
#define DOSSIER_MEASURE_KNOWN_H

#include "measure/estimate_type.h"
#include "measure/metric_type.h"

/*
 * What is known of a distribution.  A formula goes through all its points, of
 * which there may be millions, and several tables show what it finds.
 */

/* A line of recalibration: the log odds are intercept + slope * logit. */
struct known_fit {
	bool is_known;      /* the rest is set */
	const char *reason; /* why there is none; else NULL */
	double intercept, slope;
	bool has_variances;
	double variances[2]; /* of both */
};

/* Of a metric in a group of this distribution, among all rows of a file. */
struct known {
	const struct metric *metric;
	const struct distribution *whole;
	bool has_value, has_estimate; /* else not known yet */
	struct metric_value value;
	struct estimate estimate;
	struct known *next;
};

struct known_values {
	struct arena *arena;
	struct known *list;
	struct known_fit fit;
	const struct dd
	    *discounts; /* of each point, in a ranking of all; NULL */
};

/* Let a distribution keep what is found of it, in the arena. */
void known_begin(struct distribution *distribution, struct arena *arena);

/*
 * What is known of a metric in a group, empty at first, for the caller to
 * fill; NULL where the metric is not of scores or nothing is kept.
 */
struct known *known_of(const struct metric *metric, const struct group *group,
    const struct group *whole);

#endif
