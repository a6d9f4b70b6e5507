#include "app/render.h"

#include <errno.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "compose/compose.h"
#include "compose/xml.h"
#include "html/html.h"
#include "xlsx/xlsx.h"

/* Every page, its template and where it goes. */
enum page {
	PAGE_CARD,
	PAGE_FRIA,
	PAGE_SCOPE,
	PAGE_ANNEX_IV,
	PAGE_INDEX,
	PAGES
};

static const char *const page_files[PAGES] = { "card.html", "fria.html",
	"fria-scope.html", "annex-iv.html", "portfolio.html" };

enum book { BOOK_MODEL, BOOK_PORTFOLIO, BOOKS };

static const char *const book_files[BOOKS] = { "workbook-model.yaml",
	"workbook-portfolio.yaml" };

enum { CONTRACTS = 2 };

static const char *const contract_files[CONTRACTS] = { "dossier.xsd",
	"record.xsd" };

struct renderer {
	struct html_template *pages[PAGES];
	struct xlsx_template *books[BOOKS];
};

static const struct pos nowhere = { NULL, 0, 0 };

static int
load_contract(xmlDocPtr *out, struct arena *arena, const struct folder *schemas,
    const char *name, struct diag_list *diags)
{
	struct source source;

	if (source_read(&source, arena, schemas, name, FILE_LIMIT_METADATA,
		nowhere, diags) == -1)
		return -1;
	*out = xmlReadMemory(source.bytes, (int)source.size, name, "UTF-8",
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (*out != NULL)
		return 0;
	diag_add(diags, DIAG_DOCUMENT, (struct pos){ source.name, 0, 0 },
	    "the contract is not well-formed XML");
	return -1;
}

static int
load_pages(struct renderer *r, struct arena *arena,
    const struct folder *templates, xmlDoc *const contracts[],
    struct diag_list *diags)
{
	int rc = 0;

	for (size_t i = 0; i < PAGES; i++) {
		r->pages[i] = html_load(arena, templates, page_files[i], diags);
		if (r->pages[i] == NULL ||
		    html_check(r->pages[i], contracts, CONTRACTS, diags) == -1)
			rc = -1;
	}
	return rc;
}

/* Names that the contracts declare, as the workbook templates want them. */
struct declared {
	struct arena *arena;
	const char **names;
	size_t n, size;
};

static void
keep_name(struct declared *list, const char *name)
{
	list->names = arena_room(list->arena, list->names, list->n, &list->size,
	    sizeof(list->names[0]));
	list->names[list->n++] = name;
}

static void
collect_names(struct declared *list, const xmlNode *node)
{
	for (; node != NULL; node = node->next) {
		const char *name;

		if (node->type != XML_ELEMENT_NODE)
			continue;
		name = xml_get(node, "name");
		if (name[0] != '\0' &&
		    strcmp((const char *)node->name, "element") == 0)
			keep_name(list, arena_str(list->arena, name));
		else if (name[0] != '\0' &&
		    strcmp((const char *)node->name, "attribute") == 0)
			keep_name(list, arena_printf(list->arena, "@%s", name));
		collect_names(list, node->children);
	}
}

static int
load_books(struct renderer *r, struct arena *arena,
    const struct folder *templates, xmlDoc *const contracts[],
    struct diag_list *diags)
{
	struct declared list = { .arena = arena };
	struct xlsx_names names;

	for (size_t i = 0; i < CONTRACTS; i++)
		collect_names(&list, xml_root(contracts[i]));
	names = (struct xlsx_names){ list.names, list.n };
	for (size_t i = 0; i < BOOKS; i++) {
		struct source *source = arena_alloc(arena, sizeof(*source));

		if (source_read(source, arena, templates, book_files[i],
			FILE_LIMIT_METADATA, nowhere, diags) == -1)
			return -1;
		r->books[i] = xlsx_load(arena, source, &names, diags);
		if (r->books[i] == NULL)
			return -1;
	}
	return 0;
}

struct renderer *
render_open(struct arena *arena, const struct folder *templates,
    const struct folder *schemas, struct diag_list *diags)
{
	struct renderer *r = arena_alloc(arena, sizeof(*r));
	xmlDocPtr contracts[CONTRACTS] = { NULL, NULL };
	int rc = 0;

	for (size_t i = 0; i < CONTRACTS && rc == 0; i++)
		rc = load_contract(
		    &contracts[i], arena, schemas, contract_files[i], diags);
	if (rc == 0)
		rc = load_pages(r, arena, templates, contracts, diags);
	if (rc == 0)
		rc = load_books(r, arena, templates, contracts, diags);
	for (size_t i = 0; i < CONTRACTS; i++)
		xmlFreeDoc(contracts[i]);
	if (rc == 0)
		return r;
	render_close(r);
	return NULL;
}

void
render_close(struct renderer *renderer)
{
	if (renderer == NULL)
		return;
	for (size_t i = 0; i < PAGES; i++)
		html_free(renderer->pages[i]);
	for (size_t i = 0; i < BOOKS; i++)
		xlsx_free(renderer->books[i]);
}

static int
write_bytes(const struct render_target *target, const char *path,
    const struct text *bytes, struct diag_list *diags)
{
	if (file_write(target->dir, path, text_str(bytes), bytes->n) == 0)
		return 0;
	diag_add(diags, DIAG_PUBLISH,
	    (struct pos){ arena_str(diags->arena, path), 0, 0 }, "%s",
	    strerror(errno));
	return -1;
}

static int
write_document(xmlDocPtr doc, const struct render_target *target,
    const char *path, struct diag_list *diags)
{
	struct text bytes = compose_bytes(doc);
	int rc = write_bytes(target, path, &bytes, diags);

	text_free(&bytes);
	return rc;
}

static int
write_page(struct renderer *r, enum page page, xmlDocPtr doc,
    const struct render_target *target, const char *path,
    struct diag_list *diags)
{
	struct text bytes = { 0 };
	int rc = html_render(r->pages[page], doc, &bytes, diags);

	if (rc == 0)
		rc = write_bytes(target, path, &bytes, diags);
	text_free(&bytes);
	return rc;
}

static int
write_book(struct renderer *r, enum book book, xmlDocPtr doc,
    const struct render_target *target, const char *name,
    struct diag_list *diags)
{
	char folder[4096];
	int n = snprintf(folder, sizeof(folder), "%s/workbooks", target->path);

	if (n < 0 || (size_t)n >= sizeof(folder)) {
		diag_add(diags, DIAG_PUBLISH, nowhere, "path is too long");
		return -1;
	}
	return xlsx_write(r->books[book], doc, folder, name, diags);
}

int
render_model(struct renderer *r, xmlDocPtr doc,
    const struct render_target *target, struct diag_list *diags)
{
	const xmlNode *report = xml_root(doc);
	const char *id = xml_get(xml_child(report, "model"), "id");
	const char *scope =
	    xml_get(xml_child(report, "article-27"), "in-scope");
	struct arena *arena = diags->arena;
	const char *page = arena_printf(arena, "%s.html", id);

	if (write_document(doc, target, arena_printf(arena, "data/%s.xml", id),
		diags) == -1)
		return -1;
	if (write_page(r, PAGE_CARD, doc, target,
		arena_printf(arena, "cards/%s", page), diags) == -1)
		return -1;
	if (write_page(r, strcmp(scope, "yes") == 0 ? PAGE_FRIA : PAGE_SCOPE,
		doc, target, arena_printf(arena, "fria/%s", page), diags) == -1)
		return -1;
	if (write_page(r, PAGE_ANNEX_IV, doc, target,
		arena_printf(arena, "annex-iv/%s", page), diags) == -1)
		return -1;
	return write_book(r, BOOK_MODEL, doc, target,
	    arena_printf(arena, "%s.xlsx", id), diags);
}

void
render_remove(const struct render_target *target, const char *id)
{
	static const char *const formats[][2] = { { "data/", ".xml" },
		{ "cards/", ".html" }, { "fria/", ".html" },
		{ "annex-iv/", ".html" }, { "workbooks/", ".xlsx" } };
	struct text path = { 0 };

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		text_clear(&path);
		text_printf(&path, "%s%s%s", formats[i][0], id, formats[i][1]);
		unlinkat(target->dir, text_str(&path), 0);
	}
	text_free(&path);
}

int
render_portfolio(struct renderer *r, xmlDocPtr doc,
    const struct render_target *target, struct diag_list *diags)
{
	if (write_document(doc, target, "data/portfolio.xml", diags) == -1)
		return -1;
	if (write_page(r, PAGE_INDEX, doc, target, "index.html", diags) == -1)
		return -1;
	return write_book(
	    r, BOOK_PORTFOLIO, doc, target, "portfolio.xlsx", diags);
}
