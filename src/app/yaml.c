#include "app/yaml.h"

#include <stdio.h>
#include <string.h>

enum { COLUMNS = 80, STEP = 2 };

/* Whether YAML reads the text as it stands, also in brackets. */
static bool
is_plain(const char *text)
{
	static const char first[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

	return text[0] != '\0' && strchr(first, text[0]) != NULL &&
	    strstr(text, ": ") == NULL && strstr(text, " #") == NULL &&
	    text[strcspn(text, "\r\n\t[]{}")] == '\0' &&
	    text[strlen(text) - 1] != ':' && text[strlen(text) - 1] != ' ';
}

/* A long text below its key, in lines that YAML folds into one. */
static void
put_folded(struct text *out, const char *text, const char *margin)
{
	size_t left = strlen(margin);
	size_t used = COLUMNS;

	text_puts(out, ">-");
	while (*text != '\0') {
		size_t n = strcspn(text, " ");

		if (left + used + n > COLUMNS) {
			text_printf(out, "\n%s", margin);
			used = 0;
		} else {
			text_putc(out, ' ');
		}
		text_put(out, text, n);
		used += n + 1;
		text += n;
		text += strspn(text, " ");
	}
}

/* A text that folds back into itself: single blanks, none at its ends. */
static bool
is_foldable(const char *text)
{
	size_t n = strlen(text);

	return n > 0 && strchr(text, ' ') != NULL &&
	    text[strcspn(text, "\r\n\t")] == '\0' &&
	    strstr(text, "  ") == NULL && text[0] != ' ' && text[n - 1] != ' ';
}

void
yaml_put_scalar(
    struct text *out, const char *text, const char *margin, size_t n)
{
	text_putc(out, ' ');
	if (strlen(margin) + n + strlen(text) > COLUMNS && is_foldable(text))
		put_folded(out, text, margin);
	else if (is_plain(text))
		text_puts(out, text);
	else
		text_put_json(out, text, strlen(text));
}

/* A scalar as it was written: quoted where that may matter. */
static void
put_scalar(struct text *out, const struct value *value, unsigned depth)
{
	char margin[VALUE_DEPTH * STEP + 2 * STEP];

	if (value->text == NULL) {
		text_puts(out, " null");
		return;
	}
	snprintf(margin, sizeof(margin), "%*s", (int)(depth + STEP), "");
	yaml_put_scalar(out, value->text, margin,
	    value->key != NULL ? strlen(value->key) : 0);
}

/* Whether a list is short and plain enough for brackets. */
static bool
is_short(const struct value *list)
{
	size_t n = 0;

	for (const struct value *v = list->first; v != NULL; v = v->next) {
		if (v->text == NULL || !is_plain(v->text) ||
		    strchr(v->text, ',') != NULL)
			return false;
		n += v->len + 2;
	}
	return n < COLUMNS / 2;
}

static void
put_short(struct text *out, const struct value *list)
{
	text_puts(out, " [");
	for (const struct value *v = list->first; v != NULL; v = v->next)
		text_printf(out, "%s%s", v != list->first ? ", " : "", v->text);
	text_putc(out, ']');
}

/* A value behind its key or dash; ends its line. */
static void
put_value(struct text *out, const struct value *value, unsigned depth)
{
	if (value->kind == VALUE_MAP && value->n == 0) {
		text_puts(out, " {}\n");
	} else if (value->kind == VALUE_LIST && is_short(value)) {
		put_short(out, value);
		text_putc(out, '\n');
	} else if (value->kind == VALUE_MAP || value->kind == VALUE_LIST) {
		text_putc(out, '\n');
		yaml_put(out, value, depth + STEP);
	} else {
		put_scalar(out, value, depth);
		text_putc(out, '\n');
	}
}

/* A map as an item: its first key stands behind the dash. */
static void
put_item(struct text *out, const struct value *item, unsigned depth)
{
	struct text inner = { 0 };

	if (item->kind != VALUE_MAP || item->n == 0) {
		text_printf(out, "%*s-", (int)depth, "");
		put_value(out, item, depth);
		return;
	}
	yaml_put(&inner, item, depth + STEP);
	text_printf(
	    out, "%*s- %s", (int)depth, "", text_str(&inner) + depth + STEP);
	text_free(&inner);
}

void
yaml_put(struct text *out, const struct value *value, unsigned depth)
{
	for (const struct value *v = value->first; v != NULL; v = v->next) {
		if (value->kind == VALUE_LIST) {
			put_item(out, v, depth);
			continue;
		}
		text_printf(out, "%*s%s:", (int)depth, "", v->key);
		put_value(out, v, depth);
	}
}
