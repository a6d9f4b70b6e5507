#include "app/message.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "base/width.h"

enum { COLUMNS = 80, MARGIN = 11, WINDOW = 50 };

void
message_close(struct message_writer *writer)
{
	arena_free(&writer->arena);
	writer->quoted = (struct source){ 0 };
}

/* Colour of a severity: red, yellow, blue. */
static const char *
colour(const struct message_writer *writer, enum diag_severity severity)
{
	static const char *const codes[] = { "\033[34m", "\033[33m",
		"\033[31m" };

	return writer->has_colour ? codes[severity] : "";
}

/* Whether the file is one of the portfolio, and not of the program. */
static bool
is_below(const struct message_writer *writer, const char *file)
{
	return writer->root != NULL && file[0] != '/' &&
	    faccessat(writer->root->fd, file, F_OK, 0) == 0;
}

static void
put_place(struct text *line, const struct message_writer *writer,
    const struct spot *at)
{
	const char *prefix = writer->prefix != NULL ? writer->prefix : "";

	if (at->file == NULL) {
		text_puts(line, "dossier: ");
		return;
	}
	if (prefix[0] != '\0' && strcmp(prefix, ".") != 0 &&
	    is_below(writer, at->file)) {
		text_put_shown(line, prefix, strlen(prefix));
		text_putc(line, '/');
	}
	text_put_shown(line, at->file, strlen(at->file));
	if (at->line > 0)
		text_printf(
		    line, ":%u:%u", at->line, at->column > 0 ? at->column : 1);
	text_puts(line, ": ");
}

static void
put_first_line(struct text *line, const struct message_writer *writer,
    const struct finding *f)
{
	put_place(line, writer, &f->at);
	text_printf(line, "%s%s%s: ", colour(writer, f->severity),
	    diag_severity_word(f->severity),
	    writer->has_colour ? "\033[0m" : "");
	text_put_shown(line, f->message, strlen(f->message));
	text_printf(line, " [%s]\n", f->rule);
}

/* The file that holds the line, read once and kept for the next message. */
static const struct source *
quoted_file(struct message_writer *writer, const char *name)
{
	struct arena scratch = { 0 };
	struct diag_list silent = { .arena = &scratch };
	struct pos nowhere = { name, 0, 0 };

	if (writer->root == NULL)
		return NULL;
	if (writer->quoted.name == NULL ||
	    strcmp(writer->quoted.name, name) != 0) {
		message_close(writer);
		if (source_read(&writer->quoted, &writer->arena, writer->root,
			name, FILE_LIMIT_METADATA, nowhere, &silent) == -1)
			writer->quoted = (struct source){ 0 };
		arena_free(&scratch);
	}
	return writer->quoted.name != NULL ? &writer->quoted : NULL;
}

/* The line of a number, without its end; NULL when there is none. */
static const char *
find_line(const struct source *source, unsigned number, size_t *n)
{
	const char *p = source->bytes;
	const char *end = p + source->size;

	for (unsigned i = 1; i < number && p != NULL && p < end; i++) {
		p = memchr(p, '\n', (size_t)(end - p));
		p = p != NULL ? p + 1 : NULL;
	}
	if (p == NULL || p >= end)
		return NULL;
	*n = strcspn(p, "\r\n");
	return p;
}

/* Bytes of the character at p, of which there must be one. */
static size_t
character(const char *p, size_t n)
{
	unsigned code;
	size_t len = utf8_next(p, n, &code);

	return len > 0 ? len : 1;
}

/* Bytes before a column, which is counted from 1; n when the line is shorter.
 */
static size_t
bytes_before(const char *p, size_t n, unsigned column)
{
	size_t at = 0;

	for (unsigned i = 1; i < column && at < n; i++)
		at += character(p + at, n - at);
	return at;
}

/* Columns of the terminal that a part of a line takes as it is shown. */
static size_t
shown_width(const char *p, size_t n)
{
	struct text text = { 0 };
	size_t width;

	text_put_shown(&text, p, n);
	width = width_of_text(text_str(&text), text.n);
	text_free(&text);
	return width;
}

/* The line itself and a caret under the column, within the width. */
static void
put_quote(
    struct text *out, struct message_writer *writer, const struct spot *at)
{
	const struct source *source = at->file != NULL && at->line > 0 ?
	    quoted_file(writer, at->file) :
	    NULL;
	size_t n = 0, from = 0, to, caret;
	const char *line =
	    source != NULL ? find_line(source, at->line, &n) : NULL;
	const char *dots = "";

	if (line == NULL || n == 0)
		return;
	caret = to = bytes_before(line, n, at->column);
	for (size_t width = shown_width(line, caret); width > WINDOW;) {
		size_t len = character(line + from, n - from);

		width -= shown_width(line + from, len);
		from += len;
		dots = "...";
	}
	while (to < n &&
	    shown_width(line + from, to - from) <
		COLUMNS - MARGIN - strlen(dots))
		to += character(line + to, n - to);
	text_printf(out, "%5u | %s", at->line, dots);
	text_put_shown(out, line + from, to - from);
	text_putc(out, '\n');
	if (at->column > 0)
		text_printf(out, "      | %*s^\n",
		    (int)(strlen(dots) +
			shown_width(line + from, caret - from)),
		    "");
}

/* A paragraph under a label, wrapped at the width. */
static void
put_paragraph(struct text *out, const char *label, const char *words)
{
	size_t used = strlen(label) + 4;
	const char *p = words;

	text_printf(out, "    %s", label);
	while (*p != '\0') {
		size_t n = strcspn(p, " \n");

		if (used + 1 + n > COLUMNS - 1 && used > 8) {
			text_puts(out, "\n     ");
			used = 5;
		}
		if (n > 0) {
			text_putc(out, ' ');
			text_put_shown(out, p, n);
			used += n + 1;
		}
		p += n;
		p += *p != '\0' ? 1 : 0;
	}
	text_putc(out, '\n');
}

static void
put_note(struct text *out, const struct finding *f)
{
	struct text note = { 0 };

	finding_put_note(&note, f);
	if (note.n > 0)
		put_paragraph(out, "note:", text_str(&note));
	text_free(&note);
}

static void
put_finding(struct message_writer *writer, const struct finding *f)
{
	struct text *out = writer->out;

	put_first_line(out, writer, f);
	if (writer->is_brief)
		return;
	put_quote(out, writer, &f->at);
	put_quote(out, writer, &f->other);
	if (f->provision[0] != '\0')
		put_paragraph(out, "asked by:", f->provision);
	if (f->fix[0] != '\0')
		put_paragraph(out, "to fix:", f->fix);
	put_note(out, f);
}

/* Findings by place in the file, so that a reader goes down it once. */
static int
compare_places(const void *a, const void *b)
{
	const struct finding *x = *(const struct finding *const *)a;
	const struct finding *y = *(const struct finding *const *)b;
	int order;

	if (x->severity != y->severity)
		return x->severity > y->severity ? -1 : 1;
	order = strcmp(x->at.file != NULL ? x->at.file : "",
	    y->at.file != NULL ? y->at.file : "");
	if (order != 0)
		return order;
	if (x->at.line != y->at.line)
		return x->at.line < y->at.line ? -1 : 1;
	order = strcmp(x->rule, y->rule);
	return order != 0 ? order : x < y ? -1 : x > y;
}

size_t
message_findings(
    struct message_writer *writer, const struct judged *judged, bool is_verbose)
{
	struct arena scratch = { 0 };
	const struct finding **list =
	    arena_array(&scratch, judged->n, sizeof(*list));
	size_t n = 0;

	for (size_t i = 0; i < judged->n; i++)
		if (is_verbose || judged->findings[i].severity != DIAG_NOTE)
			list[n++] = &judged->findings[i];
	if (n > 1 && judged->doc != NULL)
		qsort(list, n, sizeof(*list), compare_places);
	for (size_t i = 0; i < n; i++)
		put_finding(writer, list[i]);
	arena_free(&scratch);
	return n;
}

void
message_verdict(struct message_writer *writer, const struct verdict *verdict)
{
	struct finding finding;

	finding_of_verdict(&finding, verdict);
	put_finding(writer, &finding);
}

void
message_diags(struct message_writer *writer, const struct diag_list *list)
{
	struct finding_scope scope = { writer->root, "", NULL };
	struct arena scratch = { 0 };
	struct judged run;

	finding_of_diags(&run, &scratch, list, &scope);
	message_findings(writer, &run, true);
	arena_free(&scratch);
}
