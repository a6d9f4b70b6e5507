#include "check/fingerprint.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/num.h"
#include "base/text.h"

static const char *
keep(struct arena *arena, struct text *text)
{
	const char *kept = arena_dup(arena, text_str(text), text->n);

	text_free(text);
	return kept;
}

/* The first digits of the hash of a text, which is released. */
static const char *
hash_text(struct arena *arena, struct text *text, size_t digits)
{
	char hex[HASH_HEX_SIZE];

	hash_hex(text_str(text), text->n, hex);
	text_free(text);
	return arena_dup(arena, hex, digits);
}

/* Whether a field holds a word that can name the item it belongs to. */
static bool
is_name(const struct field *field)
{
	if (field->answer != ANSWER_GIVEN || field->is_list ||
	    field->text == NULL)
		return false;
	switch (field->term->type) {
	case TERM_LINE:
	case TERM_SLUG:
	case TERM_CHOICE:
	case TERM_FILE:
		return true;
	default:
		return false;
	}
}

/* How good a key is for naming an item; the least is the best. */
static size_t
rank(const struct field *field)
{
	if (strcmp(field->term->key, "id") == 0)
		return 0;
	return strcmp(field->term->key, "name") == 0 ? 1 :
						       field->term->index + 2;
}

/* What an item is called, or NULL. */
static const char *
name_of(const struct field *item)
{
	const struct field *best = NULL;

	if (item->term->type != TERM_SECTION)
		return is_name(item) ? item->text : NULL;
	for (const struct field *f = item->first; f != NULL; f = f->next)
		if (is_name(f) && (best == NULL || rank(f) < rank(best)))
			best = f;
	return best != NULL ? best->text : NULL;
}

/* "[loans-2025]", "[loans-2025#2]" or, of an item without a name, "[2]". */
static void
put_item(struct text *out, const struct field *item, unsigned long number)
{
	const char *name = name_of(item);
	unsigned same = 1;

	if (name == NULL) {
		text_printf(out, "[%lu]", number);
		return;
	}
	for (const struct field *f = item->parent->first;
	     f != NULL && f != item; f = f->next) {
		const char *other = name_of(f);

		same += other != NULL && strcmp(other, name) == 0;
	}
	text_printf(out, "[%s", name);
	if (same > 1)
		text_printf(out, "#%u", same);
	text_putc(out, ']');
}

const char *
fingerprint_field(
    struct arena *arena, const struct field *top, const char *path)
{
	const struct field *field = top;
	struct text out = { 0 };
	const char *p = path;

	while (*p != '\0') {
		size_t n = strcspn(p, ".[");
		struct field_step step = field_step(field, p);

		text_put(&out, p, n);
		if (step.number > 0 && step.field != NULL)
			put_item(&out, step.field, step.number);
		else
			text_put(&out, p + n, (size_t)(step.rest - p) - n);
		field = step.field;
		p = step.rest;
		if (*p == '.')
			text_putc(&out, *p++);
	}
	return keep(arena, &out);
}

/* A text as it is however it was folded: one blank between words. */
static void
put_words(struct text *out, const char *words)
{
	const char *p = words + strspn(words, " \t\r\n");

	while (*p != '\0') {
		size_t n = strcspn(p, " \t\r\n");

		text_put(out, p, n);
		p += n;
		p += strspn(p, " \t\r\n");
		if (*p != '\0')
			text_putc(out, ' ');
	}
}

static void
put_number(struct text *out, double number)
{
	char digits[NUM_SIZE];

	num_write(number, digits);
	text_printf(out, " %s", digits);
}

/* What a field holds, without what stands below it. */
static void
put_value(struct text *out, const struct field *field)
{
	text_printf(out, "%s %d\n", field->term->key, (int)field->answer);
	if (field->answer == ANSWER_NOT_APPLICABLE ||
	    field->answer == ANSWER_NONE) {
		put_words(out, field->reason != NULL ? field->reason : "");
		put_words(
		    out, field->decided_by != NULL ? field->decided_by : "");
	} else if (field->text != NULL) {
		put_words(out, field->text);
	}
	if (field->file != NULL && field->file->state == FILE_FOUND)
		text_printf(out, " %s", field->file->sha256);
	text_putc(out, '\n');
}

/* A field and what is below it, keys in the vocabulary's order. */
static void
put_field(struct text *out, const struct field *field)
{
	put_value(out, field);
	text_putc(out, '{');
	if (field->is_list) {
		for (const struct field *f = field->first; f != NULL;
		     f = f->next)
			put_field(out, f);
	} else {
		for (const struct term *t = field->term->first; t != NULL;
		     t = t->next)
			for (const struct field *f = field->first; f != NULL;
			     f = f->next)
				if (f->term == t)
					put_field(out, f);
	}
	text_putc(out, '}');
}

/* Whether the path is "figures.ATTRIBUTE.METRIC" and perhaps more. */
static bool
is_below(const char *path, const char *top, const char *a, const char *b)
{
	const char *const parts[] = { top, a, b };

	for (size_t i = 0; i < 3; i++) {
		size_t n = strlen(parts[i]);

		if (n == 0)
			continue;
		if (strncmp(path, parts[i], n) != 0 ||
		    (path[n] != '.' && path[n] != '\0'))
			return false;
		path += n + (path[n] == '.' ? 1 : 0);
	}
	return true;
}

/* The figures of a path; of one that is withheld only that it is. */
static void
put_figures(struct text *out, const struct record *record, const char *path)
{
	for (const struct figure *f = record->figures.first; f != NULL;
	     f = f->next) {
		if (!is_below(path, "figures", f->attribute, f->metric))
			continue;
		text_printf(out, "%s %d", f->group, (int)f->state);
		if (!f->n_is_withheld)
			put_number(out, f->n);
		if (f->state == FIGURE_DEFINED)
			put_number(out, f->value);
		text_putc(out, '\n');
	}
	for (const struct measure *m = record->measures; m != NULL;
	     m = m->next) {
		if (!is_below(path, "measures", m->name,
			m->data_set != NULL ? m->data_set : ""))
			continue;
		text_puts(out, m->name);
		put_number(out, m->value);
		text_putc(out, '\n');
	}
}

/* The field whose value stands at a place, or NULL. */
static const struct field *
field_by_place(const struct field *field, struct pos pos)
{
	const struct field *found = NULL;

	if (field->parent != NULL && field->pos.line == pos.line &&
	    field->pos.column == pos.column &&
	    strcmp(field->pos.file, pos.file) == 0)
		return field;
	for (const struct field *f = field->first; f != NULL && found == NULL;
	     f = f->next)
		found = field_by_place(f, pos);
	return found;
}

const char *
fingerprint_content(const struct record *record, struct arena *arena,
    const char *path, struct pos other)
{
	const struct field *field =
	    *path != '\0' ? field_at(record->top, path) : NULL;
	struct text out = { 0 };

	if (field != NULL)
		put_field(&out, field);
	else
		put_figures(&out, record, path);
	field = other.file != NULL ? field_by_place(record->top, other) : NULL;
	if (field != NULL) {
		text_puts(&out, "against ");
		put_field(&out, field);
	}
	return hash_text(arena, &out, FINGERPRINT_CONTENT_DIGITS);
}

const char *
fingerprint_of(struct arena *arena, const char *rule, const char *model,
    const char *field, const char *content)
{
	const char *const parts[] = { rule, model, field, content };
	struct text out = { 0 };

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		text_puts(&out, parts[i]);
		text_putc(&out, '\0');
	}
	return hash_text(arena, &out, FINGERPRINT_DIGITS);
}

void
fingerprint_verdicts(struct record *record)
{
	struct arena *arena = &record->arena;

	for (struct verdict *v = record->verdicts.first; v != NULL;
	     v = v->next) {
		if ((v->result == VERDICT_PASS && v->effect == EFFECT_PASSES) ||
		    v->result == VERDICT_NOT_APPLICABLE)
			continue;
		v->field = fingerprint_field(arena, record->top, v->path);
		v->content =
		    fingerprint_content(record, arena, v->path, v->other);
		v->fingerprint = fingerprint_of(
		    arena, v->rule, record->id, v->field, v->content);
	}
}
