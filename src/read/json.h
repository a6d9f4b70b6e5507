#ifndef DOSSIER_READ_JSON_H
#define DOSSIER_READ_JSON_H

#include "base/file.h"
#include "read/value.h"

/*
 * JSON as RFC 8259 words it and nothing beside: no comments, no trailing
 * commas, no NaN, no leading zeros, no raw control characters, no duplicate
 * keys, paired surrogates only, one value, depth 64.  Stricter than the RFC
 * in two things: an escape stands for no control character but TAB, LF and
 * CR, and a number fits a double.  Every value has its position; a number
 * keeps its literal as text.
 *
 * Return the tree in the arena, or NULL with the first offence in diags.
 */
struct value *json_read(
    struct arena *arena, struct source *source, struct diag_list *diags);

#endif
