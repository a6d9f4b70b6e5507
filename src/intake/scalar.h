#ifndef DOSSIER_INTAKE_SCALAR_H
#define DOSSIER_INTAKE_SCALAR_H

#include "intake/taking.h"
#include "read/value.h"

/*
 * Read one plain value by the type of field->term into the field: its text,
 * and number, day or choice.  An unusable one becomes ANSWER_INVALID with one
 * entry in diags.  The value may be of any kind.
 */
void scalar_take(
    struct taking *taking, struct field *field, const struct value *value);

/* Whether the text is a word of the choice; *i is its place in the list. */
bool scalar_is_choice(const struct term *term, const char *text, size_t *i);

/* Whether an address is safe to be made a link: https:, http: or mailto:. */
bool scalar_is_address(const char *text);

/* An id: a-z 0-9 . _ -, at most 64, begins with a-z or 0-9. */
bool scalar_is_slug(const char *text);

#endif
