#include <math.h>
#include <string.h>

#include "app/measure.h"
#include "app/measure_compared.h"
#include "app/measure_line.h"
#include "app/measure_show.h"
#include "app/measure_table.h"
#include "base/json_write.h"
#include "base/num.h"

/* What an export alone knows: text, CSV and JSON. */

static const char as_stated[] = "as the file states it";

size_t
measure_stated_run(const struct figure *const figures[], size_t n)
{
	size_t i = 1;

	while (i < n && strcmp(figures[i]->metric, figures[0]->metric) == 0 &&
	    strcmp(figures[i]->attribute, figures[0]->attribute) == 0)
		i++;
	return i;
}

/* The families of a run; of the whole there is none. */
static const struct disparity_family *
family_of(const struct measurement *m, const struct figure *figure)
{
	const struct disparity_family *f = m->stated_disparities.first;

	while (f != NULL &&
	    (strcmp(f->attribute, figure->attribute) != 0 ||
		strcmp(f->metric, figure->metric) != 0))
		f = f->next;
	return f;
}

/* Text. */

static void
fill_row(struct table_row *row, const struct figure *f)
{
	row->is_hidden = f->state == FIGURE_WITHHELD;
	row->is_reference = f->is_reference;
	row->value =
	    (struct metric_value){ .defined = f->state == FIGURE_DEFINED,
		    .has_counts = f->has_counts,
		    .value = f->value,
		    .numerator = f->numerator,
		    .denominator = f->denominator,
		    .reason = f->reason };
	if (f->state != FIGURE_DEFINED)
		return;
	if (f->has_counts) {
		show_count(&row->counts, f->numerator);
		text_putc(&row->counts, '/');
		show_count(&row->counts, f->denominator);
	} else if (f->n > 0 && !f->n_is_withheld) {
		text_puts(&row->counts, "n = ");
		show_count(&row->counts, f->n);
	}
	row->has_interval = f->has_interval;
	if (f->has_interval)
		show_interval(
		    &row->interval_text, row->metric, f->lower, f->upper);
}

/*
 * Whether text shows a metric.  What the counts of each class give beyond the
 * usual is in CSV and JSON, and here where it is asked for.
 */
static bool
is_usual(const struct measurement *m, const struct metric *metric)
{
	static const char *const usual[] = { "selection_rate", "base_rate",
		"true_positive_rate", "false_positive_rate", "precision",
		"f1_score" };

	if (metric->class == NULL || m->request->all_metrics ||
	    m->request->options.metrics != NULL)
		return true;
	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
		if (strcmp(metric->base->name, usual[i]) == 0)
			return true;
	return false;
}

static const struct metric *
metric_of(const struct measurement *m, const struct figure *figure)
{
	return metric_resolve(
	    m->arena, figure->metric, strlen(figure->metric), NULL);
}

/* The figures of the whole, shares and others apart; how many there are. */
static size_t
put_whole(struct text *out, const struct measurement *m)
{
	size_t n = 0, i = 0;

	while (n < m->n_stated && *m->stated[n]->attribute == '\0')
		n++;
	while (i < n) {
		struct table t = { .m = m, .title = "All rows, stated" };
		bool is_share = false;

		t.rows = arena_array(m->arena, n, sizeof(t.rows[0]));
		for (; i < n; i++) {
			const struct metric *metric =
			    metric_of(m, m->stated[i]);

			if (metric == NULL || !is_usual(m, metric))
				continue;
			if (t.n > 0 && show_is_share(metric) != is_share)
				break;
			is_share = show_is_share(metric);
			t.rows[t.n] = (struct table_row){
				.name = metric_label(m->stated[i]->metric),
				.metric = metric
			};
			fill_row(&t.rows[t.n++], m->stated[i]);
		}
		if (t.n == 0)
			break;
		table_scale(&t);
		table_put(out, &t);
		text_putc(out, '\n');
	}
	return n;
}

/* One metric of an attribute. */
static void
put_run(struct text *out, const struct measurement *m,
    const struct figure *const figures[], size_t n)
{
	const struct metric *metric = metric_of(m, figures[0]);
	struct table t = { .m = m,
		.n = n,
		.rows = arena_array(m->arena, n, sizeof(t.rows[0])) };

	if (metric == NULL || !is_usual(m, metric))
		return;
	t.title = arena_printf(m->arena, "%s by %s, stated",
	    metric_label(metric->name), figures[0]->attribute);
	for (size_t i = 0; i < n; i++) {
		t.rows[i] = (struct table_row){ .name = figures[i]->group,
			.metric = metric };
		fill_row(&t.rows[i], figures[i]);
	}
	table_scale(&t);
	table_put(out, &t);
	measure_put_family(out, m, NULL, metric, family_of(m, figures[0]));
	text_putc(out, '\n');
}

/* "statistical_parity_difference of sex, female vs male: -0.038" */
static void
put_between(
    struct text *out, const struct measurement *m, const struct figure *f)
{
	struct text line = { 0 };
	char number[NUM_SIZE];

	text_puts(&line, f->metric);
	if (*f->attribute != '\0')
		text_printf(&line, " of %s", f->attribute);
	text_printf(&line, ", %s: ", f->group);
	num_write(f->value, number);
	text_puts(&line,
	    f->state == FIGURE_DEFINED      ? number :
		f->state == FIGURE_WITHHELD ? "withheld" :
					      f->reason);
	table_put_sentence(out, m, &line);
	text_free(&line);
}

void
measure_put_stated_text(struct text *out, const struct measurement *m)
{
	if (m->export == NULL || m->n_stated + m->export->between.n == 0)
		return;
	table_put_bold(out, m, "As the file states it");
	text_puts(out, "\n\n");
	for (size_t i = put_whole(out, m), n; i < m->n_stated; i += n) {
		n = measure_stated_run(&m->stated[i], m->n_stated - i);
		put_run(out, m, &m->stated[i], n);
	}
	for (const struct figure *f = m->export->between.first; f != NULL;
	     f = f->next)
		put_between(out, m, f);
}

/* CSV. */

static struct line
line_of(const struct figure *f)
{
	struct line line = { .metric = f->metric,
		.attribute = f->attribute,
		.group = f->group,
		.value = f->state == FIGURE_DEFINED ? f->value : NAN,
		.has_counts = f->has_counts && f->state != FIGURE_WITHHELD,
		.numerator = f->numerator,
		.denominator = f->denominator,
		.has_n = !f->n_is_withheld && !f->n_is_unknown,
		.n = f->n,
		.note = as_stated };

	if (f->state == FIGURE_WITHHELD)
		line.word = "withheld";
	if (f->state == FIGURE_UNDEFINED)
		line.note = f->reason;
	return line;
}

/* One of the numbers that go with a figure, under a longer name. */
static void
put_more(struct text *out, const struct measurement *m, const struct figure *f,
    const char *what, double value)
{
	struct line line = line_of(f);

	line.metric = arena_printf(m->arena, "%s_%s", f->metric, what);
	line.value = value;
	line.has_counts = false;
	line_put(out, &line);
}

/* Wilson's has the name that it has for groups that are counted. */
static void
put_interval(
    struct text *out, const struct measurement *m, const struct figure *f)
{
	const char *prefix = "stated";
	char percent[NUM_SIZE];

	num_write(100 * f->confidence, percent);
	if (strcmp(f->interval_method, "Wilson") == 0)
		prefix = arena_printf(m->arena, "wilson_ci%s", percent);
	put_more(out, m, f, arena_printf(m->arena, "%s_low", prefix), f->lower);
	put_more(
	    out, m, f, arena_printf(m->arena, "%s_high", prefix), f->upper);
}

/* Difference and ratio of a pair, as for groups that are counted. */
static void
put_sizes(
    struct text *out, const struct measurement *m, const struct disparity *d)
{
	struct line line = { .attribute = d->attribute,
		.group = arena_printf(
		    m->arena, "%s vs %s", d->group.group, d->reference.group),
		.note = as_stated };

	if (d->is_withheld || d->is_reference_withheld)
		return;
	line.metric = arena_printf(m->arena, "%s_difference", d->metric);
	line.value = d->has_difference ? d->difference : NAN;
	line_put(out, &line);
	line.metric = arena_printf(m->arena, "%s_ratio", d->metric);
	line.value = d->has_ratio ? d->ratio : NAN;
	line_put(out, &line);
}

void
measure_put_stated_csv(struct text *out, const struct measurement *m)
{
	if (m->export == NULL || m->export->rows != NULL)
		return;
	for (size_t i = 0; i < m->n_stated; i++) {
		const struct figure *f = m->stated[i];
		struct line line = line_of(f);

		line_put(out, &line);
		if (f->state != FIGURE_DEFINED || !f->has_interval)
			continue;
		put_interval(out, m, f);
	}
	for (size_t i = 0, n; i < m->n_stated; i += n) {
		const struct disparity_family *family =
		    family_of(m, m->stated[i]);

		n = measure_stated_run(&m->stated[i], m->n_stated - i);
		for (const struct disparity *d =
			 family != NULL ? family->first : NULL;
		     d != NULL; d = d->next)
			put_sizes(out, m, d);
	}
	for (const struct figure *f = m->export->between.first; f != NULL;
	     f = f->next) {
		struct line line = line_of(f);

		line.has_n = false;
		line_put(out, &line);
	}
}

/* JSON. */

static void
put_figure(struct json_writer *w, const struct figure *f, bool has_rows)
{
	json_open(w, NULL, '{');
	json_string(w, "attribute", f->attribute);
	json_string(w, "group", f->group);
	json_string(w, "metric", f->metric);
	if (has_rows && !f->n_is_withheld && !f->n_is_unknown)
		json_put_number(w, "n", f->n);
	if (f->is_reference)
		json_bool(w, "reference", true);
	if (f->state == FIGURE_WITHHELD)
		json_bool(w, "withheld", true);
	else if (f->state == FIGURE_UNDEFINED)
		json_string(w, "undefined", f->reason);
	else
		json_put_number(w, "value", f->value);
	if (f->has_counts && f->state != FIGURE_WITHHELD) {
		json_put_number(w, "numerator", f->numerator);
		json_put_number(w, "denominator", f->denominator);
	}
	if (f->has_interval && f->state == FIGURE_DEFINED) {
		json_put_number(w, "lower", f->lower);
		json_put_number(w, "upper", f->upper);
		json_string(w, "interval", f->interval_method);
	}
	json_close(w, '}');
}

void
measure_put_stated_json(struct json_writer *w, const struct measurement *m)
{
	if (m->export == NULL || m->export->rows != NULL)
		return;
	json_open(w, "stated", '[');
	for (size_t i = 0; i < m->n_stated; i++)
		put_figure(w, m->stated[i], true);
	json_close(w, ']');
	json_open(w, "stated_comparisons", '[');
	for (size_t i = 0, n; i < m->n_stated; i += n) {
		const struct disparity_family *family =
		    family_of(m, m->stated[i]);

		n = measure_stated_run(&m->stated[i], m->n_stated - i);
		if (family != NULL) {
			json_open(w, NULL, '{');
			json_string(w, "attribute", family->attribute);
			json_open(w, "comparisons", '[');
			json_put_family(w, family);
			json_close(w, ']');
			json_close(w, '}');
		}
	}
	json_close(w, ']');
	json_open(w, "between", '[');
	for (const struct figure *f = m->export->between.first; f != NULL;
	     f = f->next)
		put_figure(w, f, false);
	json_close(w, ']');
}
