#ifndef DOSSIER_HTML_COMPILER_H
#define DOSSIER_HTML_COMPILER_H

#include <stdbool.h>
#include <stddef.h>

#include "html/markup.h"
#include "html/program.h"

/*
 * From markup to operations, one file or one fragment at a time.  Private to
 * html: load opens files and calls it for the page and for each fragment that
 * it comes to know.
 */

enum { HTML_OPEN_LIMIT = 64, HTML_FRAGMENT_LIMIT = 128 };

/* An element whose end tag is awaited. */
struct html_open {
	struct markup_span name;
	size_t blocks[3]; /* operations to patch at its end */
	size_t n_blocks;
	struct markup_attr none; /* of data-each; its name is empty if absent */
	bool silent;             /* no tags of its own */
	bool mute;               /* content is replaced */
	bool drawing;            /* inside svg */
	bool exact;              /* inside pre: blanks count */
};

/* An element of some file that is included. */
struct html_fragment {
	const struct source *source;
	const char *id;
	size_t first;                /* its first operation */
	const struct source *wanted; /* where it is first included, */
	size_t offset;               /* for messages */
};

/* The state of html_load(). */
struct html_compiler {
	struct arena *arena;
	const struct folder *folder;
	struct diag_list *diags;
	struct html_eval *eval;
	struct html_op *ops; /* the heap's, until the page is complete */
	size_t n_ops;
	size_t size;
	struct text literal; /* waits for the next operation */
	struct markup markup;
	struct html_open open[HTML_OPEN_LIMIT];
	size_t n_open;
	bool fragment; /* the outermost element is not the page */
	struct html_fragment fragments[HTML_FRAGMENT_LIMIT];
	size_t n_fragments;
	const struct source *sources[HTML_FRAGMENT_LIMIT];
	size_t n_sources;
};

/* Append an operation, with the literal that waits; return its index. */
size_t html_emit(struct html_compiler *compiler, struct html_op op);

/* Add what is wrong at p, which lies in the file being compiled. */
void html_compile_fail(
    struct html_compiler *compiler, const char *p, const char *what);

/*
 * The index of the fragment that the value of an include names ("file#id",
 * "#id"), or HTML_FRAGMENT_LIMIT with the reason in diags.  In load.c.
 */
size_t html_fragment_wanted(
    struct html_compiler *compiler, const struct markup_attr *attr);

/*
 * The text of a style sheet without comments and needless blanks, or NULL
 * with the reason in diags.  In load.c.
 */
const char *html_style_sheet(
    struct html_compiler *compiler, const struct markup_attr *attr);

#endif
