#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/baseline.h"
#include "app/command.h"
#include "app/discover.h"
#include "app/session.h"
#include "check/baseline.h"
#include "publish/replace.h"

/*
 * `dossier baseline`: write down the findings of today, or take out of what
 * was written down what is mended since.  Nothing is ever added by an update.
 */

static const struct option_spec specs[] = { SESSION_OPTIONS,
	{ "output", 'o', "FILE",
	    "write: the baseline (default: the one of the "
	    "configuration, else standard output)" },
	{ "reason", 0, "TEXT", "write: why these findings may stand" },
	{ "baseline", 0, "FILE", "update: the baseline" },
	{ "waivers", 0, "FILE", "waivers file" }, { NULL, 0, NULL, NULL } };

static const struct pos nowhere = { NULL, 0, 0 };

/* The findings of the models of this command. */
struct survey {
	struct session session;
	struct model_files models;
	struct baseline_entry *entries; /* grows; of the session's arena */
	size_t n, size;
	const char **ids; /* models.n: those that could be judged */
	size_t n_ids;
	bool *is_found; /* one for each entry of the baseline, in an update */
	const struct baseline *old;
	int status;
};

static void
add_entry(
    struct survey *survey, const struct record *record, const struct verdict *v)
{
	struct session *s = &survey->session;
	struct arena *arena = &s->arena;

	if (survey->n == survey->size) {
		survey->size = survey->size > 0 ? survey->size * 2 : 64;
		survey->entries = memory_grow(
		    survey->entries, survey->size, sizeof(*survey->entries));
	}
	survey->entries[survey->n++] =
	    (struct baseline_entry){ .model = arena_str(arena, record->id),
		    .rule = arena_str(arena, v->rule),
		    .field = arena_str(arena, v->field),
		    .content = arena_str(arena, v->content),
		    .effect = v->effect,
		    .since = s->config.policy.as_of,
		    .message = arena_str(arena, v->message) };
}

static void
take_verdict(
    struct survey *survey, const struct record *record, const struct verdict *v)
{
	const struct baseline_entry *entry;

	if (survey->old == NULL) {
		if (!v->is_repeated &&
		    baseline_may_hold(
			&survey->session.pipeline.catalogue, record, v))
			add_entry(survey, record, v);
		return;
	}
	entry = baseline_find(survey->old, record->id, v);
	if (entry != NULL)
		survey->is_found[entry - survey->old->entries] = true;
}

/* An entry whose rule was not judged is kept: another fault may be why. */
static void
keep_unjudged(struct survey *survey, const struct record *record)
{
	for (size_t i = 0; survey->old != NULL && i < survey->old->n; i++) {
		const struct baseline_entry *entry = &survey->old->entries[i];
		const struct verdict *v = record->verdicts.first;

		if (strcmp(entry->model, record->id) != 0 ||
		    catalogue_rule(&survey->session.pipeline.catalogue,
			entry->rule) == NULL)
			continue;
		while (v != NULL &&
		    (v->result == VERDICT_NOT_APPLICABLE ||
			strcmp(v->rule, entry->rule) != 0))
			v = v->next;
		if (v == NULL)
			survey->is_found[i] = true;
	}
}

static void
judge(struct survey *survey, const struct model_file *file)
{
	struct session *s = &survey->session;
	struct record record = { 0 };

	pipeline_model(&s->pipeline, &record, file->path, file->folder);
	if (record.is_readable) {
		survey->ids[survey->n_ids++] = arena_str(&s->arena, record.id);
		for (const struct verdict *v = record.verdicts.first; v != NULL;
		     v = v->next)
			take_verdict(survey, &record, v);
		keep_unjudged(survey, &record);
	} else {
		diag_add(&s->diags, DIAG_BASELINE_UNREAD,
		    (struct pos){ file->path, 1, 1 },
		    "its findings are left as they are");
		survey->status = STATUS_INPUT;
	}
	arena_free(&record.arena);
}

/* Judge without the baseline, or what is known could not be seen. */
static int
judge_models(struct survey *survey, char **operands, size_t n)
{
	struct session *s = &survey->session;
	int rc;

	s->config.policy.baseline.n = 0;
	if (n == 0)
		rc = discover_models(
		    &survey->models, &s->config, &s->arena, &s->diags);
	else
		rc = discover_paths(&survey->models, &s->config, &s->arena,
		    operands, n, &s->diags);
	if (rc == -1)
		return -1;
	survey->ids = arena_array(&s->arena, survey->models.n, sizeof(char *));
	for (size_t i = 0; i < survey->models.n; i++)
		judge(survey, &survey->models.files[i]);
	return 0;
}

/* Whole or not at all; NULL is standard output. */
static int
put_file(struct survey *survey, const char *path, const struct text *text)
{
	if (path != NULL)
		return replace_file(
		    path, text->p, text->n, &survey->session.diags);
	fputs(text_str(text), stdout);
	return 0;
}

/* Two findings of one fingerprint are one entry. */
static size_t
sort_entries(struct baseline_entry *entries, size_t n)
{
	size_t kept = 0;

	if (n > 1)
		qsort(entries, n, sizeof(*entries), baseline_compare);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 ||
		    baseline_compare(&entries[kept - 1], &entries[i]) != 0)
			entries[kept++] = entries[i];
	return kept;
}

static const char *
target(struct session *s)
{
	const char *path = options_get(&s->options, "output");

	if (path != NULL)
		return path;
	return s->config.settings.values[SETTING_BASELINE].text[0] != '\0' ?
	    session_path(s, SETTING_BASELINE) :
	    NULL;
}

static int
save(struct survey *survey, const char *path, struct baseline *baseline)
{
	const struct pack *pack = &survey->session.pipeline.catalogue.pack;
	struct text out = { 0 };
	int rc;

	baseline->pack = arena_printf(
	    &survey->session.arena, "%s %s", pack->name, pack->version);
	baseline->written_on = survey->session.config.policy.as_of;
	baseline_put(&out, baseline);
	rc = put_file(survey, path, &out);
	text_free(&out);
	return rc == 0 ? survey->status : STATUS_OUTPUT;
}

static int
write_baseline(struct survey *survey)
{
	struct session *s = &survey->session;
	const char *reason = options_get(&s->options, "reason");
	const char *path = target(s);
	struct baseline out = { .reason = reason };
	int status;

	if (reason == NULL) {
		diag_add(&s->diags, DIAG_USAGE, nowhere,
		    "--reason is needed: why may these findings stand?");
		return STATUS_USAGE;
	}
	if (baseline_check_reason(reason, nowhere, &s->diags) == -1)
		return STATUS_USAGE;
	if (judge_models(survey, s->options.operands + 1,
		s->options.n_operands - 1) == -1)
		return STATUS_INPUT;
	out.n = sort_entries(survey->entries, survey->n);
	out.entries = survey->entries;
	status = save(survey, path, &out);
	if (path != NULL && status < STATUS_OUTPUT && !s->is_quiet)
		printf("%s: %zu known %s of %zu %s\n", path, out.n,
		    out.n == 1 ? "finding" : "findings", survey->n_ids,
		    survey->n_ids == 1 ? "model" : "models");
	return status;
}

static bool
is_of(const char *const ids[], size_t n, const char *model)
{
	size_t i = 0;

	while (i < n && strcmp(ids[i], model) != 0)
		i++;
	return i < n;
}

/*
 * What is still found stays, and so does what was not looked at: models that
 * were not named or could not be read.
 */
static int
update_baseline(struct survey *survey)
{
	struct session *s = &survey->session;
	struct baseline old, out;
	bool is_whole = s->options.n_operands == 1;
	int status;

	if (s->config.settings.values[SETTING_BASELINE].text[0] == '\0') {
		diag_add(&s->diags, DIAG_USAGE, nowhere,
		    "no baseline is named: --baseline=FILE, or baseline: in "
		    "dossier.yaml");
		return STATUS_USAGE;
	}
	if (session_load_baseline(s) != -1)
		return STATUS_USAGE;
	old = s->config.policy.baseline;
	out = old;
	survey->old = &old;
	survey->is_found = arena_array(&s->arena, old.n, sizeof(bool));
	if (judge_models(survey, s->options.operands + 1,
		s->options.n_operands - 1) == -1)
		return STATUS_INPUT;
	out.entries = arena_array(&s->arena, old.n, sizeof(*out.entries));
	out.n = 0;
	for (size_t i = 0; i < old.n; i++)
		if (survey->is_found[i] ||
		    (!is_of(survey->ids, survey->n_ids, old.entries[i].model) &&
			(!is_whole || survey->status != STATUS_OPEN)))
			out.entries[out.n++] = old.entries[i];
	status = survey->status;
	if (out.n < old.n)
		status = save(survey, session_path(s, SETTING_BASELINE), &out);
	if (!s->is_quiet && status < STATUS_OUTPUT)
		printf("%s: %zu taken out, %zu still found\n",
		    session_path(s, SETTING_BASELINE), old.n - out.n, out.n);
	return status;
}

int
command_baseline(int argc, char **argv)
{
	struct survey survey = { .status = STATUS_OPEN };
	struct session *s = &survey.session;
	int status = session_open(s, specs, argc, argv, SESSION_HERE);
	const char *what;

	if (status == -1)
		status = session_load(s);
	if (status != -1)
		return session_close(s, status);
	what = s->options.n_operands > 0 ? s->options.operands[0] : "";
	if (strcmp(what, "write") == 0) {
		status = write_baseline(&survey);
	} else if (strcmp(what, "update") == 0) {
		status = update_baseline(&survey);
	} else {
		diag_add(&s->diags, DIAG_USAGE, nowhere,
		    "baseline write or baseline update%s%s",
		    *what != '\0' ? ", not " : "", what);
		status = STATUS_USAGE;
	}
	free(survey.entries);
	return session_close(s, status);
}
