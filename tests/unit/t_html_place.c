#include "html/place.h"

#include "tap.h"

static void
place_is(const char *name, enum html_place want)
{
	if (!CHECK_INT(html_place_of(name, strlen(name)), want))
		printf("# attribute: %s\n", name);
}

static void
knows_what_an_attribute_is(void)
{
	static const char *const forbidden[] = { "style", "STYLE", "src",
		"srcset", "srcdoc", "action", "formaction", "onclick", "ONLOAD",
		"on", "onx", "http-equiv", "Http-Equiv", "xlink:href", "ping",
		"poster", "data", "cite", "background", "manifest",
		"xml:base" };

	for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++)
		place_is(forbidden[i], HTML_PLACE_FORBIDDEN);
	place_is("href", HTML_PLACE_URL);
	place_is("HREF", HTML_PLACE_URL);
	place_is("hreflang", HTML_PLACE_ATTRIBUTE);
	place_is("id", HTML_PLACE_ID);
	place_is("aria-labelledby", HTML_PLACE_ID);
	place_is("aria-label", HTML_PLACE_ATTRIBUTE);
	place_is("x", HTML_PLACE_NUMBER);
	place_is("width", HTML_PLACE_NUMBER);
	place_is("d", HTML_PLACE_GEOMETRY);
	place_is("viewBox", HTML_PLACE_GEOMETRY);
	place_is("class", HTML_PLACE_ATTRIBUTE);
	place_is("title", HTML_PLACE_ATTRIBUTE);
	place_is("o", HTML_PLACE_ATTRIBUTE);
	place_is("", HTML_PLACE_ATTRIBUTE);
}

static void
knows_what_an_element_is(void)
{
	CHECK(html_place_forbids("script", 6));
	CHECK(html_place_forbids("SCRIPT", 6));
	CHECK(html_place_forbids("sCrIpT", 6));
	CHECK(html_place_forbids("foreignobject", 13));
	CHECK(!html_place_forbids("scripts", 7));
	CHECK(!html_place_forbids("scrip", 5));
	CHECK(!html_place_forbids("a", 1));
	CHECK(!html_place_forbids("use", 3));
	CHECK(!html_place_forbids("", 0));
}

static void
safe(const char *address, bool want)
{
	if (!CHECK(html_url_is_safe(address, strlen(address)) == want))
		printf("# address: %s\n", address);
}

static void
judges_addresses(void)
{
	static const char *const good[] = { "https://example.org",
		"HttpS://example.org/a?b#c", "https://example.org/a:b",
		"mailto:a@b.example", "MAILTO:a@b.example", "#a", "#a/../b",
		"a", "a/b", "./a", "a/./b", "a?b=c:d", "a#b:c", "a.b", "...",
		"..a", "a..", "a/..b", "a/b..", "%2", "%2f", "a%20b",
		"\xc3\xa4.html", "?a", "a//b" };
	static const char *const bad[] = { "", "#", "https:", "https:/a",
		"https://", "http://a", "HTTP://a", "mailto:", "javascript:a",
		"Javascript:a", "j\navascript:a", "vbscript:a", "data:a",
		"file:///a", "ftp://a", "ws://a", "blob:a", "a:b", "1:2", ":a",
		"/a", "//a", "///a", "/", "\\a", "a\\b", "..", "../a", "a/..",
		"a/../b", "%2e%2e", "%2E%2e/a", ".%2e/a", "%2e./a", "a/%2e%2E",
		"..#a", "..?a", " a", "a b", "a\t", "\na", "a\x01", "a\x7f",
		"a\xc2\x80", "a\xc2\xa0", "a\xe2\x80\xae", "a\xe2\x81\xa6",
		"a\xff", "https://a b", "https://a\n", "mailto:a b" };

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		safe(good[i], true);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		safe(bad[i], false);
	CHECK(!html_url_is_safe("a\0b", 3));
}

static void
climbs(const char *address, bool want)
{
	if (!CHECK(html_url_climbs(address, strlen(address)) == want))
		printf("# address: %s\n", address);
}

static void
finds_what_leads_upwards(void)
{
	climbs("..", true);
	climbs("../a", true);
	climbs("a/..", true);
	climbs("a/../b", true);
	climbs("%2e%2e", true);
	climbs("%2E.", true);
	climbs("a/.%2e/b", true);
	climbs("..?a", true);
	climbs("..#a", true);
	climbs("", false);
	climbs(".", false);
	climbs("...", false);
	climbs("a..", false);
	climbs("..a", false);
	climbs("a..b", false);
	climbs("%2", false);
	climbs("%2e", false);
	climbs("%2f%2e%2e", false);
}

static void
judges_addresses_of_templates(void)
{
	CHECK(html_url_is_fixed("../index.html", 13));
	CHECK(html_url_is_fixed("#main", 5));
	CHECK(html_url_is_fixed("a/../b", 6));
	CHECK(html_url_is_fixed("https://a", 9));
	CHECK(html_url_is_fixed("mailto:a", 8));
	CHECK(!html_url_is_fixed("http://a", 8));
	CHECK(!html_url_is_fixed("javascript:a", 12));
	CHECK(!html_url_is_fixed("/a", 2));
	CHECK(!html_url_is_fixed("//a", 3));
	CHECK(!html_url_is_fixed("", 0));
	CHECK(!html_url_is_fixed("a b", 3));
}

static void
url_part(const char *data, bool fragment, const char *want)
{
	struct text out = { 0 };

	html_url_put_part(&out, data, strlen(data), fragment);
	CHECK_STR(text_str(&out), want);
	text_free(&out);
}

static void
encodes_parts_of_addresses(void)
{
	url_part("crs-2", false, "crs-2");
	url_part("a/b_c.d~e", false, "a/b_c.d~e");
	url_part("a b", false, "a%20b");
	url_part("a b", true, "a_b");
	url_part("a\tb\nc", true, "a_b_c");
	url_part("a?b#c&d", false, "a%3Fb%23c%26d");
	url_part("<\"'>", false, "%3C%22%27%3E");
	url_part("%2e%2e", false, "%252e%252e");
	url_part("javascript:x", false, "javascript%3Ax");
	url_part("\xc3\xa4", false, "%C3%A4");
	url_part("\\", false, "%5C");
	url_part("", false, "");
}

static void
id_part(const char *data, const char *want)
{
	struct text out = { 0 };

	html_id_put_part(&out, data, strlen(data));
	CHECK_STR(text_str(&out), want);
	text_free(&out);
}

static void
writes_ids(void)
{
	id_part("E1", "E1");
	id_part("a b  c", "a_b__c");
	id_part("\t\n", "__");
	id_part("a\"b<", "a&quot;b&lt;");
	id_part("18\xe2\x80\x93"
		"24",
	    "18\xe2\x80\x93"
	    "24");
	id_part("", "");
	id_part(" ", "_");
}

static void
geometry(enum html_place place, const char *data, bool want)
{
	if (!CHECK(html_geometry_is_safe(place, data, strlen(data)) == want))
		printf("# geometry: %s\n", data);
}

static void
judges_geometry(void)
{
	geometry(HTML_PLACE_NUMBER, "1", true);
	geometry(HTML_PLACE_NUMBER, "-1.5", true);
	geometry(HTML_PLACE_NUMBER, "1e3", true);
	geometry(HTML_PLACE_NUMBER, "", false);
	geometry(HTML_PLACE_NUMBER, "1 2", false);
	geometry(HTML_PLACE_NUMBER, "1%", false);
	geometry(HTML_PLACE_NUMBER, "inf", false);
	geometry(HTML_PLACE_NUMBER, "0x10", false);
	geometry(HTML_PLACE_GEOMETRY, "M0 0L1,2z", true);
	geometry(HTML_PLACE_GEOMETRY, "M4.0 5.6 L21.5 5.2", true);
	geometry(HTML_PLACE_GEOMETRY, "1e5", true);
	geometry(HTML_PLACE_GEOMETRY, "", false);
	geometry(HTML_PLACE_GEOMETRY, "M0 0;", false);
	geometry(HTML_PLACE_GEOMETRY, "url(#a)", false);
	geometry(HTML_PLACE_GEOMETRY, "M0 0\n", false);
	geometry(HTML_PLACE_GEOMETRY, "M0 0<", false);
	CHECK(!html_geometry_is_safe(HTML_PLACE_GEOMETRY, "M\0", 2));
}

static void
css_string(const char *data, const char *want)
{
	struct text out = { 0 };

	html_css_put_string(&out, data, strlen(data));
	CHECK_STR(text_str(&out), want);
	text_free(&out);
}

static void
writes_strings_of_style_sheets(void)
{
	css_string("", "\"\"");
	css_string("Model card: a, b", "\"Model card: a, b\"");
	css_string("a\"b", "\"a\\000022b\"");
	css_string("a'b", "\"a\\000027b\"");
	css_string("a\\b", "\"a\\00005cb\"");
	css_string("</style>", "\"\\00003c/style\\00003e\"");
	css_string("a&b", "\"a\\000026b\"");
	css_string("a\nb\tc\rd", "\"a b c d\"");
	css_string("a\x01"
		   "b\x7f",
	    "\"a\\000001b\\00007f\"");
	css_string("\xc3\xa4\xe2\x82\xac", "\"\xc3\xa4\xe2\x82\xac\"");
	css_string("a\xe2\x80\xae"
		   "b",
	    "\"aU+202Eb\"");
	css_string("a\xe2\x80\xa8"
		   "b",
	    "\"aU+2028b\"");
	css_string("a\xff"
		   "b",
	    "\"a\xef\xbf\xbd"
	    "b\"");
	css_string("\xf0\x9f\x98\x80", "\"\xf0\x9f\x98\x80\"");
}

int
main(void)
{
	knows_what_an_attribute_is();
	knows_what_an_element_is();
	judges_addresses();
	finds_what_leads_upwards();
	judges_addresses_of_templates();
	encodes_parts_of_addresses();
	writes_ids();
	judges_geometry();
	writes_strings_of_style_sheets();
	return tap_done();
}
