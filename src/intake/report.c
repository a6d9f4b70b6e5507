#include "intake/report.h"

#include <string.h>
#include <strings.h>

/* The measures of a label, and their names here. */
static const struct {
	const char *key, *name;
} measures[] = {
	{ "precision", "precision" },
	{ "recall", "recall" },
	{ "f1-score", "f1_score" },
};

/* While a report is turned into a list. */
struct turning {
	struct arena *arena;
	struct value *list;
};

static bool
is_label(const struct value *v)
{
	return v->kind == VALUE_MAP && value_get(v, "precision") != NULL &&
	    value_get(v, "recall") != NULL && value_get(v, "support") != NULL;
}

/* "macro" of "macro avg", or NULL. */
static const char *
averaging(struct arena *arena, const char *key)
{
	static const char suffix[] = " avg";
	size_t n = strlen(key), m = strlen(suffix);

	return n > m && strcmp(key + n - m, suffix) == 0 ?
	    arena_dup(arena, key, n - m) :
	    NULL;
}

static bool
is_positive(const char *label)
{
	static const char *const words[] = { "1", "1.0", "true", "yes",
		"positive" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(label, words[i]) == 0)
			return true;
	return false;
}

/* Add a copy of a value to a map, under a key. */
static void
add_copy(const struct turning *t, struct value *map, const char *key,
    const struct value *value)
{
	struct value *copy = arena_alloc(t->arena, sizeof(*copy));

	if (value == NULL)
		return;
	*copy = *value;
	copy->key = key;
	copy->next = NULL;
	value_add(map, copy);
}

/* A number of rows as an integer: "300.0" is written for some. */
static const struct value *
whole(const struct turning *t, const struct value *support)
{
	struct value *copy;

	if (support == NULL || support->kind != VALUE_NUMBER ||
	    support->len < 3 ||
	    strcmp(support->text + support->len - 2, ".0") != 0)
		return support;
	copy = arena_alloc(t->arena, sizeof(*copy));
	*copy = *support;
	copy->len -= 2;
	copy->text = arena_dup(t->arena, support->text, copy->len);
	return copy;
}

/* Add {name, value, n} to the list. */
static void
add_measure(const struct turning *t, const char *name,
    const struct value *value, const struct value *support)
{
	struct value *item, *text;

	if (value == NULL)
		return;
	item = value_new(t->arena, VALUE_MAP, value->pos);
	text = value_new(t->arena, VALUE_TEXT, value->key_pos);
	text->key = "name";
	text->key_pos = value->key_pos;
	text->text = name;
	text->len = strlen(name);
	value_add(item, text);
	add_copy(t, item, "value", value);
	add_copy(t, item, "n", whole(t, support));
	value_add(t->list, item);
}

static void
add_label(const struct turning *t, const struct value *label)
{
	const char *kind = averaging(t->arena, label->key);

	for (size_t i = 0; i < sizeof(measures) / sizeof(measures[0]); i++) {
		const char *name = measures[i].name;

		if (kind != NULL)
			name = arena_printf(t->arena, "%s_%s", name, kind);
		else if (!is_positive(label->key))
			name =
			    arena_printf(t->arena, "%s[%s]", name, label->key);
		add_measure(t, name, value_get(label, measures[i].key),
		    value_get(label, "support"));
	}
}

const struct value *
report_measures(struct arena *arena, const struct value *top)
{
	struct turning t = { arena, value_new(arena, VALUE_LIST, top->pos) };
	const struct value *all = value_get(top, "weighted avg");

	if (top->kind != VALUE_MAP || value_get(top, "metrics") != NULL ||
	    value_get(top, "measures") != NULL)
		return NULL;
	for (const struct value *v = top->first; v != NULL; v = v->next) {
		if (is_label(v))
			add_label(&t, v);
		else if (strcmp(v->key, "accuracy") == 0)
			add_measure(&t, "accuracy", v,
			    all != NULL ? value_get(all, "support") : NULL);
	}
	/* An accuracy alone may be of anything. */
	for (const struct value *v = top->first; v != NULL; v = v->next)
		if (is_label(v))
			return t.list;
	return NULL;
}
