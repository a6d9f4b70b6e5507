#ifndef DOSSIER_CHECK_SAY_H
#define DOSSIER_CHECK_SAY_H

#include "base/arena.h"
#include "base/text.h"

/* Pieces of the sentences about figures. */

/* Append a metric within a sentence: "selection rate". */
void say_metric(struct text *text, const char *metric);

/* The text in the arena; it is let go. */
const char *say_keep(struct arena *arena, struct text *text);

#endif
