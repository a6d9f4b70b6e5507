#ifndef DOSSIER_MEASURE_METRIC_H
#define DOSSIER_MEASURE_METRIC_H

#include "measure/metric_type.h"

/*
 * The catalogue of metrics: one entry for each, and the one place where its
 * formula stands.  Most are a quotient of two sums of cells; the others have
 * a function.  A metric that a group does not have, since a denominator is 0,
 * is undefined, a third state with a reason, and never 0.
 *
 * Names are those of design/metrics.md.  In a file of several classes a
 * metric of counts is meant one class against the rest and names it,
 * "recall[skilled]", and a cell is "confusion[true,predicted]"; a metric with
 * a number in its name exists for other numbers too, "skew_at_100".
 */

/* What the rows of a file have. */
struct metric_data {
	bool has_labels, has_predictions; /* of two values */
	bool has_scores;
	bool has_classes; /* true and predicted, of more than two */
	bool has_numbers; /* true and predicted */
};

/* Number of metrics in the catalogue. */
size_t metric_count(void);

/* The metric at an index below metric_count(): the order of every table. */
const struct metric *metric_at(size_t i);

/* Index in the catalogue of a metric, or of the one it was made from. */
size_t metric_index(const struct metric *metric);

/*
 * Find a metric by n bytes of its standard name, or of a name that other
 * tools give it ("tpr", "recall", "f1-score"); case, blanks and hyphens do
 * not matter.  NULL when nobody calls a metric so.  Aequitas' "pprev" is the
 * selection rate; its "ppr" is not a rate of the group but its share of all
 * that are selected, "predicted_positive_ratio_k".
 */
const struct metric *metric_find(const char *name, size_t n);

/*
 * The same for names with a class or another number, for which a metric is
 * made in the arena.  classes are those of the file; NULL: any will do.
 */
const struct metric *metric_resolve(struct arena *arena, const char *name,
    size_t n, const struct confusion *classes);

/* A metric of counts for a class against the rest; names are borrowed. */
const struct metric *metric_of_class(
    struct arena *arena, const struct metric *metric, const char *class);

/* The metric "confusion" for a true and a predicted class, borrowed. */
const struct metric *metric_of_cell(struct arena *arena,
    const struct metric *metric, const char *class, const char *predicted);

/* The known name nearest to a misspelt one, or NULL. */
const char *metric_near(const char *name);

/* The value of a metric in a group; whole is the group of all rows. */
void metric_measure(const struct metric *metric, const struct group *group,
    const struct group *whole, struct metric_value *out);

/*
 * Whether rows give the metric at all: without labels most of them, without
 * predictions nearly all, do not exist for any group.  Of several classes a
 * metric of counts is given for each; of the metrics of numbers only the mean
 * prediction exists of binary rows, too.
 */
bool metric_is_measurable(
    const struct metric *metric, const struct metric_data *data);

/* Whether the denominator of a rate is every row of the group. */
bool metric_is_of_all_rows(const struct metric *metric);

#endif
