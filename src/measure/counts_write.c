#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "measure/counts_file.h"
#include "measure/histogram.h"

/* Writing counts. */

/* A line on its way to be written. */
struct entry {
	const struct counts_file *file;
	size_t number;
};

static const struct intern_entry *
value_of(const struct entry *entry, size_t column)
{
	const struct counts_file *file = entry->file;
	uint32_t number;

	memcpy(&number,
	    file->keys.entries[entry->number].p + column * sizeof(number),
	    sizeof(number));
	return &file->values[column].entries[number];
}

/* Whether the values of a column are keys of numbers. */
static bool
is_number(const struct counts_file *file, size_t column)
{
	return column == file->n_columns + COUNTS_SCORE ||
	    (column >= file->n_columns && file->kind == PREDICTION_NUMBERS);
}

/* The key of a number; 0 for none. */
static uint64_t
key_of(const struct intern_entry *value)
{
	uint64_t key = 0;

	memcpy(&key, value->p, value->n);
	return key;
}

/* Order by bytes or as numbers, the missing one first. */
static int
compare(const struct entry *a, const struct entry *b, size_t column)
{
	const struct intern_entry *p = value_of(a, column);
	const struct intern_entry *q = value_of(b, column);
	int order;

	if (is_number(a->file, column))
		return (key_of(p) > key_of(q)) - (key_of(p) < key_of(q));
	order = memcmp(p->p, q->p, p->n < q->n ? p->n : q->n);
	return order != 0 ? order : (p->n > q->n) - (p->n < q->n);
}

static int
by_values(const void *a, const void *b)
{
	const struct entry *x = a;
	int order = 0;

	for (size_t i = 0; order == 0 && i < counts_file_keys(x->file); i++)
		order = compare(a, b, i);
	return order;
}

static void
put_number(struct text *out, double value)
{
	char number[NUM_SIZE];

	num_write(value, number);
	text_puts(out, number);
}

static void
put_line(struct text *out, const struct entry *entry)
{
	const struct counts_file *file = entry->file;
	const struct counts_line *line = &file->lines[entry->number];

	for (size_t i = 0; i < counts_file_keys(file); i++) {
		const struct intern_entry *value = value_of(entry, i);

		if (!is_number(file, i))
			text_put_csv(out, value->p);
		else if (value->n > 0)
			put_number(out, histogram_value(key_of(value)));
		text_putc(out, ',');
	}
	text_printf(out, "%llu", line->n);
	if (file->is_weighted) {
		text_putc(out, ',');
		put_number(out, sum_value(&line->weight));
		text_putc(out, ',');
		put_number(out, sum_value(&line->square));
	}
	text_putc(out, '\n');
}

void
counts_file_write(struct text *out, const struct counts_file *file)
{
	struct entry *entries =
	    memory_grow(NULL, file->n_lines + 1, sizeof(entries[0]));
	const size_t n_fixed = file->is_weighted ? COUNTS_FIXED : COUNTS_N + 1;
	const char *score = counts_score_name(file->arena, file->grid);

	for (size_t i = 0; i < file->n_columns; i++) {
		text_put_csv(out, file->columns[i]);
		text_putc(out, ',');
	}
	for (size_t i = 0; i < n_fixed; i++)
		if (i != COUNTS_SCORE || file->has_score)
			text_printf(out, "%s%s", i > 0 ? "," : "",
			    i == COUNTS_SCORE ? score : counts_names[i]);
	text_putc(out, '\n');
	for (size_t i = 0; i < file->n_lines; i++)
		entries[i] = (struct entry){ file, i };
	qsort(entries, file->n_lines, sizeof(entries[0]), by_values);
	for (size_t i = 0; i < file->n_lines; i++)
		put_line(out, &entries[i]);
	free(entries);
}
