#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/format.h"
#include "base/file.h"

/*
 * Workflow commands of GitHub: each finding an annotation at its line.  GitHub
 * shows ten of a kind for a step, so the job's summary, where there is one,
 * lists all that close the gate or warn, as far as its limit goes.
 */

enum { SUMMARY_MOST = 900 * 1024 }; /* GitHub takes 1 MiB a step */

struct summary_table {
	struct text rows;
	size_t n_left; /* rows that had no room */
};

/* The text behind a command: one line, no sign of the runner's own. */
static void
put_data(struct text *out, const char *s, const char *signs)
{
	struct text shown = { 0 };

	text_put_shown(&shown, s, strlen(s));
	for (size_t i = 0; i < shown.n; i++) {
		if (strchr(signs, shown.p[i]) != NULL)
			text_printf(out, "%%%02X", (unsigned char)shown.p[i]);
		else
			text_putc(out, shown.p[i]);
	}
	text_free(&shown);
}

static void
put_message(struct text *out, const char *s)
{
	put_data(out, s, "%");
}

static void
put_property(struct text *out, const char *name, const char *s)
{
	text_puts(out, name);
	put_data(out, s, "%:,");
}

static void
put_annotation(struct text *out, const struct finding *f)
{
	static const char *const commands[] = { "notice", "warning", "error" };
	const struct spot *at = &f->at;
	struct text note = { 0 };

	text_printf(out, "::%s ", commands[f->severity]);
	if (at->place != NULL) {
		put_property(out, "file=", at->place);
		text_printf(out, ",line=%u", at->line > 0 ? at->line : 1);
		if (at->column > 0)
			text_printf(out, ",col=%u", at->column);
		text_putc(out, ',');
	}
	put_property(out, "title=", f->rule);
	put_property(out, "%3A ", f->title);
	text_puts(out, "::");
	put_message(out, f->message);
	finding_put_note(&note, f);
	if (note.n > 0) {
		text_puts(out, "%0Anote: ");
		put_message(out, text_str(&note));
	}
	if (f->provision[0] != '\0') {
		text_puts(out, "%0Aasked by: ");
		put_message(out, f->provision);
	}
	if (f->fix[0] != '\0') {
		text_puts(out, "%0Ato fix: ");
		put_message(out, f->fix);
	}
	text_putc(out, '\n');
	text_free(&note);
}

/* A cell of the summary, which is Markdown: an HTML table is none of it. */
static void
put_cell(struct text *out, const char *s)
{
	struct text shown = { 0 };

	text_put_shown(&shown, s, strlen(s));
	text_puts(out, "<td>");
	text_put_html(out, text_str(&shown), shown.n);
	text_puts(out, "</td>");
	text_free(&shown);
}

static void
put_row(struct summary_table *table, const struct finding *f)
{
	struct text *out = &table->rows;
	struct text place = { 0 };

	if (f->severity == DIAG_NOTE)
		return;
	if (out->n > SUMMARY_MOST) {
		table->n_left++;
		return;
	}
	text_puts(&place, f->at.place != NULL ? f->at.place : "");
	if (f->at.line > 0)
		text_printf(&place, ":%u", f->at.line);
	text_puts(out, "<tr>");
	put_cell(out, diag_severity_word(f->severity));
	put_cell(out, text_str(&place));
	put_cell(out, f->rule);
	put_cell(out, f->message);
	put_cell(out, f->provision);
	text_puts(out, "</tr>\n");
	text_free(&place);
}

static void
begin(struct output *output)
{
	output->state =
	    arena_alloc(&output->arena, sizeof(struct summary_table));
}

static void
put_findings(struct output *output, const struct judged *judged)
{
	for (size_t i = 0; i < judged->n; i++) {
		put_annotation(&output->text, &judged->findings[i]);
		put_row(output->state, &judged->findings[i]);
	}
}

static void
make_summary(const struct summary_table *table, struct text *out,
    const struct gate_total *gate)
{
	text_puts(out, "### ");
	format_put_gate(out, gate);
	text_putc(out, '\n');
	if (table->rows.n == 0)
		return;
	text_puts(out,
	    "<table>\n<tr><th>Severity</th><th>Place</th><th>Rule</th>"
	    "<th>Finding</th><th>Asked by</th></tr>\n");
	text_put(out, table->rows.p, table->rows.n);
	text_puts(out, "</table>\n\n");
	if (table->n_left > 0)
		text_printf(
		    out, "%zu more have no room here.\n\n", table->n_left);
}

/* The runner makes the file and shows what steps append to it. */
static int
append(const char *path, const struct text *text)
{
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
	int rc = fd != -1 ? file_write_all(fd, text->p, text->n) : -1;
	int error = errno;

	if (fd != -1 && close(fd) == -1 && rc == 0)
		return -1;
	errno = error;
	return rc;
}

static void
end(struct output *output, const struct judged *run,
    const struct gate_total *gate)
{
	const char *path = getenv("GITHUB_STEP_SUMMARY");
	struct summary_table *table = output->state;
	struct text summary = { 0 };

	put_findings(output, run);
	if (!output->run->is_quiet)
		format_put_gate(&output->text, gate);
	if (path != NULL && path[0] != '\0') {
		make_summary(table, &summary, gate);
		if (append(path, &summary) == -1)
			output->trouble = arena_printf(&output->arena,
			    "GITHUB_STEP_SUMMARY: %s", strerror(errno));
	}
	text_free(&summary);
	text_free(&table->rows);
}

const struct format format_github = { "github", begin, put_findings, end };
