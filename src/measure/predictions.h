#ifndef DOSSIER_MEASURE_PREDICTIONS_H
#define DOSSIER_MEASURE_PREDICTIONS_H

#include "base/file.h"
#include "measure/figures.h"

/*
 * Predictions, one a row, to disaggregated figures.  The file is read once;
 * every row falls into one cell of one group of each attribute, so that no
 * row vanishes: n_rows is n_bad and the rows of the whole, and those are the
 * rows of the groups of each table.  The order of rows changes nothing.
 *
 * Cells.  A label or prediction is the positive value, the negative value, or
 * missing: empty, NA, N/A, NaN, nan, null or None.  A row without label
 * counts for the selection rate only, one without prediction for the base
 * rate only.  Attributes are compared as bytes; an empty one is the group
 * "(missing)".
 */

/* Which columns hold what.  All strings are borrowed. */
struct prediction_columns {
	const char *label;      /* what was true; NULL: the file does not say */
	const char *prediction; /* what the model said; or NULL: see score */
	const char *score;      /* selected when score >= threshold; or NULL */
	double threshold;
	const char *weight; /* or NULL: every row counts once */
	/*
	 * NULL: 1, 1.0, true or yes is positive and 0, 0.0, false or no
	 * negative, in any case.  Otherwise exactly this text is positive,
	 * and negative exactly the other, or, when negative is NULL, the one
	 * other value the file has; a third one ends the reading, since it
	 * would be a guess which of the two is negative.
	 */
	const char *positive;
	const char *negative;
	/*
	 * The tables to make: a column, "sex", or up to three of them joined,
	 * "sex*race*age".  Groups of an intersection are named alike,
	 * "female*other*adult"; a "*" or "\" of a value itself is written
	 * with a "\" before it.
	 */
	const char *const *attributes;
	size_t n_attributes;
};

struct predictions {
	/* Ordered by attribute as asked, first the whole; metric; group. */
	struct figure_table figures;
	unsigned long long n_rows;     /* below the header */
	unsigned long long n_bad;      /* of these, left out for a bad cell */
	unsigned long long n_no_label; /* counted, but without label */
	unsigned long long n_no_prediction; /* counted, but without one */
	struct group_table whole;           /* one group, "(overall)" */
	struct group_table *tables;         /* one for each attribute */
	size_t n_tables;
};

/*
 * Measure a file of predictions.  Everything in out lives in the arena, and
 * its strings do not depend on the source.  What is wrong with a cell is an
 * entry in diags, at most COMPLAINTS_SHOWN of them, and the row is left out
 * and counted.  The tables hold every count, whoever may see it; the figures
 * hold what may be shown.  Return 0, or -1 with the reason in diags when
 * there is nothing to measure: a column is missing, the file is no CSV or has
 * no rows, an attribute has too many groups.
 */
int measure_predictions(struct predictions *out, struct arena *arena,
    struct source *source, const struct prediction_columns *columns,
    const struct measure_options *options, struct diag_list *diags);

#endif
