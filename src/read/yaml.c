#include "read/yaml.h"

#include <string.h>
#include <yaml.h>

#include "read/yaml_trouble.h"

/*
 * libyaml hands out one event after the other; a stack of open collections
 * makes the tree of them.  Limits are judged as the events arrive, since
 * libyaml itself gets slower with every open bracket.
 */

enum {
	ANCHORS = 256,         /* in one file */
	ALIAS_BUDGET = 100000, /* values that aliases stand for, in all */
	TAG_LINES = 64         /* lines that begin with %TAG */
};

/* A list or map that is still open. */
struct level {
	struct value *value;
	const char *key; /* of the next value in a map; NULL: key expected */
	struct pos key_pos;
	size_t anchor; /* 1 more than its index; 0: none */
};

struct anchor {
	const char *name;
	const struct value *value;
	unsigned line;
	bool open; /* its value is not complete */
};

struct reader {
	struct arena *arena;
	struct source *source;
	struct diag_list *diags;
	yaml_parser_t parser;
	struct pos end;     /* of the source */
	struct value *root; /* NULL until the first event of a value */
	struct level levels[VALUE_DEPTH];
	size_t depth; /* levels in use */
	struct anchor anchors[ANCHORS];
	size_t n_anchors;
	size_t n_values;
	size_t n_copied;
};

/* libyaml puts what ends with the file on a line that is not there. */
static struct pos
pos_of(const struct reader *reader, yaml_mark_t mark)
{
	if (mark.line >= reader->end.line)
		return reader->end;
	return (struct pos){ reader->source->name, (unsigned)mark.line + 1,
		(unsigned)mark.column + 1 };
}

/* libyaml has stopped: say why. */
static int
report_parser(const struct reader *reader)
{
	const yaml_parser_t *parser = &reader->parser;
	struct yaml_trouble trouble = {
		.problem = parser->problem != NULL ? parser->problem : "",
		.context = parser->context != NULL ? parser->context : "",
		.problem_pos = pos_of(reader, parser->problem_mark),
		.context_pos = pos_of(reader, parser->context_mark),
	};

	if (parser->error == YAML_MEMORY_ERROR)
		memory_exhausted();
	yaml_report(&trouble, reader->source, reader->diags);
	return -1;
}

/* Count one more value; -1 with the reason in diags beyond the limit. */
static int
count_value(struct reader *reader, struct pos pos)
{
	if (reader->n_values++ < VALUE_COUNT)
		return 0;
	diag_add(reader->diags, DIAG_YAML_SIZE, pos, "%d", VALUE_COUNT);
	return -1;
}

/* Put a value where the next one belongs. */
static void
attach(struct reader *reader, struct value *value)
{
	struct level *level;

	if (reader->depth == 0) {
		reader->root = value;
		return;
	}
	level = &reader->levels[reader->depth - 1];
	value->key = level->key;
	value->key_pos = level->key_pos;
	level->key = NULL;
	value_add(level->value, value);
}

static bool
expects_key(const struct reader *reader)
{
	const struct level *level;

	if (reader->depth == 0)
		return false;
	level = &reader->levels[reader->depth - 1];
	return level->value->kind == VALUE_MAP && level->key == NULL;
}

static struct anchor *
find_anchor(struct reader *reader, const char *name)
{
	for (size_t i = 0; i < reader->n_anchors; i++)
		if (strcmp(reader->anchors[i].name, name) == 0)
			return &reader->anchors[i];
	return NULL;
}

/* Remember a value under its anchor, if it has one. */
static int
add_anchor(struct reader *reader, const yaml_char_t *anchor,
    const struct value *value, bool open)
{
	const char *name = (const char *)anchor;
	const struct anchor *first;

	if (name == NULL)
		return 0;
	first = find_anchor(reader, name);
	if (first != NULL) {
		diag_add(reader->diags, DIAG_YAML_ALIAS, value->pos,
		    "anchor &%.*s is given twice, first on line %u",
		    value_shown(name), name, first->line);
		return -1;
	}
	if (reader->n_anchors == ANCHORS) {
		diag_add(reader->diags, DIAG_YAML_ALIAS, value->pos,
		    "more than %d anchors", ANCHORS);
		return -1;
	}
	reader->anchors[reader->n_anchors++] =
	    (struct anchor){ arena_str(reader->arena, name), value,
		    value->pos.line, open };
	return 0;
}

/* Tags make a value mean what its reader does not see: none is let in. */
static int
check_tag(struct reader *reader, const yaml_char_t *tag, struct pos pos)
{
	static const char core[] = "tag:yaml.org,2002:";
	const char *name = (const char *)tag;
	const char *mark = "";

	if (name == NULL)
		return 0;
	if (strncmp(name, core, sizeof(core) - 1) == 0) {
		name += sizeof(core) - 1;
		mark = "!!";
	}
	diag_add(reader->diags, DIAG_YAML_TAG, pos, "%s%.*s", mark,
	    value_shown(name), name);
	return -1;
}

/* What an escape may have brought into a text. */
static int
check_text(struct reader *reader, const char *p, size_t n, struct pos pos)
{
	unsigned code = value_refused_char(p, n);

	if (code == VALUE_NO_CHAR && memchr(p, '\r', n) != NULL)
		code = '\r';
	if (code == VALUE_NO_CHAR)
		return 0;
	diag_add(reader->diags, DIAG_TEXT_CONTROL, pos,
	    "U+%04X, written as an escape", code);
	return -1;
}

static struct value *
make_scalar(struct reader *reader, const yaml_event_t *event, struct pos pos)
{
	const char *p = (const char *)event->data.scalar.value;
	size_t n = event->data.scalar.length;
	bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	struct value *value = value_new(
	    reader->arena, plain && n == 0 ? VALUE_NULL : VALUE_TEXT, pos);

	value->quoted = !plain;
	value->len = n;
	if (value->kind == VALUE_TEXT)
		value->text = arena_dup(reader->arena, p, n);
	return value;
}

/* The scalar is the key of the next value; it may have an anchor itself. */
static int
take_key(struct reader *reader, const yaml_event_t *event, struct pos pos)
{
	struct level *level = &reader->levels[reader->depth - 1];
	size_t n = event->data.scalar.length;

	if (n == 0 || n > YAML_KEY_BYTES) {
		diag_add(reader->diags, DIAG_YAML_KEY, pos,
		    n == 0 ? "empty" : "longer than %d bytes", YAML_KEY_BYTES);
		return -1;
	}
	level->key =
	    arena_dup(reader->arena, (const char *)event->data.scalar.value, n);
	level->key_pos = pos;
	if (event->data.scalar.anchor == NULL)
		return 0;
	return add_anchor(reader, event->data.scalar.anchor,
	    make_scalar(reader, event, pos), false);
}

static int
take_scalar(struct reader *reader, const yaml_event_t *event)
{
	struct pos pos = pos_of(reader, event->start_mark);
	struct value *value;

	if (check_tag(reader, event->data.scalar.tag, pos) == -1 ||
	    check_text(reader, (const char *)event->data.scalar.value,
		event->data.scalar.length, pos) == -1)
		return -1;
	if (expects_key(reader))
		return take_key(reader, event, pos);
	if (count_value(reader, pos) == -1)
		return -1;
	value = make_scalar(reader, event, pos);
	if (add_anchor(reader, event->data.scalar.anchor, value, false) == -1)
		return -1;
	attach(reader, value);
	return 0;
}

/*
 * Copy what an alias stands for, so that the tree stays a tree.  NULL with
 * the reason in diags, at the alias, when that leads beyond a limit.
 */
static struct value *
copy(struct reader *reader, const struct value *from, size_t depth,
    struct pos pos)
{
	struct value *to;

	if (count_value(reader, pos) == -1)
		return NULL;
	if (reader->n_copied++ == ALIAS_BUDGET) {
		diag_add(reader->diags, DIAG_YAML_ALIAS, pos,
		    "aliases expand to more than %d values", ALIAS_BUDGET);
		return NULL;
	}
	if (from->kind >= VALUE_LIST && depth == VALUE_DEPTH) {
		diag_add(reader->diags, DIAG_YAML_DEPTH, pos, "%d levels",
		    VALUE_DEPTH);
		return NULL;
	}
	to = arena_alloc(reader->arena, sizeof(*to));
	*to = *from;
	to->first = to->last = to->next = NULL;
	to->n = 0;
	for (const struct value *v = from->first; v != NULL; v = v->next) {
		struct value *child = copy(reader, v, depth + 1, pos);

		if (child == NULL)
			return NULL;
		value_add(to, child);
	}
	return to;
}

/* The copy's own place is the alias; what is in it stays where it stands. */
static int
take_alias(struct reader *reader, const yaml_event_t *event)
{
	const char *name = (const char *)event->data.alias.anchor;
	struct pos pos = pos_of(reader, event->start_mark);
	const struct anchor *anchor = find_anchor(reader, name);
	const char *why = NULL;
	struct value *value;

	if (expects_key(reader))
		why = "a key cannot be an alias";
	else if (anchor == NULL)
		why = "no anchor has this name";
	else if (anchor->open)
		why = "the value would hold itself";
	if (why != NULL) {
		diag_add(reader->diags, DIAG_YAML_ALIAS, pos, "*%.*s: %s",
		    value_shown(name), name, why);
		return -1;
	}
	value = copy(reader, anchor->value, reader->depth, pos);
	if (value == NULL)
		return -1;
	value->pos = pos;
	attach(reader, value);
	return 0;
}

/* What a list and a map have in common when they begin. */
struct opening {
	enum value_kind kind;
	const yaml_char_t *anchor;
	const yaml_char_t *tag;
	struct pos pos;
};

static int
open_level(struct reader *reader, const struct opening *opening)
{
	struct pos pos = opening->pos;
	struct value *value;

	if (reader->depth == VALUE_DEPTH) {
		diag_add(reader->diags, DIAG_YAML_DEPTH, pos, "%d levels",
		    VALUE_DEPTH);
		return -1;
	}
	if (expects_key(reader)) {
		diag_add(reader->diags, DIAG_YAML_KEY, pos, "it is %s",
		    value_kind_word(opening->kind));
		return -1;
	}
	if (check_tag(reader, opening->tag, pos) == -1 ||
	    count_value(reader, pos) == -1)
		return -1;
	value = value_new(reader->arena, opening->kind, pos);
	if (add_anchor(reader, opening->anchor, value, true) == -1)
		return -1;
	attach(reader, value);
	reader->levels[reader->depth++] = (struct level){ .value = value,
		.anchor = opening->anchor != NULL ? reader->n_anchors : 0 };
	return 0;
}

static int
close_level(struct reader *reader)
{
	const struct level *level = &reader->levels[--reader->depth];
	const struct value *twin = NULL;

	if (level->anchor > 0)
		reader->anchors[level->anchor - 1].open = false;
	if (level->value->kind == VALUE_MAP)
		twin = value_duplicate(level->value);
	if (twin == NULL)
		return 0;
	diag_add(reader->diags, DIAG_YAML_DUPLICATE, twin->key_pos,
	    "\"%.*s\", first given on line %u", value_shown(twin->key),
	    twin->key, value_get(level->value, twin->key)->key_pos.line);
	return -1;
}

/* The file holds one document and names no tags for it. */
static int
open_document(struct reader *reader, const yaml_event_t *event)
{
	struct pos pos = pos_of(reader, event->start_mark);

	if (reader->root != NULL) {
		diag_add(reader->diags, DIAG_YAML_DOCUMENTS, pos,
		    "a file holds one; the second begins here");
		return -1;
	}
	if (event->data.document_start.tag_directives.start !=
	    event->data.document_start.tag_directives.end) {
		diag_add(reader->diags, DIAG_YAML_TAG, pos, "%%TAG");
		return -1;
	}
	return 0;
}

static int
take_event(struct reader *reader, const yaml_event_t *event)
{
	struct pos pos = pos_of(reader, event->start_mark);

	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		return open_document(reader, event);
	case YAML_SCALAR_EVENT:
		return take_scalar(reader, event);
	case YAML_ALIAS_EVENT:
		return take_alias(reader, event);
	case YAML_SEQUENCE_START_EVENT:
		return open_level(reader,
		    &(struct opening){ VALUE_LIST,
			event->data.sequence_start.anchor,
			event->data.sequence_start.tag, pos });
	case YAML_MAPPING_START_EVENT:
		return open_level(reader,
		    &(struct opening){ VALUE_MAP,
			event->data.mapping_start.anchor,
			event->data.mapping_start.tag, pos });
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return close_level(reader);
	default:
		return 0;
	}
}

/*
 * What libyaml would let pass or take too long over: a carriage return that
 * ends a line for it but not for most editors, and %TAG lines without end.
 */
static int
check_lines(const struct source *source, struct diag_list *diags)
{
	const char *p = source->bytes;
	const char *end = p + source->size;
	size_t n_tags = 0;

	while (p < end) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		const char *cr;

		if (stop == NULL)
			stop = end;
		cr = memchr(p, '\r', (size_t)(stop - p));
		if (cr != NULL && (cr + 1 < stop || stop == end)) {
			diag_add(diags, DIAG_TEXT_BREAK,
			    source_pos(source, (size_t)(cr - source->bytes)),
			    "U+000D, a carriage return without a line feed");
			return -1;
		}
		if (stop - p > 4 && memcmp(p, "%TAG", 4) == 0 &&
		    ++n_tags > TAG_LINES) {
			diag_add(diags, DIAG_YAML_TAG,
			    source_pos(source, (size_t)(p - source->bytes)),
			    "%%TAG");
			return -1;
		}
		p = stop < end ? stop + 1 : end;
	}
	return 0;
}

/* Take in every event; 0, or -1 with the reason in diags. */
static int
read_events(struct reader *reader)
{
	bool more = true;
	int rc = 0;

	while (more && rc == 0) {
		yaml_event_t event;

		if (yaml_parser_parse(&reader->parser, &event) == 0)
			return report_parser(reader);
		rc = take_event(reader, &event);
		more = event.type != YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	return rc;
}

struct value *
yaml_read(struct arena *arena, struct source *source, struct diag_list *diags)
{
	struct reader reader = {
		.arena = arena, .source = source, .diags = diags
	};
	int rc;

	if (source_check_text(source, diags) == -1 ||
	    check_lines(source, diags) == -1)
		return NULL;
	if (yaml_parser_initialize(&reader.parser) == 0)
		memory_exhausted();
	reader.end = source_pos(source, source->size);
	yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
	    &reader.parser, (const unsigned char *)source->bytes, source->size);
	rc = read_events(&reader);
	yaml_parser_delete(&reader.parser);
	if (rc == -1)
		return NULL;
	if (reader.root == NULL || reader.root->kind == VALUE_NULL) {
		diag_add(diags, DIAG_YAML_EMPTY,
		    (struct pos){ source->name, 0, 0 }, "%s", "");
		return NULL;
	}
	return reader.root;
}
