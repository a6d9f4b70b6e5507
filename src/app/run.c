#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/baseline.h"
#include "app/command.h"
#include "app/context.h"
#include "app/discover.h"
#include "app/format.h"
#include "app/inputs.h"
#include "app/policy.h"
#include "app/render.h"
#include "app/session.h"
#include "app/waivers.h"
#include "app/work.h"
#include "base/tree.h"
#include "compose/compose.h"
#include "compose/xml.h"
#include "publish/manifest.h"
#include "publish/publish.h"
#include "store/compare.h"
#include "store/ledger.h"

static const struct option_spec specs[] = { SESSION_OPTIONS, FORMAT_OPTION,
	{ "output", 'o', "DIR", "output root (default: reports)" },
	{ "ledger", 0, "FILE", "ledger (default: ledger.db in the output)" },
	{ "jobs", 'j', "N", "worker processes (default: 1)" },
	{ "fail-on", 0, "WHAT", "error, warning, note or never" },
	{ "strict", 0, NULL, "close also on warnings and what is unknown" },
	{ "keep", 0, "N", "packs to keep (default: 30; 0: all)" },
	{ "waivers", 0, "FILE", "waivers file" },
	{ "baseline", 0, "FILE", "findings that are known" },
	{ NULL, 0, NULL, NULL } };

/* A run from its first file to its published pack. */
struct run {
	struct session session;
	struct run_info info;
	struct model_files models;
	struct inputs inputs; /* every file found or loaded, with digests */
	struct publish publish;
	const char *ledger_path;
	struct ledger *ledger;
	struct history history;
	struct context context;
	struct renderer *renderer;
	struct render_target target;
	struct work work;
	struct summary *summaries; /* models.n */
	size_t n_known;            /* findings that the baseline holds */
	struct message_writer writer;
	struct outputs outputs; /* that the caller asked for */
	struct outputs pack;    /* findings.json */
	struct gate_total total;
	struct manifest manifest;
	int status;
};

static int
fail(struct run *run, int status)
{
	run->status = status > run->status ? status : run->status;
	return -1;
}

/* Find the models and hash every file beside them, for the run's id. */
static int
discover(struct run *run)
{
	struct session *s = &run->session;
	const struct config *config = &s->config;

	if (discover_models(&run->models, config, &s->arena, &s->diags) == -1)
		return fail(run, STATUS_INPUT);
	if (inputs_collect(&run->inputs, config, &s->pipeline, &run->models,
		&s->arena, &s->diags) == -1)
		return fail(run, STATUS_INPUT);
	return 0;
}

/* "2026-11-21T020000Z-1f3a9c": the time, and the digest of what was found. */
static void
name_run(struct run *run)
{
	struct session *s = &run->session;
	const struct policy *policy = &s->config.policy;
	char time[TIME_SIZE], plain[TIME_SIZE];
	size_t n = 0;

	run->info.seq = -1;
	run->info.time = policy_time();
	run->info.as_of = policy->as_of;
	run->info.generator = "dossier " DOSSIER_VERSION;
	run->info.pack = s->pipeline.catalogue.pack.version;
	run->info.policy = policy->version;
	run->info.n_inputs = run->inputs.n;
	inputs_root(&run->inputs, &s->arena, run->info.inputs);
	time_write(run->info.time, time);
	for (const char *p = time; *p != '\0'; p++)
		if (*p != ':')
			plain[n++] = *p;
	plain[n] = '\0';
	run->info.id =
	    arena_printf(&s->arena, "%s-%.6s", plain, run->info.inputs);
}

static int
open_output(struct run *run)
{
	struct session *s = &run->session;
	const char *output = session_path(s, SETTING_OUTPUT);
	int rc;

	if (publish_open(&run->publish, output, &s->diags) == -1)
		return fail(run, STATUS_OUTPUT);
	rc = publish_lock(&run->publish, &s->diags);
	if (rc != 0)
		return fail(run, rc == 1 ? STATUS_LOCKED : STATUS_OUTPUT);
	if (publish_stage(&run->publish, &s->diags) == -1)
		return fail(run, STATUS_OUTPUT);
	run->target.dir = run->publish.stage;
	run->target.path =
	    arena_printf(&s->arena, "%s/%s", output, run->publish.stage_name);
	run->ledger_path = session_path(s, SETTING_LEDGER);
	if (strcmp(s->config.settings.values[SETTING_LEDGER].origin,
		"default") == 0)
		run->ledger_path =
		    arena_printf(&s->arena, "%s/%s", output, run->ledger_path);
	return 0;
}

/* Load what the ledger remembers; it is closed before workers begin. */
static int
remember(struct run *run)
{
	struct session *s = &run->session;
	int rc;

	if (ledger_open(&run->ledger, run->ledger_path, false, &s->diags) == -1)
		return fail(run, STATUS_OUTPUT);
	rc = ledger_history(
	    run->ledger, run->info.id, &s->arena, &run->history, &s->diags);
	ledger_close(run->ledger);
	run->ledger = NULL;
	return rc == 0 ? 0 : fail(run, STATUS_OUTPUT);
}

static int
load_templates(struct run *run)
{
	struct session *s = &run->session;

	run->renderer = render_open(
	    &s->arena, &run->inputs.templates, &s->pipeline.schemas, &s->diags);
	return run->renderer != NULL ? 0 : fail(run, STATUS_USAGE);
}

/* Waivers and known findings of models that the run has not. */
static void
report_waivers(struct run *run)
{
	struct session *s = &run->session;
	const char **ids = arena_array(&s->arena, run->models.n, sizeof(*ids));

	for (size_t i = 0; i < run->models.n; i++)
		ids[i] = run->work.items[i].id;
	baseline_of_nothing(&s->config.policy.baseline, &s->pipeline.catalogue,
	    ids, run->models.n, &s->diags);
	waivers_of_no_model(&s->config.policy, ids, run->models.n, &s->diags);
}

/* Read, take in, measure, check, compose and render, in worker processes. */
static int
process_models(struct run *run)
{
	struct session *s = &run->session;

	context_make(
	    &run->context, &s->arena, &s->pipeline, &run->info, &run->history);
	context_add_provisions(
	    &run->context, &s->arena, &s->pipeline.catalogue);
	run->work = (struct work){ .pipeline = &s->pipeline,
		.context = &run->context,
		.renderer = run->renderer,
		.target = &run->target,
		.models = &run->models,
		.jobs = s->config.jobs };
	if (work_run(&run->work, &s->diags) == -1)
		return fail(run, STATUS_OUTPUT);
	report_waivers(run);
	for (size_t i = 0; i < run->models.n; i++)
		if (run->work.items[i].status > run->status)
			run->status = run->work.items[i].status;
	return 0;
}

/* A model's document as its worker left it in the staging folder. */
static xmlDocPtr
read_document(struct run *run, size_t i)
{
	struct session *s = &run->session;
	struct folder folder = { run->target.dir, "" };
	struct arena scratch = { 0 };
	struct source source;
	xmlDocPtr doc = NULL;
	const char *path =
	    arena_printf(&s->arena, "data/%s.xml", run->work.items[i].id);

	if (source_read(&source, &scratch, &folder, path, FILE_LIMIT_CSV,
		(struct pos){ NULL, 0, 0 }, &s->diags) == 0)
		doc =
		    xmlReadMemory(source.bytes, (int)source.size, path, "UTF-8",
			XML_PARSE_NONET | XML_PARSE_NOBLANKS | XML_PARSE_HUGE);
	if (doc == NULL)
		diag_add(&s->diags, DIAG_DOCUMENT, (struct pos){ path, 0, 0 },
		    "it cannot be read back");
	arena_free(&scratch);
	return doc;
}

static void
add_totals(struct run_info *info, const struct summary *sum)
{
	info->n_models++;
	info->n_blocked += sum->gate != GATE_OPEN;
	info->n_blocking += sum->blocking;
	info->n_warnings += sum->warnings;
	info->n_met += sum->met;
	info->n_applicable += sum->applicable;
}

/* Add one model's document to portfolio, findings and summaries. */
static int
gather_model(struct run *run, struct portfolio *portfolio, size_t i)
{
	struct summary *sum = &run->summaries[i];
	xmlDocPtr doc = read_document(run, i);

	if (doc == NULL)
		return fail(run, STATUS_OUTPUT);
	compose_summary(&run->session.arena, doc, sum);
	compose_portfolio_add(portfolio, doc, sum);
	outputs_model(&run->outputs, doc, &run->session.diags);
	outputs_model(&run->pack, doc, &run->session.diags);
	inputs_mark_used(&run->inputs, doc);
	add_totals(&run->info, sum);
	run->n_known += sum->known;
	gate_look_ahead(&run->total, doc);
	xmlFreeDoc(doc);
	return 0;
}

/* The pack knows no folder above the portfolio. */
static void
begin_findings(struct run *run)
{
	struct session *s = &run->session;
	struct format_run told;

	session_format_run(s, &run->info, &told, &run->writer);
	told.is_quiet = true; /* the run says itself what the gate came to */
	outputs_begin(&run->outputs, &told, &s->diags);
	told.scope.prefix = "";
	outputs_add(&run->pack, &format_json,
	    arena_printf(&s->arena, "%s/findings.json", run->target.path));
	outputs_begin(&run->pack, &told, &s->diags);
}

static int
end_findings(struct run *run)
{
	struct diag_list *diags = &run->session.diags;
	const struct policy *policy = &run->session.config.policy;
	struct gate_total *total = &run->total;
	int status = pipeline_run_status(diags, policy);

	run->status = status > run->status ? status : run->status;
	*total = (struct gate_total){ .n_models = run->info.n_models,
		.n_blocked = run->info.n_blocked,
		.n_errors = run->info.n_blocking,
		.n_warnings = run->info.n_warnings,
		.warnings_close = policy_warnings_close(policy),
		.n_known = run->n_known,
		.next = total->next };
	gate_settle(total, run->status);
	/* A gate that never closes still says what blocks. */
	total->is_open = total->is_open && total->n_blocked == 0;
	if (outputs_end(&run->pack, total, diags, diags) == -1 ||
	    outputs_commit(&run->pack, diags) == -1 ||
	    outputs_end(&run->outputs, total, diags, diags) == -1)
		return fail(run, STATUS_OUTPUT);
	return 0;
}

/* The portfolio's document, pages and workbook, from the models' documents. */
static int
render_whole(struct run *run)
{
	struct session *s = &run->session;
	struct portfolio *portfolio =
	    compose_portfolio_begin(&s->arena, &run->context);
	struct change_list changes = { NULL, 0 };
	struct portfolio_rest rest;
	struct compare_run now;
	xmlDocPtr doc;
	int rc;

	begin_findings(run);
	run->summaries =
	    arena_array(&s->arena, run->models.n, sizeof(*run->summaries));
	for (size_t i = 0; i < run->models.n; i++)
		if (gather_model(run, portfolio, i) == -1)
			return -1;
	inputs_root(&run->inputs, &s->arena, run->info.inputs);
	run->info.n_inputs = run->inputs.n;
	rest = (struct portfolio_rest){ inputs_used(&run->inputs, &s->arena),
		inputs_unused(&run->inputs, &s->arena), &s->diags };
	doc = compose_portfolio_end(portfolio, &rest);
	run->models.n = summary_sort(run->summaries, run->models.n);
	now = (struct compare_run){ &run->info, run->summaries, run->models.n };
	ledger_compare(&run->history, &now, &s->arena, &changes);
	compose_changes(doc, &run->context, &changes);
	rc = render_portfolio(run->renderer, doc, &run->target, &s->diags);
	xmlFreeDoc(doc);
	if (rc == -1)
		return fail(run, STATUS_OUTPUT);
	return end_findings(run);
}

static int
record(struct run *run)
{
	struct session *s = &run->session;
	struct tree_leaf *leaves = inputs_leaves(&run->inputs, &s->arena);
	struct ledger_run entry;
	int rc;

	if (manifest_make(&run->manifest, &s->arena, run->target.dir,
		run->target.path, &s->diags) == -1 ||
	    manifest_write(&run->manifest, run->target.dir, run->target.path,
		&s->diags) == -1)
		return fail(run, STATUS_OUTPUT);
	tree_root(run->manifest.leaves, run->manifest.n, run->info.outputs);
	run->info.n_outputs = run->manifest.n;
	run->info.status = run->status;
	entry = (struct ledger_run){ &run->info, &run->history, run->summaries,
		run->models.n, leaves, run->inputs.n, run->manifest.leaves,
		run->manifest.n };
	if (ledger_open(&run->ledger, run->ledger_path, false, &s->diags) == -1)
		return fail(run, STATUS_OUTPUT);
	rc = ledger_record(run->ledger, &entry, &s->diags);
	return rc == 0 ? 0 : fail(run, STATUS_OUTPUT);
}

static int
publish(struct run *run)
{
	struct session *s = &run->session;

	if (publish_commit(&run->publish, run->info.id, &s->diags) == -1 ||
	    publish_prune(&run->publish, s->config.keep, &s->diags) == -1)
		return fail(run, STATUS_OUTPUT);
	return 0;
}

/* One line, and the page to open; the head of the chain for the mail. */
static void
print_gate(struct run *run)
{
	struct session *s = &run->session;
	struct ledger_head head = { -1, "" };
	struct text line = { 0 };
	FILE *out = outputs_take_stdout(&run->outputs) ? stderr : stdout;

	if (s->is_quiet && run->status == STATUS_OPEN)
		return;
	ledger_head(run->ledger, -1, &head, &s->diags);
	format_put_next(&line, &run->total);
	format_put_gate(&line, &run->total);
	text_cut(&line, line.n - 1);
	fprintf(out, "%s; ledger %lld %.12s\n", text_str(&line),
	    (long long)head.seq, head.hash);
	text_free(&line);
	fprintf(
	    out, "%s/current/index.html\n", session_path(s, SETTING_OUTPUT));
}

/* A run that ends before its first model says why in every format. */
static void
tell_failure(struct run *run)
{
	struct session *s = &run->session;
	struct format_run told;

	if (run->outputs.n == 0 || run->outputs.has_begun)
		return;
	run->info.time = policy_time();
	run->info.as_of = date_of_time(run->info.time);
	run->info.generator = "dossier " DOSSIER_VERSION;
	gate_settle(&run->total, run->status);
	session_format_run(s, &run->info, &told, &run->writer);
	told.is_quiet = true;
	outputs_begin(&run->outputs, &told, &s->diags);
	if (outputs_end(&run->outputs, &run->total, &s->diags, &s->diags) ==
		-1 ||
	    outputs_commit(&run->outputs, &s->diags) == -1)
		fail(run, STATUS_OUTPUT);
}

static int
end_run(struct run *run)
{
	tell_failure(run);
	render_close(run->renderer);
	inputs_close(&run->inputs);
	work_end(&run->work);
	ledger_close(run->ledger);
	publish_close(&run->publish);
	outputs_close(&run->outputs);
	outputs_close(&run->pack);
	message_close(&run->writer);
	return session_close(&run->session, run->status);
}

/* The caller's files appear with the pack: they state the exit status. */
static int
put_findings_in_place(struct run *run)
{
	if (outputs_commit(&run->outputs, &run->session.diags) == -1)
		return fail(run, STATUS_OUTPUT);
	return 0;
}

static void
work_through(struct run *run)
{
	static int (*const steps[])(struct run *) = { discover, open_output,
		remember, load_templates, process_models, render_whole, record,
		publish, put_findings_in_place };

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		if (steps[i](run) == -1)
			return;
		if (i == 0)
			name_run(run);
	}
	print_gate(run);
}

int
command_run(int argc, char **argv)
{
	struct run run = {
		.publish = { .root = -1, .runs = -1, .lock = -1, .stage = -1 },
		.inputs.templates.fd = -1
	};
	struct session *s = &run.session;
	int status = session_open(s, specs, argc, argv, SESSION_HERE);

	if (!s->has_options || status == STATUS_OPEN)
		return session_close(s, status);
	if (outputs_read(&run.outputs, &s->options, false, &s->diags) == -1)
		return session_close(s, STATUS_USAGE);
	if (status == -1)
		status = session_load_as(s, CATALOGUE_COVERED);
	if (status == -1)
		status = session_load_baseline(s);
	if (status == -1)
		work_through(&run);
	else
		run.status = status;
	return end_run(&run);
}
