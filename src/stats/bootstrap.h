#ifndef DOSSIER_STATS_BOOTSTRAP_H
#define DOSSIER_STATS_BOOTSTRAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/interval.h"

/*
 * The interval of any number that is made from counts, by drawing the counts
 * again.  Counts of a stratum are drawn with its total (multinomial), strata
 * apart from each other; with weights, each cell by itself as a Poisson
 * variate of as many rows as its weights are worth.  The interval is the
 * bias-corrected and accelerated one, BCa (Efron, Journal of the American
 * Statistical Association 82, 1987, pp. 171-185), the acceleration by
 * leaving out each row once (Davison and Hinkley, Bootstrap Methods and their
 * Application, 1997, section 5.3.2), not the percentile one.
 */

/* The number that counts make; false when they make none. */
typedef bool bootstrap_statistic(
    const double counts[], void *context, double *out);

struct bootstrap {
	const double *counts;  /* of each cell: rows, or sum of weights */
	const double *squares; /* sums of squared weights; NULL: unweighted */
	const size_t *strata;  /* numbers of cells, one stratum after another */
	size_t n_strata;
	unsigned replicates;
	uint64_t seed;
	double confidence;
	bootstrap_statistic *statistic;
	void *context; /* of the statistic */
};

struct bootstrap_result {
	struct interval interval;
	double standard_error;
	double p; /* two-sided, of the value 0: by the normal distribution */
	unsigned n_undefined; /* replicates that made no number */
};

/*
 * Bootstrap.  False when the counts themselves make no number, when more than
 * one replicate in twenty makes none, or when all make the same.
 */
bool bootstrap_measure(
    const struct bootstrap *bootstrap, struct bootstrap_result *out);

#endif
