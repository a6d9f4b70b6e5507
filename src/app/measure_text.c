#include <math.h>
#include <string.h>

#include "app/measure.h"
#include "app/measure_control.h"
#include "app/measure_interval.h"
#include "app/measure_sentence.h"
#include "app/measure_show.h"
#include "base/num.h"
#include "base/width.h"
#include "model/figure.h"

/* The table for people. */

enum {
	NAME_MOST = 32,
	NAME_LEAST = 8,
	VALUE_WIDTH = 8,
	BAR_LEAST = 6,
	GAP = 2,
	INDENT = 2
};

/* A row of a table: a group, or a metric of the whole file. */
struct row {
	const char *name;
	const struct group *group;
	const struct metric *metric;
	bool is_reference, is_hidden;
	struct metric_value value;
	bool has_interval;
	struct text counts, interval_text;
};

struct table {
	const struct measurement *m;
	const char *title;
	struct row *rows;
	size_t n;
	size_t name, counts, interval, bar; /* columns; 0: none */
	double scale;                       /* the end of the bars; 0: none */
};

static void
put_bold(struct text *out, const struct measurement *m, const char *s)
{
	if (m->has_colour)
		text_puts(out, "\033[1m");
	text_puts(out, s);
	if (m->has_colour)
		text_puts(out, "\033[0m");
}

static void
fill_row(struct row *row, const struct measurement *m)
{
	const struct metric_value *v = &row->value;
	struct uncertainty u;

	metric_measure(row->metric, row->group, m->whole, &row->value);
	if (row->is_hidden || !v->defined)
		return;
	if (v->has_counts) {
		show_count(&row->counts, v->numerator);
		text_putc(&row->counts, '/');
		show_count(&row->counts, v->denominator);
	}
	measure_interval(m, row->metric, row->group, v, &u);
	row->has_interval = u.method != NULL;
	if (row->has_interval)
		show_interval(
		    &row->interval_text, row->metric, u.lower, u.upper);
}

static size_t
most(size_t a, size_t b)
{
	return a > b ? a : b;
}

/* Share out the columns of the terminal. */
static void
lay_out(struct table *t)
{
	size_t used;

	t->name = NAME_LEAST;
	for (size_t i = 0; i < t->n; i++) {
		const struct row *row = &t->rows[i];
		size_t extra = row->is_reference ? 2 : 0;

		t->name = most(t->name,
		    width_of_text(row->name, strlen(row->name)) + extra);
		t->counts = most(t->counts, row->counts.n);
		t->interval = most(t->interval, row->interval_text.n);
	}
	if (t->name > NAME_MOST)
		t->name = NAME_MOST;
	if (t->name > t->m->width / 3)
		t->name = t->m->width / 3;
	used = INDENT + t->name + GAP + VALUE_WIDTH +
	    (t->counts > 0 ? GAP + t->counts : 0) +
	    (t->interval > 0 ? GAP + t->interval : 0);
	if (t->scale > 0 && used + GAP + BAR_LEAST <= t->m->width)
		t->bar = t->m->width - used - GAP;
}

/* The end of the bars: none where a value is negative or infinite. */
static void
find_scale(struct table *t)
{
	double largest = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct row *row = &t->rows[i];

		if (row->is_hidden || !row->value.defined)
			continue;
		if (row->value.value < 0 || isinf(row->value.value))
			return;
		if (row->value.value > largest)
			largest = row->value.value;
	}
	if (largest > 0)
		t->scale = show_scale(largest);
}

/* "0 to 50 %" */
static void
put_scale(struct text *out, const struct metric *metric, double scale)
{
	char number[NUM_SIZE];

	num_write(show_is_share(metric) ? 100 * scale : scale, number);
	text_printf(
	    out, "0 to %s%s", number, show_is_share(metric) ? " %" : "");
}

/* The line above a table: what it is of, the scale, the interval. */
static void
put_head(struct text *out, const struct table *t)
{
	const struct metric *metric = t->rows[0].metric;
	size_t left = INDENT + t->name + (t->counts > 0 ? GAP + t->counts : 0) +
	    GAP + VALUE_WIDTH;
	size_t start = out->n, used;
	struct text head = { 0 };
	char percent[NUM_SIZE];

	text_puts(out, t->title);
	used = width_of_text(out->p + start, out->n - start);
	if (t->bar > 0)
		put_scale(&head, metric, t->scale);
	if (head.n > 0 && used < left + GAP && t->bar >= head.n) {
		show_blanks(out, left + GAP - used);
		text_puts(out, text_str(&head));
		used = left + GAP + head.n;
	}
	text_clear(&head);
	num_write(100 * t->m->request->options.confidence, percent);
	text_printf(&head, "%s %% interval", percent);
	if (t->interval > 0 && used + GAP + head.n <= t->m->width) {
		show_blanks(out, t->m->width - used - head.n);
		text_puts(out, text_str(&head));
	}
	text_free(&head);
	text_putc(out, '\n');
}

/* Why there is no value, behind so many columns. */
static void
put_reason(
    struct text *out, const struct table *t, const struct row *row, size_t left)
{
	struct text reason = { 0 };

	show_blanks(out, GAP);
	if (row->is_hidden)
		text_puts(&reason, "withheld");
	else
		text_printf(&reason, "not estimable: %s", row->value.reason);
	show_wrapped(out, text_str(&reason), left, left, t->m->width);
	text_free(&reason);
}

/* A name in its column; a longer one has lines of its own above the row. */
static void
put_name(struct text *out, const struct table *t, const struct text *name)
{
	struct text safe = { 0 };
	bool fits;

	text_put_shown(&safe, text_str(name), name->n);
	fits = width_of_text(text_str(&safe), safe.n) <= t->name;
	show_blanks(out, INDENT);
	if (!fits) {
		show_wrapped(out, text_str(&safe), INDENT, 2 * (size_t)INDENT,
		    t->m->width);
		show_blanks(out, INDENT);
	}
	show_cell(
	    out, fits ? text_str(name) : "", t->name, false, t->m->is_ascii);
	text_free(&safe);
}

static void
put_row(struct text *out, const struct table *t, const struct row *row)
{
	const struct measurement *m = t->m;
	struct text cell = { 0 };
	size_t start;

	text_puts(&cell, row->name);
	if (row->is_reference)
		text_puts(&cell, m->is_ascii ? " *" : " \u2020");
	put_name(out, t, &cell);
	if (row->is_hidden || !row->value.defined) {
		put_reason(out, t, row, INDENT + t->name + GAP);
		text_free(&cell);
		return;
	}
	if (t->counts > 0) {
		show_blanks(out, GAP);
		show_cell(
		    out, text_str(&row->counts), t->counts, true, m->is_ascii);
	}
	show_blanks(out, GAP);
	text_clear(&cell);
	show_value(&cell, row->metric, row->value.value);
	show_cell(out, text_str(&cell), VALUE_WIDTH, true, m->is_ascii);
	text_clear(&cell);
	start = out->n;
	if (t->bar > 0) {
		show_blanks(out, GAP);
		show_bar(
		    &cell, row->value.value / t->scale, t->bar, m->is_ascii);
		text_puts(out, text_str(&cell));
	}
	if (row->has_interval) {
		if (t->bar > 0)
			show_blanks(out,
			    t->bar + GAP -
				width_of_text(out->p + start, out->n - start));
		show_blanks(out, GAP);
		show_cell(out, text_str(&row->interval_text), t->interval, true,
		    m->is_ascii);
	}
	text_putc(out, '\n');
	text_free(&cell);
}

/* Print a table whose rows are filled. */
static void
put_filled(struct text *out, struct table *t)
{
	lay_out(t);
	put_head(out, t);
	for (size_t i = 0; i < t->n; i++) {
		put_row(out, t, &t->rows[i]);
		text_free(&t->rows[i].counts);
		text_free(&t->rows[i].interval_text);
	}
}

static void
put_table(struct text *out, struct table *t)
{
	for (size_t i = 0; i < t->n; i++) {
		t->rows[i].is_hidden = !measure_is_shown(t->rows[i].group);
		fill_row(&t->rows[i], t->m);
	}
	find_scale(t);
	put_filled(out, t);
}

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

/* Make a verdict behind an arrow stand out, from a place of the text on. */
static void
colour_verdict(
    struct text *out, size_t start, const char *verdict, const char *colour)
{
	const char *arrow = strstr(text_str(out) + start, "->");
	const char *at = arrow != NULL ? strstr(arrow, verdict) : NULL;
	struct text rest = { 0 };
	size_t n = strlen(verdict);

	/* Only blanks may stand between: else it is "no finding". */
	if (at == NULL || strspn(arrow + 2, " \n") != (size_t)(at - arrow - 2))
		return;
	text_puts(&rest, at + n);
	text_cut(out, (size_t)(at - out->p));
	text_printf(out, "%s%s\033[0m%s", colour, verdict, text_str(&rest));
	text_free(&rest);
}

/* A sentence below a table, its verdict in colour. */
static void
put_sentence(
    struct text *out, const struct measurement *m, const struct text *line)
{
	struct text safe = { 0 };
	size_t start = out->n;

	text_put_shown(&safe, text_str(line), line->n);
	show_blanks(out, INDENT);
	show_wrapped(
	    out, text_str(&safe), INDENT, 2 * (size_t)INDENT, m->width);
	if (m->has_colour) {
		colour_verdict(out, start, "finding", "\033[31m");
		colour_verdict(out, start, "watch", "\033[33m");
	}
	text_free(&safe);
}

/* The comparison of a group within the strata of each control. */
static void
put_controlled(struct text *out, const struct measurement *m,
    const struct group_table *table, const struct metric *metric,
    const struct disparity *d)
{
	const struct group *group = group_table_find(table, d->group.group);
	struct controlled controlled;

	for (size_t i = 0; i < m->request->n_controls; i++) {
		struct text line = { 0 };

		if (d->is_withheld || d->is_reference_withheld ||
		    !control_measure(m, table, metric, group,
			m->request->controls[i], &controlled))
			continue;
		control_put_sentence(&line, &controlled, d->group.group,
		    table->reference->name, m->request->options.confidence);
		put_sentence(out, m, &line);
		text_free(&line);
	}
}

/* The comparisons of a metric, and whether there is any difference. */
static void
put_family(struct text *out, const struct measurement *m,
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
		put_sentence(out, m, &line);
		put_controlled(out, m, table, metric, d);
	}
	text_clear(&line);
	if (family->n > 1)
		sentence_put_family(&line, family);
	if (line.n > 0)
		put_sentence(out, m, &line);
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
		put_sentence(out, m, &line);
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
		t.rows[i] = (struct row){ .name = table->groups[i].name,
			.group = &table->groups[i],
			.metric = metric,
			.is_reference = &table->groups[i] == table->reference };
	put_table(out, &t);
	put_notes(out, m, table, metric);
	put_family(out, m, table, metric, measure_family(m, table, metric));
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
		struct row *row = &t.rows[i];
		double n = (double)group_rows(group);

		*row = (struct row){ .name = group->name,
			.group = group,
			.metric = &share,
			.is_reference = group == table->reference,
			.is_hidden = group->n_is_withheld,
			.value = { .defined = true, .value = n / all } };
		hidden += row->is_hidden ? n : 0;
		if (!row->is_hidden)
			show_count(&row->counts, n);
	}
	put_filled(out, &t);
	if (hidden > 0 && !m->whole->n_is_withheld) {
		struct text line = { 0 };

		text_puts(&line, "withheld groups together: ");
		show_count(&line, hidden);
		show_blanks(out, INDENT);
		show_wrapped(
		    out, text_str(&line), INDENT, INDENT + 2, m->width);
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
	size_t n = measure_unobserved(names, m->arena, table, UNOBSERVED_MOST);
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
			t.rows[t.n++] = (struct row){ .name = metric_label(
							  m->metrics[i]->name),
				.group = m->whole,
				.metric = m->metrics[i] };
		put_table(out, &t);
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

	text_printf(&line, "%s: ", m->file);
	if (m->whole->n_is_withheld)
		text_puts(&line, "withheld");
	else
		show_count(&line, (double)m->data.n_rows);
	text_puts(&line, " rows");
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
	put_bold(out, m, text_str(&safe));
	text_clear(&safe);
	text_printf(&line, "%zu groups", table->n);
	if (table->reference != NULL)
		text_printf(&line, "; compared with %s (%s)",
		    table->reference->name, m->is_ascii ? "*" : "\u2020");
	if (measure_missing_is_shown(table)) {
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
	put_whole(out, m);
	for (size_t i = 0; i < m->data.n_tables; i++) {
		const struct group_table *table = &m->data.tables[i];

		put_attribute(out, m, table);
		put_rows(out, m, table);
		put_unobserved(out, m, table);
		for (size_t k = 0; k < m->n_metrics; k++)
			put_groups(out, m, table, m->metrics[k]);
	}
}
