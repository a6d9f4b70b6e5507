#ifndef DOSSIER_MODEL_FIGURE_H
#define DOSSIER_MODEL_FIGURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

/*
 * A figure: one metric of one group of one attribute, with its counts, its
 * interval and its origin.  Metric names are the standard ones of
 * design/metrics.md in snake_case: "selection_rate", "true_positive_rate",
 * "false_positive_rate", "false_negative_rate", "precision", "accuracy", ...
 */

#define GROUP_OVERALL "(overall)" /* the group that is the whole file */
#define GROUP_MISSING "(missing)" /* in the name of one without a value */

enum figure_state {
	FIGURE_DEFINED,
	FIGURE_UNDEFINED, /* denominator 0: see reason; neither pass nor fail */
	FIGURE_WITHHELD /* group below the minimum, or protecting one that is */
};

/* Result against a limit. */
enum figure_result {
	FIGURE_NO_LIMIT,
	FIGURE_REFERENCE, /* the group that the others are compared with */
	FIGURE_WITHIN,
	FIGURE_NEAR, /* inside the warning band */
	FIGURE_OUTSIDE,
	FIGURE_NOT_TESTED /* has a limit, cannot be tested: see reason */
};

/* Values are meaningful only in the state FIGURE_DEFINED. */
struct figure {
	const char *attribute; /* "sex", "sex*age"; "" is the whole file */
	const char *group;     /* "female"; "(missing)", "(overall)" */
	const char *metric;
	double n;           /* rows (or sum of weights) of the group */
	bool n_is_withheld; /* the count itself must not be shown */
	bool n_is_unknown;  /* the file does not say; n is 0 */
	bool has_counts;    /* numerator and denominator are known */
	double numerator;
	double denominator;
	enum figure_state state;
	const char *reason; /* undefined, withheld, not tested; else NULL */
	double value;
	bool has_interval;
	double lower, upper;         /* 95 % unless confidence says otherwise */
	double confidence;           /* 0.95 */
	const char *interval_method; /* "Wilson", "as given"; or NULL */
	bool is_reference;
	const char *reference; /* name of the reference group, or NULL */
	bool has_ratio;        /* group / reference */
	double ratio;
	bool has_difference; /* group - reference */
	double difference;
	enum figure_result result;
	bool crosses_limit; /* the interval lies on both sides of the limit */
	const char *limit_text; /* "ratio at least 0.80", or NULL */
	bool has_limit;         /* limit is comparable with limited */
	double limit;
	const char *limited; /* "ratio", "difference" or "value" */
	struct pos origin;   /* row of the file, or the file itself */
	/*
	 * The figure with all that is withheld of it, where it is withheld not
	 * for its own few rows but to guard a smaller group; else NULL.  Limits
	 * are held against it, and only the result is ever shown.
	 */
	const struct figure *hidden;
	struct figure *next;
};

/* The tables of one file; figures ordered by attribute, metric, group. */
struct figure_table {
	struct figure *first;
	struct figure *last;
	size_t n;
};

/* A run of figures of one attribute and metric. */
struct figure_slice {
	const struct figure *first;
	const struct figure *end;       /* behind the last */
	const struct figure *reference; /* of the comparisons; or NULL */
};

/* A performance measure of the whole file or as evaluation states it. */
struct measure {
	const char *name;  /* standard metric name, or as given */
	const char *label; /* for a reader */
	const char *data_set;
	double value;
	bool has_interval;
	double lower, upper;
	double n; /* 0: not stated */
	bool has_least, has_most;
	double least, most; /* limits: "prior defined", Article 9(8) */
	bool has_previous;
	double previous; /* of the version before; Annex IV 6 */
	bool is_stress;  /* under noise, shift or attack; Article 15(4) */
	enum figure_result result;
	struct pos origin;
	struct measure *next;
};

/* Whether the figure is of a group that lacks a value of an attribute. */
bool figure_is_of_missing(const struct figure *figure);

/* The slice that begins with a figure. */
struct figure_slice figure_slice(const struct figure *first);

/* The word that a reader sees for a result: "Within limit". */
const char *figure_result_word(enum figure_result result);

/* The CSS class of a result: ok, no, wa, na. */
const char *figure_result_class(enum figure_result result);

/* A human label for a metric name ("Selection rate"), or the name itself. */
const char *metric_label(const char *metric);

/* Whether values of the metric are shares of rows, written in per cent. */
bool metric_is_rate(const char *metric);

#endif
