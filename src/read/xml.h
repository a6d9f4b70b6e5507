#ifndef DOSSIER_READ_XML_H
#define DOSSIER_READ_XML_H

#include "base/file.h"
#include "read/value.h"

/*
 * XML by libxml2, less what makes it dangerous: no DOCTYPE, no entities but
 * the five, no encoding but UTF-8, at most 256 attributes an element, depth
 * 64, no network.  An element becomes a map: attributes under "@name", child
 * elements under their local names (a name may recur), text under "#text"
 * where it is not blank.
 *
 * Return the map of the root element, its own name under "#name", or NULL
 * with the reason in diags.
 */
struct value *xml_read(struct arena *arena, struct source *source,
    struct diag_list *diags);

#endif
