#ifndef DOSSIER_MEASURE_SPREAD_ROW_H
#define DOSSIER_MEASURE_SPREAD_ROW_H

#include "measure/metric.h"

/* The rows of a spread, for the modules that make them. */

/* A number, or a yes or no, about the groups of an attribute. */
struct spread {
	const char *attribute;
	const char *name;  /* "selection_rate_ratio_between_groups" */
	const char *group; /* "(all groups)", "female", "unprivileged vs x" */
	const char *reference; /* the group compared with; or NULL */
	const char *note;      /* how it was made; or NULL */
	bool is_verdict;       /* the value is 1 for yes and 0 for no */
	struct metric_value value;
	bool has_n;        /* it is of one group: */
	double n;          /* its rows that are in the value */
	size_t n_left_out; /* groups that have no value, so are not in it */
	struct spread *next;
};

/* In the order in which they were made. */
struct spread_table {
	struct spread *first;
	struct spread *last;
	size_t n;
};

/* What the rows of a table are made from. */
struct spread_maker {
	struct spread_table *out;
	struct arena *arena;
	const char *attribute;
	const struct group **groups; /* that are compared */
	size_t n;
	const struct group *reference; /* one of them, or NULL */
	const struct group *whole;
	double tau;
};

#define SPREAD_ALL "(all groups)"
#define SPREAD_EVERY "(all attributes)"

/* Append a row about some groups; strings are borrowed. */
struct spread *spread_append(struct spread_maker *maker, const char *name,
    const char *group, const struct metric_value *value);

/* The same about one group beside a reference. */
struct spread *spread_append_group(struct spread_maker *maker, const char *name,
    const struct group *group, const struct metric_value *value,
    const struct group *reference);

/* A value of a metric in each compared group; the array is of the arena. */
struct metric_value *spread_values(
    const struct spread_maker *maker, const struct metric *metric);

/* A number as a value, and a reason as one that is undefined. */
struct metric_value spread_number(double value);
struct metric_value spread_undefined(const char *reason);

/*
 * a - b and a / b, from the counts where both have them, rounded once.  Both
 * are undefined where one of the two is.  A ratio to 0 is undefined, and
 * infinite unless a is 0 too: its reason is SPREAD_INFINITE.  A ratio of
 * negative values is undefined.
 */
struct metric_value spread_difference(
    const struct metric_value *a, const struct metric_value *b);
struct metric_value spread_ratio(
    const struct metric_value *a, const struct metric_value *b);

#define SPREAD_INFINITE "infinite: what it is divided by is 0"

/* Whether a value is undefined for being infinite. */
bool spread_is_infinite(const struct metric_value *value);

/* The metric of this name in the catalogue, which has it. */
const struct metric *spread_metric(const char *name);

#endif
