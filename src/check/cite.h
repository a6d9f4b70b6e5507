#ifndef DOSSIER_CHECK_CITE_H
#define DOSSIER_CHECK_CITE_H

#include <stddef.h>

#include "base/arena.h"

/*
 * References to the law as lawyers write them: what neighbours share is said
 * once, and a run is told by its ends.  "Article 5(1)(a)", "Article 5(1)(b)",
 * "Article 5(1)(c)", "Article 5(1)(ba)" become "Article 5(1)(a) to (c), (ba)".
 */

/* Cite n references in their order, a repeated one once; in the arena. */
const char *cite(struct arena *arena, const char *const references[], size_t n);

#endif
