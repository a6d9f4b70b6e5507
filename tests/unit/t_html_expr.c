#include "html/expr.h"

#include <libxml/parser.h>
#include <stdlib.h>

#include "tap.h"

static const char document[] =
    "<r n='3' of='5' e='' u='https://a.example' p='x y' k='yes'>"
    "<a k='1'>one</a><a k='2'>t&lt;wo</a><a/></r>";

/* An expression with what it needs. */
struct desk {
	struct arena arena;
	struct html_eval eval;
	struct html_expr expr;
	xmlDoc *doc;
	xmlNode *root;
	const char *wrong;
};

static void
begin(struct desk *desk, const char *source)
{
	*desk = (struct desk){ 0 };
	desk->eval.arena = &desk->arena;
	desk->doc = xmlReadMemory(
	    document, (int)strlen(document), "d", NULL, XML_PARSE_NONET);
	desk->root = xmlDocGetRootElement(desk->doc);
	desk->wrong =
	    html_expr_parse(&desk->expr, &desk->eval, source, strlen(source));
}

static void
end(struct desk *desk)
{
	html_eval_free(&desk->eval);
	xmlFreeDoc(desk->doc);
	arena_free(&desk->arena);
}

/* The expression is of the kind, or wrong in this way. */
static void
parses(const char *source, enum html_expr_kind kind, const char *wrong)
{
	struct desk desk;

	begin(&desk, source);
	if (!CHECK_STR(desk.wrong, wrong))
		printf("# expression: %s\n", source);
	if (wrong == NULL)
		CHECK_INT(desk.expr.kind, kind);
	CHECK_STR(desk.expr.source, source);
	end(&desk);
}

static void
tells_its_forms_apart(void)
{
	parses("a", HTML_EXPR_PATH, NULL);
	parses("@k='x'", HTML_EXPR_PATH, NULL);
	parses("@k='{'", HTML_EXPR_PATH, NULL);
	parses("@k='('", HTML_EXPR_PATH, NULL);
	parses("a ?? b", HTML_EXPR_PATH, NULL);
	parses("(a)", HTML_EXPR_XPATH, NULL);
	parses("(a) or (b)", HTML_EXPR_XPATH, NULL);
	parses("{a}", HTML_EXPR_PATTERN, NULL);
	parses("({a})", HTML_EXPR_PATTERN, NULL);
	parses("a {b}", HTML_EXPR_PATTERN, NULL);
	parses("a b", HTML_EXPR_PATH, "not a path");
	parses("", HTML_EXPR_PATH, "empty expression");
	parses("{}", HTML_EXPR_PATTERN, "empty expression");
	parses("{a", HTML_EXPR_PATTERN, "\"{\" is not closed");
	parses("{a {b}}", HTML_EXPR_PATTERN, "\"{\" inside a value");
	parses("{a b}", HTML_EXPR_PATTERN, "not a path");
	parses("{(a}", HTML_EXPR_PATTERN, "not an XPath expression");
	parses("(a", HTML_EXPR_XPATH, "not an XPath expression");
	parses("(a]", HTML_EXPR_XPATH, "not an XPath expression");
	parses("(f(a))", HTML_EXPR_XPATH, "XPath 1.0 has no such function");
	parses("{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}",
	    HTML_EXPR_PATTERN, "pattern has too many parts");
}

static void
holds(const char *source, int want)
{
	struct desk desk;

	begin(&desk, source);
	if (!CHECK_INT(html_expr_test(&desk.expr, &desk.eval, desk.root), want))
		printf("# expression: %s\n", source);
	end(&desk);
}

static void
decides(void)
{
	holds("a", 1);
	holds("b", 0);
	holds("@e", 1);
	holds("@none", 0);
	holds("@k='yes'", 1);
	holds("@k='no'", 0);
	holds("@k!='no'", 1);
	holds("@none!='no'", 0);
	holds("a[4]", 0);
	holds("a[3]", 1);
	holds("b ?? a", 1);
	holds("b ?? c", 0);
	holds("(a)", 1);
	holds("(b)", 0);
	holds("(count(a) = 3)", 1);
	holds("(@n > @of)", 0);
	holds("(@n < @of and not(b))", 1);
	holds("(0)", 0);
	holds("('')", 0);
	holds("('a')", 1);
}

static void
leads_to(const char *source, int rc, size_t n)
{
	struct html_nodes nodes = { 0 };
	struct desk desk;

	begin(&desk, source);
	CHECK_INT(
	    html_expr_nodes(&desk.expr, &desk.eval, desk.root, &nodes), rc);
	if (!CHECK_INT(nodes.n, n))
		printf("# expression: %s\n", source);
	free(nodes.p);
	end(&desk);
}

static void
finds_nodes(void)
{
	leads_to("a", 0, 3);
	leads_to("b", 0, 0);
	leads_to("b ?? a", 0, 3);
	leads_to("(a[position() > 1])", 0, 2);
	leads_to("(b)", 0, 0);
	leads_to("(a | @n)", 0, 4);
	leads_to("(count(a))", -1, 0);
	leads_to("('a')", -1, 0);
}

/* What the expression writes in the place; NULL when it writes nothing. */
static void
puts_in(enum html_place place, const char *source, const char *want)
{
	struct text out = { 0 };
	struct desk desk;
	int rc;

	begin(&desk, source);
	CHECK_STR(desk.wrong, NULL);
	text_puts(&out, "|");
	rc = html_expr_put(&desk.expr, &desk.eval, desk.root, place, &out);
	CHECK_INT(rc, want != NULL);
	if (!CHECK_STR(text_str(&out) + 1, want != NULL ? want : ""))
		printf("# expression: %s\n", source);
	text_free(&out);
	end(&desk);
}

static void
writes_text(void)
{
	puts_in(HTML_PLACE_TEXT, "@n", "3");
	puts_in(HTML_PLACE_TEXT, "a", "one");
	puts_in(HTML_PLACE_TEXT, "a[2]", "t&lt;wo");
	puts_in(HTML_PLACE_TEXT, ".", "onet&lt;wo");
	puts_in(HTML_PLACE_TEXT, "@e", NULL);
	puts_in(HTML_PLACE_TEXT, "a[3]", NULL);
	puts_in(HTML_PLACE_TEXT, "@none", NULL);
	puts_in(HTML_PLACE_TEXT, "{@n} of {@of}", "3 of 5");
	puts_in(HTML_PLACE_TEXT, "{@none} of {@of}", " of 5");
	puts_in(HTML_PLACE_TEXT, "{@none} of {@e}", NULL);
	puts_in(HTML_PLACE_TEXT, "<{@n}>", "&lt;3&gt;");
	puts_in(HTML_PLACE_TEXT, "({@n})", "(3)");
	puts_in(HTML_PLACE_TEXT, "(count(a))", "3");
	puts_in(HTML_PLACE_TEXT, "(a[2])", "t&lt;wo");
	puts_in(HTML_PLACE_TEXT, "(1 div 3 > 0)", "true");
	puts_in(HTML_PLACE_TEXT, "(b)", NULL);
	puts_in(HTML_PLACE_TEXT, "{(count(a))}/{(count(b))}", "3/0");
	puts_in(HTML_PLACE_ATTRIBUTE, "a[2]", "t&lt;wo");
	puts_in(HTML_PLACE_ATTRIBUTE, "x {@n}", "x 3");
	puts_in(HTML_PLACE_ID, "@p", "x_y");
	puts_in(HTML_PLACE_ID, "a b-{@p}", "a b-x_y");
}

static void
writes_where_it_matters(void)
{
	puts_in(HTML_PLACE_URL, "@u", "https://a.example");
	puts_in(HTML_PLACE_URL, "@p", NULL);
	puts_in(HTML_PLACE_URL, "#m-{@p}", "#m-x_y");
	puts_in(HTML_PLACE_URL, "../{@p}.html", "../x%20y.html");
	puts_in(HTML_PLACE_URL, "../{@u}", "../https%3A//a.example");
	puts_in(HTML_PLACE_URL, "{@u}/{@p}", NULL);
	puts_in(HTML_PLACE_URL, "{@u}/{@n}", "https://a.example/3");
	puts_in(HTML_PLACE_URL, "../{@none}", NULL);
	puts_in(HTML_PLACE_NUMBER, "@n", "3");
	puts_in(HTML_PLACE_NUMBER, "{@n}.5", "3.5");
	puts_in(HTML_PLACE_NUMBER, "@p", NULL);
	puts_in(HTML_PLACE_NUMBER, "@none", NULL);
	puts_in(HTML_PLACE_GEOMETRY, "M{@n} 0V40", "M3 0V40");
	puts_in(HTML_PLACE_GEOMETRY, "M{@p} 0", NULL);
}

static void
counts_what_xpath_costs(void)
{
	struct desk desk;
	int rc = 1;

	begin(&desk, "(count(//*[count(//*) > 1]) > 0)");
	html_eval_begin(&desk.eval);
	for (int i = 0; i < 10000000 && rc == 1; i++)
		rc = html_expr_test(&desk.expr, &desk.eval, desk.root);
	CHECK_INT(rc, -1);
	html_eval_begin(&desk.eval);
	CHECK_INT(html_expr_test(&desk.expr, &desk.eval, desk.root), 1);
	end(&desk);
}

static void
writes_strings_of_style_sheets(void)
{
	struct text out = { 0 };
	struct desk desk;

	begin(&desk, "a {a[2]} & \"{@n}\"");
	CHECK_INT(
	    html_expr_put_css(&desk.expr, &desk.eval, desk.root, &out), 0);
	CHECK_STR(
	    text_str(&out), "\"a t\\00003cwo \\000026 \\0000223\\000022\"");
	text_free(&out);
	end(&desk);
}

int
main(void)
{
	tells_its_forms_apart();
	decides();
	finds_nodes();
	writes_text();
	writes_where_it_matters();
	counts_what_xpath_costs();
	writes_strings_of_style_sheets();
	return tap_done();
}
