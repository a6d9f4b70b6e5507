#include <assert.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "store/chain.h"
#include "store/db.h"
#include "store/ledger.h"
#include "store/lines.h"
#include "store/load.h"
#include "store/runs.h"

/* A run on its way into the tables. */
struct recorder {
	struct ledger *ledger;
	const struct ledger_run *run;
	struct run_info info; /* with tree hashes and seq filled in */
	struct arena arena;
	struct tree_leaf *inputs, *outputs; /* sorted, one of each */
	sqlite3_stmt *inserts[N_LOGS];
	struct tree trees[N_LOGS];
	struct diag_list *diags;
};

/* Write a row and add it to the proof of its table. */
static int
put(struct recorder *recorder, enum table_id id, const struct row *row)
{
	sqlite3_stmt *insert = recorder->inserts[id];

	row_prove(row, &recorder->trees[id]);
	if (row_bind(row, insert) != SQLITE_OK)
		return db_fail(recorder->ledger, recorder->diags);
	if (db_step(recorder->ledger, insert, recorder->diags) == -1)
		return -1;
	sqlite3_reset(insert);
	return 0;
}

/* Write that the thing of this row is no more. */
static int
put_gone(struct recorder *recorder, enum table_id id, struct row *row)
{
	row->n = tables[id].n_keys;
	row_int(row, recorder->info.seq);
	row_null(row, tables[id].n_columns);
	return put(recorder, id, row);
}

/* Write a row about what was not there before. */
static int
put_new(struct recorder *recorder, enum table_id id, struct row *row)
{
	unsigned carried = tables[id].carried;

	if (carried != 0)
		row->cells[carried].whole = recorder->info.seq;
	return put(recorder, id, row);
}

/* Write the row, unless it says what the old one said. */
static int
put_changed(struct recorder *recorder, enum table_id id, const struct row *old,
    struct row *row)
{
	unsigned carried = tables[id].carried;

	if (carried != 0)
		row->cells[carried] = old->cells[carried];
	if (row_same(old, row, tables[id].n_keys + 1))
		return 0;
	return put(recorder, id, row);
}

/*
 * Walk what was and what is side by side and write each difference.  What is
 * missing now is kept as it was where keeps says so.
 */
static int
merge(struct recorder *recorder, enum table_id id, struct lines *before,
    struct lines *now, bool keeps)
{
	const unsigned n_keys = tables[id].n_keys;
	struct row old, row;
	bool has_old = lines_next(before, &old);
	bool has_row = lines_next(now, &row);
	int rc = 0;

	while (rc == 0 && (has_old || has_row)) {
		int order = !has_old ? 1 :
		    !has_row         ? -1 :
				       row_compare(&old, &row, n_keys);

		if (order < 0 && !keeps)
			rc = put_gone(recorder, id, &old);
		else if (order > 0)
			rc = put_new(recorder, id, &row);
		else if (order == 0)
			rc = put_changed(recorder, id, &old, &row);
		if (order <= 0)
			has_old = lines_next(before, &old);
		if (order >= 0)
			has_row = lines_next(now, &row);
	}
	return rc;
}

/* What a model has; of one that could not be read, nothing is known now. */
static int
put_details(struct recorder *recorder, const struct summary *before,
    const struct summary *now)
{
	const int64_t old_seq = recorder->run->history->before.seq;
	const int64_t seq = recorder->info.seq;
	const bool keeps = now != NULL && now->gate == GATE_UNREADABLE;
	struct lines old = lines_verdicts(before, old_seq);
	struct lines row = lines_verdicts(now, seq);

	if (merge(recorder, TABLE_VERDICT, &old, &row, keeps) == -1)
		return -1;
	old = lines_figures(before, old_seq);
	row = lines_figures(now, seq);
	return merge(recorder, TABLE_FIGURE, &old, &row, keeps);
}

static int
put_models(struct recorder *recorder)
{
	const struct history *history = recorder->run->history;
	const struct ledger_run *run = recorder->run;
	const struct summary *old = history->models, *now = run->models;
	const struct summary *old_end = old + history->n_models;
	const struct summary *now_end = now + run->n_models;
	struct lines before =
	    lines_models(old, history->n_models, history->before.seq);
	struct lines rows =
	    lines_models(now, run->n_models, recorder->info.seq);
	int rc = merge(recorder, TABLE_MODEL, &before, &rows, false);

	while (rc == 0 && (old < old_end || now < now_end)) {
		int order = old == old_end ? 1 :
		    now == now_end         ? -1 :
					     strcmp(old->id, now->id);

		rc = put_details(
		    recorder, order <= 0 ? old : NULL, order >= 0 ? now : NULL);
		old += order <= 0;
		now += order >= 0;
	}
	return rc;
}

static int
put_files(struct recorder *recorder, enum table_id id,
    const struct tree_leaf *leaves, size_t n)
{
	struct load_list old;
	struct lines before, now;

	if (load_files(recorder->ledger, id, &recorder->arena, &old,
		recorder->diags) == -1)
		return -1;
	before = lines_files(old.leaves, old.n, 0);
	now = lines_files(leaves, n, recorder->info.seq);
	return merge(recorder, id, &before, &now, false);
}

/* Prepare the statement that adds a row to a table. */
static sqlite3_stmt *
prepare_insert(
    const struct ledger *ledger, enum table_id id, struct diag_list *diags)
{
	struct text sql = { 0 };
	sqlite3_stmt *insert;

	text_printf(&sql, "INSERT INTO %s (%s) VALUES (?", tables[id].name,
	    tables[id].columns);
	for (unsigned i = 1; i < tables[id].n_columns; i++)
		text_puts(&sql, ", ?");
	text_putc(&sql, ')');
	insert = db_prepare(ledger, text_str(&sql), diags);
	text_free(&sql);
	return insert;
}

/* Run one insert into a table that is no log. */
static int
insert_row(const struct ledger *ledger, enum table_id id, const struct row *row,
    struct diag_list *diags)
{
	sqlite3_stmt *insert = prepare_insert(ledger, id, diags);
	int rc = -1;

	if (insert == NULL)
		return -1;
	if (row_bind(row, insert) != SQLITE_OK)
		db_fail(ledger, diags);
	else
		rc = db_step(ledger, insert, diags);
	sqlite3_finalize(insert);
	return rc;
}

/* Write all changes of the run. */
static int
put_changes(struct recorder *recorder)
{
	for (unsigned i = 0; i < N_LOGS; i++) {
		recorder->inserts[i] =
		    prepare_insert(recorder->ledger, i, recorder->diags);
		if (recorder->inserts[i] == NULL)
			return -1;
	}
	if (put_models(recorder) == -1 ||
	    put_files(recorder, TABLE_INPUT, recorder->inputs,
		recorder->info.n_inputs) == -1)
		return -1;
	return put_files(recorder, TABLE_OUTPUT, recorder->outputs,
	    recorder->info.n_outputs);
}

/* Write the entry that proves the run; prev is the head of the chain. */
static int
put_entry(struct recorder *recorder, const struct row *run,
    const struct ledger_head *prev)
{
	static const char genesis[HASH_SIZE] = { 0 };
	struct chain_roots roots;
	struct chain_entry entry = { .seq = recorder->info.seq,
		.kind = CHAIN_KIND,
		.kind_size = strlen(CHAIN_KIND) };
	unsigned char hash[HASH_SIZE];
	char prev_hex[HASH_HEX_SIZE], hex[HASH_HEX_SIZE];
	struct text body = { 0 };
	struct row row = { .n = 0 };
	int rc;

	for (unsigned i = 0; i < N_LOGS; i++)
		tree_end(&recorder->trees[i], roots.roots[i]);
	chain_body(&body, run, &roots);
	entry.body = body.p;
	entry.body_size = body.n;
	memcpy(entry.prev, genesis, HASH_SIZE);
	if (prev->seq >= 0)
		(void)hash_read(prev->hash, entry.prev);
	chain_hash(&entry, hash);
	hash_write(entry.prev, prev_hex);
	hash_write(hash, hex);

	row_int(&row, entry.seq);
	row_text(&row, cell_text(&run->cells[RUN_TIME]));
	row_text(&row, entry.kind);
	row_text(&row, entry.body);
	row_hash(&row, prev_hex);
	row_hash(&row, hex);
	rc = insert_row(recorder->ledger, TABLE_ENTRY, &row, recorder->diags);
	text_free(&body);
	return rc;
}

/* Take the files of a list once each, and refuse a path from the top. */
static struct tree_leaf *
take_files(struct recorder *recorder, const struct tree_leaf *leaves, size_t *n)
{
	struct tree_leaf *sorted =
	    arena_array(&recorder->arena, *n, sizeof(*sorted));

	if (*n > 0)
		memcpy(sorted, leaves, *n * sizeof(*sorted));
	*n = tree_sort(sorted, *n);
	for (size_t i = 0; i < *n; i++) {
		if (sorted[i].path[0] != '/')
			continue;
		db_refuse(recorder->ledger, "a path in it would be absolute",
		    recorder->diags);
		return NULL;
	}
	return sorted;
}

/* Complete what the run says of itself. */
static int
take_run(struct recorder *recorder)
{
	const struct ledger_run *run = recorder->run;
	struct run_info *info = &recorder->info;

	*info = *run->run;
	info->n_inputs = run->n_inputs;
	info->n_outputs = run->n_outputs;
	recorder->inputs = take_files(recorder, run->inputs, &info->n_inputs);
	recorder->outputs =
	    take_files(recorder, run->outputs, &info->n_outputs);
	if (recorder->inputs == NULL || recorder->outputs == NULL)
		return -1;
	tree_root(recorder->inputs, info->n_inputs, info->inputs);
	tree_root(recorder->outputs, info->n_outputs, info->outputs);
	return 0;
}

/*
 * Whether the run is in the ledger already: 1 when it is, with the same
 * inputs and outputs, 0 when it is not, -1 with DIAG_LEDGER.
 */
static int
is_recorded(struct recorder *recorder)
{
	const struct run_info *info = &recorder->info;
	struct run_info old;
	int rc = load_run(recorder->ledger, info->id, &recorder->arena, &old,
	    recorder->diags);

	if (rc != 1)
		return rc;
	if (strcmp(old.inputs, info->inputs) != 0)
		return db_refuse(recorder->ledger,
		    "a run of this id is in it, with other inputs",
		    recorder->diags);
	if (strcmp(old.outputs, info->outputs) != 0)
		return db_refuse(recorder->ledger,
		    "a run of this id is in it, with other outputs",
		    recorder->diags);
	return 1;
}

/* Record a run that is not in the ledger, on top of the head. */
static int
put_run(struct recorder *recorder)
{
	const struct history *history = recorder->run->history;
	struct ledger_head head;
	struct row row;
	int64_t seen = history->is_first ? -1 : history->before.seq;

	if (ledger_head(recorder->ledger, -1, &head, recorder->diags) == -1)
		return -1;
	if (head.seq != seen)
		return db_refuse(recorder->ledger,
		    "another run was recorded since this one began",
		    recorder->diags);
	recorder->info.seq = head.seq + 1;
	lines_run(&row, &recorder->info, &recorder->arena);
	if (insert_row(recorder->ledger, TABLE_RUN, &row, recorder->diags) ==
	    -1)
		return -1;
	if (put_changes(recorder) == -1)
		return -1;
	return put_entry(recorder, &row, &head);
}

int
ledger_record(struct ledger *ledger, const struct ledger_run *run,
    struct diag_list *diags)
{
	struct recorder *recorder = memory_grow(NULL, 1, sizeof(*recorder));
	int rc = -1;

	*recorder =
	    (struct recorder){ .ledger = ledger, .run = run, .diags = diags };
	if (take_run(recorder) == -1 ||
	    db_exec(ledger, "BEGIN IMMEDIATE", diags) == -1)
		goto out;
	rc = is_recorded(recorder);
	if (rc == 0)
		rc = put_run(recorder);
	for (unsigned i = 0; i < N_LOGS; i++)
		sqlite3_finalize(recorder->inserts[i]);
	if (rc == 0)
		rc = db_exec(ledger, "COMMIT", diags);
	if (rc != 0) /* what fails here leaves the transaction undone, too */
		sqlite3_exec(ledger->db, "ROLLBACK", NULL, NULL, NULL);
	if (rc == 1)
		rc = 0;
out:
	arena_free(&recorder->arena);
	free(recorder);
	return rc;
}
