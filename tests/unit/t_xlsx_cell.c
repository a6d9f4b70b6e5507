#include "tap.h"
#include "xlsx/cell.h"

static void
shows(const char *text, const char *want)
{
	struct text out = { 0 };

	CHECK_INT(cell_put_text(&out, text, NULL), 0);
	CHECK_STR(text_str(&out), want);
	text_free(&out);
}

static void
keeps_text_as_it_is(void)
{
	shows("", "");
	shows("plain", "plain");
	shows("=1+2", "=1+2");
	shows("ä € 😀\ttab", "ä € 😀\ttab");
	shows(" blanks ", " blanks ");
	shows("<b>&amp;</b>", "<b>&amp;</b>");
}

static void
makes_line_breaks_one_kind(void)
{
	shows("a\nb", "a\nb");
	shows("a\r\nb", "a\nb");
	shows("a\rb", "a\nb");
	shows("a\r\r\nb", "a\n\nb");
}

static void
escapes_what_looks_escaped(void)
{
	shows("_x0041_", "_x005F_x0041_");
	shows("a_x000D_b_xFfFf_", "a_x005F_x000D_b_x005F_xFfFf_");
	shows("_x41_", "_x41_");
	shows("_x0041", "_x0041");
	shows("_x004g_", "_x004g_");
	shows("_X0041_", "_X0041_");
	shows("__x0041_", "__x005F_x0041_");
}

static void
shows_what_hides(void)
{
	shows("a\xe2\x80\xae"
	      "b",
	    "aU+202Eb");
	shows("\xe2\x81\xa6", "U+2066");
	shows("a\xc2\x85"
	      "b",
	    "aU+0085b");
	shows("\xe2\x80\xa8", "U+2028");
	shows("\xef\xbf\xbe", "U+FFFE");
	shows("\x7f", "U+007F");
}

static void
refuses(const char *text)
{
	struct text out = { 0 };

	CHECK_INT(cell_put_text(&out, text, NULL), -1);
	CHECK_INT(cell_put_line(&out, text, 100), -1);
	text_free(&out);
}

static void
refuses_what_is_no_text(void)
{
	refuses("a\xff");
	refuses("\xc3");
	refuses("\xed\xa0\x80");
	refuses("a\x01");
	refuses("\x1b[31m");
	refuses("a\x0b");
}

/* n times the piece, cut or not; the UTF-16 units of the result. */
static size_t
units_of_long(const char *piece, size_t n, struct text *out)
{
	struct text text = { 0 };
	size_t units = 0;

	for (size_t i = 0; i < n; i++)
		text_puts(&text, piece);
	text_clear(out);
	CHECK_INT(cell_put_text(out, text_str(&text), "model.yaml:12"), 0);
	for (size_t i = 0; i < out->n; i++) {
		unsigned char c = (unsigned char)out->p[i];

		if ((c & 0xc0) != 0x80)
			units += c >= 0xf0 ? 2 : 1;
	}
	text_free(&text);
	return units;
}

static void
cuts_what_is_too_long(void)
{
	struct text out = { 0 };

	CHECK_INT(units_of_long("a", 32000, &out), 32000);
	CHECK(strstr(text_str(&out), "cut") == NULL);
	CHECK(units_of_long("a", 32001, &out) < CELL_UNITS);
	CHECK_STR(text_str(&out) + 32000,
	    "\n[cut here: 1 more characters; the whole text: model.yaml:12]");
	/* A character beyond the first plane takes two units. */
	CHECK_INT(units_of_long("😀", 16000, &out), 32000);
	CHECK(strstr(text_str(&out), "cut") == NULL);
	CHECK(units_of_long("😀", 20000, &out) < CELL_UNITS);
	CHECK(strstr(text_str(&out), "cut here: 8000 more") != NULL);
	/* An escape counts as it is stored. */
	CHECK(units_of_long("_x0041_", 4000, &out) < CELL_UNITS);
	CHECK(strstr(text_str(&out), "cut here") != NULL);
	CHECK(units_of_long("ä", 100000, &out) < CELL_UNITS);
	text_free(&out);
}

static void
puts_headers_on_one_line(void)
{
	struct text out = { 0 };

	CHECK_INT(cell_put_line(&out, "a\nb\r\nc\td", 100), 0);
	CHECK_STR(text_str(&out), "a b c d");
	text_clear(&out);
	CHECK_INT(cell_put_line(&out, "abcdef", 4), 0);
	CHECK_STR(text_str(&out), "abcd");
	text_clear(&out);
	CHECK_INT(cell_put_line(&out, "abc€", 5), 0);
	CHECK_STR(text_str(&out), "abc");
	text_clear(&out);
	CHECK_INT(cell_put_line(&out, "", 5), 0);
	CHECK_STR(text_str(&out), "");
	text_free(&out);
}

static void
measures_heights(void)
{
	CHECK_NUM(cell_height("", 10, false), 15, 0);
	CHECK_NUM(cell_height("one word", 20, false), 15, 0);
	CHECK_NUM(cell_height("a\nb\nc", 20, false), 41, 0);
	/* 12 M of Arial 10 are 133 pixels: more than 10 characters hold. */
	CHECK_NUM(cell_height("MMMMMMMMMMMM", 10, false), 28, 0);
	CHECK_NUM(cell_height("MMMMMMMMMMMM", 30, false), 15, 0);
	CHECK_NUM(cell_height("llllllllllll", 10, false), 15, 0);
	/* Words stay whole: two of 60 pixels do not share 103. */
	CHECK_NUM(cell_height("wwwwww wwwwww", 15, false), 28, 0);
	CHECK_NUM(cell_height("wwwwww wwwwww", 21, false), 15, 0);
	/* Bold is wider. */
	CHECK(cell_height("MMMMMMMMM", 15, true) >
	    cell_height("MMMMMMMMM", 15, false));
	CHECK_NUM(cell_height("a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl", 9, false),
	    150, 0);
	/* A width of almost nothing must not hang or divide by it. */
	CHECK_NUM(cell_height("abc", 0.1, false), 41, 0);
}

static void
accepts_only_relative_paths(void)
{
	CHECK(cell_is_path("a/b.csv"));
	CHECK(cell_is_path("documents/a b.md"));
	CHECK(cell_is_path("a..b"));
	CHECK(cell_is_path("...."));
	CHECK(cell_is_path(""));
	CHECK(!cell_is_path("/etc/passwd"));
	CHECK(!cell_is_path("../a"));
	CHECK(!cell_is_path("a/../b"));
	CHECK(!cell_is_path("a/.."));
	CHECK(!cell_is_path("a\\b"));
	CHECK(!cell_is_path("c:x"));
	CHECK(!cell_is_path("a#b"));
	CHECK(!cell_is_path("a\"b"));
	CHECK(!cell_is_path("a\nb"));
}

static void
accepts_only_safe_addresses(void)
{
	char url[2100] = "https://a.example/";

	CHECK(cell_is_url("https://a.example/b?c=d"));
	CHECK(cell_is_url("mailto:a@b.example"));
	CHECK(cell_is_url("external:../cards/a b.html"));
	CHECK(!cell_is_url("http://a.example"));
	CHECK(!cell_is_url("javascript:alert(1)"));
	CHECK(!cell_is_url("JavaScript:alert(1)"));
	CHECK(!cell_is_url("file:///etc/passwd"));
	CHECK(!cell_is_url("internal:Sheet1!A1"));
	CHECK(!cell_is_url("https://a.example/internal:Sheet1!A1"));
	CHECK(!cell_is_url("https://a.example/external:x"));
	CHECK(!cell_is_url("external:external:x"));
	CHECK(!cell_is_url("https:"));
	CHECK(!cell_is_url("external:"));
	CHECK(!cell_is_url("mailto:"));
	CHECK(!cell_is_url(""));
	CHECK(!cell_is_url("https://a b"));
	CHECK(!cell_is_url("https://a\"b"));
	CHECK(!cell_is_url("https://a\\b"));
	CHECK(!cell_is_url(" https://a.example"));
	memset(url + 18, 'a', 1900);
	CHECK(cell_is_url(url));
	memset(url + 18, 'a', 2050);
	CHECK(!cell_is_url(url));
}

int
main(void)
{
	keeps_text_as_it_is();
	makes_line_breaks_one_kind();
	escapes_what_looks_escaped();
	shows_what_hides();
	refuses_what_is_no_text();
	cuts_what_is_too_long();
	puts_headers_on_one_line();
	measures_heights();
	accepts_only_relative_paths();
	accepts_only_safe_addresses();
	return tap_done();
}
