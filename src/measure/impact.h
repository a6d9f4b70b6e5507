#ifndef DOSSIER_MEASURE_IMPACT_H
#define DOSSIER_MEASURE_IMPACT_H

#include "measure/group.h"

/*
 * Impact ratios: the rate of each group over the highest rate of any.
 *
 *  - The four-fifths rule: Uniform Guidelines on Employee Selection
 *    Procedures, 29 CFR 1607.4(D): a rate below four fifths of the highest.
 *  - The table of New York City Local Law 144 (Rules of the City of New York,
 *    title 6, sections 5-300 and 5-301): selection rates, or scoring rates,
 *    the share of a category that scores above the median of the sample;
 *    impact ratios with all categories, and without those that are less than
 *    2 % of the data; the number of people whose category is not known.
 *
 * People are counted, so weights do not enter.  A group that is withheld is
 * neither shown nor compared with.
 */

enum impact_kind { IMPACT_SELECTION, IMPACT_SCORING };

struct impact_options {
	bool missing_is_group; /* a missing category is one like the others */
	double ratio;          /* 0.8 */
	double small_share;    /* 0.02: a category of less may be left out */
};

struct impact_row {
	const char *group;
	bool is_withheld; /* nothing below is known */
	double selected;  /* or scored above the median */
	double n;         /* rows with a prediction, or a score */
	bool has_rate;    /* n > 0 */
	double rate;
	double share; /* of the rows with a known category */
	bool is_small;
	bool has_ratio_all, has_ratio_without;
	double ratio_all;     /* over the highest rate */
	double ratio_without; /* the highest of those that are not small */
	bool is_below;        /* ratio_all is below the limit */
	/* Further selections that the group needs to reach the limit. */
	double shortfall;
	/* The ratio with one more in the group and one less in the best. */
	bool has_flip_one;
	double flip_one;
	bool flips; /* and so it reaches the limit */
};

struct impact_table {
	enum impact_kind kind;
	const char *attribute;
	double n;         /* rows of the categories below */
	double n_unknown; /* rows of an unknown category */
	bool has_median;  /* of scores */
	double median;
	bool median_is_rounded; /* the scores were too many to keep apart */
	/* The groups compared with: NULL where there is none. */
	const char *best_all, *best_without;
	size_t n_small;          /* categories that are left out */
	struct impact_row *rows; /* in the order of the table */
	size_t n_rows;
};

/*
 * Make the table of an attribute; names are borrowed from it.  Of equal rates
 * the one of most rows is the highest, then the first by name.  Return false
 * where no group has a rate: no predictions, or no scores.
 */
bool impact_measure(const struct group_table *table, enum impact_kind kind,
    const struct impact_options *options, struct arena *arena,
    struct impact_table *out);

/*
 * Further selections that k of n rows need so that their rate reaches a part
 * of the rate of best_k of best_n rows.
 */
double impact_shortfall(
    double k, double n, double best_k, double best_n, double part);

#endif
