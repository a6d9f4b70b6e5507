#ifndef DOSSIER_MEASURE_IMPORT_INPUT_H
#define DOSSIER_MEASURE_IMPORT_INPUT_H

#include "base/file.h"
#include "read/value.h"

/*
 * An export as it stands in the file: a table of texts when it is CSV, a tree
 * when it is JSON.
 */

/* A scalar and its place; text is NULL for null. */
struct import_text {
	const char *text;
	struct pos pos;
};

struct import_input {
	const struct source *source;
	const char *positive;      /* the positive class; or NULL */
	const struct value *tree;  /* JSON; or NULL */
	struct import_text *cells; /* CSV, row by row, the header first */
	size_t n_rows;             /* with the header; 0: it is no CSV */
	size_t n_columns;
};

/* A cell of the table; row 0 is the header. */
static inline const struct import_text *
import_cell(const struct import_input *in, size_t row, size_t column)
{
	return &in->cells[row * in->n_columns + column];
}

/* The column of a name, or -1. */
int import_column(const struct import_input *in, const char *name);

/* A scalar of a tree; a list, a map and a null have no text. */
struct import_text import_scalar(const struct value *value);

/*
 * Take JSON that is a table as one, in place of its tree: a list of rows
 * {column: scalar}, such a list under the key "data" (orient="table" of
 * pandas), or lists {columns, index, data} (orient="split"), whose index has
 * no name.  False when it is no table, or a very large one.
 */
bool import_input_tabulate(struct import_input *in, struct arena *arena);

/* Whether the first character that is no blank begins a map or a list. */
bool import_is_json(const struct source *source);

/*
 * Read a file whole, as JSON or as CSV; out is empty but for what is told of
 * it beforehand.  Return 0, or -1 with the reason in
 * diags.
 */
int import_input_read(struct import_input *out, struct arena *arena,
    struct source *source, struct diag_list *diags);

#endif
