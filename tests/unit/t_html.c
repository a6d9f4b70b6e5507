#include "html/html.h"

#include "base/hash.h"
#include "page.h"

/* The page of a template and a document is exactly this. */
static void
gives(const char *template, const char *xml, const char *want)
{
	struct page_test test;
	struct text messages = { 0 };

	page_init(&test);
	page_load(&test, template);
	page_render(&test, xml);
	page_messages(&test, &messages);
	CHECK_STR(text_str(&messages), "");
	CHECK_STR(text_str(&test.out), want);
	text_free(&messages);
	page_free(&test);
}

/* Loading the template gives exactly these messages and no page. */
static void
refuses(const char *template, const char *want)
{
	struct page_test test;
	struct text messages = { 0 };

	page_init(&test);
	page_load(&test, template);
	page_messages(&test, &messages);
	CHECK(test.page == NULL);
	CHECK_STR(text_str(&messages), want);
	text_free(&messages);
	page_free(&test);
}

#define WRONG "template is wrong: "

static void
copies_what_is_not_bound(void)
{
	gives("<p>a</p>", "<r/>", "<p>a</p>");
	gives("<!doctype html>\n<html lang=\"en\"><p>&nbsp;&#160;</p></html>\n",
	    "<r/>",
	    "<!doctype html>\n<html lang=\"en\"><p>&nbsp;&#160;</p></html>");
	gives(
	    "<p><!-- not\nthis -->a<!-- nor this --></p>", "<r/>", "<p>a</p>");
	gives("<p>a  b\n   c \t d</p>", "<r/>", "<p>a b\nc d</p>");
	gives("<pre>a  b\n   c</pre>", "<r/>", "<pre>a  b\n   c</pre>");
	gives("<p>a<br/>b<br>c<wbr/></p>", "<r/>", "<p>a<br>b<br>c<wbr></p>");
	gives("<p></p>", "<r/>", "<p></p>");
	gives("<svg viewBox='0 0 9 9'><g/><path d='M0 0'/></svg>", "<r/>",
	    "<svg viewBox=\"0 0 9 9\"><g/><path d=\"M0 0\"/></svg>");
	gives("<p title='say \"x\"' class = 'a'>b</p>", "<r/>",
	    "<p title=\"say &quot;x&quot;\" class=\"a\">b</p>");
	gives("<p\n  class='a'\n>b</p >", "<r/>", "<p class=\"a\">b</p>");
	gives("<p>ä € 😀</p>", "<r/>", "<p>ä € 😀</p>");
}

static void
binds_text_and_falls_back(void)
{
	gives(
	    "<p data-text='r'>x</p>", "<r>one<b>two</b></r>", "<p>onetwo</p>");
	gives("<p data-text='r/@none'>x</p>", "<r/>", "<p></p>");
	gives("<p data-text='r/@none' data-else='None &amp; \"more\"'>x</p>",
	    "<r/>", "<p>None &amp; \"more\"</p>");
	gives("<p data-text='r/@a' data-else='None'>x</p>", "<r a='v'/>",
	    "<p>v</p>");
	gives("<p data-text='r/@none ?? r/@a'>x</p>", "<r a='v'/>", "<p>v</p>");
	gives("<p data-text='{r/@n} of {r/@of}'>x</p>", "<r n='1' of='2'/>",
	    "<p>1 of 2</p>");
	gives("<p data-text='{r/@n} of {r/@of}' data-else='none'>x</p>", "<r/>",
	    "<p>none</p>");
	gives("<p data-text='a &lt;b&gt; &amp; &quot;{r/@n}&quot;'>x</p>",
	    "<r n='1'/>", "<p>a &lt;b&gt; &amp; &quot;1&quot;</p>");
	gives(
	    "<p data-text='(count(r/a))'>x</p>", "<r><a/><a/></r>", "<p>2</p>");
	gives("<p data-text=\"{(count(r/a))} {(concat('}', r/@n))}\">x</p>",
	    "<r n='1'><a/></r>", "<p>1 }1</p>");
	gives(
	    "<p data-text=\"(concat('a', 1 + 1))\">x</p>", "<r/>", "<p>a2</p>");
}

static void
repeats(void)
{
	gives("<ul><li data-each='r/a' data-text='@k'>x</li></ul>",
	    "<r><a k='1'/><b/><a k='2'/><a k='3'/></r>",
	    "<ul><li>1</li><li>2</li><li>3</li></ul>");
	gives("<ul><li data-each='r/a'>x</li></ul>", "<r/>", "<ul></ul>");
	gives("<table data-each='r'><tr data-each='row'><td data-each='c' "
	      "data-text='{../../@k}{../@k}{@k}'>x</td></tr><tr "
	      "data-text='@k'>x</tr></table>",
	    "<r k='R'><row k='1'><c k='a'/><c k='b'/></row><row k='2'/>"
	    "<row k='3'><c k='c'/></row></r>",
	    "<table><tr><td>R1a</td><td>R1b</td></tr><tr></tr>"
	    "<tr><td>R3c</td></tr><tr>R</tr></table>");
	gives("<ul><li data-each='(r/a[position() &lt; 3])' "
	      "data-text='.'>x</li></ul>",
	    "<r><a>1</a><a>2</a><a>3</a></r>", "<ul><li>1</li><li>2</li></ul>");
	gives("<p><template data-each='r/a'><b data-text='.'>x</b>,"
	      "</template></p>",
	    "<r><a>1</a><a>2</a></r>", "<p><b>1</b>,<b>2</b>,</p>");
	gives("<p>a<template data-text='r/a'>x</template>b</p>",
	    "<r><a>1</a></r>", "<p>a1b</p>");
	gives("<p><br data-each='r/a'></p>", "<r><a/><a/></r>",
	    "<p><br><br></p>");
}

static void
decides(void)
{
	const char *xml = "<r a='yes' e=''><x>1</x><x>2</x></r>";

	gives("<p><b data-if='r/@a'>1</b></p>", xml, "<p><b>1</b></p>");
	gives("<p><b data-if='r/@b'>1</b></p>", xml, "<p></p>");
	gives("<p><b data-unless='r/@b'>1</b></p>", xml, "<p><b>1</b></p>");
	gives("<p><b data-unless='r/@a'>1</b></p>", xml, "<p></p>");
	gives("<p><b data-if='r/@e'>empty is there</b></p>", xml,
	    "<p><b>empty is there</b></p>");
	gives("<p><b data-if=\"r/@a='yes'\">1</b></p>", xml, "<p><b>1</b></p>");
	gives("<p><b data-if=\"r/@a!='yes'\">1</b></p>", xml, "<p></p>");
	gives("<p><b data-unless=\"r/x='2'\">1</b></p>", xml, "<p></p>");
	gives("<p><b data-if='(count(r/x) = 2 and r/@a)'>1</b></p>", xml,
	    "<p><b>1</b></p>");
	gives("<p><b data-if='(count(r/x) > 2)'>1</b></p>", xml, "<p></p>");
	gives("<p><b data-if='r/@a' data-unless='r/@a'>1</b></p>", xml,
	    "<p></p>");
	gives("<p><b data-if='r/@a' data-each='r/x' data-text='.'>1</b></p>",
	    xml, "<p><b>1</b><b>2</b></p>");
	gives("<p><b data-if='r/@none' data-each='r/x'><i>1</i></b></p>", xml,
	    "<p></p>");
}

static void
binds_attributes(void)
{
	const char *xml =
	    "<r a='1' c='ok' e='' id='a b' t='&lt;\"&amp;&#39;'/>";

	gives("<p class='sample' data-attr-class='chip {r/@c}' "
	      "title='t'>x</p>",
	    xml, "<p class=\"chip ok\" title=\"t\">x</p>");
	gives("<p class='sample' data-attr-class='r/@none'>x</p>", xml,
	    "<p>x</p>");
	gives("<p data-attr-class='r/@e'>x</p>", xml, "<p>x</p>");
	gives("<p data-attr-class='chip {r/@none}'>x</p>", xml, "<p>x</p>");
	gives("<p data-attr-title='r/@t'>x</p>", xml,
	    "<p title=\"&lt;&quot;&amp;&#39;\">x</p>");
	gives(
	    "<p data-attr-id='m-{r/@id}'>x</p>", xml, "<p id=\"m-a_b\">x</p>");
	gives("<p data-attr-aria-labelledby='x m-{r/@id}'>x</p>", xml,
	    "<p aria-labelledby=\"x m-a_b\">x</p>");
	gives("<a href='#' data-attr-href='#m-{r/@id}'>x</a>", xml,
	    "<a href=\"#m-a_b\">x</a>");
	gives("<p data-attr-title='(count(r/@*))'>x</p>", xml,
	    "<p title=\"5\">x</p>");
	gives("<svg><rect x='0' data-attr-x='r/@a' "
	      "data-attr-width='r/@c'/></svg>",
	    xml, "<svg><rect x=\"1\"/></svg>");
	gives("<p data-attr-datetime='r/@a' data-text='r/@c'>x</p>", xml,
	    "<p datetime=\"1\">ok</p>");
}

/* The page made of "parts.html" and this template. */
static void
includes(
    const char *template, const char *parts, const char *xml, const char *want)
{
	struct page_test test;
	struct text messages = { 0 };

	page_init(&test);
	page_write(&test, "parts.html", parts);
	page_load(&test, template);
	page_render(&test, xml);
	page_messages(&test, &messages);
	if (test.page != NULL)
		CHECK_STR(text_str(&test.out), want);
	else
		CHECK_STR(text_str(&messages), want);
	text_free(&messages);
	page_free(&test);
}

static void
includes_fragments(void)
{
	const char *parts =
	    "<html><body><p id='other'>no</p>"
	    "<b id='chip' class='c' data-attr-title='@k' data-text='.'>x</b>"
	    "<template id='row'><td data-text='@k'>x</td><td "
	    "data-include='#chip'>x</td></template><p id='none'>None</p>"
	    "<i id='list' data-each='a' data-text='@k'>x</i>"
	    "</body></html>";
	const char *xml = "<r><a k='1'>one</a><a k='2'>two</a></r>";

	includes("<p><b data-each='r/a' data-include='parts.html#chip'>"
		 "sample</b></p>",
	    parts, xml,
	    "<p><b class=\"c\" title=\"1\">one</b>"
	    "<b class=\"c\" title=\"2\">two</b></p>");
	includes("<table><tr data-each='r/a'><template "
		 "data-include='parts.html#row'></template></tr></table>",
	    parts, xml,
	    "<table><tr><td>1</td><b class=\"c\" title=\"1\">one</b></tr>"
	    "<tr><td>2</td><b class=\"c\" title=\"2\">two</b></tr></table>");
	includes("<p><b data-each='r/x' data-none='parts.html#none'>x</b>"
		 "<b data-each='r/a' data-none='parts.html#none'>y</b></p>",
	    parts, xml, "<p><p>None</p><b>y</b><b>y</b></p>");
	includes("<p data-each='r'><i data-include='parts.html#list'></i>"
		 "</p>",
	    parts, xml, "<p><i>1</i><i>2</i></p>");
	includes("<p><b data-if='r/x' data-include='parts.html#none'></b></p>",
	    parts, xml, "<p></p>");
	includes("<div><p id='own' data-if='r/x'>own</p>"
		 "<p data-include='#own'></p></div>",
	    parts, "<r><x/></r>", "<div><p id=\"own\">own</p><p>own</p></div>");
	includes("<p>\n<b data-include='parts.html#no'>x</b></p>", parts, xml,
	    "page.html:2:18: " WRONG
	    "parts.html has no element of that id: no\n");
	includes("<p data-include='missing.html#a'>x</p>", parts, xml,
	    "page.html:1:18: file not found: missing.html\n");
	includes("<p data-include='../page.html#a'>x</p>", parts, xml,
	    "page.html:1:18: " WRONG "not a file of the templates' folder\n");
	includes("<p data-include='parts.html'>x</p>", parts, xml,
	    "page.html:1:18: " WRONG "not of the form file#id\n");
	includes("<p><b data-include='parts.html#a'>x</b></p>",
	    "<p id='a'><b data-include='#b'>x</b></p><p id='b'>"
	    "<b data-include='#a'>x</b></p>",
	    xml, "parts.html:1:68: " WRONG "fragment includes itself\n");
	includes("<p><b data-include='parts.html#a'>x</b></p>",
	    "<div><p id='a' data-text='b c'>x</p></div>", xml,
	    "parts.html:1:27: " WRONG "not a path\n");
	includes("<p><b data-include='parts.html#a'>x</b></p>",
	    "<div><p id='a'>x", xml,
	    "parts.html:1:7: " WRONG "element is not closed\n");
}

static void
refuses_malformed_markup(void)
{
	refuses("<p>", "page.html:1:2: " WRONG "element is not closed\n");
	refuses("<p>a</b>",
	    "page.html:1:7: " WRONG "end tag closes another element\n");
	refuses(
	    "</p>", "page.html:1:3: " WRONG "end tag closes another element\n");
	refuses("<p>a & b</p>",
	    "page.html:1:6: " WRONG
	    "\"&\" begins no reference: write \"&amp;\"\n");
	refuses("<p>&;</p>",
	    "page.html:1:4: " WRONG
	    "\"&\" begins no reference: write \"&amp;\"\n");
	refuses("<p title='&lt'>b</p>",
	    "page.html:1:11: " WRONG
	    "\"&\" begins no reference: write \"&amp;\"\n");
	refuses("<p title=a>b</p>",
	    "page.html:1:10: " WRONG "value is not in quotes\n");
	refuses("<p title>b</p>",
	    "page.html:1:4: " WRONG "attribute has no value\n");
	refuses("<p title='a>b</p>",
	    "page.html:1:10: " WRONG "value is not closed\n");
	refuses("<p a='1'b='2'>b</p>",
	    "page.html:1:9: " WRONG "no space before an attribute\n");
	refuses("<p a='1'\n a='2'>b</p>",
	    "page.html:2:2: " WRONG "attribute stands twice\n");
	refuses("<p ='1'>b</p>",
	    "page.html:1:4: " WRONG "not the name of an attribute\n");
	refuses("<p title='a<b'>b</p>",
	    "page.html:1:12: " WRONG "\"<\" inside a value: write \"&lt;\"\n");
	refuses(
	    "<p>a < b</p>", "page.html:1:6: " WRONG "not the name of a tag\n");
	refuses("<p", "page.html:1:1: " WRONG "tag is not closed\n");
	refuses("<p></p", "page.html:1:4: " WRONG "end tag is not closed\n");
	refuses(
	    "<p><!-- a</p>", "page.html:1:4: " WRONG "comment is not closed\n");
	refuses("<p><![CDATA[a]]></p>",
	    "page.html:1:4: " WRONG "only comments and \"<!doctype html>\" "
	    "may begin with \"<!\"\n");
	refuses("<?xml version='1.0'?><p></p>",
	    "page.html:1:1: " WRONG "not the name of a tag\n");
	refuses(
	    "<p>a</p> b", "page.html:1:10: " WRONG "text outside the page\n");
	refuses("<div/>",
	    "page.html:1:2: " WRONG "only void elements and parts of a drawing "
	    "may end in \"/>\"\n");
	refuses("<p>a<br>b</br></p>",
	    "page.html:1:12: " WRONG "end tag closes another element\n");
	refuses("<p>\xff</p>",
	    "page.html:1:4: text is not valid UTF-8: byte 0xff\n");
	refuses("<p>\x01</p>",
	    "page.html:1:4: control character is not allowed: U+0001\n");
}

static void
refuses_what_runs_or_loads(void)
{
	static const char *const elements[] = { "script", "style", "iframe",
		"object", "embed", "base", "form", "img", "input", "button",
		"foreignObject", "foreignobject", "SCRIPT", "Style", "animate",
		"set", "noscript", "math" };
	static const char *const attributes[] = { "style", "onclick", "onLoad",
		"ONERROR", "src", "srcset", "srcdoc", "action", "formaction",
		"http-equiv", "xlink:href", "STYLE", "Src", "ping", "poster",
		"background" };
	static const char *const links[] = { "javascript:alert(1)",
		"http://example.org/", "data:text/html,x", "//example.org",
		"/etc/passwd", "vbscript:x", "JAVASCRIPT:x" };
	char template[128];
	char want[128];

	for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++) {
		snprintf(template, sizeof(template), "<p>\n<%s></%s></p>",
		    elements[i], elements[i]);
		refuses(template,
		    "page.html:2:2: " WRONG
		    "element is not allowed in a template\n");
	}
	for (size_t i = 0; i < sizeof(attributes) / sizeof(attributes[0]);
	     i++) {
		snprintf(template, sizeof(template), "<p %s='x'>a</p>",
		    attributes[i]);
		snprintf(want, sizeof(want), "page.html:1:4: %s",
		    WRONG "attribute is not allowed in a template\n");
		refuses(template, want);
		snprintf(template, sizeof(template),
		    "<p data-attr-%s='x'>a</p>", attributes[i]);
		refuses(template, want);
	}
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		snprintf(
		    template, sizeof(template), "<a href='%s'>a</a>", links[i]);
		refuses(template,
		    "page.html:1:4: " WRONG
		    "attribute is not allowed in a template\n");
	}
	refuses("<a HREF='javascript:x'>a</a>",
	    "page.html:1:4: " WRONG "attribute is not allowed in a template\n");
	refuses("<p data-attr-7x='x'>a</p>",
	    "page.html:1:4: " WRONG "attribute is not allowed in a template\n");
	refuses("<link rel='icon' href='a.png'>",
	    "page.html:1:2: " WRONG "only a style sheet of the templates' "
	    "folder may be linked\n");
	refuses("<p data-attr-='x'>a</p>",
	    "page.html:1:4: " WRONG "attribute is not allowed in a template\n");
}

static void
refuses_wrong_bindings(void)
{
	refuses("<p data-text='a b'>x</p>",
	    "page.html:1:15: " WRONG "not a path\n");
	refuses("<p data-text=''>x</p>",
	    "page.html:1:15: " WRONG "empty expression\n");
	refuses("<p data-txet='a'>x</p>",
	    "page.html:1:4: " WRONG
	    "unknown binding: did you mean data-text?\n");
	refuses("<p data-something='a'>x</p>",
	    "page.html:1:4: " WRONG "unknown binding\n");
	refuses("<p data-if='{a}'>x</p>",
	    "page.html:1:13: " WRONG "a pattern is neither true nor a node\n");
	refuses("<p data-each='{a}'>x</p>",
	    "page.html:1:15: " WRONG "a pattern is neither true nor a node\n");
	refuses("<p data-text='{a'>x</p>",
	    "page.html:1:15: " WRONG "\"{\" is not closed\n");
	refuses("<p data-text='{a{b}}'>x</p>",
	    "page.html:1:15: " WRONG "\"{\" inside a value\n");
	refuses("<p data-text='(a'>x</p>",
	    "page.html:1:15: " WRONG "not an XPath expression\n");
	refuses("<p data-text='(conut(a))'>x</p>",
	    "page.html:1:15: " WRONG "XPath 1.0 has no such function\n");
	refuses("<p data-text='($a)'>x</p>",
	    "page.html:1:15: " WRONG "XPath has no variables here\n");
	refuses("<p data-text='a&nbsp;b'>x</p>",
	    "page.html:1:16: " WRONG "only &lt; &gt; &amp; &quot; &apos; may "
	    "stand in an expression\n");
	refuses("<p data-else='x'>x</p>",
	    "page.html:1:4: " WRONG "data-else stands without data-text\n");
	refuses("<p data-none='#x'>x</p>",
	    "page.html:1:4: " WRONG "data-none stands without data-each\n");
	refuses("<p data-title='x'>x</p>",
	    "page.html:1:4: " WRONG
	    "data-title stands only on the style sheet\n");
	refuses("<p><br data-text='a'></p>",
	    "page.html:1:8: " WRONG "this element holds no text\n");
	refuses("<p><template class='a'>x</template></p>",
	    "page.html:1:5: " WRONG "a group has no attribute but id\n");
	refuses("<p data-text='a'><b data-text='b'>x</b></p>",
	    "page.html:1:21: " WRONG
	    "binding inside content that is replaced\n");
	refuses("<p><b class='a' data-include='#c'>x</b><i id='c'>i</i></p>",
	    "page.html:1:17: " WRONG
	    "an element that is replaced has no other attribute\n");
	refuses("<p data-text='a b'>\n<b data-if='c d'>x</b></p>",
	    "page.html:1:15: " WRONG "not a path\n"
	    "page.html:2:4: " WRONG
	    "binding inside content that is replaced\n");
}

static void
refuses_deep_nesting(void)
{
	struct text deep = { 0 };

	for (int i = 0; i < 70; i++)
		text_puts(&deep, "<b>");
	refuses(text_str(&deep),
	    "page.html:1:194: " WRONG "elements are nested too deep\n");
	text_free(&deep);
}

/* The style element of the page and its policy, from this style sheet. */
static void
style_gives(const char *sheet, const char *xml, const char *style)
{
	struct page_test test;
	struct text want = { 0 };
	unsigned char hash[HASH_SIZE];
	char base64[45];

	hash_bytes(style, strlen(style), hash);
	hash_base64(hash, sizeof(hash), base64);
	text_printf(&want,
	    "<meta http-equiv=\"Content-Security-Policy\" "
	    "content=\"default-src 'none'; style-src 'sha256-%s'; "
	    "base-uri 'none'; form-action 'none'\">\n<style>%s</style>",
	    base64, style);
	page_init(&test);
	page_write(&test, "style.css", sheet);
	page_load(&test,
	    "<link rel='stylesheet' href='style.css' "
	    "data-title='Card of {r/@n}'>");
	page_render(&test, xml);
	CHECK_STR(text_str(&test.out), text_str(&want));
	text_free(&want);
	page_free(&test);
}

static void
puts_the_style_sheet_in(void)
{
	style_gives("a { color : red ; }\n\n/* note */ b c{margin:0 auto}\n",
	    "<r/>", "a{color : red;}b c{margin:0 auto}");
	style_gives("a::before{content:\"  /* kept */ \"}", "<r/>",
	    "a::before{content:\"  /* kept */ \"}");
	style_gives("@page{@top-left{content:string(title)}}", "<r n='x'/>",
	    "@page{@top-left{content:\"Card of x\"}}");
	style_gives("p{content:string(title) string(title)}",
	    "<r n='&quot;}&lt;/style>\\\\a&#10;b'/>",
	    "p{content:\"Card of \\000022}\\00003c/style\\00003e\\00005c"
	    "\\00005ca b\" \"Card of \\000022}\\00003c/style\\00003e\\00005c"
	    "\\00005ca b\"}");
	style_gives("p{content:string(title)}",
	    "<r n='a\xe2\x80\xae"
	    "b'/>",
	    "p{content:\"Card of aU+202Eb\"}");
	includes("<link rel='stylesheet' href='parts.html'>", "a{}\n</style>",
	    "<r/>",
	    "parts.html:2:1: " WRONG
	    "\"<\" in a style sheet could end it: write \\3c\n");
	includes("<link rel='stylesheet' href='a/parts.html'>", "", "<r/>",
	    "page.html:1:30: " WRONG "not a file of the templates' folder\n");
}

/* Strings that have broken out of somewhere, somewhere. */
static const char *const attacks[] = { "<script>alert(1)</script>",
	"\"><script>alert(1)</script>", "'><img src=x onerror=alert(1)>",
	"</p><p>", "</title><script>", "</style><script>", "--><script>",
	"]]><script>", "&lt;script&gt;", "&#60;script&#62;", "&", "<", ">",
	"\"", "'", "\" onclick=\"alert(1)", "' onclick='alert(1)", "`",
	"{{7*7}}", "${7*7}", "{r/@v}", "(count(/))", "javascript:alert(1)",
	"JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
	"java\nscript:alert(1)", "\x01javascript:alert(1)",
	"javascript&colon;alert(1)", "data:text/html,<script>1</script>",
	"vbscript:x", "file:///etc/passwd", "//evil.example/",
	"\\\\evil.example\\", "/\\evil.example", "https:evil.example",
	"http://evil.example/", "ftp://evil.example", "https://a b/",
	"https://a\"b/", "../../../etc/passwd", "..", "./..", "a/../b", "a/..",
	"%2e%2e/a", ".%2e/a", "%2E./a", "a/%2e%2e", "..?x", "..#x", "a\\..\\b",
	"mailto:", "mailto:a\nbcc:b", "https://", "#", "", "blob:x",
	"about:blank", "view-source:x", "x:y", "?javascript:x", "a?b",
	"\xc3\xa4.html",
	"\xe2\x80\xae"
	"a",
	"a\xe2\x80\xa8"
	"b",
	"\xef\xbb\xbf"
	"a",
	"\x7f", "\xc2\x85" };

/* Whether the bytes hold a character that markup could be made of. */
static bool
holds_markup(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strchr("<>\"'", p[i]) != NULL)
			return true;
	}
	return false;
}

/*
 * The page of the template for a document with the value; what stands between
 * the beginning and the end, which must be there, in the arena.
 */
static const char *
middle(struct page_test *test, const char *value, const char *begin,
    const char *end)
{
	xmlDoc *doc = xmlNewDoc((const xmlChar *)"1.0");
	xmlNode *root = xmlNewDocNode(doc, NULL, (const xmlChar *)"r", NULL);
	size_t nb = strlen(begin);
	size_t ne = strlen(end);
	const char *p;
	size_t n;

	xmlDocSetRootElement(doc, root);
	xmlNewProp(root, (const xmlChar *)"v", (const xmlChar *)value);
	text_clear(&test->out);
	CHECK_INT(html_render(test->page, doc, &test->out, &test->diags), 0);
	xmlFreeDoc(doc);
	p = text_str(&test->out);
	n = test->out.n;
	if (!CHECK(n >= nb + ne && memcmp(p, begin, nb) == 0 &&
		memcmp(p + n - ne, end, ne) == 0))
		printf("# page: %s\n", p);
	return arena_dup(&test->arena, p + nb, n >= nb + ne ? n - nb - ne : 0);
}

/* No attack leaves the place between begin and end. */
static void
holds_attacks(const char *template, const char *begin, const char *end)
{
	struct page_test test;

	page_init(&test);
	page_load(&test, template);
	for (size_t i = 0; i < sizeof(attacks) / sizeof(attacks[0]); i++) {
		const char *got = middle(&test, attacks[i], begin, end);

		if (!CHECK(!holds_markup(got, strlen(got)) &&
			strstr(got, "\xe2\x80\xae") == NULL &&
			strstr(got, "\x01") == NULL))
			printf("# attack %zu: %s\n", i, got);
	}
	page_free(&test);
}

static void
escapes_text(void)
{
	holds_attacks("<p data-text='r/@v'>x</p>", "<p>", "</p>");
	holds_attacks("<p data-text='{r/@v}!'>x</p>", "<p>", "</p>");
	holds_attacks("<p data-text='(string(r/@v))'>x</p>", "<p>", "</p>");
}

/* An attribute is whole: title="..." with nothing behind it, or absent. */
static void
keeps_attributes_whole(const char *template, const char *name)
{
	struct page_test test;
	struct text begin = { 0 };

	text_printf(&begin, " %s=\"", name);
	page_init(&test);
	page_load(&test, template);
	for (size_t i = 0; i < sizeof(attacks) / sizeof(attacks[0]); i++) {
		const char *got = middle(&test, attacks[i], "<p", ">x</p>");
		size_t n = strlen(got);
		bool whole = n > begin.n &&
		    memcmp(got, text_str(&begin), begin.n) == 0 &&
		    got[n - 1] == '"' &&
		    !holds_markup(got + begin.n, n - begin.n - 1);

		if (!CHECK(n == 0 || whole))
			printf("# attack %zu: %s\n", i, got);
	}
	text_free(&begin);
	page_free(&test);
}

static void
escapes_every_attribute(void)
{
	keeps_attributes_whole("<p data-attr-title='r/@v'>x</p>", "title");
	keeps_attributes_whole("<p data-attr-class='a {r/@v}'>x</p>", "class");
	keeps_attributes_whole("<p data-attr-id='m-{r/@v}'>x</p>", "id");
	keeps_attributes_whole("<p data-attr-href='r/@v'>x</p>", "href");
	keeps_attributes_whole("<p data-attr-href='a/{r/@v}'>x</p>", "href");
	keeps_attributes_whole("<p data-attr-href='#{r/@v}'>x</p>", "href");
	keeps_attributes_whole("<p data-attr-d='r/@v'>x</p>", "d");
	keeps_attributes_whole("<p data-attr-x='r/@v'>x</p>", "x");
	keeps_attributes_whole(
	    "<p data-attr-datetime='r/@v'>x</p>", "datetime");
}

/* The href that an address of the data becomes; "" for none. */
static void
href(const char *binding, const char *value, const char *want)
{
	struct page_test test;
	struct text template = { 0 };
	const char *got;

	text_printf(&template, "<p data-attr-href='%s'>x</p>", binding);
	page_init(&test);
	page_load(&test, text_str(&template));
	got = middle(&test, value, "<p", ">x</p>");
	if (!CHECK_STR(got,
		*want == '\0' ?
		    "" :
		    arena_printf(&test.arena, " href=\"%s\"", want)))
		printf("# value: %s\n", value);
	text_free(&template);
	page_free(&test);
}

static void
keeps_only_safe_addresses(void)
{
	static const char *const refused[] = { "javascript:alert(1)",
		"JAVASCRIPT:x", " https://a", "java\tscript:x", "data:x",
		"http://a", "//a", "/a", "\\a", "a\\b", "https:a", "https://",
		"mailto:", "#", "..", "../a", "a/../b", "a/..", "%2e%2e/a",
		".%2E/a", "a/%2e./b", "a b", "a\xe2\x80\xae", "a\xc2\x85", "",
		"x:y", "..?a", "..#a", "a:b/c" };

	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		href("r/@v", refused[i], "");
	href("r/@v", "https://example.org/a?b=1&c=2#d",
	    "https://example.org/a?b=1&amp;c=2#d");
	gives("<a data-attr-HREF='r/@v'>x</a>", "<r v='javascript:x'/>",
	    "<a>x</a>");
	href("r/@v", "HTTPS://example.org", "HTTPS://example.org");
	href("r/@v", "mailto:a@example.org", "mailto:a@example.org");
	href("r/@v", "#m-1", "#m-1");
	href("r/@v", "a/b.html#c", "a/b.html#c");
	href("r/@v", "./a", "./a");
	href("r/@v", "a..b/..c/d..", "a..b/..c/d..");
	href("r/@v", "...", "...");
	href("(string(r/@v))", "javascript:x", "");
	href("r/@none ?? r/@v", "javascript:x", "");
	href("{r/@v}", "javascript:x", "");
	href("{r/@v}#a", "javascript:x", "");
	href("{r/@v}{r/@v}", ".", "");
	href("../a/{r/@v}.html", "crs-2", "../a/crs-2.html");
	href("../a/{r/@v}", "b c/\xc3\xa4%&\".pdf",
	    "../a/b%20c/%C3%A4%25%26%22.pdf");
	href("../a/{r/@v}", "../x", "");
	href("../a/{r/@v}", "x/..", "");
	href("a/{r/@v}{r/@v}/b", ".", "");
	href("a/{r/@v}", "%2e%2e/x", "a/%252e%252e/x");
	href("a/{r/@v}", "javascript:x", "a/javascript%3Ax");
	href("#m-{r/@v}", "a b\"<", "#m-a_b%22%3C");
	href("a/{r/@v}", "", "");
	href("mailto:{r/@v}", "a@b\nc", "mailto:a%40b%0Ac");
}

/* A geometry attribute is kept or dropped. */
static void
geometry(const char *name, const char *value, bool kept)
{
	struct page_test test;
	struct text template = { 0 };
	const char *got;

	text_printf(&template, "<p data-attr-%s='r/@v'>x</p>", name);
	page_init(&test);
	page_load(&test, text_str(&template));
	got = middle(&test, value, "<p", ">x</p>");
	if (!CHECK((*got != '\0') == kept))
		printf("# value: %s\n", value);
	text_free(&template);
	page_free(&test);
}

static void
keeps_only_numbers_in_drawings(void)
{
	geometry("x", "12.5", true);
	geometry("width", "0", true);
	geometry("cx", "-3e2", true);
	geometry("x", "12px", false);
	geometry("x", "url(#a)", false);
	geometry("y", "calc(1)", false);
	geometry("r", "nan", false);
	geometry("x1", " 1", false);
	geometry("d", "M4.0 5.6 L21.5,5.2h0z", true);
	geometry("points", "0,1 2,3", true);
	geometry("d", "M0 0 url(x)", false);
	geometry("d", "M0 0\"", false);
	geometry("viewBox", "0 0 300 40", true);
	gives("<svg><path d='' data-attr-d='M{r/@x} 0V40'/>"
	      "<path data-attr-d='M{r/@y} 0'/></svg>",
	    "<r x='1.5' y='u'/>", "<svg><path d=\"M1.5 0V40\"/><path/></svg>");
}

static void
shows_what_turns_text(void)
{
	gives("<p data-text='r/@v'>x</p>",
	    "<r v='a\xe2\x80\xae"
	    "b'/>",
	    "<p>aU+202Eb</p>");
	gives("<p data-text='r/@v' data-attr-title='r/@v'>x</p>",
	    "<r v='\xe2\x81\xa6'/>", "<p title=\"U+2066\">U+2066</p>");
}

static void
fails_without_a_page(void)
{
	struct page_test test;
	struct text messages = { 0 };

	page_init(&test);
	page_load(&test, "<p data-each='r'>x</p>");
	text_puts(&test.out, "before");
	page_render(&test, "<other/>");
	page_messages(&test, &messages);
	CHECK_STR(text_str(&test.out), "before");
	CHECK_STR(text_str(&messages),
	    "page.html:0:0: report document is wrong: the template is for "
	    "another kind of document\n");
	text_free(&messages);
	page_free(&test);
	includes("<p>x</p>", "", "<r/>", "<p>x</p>");
}

static void
stops_xpath_that_costs_too_much(void)
{
	struct page_test test;
	struct text xml = { 0 };
	struct text messages = { 0 };

	text_puts(&xml, "<r>");
	for (int i = 0; i < 400; i++)
		text_puts(&xml, "<a/>");
	text_puts(&xml, "</r>");
	page_init(&test);
	page_load(&test,
	    "<p>\n<b data-if='(count(//a[count(//a[count(//a) = 1]) = 1]))'>x"
	    "</b></p>");
	page_render(&test, text_str(&xml));
	page_messages(&test, &messages);
	CHECK_STR(text_str(&test.out), "");
	CHECK_STR(text_str(&messages),
	    "page.html:2:13: " WRONG "XPath cannot be evaluated: "
	    "(count(//a[count(//a[count(//a) = 1]) = 1]))\n");
	text_free(&messages);
	text_free(&xml);
	page_free(&test);
}

static void
refuses_a_loop_over_no_nodes(void)
{
	struct page_test test;
	struct text messages = { 0 };

	page_init(&test);
	page_load(&test, "<p><b data-each='(count(r))'>x</b></p>");
	page_render(&test, "<r/>");
	page_messages(&test, &messages);
	CHECK_STR(text_str(&messages),
	    "page.html:1:18: " WRONG "XPath cannot be evaluated: "
	    "(count(r))\n");
	text_free(&messages);
	page_free(&test);
}

static void
stops_a_page_that_runs_away(void)
{
	struct page_test test;
	struct text xml = { 0 };
	struct text messages = { 0 };

	text_puts(&xml, "<r>");
	for (int i = 0; i < 500; i++)
		text_puts(&xml, "<a/>");
	text_puts(&xml, "</r>");
	page_init(&test);
	page_load(&test,
	    "<p><template data-each='/r/a'><template data-each='/r/a'>"
	    "<template data-each='/r/a'></template></template></template>"
	    "</p>");
	page_render(&test, text_str(&xml));
	page_messages(&test, &messages);
	CHECK_STR(text_str(&messages),
	    "page.html:0:0: " WRONG
	    "page is beyond any size: a loop runs away\n");
	CHECK_STR(text_str(&test.out), "");
	text_free(&messages);
	text_free(&xml);
	page_free(&test);
}

static void
renders_the_same_twice(void)
{
	struct page_test test;
	struct text first = { 0 };
	const char *xml = "<r a='1'><x>1</x><x>2</x></r>";

	page_init(&test);
	page_load(&test,
	    "<p data-each='r'><b data-each='x' "
	    "data-text='(string(.))' data-attr-id='a{.}'>x</b></p>");
	page_render(&test, xml);
	text_puts(&first, text_str(&test.out));
	text_clear(&test.out);
	page_render(&test, xml);
	CHECK_STR(text_str(&test.out), text_str(&first));
	CHECK_STR(
	    text_str(&first), "<p><b id=\"a1\">1</b><b id=\"a2\">2</b></p>");
	text_free(&first);
	page_free(&test);
}

int
main(void)
{
	copies_what_is_not_bound();
	binds_text_and_falls_back();
	repeats();
	decides();
	binds_attributes();
	includes_fragments();
	refuses_malformed_markup();
	refuses_what_runs_or_loads();
	refuses_wrong_bindings();
	refuses_deep_nesting();
	puts_the_style_sheet_in();
	escapes_text();
	escapes_every_attribute();
	keeps_only_safe_addresses();
	keeps_only_numbers_in_drawings();
	shows_what_turns_text();
	fails_without_a_page();
	stops_xpath_that_costs_too_much();
	refuses_a_loop_over_no_nodes();
	stops_a_page_that_runs_away();
	renders_the_same_twice();
	return tap_done();
}
