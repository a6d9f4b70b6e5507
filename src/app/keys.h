#ifndef DOSSIER_APP_KEYS_H
#define DOSSIER_APP_KEYS_H

#include <stdbool.h>

#include "base/arena.h"
#include "read/value.h"

/* What the readers of the operator's files have in common. */

/* Add KEY_UNKNOWN, with a suggestion, for each key outside the list. */
void keys_check(const struct value *map, const char *const keys[], size_t n,
    struct diag_list *diags);

/* "; did you mean WORD?", or "" when word is NULL. */
const char *keys_suggest(struct arena *arena, const char *word);

/* Whether the value is a list; if not, CONFIG tells what is wanted. */
bool keys_want_list(
    const struct value *value, const char *want, struct diag_list *diags);

#endif
