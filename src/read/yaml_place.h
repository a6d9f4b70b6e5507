#ifndef DOSSIER_READ_YAML_PLACE_H
#define DOSSIER_READ_YAML_PLACE_H

#include <stddef.h>

#include "base/diag.h"
#include "base/file.h"

/*
 * Where a byte of a scalar's text stands in the file: the text has lost its
 * indentation, its line ends and its quotes, so the two are walked side by
 * side.  start is where the scalar starts.  Return start where the two do not
 * go together: a text with escapes before the byte, or an alias.
 */
struct pos yaml_place(const struct source *source, struct pos start,
    const char *text, size_t offset);

#endif
