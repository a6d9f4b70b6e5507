#include "read/csv.h"

#include "reading.h"

#define READ csv_read

static void
reads_rows(void)
{
	CHECK_TREE("a,b\n1,2\n3,4\n",
	    "[{a: \"1\", b: \"2\"}, "
	    "{a: \"3\", b: \"4\"}]");
	CHECK_TREE("a,b\n1,2", "[{a: \"1\", b: \"2\"}]");
	CHECK_TREE("a\n1\n", "[{a: \"1\"}]");
	CHECK_TREE("a,b\n,\n", "[{a: \"\", b: \"\"}]");
	CHECK_TREE("a,b\n1,\n", "[{a: \"1\", b: \"\"}]");
	CHECK_TREE("a,b\n1,", "[{a: \"1\", b: \"\"}]");
	CHECK_TREE("a,b\n x , y \n", "[{a: \" x \", b: \" y \"}]");
	CHECK_TREE("\xef\xbb\xbf"
		   "a\n1\n",
	    "[{a: \"1\"}]");
	CHECK_TREE("a,\tb\nx\ty,1\n", "[{a: \"x\\ty\", \tb: \"1\"}]");
}

/* Where the header has no comma, something else divides. */
static void
takes_other_delimiters(void)
{
	static const char abc[] = "[{a: \"1\", b;c: \"x, y\"}]";

	CHECK_TREE("a;b\n0,5;x\n", "[{a: \"0,5\", b: \"x\"}]");
	CHECK_TREE("a\tb\r\n1\t2;3\r\n", "[{a: \"1\", b: \"2;3\"}]");
	CHECK_TREE("a|b\n1|\n", "[{a: \"1\", b: \"\"}]");
	CHECK_TREE("a\t\"b;c\"\n1\t\"x, y\"\n", abc);
	CHECK_TREE("a,\"b;c\"\n1,\"x, y\"\n", abc);
	CHECK_TREE("\"a,b\";c\n1;2\n", "[{a,b: \"1\", c: \"2\"}]");
	CHECK_TREE("a;b\tc\n1;2\n", "[{a: \"1\", b\tc: \"2\"}]");
	CHECK_TREE("a\n1;2\n", "[{a: \"1;2\"}]");
	CHECK_TREE("\"a\"\"b\";c\n1;2\n", "[{a\"b: \"1\", c: \"2\"}]");
}

static void
takes_both_breaks(void)
{
	CHECK_TREE("a,b\r\n1,2\r\n3,4\r\n",
	    "[{a: \"1\", b: \"2\"}, "
	    "{a: \"3\", b: \"4\"}]");
	CHECK_TREE("a,b\r\n1,2\n\"3\",\"4\"\r\n",
	    "[{a: \"1\", b: \"2\"}, "
	    "{a: \"3\", b: \"4\"}]");
	CHECK_TREE("a,b\n1,2\n\n", "[{a: \"1\", b: \"2\"}]");
	CHECK_TREE("a,b\r\n1,2\r\n\r\n\n", "[{a: \"1\", b: \"2\"}]");
	CHECK_TREE("a\n\n1\n", "[{a: \"\"}, {a: \"1\"}]");
	CHECK_TREE("a\n\"\"\n", "[{a: \"\"}]");
}

static void
reads_quotes(void)
{
	CHECK_TREE("a,b\n\"1\",\"x, y\"\n", "[{a: \"1\", b: \"x, y\"}]");
	CHECK_TREE("a,b\n\"\"\"x\"\"\",\"\"\"\"\n",
	    "[{a: \"\\\"x\\\"\", b: \"\\\"\"}]");
	CHECK_TREE(
	    "a,b\n\"p\nq\",\"r\r\ns\"\n", "[{a: \"p\\nq\", b: \"r\\r\\ns\"}]");
	CHECK_TREE("a,b\n\"\",\"\"", "[{a: \"\", b: \"\"}]");
	CHECK_TREE(
	    "\"a \"\"x\"\"\",\"b,c\"\n1,2\n", "[{a \"x\": \"1\", b,c: \"2\"}]");
	CHECK_TREE("a\n\"x\"\"\"\"y\"\n", "[{a: \"x\\\"\\\"y\"}]");
}

static void
gives_places(void)
{
	CHECK_PLACES("a,b\n1,22\n333,4\n",
	    "1:1 [2:1 {a 2:1 2:1, b 2:3 2:3}, 3:1 {a 3:1 3:1, b 3:5 3:5}]");
	CHECK_PLACES("a,b\r\n\xf0\x9f\x98\x80,x\r\n",
	    "1:1 [2:1 {a 2:1 2:1, b 2:3 2:3}]");
	/* Behind a field of several lines, the next one is further down. */
	CHECK_PLACES("a,b,c\n\"\xc3\xa9\nyy\",z,\"q\"\"\"\n1,2,3\n",
	    "1:1 [2:1 {a 2:1 2:1, b 3:5 3:5, c 3:7 3:7}, "
	    "4:1 {a 4:1 4:1, b 4:3 4:3, c 4:5 4:5}]");
}

static void
counts_far(void)
{
	struct text t = { 0 };
	struct reading r;

	text_puts(&t, "a,b\n");
	for (int i = 0; i < 70000; i++)
		text_puts(&t, "1,2\n");
	for (int i = 0; i < 70000; i++)
		text_putc(&t, 'x');
	text_puts(&t, ",y\n");
	reading_begin(&r, csv_read, t.p, t.n);
	CHECK_INT(r.value->n, 70001);
	CHECK_INT(r.value->last->pos.line, 70002);
	CHECK_INT(r.value->last->last->pos.column, 70002);
	reading_end(&r);
	text_free(&t);
}

static void
refuses_quotes(void)
{
	CHECK_REFUSED("a,b\n1,\"x\n", CSV_QUOTE, 2, 3, "");
	CHECK_REFUSED("a,b\n1,\"x\"\"\n\n\n", CSV_QUOTE, 2, 3, "");
	CHECK_REFUSED("a,b\n1,\"", CSV_QUOTE, 2, 3, "");
	CHECK_REFUSED("\"a", CSV_QUOTE, 1, 1, "");
	CHECK_REFUSED("a,b\n1,x\"y\"\n", CSV_QUOTE_INSIDE, 2, 4, "double");
	CHECK_REFUSED("a,b\n1, \"y\"\n", CSV_QUOTE_INSIDE, 2, 4, "double");
	CHECK_REFUSED("a\"\n1\n", CSV_QUOTE_INSIDE, 1, 2, "double");
	CHECK_REFUSED("a,b\n\xc3\xa9\"\n", CSV_QUOTE_INSIDE, 2, 2, "double");
	CHECK_REFUSED("a,b\n\"x\"y,2\n", CSV_QUOTE_AFTER, 2, 4, "comma");
	CHECK_REFUSED("a,b\n\"x\" ,2\n", CSV_QUOTE_AFTER, 2, 4, "comma");
	CHECK_REFUSED("a,b\n\"x\ny\"z,2\n", CSV_QUOTE_AFTER, 3, 3, "comma");
	CHECK_REFUSED("a;b\n\"x\"y;2\n", CSV_QUOTE_AFTER, 2, 4, "semicolon");
}

static void
refuses_widths(void)
{
	CHECK_REFUSED(
	    "a,b,c\n1,2\n", CSV_WIDTH, 2, 1, "2 fields, the header has 3");
	CHECK_REFUSED("a,b,c\n1,2,3\n1,2,3,4,5\n", CSV_WIDTH, 3, 1,
	    "5 fields, the header has 3");
	CHECK_REFUSED(
	    "a,b\n\n1,2\n", CSV_WIDTH, 2, 1, "1 field, the header has 2");
	CHECK_REFUSED("a,b\n\"x\ny\",1\n1\n", CSV_WIDTH, 4, 1, "1 field,");
	CHECK_REFUSED("a,b\n1,2,\n", CSV_WIDTH, 2, 1, "3 fields");
}

static void
refuses_headers(void)
{
	CHECK_REFUSED("a,,b\n1,2,3\n", CSV_HEADER, 1, 3, "column 2");
	CHECK_REFUSED("a,b,\n1,2,3\n", CSV_HEADER, 1, 5, "column 3");
	CHECK_REFUSED("\n1\n", CSV_HEADER, 1, 1, "column 1");
	CHECK_REFUSED("a,b,\"a\"\n1,2,3\n", CSV_HEADER, 1, 5, "\"a\"");
	CHECK_REFUSED("a,\"x\n\",a\n", CSV_HEADER, 2, 3, "\"a\"");
	CHECK_REFUSED("", FILE_EMPTY, 0, 0, "");
	CHECK_REFUSED("\n\r\n\n", FILE_EMPTY, 0, 0, "");
	CHECK_REFUSED("a,b\n", CSV_ROWS, 1, 1, "");
	CHECK_REFUSED("a,b", CSV_ROWS, 1, 1, "");
	CHECK_REFUSED("a\n\n\n", CSV_ROWS, 1, 1, "");
}

static void
refuses_characters(void)
{
	CHECK_REFUSED("a,b\n1,2\r3,4\n", TEXT_BREAK, 2, 4, "U+000D");
	CHECK_REFUSED("a,b\n\"1\"\r,2\n", TEXT_BREAK, 2, 4, "U+000D");
	CHECK_REFUSED("a,b\n1,2\r", TEXT_BREAK, 2, 4, "U+000D");
	CHECK_REFUSED("a\n1\r\r\n", TEXT_BREAK, 2, 2, "U+000D");
	CHECK_REFUSED("a\n\x1b\n", TEXT_CONTROL, 2, 1, "U+001B");
	CHECK_REFUSED("a\n1\xe9\n", TEXT_UTF8, 2, 2, "0xe9");
}

/* A header of n columns c0, c1, ..., and a row of n ones. */
static void
put_columns(struct text *t, size_t n)
{
	text_clear(t);
	for (size_t i = 0; i < n; i++)
		text_printf(t, "%sc%zu", i > 0 ? "," : "", i);
	text_putc(t, '\n');
	for (size_t i = 0; i < n; i++)
		text_puts(t, i > 0 ? ",1" : "1");
}

static void
limits_columns(void)
{
	struct text t = { 0 };
	struct reading r;

	put_columns(&t, 4096);
	reading_begin(&r, csv_read, t.p, t.n);
	CHECK(r.value != NULL && r.value->first->n == 4096);
	CHECK_STR(r.value->first->last->key, "c4095");
	reading_end(&r);
	put_columns(&t, 4097);
	CHECK_REFUSED(t.p, CSV_LIMIT, 1, 23467, "4096 columns");
	text_free(&t);
}

static void
limits_values(void)
{
	struct text t = { 0 };

	text_puts(&t, "a\n");
	for (int i = 0; i < 500001; i++)
		text_puts(&t, "1\n");
	CHECK_REFUSED(t.p, CSV_LIMIT, 500002, 1, "1000000 values");
	text_free(&t);
}

static bool
field_is(const struct csv_field *field, const char *want)
{
	return field->n == strlen(want) &&
	    memcmp(field->p, want, field->n) == 0;
}

/* Row by row, without a tree; and no more once something was wrong. */
static void
walks_rows(void)
{
	static const char bytes[] =
	    "name,\"the \"\"n\"\"\"\n"
	    "\"a\"\"b\",\"c\"\"d\"\n\"e\nf\",\n1\n2,3\n";
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct source source;
	struct csv_row row;
	struct csv *csv;

	source_of_bytes(&source, "in", bytes, sizeof(bytes) - 1);
	csv = csv_open(&arena, &source, &diags);
	CHECK(csv != NULL);
	CHECK_INT(csv_header(csv)->n, 2);
	CHECK_INT(csv_header(csv)->line, 1);
	CHECK_INT(csv_column(csv, "name"), 0);
	CHECK_INT(csv_column(csv, "the \"n\""), 1);
	CHECK_INT(csv_column(csv, "nam"), -1);
	CHECK_INT(csv_column(csv, "names"), -1);
	CHECK_INT(csv_next(csv, &row, &diags), 1);
	CHECK_INT(row.line, 2);
	CHECK(field_is(&row.fields[0], "a\"b"));
	CHECK(field_is(&row.fields[1], "c\"d"));
	CHECK_INT(row.fields[1].column, 8);
	CHECK_INT(csv_next(csv, &row, &diags), 1);
	CHECK_INT(row.line, 3);
	CHECK(field_is(&row.fields[0], "e\nf"));
	CHECK(field_is(&row.fields[1], ""));
	CHECK_INT(row.fields[1].line, 4);
	CHECK(field_is(&csv_header(csv)->fields[1], "the \"n\""));
	CHECK_INT(csv_next(csv, &row, &diags), -1);
	CHECK_INT(diags.n, 1);
	CHECK_INT(diags.last->pos.line, 5);
	CHECK_INT(csv_next(csv, &row, &diags), -1);
	CHECK_INT(diags.n, 1);
	arena_free(&arena);
}

static void
ends(void)
{
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct source source;
	struct csv_row row;
	struct csv *csv;

	source_of_bytes(&source, "in", "a\n1\n\n", 5);
	csv = csv_open(&arena, &source, &diags);
	CHECK_INT(csv_next(csv, &row, &diags), 1);
	CHECK_INT(csv_next(csv, &row, &diags), 0);
	CHECK_INT(csv_next(csv, &row, &diags), 0);
	CHECK_INT(diags.n, 0);
	arena_free(&arena);
}

/* Fields with doubled quotes share a scratch that must not run over. */
static void
reuses_its_scratch(void)
{
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct text t = { 0 };
	struct source source;
	struct csv_row row;
	struct csv *csv;
	size_t wrong = 0;
	size_t total = 0;

	text_puts(&t, "a,b,c\n");
	for (int i = 0; i < 3000; i++)
		text_printf(
		    &t, "\"\"\"%0*d\",\"%d\"\"\",\"\"\"\"\n", i + 1, 7, i);
	source_of_bytes(&source, "in", t.p, t.n);
	csv = csv_open(&arena, &source, &diags);
	for (size_t i = 0; csv_next(csv, &row, &diags) == 1; i++) {
		char want[16];

		snprintf(want, sizeof(want), "%zu\"", i);
		wrong += row.fields[0].n != i + 2 ||
		    row.fields[0].p[0] != '"' ||
		    row.fields[0].p[i + 1] != '7' ||
		    !field_is(&row.fields[1], want) ||
		    !field_is(&row.fields[2], "\"");
		total++;
	}
	CHECK_INT(wrong, 0);
	CHECK_INT(total, 3000);
	CHECK(arena.total < 100000);
	text_free(&t);
	arena_free(&arena);
}

int
main(void)
{
	reads_rows();
	takes_other_delimiters();
	takes_both_breaks();
	reads_quotes();
	gives_places();
	counts_far();
	refuses_quotes();
	refuses_widths();
	refuses_headers();
	refuses_characters();
	limits_columns();
	limits_values();
	walks_rows();
	ends();
	reuses_its_scratch();
	return tap_done();
}
