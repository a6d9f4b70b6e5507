#include "xlsx/readback.h"

#include <fcntl.h>
#include <libxml/parser.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/num.h"
#include "xlsx/zip.h"

/* What a part holds; reading goes on element by element. */
struct content {
	xmlParserCtxtPtr parser;
	bool is_bad;
	size_t rows;
	size_t cells;
	size_t links;
	size_t strings; /* of the table of shared strings */
	size_t stated;  /* how many that table says it has */
};

static bool
is_named(const xmlChar *name, const char *word)
{
	return strcmp((const char *)name, word) == 0;
}

/* The number in an attribute of those that SAX hands over, or 0. */
static size_t
number_of(const xmlChar **attributes, int n, const char *name)
{
	unsigned long long value = 0;

	for (int i = 0; i < n; i++) {
		const xmlChar **a = attributes + (size_t)i * 5;

		if (is_named(a[0], name) &&
		    !num_read_count(
			(const char *)a[3], (size_t)(a[4] - a[3]), &value))
			return 0;
	}
	return (size_t)value;
}

static void
start_element(void *state, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int n_namespaces, const xmlChar **namespaces,
    int n_attributes, int n_defaulted, const xmlChar **attributes)
{
	struct content *content = state;

	(void)prefix;
	(void)uri;
	(void)n_namespaces;
	(void)namespaces;
	(void)n_defaulted;
	if (is_named(name, "c"))
		content->cells++;
	else if (is_named(name, "row"))
		content->rows++;
	else if (is_named(name, "hyperlink"))
		content->links++;
	else if (is_named(name, "si"))
		content->strings++;
	else if (is_named(name, "sst"))
		content->stated =
		    number_of(attributes, n_attributes, "uniqueCount");
}

static void
note_error(void *state, xmlErrorPtr error)
{
	struct content *content = state;

	if (error->level >= XML_ERR_ERROR)
		content->is_bad = true;
}

/* A document type has no place in a workbook. */
static void
note_doctype(void *state, const xmlChar *name, const xmlChar *external,
    const xmlChar *system)
{
	struct content *content = state;

	(void)name;
	(void)external;
	(void)system;
	content->is_bad = true;
}

static int
put_content(void *state, const char *p, size_t n)
{
	struct content *content = state;

	if (n > 0 && xmlParseChunk(content->parser, p, (int)n, 0) != 0)
		content->is_bad = true;
	return content->is_bad ? -1 : 0;
}

/* A parser that hands elements to content; one serves all parts. */
static xmlParserCtxtPtr
make_parser(struct content *content)
{
	xmlSAXHandler sax;
	xmlParserCtxtPtr parser;

	memset(&sax, 0, sizeof(sax));
	sax.initialized = XML_SAX2_MAGIC;
	sax.startElementNs = start_element;
	sax.internalSubset = note_doctype;
	sax.serror = note_error;
	parser = xmlCreatePushParserCtxt(&sax, content, NULL, 0, NULL);
	if (parser != NULL)
		xmlCtxtUseOptions(parser, XML_PARSE_NONET);
	return parser;
}

static const char *
read_content(const struct zip *zip, const struct zip_part *part,
    xmlParserCtxtPtr parser, struct content *content)
{
	const char *why;

	memset(content, 0, sizeof(*content));
	content->parser = parser;
	if (xmlCtxtResetPush(parser, NULL, 0, NULL, NULL) != 0)
		return "no memory to parse";
	why = zip_read(zip, part, put_content, content);
	if (content->is_bad)
		return "XML is not well-formed";
	if (why != NULL)
		return why;
	if (xmlParseChunk(parser, "", 0, 1) != 0 || !parser->wellFormed ||
	    content->is_bad)
		return "XML is not well-formed";
	return NULL;
}

/* The number in names such as "xl/worksheets/sheet12.xml", or 0. */
static size_t
number_in(const char *name, const char *before)
{
	size_t n = strlen(before);
	const char *end = strstr(name, ".xml");
	unsigned long long number;

	if (strncmp(name, before, n) != 0 || end == NULL ||
	    strcmp(end, ".xml") != 0 ||
	    !num_read_count(name + n, (size_t)(end - name) - n, &number))
		return 0;
	return (size_t)number;
}

/* How many parts of each kind were met. */
struct tally {
	size_t sheets;
	size_t tables;
	size_t charts;
};

static const char *
compare_sheet(
    const struct content *content, const struct readback *want, size_t number)
{
	const struct readback_sheet *sheet;

	if (number > want->n_sheets)
		return "sheet was never sent";
	sheet = &want->sheets[number - 1];
	if (content->rows != sheet->rows)
		return "rows are missing";
	if (content->cells != sheet->cells)
		return "cells are missing";
	if (content->links != sheet->links)
		return "links are missing";
	return NULL;
}

static const char *
check_part(const struct zip_part *part, const struct content *content,
    const struct readback *want, struct tally *tally)
{
	size_t sheet = number_in(part->name, "xl/worksheets/sheet");

	if (sheet > 0) {
		tally->sheets++;
		return compare_sheet(content, want, sheet);
	}
	if (strcmp(part->name, "xl/sharedStrings.xml") == 0 &&
	    content->strings != content->stated)
		return "strings are missing";
	tally->tables += number_in(part->name, "xl/tables/table") > 0;
	tally->charts += number_in(part->name, "xl/charts/chart") > 0;
	return NULL;
}

static int
fail(struct diag_list *diags, const char *path, const char *part,
    const char *why)
{
	diag_add(diags, DIAG_WORKBOOK, (struct pos){ NULL, 0, 0 },
	    "%s fails the read-back%s%s: %s", path,
	    part != NULL ? ", part " : "", part != NULL ? part : "", why);
	return -1;
}

/* Without these no program opens the file as a workbook. */
static const char *
missing_part(const struct zip *zip)
{
	static const char *const names[] = { "[Content_Types].xml",
		"_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
		"xl/styles.xml", "xl/theme/theme1.xml", "docProps/core.xml",
		"docProps/app.xml" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (zip_part(zip, names[i]) == NULL)
			return names[i];
	return NULL;
}

static int
check_parts(const struct zip *zip, const char *path,
    const struct readback *want, struct diag_list *diags)
{
	struct tally tally = { 0 };
	struct content content = { 0 };
	const char *why = NULL;
	xmlParserCtxtPtr parser;

	if (missing_part(zip) != NULL)
		return fail(diags, path, missing_part(zip), "it is missing");
	parser = make_parser(&content);
	if (parser == NULL)
		return fail(diags, path, NULL, "no memory to parse");
	for (size_t i = 0; i < zip->n_parts && why == NULL; i++) {
		const struct zip_part *part = &zip->parts[i];

		why = read_content(zip, part, parser, &content);
		if (why == NULL)
			why = check_part(part, &content, want, &tally);
		if (why != NULL)
			fail(diags, path, part->name, why);
	}
	xmlFreeParserCtxt(parser);
	if (why != NULL)
		return -1;
	if (tally.sheets != want->n_sheets)
		return fail(diags, path, NULL, "sheets are missing");
	if (tally.tables != want->n_tables)
		return fail(diags, path, NULL, "tables are missing");
	if (tally.charts != want->n_charts)
		return fail(diags, path, NULL, "charts are missing");
	return 0;
}

int
readback_check(int dir_fd, const char *path, const struct readback *want,
    struct diag_list *diags)
{
	struct arena arena = { 0 };
	struct zip zip;
	const char *why;
	int rc = -1;
	int fd = openat(dir_fd, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

	if (fd == -1)
		return fail(diags, path, NULL, "file cannot be opened");
	why = zip_open(&zip, &arena, fd);
	if (why != NULL)
		fail(diags, path, NULL, why);
	else
		rc = check_parts(&zip, path, want, diags);
	close(fd);
	arena_free(&arena);
	return rc;
}

static int
put_text(void *state, const char *p, size_t n)
{
	text_put(state, p, n);
	return 0;
}

int
readback_part(int dir_fd, const char *path, const char *part, struct text *out,
    struct diag_list *diags)
{
	struct arena arena = { 0 };
	struct zip zip;
	const char *why;
	int fd = openat(dir_fd, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

	if (fd == -1)
		return fail(diags, path, NULL, "file cannot be opened");
	why = zip_open(&zip, &arena, fd);
	if (why == NULL && zip_part(&zip, part) == NULL)
		why = "no such part";
	if (why == NULL)
		why = zip_read(&zip, zip_part(&zip, part), put_text, out);
	close(fd);
	arena_free(&arena);
	return why == NULL ? 0 : fail(diags, path, part, why);
}
