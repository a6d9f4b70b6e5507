#ifndef DOSSIER_HTML_PROGRAM_H
#define DOSSIER_HTML_PROGRAM_H

#include <stddef.h>

#include "base/diag.h"
#include "base/file.h"
#include "html/expr.h"
#include "html/html.h"

/*
 * A compiled template: the operations of the page and, behind them, those of
 * each fragment it includes, once.  Private to html: load writes it, render
 * runs it, check walks over it.
 */
enum html_op_kind {
	HTML_OP_COPY,   /* nothing but what stands before */
	HTML_OP_TEXT,   /* the expression, or p when it is empty */
	HTML_OP_ATTR,   /* the attribute p, unless the expression is empty */
	HTML_OP_IF,     /* go to jump unless the expression holds */
	HTML_OP_UNLESS, /* go to jump if it holds */
	HTML_OP_EACH,   /* for each node, or go to jump when there is none */
	HTML_OP_NEXT,   /* go to jump with the next node, or on */
	HTML_OP_GOTO,   /* go to jump */
	HTML_OP_CALL,   /* run the fragment at jump, then go on */
	HTML_OP_RETURN, /* end of the page or of a fragment */
	HTML_OP_STYLE   /* the style sheet p and its policy */
};

struct html_op {
	enum html_op_kind kind;
	enum html_place place; /* of ATTR */
	const char *before;    /* literal to be copied first: n_before bytes */
	size_t n_before;
	size_t jump;
	const char *p;
	size_t n;
	const struct html_expr *expr; /* or NULL */
	const struct source *source;  /* for messages, with offset */
	size_t offset;
};

struct html_template {
	const char *file;
	const struct html_op *ops;
	size_t n_ops;
	struct html_eval eval;
	struct html_nodes nodes; /* of the loops under way */
};

/* Where the operation stands in its template. */
struct pos html_op_pos(const struct html_op *op);

#endif
