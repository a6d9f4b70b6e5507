#ifndef DOSSIER_MEASURE_UNCERTAINTY_H
#define DOSSIER_MEASURE_UNCERTAINTY_H

#include <stdint.h>

#include "measure/metric.h"
#include "stats/tests.h"

/*
 * How far a value, or the difference of two, may be off by the chance of which
 * rows there are: the one place that chooses a method for each metric.
 *
 *  - shares of rows: Wilson; and what is a growing function of one (F1 of the
 *    Jaccard index, false negatives over false positives, rate and skew at k)
 *    by the ends of that interval, differences by those of both (MOVER: Zou
 *    and Donner 2008, Statistics in Medicine 27, 1693-1702) with the test of
 *    the two shares;
 *  - the area under the ROC curve: DeLong; means: Student and Welch; medians:
 *    Bonett and Price; average precision, Kolmogorov-Smirnov distance,
 *    recalibration and exposure: influence values;
 *  - other numbers made from counts: the BCa bootstrap of these counts.
 *
 * What is left has no interval that would hold, and says why.
 */

struct uncertainty_options {
	double confidence;
	unsigned replicates; /* of the bootstrap; 0: none */
	uint64_t seed;
};

/* 0.95, 2,000 replicates, seed 1. */
void uncertainty_defaults(struct uncertainty_options *options);

struct uncertainty {
	const char *method; /* "Wilson"; NULL: there is no interval */
	double lower, upper;
	unsigned replicates; /* of a bootstrap; else 0 */
	/* Why there is none; NULL also where there is nothing to be unsure of:
	   counts of rows, and what is undefined. */
	const char *reason;
	/* What the value would be on average if there were nothing to see. */
	bool has_chance;
	double chance;
};

/* Of a value of a metric in a group. */
void uncertainty_measure(const struct metric *metric, const struct group *group,
    const struct group *whole, const struct metric_value *value,
    const struct uncertainty_options *options, struct uncertainty *out);

/* Of the difference between a group and a reference. */
struct contrast {
	struct uncertainty interval;
	const char *test; /* "Welch t"; NULL: none, for the same reason */
	double p;
	bool has_z;
	double z;
	double error;        /* standard error of the difference; 0: unknown */
	double effective[2]; /* rows of both, as if unweighted; 0: unknown */
	/* Of the ratio, where both values lie above 0; else without method. */
	struct uncertainty ratio;
};

/*
 * Compare two values that are both defined.  They are of groups of one file,
 * whole being all its rows; or of two files, where each has its own whole.
 */
struct contrast_side {
	const struct group *group, *whole;
	const struct metric_value *value;
};
void uncertainty_compare(const struct metric *metric,
    const struct contrast_side *side, const struct contrast_side *reference,
    const struct uncertainty_options *options, struct contrast *out);

/* The pooled z test of two rates, or Fisher's by mid-p where counts are small;
   rates that are no whole counts have no exact test. */
void uncertainty_test_rates(const struct rate *rate,
    const struct rate *reference, bool is_weighted, struct contrast *out);

#endif
