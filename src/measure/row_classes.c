#include "measure/row_classes.h"

#include <stdlib.h>
#include <string.h>

#include "measure/answer.h"
#include "measure/row_spread.h"

/* The classes that rows have, ordered. */
struct classes {
	size_t n;
	const char **names;
	size_t *place; /* of each class by its number */
};

/* Rows of a class that lack the other half of a pair. */
struct class_sums {
	unsigned long long rows;
	struct sum weight, square;
};

/* The confusions of all groups of a table. */
struct cells {
	size_t n; /* classes */
	unsigned long long *rows;
	struct sum *weights, *squares; /* as rows; of weighted ones */
	double *values, *square_values;
	struct class_sums *unlabelled, *unpredicted;
	struct class_rows *incomplete; /* what both make, one after the other */
	struct confusion *made;
};

uint32_t
row_ask_class(void *rows, const struct csv_field *field, size_t row)
{
	struct rows *r = rows;

	(void)row;
	if (r->classes.n > CLASSES_MOST || answer_is_missing(field))
		return 0;
	if (r->classes.n == 0)
		intern_add(&r->classes, "", 0);
	return (uint32_t)intern_add(&r->classes, field->p, field->n);
}

/* Report that there are too many of them. */
static int
too_many(const struct rows *r, const char *what)
{
	diag_add(r->complaints.diags, DIAG_CSV_LIMIT,
	    (struct pos){ r->name, 0, 0 },
	    "too many classes%s; are they numbers?", what);
	return -1;
}

int
row_classes_add(struct rows *r)
{
	if (r->classes.n > CLASSES_MOST)
		return too_many(r, "");
	for (size_t i = 0; i < r->batch.n; i++)
		r->keys[i] =
		    (uint64_t)r->answers[0][i] << 32 | r->answers[1][i];
	row_spread_add(r, &r->pairs, r->keys, r->cells);
	return r->pairs.is_full ? too_many(r, " for so many groups") : 0;
}

static uint32_t
label_of(const struct histogram_entry *entry)
{
	return (uint32_t)(entry->key >> 32);
}

static uint32_t
prediction_of(const struct histogram_entry *entry)
{
	return (uint32_t)entry->key;
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Order the classes that a counted row has; 0 is none. */
static void
order_classes(const struct rows *r, struct classes *out)
{
	const size_t n = r->classes.n + 1;
	bool *seen = arena_array(r->arena, n, sizeof(seen[0]));

	out->n = 0;
	out->names = arena_array(r->arena, n, sizeof(out->names[0]));
	out->place = arena_array(r->arena, n, sizeof(out->place[0]));
	for (size_t i = 0; i < r->pairs.n_slots; i++) {
		const struct histogram_entry *entry = &r->pairs.slots[i];

		if (entry->group == 0)
			continue;
		seen[label_of(entry)] = true;
		seen[prediction_of(entry)] = true;
	}
	for (size_t i = 1; i < n; i++)
		if (seen[i])
			out->names[out->n++] = r->classes.entries[i].p;
	if (out->n > 1)
		qsort(out->names, out->n, sizeof(out->names[0]), by_bytes);
	for (size_t i = 0; i < out->n; i++)
		out->place[intern_find(
		    &r->classes, out->names[i], strlen(out->names[i]))] = i;
}

static void
add_incomplete(struct class_sums *to, const struct histogram *h, size_t slot)
{
	for (size_t k = 0; k < BINARY_COUNT; k++) {
		to->rows += h->slots[slot].rows[k];
		if (h->weighted)
			sum_merge(&to->weight, &h->weights[slot][k]);
	}
	if (h->squares != NULL)
		sum_merge(&to->square, &h->squares[slot]);
}

/* Add an entry to the cells of its group. */
static void
add_entry(struct cells *cells, const struct classes *classes,
    const struct histogram *h, size_t slot, size_t group)
{
	const struct histogram_entry *entry = &h->slots[slot];
	size_t label = classes->place[label_of(entry)];
	size_t prediction = classes->place[prediction_of(entry)];
	size_t at = (group * cells->n + label) * cells->n + prediction;
	unsigned long long rows = 0;

	for (size_t k = 0; k < BINARY_COUNT; k++)
		rows += entry->rows[k];
	if (label_of(entry) == 0 && prediction_of(entry) == 0) {
		cells->made[group].n_blank += rows;
	} else if (label_of(entry) == 0) {
		add_incomplete(
		    &cells->unlabelled[group * cells->n + prediction], h, slot);
	} else if (prediction_of(entry) == 0) {
		add_incomplete(
		    &cells->unpredicted[group * cells->n + label], h, slot);
	} else {
		cells->rows[at] += rows;
		for (size_t k = 0; k < BINARY_COUNT && h->weighted; k++)
			sum_merge(&cells->weights[at], &h->weights[slot][k]);
		if (h->squares != NULL)
			sum_merge(&cells->squares[at], &h->squares[slot]);
	}
}

/* Room for the confusions of so many groups. */
static struct cells
make_cells(const struct rows *r, const struct classes *classes, size_t groups)
{
	const size_t n = classes->n, all = groups * n * n;
	struct arena *arena = r->arena;
	struct cells cells = { .n = n,
		.rows = arena_array(arena, all, sizeof(cells.rows[0])),
		.unlabelled = memory_grow(
		    NULL, 2 * groups * n + 1, sizeof(cells.unlabelled[0])),
		.incomplete = arena_array(
		    arena, 2 * groups * n, sizeof(cells.incomplete[0])),
		.weights = memory_grow(NULL, 2 * all + 1, sizeof(struct sum)),
		.values = arena_array(arena, all, sizeof(double)),
		.square_values = arena_array(arena, all, sizeof(double)),
		.made = arena_array(arena, groups, sizeof(cells.made[0])) };

	memset(cells.weights, 0, (2 * all + 1) * sizeof(struct sum));
	cells.squares = cells.weights + all;
	memset(cells.unlabelled, 0,
	    (2 * groups * n + 1) * sizeof(cells.unlabelled[0]));
	cells.unpredicted = cells.unlabelled + groups * n;
	for (size_t i = 0; i < groups; i++)
		cells.made[i] = (struct confusion){ .n = n,
			.classes = classes->names,
			.cells = cells.values + i * n * n,
			.cell_rows = cells.rows + i * n * n,
			.cell_squares = r->pairs.weighted ?
			    cells.square_values + i * n * n :
			    NULL,
			.unlabelled = cells.incomplete + i * n,
			.unpredicted = cells.incomplete + (groups + i) * n };
	return cells;
}

static struct class_rows
rows_of_class(const struct class_sums *sums, bool weighted)
{
	double rows = (double)sums->rows;

	return (struct class_rows){ sums->rows,
		weighted ? sum_value(&sums->weight) : rows,
		weighted ? sum_value(&sums->square) : rows };
}

/* The confusions of a table of the tally, by the number of the group. */
static const struct confusion *
make_table(const struct rows *r, const struct classes *classes, size_t table)
{
	const struct histogram *h = &r->pairs;
	size_t groups = tally_groups(&r->tally.tables[table]), n;
	struct cells cells = make_cells(r, classes, groups);
	uint32_t *target = row_spread_target(r, table, &n);

	for (size_t i = 0; i < h->n_slots; i++) {
		size_t group = (size_t)h->slots[i].group - 1;

		if (h->slots[i].group > 0 && group < n &&
		    target[group] != UINT32_MAX)
			add_entry(&cells, classes, h, i, target[group]);
	}
	for (size_t i = 0; i < groups * cells.n * cells.n; i++) {
		cells.values[i] = h->weighted ? sum_value(&cells.weights[i]) :
						(double)cells.rows[i];
		cells.square_values[i] = sum_value(&cells.squares[i]);
	}
	for (size_t i = 0; i < 2 * groups * cells.n; i++)
		cells.incomplete[i] =
		    rows_of_class(&cells.unlabelled[i], h->weighted);
	free(cells.unlabelled);
	free(cells.weights);
	free(target);
	return cells.made;
}

int
row_classes_make(struct rows *r, struct group_table tables[])
{
	struct classes classes;

	order_classes(r, &classes);
	for (size_t i = 0; i < r->tally.n_tables; i++) {
		const struct tally_table *table = &r->tally.tables[i];
		const struct confusion *made;

		if (classes.n * classes.n * tally_groups(table) > CLASS_CELLS)
			return too_many(r, " for so many groups");
		made = make_table(r, &classes, i);
		for (size_t k = 0; k < tables[i].n; k++)
			tables[i].groups[k].confusion =
			    &made[tally_number(table, &tables[i].groups[k])];
	}
	return 0;
}
