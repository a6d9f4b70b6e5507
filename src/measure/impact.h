#ifndef DOSSIER_MEASURE_IMPACT_H
#define DOSSIER_MEASURE_IMPACT_H

#include "measure/group.h"
#include "model/impact.h"

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
 * What the rule says of each number:
 *  - selection rate (5-300): people of a category who are selected, of all of
 *    it; impact ratio: over the rate of the category with the highest;
 *  - scoring rate (5-300): the share of a category with a score above the
 *    median of the sample, so a score that equals the median is not above it;
 *  - sex, race and ethnicity, and their intersections have each a table of
 *    their own (5-301(b)(3), (c)(4)): each attribute here makes one;
 *  - people of an unknown category are not in the calculations, and their
 *    number is told (5-301(b)(5), (c)(5)).  The median is one of these
 *    calculations, so it is that of the people whose category is known; of an
 *    intersection, all of whose parts are;
 *  - a category of less than 2 % of the data may be left out of the impact
 *    ratios, with the reason, its number and its rate (5-301(d)).  Whether to
 *    leave it out is the auditor's choice, so both ratios are shown.
 *
 * People are counted, so weights do not enter.  A group that is withheld is
 * neither shown nor compared with.
 */

struct impact_options {
	bool missing_is_group; /* a missing category is one like the others */
	double ratio;          /* 0.8 */
	double small_share;    /* 0.02: a category of less may be left out */
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
