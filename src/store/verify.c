#include <inttypes.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "store/chain.h"
#include "store/db.h"
#include "store/ledger.h"

/*
 * Verifying reads each log once, in the order of its keys, and hands each row
 * to the tree of the run that it names: within one run that is the order in
 * which the rows were written.  Then runs and entries are walked side by side.
 */
struct verifier {
	const struct ledger *ledger;
	struct ledger_check *check;
	struct diag_list *diags;
	size_t n_runs;
	struct tree *trees;        /* of the log that is read, one a run */
	struct chain_roots *roots; /* one a run */
	unsigned char head[HASH_SIZE];
};

/* Note that an entry is wrong; the first one counts. */
static void
blame(struct verifier *verifier, int64_t seq, const char *what)
{
	struct ledger_check *check = verifier->check;

	diag_add(verifier->diags, DIAG_CHAIN,
	    (struct pos){ verifier->ledger->path, 0, 0 }, "run %" PRId64 ": %s",
	    seq, what);
	if (check->n_bad++ == 0 || seq < check->bad_seq)
		check->bad_seq = seq;
}

static sqlite3_stmt *
select_all(const struct verifier *verifier, enum table_id id)
{
	struct text sql = { 0 };
	sqlite3_stmt *statement;

	text_printf(&sql, "SELECT %s FROM %s ORDER BY ", tables[id].columns,
	    tables[id].name);
	for (unsigned i = 1; i <= tables[id].n_keys; i++)
		text_printf(&sql, "%u, ", i);
	text_printf(&sql, "%u", tables[id].n_keys + 1);
	statement =
	    db_prepare(verifier->ledger, text_str(&sql), verifier->diags);
	text_free(&sql);
	return statement;
}

/* Read the next row of a table.  Return 1, 0 or -1 with DIAG_LEDGER. */
static int
next_row(const struct verifier *verifier, sqlite3_stmt *statement,
    enum table_id id, struct row *row)
{
	int rc = db_step(verifier->ledger, statement, verifier->diags);

	if (rc == 1)
		row_read(row, statement, tables[id].n_columns);
	return rc;
}

/* Compute what each run added to one log. */
static int
read_log(struct verifier *verifier, enum table_id id)
{
	const struct table *table = &tables[id];
	sqlite3_stmt *statement = select_all(verifier, id);
	struct row row = { .n = 0 };
	int rc = -1;

	memset(verifier->trees, 0, verifier->n_runs * sizeof(struct tree));
	while (statement != NULL &&
	    (rc = next_row(verifier, statement, id, &row)) == 1) {
		int64_t run = row.cells[table->n_keys].whole;

		if (run >= 0 && (uint64_t)run < verifier->n_runs)
			row_prove(&row, &verifier->trees[run]);
		else
			blame(verifier, run, "a change belongs to no run");
	}
	for (size_t i = 0; i < verifier->n_runs; i++)
		tree_end(&verifier->trees[i], verifier->roots[i].roots[id]);
	sqlite3_finalize(statement);
	return rc;
}

/* Whether the body of the entry is what its run and its changes give. */
static bool
is_body_true(const struct verifier *verifier, const struct row *entry,
    const struct row *run)
{
	struct text body = { 0 };
	const struct cell *stored = &entry->cells[3];
	size_t seq = (size_t)run->cells[0].whole;
	bool is_same;

	chain_body(&body, run, &verifier->roots[seq]);
	is_same = stored->n == body.n && memcmp(stored->p, body.p, body.n) == 0;
	text_free(&body);
	return is_same;
}

/* Compute the hash of an entry anew and compare it with what is stored. */
static void
check_hash(struct verifier *verifier, const struct row *row)
{
	const struct cell *cell = row->cells;
	struct chain_entry entry = { .seq = cell[0].whole,
		.kind = cell[2].p,
		.kind_size = cell[2].n,
		.body = cell[3].p,
		.body_size = cell[3].n };
	unsigned char hash[HASH_SIZE];

	memcpy(entry.prev, verifier->head, HASH_SIZE);
	chain_hash(&entry, hash);
	if (cell[4].n != HASH_SIZE ||
	    memcmp(cell[4].p, verifier->head, HASH_SIZE) != 0)
		blame(verifier, entry.seq, "it does not follow the one before");
	if (cell[5].n != HASH_SIZE || memcmp(cell[5].p, hash, HASH_SIZE) != 0)
		blame(verifier, entry.seq, "its entry has another hash");
	memcpy(verifier->head, hash, HASH_SIZE);
}

/* Check one entry and its run, which both should have the number seq. */
static void
check_entry(struct verifier *verifier, int64_t seq, const struct row *entry,
    const struct row *run)
{
	const struct cell *cell = entry->cells;

	check_hash(verifier, entry);
	if (cell[2].n != strlen(CHAIN_KIND) ||
	    memcmp(cell[2].p, CHAIN_KIND, cell[2].n) != 0)
		blame(verifier, seq, "its entry is of an unknown kind");
	if (cell[1].n != run->cells[2].n ||
	    memcmp(cell[1].p, run->cells[2].p, cell[1].n) != 0)
		blame(verifier, seq, "its entry has another time");
	if (!is_body_true(verifier, entry, run))
		blame(
		    verifier, seq, "its rows are not those that were recorded");
}

/* Walk entries and runs side by side. */
static int
walk_chain(struct verifier *verifier, sqlite3_stmt *entries, sqlite3_stmt *runs)
{
	struct row entry = { .n = 0 }, run = { .n = 0 };
	int64_t seq = 0;
	int has_entry, has_run;

	for (;; seq++) {
		has_entry = next_row(verifier, entries, TABLE_ENTRY, &entry);
		has_run = next_row(verifier, runs, TABLE_RUN, &run);
		if (has_entry == -1 || has_run == -1)
			return -1;
		if (has_entry == 0 && has_run == 0)
			break;
		if (has_entry == 0 || has_run == 0 ||
		    entry.cells[0].whole != seq || run.cells[0].whole != seq) {
			blame(
			    verifier, seq, "its entry is missing, or its row");
			break;
		}
		check_entry(verifier, seq, &entry, &run);
		verifier->check->n_entries++;
	}
	verifier->check->head.seq = seq - 1;
	if (seq > 0)
		hash_write(verifier->head, verifier->check->head.hash);
	return 0;
}

/* How many runs there are; each has a tree while a log is read. */
static int
count_runs(struct verifier *verifier)
{
	sqlite3_stmt *statement = db_prepare(
	    verifier->ledger, "SELECT count(*) FROM run", verifier->diags);
	int rc = statement != NULL ?
	    db_step(verifier->ledger, statement, verifier->diags) :
	    -1;

	if (rc == 1)
		verifier->n_runs = (size_t)sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return rc == 1 ? 0 : -1;
}

static int
verify(struct verifier *verifier)
{
	sqlite3_stmt *entries, *runs;
	int rc = 0;

	if (count_runs(verifier) == -1)
		return -1;
	verifier->trees =
	    memory_grow(NULL, verifier->n_runs, sizeof(struct tree));
	verifier->roots =
	    memory_grow(NULL, verifier->n_runs, sizeof(struct chain_roots));
	for (unsigned i = 0; i < N_LOGS && rc == 0; i++)
		rc = read_log(verifier, i);
	entries = select_all(verifier, TABLE_ENTRY);
	runs = select_all(verifier, TABLE_RUN);
	if (rc == 0)
		rc = entries != NULL && runs != NULL ?
		    walk_chain(verifier, entries, runs) :
		    -1;
	sqlite3_finalize(entries);
	sqlite3_finalize(runs);
	return rc;
}

int
ledger_verify(
    struct ledger *ledger, struct ledger_check *out, struct diag_list *diags)
{
	struct verifier verifier = {
		.ledger = ledger, .check = out, .diags = diags
	};
	int rc = -1;

	*out = (struct ledger_check){ .bad_seq = -1, .head = { .seq = -1 } };
	if (db_exec(ledger, "BEGIN", diags) == 0) {
		rc = verify(&verifier);
		sqlite3_exec(ledger->db, "ROLLBACK", NULL, NULL, NULL);
	}
	free(verifier.trees);
	free(verifier.roots);
	if (rc == 0 && out->n_bad > 0)
		rc = 1;
	return rc;
}
