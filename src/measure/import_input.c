#include "measure/import_input.h"

#include <string.h>

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
