#include "app/measure_table.h"

#include <math.h>
#include <string.h>

#include "app/measure_interval.h"
#include "app/measure_show.h"
#include "base/num.h"
#include "base/width.h"

enum {
	NAME_MOST = 32,
	NAME_LEAST = 8,
	VALUE_WIDTH = 8,
	BAR_LEAST = 6,
	COUNTS_MOST = 27 /* counts of pairs may be wider: they are left out */
};

static void
fill_row(struct table_row *row, const struct measurement *m)
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
		if (row->counts.n > COUNTS_MOST)
			text_clear(&row->counts);
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
		const struct table_row *row = &t->rows[i];
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
	used = TABLE_INDENT + t->name + TABLE_GAP + VALUE_WIDTH +
	    (t->counts > 0 ? TABLE_GAP + t->counts : 0) +
	    (t->interval > 0 ? TABLE_GAP + t->interval : 0);
	if (t->scale > 0 && used + TABLE_GAP + BAR_LEAST <= t->m->width)
		t->bar = t->m->width - used - TABLE_GAP;
}

/* None where a value is negative or infinite. */
void
table_scale(struct table *t)
{
	double largest = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct table_row *row = &t->rows[i];

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
	size_t left = TABLE_INDENT + t->name +
	    (t->counts > 0 ? TABLE_GAP + t->counts : 0) + TABLE_GAP +
	    VALUE_WIDTH;
	size_t start = out->n, used;
	struct text head = { 0 };
	char percent[NUM_SIZE];

	text_puts(out, t->title);
	used = width_of_text(out->p + start, out->n - start);
	if (t->bar > 0)
		put_scale(&head, metric, t->scale);
	if (head.n > 0 && used < left + TABLE_GAP && t->bar >= head.n) {
		show_blanks(out, left + TABLE_GAP - used);
		text_puts(out, text_str(&head));
		used = left + TABLE_GAP + head.n;
	}
	text_clear(&head);
	num_write(100 * t->m->request->options.confidence, percent);
	text_printf(&head, "%s %% interval", percent);
	if (t->interval > 0 && used + TABLE_GAP + head.n <= t->m->width) {
		show_blanks(out, t->m->width - used - head.n);
		text_puts(out, text_str(&head));
	}
	text_free(&head);
	text_putc(out, '\n');
}

/* Why there is no value, behind so many columns. */
static void
put_reason(struct text *out, const struct table *t, const struct table_row *row,
    size_t left)
{
	struct text reason = { 0 };

	show_blanks(out, TABLE_GAP);
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
	show_blanks(out, TABLE_INDENT);
	if (!fits) {
		show_wrapped(out, text_str(&safe), TABLE_INDENT,
		    2 * (size_t)TABLE_INDENT, t->m->width);
		show_blanks(out, TABLE_INDENT);
	}
	show_cell(
	    out, fits ? text_str(name) : "", t->name, false, t->m->is_ascii);
	text_free(&safe);
}

static void
put_row(struct text *out, const struct table *t, const struct table_row *row)
{
	const struct measurement *m = t->m;
	struct text cell = { 0 };
	size_t start;

	text_puts(&cell, row->name);
	if (row->is_reference)
		text_puts(&cell, m->is_ascii ? " *" : " \u2020");
	put_name(out, t, &cell);
	if (row->is_hidden || !row->value.defined) {
		put_reason(out, t, row, TABLE_INDENT + t->name + TABLE_GAP);
		text_free(&cell);
		return;
	}
	if (t->counts > 0) {
		show_blanks(out, TABLE_GAP);
		show_cell(
		    out, text_str(&row->counts), t->counts, true, m->is_ascii);
	}
	show_blanks(out, TABLE_GAP);
	text_clear(&cell);
	show_value(&cell, row->metric, row->value.value);
	show_cell(out, text_str(&cell), VALUE_WIDTH, true, m->is_ascii);
	text_clear(&cell);
	start = out->n;
	if (t->bar > 0) {
		show_blanks(out, TABLE_GAP);
		show_bar(
		    &cell, row->value.value / t->scale, t->bar, m->is_ascii);
		text_puts(out, text_str(&cell));
	}
	if (row->has_interval) {
		if (t->bar > 0)
			show_blanks(out,
			    t->bar + TABLE_GAP -
				width_of_text(out->p + start, out->n - start));
		show_blanks(out, TABLE_GAP);
		show_cell(out, text_str(&row->interval_text), t->interval, true,
		    m->is_ascii);
	}
	text_putc(out, '\n');
	text_free(&cell);
}

/* Print a table whose rows are filled. */
void
table_put(struct text *out, struct table *t)
{
	lay_out(t);
	put_head(out, t);
	for (size_t i = 0; i < t->n; i++) {
		put_row(out, t, &t->rows[i]);
		text_free(&t->rows[i].counts);
		text_free(&t->rows[i].interval_text);
	}
}

void
table_put_measured(struct text *out, struct table *t)
{
	for (size_t i = 0; i < t->n; i++) {
		t->rows[i].is_hidden = !measure_is_shown(t->rows[i].group);
		fill_row(&t->rows[i], t->m);
	}
	table_scale(t);
	table_put(out, t);
}

void
table_put_bold(struct text *out, const struct measurement *m, const char *s)
{
	if (m->has_colour)
		text_puts(out, "\033[1m");
	text_puts(out, s);
	if (m->has_colour)
		text_puts(out, "\033[0m");
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

void
table_put_sentence(
    struct text *out, const struct measurement *m, const struct text *line)
{
	struct text safe = { 0 };
	size_t start = out->n;

	text_put_shown(&safe, text_str(line), line->n);
	show_blanks(out, TABLE_INDENT);
	show_wrapped(out, text_str(&safe), TABLE_INDENT,
	    2 * (size_t)TABLE_INDENT, m->width);
	if (m->has_colour) {
		colour_verdict(out, start, "finding", "\033[31m");
		colour_verdict(out, start, "watch", "\033[33m");
	}
	text_free(&safe);
}
