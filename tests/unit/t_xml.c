#include "read/xml.h"

#include <libxml/parser.h>
#include <time.h>

#include "read/xml_scan.h"
#include "reading.h"

#define READ xml_read

static void
reads_elements(void)
{
	CHECK_TREE("<a/>", "{#name: \"a\"}");
	CHECK_TREE("<a></a>", "{#name: \"a\"}");
	CHECK_TREE("<a>x</a>", "{#name: \"a\", #text: \"x\"}");
	CHECK_TREE("<a><b>1</b><c/><b>2</b></a>",
	    "{#name: \"a\", b: {#text: \"1\"}, c: {}, b: {#text: \"2\"}}");
	CHECK_TREE("<a x=\"1\" y='2'><b z=\"3\"/></a >",
	    "{#name: \"a\", @x: \"1\", @y: \"2\", b: {@z: \"3\"}}");
	CHECK_TREE("<?xml version=\"1.0\"?>\n<!-- <x> -->\n<a/>\n<!-- y -->\n",
	    "{#name: \"a\"}");
	CHECK_TREE("\xef\xbb\xbf<a/>", "{#name: \"a\"}");
	CHECK_REFUSED("<a b = \"<\" />", XML_SYNTAX, 1, 9, "&lt;");
	CHECK_TREE("<a b = \"x>y\" />", "{#name: \"a\", @b: \"x>y\"}");
}

static void
reads_texts(void)
{
	CHECK_TREE("<a> x \n y </a>", "{#name: \"a\", #text: \" x \\n y \"}");
	CHECK_TREE("<a> \n\t </a>", "{#name: \"a\"}");
	CHECK_TREE("<a>1<b/>2<!-- c -->3<?p q?>4</a>",
	    "{#name: \"a\", b: {}, #text: \"1234\"}");
	CHECK_TREE("<a><![CDATA[<b> & ]]&gt;]]></a>",
	    "{#name: \"a\", #text: \"<b> & ]]&gt;\"}");
	CHECK_TREE("<a>&lt;&amp;&gt;&quot;&apos;&#65;&#x1F600;</a>",
	    "{#name: \"a\", #text: \"<&>\\\"'A\xf0\x9f\x98\x80\"}");
	CHECK_TREE(
	    "<a b=\"&lt;&#10;&amp;\"/>", "{#name: \"a\", @b: \"<\\n&\"}");
	CHECK_TREE("<a b=\"&amp;amp;&#38;#38; &amp;\"/>",
	    "{#name: \"a\", @b: \"&amp;&#38; &\"}");
	CHECK_TREE("<a>&amp;amp;&#38;#38; &amp;</a>",
	    "{#name: \"a\", #text: \"&amp;&#38; &\"}");
	CHECK_TREE("<a>x\r\ny</a>", "{#name: \"a\", #text: \"x\\ny\"}");
	CHECK_TREE("<a b=\"x\r\ny\"/>", "{#name: \"a\", @b: \"x y\"}");
}

static void
reads_namespaces(void)
{
	CHECK_TREE("<p:a xmlns:p=\"u\" xmlns=\"v\" p:x=\"1\" x=\"2\" "
		   "xml:lang=\"en\"><p:b/><b/></p:a>",
	    "{#name: \"a\", @p:x: \"1\", @x: \"2\", @xml:lang: \"en\", "
	    "b: {}, b: {}}");
	CHECK_TREE("<a xmlnsx=\"1\"/>", "{#name: \"a\", @xmlnsx: \"1\"}");
	CHECK_REFUSED("<a><p:b/></a>", XML_SYNTAX, 1, 4, "not declared");
	CHECK_REFUSED("<a p:x=\"1\"/>", XML_SYNTAX, 1, 1, "not declared");
}

static void
gives_places(void)
{
	CHECK_PLACES("<a>\n <b x=\"1\"\n  y='2'>t</b>\n</a>",
	    "1:1 {#name 1:1 1:1, b 2:2 2:2 {@x 2:5 2:5, @y 3:3 3:3, "
	    "#text 3:9 3:9}}");
	CHECK_PLACES("<a>\xf0\x9f\x98\x80<b/>\r\n\xc3\xa9<b/></a>",
	    "1:1 {#name 1:1 1:1, b 1:5 1:5, b 2:2 2:2, #text 1:4 1:4}");
	CHECK_PLACES("<a>\n\n  text</a>", "1:1 {#name 1:1 1:1, #text 3:3 3:3}");
	CHECK_PLACES("<a xmlns=\"u\" b=\"1\"><c xmlns:p=\"v\" p:d=\"2\"/></a>",
	    "1:1 {#name 1:1 1:1, @b 1:14 1:14, "
	    "c 1:20 1:20 {@p:d 1:35 1:35}}");
	CHECK_PLACES("<a><!-- <b/> --><![CDATA[<b/>]]><b/></a>",
	    "1:1 {#name 1:1 1:1, b 1:33 1:33, #text 1:4 1:4}");
}

/* libxml2's own line of a node stops at 65,535. */
static void
counts_far(void)
{
	struct text t = { 0 };
	struct reading r;

	text_puts(&t, "<a>");
	for (int i = 0; i < 70000; i++)
		text_putc(&t, '\n');
	text_puts(&t, "<b");
	for (int i = 0; i < 70000; i++)
		text_putc(&t, ' ');
	text_puts(&t, "x='1'/></a>");
	reading_begin(&r, xml_read, t.p, t.n);
	CHECK_INT(r.value->last->pos.line, 70001);
	CHECK_INT(r.value->last->first->pos.column, 70003);
	reading_end(&r);
	text_cut(&t, t.n - 4);
	text_puts(&t, "&x;</a>");
	CHECK_REFUSED(t.p, XML_SYNTAX, 70001, 70010, "unknown entity");
	text_free(&t);
}

static void
refuses_doctypes(void)
{
	CHECK_REFUSED("<!DOCTYPE a><a/>", XML_DOCTYPE, 1, 1, "entities");
	CHECK_REFUSED("<?xml version='1.0'?>\n <!DOCTYPE a []><a/>",
	    XML_DOCTYPE, 2, 2, "");
	CHECK_REFUSED("<a><!ENTITY b 'c'></a>", XML_DOCTYPE, 1, 4, "");
	CHECK_REFUSED("<a><!doctype b></a>", XML_DOCTYPE, 1, 4, "");
	CHECK_TREE("<a><!-- <!DOCTYPE a> --><![CDATA[<!DOCTYPE a>]]></a>",
	    "{#name: \"a\", #text: \"<!DOCTYPE a>\"}");
	CHECK_REFUSED("<a>&b;</a>", XML_SYNTAX, 1, 4, "unknown entity");
	CHECK_REFUSED("<a b='&c;'/>", XML_SYNTAX, 1, 7, "unknown entity");
}

static void
refuses_encodings(void)
{
	CHECK_TREE(
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>", "{#name: \"a\"}");
	CHECK_TREE(
	    "<?xml version='1.0' encoding = 'utf-8' ?><a/>", "{#name: \"a\"}");
	CHECK_REFUSED("<?xml version=\"1.0\" encoding=\"UTF-7\"?><a/>",
	    XML_ENCODING, 1, 30, "UTF-8");
	CHECK_REFUSED("<?xml version=\"1.0\" encoding='ISO-8859-1'?><a/>",
	    XML_ENCODING, 1, 30, "UTF-8");
	CHECK_REFUSED("<?xml version=\"1.0\" encoding='UTF-80'?><a/>",
	    XML_ENCODING, 1, 30, "UTF-8");
	CHECK_REFUSED("<?xml version=\"1.0\" encoding=?><a/>", XML_ENCODING, 1,
	    30, "UTF-8");
	CHECK_REFUSED("<a>\xe9</a>", TEXT_UTF8, 1, 4, "0xe9");
	CHECK_TREE(
	    "<a>encoding='x'</a>", "{#name: \"a\", #text: \"encoding='x'\"}");
}

static void
refuses_characters(void)
{
	CHECK_REFUSED("<a>&#2;</a>", XML_SYNTAX, 1, 4, "not allowed in XML");
	CHECK_REFUSED("<a>&#xFFFF;</a>", XML_SYNTAX, 1, 4, "not allowed");
	CHECK_REFUSED("<a>&#x110000;</a>", XML_SYNTAX, 1, 4, "not allowed");
	CHECK_REFUSED("<a>\x01</a>", TEXT_CONTROL, 1, 4, "U+0001");
	CHECK_REFUSED("<a>&#x85;</a>", TEXT_CONTROL, 1, 4, "U+0085");
	CHECK_REFUSED("<a b='&#x7f;'/>", TEXT_CONTROL, 1, 4, "U+007F");
	CHECK_REFUSED("<a>&#x2028;</a>", TEXT_CONTROL, 1, 4, "U+2028");
	CHECK_REFUSED("<a>&#x1FFFF;</a>", TEXT_CONTROL, 1, 4, "U+1FFFF");
	CHECK_TREE("<a>&#13;&#9;x</a>", "{#name: \"a\", #text: \"\\r\\tx\"}");
}

/* What the scan of the tags refuses before libxml2 sees it. */
static void
refuses_bad_tags(void)
{
	CHECK_REFUSED("<a b></a>", XML_SYNTAX, 1, 5, "expected =");
	CHECK_REFUSED("<a b=c></a>", XML_SYNTAX, 1, 6, "quote");
	CHECK_REFUSED("<a b=\"c/>", XML_SYNTAX, 1, 6, "closing quote");
	CHECK_REFUSED("<a b='1'c='2'/>", XML_SYNTAX, 1, 9, "a blank");
	CHECK_REFUSED("<a 'b'/>", XML_SYNTAX, 1, 4, "name of an attribute");
	CHECK_REFUSED("<a <b/></a>", XML_SYNTAX, 1, 1, "> of this tag");
	CHECK_REFUSED("<a / ></a>", XML_SYNTAX, 1, 4, "name of an attribute");
	CHECK_REFUSED("<a>x < y</a>", XML_SYNTAX, 1, 6, "&lt;");
	CHECK_REFUSED("<a></a x></a>", XML_SYNTAX, 1, 8, "closing tag");
	CHECK_REFUSED("<a", XML_SYNTAX, 1, 1, "truncated");
	CHECK_REFUSED("<a>\n<b x='1'", XML_SYNTAX, 2, 1, "truncated");
	CHECK_REFUSED("<a></a", XML_SYNTAX, 1, 4, "truncated");
	CHECK_REFUSED("<a><!-- x</a>", XML_SYNTAX, 1, 4, "truncated");
	CHECK_REFUSED("<a><![CDATA[ x</a>", XML_SYNTAX, 1, 4, "truncated");
	CHECK_REFUSED("<a><?x </a>", XML_SYNTAX, 1, 4, "truncated");
	CHECK_REFUSED("<", XML_SYNTAX, 1, 1, "name of an element");
	CHECK_REFUSED("<a b", XML_SYNTAX, 1, 5, "expected =");
	CHECK_REFUSED("<a b=", XML_SYNTAX, 1, 6, "quote");
}

/* What libxml2 refuses. */
static void
refuses_ill_formed(void)
{
	CHECK_REFUSED("<a>\n<b>x</a>", XML_SYNTAX, 2, 9,
	    "expected </b> to close the element of line 2");
	CHECK_REFUSED("<a>\n<b>\n\n", XML_SYNTAX, 2, 4, "truncated");
	CHECK_REFUSED("<a/><b/>", XML_SYNTAX, 1, 5, "second element");
	CHECK_REFUSED("<a/>x", XML_SYNTAX, 1, 5, "end of the first");
	CHECK_REFUSED("x", XML_SYNTAX, 1, 1, "");
	CHECK_REFUSED("<a x='1' x='2'/>", XML_SYNTAX, 1, 15, "twice");
	CHECK_REFUSED("<a xmlns:p='u' xmlns:q='u' p:x='1' q:x='2'/>",
	    XML_SYNTAX, 1, 1, "twice");
	CHECK_REFUSED("<a>x & y</a>", XML_SYNTAX, 1, 7, "&amp;");
	CHECK_REFUSED("<a>x &y z</a>", XML_SYNTAX, 1, 6, "; is missing");
	CHECK_REFUSED("<a>x ]]> y</a>", XML_SYNTAX, 1, 6, "]]&gt;");
	CHECK_REFUSED("<a><!-- x -- y --></a>", XML_SYNTAX, 1, 11, "--");
	CHECK_REFUSED(
	    "<a><?xml version='1.0'?></a>", XML_SYNTAX, 1, 9, "very beginning");
	CHECK_REFUSED("<1/>", XML_SYNTAX, 1, 2, "");
	CHECK_REFUSED("</a>", XML_SYNTAX, 1, 2, "");
	CHECK_REFUSED("<!-- x -->", XML_SYNTAX, 1, 11, "");
	CHECK_REFUSED("", FILE_EMPTY, 0, 0, "");
	CHECK_REFUSED(" \n\t", FILE_EMPTY, 0, 0, "");
}

/* Write a piece n times, its number in it where it has a #. */
static void
repeat(struct text *t, const char *piece, size_t n)
{
	const char *mark = strchr(piece, '#');

	for (size_t i = 0; i < n; i++) {
		if (mark == NULL) {
			text_puts(t, piece);
			continue;
		}
		text_put(t, piece, (size_t)(mark - piece));
		text_printf(t, "%zu%s", i, mark + 1);
	}
}

/* Write before, n pieces, after; whether that is read. */
static bool
accepts(struct text *t, const char *before, const char *piece, size_t n,
    const char *after)
{
	struct reading r;
	bool accepted;

	text_clear(t);
	text_puts(t, before);
	repeat(t, piece, n);
	text_puts(t, after);
	reading_begin(&r, xml_read, t->p, t->n);
	accepted = r.value != NULL;
	reading_end(&r);
	return accepted;
}

static void
limits_attributes(void)
{
	struct text t = { 0 };

	CHECK(accepts(&t, "<a", " b#='1'", 256, "/>"));
	CHECK(!accepts(&t, "<a", " b#='1'", 257, "/>"));
	CHECK_REFUSED(t.p, XML_LIMIT, 1, 2198, "256 attributes");
	CHECK(!accepts(&t, "<a", " xmlns:b#='1'", 257, "/>"));
	/* In force are those of the element and of those around it. */
	CHECK(accepts(&t, "<a", " xmlns:b#='1'", 200, "><b xmlns:c='1'/></a>"));
	CHECK(accepts(&t, "<a>", "<b xmlns:c='1' xmlns:d='2'/>", 1000, "</a>"));
	CHECK(accepts(&t, "<a", " xmlns:b#='1'", 255, "><b xmlns:c='1'/></a>"));
	text_clear(&t);
	text_puts(&t, "<a");
	repeat(&t, " xmlns:b#='1'", 200);
	text_puts(&t, "><b");
	repeat(&t, " xmlns:c#='1'", 57);
	text_puts(&t, "/></a>");
	CHECK_REFUSED(t.p, XML_LIMIT, 1, 2894, "256 xmlns");
	text_free(&t);
}

static void
limits_depth(void)
{
	struct text t = { 0 };
	struct reading r;

	repeat(&t, "<a>", 64);
	repeat(&t, "</a>", 64);
	reading_begin(&r, xml_read, t.p, t.n);
	CHECK(r.value != NULL);
	reading_end(&r);
	text_clear(&t);
	repeat(&t, "<a>", 65);
	CHECK_REFUSED(t.p, XML_LIMIT, 1, 193, "64 levels");
	CHECK(accepts(&t, "<a>", "<b><c/></b>", 1000, "</a>"));
	text_free(&t);
}

static void
limits_sizes(void)
{
	struct text t = { 0 };

	CHECK(accepts(&t, "<a>", "<b/>", 999999, "</a>"));
	CHECK(!accepts(&t, "<a>", "<b/>", 1000000, "</a>"));
	CHECK_REFUSED(
	    t.p, XML_LIMIT, 1, 4000000, "more elements and attributes");
	CHECK(!accepts(&t, "<a><!--", "12345678", 1048576, "--></a>"));
	CHECK_REFUSED(t.p, XML_LIMIT, 1, 4, "too long");
	CHECK(!accepts(&t, "<a b='", "12345678", 1048577, "'/>"));
	CHECK_REFUSED(t.p, XML_LIMIT, 1, 6, "attribute is too long");
	CHECK(!accepts(&t, "<a><?x ", "12345678", 4096, "?></a>"));
	CHECK_REFUSED(t.p, XML_LIMIT, 1, 4, "too long");
	CHECK(accepts(&t, "<", "n", 999, "/>"));
	CHECK(!accepts(&t, "<", "n", 1000, "/>"));
	CHECK(!accepts(&t, "<a ", "n", 1001, "='1'/>"));
	CHECK(!accepts(&t, "<a></", "n", 1001, "></a>"));
	/* A text may be as long as the file. */
	CHECK(accepts(&t, "<a>", "12345678", 2097150, "</a>"));
	CHECK(!accepts(&t, "<a>", "12345678", 2097152, "</a>"));
	CHECK_REFUSED(t.p, FILE_LARGE, 0, 0, "16777216");
	text_free(&t);
}

static void
is_never_slow(void)
{
	static const struct {
		const char *before;
		const char *piece;
		size_t n;
	} cases[] = { { "<a ", "b#='' ", 40000 }, { "<a>", "&x;", 5000000 },
		{ "<a>", "<<", 5000000 }, { "<", "a", 10000000 },
		{ "<a>", "<b>", 1000000 }, { "<a>", "<!-- -->", 2000000 },
		{ "<a>", "</b>", 4000000 }, { "<a>", "&#2;", 4000000 },
		{ "<a><!-- -- ", "<b a='1'", 400000 },
		{ "<a>", "<?x y?>", 2000000 } };
	struct text t = { 0 };
	clock_t start = clock();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		CHECK(!accepts(
		    &t, cases[i].before, cases[i].piece, cases[i].n, ""));
	CHECK((clock() - start) / CLOCKS_PER_SEC < 40);
	text_free(&t);
}

/* libxml2's own state is as it was before. */
static void
leaves_no_trace(void)
{
	xmlExternalEntityLoader before = xmlGetExternalEntityLoader();
	struct reading r;

	reading_begin(&r, xml_read, "<a>&b;</a>", 10);
	reading_end(&r);
	CHECK(xmlGetExternalEntityLoader() == before);
}

static void
scans_tags(void)
{
	static const char bytes[] = "<!-- <x> --><a b='>' xmlns='u'\n c=\"\">"
				    "<![CDATA[<y>]]><d/></a>z";
	struct xml_scan scan = { .p = bytes, .end = bytes + sizeof(bytes) - 1 };

	CHECK_INT(xml_scan_next(&scan), XML_MARK_OPEN);
	CHECK_INT(scan.tag.start - bytes, 12);
	CHECK_INT(scan.tag.n, 2);
	CHECK_INT(scan.tag.n_prefixes, 1);
	CHECK_INT(*scan.tag.attributes[0], 'b');
	CHECK_INT(*scan.tag.attributes[1], 'c');
	CHECK(!scan.tag.empty);
	CHECK_INT(scan.tag.end[-1], '>');
	CHECK_INT(xml_scan_next(&scan), XML_MARK_OPEN);
	CHECK(scan.tag.empty);
	CHECK_INT(scan.tag.n, 0);
	CHECK_INT(xml_scan_next(&scan), XML_MARK_CLOSE);
	CHECK_INT(xml_scan_next(&scan), XML_MARK_END_OF_FILE);
	CHECK_INT(xml_scan_next(&scan), XML_MARK_END_OF_FILE);
}

int
main(void)
{
	reads_elements();
	reads_texts();
	reads_namespaces();
	gives_places();
	counts_far();
	refuses_doctypes();
	refuses_encodings();
	refuses_characters();
	refuses_bad_tags();
	refuses_ill_formed();
	limits_attributes();
	limits_depth();
	limits_sizes();
	is_never_slow();
	leaves_no_trace();
	scans_tags();
	return tap_done();
}
