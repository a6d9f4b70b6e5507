#include "measure/tally.h"

#include <string.h>

#include "base/text.h"

enum { FIRST_GROUPS = 16 };

void
tally_init(
    struct tally *tally, struct arena *arena, size_t n_tables, bool weighted)
{
	*tally = (struct tally){ .arena = arena, .weighted = weighted };
	tally->columns = arena_array(
	    arena, n_tables * WITHHOLD_COLUMNS, sizeof(struct tally_column));
	tally->tables =
	    arena_array(arena, n_tables, sizeof(struct tally_table));
	tally->whole.weighted = weighted;
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
	memcpy(table->columns, columns, n * sizeof(columns[0]));
	table->combinations.arena = tally->arena;
}

void
tally_value(struct tally *tally, uint32_t column, const char *p, size_t n)
{
	struct tally_column *c = &tally->columns[column];

	c->current = (uint32_t)intern_add(&c->values, p, n);
}

/* The number of the group of a table that the row in hand belongs to. */
static size_t
group_of(const struct tally *tally, struct tally_table *table)
{
	uint32_t parts[WITHHOLD_COLUMNS];

	if (table->n_columns == 1)
		return tally->columns[table->columns[0]].current;
	for (size_t i = 0; i < table->n_columns; i++)
		parts[i] = tally->columns[table->columns[i]].current;
	return intern_add(&table->combinations, (const char *)parts,
	    table->n_columns * sizeof(parts[0]));
}

/* The highest number of a group; of values, 0 is the missing one. */
static size_t
last_group(const struct tally_table *table)
{
	return table->n_columns == 1 ? PREDICTION_GROUPS :
				       PREDICTION_COMBINATIONS - 1;
}

/* Make room for a group's counts; false when there are too many. */
static bool
make_room(const struct tally *tally, struct tally_table *table, size_t group)
{
	const struct counts *old = table->counts;

	if (group > last_group(table))
		return false;
	if (group >= table->size) {
		table->size = table->size == 0 ? FIRST_GROUPS : 2 * table->size;
		if (table->size <= group)
			table->size = group + 1;
		table->counts = arena_array(
		    tally->arena, table->size, sizeof(struct counts));
		if (table->n > 0)
			memcpy(table->counts, old, table->n * sizeof(*old));
	}
	for (; table->n <= group; table->n++)
		table->counts[table->n].weighted = tally->weighted;
	return true;
}

static void
count(const struct tally *tally, struct counts *counts, enum cell cell,
    double weight)
{
	if (tally->weighted)
		counts_add_weighted(counts, cell, weight);
	else
		counts_add(counts, cell);
}

const struct tally_table *
tally_row(struct tally *tally, enum cell cell, double weight)
{
	for (size_t i = 0; i < tally->n_tables; i++) {
		struct tally_table *table = &tally->tables[i];
		size_t group = group_of(tally, table);

		if (group >= table->n && !make_room(tally, table, group))
			return table;
		count(tally, &table->counts[group], cell, weight);
	}
	count(tally, &tally->whole, cell, weight);
	return NULL;
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

	group->parts[0] = (uint32_t)number;
	if (table->n_columns > 1)
		memcpy(group->parts, table->combinations.entries[number].p,
		    table->n_columns * sizeof(group->parts[0]));
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

/* What the table leaves out: rows in no group, combinations with no row. */
static void
sum_up(const struct tally *tally, struct group_table *table)
{
	unsigned long long n_seen = 0;

	table->n_possible = 1;
	for (size_t i = 0; i < table->n_columns; i++)
		table->n_possible *=
		    tally->columns[table->columns[i]].values.n - 1;
	for (size_t i = 0; i < table->n; i++) {
		if (table->groups[i].is_missing)
			table->n_missing +=
			    counts_rows(&table->groups[i].counts);
		else
			n_seen++;
	}
	table->n_unobserved = table->n_possible - n_seen;
}

void
tally_finish(const struct tally *tally, struct group_table out[])
{
	for (size_t i = 0; i < tally->n_tables; i++) {
		const struct tally_table *table = &tally->tables[i];
		struct group_table *made = &out[i];

		*made = (struct group_table){ .attribute = table->attribute,
			.n_columns = table->n_columns };
		memcpy(made->columns, table->columns, sizeof(made->columns));
		made->groups =
		    arena_array(tally->arena, table->n, sizeof(struct group));
		for (size_t k = 0; k < table->n; k++) {
			struct group *group = &made->groups[made->n];

			if (counts_rows(&table->counts[k]) == 0)
				continue;
			group->counts = table->counts[k];
			name_group(tally, table, k, group);
			made->n++;
		}
		group_table_sort(made);
		sum_up(tally, made);
	}
}
