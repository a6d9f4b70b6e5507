#include "check/parse.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/near.h"
#include "base/num.h"
#include "check/kind.h"

enum { OFFENCE_SIZE = 512, OPTIONS_MOST = 12 };

int
parse_offend(struct parser *parser, struct pos pos, const char *format, ...)
{
	char line[OFFENCE_SIZE];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	diag_add(parser->diags, DIAG_RULE, pos, "%s", line);
	return -1;
}

const char *
parse_suggest(struct parser *parser, const char *text,
    const char *const words[], size_t n)
{
	const char *near = near_word(text, words, n);

	if (near == NULL)
		return "";
	return arena_printf(parser->arena, "; did you mean \"%s\"?", near);
}

/* The key's index, or n; likely it is at hint, since files keep our order. */
static size_t
index_of_key(const char *const keys[], size_t n, const char *key, size_t hint)
{
	for (size_t i = hint; i < n; i++)
		if (keys[i][0] == key[0] && strcmp(keys[i], key) == 0)
			return i;
	for (size_t i = 0; i < hint; i++)
		if (keys[i][0] == key[0] && strcmp(keys[i], key) == 0)
			return i;
	return n;
}

int
parse_keys(struct parser *parser, const struct value *map,
    const char *const keys[], size_t n, const struct value *found[])
{
	size_t hint = 0;
	int rc = 0;

	for (size_t i = 0; found != NULL && i < n; i++)
		found[i] = NULL;
	if (map->kind != VALUE_MAP)
		return parse_offend(parser, map->pos, "a map is wanted, not %s",
		    value_kind_word(map->kind));
	for (const struct value *v = map->first; v != NULL; v = v->next) {
		size_t i = index_of_key(keys, n, v->key, hint);

		if (i == n) {
			rc = parse_offend(parser, v->key_pos,
			    "unknown key \"%.60s\"%s", v->key,
			    parse_suggest(parser, v->key, keys, n));
			continue;
		}
		if (found != NULL)
			found[i] = v;
		hint = i + 1;
	}
	return rc;
}

const char *
parse_text(struct parser *parser, const struct value *value)
{
	if (value->text != NULL && value->len > 0)
		return value->text;
	parse_offend(parser, value->pos, "a text is wanted, not %s",
	    value->text != NULL ? "an empty one" :
				  value_kind_word(value->kind));
	return NULL;
}

int
parse_words(struct parser *parser, const struct value *value,
    const char *const **words, size_t *n)
{
	const struct value *v =
	    value->kind == VALUE_LIST ? value->first : value;
	size_t size = value->kind == VALUE_LIST ? value->n : 1;
	const char **list = arena_array(parser->arena, size, sizeof(*list));

	*n = 0;
	for (size_t i = 0; i < size; i++, v = v->next) {
		list[i] = parse_text(parser, v);
		if (list[i] == NULL)
			return -1;
	}
	*words = list;
	*n = size;
	if (size == 0)
		return parse_offend(parser, value->pos, "the list is empty");
	return 0;
}

int
parse_word(struct parser *parser, const struct value *value, const char *what,
    const char *const words[], size_t n)
{
	const char *text = parse_text(parser, value);

	if (text == NULL)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i], text) == 0)
			return (int)i;
	return parse_offend(parser, value->pos, "unknown %s \"%.40s\"%s", what,
	    text, parse_suggest(parser, text, words, n));
}

int
parse_date(struct parser *parser, const struct value *value, date *out)
{
	const char *text = parse_text(parser, value);

	if (text == NULL)
		return -1;
	if (date_read(text, value->len, out))
		return 0;
	return parse_offend(
	    parser, value->pos, "not a date (YYYY-MM-DD): \"%.40s\"", text);
}

int
parse_count(struct parser *parser, const struct value *value, int least,
    int most, int *out)
{
	const char *text = parse_text(parser, value);
	unsigned long long n;

	if (text == NULL)
		return -1;
	if (!num_read_count(text, value->len, &n) ||
	    n < (unsigned long long)least || n > (unsigned long long)most)
		return parse_offend(parser, value->pos,
		    "a whole number from %d to %d is wanted, not \"%.40s\"",
		    least, most, text);
	*out = (int)n;
	return 0;
}

int
parse_path(struct parser *parser, const struct value *value, struct path *out)
{
	const char *text = parse_text(parser, value);

	if (text == NULL)
		return -1;
	return path_compile(out, parser->arena, &parser->scope, text,
	    value->pos, parser->diags);
}

/* Read the options of a kind in the order of its table. */
static int
read_options(
    struct parser *parser, const struct value *value, struct check *out)
{
	const struct check_kind *kind = out->kind;
	const struct value *found[OPTIONS_MOST];
	const char *keys[OPTIONS_MOST];
	int rc;

	for (size_t i = 0; i < kind->n_options; i++)
		keys[i] = kind->options[i].name;
	rc = parse_keys(parser, value, keys, kind->n_options, found);
	if (value->kind != VALUE_MAP)
		return rc;
	for (size_t i = 0; i < kind->n_options && rc == 0; i++) {
		if (found[i] != NULL)
			rc = kind->options[i].read(parser, found[i], out);
		else if (kind->options[i].is_required)
			rc = parse_offend(parser, value->pos,
			    "%s needs the key \"%s\"", kind->name, keys[i]);
	}
	return rc;
}

static int
read_list(struct parser *parser, const struct value *value, struct check *out)
{
	struct check **end = &out->first;
	int rc = 0;

	if (value->kind != VALUE_LIST || value->n == 0)
		return parse_offend(parser, value->pos,
		    "%s needs a list of checks", out->kind->name);
	for (const struct value *v = value->first; v != NULL; v = v->next) {
		*end = parse_check(parser, v);
		if (*end == NULL)
			rc = -1;
		else
			end = &(*end)->next;
	}
	return rc;
}

struct others *
parse_others(struct parser *parser, struct check *out)
{
	struct others *others = arena_alloc(parser->arena, sizeof(*others));

	*others = *out->others;
	out->others = others;
	return others;
}

/* {within: {attribute: PATH, group: PATH}} */
static int
read_within(struct parser *parser, const struct value *value, struct check *out)
{
	static const char *const keys[] = { "attribute", "group" };
	const struct value *found[2];
	struct others *others;

	if (parse_keys(parser, value, keys, 2, found) == -1)
		return -1;
	if (found[0] == NULL || found[1] == NULL)
		return parse_offend(parser, value->pos,
		    "within needs the keys \"attribute\" and \"group\"");
	others = parse_others(parser, out);
	if (parse_path(parser, found[0], &others->attribute) == -1)
		return -1;
	return parse_path(parser, found[1], &others->group);
}

/* {rows-at-most: PATH} */
static int
read_rows(struct parser *parser, const struct value *value, struct check *out)
{
	struct operand *right = &parse_others(parser, out)->right;

	out->figures = strcmp(value->key, "rows-at-most") == 0 ?
	    FIGURES_ROWS_AT_MOST :
	    FIGURES_ROWS_AT_LEAST;
	right->kind = OPERAND_PATH;
	right->text = value->text;
	if (parse_path(parser, value, &right->path) == -1)
		return -1;
	if (right->path.term->type == TERM_INTEGER)
		return 0;
	return parse_offend(
	    parser, value->pos, "\"%s\" is not a number of rows", value->text);
}

static int
read_figures(
    struct parser *parser, const struct value *value, struct check *out)
{
	static const char *const keys[] = { "defined", "attribute-has",
		"within", "rows-at-most", "rows-at-least" };
	bool is_figures = strcmp(out->kind->name, "figures") == 0;
	const struct value *v;

	out->figures = FIGURES_LIMITS;
	if (value->text != NULL && strcmp(value->text, "limits") == 0)
		return 0;
	if (is_figures && value->text != NULL &&
	    strcmp(value->text, "declared") == 0) {
		out->figures = FIGURES_DECLARED;
		return 0;
	}
	if (!is_figures || value->kind != VALUE_MAP || value->n != 1)
		return parse_offend(parser, value->pos,
		    is_figures ? "figures are asked for limits, declared, "
				 "defined, attribute-has, within or rows" :
				 "measures are asked for limits");
	if (parse_keys(parser, value, keys, 5, NULL) == -1)
		return -1;
	v = value->first;
	if (strncmp(v->key, "rows-", 5) == 0)
		return read_rows(parser, v, out);
	if (strcmp(v->key, "within") == 0) {
		out->figures = FIGURES_WITHIN;
		return read_within(parser, v, out);
	}
	out->figures = strcmp(v->key, "defined") == 0 ? FIGURES_DEFINED :
							FIGURES_ATTRIBUTE_HAS;
	out->metric = parse_text(parser, v);
	return out->metric != NULL ? 0 : -1;
}

/* The condition of a name, which must have been read before. */
static int
read_name(struct parser *parser, const struct value *value, struct check *out)
{
	const char *id = parse_text(parser, value);
	const char **ids =
	    arena_array(parser->arena, parser->n_conditions + 1, sizeof(*ids));

	if (id == NULL)
		return -1;
	for (size_t i = 0; i < parser->n_conditions; i++) {
		ids[i] = parser->conditions[i].id;
		if (strcmp(ids[i], id) != 0)
			continue;
		out->condition = &parser->conditions[i];
		out->first = out->condition->check;
		return 0;
	}
	return parse_offend(parser, value->pos, "no condition \"%.60s\"%s", id,
	    parse_suggest(parser, id, ids, parser->n_conditions));
}

static int
read_shape(struct parser *parser, const struct value *value, struct check *out)
{
	switch (out->kind->shape) {
	case SHAPE_PATH:
		return option_field(parser, value, out);
	case SHAPE_OPTIONS:
		return read_options(parser, value, out);
	case SHAPE_LIST:
		return read_list(parser, value, out);
	case SHAPE_CHECK:
		out->first = parse_check(parser, value);
		return out->first != NULL ? 0 : -1;
	case SHAPE_NAME:
		return read_name(parser, value, out);
	case SHAPE_FIGURES:
		return read_figures(parser, value, out);
	case SHAPE_SURVEY:
		return option_survey(parser, value, out);
	}
	return -1;
}

static const struct check_kind *
find_kind(const struct kind_list *list, const char *name)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->names[i], name) == 0)
			return &list->kinds[i];
	return NULL;
}

struct check *
parse_check(struct parser *parser, const struct value *value)
{
	static const struct others none = { .list = { .n = 0 } };
	struct check *out = arena_alloc(parser->arena, sizeof(*out));
	const char *const *names;
	size_t n;

	if (value->kind != VALUE_MAP || value->n != 1) {
		parse_offend(parser, value->pos,
		    "a check is a map with exactly one kind, such as "
		    "{present: PATH}");
		return NULL;
	}
	value = value->first;
	out->pos = value->key_pos;
	out->item = parser->scope.item;
	out->others = &none;
	out->kind = find_kind(parser->kinds, value->key);
	if (out->kind == NULL) {
		names = parser->kinds->names;
		n = parser->kinds->n;
		parse_offend(parser, value->key_pos,
		    "unknown kind of check \"%.60s\"%s", value->key,
		    parse_suggest(parser, value->key, names, n));
		return NULL;
	}
	if (read_shape(parser, value, out) == -1)
		return NULL;
	if (out->kind->accept != NULL && out->kind->accept(parser, out) == -1)
		return NULL;
	return out;
}
