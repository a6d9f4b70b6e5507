#include "intake/vocabulary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "base/num.h"
#include "read/compiled.h"
#include "read/value.h"
#include "read/yaml.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* While a vocabulary is read. */
struct reader {
	struct arena *arena;
	struct diag_list *diags;
	size_t n_errors;            /* of diags before reading began */
	const struct value *shapes; /* sections that stand in many places */
	bool in_shape;
};

static bool
is_among(const char *word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

/* Report each key of a map that is not in the list. */
static void
check_keys(struct reader *reader, const struct value *map,
    const char *const *known, size_t n)
{
	for (const struct value *v = map->first; v != NULL; v = v->next) {
		const char *near;

		if (is_among(v->key, known, n))
			continue;
		near = near_word(v->key, known, n);
		diag_add(reader->diags, DIAG_VOCABULARY, v->key_pos,
		    "unknown key \"%s\"%s%s%s", v->key,
		    near != NULL ? ": did you mean \"" : "",
		    near != NULL ? near : "", near != NULL ? "\"?" : "");
	}
}

static void
complain(struct reader *reader, const struct value *value, const char *what)
{
	diag_add(reader->diags, DIAG_VOCABULARY, value->pos, "%s", what);
}

/* The text under a key of an entry; without it, a finding where asked for. */
static const char *
take_text(struct reader *reader, const struct value *entry, const char *key,
    bool required)
{
	const struct value *value = value_get(entry, key);

	if (value != NULL && value->kind == VALUE_TEXT && value->len > 0)
		return value->text;
	if (value != NULL || required)
		diag_add(reader->diags, DIAG_VOCABULARY,
		    value != NULL ? value->pos : entry->pos,
		    "\"%s\" needs a text", key);
	return NULL;
}

/* Keys become names of XML elements and parts of dotted paths. */
static bool
is_key(const char *key)
{
	size_t n = strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_");

	return key[n] == '\0' && key[0] >= 'a' && key[0] <= 'z' && n <= 64;
}

/* Words of a choice; in XML they are values, so dots and hyphens may stand. */
static bool
is_word(const char *word)
{
	size_t n = strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789.-");

	return word[n] == '\0' && n > 0;
}

static void
read_key(struct reader *reader, struct term *term, const struct value *entry)
{
	static const char *const reserved[] = { "none", "not_applicable" };
	const char *key = take_text(reader, entry, "key", true);

	term->key = key != NULL ? key : "";
	if (key == NULL)
		return;
	if (!is_key(key))
		complain(reader, value_get(entry, "key"),
		    "a key is made of a-z, 0-9 and _, and begins with a-z");
	else if (is_among(key, reserved, COUNT(reserved)))
		complain(reader, value_get(entry, "key"),
		    "the key has a meaning of its own");
	for (const struct term *t = term->parent->first; t != NULL; t = t->next)
		if (strcmp(t->key, key) == 0)
			diag_add(reader->diags, DIAG_VOCABULARY,
			    value_get(entry, "key")->pos,
			    "key \"%s\" stands here twice", key);
}

static void
read_type(struct reader *reader, struct term *term, const struct value *entry)
{
	static const char list_of[] = "list of ";
	const char *word = take_text(reader, entry, "type", true);

	if (word == NULL)
		return;
	if (strncmp(word, list_of, sizeof(list_of) - 1) == 0) {
		term->is_list = true;
		word += sizeof(list_of) - 1;
	}
	for (int type = TERM_TEXT; type <= TERM_SECTION; type++) {
		if (strcmp(term_type_word((enum term_type)type), word) == 0) {
			term->type = (enum term_type)type;
			return;
		}
	}
	diag_add(reader->diags, DIAG_VOCABULARY, value_get(entry, "type")->pos,
	    "unknown type \"%s\"", word);
}

/* The words of a choice and what a reader sees for them. */
static void
read_values(struct reader *reader, struct term *term, const struct value *entry)
{
	const struct value *map = value_get(entry, "values");
	const char **words;
	const char **labels;

	if ((map != NULL) != (term->type == TERM_CHOICE))
		complain(reader, map != NULL ? map : entry,
		    "\"values\" belongs to a choice, and a choice needs them");
	if (map == NULL)
		return;
	if (map->kind != VALUE_MAP || map->n == 0) {
		complain(reader, map, "\"values\" is a map of word: label");
		return;
	}
	words = arena_array(reader->arena, map->n, sizeof(*words));
	labels = arena_array(reader->arena, map->n, sizeof(*labels));
	for (const struct value *v = map->first; v != NULL; v = v->next) {
		if (!is_word(v->key) || v->kind != VALUE_TEXT || v->len == 0)
			complain(reader, v,
			    "a word is made of a-z, 0-9, . and -, with a "
			    "label");
		words[term->n_values] = v->key;
		labels[term->n_values++] = v->text;
	}
	term->values = words;
	term->value_labels = labels;
}

static void
read_law(struct reader *reader, struct term *term, const struct value *entry)
{
	const struct value *list = value_get(entry, "law");
	const char **law;

	if (list == NULL)
		return;
	if (list->kind != VALUE_LIST || list->n == 0) {
		complain(reader, list, "\"law\" is a list of obligation ids");
		return;
	}
	law = arena_array(reader->arena, list->n, sizeof(*law));
	for (const struct value *v = list->first; v != NULL; v = v->next) {
		if (v->kind != VALUE_TEXT || v->len == 0)
			complain(reader, v, "an obligation id is a text");
		else
			law[term->n_law++] = v->text;
	}
	term->law = law;
}

static void
read_bound(struct reader *reader, const struct value *entry, const char *key,
    double *out)
{
	const struct value *value = value_get(entry, key);

	if (value == NULL)
		return;
	if (value->text == NULL || !num_read(value->text, value->len, out))
		diag_add(reader->diags, DIAG_VOCABULARY, value->pos,
		    "\"%s\" is a number", key);
}

/* Unit and range, which only numbers have. */
static void
read_range(struct reader *reader, struct term *term, const struct value *entry)
{
	bool is_number =
	    term->type == TERM_NUMBER || term->type == TERM_INTEGER;

	term->least = -HUGE_VAL;
	term->most = HUGE_VAL;
	read_bound(reader, entry, "least", &term->least);
	read_bound(reader, entry, "most", &term->most);
	term->unit = take_text(reader, entry, "unit", false);
	if (!is_number &&
	    (term->unit != NULL || isfinite(term->least) ||
		isfinite(term->most)))
		complain(reader, entry, "only a number has a unit or a range");
	if (term->least > term->most)
		complain(reader, entry, "\"least\" is above \"most\"");
}

/* A key of the entry that says yes or no; absent it is no. */
static bool
read_yes(struct reader *reader, const struct value *entry, const char *key)
{
	const struct value *value = value_get(entry, key);
	bool is_yes = value != NULL && value->text != NULL &&
	    strcmp(value->text, "yes") == 0;

	if (value != NULL && !is_yes &&
	    (value->text == NULL || strcmp(value->text, "no") != 0))
		diag_add(reader->diags, DIAG_VOCABULARY, value->pos,
		    "\"%s\" is yes or no", key);
	return is_yes;
}

/* A date says whether it has happened, so that no new one is forgotten. */
static void
read_tense(struct reader *reader, struct term *term, const struct value *entry)
{
	const char *word = take_text(reader, entry, "tense", false);

	if ((word != NULL) != (term->type == TERM_DATE))
		complain(reader, entry,
		    "\"tense\" belongs to a date, and a date needs it");
	else if (word != NULL && strcmp(word, "past") == 0)
		term->tense = TENSE_PAST;
	else if (word != NULL && strcmp(word, "open") == 0)
		term->tense = TENSE_OPEN;
	else if (word != NULL)
		complain(reader, entry, "\"tense\" is past or open");
}

/* Who signs a line does so on a day, and perhaps in a function. */
static void
read_signature(
    struct reader *reader, struct term *term, const struct value *entry)
{
	term->dated = take_text(reader, entry, "dated", false);
	term->function = take_text(reader, entry, "function", false);
	if (term->dated != NULL && term->type != TERM_LINE)
		complain(reader, entry, "only a line names who signs");
	if (term->function != NULL && term->dated == NULL)
		complain(reader, entry, "\"function\" belongs to \"dated\"");
}

static const char *
path_of(struct arena *arena, const struct term *term)
{
	if (term->parent->path[0] == '\0')
		return term->key;
	return arena_printf(arena, "%s.%s", term->parent->path, term->key);
}

static int
compare_terms(const void *a, const void *b)
{
	const struct term *const *x = a;
	const struct term *const *y = b;

	return strcmp((*x)->key, (*y)->key);
}

/* Sort the keys of a section, so that intake finds each by bisection. */
static void
index_terms(struct arena *arena, struct term *section)
{
	struct term **sorted =
	    arena_array(arena, section->n, sizeof(struct term *));
	const char **keys = arena_array(arena, section->n, sizeof(char *));
	size_t i = 0;

	for (struct term *t = section->first; t != NULL; t = t->next) {
		t->index = i;
		sorted[i++] = t;
	}
	qsort(sorted, section->n, sizeof(*sorted), compare_terms);
	for (i = 0; i < section->n; i++)
		keys[i] = sorted[i]->key;
	section->by_key = sorted;
	section->keys = keys;
}

static struct term *read_entry(
    struct reader *reader, struct term *parent, const struct value *entry);

/* The entries below a section. */
static void
read_entries(
    struct reader *reader, struct term *section, const struct value *list)
{
	struct term *last = NULL;

	if (list->kind != VALUE_LIST || list->n == 0) {
		complain(reader, list, "\"keys\" is a list of entries");
		return;
	}
	for (const struct value *v = list->first; v != NULL; v = v->next) {
		struct term *term = read_entry(reader, section, v);

		if (term == NULL)
			continue;
		if (last != NULL)
			last->next = term;
		else
			section->first = term;
		last = term;
		section->n++;
	}
	index_terms(reader->arena, section);
}

/* The list of keys of the shape that the entry names. */
static const struct value *
shape_keys(struct reader *reader, const struct value *entry)
{
	const char *name = take_text(reader, entry, "shape", true);
	const struct value *keys = name == NULL ?
	    NULL :
	    value_get(value_get(reader->shapes, name), "keys");

	if (name != NULL && keys == NULL)
		diag_add(reader->diags, DIAG_VOCABULARY,
		    value_get(entry, "shape")->pos,
		    "\"shapes\" has no keys for \"%s\"", name);
	return keys;
}

/* The keys of a shape serve the provisions of the section they stand in. */
static void
inherit_law(struct term *section)
{
	for (struct term *t = section->first; t != NULL; t = t->next) {
		if (t->n_law > 0)
			continue;
		t->law = section->law;
		t->n_law = section->n_law;
	}
}

/* What stands below a section: keys of its own, or those of a shape. */
static void
read_below(struct reader *reader, struct term *term, const struct value *entry)
{
	const struct value *keys = value_get(entry, "keys");
	const struct value *shape = value_get(entry, "shape");
	bool is_section = term->type == TERM_SECTION;

	if ((keys != NULL) + (shape != NULL) != (is_section ? 1 : 0)) {
		complain(reader, keys != NULL ? keys : entry,
		    "\"keys\" belongs to a section, and a section needs them "
		    "or a \"shape\"");
		return;
	}
	if (shape == NULL) {
		if (keys != NULL)
			read_entries(reader, term, keys);
		return;
	}
	if (reader->in_shape) {
		complain(reader, shape, "a shape holds no other shape");
		return;
	}
	keys = shape_keys(reader, entry);
	reader->in_shape = true;
	if (keys != NULL)
		read_entries(reader, term, keys);
	reader->in_shape = false;
	inherit_law(term);
}

static struct term *
read_entry(
    struct reader *reader, struct term *parent, const struct value *entry)
{
	static const char *const known[] = { "key", "type", "required", "unit",
		"label", "values", "meaning", "example", "law", "least", "most",
		"keys", "shape", "tense", "dated", "function", "unique" };
	struct term *term;

	if (entry->kind != VALUE_MAP) {
		complain(reader, entry, "an entry is a map");
		return NULL;
	}
	check_keys(reader, entry, known, COUNT(known));
	term = arena_alloc(reader->arena, sizeof(*term));
	term->parent = parent;
	read_key(reader, term, entry);
	term->path = path_of(reader->arena, term);
	read_type(reader, term, entry);
	term->is_required = read_yes(reader, entry, "required");
	term->is_unique = read_yes(reader, entry, "unique");
	read_tense(reader, term, entry);
	read_signature(reader, term, entry);
	read_range(reader, term, entry);
	read_values(reader, term, entry);
	read_law(reader, term, entry);
	term->label = take_text(reader, entry, "label", true);
	term->meaning = take_text(reader, entry, "meaning", true);
	term->example =
	    take_text(reader, entry, "example", term->type != TERM_SECTION);
	read_below(reader, term, entry);
	return term;
}

/* The vocabulary from its tree, or -1 where there is none. */
static int
take_vocabulary(struct vocabulary *out, struct arena *arena,
    const struct value *top, struct diag_list *diags)
{
	static const char *const known[] = { "version", "shapes", "keys" };
	struct reader reader = { arena, diags, diags->n_errors, NULL, false };
	const struct value *keys = value_get(top, "keys");

	*out = (struct vocabulary){ .top = { .key = "",
					.path = "",
					.label = "",
					.type = TERM_SECTION } };
	if (top == NULL)
		return -1;
	if (top->kind != VALUE_MAP) {
		complain(&reader, top, "the vocabulary is a map");
		return -1;
	}
	reader.shapes = value_get(top, "shapes");
	check_keys(&reader, top, known, COUNT(known));
	out->version = take_text(&reader, top, "version", true);
	if (keys == NULL)
		complain(&reader, top, "\"keys\" is missing");
	else
		read_entries(&reader, &out->top, keys);
	return diags->n_errors == reader.n_errors ? 0 : -1;
}

int
vocabulary_read(struct vocabulary *out, struct arena *arena,
    struct source *source, struct diag_list *diags)
{
	return take_vocabulary(
	    out, arena, yaml_read(arena, source, diags), diags);
}

int
vocabulary_load(struct vocabulary *out, struct arena *arena,
    const struct folder *schemas, struct diag_list *diags)
{
	struct compiled compiled;
	struct source source;
	const struct value *top;

	*out = (struct vocabulary){ 0 };
	compiled_open(&compiled, arena, schemas);
	top = compiled_tree(&compiled, arena, schemas, VOCABULARY_FILE);
	compiled_close(&compiled);
	if (top != NULL)
		return take_vocabulary(out, arena, top, diags);
	if (source_read(&source, arena, schemas, VOCABULARY_FILE,
		FILE_LIMIT_METADATA, (struct pos){ 0 }, diags) == -1)
		return -1;
	return vocabulary_read(out, arena, &source, diags);
}
