#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/baseline.h"
#include "app/command.h"
#include "app/context.h"
#include "app/discover.h"
#include "app/format.h"
#include "app/policy.h"
#include "app/session.h"
#include "app/waivers.h"
#include "compose/compose.h"

/*
 * The gate for a build: judge the models that the paths name and say what is
 * wrong, in every format that is asked for.
 */

static const struct option_spec specs[] = { SESSION_OPTIONS, FORMAT_OPTION,
	{ "fail-on", 0, "WHAT", "error, warning, note or never" },
	{ "strict", 0, NULL, "close also on warnings and what is unknown" },
	{ "waivers", 0, "FILE", "waivers file" },
	{ "baseline", 0, "FILE", "findings that are known" },
	{ NULL, 0, NULL, NULL } };

struct gate_run {
	struct session session;
	struct run_info info;
	struct context context;
	struct model_files models;
	struct message_writer writer; /* findings as text, to stdout */
	struct outputs outputs;
	struct gate_total total;
	const char **ids; /* models.n: of those that were judged */
};

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

/* Begin the formats, also where nothing can be judged: they say why. */
static void
begin(struct gate_run *gate, bool is_ready)
{
	struct session *s = &gate->session;
	struct format_run run;

	gate->info = (struct run_info){ .seq = -1,
		.id = "check",
		.time = policy_time(),
		.as_of = is_ready ? s->config.policy.as_of :
				    date_of_time(policy_time()),
		.generator = "dossier " DOSSIER_VERSION,
		.pack = s->pipeline.catalogue.pack.version,
		.policy = s->config.policy.version };
	if (is_ready)
		context_make_gate(&gate->context, &s->pipeline, &gate->info);
	session_format_run(s, &gate->info, &run, &gate->writer);
	outputs_begin(&gate->outputs, &run, &s->diags);
}

/* Whether a model before it has the id. */
static bool
is_duplicate(const struct gate_run *gate, const char *id)
{
	for (size_t i = 0; i < gate->total.n_models; i++)
		if (strcmp(gate->ids[i], id) == 0)
			return true;
	return false;
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
	if (is_duplicate(gate, record.id))
		pipeline_duplicate(&record, gate->total.n_models);
	status = pipeline_status(&record, &s->config.policy);
	doc = compose_gate(&record, &gate->context,
	    outputs_have(&gate->outputs, &format_junit));
	compose_summary(&scratch, doc, &sum);
	outputs_model(&gate->outputs, doc, &s->diags);
	gate->ids[gate->total.n_models] = arena_str(&s->arena, record.id);
	gate_count(&gate->total, &sum, status);
	gate_look_ahead(&gate->total, doc);
	xmlFreeDoc(doc);
	arena_free(&scratch);
	arena_free(&record.arena);
}

/* Say what came of it; status is -1 or what kept models from being judged. */
static int
finish(struct gate_run *gate, int status)
{
	struct session *s = &gate->session;
	struct gate_total *total = &gate->total;
	struct text line = { 0 };

	total->warnings_close = policy_warnings_close(&s->config.policy);
	gate_settle(total, status);
	if (status == -1)
		gate_settle(
		    total, pipeline_run_status(&s->diags, &s->config.policy));
	if (outputs_end(&gate->outputs, total, &s->diags, &s->diags) == -1 ||
	    outputs_commit(&gate->outputs, &s->diags) == -1)
		gate_settle(total, STATUS_OUTPUT);
	format_put_next(&line, total);
	format_put_gate(&line, total);
	if (!outputs_take_stdout(&gate->outputs) && !s->is_quiet)
		fputs(text_str(&line), stdout);
	text_free(&line);
	outputs_close(&gate->outputs);
	message_close(&gate->writer);
	return session_close(s, total->status);
}

int
command_check(int argc, char **argv)
{
	struct gate_run gate = { .total.status = STATUS_OPEN };
	struct session *s = &gate.session;
	int status = session_open(s, specs, argc, argv, SESSION_AT_OPERAND);

	if (!s->has_options || status == STATUS_OPEN)
		return session_close(s, status);
	if (outputs_read(&gate.outputs, &s->options, true, &s->diags) == -1)
		return session_close(s, STATUS_USAGE);
	if (status == -1)
		status = session_load_as(s, CATALOGUE_BRIEF);
	if (status == -1)
		status = session_load_baseline(s);
	if (status == -1 && find_models(&gate) == -1)
		status = STATUS_INPUT;
	begin(&gate, status == -1);
	gate.ids = arena_array(&s->arena, gate.models.n, sizeof(char *));
	for (size_t i = 0; status == -1 && i < gate.models.n; i++)
		judge(&gate, &gate.models.files[i]);
	/* Of some models only nothing can be said of the others' waivers. */
	if (status == -1 && s->options.n_operands == 0) {
		waivers_of_no_model(&s->config.policy, gate.ids,
		    gate.total.n_models, &s->diags);
		baseline_of_nothing(&s->config.policy.baseline,
		    &s->pipeline.catalogue, gate.ids, gate.total.n_models,
		    &s->diags);
	}
	return finish(&gate, status);
}
