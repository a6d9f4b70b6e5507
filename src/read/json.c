#include "read/json.h"

#include "read/json_scan.h"

/* Recursive descent; the depth limit bounds the recursion. */

static struct value *read_value(struct json_scan *scan);

/* Enter a list or map: make it and count its level. */
static struct value *
open_level(struct json_scan *scan, enum value_kind kind)
{
	struct pos pos = json_pos(scan, scan->p);

	if (scan->depth == VALUE_DEPTH) {
		diag_add(scan->diags, DIAG_JSON_DEPTH, pos, "%d levels",
		    VALUE_DEPTH);
		return NULL;
	}
	scan->depth++;
	scan->p++;
	json_skip_blanks(scan);
	return value_new(scan->arena, kind, pos);
}

/*
 * Behind an item: 1 at a comma, 0 at the closing bracket, both taken; -1 at
 * anything else, with the reason in diags.
 */
static int
next_item(struct json_scan *scan, char close)
{
	json_skip_blanks(scan);
	if (scan->p < scan->end && *scan->p == ',') {
		scan->p++;
		json_skip_blanks(scan);
		if (scan->p == scan->end || *scan->p != close)
			return 1;
		diag_add(scan->diags, DIAG_JSON_SYNTAX, json_pos(scan, scan->p),
		    "expected another item after the comma, found \"%c\"",
		    close);
		return -1;
	}
	if (scan->p < scan->end && *scan->p == close) {
		scan->p++;
		scan->depth--;
		return 0;
	}
	return json_report(
	    scan, close == '}' ? "a comma or }" : "a comma or ]");
}

/* A bracket that is closed at once; it is taken. */
static bool
is_closed(struct json_scan *scan, char close)
{
	if (scan->p == scan->end || *scan->p != close)
		return false;
	scan->p++;
	scan->depth--;
	return true;
}

static struct value *
read_list(struct json_scan *scan)
{
	struct value *list = open_level(scan, VALUE_LIST);
	int more = 1;

	if (list == NULL || is_closed(scan, ']'))
		return list;
	while (more == 1) {
		struct value *item = read_value(scan);

		if (item == NULL)
			return NULL;
		value_add(list, item);
		more = next_item(scan, ']');
	}
	return more == 0 ? list : NULL;
}

/* A key, its colon and its value. */
static struct value *
read_member(struct json_scan *scan)
{
	struct json_string key;
	struct value *value;

	if (scan->p == scan->end || *scan->p != '"') {
		json_report(scan, "a key in double quotes");
		return NULL;
	}
	if (json_take_string(scan, &key) == -1)
		return NULL;
	json_skip_blanks(scan);
	if (scan->p == scan->end || *scan->p != ':') {
		json_report(scan, "a colon after the key");
		return NULL;
	}
	scan->p++;
	json_skip_blanks(scan);
	value = read_value(scan);
	if (value != NULL) {
		value->key = key.p;
		value->key_pos = key.pos;
	}
	return value;
}

static int
check_keys(struct json_scan *scan, const struct value *map)
{
	const struct value *twin = value_duplicate(map);

	if (twin == NULL)
		return 0;
	diag_add(scan->diags, DIAG_JSON_DUPLICATE, twin->key_pos,
	    "\"%.*s\", first given on line %u", value_shown(twin->key),
	    twin->key, value_get(map, twin->key)->key_pos.line);
	return -1;
}

static struct value *
read_map(struct json_scan *scan)
{
	struct value *map = open_level(scan, VALUE_MAP);
	int more = 1;

	if (map == NULL || is_closed(scan, '}'))
		return map;
	while (more == 1) {
		struct value *item = read_member(scan);

		if (item == NULL)
			return NULL;
		value_add(map, item);
		more = next_item(scan, '}');
	}
	return more == 0 && check_keys(scan, map) == 0 ? map : NULL;
}

static struct value *
read_value(struct json_scan *scan)
{
	if (scan->p == scan->end) {
		json_report_end(scan);
		return NULL;
	}
	if (scan->n_values++ == VALUE_COUNT) {
		diag_add(scan->diags, DIAG_JSON_SIZE, json_pos(scan, scan->p),
		    "%d", VALUE_COUNT);
		return NULL;
	}
	switch (*scan->p) {
	case '{':
		return read_map(scan);
	case '[':
		return read_list(scan);
	case '"':
		return json_take_text(scan);
	case '-':
		return json_take_number(scan);
	default:
		return json_is_digit(scan, scan->p) ? json_take_number(scan) :
						      json_take_word(scan);
	}
}

struct value *
json_read(struct arena *arena, struct source *source, struct diag_list *diags)
{
	struct json_scan scan = {
		.arena = arena, .source = source, .diags = diags
	};
	struct value *value;

	if (source_check_text(source, diags) == -1)
		return NULL;
	scan.p = source->bytes;
	scan.end = source->bytes + source->size;
	place_init(&scan.place, source);
	json_skip_blanks(&scan);
	value = read_value(&scan);
	if (value == NULL)
		return NULL;
	json_skip_blanks(&scan);
	if (scan.p == scan.end)
		return value;
	json_report(&scan, "the end of the file");
	return NULL;
}
