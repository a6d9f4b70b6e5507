#include "measure/counts_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "measure/answer.h"
#include "measure/complaints.h"

enum { FIRST = 64, FIXED = 3, WEIGHED = 5 };

static const char *const fixed[WEIGHED] = { "label", "prediction", "n",
	"weight", "weight_square" };

void
counts_file_init(
    struct counts_file *file, struct arena *arena, struct diag_list *diags)
{
	*file = (struct counts_file){ .arena = arena, .diags = diags };
	file->combinations.arena = arena;
}

/* Add an attribute, once; -1 with the reason in diags. */
static int
add_column(struct counts_file *file, const char *name)
{
	static const struct pos nowhere = { NULL, 0, 0 };

	for (size_t i = 0; i < file->n_columns; i++)
		if (strcmp(file->columns[i], name) == 0)
			return 0;
	for (size_t i = 0; i < WEIGHED; i++)
		if (strcmp(fixed[i], name) == 0) {
			diag_add(file->diags, DIAG_CSV_HEADER, nowhere,
			    "no attribute of counts can be called \"%s\"",
			    name);
			return -1;
		}
	if (file->n_columns == COUNTS_COLUMNS) {
		diag_add(file->diags, DIAG_CSV_LIMIT, nowhere,
		    "at most %d attributes", COUNTS_COLUMNS);
		return -1;
	}
	file->values[file->n_columns].arena = file->arena;
	intern_add(&file->values[file->n_columns], "", 0);
	file->columns[file->n_columns++] = name;
	return 0;
}

int
counts_file_columns(
    struct counts_file *file, const struct prediction_columns *columns)
{
	for (size_t i = 0; i < columns->n_attributes; i++) {
		const char *p = columns->attributes[i];

		while (*p != '\0') {
			size_t n = strcspn(p, "*");

			if (add_column(file, arena_dup(file->arena, p, n)) ==
			    -1)
				return -1;
			p += p[n] == '*' ? n + 1 : n;
		}
	}
	return 0;
}

uint32_t
counts_file_value(
    struct counts_file *file, size_t column, const char *p, size_t n)
{
	return (uint32_t)intern_add(&file->values[column], p, n);
}

struct counts *
counts_file_at(struct counts_file *file, const uint32_t numbers[])
{
	size_t number = intern_add(&file->combinations, (const char *)numbers,
	    file->n_columns * sizeof(numbers[0]));

	if (number >= COUNTS_COMBINATIONS)
		return NULL;
	if (number == file->size) {
		size_t size = file->size > 0 ? 2 * file->size : FIRST;
		struct counts *counts =
		    arena_array(file->arena, size, sizeof(counts[0]));

		if (file->n_counts > 0)
			memcpy(counts, file->counts,
			    file->n_counts * sizeof(counts[0]));
		file->counts = counts;
		file->size = size;
	}
	if (number == file->n_counts)
		file->counts[file->n_counts++].weighted = file->weighted;
	return &file->counts[number];
}

/* Columns of a header behind the attributes; 0: it has another shape. */
static size_t
fixed_columns(const struct csv_row *header)
{
	for (size_t n = WEIGHED; n >= FIXED; n -= WEIGHED - FIXED) {
		size_t i = 0;

		if (header->n < n)
			continue;
		while (i < n &&
		    answer_is(&header->fields[header->n - n + i], fixed[i]))
			i++;
		if (i == n)
			return n;
	}
	return 0;
}

bool
counts_file_is(const struct csv_row *header)
{
	return fixed_columns(header) > 0;
}

/* A file that is being added. */
struct adding {
	struct counts_file *file;
	struct csv *csv;
	const char *name;
	struct complaints complaints;
	size_t n_fixed;
	int place[COUNTS_COLUMNS]; /* of each attribute in the file */
};

static int
refuse(const struct adding *a, enum diag_id id, const struct csv_field *field,
    const char *allowed)
{
	struct pos pos = { a->name, field->line, field->column };

	diag_add(a->file->diags, id, pos, "\"%.*s\": %s",
	    complaint_length(field->p, field->n), field->p, allowed);
	return -1;
}

/* Take the attributes of the first file, or find those of the others. */
static int
match_columns(struct adding *a)
{
	const struct csv_row *header = csv_header(a->csv);
	size_t n = header->n - a->n_fixed;
	struct counts_file *file = a->file;
	bool is_first = file->n_columns == 0 && file->n_counts == 0;

	if (is_first)
		file->weighted = a->n_fixed == WEIGHED;
	for (size_t i = 0; is_first && i < n; i++)
		if (add_column(file,
			arena_dup(file->arena, header->fields[i].p,
			    header->fields[i].n)) == -1)
			return -1;
	for (size_t i = 0; i < file->n_columns; i++)
		a->place[i] = csv_column(a->csv, file->columns[i]);
	for (size_t i = 0; i < file->n_columns; i++)
		if (a->place[i] == -1) {
			diag_add(file->diags, DIAG_CSV_COLUMN,
			    (struct pos){ a->name, 1, 1 },
			    "\"%s\", which the file before has",
			    file->columns[i]);
			return -1;
		}
	if (n != file->n_columns || file->weighted != (a->n_fixed == WEIGHED)) {
		diag_add(file->diags, DIAG_CSV_HEADER,
		    (struct pos){ a->name, 1, 1 },
		    "its columns are not those of the file before");
		return -1;
	}
	return 0;
}

static int
read_answer(
    const struct adding *a, const struct csv_field *field, enum binary *out)
{
	*out = answer_read(field);
	if (*out != BINARY_COUNT)
		return 0;
	return refuse(a, DIAG_CSV_VALUE, field, "write 1, 0 or nothing");
}

/* A sum over n rows, each of which has at most so much. */
static int
read_sum(const struct adding *a, const struct csv_field *field,
    unsigned long long n, double most, double *out)
{
	if (num_read(field->p, field->n, out) && *out >= 0 &&
	    *out <= (double)n * most)
		return 0;
	return refuse(a, DIAG_CSV_NUMBER, field,
	    most > COUNTS_WEIGHT_MOST ?
		"write a sum of squared weights, each of at most 1e18" :
		"write a sum of weights, each of at most 1e9");
}

/*
 * The rows of all files: a double has their number, and SUM_LARGEST is above
 * the sums of their weights and of the squares of these.
 */
static int
add_rows(
    const struct adding *a, const struct csv_field *field, unsigned long long n)
{
	static const unsigned long long most[] = { UINT64_C(1) << 53,
		UINT64_C(10000000000) };

	if (n > most[a->file->weighted] - a->file->n_rows)
		return refuse(a, DIAG_CSV_LIMIT, field,
		    "with the rows before, these are more than can be added");
	a->file->n_rows += n;
	return 0;
}

static int
add_row(struct adding *a, const struct csv_row *row)
{
	const struct csv_field *f = &row->fields[row->n - a->n_fixed];
	uint32_t numbers[COUNTS_COLUMNS];
	enum binary label, prediction;
	unsigned long long n;
	double weight = 0, square = 0;
	struct counts *counts;
	enum cell cell;

	if (read_answer(a, &f[0], &label) == -1 ||
	    read_answer(a, &f[1], &prediction) == -1)
		return -1;
	if (!num_read_count(f[2].p, f[2].n, &n))
		return refuse(a, DIAG_CSV_NUMBER, &f[2],
		    "write a number of rows, in digits");
	if (a->file->weighted &&
	    (read_sum(a, &f[3], n, COUNTS_WEIGHT_MOST, &weight) == -1 ||
		read_sum(a, &f[4], n, COUNTS_WEIGHT_MOST * COUNTS_WEIGHT_MOST,
		    &square) == -1))
		return -1;
	if (add_rows(a, &f[2], n) == -1)
		return -1;
	if (n == 0)
		return 0;
	for (size_t i = 0; i < a->file->n_columns; i++) {
		const struct csv_field *value = &row->fields[a->place[i]];

		if (answer_is(value, GROUP_MISSING) ||
		    answer_is(value, GROUP_OVERALL))
			return refuse(a, DIAG_CSV_VALUE, value,
			    "a group cannot have this name");
		numbers[i] = counts_file_value(a->file, i, value->p, value->n);
	}
	counts = counts_file_at(a->file, numbers);
	if (counts == NULL)
		return refuse(a, DIAG_CSV_LIMIT, &f[0],
		    "more than 1,000,000 combinations of values");
	cell = cell_of(label, prediction);
	counts->rows[cell] += n;
	sum_add(&counts->weight[cell], weight);
	sum_add(&counts->square[cell], square);
	a->file->has_labels = a->file->has_labels || label != BINARY_MISSING;
	a->file->has_predictions =
	    a->file->has_predictions || prediction != BINARY_MISSING;
	return 0;
}

int
counts_file_add(struct counts_file *file, struct source *source)
{
	struct adding a = { .file = file,
		.name = arena_str(file->arena, source->name),
		.csv = csv_open(file->arena, source, file->diags) };
	struct csv_row row;
	int rc;

	if (a.csv == NULL)
		return -1;
	a.n_fixed = fixed_columns(csv_header(a.csv));
	if (a.n_fixed == 0) {
		diag_add(file->diags, DIAG_CSV_HEADER,
		    (struct pos){ a.name, 1, 1 },
		    "counts end in the columns label, prediction, n, and "
		    "weight and weight_square if any");
		return -1;
	}
	if (match_columns(&a) == -1)
		return -1;
	while ((rc = csv_next(a.csv, &row, file->diags)) == 1)
		if (add_row(&a, &row) == -1)
			return -1;
	return rc;
}

/* A combination on its way to be written. */
struct entry {
	const struct counts_file *file;
	size_t number;
};

/* The values of a combination. */
static const struct intern_entry *
value_of(const struct entry *entry, size_t column)
{
	const struct counts_file *file = entry->file;
	uint32_t number;

	memcpy(&number,
	    file->combinations.entries[entry->number].p +
		column * sizeof(number),
	    sizeof(number));
	return &file->values[column].entries[number];
}

static int
by_values(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	for (size_t i = 0; i < x->file->n_columns; i++) {
		const struct intern_entry *p = value_of(x, i);
		const struct intern_entry *q = value_of(y, i);
		int order = memcmp(p->p, q->p, p->n < q->n ? p->n : q->n);

		if (order != 0)
			return order;
		if (p->n != q->n)
			return p->n < q->n ? -1 : 1;
	}
	return 0;
}

static void
put_sum(struct text *out, const struct sum *sum)
{
	char number[NUM_SIZE];

	num_write(sum_value(sum), number);
	text_printf(out, ",%s", number);
}

static void
put_cell(struct text *out, const struct entry *entry, unsigned cell)
{
	static const char *const words[] = { "", "0", "1" };
	const struct counts *counts = &entry->file->counts[entry->number];

	if (counts->rows[cell] == 0)
		return;
	for (size_t i = 0; i < entry->file->n_columns; i++) {
		text_put_csv(out, value_of(entry, i)->p);
		text_putc(out, ',');
	}
	text_printf(out, "%s,%s,%llu", words[cell / BINARY_COUNT],
	    words[cell % BINARY_COUNT], counts->rows[cell]);
	if (entry->file->weighted) {
		put_sum(out, &counts->weight[cell]);
		put_sum(out, &counts->square[cell]);
	}
	text_putc(out, '\n');
}

void
counts_file_write(struct text *out, const struct counts_file *file)
{
	struct entry *entries = memory_grow(
	    NULL, file->n_counts > 0 ? file->n_counts : 1, sizeof(entries[0]));
	size_t n_fixed = file->weighted ? WEIGHED : FIXED;

	for (size_t i = 0; i < file->n_columns; i++) {
		text_put_csv(out, file->columns[i]);
		text_putc(out, ',');
	}
	for (size_t i = 0; i < n_fixed; i++)
		text_printf(out, "%s%s", i > 0 ? "," : "", fixed[i]);
	text_putc(out, '\n');
	for (size_t i = 0; i < file->n_counts; i++)
		entries[i] = (struct entry){ file, i };
	qsort(entries, file->n_counts, sizeof(entries[0]), by_values);
	for (size_t i = 0; i < file->n_counts; i++)
		for (unsigned cell = 0; cell < CELL_COUNT; cell++)
			put_cell(out, &entries[i], cell);
	free(entries);
}
