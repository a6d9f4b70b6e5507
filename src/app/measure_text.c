#include <string.h>

#include "app/measure.h"
#include "app/measure_against.h"
#include "app/measure_control.h"
#include "app/measure_interval.h"
#include "app/measure_sentence.h"
#include "app/measure_show.h"
#include "app/measure_table.h"
#include "base/num.h"
#include "measure/unobserved.h"
#include "model/figure.h"

/* The table for people. */

/* Whether a metric is defined in any group that may be shown. */
static bool
is_measured(const struct measurement *m, const struct group_table *table,
    const struct metric *metric)
{
	struct metric_value value;

	for (size_t i = 0; i < table->n; i++) {
		if (!measure_is_shown(&table->groups[i]))
			continue;
		metric_measure(metric, &table->groups[i], m->whole, &value);
		if (value.defined)
			return true;
	}
	return false;
}

/* The comparison of a group within the strata of each control. */
static void
put_controlled(struct text *out, const struct measurement *m,
    const struct group_table *table, const struct metric *metric,
    const struct disparity *d)
{
	const struct group *group;
	struct control controlled;

	if (m->request->n_controls == 0 || d->is_withheld ||
	    d->is_reference_withheld)
		return;
	group = group_table_find(table, d->group.group);
	for (size_t i = 0; i < m->request->n_controls; i++) {
		struct text line = { 0 };

		if (!measure_controlled(m, table, metric, group,
			m->request->controls[i], &controlled))
			continue;
		control_put_sentence(&line, &controlled);
		table_put_sentence(out, m, &line);
		text_free(&line);
	}
}

void
measure_put_family(struct text *out, const struct measurement *m,
    const struct group_table *table, const struct metric *metric,
    const struct disparity_family *family)
{
	struct text line = { 0 };

	if (family == NULL)
		return;
	for (const struct disparity *d = family->first; d != NULL;
	     d = d->next) {
		text_clear(&line);
		sentence_put_disparity(&line, metric, family, d);
		table_put_sentence(out, m, &line);
		if (table != NULL)
			put_controlled(out, m, table, metric, d);
	}
	text_clear(&line);
	if (family->n > 1)
		sentence_put_family(&line, family);
	if (line.n > 0)
		table_put_sentence(out, m, &line);
	text_free(&line);
}

/* How the intervals were made, or why there are none. */
static void
put_notes(struct text *out, const struct measurement *m,
    const struct group_table *table, const struct metric *metric)
{
	const struct group **groups =
	    arena_array(m->arena, table->n, sizeof(groups[0]));
	struct text line = { 0 };

	for (size_t i = 0; i < table->n; i++)
		groups[i] = &table->groups[i];
	interval_put_notes(&line, m, metric, groups, table->n);
	if (line.n > 0)
		table_put_sentence(out, m, &line);
	text_free(&line);
}

/*
 * One metric of every group of an attribute; nothing when none has it: the
 * tables of the whole file say why.
 */
static void
put_groups(struct text *out, const struct measurement *m,
    const struct group_table *table, const struct metric *metric)
{
	struct table t = { .m = m,
		.title = metric_label(metric->name),
		.n = table->n,
		.rows = arena_array(m->arena, table->n, sizeof(t.rows[0])) };

	if (!is_measured(m, table, metric))
		return;
	for (size_t i = 0; i < table->n; i++)
		t.rows[i] = (struct table_row){ .name = table->groups[i].name,
			.group = &table->groups[i],
			.metric = metric,
			.is_reference = &table->groups[i] == table->reference };
	table_put_measured(out, &t);
	put_notes(out, m, table, metric);
	measure_put_family(
	    out, m, table, metric, measure_family(m, table, metric));
	text_putc(out, '\n');
}

/* How the rows of the file divide into groups. */
static void
put_rows(struct text *out, const struct measurement *m,
    const struct group_table *table)
{
	static const struct metric share = { .name = "rows",
		.kind = METRIC_SHARE };
	struct table t = { .m = m, .title = "Rows", .scale = 1, .n = table->n };
	double all = (double)group_rows(m->whole), hidden = 0;

	t.rows = arena_array(m->arena, table->n, sizeof(t.rows[0]));
	for (size_t i = 0; i < table->n; i++) {
		const struct group *group = &table->groups[i];
		struct table_row *row = &t.rows[i];
		double n = (double)group_rows(group);

		*row = (struct table_row){ .name = group->name,
			.group = group,
			.metric = &share,
			.is_reference = group == table->reference,
			.is_hidden = group->n_is_withheld,
			.value = { .defined = true, .value = n / all } };
		hidden += row->is_hidden ? n : 0;
		if (!row->is_hidden)
			show_count(&row->counts, n);
	}
	table_put(out, &t);
	if (hidden > 0 && !m->whole->n_is_withheld) {
		struct text line = { 0 };

		text_puts(&line, "withheld groups together: ");
		show_count(&line, hidden);
		show_blanks(out, TABLE_INDENT);
		show_wrapped(out, text_str(&line), TABLE_INDENT,
		    TABLE_INDENT + 2, m->width);
		text_free(&line);
	}
	text_putc(out, '\n');
}

/* Combinations without rows, by name. */
static void
put_unobserved(struct text *out, const struct measurement *m,
    const struct group_table *table)
{
	const char *names[UNOBSERVED_MOST];
	size_t n = unobserved_names(names, m->arena, table, UNOBSERVED_MOST);
	struct text line = { 0 }, safe = { 0 };

	if (n == 0)
		return;
	text_puts(&line, "No row is ");
	for (size_t i = 0; i < n; i++)
		text_printf(&line, "%s%s", i > 0 ? ", " : "", names[i]);
	if (table->n_unobserved > n)
		text_printf(&line, " and %llu more", table->n_unobserved - n);
	text_put_shown(&safe, text_str(&line), line.n);
	show_wrapped(out, text_str(&safe), 0, 2, m->width);
	text_putc(out, '\n');
	text_free(&safe);
	text_free(&line);
}

/* Whether two metrics can stand below one scale. */
static bool
is_alike(const struct metric *a, const struct metric *b)
{
	return show_is_share(a) == show_is_share(b) &&
	    (a->kind == METRIC_NUMBER) == (b->kind == METRIC_NUMBER);
}

/* The metrics of the whole file, by tables of those that are alike. */
static void
put_whole(struct text *out, const struct measurement *m)
{
	size_t i = 0;

	while (i < m->n_metrics) {
		struct table t = { .m = m, .title = "All rows" };

		t.rows = arena_array(m->arena, m->n_metrics, sizeof(t.rows[0]));
		for (; i < m->n_metrics &&
		     (t.n == 0 || is_alike(t.rows[0].metric, m->metrics[i]));
		     i++)
			t.rows[t.n++] = (struct table_row){
				.name = metric_label(m->metrics[i]->name),
				.group = m->whole,
				.metric = m->metrics[i]
			};
		table_put_measured(out, &t);
		text_putc(out, '\n');
	}
}

static void
put_named(struct text *line, const char *what, const char *name)
{
	if (name != NULL)
		text_printf(line, ", %s %s", what, name);
}

/* What was read and how. */
static void
put_file(struct text *out, const struct measurement *m)
{
	const struct prediction_columns *c = &m->request->columns;
	struct text line = { 0 }, safe = { 0 };

	text_printf(&line, "%s: ", m->name);
	if (m->export != NULL)
		text_printf(&line, "%s%s", m->export->shape,
		    m->whole_is_unknown ? "" : ", ");
	if (m->whole->n_is_withheld)
		text_puts(&line, "withheld rows");
	else if (!m->whole_is_unknown) {
		show_count(&line, (double)m->data.n_rows);
		text_puts(&line, " rows");
	}
	put_named(&line, "label", c->label);
	put_named(&line, "prediction", c->prediction);
	put_named(&line, "score", c->score);
	put_named(&line, "weight", c->weight);
	if (c->prediction == NULL && c->score != NULL) {
		char number[NUM_SIZE];

		num_write(c->threshold, number);
		text_printf(&line, ", selected from %s on", number);
	}
	text_put_shown(&safe, text_str(&line), line.n);
	show_wrapped(out, text_str(&safe), 0, 2, m->width);
	text_free(&safe);
	text_free(&line);
	if (!measure_is_shown(m->whole)) {
		text_putc(out, '\n');
		return;
	}
	if (m->data.n_bad > 0)
		text_printf(out, "%llu rows are left out for a bad cell\n",
		    m->data.n_bad);
	if (m->data.n_no_label > 0 && c->label != NULL)
		text_printf(
		    out, "%llu rows have no label\n", m->data.n_no_label);
	if (m->data.n_no_prediction > 0 && c->prediction != NULL)
		text_printf(out, "%llu rows have no prediction\n",
		    m->data.n_no_prediction);
	text_putc(out, '\n');
}

/* The line above the tables of an attribute, and what they leave out. */
static void
put_attribute(struct text *out, const struct measurement *m,
    const struct group_table *table)
{
	struct text line = { 0 }, safe = { 0 };

	text_put_shown(&safe, table->attribute, strlen(table->attribute));
	table_put_bold(out, m, text_str(&safe));
	text_clear(&safe);
	text_printf(&line, "%zu groups", table->n);
	if (table->reference != NULL)
		text_printf(&line, "; compared with %s (%s)",
		    table->reference->name, m->is_ascii ? "*" : "\u2020");
	if (measure_missing_is_shown(m, table)) {
		text_puts(&line, "; ");
		show_count(&line, (double)table->n_missing);
		text_puts(&line, " rows without a value");
	}
	if (table->n_unobserved > 0)
		text_printf(&line, "; %llu of %llu combinations have no row",
		    table->n_unobserved, table->n_possible);
	text_put_shown(&safe, text_str(&line), line.n);
	text_putc(out, '\n');
	show_wrapped(out, text_str(&safe), 0, 2, m->width);
	text_putc(out, '\n');
	text_free(&line);
	text_free(&safe);
}

void
measure_put_text(struct text *out, const struct measurement *m)
{
	put_file(out, m);
	if (!m->whole_is_unknown)
		put_whole(out, m);
	for (size_t i = 0; i < m->data.n_tables; i++) {
		const struct group_table *table = &m->data.tables[i];

		put_attribute(out, m, table);
		put_rows(out, m, table);
		put_unobserved(out, m, table);
		for (size_t k = 0; k < m->n_metrics; k++)
			put_groups(out, m, table, m->metrics[k]);
	}
	measure_put_stated_text(out, m);
	against_put_text(out, m);
}
