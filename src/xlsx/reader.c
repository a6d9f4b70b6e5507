#include "xlsx/reader.h"

#include <stdarg.h>
#include <string.h>

#include "base/near.h"
#include "base/num.h"

void
reader_fail(struct reader *reader, struct pos pos, const char *format, ...)
{
	char message[512];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	diag_add(reader->diags, DIAG_TEMPLATE, pos, "%s", message);
	reader->failed = true;
}

static void
unknown_key(struct reader *reader, const struct value *child,
    const char *const keys[], size_t n)
{
	const char *near = near_word(child->key, keys, n);

	if (near != NULL)
		reader_fail(reader, child->key_pos,
		    "unknown key \"%s\"; did you mean \"%s\"?", child->key,
		    near);
	else
		reader_fail(
		    reader, child->key_pos, "unknown key \"%s\"", child->key);
}

bool
reader_map(struct reader *reader, const struct value *map,
    const char *const keys[], size_t n)
{
	if (map->kind != VALUE_MAP) {
		reader_fail(reader, map->pos, "a map stands here, not %s",
		    value_kind_word(map->kind));
		return false;
	}
	for (const struct value *child = map->first; child != NULL;
	     child = child->next) {
		size_t i = 0;

		while (i < n && strcmp(keys[i], child->key) != 0)
			i++;
		if (i == n)
			unknown_key(reader, child, keys, n);
	}
	return true;
}

const char *
reader_text(
    struct reader *reader, const struct value *map, const char *key, bool must)
{
	const struct value *value = value_get(map, key);

	if (value == NULL) {
		if (must)
			reader_fail(
			    reader, map->pos, "key \"%s\" is missing", key);
		return NULL;
	}
	if (value->text == NULL) {
		reader_fail(reader, value->pos, "%s is a text", key);
		return NULL;
	}
	return value->text;
}

const struct expr *
reader_path(struct reader *reader, const struct value *map, const char *key)
{
	const char *source = reader_text(reader, map, key, false);
	const struct expr *expr;

	if (source == NULL)
		return NULL;
	expr = expr_path(&reader->template->set, source,
	    value_get(map, key)->pos, reader->diags);
	if (expr == NULL)
		reader->failed = true;
	return expr;
}

const struct expr *
reader_insertions(
    struct reader *reader, const struct value *map, const char *key)
{
	const char *source = reader_text(reader, map, key, false);
	const struct expr *expr;

	if (source == NULL)
		return NULL;
	expr = expr_text(&reader->template->set, source,
	    value_get(map, key)->pos, reader->diags);
	if (expr == NULL)
		reader->failed = true;
	return expr;
}

bool
reader_flag(struct reader *reader, const struct value *map, const char *key,
    bool otherwise)
{
	const char *word = reader_text(reader, map, key, false);

	if (word == NULL)
		return otherwise;
	if (strcmp(word, "yes") != 0 && strcmp(word, "no") != 0)
		reader_fail(
		    reader, value_get(map, key)->pos, "%s is yes or no", key);
	return strcmp(word, "yes") == 0;
}

size_t
reader_count(struct reader *reader, const struct value *map, const char *key,
    size_t otherwise)
{
	const char *digits = reader_text(reader, map, key, false);
	unsigned long long n;

	if (digits == NULL)
		return otherwise;
	if (!num_read_count(digits, strlen(digits), &n) || n > 1000000000) {
		reader_fail(reader, value_get(map, key)->pos,
		    "%s is a whole number", key);
		return otherwise;
	}
	return (size_t)n;
}

uint32_t
reader_colour(struct reader *reader, const struct value *map, const char *key,
    uint32_t otherwise)
{
	static const char digits[] = "0123456789abcdef";
	const char *colour = reader_text(reader, map, key, false);
	uint32_t n = 0;

	if (colour == NULL)
		return otherwise;
	for (size_t i = 0; colour[i] != '\0'; i++) {
		const char *digit = strchr(digits, colour[i]);

		if (digit == NULL || i == 6)
			goto bad;
		n = n * 16 + (uint32_t)(digit - digits);
	}
	if (strlen(colour) == 6)
		return n;
bad:
	reader_fail(reader, value_get(map, key)->pos,
	    "%s is a colour of six digits 0 to 9 and a to f", key);
	return otherwise;
}

size_t
reader_word(struct reader *reader, const struct value *map, const char *key,
    const char *const words[], size_t n)
{
	const char *word = reader_text(reader, map, key, false);
	const char *near;

	if (word == NULL)
		return 0;
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	near = near_word(word, words, n);
	reader_fail(reader, value_get(map, key)->pos,
	    "\"%s\" is no %s here; did you mean \"%s\"?", word, key,
	    near != NULL ? near : words[0]);
	return 0;
}

const char *const *
reader_words(
    struct reader *reader, const struct value *map, const char *key, size_t *n)
{
	const struct value *list = value_get(map, key);
	const char **words;

	*n = 0;
	if (list == NULL)
		return NULL;
	if (list->kind != VALUE_LIST) {
		reader_fail(reader, list->pos, "%s is a list", key);
		return NULL;
	}
	words = arena_array(reader->arena, list->n, sizeof(*words));
	for (const struct value *p = list->first; p != NULL; p = p->next) {
		if (p->text == NULL || p->len == 0)
			reader_fail(reader, p->pos, "a word stands here");
		else
			words[(*n)++] = p->text;
	}
	return words;
}
