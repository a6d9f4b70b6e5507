#include "base/text.h"

#include "tap.h"

static void
builds(void)
{
	struct text t = { 0 };

	CHECK_STR(text_str(&t), "");
	text_puts(&t, "ab");
	text_putc(&t, 'c');
	text_put(&t, "defg", 2);
	text_printf(&t, "-%03d", 7);
	CHECK_STR(text_str(&t), "abcde-007");
	CHECK_INT(t.n, 9);
	text_printf(&t, "%s", "");
	CHECK_INT(t.n, 9);
	text_cut(&t, 100);
	CHECK_INT(t.n, 9);
	text_cut(&t, 3);
	CHECK_STR(text_str(&t), "abc");
	text_clear(&t);
	CHECK_STR(text_str(&t), "");
	text_put(&t, "a\0b", 3);
	CHECK_INT(t.n, 3);
	CHECK(memcmp(t.p, "a\0b", 4) == 0);
	text_free(&t);
	CHECK(t.p == NULL);
	CHECK_INT(t.size, 0);
	text_clear(&t);
	text_free(&t);
}

/* The buffer grows at every length, and the NUL is always there. */
static void
grows(void)
{
	struct text t = { 0 };
	bool ended = true;

	for (size_t i = 0; i < 5000; i++) {
		text_putc(&t, 'x');
		ended =
		    ended && t.n == i + 1 && t.size > t.n && t.p[t.n] == '\0';
	}
	CHECK(ended);
	text_clear(&t);
	text_printf(&t, "%5000s", "y");
	CHECK_INT(t.n, 5000);
	CHECK_INT(t.p[4999], 'y');
	text_free(&t);
}

/* One of the writers, applied to a text. */
static void
check_put(void (*put)(struct text *, const char *, size_t), const char *in,
    const char *want)
{
	struct text t = { 0 };

	put(&t, in, strlen(in));
	CHECK_STR(text_str(&t), want);
	text_free(&t);
}

static void
escapes_html(void)
{
	check_put(text_put_html, "", "");
	check_put(text_put_html, "a<b & \"c\" 'd' >",
	    "a&lt;b &amp; &quot;c&quot; &#39;d&#39; &gt;");
	check_put(text_put_html, "&amp;", "&amp;amp;");
	check_put(text_put_html, "caf\xc3\xa9 \xf0\x9f\x98\x80",
	    "caf\xc3\xa9 \xf0\x9f\x98\x80");
	check_put(text_put_html, "a\nb\tc", "a\nb\tc");
	check_put(text_put_html, "a\x1b[0m\x7f", "aU+001B[0mU+007F");
	check_put(text_put_html,
	    "a\xe2\x80\xae"
	    "b",
	    "aU+202Eb");
	check_put(text_put_html,
	    "a\xff"
	    "b",
	    "a\xef\xbf\xbd"
	    "b");
	check_put(
	    text_put_html, "cut \xe2\x80", "cut \xef\xbf\xbd\xef\xbf\xbd");
}

static void
escapes_json(void)
{
	check_put(text_put_json, "", "\"\"");
	check_put(text_put_json, "a\"b\\c/", "\"a\\\"b\\\\c/\"");
	check_put(text_put_json, "a\n\t\r\x01", "\"a\\n\\t\\r\\u0001\"");
	check_put(text_put_json, "\xc3\xa9\xf0\x9f\x98\x80",
	    "\"\xc3\xa9\xf0\x9f\x98\x80\"");
	check_put(
	    text_put_json, "\xe2\x80\xa8\xe2\x80\xae", "\"\\u2028\\u202e\"");
	check_put(text_put_json, "\xef\xbf\xbf", "\"\\uffff\"");
	check_put(text_put_json, "x\xc0\x80", "\"x\\ufffd\\ufffd\"");
}

static void
shows(void)
{
	check_put(text_put_shown, "plain caf\xc3\xa9", "plain caf\xc3\xa9");
	check_put(text_put_shown, "a\nb\tc\rd", "a\\nb c\\x0dd");
	check_put(text_put_shown, "\x1b[31m", "\\x1b[31m");
	check_put(text_put_shown, "\xe2\x80\xae", "U+202E");
	check_put(text_put_shown, "\xc2\x9b", "U+009B");
	check_put(text_put_shown, "\xff\xfe", "\\xff\\xfe");
}

static size_t
length(const char *p, unsigned *code)
{
	*code = 1;
	return utf8_next(p, strlen(p), code);
}

static void
reads_utf8(void)
{
	unsigned code;

	CHECK_INT(length("A", &code), 1);
	CHECK_INT(code, 'A');
	CHECK_INT(length("\xc2\x80", &code), 2);
	CHECK_INT(code, 0x80);
	CHECK_INT(length("\xdf\xbf", &code), 2);
	CHECK_INT(code, 0x7ff);
	CHECK_INT(length("\xe0\xa0\x80", &code), 3);
	CHECK_INT(code, 0x800);
	CHECK_INT(length("\xef\xbf\xbf", &code), 3);
	CHECK_INT(code, 0xffff);
	CHECK_INT(length("\xf0\x90\x80\x80", &code), 4);
	CHECK_INT(code, 0x10000);
	CHECK_INT(length("\xf4\x8f\xbf\xbf", &code), 4);
	CHECK_INT(code, 0x10ffff);
	CHECK_INT(utf8_next("", 0, &code), 0);
	CHECK_INT(utf8_next("\0", 1, &code), 1);
	CHECK_INT(code, 0);
}

static void
refuses_bad_utf8(void)
{
	static const char *const bad[] = { "\x80", "\xbf", "\xc0\x80",
		"\xc1\xbf", "\xc2", "\xc2\x41", "\xe0\x80\x80", "\xe0\x9f\xbf",
		"\xe2\x80", "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x80\x80\x80",
		"\xf0\x8f\xbf\xbf", "\xf0\x90\x80", "\xf4\x90\x80\x80",
		"\xf5\x80\x80\x80", "\xff" };
	unsigned code;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK_INT(length(bad[i], &code), 0);
	/* The length given counts, not what lies behind it. */
	CHECK_INT(utf8_next("\xe2\x80\xae", 2, &code), 0);
}

/* The run of plain bytes ends at the same one, wherever in a word it is. */
static void
measures_plain_runs(void)
{
	static const char others[] = { '\n', '\0', '\x1f', '\x7f', '\x80',
		'\xff' };
	char bytes[40];
	size_t wrong = 0;

	for (size_t i = 0; i < sizeof(others); i++) {
		for (size_t at = 0; at < sizeof(bytes); at++) {
			memset(bytes, at % 2 == 0 ? ' ' : '~', sizeof(bytes));
			bytes[at] = others[i];
			wrong += utf8_plain(bytes, sizeof(bytes)) != at;
			wrong += utf8_plain(bytes, at) != at;
		}
	}
	CHECK_INT(wrong, 0);
	CHECK_INT(utf8_plain("", 0), 0);
}

static void
knows_bidi(void)
{
	static const unsigned bidi[] = { 0x61c, 0x200e, 0x200f, 0x202a, 0x202e,
		0x2066, 0x2069 };
	static const unsigned plain[] = { 'a', 0x61b, 0x200d, 0x2010, 0x2029,
		0x202f, 0x2065, 0x206a };

	for (size_t i = 0; i < sizeof(bidi) / sizeof(bidi[0]); i++)
		CHECK(utf8_is_bidi(bidi[i]));
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		CHECK(!utf8_is_bidi(plain[i]));
}

static void
breaks_commands_of_runners(void)
{
	static const char hostile[] = "a ##[error]x ##vso[task]y ### #[ ##";
	struct text t = { 0 };

	text_put_shown(&t, hostile, sizeof(hostile) - 1);
	CHECK_STR(
	    text_str(&t), "a U+0023#[error]x U+0023#vso[task]y ### #[ ##");
	text_clear(&t);
	text_put_shown(&t, "###[", 4);
	CHECK_STR(text_str(&t), "#U+0023#[");
	text_free(&t);
}

static void
quotes_csv(void)
{
	struct text t = { 0 };

	text_put_csv(&t, "plain words");
	text_putc(&t, ',');
	text_put_csv(&t, "a,b");
	text_putc(&t, ',');
	text_put_csv(&t, "say \"x\"\n");
	text_putc(&t, ',');
	text_put_csv(&t, "");
	CHECK_STR(text_str(&t), "plain words,\"a,b\",\"say \"\"x\"\"\n\",");
	text_free(&t);
}

int
main(void)
{
	builds();
	grows();
	escapes_html();
	escapes_json();
	shows();
	breaks_commands_of_runners();
	reads_utf8();
	refuses_bad_utf8();
	measures_plain_runs();
	knows_bidi();
	quotes_csv();
	return tap_done();
}
