#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/discover.h"
#include "app/session.h"
#include "app/waivers.h"
#include "base/json_write.h"
#include "base/num.h"

/*
 * `dossier waivers`: what is excused, until when, by whom; with `check`, the
 * models are judged as well, so that it is known what each covers.
 */

static const struct option_spec specs[] = { SESSION_OPTIONS,
	{ "format", 'f', "FORMAT", "text or json (default: text)" },
	{ "waivers", 0, "FILE", "waivers file" }, { NULL, 0, NULL, NULL } };

struct review {
	struct session session;
	bool is_json;
	bool is_judged;   /* covered is known */
	bool *is_told;    /* something was said of it; one for each */
	size_t *covered;  /* findings, one for each waiver of the policy */
	const char **ids; /* of the models that were judged */
	size_t n_ids;
	size_t n_findings;
	int status;
};

static int
read_format(struct review *review)
{
	const char *format = options_get(&review->session.options, "format");

	review->is_json = format != NULL && strcmp(format, "json") == 0;
	if (format == NULL || review->is_json || strcmp(format, "text") == 0)
		return 0;
	diag_add(&review->session.diags, DIAG_USAGE, (struct pos){ NULL, 0, 0 },
	    "--format is text or json, not %s", format);
	return -1;
}

/* What a verdict tells of waivers: one that it covers, or one at fault. */
static void
note_verdict(struct review *review, const struct verdict *v)
{
	const struct policy *policy = &review->session.config.policy;

	if (v->waiver == NULL)
		return;
	for (size_t i = 0; i < policy->n_waivers; i++)
		if (v->result == VERDICT_WAIVED &&
		    strcmp(policy->waivers[i].id, v->waiver) == 0)
			review->covered[i]++;
	if (v->result == VERDICT_WAIVED)
		return;
	for (size_t i = 0; i < policy->n_waivers; i++)
		if (strcmp(policy->waivers[i].id, v->waiver) == 0)
			review->is_told[i] = true;
	review->n_findings += v->effect != EFFECT_PASSES;
	if (!review->is_json)
		message_verdict(&review->session.errors, v);
}

static void
judge(struct review *review, const struct model_file *file)
{
	struct session *s = &review->session;
	struct record record = { 0 };

	pipeline_model(&s->pipeline, &record, file->path, file->folder);
	review->ids[review->n_ids++] = arena_str(&s->arena, record.id);
	for (const struct verdict *v = record.verdicts.first; v != NULL;
	     v = v->next)
		note_verdict(review, v);
	if (!record.is_readable)
		review->status = STATUS_INPUT;
	arena_free(&record.arena);
}

/* Those whose rule was not judged on their model. */
static void
report_idle(struct review *review)
{
	struct session *s = &review->session;
	const struct policy *policy = &s->config.policy;

	waivers_of_no_model(policy, review->ids, review->n_ids, &s->diags);
	for (size_t i = 0; i < policy->n_waivers; i++) {
		const struct waiver *w = &policy->waivers[i];
		size_t j = 0;

		while (
		    j < review->n_ids && strcmp(review->ids[j], w->model) != 0)
			j++;
		if (j < review->n_ids && review->covered[i] == 0 &&
		    !review->is_told[i])
			diag_add(&s->diags, DIAG_WAIVER_UNUSED, w->pos,
			    "%s: rule %s is not judged on %s", w->id, w->rule,
			    w->model);
	}
	review->n_findings += s->diags.n;
}

static int
judge_models(struct review *review)
{
	struct session *s = &review->session;
	struct model_files models;

	if (discover_models(&models, &s->config, &s->arena, &s->diags) == -1)
		return -1;
	review->is_judged = true;
	review->ids = arena_array(&s->arena, models.n, sizeof(char *));
	for (size_t i = 0; i < models.n; i++)
		judge(review, &models.files[i]);
	report_idle(review);
	if (review->n_findings > 0 && review->status < STATUS_FINDINGS)
		review->status = STATUS_FINDINGS;
	return 0;
}

/* "40 days left", "ended 3 days ago". */
static void
put_days(
    struct text *out, const struct waiver *waiver, const struct policy *policy)
{
	long days = waiver_days_left(waiver, policy);
	const char *unit = days == 1 || days == -1 ? "day" : "days";

	if (days >= 0)
		text_printf(out, "%ld %s left", days, unit);
	else
		text_printf(out, "ended %ld %s ago", -days, unit);
}

static void
put_line(struct text *out, const struct review *review, size_t i)
{
	const struct policy *policy = &review->session.config.policy;
	const struct waiver *w = &policy->waivers[i];
	char from[DATE_SIZE], to[DATE_SIZE];

	date_write(w->approved_on, from);
	date_write(w->expires_on, to);
	text_put_shown(out, w->id, strlen(w->id));
	text_printf(out, "  %s, until %s (",
	    waiver_state_word(waiver_state(w, policy)), to);
	put_days(out, w, policy);
	text_puts(out, ")\n    for ");
	text_put_shown(out, w->rule, strlen(w->rule));
	text_puts(out, " of ");
	text_put_shown(out, w->model, strlen(w->model));
	if (w->path != NULL) {
		text_puts(out, ", ");
		text_put_shown(out, w->path, strlen(w->path));
	}
	if (review->is_judged)
		text_printf(out, ": covers %zu %s", review->covered[i],
		    review->covered[i] == 1 ? "finding" : "findings");
	text_printf(out, "\n    approved on %s by ", from);
	text_put_shown(out, w->approved_by, strlen(w->approved_by));
	text_puts(out, "\n    ");
	text_put_shown(out, w->reason, strlen(w->reason));
	text_putc(out, '\n');
}

static void
put_waiver(struct json_writer *w, const struct review *review, size_t i)
{
	const struct policy *policy = &review->session.config.policy;
	const struct waiver *waiver = &policy->waivers[i];
	char from[DATE_SIZE], to[DATE_SIZE], left[NUM_SIZE];

	date_write(waiver->approved_on, from);
	date_write(waiver->expires_on, to);
	snprintf(left, sizeof(left), "%ld", waiver_days_left(waiver, policy));
	json_open(w, NULL, '{');
	json_string_or_null(w, "id", waiver->id);
	json_string(
	    w, "state", waiver_state_word(waiver_state(waiver, policy)));
	json_raw(w, "days_left", left);
	json_string_or_null(w, "rule", waiver->rule);
	json_string_or_null(w, "model", waiver->model);
	json_string_or_null(w, "path", waiver->path);
	json_string_or_null(w, "reason", waiver->reason);
	json_string_or_null(w, "approved_by", waiver->approved_by);
	json_string(w, "approved_on", from);
	json_string(w, "expires_on", to);
	if (review->is_judged)
		json_number(w, "covers", review->covered[i]);
	json_string_or_null(w, "file", waiver->pos.file);
	json_number(w, "line", waiver->pos.line);
	json_number(w, "column", waiver->pos.column);
	json_close(w, '}');
}

static void
put_json(struct text *out, const struct review *review)
{
	const struct policy *policy = &review->session.config.policy;
	struct json_writer w = { .out = out, .flat = 3 };
	char day[DATE_SIZE];

	date_write(policy->as_of, day);
	json_open(&w, NULL, '{');
	json_number(&w, "version", 1);
	json_string(&w, "as_of", day);
	json_open(&w, "waivers", '[');
	for (size_t i = 0; i < policy->n_waivers; i++)
		put_waiver(&w, review, i);
	json_close(&w, ']');
	json_number(&w, "findings", review->n_findings);
	json_close(&w, '}');
}

static void
print(const struct review *review)
{
	const struct policy *policy = &review->session.config.policy;
	struct text out = { 0 };

	if (review->is_json)
		put_json(&out, review);
	for (size_t i = 0; i < policy->n_waivers && !review->is_json; i++)
		put_line(&out, review, i);
	if (policy->n_waivers == 0 && !review->is_json)
		text_puts(&out, "no waivers\n");
	fputs(text_str(&out), stdout);
	text_free(&out);
}

int
command_waivers(int argc, char **argv)
{
	struct review review = { .status = STATUS_OPEN };
	struct session *s = &review.session;
	int status = session_open(s, specs, argc, argv, SESSION_HERE);
	const char *what;

	if (status == -1)
		status = session_load(s);
	if (status == -1 && read_format(&review) == -1)
		status = STATUS_USAGE;
	if (status != -1)
		return session_close(s, status);
	what = s->options.n_operands > 0 ? s->options.operands[0] : "list";
	if (strcmp(what, "list") != 0 && strcmp(what, "check") != 0) {
		diag_add(&s->diags, DIAG_USAGE, (struct pos){ NULL, 0, 0 },
		    "waivers list or waivers check, not %s", what);
		return session_close(s, STATUS_USAGE);
	}
	review.is_told =
	    arena_array(&s->arena, s->config.policy.n_waivers, sizeof(bool));
	review.covered =
	    arena_array(&s->arena, s->config.policy.n_waivers, sizeof(size_t));
	if (strcmp(what, "check") == 0 && judge_models(&review) == -1)
		return session_close(s, STATUS_INPUT);
	print(&review);
	return session_close(s, review.status);
}
