#include "measure/tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "measure/options.h"
#include "measure/tally_group.h"

void
tally_init(struct tally *tally, struct arena *arena, size_t n_tables,
    size_t n_rows, bool weighted)
{
	*tally = (struct tally){
		.arena = arena, .weighted = weighted, .n_rows = n_rows
	};
	tally->columns = arena_array(
	    arena, n_tables * WITHHOLD_COLUMNS, sizeof(struct tally_column));
	tally->tables =
	    arena_array(arena, n_tables + 1, sizeof(struct tally_table));
	tally_table(tally, "", NULL, 0);
}

uint32_t
tally_column(struct tally *tally, const char *name)
{
	struct tally_column *column;

	for (size_t i = 0; i < tally->n_columns; i++)
		if (strcmp(tally->columns[i].name, name) == 0)
			return (uint32_t)i;
	column = &tally->columns[tally->n_columns];
	column->name = name;
	column->values.arena = tally->arena;
	intern_add(&column->values, "", 0);
	return (uint32_t)tally->n_columns++;
}

void
tally_table(struct tally *tally, const char *attribute,
    const uint32_t columns[], size_t n)
{
	struct tally_table *table = &tally->tables[tally->n_tables++];

	table->attribute = attribute;
	table->n_columns = n;
	for (size_t i = 0; i < n; i++)
		table->columns[i] = columns[i];
	table->combinations.arena = tally->arena;
}

/* Whether all columns of a table are columns of the other. */
static bool
is_part(const struct tally_table *table, const struct tally_table *of)
{
	for (size_t i = 0; i < table->n_columns; i++)
		if (tally_place(of, table->columns[i]) == of->n_columns)
			return false;
	return true;
}

/* The first of the largest tables that hold all columns of this one. */
static const struct tally_table *
source_of(const struct tally *tally, const struct tally_table *table)
{
	const struct tally_table *best = table;

	for (size_t i = 0; i < tally->n_tables; i++) {
		const struct tally_table *other = &tally->tables[i];

		if (is_part(table, other) &&
		    (other->n_columns > best->n_columns ||
			(other->n_columns == best->n_columns && other < best)))
			best = other;
	}
	return best != table ? best : NULL;
}

void
tally_begin(struct tally *tally)
{
	for (size_t i = 0; i < tally->n_tables; i++) {
		struct tally_table *table = &tally->tables[i];

		table->source = source_of(tally, table);
		if (table->source == NULL)
			table->room = arena_array(
			    tally->arena, tally->n_rows, sizeof(uint32_t));
	}
}

uint32_t
tally_value(struct tally *tally, uint32_t column, const char *p, size_t n)
{
	return (uint32_t)intern_add(&tally->columns[column].values, p, n);
}

static void
count(const struct tally *tally, struct tally_table *table,
    const struct tally_rows *rows)
{
	for (size_t i = 0; i < rows->n && rows->counts != NULL; i++)
		table->rows[table->group[i]][rows->cells[i]] += rows->counts[i];
	for (size_t i = 0; i < rows->n && rows->counts == NULL; i++)
		table->rows[table->group[i]][rows->cells[i]]++;
	for (size_t i = 0; i < rows->n && tally->weighted; i++) {
		struct tally_weight *to =
		    &table->weights[table->group[i]][rows->cells[i]];
		double weight = rows->weights[i];

		if (rows->cells[i] == CELL_COUNT)
			continue;
		sum_add(&to->weight, weight);
		sum_add(&to->square,
		    rows->squares != NULL ? rows->squares[i] : weight * weight);
	}
}

const struct tally_table *
tally_rows(struct tally *tally, const struct tally_rows *rows)
{
	for (size_t i = 0; i < tally->n_tables; i++) {
		struct tally_table *table = &tally->tables[i];

		if (table->source != NULL)
			continue;
		if (!tally_take_groups(tally, table, rows))
			return table;
		count(tally, table, rows);
	}
	return NULL;
}

/* The values' numbers of a table, from those of its source. */
static void
select_parts(const struct tally_table *table, const uint32_t from[],
    uint32_t parts[WITHHOLD_COLUMNS])
{
	for (size_t i = 0; i < table->n_columns; i++)
		parts[i] = from[tally_place(table->source, table->columns[i])];
}

/* Add up the groups of the source; false when there are too many. */
static bool
add_up(const struct tally *tally, struct tally_table *table)
{
	const struct tally_table *source = table->source;

	for (size_t k = 0; k < tally_groups(source); k++) {
		uint32_t from[WITHHOLD_COLUMNS], parts[WITHHOLD_COLUMNS];
		size_t group;

		tally_parts(source, k, from);
		select_parts(table, from, parts);
		group = tally_combine(tally, table, parts);
		if (group == SIZE_MAX)
			return false;
		for (size_t i = 0; i < CELL_COUNT; i++)
			table->rows[group][i] += source->rows[k][i];
		for (size_t i = 0; i < CELL_COUNT && tally->weighted; i++) {
			struct tally_weight *to = &table->weights[group][i];

			sum_merge(&to->weight, &source->weights[k][i].weight);
			sum_merge(&to->square, &source->weights[k][i].square);
		}
	}
	return true;
}

/* Append a value as a part of a group's name: "*" and "\" escaped. */
static void
put_part(struct text *text, const struct intern_entry *value)
{
	for (size_t i = 0; i < value->n; i++) {
		if (value->p[i] == '*' || value->p[i] == '\\')
			text_putc(text, '\\');
		text_putc(text, value->p[i]);
	}
}

/* The values of a group and the name they make. */
static void
name_group(const struct tally *tally, const struct tally_table *table,
    size_t number, struct group *group)
{
	struct text name = { 0 };

	tally_parts(table, number, group->parts);
	if (table->n_columns == 0)
		text_puts(&name, GROUP_OVERALL);
	for (size_t i = 0; i < table->n_columns; i++) {
		const struct intern *values =
		    &tally->columns[table->columns[i]].values;
		const struct intern_entry *value =
		    &values->entries[group->parts[i]];

		if (i > 0)
			text_putc(&name, '*');
		if (group->parts[i] == 0)
			text_puts(&name, GROUP_MISSING);
		else if (table->n_columns == 1)
			text_put(&name, value->p, value->n);
		else
			put_part(&name, value);
		group->is_missing = group->is_missing || group->parts[i] == 0;
	}
	group->name = arena_dup(tally->arena, text_str(&name), name.n);
	text_free(&name);
}

/* How many values of a column, but the missing one, the groups have. */
static unsigned long long
count_values(
    const struct tally *tally, const struct group_table *table, size_t column)
{
	size_t n = tally->columns[table->columns[column]].values.n;
	bool *seen = memory_grow(NULL, n, sizeof(seen[0]));
	unsigned long long count = 0;

	memset(seen, 0, n * sizeof(seen[0]));
	for (size_t i = 0; i < table->n; i++)
		seen[table->groups[i].parts[column]] = true;
	for (size_t i = 1; i < n; i++)
		count += seen[i];
	free(seen);
	return count;
}

/* What the table leaves out: rows in no group, combinations with no row. */
static void
sum_up(const struct tally *tally, struct group_table *table)
{
	unsigned long long n_seen = 0;

	table->n_possible = 1;
	for (size_t i = 0; i < table->n_columns; i++)
		table->n_possible *= count_values(tally, table, i);
	for (size_t i = 0; i < table->n; i++) {
		if (table->groups[i].is_missing)
			table->n_missing +=
			    counts_rows(&table->groups[i].counts);
		else
			n_seen++;
	}
	table->n_unobserved = table->n_possible - n_seen;
}

/* The counts of a group; false when it has no row. */
static bool
take_counts(const struct tally *tally, const struct tally_table *table,
    size_t group, struct counts *counts)
{
	counts->weighted = tally->weighted;
	for (size_t i = 0; i < CELL_COUNT; i++) {
		counts->rows[i] = table->rows[group][i];
		if (!tally->weighted)
			continue;
		counts->weight[i] = table->weights[group][i].weight;
		counts->square[i] = table->weights[group][i].square;
	}
	return counts_rows(counts) > 0;
}

static void
make_table(const struct tally *tally, const struct tally_table *table,
    struct group_table *made)
{
	*made = (struct group_table){ .attribute = table->attribute,
		.n_columns = table->n_columns };
	memcpy(made->columns, table->columns, sizeof(made->columns));
	made->groups = arena_array(
	    tally->arena, tally_groups(table), sizeof(struct group));
	for (size_t i = 0; i < tally_groups(table); i++) {
		struct group *group = &made->groups[made->n];

		if (!take_counts(tally, table, i, &group->counts) &&
		    table->n_columns > 0)
			continue;
		name_group(tally, table, i, group);
		made->n++;
	}
	group_table_sort(made);
	sum_up(tally, made);
}

const struct tally_table *
tally_finish(struct tally *tally, struct group_table out[])
{
	for (size_t i = 0; i < tally->n_tables; i++) {
		struct tally_table *table = &tally->tables[i];

		if (table->source != NULL && !add_up(tally, table))
			return table;
		if (table->n_columns == 0)
			tally_make_room(tally, table, 0);
		make_table(tally, table, &out[i]);
	}
	return NULL;
}

uint32_t
tally_part(const struct tally_table *table, size_t group)
{
	uint32_t from[WITHHOLD_COLUMNS], parts[WITHHOLD_COLUMNS];

	if (table->source == NULL)
		return (uint32_t)group;
	tally_parts(table->source, group, from);
	select_parts(table, from, parts);
	return tally_number_of(table, parts);
}

uint32_t
tally_number(const struct tally_table *table, const struct group *group)
{
	return tally_number_of(table, group->parts);
}
