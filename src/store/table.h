#ifndef DOSSIER_STORE_TABLE_H
#define DOSSIER_STORE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/tree.h"

struct sqlite3_stmt;

/*
 * The tables of the ledger as data, and a row of any of them as a list of
 * typed cells.  The same cells are bound to a statement, read back from it,
 * compared, and hashed, so what is proved is what is stored.
 */

enum { ROW_LIMIT = 20 }; /* cells of the widest table, and some */

enum cell_type { CELL_NULL, CELL_INT, CELL_REAL, CELL_TEXT, CELL_BLOB };

struct cell {
	enum cell_type type;
	int64_t whole;
	double real;
	const char *p; /* text and blob: n bytes, borrowed */
	size_t n;
	unsigned char hash[HASH_SIZE]; /* where p points for row_hash() */
};

struct row {
	struct cell cells[ROW_LIMIT];
	unsigned n;
};

/*
 * The log tables hold one row for each change: the key, the run that brought
 * it, and what has been true since; all NULL after the run when the thing is
 * no more.
 */
enum table_id {
	TABLE_MODEL,
	TABLE_VERDICT,
	TABLE_FIGURE,
	TABLE_INPUT,
	TABLE_OUTPUT,
	N_LOGS,
	TABLE_RUN = N_LOGS,
	TABLE_ENTRY,
	N_TABLES
};

struct table {
	const char *name;
	const char *columns; /* comma-separated; keys, run, the rest */
	unsigned n_keys;     /* cells of the key; a log's run comes next */
	unsigned n_columns;
	unsigned carried;   /* cell that a change keeps from before, or 0 */
	const char *create; /* the statement, as SQLite keeps it */
};

extern const struct table tables[N_TABLES];

/* Append a text; NULL gives NULL.  The bytes are borrowed. */
void row_text(struct row *row, const char *s);

/* Append a whole number. */
void row_int(struct row *row, int64_t value);

/* Append a number; what is not finite gives NULL. */
void row_real(struct row *row, double value);

/* Append the 32 bytes of a hash in hexadecimal; "" gives NULL. */
void row_hash(struct row *row, const char *hex);

/* Append NULLs up to n cells. */
void row_null(struct row *row, unsigned n);

/* Whether the cells from first on are the same in both. */
bool row_same(const struct row *a, const struct row *b, unsigned first);

/* The order of the first n cells, which are texts. */
int row_compare(const struct row *a, const struct row *b, unsigned n);

/* Add the row to a tree as a leaf: type, length and bytes of each cell. */
void row_prove(const struct row *row, struct tree *tree);

/* Append a number as eight bytes, the highest first. */
void table_put_number(struct text *out, uint64_t value);

/* Bind the row to a prepared statement.  Return SQLite's code. */
int row_bind(const struct row *row, struct sqlite3_stmt *statement);

/* Read n columns; texts are good until the statement steps on. */
void row_read(struct row *row, struct sqlite3_stmt *statement, unsigned n);

/* Whether a row of a log says that the thing is no more. */
bool row_is_gone(const struct row *row, const struct table *table);

/*
 * Append the statement that reads, for each key of a log in order, what held
 * before the run that is its parameter.
 */
void table_put_state(struct text *out, const struct table *table);

/* The text of a cell, or "". */
const char *cell_text(const struct cell *cell);

/* The number of a cell; NAN for NULL. */
double cell_real(const struct cell *cell);

/* The whole number of a cell; 0 where it is none or negative. */
unsigned cell_count(const struct cell *cell);

/* The hash of a cell in hexadecimal; "" when it is none. */
void cell_hash(const struct cell *cell, char out[HASH_HEX_SIZE]);

#endif
