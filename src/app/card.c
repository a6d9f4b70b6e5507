#include "app/card.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/json_write.h"

enum { COLUMNS = 80, LABEL = 12, HEAD_MOST = 36 };

static struct card_row *
add(struct card *card, enum card_kind kind, const char *name, const char *text)
{
	struct card_row *row = arena_alloc(card->arena, sizeof(*row));

	row->kind = kind;
	row->name = name;
	row->text = text;
	if (card->last != NULL)
		card->last->next = row;
	else
		card->first = row;
	card->last = row;
	return row;
}

void
card_text(struct card *card, const char *name, const char *text)
{
	if (text != NULL && *text != '\0')
		add(card, CARD_TEXT, name, text);
}

void
card_item(struct card *card, const char *name, const char *head,
    const char *text, const char *link)
{
	struct card_row *row = add(card, CARD_ITEM, name, text);

	row->head = head;
	row->link = link;
}

void
card_code(struct card *card, const char *name, const char *lines)
{
	add(card, CARD_CODE, name, lines);
}

/* "to_fix" for a reader: "To fix". */
static void
put_label(struct text *out, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < n; i++)
		text_putc(out,
		    i == 0             ? (char)toupper((unsigned char)name[i]) :
			name[i] == '_' ? ' ' :
					 name[i]);
	text_printf(out, "%*s", n < LABEL ? (int)(LABEL - n) : 1, "");
}

static size_t
width_of(const char *p, size_t n)
{
	size_t columns = 0;

	for (size_t i = 0; i < n; i++)
		columns += ((unsigned char)p[i] & 0xC0) != 0x80;
	return columns;
}

/* Words from a column on, wrapped; the pen stands at that column already. */
static void
put_words(struct text *out, const char *words, unsigned column)
{
	size_t used = 0;

	while (*words != '\0') {
		size_t n = strcspn(words, " \n");
		size_t width = width_of(words, n);

		if (used > 0 && column + used + 1 + width > COLUMNS) {
			text_printf(out, "\n%*s", (int)column, "");
			used = 0;
		}
		if (n > 0 && used > 0)
			text_putc(out, ' ');
		text_put_shown(out, words, n);
		used += n > 0 ? width + (used > 0) : 0;
		words += n;
		words += *words != '\0';
	}
	text_putc(out, '\n');
}

/* The width of the words before texts, among rows of the same name. */
static unsigned
head_width(const struct card_row *row)
{
	const char *name = row->name;
	size_t most = 0;

	for (; row != NULL && strcmp(row->name, name) == 0; row = row->next)
		if (row->head != NULL && strlen(row->head) > most)
			most = strlen(row->head);
	return most > HEAD_MOST ? HEAD_MOST : (unsigned)most;
}

/* An item: its word, then its text, beside it or set in below. */
static void
put_item(struct text *out, const struct card_row *row, unsigned width)
{
	unsigned column = LABEL;

	if (row->head != NULL) {
		text_puts(out, row->head);
		if (row->text != NULL && strlen(row->head) <= width) {
			column = LABEL + width + 2;
			text_printf(out, "%*s",
			    (int)(width - strlen(row->head) + 2), "");
		} else if (row->text != NULL) {
			column = LABEL + 2;
			text_printf(out, "\n%*s", (int)column, "");
		}
	}
	if (row->text != NULL)
		put_words(out, row->text, column);
	else
		text_putc(out, '\n');
}

/* The addresses of rows of one name, each once, behind the last of them. */
static void
put_links(struct text *out, const struct card_row *first)
{
	const struct card_row *end = first;
	bool is_labelled = false;

	while (end != NULL && strcmp(end->name, first->name) == 0)
		end = end->next;
	for (const struct card_row *r = first; r != end; r = r->next) {
		bool is_told = r->link == NULL;

		for (const struct card_row *b = first; b != r && !is_told;
		     b = b->next)
			is_told =
			    b->link != NULL && strcmp(b->link, r->link) == 0;
		if (is_told)
			continue;
		if (!is_labelled)
			put_label(out, "source");
		else
			text_printf(out, "%*s", LABEL, "");
		text_printf(out, "%s\n", r->link);
		is_labelled = true;
	}
}

static void
put_code(struct text *out, const char *lines)
{
	while (*lines != '\0') {
		size_t n = strcspn(lines, "\n");

		text_put_shown(out, lines, n);
		text_putc(out, '\n');
		lines += n + (lines[n] != '\0');
	}
}

static void
put_row(struct text *out, const struct card_row *row, unsigned width)
{
	if (row->kind == CARD_TEXT) {
		put_words(out, row->text, LABEL);
	} else if (row->kind == CARD_ITEM) {
		put_item(out, row, width);
	} else {
		while (out->p[out->n - 1] == ' ')
			text_cut(out, out->n - 1);
		text_puts(out, ":\n");
		put_code(out, row->text);
	}
}

void
card_put_text(const struct card *card, struct text *out)
{
	const struct card_row *first = card->first;
	unsigned width = 0;

	text_puts(out, card->id);
	if (card->title != NULL) {
		bool fits = strlen(card->id) + 2 +
			width_of(card->title, strlen(card->title)) <=
		    COLUMNS;

		text_puts(out, fits ? "  " : "\n  ");
		put_words(out, card->title, 2);
	} else {
		text_putc(out, '\n');
	}
	text_putc(out, '\n');
	for (const struct card_row *r = card->first; r != NULL; r = r->next) {
		if (r->kind == CARD_CODE)
			text_putc(out, '\n');
		if (strcmp(r->name, first->name) != 0 || r == card->first) {
			first = r;
			width = head_width(r);
			put_label(out, r->name);
		} else {
			text_printf(out, "%*s", LABEL, "");
		}
		put_row(out, r, width);
		if (r->next == NULL || strcmp(r->next->name, r->name) != 0)
			put_links(out, first);
	}
}

static void
put_member(struct json_writer *w, const struct card_row *row)
{
	json_open(w, NULL, '{');
	json_string_or_null(w, "name", row->head);
	json_string_or_null(w, "text", row->text);
	json_string(w, "link", row->link);
	json_close(w, '}');
}

void
card_put_json(const struct card *card, struct text *out)
{
	struct json_writer w = { .out = out, .flat = 3 };

	json_open(&w, NULL, '{');
	json_number(&w, "version", 1);
	json_string_or_null(&w, "kind", card->kind);
	json_string_or_null(&w, "id", card->id);
	json_string_or_null(&w, "title", card->title);
	for (const struct card_row *r = card->first; r != NULL; r = r->next) {
		const struct card_row *next;

		if (r->kind != CARD_ITEM) {
			json_string_or_null(&w, r->name, r->text);
			continue;
		}
		json_open(&w, r->name, '[');
		put_member(&w, r);
		while ((next = r->next) != NULL &&
		    strcmp(next->name, r->name) == 0) {
			put_member(&w, next);
			r = next;
		}
		json_close(&w, ']');
	}
	json_close(&w, '}');
}
