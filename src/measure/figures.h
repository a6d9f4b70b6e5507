#ifndef DOSSIER_MEASURE_FIGURES_H
#define DOSSIER_MEASURE_FIGURES_H

#include <stdint.h>

#include "base/arena.h"
#include "measure/metric.h"
#include "measure/options.h"
#include "measure/withhold.h"
#include "model/figure.h"

/*
 * From counts to figures: the tables of groups that every source of counts
 * fills, and the one way from a table to the figures of a report.
 */

/* A group of an attribute with all that was counted in it. */
struct group {
	const char *name; /* "female", "female*youth", "(missing)*youth" */
	uint32_t parts[WITHHOLD_COLUMNS]; /* values of the table's columns */
	bool is_missing; /* a value of an attribute is missing */
	bool is_withheld, n_is_withheld;
	struct counts counts;
};

/* The groups of an attribute or intersection; their rows sum to the file's. */
struct group_table {
	const char *attribute; /* "sex", "sex*age" */
	uint32_t columns[WITHHOLD_COLUMNS];
	size_t n_columns;
	struct group *groups; /* ordered bytewise by name */
	size_t n;
	const struct group *reference;   /* or NULL */
	unsigned long long n_missing;    /* rows of groups that are missing */
	unsigned long long n_possible;   /* combinations of the values seen */
	unsigned long long n_unobserved; /* of these, with no row */
};

/* Order the groups by name; no pointer to a group may be kept before. */
void group_table_sort(struct group_table *table);

/* The group of this name, or NULL. */
const struct group *group_table_find(
    const struct group_table *table, const char *name);

/*
 * The group with most rows, the first by name among equals, without those
 * with a missing value unless missing_is_group; NULL when there is none.
 */
const struct group *group_table_largest(
    const struct group_table *table, bool missing_is_group);

/* Append a figure to a table. */
void figure_append(struct figure_table *table, struct figure *figure);

/* Why something of a figure must not be shown. */
struct concealment {
	double min_report;
	bool is_withheld;           /* the group is */
	bool n_is_withheld;         /* and its number of rows */
	bool reference_is_withheld; /* so nothing may be compared with it */
	double reference_n;
};

/*
 * Hide of a figure that has been compared what must not be shown: every number
 * that could tell what it was, or the comparisons alone.  What is hidden for
 * the sake of another group only, since its own rows and those of the
 * reference are enough, is kept in figure->hidden.
 */
void figure_conceal(struct figure *figure, struct arena *arena,
    const struct concealment *concealment);

/* Give a figure its Wilson interval for a share of n rows; or none. */
void figure_interval(struct figure *figure, double n, double confidence);

/*
 * Compare a figure with the one of the reference group: ratio and difference
 * where both are defined, from the counts where both have them, rounded once.
 * A ratio to 0 does not exist; the difference does.
 */
void figure_compare(struct figure *figure, const struct figure *reference);

/* What every figure of a file has in common, and where they go. */
struct figure_maker {
	struct figure_table *out;
	struct arena *arena;
	const struct measure_options *options;
	const struct metric *metrics[METRIC_MOST];
	size_t n_metrics;
	const struct counts *whole; /* of the file */
	bool has_labels, has_predictions;
	struct pos origin;
};

/*
 * Choose the metrics that the options name, or those of the default set that
 * labels and predictions allow, in the order of the catalogue.  A name that is
 * unknown is reported at the origin.
 */
void figures_choose(struct figure_maker *maker, struct diag_list *diags);

/*
 * Append the figures of a table, by metric and group, with intervals and
 * comparisons.  The whole file is a table of one group with the attribute "".
 * Names are borrowed from the table.
 */
void figures_add(struct figure_maker *maker, const struct group_table *table);

#endif
