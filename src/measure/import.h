#ifndef DOSSIER_MEASURE_IMPORT_H
#define DOSSIER_MEASURE_IMPORT_H

#include "base/file.h"
#include "measure/imported.h"
#include "measure/options.h"

/*
 * Figures that another program made: the exports of design/metrics.md,
 * section 5, and the layouts of measure/fairness_file.h and of `dossier
 * measure`.  A file is recognised by its shape, which is its header or its
 * keys, and never by its name.
 *
 * Nothing is taken on trust that can be counted.  Where an export has the
 * counts of a group (Aequitas, a cross table, recall and support of a report,
 * the rows of a dashboard), its figures are made from them; a number of the
 * export that differs by more than 1e-9 of it is a finding, at its place and
 * naming both.  A figure that has no denominator is undefined there, whatever
 * the export has instead: 0 in fairlearn and scikit-learn, the ratio 10 in
 * Aequitas.  Without counts such a 0 cannot be told from a rate of 0 and is
 * shown as it stands.
 *
 * Rows.  An export need not say how many rows a group has.  Such a group is
 * withheld wherever small groups are, since it may be one of them.
 */

/*
 * Whether a file that begins with these whole rows, four at least unless it
 * has fewer, has a shape that measure_import() knows; or is JSON, or the text
 * of a report of which measure_import() says how to have it as data.
 */
bool measure_import_fits(struct arena *arena, const struct source *head,
    const struct measure_options *options);

/* The shapes that are known, for a message. */
const char *measure_import_known(void);

/*
 * Read an export.  Everything in out lives in the arena and does not depend on
 * the source.  Figures are ordered, compared and withheld as those of
 * measure_fairness_file().  What is wrong with a number is in diags, and the
 * number is left out.  Return 0, or -1 with the reason when nothing can be
 * read: the shape is unknown, the file is no CSV and no JSON.
 */
int measure_import(struct import *out, struct arena *arena,
    struct source *source, const struct measure_options *options,
    struct diag_list *diags);

#endif
