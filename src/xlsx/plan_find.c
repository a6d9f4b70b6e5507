#include <stdlib.h>
#include <string.h>

#include "xlsx/plan.h"

/*
 * Where a value stands in a planned sheet, for links: an index of each column
 * that is asked for, made once and searched by halves.
 */

static int
compare_places(const void *a, const void *b)
{
	const struct plan_place *x = a;
	const struct plan_place *y = b;
	int order = strcmp(x->value, y->value);

	if (order != 0)
		return order;
	return x->row < y->row ? -1 : x->row > y->row;
}

static int
build_index(struct plan *plan, struct plan_sheet *sheet, int column,
    struct plan_index *index)
{
	size_t at = sheet->column_of[column];
	struct text t = { 0 };

	index->places =
	    arena_array(plan->arena, sheet->n_data, sizeof(*index->places));
	for (size_t i = 0; i < sheet->n_data; i++) {
		struct plan_row row = plan_row(plan, sheet, i);
		const struct xlsx_field *field = plan_field(sheet, &row, at);

		if (field->value == NULL)
			continue;
		text_clear(&t);
		plan_at(plan, sheet, &row, at);
		if (expr_put(&plan->run, field->value, row.node, &t) == -1) {
			text_free(&t);
			return -1;
		}
		index->places[index->n].value =
		    arena_str(plan->arena, text_str(&t));
		index->places[index->n++].row = i;
	}
	text_free(&t);
	qsort(index->places, index->n, sizeof(*index->places), compare_places);
	return 0;
}

static int
index_of(struct plan *plan, struct plan_sheet *sheet, int column,
    const struct plan_index **out)
{
	struct plan_index *index = sheet->indices;

	while (index != NULL && index->column != column)
		index = index->next;
	if (index == NULL) {
		index = arena_alloc(plan->arena, sizeof(*index));
		index->column = column;
		if (build_index(plan, sheet, column, index) == -1)
			return -1;
		index->next = sheet->indices;
		sheet->indices = index;
	}
	*out = index;
	return 0;
}

int
plan_find(struct plan *plan, struct plan_sheet *sheet, int column,
    const char *value, const struct plan_sheet **out, size_t *row)
{
	const struct plan_index *index;
	size_t low = 0, high;

	if (index_of(plan, sheet, column, &index) == -1)
		return -1;
	high = index->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(index->places[middle].value, value) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == index->n || strcmp(index->places[low].value, value) != 0)
		return 0;
	*row = index->places[low].row;
	while (sheet->next != NULL && sheet->next->is_later_part &&
	    *row >= sheet->first + sheet->n_rows)
		sheet = sheet->next;
	*out = sheet;
	*row -= sheet->first;
	return 1;
}
