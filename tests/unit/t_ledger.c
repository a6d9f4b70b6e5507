#include "store/ledger.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/compare.h"
#include "tap.h"

enum { DAY = 86400, START = 1835000000 }; /* 2028-02-24 */

/* A ledger of its own, in a folder of its own. */
struct place {
	char folder[64];
	char path[96];
	struct arena arena;
	struct diag_list diags;
};

static void
place_open(struct place *place)
{
	*place = (struct place){ .folder = "/tmp/t_ledger.XXXXXX" };
	if (mkdtemp(place->folder) == NULL)
		abort();
	snprintf(place->path, sizeof(place->path), "%s/ledger.sqlite",
	    place->folder);
	place->diags.arena = &place->arena;
}

static void
place_close(struct place *place)
{
	static const char *const names[] = { "ledger.sqlite",
		"ledger.sqlite-journal", "link.sqlite", "other.sqlite" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		unlink(arena_printf(
		    &place->arena, "%s/%s", place->folder, names[i]));
	rmdir(place->folder);
	arena_free(&place->arena);
}

static const char *
detail(const struct place *place)
{
	return place->diags.last != NULL ? place->diags.last->detail : "";
}

/* A night: what the models look like, before it is recorded. */
struct night {
	struct run_info run;
	struct summary_verdict verdicts[4];
	struct summary_figure figures[3];
	struct summary models[3];
	size_t n_models;
	struct tree_leaf inputs[3];
	size_t n_inputs;
	struct tree_leaf outputs[2];
};

static void
set_hash(char out[HASH_HEX_SIZE], const char *text)
{
	hash_hex(text, strlen(text), out);
}

static void
night_init(struct night *night, int number)
{
	static const char *const ids[] = { "R-0", "R-1", "R-2", "R-3", "R-4" };

	*night = (struct night){
		.run = { .seq = -1,
		    .id = ids[number],
		    .time = START + (int64_t)number * DAY,
		    .as_of = 21200 + number,
		    .generator = "dossier 1.0.0",
		    .pack = "2028.1",
		    .policy = "FP-3",
		    .n_models = 2,
		    .n_blocked = 1,
		    .n_blocking = 1,
		    .n_warnings = 1,
		    .n_met = 20,
		    .n_applicable = 24,
		    .status = 1 },
		.verdicts = {
		    { "aaaa", "AIV-1A", "purpose", VERDICT_FAIL,
			STATUS_NOT_PROVIDED, EFFECT_BLOCKS,
			"the purpose is not described", 0, 0, NULL, NULL, NULL,
			{ NULL, 0, 0 } },
		    { "bbbb", "AIV-2G", "reports[1]", VERDICT_FAIL,
			STATUS_OUT_OF_DATE, EFFECT_WARNS,
			"the report is 14 months old", 0, 0, NULL, NULL, NULL,
			{ NULL, 0, 0 } },
		    { "cccc", "AIV-9", "", VERDICT_PASS, STATUS_MET,
			EFFECT_PASSES, "", 0, 0, NULL, NULL, NULL,
			{ NULL, 0, 0 } },
		},
		.figures = {
		    { "age", "old", "selection_rate", NAN, NAN, NAN,
			FIGURE_NOT_TESTED },
		    { "sex", "female", "selection_rate", 400, 0.25, 0.875,
			FIGURE_WITHIN },
		    { "sex", "male", "selection_rate", 600, 0.3, 1,
			FIGURE_REFERENCE },
		},
		.models = {
		    { .id = "credit",
			.name = "Credit scoring",
			.version = "1.2",
			.tier = "High-risk",
			.gate = GATE_CLOSED,
			.blocking = 1,
			.warnings = 1,
			.met = 20,
			.applicable = 23,
			.worst_attribute = "sex",
			.worst_group = "female",
			.worst_ratio = 0.875,
			.n_verdicts = 3,
			.n_figures = 3 },
		    { .id = "spam",
			.name = "Spam filter",
			.version = "7",
			.tier = "Minimal",
			.gate = GATE_OPEN,
			.applicable = 1,
			.worst_attribute = "",
			.worst_group = "",
			.worst_ratio = NAN },
		},
		.n_models = 2,
		.inputs = { { "models/credit/model.yaml", 700, "" },
		    { "models/spam/model.yaml", 300, "" },
		    { "dossier.yaml", 90, "" } },
		.n_inputs = 3,
		.outputs = { { "cards/credit.html", 55000, "" },
		    { "index.html", 20000, "" } },
	};
	for (size_t i = 0; i < 2; i++) {
		set_hash(night->models[i].document, ids[number]);
		set_hash(night->models[i].inputs, night->models[i].id);
		set_hash(night->outputs[i].sha256, ids[number]);
	}
	for (size_t i = 0; i < 3; i++)
		set_hash(night->inputs[i].sha256, night->inputs[i].path);
}

static int
record(struct place *place, struct night *night)
{
	struct ledger *ledger;
	struct history history;
	struct ledger_run run = { &night->run, &history, night->models,
		night->n_models, night->inputs, night->n_inputs, night->outputs,
		2 };
	int rc = -1;

	night->models[0].verdicts = night->verdicts;
	night->models[0].figures = night->figures;
	run.n_models = summary_sort(night->models, night->n_models);
	if (ledger_open(&ledger, place->path, false, &place->diags) == 0 &&
	    ledger_history(ledger, night->run.id, &place->arena, &history,
		&place->diags) == 0)
		rc = ledger_record(ledger, &run, &place->diags);
	ledger_close(ledger);
	return rc;
}

/* The history that a run after all others would see. */
static struct history
look_back(struct place *place, const char *before)
{
	struct ledger *ledger;
	struct history history = { .is_first = true };

	if (ledger_open(&ledger, place->path, true, &place->diags) == 0)
		CHECK_INT(ledger_history(ledger, before, &place->arena,
			      &history, &place->diags),
		    0);
	ledger_close(ledger);
	return history;
}

static int
verify(struct place *place, struct ledger_check *check)
{
	struct ledger *ledger;
	int rc = -1;

	*check = (struct ledger_check){ .bad_seq = -1 };
	if (ledger_open(&ledger, place->path, true, &place->diags) == 0)
		rc = ledger_verify(ledger, check, &place->diags);
	ledger_close(ledger);
	return rc;
}

/* Change the file as one does who has a tool for it, and no scruples. */
static void
meddle(struct place *place, const char *sql)
{
	sqlite3 *db = NULL;
	char *message = NULL;

	if (sqlite3_open(place->path, &db) != SQLITE_OK ||
	    sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
		tap_check(false, __FILE__, __LINE__,
		    message != NULL ? message : "open");
	sqlite3_free(message);
	sqlite3_close(db);
}

static long long
ask(struct place *place, const char *sql)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *statement = NULL;
	long long value = -1;

	if (sqlite3_open(place->path, &db) == SQLITE_OK &&
	    sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
	    sqlite3_step(statement) == SQLITE_ROW)
		value = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return value;
}

static void
begins(void)
{
	struct place place;
	struct night night;
	struct history history;
	struct ledger *ledger;
	struct ledger_head head;

	place_open(&place);
	CHECK_INT(ledger_open(&ledger, place.path, false, &place.diags), 0);
	CHECK_INT(
	    ledger_history(ledger, NULL, &place.arena, &history, &place.diags),
	    0);
	CHECK(history.is_first);
	CHECK_INT(history.n_models, 0);
	CHECK_INT(history.n_trend, 0);
	CHECK_INT(ledger_head(ledger, -1, &head, &place.diags), 0);
	CHECK_INT(head.seq, -1);
	ledger_close(ledger);

	night_init(&night, 0);
	CHECK_INT(record(&place, &night), 0);
	history = look_back(&place, "R-0");
	CHECK(history.is_first);
	history = look_back(&place, NULL);
	CHECK(!history.is_first);
	CHECK_STR(history.before.id, "R-0");
	CHECK_INT(history.before.time, START);
	CHECK_INT(history.before.as_of, 21200);
	CHECK_STR(history.before.generator, "dossier 1.0.0");
	CHECK_STR(history.before.pack, "2028.1");
	CHECK_STR(history.before.policy, "FP-3");
	CHECK_INT(history.before.n_inputs, 3);
	CHECK_INT(history.before.n_outputs, 2);
	CHECK_INT(history.before.n_models, 2);
	CHECK_INT(history.before.n_applicable, 24);
	CHECK_INT(history.before.status, 1);
	CHECK_INT(history.n_trend, 1);
	CHECK_INT(place.diags.n, 0);
	place_close(&place);
}

static void
gives_back_a_model(void)
{
	struct place place;
	struct night night;
	struct history history;
	const struct summary *model;
	const struct summary_verdict *verdict;
	const struct summary_figure *figure;
	char root[HASH_HEX_SIZE];

	place_open(&place);
	night_init(&night, 0);
	CHECK_INT(record(&place, &night), 0);
	history = look_back(&place, "R-1");
	tree_root(night.inputs, 3, root);
	CHECK_STR(history.before.inputs, root);
	tree_root(night.outputs, 2, root);
	CHECK_STR(history.before.outputs, root);
	CHECK_INT(history.n_models, 2);
	model = history_model(&history, "credit");
	CHECK(model != NULL);
	CHECK_STR(model->name, "Credit scoring");
	CHECK_STR(model->version, "1.2");
	CHECK_STR(model->tier, "High-risk");
	CHECK_INT(model->gate, GATE_CLOSED);
	CHECK_INT(model->blocking, 1);
	CHECK_INT(model->warnings, 1);
	CHECK_INT(model->met, 20);
	CHECK_INT(model->applicable, 23);
	CHECK_STR(model->worst_attribute, "sex");
	CHECK_STR(model->worst_group, "female");
	CHECK_NUM(model->worst_ratio, 0.875, 0);
	CHECK_STR(model->document, night.models[0].document);
	CHECK_STR(model->inputs, night.models[0].inputs);

	/* What is settled is not kept. */
	CHECK_INT(model->n_verdicts, 2);
	verdict = summary_verdict(model, "aaaa");
	CHECK(verdict != NULL);
	CHECK_STR(verdict->rule, "AIV-1A");
	CHECK_STR(verdict->path, "purpose");
	CHECK_INT(verdict->result, VERDICT_FAIL);
	CHECK_INT(verdict->status, STATUS_NOT_PROVIDED);
	CHECK_INT(verdict->effect, EFFECT_BLOCKS);
	CHECK_STR(verdict->message, "the purpose is not described");
	CHECK_INT(verdict->first_seen, date_of_time(START));
	CHECK_INT(verdict->runs_open, 1);

	CHECK_INT(model->n_figures, 3);
	figure = summary_figure(model, "sex", "female", "selection_rate");
	CHECK(figure != NULL);
	CHECK_NUM(figure->n, 400, 0);
	CHECK_NUM(figure->value, 0.25, 0);
	CHECK_NUM(figure->ratio, 0.875, 0);
	CHECK_INT(figure->result, FIGURE_WITHIN);
	figure = summary_figure(model, "age", "old", "selection_rate");
	CHECK(isnan(figure->n) && isnan(figure->value));
	CHECK_INT(figure->result, FIGURE_NOT_TESTED);

	model = history_model(&history, "spam");
	CHECK_INT(model->gate, GATE_OPEN);
	CHECK(isnan(model->worst_ratio));
	CHECK_INT(model->n_verdicts, 0);
	CHECK_INT(place.diags.n, 0);
	place_close(&place);
}

static void
keeps_only_changes(void)
{
	struct place place;
	struct night night;
	struct history history;
	const struct summary *model;
	struct ledger_check check;

	place_open(&place);
	night_init(&night, 0);
	CHECK_INT(record(&place, &night), 0);
	CHECK_INT(ask(&place, "SELECT count(*) FROM verdict"), 2);
	CHECK_INT(ask(&place, "SELECT count(*) FROM figure"), 3);

	/* Another night, nothing new but the documents. */
	night_init(&night, 1);
	CHECK_INT(record(&place, &night), 0);
	CHECK_INT(ask(&place, "SELECT count(*) FROM model"), 4);
	CHECK_INT(ask(&place, "SELECT count(*) FROM verdict"), 2);
	CHECK_INT(ask(&place, "SELECT count(*) FROM figure"), 3);
	CHECK_INT(ask(&place, "SELECT count(*) FROM input"), 3);
	CHECK_INT(ask(&place, "SELECT count(*) FROM output"), 4);
	history = look_back(&place, NULL);
	model = history_model(&history, "credit");
	CHECK_INT(summary_verdict(model, "aaaa")->runs_open, 2);
	CHECK_INT(
	    summary_verdict(model, "aaaa")->first_seen, date_of_time(START));

	/* One finding is closed, one has another message, one is new. */
	night_init(&night, 2);
	night.verdicts[0].result = VERDICT_PASS;
	night.verdicts[1].message = "the report is 15 months old";
	night.verdicts[2].result = VERDICT_UNKNOWN;
	night.figures[1].value = 0.125;
	night.n_inputs = 2;
	CHECK_INT(record(&place, &night), 0);
	CHECK_INT(ask(&place, "SELECT count(*) FROM verdict"), 5);
	CHECK_INT(ask(&place, "SELECT count(*) FROM figure"), 4);
	CHECK_INT(ask(&place, "SELECT count(*) FROM input"), 4);
	history = look_back(&place, NULL);
	model = history_model(&history, "credit");
	CHECK_INT(model->n_verdicts, 2);
	CHECK(summary_verdict(model, "aaaa") == NULL);
	CHECK_STR(summary_verdict(model, "bbbb")->message,
	    "the report is 15 months old");
	CHECK_INT(summary_verdict(model, "bbbb")->runs_open, 3);
	CHECK_INT(summary_verdict(model, "cccc")->runs_open, 1);
	CHECK_NUM(
	    summary_figure(model, "sex", "female", "selection_rate")->value,
	    0.125, 0);

	/* What comes back is new. */
	night_init(&night, 3);
	CHECK_INT(record(&place, &night), 0);
	history = look_back(&place, NULL);
	model = history_model(&history, "credit");
	CHECK_INT(summary_verdict(model, "aaaa")->runs_open, 1);
	CHECK_INT(summary_verdict(model, "aaaa")->first_seen,
	    date_of_time(START + 3 * DAY));
	CHECK_INT(summary_verdict(model, "bbbb")->runs_open, 4);
	CHECK_INT(history.n_trend, 4);
	CHECK_STR(history.trend[0].id, "R-0");
	CHECK_STR(history.trend[3].id, "R-3");

	/* The state before any run can still be read. */
	history = look_back(&place, "R-2");
	CHECK_STR(history.before.id, "R-1");
	model = history_model(&history, "credit");
	CHECK_INT(summary_verdict(model, "aaaa")->runs_open, 2);
	CHECK_INT(model->n_verdicts, 2);
	CHECK_INT(verify(&place, &check), 0);
	CHECK_INT(check.n_entries, 4);
	CHECK_INT(check.head.seq, 3);
	CHECK_INT(place.diags.n, 0);
	place_close(&place);
}

static void
forgets_a_removed_model(void)
{
	struct place place;
	struct night night;
	struct history history;
	struct ledger_check check;

	place_open(&place);
	night_init(&night, 0);
	CHECK_INT(record(&place, &night), 0);
	night_init(&night, 1);
	night.models[0] = night.models[1];
	night.n_models = 1;
	night.verdicts[0].id = "";
	CHECK_INT(record(&place, &night), 0);
	history = look_back(&place, NULL);
	CHECK_INT(history.n_models, 1);
	CHECK_STR(history.models[0].id, "spam");
	CHECK_INT(ask(&place,
		      "SELECT count(*) FROM verdict "
		      "WHERE result IS NULL"),
	    2);
	CHECK_INT(ask(&place,
		      "SELECT count(*) FROM figure "
		      "WHERE result IS NULL"),
	    3);
	night_init(&night, 2);
	CHECK_INT(record(&place, &night), 0);
	history = look_back(&place, NULL);
	CHECK_INT(history.n_models, 2);
	CHECK_INT(summary_verdict(history_model(&history, "credit"), "aaaa")
		      ->runs_open,
	    1);
	CHECK_INT(verify(&place, &check), 0);
	place_close(&place);
}

/* A night on which the file was broken closes no finding. */
static void
keeps_findings_of_an_unreadable_model(void)
{
	struct place place;
	struct night night;
	struct history history;
	const struct summary *model;

	place_open(&place);
	night_init(&night, 0);
	CHECK_INT(record(&place, &night), 0);
	night_init(&night, 1);
	night.models[0].gate = GATE_UNREADABLE;
	night.models[0].n_figures = 0;
	night.models[0].n_verdicts = 1;
	night.verdicts[0].id = "ffff";
	night.verdicts[0].rule = "YAML_SYNTAX";
	CHECK_INT(record(&place, &night), 0);
	history = look_back(&place, NULL);
	model = history_model(&history, "credit");
	CHECK_INT(model->gate, GATE_UNREADABLE);
	CHECK_INT(model->n_verdicts, 3);
	CHECK_INT(model->n_figures, 3);
	night_init(&night, 2);
	CHECK_INT(record(&place, &night), 0);
	history = look_back(&place, NULL);
	model = history_model(&history, "credit");
	CHECK_INT(model->n_verdicts, 2);
	CHECK_INT(summary_verdict(model, "aaaa")->runs_open, 3);
	place_close(&place);
}

static void
repeats_a_run(void)
{
	struct place place;
	struct night night;
	struct ledger_check first, again;

	place_open(&place);
	night_init(&night, 0);
	CHECK_INT(record(&place, &night), 0);
	CHECK_INT(verify(&place, &first), 0);
	CHECK_INT(record(&place, &night), 0);
	CHECK_INT(verify(&place, &again), 0);
	CHECK_INT(again.n_entries, 1);
	CHECK_STR(again.head.hash, first.head.hash);
	set_hash(night.outputs[1].sha256, "other");
	CHECK_INT(record(&place, &night), -1);
	CHECK_STR(
	    detail(&place), "a run of this id is in it, with other outputs");
	set_hash(night.inputs[1].sha256, "other");
	CHECK_INT(record(&place, &night), -1);
	CHECK_STR(
	    detail(&place), "a run of this id is in it, with other inputs");
	CHECK_INT(verify(&place, &again), 0);
	CHECK_STR(again.head.hash, first.head.hash);
	place_close(&place);
}

static void
refuses_a_stale_history(void)
{
	struct place place;
	struct night one, two;
	struct history history;
	struct ledger *ledger;
	struct ledger_run run = { 0 };

	place_open(&place);
	night_init(&one, 0);
	CHECK_INT(ledger_open(&ledger, place.path, false, &place.diags), 0);
	CHECK_INT(
	    ledger_history(ledger, "R-1", &place.arena, &history, &place.diags),
	    0);
	CHECK_INT(record(&place, &one), 0);
	night_init(&two, 1);
	run.run = &two.run;
	run.history = &history;
	CHECK_INT(ledger_record(ledger, &run, &place.diags), -1);
	CHECK_STR(
	    detail(&place), "another run was recorded since this one began");
	/* An absolute path would name the host's folders. */
	two.inputs[0].path = "/home/anna/model.yaml";
	run.inputs = two.inputs;
	run.n_inputs = 1;
	CHECK_INT(ledger_record(ledger, &run, &place.diags), -1);
	CHECK_STR(detail(&place), "a path in it would be absolute");
	ledger_close(ledger);
	CHECK_INT(ask(&place, "SELECT count(*) FROM run"), 1);
	place_close(&place);
}

static void
lists_runs_and_heads(void)
{
	struct place place;
	struct night night;
	struct ledger *ledger;
	struct run_list list;
	struct ledger_head first, last;
	struct ledger_check check;

	place_open(&place);
	for (int i = 0; i < 3; i++) {
		night_init(&night, i);
		CHECK_INT(record(&place, &night), 0);
		if (i == 0)
			CHECK_INT(verify(&place, &check), 0);
	}
	CHECK_INT(ledger_open(&ledger, place.path, true, &place.diags), 0);
	CHECK_INT(ledger_runs(ledger, 0, &place.arena, &list, &place.diags), 0);
	CHECK_INT(list.n, 3);
	CHECK_STR(list.runs[0].id, "R-2");
	CHECK_STR(list.runs[2].id, "R-0");
	CHECK_INT(list.runs[2].seq, 0);
	CHECK_INT(ledger_runs(ledger, 2, &place.arena, &list, &place.diags), 0);
	CHECK_INT(list.n, 2);
	CHECK_STR(list.runs[1].id, "R-1");
	/* A head that was kept elsewhere is still in the chain. */
	CHECK_INT(ledger_head(ledger, 0, &first, &place.diags), 1);
	CHECK_STR(first.hash, check.head.hash);
	CHECK_INT(ledger_head(ledger, -1, &last, &place.diags), 1);
	CHECK_INT(last.seq, 2);
	CHECK(strcmp(first.hash, last.hash) != 0);
	CHECK_INT(ledger_head(ledger, 3, &last, &place.diags), 0);
	ledger_close(ledger);
	place_close(&place);
}

/* The hash of the first entry, from its parts, without our code for it. */
static void
chains_by_the_formula(void)
{
	struct place place;
	struct night night;
	struct ledger_check check;
	unsigned char bytes[8192] = { 0 };
	size_t n = 1 + 32 + 8;
	char body[4096], hex[HASH_HEX_SIZE];
	sqlite3 *db = NULL;
	sqlite3_stmt *statement = NULL;

	place_open(&place);
	night_init(&night, 0);
	CHECK_INT(record(&place, &night), 0);
	CHECK_INT(sqlite3_open(place.path, &db), SQLITE_OK);
	CHECK_INT(sqlite3_prepare_v2(
		      db, "SELECT body FROM entry", -1, &statement, NULL),
	    SQLITE_OK);
	CHECK_INT(sqlite3_step(statement), SQLITE_ROW);
	snprintf(body, sizeof(body), "%s",
	    (const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	sqlite3_close(db);

	bytes[n + 7] = 3;
	memcpy(bytes + n + 8, "run", 3);
	n += 8 + 3;
	bytes[n + 6] = (unsigned char)(strlen(body) >> 8);
	bytes[n + 7] = (unsigned char)(strlen(body) & 0xff);
	memcpy(bytes + n + 8, body, strlen(body));
	n += 8 + strlen(body);
	hash_hex(bytes, n, hex);
	CHECK_INT(verify(&place, &check), 0);
	CHECK_STR(check.head.hash, hex);
	CHECK(strstr(body,
		  "{\"seq\":0,\"id\":\"R-0\",\"time\":\"2028-02-24T") == body);
	CHECK(strstr(body, "\"changes\":{\"model\":\"") != NULL);
	place_close(&place);
}

/* Each of these would change what a reader sees, or how it came about. */
static const struct {
	const char *sql;
	int bad_seq;
} forgeries[] = {
	{ "UPDATE run SET status = 0 WHERE seq = 1", 1 },
	{ "UPDATE run SET as_of = '2028-01-01' WHERE seq = 1", 1 },
	{ "UPDATE run SET n_blocked = 0 WHERE seq = 0", 0 },
	{ "UPDATE run SET outputs = zeroblob(32) WHERE seq = 2", 2 },
	{ "UPDATE run SET generator = 'dossier 1.0.1' WHERE seq = 2", 2 },
	{ "UPDATE entry SET time = '2028-02-24T00:00:00Z' WHERE seq = 0", 0 },
	{ "UPDATE entry SET kind = 'note' WHERE seq = 1", 1 },
	{ "UPDATE entry SET body = replace(body, 'FP-3', 'FP-4') "
	  "WHERE seq = 1",
	    1 },
	{ "UPDATE entry SET hash = zeroblob(32) WHERE seq = 2", 2 },
	{ "UPDATE entry SET hash = zeroblob(31) WHERE seq = 2", 2 },
	{ "UPDATE entry SET prev = zeroblob(32) WHERE seq = 1", 1 },
	{ "DELETE FROM entry WHERE seq = 1", 1 },
	{ "DELETE FROM entry WHERE seq = 2", 2 },
	{ "DELETE FROM entry WHERE seq = 0", 0 },
	{ "DELETE FROM run WHERE seq = 2", 2 },
	{ "UPDATE entry SET seq = -seq - 1; "
	  "UPDATE entry SET seq = CASE seq WHEN -1 THEN 0 WHEN -2 THEN 2 "
	  "ELSE 1 END",
	    1 },
	{ "INSERT INTO entry SELECT 3, time, kind, body, hash, hash "
	  "FROM entry WHERE seq = 2",
	    3 },
	{ "UPDATE model SET gate = 'open' WHERE run = 1", 1 },
	{ "UPDATE model SET worst_ratio = 0.876 WHERE run = 0 "
	  "AND worst_ratio > 0",
	    0 },
	{ "UPDATE model SET blocking = NULL WHERE run = 0", 0 },
	{ "DELETE FROM model WHERE run = 2", 2 },
	{ "UPDATE verdict SET message = message || ' ' WHERE run = 0", 0 },
	{ "UPDATE verdict SET effect = 'warns' WHERE id = 'aaaa'", 0 },
	{ "UPDATE verdict SET opened = 1 WHERE opened = 0", 0 },
	{ "UPDATE verdict SET run = 1, opened = 1 WHERE id = 'aaaa'", 0 },
	{ "DELETE FROM verdict WHERE id = 'bbbb'", 0 },
	{ "INSERT INTO verdict (model, id, run) VALUES ('credit', 'aaaa', 2)",
	    2 },
	{ "INSERT INTO verdict (model, id, run) VALUES ('credit', 'aaaa', 9)",
	    9 },
	{ "UPDATE figure SET value = value + 1e-15 WHERE n = 400", 0 },
	{ "UPDATE figure SET n = NULL", 0 },
	{ "UPDATE figure SET value = 0 WHERE value IS NULL", 0 },
	{ "UPDATE figure SET subgroup = 'femal' WHERE subgroup = 'female'", 0 },
	{ "UPDATE input SET sha256 = zeroblob(32) WHERE bytes = 700", 0 },
	{ "UPDATE input SET bytes = 701 WHERE bytes = 700", 0 },
	{ "DELETE FROM output WHERE run = 1", 1 },
	{ "UPDATE output SET path = 'index.htm' WHERE run = 1 "
	  "AND path = 'index.html'",
	    1 },
	{ "UPDATE run SET seq = 7 WHERE seq = 2", 2 },
};

static void
notices_forgery(void)
{
	for (size_t i = 0; i < sizeof(forgeries) / sizeof(*forgeries); i++) {
		struct place place;
		struct night night;
		struct ledger_check check;

		place_open(&place);
		for (int j = 0; j < 3; j++) {
			night_init(&night, j);
			if (record(&place, &night) == -1)
				abort();
		}
		meddle(&place, forgeries[i].sql);
		CHECK_INT(verify(&place, &check), 1);
		if (!CHECK_INT(check.bad_seq, forgeries[i].bad_seq))
			printf("# %s\n", forgeries[i].sql);
		CHECK_INT(place.diags.first->id, DIAG_CHAIN);
		place_close(&place);
	}
}

/* The tail can be cut so that the chain is whole: only a head tells. */
static void
needs_a_head_to_see_a_cut_tail(void)
{
	struct place place;
	struct night night;
	struct ledger *ledger;
	struct ledger_head head, now;
	struct ledger_check check;

	place_open(&place);
	for (int i = 0; i < 3; i++) {
		night_init(&night, i);
		CHECK_INT(record(&place, &night), 0);
	}
	CHECK_INT(ledger_open(&ledger, place.path, true, &place.diags), 0);
	CHECK_INT(ledger_head(ledger, -1, &head, &place.diags), 1);
	ledger_close(ledger);
	meddle(&place,
	    "DELETE FROM model WHERE run = 2;"
	    "DELETE FROM output WHERE run = 2;"
	    "DELETE FROM entry WHERE seq = 2;"
	    "DELETE FROM run WHERE seq = 2");
	CHECK_INT(verify(&place, &check), 0);
	CHECK_INT(check.n_entries, 2);
	CHECK_INT(ledger_open(&ledger, place.path, true, &place.diags), 0);
	CHECK_INT(ledger_head(ledger, head.seq, &now, &place.diags), 0);
	ledger_close(ledger);
	place_close(&place);
}

/* Flip each byte of the pages in turn: it is seen, or changes nothing. */
static void
notices_flipped_bytes(void)
{
	struct place place;
	struct night night;
	struct ledger_check want, check;
	struct stat st;
	size_t n_silent = 0, n_seen = 0;
	int fd;

	place_open(&place);
	for (int i = 0; i < 2; i++) {
		night_init(&night, i);
		CHECK_INT(record(&place, &night), 0);
	}
	CHECK_INT(verify(&place, &want), 0);
	CHECK_INT(stat(place.path, &st), 0);
	fd = open(place.path, O_RDWR);
	for (off_t at = 100; at < st.st_size; at += 23) {
		unsigned char byte, flipped;

		if (pread(fd, &byte, 1, at) != 1)
			abort();
		flipped = byte ^ 0x41;
		if (pwrite(fd, &flipped, 1, at) != 1)
			abort();
		if (verify(&place, &check) != 0)
			n_seen++;
		else if (strcmp(check.head.hash, want.head.hash) != 0 ||
		    check.n_entries != want.n_entries)
			n_silent++;
		if (pwrite(fd, &byte, 1, at) != 1)
			abort();
	}
	close(fd);
	CHECK_INT(n_silent, 0);
	CHECK(n_seen > 100);
	CHECK_INT(verify(&place, &check), 0);
	place_close(&place);
}

/* The chain proves rows, not the index beside them: it must not be trusted. */
static void
is_not_misled_by_an_index(void)
{
	struct place place;
	struct night night;
	struct ledger_check check;
	long long page, size;
	char bytes[4096];
	int fd;

	place_open(&place);
	for (int i = 0; i < 2; i++) {
		night_init(&night, i);
		CHECK_INT(record(&place, &night), 0);
	}
	page = ask(&place,
	    "SELECT rootpage FROM sqlite_schema "
	    "WHERE name = 'sqlite_autoindex_run_1'");
	size = ask(&place, "PRAGMA page_size");
	CHECK_INT(size, sizeof(bytes));
	fd = open(place.path, O_RDWR);
	CHECK_INT(pread(fd, bytes, sizeof(bytes), (page - 1) * size), size);
	for (size_t i = 0; i + 3 < sizeof(bytes); i++)
		if (memcmp(bytes + i, "R-1", 3) == 0)
			bytes[i + 2] = '9';
	CHECK_INT(pwrite(fd, bytes, sizeof(bytes), (page - 1) * size), size);
	close(fd);
	CHECK_INT(ask(&place, "SELECT count(*) FROM run WHERE id = 'R-1'"), 0);
	CHECK_INT(verify(&place, &check), 0);
	CHECK_STR(look_back(&place, "R-1").before.id, "R-0");
	place_close(&place);
}

static void
opens_for_reading_only(void)
{
	struct place place;
	struct night night;
	struct ledger *ledger;
	struct history history;
	struct ledger_run run = { &night.run, &history, night.models, 2,
		night.inputs, 3, night.outputs, 2 };

	place_open(&place);
	CHECK_INT(ledger_open(&ledger, place.path, true, &place.diags), -1);
	CHECK(ledger == NULL);
	CHECK_STR(detail(&place), "the file cannot be opened");
	CHECK(access(place.path, F_OK) == -1);
	night_init(&night, 0);
	CHECK_INT(record(&place, &night), 0);
	CHECK_INT(ledger_open(&ledger, place.path, true, &place.diags), 0);
	night_init(&night, 1);
	CHECK_INT(
	    ledger_history(ledger, "R-1", &place.arena, &history, &place.diags),
	    0);
	CHECK_INT(ledger_record(ledger, &run, &place.diags), -1);
	CHECK_STR(detail(&place), "the file may not be written");
	ledger_close(ledger);
	ledger_close(NULL);
	place_close(&place);
}

static void
refuses(struct place *place, const char *sql, const char *why)
{
	struct ledger *ledger;

	unlink(place->path);
	meddle(place, sql);
	CHECK_INT(ledger_open(&ledger, place->path, false, &place->diags), -1);
	CHECK_STR(detail(place), why);
	CHECK_INT(place->diags.last->id, DIAG_LEDGER);
}

static void
refuses_foreign_files(void)
{
	struct place place;
	struct night night;
	struct ledger *ledger;
	char *link;

	place_open(&place);
	refuses(&place, "CREATE TABLE t (a)",
	    "the file is not a ledger of dossier");
	refuses(&place, "PRAGMA application_id = 7",
	    "the file is not a ledger of dossier");
	refuses(&place,
	    "PRAGMA application_id = 1146049363; PRAGMA user_version = 2",
	    "a newer version of dossier has made it; use that one");
	refuses(&place,
	    "PRAGMA application_id = 1146049363; PRAGMA user_version = 0",
	    "its version is not known");
	refuses(&place,
	    "PRAGMA application_id = 1146049363; PRAGMA user_version = 1",
	    "its tables are not those of a ledger");

	unlink(place.path);
	night_init(&night, 0);
	CHECK_INT(record(&place, &night), 0);
	/* A trigger would write what we did not. */
	meddle(&place,
	    "CREATE TRIGGER t AFTER INSERT ON run BEGIN "
	    "DELETE FROM verdict; END");
	CHECK_INT(ledger_open(&ledger, place.path, false, &place.diags), -1);
	CHECK_STR(detail(&place), "its tables are not those of a ledger");
	meddle(&place, "DROP TRIGGER t; DROP TABLE output");
	CHECK_INT(ledger_open(&ledger, place.path, false, &place.diags), -1);
	CHECK_STR(detail(&place), "its tables are not those of a ledger");
	meddle(&place, "CREATE TABLE output (path TEXT)");
	CHECK_INT(ledger_open(&ledger, place.path, false, &place.diags), -1);

	unlink(place.path);
	CHECK_INT(record(&place, &night), 0);
	link = arena_printf(&place.arena, "%s/link.sqlite", place.folder);
	CHECK_INT(symlink(place.path, link), 0);
	CHECK_INT(ledger_open(&ledger, link, false, &place.diags), -1);
	CHECK_STR(detail(&place),
	    "the path goes over a symbolic link; name the file itself");
	CHECK_INT(truncate(place.path, 5000), 0);
	CHECK_INT(ledger_open(&ledger, place.path, false, &place.diags), -1);
	CHECK_INT(ledger_open(&ledger, place.folder, false, &place.diags), -1);
	place_close(&place);
}

static void
refuses_text_files(void)
{
	struct place place;
	struct ledger *ledger;
	FILE *out;

	place_open(&place);
	out = fopen(place.path, "w");
	for (int i = 0; i < 200; i++)
		fputs("this is no database\n", out);
	fclose(out);
	CHECK_INT(ledger_open(&ledger, place.path, false, &place.diags), -1);
	CHECK_STR(detail(&place), "the file is not a ledger");
	CHECK_INT(ledger_open(&ledger, place.path, true, &place.diags), -1);
	place_close(&place);
}

/* A second writer is told, after the time that it may wait. */
static void
waits_for_its_turn(void)
{
	struct place place;
	struct night night;
	sqlite3 *db = NULL;

	place_open(&place);
	night_init(&night, 0);
	CHECK_INT(record(&place, &night), 0);
	CHECK_INT(sqlite3_open(place.path, &db), SQLITE_OK);
	CHECK_INT(
	    sqlite3_exec(db, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
	night_init(&night, 1);
	CHECK_INT(record(&place, &night), -1);
	CHECK_STR(detail(&place), "another program is using it");
	sqlite3_close(db);
	CHECK_INT(record(&place, &night), 0);
	place_close(&place);
}

/* With no room for a page more, the ledger is as it was. */
static void
survives_a_full_disk(void)
{
	struct place place;
	struct night night;
	struct ledger_check check;
	struct rlimit limit, small;
	size_t n_failed = 0;

	place_open(&place);
	night_init(&night, 0);
	CHECK_INT(record(&place, &night), 0);
	CHECK_INT(getrlimit(RLIMIT_FSIZE, &limit), 0);
	signal(SIGXFSZ, SIG_IGN);
	night_init(&night, 1);
	fflush(stdout);
	for (rlim_t size = 0; size < 16384; size += 1024) {
		int rc;

		small = limit;
		small.rlim_cur = size;
		setrlimit(RLIMIT_FSIZE, &small);
		rc = record(&place, &night);
		setrlimit(RLIMIT_FSIZE, &limit);
		if (rc == -1)
			n_failed++;
		if (verify(&place, &check) != 0 ||
		    check.n_entries != (rc == 0 ? 2 : 1))
			CHECK(false);
		if (rc == 0)
			break;
	}
	CHECK(n_failed > 2);
	CHECK_INT(record(&place, &night), 0);
	CHECK_INT(verify(&place, &check), 0);
	CHECK_INT(check.n_entries, 2);
	place_close(&place);
}

int
main(void)
{
	begins();
	gives_back_a_model();
	keeps_only_changes();
	forgets_a_removed_model();
	keeps_findings_of_an_unreadable_model();
	repeats_a_run();
	refuses_a_stale_history();
	lists_runs_and_heads();
	chains_by_the_formula();
	notices_forgery();
	needs_a_head_to_see_a_cut_tail();
	notices_flipped_bytes();
	is_not_misled_by_an_index();
	opens_for_reading_only();
	refuses_foreign_files();
	refuses_text_files();
	survives_a_full_disk();
	waits_for_its_turn();
	return tap_done();
}
