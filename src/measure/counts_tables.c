#include <string.h>

#include "base/near.h"
#include "measure/counts_file.h"
#include "measure/finish.h"
#include "measure/tally.h"

/* From counts of combinations to the tables of attributes. */

/* A table in the making. */
struct making {
	const struct counts_file *file;
	const char *name; /* of the file */
	struct group_table *table;
	struct intern groups; /* keys: the numbers of the values */
};

static int
refuse(const struct making *m, enum diag_id id, const char *attribute,
    const char *why)
{
	diag_add(m->file->diags, id, (struct pos){ m->name, 1, 1 }, "\"%s\"%s",
	    attribute, why);
	return -1;
}

/* Find a column by n bytes of its name. */
static int
find_column(const struct making *m, const char *name, size_t n)
{
	const struct counts_file *file = m->file;
	const char *near;

	for (size_t i = 0; i < file->n_columns; i++)
		if (strlen(file->columns[i]) == n &&
		    memcmp(file->columns[i], name, n) == 0)
			return (int)i;
	name = arena_dup(file->arena, name, n);
	near = near_word(name, file->columns, file->n_columns);
	return refuse(m, DIAG_CSV_COLUMN, name,
	    near == NULL ?
		"" :
		arena_printf(file->arena, "; did you mean \"%s\"?", near));
}

/* Split an attribute into its columns. */
static int
split(struct making *m, const char *attribute)
{
	struct group_table *table = m->table;
	const char *p = attribute;

	for (size_t i = 0; i < m->file->n_columns; i++)
		if (strcmp(m->file->columns[i], attribute) == 0) {
			table->columns[table->n_columns++] = (uint32_t)i;
			return 0;
		}
	for (;;) {
		size_t n = strcspn(p, "*");
		int column;

		if (n == 0 || table->n_columns == WITHHOLD_COLUMNS)
			return refuse(m, DIAG_CSV_LIMIT, attribute,
			    " must be the names of 1 to 3 different columns, "
			    "joined by \"*\"");
		column = find_column(m, p, n);
		if (column == -1)
			return -1;
		table->columns[table->n_columns++] = (uint32_t)column;
		if (p[n] == '\0')
			return 0;
		p += n + 1;
	}
}

/* The values of a group and the name they make. */
static void
name_group(const struct making *m, struct group *group)
{
	const struct group_table *table = m->table;
	struct text name = { 0 };

	for (size_t i = 0; i < table->n_columns; i++) {
		const struct intern_entry *value =
		    &m->file->values[table->columns[i]]
			 .entries[group->parts[i]];

		if (i > 0)
			text_putc(&name, '*');
		for (size_t k = 0; k < value->n; k++) {
			if (table->n_columns > 1 &&
			    (value->p[k] == '*' || value->p[k] == '\\'))
				text_putc(&name, '\\');
			text_putc(&name, value->p[k]);
		}
		if (group->parts[i] == 0)
			text_puts(&name, GROUP_MISSING);
		group->is_missing = group->is_missing || group->parts[i] == 0;
	}
	group->name = arena_dup(m->file->arena, text_str(&name), name.n);
	text_free(&name);
}

/* The group of a table that a combination belongs to. */
static struct group *
group_of(struct making *m, size_t combination)
{
	const char *key = m->file->combinations.entries[combination].p;
	struct group_table *table = m->table;
	uint32_t parts[WITHHOLD_COLUMNS] = { 0 };
	struct group *group;
	size_t number;

	for (size_t i = 0; i < table->n_columns; i++)
		memcpy(&parts[i], key + table->columns[i] * sizeof(parts[0]),
		    sizeof(parts[0]));
	number = intern_add(&m->groups, (const char *)parts,
	    table->n_columns * sizeof(parts[0]));
	group = &table->groups[number];
	if (number < table->n)
		return group;
	table->n++;
	memcpy(group->parts, parts, sizeof(parts));
	group->counts.weighted = m->file->weighted;
	name_group(m, group);
	return group;
}

/* What the table leaves out: rows in no group, combinations with no row. */
static void
sum_up(const struct making *m)
{
	struct group_table *table = m->table;
	unsigned long long n_seen = 0;

	table->n_possible = 1;
	for (size_t i = 0; i < table->n_columns; i++)
		table->n_possible *= m->file->values[table->columns[i]].n - 1;
	for (size_t i = 0; i < table->n; i++) {
		if (table->groups[i].is_missing)
			table->n_missing += group_rows(&table->groups[i]);
		else
			n_seen++;
	}
	table->n_unobserved = table->n_possible - n_seen;
}

static int
make_table(struct making *m, const char *attribute)
{
	const struct counts_file *file = m->file;
	size_t most;

	*m->table = (struct group_table){ .attribute = attribute };
	m->groups = (struct intern){ .arena = file->arena };
	if (split(m, attribute) == -1)
		return -1;
	most = m->table->n_columns > 1 ? PREDICTION_COMBINATIONS :
					 PREDICTION_GROUPS + 1;
	m->table->groups =
	    arena_array(file->arena, file->n_counts, sizeof(struct group));
	for (size_t i = 0; i < file->n_counts; i++)
		counts_merge(&group_of(m, i)->counts, &file->counts[i]);
	if (m->table->n > most)
		return refuse(m, DIAG_CSV_LIMIT, attribute,
		    " has too many groups; is it an identifier or a number?");
	group_table_sort(m->table);
	sum_up(m);
	return 0;
}

/* The whole as a table of one group. */
static void
make_whole(struct predictions *out, const struct counts_file *file)
{
	static const cell_factors no_label = {
		[CELL_BLANK] = 1, [CELL_REFUSED] = 1, [CELL_SELECTED] = 1
	};
	static const cell_factors no_prediction = {
		[CELL_BLANK] = 1, [CELL_NEGATIVE] = 1, [CELL_POSITIVE] = 1
	};
	struct group *group = arena_alloc(file->arena, sizeof(*group));

	group->name = GROUP_OVERALL;
	group->counts.weighted = file->weighted;
	for (size_t i = 0; i < file->n_counts; i++)
		counts_merge(&group->counts, &file->counts[i]);
	out->whole = (struct group_table){
		.attribute = "", .groups = group, .n = 1, .n_possible = 1
	};
	out->n_rows = counts_rows(&group->counts) + file->n_bad;
	out->n_bad = file->n_bad;
	out->n_no_label = counts_rows_of(&group->counts, no_label);
	out->n_no_prediction = counts_rows_of(&group->counts, no_prediction);
}

int
counts_file_tables(struct predictions *out, const struct counts_file *file,
    const char *name, const struct prediction_columns *columns,
    const struct measure_options *options)
{
	struct making m = { .file = file, .name = name };

	*out = (struct predictions){ 0 };
	if (file->n_counts == 0) {
		diag_add(file->diags, DIAG_CSV_ROWS, (struct pos){ name, 1, 1 },
		    "%s", "");
		return -1;
	}
	make_whole(out, file);
	out->tables = arena_array(
	    file->arena, columns->n_attributes, sizeof(out->tables[0]));
	for (size_t i = 0; i < columns->n_attributes; i++) {
		m.table = &out->tables[out->n_tables++];
		if (make_table(&m, columns->attributes[i]) == -1)
			return -1;
	}
	return finish_tables(out,
	    &(struct finish){ file->arena, name, options, file->has_labels,
		file->has_predictions, file->diags });
}
