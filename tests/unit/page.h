#ifndef DOSSIER_TESTS_UNIT_PAGE_H
#define DOSSIER_TESTS_UNIT_PAGE_H

#include <fcntl.h>
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/text.h"
#include "html/html.h"
#include "tap.h"

/*
 * For tests of templates: a folder of template files that goes away, and
 * pages made of it.
 */
struct page_test {
	char path[32];
	struct arena arena;
	struct folder folder;
	struct diag_list diags;
	struct html_template *page;
	struct text out;
};

static inline void
page_init(struct page_test *test)
{
	*test = (struct page_test){ .path = "/tmp/t_html.XXXXXX" };
	test->diags.arena = &test->arena;
	if (mkdtemp(test->path) == NULL)
		exit(2);
	folder_open(&test->folder, test->path, "", &test->diags);
}

static inline void
page_write(struct page_test *test, const char *name, const char *content)
{
	unlinkat(test->folder.fd, name, 0);
	if (file_write(test->folder.fd, name, content, strlen(content)) == -1)
		exit(2);
}

static inline void
page_load(struct page_test *test, const char *content)
{
	page_write(test, "page.html", content);
	test->page =
	    html_load(&test->arena, &test->folder, "page.html", &test->diags);
}

static inline void
page_free(struct page_test *test)
{
	static const char *const names[] = { "page.html", "parts.html",
		"style.css" };

	html_free(test->page);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		unlinkat(test->folder.fd, names[i], 0);
	folder_close(&test->folder);
	rmdir(test->path);
	text_free(&test->out);
	arena_free(&test->arena);
}

/* The messages so far, one a line: line:column: sentence: detail. */
static inline void
page_messages(const struct page_test *test, struct text *out)
{
	for (const struct diag *d = test->diags.first; d; d = d->next)
		text_printf(out, "%s:%u:%u: %s: %s\n",
		    d->pos.file != NULL ? d->pos.file : "", d->pos.line,
		    d->pos.column, diag_sentence(d->id), d->detail);
}

static inline void
page_render(struct page_test *test, const char *xml)
{
	xmlDoc *doc = xmlReadMemory(xml, (int)strlen(xml), "doc.xml", NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR);

	if (test->page != NULL && doc != NULL)
		html_render(test->page, doc, &test->out, &test->diags);
	xmlFreeDoc(doc);
}

#endif
