#include "xlsx/sheet.h"

#include <string.h>

#include "xlsx/cell.h"
#include "xlsx/value.h"

enum { TITLE_POINTS = 26, NOTE_POINTS = 17 };

/* A title or note: evaluated at the root of the document. */
static int
write_heading(struct sheet *sheet, size_t row, const struct expr *expr,
    enum book_role role, double points)
{
	struct book *book = sheet->book;
	struct text raw = { 0 };
	struct text line = { 0 };
	struct book_style style = { .role = role };
	int rc = -1;

	if (expr_put(&sheet->plan->run, expr, sheet->plan->root, &raw) == -1)
		goto out;
	if (cell_put_line(&line, text_str(&raw), 1000) == -1) {
		diag_add(book->diags, DIAG_WORKBOOK, expr_pos(expr),
		    "heading is not UTF-8 or has a control character");
		goto out;
	}
	if (book_check(book,
		worksheet_set_row(
		    sheet->worksheet, (lxw_row_t)row, points, NULL),
		"row") == -1)
		goto out;
	rc = book_check(book,
	    worksheet_write_string(sheet->worksheet, (lxw_row_t)row, 0,
		text_str(&line), book_format(book, style)),
	    "heading");
	sheet->want->rows++;
	sheet->want->cells++;
out:
	text_free(&raw);
	text_free(&line);
	return rc;
}

struct book_style
sheet_header_style(const struct xlsx_column *spec)
{
	struct book_style style = { .role = BOOK_HEADER };

	if (spec->field.kind == XLSX_INTEGER ||
	    spec->field.kind == XLSX_NUMBER ||
	    spec->field.kind == XLSX_PERCENT ||
	    spec->field.show == XLSX_SHOW_ROWS)
		style.role = BOOK_HEADER_RIGHT;
	return style;
}

/*
 * The row of headers.  A table writes its own later; where rows are
 * streamed there is no table, and they are written here.
 */
static int
write_headers(struct sheet *sheet)
{
	const struct plan_sheet *planned = sheet->planned;
	double points = 0;

	for (size_t i = 0; i < planned->n_columns; i++) {
		double need = cell_height(planned->columns[i].header,
		    planned->columns[i].spec->width, true);

		if (need > points)
			points = need;
	}
	/* A line of its own for the buttons of the filter. */
	points += planned->spec->freezes ? CELL_LINE_POINTS : 3;
	if (book_check(sheet->book,
		worksheet_set_row(
		    sheet->worksheet, XLSX_HEADER_ROW, points, NULL),
		"row") == -1)
		return -1;
	sheet->want->rows++;
	sheet->want->cells += planned->n_columns;
	if (!sheet->book->is_streamed)
		return 0;
	for (size_t i = 0; i < planned->n_columns; i++)
		if (book_check(sheet->book,
			worksheet_write_string(sheet->worksheet,
			    XLSX_HEADER_ROW, (lxw_col_t)i,
			    planned->columns[i].header,
			    book_format(sheet->book,
				sheet_header_style(planned->columns[i].spec))),
			"header") == -1)
			return -1;
	return 0;
}

static lxw_format *
format_of(struct sheet *sheet, size_t column, const struct cell_value *value,
    bool has_link)
{
	struct book_style style = { .role = BOOK_CELL,
		.kind = value->is_number ? value->kind : XLSX_TEXT,
		.decimals = value->decimals };

	style.is_right = !value->is_number &&
	    sheet_header_style(sheet->planned->columns[column].spec).role ==
		BOOK_HEADER_RIGHT;
	style.colours = sheet->plan->template->palette;
	for (int i = 0; i < value->colour; i++)
		style.colours = style.colours->next;
	if (value->colour < 0)
		style.colours = NULL;
	if (has_link)
		style.role = BOOK_LINK;
	if (sheet->planned->columns[column].spec->is_input) {
		style.role = BOOK_INPUT;
		style.kind = value->kind;
	}
	return book_format(sheet->book, style);
}

static lxw_error
write_formula(struct sheet *sheet, lxw_row_t row, lxw_col_t column,
    const struct cell_value *value, lxw_format *format)
{
	const char *formula = text_str(&value->formula);

	if (value->is_number)
		return worksheet_write_formula_num(sheet->worksheet, row,
		    column, formula, format, value->number);
	return worksheet_write_formula_str(sheet->worksheet, row, column,
	    formula, format, text_str(&value->text));
}

static int
write_cell(struct sheet *sheet, size_t at_row, size_t at_column,
    const struct cell_value *value)
{
	lxw_worksheet *worksheet = sheet->worksheet;
	lxw_row_t row = (lxw_row_t)at_row;
	lxw_col_t column = (lxw_col_t)at_column;
	bool has_link = value->url.n > 0 && value->text.n > 0 &&
	    sheet->want->links < XLSX_SHEET_LINKS;
	lxw_format *format = format_of(sheet, at_column, value, has_link);
	lxw_error error;

	sheet->want->cells++;
	if (value->formula.n > 0)
		error = write_formula(sheet, row, column, value, format);
	else if (value->is_number)
		error = worksheet_write_number(
		    worksheet, row, column, value->number, format);
	else if (value->text.n == 0)
		error = worksheet_write_blank(worksheet, row, column, format);
	else if (has_link) {
		error = worksheet_write_url_opt(worksheet, row, column,
		    text_str(&value->url), format, text_str(&value->text),
		    NULL);
		sheet->want->links++;
		/* Once more, since the library turns the slashes of a path. */
		if (error == LXW_NO_ERROR && strchr(value->text.p, '/') != NULL)
			error = worksheet_write_string(worksheet, row, column,
			    text_str(&value->text), format);
	} else
		error = worksheet_write_string(
		    worksheet, row, column, text_str(&value->text), format);
	return book_check(sheet->book, error, "cell");
}

static void
keep(struct sheet *sheet, size_t row, size_t column,
    const struct cell_value *value)
{
	struct kept *kept;

	if (sheet->kept == NULL || row >= sheet->n_kept)
		return;
	kept = &sheet->kept[row * sheet->planned->n_columns + column];
	kept->is_number = value->is_number;
	kept->number = value->number;
	if (!value->is_number)
		kept->text =
		    arena_str(sheet->plan->arena, text_str(&value->text));
}

const struct kept *
sheet_kept(const struct sheet *sheet, size_t row, size_t column)
{
	return &sheet->kept[row * sheet->planned->n_columns + column];
}

/* Make the values of a row, then its height, then its cells. */
static int
write_row(struct sheet *sheet, size_t at, struct cell_value *values)
{
	const struct plan_sheet *planned = sheet->planned;
	struct plan_row row =
	    plan_row(sheet->plan, planned, planned->first + at);
	size_t excel_row = XLSX_HEADER_ROW + 1 + at;
	double points = CELL_LINE_POINTS + CELL_EDGE_POINTS;

	for (size_t i = 0; i < planned->n_columns; i++) {
		double need;

		if (value_make(sheet->plan, planned, &row, i, &values[i]) == -1)
			return -1;
		keep(sheet, at, i, &values[i]);
		if (values[i].is_number)
			continue;
		need = cell_height(text_str(&values[i].text),
		    planned->columns[i].spec->width, false);
		if (need > points)
			points = need;
	}
	if (sheet->tops != NULL && at < sheet->n_kept)
		sheet->tops[at + 1] = sheet->tops[at] + points;
	if (book_check(sheet->book,
		worksheet_set_row(
		    sheet->worksheet, (lxw_row_t)excel_row, points, NULL),
		"row") == -1)
		return -1;
	sheet->want->rows++;
	for (size_t i = 0; i < planned->n_columns; i++)
		if (write_cell(sheet, excel_row, i, &values[i]) == -1)
			return -1;
	return 0;
}

static int
write_rows(struct sheet *sheet)
{
	size_t n = sheet->planned->n_columns;
	struct cell_value *values =
	    arena_array(sheet->plan->arena, n, sizeof(*values));
	int rc = 0;

	for (size_t i = 0; i < sheet->planned->n_rows && rc == 0; i++)
		rc = write_row(sheet, i, values);
	for (size_t i = 0; i < n; i++)
		value_free(&values[i]);
	return rc;
}

static void
begin_keeping(struct sheet *sheet)
{
	const struct plan_sheet *planned = sheet->planned;

	if (planned->spec->charts == NULL || planned->is_later_part)
		return;
	sheet->n_kept =
	    planned->n_rows < SHEET_KEPT ? planned->n_rows : SHEET_KEPT;
	sheet->kept = arena_array(sheet->plan->arena,
	    sheet->n_kept * planned->n_columns, sizeof(*sheet->kept));
	sheet->tops = arena_array(
	    sheet->plan->arena, sheet->n_kept + 1, sizeof(*sheet->tops));
}

int
sheet_write(struct book *book, struct plan *plan,
    const struct plan_sheet *planned, struct readback_sheet *want)
{
	struct sheet sheet = {
		.book = book, .plan = plan, .planned = planned, .want = want
	};
	const struct xlsx_sheet *spec = planned->spec;

	sheet.worksheet = workbook_add_worksheet(book->workbook, planned->name);
	if (sheet.worksheet == NULL)
		return book_check(
		    book, LXW_ERROR_CREATING_TMPFILE, planned->name);
	sheet.last_column = planned->n_columns - 1;
	sheet.last_row = XLSX_HEADER_ROW + planned->n_rows;
	begin_keeping(&sheet);
	for (size_t i = 0; i < planned->n_columns; i++)
		if (book_check(book,
			worksheet_set_column(sheet.worksheet, (lxw_col_t)i,
			    (lxw_col_t)i, planned->columns[i].spec->width,
			    NULL),
			"column") == -1)
			return -1;
	if (write_heading(&sheet, 0, spec->title, BOOK_TITLE, TITLE_POINTS) ==
		-1 ||
	    write_heading(&sheet, 1, spec->note, BOOK_NOTE, NOTE_POINTS) ==
		-1 ||
	    write_headers(&sheet) == -1 || write_rows(&sheet) == -1 ||
	    chart_write(&sheet) == -1)
		return -1;
	return dress_sheet(&sheet);
}
