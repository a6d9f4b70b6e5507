#ifndef DOSSIER_CHECK_SETTLE_H
#define DOSSIER_CHECK_SETTLE_H

#include "model/record.h"

/*
 * What the findings on a record mean together, once all rules have spoken:
 * one fault is told once, and none is left untold.
 */

/*
 * Mark as repeated what misses, or is not tested for want of, a fact that
 * another finding asks for with the same weight: once it is given, the rest
 * will be judged.  So is a fault that is looked for in every field alike where
 * a rule about the field tells of it, and what follows from such a fault.
 */
void settle_repeated(struct record *record);

/*
 * Add ANSWER_UNSIGNED to the diagnostics of the record for each "not
 * applicable" that lacks reason, name or date and that no verdict tells of.
 */
void settle_unsigned(struct record *record);

#endif
