#include <sys/stat.h>
#include <zlib.h>

#include "book.h"
#include "xlsx/zip.h"

/* Templates and documents whose numbers of rows and cells are known. */
static const char template[] =
    "version: '1'\n"
    "properties: {created: '2026-11-30T02:00:00Z'}\n"
    "sheets:\n"
    "  - name: Items\n"
    "    table: tblItems\n"
    "    title: Items\n"
    "    note: Rows\n"
    "    holds: Items\n"
    "    columns:\n"
    "      - {header: A, width: 10, value: '@a', url: '{@u}'}\n"
    "      - {header: B, width: 10, value: '@b', kind: integer}\n"
    "    each: item\n";
static const char document[] =
    "<r><item a='one' b='1' u='https://a.example/'/><item a='two' b='2'/></r>";

/* Two headings, a row of headers, two rows of data. */
static struct readback_sheet items = { 5, 8, 1 };
static const struct readback_sheet true_items = { 5, 8, 1 };
static struct readback wanted = { &items, 1, 1, 0 };

static void
make(struct book_test *test)
{
	book_init(test);
	book_load(test, template, NULL);
	if (test->template == NULL || book_write(test, document, "book.xlsx"))
		exit(2);
}

/* The bytes of the workbook. */
static char *
take(struct book_test *test, size_t *n)
{
	struct stat st;
	char *p;
	int fd = openat(test->dir, "book.xlsx", O_RDONLY | O_CLOEXEC);

	if (fd == -1 || fstat(fd, &st) == -1)
		exit(2);
	*n = (size_t)st.st_size;
	p = arena_alloc(&test->arena, *n);
	if (read(fd, p, *n) != st.st_size)
		exit(2);
	close(fd);
	return p;
}

/* What readback_check() says of these bytes. */
static int
check_bytes(struct book_test *test, const char *p, size_t n)
{
	int fd =
	    openat(test->dir, "x.xlsx", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	int rc;

	if (fd == -1 || write(fd, p, n) != (ssize_t)n)
		exit(2);
	close(fd);
	rc = readback_check(test->dir, "x.xlsx", &wanted, &test->diags);
	unlinkat(test->dir, "x.xlsx", 0);
	return rc;
}

static const char *
last_message(const struct book_test *test)
{
	return test->diags.last != NULL ? test->diags.last->detail : "";
}

static void
accepts_what_was_sent(void)
{
	struct book_test test;
	size_t n;
	char *bytes;

	make(&test);
	bytes = take(&test, &n);
	CHECK_INT(check_bytes(&test, bytes, n), 0);
	CHECK_STR(last_message(&test), "");
	CHECK_INT(
	    readback_check(test.dir, "nothing", &wanted, &test.diags), -1);
	CHECK_STR(last_message(&test),
	    "nothing fails the read-back: file cannot be opened");
	book_free(&test);
}

/* The counts are compared one by one. */
static void
misses(size_t *count, size_t value, const char *want)
{
	struct book_test test;
	size_t before = *count;
	size_t n;
	char *bytes;

	make(&test);
	bytes = take(&test, &n);
	*count = value;
	CHECK_INT(check_bytes(&test, bytes, n), -1);
	CHECK_STR(last_message(&test), want);
	*count = before;
	book_free(&test);
}

static void
misses_what_was_not_written(void)
{
#define SHEET1 "x.xlsx fails the read-back, part xl/worksheets/sheet1.xml: "
	misses(&items.rows, 6, SHEET1 "rows are missing");
	misses(&items.cells, 9, SHEET1 "cells are missing");
	misses(&items.links, 2, SHEET1 "links are missing");
	misses(&wanted.n_sheets, 0, SHEET1 "sheet was never sent");
	misses(&wanted.n_tables, 2,
	    "x.xlsx fails the read-back: tables are missing");
	misses(&wanted.n_charts, 1,
	    "x.xlsx fails the read-back: charts are missing");
	CHECK_INT(items.rows, true_items.rows);
}

static void
misses_a_sheet(void)
{
	struct readback_sheet two[2] = { true_items, true_items };
	struct readback want = { two, 2, 1, 0 };
	struct book_test test;

	make(&test);
	CHECK_INT(
	    readback_check(test.dir, "book.xlsx", &want, &test.diags), -1);
	CHECK_STR(last_message(&test),
	    "book.xlsx fails the read-back: sheets are missing");
	book_free(&test);
}

/* A file that is cut anywhere, or longer than it was. */
static void
finds_a_cut(void)
{
	struct book_test test;
	size_t n;
	unsigned missed = 0;
	char *bytes;

	make(&test);
	bytes = take(&test, &n);
	for (size_t i = 0; i < n; i += 61)
		missed += check_bytes(&test, bytes, i) == 0;
	for (size_t i = n - 30; i < n; i++)
		missed += check_bytes(&test, bytes, i) == 0;
	CHECK_INT(missed, 0);
	bytes = memory_grow(NULL, n + 1, 1);
	memcpy(bytes, take(&test, &n), n);
	bytes[n] = '\0';
	CHECK_INT(check_bytes(&test, bytes, n + 1), -1);
	free(bytes);
	book_free(&test);
}

/*
 * Any byte changed is found, but for the note of the writer whether a part
 * is text, which no reader of a workbook looks at.
 */
static void
finds_a_changed_byte(void)
{
	struct book_test test;
	size_t n;
	unsigned missed = 0;
	unsigned parts = 0;
	char *bytes;

	make(&test);
	bytes = take(&test, &n);
	for (size_t i = 0; i + 4 < n; i++)
		parts += memcmp(bytes + i, "PK\x01\x02", 4) == 0;
	CHECK(parts >= 11);
	for (size_t i = 0; i < n; i++) {
		char before = bytes[i];

		bytes[i] = (char)(before ^ (1 << i % 8));
		missed += check_bytes(&test, bytes, n) == 0;
		bytes[i] = before;
	}
	CHECK(missed <= parts);
	CHECK_INT(check_bytes(&test, bytes, n), 0);
	book_free(&test);
}

/* A zip file made by hand: parts stored as they are. */
struct zip_made {
	struct text bytes;
	struct text directory;
	unsigned n;
};

static void
put(struct text *t, unsigned value, unsigned size)
{
	while (size-- > 0) {
		text_putc(t, (char)(value & 0xff));
		value >>= 8;
	}
}

static void
put_shared(struct text *t, const char *name, const char *p, size_t n)
{
	put(t, 20, 2);
	put(t, 0, 2);
	put(t, 0, 2);
	put(t, 0, 2);
	put(t, 0x21, 2);
	put(t, (unsigned)crc32(0, (const unsigned char *)p, (uInt)n), 4);
	put(t, (unsigned)n, 4);
	put(t, (unsigned)n, 4);
	put(t, (unsigned)strlen(name), 2);
	put(t, 0, 2);
}

static void
add(struct zip_made *zip, const char *name, const char *content)
{
	size_t at = zip->bytes.n;

	text_put(&zip->bytes, "PK\x03\x04", 4);
	put_shared(&zip->bytes, name, content, strlen(content));
	text_puts(&zip->bytes, name);
	text_puts(&zip->bytes, content);
	text_put(&zip->directory, "PK\x01\x02", 4);
	put(&zip->directory, 0, 2);
	put_shared(&zip->directory, name, content, strlen(content));
	put(&zip->directory, 0, 2);
	put(&zip->directory, 0, 2);
	put(&zip->directory, 1, 2);
	put(&zip->directory, 0, 4);
	put(&zip->directory, (unsigned)at, 4);
	text_puts(&zip->directory, name);
	zip->n++;
}

static void
finish(struct zip_made *zip)
{
	size_t at = zip->bytes.n;

	text_put(&zip->bytes, text_str(&zip->directory), zip->directory.n);
	text_put(&zip->bytes, "PK\x05\x06", 4);
	put(&zip->bytes, 0, 4);
	put(&zip->bytes, zip->n, 2);
	put(&zip->bytes, zip->n, 2);
	put(&zip->bytes, (unsigned)zip->directory.n, 4);
	put(&zip->bytes, (unsigned)at, 4);
	put(&zip->bytes, 0, 2);
}

static void
add_others(struct zip_made *zip)
{
	static const char *const names[] = { "[Content_Types].xml",
		"_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
		"xl/styles.xml", "xl/theme/theme1.xml", "docProps/core.xml",
		"docProps/app.xml", "xl/tables/table1.xml" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		add(zip, names[i], "<x/>");
}

#define ROWS                                                                   \
	"<row><c/></row><row><c/></row><row><c/><c/></row>"                    \
	"<row><c/><c/></row>"

/* A workbook with this sheet and these strings; what is said of it. */
static void
says(const char *sheet, const char *strings, const char *want)
{
	struct zip_made zip = { 0 };
	struct book_test test;

	book_init(&test);
	add_others(&zip);
	add(&zip, "xl/worksheets/sheet1.xml", sheet);
	add(&zip, "xl/sharedStrings.xml", strings);
	finish(&zip);
	CHECK_INT(check_bytes(&test, zip.bytes.p, zip.bytes.n),
	    *want == '\0' ? 0 : -1);
	CHECK(strstr(last_message(&test), want) != NULL);
	if (strstr(last_message(&test), want) == NULL)
		printf("# got: %s\n", last_message(&test));
	text_free(&zip.bytes);
	text_free(&zip.directory);
	book_free(&test);
}

#define GOOD_SHEET "<sheet>" ROWS "<row><c/><c/></row><hyperlink/></sheet>"
#define GOOD_STRINGS "<sst uniqueCount='1'><si/></sst>"

static void
looks_into_every_part(void)
{
	says(GOOD_SHEET, GOOD_STRINGS, "");
	says("", GOOD_STRINGS, "sheet1.xml: XML is not well-formed");
	says("<sheet>" ROWS, GOOD_STRINGS, "XML is not well-formed");
	says("<sheet>" ROWS "</sheet>", GOOD_STRINGS, "rows are missing");
	says("<sheet>" ROWS "<row><c/></row></sheet>", GOOD_STRINGS,
	    "cells are missing");
	says("<sheet>" ROWS "<row><c/><c/></row></sheet>", GOOD_STRINGS,
	    "links are missing");
	says(GOOD_SHEET "x", GOOD_STRINGS, "XML is not well-formed");
	says("<!DOCTYPE sheet>" GOOD_SHEET, GOOD_STRINGS,
	    "XML is not well-formed");
	says(GOOD_SHEET, "<sst uniqueCount='2'><si/></sst>",
	    "sharedStrings.xml: strings are missing");
	says(GOOD_SHEET, "<sst uniqueCount='x'><si/></sst>",
	    "strings are missing");
	says(GOOD_SHEET, "<sst uniqueCount='1'><si></sst>",
	    "sharedStrings.xml: XML is not well-formed");
	says("<sheet>\xff" ROWS "<row><c/><c/></row><hyperlink/></sheet>",
	    GOOD_STRINGS, "XML is not well-formed");
	says("<a:sheet>" ROWS "<row><c/><c/></row><hyperlink/></a:sheet>",
	    GOOD_STRINGS, "XML is not well-formed");
}

/* A zip file with something odd in its structure. */
static void
refuses_zip(void (*spoil)(struct zip_made *zip), const char *want)
{
	struct zip_made zip = { 0 };
	struct book_test test;

	book_init(&test);
	add_others(&zip);
	spoil(&zip);
	CHECK_INT(check_bytes(&test, zip.bytes.p, zip.bytes.n), -1);
	CHECK_STR(last_message(&test), want);
	text_free(&zip.bytes);
	text_free(&zip.directory);
	book_free(&test);
}

static void
add_twice(struct zip_made *zip)
{
	add(zip, "xl/styles.xml", "<x/>");
	finish(zip);
}

static void
leave_a_gap(struct zip_made *zip)
{
	text_puts(&zip->bytes, "gap");
	add(zip, "xl/more.xml", "<x/>");
	finish(zip);
}

static void
leave_a_tail(struct zip_made *zip)
{
	text_puts(&zip->bytes, "tail");
	finish(zip);
}

static void
change_a_name(struct zip_made *zip)
{
	finish(zip);
	zip->bytes.p[30] = 'X';
}

static void
change_a_method(struct zip_made *zip)
{
	finish(zip);
	zip->bytes.p[8] = 9;
}

static void
count_more(struct zip_made *zip)
{
	zip->n++;
	finish(zip);
}

static void
count_none(struct zip_made *zip)
{
	zip->n = 0;
	finish(zip);
}

static void
add_a_date(struct zip_made *zip)
{
	size_t at = zip->bytes.n;

	finish(zip);
	zip->bytes.p[at + 14] = 0x22;
	zip->bytes.p[12] = 0x22;
}

static void
encrypt(struct zip_made *zip)
{
	size_t at = zip->bytes.n;

	finish(zip);
	zip->bytes.p[at + 8] = 1;
	zip->bytes.p[6] = 1;
}

static void
leave_out(struct zip_made *zip)
{
	text_clear(&zip->bytes);
	text_clear(&zip->directory);
	zip->n = 0;
	add(zip, "[Content_Types].xml", "<x/>");
	finish(zip);
}

static void
refuses_odd_structure(void)
{
#define FAILS "x.xlsx fails the read-back: "
	refuses_zip(add_twice, FAILS "two parts have one name");
	refuses_zip(leave_a_gap, FAILS "parts do not follow one another");
	refuses_zip(leave_a_tail, FAILS "something stands between the parts");
	refuses_zip(
	    change_a_name, FAILS "names of local and central header differ");
	refuses_zip(change_a_method, FAILS "local and central header differ");
	refuses_zip(count_more, FAILS "central header is damaged");
	refuses_zip(count_none, FAILS "end of the directory is damaged");
	refuses_zip(add_a_date, FAILS "part has a date");
	refuses_zip(encrypt, FAILS "unknown flags");
	refuses_zip(leave_out,
	    "x.xlsx fails the read-back, part _rels/.rels: it is missing");
}

static void
reads_a_part(void)
{
	struct book_test test;
	struct text out = { 0 };

	make(&test);
	CHECK_INT(readback_part(test.dir, "book.xlsx",
		      "xl/worksheets/sheet1.xml", &out, &test.diags),
	    0);
	CHECK(strncmp(text_str(&out), "<?xml", 5) == 0);
	CHECK(strstr(text_str(&out), "</worksheet>") != NULL);
	CHECK_INT(
	    readback_part(test.dir, "book.xlsx", "none", &out, &test.diags),
	    -1);
	CHECK_STR(last_message(&test),
	    "book.xlsx fails the read-back, part none: no such part");
	text_free(&out);
	book_free(&test);
}

int
main(void)
{
	accepts_what_was_sent();
	misses_what_was_not_written();
	misses_a_sheet();
	finds_a_cut();
	finds_a_changed_byte();
	looks_into_every_part();
	refuses_odd_structure();
	reads_a_part();
	return tap_done();
}
