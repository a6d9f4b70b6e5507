#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/context.h"
#include "app/discover.h"
#include "app/json.h"
#include "app/policy.h"
#include "app/session.h"
#include "compose/compose.h"

/*
 * The gate for a build: judge the models that the paths name, say what is
 * wrong, write nothing.
 */

static const struct option_spec specs[] = { SESSION_OPTIONS,
	{ "format", 'f', "FORMAT", "text or json (default: text)" },
	{ "fail-on", 0, "WHAT", "error, warning or never" },
	{ "waivers", 0, "FILE", "waivers file" }, { NULL, 0, NULL, NULL } };

struct gate_run {
	struct session session;
	struct run_info info;
	struct context context;
	struct model_files models;
	struct message_writer writer; /* findings as text, to stdout */
	struct text json;
	bool is_json;
	size_t n_models, n_blocked, n_errors, n_warnings;
	int status;
};

static int
read_format(struct gate_run *gate)
{
	const char *format = options_get(&gate->session.options, "format");

	gate->is_json = format != NULL && strcmp(format, "json") == 0;
	if (format == NULL || gate->is_json || strcmp(format, "text") == 0)
		return 0;
	diag_add(&gate->session.diags, DIAG_USAGE, (struct pos){ NULL, 0, 0 },
	    "--format is text or json, not %s", format);
	return -1;
}

static int
find_models(struct gate_run *gate)
{
	struct session *s = &gate->session;

	if (s->options.n_operands == 0)
		return discover_models(
		    &gate->models, &s->config, &s->arena, &s->diags);
	return discover_paths(&gate->models, &s->config, &s->arena,
	    s->options.operands, s->options.n_operands, &s->diags);
}

static void
begin(struct gate_run *gate)
{
	struct session *s = &gate->session;
	char as_of[DATE_SIZE];

	gate->info = (struct run_info){ .seq = -1,
		.id = "check",
		.time = policy_time(),
		.as_of = s->config.policy.as_of,
		.generator = "dossier " DOSSIER_VERSION,
		.pack = s->pipeline.catalogue.pack.version,
		.policy = s->config.policy.version };
	context_make(
	    &gate->context, &s->arena, &s->pipeline, &gate->info, NULL);
	gate->writer = s->errors;
	gate->writer.out = stdout;
	date_write(gate->info.as_of, as_of);
	if (gate->is_json)
		json_begin(
		    &gate->json, gate->info.generator, as_of, gate->info.pack);
}

static void
judge(struct gate_run *gate, const struct model_file *file)
{
	struct session *s = &gate->session;
	struct record record = { 0 };
	struct arena scratch = { 0 };
	struct summary sum;
	xmlDocPtr doc;
	int status;

	pipeline_model(&s->pipeline, &record, file->path, file->folder);
	status = pipeline_status(&record, &s->config.policy);
	doc = compose_model(&record, &gate->context);
	compose_summary(&scratch, doc, &sum);
	if (gate->is_json)
		json_model(&gate->json, doc, gate->n_models == 0);
	else
		message_document(&gate->writer, doc, s->is_verbose);
	gate->n_models++;
	gate->n_blocked += sum.gate != GATE_OPEN;
	gate->n_errors += sum.blocking;
	gate->n_warnings += sum.warnings;
	gate->status = status > gate->status ? status : gate->status;
	xmlFreeDoc(doc);
	arena_free(&scratch);
	arena_free(&record.arena);
}

static void
finish(struct gate_run *gate)
{
	if (gate->is_json) {
		json_end(
		    &gate->json, gate->status == STATUS_OPEN, gate->status);
		fputs(text_str(&gate->json), stdout);
	} else if (!gate->session.is_quiet) {
		printf("dossier: gate %s: %zu of %zu %s blocked, %zu %s "
		       "block, %zu %s\n",
		    gate->status == STATUS_OPEN ? "open" : "closed",
		    gate->n_blocked, gate->n_models,
		    gate->n_models == 1 ? "model" : "models", gate->n_errors,
		    gate->n_errors == 1 ? "finding" : "findings",
		    gate->n_warnings,
		    gate->n_warnings == 1 ? "warning" : "warnings");
	}
	message_close(&gate->writer);
	text_free(&gate->json);
}

int
command_check(int argc, char **argv)
{
	struct gate_run gate = { .status = STATUS_OPEN };
	int status =
	    session_open(&gate.session, specs, argc, argv, SESSION_AT_OPERAND);

	if (status == -1)
		status = session_load(&gate.session);
	if (status != -1)
		return session_close(&gate.session, status);
	if (read_format(&gate) == -1)
		return session_close(&gate.session, STATUS_USAGE);
	if (find_models(&gate) == -1)
		return session_close(&gate.session, STATUS_INPUT);
	begin(&gate);
	for (size_t i = 0; i < gate.models.n; i++)
		judge(&gate, &gate.models.files[i]);
	finish(&gate);
	return session_close(&gate.session, gate.status);
}
