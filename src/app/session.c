#include "app/session.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/baseline.h"
#include "app/configure.h"

bool
session_has_colour(int fd)
{
	return isatty(fd) && getenv("NO_COLOR") == NULL;
}

static void
begin_messages(struct session *session)
{
	session->errors.out = &session->error_text;
	session->errors.has_colour = session_has_colour(STDERR_FILENO);
}

int
session_open_alone(struct session *session, const struct option_spec *specs,
    int argc, char **argv)
{
	*session =
	    (struct session){ .config.root.fd = -1, .pipeline.schemas.fd = -1 };
	session->diags.arena = &session->arena;
	begin_messages(session);
	if (options_read(
		&session->options, specs, argc, argv, &session->diags) == -1)
		return STATUS_USAGE;
	if (options_get(&session->options, "help") != NULL) {
		puts("options:");
		options_help(specs);
		return STATUS_OPEN;
	}
	session->has_options = true;
	session->is_quiet = options_get(&session->options, "quiet") != NULL;
	session->is_verbose = options_get(&session->options, "verbose") != NULL;
	return -1;
}

int
session_open(struct session *session, const struct option_spec *specs, int argc,
    char **argv, enum session_start start)
{
	int status = session_open_alone(session, specs, argc, argv);
	const char *from = ".";

	if (status != -1)
		return status;
	if (start == SESSION_AT_OPERAND && session->options.n_operands > 0)
		from = session->options.operands[0];
	if (config_open(&session->config, &session->arena, &session->options,
		from, &session->diags) == -1)
		return STATUS_USAGE;
	session->errors.root = &session->config.root;
	session->errors.prefix = session->config.root_path;
	return -1;
}

int
session_load(struct session *session)
{
	return session_load_as(session, CATALOGUE_OUTLINE);
}

int
session_load_as(struct session *session, enum catalogue_depth depth)
{
	if (pipeline_open(&session->pipeline, &session->config, &session->arena,
		depth, &session->diags) == -1)
		return session->diags.last != NULL &&
			session->diags.last->id == DIAG_RULES_NONE ?
		    STATUS_INPUT :
		    STATUS_USAGE;
	return -1;
}

int
session_load_baseline(struct session *session)
{
	struct config *config = &session->config;
	struct source source;

	if (settings_text(&config->settings, SETTING_BASELINE)[0] == '\0')
		return -1;
	if (config_read(config, &session->arena, SETTING_BASELINE, &source,
		&session->diags) == -1 ||
	    baseline_read(&config->policy.baseline, &session->arena, &source,
		&session->diags) == -1 ||
	    baseline_hold(&config->policy.baseline,
		&session->pipeline.catalogue, &session->diags) == -1)
		return STATUS_USAGE;
	return -1;
}

void
session_tell(struct session *session)
{
	message_diags(&session->errors, &session->diags);
	session->diags = (struct diag_list){ .arena = session->diags.arena,
		.limit = session->diags.limit };
	fputs(text_str(&session->error_text), stderr);
	text_clear(&session->error_text);
}

int
session_close(struct session *session, int status)
{
	session_tell(session);
	text_free(&session->error_text);
	message_close(&session->errors);
	pipeline_close(&session->pipeline);
	config_close(&session->config);
	arena_free(&session->arena);
	if (fflush(stdout) == EOF && status < STATUS_OUTPUT)
		status = STATUS_OUTPUT;
	return status;
}

void
session_format_run(struct session *session, const struct run_info *info,
    struct format_run *out, struct message_writer *writer)
{
	const struct config *config = &session->config;

	*writer = session->errors;
	writer->has_colour = session_has_colour(STDOUT_FILENO);
	*out = (struct format_run){ .info = info,
		.catalogue = &session->pipeline.catalogue,
		.scope = { &config->root,
		    finding_prefix(&session->arena, config->root_real),
		    &config->policy },
		.messages = writer,
		.is_quiet = session->is_quiet,
		.is_verbose = session->is_verbose };
}

const char *
session_path(struct session *session, enum setting setting)
{
	const struct setting_value *value =
	    &session->config.settings.values[setting];

	/* What dossier.yaml names is relative to dossier.yaml. */
	if (value->pos.file == NULL || value->text[0] == '/')
		return value->text;
	return arena_printf(
	    &session->arena, "%s/%s", session->config.root_path, value->text);
}

const char *
session_ledger(struct session *s)
{
	const struct setting_value *value =
	    &s->config.settings.values[SETTING_LEDGER];

	if (strcmp(value->origin, "default") != 0)
		return session_path(s, SETTING_LEDGER);
	return arena_printf(
	    &s->arena, "%s/%s", session_path(s, SETTING_OUTPUT), value->text);
}
