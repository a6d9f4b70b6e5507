#include "intake/walk.h"

#include <string.h>

#include "base/near.h"
#include "intake/placeholder.h"
#include "intake/scalar.h"
#include "intake/vocabulary.h"

static void take(
    struct walk *walk, struct field *field, const struct value *value);

const char *
walk_guess(struct walk *walk, const char *word, const char *const *candidates,
    size_t n)
{
	if (walk->n_guessed >= WALK_GUESSES)
		return NULL;
	walk->n_guessed++;
	return near_word(word, candidates, n);
}

void
walk_refuse(struct field *field)
{
	field->answer = ANSWER_INVALID;
	field->first = NULL;
	field->last = NULL;
	field->n = 0;
}

static struct field *
new_field(struct walk *walk, const struct term *term, const char *path,
    const struct value *value)
{
	struct field *field = arena_alloc(walk->arena, sizeof(*field));

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
path_below(struct walk *walk, const struct field *parent, const char *key)
{
	size_t n = strlen(parent->path);
	size_t n_key = strlen(key);
	char *path;

	if (n == 0)
		return key;
	path = arena_alloc(walk->arena, n + 1 + n_key + 1);
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

/*
 * Report a key that the section does not have, and return the term it must
 * have meant when that key is not there: one slip gives one finding.
 */
static const struct term *
guess_key(struct walk *walk, const struct term *section,
    const struct value *map, const struct value *value)
{
	const char *near =
	    walk_guess(walk, value->key, section->keys, section->n);
	const struct term *there = NULL;

	if (near != NULL) {
		diag_add(walk->diags, DIAG_KEY_UNKNOWN, value->key_pos,
		    "\"%.*s\", did you mean \"%s\"?", value_shown(value->key),
		    value->key, near);
		return value_get(map, near) == NULL ?
		    term_child(section, near, strlen(near)) :
		    NULL;
	}
	if (walk->n_guessed < WALK_GUESSES)
		there = find_elsewhere(vocabulary_of(section), value->key);
	diag_add(walk->diags, DIAG_KEY_UNKNOWN, value->key_pos,
	    there != NULL ? "\"%.*s\", is it \"%s\"?" : "\"%.*s\"%s",
	    value_shown(value->key), value->key,
	    there != NULL ? there->path : "");
	return NULL;
}

/* Report each key without which the section cannot be used. */
static void
check_required(
    struct walk *walk, const struct field *section, struct field *const *slots)
{
	const struct term *term = section->term->first;

	for (; term != NULL && !walk->is_fragment; term = term->next) {
		const struct field *field = slots[term->index];

		if (!term->is_required ||
		    (field != NULL &&
			(field->answer == ANSWER_GIVEN ||
			    field->answer == ANSWER_INVALID)))
			continue;
		diag_add(walk->diags, DIAG_KEY_REQUIRED,
		    field != NULL ? field->pos : section->pos, "%s, as in %s",
		    path_below(walk, section, term->key),
		    term->example != NULL ? term->example : "model: {id: ...}");
	}
}

/* The keys of a section, in any order of the file. */
static void
take_keys(struct walk *walk, struct field *section, const struct value *map)
{
	const struct term *terms = section->term;
	struct field **slots =
	    arena_array(walk->arena, terms->n, sizeof(struct field *));

	for (const struct value *v = map->first; v != NULL; v = v->next) {
		const struct term *term =
		    term_child(terms, v->key, strlen(v->key));

		if (term == NULL)
			term = guess_key(walk, terms, map, v);
		if (term == NULL || slots[term->index] != NULL)
			continue;
		slots[term->index] = new_field(
		    walk, term, path_below(walk, section, term->key), v);
		slots[term->index]->is_list = term->is_list;
		slots[term->index]->parent = section;
		take(walk, slots[term->index], v);
	}
	for (size_t i = 0; i < terms->n; i++)
		if (slots[i] != NULL)
			add_field(section, slots[i]);
	check_required(walk, section, slots);
}

static void
refuse_kind(struct walk *walk, struct field *field, const struct value *value,
    const char *want)
{
	diag_add(walk->diags, DIAG_VALUE_TYPE, field->pos, "%s is %s, not %s",
	    field->path[0] != '\0' ? field->path : "a record", want,
	    value_kind_word(value->kind));
	walk_refuse(field);
}

/* One value, or one item of a list. */
static void
take_one(struct walk *walk, struct field *field, const struct value *value)
{
	size_t i;

	if (value->kind == VALUE_NULL ||
	    (value->text != NULL && placeholder_is(value->text) &&
		!scalar_is_choice(field->term, value->text, &i))) {
		field->answer = ANSWER_PLACEHOLDER;
		field->text = value->text != NULL ? value->text : "";
	} else if (field->term->type != TERM_SECTION) {
		scalar_take(walk, field, value);
	} else if (value->kind == VALUE_MAP) {
		take_keys(walk, field, value);
	} else {
		refuse_kind(walk, field, value, "a map of keys");
	}
}

/* Items have the term of their list, and its path with a number from 1. */
static void
take_items(struct walk *walk, struct field *list, const struct value *values)
{
	size_t i = 0;

	for (const struct value *v = values->first; v != NULL; v = v->next) {
		struct field *item = new_field(walk, list->term,
		    arena_printf(walk->arena, "%s[%zu]", list->path, ++i), v);

		add_field(list, item);
		take_one(walk, item, v);
	}
}

/* A single value where a list is asked for: say how a list is written. */
static void
refuse_single(struct walk *walk, struct field *field, const struct value *value)
{
	if (value->text != NULL && value_shown(value->text) == (int)value->len)
		diag_add(walk->diags, DIAG_VALUE_TYPE, field->pos,
		    "%s is a list: write [%s]", field->path, value->text);
	else
		diag_add(walk->diags, DIAG_VALUE_TYPE, field->pos,
		    "%s is a list: begin each entry with \"- \"", field->path);
	walk_refuse(field);
}

static void
take_list(struct walk *walk, struct field *field, const struct value *value)
{
	if (value->kind == VALUE_LIST)
		take_items(walk, field, value);
	else if (value->kind == VALUE_MAP ||
	    (value->text != NULL && !placeholder_is(value->text)))
		refuse_single(walk, field, value);
	else
		take_one(walk, field, value);
}

/* The reason of {none: reason} or {not_applicable: reason}. */
static void
take_reason(struct walk *walk, struct field *field, const struct value *value)
{
	if (value->text == NULL && value->kind != VALUE_NULL) {
		refuse_kind(walk, field, value, "a reason");
	} else if (value->text == NULL || placeholder_is(value->text)) {
		field->answer = ANSWER_PLACEHOLDER;
		field->text = value->text != NULL ? value->text : "";
	} else {
		field->reason = value->text;
	}
}

static void
take_decision(struct walk *walk, struct field *field, const struct value *value)
{
	if (strcmp(value->key, "decided_by") == 0) {
		if (value->text != NULL && !placeholder_is(value->text))
			field->decided_by = value->text;
	} else if (value->text != NULL && !placeholder_is(value->text) &&
	    !date_read(value->text, value->len, &field->decided_on)) {
		field->decided_on = DATE_NONE;
		diag_add(walk->diags, DIAG_VALUE_DATE, value->pos,
		    "\"%.*s\" (%s)", value_shown(value->text), value->text,
		    field->path);
	}
}

/* {none: reason} or {not_applicable: reason, decided_by: .., decided_on: ..} */
static void
take_answer(struct walk *walk, struct field *field, const struct value *map)
{
	static const char *const known[] = { "decided_by", "decided_on" };
	const struct value *none = value_get(map, "none");
	const struct value *reason =
	    none != NULL ? none : value_get(map, "not_applicable");

	field->answer = none != NULL ? ANSWER_NONE : ANSWER_NOT_APPLICABLE;
	take_reason(walk, field, reason);
	for (const struct value *v = map->first; v != NULL; v = v->next) {
		const char *key = v->key;
		const char *near;

		if (v == reason)
			continue;
		if (none == NULL &&
		    (strcmp(key, known[0]) == 0 ||
			strcmp(key, known[1]) == 0)) {
			take_decision(walk, field, v);
			continue;
		}
		near = none == NULL ? walk_guess(walk, key, known, 2) : NULL;
		diag_add(walk->diags, DIAG_KEY_UNKNOWN, v->key_pos,
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
take(struct walk *walk, struct field *field, const struct value *value)
{
	if (is_answer(value))
		take_answer(walk, field, value);
	else if (field->is_list)
		take_list(walk, field, value);
	else
		take_one(walk, field, value);
}

struct field *
walk_section(
    struct walk *walk, const struct term *section, const struct value *map)
{
	struct field *field = new_field(walk, section, section->path, map);

	if (map->kind == VALUE_MAP)
		take_keys(walk, field, map);
	else
		refuse_kind(walk, field, map, "a map of keys");
	return field;
}

struct field *
walk_list(
    struct walk *walk, const struct term *list, const struct value *values)
{
	struct field *field = new_field(walk, list, list->path, values);

	field->is_list = true;
	take(walk, field, values);
	return field;
}
