#include "read/yaml_place.h"

#include <string.h>

#include "read/yaml.h"
#include "tap.h"

/* Words of a text are found again in the file, however it was written. */

/* A file with one scalar, a word of it, and where that stands. */
struct spot {
	const char *what;
	const char *yaml;
	const char *word;
	unsigned line, column;
};

static void
find(const struct spot *spot)
{
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	const struct value *value;
	struct source source;
	const char *at;
	struct pos pos;

	source_of_bytes(&source, "a.yaml", spot->yaml, strlen(spot->yaml));
	value = yaml_read(&arena, &source, &diags);
	if (!CHECK(value != NULL)) {
		arena_free(&arena);
		return;
	}
	while (value->kind != VALUE_TEXT)
		value = value->last;
	at = strstr(value->text, spot->word);
	if (CHECK(at != NULL)) {
		pos = yaml_place(&source, value->pos, value->text,
		    (size_t)(at - value->text));
		if (!CHECK_INT(pos.line, spot->line) ||
		    !CHECK_INT(pos.column, spot->column))
			printf("# %s\n", spot->what);
		CHECK_STR(pos.file, "a.yaml");
	}
	arena_free(&arena);
}

static void
scalars_of_every_style(void)
{
	static const struct spot spots[] = {
		{ "plain", "a: one two three\n", "two", 1, 8 },
		{ "its first byte", "a: one two\n", "one", 1, 4 },
		{ "its last byte", "a: one two\n", "o", 1, 4 },
		{ "plain over lines", "a: one\n  two\n\n  three\n", "three", 4,
		    3 },
		{ "single quotes", "a: 'one two'\n", "two", 1, 9 },
		{ "a quote in quotes", "a: 'it''s two'\n", "two", 1, 11 },
		{ "double quotes", "a: \"one two\"\n", "two", 1, 9 },
		{ "folded", "a: >-\n  one\n  two\n  three\n", "three", 4, 3 },
		{ "folded, deeper", "a:\n  b: >-\n      one\n      two\n",
		    "two", 4, 7 },
		{ "a folded paragraph", "a: >\n  one\n\n  two\n", "two", 4, 3 },
		{ "literal", "a: |\n  one\n    two\n", "two", 3, 5 },
		{ "a block with a comment", "a: >- # why\n  one two\n", "two",
		    2, 7 },
		{ "in a list", "a:\n  - one\n  - two three\n", "three", 3, 9 },
		{ "behind an emoji", "a: \xf0\x9f\x98\x80 two\n", "two", 1, 6 },
		{ "behind a wide letter", "\xc3\xa9: \xc3\xa6 two\n", "two", 1,
		    6 },
		{ "lines that end in CR LF", "a: >-\r\n  one\r\n  two\r\n",
		    "two", 3, 3 },
		{ "the start where escapes stand before",
		    "a: \"one\\u00e9 two\"\n", "two", 1, 4 },
		{ "the place of an alias", "a: &x one two\nb: *x\n", "two", 2,
		    4 },
	};

	for (size_t i = 0; i < sizeof(spots) / sizeof(spots[0]); i++)
		find(&spots[i]);
}

/* Line numbers beyond 16 bits, columns beyond the line. */
static void
far_away(void)
{
	enum { LINES = 70000 };
	struct source source;
	struct arena arena = { 0 };
	char *bytes = arena_alloc(&arena, LINES + 32);
	struct pos start = { "a.yaml", LINES + 1, 4 };
	struct pos pos;

	memset(bytes, '\n', LINES);
	memcpy(bytes + LINES, "a: one two\n", 12);
	source_of_bytes(&source, "a.yaml", bytes, LINES + 11);
	pos = yaml_place(&source, start, "one two", 4);
	CHECK_INT(pos.line, LINES + 1);
	CHECK_INT(pos.column, 8);
	start.line = LINES + 100;
	pos = yaml_place(&source, start, "one two", 4);
	CHECK_INT(pos.line, LINES + 100);
	CHECK_INT(pos.column, 4);
	arena_free(&arena);
}

int
main(void)
{
	scalars_of_every_style();
	far_away();
	return tap_done();
}
