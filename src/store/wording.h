#ifndef DOSSIER_STORE_WORDING_H
#define DOSSIER_STORE_WORDING_H

#include <stdbool.h>

#include "model/summary.h"

/*
 * The words that stand for enumerators in the ledger.  They are part of its
 * format: a later version of the program must know them all.
 */

/* "open", "closed", "unreadable". */
const char *wording_gate(enum gate gate);

/* "no limit", "reference", "within", "near", "outside", "not tested". */
const char *wording_figure(enum figure_result result);

/* Read a gate's word back; false when it is none. */
bool wording_read_gate(const char *word, enum gate *out);

/* Read the word of a figure's result back; false when it is none. */
bool wording_read_figure(const char *word, enum figure_result *out);

/* Read the word of a verdict's result back; false when it is none. */
bool wording_read_result(const char *word, enum verdict_result *out);

/* Read the word of a status back; false when it is none. */
bool wording_read_status(const char *word, enum status *out);

/* Read the word of an effect back; false when it is none. */
bool wording_read_effect(const char *word, enum effect *out);

#endif
