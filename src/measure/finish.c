#include "measure/finish.h"

#include <string.h>

#include "measure/withhold.h"

/*
 * The reference group that the manifest names, or the largest; also when the
 * named one has no row, which is reported.
 */
static void
choose_reference(const struct finish *f, struct group_table *table)
{
	const struct measure_options *options = f->options;
	const struct group *group =
	    group_table_largest(table, options->missing_is_group);

	for (size_t i = 0; i < options->n_references; i++) {
		const struct measure_reference *named = &options->references[i];
		const struct group *found;

		if (strcmp(named->attribute, table->attribute) != 0)
			continue;
		found = group_table_find(table, named->group);
		if (found != NULL)
			group = found;
		else
			diag_add(f->diags, DIAG_GROUP_UNKNOWN,
			    named->pos.file != NULL ?
				named->pos :
				(struct pos){ f->name, 1, 1 },
			    "\"%s\" has no group \"%s\"%s", named->attribute,
			    named->group,
			    group_table_advice(f->arena, table, named->group));
	}
	table->reference = group;
}

/* A group as the rules of withholding see it. */
static struct withhold_group
withhold_group_of(const struct group *group)
{
	struct withhold_group result = { .n = (double)group_rows(group),
		.is_missing = group->is_missing };

	memcpy(result.parts, group->parts, sizeof(result.parts));
	return result;
}

static void
copy_marks(struct group *group, const struct withhold_group *from)
{
	group->is_withheld = from->is_withheld;
	group->n_is_withheld = from->n_is_withheld;
}

static void
fill_withhold_table(struct arena *arena, struct withhold_table *to,
    const struct group_table *from)
{
	memcpy(to->columns, from->columns, sizeof(to->columns));
	to->n_columns = from->n_columns;
	to->n = from->n;
	to->groups = arena_array(arena, from->n, sizeof(to->groups[0]));
	for (size_t i = 0; i < from->n; i++)
		to->groups[i] = withhold_group_of(&from->groups[i]);
}

static int
withhold(const struct finish *f, struct predictions *out, double min_report)
{
	struct withhold_table *tables =
	    arena_array(f->arena, out->n_tables, sizeof(tables[0]));
	struct withhold_group whole = withhold_group_of(&out->whole.groups[0]);

	for (size_t i = 0; i < out->n_tables; i++)
		fill_withhold_table(f->arena, &tables[i], &out->tables[i]);
	if (!withhold_small(&whole, tables, out->n_tables, min_report)) {
		diag_add(f->diags, DIAG_CSV_LIMIT,
		    (struct pos){ f->name, 0, 0 },
		    "too many intersections to withhold small groups safely; "
		    "ask for fewer");
		return -1;
	}
	copy_marks(&out->whole.groups[0], &whole);
	for (size_t i = 0; i < out->n_tables; i++)
		for (size_t k = 0; k < tables[i].n; k++)
			copy_marks(
			    &out->tables[i].groups[k], &tables[i].groups[k]);
	return 0;
}

int
finish_tables(struct predictions *out, const struct finish *f)
{
	struct figure_maker maker = { .out = &out->figures,
		.arena = f->arena,
		.options = f->options,
		.whole = &out->whole.groups[0],
		.has_labels = f->has_labels,
		.has_predictions = f->has_predictions,
		.origin = { f->name, 0, 0 } };

	out->has_labels = f->has_labels;
	out->has_predictions = f->has_predictions;
	figures_choose(&maker, f->diags);
	for (size_t i = 0; i < out->n_tables; i++)
		choose_reference(f, &out->tables[i]);
	if (f->options->min_report > 0 &&
	    withhold(f, out, f->options->min_report) == -1)
		return -1;
	figures_add(&maker, &out->whole);
	for (size_t i = 0; i < out->n_tables; i++)
		figures_add(&maker, &out->tables[i]);
	return 0;
}
