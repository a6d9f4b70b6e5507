#ifndef DOSSIER_READ_XML_H
#define DOSSIER_READ_XML_H

#include "base/file.h"
#include "read/value.h"

/*
 * XML by libxml2, less what makes it dangerous: no DOCTYPE, no entities but
 * the five, no encoding but UTF-8, at most 256 attributes an element and 256
 * xmlns attributes in force, depth 64, no network.  An element becomes a map:
 * attributes under "@name" (those of a prefix under "@prefix:name", xmlns
 * left out), child elements under their local names (a name may recur), text
 * under "#text", as it stands, where it is not blank; the pieces of a text
 * that child elements part are joined.
 *
 * Return the map of the root element, its own name under "#name", or NULL
 * with the first offence in diags.
 */
struct value *xml_read(
    struct arena *arena, struct source *source, struct diag_list *diags);

#endif
