#include <math.h>
#include <string.h>

#include "app/measure.h"
#include "app/measure_interval.h"
#include "app/measure_line.h"
#include "base/num.h"
#include "measure/disparity.h"
#include "measure/estimate.h"
#include "measure/score.h"
#include "measure/spread_row.h"
#include "stats/adjust.h"
#include "stats/auc.h"
#include "stats/exact.h"
#include "stats/interval.h"
#include "stats/power.h"
#include "stats/tests.h"

/* Intervals and tests as lines of CSV, by every method there is. */

/* What the lines of a table have in common. */
struct writer {
	struct text *out;
	const struct measurement *m;
	const struct group_table *table;
};

static const char no_method[] = "the method has no interval here";
static const char no_test[] = "none or all of the rows are counted";

/* A line named METRIC_WHAT, its name the arena's. */
static struct line
line_of(const struct writer *w, const struct metric *metric, const char *what,
    const char *group)
{
	return (struct line){ .metric = arena_printf(
				  w->m->arena, "%s_%s", metric->name, what),
		.attribute = w->table->attribute,
		.group = group };
}

/* "_ci95_low" and "_ci95_high" of an interval, or that there is none. */
static void
put_interval(const struct writer *w, struct line line, bool is_there,
    const struct interval *interval)
{
	const char *name = line.metric;
	char percent[NUM_SIZE];

	num_write(100 * w->m->request->options.confidence, percent);
	line.value = is_there ? interval->lower : NAN;
	if (!is_there && line.note == NULL)
		line.note = no_method;
	line.metric = arena_printf(w->m->arena, "%s_ci%s_low", name, percent);
	line_put(w->out, &line);
	line.value = is_there ? interval->upper : NAN;
	line.metric = arena_printf(w->m->arena, "%s_ci%s_high", name, percent);
	line_put(w->out, &line);
}

/* The rows behind a rate. */
static double
rows_of(const struct metric_value *value)
{
	return value->denominator;
}

/* The intervals of a rate of a group. */
static void
put_rate(const struct writer *w, const struct group *group,
    const struct metric *metric, const struct metric_value *value)
{
	static const struct {
		const char *what;
		interval_of_rate *make;
	} methods[] = { { "wilson", interval_wilson },
		{ "wilson_cc", interval_wilson_corrected },
		{ "clopper_pearson", interval_clopper_pearson },
		{ "agresti_coull", interval_agresti_coull },
		{ "jeffreys", interval_jeffreys } };

	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		struct line line =
		    line_of(w, metric, methods[i].what, group->name);
		struct interval interval;
		bool is_there = value->defined &&
		    methods[i].make(value->value, value->effective,
			w->m->request->options.confidence, &interval);

		line.has_counts = value->has_counts;
		line.numerator = value->numerator;
		line.denominator = value->denominator;
		line.has_n = true;
		line.n = rows_of(value);
		put_interval(w, line, is_there, &interval);
	}
}

/* The standard error and interval of an area under the ROC curve. */
static void
put_area(const struct writer *w, const struct group *group,
    const struct metric *metric, const struct metric_value *value)
{
	struct line line =
	    line_of(w, metric, "delong_standard_error", group->name);
	struct estimate estimate;
	struct auc auc = { .area = value->value };
	struct interval interval = { 0, 0 };
	bool is_there;

	estimate_measure(metric, group, w->m->whole, &estimate);
	auc.has_variance = value->defined && estimate.kind == ESTIMATE_DELONG;
	auc.variance = estimate.variance;
	line.has_n = true;
	line.n = (double)score_rows(metric, group);
	line.value = auc.has_variance ? sqrt(auc.variance) : NAN;
	line.note = auc.has_variance ? NULL : "fewer than two rows of a label";
	line_put(w->out, &line);
	is_there = auc.has_variance &&
	    auc_interval(&auc, w->m->request->options.confidence, &interval);
	line.metric = arena_printf(w->m->arena, "%s_delong", metric->name);
	line.note = NULL;
	put_interval(w, line, is_there, &interval);
}

/* The interval of what is no rate, its method or why there is none. */
static void
put_other(const struct writer *w, const struct group *group,
    const struct metric *metric, const struct metric_value *value)
{
	struct line line = { .metric = metric->name,
		.attribute = w->table->attribute,
		.group = group->name };
	struct interval interval = { 0, 0 };
	struct uncertainty u;
	struct text method = { 0 };

	measure_interval(w->m, metric, group, value, &u);
	if (u.method != NULL) {
		interval_put_method(&method, u.method, u.replicates,
		    w->m->request->compare.seed);
		interval = (struct interval){ u.lower, u.upper };
		line.note = text_str(&method);
	} else if (u.reason != NULL) {
		line.note = u.reason;
	} else if (value->defined) {
		return;
	} else {
		line.note = value->reason;
	}
	put_interval(w, line, u.method != NULL, &interval);
	text_free(&method);
	if (!u.has_chance)
		return;
	line = line_of(w, metric, "by_chance", group->name);
	line.value = u.chance;
	line.note = "on average, were every score the true probability";
	line_put(w->out, &line);
}

void
lines_put_intervals(struct text *out, const struct measurement *m,
    const struct group_table *table, const struct group *group)
{
	const struct writer w = { out, m, table };

	for (size_t i = 0; i < m->n_known; i++) {
		const struct metric *metric = m->known[i];
		struct metric_value value;

		metric_measure(metric, group, m->whole, &value);
		if (metric->kind == METRIC_RATE && value.has_counts)
			put_rate(&w, group, metric, &value);
		if (strcmp(metric->name, "roc_auc") == 0)
			put_area(&w, group, metric, &value);
		if (metric->kind != METRIC_RATE && metric->kind != METRIC_COUNT)
			put_other(&w, group, metric, &value);
	}
}

/* A group of a table beside the reference, by one metric. */
struct pair {
	const struct group *group;
	struct metric_value value, reference;
	struct two_rates rates; /* where both are rates */
	const char *name;       /* "x vs y" */
	double n;
};

/* A line of a pair; not a number: undefined. */
static void
put_pair(const struct writer *w, const struct pair *pair,
    const struct metric *metric, const char *what, double value,
    const char *note)
{
	struct line line = line_of(w, metric, what, pair->name);

	line.value = value;
	line.note = isnan(value) ? note : NULL;
	line.has_n = true;
	line.n = pair->n;
	line_put(w->out, &line);
}

static void
put_sizes(const struct writer *w, const struct pair *pair,
    const struct metric *metric)
{
	struct metric_value difference =
	    spread_difference(&pair->value, &pair->reference);
	struct metric_value ratio =
	    spread_ratio(&pair->value, &pair->reference);

	put_pair(w, pair, metric, "difference",
	    difference.defined ? difference.value : NAN, difference.reason);
	put_pair(w, pair, metric, "ratio",
	    ratio.defined                  ? ratio.value :
		spread_is_infinite(&ratio) ? HUGE_VAL :
					     NAN,
	    ratio.reason);
}

static void
put_pair_intervals(const struct writer *w, const struct pair *pair,
    const struct metric *metric)
{
	static const struct {
		const char *what;
		interval_of_two *make;
	} methods[] = { { "difference_newcombe", difference_newcombe },
		{ "difference_miettinen_nurminen", difference_score },
		{ "ratio_log", ratio_katz },
		{ "ratio_koopman", ratio_koopman } };

	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		struct line line =
		    line_of(w, metric, methods[i].what, pair->name);
		struct interval interval;
		bool is_there = methods[i].make(
		    &pair->rates, w->m->request->options.confidence, &interval);

		line.has_n = true;
		line.n = pair->n;
		put_interval(w, line, is_there, &interval);
	}
}

static void
put_test(const struct writer *w, const struct pair *pair,
    const struct metric *metric, const char *what, bool is_there,
    const struct test *test)
{
	const char *p = arena_printf(w->m->arena, "%s_p", what);

	put_pair(w, pair, metric, what, is_there ? test->value : NAN, no_test);
	put_pair(w, pair, metric, p, is_there ? test->p : NAN, no_test);
}

/* The tests of two rates, and what they could have shown. */
static void
put_pair_tests(const struct writer *w, const struct pair *pair,
    const struct metric *metric)
{
	const struct two_rates *r = &pair->rates;
	double rate1 = r->k1 / r->n1, rate2 = r->k2 / r->n2;
	struct test test = { 0 };
	bool is_there = test_z_pooled(r, &test);

	put_test(w, pair, metric, "z_pooled", is_there, &test);
	is_there = test_chi2_yates(r, &test);
	put_test(w, pair, metric, "chi2_yates", is_there, &test);
	put_pair(w, pair, metric, "cohen_h", power_cohen_h(rate1, rate2), NULL);
	put_pair(w, pair, metric, "power_four_fifths",
	    power_of(0.8 * rate2, r->n1, rate2, r->n2,
		1 - w->m->request->options.confidence),
	    NULL);
}

/* Fisher's test of every pair, and the family adjusted in each way. */
static void
put_exact(const struct writer *w, const struct metric *metric,
    const struct pair pairs[], size_t n)
{
	static const struct {
		const char *what;
		enum adjustment how;
	} ways[] = { { "fisher_p", ADJUST_NONE },
		{ "fisher_p_bonferroni", ADJUST_BONFERRONI },
		{ "fisher_p_holm", ADJUST_HOLM },
		{ "fisher_p_fdr_bh", ADJUST_BENJAMINI_HOCHBERG },
		{ "fisher_p_fdr_by", ADJUST_BENJAMINI_YEKUTIELI } };
	struct exact *exact = arena_array(w->m->arena, n, sizeof(exact[0]));
	double *p = arena_array(w->m->arena, n, sizeof(p[0]));
	double **at = arena_array(w->m->arena, n, sizeof(at[0]));

	for (size_t i = 0; i < n; i++) {
		exact[i] = exact_two_rates(&pairs[i].rates);
		at[i] = &p[i];
		put_pair(
		    w, &pairs[i], metric, "fisher_mid_p", exact[i].mid_p, NULL);
	}
	for (size_t k = 0; k < sizeof(ways) / sizeof(ways[0]); k++) {
		for (size_t i = 0; i < n; i++)
			p[i] = exact[i].p;
		adjust(ways[k].how, at, n);
		for (size_t i = 0; i < n; i++)
			put_pair(
			    w, &pairs[i], metric, ways[k].what, p[i], NULL);
	}
}

/* Whether there is any difference between the groups. */
static void
put_homogeneity(const struct writer *w, const struct metric *metric,
    const struct rate rates[], size_t n)
{
	struct line line = line_of(w, metric, "chi2_homogeneity", SPREAD_ALL);
	struct test test = { 0 };
	bool is_there = test_homogeneity(rates, n, &test);
	char df[NUM_SIZE];

	line.has_n = true;
	for (size_t i = 0; i < n; i++)
		line.n += rates[i].n;
	num_write(test.df, df);
	line.value = is_there ? test.value : NAN;
	line.note =
	    is_there ? arena_printf(w->m->arena, "dof=%s", df) : no_test;
	line_put(w->out, &line);
	line = line_of(w, metric, "chi2_homogeneity_p", SPREAD_ALL);
	line.value = is_there ? test.p : NAN;
	line.note = is_there ? NULL : no_test;
	line_put(w->out, &line);
	line = line_of(w, metric, "cramers_v", SPREAD_ALL);
	line.value = is_there ? test_cramers_v(rates, n, test.value) : NAN;
	line.note = is_there ? NULL : no_test;
	line_put(w->out, &line);
}

/* A rate as effective counts; unweighted they are the counts. */
static struct rate
rate_of(const struct measurement *m, const struct metric_value *value)
{
	if (!m->whole->counts.weighted)
		return (struct rate){ value->numerator, value->denominator };
	return (
	    struct rate){ value->value * value->effective, value->effective };
}

static bool
is_compared(const struct measurement *m, const struct group *group)
{
	return measure_is_shown(group) &&
	    (!group->is_missing || m->request->options.missing_is_group);
}

/* The pairs of a metric, and the rates of all groups. */
static void
put_metric(const struct writer *w, const struct metric *metric)
{
	const struct group_table *table = w->table;
	const struct measurement *m = w->m;
	struct pair *pairs = arena_array(m->arena, table->n, sizeof(pairs[0]));
	struct rate *rates = arena_array(m->arena, table->n, sizeof(rates[0]));
	struct metric_value reference;
	struct rate base;
	size_t n = 0, n_rates = 0;
	bool is_rate = metric->kind == METRIC_RATE;

	metric_measure(metric, table->reference, m->whole, &reference);
	base = rate_of(m, &reference);
	for (size_t i = 0; i < table->n; i++) {
		const struct group *group = &table->groups[i];
		struct pair pair = { .group = group, .reference = reference };
		struct rate rate;

		if (!is_compared(m, group))
			continue;
		metric_measure(metric, group, m->whole, &pair.value);
		rate = rate_of(m, &pair.value);
		if (is_rate && pair.value.defined)
			rates[n_rates++] = rate;
		if (group == table->reference)
			continue;
		pair.name = arena_printf(
		    m->arena, "%s vs %s", group->name, table->reference->name);
		pair.n = pair.value.has_counts ? rows_of(&pair.value) :
						 (double)group_rows(group);
		pair.rates =
		    (struct two_rates){ rate.k, rate.n, base.k, base.n };
		put_sizes(w, &pair, metric);
		if (!is_rate || !pair.value.defined || !reference.defined)
			continue;
		put_pair_intervals(w, &pair, metric);
		put_pair_tests(w, &pair, metric);
		pairs[n++] = pair;
	}
	if (is_rate && !m->whole->counts.weighted)
		put_exact(w, metric, pairs, n);
	if (is_rate)
		put_homogeneity(w, metric, rates, n_rates);
}

/* The difference of what is no rate: interval, test, and this adjusted. */
static void
put_difference(const struct writer *w, const struct metric *metric,
    const struct disparity_family *family, const struct disparity *d)
{
	const char *pair = arena_printf(
	    w->m->arena, "%s vs %s", d->group.group, family->reference);
	struct line line = line_of(w, metric, "difference", pair);
	const struct interval interval = { d->difference_interval.lower,
		d->difference_interval.upper };
	bool is_there = d->difference_interval.method != NULL;
	struct text method = { 0 };

	if (is_there)
		interval_put_method(&method, d->difference_interval.method,
		    d->replicates, d->seed);
	line.note = is_there ? text_str(&method) : d->no_test;
	put_interval(w, line, is_there, &interval);
	text_free(&method);
	line = line_of(w, metric, "difference_p", pair);
	line.value = d->test != NULL ? d->p : NAN;
	line.note = d->test != NULL ? d->test : d->no_test;
	line_put(w->out, &line);
	line = line_of(w, metric, "difference_p_adjusted", pair);
	line.value = d->test != NULL ? d->p_adjusted : NAN;
	line.note = d->test != NULL ? d->adjustment : d->no_test;
	line.has_n = d->test != NULL;
	line.n = (double)d->family;
	line_put(w->out, &line);
}

static void
put_differences(const struct writer *w, const struct metric *metric)
{
	const struct measurement *m = w->m;
	struct disparity_table table = { 0 };
	struct disparity_maker maker = { &table, m->arena, &m->request->compare,
		m->whole };

	disparity_add(&maker, w->table, metric);
	for (const struct disparity_family *f = table.first; f != NULL;
	     f = f->next)
		for (const struct disparity *d = f->first; d != NULL;
		     d = d->next)
			if (!d->is_withheld && !d->is_reference_withheld &&
			    d->has_difference)
				put_difference(w, metric, f, d);
}

void
lines_put_comparisons(struct text *out, const struct measurement *m,
    const struct group_table *table)
{
	const struct writer w = { out, m, table };

	if (table->reference == NULL || !measure_is_shown(table->reference))
		return;
	for (size_t i = 0; i < m->n_known; i++)
		if (m->known[i]->kind != METRIC_COUNT &&
		    m->known[i]->kind != METRIC_SHARE) {
			put_metric(&w, m->known[i]);
			if (m->known[i]->kind != METRIC_RATE)
				put_differences(&w, m->known[i]);
		}
}
