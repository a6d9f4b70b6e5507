#include "app/measure_against.h"

#include <math.h>
#include <string.h>

#include "app/measure_compared.h"
#include "app/measure_control.h"
#include "app/measure_interval.h"
#include "app/measure_line.h"
#include "base/num.h"
#include "measure/spread_row.h"

/* What has changed, as CSV and as JSON. */

/* CSV. */

static void
line_value(struct text *out, struct line line, const char *metric, double value,
    const char *note)
{
	line.metric = metric;
	line.value = value;
	line.note = note;
	line_put(out, &line);
}

static void
lines_mix(struct text *out, const struct measurement *m,
    const struct group_table *table)
{
	struct line line = { .attribute = table->attribute };
	struct against_mix mix;

	if (!against_mix(m, table, &mix))
		return;
	for (size_t i = 0; i < mix.n; i++) {
		line.group = mix.names[i];
		line.has_counts = true;
		line.numerator = mix.then[i];
		line.denominator = (double)group_rows(m->then->whole);
		line_value(out, line, "share_reference",
		    line.numerator / line.denominator, NULL);
		line.numerator = mix.now[i];
		line.denominator = (double)group_rows(m->whole);
		line_value(out, line, "share_current",
		    line.numerator / line.denominator, NULL);
	}
	line =
	    (struct line){ .attribute = table->attribute, .group = SPREAD_ALL };
	line_value(out, line, "population_stability_index",
	    mix.distance.stability, "an empty share counts as 0.0001");
	line_value(out, line, "jensen_shannon_distance_base2",
	    mix.distance.jensen_shannon, NULL);
	line_value(out, line, "jensen_shannon_distance_nats",
	    mix.distance.jensen_shannon * sqrt(log(2)), NULL);
	line_value(out, line, "total_variation_distance",
	    mix.distance.total_variation, NULL);
	if (!mix.distance.has_test)
		return;
	line_value(out, line, "chi2_two_sample", mix.distance.chi2.value, NULL);
	line_value(out, line, "chi2_two_sample_p", mix.distance.chi2.p, NULL);
}

/* A distance of scores; of a group of an attribute its name says so. */
static void
line_distance(struct text *out, const struct measurement *m,
    const struct line *line, const char *name, double value, const char *note)
{
	bool is_of_all = strcmp(line->group, "(all rows)") == 0;

	line_value(out, *line,
	    is_of_all ? name : arena_printf(m->arena, "score_change_%s", name),
	    value, note);
}

static void
lines_scores(struct text *out, const struct measurement *m,
    const struct group_table *table, const struct group *group)
{
	bool is_whole = table == &m->data.whole;
	const struct line line = { .attribute = is_whole ?
		    m->request->columns.score :
		    table->attribute,
		.group = is_whole ? "(all rows)" : group->name };
	struct drift_scores s;
	const char *bins = "over the values; an empty share counts as 0.0001";

	if (!against_scores(m, table, group, &s))
		return;
	if (s.n_bins > 0)
		bins = arena_printf(m->arena,
		    "over %zu bins; an empty share counts as 0.0001", s.n_bins);
	line_distance(out, m, &line, "ks_statistic", s.ks.value, NULL);
	line_distance(out, m, &line, "ks_p_asymptotic", s.ks.p,
	    isnan(s.ks.p) ? "the rows are weighted" : NULL);
	line_distance(
	    out, m, &line, "wasserstein_distance", s.wasserstein, NULL);
	line_distance(out, m, &line, "wasserstein_distance_normed", s.normed,
	    "over the standard deviation then");
	if (s.has_u) {
		line_distance(out, m, &line, "mann_whitney_u", s.u.value, NULL);
		line_distance(out, m, &line, "mann_whitney_p", s.u.p, NULL);
	}
	line_distance(
	    out, m, &line, "population_stability_index", s.stability, bins);
	line_distance(out, m, &line, "jensen_shannon_distance_base2",
	    s.jensen_shannon, bins);
}

static void
lines_change(
    struct text *out, const struct measurement *m, const struct disparity *d)
{
	const char *const name = d->metric;
	struct line line = { .attribute = d->attribute,
		.group = d->group.group };
	struct text method = { 0 };
	char percent[NUM_SIZE];

	num_write(100 * d->confidence, percent);
	line_value(out, line, arena_printf(m->arena, "%s_then", name),
	    d->reference.defined ? d->reference.value : NAN,
	    d->reference.reason);
	line_value(out, line, arena_printf(m->arena, "%s_change", name),
	    d->has_difference ? d->difference : NAN,
	    d->has_difference ? NULL : d->group.reason);
	if (d->difference_interval.method != NULL) {
		interval_put_method(&method, d->difference_interval.method,
		    d->replicates, d->seed);
		line_value(out, line,
		    arena_printf(m->arena, "%s_change_ci%s_low", name, percent),
		    d->difference_interval.lower, text_str(&method));
		line_value(out, line,
		    arena_printf(
			m->arena, "%s_change_ci%s_high", name, percent),
		    d->difference_interval.upper, text_str(&method));
	}
	if (d->test != NULL) {
		line_value(out, line,
		    arena_printf(m->arena, "%s_change_p", name), d->p, d->test);
		line.has_n = true;
		line.n = (double)d->family;
		line_value(out, line,
		    arena_printf(m->arena, "%s_change_p_adjusted", name),
		    d->p_adjusted, d->adjustment);
		line.has_n = false;
	}
	line.word = disparity_verdict_word(d->verdict);
	line_value(out, line, arena_printf(m->arena, "%s_change_verdict", name),
	    0, d->test == NULL && d->no_test != NULL ? d->no_test : d->reason);
	text_free(&method);
}

void
against_put_csv(struct text *out, const struct measurement *m)
{
	if (m->then == NULL)
		return;
	lines_scores(out, m, &m->data.whole, m->whole);
	for (size_t i = 0; i < m->data.n_tables; i++) {
		const struct group_table *table = &m->data.tables[i];

		lines_mix(out, m, table);
		for (size_t k = 0; k < table->n; k++)
			lines_scores(out, m, table, &table->groups[k]);
	}
	for (const struct disparity_family *f = m->changes.first; f != NULL;
	     f = f->next)
		for (const struct disparity *d = f->first; d != NULL;
		     d = d->next)
			if (!d->is_withheld && !d->is_reference_withheld)
				lines_change(out, m, d);
}

/* JSON. */

static void
json_some(struct json_writer *w, const char *key, double value)
{
	if (!isnan(value))
		json_put_number(w, key, value);
}

static void
json_scores(struct json_writer *w, const struct measurement *m,
    const struct group_table *table, const struct group *group)
{
	struct drift_scores s;

	if (!against_scores(m, table, group, &s))
		return;
	json_open(w, NULL, '{');
	json_string(w, "group", group->name);
	json_put_number(w, "population_stability_index", s.stability);
	json_put_number(w, "bins", (double)s.n_bins);
	json_some(w, "jensen_shannon", s.jensen_shannon);
	json_some(w, "ks", s.ks.value);
	json_some(w, "ks_p", s.ks.p);
	json_some(w, "wasserstein", s.wasserstein);
	json_some(w, "wasserstein_normed", s.normed);
	json_close(w, '}');
}

static void
json_mix(struct json_writer *w, const struct measurement *m,
    const struct group_table *table)
{
	struct against_mix mix;

	if (!against_mix(m, table, &mix))
		return;
	json_open(w, "mix", '{');
	json_put_number(
	    w, "population_stability_index", mix.distance.stability);
	json_put_number(w, "jensen_shannon", mix.distance.jensen_shannon);
	json_put_number(w, "total_variation", mix.distance.total_variation);
	if (mix.distance.has_test) {
		json_put_number(w, "chi2", mix.distance.chi2.value);
		json_put_number(w, "df", mix.distance.chi2.df);
		json_put_number(w, "p", mix.distance.chi2.p);
	}
	json_close(w, '}');
}

static void
json_table(struct json_writer *w, const struct measurement *m,
    const struct group_table *table)
{
	json_open(w, NULL, '{');
	json_string(w, "attribute", table->attribute);
	if (table != &m->data.whole)
		json_mix(w, m, table);
	json_open(w, "scores", '[');
	for (size_t i = 0; i < table->n; i++)
		json_scores(w, m, table, &table->groups[i]);
	json_close(w, ']');
	json_open(w, "comparisons", '[');
	for (size_t k = 0; k < m->n_metrics; k++) {
		const struct disparity_family *f =
		    against_family(m, table->attribute, m->metrics[k]);

		if (f != NULL)
			json_put_family(w, f);
	}
	json_close(w, ']');
	json_close(w, '}');
}

void
against_put_json(struct json_writer *w, const struct measurement *m)
{
	if (m->then == NULL)
		return;
	json_open(w, "against", '{');
	json_string(w, "file", m->then->file);
	json_string(w, "sha256", m->then->sha256);
	json_put_number(w, "n_rows", (double)m->then->data.n_rows);
	json_put_number(w, "empty_share", DRIFT_EMPTY);
	json_open(w, "tables", '[');
	json_table(w, m, &m->data.whole);
	for (size_t i = 0; i < m->data.n_tables; i++)
		json_table(w, m, &m->data.tables[i]);
	json_close(w, ']');
	json_close(w, '}');
}
