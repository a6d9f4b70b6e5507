#include "xlsx/value.h"

#include <string.h>

#include "base/date.h"
#include "base/num.h"
#include "xlsx/cell.h"
#include "xlsx/formula.h"

enum {
	EXCEL_EPOCH = 25569, /* serial of 1970-01-01 */
	EXCEL_FIRST = 61     /* serial of 1900-03-01, the first sound one */
};

void
value_free(struct cell_value *value)
{
	text_free(&value->text);
	text_free(&value->formula);
	text_free(&value->url);
	text_free(&value->raw);
}

void
value_put_cell(struct text *out, size_t row, size_t column)
{
	char name[24]; /* written from its end */
	size_t n = sizeof(name);

	for (row++; row > 0; row /= 10)
		name[--n] = (char)('0' + row % 10);
	for (column++; column > 0; column = (column - 1) / 26)
		name[--n] = (char)('A' + (column - 1) % 26);
	text_put(out, name + n, sizeof(name) - n);
}

static bool
is_blank(const struct text *t)
{
	const char *s = text_str(t);

	return s[strspn(s, " \t\r\n")] == '\0';
}

static int
fail(const struct plan *plan, const struct plan_sheet *sheet, size_t column,
    const char *what)
{
	diag_add(plan->run.diags, DIAG_WORKBOOK, sheet->spec->pos,
	    "sheet %s, column \"%s\": %s", sheet->name,
	    sheet->columns[column].header, what);
	return -1;
}

static bool
is_not_finite(const char *s)
{
	return strcmp(s, "NaN") == 0 || strcmp(s, "Infinity") == 0 ||
	    strcmp(s, "-Infinity") == 0;
}

/* Serial of an ISO date or time stamp; false when it is none. */
static bool
read_date(const char *s, double *serial)
{
	size_t n = strlen(s);
	date day;

	if (n < DATE_SIZE - 1 || (n > DATE_SIZE - 1 && s[DATE_SIZE - 1] != 'T'))
		return false;
	if (!date_read(s, DATE_SIZE - 1, &day))
		return false;
	*serial = (double)day + EXCEL_EPOCH;
	return *serial >= EXCEL_FIRST;
}

static unsigned
default_decimals(enum xlsx_kind kind)
{
	if (kind == XLSX_PERCENT)
		return 1;
	return kind == XLSX_NUMBER ? 2 : 0;
}

static int
make_decimals(struct plan *plan, const struct xlsx_field *field,
    xmlNodePtr node, struct cell_value *value)
{
	double decimals;

	if (field->percent != NULL) {
		int is_percent = expr_true(&plan->run, field->percent, node);

		if (is_percent == -1)
			return -1;
		if (is_percent == 1)
			value->kind = XLSX_PERCENT;
	}
	value->decimals = default_decimals(value->kind);
	if (field->decimals == NULL)
		return 0;
	text_clear(&value->raw);
	if (expr_put(&plan->run, field->decimals, node, &value->raw) == -1)
		return -1;
	if (num_read(text_str(&value->raw), value->raw.n, &decimals) &&
	    decimals >= 0 && decimals <= 9)
		value->decimals = (unsigned)decimals;
	return 0;
}

/* The colour of the status word that a field is tinted by. */
static int
make_tint(struct plan *plan, const struct xlsx_field *field, xmlNodePtr node,
    struct cell_value *value)
{
	struct text word = { 0 };
	int rc = expr_put(&plan->run, field->tint, node, &word);

	if (rc == 0)
		value->colour =
		    template_colour(plan->template, text_str(&word));
	text_free(&word);
	return rc;
}

/* The text in raw is a number, a date, or a word in place of one. */
static int
make_number(struct plan *plan, const struct xlsx_field *field, xmlNodePtr node,
    struct cell_value *value)
{
	if (field->kind == XLSX_DATE) {
		value->is_number =
		    read_date(text_str(&value->raw), &value->number);
		return 0;
	}
	value->is_number =
	    num_read(text_str(&value->raw), value->raw.n, &value->number);
	return value->is_number ? make_decimals(plan, field, node, value) : 0;
}

static int
make_text(struct plan *plan, const struct xlsx_field *field, xmlNodePtr node,
    struct cell_value *value)
{
	struct text rest = { 0 };
	int rc = -1;

	if (field->source != NULL && value->raw.n > CELL_CUT &&
	    expr_put(&plan->run, field->source, node, &rest) == -1)
		goto out;
	rc =
	    cell_put_text(&value->text, text_str(&value->raw), text_str(&rest));
out:
	text_free(&rest);
	return rc;
}

/* A row of the sheet of contents tells of a sheet. */
static void
make_contents(struct plan *plan, const struct xlsx_field *field, size_t index,
    struct cell_value *value)
{
	const struct plan_sheet *of = plan->sheets;
	size_t inputs = 0;

	while (of->is_later_part || index > 0) {
		index -= of->is_later_part ? 0 : 1;
		of = of->next;
	}
	for (size_t i = 0; i < of->n_columns; i++)
		inputs += of->columns[i].spec->is_input;
	switch (field->show) {
	case XLSX_SHOW_NAME:
		text_puts(&value->text, of->name);
		text_printf(&value->url, "internal:'%s'!A1", of->name);
		break;
	case XLSX_SHOW_HOLDS:
		text_puts(&value->text, of->spec->holds);
		break;
	case XLSX_SHOW_ROWS:
		value->is_number = true;
		value->number = (double)of->n_data;
		value->kind = XLSX_INTEGER;
		break;
	default:
		if (inputs > 0)
			text_printf(&value->text, "%zu yellow column%s", inputs,
			    inputs > 1 ? "s" : "");
		else
			text_puts(&value->text, "None");
	}
}

static void
put_name(const struct plan *plan, const struct plan_sheet *of, int column,
    bool is_table, size_t row, struct text *out)
{
	size_t at = of->column_of[column];

	if (!is_table) {
		value_put_cell(out, row, at);
		return;
	}
	if (plan->n_rows <= plan->template->stream_rows) {
		text_printf(out, "%s[%s]", of->table, of->columns[at].header);
		return;
	}
	text_printf(out, "'%s'!", of->name);
	value_put_cell(out, XLSX_HEADER_ROW + 1, at);
	text_putc(out, ':');
	value_put_cell(out, XLSX_HEADER_ROW + of->n_rows, at);
}

/*
 * Replace the names of a formula by cells.  A formula over a table that is
 * absent or goes over several sheets is left out: its result stands alone.
 */
static void
make_formula(struct plan *plan, const struct plan_sheet *sheet, size_t row,
    const char *formula, struct text *out)
{
	struct formula_name name;

	text_putc(out, '=');
	while (formula_next(&formula, out, &name) == 1) {
		const struct plan_sheet *of = sheet;
		bool is_table = name.table[0] != '\0';

		if (is_table) {
			of = plan->sheets;
			while (of != NULL &&
			    strcmp(of->spec->table, name.table) != 0)
				of = of->next;
		}
		if (of == NULL || (is_table && of->is_part)) {
			text_clear(out);
			return;
		}
		put_name(plan, of, template_column(of->spec, name.header),
		    is_table, row, out);
	}
}

struct url_state {
	struct text *url;
	bool refused;
	bool is_begun;
};

static int
put_url_piece(void *state, const char *piece, bool is_data)
{
	struct url_state *s = state;

	if (is_data && s->is_begun && !cell_is_path(piece))
		s->refused = true;
	text_puts(s->url, piece);
	s->is_begun = true;
	return 0;
}

static int
make_url(struct plan *plan, const struct xlsx_field *field, xmlNodePtr node,
    struct text *url)
{
	struct url_state state = { .url = url };

	if (expr_each_piece(
		&plan->run, field->url, node, put_url_piece, &state) == -1)
		return -1;
	if (state.refused || !cell_is_url(text_str(url)))
		text_clear(url);
	return 0;
}

/* A link to the row that holds the key, the first of several "a, b". */
static int
make_link(struct plan *plan, const struct xlsx_field *field, xmlNodePtr node,
    struct cell_value *value)
{
	struct plan_sheet *sheet = plan_sheet(plan, field->link_sheet);
	const struct plan_sheet *found = sheet;
	size_t row = 0;
	char *comma;
	int more = 1;

	if (sheet == NULL)
		return 0;
	if (field->link_key != NULL) {
		text_clear(&value->raw);
		if (expr_put(&plan->run, field->link_key, node, &value->raw) ==
		    -1)
			return -1;
	}
	if (field->link_column != NULL) {
		if (value->raw.n == 0)
			return 0;
		comma = strstr(value->raw.p, ", ");
		if (comma != NULL)
			*comma = '\0';
		more = plan_find(plan, sheet,
		    template_column(sheet->spec, field->link_column),
		    value->raw.p, &found, &row);
		row += XLSX_HEADER_ROW + 1;
	}
	if (more == 1)
		text_printf(
		    &value->url, "internal:'%s'!A%zu", found->name, row + 1);
	return more == -1 ? -1 : 0;
}

static int
make_from_field(struct plan *plan, const struct plan_sheet *sheet,
    const struct plan_row *row, size_t column, struct cell_value *value)
{
	const struct xlsx_field *field = plan_field(sheet, row, column);

	plan_at(plan, sheet, row, column);
	value->kind = field->kind;
	if (field->tint != NULL &&
	    make_tint(plan, field, row->node, value) == -1)
		return -1;
	if (field->value != NULL &&
	    expr_put(&plan->run, field->value, row->node, &value->raw) == -1)
		return -1;
	if (is_blank(&value->raw)) {
		text_clear(&value->raw);
		text_puts(&value->text, field->empty);
		return 0;
	}
	if (field->kind != XLSX_TEXT && field->kind != XLSX_STATUS) {
		if (field->kind != XLSX_DATE &&
		    is_not_finite(text_str(&value->raw)))
			return fail(
			    plan, sheet, column, "number is not finite");
		if (make_number(plan, field, row->node, value) == -1)
			return -1;
	}
	if (!value->is_number && make_text(plan, field, row->node, value) == -1)
		return fail(plan, sheet, column,
		    "text is not UTF-8 or has a control character");
	return 0;
}

int
value_make(struct plan *plan, const struct plan_sheet *sheet,
    const struct plan_row *row, size_t column, struct cell_value *value)
{
	const struct xlsx_column *spec = sheet->columns[column].spec;
	const struct xlsx_field *field = plan_field(sheet, row, column);
	size_t excel_row = row->index - sheet->first + XLSX_HEADER_ROW + 1;

	value->is_number = false;
	value->kind = XLSX_TEXT;
	value->colour = -1;
	text_clear(&value->text);
	text_clear(&value->raw);
	text_clear(&value->formula);
	text_clear(&value->url);
	if (row->is_empty) {
		if (!spec->is_input)
			text_puts(&value->text, sheet->spec->empty);
		return 0;
	}
	if (sheet->spec->is_lists) {
		text_puts(&value->text,
		    row->index < plan->n_words[column] ?
			plan->lists[column][row->index] :
			field->empty);
		return 0;
	}
	if (sheet->spec->is_contents) {
		make_contents(plan, field, row->index, value);
		return 0;
	}
	if (make_from_field(plan, sheet, row, column, value) == -1)
		return -1;
	if (field->formula != NULL)
		make_formula(
		    plan, sheet, excel_row, field->formula, &value->formula);
	else if (field->url != NULL && value->raw.n > 0)
		return make_url(plan, field, row->node, &value->url);
	else if (field->link_sheet != NULL)
		return make_link(plan, field, row->node, value);
	return 0;
}
