#ifndef DOSSIER_MEASURE_DRIFT_H
#define DOSSIER_MEASURE_DRIFT_H

#include "measure/disparity_type.h"
#include "stats/tests.h"

/*
 * What has changed from one file to another, of the same columns: each metric
 * of each group, the mix of the groups, and the distribution of the scores.
 */

/* The name that comparisons give the other file. */
#define DRIFT_THEN "then"

/*
 * Append the family of a table and a metric: each group compared with the
 * group of the same name in the other file, whose rows are then_whole, by the
 * methods of disparity.h and with its verdicts.  A group that only one file
 * has is not estimable.  Of a group that is withheld in either file the
 * verdict alone is told, or nothing.
 */
void drift_add(struct disparity_maker *maker, const struct group_table *now,
    const struct group_table *then, const struct group *then_whole,
    const struct metric *metric);

/*
 * Distances of two sets of shares.  In the stability index, the sum of
 * (then - now) ln(then / now), an empty share counts as DRIFT_EMPTY, as
 * Evidently has it.
 */
#define DRIFT_EMPTY 0.0001

struct drift_mix {
	double stability;
	double jensen_shannon; /* to base 2: 0 to 1 */
	double total_variation;
	bool has_test; /* of rows that do not weigh, and more than one share */
	struct test chi2;
};

/* Of rows, or sums of weights, of the same n kinds; false when one has none. */
bool drift_mix_measure(const double now[], const double then[], size_t n,
    bool is_weighted, struct drift_mix *out);

/* Distances of two distributions of scores, whatever the labels. */
struct drift_scores {
	/*
	 * The stability index is over bins of equal width, as many as Sturges
	 * asks for all rows of both files; or over the values themselves where
	 * there are no more than DRIFT_VALUES of them: n_bins is 0 then.
	 */
	size_t n_bins;
	double stability, jensen_shannon;
	double wasserstein; /* in the unit of the scores */
	double normed;      /* over their standard deviation then; or NAN */
	struct test ks;     /* p asymptotic; NAN of weighted rows */
	/* U of the rows then, and its p; of rows that do not weigh. */
	bool has_u;
	struct test u;
};

enum { DRIFT_VALUES = 20 };

/* False when one of them has no score. */
bool drift_scores_measure(const struct distribution *now,
    const struct distribution *then, struct drift_scores *out);

#endif
