#ifndef DOSSIER_READ_XML_SCAN_H
#define DOSSIER_READ_XML_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/file.h"

/*
 * A walk over the tags of an XML file that knows them only by their outline.
 * It keeps from libxml2 what makes that slow or dangerous before a byte of it
 * is parsed, and it tells where each tag and attribute stands, which libxml2
 * does not.  What it lets pass need not be well-formed: names that do not
 * match, for one, are libxml2's to refuse.
 */

enum { XML_ATTRIBUTES = 256 }; /* of one element, at most */

enum xml_mark {
	XML_MARK_BAD,
	XML_MARK_END_OF_FILE,
	XML_MARK_OPEN,
	XML_MARK_CLOSE
};

/* An opening tag; pointers are into the source. */
struct xml_tag {
	const char *start; /* its < */
	const char *end;   /* behind its > */
	bool empty;        /* <a/> */
	size_t n_prefixes; /* xmlns attributes */
	size_t n;          /* the other ones, and where each begins */
	const char *attributes[XML_ATTRIBUTES];
};

/* What the scan found wrong, and where. */
struct xml_offence {
	enum diag_id id;
	const char *at;
	const char *detail;
};

/* Set p and end to the bytes before the first step. */
struct xml_scan {
	const char *p;
	const char *end;
	struct xml_tag tag;         /* the last one of XML_MARK_OPEN */
	struct xml_offence offence; /* of XML_MARK_BAD */
};

/* Go to the next tag, over text, comments, CDATA and instructions. */
enum xml_mark xml_scan_next(struct xml_scan *scan);

/*
 * Scan a whole file: the outline of its tags, no DOCTYPE, attributes, xmlns
 * attributes and nesting within limits, at most so many elements and
 * attributes, nothing very long.  Return 0, or -1 with the first offence in
 * diags.
 */
int xml_check_tags(
    const struct source *source, size_t most, struct diag_list *diags);

/*
 * Whether the file says at its top, if anything, that it is UTF-8.  Return 0,
 * or -1 with the reason in diags.
 */
int xml_check_encoding(const struct source *source, struct diag_list *diags);

#endif
