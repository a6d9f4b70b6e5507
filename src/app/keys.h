#ifndef DOSSIER_APP_KEYS_H
#define DOSSIER_APP_KEYS_H

#include "base/arena.h"
#include "read/value.h"

/* What the readers of the operator's files have in common. */

/* Add KEY_UNKNOWN, with a suggestion, for each key outside the list. */
void keys_check(const struct value *map, const char *const keys[], size_t n,
    struct diag_list *diags);

/* "; did you mean WORD?", or "" when word is NULL. */
const char *keys_suggest(struct arena *arena, const char *word);

#endif
