#include "app/format.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "compose/xml.h"

enum { WRITE_AT = 64 * 1024 }; /* bytes are written in pieces of this size */

static const struct pos nowhere = { NULL, 0, 0 };

static const struct format *const formats[] = { &format_text, &format_json,
	&format_sarif, &format_junit, &format_github, &format_gitlab };

enum { FORMATS = sizeof(formats) / sizeof(formats[0]) };

static const struct format *
find_format(const char *name, size_t n)
{
	for (size_t i = 0; i < FORMATS; i++)
		if (strncmp(formats[i]->name, name, n) == 0 &&
		    formats[i]->name[n] == '\0')
			return formats[i];
	return NULL;
}

static int
unknown(const char *name, size_t n, struct diag_list *diags)
{
	const char *given = arena_dup(diags->arena, name, n);
	const char *names[FORMATS];
	const char *near;

	for (size_t i = 0; i < FORMATS; i++)
		names[i] = formats[i]->name;
	near = near_word(given, names, FORMATS);
	diag_add(diags, DIAG_USAGE, nowhere,
	    "--format is text, json, sarif, junit, github or gitlab, not "
	    "%s%s%s%s",
	    given, near != NULL ? "; did you mean " : "",
	    near != NULL ? near : "", near != NULL ? "?" : "");
	return -1;
}

static bool
is_same_place(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* Two formats in one place would make neither. */
static int
check_places(const struct outputs *outputs, struct diag_list *diags)
{
	const struct output *last = &outputs->list[outputs->n - 1];

	for (const struct output *o = outputs->list; o < last; o++) {
		if (!is_same_place(o->path, last->path))
			continue;
		diag_add(diags, DIAG_USAGE, nowhere,
		    "%s and %s both go to %s; name a file for one of them: "
		    "--format=%s:FILE",
		    o->format->name, last->format->name,
		    last->path != NULL ? last->path : "standard output",
		    last->format->name);
		return -1;
	}
	return 0;
}

void
outputs_add(
    struct outputs *outputs, const struct format *format, const char *path)
{
	outputs->list[outputs->n++] = (struct output){
		.format = format, .path = path, .file = { .fd = -1 }
	};
}

/* "sarif:out/gate.sarif", "json", "text:-". */
static int
read_one(struct outputs *outputs, const char *value, struct diag_list *diags)
{
	size_t n = strcspn(value, ":");
	const char *path = value[n] == ':' ? value + n + 1 : NULL;
	const struct format *format = find_format(value, n);

	if (format == NULL)
		return unknown(value, n, diags);
	if (path != NULL && path[0] == '\0') {
		diag_add(diags, DIAG_USAGE, nowhere,
		    "--format=%s names no file; leave the colon out for "
		    "standard output",
		    value);
		return -1;
	}
	if (outputs->n == OUTPUTS_MOST) {
		diag_add(diags, DIAG_USAGE, nowhere, "at most %d formats",
		    OUTPUTS_MOST);
		return -1;
	}
	outputs_add(outputs, format,
	    path != NULL && strcmp(path, "-") != 0 ? path : NULL);
	return check_places(outputs, diags);
}

int
outputs_read(struct outputs *outputs, const struct options *options,
    bool has_default, struct diag_list *diags)
{
	outputs->n = 0;
	for (size_t i = 0; i < options->n_given; i++)
		if (strcmp(options->given[i].spec->name, "format") == 0 &&
		    read_one(outputs, options->given[i].value, diags) == -1)
			return -1;
	if (outputs->n == 0 && has_default)
		return read_one(outputs, format_text.name, diags);
	return 0;
}

/* Write what the format has said so far. */
static void
flush(struct output *output, struct diag_list *diags)
{
	struct text *text = &output->text;

	if (output->has_failed || text->n == 0) {
		text_clear(text);
		return;
	}
	if (output->path != NULL) {
		output->has_failed =
		    replace_write(&output->file, text->p, text->n, diags) == -1;
	} else if (fwrite(text->p, 1, text->n, stdout) < text->n) {
		diag_add(diags, DIAG_OUTPUT, nowhere, "standard output: %s",
		    strerror(errno));
		output->has_failed = true;
	}
	text_clear(text);
}

void
outputs_begin(struct outputs *outputs, const struct format_run *run,
    struct diag_list *diags)
{
	outputs->run = *run;
	outputs->has_begun = true;
	for (size_t i = 0; i < outputs->n; i++) {
		struct output *output = &outputs->list[i];

		output->run = &outputs->run;
		if (output->path != NULL)
			output->has_failed = replace_open(&output->file,
						 output->path, diags) == -1;
		output->format->begin(output);
	}
}

void
outputs_model(
    struct outputs *outputs, const xmlDoc *doc, struct diag_list *diags)
{
	struct arena scratch = { 0 };
	struct judged model;

	if (outputs->n == 0)
		return;
	finding_read(&model, &scratch, doc, &outputs->run.scope);
	for (size_t i = 0; i < outputs->n; i++) {
		struct output *output = &outputs->list[i];

		output->format->model(output, &model);
		output->n_models++;
		if (output->path == NULL || output->text.n >= WRITE_AT)
			flush(output, diags);
	}
	arena_free(&scratch);
}

/* Sync every file: all that can fail for want of room is done. */
static int
finish_files(struct outputs *outputs, struct diag_list *diags)
{
	int rc = 0;

	for (size_t i = 0; i < outputs->n; i++) {
		struct output *output = &outputs->list[i];

		if (output->has_failed ||
		    (output->path != NULL &&
			replace_finish(&output->file, diags) == -1))
			rc = -1;
	}
	return rc;
}

int
outputs_end(struct outputs *outputs, const struct gate_total *gate,
    const struct diag_list *trouble, struct diag_list *diags)
{
	struct arena scratch = { 0 };
	struct judged run;

	finding_of_diags(&run, &scratch, trouble, &outputs->run.scope);
	for (size_t i = 0; i < outputs->n; i++) {
		struct output *output = &outputs->list[i];

		output->format->end(output, &run, gate);
		flush(output, diags);
		if (output->trouble != NULL) {
			diag_add(diags, DIAG_OUTPUT, nowhere, "%s",
			    arena_str(diags->arena, output->trouble));
			output->has_failed = true;
		}
	}
	arena_free(&scratch);
	return finish_files(outputs, diags);
}

int
outputs_commit(struct outputs *outputs, struct diag_list *diags)
{
	int rc = 0;

	for (size_t i = 0; i < outputs->n && rc == 0; i++)
		if (outputs->list[i].path != NULL)
			rc = replace_commit(&outputs->list[i].file, diags);
	return rc;
}

void
outputs_close(struct outputs *outputs)
{
	for (size_t i = 0; i < outputs->n; i++) {
		struct output *output = &outputs->list[i];

		replace_close(&output->file);
		text_free(&output->text);
		arena_free(&output->arena);
	}
	outputs->n = 0;
}

bool
outputs_have(const struct outputs *outputs, const struct format *format)
{
	for (size_t i = 0; i < outputs->n; i++)
		if (outputs->list[i].format == format)
			return true;
	return false;
}

bool
outputs_take_stdout(const struct outputs *outputs)
{
	for (size_t i = 0; i < outputs->n; i++)
		if (outputs->list[i].path == NULL)
			return true;
	return false;
}

/* "12 findings", "1 finding". */
static void
put_count(struct text *out, size_t n, const char *what)
{
	text_printf(out, "%zu %s%s", n, what, n == 1 ? "" : "s");
}

void
format_put_next(struct text *out, const struct gate_total *gate)
{
	const struct gate_next *next = &gate->next;

	if (next->n == 0)
		return;
	text_printf(out, "dossier: next change on %s, in %ld %s:\n    %s",
	    next->day, next->in_days, next->in_days == 1 ? "day" : "days",
	    next->what);
	if (next->n > 1)
		text_printf(out, ", and %zu more", next->n - 1);
	text_putc(out, '\n');
}

void
format_put_gate(struct text *out, const struct gate_total *gate)
{
	text_printf(
	    out, "dossier: gate %s: ", gate->is_open ? "open" : "closed");
	if (gate->n_models == 0) {
		text_puts(out, "nothing was judged\n");
		return;
	}
	text_printf(out, "%zu of ", gate->n_blocked);
	put_count(out, gate->n_models, "model");
	text_puts(out, " blocked, ");
	if (gate->warnings_close) {
		put_count(out, gate->n_errors + gate->n_warnings, "finding");
		text_printf(
		    out, " block, %zu of them warnings\n", gate->n_warnings);
		return;
	}
	put_count(out, gate->n_errors, "finding");
	text_puts(out, " block, ");
	put_count(out, gate->n_warnings, "warning");
	if (gate->n_known > 0)
		text_printf(out, ", %zu known", gate->n_known);
	if (gate->n_due > 0)
		text_printf(out, ", %zu due later (-v)", gate->n_due);
	text_putc(out, '\n');
}

void
gate_count(struct gate_total *total, const struct summary *sum, int status)
{
	total->n_models++;
	total->n_blocked += sum->gate != GATE_OPEN || status != 0;
	total->n_errors += sum->blocking;
	total->n_warnings += sum->warnings;
	total->n_known += sum->known;
	for (size_t i = 0; i < sum->n_verdicts; i++)
		total->n_due += sum->verdicts[i].result == VERDICT_UPCOMING;
	gate_settle(total, status);
}

void
gate_look_ahead(struct gate_total *total, const xmlDoc *doc)
{
	const xmlNode *report = xml_root(doc);
	const xmlNode *outlook = xml_child(report, "outlook");
	const xmlNode *turn = xml_child(outlook, "turn");
	struct gate_next *next = &total->next;
	const char *day = xml_get(outlook, "day");
	int order = next->n > 0 ? strcmp(day, next->day) : -1;

	if (turn == NULL || order > 0)
		return;
	if (order < 0) {
		snprintf(next->day, sizeof(next->day), "%s", day);
		next->in_days = strtol(xml_get(outlook, "in-days"), NULL, 10);
		next->n = 0;
		snprintf(next->what, sizeof(next->what),
		    "%s of %s from %s to %s", xml_get(turn, "rule"),
		    xml_get(xml_child(report, "model"), "id"),
		    xml_get(turn, "from"), xml_get(turn, "to"));
	}
	next->n += strtoul(xml_get(outlook, "n"), NULL, 10);
}

void
gate_settle(struct gate_total *total, int status)
{
	total->status = status > total->status ? status : total->status;
	total->is_open = total->status == 0;
}
