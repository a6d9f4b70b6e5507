#ifndef DOSSIER_XLSX_EXPR_H
#define DOSSIER_XLSX_EXPR_H

#include <libxml/xpath.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "xlsx/func.h"
#include "xlsx/names.h"

/*
 * What a workbook template asks of the report document: an XPath 1.0
 * expression, or a text with such expressions in braces ("Run {@id}").  They
 * are compiled once, when the template is read; a name that the document's
 * contract does not declare is an error then, since XPath would find nothing
 * and say nothing.
 *
 * Functions beside those of XPath 1.0:
 *
 *     choose(test, a, b)   a where the test is true, else b
 *     date(text)           "30 Nov 2026" of "2026-11-30" or of a time stamp
 *     fixed(number, n)     the number with n decimals
 *     join(nodes, between) the texts of all nodes
 *     percent(number, n)   "56.4%" of 0.564 with n decimals
 *     pick(a, b, ...)      the first that is not blank
 *     rows(sheet)          number of data rows on that sheet of this workbook
 */

struct expr;

/* What compiling needs; the list of paths lets expr_free() find them all. */
struct expr_set {
	struct arena *arena;
	const struct xlsx_names *names;
	struct expr_path *paths;
};

/* What evaluating needs. */
struct expr_run {
	xmlXPathContextPtr xpath;
	struct diag_list *diags;
	struct func_book book; /* what rows() asks */
};

/*
 * Compile an XPath expression.  Return NULL with the reason in diags at pos.
 */
struct expr *expr_path(struct expr_set *set, const char *source, struct pos pos,
    struct diag_list *diags);

/*
 * Compile a text with insertions in braces; "{{" and "}}" stand for a brace.
 * Return NULL with the reason in diags at pos.
 */
struct expr *expr_text(struct expr_set *set, const char *source, struct pos pos,
    struct diag_list *diags);

/* Release what libxml2 holds for all expressions of the set. */
void expr_free(struct expr_set *set);

/*
 * Begin to evaluate over a document: an XPath context with the functions
 * above and a limit on operations.  Return 0, or -1 when there is no memory.
 */
int expr_begin(struct expr_run *run, xmlDocPtr doc);

/* Release the context; an empty run is allowed. */
void expr_end(struct expr_run *run);

/*
 * Append the text of an expression, evaluated at node, its n-th of size.
 * Return 0, or -1 with the reason in diags.
 */
int expr_put(const struct expr_run *run, const struct expr *expr,
    xmlNodePtr node, struct text *out);

/*
 * Like expr_put(), but hand each piece to put(), with whether it came from
 * the document rather than from the template.
 */
int expr_each_piece(const struct expr_run *run, const struct expr *expr,
    xmlNodePtr node, int (*put)(void *state, const char *piece, bool is_data),
    void *state);

/* Whether an expression is true at node: 1, 0, or -1 with the reason. */
int expr_true(
    const struct expr_run *run, const struct expr *expr, xmlNodePtr node);

/*
 * The nodes that an expression selects, in document order, in the arena.
 * Return 0, or -1 with the reason in diags.
 */
int expr_nodes(const struct expr_run *run, const struct expr *expr,
    xmlNodePtr node, struct arena *arena, xmlNodePtr **out, size_t *n);

/* The expression as it was written, for messages. */
const char *expr_source(const struct expr *expr);

/* Where the expression was written. */
struct pos expr_pos(const struct expr *expr);

#endif
