#include "html/html.h"

#include "html/schema.h"
#include "page.h"

/*
 * A contract in two files, with each part of the schema language that ours
 * use: references, named and local types, groups, extensions.
 */
static const char contract[] =
    "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>"
    "<xs:element name='r'><xs:complexType><xs:sequence>"
    "<xs:element ref='finding' maxOccurs='9'/>"
    "<xs:element name='part'><xs:complexType><xs:sequence>"
    "<xs:element name='leaf' type='xs:string'/>"
    "<xs:choice><xs:element ref='finding'/></xs:choice>"
    "</xs:sequence><xs:attribute name='label'/></xs:complexType>"
    "</xs:element>"
    "<xs:element ref='record'/>"
    "</xs:sequence><xs:attribute name='version'/></xs:complexType>"
    "</xs:element>"
    "<xs:element name='finding'><xs:complexType>"
    "<xs:sequence><xs:element name='message' type='xs:string'/>"
    "<xs:element ref='finding'/></xs:sequence>"
    "<xs:attribute name='status' use='required'/><xs:attribute name='class'/>"
    "</xs:complexType></xs:element></xs:schema>";

static const char record[] =
    "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>"
    "<xs:attributeGroup name='answered'><xs:attribute name='answer'/>"
    "</xs:attributeGroup>"
    "<xs:complexType name='value'><xs:simpleContent>"
    "<xs:extension base='xs:string'><xs:attributeGroup ref='answered'/>"
    "</xs:extension></xs:simpleContent></xs:complexType>"
    "<xs:complexType name='more'><xs:complexContent>"
    "<xs:extension base='base'><xs:sequence>"
    "<xs:element name='added' type='value'/></xs:sequence></xs:extension>"
    "</xs:complexContent></xs:complexType>"
    "<xs:complexType name='base'><xs:sequence>"
    "<xs:element name='first' type='value'/><xs:group ref='pair'/>"
    "</xs:sequence><xs:attribute name='unit'/></xs:complexType>"
    "<xs:group name='pair'><xs:sequence><xs:element name='left'/>"
    "</xs:sequence></xs:group>"
    "<xs:element name='record' type='more'/></xs:schema>";

static xmlDoc *
read_schema(const char *text)
{
	return xmlReadMemory(
	    text, (int)strlen(text), "s.xsd", NULL, XML_PARSE_NONET);
}

/* Checking the template gives exactly these messages. */
static void
says(const char *template, const char *want)
{
	struct page_test test;
	struct text messages = { 0 };
	xmlDoc *schemas[] = { read_schema(contract), read_schema(record) };
	int rc;

	page_init(&test);
	page_write(&test, "parts.html",
	    "<p><b id='status' data-text='@status'>x</b></p>");
	page_load(&test, template);
	page_messages(&test, &messages);
	CHECK_STR(text_str(&messages), "");
	text_clear(&messages);
	if (CHECK(test.page != NULL)) {
		rc = html_check(test.page, schemas, 2, &test.diags);
		CHECK_INT(rc, *want == '\0' ? 0 : -1);
	}
	page_messages(&test, &messages);
	if (!CHECK_STR(text_str(&messages), want))
		printf("# template: %s\n", template);
	text_free(&messages);
	xmlFreeDoc(schemas[0]);
	xmlFreeDoc(schemas[1]);
	page_free(&test);
}

#define WRONG "template is wrong: "

static void
accepts_what_is_declared(void)
{
	says("<p data-text='r/@version'>x</p>", "");
	says("<p data-text='/r/@version'>x</p>", "");
	says("<p data-text='r/part/leaf'>x</p>", "");
	says("<p data-text='r/part/@label'>x</p>", "");
	says("<p data-text='r/part/finding/@class'>x</p>", "");
	says("<p data-text='r/finding/finding/finding/message'>x</p>", "");
	says("<p data-text='r/record/@unit'>x</p>", "");
	says("<p data-text='r/record/first/@answer'>x</p>", "");
	says("<p data-text='r/record/added/@answer'>x</p>", "");
	says("<p data-text='r/record/left'>x</p>", "");
	says("<p data-each='r/finding' data-text='@status'>x</p>", "");
	says("<p data-each='r/finding'><b data-text='../@version'>x</b></p>",
	    "");
	says("<p data-each='r/part/finding'><b data-text='../@label'>x</b>"
	     "<i data-text='../../@version'>x</i></p>",
	    "");
	says("<p data-each=\"r/finding[@status='x'][message]\">x</p>", "");
	says("<p data-each='(r/finding[position() &lt; 3])' "
	     "data-text='@status'>x</p>",
	    "");
	says("<p data-text='{r/@version} {(count(r/finding))}'>x</p>", "");
	says("<p data-text='r/part/@label ?? r/@version'>x</p>", "");
	says("<p data-each='r/*'><b data-text='@status'>x</b></p>", "");
	says("<p><b data-each='r/finding' data-include='parts.html#status' "
	     "data-none='#n'></b><i id='n' data-text='r/@version'>x</i></p>",
	    "");
	says("<p><b data-if='(r/finding/@status and true())'>x</b></p>", "");
}

static void
finds_misspelt_names(void)
{
	says("<p data-text='r/@verion'>x</p>",
	    "page.html:1:15: " WRONG
	    "r has no attribute verion: did you mean version?\n");
	says("<p data-text='r/fiding/@status'>x</p>",
	    "page.html:1:15: " WRONG
	    "r has no element fiding: did you mean finding?\n");
	says("<p data-text='zebra'>x</p>",
	    "page.html:1:15: " WRONG "the document has no element zebra\n");
	says("<p data-text='@version'>x</p>",
	    "page.html:1:15: " WRONG "the document has no attribute version\n");
	says("<p data-text='r/part/leaf/@label'>x</p>",
	    "page.html:1:15: " WRONG "leaf has no attribute label\n");
	says("<p data-text='r/part/leaf/leaf'>x</p>",
	    "page.html:1:15: " WRONG "leaf has no element leaf\n");
	says("<p data-text='r/record/first/@unit'>x</p>",
	    "page.html:1:15: " WRONG "first has no attribute unit\n");
}

static void
finds_names_in_the_wrong_place(void)
{
	says("<p data-each='r/finding'>\n<b data-text='@label'>x</b></p>",
	    "page.html:2:15: " WRONG "finding has no attribute label\n");
	says("<p data-each='r/finding'>\n<b data-if='../@status'>x</b></p>",
	    "page.html:2:13: " WRONG "r has no attribute status\n");
	says("<p data-each='r'><b data-each='finding'>x</b>"
	     "<b data-text='@status'>x</b></p>",
	    "page.html:1:60: " WRONG "r has no attribute status\n");
	says("<p><b data-each='r/part' data-include='parts.html#status'></b>"
	     "</p>",
	    "parts.html:1:30: " WRONG "part has no attribute status\n");
	says("<p><b data-each='r' data-none='#n'>x</b>"
	     "<i id='n' data-text='@version'>x</i></p>",
	    "page.html:1:62: " WRONG "the document has no attribute version\n"
	    "page.html:1:62: " WRONG "the document has no attribute version\n");
	says("<p data-each=\"r/finding[@label='x']\">x</p>",
	    "page.html:1:15: " WRONG "finding has no attribute label\n");
	says("<p data-each='r/finding[leaf]'>x</p>",
	    "page.html:1:15: " WRONG "finding has no element leaf\n");
	says("<p data-attr-class='chip {r/@class}'>x</p>",
	    "page.html:1:21: " WRONG "r has no attribute class\n");
	says("<p data-text='r/@version ?? r/@status'>x</p>",
	    "page.html:1:15: " WRONG "r has no attribute status\n");
	says("<p data-each='(r/finding[1 &lt; 2])' data-text='@label'>x</p>",
	    "page.html:1:49: " WRONG "finding has no attribute label\n");
}

static void
finds_names_inside_xpath(void)
{
	says("<p data-text='(count(r/fidning))'>x</p>",
	    "page.html:1:15: " WRONG "the contract has no element fidning: "
	    "did you mean finding?\n");
	says("<p data-text=\"(r/finding[@stauts = 'x and y'])\">x</p>",
	    "page.html:1:15: " WRONG "the contract has no attribute stauts: "
	    "did you mean status?\n");
	says("<p data-each='r/*'><b data-text='@nowhere'>x</b></p>",
	    "page.html:1:34: " WRONG "the contract has no attribute nowhere\n");
}

/* Every page of ours fits the contracts of ours. */
static void
checks_our_own_pages(void)
{
	static const char *const pages[] = { "card.html", "fria.html",
		"fria-scope.html", "annex-iv.html", "portfolio.html" };
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct folder templates;
	xmlDoc *schemas[] = { xmlReadFile("schemas/dossier.xsd", NULL, 0),
		xmlReadFile("schemas/record.xsd", NULL, 0) };

	folder_open(&templates, "templates", "templates", &diags);
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		struct html_template *page =
		    html_load(&arena, &templates, pages[i], &diags);

		if (CHECK(page != NULL))
			CHECK_INT(html_check(page, schemas, 2, &diags), 0);
		html_free(page);
	}
	for (const struct diag *d = diags.first; d != NULL; d = d->next)
		printf("# %s:%u:%u: %s\n", d->pos.file, d->pos.line,
		    d->pos.column, d->detail);
	folder_close(&templates);
	xmlFreeDoc(schemas[0]);
	xmlFreeDoc(schemas[1]);
	arena_free(&arena);
}

static void
stops_at_schemas_that_go_round(void)
{
	static const char round[] =
	    "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>"
	    "<xs:element name='r' type='a'/>"
	    "<xs:complexType name='a'><xs:complexContent>"
	    "<xs:extension base='b'/></xs:complexContent></xs:complexType>"
	    "<xs:complexType name='b'><xs:complexContent>"
	    "<xs:extension base='a'/></xs:complexContent></xs:complexType>"
	    "</xs:schema>";
	xmlDoc *doc = read_schema(round);
	struct html_schema schema = { &doc, 1 };
	const xmlNode *r = html_schema_child(&schema, NULL, "r");

	CHECK(r != NULL);
	CHECK(html_schema_child(&schema, r, "x") == NULL);
	CHECK(!html_schema_attribute(&schema, r, "x"));
	CHECK(html_schema_names(&schema, false, "r"));
	CHECK(!html_schema_names(&schema, true, "r"));
	xmlFreeDoc(doc);
}

int
main(void)
{
	accepts_what_is_declared();
	finds_misspelt_names();
	finds_names_in_the_wrong_place();
	finds_names_inside_xpath();
	checks_our_own_pages();
	stops_at_schemas_that_go_round();
	return tap_done();
}
