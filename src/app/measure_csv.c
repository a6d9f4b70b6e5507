#include <math.h>
#include <string.h>

#include "app/measure.h"
#include "app/measure_against.h"
#include "app/measure_control.h"
#include "app/measure_line.h"
#include "base/num.h"
#include "measure/score.h"
#include "measure/spread.h"

/* Tidy CSV: one number a row. */

static void
put_number(struct text *out, double value)
{
	char number[NUM_SIZE];

	if (isnan(value))
		text_puts(out, "nan");
	else if (isinf(value))
		text_puts(out, value > 0 ? "inf" : "-inf");
	else {
		num_write(value, number);
		text_puts(out, number);
	}
}

/* A number that may be left out, and the comma before it. */
static void
put_more(struct text *out, double value, bool is_there)
{
	text_putc(out, ',');
	if (is_there)
		put_number(out, value);
}

void
line_put(struct text *out, const struct line *line)
{
	text_put_csv(out, line->metric);
	text_putc(out, ',');
	text_put_csv(out, line->attribute);
	text_putc(out, ',');
	text_put_csv(out, line->group);
	text_putc(out, ',');
	if (line->word != NULL)
		text_put_csv(out, line->word);
	else
		put_number(out, line->value);
	put_more(out, line->numerator, line->has_counts);
	put_more(out, line->denominator, line->has_counts);
	put_more(out, line->n, line->has_n);
	text_putc(out, ',');
	if (line->note != NULL)
		text_put_csv(out, line->note);
	text_putc(out, '\n');
}

void
line_put_value(
    struct text *out, struct line *line, const struct metric_value *value)
{
	line->value = value->defined  ? value->value :
	    spread_is_infinite(value) ? HUGE_VAL :
					NAN;
	line->has_counts = value->has_counts;
	line->numerator = value->numerator;
	line->denominator = value->denominator;
	if (!value->defined)
		line->note = value->reason;
	line_put(out, line);
}

/* Metrics that others know by a name of their own beside ours. */
static const struct {
	const char *name, *other;
} others[] = { { "mean_score_positives", "generalized_true_positive_rate" },
	{ "mean_score_negatives", "generalized_false_positive_rate" } };

/* A metric of a group, also by its other name. */
static void
put_metric(struct text *out, const struct measurement *m, struct line line,
    const struct group *group, const struct metric *metric)
{
	struct metric_value value;

	line.metric = metric->name;
	metric_measure(metric, group, m->whole, &value);
	if (metric->kind == METRIC_SCORE && line.has_n)
		line.n = (double)score_rows(metric, group);
	line_put_value(out, &line, &value);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strcmp(others[i].name, metric->name) == 0) {
			line.metric = others[i].other;
			line_put_value(out, &line, &value);
		}
}

/* All metrics of a group, or that they are withheld. */
static void
put_group(struct text *out, const struct measurement *m,
    const struct group_table *table, const struct group *group)
{
	struct line line = { .attribute = table->attribute,
		.group = group->name,
		.has_n = !group->n_is_withheld,
		.n = (double)group_rows(group) };

	if (!measure_is_shown(group)) {
		line.metric = "withheld";
		line.word = "true";
		line.note = "the group is small, or guards one that is";
		line_put(out, &line);
		return;
	}
	for (size_t k = 0; k < m->n_known; k++)
		put_metric(out, m, line, group, m->known[k]);
	lines_put_intervals(out, m, table, group);
}

/* The whole file once more beside the groups of an attribute. */
static void
put_overall(struct text *out, const struct measurement *m,
    const struct group_table *table)
{
	const struct line line = { .attribute = table->attribute,
		.group = GROUP_OVERALL,
		.has_n = true,
		.n = (double)group_rows(m->whole) };

	if (!measure_is_shown(m->whole) || m->whole_is_unknown)
		return;
	for (size_t k = 0; k < m->n_known; k++)
		put_metric(out, m, line, m->whole, m->known[k]);
}

static void
put_spread(struct text *out, const struct spread *spread)
{
	struct line line = { .metric = spread->name,
		.attribute = spread->attribute,
		.group = spread->group,
		.has_n = spread->has_n,
		.n = spread->n };

	if (spread->is_verdict && spread->value.defined)
		line.word = spread->value.value > 0 ? "true" : "false";
	if (spread->reference != NULL || spread->note != NULL)
		line.note = spread->reference != NULL ? spread->reference :
							spread->note;
	line_put_value(out, &line, &spread->value);
}

static void
put_spreads(struct text *out, const struct measurement *m)
{
	const struct spread_options options = { .whole = m->whole,
		.missing_is_group = m->request->options.missing_is_group,
		.metrics = m->known,
		.n_metrics = m->n_known };
	struct spread_table spreads = { 0 };

	for (size_t i = 0; i < m->data.n_tables; i++)
		spread_measure(
		    &spreads, m->arena, &m->data.tables[i], &options);
	spread_conclude(&spreads, m->arena);
	for (const struct spread *s = spreads.first; s != NULL; s = s->next)
		put_spread(out, s);
}

/* The attribute's largest group, by which others compare by default. */
static void
put_largest(struct text *out, const struct measurement *m,
    const struct group_table *table)
{
	const struct group *largest =
	    group_table_largest(table, m->request->options.missing_is_group);
	struct line line = { .metric = "largest_group",
		.attribute = table->attribute,
		.group = SPREAD_ALL };

	if (largest == NULL || largest->n_is_withheld)
		return;
	line.word = largest->name;
	line_put(out, &line);
}

void
measure_put_csv(struct text *out, const struct measurement *m)
{
	text_puts(
	    out, "metric,attribute,group,value,numerator,denominator,n,note\n");
	if (!m->whole_is_unknown)
		put_group(out, m, &m->data.whole, m->whole);
	if (m->data.resolution > 0)
		line_put(out,
		    &(struct line){ .metric = "resolution",
			.attribute = "",
			.group = GROUP_OVERALL,
			.value = m->data.resolution,
			.note = "numbers are rounded" });
	for (size_t i = 0; i < m->data.n_tables; i++) {
		const struct group_table *table = &m->data.tables[i];

		for (size_t k = 0; k < table->n; k++)
			put_group(out, m, table, &table->groups[k]);
		put_overall(out, m, table);
		put_largest(out, m, table);
		lines_put_comparisons(out, m, table);
		lines_put_controlled(out, m, table);
		lines_put_impact(out, m, table);
	}
	if (m->data.n_tables > 0 && !m->whole_is_unknown)
		put_spreads(out, m);
	measure_put_stated_csv(out, m);
	against_put_csv(out, m);
}
