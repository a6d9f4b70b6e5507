#include "measure/counts_file.h"
#include "measure/rows.h"

/* From predictions, one a row, to counts of what agrees. */

struct counting {
	struct counts_file *file;
	struct rows rows;
	bool is_full;
};

/* Give the file the values that the tally has numbered since. */
static void
copy_values(struct counting *c)
{
	for (size_t i = 0; i < c->file->n_columns; i++) {
		const struct intern *from = &c->rows.tally.columns[i].values;

		for (size_t k = c->file->values[i].n; k < from->n; k++)
			counts_file_value(
			    c->file, i, from->entries[k].p, from->entries[k].n);
	}
}

static void
count_rows(void *context, const struct tally_rows *rows)
{
	struct counting *c = context;
	uint32_t numbers[COUNTS_COLUMNS];

	copy_values(c);
	for (size_t i = 0; i < rows->n && !c->is_full; i++) {
		struct counts *counts;

		if (rows->cells[i] == CELL_COUNT)
			continue;
		for (size_t k = 0; k < c->file->n_columns; k++)
			numbers[k] = rows->values[k][i];
		counts = counts_file_at(c->file, numbers);
		if (counts == NULL)
			c->is_full = true;
		else if (c->file->weighted)
			counts_add_weighted(counts, (enum cell)rows->cells[i],
			    rows->weights[i]);
		else
			counts_add(counts, (enum cell)rows->cells[i]);
	}
}

int
counts_file_rows(struct counts_file *file, const struct scan_input *input,
    const struct prediction_columns *columns)
{
	struct prediction_columns single = *columns;
	struct counting c = { .file = file,
		.rows = { .arena = file->arena,
		    .name = arena_str(file->arena, input->name),
		    .columns = &single,
		    .complaints = { .diags = file->diags },
		    .each = count_rows } };
	int rc;

	c.rows.context = &c;
	file->weighted = columns->weight != NULL;
	if (counts_file_columns(file, columns) == -1)
		return -1;
	single.attributes = file->columns;
	single.n_attributes = file->n_columns;
	rc = rows_count(&c.rows, input);
	file->n_bad = c.rows.n_bad;
	rows_free(&c.rows);
	if (c.is_full)
		diag_add(file->diags, DIAG_CSV_LIMIT,
		    (struct pos){ c.rows.name, 0, 0 },
		    "more than %d combinations of values", COUNTS_COMBINATIONS);
	return c.is_full ? -1 : rc;
}
