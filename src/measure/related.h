#ifndef DOSSIER_MEASURE_RELATED_H
#define DOSSIER_MEASURE_RELATED_H

#include "measure/metric.h"
#include "stats/tests.h"

/*
 * Metrics that are a growing function of a share of rows: an interval of the
 * share makes one of theirs, and they differ exactly where the shares do.
 */

struct related {
	struct rate share; /* k of n rows, as if unweighted */
	bool is_weighted;  /* so k and n are no whole counts */
	double (*curve)(double share, double scale);
	double scale;
};

/* False when the metric is no such function, or the share is undefined. */
bool related_find(const struct metric *metric, const struct group *group,
    const struct group *whole, struct related *out);

/* The metric of a share. */
double related_value(const struct related *related, double share);

#endif
