#include "measure/import_input.h"

#include <string.h>

#include "base/intern.h"
#include "read/csv.h"
#include "read/json.h"

enum { FIRST_ROWS = 64, MOST_CELLS = 1000000 };

int
import_column(const struct import_input *in, const char *name)
{
	for (size_t i = 0; i < in->n_columns; i++)
		if (strcmp(import_cell(in, 0, i)->text, name) == 0)
			return (int)i;
	return -1;
}

struct import_text
import_scalar(const struct value *value)
{
	bool is_scalar = value->kind == VALUE_NUMBER ||
	    value->kind == VALUE_TEXT || value->kind == VALUE_BOOL;

	return (
	    struct import_text){ is_scalar ? value->text : NULL, value->pos };
}

/* Room for one more row. */
static void
grow(struct import_input *in, struct arena *arena, size_t *size)
{
	struct import_text *cells;

	if (in->n_rows < *size)
		return;
	*size = *size > 0 ? *size * 2 : FIRST_ROWS;
	cells = arena_array(arena, *size * in->n_columns, sizeof(*cells));
	if (in->n_rows > 0)
		memcpy(cells, in->cells,
		    in->n_rows * in->n_columns * sizeof(*cells));
	in->cells = cells;
}

static void
keep_row(struct import_input *in, struct arena *arena,
    const struct csv_row *row, const char *name)
{
	struct import_text *cells = &in->cells[in->n_rows * in->n_columns];

	for (size_t i = 0; i < row->n; i++) {
		const struct csv_field *field = &row->fields[i];

		cells[i].text = arena_dup(arena, field->p, field->n);
		cells[i].pos = (struct pos){ name, field->line, field->column };
	}
	in->n_rows++;
}

static int
read_table(struct import_input *in, struct arena *arena, struct source *source,
    struct diag_list *diags)
{
	struct csv *csv = csv_open_any(arena, source, diags);
	size_t size = 0;
	struct csv_row row;
	int rc = 1;

	if (csv == NULL)
		return -1;
	row = *csv_header(csv);
	in->n_columns = row.n;
	while (rc == 1) {
		if ((in->n_rows + 1) * in->n_columns > MOST_CELLS) {
			diag_add(diags, DIAG_CSV_LIMIT,
			    (struct pos){ source->name, row.line, 1 },
			    "more than %d cells", MOST_CELLS);
			return -1;
		}
		grow(in, arena, &size);
		keep_row(in, arena, &row, source->name);
		rc = csv_next(csv, &row, diags);
	}
	return rc;
}

bool
import_is_json(const struct source *source)
{
	const char *p = source->bytes;

	while (
	    p < source->bytes + source->size && strchr(" \t\r\n", *p) != NULL)
		p++;
	return p < source->bytes + source->size && (*p == '{' || *p == '[');
}

int
import_input_read(struct import_input *out, struct arena *arena,
    struct source *source, struct diag_list *diags)
{
	out->source = source;
	if (!import_is_json(source))
		return read_table(out, arena, source, diags);
	out->tree = json_read(arena, source, diags);
	return out->tree != NULL ? 0 : -1;
}

/* Whether a value is a list of maps, or of lists, of scalars alone. */
static bool
is_rows(const struct value *list, enum value_kind kind)
{
	if (list == NULL || list->kind != VALUE_LIST || list->n == 0)
		return false;
	for (const struct value *row = list->first; row != NULL;
	     row = row->next) {
		if (row->kind != kind)
			return false;
		for (const struct value *v = row->first; v != NULL; v = v->next)
			if (v->kind == VALUE_MAP || v->kind == VALUE_LIST)
				return false;
	}
	return true;
}

/* Room for a table, its cells empty; false when it would be too large. */
static bool
begin_table(
    struct import_input *in, struct arena *arena, size_t rows, size_t columns)
{
	if (columns == 0 || rows > MOST_CELLS / columns)
		return false;
	in->cells = arena_array(arena, rows * columns, sizeof(in->cells[0]));
	for (size_t i = 0; i < rows * columns; i++)
		in->cells[i] = (struct import_text){ "", in->tree->pos };
	in->n_rows = rows;
	in->n_columns = columns;
	return true;
}

static void
set_cell(struct import_input *in, size_t row, size_t column,
    const struct value *value)
{
	struct import_text text = import_scalar(value);

	if (text.text == NULL)
		text.text = "";
	in->cells[row * in->n_columns + column] = text;
}

/* Columns are all keys, in the order in which they are met. */
static bool
tabulate_maps(
    struct import_input *in, struct arena *arena, const struct value *rows)
{
	struct intern keys = { .arena = arena };
	size_t row = 1;

	for (const struct value *r = rows->first; r != NULL; r = r->next)
		for (const struct value *v = r->first; v != NULL; v = v->next)
			intern_add(&keys, v->key, strlen(v->key));
	if (!begin_table(in, arena, rows->n + 1, keys.n))
		return false;
	for (const struct value *r = rows->first; r != NULL; r = r->next) {
		for (const struct value *v = r->first; v != NULL; v = v->next) {
			size_t column =
			    intern_find(&keys, v->key, strlen(v->key));

			in->cells[column] =
			    (struct import_text){ v->key, v->key_pos };
			set_cell(in, row, column, v);
		}
		row++;
	}
	return true;
}

/* {columns: [...], index: [...], data: [[...]]} */
static bool
tabulate_split(struct import_input *in, struct arena *arena)
{
	const struct value *columns = value_get(in->tree, "columns");
	const struct value *index = value_get(in->tree, "index");
	const struct value *data = value_get(in->tree, "data");
	const struct value *name = index != NULL ? index->first : NULL;
	size_t row = 1, column = 1;

	if (!is_rows(data, VALUE_LIST) || columns == NULL || index == NULL ||
	    columns->kind != VALUE_LIST || index->kind != VALUE_LIST ||
	    index->n != data->n ||
	    !begin_table(in, arena, data->n + 1, columns->n + 1))
		return false;
	for (const struct value *v = columns->first; v != NULL; v = v->next)
		set_cell(in, 0, column++, v);
	for (const struct value *r = data->first; r != NULL; r = r->next) {
		if (r->n != columns->n)
			return false;
		column = 1;
		set_cell(in, row, 0, name);
		for (const struct value *v = r->first; v != NULL; v = v->next)
			set_cell(in, row, column++, v);
		name = name->next;
		row++;
	}
	return true;
}

bool
import_input_tabulate(struct import_input *in, struct arena *arena)
{
	const struct value *data;
	bool is_table;

	if (in->tree == NULL)
		return false;
	data = in->tree->kind == VALUE_MAP ? value_get(in->tree, "data") :
					     in->tree;
	is_table = is_rows(data, VALUE_MAP) ?
	    tabulate_maps(in, arena, data) :
	    in->tree->kind == VALUE_MAP && tabulate_split(in, arena);
	if (is_table)
		in->tree = NULL;
	else
		in->n_rows = in->n_columns = 0;
	return is_table;
}
