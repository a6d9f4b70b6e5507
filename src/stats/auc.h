#ifndef DOSSIER_STATS_AUC_H
#define DOSSIER_STATS_AUC_H

#include <stdbool.h>
#include <stddef.h>

#include "stats/interval.h"

/*
 * The area under the ROC curve: the probability that a positive scores higher
 * than a negative, ties counting one half; with the variance of DeLong, DeLong
 * and Clarke-Pearson (Biometrics 44, 1988, pp. 837-845).
 */

struct auc {
	double area;
	bool has_variance; /* two rows of each label, at least */
	double variance;
};

/* How many rows have each of n distinct scores, in ascending order. */
struct auc_points {
	size_t n;
	const double *negatives, *positives; /* rows, or sums of weights */
	/* As how many unweighted rows they count: Kish's effective numbers. */
	double n_negatives, n_positives;
};

/* False unless there are both positives and negatives. */
bool auc_measure(const struct auc_points *points, struct auc *out);

/* The interval by the normal distribution, cut at 0 and 1. */
bool auc_interval(
    const struct auc *auc, double confidence, struct interval *out);

#endif
