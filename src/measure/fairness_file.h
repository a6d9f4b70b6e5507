#ifndef DOSSIER_MEASURE_FAIRNESS_FILE_H
#define DOSSIER_MEASURE_FAIRNESS_FILE_H

#include "base/file.h"
#include "measure/options.h"
#include "model/figure.h"

/*
 * Figures that an organisation computed itself, in a tidy CSV: a row a
 * figure.  Columns: attribute, group, metric, value, and count or n, the rows
 * of the group; if it likes numerator and denominator, lower and upper, and
 * reference, the group that the others of the attribute are compared with.
 * Others are let be.  The whole file is the attribute "" or the group
 * "(overall)"; an empty group is "(missing)".  Intersections are named as in
 * measure/predictions.h.  An undefined value is "undefined" or empty, beside
 * a denominator of 0.  Of several periods, in a column period or data_set, the
 * last is read.
 *
 * A file of `dossier measure --format=csv` is such a file too, by its columns
 * numerator, denominator, n and note: what it says between groups is passed
 * over, and an undefined value is "nan".
 *
 * Nothing is taken on trust that can be computed: a value is compared with
 * its numerator and denominator (to 1e-9 relative), a rate must lie in its
 * range and its interval around it, and all figures of a group must give it
 * the same rows.  Without an interval a rate gets Wilson's, on its
 * denominator, or on the rows of the group where they are the same.
 */

/*
 * Append the figures of the file to *out: attributes in the order of the
 * file, metrics in that of the catalogue, groups by their bytes.  Small groups
 * are withheld as measure/withhold.h promises.  Everything lives in the
 * arena.  What is wrong with a row is in diags, and the row is left out.
 * Return 0, or -1 with the reason when nothing can be read: no CSV, a column
 * is missing, no rows.
 */
int measure_fairness_file(struct figure_table *out, struct arena *arena,
    struct source *source, const struct measure_options *options,
    struct diag_list *diags);

#endif
