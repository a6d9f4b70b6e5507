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

/* Each reads a word back; false when it is not one of its list. */
bool words_read_gate(const char *word, enum gate *out);
bool words_read_figure(const char *word, enum figure_result *out);
bool words_read_result(const char *word, enum verdict_result *out);
bool words_read_status(const char *word, enum status *out);
bool words_read_effect(const char *word, enum effect *out);

#endif
