#ifndef DOSSIER_INTAKE_PLACEHOLDER_H
#define DOSSIER_INTAKE_PLACEHOLDER_H

#include <stdbool.h>

#include "base/text.h"

/*
 * Texts that stand where an answer should be: "TBD", "n/a", "to be
 * completed".  They count as not provided, so a false one would accuse an
 * honest author: only texts that are nothing else are taken for placeholders.
 */

/* Whether the text, blanks at its ends aside, is a placeholder. */
bool placeholder_is(const char *text);

/*
 * Append a regular expression (ECMA-262, as JSON Schema uses it) that matches
 * what placeholder_is() finds.
 */
void placeholder_pattern(struct text *out);

#endif
