#ifndef DOSSIER_MEASURE_RESAMPLE_H
#define DOSSIER_MEASURE_RESAMPLE_H

#include "measure/metric.h"
#include "stats/bootstrap.h"

/*
 * The bootstrap of a metric of a group, or of its difference between two, for
 * metrics that are made from counts, or from true and predicted classes, and
 * have no variance by formula.
 */

struct resample {
	const struct metric *metric;
	const struct group *group, *whole;
	const struct group *reference; /* NULL: of the group alone */
	const struct group *reference_whole;
	unsigned replicates;
	uint64_t seed;
	double confidence;
};

/*
 * Of more classes there is none; and of more than RESAMPLE_FULL there are
 * fewer replicates, in proportion to the cells, though not below 500.
 */
enum { RESAMPLE_CLASSES = 100, RESAMPLE_FULL = 24 };

/*
 * Set the result, and how many replicates were drawn; or return why there is
 * none: the metric is not of such a kind, or has no spread to see.
 */
const char *resample_measure(const struct resample *resample,
    struct bootstrap_result *out, unsigned *replicates);

#endif
