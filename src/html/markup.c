#include "html/markup.h"

#include <string.h>

bool
markup_is(struct markup_span span, const char *word)
{
	return strlen(word) == span.n && memcmp(span.p, word, span.n) == 0;
}

size_t
markup_offset(const struct source *source, const char *p)
{
	return (size_t)(p - source->bytes);
}

const struct markup_attr *
markup_attr(const struct markup *markup, const char *name)
{
	for (size_t i = 0; i < markup->n_attrs; i++) {
		if (markup_is(markup->attrs[i].name, name))
			return &markup->attrs[i];
	}
	return NULL;
}

/* Add what is wrong at the offset; always -1. */
static int
fail(struct markup *markup, size_t offset, const char *what)
{
	diag_add(markup->diags, DIAG_TEMPLATE,
	    source_pos(markup->source, offset), "%s", what);
	return -1;
}

/* The byte at the reader, NUL at the end of the file. */
static char
peek(const struct markup *markup)
{
	return markup->at < markup->source->size ?
	    markup->source->bytes[markup->at] :
	    '\0';
}

static bool
looking_at(const struct markup *markup, const char *word)
{
	size_t n = strlen(word);

	return markup->source->size - markup->at >= n &&
	    memcmp(markup->source->bytes + markup->at, word, n) == 0;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool
markup_is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_name(char c)
{
	return markup_is_name_start(c) || (c >= '0' && c <= '9') || c == '-' ||
	    c == '_' || c == ':' || c == '.';
}

static void
skip_space(struct markup *markup)
{
	while (is_space(peek(markup)))
		markup->at++;
}

/* Read a name; its length is 0 where there is none. */
static struct markup_span
read_name(struct markup *markup)
{
	struct markup_span name = { markup->source->bytes + markup->at, 0 };

	if (!markup_is_name_start(peek(markup)))
		return name;
	while (is_name(peek(markup))) {
		markup->at++;
		name.n++;
	}
	return name;
}

/* Check the reference at offset: "&name;", "&#10;" or "&#xA;". */
static int
check_reference(struct markup *markup, size_t offset, size_t end)
{
	const char *p = markup->source->bytes;
	size_t i = offset + 1;

	if (i < end && p[i] == '#')
		i++;
	while (i < end && is_name(p[i]))
		i++;
	if (i - offset < 2 || i == end || p[i] != ';')
		return fail(markup, offset,
		    "\"&\" begins no reference: "
		    "write \"&amp;\"");
	return 0;
}

/* Check a text or a value from offset to end for references and "<". */
static int
check_text(struct markup *markup, size_t offset, size_t end)
{
	for (size_t i = offset; i < end; i++) {
		char c = markup->source->bytes[i];

		if (c == '<')
			return fail(markup, i,
			    "\"<\" inside a value: "
			    "write \"&lt;\"");
		if (c == '&' && check_reference(markup, i, end) == -1)
			return -1;
	}
	return 0;
}

/* Read the quoted value of an attribute. */
static int
read_value(struct markup *markup, struct markup_attr *attr)
{
	const char *p = markup->source->bytes;
	size_t start = markup->at + 1;
	char quote = peek(markup);
	const char *end;

	if (quote != '"' && quote != '\'')
		return fail(markup, markup->at, "value is not in quotes");
	end = memchr(p + start, quote, markup->source->size - start);
	if (end == NULL)
		return fail(markup, markup->at, "value is not closed");
	attr->value =
	    (struct markup_span){ p + start, (size_t)(end - p) - start };
	markup->at = start + attr->value.n + 1;
	return check_text(markup, start, start + attr->value.n);
}

/* Read name="value" into the list. */
static int
read_attr(struct markup *markup)
{
	struct markup_attr *attr = &markup->attrs[markup->n_attrs];
	size_t start = markup->at;

	if (markup->n_attrs == MARKUP_ATTRS)
		return fail(markup, start, "too many attributes");
	if (!is_space(markup->source->bytes[start - 1]))
		return fail(markup, start, "no space before an attribute");
	attr->name = read_name(markup);
	if (attr->name.n == 0)
		return fail(markup, start, "not the name of an attribute");
	for (size_t i = 0; i < markup->n_attrs; i++) {
		if (markup->attrs[i].name.n == attr->name.n &&
		    memcmp(markup->attrs[i].name.p, attr->name.p,
			attr->name.n) == 0)
			return fail(markup, start, "attribute stands twice");
	}
	skip_space(markup);
	if (peek(markup) != '=')
		return fail(markup, start, "attribute has no value");
	markup->at++;
	skip_space(markup);
	markup->n_attrs++;
	return read_value(markup, attr);
}

static int
read_start(struct markup *markup)
{
	markup->kind = MARKUP_START;
	markup->n_attrs = 0;
	markup->closed = false;
	markup->at++;
	markup->span = read_name(markup);
	if (markup->span.n == 0)
		return fail(markup, markup->start, "not the name of a tag");
	for (;;) {
		skip_space(markup);
		if (looking_at(markup, "/>")) {
			markup->closed = true;
			markup->at += 2;
			return 1;
		}
		if (peek(markup) == '>') {
			markup->at++;
			return 1;
		}
		if (markup->at >= markup->source->size)
			return fail(markup, markup->start, "tag is not closed");
		if (read_attr(markup) == -1)
			return -1;
	}
}

static int
read_end(struct markup *markup)
{
	markup->kind = MARKUP_END;
	markup->at += 2;
	markup->span = read_name(markup);
	skip_space(markup);
	if (markup->span.n == 0 || peek(markup) != '>')
		return fail(markup, markup->start, "end tag is not closed");
	markup->at++;
	return 1;
}

static int
read_text(struct markup *markup)
{
	const char *p = markup->source->bytes + markup->at;
	size_t left = markup->source->size - markup->at;
	const char *end = memchr(p, '<', left);

	markup->kind = MARKUP_TEXT;
	markup->span =
	    (struct markup_span){ p, end != NULL ? (size_t)(end - p) : left };
	markup->at += markup->span.n;
	return check_text(markup, markup->start, markup->at) == -1 ? -1 : 1;
}

/* Pass over what stands between here and the closing word. */
static int
skip_past(struct markup *markup, const char *word)
{
	while (markup->at < markup->source->size && !looking_at(markup, word))
		markup->at++;
	if (markup->at >= markup->source->size)
		return fail(markup, markup->start, "comment is not closed");
	markup->at += strlen(word);
	return 0;
}

/* Pass over comments and the document type; -1 when one is not closed. */
static int
skip_comments(struct markup *markup)
{
	while (looking_at(markup, "<!")) {
		const char *end = ">";

		markup->start = markup->at;
		if (looking_at(markup, "<!--"))
			end = "-->";
		else if (!looking_at(markup, "<!doctype html>"))
			return fail(markup, markup->at,
			    "only comments and \"<!doctype html>\" may begin "
			    "with \"<!\"");
		markup->at += end[0] == '-' ? 4 : 2;
		if (skip_past(markup, end) == -1)
			return -1;
	}
	return 0;
}

int
markup_next(struct markup *markup)
{
	if (skip_comments(markup) == -1)
		return -1;
	markup->start = markup->at;
	if (markup->at >= markup->source->size)
		return 0;
	if (looking_at(markup, "</"))
		return read_end(markup);
	if (peek(markup) == '<')
		return read_start(markup);
	return read_text(markup);
}
