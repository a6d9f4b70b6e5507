#ifndef DOSSIER_XLSX_BOOK_H
#define DOSSIER_XLSX_BOOK_H

#include <xlsxwriter.h>

#include "xlsx/plan.h"
#include "xlsx/readback.h"

/*
 * The workbook under construction: its formats, and a count of all that was
 * sent to the library, since the library may lose it and say nothing.
 */

enum book_role {
	BOOK_TITLE,
	BOOK_NOTE,
	BOOK_HEADER,
	BOOK_HEADER_RIGHT, /* above numbers */
	BOOK_CELL,
	BOOK_LINK,
	BOOK_INPUT
};

/* What tells one format from another. */
struct book_style {
	enum book_role role;
	enum xlsx_kind kind;
	unsigned decimals;
	bool is_right;                      /* a word in a column of numbers */
	const struct xlsx_palette *colours; /* or NULL */
};

enum { BOOK_STYLES = 1024 }; /* more than there can be */

struct book {
	lxw_workbook *workbook;
	const char *name; /* for messages */
	struct diag_list *diags;
	struct arena *arena;
	bool is_streamed;
	struct book_style styles[BOOK_STYLES];
	lxw_format *formats[BOOK_STYLES];
	size_t n_styles;
	lxw_format *words[XLSX_COLOURS]; /* of the palette's entries */
	struct readback want;
};

/* The format of a style, made when first asked for. */
lxw_format *book_format(struct book *book, struct book_style style);

/*
 * Look at what the library returned.  Return 0, or -1 with its reason in
 * diags.
 */
int book_check(struct book *book, lxw_error error, const char *what);

#endif
