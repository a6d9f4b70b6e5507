#include "read/value.h"

#include <time.h>

#include "base/file.h"
#include "read/place.h"
#include "tap.h"

static struct value *
add(struct arena *arena, struct value *map, const char *key, const char *text)
{
	struct value *value = value_new(
	    arena, text != NULL ? VALUE_TEXT : VALUE_NULL, (struct pos){ 0 });

	value->key = key;
	value->text = text;
	value->len = text != NULL ? strlen(text) : 0;
	value_add(map, value);
	return value;
}

static void
looks_up(void)
{
	struct arena arena = { 0 };
	struct pos pos = { "f", 4, 2 };
	struct value *map = value_new(&arena, VALUE_MAP, pos);
	struct value *list = value_new(&arena, VALUE_LIST, pos);
	struct value *a = add(&arena, map, "a", "1");
	struct value *b = add(&arena, map, "b", NULL);

	CHECK_INT(map->pos.line, 4);
	CHECK_INT(map->n, 2);
	CHECK(map->first == a && a->next == b && map->last == b);
	CHECK(value_get(map, "a") == a);
	CHECK(value_get(map, "b") == b);
	CHECK(value_get(map, "c") == NULL);
	CHECK(value_get(NULL, "a") == NULL);
	CHECK(value_get(a, "a") == NULL);
	value_add(list, value_new(&arena, VALUE_TEXT, pos));
	CHECK(value_get(list, "a") == NULL);
	CHECK_STR(value_text(map, "a"), "1");
	CHECK(value_text(map, "b") == NULL);
	CHECK(value_text(map, "c") == NULL);
	CHECK(value_text(NULL, "c") == NULL);
	arena_free(&arena);
}

static void
words_kinds(void)
{
	CHECK_STR(value_kind_word(VALUE_NULL), "nothing");
	CHECK_STR(value_kind_word(VALUE_BOOL), "true or false");
	CHECK_STR(value_kind_word(VALUE_NUMBER), "a number");
	CHECK_STR(value_kind_word(VALUE_TEXT), "a text");
	CHECK_STR(value_kind_word(VALUE_LIST), "a list");
	CHECK_STR(value_kind_word(VALUE_MAP), "a map");
}

/* A map of n keys, in which the i-th is the same as the first of j. */
static struct value *
numbered(struct arena *arena, size_t n, size_t i, size_t j)
{
	struct value *map = value_new(arena, VALUE_MAP, (struct pos){ 0 });

	for (size_t k = 0; k < n; k++)
		add(arena, map, arena_printf(arena, "k%zu", k == i ? j : k),
		    "x");
	return map;
}

static void
check_duplicate(size_t n, size_t i, size_t j)
{
	struct arena arena = { 0 };
	struct value *map = numbered(&arena, n, i, j);
	const struct value *want = i < n ? map->first : NULL;

	for (size_t k = 0; k < i && want != NULL; k++)
		want = want->next;
	CHECK(value_duplicate(map) == want);
	arena_free(&arena);
}

static void
finds_duplicates(void)
{
	const size_t none = 1000000;

	check_duplicate(0, none, 0);
	check_duplicate(1, none, 0);
	for (size_t n = 2; n < 20; n++) {
		check_duplicate(n, none, 0);
		check_duplicate(n, n - 1, 0);
		check_duplicate(n, n - 1, n - 2);
		check_duplicate(n, 1, 0);
	}
}

/* Of several, the one that stands first in the file. */
static void
finds_the_first_duplicate(void)
{
	static const char *const keys[] = { "z", "b", "c", "d", "e", "f", "g",
		"h", "i", "z", "b", "z", "b" };
	struct arena arena = { 0 };
	struct value *map = value_new(&arena, VALUE_MAP, (struct pos){ 0 });
	struct value *want = NULL;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct value *value = add(&arena, map, keys[i], "x");

		if (i == 9)
			want = value;
	}
	CHECK(value_duplicate(map) == want);
	arena_free(&arena);
}

/* A million keys, most of them alike at the front, are no trouble. */
static void
finds_duplicates_fast(void)
{
	struct arena arena = { 0 };
	struct value *map = numbered(&arena, 300000, 299999, 17);
	clock_t start = clock();

	CHECK(value_duplicate(map) == map->last);
	CHECK((clock() - start) / CLOCKS_PER_SEC < 10);
	arena_free(&arena);
}

static unsigned
refused(const char *s)
{
	return value_refused_char(s, strlen(s));
}

static void
knows_refused_characters(void)
{
	CHECK_INT(refused(""), VALUE_NO_CHAR);
	CHECK_INT(refused("a\tb\nc\rd"), VALUE_NO_CHAR);
	CHECK_INT(refused("caf\xc3\xa9 \xf0\x9f\x98\x80"), VALUE_NO_CHAR);
	CHECK_INT(refused("\xe2\x80\xae"), VALUE_NO_CHAR);
	CHECK_INT(value_refused_char("a\0b", 3), 0);
	CHECK_INT(refused("a\x1b"), 0x1b);
	CHECK_INT(refused("\x1f"), 0x1f);
	CHECK_INT(refused("\x7f"), 0x7f);
	CHECK_INT(refused("\xc2\x80"), 0x80);
	CHECK_INT(refused("\xc2\x85"), 0x85);
	CHECK_INT(refused("\xc2\x9f"), 0x9f);
	CHECK_INT(refused("\xc2\xa0"), VALUE_NO_CHAR);
	CHECK_INT(refused("\xe2\x80\xa7"), VALUE_NO_CHAR);
	CHECK_INT(refused("\xe2\x80\xa8"), 0x2028);
	CHECK_INT(refused("\xe2\x80\xa9"), 0x2029);
	CHECK_INT(refused("\xef\xb7\x90"), 0xfdd0);
	CHECK_INT(refused("\xef\xb7\xaf"), 0xfdef);
	CHECK_INT(refused("\xef\xb7\xb0"), VALUE_NO_CHAR);
	CHECK_INT(refused("\xef\xbf\xbe"), 0xfffe);
	CHECK_INT(refused("\xf0\x9f\xbf\xbf"), 0x1ffff);
	CHECK_INT(refused("\xf4\x8f\xbf\xbe"), 0x10fffe);
}

static void
cuts_what_it_shows(void)
{
	char text[64] = "";

	CHECK_INT(value_shown(""), 0);
	CHECK_INT(value_shown("abc"), 3);
	memset(text, 'x', 60);
	CHECK_INT(value_shown(text), 40);
	text[40] = '\0';
	CHECK_INT(value_shown(text), 40);
	/* A character over the edge is left out, not cut in two. */
	memcpy(text + 38, "\xf0\x9f\x98\x80!", 6);
	CHECK_INT(value_shown(text), 38);
	memcpy(text + 37, "\xe2\x82\xac!!!", 7);
	CHECK_INT(value_shown(text), 40);
}

static void
walks_places(void)
{
	static const char bytes[] = "ab\ncaf\xc3\xa9 \xf0\x9f\x98\x80 x\r\ny";
	struct source source;
	struct place place;
	unsigned wrong = 0;

	source_of_bytes(&source, "in", bytes, sizeof(bytes) - 1);
	place_init(&place, &source);
	for (size_t i = 0; i <= source.size; i++) {
		struct pos a = place_at(&place, i);
		struct pos b = source_pos(&source, i);

		wrong += a.line != b.line || a.column != b.column ||
		    a.file != b.file;
	}
	CHECK_INT(wrong, 0);
	CHECK_INT(place_at(&place, 14).column, 8);
	CHECK_INT(place_at(&place, 1000).line, 3);
	CHECK_INT(place_at(&place, 1000).column, 2);
	CHECK_INT(place_at(&place, 1).column, 2);
	CHECK_INT(place_at(&place, 1).line, 1);
}

int
main(void)
{
	looks_up();
	words_kinds();
	finds_duplicates();
	finds_the_first_duplicate();
	finds_duplicates_fast();
	knows_refused_characters();
	cuts_what_it_shows();
	walks_places();
	return tap_done();
}
