#ifndef DOSSIER_XLSX_CELL_H
#define DOSSIER_XLSX_CELL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/*
 * Text of the document made fit for a cell, and how much room it takes.
 */

enum {
	CELL_UNITS = 32767,    /* UTF-16 units that a cell can hold */
	CELL_CUT = 32000,      /* where a longer text is cut */
	CELL_LINE_POINTS = 13, /* of Arial 10 */
	CELL_EDGE_POINTS = 2,
	CELL_MOST_POINTS = 150
};

/*
 * Append a text so that a reader of the workbook sees just that text: line
 * breaks are LF, what looks like an escape of the format ("_x0041_") is
 * itself escaped, characters that turn the direction of text are shown as
 * "U+202E".  A text beyond CELL_CUT UTF-16 units is cut with a mark that
 * says how much is missing and that the rest stands at rest.  Return 0, or
 * -1 when the text is not UTF-8 or holds what XML cannot carry.
 */
int cell_put_text(struct text *out, const char *text, const char *rest);

/* Like cell_put_text(), on one line of at most n bytes (headers, names). */
int cell_put_line(struct text *out, const char *text, size_t n);

/*
 * Points of height that a text needs in a cell of a width in characters,
 * wrapped between words, in Arial 10: CELL_LINE_POINTS a line and the edges,
 * at most CELL_MOST_POINTS.
 */
double cell_height(const char *text, double width, bool is_bold);

/*
 * Whether a piece of data may stand inside an address that the template has
 * begun: a relative path without "..", back slash, scheme or control.
 */
bool cell_is_path(const char *piece);

/*
 * Whether a whole address may be linked to: https:, mailto:, or external:
 * with a relative path; without quotes, blanks (but in a path) and the words
 * by which the library would take it for another kind.
 */
bool cell_is_url(const char *url);

#endif
