#include "check/fingerprint.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/num.h"
#include "base/text.h"
#include "check/naming.h"

/* The first digits of the hash of a text, which is released. */
static const char *
hash_text(struct arena *arena, struct text *text, size_t digits)
{
	char hex[HASH_HEX_SIZE];

	hash_hex(text_str(text), text->n, hex);
	text_free(text);
	return arena_dup(arena, hex, digits);
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

const char *
fingerprint_content(struct record *record, struct naming *naming,
    const char *path, struct pos other)
{
	const struct field *field =
	    *path != '\0' ? naming_find(naming, path) : NULL;
	struct text out = { 0 };

	if (field != NULL)
		put_field(&out, field);
	else
		put_figures(&out, record, path);
	field = other.file != NULL ? naming_at(naming, other) : NULL;
	if (field != NULL) {
		text_puts(&out, "against ");
		put_field(&out, field);
	}
	return hash_text(&record->arena, &out, FINGERPRINT_CONTENT_DIGITS);
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
	struct naming *naming = naming_new(arena, record->top);

	for (struct verdict *v = record->verdicts.first; v != NULL;
	     v = v->next) {
		if ((v->result == VERDICT_PASS && v->effect == EFFECT_PASSES) ||
		    v->result == VERDICT_NOT_APPLICABLE)
			continue;
		v->field = naming_field(naming, v->path);
		v->content =
		    fingerprint_content(record, naming, v->path, v->other);
		v->fingerprint = fingerprint_of(
		    arena, v->rule, record->id, v->field, v->content);
	}
}
