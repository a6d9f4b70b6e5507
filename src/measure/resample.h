#ifndef DOSSIER_MEASURE_RESAMPLE_H
#define DOSSIER_MEASURE_RESAMPLE_H

#include "measure/metric.h"
#include "stats/bootstrap.h"

/*
 * The bootstrap of the difference of a metric between two groups, for metrics
 * that are made from counts, or from true and predicted classes, and have no
 * variance by formula.
 */

struct resample {
	const struct metric *metric;
	const struct group *group, *reference, *whole;
	unsigned replicates;
	uint64_t seed;
	double confidence;
};

enum { RESAMPLE_CLASSES = 16 }; /* at most, for reasons of time */

/* False when the metric is not of such a kind, or has no spread to see. */
bool resample_difference(
    const struct resample *resample, struct bootstrap_result *out);

#endif
