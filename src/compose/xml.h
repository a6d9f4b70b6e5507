#ifndef DOSSIER_COMPOSE_XML_H
#define DOSSIER_COMPOSE_XML_H

#include <libxml/tree.h>

#include "base/date.h"

/*
 * Writing into the report document.  Text of the input reaches libxml2 only
 * through these functions, which let nothing pass that XML 1.0 forbids: such
 * characters are shown as "U+001B".
 */

/* Append an empty element. */
xmlNodePtr xml_add(xmlNodePtr parent, const char *name);

/* Append an element that holds a text. */
xmlNodePtr xml_add_text(xmlNodePtr parent, const char *name, const char *text);

/* Set an attribute; NULL leaves it out. */
void xml_set(xmlNodePtr node, const char *name, const char *value);

/* Set an attribute made as by printf. */
void xml_setf(xmlNodePtr node, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Set an attribute to a count. */
void xml_set_count(xmlNodePtr node, const char *name, size_t n);

/* Set an attribute to the shortest decimal that reads back the same. */
void xml_set_number(xmlNodePtr node, const char *name, double value);

/* Set NAME to YYYY-MM-DD and NAME-text to "30 Nov 2026"; none sets nothing. */
void xml_set_date(xmlNodePtr node, const char *name, date day);

/* Set an attribute to "yes" or "no". */
void xml_set_bool(xmlNodePtr node, const char *name, int truth);

/* The root element of a document. */
xmlNodePtr xml_root(const xmlDoc *doc);

/* The value of an attribute, or "" ; borrowed from the document. */
const char *xml_get(const xmlNode *node, const char *name);

/* The first child element of a name, or NULL. */
xmlNodePtr xml_child(const xmlNode *node, const char *name);

/* The next sibling element of the same name, or NULL. */
xmlNodePtr xml_next(const xmlNode *node);

/* The text of an element that holds nothing else, or "". */
const char *xml_text(const xmlNode *node);

#endif
