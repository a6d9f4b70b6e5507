#ifndef DOSSIER_MEASURE_METRIC_H
#define DOSSIER_MEASURE_METRIC_H

#include "measure/counts.h"

/*
 * The catalogue of metrics: one entry for each, and the one place where its
 * formula stands.  A formula is a quotient of two sums of cells; the two that
 * are not (balanced accuracy, Matthews correlation) have a function.  A
 * quotient whose denominator is 0 is undefined, a third state with a reason,
 * and never 0.
 */

enum metric_kind {
	METRIC_RATE, /* share of the rows in the denominator: has an interval */
	METRIC_SHARE,    /* the same, of the rows of the whole file */
	METRIC_QUOTIENT, /* of counts, but no share of rows */
	METRIC_DERIVED   /* of several rates */
};

/* Which way is better for whom the model judges rightly; not for whom. */
enum metric_direction { METRIC_NEITHER, METRIC_HIGHER, METRIC_LOWER };

/* The value of a metric in one group. */
struct metric_value {
	bool defined;
	bool has_counts; /* numerator and denominator are known */
	double value;    /* when defined */
	double numerator, denominator;
	double effective;   /* rows behind the denominator, as if unweighted */
	const char *reason; /* when undefined; a literal */
};

struct metric {
	const char *name; /* its label: metric_label() of model/figure.h */
	enum metric_kind kind;
	enum metric_direction direction;
	double least, most; /* range of the value; most may be infinite */
	cell_factors numerator;
	cell_factors denominator; /* of METRIC_DERIVED: the rows it is of */
	const char *empty;        /* reason when the denominator is 0 */
	void (*derive)(const struct counts *counts, struct metric_value *out);
};

enum { METRIC_MOST = 32 }; /* room for the catalogue */

/* Number of metrics in the catalogue. */
size_t metric_count(void);

/* The metric at an index below metric_count(): the order of every table. */
const struct metric *metric_at(size_t i);

/* Index of a metric of the catalogue. */
size_t metric_index(const struct metric *metric);

/*
 * Find a metric by n bytes of its standard name, or of a name that other
 * tools give it ("tpr", "recall", "f1-score"); case, blanks and hyphens do
 * not matter.  NULL when nobody calls a metric so.  Aequitas' "pprev" is the
 * selection rate; its "ppr" is not a rate of the group but the share of all
 * selected.
 */
const struct metric *metric_find(const char *name, size_t n);

/* The known name nearest to a misspelt one, or NULL. */
const char *metric_near(const char *name);

/*
 * The value of a metric from the counts of a group; whole holds those of the
 * file, which METRIC_SHARE needs.
 */
void metric_measure(const struct metric *metric, const struct counts *group,
    const struct counts *whole, struct metric_value *out);

/*
 * Whether rows give the metric at all: without labels most of them, without
 * predictions nearly all, do not exist for any group.
 */
bool metric_is_measurable(
    const struct metric *metric, bool has_labels, bool has_predictions);

/* Whether the denominator of a rate is every row of the group. */
bool metric_is_of_all_rows(const struct metric *metric);

#endif
