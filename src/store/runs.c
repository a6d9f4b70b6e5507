#include "store/runs.h"

#include <sqlite3.h>
#include <string.h>

#include "base/text.h"
#include "store/ledger.h"
#include "store/list.h"
#include "store/table.h"

/* The cells of a run are in the order of its columns. */
static bool
take_run(struct run_info *out, const struct row *row, struct arena *arena)
{
	const struct cell *cell = row->cells;
	const char *as_of = cell_text(&cell[3]);

	*out = (struct run_info){ .seq = cell[0].whole,
		.id = arena_str(arena, cell_text(&cell[1])),
		.generator = arena_str(arena, cell_text(&cell[4])),
		.pack = arena_str(arena, cell_text(&cell[5])),
		.policy = arena_str(arena, cell_text(&cell[6])),
		.n_inputs = (size_t)cell[8].whole,
		.n_outputs = (size_t)cell[10].whole,
		.n_models = cell_count(&cell[11]),
		.n_blocked = cell_count(&cell[12]),
		.n_blocking = cell_count(&cell[13]),
		.n_warnings = cell_count(&cell[14]),
		.n_met = cell_count(&cell[15]),
		.n_applicable = cell_count(&cell[16]),
		.status = (int)cell[17].whole };
	cell_hash(&cell[7], out->inputs);
	cell_hash(&cell[9], out->outputs);
	out->as_of = DATE_NONE;
	return (as_of[0] == '\0' ||
		   date_read(as_of, strlen(as_of), &out->as_of)) &&
	    time_read(
		cell_text(&cell[2]), strlen(cell_text(&cell[2])), &out->time);
}

int
runs_next(const struct ledger *ledger, sqlite3_stmt *statement,
    struct arena *arena, struct run_info *out, struct diag_list *diags)
{
	struct row row = { .n = 0 };
	int rc = statement != NULL ? db_step(ledger, statement, diags) : -1;

	if (rc != 1)
		return rc;
	row_read(&row, statement, tables[TABLE_RUN].n_columns);
	if (!take_run(out, &row, arena))
		return db_refuse(ledger, "the date of a run is wrong", diags);
	return 1;
}

sqlite3_stmt *
runs_select(
    const struct ledger *ledger, const char *clause, struct diag_list *diags)
{
	struct text sql = { 0 };
	sqlite3_stmt *statement;

	/* Of the rows, not of an index: only they are proved by the chain. */
	text_printf(&sql, "SELECT %s FROM run NOT INDEXED %s",
	    tables[TABLE_RUN].columns, clause);
	statement = db_prepare(ledger, text_str(&sql), diags);
	text_free(&sql);
	return statement;
}

int
load_run(const struct ledger *ledger, const char *id, struct arena *arena,
    struct run_info *out, struct diag_list *diags)
{
	sqlite3_stmt *statement = runs_select(ledger, "WHERE id = ?1", diags);
	int rc = -1;

	if (statement != NULL &&
	    sqlite3_bind_text(statement, 1, id, -1, SQLITE_STATIC) == SQLITE_OK)
		rc = runs_next(ledger, statement, arena, out, diags);
	sqlite3_finalize(statement);
	return rc;
}

int
ledger_head(struct ledger *ledger, int64_t seq, struct ledger_head *out,
    struct diag_list *diags)
{
	static const char sql[] = "SELECT seq, hash FROM entry "
				  "WHERE seq = ?1 OR ?1 = -1 "
				  "ORDER BY seq DESC LIMIT 1";
	sqlite3_stmt *statement = db_prepare(ledger, sql, diags);
	struct row row = { .n = 0 };
	int rc = -1;

	*out = (struct ledger_head){ .seq = -1 };
	if (statement != NULL &&
	    sqlite3_bind_int64(statement, 1, seq) == SQLITE_OK)
		rc = db_step(ledger, statement, diags);
	if (rc == 1) {
		row_read(&row, statement, 2);
		out->seq = row.cells[0].whole;
		cell_hash(&row.cells[1], out->hash);
	}
	sqlite3_finalize(statement);
	return rc;
}

int
ledger_runs(struct ledger *ledger, size_t most, struct arena *arena,
    struct run_list *out, struct diag_list *diags)
{
	sqlite3_stmt *statement =
	    runs_select(ledger, "ORDER BY seq DESC", diags);
	struct run_info run;
	void *items = NULL;
	int rc = -1;

	*out = (struct run_list){ 0 };
	while (statement != NULL &&
	    (rc = runs_next(ledger, statement, arena, &run, diags)) == 1) {
		memcpy(
		    list_add(&items, &out->n, sizeof(run)), &run, sizeof(run));
		if (out->n == most)
			break;
	}
	out->runs = list_keep(arena, items, out->n, sizeof(run));
	sqlite3_finalize(statement);
	return rc == -1 ? -1 : 0;
}
