#ifndef DOSSIER_HTML_MARKUP_H
#define DOSSIER_HTML_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/file.h"

/*
 * The reader of template files: markup that is well-formed XML and opens in a
 * browser as it is.  It is stricter than both (every attribute quoted, no
 * unknown reference, no processing instruction, no CDATA) and keeps the byte
 * offset of everything, so that a message can name line and column; libxml2
 * keeps no column and no line above 65,535.  Comments and the document type
 * are passed over.
 */

enum { MARKUP_ATTRS = 32 };

enum markup_kind { MARKUP_TEXT, MARKUP_START, MARKUP_END };

/* A stretch of the source. */
struct markup_span {
	const char *p;
	size_t n;
};

struct markup_attr {
	struct markup_span name;
	struct markup_span value; /* as written, references not replaced */
};

struct markup {
	const struct source *source;
	struct diag_list *diags;
	size_t at;
	enum markup_kind kind;
	size_t start;            /* offset of the piece */
	struct markup_span span; /* the text, or the name of the tag */
	struct markup_attr attrs[MARKUP_ATTRS];
	size_t n_attrs;
	bool closed; /* the start tag ended in "/>" */
};

/*
 * Read the next piece into kind, span and attrs.  Return 1, 0 at the end of
 * the file, or -1 with the offence in diags.
 */
int markup_next(struct markup *markup);

/* The attribute of that name on the current start tag, or NULL. */
const struct markup_attr *markup_attr(
    const struct markup *markup, const char *name);

/* Whether a name may begin with the character. */
bool markup_is_name_start(char c);

/* Whether the span is exactly the word. */
bool markup_is(struct markup_span span, const char *word);

/* The offset in its source of something the reader handed out. */
size_t markup_offset(const struct source *source, const char *p);

#endif
