#ifndef DOSSIER_MEASURE_DISPARITY_H
#define DOSSIER_MEASURE_DISPARITY_H

#include "measure/disparity_verdict.h"
#include "model/figure.h"

/*
 * Comparisons of the groups of a table with its reference group, as section 4
 * of design/metrics.md has them:
 *
 *  - rates: Newcombe's interval of the difference, Katz' of the ratio, and the
 *    two-proportion z test; when an expected count is below 5, the score
 *    intervals of Miettinen and Nurminen and of Koopman, the latter also where
 *    a cell is empty, and Fisher's test with mid-p;
 *  - the area under the ROC curve: DeLong; means of scores, errors and
 *    predictions: Welch;
 *  - other numbers made from counts: the BCa bootstrap;
 *  - weighted rows count by their effective number, and never in an exact test.
 */

/*
 * The usual ones: both, 0.95, 0.8, 0.8, no minimum, Holm, 2,000 replicates,
 * seed 1.
 */
void disparity_defaults(struct disparity_options *options);

/*
 * Append the family of a table and a metric, every group but the reference
 * being compared with it.  Counts and shares of the file are no metric to
 * compare groups by: nothing is appended then, nor when there is no reference
 * or no other group.
 * Of a group that is withheld, or any when the reference is, the verdict alone
 * is told; and of one with fewer than min_report rows not even that.  What is
 * shown is adjusted for the number of comparisons that are shown.  Names are
 * borrowed from the table and the metric.
 */
void disparity_add(struct disparity_maker *maker,
    const struct group_table *table, const struct metric *metric);

/* Append a comparison to those of a family, before it is closed. */
void disparity_append(struct disparity_family *family, struct disparity *d);

/* Whether groups are compared by the metric at all. */
bool disparity_is_comparable(const struct metric *metric);

/*
 * Replicates of each comparison of so many groups, so that a family of many
 * ends in time.
 */
unsigned disparity_replicates(
    const struct disparity_options *options, size_t groups);

/*
 * Append a family whose comparisons are made: adjust the tests, judge, and
 * hide what must not be shown.
 */
void disparity_close(
    struct disparity_maker *maker, struct disparity_family *family);

/*
 * The same of figures that a file states, whose rows nobody has: n of one
 * attribute and metric, of which one is the reference.  A rate with whole
 * counts beside it is tested as above, any other is not tested at all: its
 * verdict can be a finding by size alone, where that is the rule.
 */
void disparity_add_figures(struct disparity_maker *maker,
    const struct metric *metric, const struct figure *const figures[],
    size_t n);

/*
 * Set p_pack of all tests in these tables: Benjamini and Hochberg's false
 * discovery rate over them together.
 */
void disparity_adjust_pack(struct disparity_table *const tables[], size_t n);

#endif
