#include "app/message.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "compose/xml.h"

enum { COLUMNS = 80, MARGIN = 7 };

void
message_close(struct message_writer *writer)
{
	arena_free(&writer->arena);
	writer->quoted = (struct source){ 0 };
}

/* What a line is about, whether a verdict or a diagnostic. */
struct message {
	struct pos pos;
	struct pos other; /* of what contradicts it; or file NULL */
	enum diag_severity severity;
	const char *rule;
	const char *text;
	const char *detail;    /* or NULL */
	const char *provision; /* or NULL */
	const char *fix;       /* or NULL */
	const char *note;      /* or NULL: waiver, days left */
};

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
put_place(
    struct text *line, const struct message_writer *writer, struct pos pos)
{
	const char *prefix = writer->prefix != NULL ? writer->prefix : "";

	if (pos.file == NULL) {
		text_puts(line, "dossier: ");
		return;
	}
	if (is_below(writer, pos.file) && prefix[0] != '\0' &&
	    strcmp(prefix, ".") != 0) {
		text_put_shown(line, prefix, strlen(prefix));
		text_putc(line, '/');
	}
	text_put_shown(line, pos.file, strlen(pos.file));
	if (pos.line > 0)
		text_printf(
		    line, ":%u:%u", pos.line, pos.column > 0 ? pos.column : 1);
	text_puts(line, ": ");
}

static void
put_first_line(struct text *line, const struct message_writer *writer,
    const struct message *m)
{
	put_place(line, writer, m->pos);
	text_printf(line, "%s%s%s: ", colour(writer, m->severity),
	    diag_severity_word(m->severity),
	    writer->has_colour ? "\033[0m" : "");
	text_put_shown(line, m->text, strlen(m->text));
	if (m->detail != NULL && m->detail[0] != '\0') {
		text_puts(line, ": ");
		text_put_shown(line, m->detail, strlen(m->detail));
	}
	text_printf(line, " [%s]\n", m->rule);
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

/* The line itself and a caret under the column, within the width. */
static void
put_quote(struct text *out, struct message_writer *writer, struct pos pos)
{
	const struct source *source = pos.file != NULL && pos.line > 0 ?
	    quoted_file(writer, pos.file) :
	    NULL;
	size_t n = 0, i = 0, bytes = 0;
	const char *line =
	    source != NULL ? find_line(source, pos.line, &n) : NULL;

	if (line == NULL || n == 0)
		return;
	text_printf(out, "%5u | ", pos.line);
	for (; bytes < n && i < COLUMNS - MARGIN - 1; i++) {
		unsigned code;
		size_t len = utf8_next(line + bytes, n - bytes, &code);

		len = len > 0 ? len : 1;
		text_put_shown(out, line + bytes, len);
		bytes += len;
	}
	text_puts(out, "\n");
	if (pos.column == 0 || pos.column > i + 1)
		return;
	text_printf(out, "      | %*s^\n", (int)(pos.column - 1), "");
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
put_message(struct message_writer *writer, const struct message *m)
{
	struct text out = { 0 };

	put_first_line(&out, writer, m);
	if (!writer->is_brief) {
		put_quote(&out, writer, m->pos);
		put_quote(&out, writer, m->other);
		if (m->provision != NULL && m->provision[0] != '\0')
			put_paragraph(&out, "asked by:", m->provision);
		if (m->fix != NULL && m->fix[0] != '\0')
			put_paragraph(&out, "to fix:", m->fix);
		if (m->note != NULL)
			put_paragraph(&out, "note:", m->note);
	}
	fputs(text_str(&out), writer->out);
	text_free(&out);
}

static void
put_diag(struct message_writer *writer, const struct diag *d)
{
	struct message m = {
		.pos = d->pos,
		.severity = diag_severity(d->id),
		.rule = diag_name(d->id),
		.text = diag_sentence(d->id),
		.detail = d->detail,
		.fix = diag_remedy(d->id),
	};

	put_message(writer, &m);
}

void
message_diags(struct message_writer *writer, const struct diag_list *list)
{
	for (const struct diag *d = list->first; d != NULL; d = d->next)
		put_diag(writer, d);
}

static enum diag_severity
severity_of(const xmlNode *finding)
{
	const char *effect = xml_get(finding, "effect");

	if (strcmp(effect, "blocks") == 0)
		return DIAG_ERROR;
	return strcmp(effect, "warns") == 0 ? DIAG_WARNING : DIAG_NOTE;
}

static unsigned
number_of(const xmlNode *finding, const char *name)
{
	return (unsigned)strtoul(xml_get(finding, name), NULL, 10);
}

/* What a reader should know beside the fault: a waiver, the days left. */
static void
put_note(struct text *out, const xmlNode *finding)
{
	if (xml_get(finding, "waiver")[0] != '\0')
		text_printf(out, "waived by %s until %s (%s)",
		    xml_get(finding, "waived-by"),
		    xml_get(finding, "waived-until"),
		    xml_get(finding, "waiver"));
	else if (xml_get(finding, "days-left")[0] != '\0')
		text_printf(out, "the duty applies in %s days",
		    xml_get(finding, "days-left"));
}

static void
put_finding(struct message_writer *writer, const xmlNode *finding)
{
	const char *file = xml_get(finding, "file");
	const char *other = xml_get(finding, "other-file");
	struct text note = { 0 };
	struct message m = {
		.pos = { file[0] != '\0' ? file : NULL,
		    number_of(finding, "line"), number_of(finding, "column") },
		.other = { other[0] != '\0' ? other : NULL,
		    number_of(finding, "other-line"),
		    number_of(finding, "other-column") },
		.severity = severity_of(finding),
		.rule = xml_get(finding, "rule"),
		.text = xml_text(xml_child(finding, "message")),
		.provision = xml_get(finding, "provision"),
		.fix = xml_text(xml_child(finding, "fix")),
	};

	put_note(&note, finding);
	m.note = note.n > 0 ? text_str(&note) : NULL;
	put_message(writer, &m);
	text_free(&note);
}

/* Findings by place in the file, so that a reader goes down it once. */
static int
compare_places(const void *a, const void *b)
{
	const xmlNode *x = *(const xmlNodePtr *)a;
	const xmlNode *y = *(const xmlNodePtr *)b;

	if (severity_of(x) != severity_of(y))
		return severity_of(x) > severity_of(y) ? -1 : 1;
	if (strcmp(xml_get(x, "file"), xml_get(y, "file")) != 0)
		return strcmp(xml_get(x, "file"), xml_get(y, "file"));
	if (number_of(x, "line") != number_of(y, "line"))
		return number_of(x, "line") < number_of(y, "line") ? -1 : 1;
	return strcmp(xml_get(x, "rule"), xml_get(y, "rule"));
}

size_t
message_document(
    struct message_writer *writer, const xmlDoc *doc, bool is_verbose)
{
	const xmlNode *findings = xml_child(xml_root(doc), "findings");
	struct arena scratch = { 0 };
	size_t n = number_of(findings, "n"), i = 0;
	xmlNodePtr *list = arena_array(&scratch, n, sizeof(xmlNodePtr));

	for (xmlNodePtr f = xml_child(findings, "finding"); f != NULL && i < n;
	     f = xml_next(f))
		if (is_verbose || severity_of(f) != DIAG_NOTE)
			list[i++] = f;
	n = i;
	if (n > 0)
		qsort(list, n, sizeof(*list), compare_places);
	for (i = 0; i < n; i++)
		put_finding(writer, list[i]);
	arena_free(&scratch);
	return n;
}
