#include "check/coverage.h"

#include <string.h>

#include "read/value.h"

/*
 * Writing obligations.yaml again: every line stays as it is but for the key
 * `covered` of each entry, which becomes what the rules say.
 */

static const char entry_key[] = "  - id: ";
static const char covered_key[] = "    covered:";

enum { LINE_WIDTH = 100, ENTRY_INDENT = 4 };

/* Bytes of the line at p, its line feed among them. */
static size_t
line_length(const char *p, const char *end)
{
	const char *feed = memchr(p, '\n', (size_t)(end - p));

	return (size_t)((feed != NULL ? feed + 1 : end) - p);
}

static size_t
indent_of(const char *line, size_t n)
{
	size_t i = 0;

	while (i < n && line[i] == ' ')
		i++;
	return i;
}

static bool
begins(const char *line, size_t n, const char *key)
{
	size_t length = strlen(key);

	return n >= length && memcmp(line, key, length) == 0;
}

static const struct coverage_row *
find_row(const struct coverage *coverage, const char *line, size_t n)
{
	const char *id = line + sizeof(entry_key) - 1;
	size_t length = n - (sizeof(entry_key) - 1);

	while (length > 0 && (id[length - 1] == '\n' || id[length - 1] == ' '))
		length--;
	for (size_t i = 0; i < coverage->n; i++) {
		const char *known = coverage->rows[i].obligation->id;

		if (strlen(known) == length && memcmp(known, id, length) == 0)
			return &coverage->rows[i];
	}
	return NULL;
}

/* The ids of rules, broken where the line would be too long. */
static void
put_rules(struct text *out, const struct coverage_row *row)
{
	size_t used = (size_t)indent_of(covered_key, sizeof(covered_key)) +
	    strlen("covered: {: [") + strlen(coverage_word(row->kind));

	text_printf(out, " {%s: [", coverage_word(row->kind));
	for (size_t i = 0; i < row->n_rules; i++) {
		const char *id = row->rules[i]->id;
		bool is_last = i + 1 == row->n_rules;
		size_t n = strlen(id) + 2;

		if (i > 0 && used + n > LINE_WIDTH) {
			text_puts(out, "\n     ");
			used = ENTRY_INDENT + 1;
		}
		if (i > 0) {
			text_putc(out, ' ');
			used++;
		}
		text_printf(out, "%s%s", id, is_last ? "]}" : ",");
		used += n - (is_last ? 0 : 1);
	}
}

static void
put_reason(struct text *out, const struct coverage_row *row)
{
	const struct value *covered =
	    value_get(row->obligation->entry, "covered");
	const char *note = value_text(covered, "note");

	text_printf(out, " {information: %s", row->reason);
	if (note != NULL) {
		text_puts(out, ",\n      note: ");
		text_put_json(out, note, strlen(note));
	}
	text_putc(out, '}');
}

static void
put_covered(struct text *out, const struct coverage_row *row)
{
	text_puts(out, covered_key);
	if (row->kind == COVERAGE_INFORMATION)
		put_reason(out, row);
	else if (row->kind == COVERAGE_OPEN)
		text_puts(out, " {}");
	else
		put_rules(out, row);
	text_putc(out, '\n');
}

void
coverage_write(const struct coverage *coverage, struct text *out,
    const char *bytes, size_t size)
{
	const char *p = bytes, *end = bytes + size;
	const struct coverage_row *row = NULL; /* whose entry we are in */
	bool is_old = false;                   /* in its old `covered` */

	for (size_t n; p < end; p += n) {
		size_t indent;

		n = line_length(p, end);
		indent = indent_of(p, n);
		is_old = begins(p, n, covered_key) ||
		    (is_old && indent > ENTRY_INDENT);
		if (is_old)
			continue;
		if (row != NULL && indent < ENTRY_INDENT) {
			put_covered(out, row);
			row = NULL;
		}
		if (begins(p, n, entry_key))
			row = find_row(coverage, p, n);
		text_put(out, p, n);
	}
	if (row != NULL)
		put_covered(out, row);
}
