#include "measure/tally_group.h"

#include <string.h>

enum {
	FIRST_GROUPS = 16,
	MAPPED = 1 << 18 /* places of a map, at most */
};

size_t
tally_place(const struct tally_table *table, uint32_t column)
{
	size_t i = 0;

	while (i < table->n_columns && table->columns[i] != column)
		i++;
	return i;
}

/* The highest number of a group; of values, 0 is the missing one. */
static size_t
last_group(const struct tally_table *table)
{
	return table->n_columns == 1 ? PREDICTION_GROUPS :
				       PREDICTION_COMBINATIONS - 1;
}

bool
tally_make_room(
    const struct tally *tally, struct tally_table *table, size_t group)
{
	const void *rows = table->rows, *weights = table->weights;
	size_t size = table->size == 0 ? FIRST_GROUPS : 2 * table->size;

	if (group > last_group(table))
		return false;
	if (group >= table->n) {
		if (group >= size)
			size = group + 1;
		if (group >= table->size) {
			table->rows = arena_array(
			    tally->arena, size, sizeof(table->rows[0]));
			if (table->n > 0)
				memcpy(table->rows, rows,
				    table->n * sizeof(table->rows[0]));
			table->size = size;
			if (tally->weighted)
				table->weights = arena_array(tally->arena, size,
				    sizeof(table->weights[0]));
			if (tally->weighted && table->n > 0)
				memcpy(table->weights, weights,
				    table->n * sizeof(table->weights[0]));
		}
		table->n = group + 1;
	}
	return true;
}

size_t
tally_combine(const struct tally *tally, struct tally_table *table,
    const uint32_t parts[])
{
	size_t group = table->n_columns == 1 ?
	    parts[0] :
	    intern_add(&table->combinations, (const char *)parts,
		table->n_columns * sizeof(parts[0]));

	return tally_make_room(tally, table, group) ? group : SIZE_MAX;
}

/* Room may be made for a combination without rows; it is no group. */
size_t
tally_groups(const struct tally_table *table)
{
	return table->n_columns > 1 ? table->combinations.n : table->n;
}

void
tally_parts(const struct tally_table *table, size_t group,
    uint32_t parts[WITHHOLD_COLUMNS])
{
	parts[0] = (uint32_t)group;
	if (table->n_columns > 1)
		memcpy(parts, table->combinations.entries[group].p,
		    table->n_columns * sizeof(parts[0]));
}

static size_t
place_in_map(const struct tally_table *table, const uint32_t parts[])
{
	size_t place = 0;

	for (size_t i = 0; i < table->n_columns; i++)
		place |= (size_t)parts[i] << table->shifts[i];
	return place;
}

/*
 * Make a map that has room for all values of the columns, twice as many as
 * there are, and put the combinations in it; none if it would be too large.
 */
static void
make_map(const struct tally *tally, struct tally_table *table)
{
	unsigned bits = 0;

	for (size_t i = 0; i < table->n_columns; i++) {
		size_t n = tally->columns[table->columns[i]].values.n;

		table->shifts[i] = bits;
		bits++;
		for (; n > 1; n /= 2)
			bits++;
	}
	table->map = NULL;
	table->n_mapped = (size_t)1 << (bits < 30 ? bits : 30);
	if (table->n_mapped > MAPPED)
		return;
	table->map =
	    arena_array(tally->arena, table->n_mapped, sizeof(table->map[0]));
	for (size_t i = 0; i < table->combinations.n; i++) {
		uint32_t parts[WITHHOLD_COLUMNS];

		tally_parts(table, i, parts);
		table->map[place_in_map(table, parts)] = (uint32_t)i + 1;
	}
}

/* Whether the map has room for every value of the columns. */
static bool
is_mapped(const struct tally *tally, const struct tally_table *table)
{
	for (size_t i = 0; i < table->n_columns; i++) {
		size_t n = tally->columns[table->columns[i]].values.n;
		size_t end = i + 1 < table->n_columns ?
		    (size_t)1 << table->shifts[i + 1] :
		    table->n_mapped;

		if (n << table->shifts[i] > end)
			return false;
	}
	return table->n_mapped > 0;
}

/* The group of a row whose combination is not in the map. */
static size_t
find_group(const struct tally *tally, struct tally_table *table,
    const struct tally_rows *rows, size_t row)
{
	uint32_t parts[WITHHOLD_COLUMNS];
	size_t group;

	if (rows->cells[row] == CELL_COUNT)
		return 0;
	for (size_t i = 0; i < table->n_columns; i++)
		parts[i] = rows->values[table->columns[i]][row];
	group = tally_combine(tally, table, parts);
	if (group != SIZE_MAX && table->map != NULL)
		table->map[place_in_map(table, parts)] = (uint32_t)group + 1;
	return group;
}

/* Number the groups of the rows by two or three columns. */
static bool
find_groups(const struct tally *tally, struct tally_table *table,
    const struct tally_rows *rows)
{
	const uint32_t *a = rows->values[table->columns[0]];
	const uint32_t *b = rows->values[table->columns[1]];
	const uint32_t *c =
	    table->n_columns > 2 ? rows->values[table->columns[2]] : NULL;

	if (!is_mapped(tally, table))
		make_map(tally, table);
	for (size_t i = 0; i < rows->n; i++) {
		size_t group = 0;

		if (table->map != NULL)
			group = table->map[a[i] |
			    (size_t)b[i] << table->shifts[1] |
			    (c != NULL ? (size_t)c[i] << table->shifts[2] : 0)];
		if (group == 0)
			group = find_group(tally, table, rows, i) + 1;
		if (group == 0)
			return false;
		table->room[i] = (uint32_t)group - 1;
	}
	return true;
}

bool
tally_take_groups(const struct tally *tally, struct tally_table *table,
    const struct tally_rows *rows)
{
	table->group = table->room;
	if (table->n_columns > 1)
		return find_groups(tally, table, rows) &&
		    tally_make_room(tally, table, 0);
	if (table->n_columns == 0)
		return tally_make_room(tally, table, 0);
	table->group = rows->values[table->columns[0]];
	return tally_make_room(
	    tally, table, tally->columns[table->columns[0]].values.n - 1);
}

uint32_t
tally_number_of(const struct tally_table *table, const uint32_t parts[])
{
	if (table->n_columns < 2)
		return table->n_columns == 0 ? 0 : parts[0];
	return (uint32_t)intern_find(&table->combinations, (const char *)parts,
	    table->n_columns * sizeof(parts[0]));
}
