#ifndef DOSSIER_CHECK_NAMING_H
#define DOSSIER_CHECK_NAMING_H

#include "base/arena.h"
#include "model/record.h"

/*
 * Fields of a record by what their entries are called, so that a field has
 * the same name wherever its entry stands.  Each list is gone through once,
 * however many of its entries are asked for.
 */
struct naming;

/* Nothing is looked at before it is asked for. */
struct naming *naming_new(struct arena *arena, const struct field *top);

/*
 * The path of a field with items by what they are called instead of where
 * they stand: "data_sets[loans-2025].name" for "data_sets[2].name".  An item
 * is called by its key id, else name, else the first of its keys that holds a
 * word; a second of one name gets "#2"; one without keeps its number.
 */
const char *naming_field(struct naming *naming, const char *path);

/* The field at a path with indices, or NULL. */
const struct field *naming_find(struct naming *naming, const char *path);

/* The outermost field whose value stands at a place, or NULL. */
const struct field *naming_at(struct naming *naming, struct pos pos);

#endif
