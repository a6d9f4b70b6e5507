#include "measure/predictions.h"

#include <string.h>

#include "measure/rows.h"
#include "measure/withhold.h"

/*
 * The reference group that the manifest names, or the largest; also when the
 * named one has no row, which is reported.
 */
static void
choose_reference(const struct rows *r, struct group_table *table,
    const struct measure_options *options)
{
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
			diag_add(r->complaints.diags, DIAG_GROUP_UNKNOWN,
			    (struct pos){ r->name, 1, 1 },
			    "\"%s\" has no group \"%s\"; the largest is the "
			    "reference",
			    named->attribute, named->group);
	}
	table->reference = group;
}

/* Take the counted tables: the whole, then the attributes. */
static int
take_tables(struct rows *r, struct predictions *out)
{
	static const cell_factors no_label = {
		[CELL_BLANK] = 1, [CELL_REFUSED] = 1, [CELL_SELECTED] = 1
	};
	static const cell_factors no_prediction = {
		[CELL_BLANK] = 1, [CELL_NEGATIVE] = 1, [CELL_POSITIVE] = 1
	};
	struct group_table *tables =
	    arena_array(r->arena, r->tally.n_tables, sizeof(tables[0]));
	const struct counts *counts;

	if (rows_tables(r, tables) == -1)
		return -1;
	out->whole = tables[0];
	out->tables = tables + 1;
	out->n_tables = r->tally.n_tables - 1;
	out->n_rows = r->n;
	out->n_bad = r->n_bad;
	counts = &out->whole.groups[0].counts;
	out->n_no_label = counts_rows_of(counts, no_label);
	out->n_no_prediction = counts_rows_of(counts, no_prediction);
	return 0;
}

/* A group as the rules of withholding see it. */
static struct withhold_group
withhold_group_of(const struct group *group)
{
	struct withhold_group result = { .n = (double)counts_rows(
					     &group->counts),
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
withhold(const struct rows *r, struct predictions *out, double min_report)
{
	struct withhold_table *tables =
	    arena_array(r->arena, out->n_tables, sizeof(tables[0]));
	struct withhold_group whole = withhold_group_of(&out->whole.groups[0]);

	for (size_t i = 0; i < out->n_tables; i++)
		fill_withhold_table(r->arena, &tables[i], &out->tables[i]);
	if (!withhold_small(&whole, tables, out->n_tables, min_report)) {
		diag_add(r->complaints.diags, DIAG_CSV_LIMIT,
		    (struct pos){ r->name, 0, 0 },
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

/* From the tables to figures. */
static int
make_figures(const struct rows *r, struct predictions *out,
    const struct measure_options *options)
{
	struct figure_maker maker = { .out = &out->figures,
		.arena = r->arena,
		.options = options,
		.has_labels = r->label != ROWS_NO_COLUMN,
		.has_predictions = r->prediction != ROWS_NO_COLUMN ||
		    r->score != ROWS_NO_COLUMN,
		.origin = { r->name, 0, 0 } };

	maker.whole = &out->whole.groups[0];
	figures_choose(&maker, r->complaints.diags);
	for (size_t i = 0; i < out->n_tables; i++)
		choose_reference(r, &out->tables[i], options);
	if (options->min_report > 0 &&
	    withhold(r, out, options->min_report) == -1)
		return -1;
	figures_add(&maker, &out->whole);
	for (size_t i = 0; i < out->n_tables; i++)
		figures_add(&maker, &out->tables[i]);
	return 0;
}

int
measure_prediction_rows(struct predictions *out, struct arena *arena,
    const struct scan_input *input, const struct prediction_columns *columns,
    const struct measure_options *options, struct diag_list *diags)
{
	struct rows r = { .arena = arena,
		.name = arena_str(arena, input->name),
		.columns = columns,
		.complaints = { .diags = diags } };

	*out = (struct predictions){ 0 };
	if (rows_count(&r, input) == -1 || take_tables(&r, out) == -1)
		return -1;
	return make_figures(&r, out, options);
}

int
measure_predictions(struct predictions *out, struct arena *arena,
    struct source *source, const struct prediction_columns *columns,
    const struct measure_options *options, struct diag_list *diags)
{
	struct scan_input input = scan_source(source);

	return measure_prediction_rows(
	    out, arena, &input, columns, options, diags);
}
