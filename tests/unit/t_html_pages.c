#include "html/html.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <stdarg.h>
#include <stdlib.h>

#include "html/markup.h"
#include "tap.h"

/*
 * Our pages, made of documents that follow the contract: one with every kind
 * of trouble, one with hardly an answer, one of a portfolio.  What a page
 * promises is read back from its bytes.
 */

enum { PAGE_LIMIT = 150 * 1024, IDS = 1024, TAGS = 8192 };

struct made {
	struct arena arena;
	struct diag_list diags;
	struct folder templates;
	struct text out;
};

static void
make_begin(struct made *made)
{
	*made = (struct made){ 0 };
	made->diags.arena = &made->arena;
	CHECK_INT(folder_open(
		      &made->templates, "templates", "templates", &made->diags),
	    0);
}

static void
make_end(struct made *made)
{
	folder_close(&made->templates);
	text_free(&made->out);
	arena_free(&made->arena);
}

/* Make the page of a document into made->out. */
static void
make(struct made *made, const char *file, xmlDoc *doc)
{
	struct html_template *page =
	    html_load(&made->arena, &made->templates, file, &made->diags);

	text_clear(&made->out);
	if (CHECK(page != NULL))
		CHECK_INT(html_render(page, doc, &made->out, &made->diags), 0);
	html_free(page);
}

static xmlDoc *
read_document(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "tests/regress/html/%s.xml", name);
	return xmlReadFile(path, NULL, XML_PARSE_NONET | XML_PARSE_NOBLANKS);
}

/* What a walk over a page gathers. */
struct walk {
	struct arena arena;
	struct diag_list diags;
	struct source source;
	struct markup markup;
	const char *ids[IDS];
	size_t n_ids;
	struct markup_span tags[TAGS];
	size_t n_tags;
};

static bool
knows(const struct walk *walk, const char *id)
{
	for (size_t i = 0; i < walk->n_ids; i++) {
		if (strcmp(walk->ids[i], id) == 0)
			return true;
	}
	return false;
}

/* Begin to read the page, as a reader of markup that forgives nothing. */
static void
walk_begin(struct walk *walk, const struct text *page)
{
	walk->diags.arena = &walk->arena;
	source_of_bytes(&walk->source, "page", text_str(page), page->n);
	walk->markup =
	    (struct markup){ .source = &walk->source, .diags = &walk->diags };
}

static const char *
value(struct walk *walk, const char *name)
{
	const struct markup_attr *attr = markup_attr(&walk->markup, name);

	return attr != NULL ?
	    arena_dup(&walk->arena, attr->value.p, attr->value.n) :
	    NULL;
}

/* Gather tags and ids; no id stands twice, no script, no style attribute. */
static void
walk_page(struct walk *walk)
{
	size_t n_twice = 0;
	size_t n_refused = 0;
	int more;

	while ((more = markup_next(&walk->markup)) == 1) {
		const char *id;

		if (walk->markup.kind != MARKUP_START)
			continue;
		if (walk->n_tags < TAGS)
			walk->tags[walk->n_tags++] = walk->markup.span;
		n_refused += markup_is(walk->markup.span, "script") ||
		    markup_attr(&walk->markup, "style") != NULL ||
		    markup_attr(&walk->markup, "src") != NULL;
		id = value(walk, "id");
		if (id == NULL || walk->n_ids == IDS)
			continue;
		if (knows(walk, id)) {
			printf("# id twice: %s\n", id);
			n_twice++;
		}
		walk->ids[walk->n_ids++] = id;
	}
	CHECK_INT(more, 0);
	CHECK_INT(n_twice, 0);
	CHECK_INT(n_refused, 0);
}

/* Every link to this page, and every name of a label, leads to an id. */
static void
check_links(struct walk *walk)
{
	size_t n_lost = 0;

	walk->markup.at = 0;
	while (markup_next(&walk->markup) == 1) {
		const char *href = NULL;
		const char *label = NULL;

		if (walk->markup.kind == MARKUP_START) {
			href = value(walk, "href");
			label = value(walk, "aria-labelledby");
		}
		if (href != NULL && href[0] == '#' && !knows(walk, href + 1)) {
			printf("# link to nowhere: %s\n", href);
			n_lost++;
		}
		if (label != NULL && !knows(walk, label)) {
			printf("# label is missing: %s\n", label);
			n_lost++;
		}
	}
	CHECK_INT(n_lost, 0);
}

/* h1 once, no level skipped, and each table has a caption. */
static void
check_outline(const struct walk *walk)
{
	int level = 0;
	size_t n_first = 0;
	size_t n_tables = 0;
	size_t n_captions = 0;
	bool skips = false;

	for (size_t i = 0; i < walk->n_tags; i++) {
		struct markup_span tag = walk->tags[i];

		n_tables += markup_is(tag, "table");
		n_captions += markup_is(tag, "caption");
		if (tag.n != 2 || tag.p[0] != 'h' || tag.p[1] < '1' ||
		    tag.p[1] > '6')
			continue;
		n_first += tag.p[1] == '1';
		skips |= tag.p[1] - '0' > level + 1;
		level = tag.p[1] - '0';
	}
	CHECK_INT(n_first, 1);
	CHECK(!skips);
	CHECK(n_tables > 0);
	CHECK_INT(n_captions, n_tables);
}

/* Everything that holds of any page. */
static void
check_page(const struct text *page)
{
	struct walk *walk = calloc(1, sizeof(*walk));

	CHECK(page->n < PAGE_LIMIT);
	CHECK(strncmp(text_str(page), "<!doctype html>\n<html lang=\"en\">",
		  32) == 0);
	CHECK(strstr(text_str(page), "default-src 'none'") != NULL);
	CHECK(strstr(text_str(page), "compliant") == NULL);
	CHECK(strstr(text_str(page), "string(title)") == NULL);
	CHECK(strstr(text_str(page), " data-attr-") == NULL);
	CHECK(strstr(text_str(page), " data-if=") == NULL);
	CHECK(strstr(text_str(page), " data-text=") == NULL);
	CHECK(strstr(text_str(page), "<td></td>") == NULL);
	CHECK(strstr(text_str(page), "<dd></dd>") == NULL);
	CHECK(strstr(text_str(page), "legal finding") != NULL);
	walk_begin(walk, page);
	walk_page(walk);
	check_links(walk);
	check_outline(walk);
	arena_free(&walk->arena);
	free(walk);
}

/* A page of ours and the document it is tried with. */
static const struct {
	const char *file;
	const char *document;
} pages[] = {
	{ "card.html", "model" },
	{ "card.html", "bare" },
	{ "fria.html", "model" },
	{ "fria.html", "bare" },
	{ "fria-scope.html", "model" },
	{ "fria-scope.html", "bare" },
	{ "annex-iv.html", "model" },
	{ "annex-iv.html", "bare" },
	{ "portfolio.html", "portfolio" },
};

enum { N_PAGES = sizeof(pages) / sizeof(pages[0]) };

static void
keeps_what_every_page_promises(void)
{
	for (size_t i = 0; i < N_PAGES; i++) {
		struct made made;
		xmlDoc *doc = read_document(pages[i].document);

		printf("# %s of %s\n", pages[i].file, pages[i].document);
		make_begin(&made);
		make(&made, pages[i].file, doc);
		check_page(&made.out);
		make_end(&made);
		xmlFreeDoc(doc);
	}
}

/* Errors of validation are printed as they come. */
__attribute__((format(printf, 2, 3))) static void
print_error(void *data, const char *format, ...)
{
	va_list args;

	(void)data;
	printf("# invalid: ");
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
}

static void
is_tried_on_valid_documents(void)
{
	static const char *const names[] = { "model", "bare", "portfolio" };
	xmlSchemaParserCtxt *parser =
	    xmlSchemaNewParserCtxt("schemas/dossier.xsd");
	xmlSchema *schema = xmlSchemaParse(parser);
	xmlSchemaValidCtxt *valid = xmlSchemaNewValidCtxt(schema);

	xmlSchemaSetValidErrors(valid, print_error, print_error, NULL);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		xmlDoc *doc = read_document(names[i]);

		CHECK_INT(xmlSchemaValidateDoc(valid, doc), 0);
		xmlFreeDoc(doc);
	}
	xmlSchemaFreeValidCtxt(valid);
	xmlSchemaFree(schema);
	xmlSchemaFreeParserCtxt(parser);
}

/* The page says each of these, NULL-ended. */
static void
says(const char *file, const char *document, const char *const words[])
{
	struct made made;
	xmlDoc *doc = read_document(document);

	make_begin(&made);
	make(&made, file, doc);
	for (size_t i = 0; words[i] != NULL; i++) {
		if (!CHECK(strstr(text_str(&made.out), words[i]) != NULL))
			printf("# %s lacks: %s\n", file, words[i]);
	}
	make_end(&made);
	xmlFreeDoc(doc);
}

static void
shows_what_is_wrong_in_its_place(void)
{
	static const char *const card[] = {
		"<title>Model card: Consumer credit scoring (crs-2) "
		"\xe2\x80\x94 "
		"gate failed</title>",
		"Gate: failed \xe2\x80\x94 4 findings block release",
		"<div class=\"verdict no\"",
		"<h2 id=\"summary\">1. Needs attention",
		"<a href=\"#f-000000000002\">Signed and dated test reports</a>",
		"<div class=\"call mi\" id=\"f-000000000002\">",
		"Wanted by 5 Dec 2026. ", "Open for 11 runs. ",
		"and 2 more, each in its section",
		"<h3>Trouble in the input</h3>",
		"did you mean intended_purpose?",
		"only \xe2\x80\x9cTBD\xe2\x80\x9d",
		"the answer cannot be used; see the findings",
		"None: no misuse came up in two reviews",
		"the vendor does not tell <span class=\"muted\">(S. Okafor, "
		"2026-10-01)",
		"<svg class=\"bad\" viewBox=\"0 0 300 40\"",
		"interval crosses limit", "fewer than 30", "Evidence: Finding",
		"p &lt;0.001", "Any difference between 4 groups at all",
		"Local Law 144: selection rates by age",
		"the difference turns round", "Combinations with no rows",
		"<tr id=\"f-000000000007\">", "<td class=\"n\">376</td>",
		"W-118, until 31 Dec 2026", "hash differs",
		"Compared with the run of 20 November 2026",
		"content: \"Model card: Consumer credit scoring, crs-2 4.2.0 "
		"\xc2\xb7 run 2026-11-21T020000Z-7c1e\"",
		"<path class=\"lim\" d=\"M0 24.0H200\"/>",
		"<a href=\"../annex-iv/crs-2.html\">", NULL
	};
	static const char *const annex[] = {
		"<a href=\"#f-000000000004\">no plan is on file</a>",
		"<h2 id=\"declaration\">5. Declaration of conformity, point 8",
		"<div class=\"call no\" id=\"f-000000000003\">", NULL
	};

	says("card.html", "model", card);
	says("annex-iv.html", "model", annex);
}

static void
shows_what_is_missing(void)
{
	static const char *const card[] = {
		"atm-forecast, version not provided",
		"<span class=\"none\">Not on file</span>",
		"No figures by group are on file.",
		"<h2 id=\"oversight\">6. Human oversight",
		"No finding blocks release or warns.", "Waivers: none.", NULL
	};
	static const char *const scope[] = {
		"No assessment is owed on the facts on record",
		"1. High-risk under Article 6(2)?", NULL
	};
	static const char *const annex[] = {
		"Not applicable</span> Annex IV is the provider", NULL
	};

	says("card.html", "bare", card);
	says("fria-scope.html", "bare", scope);
	says("annex-iv.html", "bare", annex);
}

static void
shows_the_portfolio(void)
{
	static const char *const words[] = {
		"gate failed, 1 of 6 models blocked</title>",
		"<a href=\"cards/break-room-mood.html\">Mood of the "
		"canteen</a>",
		"All models</th>", "Worse: 1 more finding", "Not compared",
		"<code>models/old/eval.csv</code>",
		"<path class=\"sl\" d=\"M4.0 24.6 L100.0 17.7 L196.0 9.1\"/>",
		"<rect x=\"0\" y=\"0\" height=\"10\" width=\"", "n/a</span>",
		NULL
	};

	says("portfolio.html", "portfolio", words);
}

static void
refuses_the_wrong_document(void)
{
	struct made made;
	xmlDoc *doc = read_document("portfolio");
	struct html_template *page;

	make_begin(&made);
	page =
	    html_load(&made.arena, &made.templates, "card.html", &made.diags);
	CHECK_INT(html_render(page, doc, &made.out, &made.diags), -1);
	CHECK_INT(made.out.n, 0);
	CHECK_INT(made.diags.n_errors, 1);
	html_free(page);
	make_end(&made);
	xmlFreeDoc(doc);
}

/* Attributes that templates compare, follow or count with: not for readers. */
static bool
is_control(const xmlChar *name)
{
	static const char *const names[] = { "kind", "class", "effect",
		"result", "section", "shown", "more", "stress", "applicable",
		"simplified", "in-scope", "answer", "first", "first-run",
		"state", "n", "x", "y", "line", "limit", "low", "high", "grid",
		"reference", "width", "meter", "in-days", "severity", "tier",
		"bad", "anchor", "id", "letter", "is-reference", "href",
		"path" };
	const char *dash = strrchr((const char *)name, '-');

	if (dash != NULL && strcmp(dash, "-class") == 0)
		return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp((const char *)name, names[i]) == 0)
			return true;
	}
	return false;
}

/* Put the word in the place of everything that a person wrote. */
static void
fill(xmlNode *node, const char *word)
{
	bool is_record = false;

	for (; node != NULL; node = node->next) {
		if (node->type == XML_TEXT_NODE) {
			is_record = xmlHasProp(node->parent,
					(const xmlChar *)"answer") != NULL;
			if (!is_record)
				xmlNodeSetContent(node, (const xmlChar *)word);
			continue;
		}
		for (xmlAttr *a = node->properties; a != NULL; a = a->next) {
			if (!is_control(a->name))
				xmlSetProp(
				    node, a->name, (const xmlChar *)word);
		}
		fill(node->children, word);
	}
}

/* The names of all tags of the page of a filled document, and its text. */
static void
tags_of(const char *file, const char *document, const char *word,
    struct text *tags, struct text *page)
{
	struct made made;
	xmlDoc *doc = read_document(document);
	struct walk *walk = calloc(1, sizeof(*walk));

	fill(xmlDocGetRootElement(doc), word);
	make_begin(&made);
	make(&made, file, doc);
	walk_begin(walk, &made.out);
	walk_page(walk);
	for (size_t i = 0; i < walk->n_tags; i++) {
		text_put(tags, walk->tags[i].p, walk->tags[i].n);
		text_putc(tags, ' ');
	}
	text_put(page, text_str(&made.out), made.out.n);
	arena_free(&walk->arena);
	free(walk);
	make_end(&made);
	xmlFreeDoc(doc);
}

/* How often a word stands in a text. */
static int
times(const char *text, const char *word)
{
	int n = 0;

	for (; (text = strstr(text, word)) != NULL; text++)
		n++;
	return n;
}

/* Whatever a document says, its page has the same elements. */
static void
is_not_changed_by_attacks(void)
{
	static const char *const attacks[] = { "<script>alert(1)</script>",
		"\"><img src=x onerror=alert(1)>", "' onclick='alert(1)",
		"</style><script>x</script>", "-->", "]]>", "&lt;b&gt;",
		"javascript:alert(1)" };

	for (size_t i = 0; i < N_PAGES; i += 2) {
		struct text want = { 0 };
		struct text page = { 0 };

		tags_of(pages[i].file, pages[i].document, "word", &want, &page);
		for (size_t k = 0; k < sizeof(attacks) / sizeof(attacks[0]);
		     k++) {
			struct text got = { 0 };

			text_clear(&page);
			tags_of(pages[i].file, pages[i].document, attacks[k],
			    &got, &page);
			CHECK(strcmp(text_str(&got), text_str(&want)) == 0);
			CHECK(strstr(text_str(&page), "<script") == NULL);
			/* That a fold is open is told by no address. */
			CHECK_INT(times(text_str(&page), "\"javascript:"),
			    times(text_str(&page), " open=\"javascript:"));
			text_free(&got);
		}
		text_free(&want);
		text_free(&page);
	}
}

int
main(void)
{
	is_tried_on_valid_documents();
	keeps_what_every_page_promises();
	shows_what_is_wrong_in_its_place();
	shows_what_is_missing();
	shows_the_portfolio();
	refuses_the_wrong_document();
	is_not_changed_by_attacks();
	return tap_done();
}
