#ifndef DOSSIER_MEASURE_DISPARITY_TYPE_H
#define DOSSIER_MEASURE_DISPARITY_TYPE_H

#include <stdint.h>

#include "measure/metric.h"
#include "model/disparity.h"
#include "stats/adjust.h"

/* How groups are compared, and what is shared by all comparisons. */

/* How a verdict is made. */
enum disparity_rule {
	/*
	 * Size and evidence: beyond the limit on the ratio and adjusted p below
	 * the level is a finding, one of the two is to be watched, neither is
	 * no finding if the power was enough.
	 */
	DISPARITY_RULE_BOTH,
	/* The size alone, however few the rows; as a law may word it. */
	DISPARITY_RULE_FOUR_FIFTHS,
	/* The evidence alone, however small the difference. */
	DISPARITY_RULE_SIGNIFICANCE,
	/*
	 * The interval of the ratio: wholly beyond the limit is a finding,
	 * wholly within is none, a ratio beyond it otherwise is to be watched.
	 */
	DISPARITY_RULE_INTERVAL,
	DISPARITY_RULES
};

struct disparity_options {
	enum disparity_rule rule;
	double confidence;   /* 0.95; the level of the tests is 1 less this */
	double ratio;        /* limit: a ratio below it, or above 1 / it */
	double power;        /* 0.8: what is enough */
	double min_conclude; /* rows in the denominator of each side; or 0 */
	double min_report;   /* groups of fewer rows are withheld */
	enum adjustment adjustment; /* within attribute and metric */
	bool missing_is_group;      /* "(missing)" is compared, too */
	/*
	 * Of bootstrap and Monte Carlo; 0: none.  In a table of more than 100
	 * groups there are fewer in proportion, though not below 500.
	 */
	unsigned replicates;
	uint64_t seed;
};

/* Where comparisons go, and what they share. */
struct disparity_maker {
	struct disparity_table *out;
	struct arena *arena;
	const struct disparity_options *options;
	const struct group *whole; /* a group of all rows of the file */
};

#endif
