#include "measure/counts_file.h"

#include <string.h>

#include "base/num.h"
#include "measure/answer.h"
#include "measure/histogram.h"

const char *const counts_names[COUNTS_FIXED] = {
	[COUNTS_LABEL] = "label",
	[COUNTS_PREDICTION] = "prediction",
	[COUNTS_SCORE] = "score",
	[COUNTS_N] = "n",
	[COUNTS_WEIGHT] = "weight",
	[COUNTS_SQUARE] = "weight_square",
};

static const char rounded[] = "score_rounded_";

const char *
counts_score_name(struct arena *arena, double grid)
{
	char steps[NUM_SIZE];

	if (grid == 0)
		return counts_names[COUNTS_SCORE];
	num_write(grid, steps);
	return arena_printf(arena, "%s%s", rounded, steps);
}

double
counts_coarser(double grid, double other)
{
	if (grid == 0 || other == 0)
		return grid + other;
	return grid < other ? grid : other;
}

/* Whether a column is that of scores; grid: to what they are rounded. */
static bool
is_score(const struct csv_field *field, double *grid)
{
	const size_t n = sizeof(rounded) - 1;
	unsigned long long steps;

	*grid = 0;
	if (answer_is(field, counts_names[COUNTS_SCORE]))
		return true;
	if (field->n <= n || memcmp(field->p, rounded, n) != 0 ||
	    !num_read_count(field->p + n, field->n - n, &steps) || steps == 0)
		return false;
	*grid = (double)steps;
	return true;
}

/* Whether the header ends in the columns of this shape; how many those are. */
static bool
ends_in(const struct csv_row *header, struct counts_shape *shape, size_t *n)
{
	size_t last = shape->is_weighted ? COUNTS_FIXED : COUNTS_N + 1;
	size_t at;

	*n = last - !shape->has_score;
	if (header->n < *n)
		return false;
	at = header->n - *n;
	for (size_t i = 0; i < last; i++) {
		const struct csv_field *field = &header->fields[at];

		if (i == COUNTS_SCORE && !shape->has_score)
			continue;
		if (i == COUNTS_SCORE ? !is_score(field, &shape->grid) :
					!answer_is(field, counts_names[i]))
			return false;
		at++;
	}
	return true;
}

bool
counts_shape_of(const struct csv_row *header, struct counts_shape *out)
{
	for (unsigned i = 0; i < 4; i++) {
		size_t n;

		*out = (struct counts_shape){ .has_score = i & 1,
			.is_weighted = i & 2 };
		if (!ends_in(header, out, &n))
			continue;
		out->n_attributes = header->n - n;
		return true;
	}
	return false;
}

void
counts_shape_columns(const struct counts_shape *shape, struct arena *arena,
    struct prediction_columns *out)
{
	out->label = counts_names[COUNTS_LABEL];
	out->prediction = counts_names[COUNTS_PREDICTION];
	out->score =
	    shape->has_score ? counts_score_name(arena, shape->grid) : NULL;
	out->score_grid = shape->grid;
	out->count = counts_names[COUNTS_N];
	out->positive = out->negative = NULL;
	out->positive_prediction = out->negative_prediction = NULL;
	out->weight = shape->is_weighted ? counts_names[COUNTS_WEIGHT] : NULL;
	out->square = shape->is_weighted ? counts_names[COUNTS_SQUARE] : NULL;
}

void
counts_file_init(struct counts_file *file, enum prediction_kind kind,
    struct arena *arena, struct diag_list *diags)
{
	*file = (struct counts_file){
		.arena = arena, .diags = diags, .kind = kind
	};
	file->keys.arena = arena;
	for (size_t i = 0; i < COUNTS_COLUMNS + COUNTS_N; i++)
		file->values[i].arena = arena;
}

size_t
counts_file_keys(const struct counts_file *file)
{
	return file->n_columns + (file->has_score ? COUNTS_N : COUNTS_SCORE);
}

int
counts_file_column(struct counts_file *file, const char *name)
{
	static const struct pos nowhere = { NULL, 0, 0 };

	for (size_t i = 0; i < file->n_columns; i++)
		if (strcmp(file->columns[i], name) == 0)
			return 0;
	for (size_t i = 0; i < COUNTS_FIXED; i++)
		if (strcmp(counts_names[i], name) == 0) {
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

			if (counts_file_column(
				file, arena_dup(file->arena, p, n)) == -1)
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
	struct intern *values = &file->values[column];

	if (values->n == 0)
		intern_add(values, "", 0);
	return (uint32_t)intern_add(values, p, n);
}

uint32_t
counts_file_number(struct counts_file *file, size_t column, uint64_t key)
{
	return counts_file_value(file, column, (const char *)&key,
	    key == HISTOGRAM_MISSING ? 0 : sizeof(key));
}

struct counts_line *
counts_file_at(struct counts_file *file, const uint32_t numbers[])
{
	size_t number = intern_add(&file->keys, (const char *)numbers,
	    counts_file_keys(file) * sizeof(numbers[0]));

	if (number >= COUNTS_LINES)
		return NULL;
	if (number == file->n_lines) {
		file->lines = arena_room(file->arena, file->lines,
		    file->n_lines, &file->size, sizeof(file->lines[0]));
		file->n_lines++;
	}
	return &file->lines[number];
}
