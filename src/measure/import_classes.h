#ifndef DOSSIER_MEASURE_IMPORT_CLASSES_H
#define DOSSIER_MEASURE_IMPORT_CLASSES_H

#include "measure/import_sheet.h"

/* Exports that count the rows of each true and predicted class. */

/*
 * State how many rows of a group are of a class and predicted to be of another;
 * those without prediction have an empty one.  Names are kept.  A number that
 * is none of whole rows spoils the group.
 */
void sheet_pair(struct sheet *sheet, struct sheet_group *group,
    const char *label, const char *prediction, const struct import_text *n);

/*
 * Give each group of a variant that has pairs its confusion, whose classes are
 * those of all.  Return 0, or -1 with the reason when there are too many.
 */
int sheet_classes(struct sheet *sheet, size_t variant);

/* The confusion of n groups together, one at least; they have the same classes. */
const struct confusion *confusion_sum(
    struct arena *arena, const struct group *groups, size_t n);

#endif
