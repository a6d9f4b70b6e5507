#include "measure/row_spread.h"

#include <stdlib.h>

/* The number of a group of a table in the histogram. */
static size_t
place_of(const struct rows *r, size_t table, size_t group)
{
	return group * r->tally.n_tables + table;
}

void
row_spread_add(struct rows *r, struct histogram *h, const uint64_t keys[],
    const unsigned char cells[])
{
	struct histogram_rows rows = { .n = r->batch.n,
		.groups = r->groups,
		.cells = cells,
		.keys = keys,
		.weights = r->weights,
		.squares = r->squares,
		.counts = r->counts };

	for (size_t i = 0; i < r->tally.n_tables; i++) {
		const struct tally_table *table = &r->tally.tables[i];

		if (table->source != NULL)
			continue;
		for (size_t k = 0; k < r->batch.n; k++)
			r->groups[k] =
			    (uint32_t)place_of(r, i, table->group[k]);
		histogram_add(h, &rows);
	}
}

uint32_t *
row_spread_target(const struct rows *r, size_t table, size_t *n)
{
	const struct tally_table *to = &r->tally.tables[table];
	const struct tally_table *from = to->source != NULL ? to->source : to;
	size_t n_groups = tally_groups(from);
	uint32_t *target;

	*n = n_groups * r->tally.n_tables;
	target = memory_grow(NULL, *n + 1, sizeof(target[0]));
	for (size_t i = 0; i < *n; i++)
		target[i] = UINT32_MAX;
	for (size_t i = 0; i < n_groups; i++)
		target[place_of(r, (size_t)(from - r->tally.tables), i)] =
		    tally_part(to, i);
	return target;
}

struct distribution *
row_spread_make(const struct rows *r, struct histogram *h, size_t table)
{
	size_t n;
	uint32_t *target = row_spread_target(r, table, &n);
	struct distribution *made = histogram_make(
	    h, r->arena, target, n, tally_groups(&r->tally.tables[table]));

	free(target);
	return made;
}
