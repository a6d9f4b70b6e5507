#ifndef DOSSIER_MEASURE_FIGURES_H
#define DOSSIER_MEASURE_FIGURES_H

#include "base/arena.h"
#include "measure/group.h"
#include "measure/metric.h"
#include "measure/options.h"
#include "model/figure.h"

/* The one way from a table of groups to the figures of a report. */

/* Append a figure to a table. */
void figure_append(struct figure_table *table, struct figure *figure);

/* Append all figures of another table, which keeps them too. */
void figure_join(struct figure_table *to, const struct figure_table *from);

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
	const struct metric **metrics;
	size_t n_metrics;
	const struct group *whole; /* all rows of the file */
	bool has_labels, has_predictions;
	struct pos origin;
};

/*
 * Choose the metrics that the options name, or those of the default set that
 * the rows of the whole allow, and beside them those that limits are on, in
 * the order of the catalogue.  In a file of
 * several classes a metric of counts is chosen for each of them.  A name that
 * is unknown is reported at the origin.
 */
void figures_choose(struct figure_maker *maker, struct diag_list *diags);

/*
 * Append the figures of a table, by metric and group, with intervals and
 * comparisons.  Shares of rows have the interval of figure_interval(), areas
 * DeLong's, and means of scores and numbers Student's.  The whole file is a table of one group with the attribute "".
 * Names are borrowed from the table.
 */
void figures_add(struct figure_maker *maker, const struct group_table *table);

#endif
