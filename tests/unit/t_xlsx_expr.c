#include <libxml/parser.h>

#include "tap.h"
#include "xlsx/expr.h"

static const char document[] =
    "<r id='1' day='2026-11-30' time='2026-11-30T02:00:00Z' share='0.564'>"
    "<item id='a' n='3'>first</item><item id='b' n=''>second</item>"
    "<item id='c'>third <i>x</i></item><none/></r>";

static const char *const declared[] = { "r", "item", "i", "none", "and", "@id",
	"@day", "@time", "@share", "@n", "@label" };

struct expr_test {
	struct arena arena;
	struct diag_list diags;
	struct xlsx_names names;
	struct expr_set set;
	struct expr_run run;
	xmlDocPtr doc;
	struct text out;
};

static long
rows_of(const void *plan, const char *sheet)
{
	(void)plan;
	return strcmp(sheet, "Items") == 0 ? 42 : -1;
}

static void
begin(struct expr_test *t)
{
	*t = (struct expr_test){ .names = { declared,
				     sizeof(declared) / sizeof(*declared) } };
	t->diags.arena = &t->arena;
	t->set.arena = &t->arena;
	t->set.names = &t->names;
	t->run.diags = &t->diags;
	t->run.book.rows = rows_of;
	t->doc = xmlReadMemory(
	    document, sizeof(document) - 1, "d", NULL, XML_PARSE_NONET);
	CHECK_INT(expr_begin(&t->run, t->doc), 0);
}

static void
end(struct expr_test *t)
{
	expr_end(&t->run);
	expr_free(&t->set);
	xmlFreeDoc(t->doc);
	text_free(&t->out);
	arena_free(&t->arena);
}

static const char *
last_message(const struct expr_test *t)
{
	return t->diags.last != NULL ? t->diags.last->detail : "";
}

/* The text with insertions is this at the root. */
static void
gives(const char *source, const char *want)
{
	struct expr_test t;
	struct expr *expr;

	begin(&t);
	expr = expr_text(&t.set, source, (struct pos){ 0 }, &t.diags);
	if (CHECK(expr != NULL)) {
		CHECK_INT(
		    expr_put(&t.run, expr, xmlDocGetRootElement(t.doc), &t.out),
		    0);
		CHECK_STR(expr_source(expr), source);
	}
	CHECK_STR(text_str(&t.out), want);
	CHECK_STR(last_message(&t), "");
	end(&t);
}

/* Compiling gives this message and nothing else. */
static void
refuses(const char *source, const char *want)
{
	struct expr_test t;

	begin(&t);
	CHECK(expr_text(&t.set, source, (struct pos){ "f", 3, 4 }, &t.diags) ==
	    NULL);
	CHECK_STR(last_message(&t), want);
	CHECK_INT(t.diags.n, 1);
	if (t.diags.first != NULL) {
		CHECK_INT(t.diags.first->pos.line, 3);
		CHECK_INT(t.diags.first->id, DIAG_TEMPLATE);
	}
	end(&t);
}

static void
puts_literals_and_values(void)
{
	gives("", "");
	gives("plain", "plain");
	gives("{@id}", "1");
	gives("a {@id} b {item} c", "a 1 b first c");
	gives("{item[3]}", "third x");
	gives("{{{@id}}}", "{1}");
	gives("{{}}", "{}");
	gives("{'}'}{\"{\"}", "}{");
	gives("{@n}", "");
	gives("{count(item)}", "3");
	gives("{item[@id = 'b']}", "second");
	gives("{item[last()]/@id}", "c");
	gives("{1 div 4}", "0.25");
	gives("{concat('a', \"b\")}", "ab");
	gives("{*[1]/@*}", "a");
	gives("{item/attribute::id}", "a");
	gives("{descendant::i}", "x");
	gives("{none or item and 2 > 1}", "true");
	gives("{6 mod 4 * 2}", "4");
	gives("{item[1]/following-sibling::item/@id}", "b");
	gives("{item/text()}", "first");
	gives("{//i/..//@id}", "c");
}

static void
has_functions(void)
{
	gives("{choose(@id = 1, 'yes', 'no')}{choose(@id = 2, 'yes', 'no')}",
	    "yesno");
	gives("{count(choose(true(), item, none))}", "3");
	gives("{date(@day)}, {date(@time)}", "30 Nov 2026, 30 Nov 2026");
	gives("{date('2026-02-30')}{date('')}{date('soon')}", "2026-02-30soon");
	gives("{date('2028-02-29')}", "29 Feb 2028");
	gives(
	    "{fixed(@share, 2)} {fixed(2.5, 0)} {fixed(-2.5, 0)}", "0.56 3 -3");
	gives("{fixed('x', 2)}{fixed(1, 13)}{fixed(1, -1)}", "");
	gives("{percent(@share, 1)} {percent(1, 0)}", "56.4% 100%");
	gives("{percent(@n, 1)}", "");
	gives("{join(item/@id, ', ')}", "a, b, c");
	gives("{join(none/@id, ', ')}", "");
	gives("{pick(@n, none, item[2]/@n, ' ', 'last')}", "last");
	gives("{pick(item, 'other')}{pick(@n)}", "first");
	gives("{rows('Items')}", "42");
}

static void
finds_wrong_names(void)
{
	refuses("{@lable}",
	    "unknown attribute \"@lable\"; did you mean \"@label\"?");
	refuses("{itme}", "unknown element \"itme\"; did you mean \"item\"?");
	refuses("{item[@zzzzzz]}", "unknown attribute \"@zzzzzz\"");
	refuses("{zzzzzz/@id}", "unknown element \"zzzzzz\"");
	refuses("{attribute::zzzzzz}", "unknown attribute \"@zzzzzz\"");
	refuses("{child::zzzzzz}", "unknown element \"zzzzzz\"");
	refuses("{item/zzzzzz | item}", "unknown element \"zzzzzz\"");
	refuses("{coutn(item)}",
	    "unknown function \"coutn\"; did you mean \"count\"?");
	refuses("{system('x')}", "unknown function \"system\"");
	refuses("{document('x')}", "unknown function \"document\"");
	refuses("{@id and zzzzzz}", "unknown element \"zzzzzz\"");
	/* An operator's name is an element where an operand stands. */
	gives("{and}{boolean(and and and)}", "false");
}

static void
finds_wrong_syntax(void)
{
	refuses("{", "brace is not closed: {");
	refuses("a } b", "brace is not closed: } b");
	refuses("{@id", "brace is not closed: {@id");
	refuses("{'}", "brace is not closed: {'}");
	refuses("{}", "not an XPath expression: ");
	refuses("{item[}", "not an XPath expression: item[");
	refuses("{count(item}", "not an XPath expression: count(item");
	refuses("{@}", "not an XPath expression: @");
	refuses("{1 +}", "not an XPath expression: 1 +");
}

static void
says_what_cannot_be_evaluated(void)
{
	static const char *const sources[] = { "{rows('Nowhere')}",
		"{choose(1)}", "{fixed(1)}", "{count('text')}", "{$unknown}",
		"{join('text', ', ')}" };

	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++) {
		struct expr_test t;
		struct expr *expr;

		begin(&t);
		expr = expr_text(
		    &t.set, sources[i], (struct pos){ "f", 7, 1 }, &t.diags);
		CHECK(expr != NULL);
		CHECK_INT(
		    expr_put(&t.run, expr, xmlDocGetRootElement(t.doc), &t.out),
		    -1);
		CHECK(strncmp(last_message(&t),
			  "expression cannot be evaluated: ", 32) == 0);
		CHECK_INT(t.diags.n, 1);
		end(&t);
	}
}

static void
selects_nodes(void)
{
	struct expr_test t;
	struct expr *expr;
	xmlNodePtr *nodes;
	size_t n;

	begin(&t);
	expr = expr_path(
	    &t.set, "//i | item[2] | item[1]", (struct pos){ 0 }, &t.diags);
	CHECK_INT(expr_nodes(&t.run, expr, xmlDocGetRootElement(t.doc),
		      &t.arena, &nodes, &n),
	    0);
	CHECK_INT(n, 3);
	CHECK_STR((const char *)nodes[0]->children->content, "first");
	CHECK_STR((const char *)nodes[2]->name, "i");
	expr = expr_path(&t.set, "none/item", (struct pos){ 0 }, &t.diags);
	CHECK_INT(expr_nodes(&t.run, expr, xmlDocGetRootElement(t.doc),
		      &t.arena, &nodes, &n),
	    0);
	CHECK_INT(n, 0);
	expr = expr_path(&t.set, "count(item)", (struct pos){ 0 }, &t.diags);
	CHECK_INT(expr_nodes(&t.run, expr, xmlDocGetRootElement(t.doc),
		      &t.arena, &nodes, &n),
	    -1);
	CHECK_STR(last_message(&t), "expression selects no nodes: count(item)");
	end(&t);
}

static void
tells_truth(void)
{
	struct expr_test t;
	xmlNodePtr root;

	begin(&t);
	root = xmlDocGetRootElement(t.doc);
	CHECK_INT(
	    expr_true(&t.run,
		expr_path(&t.set, "item", (struct pos){ 0 }, &t.diags), root),
	    1);
	CHECK_INT(
	    expr_true(&t.run,
		expr_path(&t.set, "none/item", (struct pos){ 0 }, &t.diags),
		root),
	    0);
	CHECK_INT(
	    expr_true(&t.run,
		expr_path(&t.set, "$nothing", (struct pos){ 0 }, &t.diags),
		root),
	    -1);
	end(&t);
}

/* An evaluation that would take for ever ends with a message. */
static void
limits_operations(void)
{
	struct text xml = { 0 };
	struct expr_test t;
	struct expr *expr;

	begin(&t);
	xmlFreeDoc(t.doc);
	expr_end(&t.run);
	text_puts(&xml, "<r>");
	for (int i = 0; i < 3000; i++)
		text_puts(&xml, "<item/>");
	text_puts(&xml, "</r>");
	t.doc = xmlReadMemory(
	    text_str(&xml), (int)xml.n, "d", NULL, XML_PARSE_NONET);
	expr_begin(&t.run, t.doc);
	expr = expr_path(&t.set,
	    "count(//item[count(//item[count(//item) > 0"
	    " and count(//item[@id]) = 1]) = 1])",
	    (struct pos){ 0 }, &t.diags);
	CHECK_INT(
	    expr_put(&t.run, expr, xmlDocGetRootElement(t.doc), &t.out), -1);
	CHECK(strncmp(last_message(&t), "expression cannot be evaluated", 30) ==
	    0);
	text_free(&xml);
	end(&t);
}

static int
note_piece(void *state, const char *piece, bool is_data)
{
	text_printf(state, "%c:%s;", is_data ? 'd' : 't', piece);
	return 0;
}

static void
tells_data_from_template(void)
{
	struct expr_test t;
	struct expr *expr;

	begin(&t);
	expr =
	    expr_text(&t.set, "a/{@id}/b{item}", (struct pos){ 0 }, &t.diags);
	CHECK_INT(expr_each_piece(&t.run, expr, xmlDocGetRootElement(t.doc),
		      note_piece, &t.out),
	    0);
	CHECK_STR(text_str(&t.out), "t:a/;d:1;t:/b;d:first;");
	end(&t);
}

int
main(void)
{
	puts_literals_and_values();
	has_functions();
	finds_wrong_names();
	finds_wrong_syntax();
	says_what_cannot_be_evaluated();
	selects_nodes();
	tells_truth();
	limits_operations();
	tells_data_from_template();
	return tap_done();
}
