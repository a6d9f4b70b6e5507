#include "book.h"
#include "xlsx/value.h"

#define HEAD                                                                   \
	"version: '1'\n"                                                       \
	"properties: {created: '{@time}'}\n"                                   \
	"sheets:\n"                                                            \
	"  - name: Figures\n"                                                  \
	"    table: tblFigures\n"                                              \
	"    title: Figures\n"                                                 \
	"    note: Rows\n"                                                     \
	"    holds: Figures\n"

#define PLOT_COLUMNS                                                           \
	"    columns:\n"                                                       \
	"      - {header: Metric, width: 12, value: '@metric'}\n"              \
	"      - {header: Group, width: 12, value: '@group'}\n"                \
	"      - {header: Value, width: 9, kind: number, value: '@value',"     \
	" empty: Withheld}\n"                                                  \
	"      - {header: Lower, width: 9, kind: number, value: '@lower',"     \
	" empty: None}\n"                                                      \
	"      - {header: Upper, width: 9, kind: number, value: '@upper',"     \
	" empty: None}\n"                                                      \
	"      - {header: Result, width: 12, value: '@result'}\n"              \
	"      - {header: Row, width: 9, kind: integer, value: '@row'}\n"      \
	"      - {header: Row 2, width: 9, kind: integer, value: '@row'}\n"    \
	"      - {header: Limit, width: 9, kind: number, value: ../@limit,"    \
	" empty: None}\n"                                                      \
	"      - {header: Reference, width: 9, kind: number, value: ../@ref,"  \
	" empty: None}\n"                                                      \
	"    each: //g\n"

#define PLOT(more)                                                             \
	HEAD PLOT_COLUMNS                                                      \
	    "    charts:\n"                                                    \
	    "      - {kind: plot, by: [Metric], categories: Group, value: "    \
	    "Value, lower: Lower, upper: Upper, position: Row, helper: Row, "  \
	    "limit: Limit, reference: Reference, result: Result, outside: "    \
	    "Outside, low: ../@low, high: ../@high, title: '{@metric}', "      \
	    "x_title: 'Axis of {@metric}', alt: 'Plot of {@metric}: "          \
	    "{count(../g)} groups', " more "}\n"

#define GROUPS                                                                 \
	"<m limit='0.4' ref='0.5' low='0.3' high='0.7'>"                       \
	"<g metric='rate' group='a' value='0.5' lower='0.45' upper='0.55' "    \
	"result='Within' row='3'/>"                                            \
	"<g metric='rate' group='=b' value='0.35' lower='0.3' upper='0.39' "   \
	"result='Outside' row='2'/>"                                           \
	"<g metric='rate' group='c' result='Withheld' row='1'/></m>"           \
	"<m low='x' high='y'><g metric='=1+2' group='d' value='0.2' "          \
	"result='Within' row='1'/></m>"

static int
count(const char *text, const char *word)
{
	int n = 0;

	for (; (text = strstr(text, word)) != NULL; text++)
		n++;
	return n;
}

static void
has(const char *text, const char *word)
{
	if (!CHECK(strstr(text, word) != NULL))
		printf("# want: %s\n# in: %.5000s\n", word, text);
}

static void
make(struct book_test *test, const char *template, const char *rows)
{
	char *xml;

	book_init(test);
	book_load(test, template, NULL);
	CHECK_STR(book_messages(test), "");
	if (test->template == NULL)
		return;
	xml = arena_printf(
	    &test->arena, "<r time='2026-11-30T02:00:00Z'>%s</r>", rows);
	CHECK_INT(book_write(test, xml, "book.xlsx"), 0);
	CHECK_STR(book_messages(test), "");
}

static const char *
chart(struct book_test *test, unsigned n)
{
	char part[64];

	snprintf(part, sizeof(part), "xl/charts/chart%u.xml", n);
	return book_part(test, part);
}

/* One series of two points an interval, one point a value, two uprights. */
static void
plots_groups(void)
{
	struct book_test test;
	const char *plot;

	make(&test, PLOT("at_most: 5"), GROUPS);
	plot = chart(&test, 1);
	has(plot, "<c:scatterStyle val=\"lineMarker\"/>");
	CHECK_INT(count(plot, "<c:ser>"), 6);
	has(plot,
	    "<c:xVal><c:numRef><c:f>Figures!$D$5:$E$5</c:f><c:numCache>"
	    "<c:formatCode>General</c:formatCode><c:ptCount val=\"2\"/>"
	    "<c:pt idx=\"0\"><c:v>0.45</c:v></c:pt>"
	    "<c:pt idx=\"1\"><c:v>0.55</c:v></c:pt>");
	has(plot, "<c:yVal><c:numRef><c:f>Figures!$G$5:$H$5</c:f>");
	has(plot, "<c:f>Figures!$C$5</c:f>");
	has(plot, "<c:xVal><c:numRef><c:f>Figures!$I$5:$I$7</c:f>");
	has(plot, "<c:xVal><c:numRef><c:f>Figures!$J$5:$J$7</c:f>");
	has(plot, "<a:prstDash val=\"dash\"/>");
	CHECK_INT(count(plot, "<c:symbol val=\"circle\"/>"), 1);
	CHECK_INT(count(plot, "<c:symbol val=\"square\"/>"), 1);
	has(plot, "<c:min val=\"0.3\"/>");
	has(plot, "<c:max val=\"0.7\"/>");
	/* The withheld group has no point, and is no text in a range. */
	CHECK(strstr(plot, "$C$7") == NULL);
	CHECK(strstr(plot, "Withheld") == NULL);
	CHECK(strstr(plot, "<c:legend>") == NULL);
	book_free(&test);
}

/* A single group has no upright line, and no bounds where they are no numbers. */
static void
plots_one_group(void)
{
	struct book_test test;
	const char *plot;

	make(&test, PLOT("at_most: 5"), GROUPS);
	plot = chart(&test, 2);
	CHECK_INT(count(plot, "<c:ser>"), 1);
	has(plot, "<c:f>Figures!$C$8</c:f>");
	CHECK(strstr(plot, "$I$8") == NULL);
	CHECK(strstr(plot, "<c:max val=\"0.7\"/>") == NULL);
	book_free(&test);
}

/* No text of the document becomes a formula of a chart. */
static void
keeps_titles_texts(void)
{
	struct book_test test;
	const char *plot;

	make(&test, PLOT("at_most: 5"), GROUPS);
	plot = chart(&test, 2);
	has(plot, "<a:t> =1+2</a:t>");
	has(plot, "<a:t>Axis of =1+2</a:t>");
	CHECK(strstr(plot, "<c:f>1+2") == NULL);
	plot = chart(&test, 1);
	has(plot, "<a:t> =b</a:t>");
	CHECK(strstr(plot, "<c:f>b") == NULL);
	has(book_part(&test, "xl/drawings/drawing1.xml"),
	    "descr=\"Plot of rate: 3 groups\"");
	has(text_str(&test.part), "descr=\"Plot of =1+2: 1 groups\"");
	book_free(&test);
}

static void
draws(const char *template, const char *rows, int want)
{
	struct book_test test;

	make(&test, template, rows);
	CHECK_INT(
	    count(book_part(&test, "[Content_Types].xml"), "/xl/charts/chart"),
	    want);
	book_free(&test);
}

static void
draws_what_is_wanted(void)
{
	draws(PLOT("at_most: 5"), GROUPS, 2);
	draws(PLOT("at_most: 1"), GROUPS, 1);
	draws(PLOT("at_most: 5, when: ../@limit"), GROUPS, 1);
	draws(PLOT("at_most: 5, when: ../@nothing"), GROUPS, 0);
	draws(PLOT("at_most: 5, at_least: 2"), GROUPS, 1);
	draws(PLOT("at_most: 5, at_least: 4"), GROUPS, 0);
	/* Nothing to draw: no row, or no number. */
	draws(PLOT("at_most: 5"), "", 0);
	draws(
	    PLOT("at_most: 5"), "<m><g metric='r' group='a' row='1'/></m>", 0);
}

/* The columns of "by" part the rows wherever a value changes. */
static void
parts_runs(void)
{
	draws(PLOT("at_most: 9"),
	    "<m><g metric='r' group='a' value='1' row='1'/>"
	    "<g metric='s' group='a' value='1' row='1'/>"
	    "<g metric='r' group='b' value='1' row='1'/>"
	    "<g metric='r' group='c' value='2' row='2'/></m>",
	    3);
}

#define BARS(more)                                                             \
	HEAD "    columns: [{header: Name, width: 12}, {header: A, width: 9, " \
	     "kind: integer}, {header: B, width: 9, kind: integer}]\n"         \
	     "    rows:\n"                                                     \
	     "      - {cells: {Name: head, A: {value: '99'}, B: {value: "      \
	     "'99'}}}\n"                                                       \
	     "      - {name: body, each: //b, cells: {Name: '{@n}', A: "       \
	     "{formula: '{B}*2', value: '@a'}, B: '{@b}'}}\n"                  \
	     "    charts:\n"                                                   \
	     "      - {kind: bar, categories: Name, title: Bars, x_title: N, " \
	     "alt: Bars, series: [{name: First, column: A, colour: '9a1b1e'}"  \
	     ", {name: Second, column: B}], " more "}\n"
#define BAR_ROWS "<b n='x' a='3' b='1'/><b n='y' a='5' b='2'/>"

static void
draws_bars(void)
{
	struct book_test test;
	const char *bars;

	make(&test, BARS("block: body"), BAR_ROWS);
	bars = chart(&test, 1);
	has(bars, "<c:barDir val=\"bar\"/><c:grouping val=\"clustered\"/>");
	CHECK_INT(count(bars, "<c:ser>"), 2);
	has(bars,
	    "<c:cat><c:strRef><c:f>Figures!$A$6:$A$7</c:f><c:strCache>"
	    "<c:ptCount val=\"2\"/><c:pt idx=\"0\"><c:v>x</c:v>");
	/* Results of formulas are kept, where the library would write 0. */
	has(bars,
	    "<c:f>Figures!$B$6:$B$7</c:f><c:numCache>"
	    "<c:formatCode>General</c:formatCode><c:ptCount val=\"2\"/>"
	    "<c:pt idx=\"0\"><c:v>3</c:v></c:pt>"
	    "<c:pt idx=\"1\"><c:v>5</c:v></c:pt>");
	has(bars, "<a:srgbClr val=\"9A1B1E\"/>");
	has(bars, "<a:srgbClr val=\"1F5FA8\"/>");
	has(bars, "<c:v>First</c:v>");
	has(bars, "<c:legendPos val=\"b\"/>");
	has(bars, "<c:orientation val=\"maxMin\"/>");
	has(bars, "<c:majorUnit val=\"1\"/>");
	has(bars, "<c:showVal val=\"1\"/>");
	CHECK(strstr(bars, "99") == NULL);
	book_free(&test);
	make(&test, BARS("stacked: yes"), BAR_ROWS);
	bars = chart(&test, 1);
	has(bars, "<c:grouping val=\"stacked\"/>");
	has(bars, "<c:overlap val=\"100\"/>");
	has(bars, "Figures!$A$5:$A$7");
	CHECK(strstr(bars, "<c:majorUnit") == NULL);
	book_free(&test);
}

#define LINES(more)                                                            \
	HEAD "    columns: [{header: Day, width: 12, kind: date, value: "      \
	     "'@d'}, {header: V, width: 9, kind: number, value: '@v'}, "       \
	     "{header: L, width: 9, kind: number, value: '@l', empty: None}]"  \
	     "\n    each: //p\n"                                               \
	     "    charts:\n"                                                   \
	     "      - {kind: line, categories: Day, title: T, x_title: X, "    \
	     "y_title: Y, alt: A, series: [{name: V, column: V}, {name: L, "   \
	     "column: L, broken: yes}], " more "}\n"
#define POINTS                                                                 \
	"<p d='2026-01-01' v='0.5' l='0.4'/><p d='2026-01-02' v='0.6'/>"       \
	"<p d='2026-01-03' v='0.7' l='0.4'/>"

static void
draws_lines(void)
{
	struct book_test test;
	const char *lines;

	make(&test, LINES("at_least: 3, percent: '@v < 1'"), POINTS);
	lines = chart(&test, 1);
	has(lines, "<c:lineChart>");
	has(lines, "<c:f>Figures!$A$5:$A$7</c:f>");
	has(lines, "<c:v>46023</c:v>");
	/* A word among the numbers of a series is a gap. */
	has(lines,
	    "<c:ptCount val=\"3\"/><c:pt idx=\"0\"><c:v>0.4</c:v></c:pt>"
	    "<c:pt idx=\"2\"><c:v>0.4</c:v></c:pt>");
	has(lines, "<c:numFmt formatCode=\"0%\" sourceLinked=\"0\"/>");
	has(lines, "<c:numFmt formatCode=\"d mmm yyyy\" sourceLinked=\"0\"/>");
	has(lines, "<a:prstDash val=\"dash\"/>");
	has(lines, "<a:t>Y</a:t>");
	book_free(&test);
	make(&test, LINES("at_least: 3, percent: '@v > 1'"), POINTS);
	CHECK(strstr(chart(&test, 1), "\"0%\"") == NULL);
	book_free(&test);
	draws(LINES("at_least: 4"), POINTS, 0);
}

/* Streamed rows leave memory, yet the chart keeps their values. */
static void
keeps_values_of_streamed_rows(void)
{
	struct book_test test;
	const char *lines;

	make(&test, "stream_above: 1\n" LINES("at_least: 3"), POINTS);
	lines = chart(&test, 1);
	has(lines, "<c:v>0.6</c:v>");
	has(lines, "<c:v>46023</c:v>");
	book_free(&test);
}

static void
says(const char *template, const char *want)
{
	struct book_test test;

	book_init(&test);
	book_load(&test, template, NULL);
	CHECK(test.template != NULL);
	if (test.template != NULL)
		CHECK_INT(book_write(&test,
			      "<r time='2026-11-30T02:00:00Z'>" GROUPS "</r>",
			      "book.xlsx"),
		    -1);
	has(book_messages(&test), want);
	CHECK_INT(book_files(&test), 0);
	book_free(&test);
}

static void
reports_what_cannot_be_drawn(void)
{
	says(PLOT("at_most: 5, when: '$nothing'"),
	    "expression cannot be evaluated: $nothing");
	says(PLOT("at_most: 5, percent: '$nothing'"),
	    "expression cannot be evaluated: $nothing");
	says(PLOT("at_most: 5, y_title: '{$nothing}'"),
	    "expression cannot be evaluated: $nothing");
}

/* The drawing stands beside the table, and the page holds both. */
static void
stands_beside_its_table(void)
{
	struct book_test test;
	const char *drawing;

	make(&test, PLOT("at_most: 5"), GROUPS);
	drawing = book_part(&test, "xl/drawings/drawing1.xml");
	CHECK_INT(count(drawing, "<xdr:from><xdr:col>10</xdr:col>"), 2);
	has(drawing, "editAs=\"oneCell\"");
	has(book_part(&test, "xl/workbook.xml"), "Figures!$A$1:$T$");
	book_free(&test);
}

static void
names_cells(void)
{
	static const struct {
		size_t row, column;
		const char *name;
	} cells[] = { { 0, 0, "A1" }, { 8, 25, "Z9" }, { 9, 26, "AA10" },
		{ 98, 51, "AZ99" }, { 99, 52, "BA100" }, { 0, 701, "ZZ1" },
		{ 0, 702, "AAA1" }, { 1048575, 16383, "XFD1048576" } };

	for (size_t i = 0; i < sizeof(cells) / sizeof(*cells); i++) {
		struct text t = { 0 };

		value_put_cell(&t, cells[i].row, cells[i].column);
		CHECK_STR(text_str(&t), cells[i].name);
		text_free(&t);
	}
}

int
main(void)
{
	plots_groups();
	plots_one_group();
	keeps_titles_texts();
	draws_what_is_wanted();
	parts_runs();
	draws_bars();
	draws_lines();
	keeps_values_of_streamed_rows();
	reports_what_cannot_be_drawn();
	stands_beside_its_table();
	names_cells();
	return tap_done();
}
