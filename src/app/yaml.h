#ifndef DOSSIER_APP_YAML_H
#define DOSSIER_APP_YAML_H

#include <stddef.h>

#include "base/text.h"
#include "read/value.h"

/*
 * YAML as people write it: plain where that is safe, long texts folded, short
 * lists in brackets; what our own reader reads back is the same.
 */

/*
 * Append a blank and a text as the value of a key of n bytes: plain, quoted,
 * or folded into lines that each begin with the margin.
 */
void yaml_put_scalar(
    struct text *out, const char *text, const char *margin, size_t n);

/* Append the children of a map, or the items of a list, a line each. */
void yaml_put(struct text *out, const struct value *value, unsigned depth);

#endif
