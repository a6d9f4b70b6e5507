#ifndef DOSSIER_READ_CSV_H
#define DOSSIER_READ_CSV_H

#include "base/file.h"
#include "read/value.h"

/*
 * CSV as RFC 4180 words it: fields divided by commas, rows by LF or CRLF,
 * quotes doubled inside quoted fields, which may hold line breaks.  The first
 * row is the header.  Empty lines at the very end are no rows.  Where the
 * header has no comma, semicolons, tabs or vertical bars divide the fields,
 * as spreadsheets of many countries write them.
 */

enum { CSV_COLUMNS = 4096 }; /* at most */

/* A field of the current row; valid until the next csv_next(). */
struct csv_field {
	const char *p; /* n bytes, unquoted, not ended by a NUL */
	size_t n;
	unsigned column; /* of its first byte, in code points from 1 */
	unsigned line;   /* of its first byte: a quoted one may end below */
};

struct csv_row {
	unsigned line; /* where the row starts */
	size_t n;
	struct csv_field *fields;
};

/* A reader over a source in memory. */
struct csv;

/*
 * What divides the fields of a table whose first row is n bytes, or begins
 * them: the comma when there is one outside quotes, else the first semicolon,
 * tab or vertical bar, else the comma.
 */
char csv_delimiter(const char *p, size_t n);

/*
 * Begin to read and take the header in: at least one column, no empty name,
 * no name twice.  Return NULL with the reason in diags.  The reader lives in
 * the arena; the source is borrowed.
 */
struct csv *csv_open(
    struct arena *arena, struct source *source, struct diag_list *diags);

/*
 * The same for a table whose first row may be anything: names may be empty or
 * stand twice.
 */
struct csv *csv_open_any(
    struct arena *arena, struct source *source, struct diag_list *diags);

/* The header row; valid as long as the reader. */
const struct csv_row *csv_header(const struct csv *csv);

/* Index of a column by name, or -1. */
int csv_column(const struct csv *csv, const char *name);

/*
 * Read the next row: 1, 0 at the end, or -1 with the reason in diags (bad
 * quote, another number of fields than the header).  After -1 reading is
 * over.
 */
int csv_next(struct csv *csv, struct csv_row *row, struct diag_list *diags);

/*
 * Read a whole small file as a list of maps, one a row, keyed by the header,
 * every field VALUE_TEXT with its position.  No row below the header is an
 * offence.  Return NULL with the reason in diags.
 */
struct value *csv_read(
    struct arena *arena, struct source *source, struct diag_list *diags);

#endif
