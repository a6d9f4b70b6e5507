#ifndef DOSSIER_HTML_PATH_H
#define DOSSIER_HTML_PATH_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"

/*
 * The plain part of XPath 1.0, run straight over the tree, since a page asks
 * some thousand times and nearly always for this:
 *
 *     name  a/b/@c  .  ./@x  ../@y  ../../z  /root/a  *
 *     a[1]  a[@k]  a[b]  a[@k='v']  a[b!="v"]  a[.='v']  a[position() <= 9]
 *
 * ".." may stand at the beginning only, so that the result is in the order of
 * the document and holds no node twice.  A path means what XPath 1.0 says.
 * One may end in ='v' or !='v': it leads to those of its nodes whose text is,
 * or is not, v, so that its truth is that of the comparison.
 */

enum { HTML_STEPS = 8, HTML_PREDICATES = 3 };

enum html_step_kind {
	HTML_STEP_ROOT, /* leading "/" */
	HTML_STEP_SELF,
	HTML_STEP_PARENT,
	HTML_STEP_CHILD, /* name NULL: any element */
	HTML_STEP_ATTRIBUTE
};

enum html_predicate_kind {
	HTML_PREDICATE_POSITION,
	HTML_PREDICATE_UP_TO, /* position() <= N */
	HTML_PREDICATE_EXISTS,
	HTML_PREDICATE_EQUAL,
	HTML_PREDICATE_DIFFERENT
};

struct html_predicate {
	enum html_predicate_kind kind;
	enum html_step_kind of; /* SELF, CHILD or ATTRIBUTE */
	const char *name;
	const char *value;
	size_t position;
};

struct html_step {
	enum html_step_kind kind;
	const char *name;
	size_t n_predicates;
	struct html_predicate predicates[HTML_PREDICATES];
};

struct html_path {
	const char *attribute; /* the path is "@" and this name, or NULL */
	size_t n;
	const struct html_step *steps;     /* the arena's */
	const char *equal;                 /* the node's text, or NULL */
	const char *different;             /* not the node's text, or NULL */
	const struct html_path *otherwise; /* behind "??", or NULL */
};

/* Nodes found, in the order of the document; the caller frees p. */
struct html_nodes {
	xmlNode **p; /* an attribute stands as its xmlAttr, as in libxml2 */
	size_t n;
	size_t size;
};

/*
 * Compile n bytes; names and values are copied into the arena.  Return NULL,
 * or what is wrong with it, in lower case.
 */
const char *html_path_parse(
    struct html_path *out, struct arena *arena, const char *p, size_t n);

/* The first node the path leads to from here, or NULL. */
xmlNode *html_path_first(const struct html_path *path, xmlNode *from);

/* Append every node the path leads to from here. */
void html_path_all(
    const struct html_path *path, xmlNode *from, struct html_nodes *out);

/* Append one node. */
void html_nodes_add(struct html_nodes *nodes, xmlNode *node);

/* Whether the string value of the node is exactly the word. */
bool html_node_is(const xmlNode *node, const char *word);

/*
 * Call put for each piece of text of the node: its string value (XPath 1.0,
 * section 5) without a copy of it.
 */
void html_node_text(const xmlNode *node,
    void (*put)(struct text *out, const char *p, size_t n), struct text *out);

#endif
