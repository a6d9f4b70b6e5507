#ifndef DOSSIER_INTAKE_WALK_H
#define DOSSIER_INTAKE_WALK_H

#include "intake/taking.h"
#include "read/value.h"

/*
 * A tree of values against the vocabulary: what is well typed becomes a
 * field, what is not becomes a finding and an unusable field.  One pass; each
 * key is looked up once by bisection.  Fields of a section stand in the order
 * of the vocabulary, whatever the order of the file.
 */

/*
 * The fields of a map by the terms of a section; the field of the section
 * itself is returned, in the arena, and borrows texts from the values.  A
 * value that is no map gives an empty section and a finding.
 */
struct field *walk_section(
    struct taking *taking, const struct term *section, const struct value *map);

/* The same for a list by the term of a list; its path is the term's own. */
struct field *walk_list(
    struct taking *taking, const struct term *list, const struct value *values);

#endif
