#include <locale.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#include "book.h"

/*
 * As a program of its own, "t_xlsx TEMPLATE DOCUMENT FOLDER NAME [TIMES]"
 * writes a workbook, for tests/t_xlsx.py and tests/bench_xlsx.py.
 */

#define TOP                                                                    \
	"version: '1'\n"                                                       \
	"properties: {title: 'Of {@name}', created: '{@time}', author: a,"     \
	" subject: s, company: c, category: d, keywords: k, comments: "        \
	"'{@run}'"                                                             \
	", status: Draft}\n"                                                   \
	"custom: {RunId: '{@run}', Empty: '{@none}'}\n"                        \
	"names: {RunDate: {sheet: Cover, block: date, column: Value}}\n"       \
	"palette:\n"                                                           \
	"  no: {text: '9a1b1e', fill: 'fde9e8', bold: yes, words: [Not "       \
	"met]}\n"                                                              \
	"  ok: {text: '0b5a39', fill: 'e2f4ea', words: [Met]}\n"               \
	"lists:\n"                                                             \
	"  DecisionList: {header: Decisions, words: [Open, Accepted]}\n"       \
	"  WhoList: {header: Who, words: [Nobody], each: //item,"              \
	" value: '@who'}\n"

#define SHEETS                                                                 \
	"sheets:\n"                                                            \
	"  - name: Cover\n"                                                    \
	"    table: tblCover\n"                                                \
	"    title: 'Book of {@name}'\n"                                       \
	"    note: \"{rows('Items')} items\"\n"                                \
	"    holds: What this is\n"                                            \
	"    freeze: no\n"                                                     \
	"    columns: [{header: Item, width: 28}, {header: Value, width: 60}]" \
	"\n"                                                                   \
	"    rows:\n"                                                          \
	"      - {cells: {Item: Name, Value: '{@name}'}}\n"                    \
	"      - {name: date, cells: {Item: Date, Value: {kind: date, value:"  \
	" '@time'}}}\n"                                                        \
	"  - name: Contents\n"                                                 \
	"    table: tblContents\n"                                             \
	"    title: Contents\n"                                                \
	"    note: All\n"                                                      \
	"    holds: The sheets\n"                                              \
	"    contents: yes\n"                                                  \
	"    columns: [{header: Sheet, width: 18, show: name},"                \
	" {header: Holds, width: 40, show: holds}, {header: Rows, width: 8,"   \
	" show: rows}, {header: Yellow, width: 16, show: inputs}]\n"           \
	"  - name: Items\n"                                                    \
	"    table: tblItems\n"                                                \
	"    title: Items\n"                                                   \
	"    note: Rows\n"                                                     \
	"    holds: Items\n"                                                   \
	"    each: //item\n"                                                   \
	"    columns:\n"                                                       \
	"      - {header: Id, width: 10, value: '@id', link: {sheet: Files,"   \
	" column: Id, key: '@file'}}\n"                                        \
	"      - {header: Status, width: 15, kind: status, value: "            \
	"'@status'}\n"                                                         \
	"      - {header: Share, width: 10, kind: number, value: '@share',"    \
	" decimals: '@d', percent: \"@unit = '%'\", bar: yes,"                 \
	" empty: Withheld}\n"                                                  \
	"      - {header: Day, width: 12, kind: date, value: '@day',"          \
	" empty: None}\n"                                                      \
	"      - {header: Text, width: 30, value: '.', tint: '@status'}\n"     \
	"      - {header: Link, width: 20, value: '@url', url: '{@url}'}\n"    \
	"      - {header: Decision, width: 16, input: yes,"                    \
	" list: DecisionList, empty: Open, prompt: Choose one.}\n"             \
	"      - {header: On, width: 12, input: yes, kind: date,"              \
	" date_from: RunDate}\n"                                               \
	"      - {header: Comment, width: 30, input: yes, max_length: 2000,"   \
	" list: WhoList, strict: no}\n"                                        \
	"      - {header: Check, width: 14, formula: 'IF({Decision}=\"Open\"," \
	"\"Open\",\"OK\")', text: Open}\n"                                     \
	"  - name: Files\n"                                                    \
	"    table: tblFiles\n"                                                \
	"    title: Files\n"                                                   \
	"    note: Rows\n"                                                     \
	"    holds: Files\n"                                                   \
	"    each: //file\n"                                                   \
	"    columns:\n"                                                       \
	"      - {header: Id, width: 10, value: '@id'}\n"                      \
	"      - {header: Path, width: 40, value: '@path',"                    \
	" url: 'external:../{@path}'}\n"                                       \
	"      - {header: Met, width: 10, kind: integer, formula:"             \
	" 'COUNTIFS({tblItems[Status]},\"Met\")',"                             \
	" value: \"count(//item[@status='Met'])\"}\n"                          \
	"      - {each: //item, heading: '{@id}', key: '@id', width: 9,"       \
	" value: '$column'}\n"                                                 \
	"  - name: Nothing\n"                                                  \
	"    table: tblNothing\n"                                              \
	"    title: Nothing\n"                                                 \
	"    note: \"{rows('Nothing')} rows\"\n"                               \
	"    holds: Nothing\n"                                                 \
	"    when: '@nothing'\n"                                               \
	"    each: //nothing\n"                                                \
	"    columns: [{header: A, width: 9, value: '@a'}, {header: B,"        \
	" width: 9, input: yes}]\n"                                            \
	"  - name: Lists\n"                                                    \
	"    table: tblLists\n"                                                \
	"    lists: yes\n"                                                     \
	"    title: Lists\n"                                                   \
	"    note: Words\n"                                                    \
	"    holds: Words\n"

#define ITEMS                                                                  \
	"<item id='i1' file='E2, E1' status='Met' share='0.5634' d='1'"        \
	" unit='%' day='2026-11-30' url='https://x.example/a/b' who='Ann'>"    \
	"=1+2</item>"                                                          \
	"<item id='i2' file='E9' status='Not met' share='Withheld' day=''"     \
	" url='javascript:alert(1)' who='Bob'>+SUM(A1)</item>"                 \
	"<item id='i3' file='E1' status='Not met' share='2' d='3'"             \
	" day='2026-02-30' url='mailto:a@b.example' who='Ann'>@x\n-1+1</item>"
#define FILES                                                                  \
	"<file id='E1' path='documents/a b.md'/>"                              \
	"<file id='E2' path='../../etc/passwd'/>"
#define DOCUMENT                                                               \
	"<r name='=cmd|x' time='2026-11-30T02:00:00Z' run='r1' "               \
	"nothing='y'>" ITEMS FILES "</r>"

static const char *
sheet(struct book_test *test, unsigned n)
{
	char part[64];

	snprintf(part, sizeof(part), "xl/worksheets/sheet%u.xml", n);
	return book_part(test, part);
}

static void
write_book(struct book_test *test, const char *template, const char *document)
{
	book_init(test);
	book_load(test, template, NULL);
	CHECK_STR(book_messages(test), "");
	if (test->template == NULL)
		return;
	CHECK_INT(book_write(test, document, "book.xlsx"), 0);
	CHECK_STR(book_messages(test), "");
}

/*
 * How often a word stands in a text; the sanitizer's strstr() would measure
 * what is left of the text each time.
 */
static int
count(const char *text, const char *word)
{
	size_t size = strlen(word);
	int n = 0;

	for (; (text = strchr(text, *word)) != NULL; text++)
		n += strncmp(text, word, size) == 0;
	return n;
}

#define HAS(part, word)                                                        \
	do {                                                                   \
		const char *has_ = (part);                                     \
		if (!CHECK(strstr(has_, (word)) != NULL))                      \
			printf("# want: %s\n# in: %.6000s\n", (word), has_);   \
	} while (0)

static void
sets_properties(void)
{
	struct book_test test;

	write_book(&test, TOP SHEETS, DOCUMENT);
	HAS(book_part(&test, "docProps/core.xml"),
	    "<dc:title>Of =cmd|x</dc:title><dc:subject>s</dc:subject>"
	    "<dc:creator>a</dc:creator><cp:keywords>k</cp:keywords>"
	    "<dc:description>r1</dc:description>");
	HAS(text_str(&test.part), "2026-11-30T02:00:00Z</dcterms:created>");
	HAS(text_str(&test.part), "<cp:contentStatus>Draft</cp:contentStatus>");
	HAS(book_part(&test, "docProps/app.xml"), "<Company>c</Company>");
	HAS(book_part(&test, "docProps/custom.xml"),
	    "name=\"RunId\"><vt:lpwstr>r1</vt:lpwstr>");
	HAS(text_str(&test.part), "name=\"Empty\"><vt:lpwstr>None</vt:lpwstr>");
	HAS(book_part(&test, "xl/workbook.xml"),
	    "<definedName name=\"RunDate\">'Cover'!$B$6</definedName>");
	HAS(text_str(&test.part),
	    "<definedName name=\"DecisionList\">'Lists'!$A$5:$A$6<");
	HAS(text_str(&test.part),
	    "<definedName name=\"WhoList\">'Lists'!$B$5:$B$7<");
	HAS(text_str(&test.part), "Items!$4:$4</definedName>");
	HAS(text_str(&test.part), "Items!$A$1:$J$7</definedName>");
	CHECK_INT(book_files(&test), 1);
	book_free(&test);
}

static void
writes_text_as_text(void)
{
	struct book_test test;
	const char *strings;

	write_book(&test, TOP SHEETS, DOCUMENT);
	strings = book_part(&test, "xl/sharedStrings.xml");
	HAS(strings, "<t>=1+2</t>");
	HAS(strings, "<t>+SUM(A1)</t>");
	HAS(strings, "<t>@x\n-1+1</t>");
	HAS(strings, "<t>Book of =cmd|x</t>");
	/* The only formulas are the template's. */
	CHECK_INT(count(sheet(&test, 1), "<f>"), 0);
	CHECK_INT(count(sheet(&test, 3), "<f>"), 3);
	CHECK_INT(count(sheet(&test, 3), "<f>IF("), 3);
	CHECK_INT(count(sheet(&test, 4), "<f>"), 2);
	book_free(&test);
}

static void
writes_values_by_kind(void)
{
	struct book_test test;

	write_book(&test, TOP SHEETS, DOCUMENT);
	HAS(sheet(&test, 3), "<v>0.5634</v>");
	HAS(text_str(&test.part), "<v>2</v>");
	HAS(text_str(&test.part), "<v>46356</v>");
	HAS(text_str(&test.part),
	    "t=\"str\"><f>IF(G5=\"Open\",\"Open\",\"OK\")</f><v>Open</v>");
	HAS(sheet(&test, 4),
	    "<f>COUNTIFS(tblItems[Status],\"Met\")</f><v>1</v>");
	HAS(book_part(&test, "xl/styles.xml"), "formatCode=\"0.0%\"");
	HAS(text_str(&test.part), "formatCode=\"0.000\"");
	HAS(text_str(&test.part), "formatCode=\"d mmm yyyy\"");
	HAS(book_part(&test, "xl/sharedStrings.xml"), "<t>2026-02-30</t>");
	HAS(text_str(&test.part), "<t>Withheld</t>");
	HAS(text_str(&test.part), "<t>None</t>");
	book_free(&test);
}

static void
links_only_where_it_may(void)
{
	struct book_test test;

	write_book(&test, TOP SHEETS, DOCUMENT);
	HAS(sheet(&test, 3), "location=\"'Files'!A6\" display=\"i1\"");
	HAS(text_str(&test.part), "location=\"'Files'!A5\" display=\"i3\"");
	CHECK_INT(count(text_str(&test.part), "<hyperlink "), 4);
	HAS(book_part(&test, "xl/worksheets/_rels/sheet3.xml.rels"),
	    "Target=\"https://x.example/a/b\"");
	HAS(text_str(&test.part), "Target=\"mailto:a@b.example\"");
	CHECK(strstr(text_str(&test.part), "javascript") == NULL);
	HAS(book_part(&test, "xl/worksheets/_rels/sheet4.xml.rels"),
	    "Target=\"..\\documents\\a%20b.md\"");
	CHECK(strstr(text_str(&test.part), "passwd") == NULL);
	HAS(book_part(&test, "xl/sharedStrings.xml"),
	    "<t>documents/a b.md</t>");
	HAS(sheet(&test, 2), "location=\"'Items'!A1\" display=\"Items\"");
	book_free(&test);
}

static void
dresses_sheets(void)
{
	struct book_test test;
	const char *items;

	write_book(&test, TOP SHEETS, DOCUMENT);
	items = sheet(&test, 3);
	HAS(items, "<pane xSplit=\"1\" ySplit=\"4\" topLeftCell=\"B5\"");
	HAS(items, "<sheetProtection sheet=\"1\" objects=\"1\"");
	CHECK(strstr(items, "password") == NULL);
	HAS(items, "formatColumns=\"0\" formatRows=\"0\"");
	HAS(items, "autoFilter=\"0\"");
	HAS(items,
	    "promptTitle=\"Decision\" prompt=\"Choose one.\" "
	    "sqref=\"G5:G7\"><formula1>DecisionList</formula1>");
	HAS(items, "errorStyle=\"warning\"");
	HAS(items, "<formula1>RunDate</formula1>");
	HAS(items, "operator=\"greaterThanOrEqual\"");
	HAS(items,
	    "operator=\"equal\"><formula>\"Not met\"</formula></cfRule>");
	CHECK_INT(count(items, "<cfRule type=\"cellIs\""), 2);
	HAS(items, "<dataBar>");
	HAS(items,
	    "<pageSetup paperSize=\"8\" fitToHeight=\"0\" "
	    "orientation=\"landscape\"/>");
	HAS(items, "&amp;A&amp;R");
	HAS(items, "Page &amp;P of &amp;N");
	CHECK(strstr(items, "mergeCell") == NULL);
	CHECK(strstr(items, "hidden") == NULL);
	HAS(sheet(&test, 1), "<pageSetup paperSize=\"9\"");
	CHECK(strstr(sheet(&test, 1), "<pane") == NULL);
	HAS(book_part(&test, "xl/tables/table3.xml"),
	    "name=\"tblItems\" displayName=\"tblItems\" ref=\"A4:J7\"");
	HAS(text_str(&test.part), "<autoFilter ref=\"A4:J7\"/>");
	HAS(text_str(&test.part), "name=\"TableStyleLight1\"");
	CHECK(strstr(book_part(&test, "xl/tables/table1.xml"), "autoFilter") ==
	    NULL);
	book_free(&test);
}

static void
colours_by_word(void)
{
	struct book_test test;

	write_book(&test, TOP SHEETS, DOCUMENT);
	HAS(book_part(&test, "xl/styles.xml"),
	    "<dxf><font><b/><color rgb=\"FF9A1B1E\"/></font>"
	    "<fill><patternFill><bgColor rgb=\"FFFDE9E8\"/>");
	/* Tinted cells have the colours in a format of their own. */
	HAS(text_str(&test.part), "<fgColor rgb=\"FFFDE9E8\"/>");
	HAS(text_str(&test.part), "<fgColor rgb=\"FFE2F4EA\"/>");
	HAS(text_str(&test.part), "<fgColor rgb=\"FFFFFBE6\"/>");
	HAS(text_str(&test.part), "<protection locked=\"0\"/>");
	HAS(text_str(&test.part), "<name val=\"Arial\"/>");
	book_free(&test);
}

/* Headers that come from the document are unique and on one line. */
static void
makes_columns_of_nodes(void)
{
	struct book_test test;

	write_book(&test, TOP SHEETS,
	    "<r name='n' time='2026-11-30T02:00:00Z' run='r'><item id='x&#10;"
	    "y'/><item id='x y'/><item id=''/><item id='_x0041_'/>"
	    "<item id='Met'/><file id='E1' path='p'/></r>");
	HAS(book_part(&test, "xl/tables/table4.xml"), "name=\"x y\"");
	HAS(text_str(&test.part), "name=\"x y (2)\"");
	HAS(text_str(&test.part), "name=\"Not provided\"");
	HAS(text_str(&test.part), "name=\"_x005F_x0041_\"");
	HAS(text_str(&test.part), "name=\"Met (2)\"");
	HAS(book_part(&test, "xl/sharedStrings.xml"), "<t>x\ny</t>");
	book_free(&test);
}

static void
says_that_there_is_none(void)
{
	struct book_test test;

	write_book(&test, TOP SHEETS, DOCUMENT);
	HAS(book_part(&test, "xl/tables/table5.xml"), "ref=\"A4:B5\"");
	HAS(book_part(&test, "xl/sharedStrings.xml"), "<t>0 rows</t>");
	book_free(&test);
	/* A sheet whose condition fails is not there, nor in the contents. */
	write_book(&test, TOP SHEETS,
	    "<r name='n' time='2026-11-30T02:00:00Z' run='r'/>");
	CHECK(strstr(book_part(&test, "xl/workbook.xml"), "Nothing") == NULL);
	CHECK(strstr(book_part(&test, "xl/sharedStrings.xml"), "Nothing") ==
	    NULL);
	book_free(&test);
}

static void
says_so(const char *template, const char *document, const char *want)
{
	struct book_test test;

	book_init(&test);
	book_load(&test, template, NULL);
	CHECK(test.template != NULL);
	if (test.template != NULL) {
		CHECK_INT(book_write(&test, document, "book.xlsx"), -1);
		if (!CHECK(strstr(book_messages(&test), want) != NULL))
			printf("# got: %s\n", text_str(&test.part));
	}
	CHECK_INT(book_files(&test), 0);
	book_free(&test);
}

#define SMALL(head, field)                                                     \
	"version: '1'\n" head                                                  \
	"sheets: [{name: A, table: tblA, title: t, note: n, holds: h,"         \
	" each: //item, columns: [{header: H, width: 9, " field "}]}]\n"
#define CREATED "properties: {created: '{@time}'}\n"

static void
refuses_what_would_be_wrong(void)
{
	says_so(SMALL(CREATED, "kind: number, value: '@id * 1'"), DOCUMENT,
	    "sheet A, column \"H\": number is not finite");
	says_so(SMALL(CREATED, "kind: number, value: '1 div 0'"), DOCUMENT,
	    "number is not finite");
	says_so(SMALL(CREATED, "kind: percent, value: '-1 div 0'"), DOCUMENT,
	    "number is not finite");
	says_so(SMALL("", "value: '@id'"), DOCUMENT,
	    "the template sets no time of creation");
	says_so(SMALL("properties: {created: soon}\n", "value: '@id'"),
	    DOCUMENT, "time of creation is not YYYY-MM-DDTHH:MM:SSZ: soon");
	says_so(SMALL(CREATED, "value: 'count($nothing)'"), DOCUMENT,
	    "expression cannot be evaluated: count($nothing)");
	says_so(SMALL(CREATED, "text: \"{rows('Nowhere')}\""), DOCUMENT,
	    "expression cannot be evaluated: rows('Nowhere')");
	says_so(SMALL(CREATED, "each: 'count(//item)', heading: h, key: '@a'"),
	    DOCUMENT, "expression selects no nodes");
}

static void
sorts_and_limits(void)
{
	struct book_test test;
	const char *a, *b, *c, *strings;

	write_book(&test,
	    "version: '1'\n" CREATED
	    "sheets: [{name: A, table: tblA, title: t, note: n, holds: h, "
	    "columns: [{header: H, width: 9}, {header: N, width: 9, kind: "
	    "integer}], rows: [{each: //item, word: '@who', sort: '@n', "
	    "at_most: 3, cells: {H: '{@id}-{$word}', N: {value: "
	    "'position()'}}}, {for: [x, y], cells: {H: 'w-{$word}'}}]}]\n",
	    "<r time='2026-11-30T02:00:00Z'><item id='a' n='1' who='p'/><item "
	    "id='b' n='3' who='q'/><item id='c' n='2' who='r'/><item id='d' "
	    "n='3' who='s'/><item id='e' who='t'/></r>");
	strings = book_part(&test, "xl/sharedStrings.xml");
	a = strstr(strings, "<t>b-q</t>");
	b = strstr(strings, "<t>d-s</t>");
	c = strstr(strings, "<t>c-r</t>");
	CHECK(a != NULL && b != NULL && c != NULL && a < b && b < c);
	CHECK(strstr(strings, "a-p") == NULL);
	HAS(strings, "<t>w-x</t>");
	HAS(strings, "<t>w-y</t>");
	book_free(&test);
}

/* Where rows are streamed a filter stands for the table, all else is there. */
static void
streams_many_rows(void)
{
	struct book_test test;
	const char *items;

	write_book(&test, "stream_above: 2\n" TOP SHEETS, DOCUMENT);
	CHECK_STR(book_part(&test, "xl/tables/table1.xml"), "");
	items = sheet(&test, 3);
	HAS(items, "<autoFilter ref=\"A4:J7\"/>");
	HAS(items, "t=\"inlineStr\"><is><t>=1+2</t></is>");
	HAS(items, "<t>Status</t>");
	HAS(items, "<v>0.5634</v>");
	HAS(items, "<cfRule type=\"cellIs\"");
	HAS(sheet(&test, 4), "<f>COUNTIFS('Items'!B5:B7,\"Met\")</f><v>1</v>");
	book_free(&test);
}

/* Beyond the rows of a sheet the next begins. */
static void
goes_on_in_the_next_sheet(void)
{
	struct book_test test;

	write_book(&test, "rows_a_sheet: 2\n" TOP SHEETS, DOCUMENT);
	HAS(book_part(&test, "xl/workbook.xml"), "<sheet name=\"Items\"");
	HAS(text_str(&test.part), "<sheet name=\"Items2\"");
	HAS(text_str(&test.part), "<sheet name=\"Contents3\"");
	HAS(text_str(&test.part), "<sheet name=\"Lists2\"");
	CHECK(strstr(text_str(&test.part), "Items3") == NULL);
	HAS(book_part(&test, "xl/sharedStrings.xml"), "<t>3 items</t>");
	/* Items are sheets 5 and 6, after three of contents. */
	CHECK_INT(count(sheet(&test, 5), "<row "), 5);
	CHECK_INT(count(sheet(&test, 6), "<row "), 4);
	/* A count over both parts is a number, no formula over one. */
	CHECK_INT(count(sheet(&test, 7), "<f>"), 0);
	HAS(text_str(&test.part), "<v>1</v>");
	/* The formula of a row names the row of its own part. */
	HAS(sheet(&test, 6), "<f>IF(G5=");
	book_free(&test);
}

static void
stops_linking_in_time(void)
{
	struct text xml = { 0 };
	struct book_test test;

	text_puts(&xml, "<r time='2026-11-30T02:00:00Z'>");
	for (int i = 0; i < 60010; i++)
		text_printf(&xml, "<item id='https://a.example/%d'/>", i);
	text_puts(&xml, "</r>");
	write_book(&test, SMALL(CREATED, "value: '@id', url: '{@id}'"),
	    text_str(&xml));
	CHECK_INT(count(sheet(&test, 1), "<hyperlink "), 60000);
	HAS(text_str(&test.part), "<t>https://a.example/60009</t>");
	text_free(&xml);
	book_free(&test);
}

/* The bytes of NAME in the folder. */
static void
take(struct book_test *test, const char *name, struct text *out)
{
	char piece[4096];
	ssize_t n;
	int fd = openat(test->dir, name, O_RDONLY | O_CLOEXEC);

	while ((n = read(fd, piece, sizeof(piece))) > 0)
		text_put(out, piece, (size_t)n);
	close(fd);
}

/* The same bytes in another time zone, locale and second. */
static void
gives_the_same_bytes(void)
{
	struct text first = { 0 };
	struct text second = { 0 };
	struct book_test test;

	write_book(&test, TOP SHEETS, DOCUMENT);
	take(&test, "book.xlsx", &first);
	setenv("TZ", "Pacific/Chatham", 1);
	setlocale(LC_CTYPE, "");
	sleep(1);
	CHECK_INT(book_write(&test, DOCUMENT, "second.xlsx"), 0);
	unsetenv("TZ");
	take(&test, "second.xlsx", &second);
	CHECK(first.n > 10000);
	CHECK_INT(first.n, second.n);
	CHECK(first.n == second.n && memcmp(first.p, second.p, first.n) == 0);
	text_free(&first);
	text_free(&second);
	book_free(&test);
}

/*
 * Every file of the process ends at a number of bytes, as on a full disk:
 * either the whole workbook is there and right, or there is none and a
 * message.  A crash of the library is allowed in the worker, a file is not.
 */
static void
leaves_nothing_on_a_full_disk(void)
{
	enum { STEP = 512 * TAP_SLOWNESS };
	struct book_test test;
	struct text whole = { 0 };
	unsigned wrong = 0;
	unsigned failures = 0;

	write_book(&test, TOP SHEETS, DOCUMENT);
	take(&test, "book.xlsx", &whole);
	unlinkat(test.dir, "book.xlsx", 0);
	fflush(stdout);
	for (rlim_t limit = 0; limit <= whole.n + STEP; limit += STEP) {
		struct text found = { 0 };
		int status = 0;
		pid_t pid = fork();

		if (pid == 0) {
			struct rlimit limits = { limit, limit };

			signal(SIGXFSZ, SIG_IGN);
			if (freopen("/dev/null", "w", stderr) == NULL)
				_exit(3);
			setrlimit(RLIMIT_FSIZE, &limits);
			_exit(book_write(&test, DOCUMENT, "book.xlsx") == 0 ?
				0 :
				1);
		}
		waitpid(pid, &status, 0);
		if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
			take(&test, "book.xlsx", &found);
			wrong += found.n != whole.n ||
			    memcmp(found.p, whole.p, whole.n) != 0;
		} else {
			failures++;
			wrong += WIFEXITED(status) && book_files(&test) != 0;
		}
		unlinkat(test.dir, "book.xlsx", 0);
		text_free(&found);
	}
	CHECK_INT(wrong, 0);
	CHECK(failures > 10 / TAP_SLOWNESS);
	text_free(&whole);
	book_free(&test);
}

static void
says_that_there_is_no_folder(void)
{
	struct book_test test;

	book_init(&test);
	book_load(&test, TOP SHEETS, NULL);
	unlinkat(AT_FDCWD, test.path, AT_REMOVEDIR);
	CHECK_INT(book_write(&test, DOCUMENT, "book.xlsx"), -1);
	HAS(book_messages(&test), "workbook could not be written: ");
	book_free(&test);
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

/*
 * Write the workbook so many times; print the least CPU time in milliseconds
 * when it is more than once.
 */
static int
write_times(struct xlsx_template *template, char **argv, long times,
    struct diag_list *diags)
{
	xmlDocPtr doc =
	    xmlReadFile(argv[2], NULL, XML_PARSE_NONET | XML_PARSE_HUGE);
	double least = 0;
	int rc = doc == NULL;

	for (long i = 0; i < times && rc == 0; i++) {
		double start = now();

		rc = xlsx_write(template, doc, argv[3], argv[4], diags) != 0;
		if (i == 0 || now() - start < least)
			least = now() - start;
	}
	if (times > 1)
		printf("%.3f\n", least);
	xmlFreeDoc(doc);
	return rc;
}

static int
write_one(char **argv, long times)
{
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct folder here = { -1, "" };
	struct source source;
	struct xlsx_template *template = NULL;
	int rc = 1;

	if (folder_open(&here, ".", "", &diags) == 0 &&
	    source_read(&source, &arena, &here, argv[1], FILE_LIMIT_METADATA,
		(struct pos){ 0 }, &diags) == 0)
		template = xlsx_load(&arena, &source, NULL, &diags);
	if (template != NULL)
		rc = write_times(template, argv, times, &diags);
	for (const struct diag *p = diags.first; p != NULL; p = p->next)
		fprintf(stderr, "%s:%u:%u: %s: %s\n",
		    p->pos.file != NULL ? p->pos.file : "", p->pos.line,
		    p->pos.column, diag_sentence(p->id), p->detail);
	xlsx_free(template);
	folder_close(&here);
	arena_free(&arena);
	return rc;
}

int
main(int argc, char **argv)
{
	if (argc == 5 || argc == 6)
		return write_one(
		    argv, argc == 6 ? strtol(argv[5], NULL, 10) : 1);
	sets_properties();
	writes_text_as_text();
	writes_values_by_kind();
	links_only_where_it_may();
	dresses_sheets();
	colours_by_word();
	makes_columns_of_nodes();
	says_that_there_is_none();
	refuses_what_would_be_wrong();
	sorts_and_limits();
	streams_many_rows();
	goes_on_in_the_next_sheet();
	stops_linking_in_time();
	gives_the_same_bytes();
	leaves_nothing_on_a_full_disk();
	says_that_there_is_no_folder();
	return tap_done();
}
