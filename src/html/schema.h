#ifndef DOSSIER_HTML_SCHEMA_H
#define DOSSIER_HTML_SCHEMA_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/*
 * What XML schemas (XSD 1.0) say about names: which elements and attributes
 * stand where.  Enough of the language for contracts of our own: elements
 * and types, global or local, sequence, choice, all, groups, extension.
 */
struct html_schema {
	xmlDoc *const *documents;
	size_t n;
};

/*
 * The declaration of the child element of that name below a declaration; NULL
 * below stands for the document.  Return NULL when none is declared.
 */
const xmlNode *html_schema_child(
    const struct html_schema *schema, const xmlNode *below, const char *name);

/* Whether the declared element has the attribute. */
bool html_schema_attribute(
    const struct html_schema *schema, const xmlNode *element, const char *name);

/* Whether some element (or attribute) of that name is declared at all. */
bool html_schema_names(
    const struct html_schema *schema, bool attribute, const char *name);

/*
 * The name most like the one that is not declared, among those of the same
 * kind anywhere; NULL when none is near.
 */
const char *html_schema_near(const struct html_schema *schema,
    struct arena *arena, bool attribute, const char *name);

#endif
