#include <string.h>

#include "app/measure.h"
#include "app/measure_input.h"
#include "measure/disparity.h"
#include "measure/fairness_guard.h"
#include "measure/import.h"

/* From an export of another program to tables and what is stated beside. */

/* An export while it is taken into a measurement. */
struct taking {
	struct measurement *m;
	struct measure_request *request;
	struct import *import;
	bool is_into_counts;
	struct diag_list *diags;
};

static const struct group_table *
find_table(const struct import *import, const char *attribute)
{
	for (size_t i = 0; i < import->n_tables; i++)
		if (strcmp(import->tables[i].attribute, attribute) == 0)
			return &import->tables[i];
	return NULL;
}

/* Whether the export has figures of an attribute. */
static bool
is_stated(const struct import *import, const char *attribute)
{
	for (const struct figure *f = import->figures.first; f != NULL;
	     f = f->next)
		if (strcmp(f->attribute, attribute) == 0)
			return true;
	return false;
}

/* The one attribute that the export has; NULL when there are others. */
static const char *
only_attribute(const struct import *import)
{
	const char *only = NULL;

	for (const struct figure *f = import->figures.first; f != NULL;
	     f = f->next) {
		if (fairness_is_whole(f))
			continue;
		if (only != NULL && strcmp(only, f->attribute) != 0)
			return NULL;
		only = f->attribute;
	}
	return only;
}

/*
 * Some exports leave the name of their attribute out: when there is one and
 * one is asked for, that is its name.
 */
static void
name_attribute(struct taking *t)
{
	const struct prediction_columns *c = &t->request->columns;
	const char *only = only_attribute(t->import);

	if (c->n_attributes != 1 || only == NULL ||
	    strcmp(c->attributes[0], only) == 0 ||
	    strchr(c->attributes[0], '*') != NULL ||
	    (strcmp(only, "group") != 0 &&
		strncmp(only, "sensitive_feature_", 18) != 0))
		return;
	for (struct figure *f = t->import->figures.first; f != NULL;
	     f = f->next)
		if (!fairness_is_whole(f))
			f->attribute = c->attributes[0];
	for (struct figure *f = t->import->between.first; f != NULL;
	     f = f->next)
		if (strcmp(f->attribute, only) == 0)
			f->attribute = c->attributes[0];
	for (size_t i = 0; i < t->import->n_tables; i++)
		t->import->tables[i].attribute = c->attributes[0];
}

/* The numbers of the columns of an attribute among those of a table. */
static bool
is_covered(struct arena *arena, const char *attribute, const char *table)
{
	struct intern names = { .arena = arena };
	uint32_t columns[WITHHOLD_COLUMNS];
	size_t n = fairness_split(&names, table, columns), most = names.n;

	n = fairness_split(&names, attribute, columns);
	return n > 0 && names.n == most;
}

/* A table that has every attribute that is asked for, or NULL. */
static const struct group_table *
covering(const struct taking *t)
{
	const struct prediction_columns *c = &t->request->columns;

	for (size_t i = 0; i < t->import->n_tables; i++) {
		const struct group_table *table = &t->import->tables[i];
		size_t k = 0;

		while (k < c->n_attributes &&
		    is_covered(t->m->arena, c->attributes[k], table->attribute))
			k++;
		if (k == c->n_attributes)
			return table;
	}
	return NULL;
}

/* The parts of a name, each as a field of CSV; a missing one is empty. */
static void
put_parts(struct text *out, struct arena *arena, const char *name)
{
	struct intern parts = { .arena = arena };
	uint32_t numbers[WITHHOLD_COLUMNS];
	size_t n = fairness_split(&parts, name, numbers);

	for (size_t i = 0; i < n; i++) {
		const char *part = parts.entries[numbers[i]].p;

		text_put_csv(out, strcmp(part, GROUP_MISSING) == 0 ? "" : part);
		text_putc(out, ',');
	}
}

/* Lines of counts of a group of several classes. */
static void
put_classes(struct text *out, struct arena *arena, const struct group *group)
{
	const struct confusion *c = group->confusion;

	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k <= c->n; k++) {
			unsigned long long n = k < c->n ?
			    c->cell_rows[i * c->n + k] :
			    c->unpredicted[i].rows;

			if (n == 0)
				continue;
			put_parts(out, arena, group->name);
			text_put_csv(out, c->classes[i]);
			text_putc(out, ',');
			text_put_csv(out, k < c->n ? c->classes[k] : "");
			text_printf(out, ",%llu\n", n);
		}
}

/* The counts of the groups of a table as a counts file. */
static void
put_counts(
    struct text *out, struct arena *arena, const struct group_table *table)
{
	static const char *const words[BINARY_COUNT] = { "", "0", "1" };

	put_parts(out, arena, table->attribute);
	text_puts(out, "label,prediction,n\n");
	for (size_t i = 0; i < table->n; i++)
		if (table->groups[i].confusion != NULL)
			put_classes(out, arena, &table->groups[i]);
	for (size_t i = 0; i < table->n; i++)
		for (enum cell cell = CELL_BLANK; cell < CELL_COUNT; cell++) {
			unsigned long long n =
			    table->groups[i].counts.rows[cell];

			if (n == 0)
				continue;
			put_parts(out, arena, table->groups[i].name);
			text_printf(out, "%s,%s,%llu\n",
			    words[cell / BINARY_COUNT],
			    words[cell % BINARY_COUNT], n);
		}
}

/* The reference of a table is that of its attribute, unless one is named. */
static void
name_reference(struct taking *t, const struct group_table *table)
{
	struct measure_options *o = &t->request->options;
	struct measure_reference *list =
	    arena_array(t->m->arena, o->n_references + 1, sizeof(*list));

	if (table->reference == NULL)
		return;
	list[0] = (struct measure_reference){ .attribute = table->attribute,
		.group = table->reference->name };
	if (o->n_references > 0)
		memcpy(
		    &list[1], o->references, o->n_references * sizeof(*list));
	o->references = list;
	o->n_references++;
}

/* Tables of one that has them all: its margins, and what has no row. */
static int
take_margins(struct taking *t, const struct group_table *table)
{
	const char **own = arena_array(t->m->arena, 1, sizeof(own[0]));
	struct text counts = { 0 };
	int rc;

	name_reference(t, table);
	own[0] = table->attribute;
	if (t->request->columns.n_attributes == 0) {
		t->request->columns.attributes = own;
		t->request->columns.n_attributes = 1;
	}
	put_counts(&counts, t->m->arena, table);
	rc = measure_counts_text(
	    t->m, t->request, &counts, t->is_into_counts, t->diags);
	text_free(&counts);
	return rc;
}

/*
 * Leave out tables that lack a group, since it would be missed among all that
 * compare groups: their figures are stated together instead.
 */
static void
drop_incomplete(struct import *import)
{
	size_t n = 0;

	for (size_t i = 0; i < import->n_tables; i++) {
		const struct group_table *table = &import->tables[i];
		const struct figure *f = import->figures.first;

		while (f != NULL &&
		    (strcmp(f->attribute, table->attribute) != 0 ||
			group_table_find(table, f->group) != NULL))
			f = f->next;
		if (f == NULL)
			import->tables[n++] = *table;
	}
	import->n_tables = n;
}

/* Tables as the export has them. */
static int
take_tables(struct taking *t)
{
	const struct prediction_columns *c = &t->request->columns;
	struct predictions *data = &t->m->data;

	if (c->n_attributes == 0) {
		data->tables = t->import->tables;
		data->n_tables = t->import->n_tables;
		return 0;
	}
	data->tables =
	    arena_array(t->m->arena, c->n_attributes, sizeof(data->tables[0]));
	for (size_t i = 0; i < c->n_attributes; i++) {
		const struct group_table *table =
		    find_table(t->import, c->attributes[i]);

		if (table != NULL) {
			data->tables[data->n_tables++] = *table;
		} else if (!is_stated(t->import, c->attributes[i])) {
			diag_add(t->diags, DIAG_CSV_COLUMN,
			    (struct pos){ t->m->name, 1, 1 },
			    "\"%s\": %s has no such attribute, and none that "
			    "it is part of",
			    c->attributes[i], t->import->shape);
			return -1;
		}
	}
	return 0;
}

static bool
has_all(const struct taking *t)
{
	const struct prediction_columns *c = &t->request->columns;

	for (size_t i = 0; i < c->n_attributes; i++)
		if (find_table(t->import, c->attributes[i]) == NULL)
			return false;
	return true;
}

/* Whether rows of these cells are known in any group or the whole. */
static bool
has_cells(const struct import *import, const cell_factors cells)
{
	if (import->whole.n > 0)
		return counts_rows_of(&import->whole.groups[0].counts, cells) >
		    0;
	for (size_t i = 0; i < import->n_tables; i++)
		for (size_t k = 0; k < import->tables[i].n; k++)
			if (counts_rows_of(
				&import->tables[i].groups[k].counts, cells) > 0)
				return true;
	return false;
}

/* The whole, or what the largest table sums to. */
static void
take_whole(struct taking *t)
{
	struct measurement *m = t->m;
	struct group *sum;

	if (t->import->whole.n > 0) {
		m->data.whole = t->import->whole;
	} else if (m->data.whole.n == 0) {
		sum = arena_alloc(m->arena, sizeof(*sum));
		sum->name = GROUP_OVERALL;
		for (size_t k = 0;
		     m->data.n_tables > 0 && k < m->data.tables[0].n; k++)
			counts_merge(
			    &sum->counts, &m->data.tables[0].groups[k].counts);
		m->data.whole = (struct group_table){
			.attribute = "", .groups = sum, .n = 1
		};
	}
	m->whole_is_unknown = t->import->whole.n == 0;
	m->whole = &m->data.whole.groups[0];
	m->data.n_rows = group_rows(m->whole);
}

/* Whether labels and predictions are counted. */
static void
note_cells(struct taking *t)
{
	static const cell_factors labelled = { [CELL_NEGATIVE] = 1,
		[CELL_TN] = 1,
		[CELL_FP] = 1,
		[CELL_POSITIVE] = 1,
		[CELL_FN] = 1,
		[CELL_TP] = 1 };
	static const cell_factors predicted = { [CELL_REFUSED] = 1,
		[CELL_SELECTED] = 1,
		[CELL_TN] = 1,
		[CELL_FP] = 1,
		[CELL_FN] = 1,
		[CELL_TP] = 1 };

	const bool has_classes = t->import->n_tables > 0 ?
	    t->import->tables[0].groups[0].confusion != NULL :
	    t->import->whole.n > 0 &&
		t->import->whole.groups[0].confusion != NULL;

	if (has_classes)
		t->request->columns.kind = PREDICTION_CLASSES;
	t->m->has_labels = has_classes || has_cells(t->import, labelled);
	t->m->has_predictions = has_classes || has_cells(t->import, predicted);
}

static int
take(struct taking *t)
{
	const struct group_table *cover = covering(t);
	int rc;

	if (cover != NULL && (t->import->n_tables == 1 || !has_all(t)))
		rc = take_margins(t, cover);
	else
		rc = take_tables(t);
	t->request->columns.label = t->request->columns.prediction = NULL;
	if (rc == 0)
		take_whole(t);
	return rc;
}

/* Counts alone, of the one table that has every attribute. */
static int
take_counts(struct taking *t)
{
	const struct group_table *cover = covering(t);

	if (cover != NULL &&
	    (t->import->n_tables == 1 || t->request->columns.n_attributes > 0))
		return take_margins(t, cover);
	diag_add(t->diags, DIAG_EXPORT_GROUPS, (struct pos){ t->m->name, 1, 1 },
	    "no one table has the counts of every group; choose with --by");
	return -1;
}

int
measure_export(struct measurement *m, struct measure_request *request,
    struct measure_input *input, bool into_counts, struct diag_list *diags)
{
	struct taking t = { m, request,
		arena_alloc(m->arena, sizeof(struct import)), into_counts,
		diags };
	struct prediction_columns *c = &request->columns;
	struct source source;

	if (measure_input_whole(input, &source, diags) == -1 ||
	    measure_import(
		t.import, m->arena, &source, &request->options, diags) == -1)
		return -1;
	m->export = t.import;
	for (const struct diag *d = diags->first; d != NULL; d = d->next)
		m->is_belied = m->is_belied || d->id == DIAG_METRIC_RECOUNT;
	if (t.import->rows != NULL)
		return measure_rows_text(m, request, into_counts, diags);
	c->label = c->prediction = c->score = c->weight = NULL;
	name_attribute(&t);
	drop_incomplete(t.import);
	note_cells(&t);
	return into_counts ? take_counts(&t) : take(&t);
}

/* What is stated alone. */

/* Whether rows that are counted give the figure, or hide it. */
static bool
is_counted(const struct measurement *m, const struct figure *figure)
{
	const struct group *group = NULL;

	if (fairness_is_whole(figure) && !m->whole_is_unknown)
		group = m->whole;
	for (size_t i = 0; i < m->data.n_tables && group == NULL; i++)
		if (strcmp(m->data.tables[i].attribute, figure->attribute) == 0)
			group =
			    group_table_find(&m->data.tables[i], figure->group);
	if (group == NULL)
		return false;
	if (group->is_withheld)
		return true;
	for (size_t i = 0; i < m->n_known; i++)
		if (strcmp(m->known[i]->name, figure->metric) == 0)
			return true;
	return false;
}

/* Whether the attribute and the metric are asked for, as all are by default. */
static bool
is_asked(const struct measurement *m, const struct figure *figure)
{
	const struct measure_options *o = &m->request->options;
	const struct prediction_columns *c = &m->request->columns;
	bool is_in = c->n_attributes == 0 || fairness_is_whole(figure);

	for (size_t i = 0; i < c->n_attributes && !is_in; i++)
		is_in = strcmp(c->attributes[i], figure->attribute) == 0;
	if (!is_in || m->request->all_metrics || o->metrics == NULL)
		return is_in;
	for (size_t i = 0; i < o->n_metrics; i++) {
		const struct metric *metric = metric_resolve(
		    m->arena, o->metrics[i], strlen(o->metrics[i]), NULL);

		if (metric != NULL && strcmp(metric->name, figure->metric) == 0)
			return true;
	}
	return false;
}

void
measure_compare_stated(struct measurement *m)
{
	const struct figure **list = arena_array(
	    m->arena, m->export->figures.n, sizeof(const struct figure *));
	struct disparity_maker maker = { .out = &m->stated_disparities,
		.arena = m->arena,
		.options = &m->request->compare,
		.whole = m->whole };
	size_t n = 0;

	for (const struct figure *f = m->export->figures.first; f != NULL;
	     f = f->next)
		if (is_asked(m, f) && !is_counted(m, f))
			list[n++] = f;
	m->stated = list;
	m->n_stated = n;
	for (size_t i = 0, run; i < n; i += run) {
		const struct metric *metric = metric_resolve(
		    m->arena, list[i]->metric, strlen(list[i]->metric), NULL);

		run = measure_stated_run(&list[i], n - i);
		if (metric != NULL && !fairness_is_whole(list[i]))
			disparity_add_figures(&maker, metric, &list[i], run);
	}
}
