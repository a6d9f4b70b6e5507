#ifndef DOSSIER_STORE_WORDS_H
#define DOSSIER_STORE_WORDS_H

#include <stdbool.h>

#include "model/summary.h"

/*
 * The words that stand for enumerators in the ledger.  They are part of its
 * format: a later version of the program must know them all.
 */

/* "open", "closed", "unreadable". */
const char *words_gate(enum gate gate);

/* "no limit", "reference", "within", "near", "outside", "not tested". */
const char *words_figure(enum figure_result result);

/* Read a gate's word back; false when it is none. */
bool words_read_gate(const char *word, enum gate *out);

/* Read the word of a figure's result back; false when it is none. */
bool words_read_figure(const char *word, enum figure_result *out);

/* Read the word of a verdict's result back; false when it is none. */
bool words_read_result(const char *word, enum verdict_result *out);

/* Read the word of a status back; false when it is none. */
bool words_read_status(const char *word, enum status *out);

/* Read the word of an effect back; false when it is none. */
bool words_read_effect(const char *word, enum effect *out);

#endif
