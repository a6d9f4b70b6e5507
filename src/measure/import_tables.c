#include <math.h>
#include <string.h>

#include "base/num.h"
#include "measure/fairness_guard.h"
#include "measure/import_classes.h"
#include "measure/import_implied.h"

/* From counts that an export has to tables of groups. */

/* While tables are made. */
struct tables {
	struct sheet *sheet;
	size_t variant;
	struct import *out;
};

static bool
is_counted(const struct sheet *sheet, const struct sheet_group *group)
{
	if (sheet->n_pairs > 0)
		return !group->is_spoilt && group->confusion != NULL;
	if (sheet->has_no_labels)
		return !group->is_spoilt && group->has[CELL_SELECTED] &&
		    group->has[CELL_REFUSED];
	return !group->is_spoilt && group->has[CELL_TP] &&
	    group->has[CELL_FP] && group->has[CELL_FN] && group->has[CELL_TN];
}

static void
take_counts(struct tables *t, struct sheet_group *group)
{
	struct sheet *sheet = t->sheet;
	struct group *made = arena_alloc(sheet->arena, sizeof(*made));
	double rows;

	made->name = group->name;
	made->is_missing = fairness_is_missing(group->name);
	for (size_t i = 0; i < CELL_COUNT; i++)
		made->counts.rows[i] = group->cells[i];
	made->confusion = group->confusion;
	rows = (double)group_rows(made);
	group->group = made;
	if (group->has_n && group->n != rows) {
		char said[NUM_SIZE], counted[NUM_SIZE];

		num_write(group->n, said);
		num_write(rows, counted);
		if (complaint(
			&sheet->complaints, DIAG_METRIC_RECOUNT, group->n_pos))
			diag_add(sheet->complaints.diags, DIAG_METRIC_RECOUNT,
			    group->n_pos, "%s rows, the counts make %s", said,
			    counted);
	}
	group->has_n = true;
	group->n = rows;
}

/* The counted groups of an attribute, from the i-th group on. */
static void
fill_table(struct tables *t, struct group_table *table, size_t i)
{
	const struct sheet *sheet = t->sheet;
	const char *attribute = sheet->groups[i]->attribute;

	table->attribute = attribute;
	table->groups =
	    arena_array(sheet->arena, sheet->n_groups, sizeof(struct group));
	for (; i < sheet->n_groups; i++) {
		const struct sheet_group *group = sheet->groups[i];

		if (group->variant != t->variant || group->group == NULL ||
		    strcmp(group->attribute, attribute) != 0)
			continue;
		if (group->group->is_missing)
			table->n_missing += group_rows(group->group);
		table->groups[table->n++] = *group->group;
	}
	group_table_sort(table);
	table->reference =
	    group_table_largest(table, sheet->options->missing_is_group);
}

static bool
has_table(const struct import *out, const char *attribute)
{
	for (size_t i = 0; i < out->n_tables; i++)
		if (strcmp(out->tables[i].attribute, attribute) == 0)
			return true;
	return false;
}

/* Whether the counts of every group of an attribute are known. */
static bool
is_complete(const struct tables *t, const char *attribute)
{
	for (size_t i = 0; i < t->sheet->n_groups; i++) {
		const struct sheet_group *group = t->sheet->groups[i];

		if (group->variant == t->variant && group->group == NULL &&
		    !(group->has_n && group->n == 0) &&
		    strcmp(group->attribute, attribute) == 0)
			return false;
	}
	return true;
}

/* Give a group the counts of all groups of a table. */
static void
sum_table(struct tables *t, const struct group_table *table, struct group *sum)
{
	sum->counts = (struct counts){ 0 };
	if (t->sheet->n_pairs > 0)
		sum->confusion =
		    confusion_sum(t->sheet->arena, table->groups, table->n);
	for (size_t k = 0; k < table->n && t->sheet->n_pairs == 0; k++)
		counts_merge(&sum->counts, &table->groups[k].counts);
}

/* The table with most rows, whose sum is the file as far as it is known. */
static void
sum_whole(struct tables *t)
{
	struct sheet *sheet = t->sheet;
	struct group *sum = arena_alloc(sheet->arena, sizeof(*sum));
	struct sheet_group *whole;

	sum->name = GROUP_OVERALL;
	for (size_t i = 0; i < t->out->n_tables; i++) {
		const struct group_table *table = &t->out->tables[i];
		struct group one = { .name = GROUP_OVERALL };

		if (!is_complete(t, table->attribute))
			continue;
		sum_table(t, table, &one);
		if (group_rows(&one) > group_rows(sum))
			*sum = one;
	}
	sheet->variant = t->variant;
	whole = sheet_whole(sheet, (struct pos){ sheet->name, 0, 0 });
	if (group_rows(sum) == 0 ||
	    (whole->has_n && whole->n != (double)group_rows(sum)))
		return;
	whole->group = sum;
	whole->has_n = true;
	whole->n = (double)group_rows(sum);
}

/* Groups with more rows than the file that they are of. */
static void
report_excess(struct tables *t, const char *attribute, const struct counts *sum)
{
	struct complaints *complaints = &t->sheet->complaints;
	const struct sheet_group *whole =
	    sheet_whole(t->sheet, (struct pos){ t->sheet->name, 0, 0 });

	if (counts_rows(sum) > counts_rows(&whole->group->counts) &&
	    complaint(complaints, DIAG_METRIC_RECOUNT, whole->pos))
		diag_add(complaints->diags, DIAG_METRIC_RECOUNT, whole->pos,
		    "the groups of \"%s\" have %llu rows, all rows are %llu",
		    attribute, counts_rows(sum),
		    counts_rows(&whole->group->counts));
}

/*
 * Where every row of the file that is in no group of an attribute has no value
 * of it, these rows are the group of the missing.
 */
static void
fill_missing(struct tables *t, struct group_table *table)
{
	const struct group *whole = t->out->whole.groups;
	struct sheet_group *missing;
	struct counts sum = { 0 };
	size_t i = 0;

	for (size_t k = 0; k < table->n; k++)
		counts_merge(&sum, &table->groups[k].counts);
	if (!is_complete(t, table->attribute) ||
	    counts_rows(&sum) >= group_rows(whole)) {
		report_excess(t, table->attribute, &sum);
		return;
	}
	for (enum cell cell = CELL_BLANK; cell < CELL_COUNT; cell++)
		if (sum.rows[cell] > whole->counts.rows[cell])
			return;
	missing = sheet_group(t->sheet, table->attribute, GROUP_MISSING,
	    (struct pos){ t->sheet->name, 0, 0 });
	if (missing->group != NULL)
		return;
	for (enum cell cell = CELL_BLANK; cell < CELL_COUNT; cell++)
		sheet_add(
		    missing, cell, whole->counts.rows[cell] - sum.rows[cell]);
	take_counts(t, missing);
	while (t->sheet->groups[i]->group == NULL ||
	    strcmp(t->sheet->groups[i]->attribute, table->attribute) != 0)
		i++;
	*table = (struct group_table){ 0 };
	fill_table(t, table, i);
}

void
sheet_tables(struct sheet *sheet, size_t variant, struct import *out)
{
	struct tables own = { sheet, variant, out }, *t = &own;
	struct sheet_group *whole = NULL;

	out->tables =
	    arena_array(sheet->arena, sheet->n_groups, sizeof(out->tables[0]));
	for (size_t i = 0; i < sheet->n_groups; i++) {
		struct sheet_group *group = sheet->groups[i];

		if (group->variant == t->variant && is_counted(sheet, group) &&
		    !sheet->is_weighted)
			take_counts(t, group);
	}
	for (size_t i = 0; i < sheet->n_groups; i++) {
		const struct sheet_group *group = sheet->groups[i];

		if (group->group != NULL && *group->attribute != '\0' &&
		    !has_table(out, group->attribute))
			fill_table(t, &out->tables[out->n_tables++], i);
	}
	for (size_t i = 0; i < sheet->n_groups && whole == NULL; i++)
		if (sheet->groups[i]->variant == t->variant &&
		    *sheet->groups[i]->attribute == '\0')
			whole = sheet->groups[i];
	if ((whole == NULL || whole->group == NULL) && out->n_tables > 0)
		sum_whole(t);
	for (size_t i = 0; i < sheet->n_groups; i++)
		if (*sheet->groups[i]->attribute == '\0' &&
		    sheet->groups[i]->group != NULL)
			out->whole = (struct group_table){ .attribute = "",
				.groups = sheet->groups[i]->group,
				.n = 1 };
	for (size_t i = 0;
	     i < out->n_tables && out->whole.n > 0 && sheet->rest_is_missing;
	     i++)
		fill_missing(t, &out->tables[i]);
}
