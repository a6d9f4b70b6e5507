#include "html/markup.h"

#include "base/text.h"
#include "tap.h"

/*
 * What the reader makes of some bytes, a piece a line: "<name attr=value>",
 * with "/" where the tag closes itself, "</name>", or the text in brackets;
 * last, the message where it stopped.
 */
static void
reads(const char *bytes, const char *want)
{
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct source source;
	struct markup m = { .source = &source, .diags = &diags };
	struct text got = { 0 };

	source_of_bytes(&source, "in", bytes, strlen(bytes));
	while (markup_next(&m) == 1) {
		text_puts(&got,
		    m.kind == MARKUP_TEXT    ? "[" :
			m.kind == MARKUP_END ? "</" :
					       "<");
		text_put(&got, m.span.p, m.span.n);
		for (size_t i = 0; m.kind == MARKUP_START && i < m.n_attrs; i++)
			text_printf(&got, " %.*s=%.*s", (int)m.attrs[i].name.n,
			    m.attrs[i].name.p, (int)m.attrs[i].value.n,
			    m.attrs[i].value.p);
		if (m.kind == MARKUP_START && m.closed)
			text_putc(&got, '/');
		text_puts(&got, m.kind == MARKUP_TEXT ? "]" : ">");
	}
	for (const struct diag *d = diags.first; d != NULL; d = d->next)
		text_printf(
		    &got, " %u:%u %s", d->pos.line, d->pos.column, d->detail);
	CHECK_STR(text_str(&got), want);
	text_free(&got);
	arena_free(&arena);
}

static void
reads_tags_and_text(void)
{
	reads("", "");
	reads("a", "[a]");
	reads("<a>", "<a>");
	reads("<a></a>", "<a></a>");
	reads("<a>b</a>c", "<a>[b]</a>[c]");
	reads("<a >", "<a>");
	reads("<a\n>", "<a>");
	reads("</a >", "</a>");
	reads("<a/>", "<a/>");
	reads("<a />", "<a/>");
	reads("<h1><x-y.z_1:b>", "<h1><x-y.z_1:b>");
	reads("  ", "[  ]");
	reads("\xc3\xa4<b>\xe2\x82\xac", "[\xc3\xa4]<b>[\xe2\x82\xac]");
}

static void
reads_attributes(void)
{
	reads("<a b='c'>", "<a b=c>");
	reads("<a b=\"c\">", "<a b=c>");
	reads("<a b = 'c' >", "<a b=c>");
	reads("<a b\n=\n'c'>", "<a b=c>");
	reads("<a b='' c=\"\"/>", "<a b= c=/>");
	reads("<a b='\"' c=\"'\">", "<a b=\" c='>");
	reads("<a b='>'>", "<a b=>>");
	reads("<a b='/>'>", "<a b=/>>");
	reads("<a b='x\ny'>", "<a b=x\ny>");
	reads("<a b='&amp;&#10;&#xA;'>", "<a b=&amp;&#10;&#xA;>");
	reads("<a data-attr-x='y' aria-b='c'>", "<a data-attr-x=y aria-b=c>");
}

static void
passes_comments_over(void)
{
	reads("<!-- a -->", "");
	reads("a<!-- b -->c", "[a][c]");
	reads("<!-- <a> -- > -->b", "[b]");
	reads("<!----><!-- x --><a>", "<a>");
	reads("<!doctype html><a>", "<a>");
	reads("<!doctype html>\n<!-- a -->\n<a>", "[\n][\n]<a>");
}

static void
says_where_it_stopped(void)
{
	reads("<", " 1:1 not the name of a tag");
	reads("a <", "[a ] 1:3 not the name of a tag");
	reads("< a>", " 1:1 not the name of a tag");
	reads("<1>", " 1:1 not the name of a tag");
	reads("<a", " 1:1 tag is not closed");
	reads("<a b", " 1:4 attribute has no value");
	reads("<a b>", " 1:4 attribute has no value");
	reads("<a b=>", " 1:6 value is not in quotes");
	reads("<a b=c>", " 1:6 value is not in quotes");
	reads("<a b='c>", " 1:6 value is not closed");
	reads("<a b='c'", " 1:1 tag is not closed");
	reads("<a b='c'd='e'>", " 1:9 no space before an attribute");
	reads("<a b='c' b='d'>", " 1:10 attribute stands twice");
	reads("<a\n  b='c'\n  =>", " 3:3 not the name of an attribute");
	reads("<a/ >", " 1:3 no space before an attribute");
	reads("</a", " 1:1 end tag is not closed");
	reads("</>", " 1:1 end tag is not closed");
	reads("</a b='c'>", " 1:1 end tag is not closed");
	reads("<!-- a", " 1:1 comment is not closed");
	reads("<!--", " 1:1 comment is not closed");
	reads("<!-->", " 1:1 comment is not closed");
	reads("<!DOCTYPE html>",
	    " 1:1 only comments and \"<!doctype html>\" may begin with "
	    "\"<!\"");
	reads("<!ENTITY a 'b'>",
	    " 1:1 only comments and \"<!doctype html>\" may begin with "
	    "\"<!\"");
	reads("\xc3\xa4\n\xc3\xa4 & b",
	    " 2:3 \"&\" begins no reference: write \"&amp;\"");
	reads("&", " 1:1 \"&\" begins no reference: write \"&amp;\"");
	reads("&amp", " 1:1 \"&\" begins no reference: write \"&amp;\"");
	reads("&;", " 1:1 \"&\" begins no reference: write \"&amp;\"");
	reads("&a b;", " 1:1 \"&\" begins no reference: write \"&amp;\"");
	reads("<a b='c<d'>", " 1:8 \"<\" inside a value: write \"&lt;\"");
}

static void
limits_attributes(void)
{
	struct text tag = { 0 };
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct source source;
	struct markup m = { .source = &source, .diags = &diags };

	text_puts(&tag, "<a");
	for (int i = 0; i < MARKUP_ATTRS; i++)
		text_printf(&tag, " a%d='b'", i);
	source_of_bytes(&source, "in", text_str(&tag), tag.n);
	CHECK_INT(markup_next(&m), -1); /* not closed, but not too many */
	CHECK_STR(diags.first->detail, "tag is not closed");
	text_puts(&tag, " more='b'>");
	source_of_bytes(&source, "in", text_str(&tag), tag.n);
	m = (struct markup){ .source = &source, .diags = &diags };
	CHECK_INT(markup_next(&m), -1);
	CHECK_STR(diags.last->detail, "too many attributes");
	text_free(&tag);
	arena_free(&arena);
}

static void
finds_attributes(void)
{
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct source source;
	struct markup m = { .source = &source, .diags = &diags };

	source_of_bytes(&source, "in", "<a bc='1' b='2'>", 16);
	CHECK_INT(markup_next(&m), 1);
	CHECK(markup_is(markup_attr(&m, "b")->value, "2"));
	CHECK(markup_is(markup_attr(&m, "bc")->value, "1"));
	CHECK(markup_attr(&m, "c") == NULL);
	CHECK(markup_attr(&m, "") == NULL);
	CHECK(!markup_is(markup_attr(&m, "bc")->name, "b"));
	CHECK_INT(markup_offset(&source, markup_attr(&m, "b")->value.p), 13);
	CHECK_INT(markup_next(&m), 0);
	CHECK_INT(markup_next(&m), 0);
	arena_free(&arena);
}

int
main(void)
{
	reads_tags_and_text();
	reads_attributes();
	passes_comments_over();
	says_where_it_stopped();
	limits_attributes();
	finds_attributes();
	return tap_done();
}
