#include "store/load.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "store/ledger.h"
#include "store/list.h"
#include "store/runs.h"
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
		    list_add(&items, &out->n, sizeof(*leaf));

		leaf->path = arena_str(arena, cell_text(&row.cells[0]));
		leaf->bytes = (unsigned long long)row.cells[2].whole;
		cell_hash(&row.cells[3], leaf->sha256);
	}
	out->leaves = list_keep(arena, items, out->n, sizeof(*out->leaves));
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
	sqlite3_stmt *statement = runs_select(
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
	while ((rc = runs_next(loader->ledger, statement, loader->arena,
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
		.blocking = cell_count(&cell[6]),
		.warnings = cell_count(&cell[7]),
		.met = cell_count(&cell[8]),
		.applicable = cell_count(&cell[9]),
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
	void *item = list_add(&items->p, &items->n, items->size);
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
	    list_keep(loader->arena, items.p, items.n, items.size);
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
	void *p = list_keep(loader->arena, items->p, n, items->size);
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
