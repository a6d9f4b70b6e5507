#include "store/load.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "store/ledger.h"
#include "store/wording.h"

enum { CACHE_SIZE = 4096, TREND_LIMIT = 30, RUN_LIMIT = 1 << 20 };

/*
 * A reading of the state before a run.  Few words stand in many rows: the
 * cache lets equal ones share their memory, and forgetting one costs nothing
 * but a copy.
 */
struct loader {
	struct ledger *ledger;
	struct arena *arena;
	struct diag_list *diags;
	int64_t limit;        /* runs before this one count */
	const int64_t *times; /* of each of them */
	struct history *out;
	const char *cache[CACHE_SIZE];
};

static const char *
share(struct loader *loader, const struct cell *cell)
{
	const char *s = cell_text(cell);
	size_t n = strlen(s);
	uint32_t hash = 2166136261U; /* FNV-1a */
	const char **slot;

	for (size_t i = 0; i < n; i++)
		hash = (hash ^ (unsigned char)s[i]) * 16777619U;
	slot = &loader->cache[hash % CACHE_SIZE];
	if (*slot == NULL || strcmp(*slot, s) != 0)
		*slot = arena_dup(loader->arena, s, n);
	return *slot;
}

static unsigned
count_of(const struct cell *cell)
{
	return cell->type == CELL_INT && cell->whole > 0 ?
	    (unsigned)cell->whole :
	    0;
}

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
		.n_models = count_of(&cell[11]),
		.n_blocked = count_of(&cell[12]),
		.n_blocking = count_of(&cell[13]),
		.n_warnings = count_of(&cell[14]),
		.n_met = count_of(&cell[15]),
		.n_applicable = count_of(&cell[16]),
		.status = (int)cell[17].whole };
	cell_hash(&cell[7], out->inputs);
	cell_hash(&cell[9], out->outputs);
	out->as_of = DATE_NONE;
	return (as_of[0] == '\0' ||
		   date_read(as_of, strlen(as_of), &out->as_of)) &&
	    time_read(
		cell_text(&cell[2]), strlen(cell_text(&cell[2])), &out->time);
}

/* Step to the next run.  Return 1, 0 or -1 with DIAG_LEDGER. */
static int
next_run(const struct ledger *ledger, sqlite3_stmt *statement,
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

static sqlite3_stmt *
select_runs(
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
	sqlite3_stmt *statement = select_runs(ledger, "WHERE id = ?1", diags);
	int rc = -1;

	if (statement != NULL &&
	    sqlite3_bind_text(statement, 1, id, -1, SQLITE_STATIC) == SQLITE_OK)
		rc = next_run(ledger, statement, arena, out, diags);
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

/* Make room for one item more in an array on the heap, and return it. */
static void *
add_item(void **items, size_t *n, size_t size)
{
	/* A power of two is full: double it. */
	if ((*n & (*n - 1)) == 0)
		*items = memory_grow(*items, *n > 0 ? 2 * *n : 1, size);
	return (char *)*items + size * (*n)++;
}

/* Move the array into the arena and free it. */
static void *
keep_items(struct arena *arena, void *items, size_t n, size_t size)
{
	void *kept = arena_array(arena, n, size);

	if (n > 0)
		memcpy(kept, items, n * size);
	free(items);
	return kept;
}

/* Prepare the statement for what held before a run. */
static sqlite3_stmt *
select_state(const struct ledger *ledger, enum table_id id, int64_t limit,
    struct diag_list *diags)
{
	struct text sql = { 0 };
	sqlite3_stmt *statement;

	table_put_state(&sql, &tables[id]);
	statement = db_prepare(ledger, text_str(&sql), diags);
	text_free(&sql);
	if (statement != NULL &&
	    sqlite3_bind_int64(statement, 1, limit) != SQLITE_OK)
		db_fail(ledger, diags);
	return statement;
}

/* Step to the next row that is not gone.  Return 1, 0 or -1. */
static int
next_state(const struct ledger *ledger, sqlite3_stmt *statement,
    enum table_id id, struct row *row, struct diag_list *diags)
{
	int rc;

	while ((rc = db_step(ledger, statement, diags)) == 1) {
		row_read(row, statement, tables[id].n_columns);
		if (!row_is_gone(row, &tables[id]))
			return 1;
	}
	return rc;
}

int
load_files(const struct ledger *ledger, enum table_id id, struct arena *arena,
    struct load_list *out, struct diag_list *diags)
{
	sqlite3_stmt *statement = select_state(ledger, id, INT64_MAX, diags);
	struct row row = { .n = 0 };
	void *items = NULL;
	int rc = -1;

	*out = (struct load_list){ 0 };
	while (statement != NULL &&
	    (rc = next_state(ledger, statement, id, &row, diags)) == 1) {
		struct tree_leaf *leaf =
		    add_item(&items, &out->n, sizeof(*leaf));

		leaf->path = arena_str(arena, cell_text(&row.cells[0]));
		leaf->bytes = (unsigned long long)row.cells[2].whole;
		cell_hash(&row.cells[3], leaf->sha256);
	}
	out->leaves = keep_items(arena, items, out->n, sizeof(*out->leaves));
	sqlite3_finalize(statement);
	return rc;
}

/* Find the number of the run, or of the one that would come next. */
static int
find_limit(struct loader *loader, const char *before)
{
	struct ledger_head head;
	struct run_info run;
	int rc = 0;

	if (before != NULL)
		rc = load_run(
		    loader->ledger, before, loader->arena, &run, loader->diags);
	if (rc == 1)
		loader->limit = run.seq;
	if (rc != 0)
		return rc == 1 ? 0 : -1;
	rc = ledger_head(loader->ledger, -1, &head, loader->diags);
	loader->limit = head.seq + 1;
	return rc == -1 ? -1 : 0;
}

/* Load the runs before the limit: the last, the trend, and all times. */
static int
load_runs(struct loader *loader)
{
	struct history *out = loader->out;
	sqlite3_stmt *statement = select_runs(
	    loader->ledger, "WHERE seq < ?1 ORDER BY seq", loader->diags);
	size_t n = (size_t)loader->limit;
	size_t seen = 0;
	int64_t *times;
	int rc = -1;

	if (loader->limit < 0 || loader->limit > RUN_LIMIT) {
		db_refuse(
		    loader->ledger, "runs are missing in it", loader->diags);
		goto out;
	}
	times = arena_array(loader->arena, n, sizeof(*times));
	out->trend =
	    arena_array(loader->arena, TREND_LIMIT, sizeof(*out->trend));
	if (statement == NULL ||
	    sqlite3_bind_int64(statement, 1, loader->limit) != SQLITE_OK)
		goto out;
	while ((rc = next_run(loader->ledger, statement, loader->arena,
		    &out->before, loader->diags)) == 1) {
		if (seen == n || out->before.seq != (int64_t)seen)
			break;
		times[seen++] = out->before.time;
		if (seen + TREND_LIMIT > n)
			out->trend[out->n_trend++] = out->before;
	}
	if (rc != -1 && (rc == 1 || seen != n))
		rc = db_refuse(
		    loader->ledger, "runs are missing in it", loader->diags);
	loader->times = times;
out:
	sqlite3_finalize(statement);
	return rc;
}

static int
load_model(struct loader *loader, const struct row *row, struct summary *out)
{
	const struct cell *cell = row->cells;

	*out = (struct summary){ .id = share(loader, &cell[0]),
		.name = share(loader, &cell[2]),
		.version = share(loader, &cell[3]),
		.tier = share(loader, &cell[4]),
		.blocking = count_of(&cell[6]),
		.warnings = count_of(&cell[7]),
		.met = count_of(&cell[8]),
		.applicable = count_of(&cell[9]),
		.worst_attribute = share(loader, &cell[10]),
		.worst_group = share(loader, &cell[11]),
		.worst_ratio = cell_real(&cell[12]),
		.next_date = DATE_NONE };
	cell_hash(&cell[13], out->document);
	cell_hash(&cell[14], out->inputs);
	return wording_read_gate(cell_text(&cell[5]), &out->gate) ? 0 : -1;
}

static int
load_verdict(
    struct loader *loader, const struct row *row, struct summary_verdict *out)
{
	const struct cell *cell = row->cells;
	int64_t opened = cell[3].whole;

	*out = (struct summary_verdict){ .id = share(loader, &cell[1]),
		.rule = share(loader, &cell[4]),
		.path = share(loader, &cell[5]),
		.message = share(loader, &cell[9]) };
	if (cell[3].type != CELL_INT || opened < 0 || opened >= loader->limit)
		return -1;
	out->first_seen = date_of_time(loader->times[opened]);
	out->runs_open = (unsigned)(loader->limit - opened);
	return wording_read_result(cell_text(&cell[6]), &out->result) &&
		wording_read_status(cell_text(&cell[7]), &out->status) &&
		wording_read_effect(cell_text(&cell[8]), &out->effect) ?
	    0 :
	    -1;
}

static int
load_figure(
    struct loader *loader, const struct row *row, struct summary_figure *out)
{
	const struct cell *cell = row->cells;

	*out = (struct summary_figure){ .attribute = share(loader, &cell[1]),
		.group = share(loader, &cell[2]),
		.metric = share(loader, &cell[3]),
		.n = cell_real(&cell[5]),
		.value = cell_real(&cell[6]),
		.ratio = cell_real(&cell[7]) };
	return wording_read_figure(cell_text(&cell[8]), &out->result) ? 0 : -1;
}

/* A growing list of models, verdicts or figures. */
struct items {
	void *p;
	size_t n;
	size_t size;
};

/* Load one row into a new item at the end of the list. */
static int
load_item(struct loader *loader, enum table_id id, const struct row *row,
    struct items *items)
{
	void *item = add_item(&items->p, &items->n, items->size);
	int rc;

	if (id == TABLE_MODEL)
		rc = load_model(loader, row, item);
	else if (id == TABLE_VERDICT)
		rc = load_verdict(loader, row, item);
	else
		rc = load_figure(loader, row, item);
	if (rc == -1)
		return db_refuse(loader->ledger,
		    "a word or number in it is not known", loader->diags);
	return 0;
}

static int
load_models(struct loader *loader)
{
	struct items items = { .size = sizeof(struct summary) };
	sqlite3_stmt *statement = select_state(
	    loader->ledger, TABLE_MODEL, loader->limit, loader->diags);
	struct row row = { .n = 0 };
	int rc = -1;

	while (statement != NULL &&
	    (rc = next_state(loader->ledger, statement, TABLE_MODEL, &row,
		 loader->diags)) == 1) {
		rc = load_item(loader, TABLE_MODEL, &row, &items);
		if (rc == -1)
			break;
	}
	sqlite3_finalize(statement);
	loader->out->n_models = items.n;
	loader->out->models =
	    keep_items(loader->arena, items.p, items.n, items.size);
	return rc;
}

/* The model, to be filled; NULL when there is none. */
static struct summary *
find_model(const struct history *history, const char *id)
{
	const struct summary *found = history_model(history, id);

	return found != NULL ? &history->models[found - history->models] : NULL;
}

/* Hand the collected details over to their model, if there is one. */
static void
give(struct loader *loader, enum table_id id, const char *model,
    struct items *items)
{
	size_t n = items->n;
	void *p = keep_items(loader->arena, items->p, n, items->size);
	struct summary *owner = find_model(loader->out, model);

	*items = (struct items){ .size = items->size };
	if (owner == NULL)
		return;
	if (id == TABLE_VERDICT) {
		owner->verdicts = p;
		owner->n_verdicts = n;
	} else {
		owner->figures = p;
		owner->n_figures = n;
	}
}

/* Load verdicts or figures: rows come model by model. */
static int
load_details(struct loader *loader, enum table_id id, size_t size)
{
	struct items items = { .size = size };
	sqlite3_stmt *statement =
	    select_state(loader->ledger, id, loader->limit, loader->diags);
	struct row row = { .n = 0 };
	const char *model = "";
	int rc = -1;

	while (statement != NULL &&
	    (rc = next_state(
		 loader->ledger, statement, id, &row, loader->diags)) == 1) {
		if (strcmp(model, cell_text(&row.cells[0])) != 0) {
			give(loader, id, model, &items);
			model = share(loader, &row.cells[0]);
		}
		rc = load_item(loader, id, &row, &items);
		if (rc == -1)
			break;
	}
	give(loader, id, model, &items);
	sqlite3_finalize(statement);
	return rc;
}

int
ledger_history(struct ledger *ledger, const char *before, struct arena *arena,
    struct history *out, struct diag_list *diags)
{
	struct loader *loader = memory_grow(NULL, 1, sizeof(*loader));
	int rc = -1;

	*out = (struct history){ .is_first = true, .before = { .seq = -1 } };
	*loader = (struct loader){
		.ledger = ledger, .arena = arena, .diags = diags, .out = out
	};
	/* One transaction, so that all tables are of one moment. */
	if (db_exec(ledger, "BEGIN", diags) == -1)
		goto out;
	if (find_limit(loader, before) == 0 && load_runs(loader) == 0 &&
	    load_models(loader) == 0 &&
	    load_details(
		loader, TABLE_VERDICT, sizeof(struct summary_verdict)) == 0 &&
	    load_details(loader, TABLE_FIGURE, sizeof(struct summary_figure)) ==
		0)
		rc = 0;
	out->is_first = out->before.seq == -1;
	sqlite3_exec(ledger->db, "ROLLBACK", NULL, NULL, NULL);
out:
	free(loader);
	return rc;
}

int
ledger_runs(struct ledger *ledger, size_t most, struct arena *arena,
    struct run_list *out, struct diag_list *diags)
{
	sqlite3_stmt *statement =
	    select_runs(ledger, "ORDER BY seq DESC", diags);
	struct run_info run;
	void *items = NULL;
	int rc = -1;

	*out = (struct run_list){ 0 };
	while (statement != NULL &&
	    (rc = next_run(ledger, statement, arena, &run, diags)) == 1) {
		memcpy(
		    add_item(&items, &out->n, sizeof(run)), &run, sizeof(run));
		if (out->n == most)
			break;
	}
	out->runs = keep_items(arena, items, out->n, sizeof(run));
	sqlite3_finalize(statement);
	return rc == -1 ? -1 : 0;
}
