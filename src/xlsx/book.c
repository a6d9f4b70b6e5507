#include "xlsx/book.h"

#include <assert.h>
#include <string.h>

enum {
	COLOUR_TEXT = 0x1a2330,
	COLOUR_MUTED = 0x4b5768,
	COLOUR_LINK = 0x0b4c99,
	COLOUR_HAIRLINE = 0xc8d0da,
	COLOUR_EDGE = 0x6a7686,
	COLOUR_YELLOW = 0xfffbe6,
	COLOUR_WHITE = 0xffffff
};

static void
set_number_format(lxw_format *format, const struct book_style *style)
{
	char pattern[32] = "0";

	if (style->decimals > 0) {
		pattern[1] = '.';
		memset(pattern + 2, '0', style->decimals);
		pattern[2 + style->decimals] = '\0';
	}
	switch (style->kind) {
	case XLSX_INTEGER:
		format_set_num_format(format, "#,##0");
		break;
	case XLSX_PERCENT:
		strncat(pattern, "%", sizeof(pattern) - strlen(pattern) - 1);
		format_set_num_format(format, pattern);
		break;
	case XLSX_NUMBER:
		format_set_num_format(format, pattern);
		break;
	case XLSX_DATE:
		format_set_num_format(format, "d mmm yyyy");
		format_set_align(format, LXW_ALIGN_LEFT);
		break;
	case XLSX_TEXT:
	case XLSX_STATUS:
		format_set_text_wrap(format);
		if (!style->is_right)
			return;
		break;
	}
	if (style->kind == XLSX_DATE)
		return;
	format_set_align(format, LXW_ALIGN_RIGHT);
	format_set_indent(format, 1);
}

static void
set_cell(lxw_format *format, const struct book_style *style)
{
	format_set_font_size(format, 10);
	format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
	format_set_bottom(format, LXW_BORDER_THIN);
	format_set_bottom_color(format, COLOUR_HAIRLINE);
	set_number_format(format, style);
	if (style->colours != NULL) {
		format_set_font_color(format, style->colours->text);
		format_set_bg_color(format, style->colours->fill);
	}
	if (style->role == BOOK_LINK) {
		format_set_font_color(format, COLOUR_LINK);
		format_set_underline(format, LXW_UNDERLINE_SINGLE);
	}
	if (style->role == BOOK_INPUT) {
		format_set_unlocked(format);
		format_set_bg_color(format, COLOUR_YELLOW);
		format_set_border(format, LXW_BORDER_THIN);
		format_set_border_color(format, COLOUR_EDGE);
	}
}

static void
set_header(lxw_format *format)
{
	format_set_bold(format);
	format_set_font_size(format, 10);
	format_set_font_color(format, COLOUR_WHITE);
	format_set_bg_color(format, COLOUR_TEXT);
	format_set_text_wrap(format);
	format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
}

static void
set_format(lxw_format *format, const struct book_style *style)
{
	format_set_font_name(format, "Arial");
	format_set_font_color(format, COLOUR_TEXT);
	switch (style->role) {
	case BOOK_TITLE:
		format_set_bold(format);
		format_set_font_size(format, 16);
		break;
	case BOOK_NOTE:
		format_set_font_size(format, 11);
		format_set_font_color(format, COLOUR_MUTED);
		break;
	case BOOK_HEADER_RIGHT:
		format_set_align(format, LXW_ALIGN_RIGHT);
		format_set_indent(format, 1);
		set_header(format);
		break;
	case BOOK_HEADER:
		set_header(format);
		break;
	case BOOK_CELL:
	case BOOK_LINK:
	case BOOK_INPUT:
		set_cell(format, style);
		break;
	}
}

lxw_format *
book_format(struct book *book, struct book_style style)
{
	size_t i = 0;

	if (style.role < BOOK_CELL || style.kind == XLSX_STATUS)
		style.kind = XLSX_TEXT;
	if (style.kind != XLSX_NUMBER && style.kind != XLSX_PERCENT)
		style.decimals = 0;
	while (i < book->n_styles &&
	    (book->styles[i].role != style.role ||
		book->styles[i].kind != style.kind ||
		book->styles[i].decimals != style.decimals ||
		book->styles[i].is_right != style.is_right ||
		book->styles[i].colours != style.colours))
		i++;
	if (i < book->n_styles)
		return book->formats[i];
	/* 3 roles, 24 kinds and decimals, 9 colours, 4 headings: 652. */
	assert(i < BOOK_STYLES);
	book->styles[i] = style;
	book->formats[i] = workbook_add_format(book->workbook);
	set_format(book->formats[i], &style);
	book->n_styles++;
	return book->formats[i];
}

int
book_check(struct book *book, lxw_error error, const char *what)
{
	if (error == LXW_NO_ERROR)
		return 0;
	diag_add(book->diags, DIAG_WORKBOOK, (struct pos){ book->name, 0, 0 },
	    "%s: %s", what, lxw_strerror(error));
	return -1;
}
