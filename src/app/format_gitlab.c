#include "app/format.h"
#include "base/json_write.h"

/*
 * A Code Quality report of GitLab: one array of issues.  GitLab shows an issue
 * in a merge request by its fingerprint, and one of several that share one.
 */

enum { FLAT = 2 }; /* an issue on one line */

static void
begin(struct output *output)
{
	struct json_writer *w = arena_alloc(&output->arena, sizeof(*w));

	*w = (struct json_writer){ .out = &output->text, .flat = FLAT };
	output->state = w;
	json_open(w, NULL, '[');
}

/* What closes the gate stands above what does not. */
static const char *
severity_of(const struct finding *f)
{
	if (f->closes)
		return f->severity == DIAG_ERROR ? "blocker" : "major";
	return f->severity == DIAG_WARNING ? "minor" : "info";
}

static void
put_issue(struct json_writer *w, const struct finding *f)
{
	const struct spot *at = &f->at;
	struct text text = { 0 }, note = { 0 };

	finding_put_note(&note, f);
	text_puts(&text, f->message);
	if (note.n > 0)
		text_printf(&text, " (%s)", text_str(&note));
	json_open(w, NULL, '{');
	json_string(w, "description", text_str(&text));
	json_string(w, "check_name", f->rule);
	json_string(w, "fingerprint", f->fingerprint);
	json_string(w, "severity", severity_of(f));
	json_open(w, "location", '{');
	json_string(w, "path", at->place != NULL ? at->place : "dossier.yaml");
	json_open(w, "lines", '{');
	json_number(w, "begin", at->line > 0 ? at->line : 1);
	json_close(w, '}');
	json_close(w, '}');
	json_close(w, '}');
	text_free(&note);
	text_free(&text);
}

static void
put_issues(struct output *output, const struct judged *judged)
{
	for (size_t i = 0; i < judged->n; i++)
		put_issue(output->state, &judged->findings[i]);
}

static void
end(struct output *output, const struct judged *run,
    const struct gate_total *gate)
{
	(void)gate;
	put_issues(output, run);
	json_close(output->state, ']');
}

const struct format format_gitlab = { "gitlab", begin, put_issues, end };
