#include "html/path.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <stdlib.h>

#include "html/xpath.h"
#include "tap.h"

static const char document[] =
    "<r k='1'><a k='x'><b>one</b><b k='y'>two</b><c/></a>"
    "<a k='z'><b>t<i>hr</i>ee<!-- no --></b></a>"
    "<a><b k='x'><![CDATA[<4>]]></b></a><c k=''>&amp;</c></r>";

/* The string values of all nodes, joined by "|". */
static void
join(const struct html_nodes *nodes, struct text *out)
{
	for (size_t i = 0; i < nodes->n; i++) {
		if (i > 0)
			text_putc(out, '|');
		html_node_text(nodes->p[i], text_put, out);
	}
}

/* What libxml2 finds with the same expression, joined the same way. */
static void
join_reference(xmlDoc *doc, xmlNode *from, const char *path, struct text *out)
{
	xmlXPathContext *context = xmlXPathNewContext(doc);
	struct html_nodes nodes = { 0 };
	xmlXPathObject *result;

	context->node = from;
	result = xmlXPathEvalExpression((const xmlChar *)path, context);
	for (int i = 0; i < xmlXPathNodeSetGetLength(result->nodesetval); i++)
		html_nodes_add(&nodes, result->nodesetval->nodeTab[i]);
	join(&nodes, out);
	free(nodes.p);
	xmlXPathFreeObject(result);
	xmlXPathFreeContext(context);
}

/* The two must find the same nodes; the first must be the first. */
static void
same_as_xpath(xmlDoc *doc, xmlNode *from, const char *source)
{
	struct arena arena = { 0 };
	struct html_path path;
	struct html_nodes nodes = { 0 };
	struct text got = { 0 };
	struct text want = { 0 };

	CHECK_STR(html_path_parse(&path, &arena, source, strlen(source)), NULL);
	html_path_all(&path, from, &nodes);
	join(&nodes, &got);
	join_reference(doc, from, source, &want);
	if (!CHECK_STR(text_str(&got), text_str(&want)))
		printf("# path: %s\n", source);
	CHECK(
	    html_path_first(&path, from) == (nodes.n > 0 ? nodes.p[0] : NULL));
	free(nodes.p);
	text_free(&got);
	text_free(&want);
	arena_free(&arena);
}

static void
means_what_xpath_means(void)
{
	static const char *const paths[] = { "a", "a/b", "a/b/i", "a/@k", "@k",
		".", "./a", "..", "../r", "/r", "/r/a/b", "*", "a/*", "*/b",
		"a[1]", "a[2]/b", "a[9]", "a/b[1]", "a/b[2]", "a[@k]", "a[b]",
		"a[c]/b", "a[@k='x']", "a[@k!='x']", "a[@k=\"z\"]/b",
		"a[b='two']/b[1]", "a[b!='two']", "a/b[.='one']",
		"a/b[.!='one']", "a/b[@k][1]", "a[@k][2]", "a[1][@k='z']",
		"a[position()<=2]/b", "a/b[position() <= 1]",
		"a[position() <=  9]", "a[@k][b][position() <= 1]",
		"a[position() <= 2][2]", "a[@k='x'][b='one'][@k!='z']/b",
		"a/b[.='three']", "a/b[.='<4>']", "c[.='&']", "c/@k", "none",
		"a/none/b", "@none", "none/@k", "/none" };
	xmlDoc *doc = xmlReadMemory(
	    document, (int)strlen(document), "d", NULL, XML_PARSE_NONET);
	xmlNode *root = xmlDocGetRootElement(doc);

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		same_as_xpath(doc, root, paths[i]);
	same_as_xpath(doc, root->children, "../@k");
	same_as_xpath(doc, root->children, "../../r/a/b");
	same_as_xpath(doc, root->children, "../a[3]/b/@k");
	same_as_xpath(doc, (xmlNode *)root->properties, "../a");
	same_as_xpath(doc, (xmlNode *)root->properties, ".");
	same_as_xpath(doc, (xmlNode *)doc, "r/a");
	same_as_xpath(doc, (xmlNode *)doc, "..");
	xmlFreeDoc(doc);
}

/* The number of nodes the path finds from the root. */
static size_t
count(xmlDoc *doc, const char *source)
{
	struct arena arena = { 0 };
	struct html_path path;
	struct html_nodes nodes = { 0 };

	CHECK_STR(html_path_parse(&path, &arena, source, strlen(source)), NULL);
	html_path_all(&path, xmlDocGetRootElement(doc), &nodes);
	free(nodes.p);
	arena_free(&arena);
	return nodes.n;
}

static void
compares_and_falls_back(void)
{
	xmlDoc *doc = xmlReadMemory(
	    document, (int)strlen(document), "d", NULL, XML_PARSE_NONET);

	CHECK_INT(count(doc, "@k='1'"), 1);
	CHECK_INT(count(doc, "@k='2'"), 0);
	CHECK_INT(count(doc, "@k!='2'"), 1);
	CHECK_INT(count(doc, "@none!='2'"), 0);
	CHECK_INT(count(doc, "a/b='two'"), 1);
	CHECK_INT(count(doc, "a/b!='two'"), 3);
	CHECK_INT(count(doc, "a/@k='x'"), 1);
	CHECK_INT(count(doc, "c/@k=''"), 1);
	CHECK_INT(count(doc, "none ?? a"), 3);
	CHECK_INT(count(doc, "c ?? a"), 1);
	CHECK_INT(count(doc, "none??@none??@k"), 1);
	CHECK_INT(count(doc, "@k='2' ?? @k='1'"), 1);
	CHECK_INT(count(doc, "none ?? @none"), 0);
	xmlFreeDoc(doc);
}

static void
refuses_what_is_no_path(void)
{
	static const char *const wrong[] = { "", "/", "a/", "//a", "a//b",
		"a b", "a[", "a[]", "a[0]", "a[1", "a[@]", "a[b=x]", "a[b='x]",
		"a[b<'x']", "a[1][2][3][4]", "@", "@k/a", "@k/..", "a/..",
		"a/../b", "a/@k[1]", "a|b", "count(a)", "'x'", "1", "a=b",
		"a=", "a!", "a!'x'", "a ??", "?? a", "a ? b",
		"a/b/c/d/e/f/g/h/i", "{a}", "a:b", "$a", "text()",
		"a[position()=1]", "a[position() < 2]", "a[position() <= 0]",
		"a[position() <= x]", "a[position() <= 2", "a[position]()",
		"a[last()]", "-a", "...", "a[99999999999999999999]" };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct arena arena = { 0 };
		struct html_path path;

		if (!CHECK(html_path_parse(&path, &arena, wrong[i],
			       strlen(wrong[i])) != NULL))
			printf("# path: %s\n", wrong[i]);
		arena_free(&arena);
	}
}

static void
reads_text_of_a_document(void)
{
	xmlDoc *doc = xmlReadMemory(
	    document, (int)strlen(document), "d", NULL, XML_PARSE_NONET);
	struct text out = { 0 };

	html_node_text((xmlNode *)doc, text_put, &out);
	CHECK_STR(text_str(&out), "onetwothree<4>&");
	CHECK(html_node_is((xmlNode *)doc, "onetwothree<4>&"));
	CHECK(!html_node_is((xmlNode *)doc, "onetwothree<4>"));
	CHECK(!html_node_is((xmlNode *)doc, "onetwothree<4>& "));
	CHECK(!html_node_is((xmlNode *)doc, ""));
	text_free(&out);
	xmlFreeDoc(doc);
}

/* The words of an expression: e:name, a:name, f:name, v:$ each with a blank. */
static void
check_words(const char *expression, const char *want)
{
	static const char kinds[] = "eafv";
	struct html_words words = { .at = expression };
	struct text got = { 0 };

	while (html_words_next(&words))
		text_printf(
		    &got, "%c:%.*s ", kinds[words.kind], (int)words.n, words.p);
	CHECK_STR(text_str(&got), want);
	text_free(&got);
}

static void
tells_words_of_xpath_apart(void)
{
	check_words("(a)", "e:a ");
	check_words("(a/@b)", "e:a a:b ");
	check_words("(count(a) > 2 and b or c)", "f:count e:a e:b e:c ");
	check_words("(and and or)", "e:and e:or ");
	check_words("(div div mod mod 3)", "e:div e:mod ");
	check_words("(* * a)", "e:a ");
	check_words("('a and b')", "");
	check_words("(\"x'y\" = @k)", "a:k ");
	check_words("(a-b - c)", "e:a-b e:c ");
	check_words("(attribute::k = child::b)", "a:k e:b ");
	check_words("(following-sibling::*[1])", "");
	check_words("(a[position() < 8]/b[.='x'])", "e:a f:position e:b ");
	check_words("($x + 1)", "v:$ e:x ");
	check_words("(../a | ./b)", "e:a e:b ");
	check_words("(a [1] mod 2)", "e:a ");
	check_words("(string-length (.) div 2)", "f:string-length ");
	check_words("(@*)", "");
	check_words("('unclosed", "");
	CHECK_STR(html_xpath_check("(count(a))"), NULL);
	CHECK_STR(html_xpath_check("(node() | text())"), NULL);
	CHECK_STR(
	    html_xpath_check("(cuont(a))"), "XPath 1.0 has no such function");
	CHECK_STR(
	    html_xpath_check("(id('a'))"), "XPath 1.0 has no such function");
	CHECK_STR(html_xpath_check("(document('/etc/passwd'))"),
	    "XPath 1.0 has no such function");
	CHECK_STR(html_xpath_check("($a)"), "XPath has no variables here");
}

int
main(void)
{
	means_what_xpath_means();
	compares_and_falls_back();
	refuses_what_is_no_path();
	reads_text_of_a_document();
	tells_words_of_xpath_apart();
	return tap_done();
}
