#ifndef DOSSIER_CHECK_ROWS_H
#define DOSSIER_CHECK_ROWS_H

#include "check/judge.h"

/*
 * Figures by group against what the record says of them elsewhere: how many
 * rows they were counted on, and whose groups they are.
 */

/*
 * Whether the figures were counted on at most as many rows as a field says,
 * or on nine tenths of it and more.  Of attributes and metrics the one with
 * most rows decides; where a count is withheld it is none.
 */
void rows_judge(
    struct judge *judge, const struct check *check, struct outcome *out);

/*
 * Whether each attribute that has figures is declared; of an intersection
 * ("sex*age") it is enough that its parts are.
 */
void rows_judge_declared(struct judge *judge, struct outcome *out);

#endif
