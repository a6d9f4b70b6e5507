#include "read/yaml.h"

#include <time.h>

#include "reading.h"

#define READ yaml_read

static void
reads_scalars(void)
{
	CHECK_TREE("a: b\n", "{a: \"b\"}");
	CHECK_TREE("plain", "\"plain\"");
	CHECK_TREE("a: 1\nb: yes\nc: ~\nd: null\ne: 0x10\nf: 2024-01-01\n",
	    "{a: \"1\", b: \"yes\", c: \"~\", d: \"null\", e: \"0x10\", "
	    "f: \"2024-01-01\"}");
	CHECK_TREE("a:\nb: ''\nc: \"\"\n", "{a: null, b: \"\", c: \"\"}");
	CHECK_TREE("a: 'it''s'\nb: \"q\\\"\\\\ \\u00e9\\t\\n\"\n",
	    "{a: \"it's\", b: \"q\\\"\\\\ \xc3\xa9\\t\\n\"}");
	CHECK_TREE("a: |\n  one\n  two\n\nb: >-\n  one\n  two\n",
	    "{a: \"one\\ntwo\\n\", b: \"one two\"}");
	CHECK_TREE("a: one\n  two # remark\n", "{a: \"one two\"}");
	CHECK_TREE("country: NO\n", "{country: \"NO\"}");
	CHECK_TREE("<<: {a: 1}\n", "{<<: {a: \"1\"}}");
}

static void
reads_lists_and_maps(void)
{
	CHECK_TREE("- a\n- - b\n  - c\n- {d: [e, f], g: {}}\n- []\n",
	    "[\"a\", [\"b\", \"c\"], {d: [\"e\", \"f\"], g: {}}, []]");
	CHECK_TREE("{a: 1, b: }", "{a: \"1\", b: null}");
	CHECK_TREE("? a\n: b\n? c\n", "{a: \"b\", c: null}");
	CHECK_TREE("'a b': 1\n\"c\\nd\": 2\n", "{a b: \"1\", c\nd: \"2\"}");
	CHECK_TREE("---\na: 1\n...\n", "{a: \"1\"}");
	CHECK_TREE("%YAML 1.1\n---\na: 1\n", "{a: \"1\"}");
}

static void
takes_marks_and_breaks(void)
{
	CHECK_TREE("\xef\xbb\xbf"
		   "a: 1\n",
	    "{a: \"1\"}");
	CHECK_PLACES("\xef\xbb\xbf"
		     "a: 1\n",
	    "1:1 {a 1:1 1:4}");
	CHECK_TREE("a: |\r\n  x\r\n  y\r\nb: 'p\r\n  q'\r\n",
	    "{a: \"x\\ny\\n\", b: \"p q\"}");
	CHECK_PLACES("a: 1\r\nb: 2\r\n", "1:1 {a 1:1 1:4, b 2:1 2:4}");
	CHECK_TREE("a: x", "{a: \"x\"}");
}

static void
gives_places(void)
{
	CHECK_PLACES("a: 1\nb:\n  - c\n  - d: e\n",
	    "1:1 {a 1:1 1:4, b 2:1 3:3 [3:5, 4:5 {d 4:5 4:8}]}");
	CHECK_PLACES("\"\xf0\x9f\x98\x80\": \xc3\xa9 # x\n",
	    "1:1 {\xf0\x9f\x98\x80 1:1 1:6}");
	CHECK_PLACES(
	    "a: [\xf0\x9f\x98\x80, 'b']\n", "1:1 {a 1:1 1:4 [1:5, 1:8]}");
	CHECK_PLACES("? a", "1:1 {a 1:3 1:4}");
	CHECK_PLACES("a: |\n  x\nb: 1\n", "1:1 {a 1:1 1:4, b 3:1 3:4}");
}

static void
keeps_quotes_in_mind(void)
{
	struct reading r;
	const char bytes[] = "a: 1\nb: '1'\nc: \"1\"\nd: |\n  1\ne: ''\nf:\n";
	const char *const want = "-qqqq-";
	size_t i = 0;

	reading_begin(&r, yaml_read, bytes, sizeof(bytes) - 1);
	for (const struct value *v = r.value->first; v != NULL; v = v->next)
		CHECK_INT(v->quoted, want[i++] == 'q');
	CHECK_INT(i, 6);
	CHECK_INT(value_get(r.value, "b")->len, 1);
	CHECK(value_get(r.value, "f")->text == NULL);
	CHECK_STR(value_get(r.value, "e")->text, "");
	reading_end(&r);
}

/* Positions are right far beyond 65,535 lines and columns. */
static void
counts_far(void)
{
	struct text t = { 0 };
	struct reading r;

	for (int i = 0; i < 70000; i++)
		text_puts(&t, "# line\n");
	text_puts(&t, "a: [");
	for (int i = 0; i < 70000; i++)
		text_putc(&t, ' ');
	text_puts(&t, "x]\n");
	reading_begin(&r, yaml_read, t.p, t.n);
	CHECK_INT(r.value->first->pos.line, 70001);
	CHECK_INT(r.value->first->first->pos.column, 70005);
	reading_end(&r);
	text_free(&t);
}

static void
replays_aliases(void)
{
	CHECK_TREE("a: &x [1, {b: 2}]\nc: *x\nd: *x\n",
	    "{a: [\"1\", {b: \"2\"}], c: [\"1\", {b: \"2\"}], "
	    "d: [\"1\", {b: \"2\"}]}");
	CHECK_TREE("a: &x\nb: *x\n", "{a: null, b: null}");
	CHECK_TREE("&k a: 1\nb: *k\n", "{a: \"1\", b: \"a\"}");
	CHECK_TREE("&all {a: 1}", "{a: \"1\"}");
	/* A copy stands at its alias; what is in it, where it was written. */
	CHECK_PLACES("a: &x {b: 2}\nc: *x\n",
	    "1:1 {a 1:1 1:4 {b 1:8 1:11}, c 2:1 2:4 {b 1:8 1:11}}");
}

static void
refuses_aliases(void)
{
	CHECK_REFUSED("a: *x\n", YAML_ALIAS, 1, 4, "*x: no anchor");
	CHECK_REFUSED("a: *x\nb: &x 1\n", YAML_ALIAS, 1, 4, "no anchor");
	CHECK_REFUSED("a: &x\n  b: *x\n", YAML_ALIAS, 2, 6, "hold itself");
	CHECK_REFUSED("&x [a, [*x]]", YAML_ALIAS, 1, 9, "hold itself");
	CHECK_REFUSED("a: &x 1\nb: &x 2\n", YAML_ALIAS, 2, 4,
	    "twice, first "
	    "on line 1");
	CHECK_REFUSED("a: &x [&x 1]\n", YAML_ALIAS, 1, 8, "twice");
	CHECK_REFUSED("a: &x 1\n*x : 2\n", YAML_ALIAS, 2, 1, "key");
	CHECK_REFUSED("a: **bold**\n", YAML_ALIAS, 1, 5, "quotes");
	CHECK_REFUSED("a: & b\n", YAML_ALIAS, 1, 5, "quotes");
}

/* Read n times a piece, with its number in it where it has a %zu. */
static void
repeat(struct text *t, const char *before, const char *piece, size_t n)
{
	text_clear(t);
	text_puts(t, before);
	for (size_t i = 0; i < n; i++) {
		const char *mark = strchr(piece, '#');

		if (mark == NULL) {
			text_puts(t, piece);
			continue;
		}
		text_put(t, piece, (size_t)(mark - piece));
		text_printf(t, "%zu%s", i, mark + 1);
	}
}

static bool
accepts(const struct text *t)
{
	struct reading r;
	bool accepted;

	reading_begin(&r, yaml_read, t->p, t->n);
	accepted = r.value != NULL;
	reading_end(&r);
	return accepted;
}

static void
limits_anchors(void)
{
	struct text t = { 0 };

	repeat(&t, "", "- &a# x\n", 256);
	CHECK(accepts(&t));
	repeat(&t, "", "- &a# x\n", 257);
	CHECK_REFUSED(t.p, YAML_ALIAS, 257, 3, "more than 256 anchors");
	text_free(&t);
}

/* Every value of a copy counts against the budget, at any depth. */
static void
limits_aliases(void)
{
	struct text t = { 0 };

	repeat(&t, "- &a [x, x, x, x, x, x, x, x, x]\n", "- *a\n", 10000);
	CHECK(accepts(&t));
	text_puts(&t, "- &b y\n- *b\n");
	CHECK_REFUSED(t.p, YAML_ALIAS, 10003, 3, "more than 100000 values");
	text_free(&t);
}

static void
limits_depth(void)
{
	struct text t = { 0 };

	repeat(&t, "", "[", 64);
	text_puts(&t, "x");
	for (int i = 0; i < 64; i++)
		text_putc(&t, ']');
	CHECK(accepts(&t));
	repeat(&t, "", "[", 65);
	CHECK_REFUSED(t.p, YAML_DEPTH, 1, 65, "64 levels");
	repeat(&t, "", "{a: ", 65);
	CHECK_REFUSED(t.p, YAML_DEPTH, 1, 257, "64 levels");
	repeat(&t, "", "- ", 65);
	CHECK_REFUSED(t.p, YAML_DEPTH, 1, 129, "64 levels");
	/* An alias 40 levels down of something 40 levels high. */
	repeat(&t, "a: &a ", "[", 40);
	for (int i = 0; i < 40; i++)
		text_putc(&t, ']');
	text_puts(&t, "\nb: ");
	for (int i = 0; i < 40; i++)
		text_putc(&t, '[');
	text_puts(&t, "*a");
	CHECK_REFUSED(t.p, YAML_DEPTH, 2, 44, "64 levels");
	text_free(&t);
}

static void
limits_values(void)
{
	struct text t = { 0 };

	repeat(&t, "[", "a,", 999999);
	text_puts(&t, "]");
	CHECK(accepts(&t));
	repeat(&t, "[", "a,", 1000000);
	text_puts(&t, "]");
	CHECK_REFUSED(t.p, YAML_SIZE, 1, 2000000, "1000000");
	text_free(&t);
}

static void
refuses_tags(void)
{
	CHECK_REFUSED("a: !!str b\n", YAML_TAG, 1, 4, "!!str");
	CHECK_REFUSED("a: !x b\n", YAML_TAG, 1, 4, "!x");
	CHECK_REFUSED("a: ! b\n", YAML_TAG, 1, 4, "!");
	CHECK_REFUSED("a: !!map {}\n", YAML_TAG, 1, 4, "!!map");
	CHECK_REFUSED("a: !!seq []\n", YAML_TAG, 1, 4, "!!seq");
	CHECK_REFUSED("!!str a: b\n", YAML_TAG, 1, 1, "!!str");
	CHECK_REFUSED("a: !<tag:x,2000:y> b\n", YAML_TAG, 1, 4, "tag:x");
	CHECK_REFUSED("a: !foo!bar b\n", YAML_TAG, 1, 4, "quotes");
	CHECK_REFUSED("a: !<x b\n", YAML_TAG, 1, 7, "quotes");
	CHECK_REFUSED("%TAG ! tag:x\n---\na: 1\n", YAML_TAG, 1, 1, "%TAG");
	CHECK_TREE("a: '!x'\n", "{a: \"!x\"}");
}

static void
refuses_documents(void)
{
	CHECK_REFUSED("a: 1\n---\nb: 2\n", YAML_DOCUMENTS, 2, 1, "one");
	CHECK_REFUSED("a: 1\n---\n", YAML_DOCUMENTS, 2, 1, "one");
	CHECK_REFUSED("a: 1\n...\n---\nb: 2\n", YAML_DOCUMENTS, 3, 1, "one");
	CHECK_REFUSED("a: 1\n...\nb: 2\n", YAML_SYNTAX, 3, 1, "after the end");
	CHECK_REFUSED("", YAML_EMPTY, 0, 0, "");
	CHECK_REFUSED("# only a remark\n", YAML_EMPTY, 0, 0, "");
	CHECK_REFUSED("---\n", YAML_EMPTY, 0, 0, "");
	CHECK_REFUSED("\xef\xbb\xbf", YAML_EMPTY, 0, 0, "");
}

static void
refuses_duplicates(void)
{
	CHECK_REFUSED("a: 1\nb: 2\na: 3\n", YAML_DUPLICATE, 3, 1,
	    "\"a\", first given on line 1");
	CHECK_REFUSED("{a: 1, \"\\x61\": 2}", YAML_DUPLICATE, 1, 8, "\"a\"");
	CHECK_REFUSED("x:\n  - b: 1\n    'b': 2\n", YAML_DUPLICATE, 3, 5,
	    "first given on line 2");
	CHECK_TREE("a: {b: 1}\nb: {b: 1}\n", "{a: {b: \"1\"}, b: {b: \"1\"}}");
	CHECK_TREE("a: 1\nA: 2\n", "{a: \"1\", A: \"2\"}");
}

static void
refuses_keys(void)
{
	struct text t = { 0 };

	CHECK_REFUSED("? [a]\n: 1\n", YAML_KEY, 1, 3, "a list");
	CHECK_REFUSED("{a: 1}: 2\n", YAML_KEY, 1, 1, "a map");
	CHECK_REFUSED("\"\": 1\n", YAML_KEY, 1, 1, "empty");
	CHECK_REFUSED("?\n: 1\n", YAML_KEY, 1, 2, "empty");
	repeat(&t, "", "k", 1024);
	text_puts(&t, ": 1\n");
	CHECK(accepts(&t));
	repeat(&t, "a:\n  ", "k", 1025);
	text_puts(&t, ": 1\n");
	CHECK_REFUSED(t.p, YAML_KEY, 2, 3, "longer than 1024 bytes");
	repeat(&t, "- a: 1\n  ", "k", 3000);
	text_puts(&t, ": 1\n");
	CHECK_REFUSED(t.p, YAML_KEY, 2, 3, "longer than 1024 bytes");
	repeat(&t, "? ", "k", 1025);
	text_puts(&t, "\n: 1\n");
	CHECK_REFUSED(t.p, YAML_KEY, 1, 3, "longer than 1024 bytes");
	/* The value is long here, not the key. */
	repeat(&t, "a: ", "k", 3000);
	text_puts(&t, " b: 1\n");
	CHECK_REFUSED(t.p, YAML_SYNTAX, 1, 3006, "quotes");
	text_free(&t);
}

static void
refuses_characters(void)
{
	CHECK_REFUSED("a: \"\\x1b\"\n", TEXT_CONTROL, 1, 4, "U+001B");
	CHECK_REFUSED("a: \"\\0\"\n", TEXT_CONTROL, 1, 4, "U+0000");
	CHECK_REFUSED("a: \"x\\ry\"\n", TEXT_CONTROL, 1, 4, "U+000D");
	CHECK_REFUSED("a: \"\\N\"\n", TEXT_CONTROL, 1, 4, "U+0085");
	CHECK_REFUSED("a: \"\\L\"\n", TEXT_CONTROL, 1, 4, "U+2028");
	CHECK_REFUSED("a: \"\\P\"\n", TEXT_CONTROL, 1, 4, "U+2029");
	CHECK_REFUSED("a: \"\\x7f\"\n", TEXT_CONTROL, 1, 4, "U+007F");
	CHECK_REFUSED("a: \"\\x9b\"\n", TEXT_CONTROL, 1, 4, "U+009B");
	CHECK_REFUSED("a: \"\\uFDD0\"\n", TEXT_CONTROL, 1, 4, "U+FDD0");
	CHECK_REFUSED("a: \"\\U0001FFFF\"\n", TEXT_CONTROL, 1, 4, "U+1FFFF");
	CHECK_REFUSED("\"k\\e\": 1\n", TEXT_CONTROL, 1, 1, "U+001B");
	CHECK_TREE("a: \"\\t\\n\\u00a0\"\n", "{a: \"\\t\\n\xc2\xa0\"}");
	CHECK_REFUSED("a: \x01\n", TEXT_CONTROL, 1, 4, "U+0001");
	CHECK_REFUSED("a: # x\xc2\x85"
		      "b: 1\n",
	    TEXT_BREAK, 1, 7, "U+0085");
	CHECK_REFUSED("a: 1 # x\rb: 2\n", TEXT_BREAK, 1, 9, "U+000D");
	CHECK_REFUSED("a: 1\r", TEXT_BREAK, 1, 5, "U+000D");
	CHECK_REFUSED("a: 1\r\r\n", TEXT_BREAK, 1, 5, "U+000D");
	CHECK_REFUSED("a: \xe9\n", TEXT_UTF8, 1, 4, "0xe9");
}

/* What libyaml complains about is said in words that help. */
static void
explains_indentation(void)
{
	CHECK_REFUSED("a:\n\tb: 1\n", YAML_SYNTAX, 2, 1, "tab");
	CHECK_REFUSED("- a:\n\t- b\n", YAML_SYNTAX, 2, 1, "tab");
	CHECK_REFUSED("a:\n  b: 1\n c: 2\n", YAML_SYNTAX, 3, 2, "indentation");
	CHECK_REFUSED("- a\nb: 1\n", YAML_SYNTAX, 2, 1, "list item");
	CHECK_REFUSED("a: 1\n- b\n", YAML_SYNTAX, 2, 1, "expected a key");
	CHECK_REFUSED("a: - b\n", YAML_SYNTAX, 1, 4, "line of its own");
	CHECK_REFUSED("a: ? b\n", YAML_SYNTAX, 1, 4, "key cannot begin");
	CHECK_REFUSED("a: |x\n  b\n", YAML_SYNTAX, 1, 5, "after | or >");
	CHECK_REFUSED("a: >0\n  b\n", YAML_SYNTAX, 1, 5, "from 1 to 9");
	CHECK_REFUSED("a: 1\n b\n: c\n", YAML_SYNTAX, 3, 1, "");
}

static void
explains_quotes(void)
{
	CHECK_REFUSED("a: b: c\n", YAML_SYNTAX, 1, 5, "quotes");
	CHECK_REFUSED(
	    "a: 1\nb: \"x\nc: 1\n", YAML_SYNTAX, 2, 4, "closing quote");
	CHECK_REFUSED("a: 'x\n", YAML_SYNTAX, 1, 4, "closing quote");
	CHECK_REFUSED("a: \"x\n---\ny\"\n", YAML_SYNTAX, 1, 4, "closing quote");
	CHECK_REFUSED("a: 'it's'\n", YAML_SYNTAX, 1, 8, "quotes");
	CHECK_REFUSED("a: @x\n", YAML_SYNTAX, 1, 4, "\"@\"");
	CHECK_REFUSED("a: `x`\n", YAML_SYNTAX, 1, 4, "\"`\"");
	CHECK_REFUSED("\xc3\xa9: %x\n", YAML_SYNTAX, 1, 4, "\"%\"");
	CHECK_REFUSED("a: \"\\q\"\n", YAML_SYNTAX, 1, 5, "backslash");
	CHECK_REFUSED("a: \"\\xZZ\"\n", YAML_SYNTAX, 1, 7, "hexadecimal");
	CHECK_REFUSED("a: \"\\uD800\"\n", YAML_SYNTAX, 1, 7, "no character");
	CHECK_REFUSED("a: 1\nkey\nb: 1\n", YAML_SYNTAX, 2, 1, "\":\"");
}

static void
explains_brackets(void)
{
	CHECK_REFUSED("a: [1, 2\n\n", YAML_SYNTAX, 1, 9, "a comma or ]");
	CHECK_REFUSED("a: [1, 2 ", YAML_SYNTAX, 1, 9, "a comma or ]");
	CHECK_REFUSED("a: {b: 1\n", YAML_SYNTAX, 1, 9, "a comma or }");
	CHECK_REFUSED("a: {b: 1]\n", YAML_SYNTAX, 1, 9, "a comma or }");
	CHECK_REFUSED("[,]\n", YAML_SYNTAX, 1, 2, "expected a value");
	CHECK_REFUSED("{a: 1}\nb\n", YAML_SYNTAX, 2, 1, "after the end");
	CHECK_REFUSED("%YAML 2.0\n---\na: 1\n", YAML_SYNTAX, 1, 1, "1.1");
	CHECK_REFUSED("%FOO x\n---\na: 1\n", YAML_SYNTAX, 1, 5, "%");
	CHECK_REFUSED("%YAML x\n---\na: 1\n", YAML_SYNTAX, 1, 7, "%");
}

/* Read and tell the seconds it took. */
static double
seconds(const struct text *t)
{
	struct timespec a, b;

	clock_gettime(CLOCK_MONOTONIC, &a);
	accepts(t);
	clock_gettime(CLOCK_MONOTONIC, &b);
	return (double)(b.tv_sec - a.tv_sec) +
	    1e-9 * (double)(b.tv_nsec - a.tv_nsec);
}

/* Each of these took minutes, or would, without its limit. */
static void
is_never_slow(void)
{
	static const struct {
		const char *before;
		const char *piece;
		size_t n;
	} cases[] = { { "", "[", 100000 }, { "", "[\n", 100000 },
		{ "", "{a: ", 100000 }, { "", "- ", 100000 },
		{ "", "? ", 100000 }, { "", "%TAG !a#! x\n", 200000 },
		{ "a\n...\n", "%TAG !a#! x\n", 200000 },
		{ "", "k#: 1\n", 300000 }, { "a: ", "abcdefgh", 2097151 },
		{ "a: \"", "\n", 16777200 }, { "", "- &a# x\n", 100000 } };
	struct text t = { 0 };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		repeat(&t, cases[i].before, cases[i].piece, cases[i].n);
		CHECK(seconds(&t) < 20);
	}
	text_free(&t);
}

int
main(void)
{
	reads_scalars();
	reads_lists_and_maps();
	takes_marks_and_breaks();
	gives_places();
	keeps_quotes_in_mind();
	counts_far();
	replays_aliases();
	refuses_aliases();
	limits_anchors();
	limits_aliases();
	limits_depth();
	limits_values();
	refuses_tags();
	refuses_documents();
	refuses_duplicates();
	refuses_keys();
	refuses_characters();
	explains_indentation();
	explains_quotes();
	explains_brackets();
	is_never_slow();
	return tap_done();
}
