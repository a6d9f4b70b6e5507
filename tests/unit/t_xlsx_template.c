#include "book.h"
#include "xlsx/formula.h"

#define TOP                                                                    \
	"version: '1'\n"                                                       \
	"properties: {created: '{@time}'}\n"
#define SHEET                                                                  \
	"  - name: Items\n"                                                    \
	"    table: tblItems\n"                                                \
	"    title: Items\n"                                                   \
	"    note: Rows\n"                                                     \
	"    holds: Items\n"
#define COLUMNS "    columns: [{header: A, width: 10, value: '@a'}]\n"
#define EACH "    each: item\n"
#define GOOD TOP "sheets:\n" SHEET COLUMNS EACH

/* The template is read, without a message. */
static void
accepts(const char *template)
{
	struct book_test test;

	book_init(&test);
	book_load(&test, template, NULL);
	CHECK(test.template != NULL);
	CHECK_STR(book_messages(&test), "");
	book_free(&test);
}

/* The template is refused, and this is among what is said. */
static void
refuses(const char *template, const char *want)
{
	struct book_test test;
	const char *messages;

	book_init(&test);
	book_load(&test, template, NULL);
	CHECK(test.template == NULL);
	messages = book_messages(&test);
	if (!CHECK(strstr(messages, want) != NULL))
		printf("# want: %s\n# got: %s\n", want, messages);
	book_free(&test);
}

static void
reads_what_is_right(void)
{
	accepts(GOOD);
	accepts(TOP "rows_a_sheet: 10\nstream_above: 5\nsheets:\n" SHEET COLUMNS
		    "    rows:\n"
		    "      - {each: item, word: '@a', sort: '@n', at_most: 3}\n"
		    "      - {cells: {A: text}}\n"
		    "      - {for: [x, y], cells: {A: '{$word}'}}\n"
		    "      - {repeat: 3}\n");
	accepts(TOP "lists: {L: {header: H, words: [a, b]}}\n"
		    "palette: {no: {text: '9a1b1e', fill: 'fde9e8', bold: yes,"
		    " words: [Bad]}}\n"
		    "sheets:\n" SHEET "    columns:\n"
		    "      - {header: A, width: 10, input: yes, list: L}\n"
		    "      - {header: B, width: 10, formula: '{A}&\"x\"',"
		    " text: x}\n" EACH);
}

static void
refuses_what_is_no_template(void)
{
	refuses("- a\n",
	    "1:1: template is wrong: a map stands here, not a "
	    "list");
	refuses("text\n", "a map stands here, not a text");
	refuses("version: '1'\n", "a workbook has sheets");
	refuses("sheets: [\n", "YAML cannot be parsed");
	refuses("", "file is empty");
	refuses("sheets: []\nversion: '1'\n", "a workbook has sheets");
	refuses(GOOD "lisst: {}\n",
	    "unknown key \"lisst\"; did you mean \"lists\"?");
	refuses(GOOD "zzzzzzz: {}\n", "unknown key \"zzzzzzz\"\n");
	refuses("sheets:\n" SHEET COLUMNS EACH, "key \"version\" is missing");
	refuses(GOOD "rows_a_sheet: 0\n",
	    "rows_a_sheet lies between 1 and 1000000");
	refuses(GOOD "rows_a_sheet: 2000000\n",
	    "rows_a_sheet lies between 1 and 1000000");
	refuses(GOOD "rows_a_sheet: many\n", "rows_a_sheet is a whole number");
	refuses(GOOD "stream_above: -1\n", "stream_above is a whole number");
	refuses(GOOD "version: '2'\n", "duplicate key");
}

static void
refuses_wrong_heads(void)
{
	refuses("version: '1'\nproperties: {created: '{@t', x: y}\n"
		"sheets:\n" SHEET COLUMNS EACH,
	    "brace is not closed: {@t");
	refuses("version: '1'\nproperties: {autor: y}\nsheets:\n" SHEET COLUMNS
		    EACH,
	    "unknown key \"autor\"; did you mean \"author\"?");
	refuses(GOOD "custom: [a]\n", "custom is a map");
	refuses(GOOD "custom: {RunId: [a]}\n", "RunId is a text");
	refuses(GOOD "palette: {no: {text: red}}\n",
	    "text is a colour of six digits 0 to 9 and a to f");
	refuses(GOOD "palette: {no: {text: '9A1B1E'}}\n", "text is a colour");
	refuses(GOOD "palette: {no: {text: '1234567'}}\n", "text is a colour");
	refuses(GOOD "palette: {no: {bold: maybe}}\n", "bold is yes or no");
	refuses(GOOD "palette: {no: {words: x}}\n", "words is a list");
	refuses(GOOD "palette: {no: {words: [[x]]}}\n", "a word stands here");
	refuses(GOOD "palette: {a: {}, b: {}, c: {}, d: {}, e: {}, f: {}, g: "
		     "{}, h: {}, i: {}}\n",
	    "at most 8 colours");
	refuses(GOOD "lists: {L: {header: H}}\n", "a list has words");
	refuses(GOOD "lists: {L: {words: [a]}}\n", "key \"header\" is missing");
	refuses(GOOD "lists: {L: {header: H, words: [a], each: item}}\n",
	    "each and value stand together or not at all");
	refuses(GOOD "names: {N: {sheet: Items, block: b, column: Z}}\n",
	    "no such sheet and column");
	refuses(GOOD "names: {N: {sheet: Itms, block: b, column: A}}\n",
	    "no such sheet and column");
	refuses(GOOD "names: {N: {sheet: Items, block: b, column: A}}\n",
	    "no such block: b");
}

#define ONE(column) TOP "sheets:\n" SHEET "    columns: [{" column "}]\n" EACH

static void
refuses_wrong_columns(void)
{
	refuses(ONE("width: 10"), "key \"header\" is missing");
	refuses(ONE("header: A"), "key \"width\" is missing");
	refuses(ONE("header: A, width: 0"), "width lies between 1 and 255");
	refuses(ONE("header: A, width: wide"), "width lies between 1 and 255");
	refuses(ONE("header: A, width: 9, kind: txt"),
	    "\"txt\" is no kind here; did you mean \"text\"?");
	refuses(ONE("header: A, width: 9, valeu: a"),
	    "unknown key \"valeu\"; did you mean \"value\"?");
	refuses(ONE("header: A, width: 9, value: 'a['"),
	    "not an XPath expression: a[");
	refuses(ONE("header: A, width: 9, value: a, text: b"),
	    "value or text, not both");
	refuses(ONE("header: A, width: 9, list: L"), "no such list: L");
	refuses(ONE("header: A, width: 9, date_from: D"),
	    "no such defined name: D");
	refuses(ONE("header: A, width: 9, each: item"),
	    "each, heading and key stand together or not at all");
	refuses(ONE("header: A, width: 9, link: {sheet: Z}"),
	    "link of sheet Items leads nowhere: Z ");
	refuses(ONE("header: A, width: 9, link: {sheet: Items, column: Z}"),
	    "link of sheet Items leads nowhere: Items Z");
	refuses(ONE("header: A, width: 9, link: {sheet: Items, to: Z}"),
	    "unknown key \"to\"");
	refuses(ONE("header: A, width: 9, formula: '{B}'"),
	    "formula of sheet Items names no column: B");
	refuses(ONE("header: A, width: 9, formula: '{tblZ[A]}'"),
	    "formula of sheet Items names no column: tblZ A");
	refuses(ONE("header: A, width: 9, formula: '{tblItems[Z]}'"),
	    "formula of sheet Items names no column: tblItems Z");
	refuses(ONE("header: A, width: 9, formula: '{A'"),
	    "formula of sheet Items is not well-formed: {A");
	refuses(TOP "sheets:\n" SHEET "    columns: [{header: A, width: 9},"
		    " {header: A, width: 9}]\n" EACH,
	    "sheet Items has the column \"A\" twice");
	refuses(TOP "sheets:\n" SHEET "    columns: [a]\n" EACH,
	    "a map stands here, not a text");
	refuses(TOP "sheets:\n" SHEET EACH, "a sheet has columns");
}

static void
refuses_wrong_sheets(void)
{
	refuses(TOP "sheets:\n" SHEET COLUMNS, "a sheet has rows or each");
	refuses(TOP "sheets:\n" SHEET COLUMNS "    rows: {a: b}\n",
	    "rows is a list");
	refuses(TOP "sheets:\n" SHEET COLUMNS "    rows: [{cells: {Z: a}}]\n",
	    "no such column: Z");
	refuses(TOP "sheets:\n" SHEET COLUMNS
		    "    rows: [{cells: {A: {kindd: a}}}]\n",
	    "unknown key \"kindd\"");
	refuses(TOP "sheets:\n" SHEET COLUMNS "    rows: [{eahc: item}]\n",
	    "unknown key \"eahc\"; did you mean \"each\"?");
	refuses(TOP "sheets:\n" SHEET COLUMNS EACH "    paper: a5\n",
	    "\"a5\" is no paper here");
	refuses(TOP "sheets:\n" SHEET COLUMNS EACH "    print: 0\n",
	    "print is a number of columns");
	refuses(TOP "sheets: [a]\n", "a map stands here, not a text");
	refuses(TOP "sheets: [{name: A}]\n", "key \"table\" is missing");
	refuses(TOP "sheets:\n  - {name: My Items, table: tblA, title: t, note:"
		    " n, holds: h, each: a, columns: [{header: A, width: 9}]}"
		    "\n",
	    "a sheet's name has letters and digits, at most 24: My Items");
	refuses(TOP "sheets:\n  - {name: A, table: items, title: t, note: n,"
		    " holds: h, each: a, columns: [{header: A, width: 9}]}\n",
	    "a table's name is \"tbl\" and letters: items");
	refuses(TOP "sheets:\n  - {name: A, table: tblA, holds: h, each: a,"
		    " columns: [{header: A, width: 9}]}\n",
	    "a sheet has title and note");
	refuses(TOP "sheets:\n" SHEET COLUMNS EACH SHEET COLUMNS EACH,
	    "sheet Items stands twice without a condition");
}

#define CHART(chart)                                                           \
	TOP "sheets:\n" SHEET                                                  \
	    "    columns: [{header: A, width: 9}, {header: B, width: 9},"      \
	    " {header: C, width: 9}]\n" EACH "    charts: [{" chart "}]\n"
#define TITLES "title: t, alt: a, x_title: x, categories: A, "
#define PLOT TITLES "kind: plot, value: A, position: A, "

static void
refuses_wrong_charts(void)
{
	accepts(CHART(TITLES "kind: bar, series: [{name: n, column: B}]"));
	accepts(CHART(PLOT "lower: A, upper: B, helper: B"));
	refuses(CHART("kind: bar, categories: A, series: [{name: n, column: "
		      "B}]"),
	    "a chart has title, x_title and alt");
	refuses(CHART(TITLES "kind: pie, series: [{name: n, column: B}]"),
	    "\"pie\" is no kind here");
	refuses(CHART(TITLES "kind: bar"), "a chart has 1 to 8 series");
	refuses(CHART(TITLES "kind: bar, series: [{name: n, column: Z}]"),
	    "no such column: Z");
	refuses(CHART(TITLES "kind: bar, series: [{name: n, column: B, colour: "
			     "blue}]"),
	    "colour is a colour");
	refuses(
	    CHART(TITLES "kind: bar, by: [Z], series: [{name: n, column: B}]"),
	    "no such column: Z");
	refuses(CHART(TITLES "kind: bar, by: [A, A, A, A, A], series: [{name: "
			     "n, column: B}]"),
	    "at most 4 columns in by");
	refuses(
	    CHART(TITLES "kind: bar, block: z, series: [{name: n, column: B}]"),
	    "no such block: z");
	refuses(CHART(PLOT "lower: B, upper: A, helper: B"),
	    "upper stands right of lower");
	refuses(CHART(PLOT "lower: A, upper: B, helper: C"),
	    "helper is the first of two columns");
	refuses(CHART(TITLES "kind: plot, lower: A, upper: B, helper: B"),
	    "key \"value\" is missing");
}

/* Names are checked against the contract wherever an expression stands. */
static void
checks_names(void)
{
	static const char *const names[] = { "item", "@a", "@time" };
	const struct xlsx_names declared = { names, 3 };
	struct book_test test;

	book_init(&test);
	book_load(&test, GOOD, &declared);
	CHECK(test.template != NULL);
	book_free(&test);
	book_init(&test);
	book_load(&test,
	    TOP "sheets:\n" SHEET
		"    columns: [{header: A, width: 10, value: '@b'}]\n"
		"    each: itm\n",
	    &declared);
	CHECK(test.template == NULL);
	CHECK_STR(book_messages(&test),
	    "9:45: template is wrong: unknown attribute \"@b\"; did you mean "
	    "\"@a\"?\n"
	    "10:11: template is wrong: unknown element \"itm\"; did you mean "
	    "\"item\"?\n");
	book_free(&test);
}

static void
walks_formulas(void)
{
	struct formula_name name;
	struct text out = { 0 };
	const char *at = "IF({A}=\"x\",{tblB[C d]},1)";

	CHECK_INT(formula_next(&at, &out, &name), 1);
	CHECK_STR(name.table, "");
	CHECK_STR(name.header, "A");
	CHECK_STR(text_str(&out), "IF(");
	CHECK_INT(formula_next(&at, &out, &name), 1);
	CHECK_STR(name.table, "tblB");
	CHECK_STR(name.header, "C d");
	CHECK_INT(formula_next(&at, &out, &name), 0);
	CHECK_STR(text_str(&out), "IF(=\"x\",,1)");
	at = "{}";
	CHECK_INT(formula_next(&at, NULL, &name), -1);
	at = "{tblA[}";
	CHECK_INT(formula_next(&at, NULL, &name), -1);
	at = "{tblA[]}";
	CHECK_INT(formula_next(&at, NULL, &name), -1);
	at = "{[A]}";
	CHECK_INT(formula_next(&at, NULL, &name), -1);
	at = "}";
	CHECK_INT(formula_next(&at, NULL, &name), -1);
	at = "{tblA[B]x}";
	CHECK_INT(formula_next(&at, NULL, &name), -1);
	text_free(&out);
}

int
main(void)
{
	reads_what_is_right();
	refuses_what_is_no_template();
	refuses_wrong_heads();
	refuses_wrong_columns();
	refuses_wrong_sheets();
	refuses_wrong_charts();
	checks_names();
	walks_formulas();
	return tap_done();
}
