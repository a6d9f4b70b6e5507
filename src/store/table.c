#include "store/table.h"

#include <assert.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>

const struct table tables[N_TABLES] = {
	[TABLE_MODEL] = {
		.name = "model",
		.columns = "model, run, name, version, tier, gate, blocking, "
			   "warnings, met, applicable, worst_attribute, "
			   "worst_group, worst_ratio, document, inputs",
		.n_keys = 1,
		.n_columns = 15,
		.create = "CREATE TABLE model (model TEXT NOT NULL, "
			  "run INTEGER NOT NULL REFERENCES run (seq), "
			  "name TEXT, version TEXT, tier TEXT, gate TEXT, "
			  "blocking INTEGER, warnings INTEGER, met INTEGER, "
			  "applicable INTEGER, worst_attribute TEXT, "
			  "worst_group TEXT, worst_ratio REAL, document BLOB, "
			  "inputs BLOB, PRIMARY KEY (model, run)) "
			  "STRICT, WITHOUT ROWID",
	},
	[TABLE_VERDICT] = {
		.name = "verdict",
		.columns = "model, id, run, opened, rule, path, result, "
			   "status, effect, message",
		.n_keys = 2,
		.n_columns = 10,
		.carried = 3,
		.create = "CREATE TABLE verdict (model TEXT NOT NULL, "
			  "id TEXT NOT NULL, "
			  "run INTEGER NOT NULL REFERENCES run (seq), "
			  "opened INTEGER REFERENCES run (seq), rule TEXT, "
			  "path TEXT, result TEXT, status TEXT, effect TEXT, "
			  "message TEXT, PRIMARY KEY (model, id, run)) "
			  "STRICT, WITHOUT ROWID",
	},
	[TABLE_FIGURE] = {
		.name = "figure",
		.columns = "model, attribute, subgroup, metric, run, n, "
			   "value, ratio, result",
		.n_keys = 4,
		.n_columns = 9,
		.create = "CREATE TABLE figure (model TEXT NOT NULL, "
			  "attribute TEXT NOT NULL, subgroup TEXT NOT NULL, "
			  "metric TEXT NOT NULL, "
			  "run INTEGER NOT NULL REFERENCES run (seq), "
			  "n REAL, value REAL, ratio REAL, result TEXT, "
			  "PRIMARY KEY (model, attribute, subgroup, metric, "
			  "run)) STRICT, WITHOUT ROWID",
	},
	[TABLE_INPUT] = {
		.name = "input",
		.columns = "path, run, bytes, sha256",
		.n_keys = 1,
		.n_columns = 4,
		.create = "CREATE TABLE input (path TEXT NOT NULL, "
			  "run INTEGER NOT NULL REFERENCES run (seq), "
			  "bytes INTEGER, sha256 BLOB, "
			  "PRIMARY KEY (path, run)) STRICT, WITHOUT ROWID",
	},
	[TABLE_OUTPUT] = {
		.name = "output",
		.columns = "path, run, bytes, sha256",
		.n_keys = 1,
		.n_columns = 4,
		.create = "CREATE TABLE output (path TEXT NOT NULL, "
			  "run INTEGER NOT NULL REFERENCES run (seq), "
			  "bytes INTEGER, sha256 BLOB, "
			  "PRIMARY KEY (path, run)) STRICT, WITHOUT ROWID",
	},
	[TABLE_RUN] = {
		.name = "run",
		.columns = "seq, id, time, as_of, generator, pack, policy, "
			   "inputs, n_inputs, outputs, n_outputs, n_models, "
			   "n_blocked, n_blocking, n_warnings, n_met, "
			   "n_applicable, status",
		.n_keys = 1,
		.n_columns = 18,
		.create = "CREATE TABLE run (seq INTEGER PRIMARY KEY, "
			  "id TEXT NOT NULL UNIQUE, time TEXT NOT NULL, "
			  "as_of TEXT NOT NULL, generator TEXT NOT NULL, "
			  "pack TEXT NOT NULL, policy TEXT NOT NULL, "
			  "inputs BLOB NOT NULL, n_inputs INTEGER NOT NULL, "
			  "outputs BLOB NOT NULL, n_outputs INTEGER NOT NULL, "
			  "n_models INTEGER NOT NULL, "
			  "n_blocked INTEGER NOT NULL, "
			  "n_blocking INTEGER NOT NULL, "
			  "n_warnings INTEGER NOT NULL, "
			  "n_met INTEGER NOT NULL, "
			  "n_applicable INTEGER NOT NULL, "
			  "status INTEGER NOT NULL) STRICT",
	},
	[TABLE_ENTRY] = {
		.name = "entry",
		.columns = "seq, time, kind, body, prev, hash",
		.n_keys = 1,
		.n_columns = 6,
		.create = "CREATE TABLE entry (seq INTEGER PRIMARY KEY, "
			  "time TEXT NOT NULL, kind TEXT NOT NULL, "
			  "body TEXT NOT NULL, prev BLOB NOT NULL, "
			  "hash BLOB NOT NULL) STRICT",
	},
};

static struct cell *
add_cell(struct row *row, enum cell_type type)
{
	struct cell *cell = &row->cells[row->n++];

	assert(row->n <= ROW_LIMIT);
	cell->type = type;
	cell->whole = 0;
	cell->real = 0;
	cell->p = "";
	cell->n = 0;
	return cell;
}

void
row_text(struct row *row, const char *s)
{
	struct cell *cell = add_cell(row, s != NULL ? CELL_TEXT : CELL_NULL);

	if (s != NULL) {
		cell->p = s;
		cell->n = strlen(s);
	}
}

void
row_int(struct row *row, int64_t value)
{
	add_cell(row, CELL_INT)->whole = value;
}

void
row_real(struct row *row, double value)
{
	/* SQLite stores no minus zero: the sum with zero has none either. */
	add_cell(row, isfinite(value) ? CELL_REAL : CELL_NULL)->real =
	    value + 0.0;
}

void
row_hash(struct row *row, const char *hex)
{
	struct cell *cell = add_cell(row, CELL_BLOB);

	if (hash_read(hex, cell->hash) == -1) {
		cell->type = CELL_NULL;
		return;
	}
	cell->p = (const char *)cell->hash;
	cell->n = HASH_SIZE;
}

void
row_null(struct row *row, unsigned n)
{
	while (row->n < n)
		add_cell(row, CELL_NULL);
}

static bool
same_cell(const struct cell *a, const struct cell *b)
{
	if (a->type != b->type)
		return false;
	switch (a->type) {
	case CELL_NULL:
		return true;
	case CELL_INT:
		return a->whole == b->whole;
	case CELL_REAL:
		return memcmp(&a->real, &b->real, sizeof(a->real)) == 0;
	default:
		return a->n == b->n && memcmp(a->p, b->p, a->n) == 0;
	}
}

bool
row_same(const struct row *a, const struct row *b, unsigned first)
{
	if (a->n != b->n)
		return false;
	for (unsigned i = first; i < a->n; i++)
		if (!same_cell(&a->cells[i], &b->cells[i]))
			return false;
	return true;
}

int
row_compare(const struct row *a, const struct row *b, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		int order =
		    strcmp(cell_text(&a->cells[i]), cell_text(&b->cells[i]));

		if (order != 0)
			return order;
	}
	return 0;
}

void
table_put_number(struct text *out, uint64_t value)
{
	for (int shift = 56; shift >= 0; shift -= 8)
		text_putc(out, (char)(value >> shift & 0xff));
}

void
row_prove(const struct row *row, struct tree *tree)
{
	static const char marks[] = "nirtb";
	struct text leaf = { 0 };

	for (unsigned i = 0; i < row->n; i++) {
		const struct cell *cell = &row->cells[i];
		uint64_t bits = 0;

		text_putc(&leaf, marks[cell->type]);
		if (cell->type == CELL_INT)
			table_put_number(&leaf, (uint64_t)cell->whole);
		if (cell->type == CELL_REAL) {
			memcpy(&bits, &cell->real, sizeof(bits));
			table_put_number(&leaf, bits);
		}
		if (cell->type == CELL_TEXT || cell->type == CELL_BLOB) {
			table_put_number(&leaf, cell->n);
			text_put(&leaf, cell->p, cell->n);
		}
	}
	tree_add(tree, leaf.p, leaf.n);
	text_free(&leaf);
}

static int
bind_cell(const struct cell *cell, sqlite3_stmt *statement, int i)
{
	switch (cell->type) {
	case CELL_INT:
		return sqlite3_bind_int64(statement, i, cell->whole);
	case CELL_REAL:
		return sqlite3_bind_double(statement, i, cell->real);
	case CELL_TEXT:
		return sqlite3_bind_text64(
		    statement, i, cell->p, cell->n, SQLITE_STATIC, SQLITE_UTF8);
	case CELL_BLOB:
		return sqlite3_bind_blob64(
		    statement, i, cell->p, cell->n, SQLITE_STATIC);
	default:
		return sqlite3_bind_null(statement, i);
	}
}

int
row_bind(const struct row *row, sqlite3_stmt *statement)
{
	for (unsigned i = 0; i < row->n; i++) {
		int code = bind_cell(&row->cells[i], statement, (int)i + 1);

		if (code != SQLITE_OK)
			return code;
	}
	return SQLITE_OK;
}

static void
read_cell(struct row *row, sqlite3_stmt *statement, int i)
{
	struct cell *cell = add_cell(row, CELL_NULL);

	switch (sqlite3_column_type(statement, i)) {
	case SQLITE_INTEGER:
		cell->type = CELL_INT;
		cell->whole = sqlite3_column_int64(statement, i);
		break;
	case SQLITE_FLOAT:
		cell->type = CELL_REAL;
		cell->real = sqlite3_column_double(statement, i);
		break;
	case SQLITE_TEXT:
		cell->type = CELL_TEXT;
		cell->p = (const char *)sqlite3_column_text(statement, i);
		cell->n = (size_t)sqlite3_column_bytes(statement, i);
		break;
	case SQLITE_BLOB:
		cell->type = CELL_BLOB;
		cell->p = sqlite3_column_blob(statement, i);
		cell->n = (size_t)sqlite3_column_bytes(statement, i);
		break;
	default:
		return;
	}
	if (cell->p == NULL && cell->n == 0)
		cell->p = "";
	if (cell->p == NULL && cell->type >= CELL_TEXT)
		memory_exhausted();
}

void
row_read(struct row *row, sqlite3_stmt *statement, unsigned n)
{
	row->n = 0;
	for (unsigned i = 0; i < n; i++)
		read_cell(row, statement, (int)i);
}

bool
row_is_gone(const struct row *row, const struct table *table)
{
	for (unsigned i = table->n_keys + 1; i < row->n; i++)
		if (row->cells[i].type != CELL_NULL)
			return false;
	return true;
}

/* Where the column i of the comma-separated list begins, or the list ends. */
static const char *
skip_columns(const char *columns, unsigned i)
{
	for (; i > 0; i--) {
		columns += strcspn(columns, ",");
		columns += strspn(columns, ", ");
	}
	return columns;
}

void
table_put_state(struct text *out, const struct table *table)
{
	const char *run = skip_columns(table->columns, table->n_keys);
	const char *rest = run + strlen("run");
	int keys = (int)(run - table->columns) - (int)strlen(", ");

	/* SQLite takes the other columns from the row that has the maximum. */
	text_printf(out,
	    "SELECT %.*s, max(run)%s FROM %s WHERE run < ?1 GROUP BY %.*s",
	    keys, table->columns, rest, table->name, keys, table->columns);
}

const char *
cell_text(const struct cell *cell)
{
	return cell->type == CELL_TEXT && cell->p != NULL ? cell->p : "";
}

double
cell_real(const struct cell *cell)
{
	if (cell->type == CELL_INT)
		return (double)cell->whole;
	return cell->type == CELL_REAL ? cell->real : (double)NAN;
}

unsigned
cell_count(const struct cell *cell)
{
	return cell->type == CELL_INT && cell->whole > 0 ?
	    (unsigned)cell->whole :
	    0;
}

void
cell_hash(const struct cell *cell, char out[HASH_HEX_SIZE])
{
	unsigned char hash[HASH_SIZE];

	out[0] = '\0';
	if (cell->type != CELL_BLOB || cell->n != HASH_SIZE)
		return;
	memcpy(hash, cell->p, HASH_SIZE);
	hash_write(hash, out);
}
