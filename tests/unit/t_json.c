#include "read/json.h"

#include <time.h>

#include "reading.h"

#define READ json_read

static void
reads_values(void)
{
	CHECK_TREE("{\"a\": 1, \"b\": [true, false, null, \"x\"]}",
	    "{a: 1, b: [true, false, null, \"x\"]}");
	CHECK_TREE("[]", "[]");
	CHECK_TREE(" \t\r\n{ } \n", "{}");
	CHECK_TREE("[[], {}, [[1]]]", "[[], {}, [[1]]]");
	CHECK_TREE("\"x\"", "\"x\"");
	CHECK_TREE("null", "null");
	CHECK_TREE("true", "true");
	CHECK_TREE("{\"\":1}", "{: 1}");
	CHECK_TREE("\xef\xbb\xbf[1]", "[1]");
	CHECK_TREE("{\"a\":{\"a\":{\"a\":1}}}", "{a: {a: {a: 1}}}");
}

static void
keeps_numbers(void)
{
	CHECK_TREE("[0, -0, 10, -1.50, 1e3, 1E+3, 2.5e-10]",
	    "[0, -0, 10, -1.50, 1e3, 1E+3, 2.5e-10]");
	CHECK_TREE("1.7976931348623157e308", "1.7976931348623157e308");
	CHECK_TREE("9007199254740993", "9007199254740993");
	CHECK_TREE("1e-400", "1e-400");
}

static void
tells_kinds(void)
{
	const char bytes[] = "{\"t\":true,\"f\":false,\"n\":null,\"i\":12,"
			     "\"s\":\"ab\"}";
	struct reading r;

	reading_begin(&r, json_read, bytes, sizeof(bytes) - 1);
	CHECK_INT(r.value->kind, VALUE_MAP);
	CHECK_INT(r.value->n, 5);
	CHECK_INT(value_get(r.value, "t")->kind, VALUE_BOOL);
	CHECK(value_get(r.value, "t")->truth);
	CHECK_STR(value_text(r.value, "t"), "true");
	CHECK(!value_get(r.value, "f")->truth);
	CHECK_INT(value_get(r.value, "f")->len, 5);
	CHECK_INT(value_get(r.value, "n")->kind, VALUE_NULL);
	CHECK(value_text(r.value, "n") == NULL);
	CHECK_INT(value_get(r.value, "i")->kind, VALUE_NUMBER);
	CHECK_INT(value_get(r.value, "i")->len, 2);
	CHECK_INT(value_get(r.value, "s")->kind, VALUE_TEXT);
	CHECK_INT(value_get(r.value, "s")->len, 2);
	CHECK_STR(value_text(r.value, "s"), "ab");
	reading_end(&r);
}

static void
unescapes(void)
{
	CHECK_TREE("\"\\\"\\\\\\/\\n\\t\\r\"", "\"\\\"\\\\/\\n\\t\\r\"");
	CHECK_TREE("\"\\u0041\\u00e9\\u20AC\\ud83d\\uDE00\"",
	    "\"A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"");
	CHECK_TREE("\"a\\u0062c\\\\d\"", "\"abc\\\\d\"");
	CHECK_TREE("{\"\\u0061\": 1}", "{a: 1}");
	CHECK_TREE("\"\\uD7FF\\uE000\"", "\"\xed\x9f\xbf\xee\x80\x80\"");
	CHECK_TREE("\"\\udbff\\udffd\"", "\"\xf4\x8f\xbf\xbd\"");
	CHECK_TREE("\"\\ud800\\udc00\"", "\"\xf0\x90\x80\x80\"");
}

static void
gives_places(void)
{
	CHECK_PLACES("{\"a\": 1,\n \"b\": [2,\n3]}",
	    "1:1 {a 1:2 1:7, b 2:2 2:7 [2:8, 3:1]}");
	CHECK_PLACES("[\"\xf0\x9f\x98\x80\xc3\xa9\", {\"x\":1}]",
	    "1:1 [1:2, 1:8 {x 1:9 1:13}]");
	CHECK_PLACES("[1,\r\n 2]", "1:1 [1:2, 2:2]");
}

static void
counts_far(void)
{
	struct text t = { 0 };
	struct reading r;

	for (int i = 0; i < 70000; i++)
		text_putc(&t, '\n');
	text_putc(&t, '[');
	for (int i = 0; i < 70000; i++)
		text_putc(&t, ' ');
	text_puts(&t, "1]");
	reading_begin(&r, json_read, t.p, t.n);
	CHECK_INT(r.value->first->pos.line, 70001);
	CHECK_INT(r.value->first->pos.column, 70002);
	reading_end(&r);
	text_free(&t);
}

static void
refuses_numbers(void)
{
	CHECK_REFUSED("[01]", JSON_NUMBER, 1, 2, "leading zero");
	CHECK_REFUSED("[-01]", JSON_NUMBER, 1, 2, "leading zero");
	CHECK_REFUSED("[+1]", JSON_NUMBER, 1, 2, "begins with a digit");
	CHECK_REFUSED("[.5]", JSON_NUMBER, 1, 2, "begins with a digit");
	CHECK_REFUSED("[5.]", JSON_NUMBER, 1, 2, "decimal point");
	CHECK_REFUSED("[1.e3]", JSON_NUMBER, 1, 2, "decimal point");
	CHECK_REFUSED("[1e]", JSON_NUMBER, 1, 2, "follow the e");
	CHECK_REFUSED("[1e+]", JSON_NUMBER, 1, 2, "follow the e");
	CHECK_REFUSED("[-]", JSON_NUMBER, 1, 2, "follow the minus");
	CHECK_REFUSED("[-x]", JSON_NUMBER, 1, 2, "follow the minus");
	CHECK_REFUSED("[NaN]", JSON_NUMBER, 1, 2, "NaN");
	CHECK_REFUSED("[nan]", JSON_NUMBER, 1, 2, "nan");
	CHECK_REFUSED("[Infinity]", JSON_NUMBER, 1, 2, "Infinity");
	CHECK_REFUSED("[-Infinity]", JSON_NUMBER, 1, 2, "-Infinity");
	CHECK_REFUSED("[1e999]", JSON_NUMBER, 1, 2, "too large");
	CHECK_REFUSED("[-1e999]", JSON_NUMBER, 1, 2, "too large");
	CHECK_REFUSED("[0x10]", JSON_SYNTAX, 1, 3, "a comma or ]");
	CHECK_REFUSED("[1_000]", JSON_SYNTAX, 1, 3, "a comma or ]");
}

static void
refuses_strings(void)
{
	CHECK_REFUSED("[\"a\tb\"]", JSON_STRING, 1, 4, "U+0009");
	CHECK_REFUSED("[\"a\tb\"]", JSON_STRING, 1, 4, "\\t");
	CHECK_REFUSED("[\"a\nb\"]", JSON_STRING, 1, 4, "\\n");
	CHECK_REFUSED("[\"a\rb\"]", JSON_STRING, 1, 4, "\\r");
	CHECK_REFUSED("[\"a\x01\"]", TEXT_CONTROL, 1, 4, "U+0001");
	CHECK_REFUSED("[\"\\q\"]", JSON_STRING, 1, 3, "backslash");
	CHECK_REFUSED("[\"\\U0041\"]", JSON_STRING, 1, 3, "backslash");
	CHECK_REFUSED("[\"x\\u00g0\"]", JSON_STRING, 1, 4, "hexadecimal");
	CHECK_REFUSED("[\"\\u12\"]", JSON_STRING, 1, 3, "hexadecimal");
	CHECK_REFUSED("[\"\\ud800\"]", JSON_STRING, 1, 3, "surrogate");
	CHECK_REFUSED("[\"\\ud800\\u0041\"]", JSON_STRING, 1, 3, "surrogate");
	CHECK_REFUSED("[\"\\ud800x\"]", JSON_STRING, 1, 3, "surrogate");
	CHECK_REFUSED("[\"\\udc00\"]", JSON_STRING, 1, 3, "surrogate");
	CHECK_REFUSED("[\"\\ud800\\ud800\"]", JSON_STRING, 1, 3, "surrogate");
	CHECK_REFUSED("[1, \"\\u0000\"]", TEXT_CONTROL, 1, 5, "U+0000");
	CHECK_REFUSED("[\"\\u001b\"]", TEXT_CONTROL, 1, 2, "U+001B");
	CHECK_REFUSED("[\"\\b\"]", TEXT_CONTROL, 1, 2, "U+0008");
	CHECK_REFUSED("[\"\\f\"]", TEXT_CONTROL, 1, 2, "U+000C");
	CHECK_REFUSED("[\"\\u2028\"]", TEXT_CONTROL, 1, 2, "U+2028");
	CHECK_REFUSED("[\"\\ud83f\\udfff\"]", TEXT_CONTROL, 1, 2, "U+1FFFF");
	CHECK_REFUSED("{\"\\u0000\": 1}", TEXT_CONTROL, 1, 2, "U+0000");
	CHECK_REFUSED("[\"\xe9\"]", TEXT_UTF8, 1, 3, "0xe9");
}

static void
refuses_syntax(void)
{
	CHECK_REFUSED("[1,]", JSON_SYNTAX, 1, 4, "after the comma");
	CHECK_REFUSED("{\"a\":1,}", JSON_SYNTAX, 1, 8, "after the comma");
	CHECK_REFUSED(
	    "[1 2]", JSON_SYNTAX, 1, 4, "expected a comma or ], found \"2\"");
	CHECK_REFUSED("{\"a\":1 \"b\":2}", JSON_SYNTAX, 1, 8,
	    "expected a comma or }, found \"\"\"");
	CHECK_REFUSED("[1}", JSON_SYNTAX, 1, 3, "found \"}\"");
	CHECK_REFUSED("{\"a\" 1}", JSON_SYNTAX, 1, 6, "a colon");
	CHECK_REFUSED("{\"a\":}", JSON_SYNTAX, 1, 6, "expected a value");
	CHECK_REFUSED("{a: 1}", JSON_SYNTAX, 1, 2, "a key in double quotes");
	CHECK_REFUSED("{1: 1}", JSON_SYNTAX, 1, 2, "a key in double quotes");
	CHECK_REFUSED("{,}", JSON_SYNTAX, 1, 2, "a key in double quotes");
	CHECK_REFUSED(
	    "[,]", JSON_SYNTAX, 1, 2, "expected a value, found \",\"");
	CHECK_REFUSED("['a']", JSON_SYNTAX, 1, 2, "double quotes");
	CHECK_REFUSED("[1, // x\n2]", JSON_SYNTAX, 1, 5, "comments");
	CHECK_REFUSED("# x\n1", JSON_SYNTAX, 1, 1, "comments");
	CHECK_REFUSED("[True]", JSON_SYNTAX, 1, 2, "found \"True\"");
	CHECK_REFUSED("[nul]", JSON_SYNTAX, 1, 2, "found \"nul\"");
	CHECK_REFUSED("[truefalse]", JSON_SYNTAX, 1, 2, "\"truefalse\"");
	CHECK_REFUSED("[\xc3\xa9]", JSON_SYNTAX, 1, 2, "\"\xc3\xa9\"");
	CHECK_REFUSED("1 2", JSON_SYNTAX, 1, 3, "the end of the file");
	CHECK_REFUSED("{}\n{}", JSON_SYNTAX, 2, 1, "the end of the file");
	CHECK_REFUSED("]", JSON_SYNTAX, 1, 1, "expected a value");
	CHECK_REFUSED("[1]]", JSON_SYNTAX, 1, 4, "the end of the file");
}

/* Every file cut short is refused, most of them for being cut. */
static void
notices_the_end(void)
{
	static const char whole[] = "{\"a\": [1, -2.5e3, \"x\\u00e9\"], "
				    "\"b\": {\"c\": null}}";
	struct reading r;

	CHECK_REFUSED("", JSON_END, 1, 1, "no value");
	CHECK_REFUSED(" \n ", JSON_END, 1, 1, "no value");
	CHECK_REFUSED("{\"a\": 1,\n \"b\"\n", JSON_END, 2, 5, "");
	CHECK_REFUSED("[1, 2", JSON_END, 1, 6, "");
	CHECK_REFUSED("{\"a", JSON_END, 1, 4, "");
	CHECK_REFUSED("[\"a\\", JSON_END, 1, 5, "");
	CHECK_REFUSED("[1e", JSON_END, 1, 4, "");
	CHECK_REFUSED("[", JSON_END, 1, 2, "");
	for (size_t n = 0; n < sizeof(whole) - 1; n++) {
		reading_begin(&r, json_read, whole, n);
		CHECK(r.value == NULL && r.diags.n_errors == 1);
		reading_end(&r);
	}
	reading_begin(&r, json_read, whole, sizeof(whole) - 1);
	CHECK(r.value != NULL && r.diags.n == 0);
	reading_end(&r);
}

static void
refuses_duplicates(void)
{
	CHECK_REFUSED("{\"a\": 1,\n\"b\": 2,\n\"a\": 3}", JSON_DUPLICATE, 3, 1,
	    "\"a\", first given on line 1");
	CHECK_REFUSED(
	    "[{\"a\": 1, \"\\u0061\": 2}]", JSON_DUPLICATE, 1, 11, "\"a\"");
	CHECK_TREE("[{\"a\": 1}, {\"a\": 1}]", "[{a: 1}, {a: 1}]");
}

/* A number may be long, but not longer than a double reaches. */
static void
limits_numbers(void)
{
	char digits[420];

	memset(digits, '9', sizeof(digits));
	digits[299] = '\0';
	CHECK_TREE(digits, digits);
	digits[299] = '9';
	digits[308] = '\0';
	CHECK_TREE(digits, digits);
	digits[308] = '9';
	digits[309] = '\0';
	CHECK_REFUSED(digits, JSON_NUMBER, 1, 1, "too large");
	digits[309] = '9';
	digits[1] = '.';
	digits[400] = '\0';
	CHECK_TREE(digits, digits);
}

/* Write open n times, a middle, and close n times. */
static void
nest(struct text *t, const char *open, const char *middle, const char *close,
    size_t n)
{
	text_clear(t);
	for (size_t i = 0; i < n; i++)
		text_puts(t, open);
	text_puts(t, middle);
	for (size_t i = 0; i < n; i++)
		text_puts(t, close);
}

static bool
accepts(const struct text *t)
{
	struct reading r;
	bool accepted;

	reading_begin(&r, json_read, t->p, t->n);
	accepted = r.value != NULL;
	reading_end(&r);
	return accepted;
}

static void
limits_depth(void)
{
	struct text t = { 0 };

	nest(&t, "[", "1", "]", 64);
	CHECK(accepts(&t));
	nest(&t, "[", "", "]", 65);
	CHECK_REFUSED(t.p, JSON_DEPTH, 1, 65, "64 levels");
	nest(&t, "{\"a\":", "1", "}", 64);
	CHECK(accepts(&t));
	nest(&t, "{\"a\":", "1", "}", 65);
	CHECK_REFUSED(t.p, JSON_DEPTH, 1, 321, "64 levels");
	nest(&t, "[", "", "", 1000000);
	CHECK_REFUSED(t.p, JSON_DEPTH, 1, 65, "64 levels");
	/* Levels that are closed again do not count. */
	text_clear(&t);
	text_putc(&t, '[');
	for (int i = 0; i < 1000; i++)
		text_puts(&t, "[],{},[1],{\"a\":[]},");
	text_puts(&t, "1]");
	CHECK(accepts(&t));
	text_free(&t);
}

static void
limits_values(void)
{
	struct text t = { 0 };

	text_putc(&t, '[');
	for (int i = 0; i < 999998; i++)
		text_puts(&t, "1,");
	text_puts(&t, "1]");
	CHECK(accepts(&t));
	text_cut(&t, t.n - 1);
	text_puts(&t, ",1]");
	CHECK_REFUSED(t.p, JSON_SIZE, 1, 2000000, "1000000");
	text_free(&t);
}

static void
is_never_slow(void)
{
	struct text t = { 0 };
	clock_t start = clock();

	text_putc(&t, '{');
	for (int i = 0; i < 100000; i++)
		text_printf(&t, "\"a long common beginning %d\":1,", i);
	text_puts(&t, "\"\":1}");
	CHECK(accepts(&t));
	text_clear(&t);
	for (int i = 0; i < 4 * 1024 * 1024; i++)
		text_puts(&t, "1111");
	CHECK(!accepts(&t));
	CHECK((clock() - start) / CLOCKS_PER_SEC < 20);
	text_free(&t);
}

int
main(void)
{
	reads_values();
	keeps_numbers();
	tells_kinds();
	unescapes();
	gives_places();
	counts_far();
	refuses_numbers();
	refuses_strings();
	refuses_syntax();
	notices_the_end();
	refuses_duplicates();
	limits_numbers();
	limits_depth();
	limits_values();
	is_never_slow();
	return tap_done();
}
