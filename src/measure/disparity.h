#ifndef DOSSIER_MEASURE_DISPARITY_H
#define DOSSIER_MEASURE_DISPARITY_H

#include <stdint.h>

#include "measure/metric.h"
#include "model/disparity.h"
#include "stats/adjust.h"

/*
 * Comparisons of the groups of a table with its reference group, as section 4
 * of design/metrics.md has them:
 *
 *  - rates: Newcombe's interval of the difference and Katz' of the ratio, or
 *    the score intervals of Miettinen and Nurminen and of Koopman when an
 *    expected count is below 5 or a cell is empty; the two-proportion z test,
 *    or Fisher's with mid-p when an expected count is below 5;
 *  - the area under the ROC curve: DeLong; means of scores, errors and
 *    predictions: Welch;
 *  - other numbers made from counts: the BCa bootstrap;
 *  - weighted rows count by their effective number, and never in an exact test.
 */

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
	unsigned replicates;        /* of bootstrap and Monte Carlo; 0: none */
	uint64_t seed;
};

/*
 * The usual ones: both, 0.95, 0.8, 0.8, no minimum, Holm, 2,000 replicates,
 * seed 1.
 */
void disparity_defaults(struct disparity_options *options);

/* The name of a rule: "both", "four-fifths", "significance", "interval". */
const char *disparity_rule_name(enum disparity_rule rule);

/* The rule of this name, or DISPARITY_RULES. */
enum disparity_rule disparity_rule_find(const char *name);

/* Where comparisons go, and what they share. */
struct disparity_maker {
	struct disparity_table *out;
	struct arena *arena;
	const struct disparity_options *options;
	const struct group *whole; /* a group of all rows of the file */
};

/*
 * Append the family of a table and a metric, every group but the reference
 * being compared with it.  Counts and shares of the file are no metric to
 * compare groups by: nothing is appended then, nor when there is no reference
 * or no other group.
 * Of a group that is withheld, or any when the reference is, the verdict alone
 * is told; and of one with fewer than min_report rows not even that.  Names
 * are borrowed from the table and the metric.
 */
void disparity_add(struct disparity_maker *maker,
    const struct group_table *table, const struct metric *metric);

/*
 * Set p_pack of all tests in these tables: Benjamini and Hochberg's false
 * discovery rate over them together.
 */
void disparity_adjust_pack(struct disparity_table *const tables[], size_t n);

#endif
