#include <string.h>

#include "xlsx/sheet.h"

enum { PROMPT_TITLE = 32 };

static lxw_row_t
first_row(void)
{
	return XLSX_HEADER_ROW + 1;
}

static lxw_row_t
last_row(const struct sheet *sheet)
{
	return (lxw_row_t)(XLSX_HEADER_ROW + sheet->planned->n_rows);
}

/* A real table, or a filter alone where rows were streamed. */
static int
add_table(struct sheet *sheet)
{
	const struct plan_sheet *planned = sheet->planned;
	lxw_table_column *columns = arena_array(
	    sheet->plan->arena, planned->n_columns, sizeof(*columns));
	lxw_table_column **list = arena_array(
	    sheet->plan->arena, planned->n_columns + 1, sizeof(*list));
	lxw_table_options options = { .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
		.style_type_number = 1,
		.no_autofilter = !planned->spec->freezes,
		.columns = list };

	if (sheet->book->is_streamed)
		return book_check(sheet->book,
		    worksheet_autofilter(sheet->worksheet, XLSX_HEADER_ROW, 0,
			last_row(sheet), (lxw_col_t)(planned->n_columns - 1)),
		    "filter");
	options.name = arena_str(sheet->plan->arena, planned->table);
	for (size_t i = 0; i < planned->n_columns; i++) {
		columns[i].header =
		    arena_str(sheet->plan->arena, planned->columns[i].header);
		columns[i].header_format = book_format(
		    sheet->book, sheet_header_style(planned->columns[i].spec));
		list[i] = &columns[i];
	}
	sheet->book->want.n_tables++;
	return book_check(sheet->book,
	    worksheet_add_table(sheet->worksheet, XLSX_HEADER_ROW, 0,
		last_row(sheet), (lxw_col_t)(planned->n_columns - 1), &options),
	    "table");
}

/* Strings that the library takes without const and copies. */
static char *
borrow(const struct sheet *sheet, const char *s)
{
	return s != NULL ? arena_str(sheet->plan->arena, s) : NULL;
}

static void
set_rule(const struct sheet *sheet, const struct xlsx_column *spec,
    lxw_data_validation *rule)
{
	if (spec->list != NULL) {
		rule->validate = LXW_VALIDATION_TYPE_CUSTOM_FORMULA;
		rule->value_formula =
		    arena_printf(sheet->plan->arena, "=%s", spec->list);
		if (!spec->list_stops)
			rule->error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;
		rule->error_title = borrow(sheet, "Not on the list");
		rule->error_message = borrow(sheet,
		    "Choose a value of the list; the sheet Lists holds them.");
	} else if (spec->date_from != NULL) {
		rule->validate = LXW_VALIDATION_TYPE_DATE_FORMULA;
		rule->criteria =
		    LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO;
		rule->value_formula =
		    arena_printf(sheet->plan->arena, "=%s", spec->date_from);
		rule->error_title = borrow(sheet, "Not such a date");
		rule->error_message =
		    borrow(sheet, "Enter a date on or after the run's.");
	} else if (spec->max_length > 0) {
		rule->validate = LXW_VALIDATION_TYPE_LENGTH;
		rule->criteria = LXW_VALIDATION_CRITERIA_LESS_THAN_OR_EQUAL_TO;
		rule->value_number = (double)spec->max_length;
		rule->error_title = borrow(sheet, "Text is too long");
		rule->error_message = arena_printf(sheet->plan->arena,
		    "At most %ld characters.", spec->max_length);
	} else
		rule->validate = LXW_VALIDATION_TYPE_ANY;
}

/*
 * The library copies the formula of a list twice and frees one copy.  That of
 * a rule of one's own it copies once, so the last rule is made one, and a list
 * here.
 */
static void
make_list(lxw_worksheet *worksheet)
{
	lxw_data_val_obj *rule = STAILQ_FIRST(worksheet->data_validations);

	while (STAILQ_NEXT(rule, list_pointers) != NULL)
		rule = STAILQ_NEXT(rule, list_pointers);
	rule->validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
}

static int
add_validation(struct sheet *sheet, size_t at)
{
	const struct xlsx_column *spec = sheet->planned->columns[at].spec;
	lxw_data_validation rule = { 0 };

	if (spec->list == NULL && spec->date_from == NULL &&
	    spec->max_length == 0 && spec->prompt == NULL)
		return 0;
	set_rule(sheet, spec, &rule);
	if (spec->prompt != NULL) {
		rule.input_title = arena_printf(sheet->plan->arena, "%.*s",
		    PROMPT_TITLE, sheet->planned->columns[at].header);
		rule.input_message = borrow(sheet, spec->prompt);
	}
	if (book_check(sheet->book,
		worksheet_data_validation_range(sheet->worksheet, first_row(),
		    (lxw_col_t)at, last_row(sheet), (lxw_col_t)at, &rule),
		"validation") == -1)
		return -1;
	if (spec->list != NULL)
		make_list(sheet->worksheet);
	return 0;
}

/* Whether a status word can occur in a column. */
static bool
can_occur(const struct xlsx_column *spec, const char *word)
{
	for (size_t i = 0; i < spec->n_words; i++)
		if (strcmp(spec->words[i], word) == 0)
			return true;
	return spec->n_words == 0;
}

static int
add_colour(struct sheet *sheet, size_t at, const char *word, lxw_format *format)
{
	lxw_conditional_format rule = { .type = LXW_CONDITIONAL_TYPE_CELL,
		.criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO,
		.value_string =
		    arena_printf(sheet->plan->arena, "\"%s\"", word),
		.format = format };

	return book_check(sheet->book,
	    worksheet_conditional_format_range(sheet->worksheet, first_row(),
		(lxw_col_t)at, last_row(sheet), (lxw_col_t)at, &rule),
	    "conditional format");
}

static int
add_colours(struct sheet *sheet, size_t at)
{
	const struct xlsx_column *spec = sheet->planned->columns[at].spec;
	size_t i = 0;

	for (const struct xlsx_palette *p = sheet->plan->template->palette;
	     p != NULL; p = p->next, i++)
		for (size_t j = 0; j < p->n_words; j++)
			if (can_occur(spec, p->words[j]) &&
			    add_colour(sheet, at, p->words[j],
				sheet->book->words[i]) == -1)
				return -1;
	return 0;
}

static int
add_bar(struct sheet *sheet, size_t at)
{
	lxw_conditional_format rule = { .type = LXW_CONDITIONAL_DATA_BAR,
		.bar_color = 0xa9c6e8,
		.bar_solid = LXW_TRUE,
		.data_bar_2010 = LXW_TRUE,
		.min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
		.max_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
		.min_value = 0,
		.max_value = 1 };

	return book_check(sheet->book,
	    worksheet_conditional_format_range(sheet->worksheet, first_row(),
		(lxw_col_t)at, last_row(sheet), (lxw_col_t)at, &rule),
	    "data bar");
}

static bool
has_status(const struct sheet *sheet, size_t at)
{
	const struct xlsx_column *spec = sheet->planned->columns[at].spec;

	if (spec->field.kind == XLSX_STATUS)
		return true;
	for (const struct xlsx_block *block = sheet->planned->spec->blocks;
	     block != NULL; block = block->next)
		for (const struct xlsx_override *p = block->overrides;
		     p != NULL; p = p->next)
			if (&sheet->planned->spec->columns[p->column] == spec &&
			    p->field.kind == XLSX_STATUS)
				return true;
	return false;
}

static int
dress_columns(struct sheet *sheet)
{
	for (size_t i = 0; i < sheet->planned->n_columns; i++) {
		if (add_validation(sheet, i) == -1)
			return -1;
		if (has_status(sheet, i) && add_colours(sheet, i) == -1)
			return -1;
		if (sheet->planned->columns[i].spec->bar &&
		    add_bar(sheet, i) == -1)
			return -1;
	}
	return 0;
}

static int
set_paper(struct sheet *sheet)
{
	lxw_worksheet *worksheet = sheet->worksheet;
	const struct plan_sheet *planned = sheet->planned;
	bool is_a3 = strcmp(planned->spec->paper, "a3") == 0;
	size_t n = planned->n_columns, last = sheet->last_column;
	double width = 0;

	if (n > planned->spec->n_printed)
		last = (n = planned->spec->n_printed) - 1;
	for (size_t i = 0; i < n; i++)
		width += planned->columns[i].spec->width;
	/* Columns beside the table, under charts, have the usual width. */
	width += 9 * (double)(last + 1 - n);
	if (is_a3 || width > XLSX_WIDTH_A4)
		worksheet_set_paper(worksheet, 8);
	else
		worksheet_set_paper(worksheet, 9);
	worksheet_set_landscape(worksheet);
	worksheet_set_margins(worksheet, 0.4, 0.4, 0.5, 0.6);
	worksheet_fit_to_pages(worksheet, 1, 0);
	worksheet_gridlines(worksheet, LXW_HIDE_ALL_GRIDLINES);
	if (book_check(sheet->book,
		worksheet_repeat_rows(
		    worksheet, XLSX_HEADER_ROW, XLSX_HEADER_ROW),
		"repeated row") == -1 ||
	    book_check(sheet->book,
		worksheet_set_footer(
		    worksheet, "&L&\"Arial\"&9&A&R&\"Arial\"&9Page &P of &N"),
		"footer") == -1)
		return -1;
	return book_check(sheet->book,
	    worksheet_print_area(
		worksheet, 0, 0, (lxw_row_t)sheet->last_row, (lxw_col_t)last),
	    "print area");
}

int
dress_sheet(struct sheet *sheet)
{
	lxw_protection protection = { .format_columns = LXW_TRUE,
		.format_rows = LXW_TRUE,
		.sort = LXW_TRUE,
		.autofilter = LXW_TRUE };

	if (add_table(sheet) == -1 || dress_columns(sheet) == -1)
		return -1;
	if (sheet->planned->spec->freezes)
		worksheet_freeze_panes(
		    sheet->worksheet, XLSX_HEADER_ROW + 1, 1);
	worksheet_protect(sheet->worksheet, NULL, &protection);
	return set_paper(sheet);
}
