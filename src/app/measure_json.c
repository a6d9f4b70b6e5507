#include <math.h>
#include <string.h>

#include "app/measure.h"
#include "app/measure_against.h"
#include "app/measure_compared.h"
#include "app/measure_control.h"
#include "app/measure_interval.h"
#include "base/json_write.h"
#include "base/num.h"
#include "measure/disparity.h"
#include "measure/unobserved.h"

/* One JSON document of everything that text shows, in numbers. */

void
json_put_number(struct json_writer *w, const char *key, double value)
{
	char number[NUM_SIZE];

	num_write(value, number);
	if (isfinite(value))
		json_raw(w, key, number);
	else
		json_string(w, key, value > 0 ? "infinite" : "-infinite");
}

static void
put_whole_number(struct json_writer *w, const char *key, unsigned long long n)
{
	json_put_number(w, key, (double)n);
}

static void
put_columns(struct json_writer *w, const struct prediction_columns *c)
{
	json_open(w, "columns", '{');
	json_string(w, "label", c->label);
	json_string(w, "prediction", c->prediction);
	json_string(w, "score", c->score);
	json_string(w, "weight", c->weight);
	json_string(w, "count", c->count);
	json_string(w, "positive", c->positive);
	json_string(w, "negative", c->negative);
	json_string(w, "positive_prediction", c->positive_prediction);
	json_string(w, "negative_prediction", c->negative_prediction);
	if (c->prediction == NULL && c->score != NULL)
		json_put_number(w, "threshold", c->threshold);
	json_close(w, '}');
}

static void
put_value(struct json_writer *w, const struct measurement *m,
    const struct group *group, const struct metric *metric)
{
	struct metric_value value;
	struct uncertainty u;

	metric_measure(metric, group, m->whole, &value);
	json_open(w, NULL, '{');
	json_string(w, "metric", metric->name);
	if (value.defined)
		json_put_number(w, "value", value.value);
	else
		json_string(w, "undefined", value.reason);
	if (value.has_counts) {
		json_put_number(w, "numerator", value.numerator);
		json_put_number(w, "denominator", value.denominator);
	}
	measure_interval(m, metric, group, &value, &u);
	if (u.method != NULL) {
		json_put_number(w, "lower", u.lower);
		json_put_number(w, "upper", u.upper);
		json_string(w, "interval", u.method);
	}
	if (u.replicates > 0)
		put_whole_number(w, "replicates", u.replicates);
	json_string(w, "no_interval", u.reason);
	if (u.has_chance)
		json_put_number(w, "by_chance", u.chance);
	json_close(w, '}');
}

static void
put_group(struct json_writer *w, const struct measurement *m,
    const struct group *group, bool is_reference)
{
	json_open(w, NULL, '{');
	json_string(w, "group", group->name);
	if (is_reference)
		json_bool(w, "reference", true);
	if (group->is_missing)
		json_bool(w, "missing", true);
	if (!group->n_is_withheld)
		put_whole_number(w, "n", group_rows(group));
	if (!measure_is_shown(group))
		json_bool(w, "withheld", true);
	else {
		json_open(w, "metrics", '[');
		for (size_t i = 0; i < m->n_metrics; i++)
			put_value(w, m, group, m->metrics[i]);
		json_close(w, ']');
	}
	json_close(w, '}');
}

static void
put_unobserved(struct json_writer *w, const struct measurement *m,
    const struct group_table *table)
{
	const char *names[UNOBSERVED_MOST];
	size_t n = unobserved_names(names, m->arena, table, UNOBSERVED_MOST);

	if (n == 0)
		return;
	json_open(w, "unobserved", '[');
	for (size_t i = 0; i < n; i++)
		json_string(w, NULL, names[i]);
	json_close(w, ']');
}

/* A group compared within the strata of a control, by one metric. */
static void
put_control(struct json_writer *w, const struct measurement *m,
    const struct group_table *table, const struct group *group,
    const struct metric *metric, const char *control)
{
	struct control controlled;

	if (!measure_controlled(m, table, metric, group, control, &controlled))
		return;
	json_open(w, NULL, '{');
	json_string(w, "metric", metric->name);
	json_string(w, "group", group->name);
	json_string(w, "reference", table->reference->name);
	control_put_json(w, &controlled);
	json_close(w, '}');
}

static void
put_controls(struct json_writer *w, const struct measurement *m,
    const struct group_table *table)
{
	json_open(w, "controlled", '[');
	for (size_t c = 0; c < m->request->n_controls; c++)
		for (size_t i = 0; i < m->n_metrics; i++)
			for (size_t k = 0; k < table->n; k++)
				put_control(w, m, table, &table->groups[k],
				    m->metrics[i], m->request->controls[c]);
	json_close(w, ']');
}

static void
put_table(struct json_writer *w, const struct measurement *m,
    const struct group_table *table)
{
	json_open(w, NULL, '{');
	json_string(w, "attribute", table->attribute);
	if (table->reference != NULL)
		json_string(w, "reference", table->reference->name);
	if (measure_missing_is_shown(m, table))
		put_whole_number(w, "n_missing", table->n_missing);
	put_whole_number(w, "n_possible", table->n_possible);
	put_whole_number(w, "n_unobserved", table->n_unobserved);
	put_unobserved(w, m, table);
	json_open(w, "groups", '[');
	for (size_t i = 0; i < table->n; i++)
		put_group(w, m, &table->groups[i],
		    &table->groups[i] == table->reference);
	json_close(w, ']');
	json_open(w, "comparisons", '[');
	for (size_t i = 0; i < m->n_metrics; i++) {
		const struct disparity_family *family =
		    measure_family(m, table, m->metrics[i]);

		if (family != NULL)
			json_put_family(w, family);
	}
	json_close(w, ']');
	if (m->request->n_controls > 0)
		put_controls(w, m, table);
	json_close(w, '}');
}

/* How many rows the file has; what they lack is a figure like any. */
static void
put_rows(struct json_writer *w, const struct measurement *m)
{
	if (!m->whole->n_is_withheld && !m->whole_is_unknown)
		put_whole_number(w, "n_rows", m->data.n_rows);
	if (m->export != NULL && m->export->rows == NULL)
		return;
	if (!m->whole->n_is_withheld)
		put_whole_number(w, "n_bad", m->data.n_bad);
	if (m->data.resolution > 0)
		json_put_number(w, "resolution", m->data.resolution);
	if (measure_is_shown(m->whole)) {
		put_whole_number(w, "n_no_label", m->data.n_no_label);
		put_whole_number(w, "n_no_prediction", m->data.n_no_prediction);
	}
}

void
measure_put_json(struct text *out, const struct measurement *m)
{
	struct json_writer w = { .out = out, .flat = 6 };

	json_open(&w, NULL, '{');
	json_string(&w, "program", "dossier " DOSSIER_VERSION);
	json_string(&w, "file", m->file);
	json_string(&w, "sha256", m->sha256);
	if (m->export != NULL)
		json_string(&w, "export", m->export->shape);
	if (m->export == NULL || m->export->rows != NULL)
		put_columns(&w, &m->request->columns);
	json_put_number(&w, "confidence", m->request->options.confidence);
	json_put_number(&w, "min_report", m->request->options.min_report);
	json_put_number(&w, "min_conclude", m->request->compare.min_conclude);
	json_string(
	    &w, "verdict", disparity_rule_name(m->request->compare.rule));
	put_whole_number(&w, "seed", m->request->compare.seed);
	put_rows(&w, m);
	json_open(&w, "whole", '[');
	if (!m->whole_is_unknown)
		put_group(&w, m, m->whole, false);
	json_close(&w, ']');
	json_open(&w, "tables", '[');
	for (size_t i = 0; i < m->data.n_tables; i++)
		put_table(&w, m, &m->data.tables[i]);
	json_close(&w, ']');
	measure_put_stated_json(&w, m);
	against_put_json(&w, m);
	json_close(&w, '}');
	text_putc(out, '\n');
}
