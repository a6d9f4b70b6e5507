#ifndef DOSSIER_MEASURE_FINISH_H
#define DOSSIER_MEASURE_FINISH_H

#include "measure/figures.h"

/* From counted tables to what is shown, whatever was counted. */

/* What was counted of predictions; see measure/predictions.h. */
struct predictions {
	/* Ordered by attribute as asked, first the whole; metric; group. */
	struct figure_table figures;
	unsigned long long n_rows;     /* below the header */
	unsigned long long n_bad;      /* of these, left out for a bad cell */
	unsigned long long n_no_label; /* counted, but without label */
	unsigned long long n_no_prediction; /* counted, but without one */
	/* Scores and numbers stand for all within it; 0: all are exact. */
	double resolution;
	bool has_labels, has_predictions; /* one, at least */
	struct group_table whole;         /* one group, "(overall)" */
	struct group_table *tables;       /* one for each attribute */
	size_t n_tables;
};

struct finish {
	struct arena *arena;
	const char *name; /* of the file, the arena's */
	const struct measure_options *options;
	bool has_labels, has_predictions;
	struct diag_list *diags;
};

/*
 * Choose the reference group of each table, mark what is withheld, and make
 * the figures; out has its tables.  Return 0, or -1 with the reason when
 * small groups cannot be withheld safely.
 */
int finish_tables(struct predictions *out, const struct finish *finish);

#endif
