#include "intake/walk.h"

#include <string.h>

#include "base/near.h"
#include "intake/placeholder.h"
#include "intake/scalar.h"
#include "intake/vocabulary.h"

static void take(
    struct taking *taking, struct field *field, const struct value *value);

static struct field *
new_field(struct taking *taking, const struct term *term, const char *path,
    const struct value *value)
{
	struct field *field = arena_alloc(taking->arena, sizeof(*field));

	field->term = term;
	field->path = path;
	field->pos = value->pos;
	field->key_pos = value->key != NULL ? value->key_pos : value->pos;
	field->day = DATE_NONE;
	field->decided_on = DATE_NONE;
	return field;
}

static void
add_field(struct field *parent, struct field *field)
{
	field->parent = parent;
	if (parent->last != NULL)
		parent->last->next = field;
	else
		parent->first = field;
	parent->last = field;
	parent->n++;
}

/* The path of a key below a field, or the key at the top. */
static const char *
path_below(struct taking *taking, const struct field *parent, const char *key)
{
	size_t n = strlen(parent->path);
	size_t n_key = strlen(key);
	char *path;

	if (n == 0)
		return key;
	path = arena_alloc(taking->arena, n + 1 + n_key + 1);
	memcpy(path, parent->path, n);
	path[n] = '.';
	memcpy(path + n + 1, key, n_key);
	return path;
}

/*
 * A term of this key that stands elsewhere, for keys that slipped out of
 * their section.
 */
static const struct term *
find_elsewhere(const struct term *section, const char *key)
{
	const struct term *found = term_child(section, key, strlen(key));

	for (const struct term *t = section->first; t != NULL && found == NULL;
	     t = t->next)
		if (t->type == TERM_SECTION)
			found = find_elsewhere(t, key);
	return found;
}

static const struct term *
vocabulary_of(const struct term *term)
{
	while (term->parent != NULL)
		term = term->parent;
	return term;
}

/* A section while its keys are taken; slots has a place for each term. */
struct keys {
	struct field *section;
	struct field **slots;
};

/* The key that is near and not there yet, or else near at all, or NULL. */
static const char *
guess_key(struct taking *taking, const struct keys *keys, const char *word)
{
	const struct term *terms = keys->section->term;
	const char **absent =
	    arena_array(taking->arena, terms->n, sizeof(char *));
	const char *near;
	size_t n = 0;

	for (size_t i = 0; i < terms->n; i++)
		if (keys->slots[terms->by_key[i]->index] == NULL)
			absent[n++] = terms->keys[i];
	near = taking_guess(taking, word, absent, n);
	if (near == NULL)
		near = near_word(word, terms->keys, terms->n);
	return near;
}

/*
 * Report a key that the section does not have, and return the term that it
 * must have meant: one slip gives one finding.
 */
static const struct term *
report_unknown(
    struct taking *taking, const struct keys *keys, const struct value *value)
{
	const struct term *terms = keys->section->term;
	const struct term *there = NULL;
	const char *near = NULL;

	if (taking->n_guessed < TAKING_GUESSES) {
		near = guess_key(taking, keys, value->key);
		there = find_elsewhere(vocabulary_of(terms), value->key);
	}
	if (near != NULL)
		diag_add(taking->diags, DIAG_KEY_UNKNOWN, value->key_pos,
		    "\"%.*s\", did you mean \"%s\"?", value_shown(value->key),
		    value->key, near);
	else
		diag_add(taking->diags, DIAG_KEY_UNKNOWN, value->key_pos,
		    there != NULL ? "\"%.*s\", is it \"%s\"?" : "\"%.*s\"%s",
		    value_shown(value->key), value->key,
		    there != NULL ? there->path : "");
	return near != NULL ? term_child(terms, near, strlen(near)) : NULL;
}

/* Report each key without which the section cannot be used. */
static void
check_required(struct taking *taking, const struct field *section,
    struct field *const *slots)
{
	const struct term *term = section->term->first;

	for (; term != NULL && !taking->is_fragment; term = term->next) {
		const struct field *field = slots[term->index];

		if (!term->is_required ||
		    (field != NULL &&
			(field->answer == ANSWER_GIVEN ||
			    field->answer == ANSWER_INVALID)))
			continue;
		diag_add(taking->diags, DIAG_KEY_REQUIRED,
		    field != NULL ? field->pos : section->pos, "%s, as in %s",
		    path_below(taking, section, term->key),
		    term->example != NULL ? term->example : "model: {id: ...}");
	}
}

/* Take the value of a key, unless its place is taken. */
static void
take_key(struct taking *taking, const struct keys *keys,
    const struct term *term, const struct value *value)
{
	struct field **slot = &keys->slots[term->index];

	if (*slot != NULL)
		return;
	*slot = new_field(
	    taking, term, path_below(taking, keys->section, term->key), value);
	(*slot)->is_list = term->is_list;
	(*slot)->parent = keys->section;
	take(taking, *slot, value);
}

/*
 * Name and day of an answer whose "not_applicable" is gone: the name is told
 * as unknown, and the day goes with it.
 */
static bool
is_day_of_unknown(const struct term *terms, const struct value *map,
    const struct value *value)
{
	static const char name[] = "decided_by";

	return strcmp(value->key, "decided_on") == 0 &&
	    value_get(map, name) != NULL &&
	    term_child(terms, name, sizeof(name) - 1) == NULL;
}

/*
 * The keys of a section, in any order of the file.  Unknown ones come last,
 * when it is plain which keys are not there.
 */
static void
take_keys(struct taking *taking, struct field *section, const struct value *map)
{
	const struct term *terms = section->term;
	struct keys keys = { section,
		arena_array(taking->arena, terms->n, sizeof(struct field *)) };
	size_t n_unknown = 0;

	for (const struct value *v = map->first; v != NULL; v = v->next) {
		const struct term *term =
		    term_child(terms, v->key, strlen(v->key));

		if (term != NULL)
			take_key(taking, &keys, term, v);
		else
			n_unknown++;
	}
	for (const struct value *v = map->first; n_unknown > 0; v = v->next) {
		const struct term *term;

		if (term_child(terms, v->key, strlen(v->key)) != NULL)
			continue;
		n_unknown--;
		if (is_day_of_unknown(terms, map, v))
			continue;
		term = report_unknown(taking, &keys, v);
		if (term != NULL)
			take_key(taking, &keys, term, v);
	}
	for (size_t i = 0; i < terms->n; i++)
		if (keys.slots[i] != NULL)
			add_field(section, keys.slots[i]);
	check_required(taking, section, keys.slots);
}

static void
refuse_kind(struct taking *taking, struct field *field,
    const struct value *value, const char *want)
{
	diag_add(taking->diags, DIAG_VALUE_TYPE, value->pos, "%s is %s, not %s",
	    field->path[0] != '\0' ? field->path : "a record", want,
	    value_kind_word(value->kind));
	taking_refuse(field);
}

/* "null" and "~" are nothing in YAML, unless they are quoted. */
static bool
is_null(const struct value *value)
{
	static const char *const words[] = { "null", "Null", "NULL", "~" };

	if (value->kind == VALUE_NULL)
		return true;
	for (size_t i = 0; i < 4 && value->text != NULL && !value->quoted; i++)
		if (strcmp(value->text, words[i]) == 0)
			return true;
	return false;
}

/* Whether nothing stands where an answer is asked for, or as good as that. */
static bool
is_unanswered(const struct value *value)
{
	return is_null(value) ||
	    (value->text != NULL && placeholder_is(value->text));
}

static void
take_placeholder(struct field *field, const struct value *value)
{
	field->answer = ANSWER_PLACEHOLDER;
	field->text = is_null(value) ? "" : value->text;
}

/* One value, or one item of a list. */
static void
take_one(struct taking *taking, struct field *field, const struct value *value)
{
	size_t i;

	if (is_unanswered(value) &&
	    (value->text == NULL ||
		!scalar_is_choice(field->term, value->text, &i))) {
		take_placeholder(field, value);
	} else if (field->term->type != TERM_SECTION) {
		scalar_take(taking, field, value);
	} else if (value->kind == VALUE_MAP) {
		take_keys(taking, field, value);
	} else {
		refuse_kind(taking, field, value, "a map of keys");
	}
}

/* Items have the term of their list, and its path with a number from 1. */
static void
take_items(
    struct taking *taking, struct field *list, const struct value *values)
{
	size_t i = 0;

	for (const struct value *v = values->first; v != NULL; v = v->next) {
		struct field *item = new_field(taking, list->term,
		    arena_printf(taking->arena, "%s[%zu]", list->path, ++i), v);

		add_field(list, item);
		take_one(taking, item, v);
	}
}

/* A single value where a list is asked for: say how a list is written. */
static void
refuse_single(
    struct taking *taking, struct field *field, const struct value *value)
{
	if (value->text != NULL && value_shown(value->text) == (int)value->len)
		diag_add(taking->diags, DIAG_VALUE_TYPE, field->pos,
		    "%s is a list: write [%s]", field->path, value->text);
	else
		diag_add(taking->diags, DIAG_VALUE_TYPE, field->pos,
		    "%s is a list: begin each entry with \"- \"", field->path);
	taking_refuse(field);
}

static void
take_list(struct taking *taking, struct field *field, const struct value *value)
{
	if (value->kind == VALUE_LIST)
		take_items(taking, field, value);
	else if (is_unanswered(value))
		take_placeholder(field, value);
	else
		refuse_single(taking, field, value);
}

/* The reason of {none: reason} or {not_applicable: reason}. */
static void
take_reason(
    struct taking *taking, struct field *field, const struct value *value)
{
	if (is_unanswered(value))
		take_placeholder(field, value);
	else if (value->text == NULL)
		refuse_kind(taking, field, value, "a reason");
	else
		field->reason = value->text;
}

/* decided_by and decided_on beside a reason; a placeholder says neither. */
static void
take_decision(
    struct taking *taking, struct field *field, const struct value *value)
{
	bool is_day = strcmp(value->key, "decided_on") == 0;

	if (is_unanswered(value))
		return;
	if (value->text == NULL)
		diag_add(taking->diags, DIAG_VALUE_TYPE, value->pos,
		    "%s of %s is %s, not %s", value->key, field->path,
		    is_day ? "a date" : "a name", value_kind_word(value->kind));
	else if (!is_day)
		field->decided_by = value->text;
	else if (!date_read(value->text, value->len, &field->decided_on)) {
		field->decided_on = DATE_NONE;
		diag_add(taking->diags, DIAG_VALUE_DATE, value->pos,
		    "\"%.*s\" (%s)", value_shown(value->text), value->text,
		    field->path);
	}
}

/* {none: reason} or {not_applicable: reason, decided_by: .., decided_on: ..} */
static void
take_answer(struct taking *taking, struct field *field, const struct value *map)
{
	static const char *const known[] = { "decided_by", "decided_on" };
	const struct value *none = value_get(map, "none");
	const struct value *reason =
	    none != NULL ? none : value_get(map, "not_applicable");

	field->answer = none != NULL ? ANSWER_NONE : ANSWER_NOT_APPLICABLE;
	take_reason(taking, field, reason);
	for (const struct value *v = map->first; v != NULL; v = v->next) {
		const char *key = v->key;
		const char *near;

		if (v == reason)
			continue;
		if (none == NULL &&
		    (strcmp(key, known[0]) == 0 ||
			strcmp(key, known[1]) == 0)) {
			take_decision(taking, field, v);
			continue;
		}
		near =
		    none == NULL ? taking_guess(taking, key, known, 2) : NULL;
		diag_add(taking->diags, DIAG_KEY_UNKNOWN, v->key_pos,
		    "\"%.*s\" beside \"%s\"%s%s", value_shown(key), key,
		    reason->key, near != NULL ? ": did you mean " : "",
		    near != NULL ? near : "");
	}
}

static bool
is_answer(const struct value *value)
{
	return value_get(value, "none") != NULL ||
	    value_get(value, "not_applicable") != NULL;
}

static void
take(struct taking *taking, struct field *field, const struct value *value)
{
	if (is_answer(value))
		take_answer(taking, field, value);
	else if (field->is_list)
		take_list(taking, field, value);
	else
		take_one(taking, field, value);
}

struct field *
walk_section(
    struct taking *taking, const struct term *section, const struct value *map)
{
	struct field *field = new_field(taking, section, section->path, map);

	if (map->kind == VALUE_MAP)
		take_keys(taking, field, map);
	else
		refuse_kind(taking, field, map, "a map of keys");
	return field;
}

struct field *
walk_list(
    struct taking *taking, const struct term *list, const struct value *values)
{
	struct field *field = new_field(taking, list, list->path, values);

	field->is_list = true;
	take(taking, field, values);
	return field;
}
