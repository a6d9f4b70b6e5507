#ifndef DOSSIER_MEASURE_GUARD_H
#define DOSSIER_MEASURE_GUARD_H

#include "measure/group.h"
#include "model/figure.h"

/*
 * Withholding of small groups over everything that is said of a model.  Two
 * files of the same rows tell more together than each alone: one has the
 * groups of "sex", the other those of "sex*age", and what either hides may
 * follow from both.  So all sources are read whole first, and then marked
 * together.
 *
 * Sources are of the same rows when no group of both has another number of
 * rows in them, and either a group has the same number or the files have as
 * many rows.  Others are of other rows, of another period perhaps, and are
 * guarded apart: what follows from the difference of two such files is not
 * found, nor can it be.
 *
 * What is promised of the tables together is what measure/withhold.h promises
 * of tables.  Beyond it:
 *  - a figure is hidden wherever its group is, in every source of these rows;
 *  - nothing is compared with a reference group that is hidden;
 *  - rows of the whole that are in none of the groups of an attribute are
 *    guarded like a group without value, since their figures follow;
 *  - a group whose rows its file does not state is taken for a small one:
 *    another file may be of other rows.
 */

/* A source that is shown, as it was read with nothing withheld. */
struct guard_source {
	struct figure_table *figures;
	struct group_table
	    *whole; /* counts of the file; NULL or n == 0: none */
	struct group_table *tables;
	size_t n_tables;
};

/*
 * Hide in the figures, and mark in the tables, what must not be shown of
 * groups of fewer than min_report rows; 0 hides nothing.  Figures and marks
 * live in the arena.  An attribute whose groups have more rows than their file
 * is in diags.  Return 0, or -1 with the reason when it cannot be done safely;
 * then nothing of the sources may be shown.
 */
int guard_sources(struct guard_source sources[], size_t n, struct arena *arena,
    double min_report, struct diag_list *diags);

#endif
