#ifndef DOSSIER_HTML_BIND_H
#define DOSSIER_HTML_BIND_H

#include "html/compiler.h"

/*
 * Bindings of a start tag, and the operations they become.  Private to html.
 */

/* The bindings of a start tag; NULL where there is none. */
struct html_bindings {
	const struct markup_attr *each;
	const struct markup_attr *only_if;
	const struct markup_attr *unless;
	const struct markup_attr *text;
	const struct markup_attr *otherwise;
	const struct markup_attr *include;
	const struct markup_attr *none;
	size_t n_others; /* attributes that are none of these */
};

/* Whether the span begins with the word. */
bool html_begins(struct markup_span span, const char *word);

/* Whether an element of that name has no end tag. */
bool html_is_void(struct markup_span name);

/*
 * Sort the attributes of the start tag into bindings and others; what is
 * unknown or cannot stand together goes to diags.
 */
struct html_bindings html_bindings_take(struct html_compiler *compiler);

/*
 * Append an operation with the expression of the attribute; return its index.
 * What is wrong with the expression goes to diags.
 */
size_t html_emit_expr(struct html_compiler *compiler, struct html_op op,
    const struct markup_attr *attr);

/* Append the call of the fragment that the attribute names. */
void html_emit_call(
    struct html_compiler *compiler, const struct markup_attr *attr);

/* Append the operations that decide whether and how often the element is. */
void html_blocks_open(struct html_compiler *compiler,
    const struct html_bindings *bindings, struct html_open *open);

/* End what html_blocks_open() began. */
void html_blocks_close(
    struct html_compiler *compiler, const struct html_open *open);

#endif
