#include "read/value.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { SMALL_MAP = 8, SHOWN = 40 };

const struct value *
value_get(const struct value *map, const char *key)
{
	if (map == NULL || map->kind != VALUE_MAP)
		return NULL;
	for (const struct value *v = map->first; v != NULL; v = v->next)
		if (v->key[0] == key[0] && strcmp(v->key, key) == 0)
			return v;
	return NULL;
}

const char *
value_text(const struct value *map, const char *key)
{
	const struct value *value = value_get(map, key);

	return value != NULL ? value->text : NULL;
}

const char *
value_kind_word(enum value_kind kind)
{
	static const char *const words[] = {
		[VALUE_NULL] = "nothing",
		[VALUE_BOOL] = "true or false",
		[VALUE_NUMBER] = "a number",
		[VALUE_TEXT] = "a text",
		[VALUE_LIST] = "a list",
		[VALUE_MAP] = "a map",
	};

	return words[kind];
}

void
value_add(struct value *parent, struct value *child)
{
	if (parent->last != NULL)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
	parent->n++;
}

struct value *
value_new(struct arena *arena, enum value_kind kind, struct pos pos)
{
	struct value *value = arena_alloc(arena, sizeof(*value));

	value->kind = kind;
	value->pos = pos;
	return value;
}

/* A child and its place in the file's order. */
struct entry {
	const struct value *value;
	size_t i;
};

static int
compare_entries(const void *a, const void *b)
{
	const struct entry *x = a;
	const struct entry *y = b;
	int order = strcmp(x->value->key, y->value->key);

	if (order != 0)
		return order;
	return x->i < y->i ? -1 : x->i > y->i;
}

static const struct value *
duplicate_of_small(const struct value *map)
{
	for (const struct value *v = map->first; v != NULL; v = v->next)
		if (value_get(map, v->key) != v)
			return v;
	return NULL;
}

const struct value *
value_duplicate(const struct value *map)
{
	const struct value *found = NULL;
	struct entry *entries;
	size_t best = map->n;
	size_t n = 0;

	if (map->n <= SMALL_MAP)
		return duplicate_of_small(map);
	entries = memory_grow(NULL, map->n, sizeof(*entries));
	for (const struct value *v = map->first; v != NULL; v = v->next) {
		entries[n] = (struct entry){ v, n };
		n++;
	}
	qsort(entries, n, sizeof(*entries), compare_entries);
	for (size_t i = 1; i < n; i++) {
		const char *before = entries[i - 1].value->key;

		if (entries[i].i < best &&
		    strcmp(before, entries[i].value->key) == 0) {
			best = entries[i].i;
			found = entries[i].value;
		}
	}
	free(entries);
	return found;
}

static bool
is_refused(unsigned code)
{
	if (code < 0x20)
		return code != '\t' && code != '\n' && code != '\r';
	return (code >= 0x7f && code < 0xa0) || code == 0x2028 ||
	    code == 0x2029 || (code & 0xfffe) == 0xfffe ||
	    (code >= 0xfdd0 && code <= 0xfdef);
}

unsigned
value_refused_char(const char *p, size_t n)
{
	size_t i = utf8_plain(p, n);

	while (i < n) {
		unsigned code = 0;
		size_t len = utf8_next(p + i, n - i, &code);

		if (len == 0)
			return 0xfffd;
		if (is_refused(code))
			return code;
		i += len;
		i += utf8_plain(p + i, n - i);
	}
	return VALUE_NO_CHAR;
}

int
value_shown(const char *text)
{
	size_t n = strlen(text);
	size_t most = SHOWN;

	if (n <= most)
		return (int)n;
	while (most > 0 && ((unsigned char)text[most] & 0xc0) == 0x80)
		most--;
	return (int)most;
}
