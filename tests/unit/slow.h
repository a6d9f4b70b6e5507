#ifndef DOSSIER_TESTS_UNIT_SLOW_H
#define DOSSIER_TESTS_UNIT_SLOW_H

#include <stdlib.h>
#include <string.h>

#include "base/dd.h"
#include "base/num.h"
#include "measure/group.h"
#include "measure/options.h"
#include "read/csv.h"

/*
 * A slow and simple reader of rows: every table is made by a walk over all of
 * them, so that there is little to go wrong.  Metrics are tried on what it
 * finds, and no other module of rows has to exist for that.
 */

enum slow_kind { SLOW_BINARY, SLOW_CLASSES, SLOW_NUMBERS };

enum { SLOW_COLUMNS = 12, SLOW_ROWS = 4000 };

struct slow_row {
	const char *cells[SLOW_COLUMNS];
	double weight;
};

struct slow_file {
	struct arena *arena;
	enum slow_kind kind;
	bool is_weighted;
	const char *names[SLOW_COLUMNS];
	size_t n_names;
	struct slow_row *rows;
	size_t n;
	const char *const *classes;
	size_t n_classes;
};

static inline int
slow_column(const struct slow_file *f, const char *name)
{
	for (size_t i = 0; i < f->n_names; i++)
		if (strcmp(f->names[i], name) == 0)
			return (int)i;
	return -1;
}

static inline bool
slow_is_missing(const char *s)
{
	return *s == '\0' || strcmp(s, "NA") == 0 || strcmp(s, "NaN") == 0;
}

/* A decimal as it stands: digits over a power of ten. */
static inline struct dd
slow_decimal(const char *s)
{
	bool is_negative = *s == '-', after = false;
	double digits = 0, power = 1;
	struct dd value;

	for (const char *p = s + is_negative; *p != '\0'; p++) {
		if (*p == '.') {
			after = true;
			continue;
		}
		digits = digits * 10 + (*p - '0');
		power *= after ? 10 : 1;
	}
	value = dd_divide(dd_of(is_negative ? -digits : digits), dd_of(power));
	return value;
}

static inline enum binary
slow_binary(const char *s)
{
	return slow_is_missing(s) ? BINARY_MISSING :
	    strcmp(s, "1") == 0   ? BINARY_YES :
				    BINARY_NO;
}

/* Rows of a CSV file; false when it cannot be read. */
static inline bool
slow_open(struct slow_file *f, struct arena *arena, struct source *source,
    struct diag_list *diags)
{
	struct csv *csv = csv_open(arena, source, diags);
	struct csv_row row;

	*f = (struct slow_file){ .arena = arena };
	if (csv == NULL || csv_header(csv)->n > SLOW_COLUMNS)
		return false;
	f->n_names = csv_header(csv)->n;
	for (size_t i = 0; i < f->n_names; i++)
		f->names[i] = arena_dup(arena, csv_header(csv)->fields[i].p,
		    csv_header(csv)->fields[i].n);
	f->rows = arena_array(arena, SLOW_ROWS, sizeof(f->rows[0]));
	while (f->n < SLOW_ROWS && csv_next(csv, &row, diags) == 1) {
		for (size_t i = 0; i < row.n; i++)
			f->rows[f->n].cells[i] =
			    arena_dup(arena, row.fields[i].p, row.fields[i].n);
		f->n++;
	}
	return diags->n == 0;
}

static inline int
slow_by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The classes among labels and predictions, ordered bytewise. */
static inline void
slow_find_classes(struct slow_file *f)
{
	int columns[] = { slow_column(f, "y_true"), slow_column(f, "y_pred") };
	const char **found =
	    arena_array(f->arena, 2 * f->n, sizeof(const char *));
	size_t n = 0;

	for (size_t i = 0; i < 2 * f->n; i++) {
		const char *cell = f->rows[i / 2].cells[columns[i % 2]];
		bool is_new = !slow_is_missing(cell);

		for (size_t k = 0; k < n && is_new; k++)
			is_new = strcmp(found[k], cell) != 0;
		if (is_new)
			found[n++] = cell;
	}
	qsort(found, n, sizeof(found[0]), slow_by_text);
	f->classes = found;
	f->n_classes = n;
}

/* Decide what the rows are, and whether they weigh. */
static inline void
slow_set(struct slow_file *f, enum slow_kind kind, bool is_weighted)
{
	int column = slow_column(f, "weight");

	f->kind = kind;
	f->is_weighted = is_weighted && column != -1;
	for (size_t i = 0; i < f->n; i++)
		f->rows[i].weight = f->is_weighted ?
		    dd_value(slow_decimal(f->rows[i].cells[column])) :
		    1;
	if (kind == SLOW_CLASSES)
		slow_find_classes(f);
}

/* A number of a row, for a distribution. */
struct slow_point {
	struct dd value;
	enum binary label;
	double weight;
};

static inline int
slow_by_value(const void *a, const void *b)
{
	const struct slow_point *x = a, *y = b;

	return dd_compare(x->value, y->value);
}

static inline struct distribution *
slow_distribution(struct slow_file *f, struct slow_point *points, size_t n)
{
	struct distribution *d = arena_alloc(f->arena, sizeof(*d));
	double *value = arena_array(f->arena, n, sizeof(double));
	double *rest = arena_array(f->arena, n, sizeof(double));
	unsigned long long(*rows)[BINARY_COUNT] =
	    arena_array(f->arena, n, sizeof(rows[0]));
	double(*weight)[BINARY_COUNT] =
	    arena_array(f->arena, n, sizeof(weight[0]));
	size_t m = 0;

	if (n > 1)
		qsort(points, n, sizeof(points[0]), slow_by_value);
	for (size_t i = 0; i < n; i++) {
		if (i > 0 &&
		    dd_compare(points[i].value, points[i - 1].value) != 0)
			m++;
		value[m] = points[i].value.high;
		rest[m] = points[i].value.low;
		rows[m][points[i].label]++;
		weight[m][points[i].label] += points[i].weight;
	}
	*d = (struct distribution){ .n = n > 0 ? m + 1 : 0,
		.value = value,
		.rest = rest,
		.rows = (const unsigned long long(*)[BINARY_COUNT])rows,
		.weight = f->is_weighted ?
		    (const double(*)[BINARY_COUNT])weight :
		    NULL };
	return d;
}

/* Rows of a group: their indexes. */
struct slow_rows {
	size_t *at;
	size_t n;
};

static inline void
slow_fill_scores(
    struct slow_file *f, struct group *group, const struct slow_rows *rows)
{
	int column = slow_column(f, "score"), y = slow_column(f, "y_true");
	struct slow_point *points =
	    arena_array(f->arena, rows->n, sizeof(points[0]));
	unsigned long long missing[BINARY_COUNT] = { 0 };
	double missing_weight[BINARY_COUNT] = { 0 };
	struct distribution *d;
	size_t n = 0;

	if (column == -1)
		return;
	for (size_t i = 0; i < rows->n; i++) {
		const struct slow_row *row = &f->rows[rows->at[i]];
		enum binary label = slow_binary(row->cells[y]);

		if (slow_is_missing(row->cells[column])) {
			missing[label]++;
			missing_weight[label] += row->weight;
		} else {
			points[n++] = (struct slow_point){
				slow_decimal(row->cells[column]), label,
				row->weight
			};
		}
	}
	d = slow_distribution(f, points, n);
	memcpy(d->n_missing, missing, sizeof(missing));
	memcpy(d->n_missing_weight, missing_weight, sizeof(missing_weight));
	group->scores = d;
}

static inline void
slow_fill_binary(
    struct slow_file *f, struct group *group, const struct slow_rows *rows)
{
	int y = slow_column(f, "y_true"), p = slow_column(f, "y_pred");

	group->counts.weighted = f->is_weighted;
	for (size_t i = 0; i < rows->n; i++) {
		const struct slow_row *row = &f->rows[rows->at[i]];
		enum cell cell = cell_of(
		    slow_binary(row->cells[y]), slow_binary(row->cells[p]));

		if (f->is_weighted)
			counts_add_weighted(&group->counts, cell, row->weight);
		else
			counts_add(&group->counts, cell);
	}
	slow_fill_scores(f, group, rows);
}

static inline size_t
slow_class(const struct slow_file *f, const char *name)
{
	for (size_t i = 0; i < f->n_classes; i++)
		if (strcmp(f->classes[i], name) == 0)
			return i;
	abort();
}

static inline void
slow_fill_classes(
    struct slow_file *f, struct group *group, const struct slow_rows *rows)
{
	int y = slow_column(f, "y_true"), p = slow_column(f, "y_pred");
	size_t n = f->n_classes;
	struct confusion *c = arena_alloc(f->arena, sizeof(*c));
	double *cells = arena_array(f->arena, n * n, sizeof(double));
	double *squares = arena_array(f->arena, n * n, sizeof(double));
	unsigned long long *cell_rows =
	    arena_array(f->arena, n * n, sizeof(cell_rows[0]));

	for (size_t i = 0; i < rows->n; i++) {
		const struct slow_row *row = &f->rows[rows->at[i]];
		size_t at = slow_class(f, row->cells[y]) * n +
		    slow_class(f, row->cells[p]);

		cells[at] += row->weight;
		squares[at] += row->weight * row->weight;
		cell_rows[at]++;
	}
	*c = (struct confusion){ n, f->classes, cells, cell_rows, NULL, NULL, 0,
		f->is_weighted ? squares : NULL };
	group->confusion = c;
}

static inline void
slow_add(struct dd *sum, struct dd value)
{
	*sum = dd_add(*sum, value);
}

static inline void
slow_fill_numbers(
    struct slow_file *f, struct group *group, const struct slow_rows *rows)
{
	int y = slow_column(f, "y_true"), p = slow_column(f, "y_pred");
	struct regression *r = arena_alloc(f->arena, sizeof(*r));
	struct slow_point *predictions =
	    arena_array(f->arena, rows->n, sizeof(predictions[0]));
	struct slow_point *errors =
	    arena_array(f->arena, rows->n, sizeof(errors[0]));
	struct dd sums[11] = { { 0, 0 } };

	for (size_t i = 0; i < rows->n; i++) {
		const struct slow_row *row = &f->rows[rows->at[i]];
		struct dd label = slow_decimal(row->cells[y]);
		struct dd prediction = slow_decimal(row->cells[p]);
		struct dd error = dd_subtract(prediction, label);
		struct dd size =
		    error.high < 0 ? dd_subtract(dd_of(0), error) : error;

		slow_add(&sums[0], label);
		slow_add(&sums[1], dd_multiply(label, label));
		slow_add(&sums[2], prediction);
		slow_add(&sums[3], dd_multiply(prediction, prediction));
		slow_add(&sums[4], error);
		slow_add(&sums[5], size);
		slow_add(&sums[6], dd_multiply(error, error));
		slow_add(
		    &sums[7], dd_multiply(label, dd_multiply(label, label)));
		slow_add(&sums[8],
		    dd_multiply(
			dd_multiply(label, label), dd_multiply(label, label)));
		slow_add(
		    &sums[9], dd_multiply(dd_multiply(error, error), label));
		slow_add(&sums[10],
		    dd_multiply(
			dd_multiply(error, error), dd_multiply(label, label)));
		predictions[i] =
		    (struct slow_point){ prediction, BINARY_NO, 1 };
		errors[i] = (struct slow_point){ size, BINARY_NO, 1 };
	}
	*r = (struct regression){ .n = rows->n,
		.weight = dd_of((double)rows->n),
		.weight_square = dd_of((double)rows->n),
		.label = sums[0],
		.label_square = sums[1],
		.prediction = sums[2],
		.prediction_square = sums[3],
		.error = sums[4],
		.absolute_error = sums[5],
		.square_error = sums[6],
		.label_cube = sums[7],
		.label_fourth = sums[8],
		.square_error_label = sums[9],
		.square_error_label_square = sums[10],
		.predictions = slow_distribution(f, predictions, rows->n),
		.absolute_errors = slow_distribution(f, errors, rows->n) };
	group->regression = r;
}

static inline void
slow_fill(
    struct slow_file *f, struct group *group, const struct slow_rows *rows)
{
	if (f->kind == SLOW_BINARY)
		slow_fill_binary(f, group, rows);
	else if (f->kind == SLOW_CLASSES)
		slow_fill_classes(f, group, rows);
	else
		slow_fill_numbers(f, group, rows);
}

/* The group of a row: values of the columns joined by "*". */
static inline const char *
slow_name(const struct slow_file *f, const struct slow_row *row,
    const int columns[], size_t n, bool *is_missing)
{
	const char *name = NULL;

	*is_missing = false;
	for (size_t i = 0; i < n; i++) {
		const char *value = row->cells[columns[i]];

		if (*value == '\0') {
			value = GROUP_MISSING;
			*is_missing = true;
		}
		name = name == NULL ?
		    value :
		    arena_printf(f->arena, "%s*%s", name, value);
	}
	return name;
}

/* All rows as one group. */
static inline void
slow_whole(struct slow_file *f, struct group *whole)
{
	struct slow_rows rows = {
		arena_array(f->arena, f->n, sizeof(rows.at[0])), f->n
	};

	for (size_t i = 0; i < f->n; i++)
		rows.at[i] = i;
	*whole = (struct group){ .name = GROUP_OVERALL };
	slow_fill(f, whole, &rows);
}

/* The groups of one to three columns, "sex*age", with the largest first of
 * all as the reference. */
static inline void
slow_table(struct slow_file *f, const char *attribute, struct group_table *out)
{
	char *names = arena_str(f->arena, attribute);
	int columns[WITHHOLD_COLUMNS];
	size_t n_columns = 0;
	struct slow_rows *rows = arena_array(f->arena, f->n, sizeof(rows[0]));

	for (char *p = names; p != NULL;) {
		char *star = strchr(p, '*');

		if (star != NULL)
			*star++ = '\0';
		columns[n_columns++] = slow_column(f, p);
		p = star;
	}
	*out = (struct group_table){ .attribute = attribute,
		.groups = arena_array(f->arena, f->n, sizeof(struct group)) };
	for (size_t i = 0; i < f->n; i++) {
		bool is_missing;
		const char *name =
		    slow_name(f, &f->rows[i], columns, n_columns, &is_missing);
		size_t k = 0;

		while (k < out->n && strcmp(out->groups[k].name, name) != 0)
			k++;
		if (k == out->n) {
			out->groups[out->n++] = (struct group){ .name = name,
				.is_missing = is_missing };
			rows[k].at =
			    arena_array(f->arena, f->n, sizeof(rows[k].at[0]));
		}
		rows[k].at[rows[k].n++] = i;
	}
	for (size_t k = 0; k < out->n; k++)
		slow_fill(f, &out->groups[k], &rows[k]);
	group_table_sort(out);
	out->reference = group_table_largest(out, true);
}

#endif
