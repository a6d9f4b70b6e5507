#ifndef DOSSIER_INTAKE_FAIRNESS_H
#define DOSSIER_INTAKE_FAIRNESS_H

#include "model/fairness.h"
#include "model/record.h"

/*
 * What the section `fairness` of the record asks to be measured, as plain
 * structs in the record's arena.  What contradicts itself is in
 * record->diags: a file of predictions without a column of decisions, a limit
 * without a bound.  Only usable entries are in *out; a record without the
 * section gives an empty one.
 */
void fairness_take(struct record *record, struct fairness *out);

#endif
