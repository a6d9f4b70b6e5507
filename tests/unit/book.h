#ifndef DOSSIER_TESTS_UNIT_BOOK_H
#define DOSSIER_TESTS_UNIT_BOOK_H

#include <dirent.h>
#include <fcntl.h>
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"
#include "xlsx/readback.h"
#include "xlsx/xlsx.h"

/*
 * For tests of workbooks: a folder that goes away, a template and a document
 * given as texts, and the parts of the workbook made of them.
 */
struct book_test {
	char path[32];
	int dir;
	struct arena arena;
	struct diag_list diags;
	struct source source;
	struct xlsx_template *template;
	struct text part; /* the last one read */
};

static inline void
book_init(struct book_test *test)
{
	*test = (struct book_test){ .path = "/tmp/t_xlsx.XXXXXX" };
	test->diags.arena = &test->arena;
	if (mkdtemp(test->path) == NULL)
		exit(2);
	test->dir = open(test->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* Files in the folder, but "." and "..". */
static inline unsigned
book_files(const struct book_test *test)
{
	DIR *dir = opendir(test->path);
	unsigned n = 0;

	while (dir != NULL && readdir(dir) != NULL)
		n++;
	if (dir != NULL)
		closedir(dir);
	return n - 2;
}

static inline void
book_load(struct book_test *test, const char *template,
    const struct xlsx_names *names)
{
	source_of_bytes(&test->source, "book.yaml", template, strlen(template));
	test->template =
	    xlsx_load(&test->arena, &test->source, names, &test->diags);
}

/* Write NAME from a document; what xlsx_write() returned. */
static inline int
book_write(struct book_test *test, const char *xml, const char *name)
{
	xmlDocPtr doc =
	    xmlReadMemory(xml, (int)strlen(xml), "doc", NULL, XML_PARSE_NONET);
	int rc;

	if (doc == NULL)
		exit(2);
	rc = xlsx_write(test->template, doc, test->path, name, &test->diags);
	xmlFreeDoc(doc);
	return rc;
}

/* A part of book.xlsx, "" when it is not there. */
static inline const char *
book_part(struct book_test *test, const char *part)
{
	struct diag_list ignored = { .arena = &test->arena };

	text_clear(&test->part);
	readback_part(test->dir, "book.xlsx", part, &test->part, &ignored);
	return text_str(&test->part);
}

/* All messages, a line each. */
static inline const char *
book_messages(struct book_test *test)
{
	text_clear(&test->part);
	for (const struct diag *p = test->diags.first; p != NULL; p = p->next)
		text_printf(&test->part, "%u:%u: %s: %s\n", p->pos.line,
		    p->pos.column, diag_sentence(p->id), p->detail);
	return text_str(&test->part);
}

static inline void
book_free(struct book_test *test)
{
	DIR *dir = opendir(test->path);
	const struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL)
		unlinkat(test->dir, entry->d_name, 0);
	if (dir != NULL)
		closedir(dir);
	close(test->dir);
	rmdir(test->path);
	xlsx_free(test->template);
	text_free(&test->part);
	arena_free(&test->arena);
}

#endif
