#ifndef DOSSIER_CHECK_EMIT_H
#define DOSSIER_CHECK_EMIT_H

#include "base/arena.h"
#include "model/verdict.h"

/* How a verdict comes into a record. */

/* The stable id of a verdict: 12 digits of SHA-256(rule 0 model 0 path). */
const char *check_verdict_id(
    struct arena *arena, const char *rule, const char *model, const char *path);

/* Append a verdict to a list. */
void check_add(struct verdict_list *list, struct verdict *verdict);

#endif
