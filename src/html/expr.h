#ifndef DOSSIER_HTML_EXPR_H
#define DOSSIER_HTML_EXPR_H

#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"
#include "html/path.h"
#include "html/place.h"

/*
 * What a binding says.  Three forms, told apart by how they look:
 *
 *     a/b/@c  a/b='v'   a plain path (html/path.h)
 *     (count(a) > 2)    XPath 1.0, precompiled, in parentheses
 *     {@n} of {(count(a))}   text with values in it, each of the above
 *
 * What holds a "{" is of the third form.  A path is true when it leads
 * anywhere; its text is that of its first node.
 */

enum html_expr_kind { HTML_EXPR_PATH, HTML_EXPR_XPATH, HTML_EXPR_PATTERN };

/* A piece of a pattern: written by the template, or a value. */
struct html_part {
	const char *literal; /* NULL for a value */
	size_t n;
	const struct html_expr *value;
};

struct html_expr {
	enum html_expr_kind kind;
	struct html_path path;
	xmlXPathCompExpr *xpath;
	const char *source; /* as written, for messages and the check */
	const struct html_part *parts;
	size_t n_parts;
	struct html_expr *next; /* list of those that own an xpath */
};

/* What reading and evaluating share; init it zeroed, free it once. */
struct html_eval {
	struct arena *arena;
	xmlXPathContext *context; /* made with the first XPath */
	struct html_expr *owners; /* for html_eval_free() */
	struct text scratch;
};

/* Begin a page: what XPath may cost is counted for each page anew. */
void html_eval_begin(struct html_eval *eval);

/* Release the XPath expressions and the buffers. */
void html_eval_free(struct html_eval *eval);

/*
 * Compile n bytes.  Return NULL, or what is wrong with it, in lower case; the
 * sentence is constant or the arena's.
 */
const char *html_expr_parse(
    struct html_expr *out, struct html_eval *eval, const char *p, size_t n);

/* Whether it holds at the node: 1, 0, or -1 when XPath fails. */
int html_expr_test(
    const struct html_expr *expr, struct html_eval *eval, xmlNode *node);

/* Append the nodes it leads to.  Return 0, or -1 when XPath fails. */
int html_expr_nodes(const struct html_expr *expr, struct html_eval *eval,
    xmlNode *node, struct html_nodes *out);

/*
 * Append its text at the node, escaped for the place.  Return 1, 0 when no
 * value in it has any text or the place refuses it (out is then as before),
 * or -1 when XPath fails.
 */
int html_expr_put(const struct html_expr *expr, struct html_eval *eval,
    xmlNode *node, enum html_place place, struct text *out);

/*
 * Append its text at the node as a CSS string.  Return 0, or -1 when XPath
 * fails.
 */
int html_expr_put_css(const struct html_expr *expr, struct html_eval *eval,
    xmlNode *node, struct text *out);

#endif
