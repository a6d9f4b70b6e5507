#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/disparity.h"
#include "measure/uncertainty.h"
#include "stats/normal.h"
#include "stats/random.h"

/*
 * How often intervals hold a truth that is known, since the rows are drawn
 * from it, and how often verdicts and tests find a difference where there is
 * none: bench_simulate [TRIALS].  A line says what was drawn, the share of
 * intervals that held the truth, those that lay above and below it, and the
 * least share that is promised; one below that, by more than chance explains,
 * is a failure.
 */

static unsigned trials = 400;
static unsigned failures;
static struct random random_rows = { 12345 };

static double
unit(void)
{
	return random_unit(&random_rows);
}

static double
normal(void)
{
	return normal_quantile(unit());
}

/* Rows of a group while they are drawn. */
enum { MOST = 4000 };

struct row {
	double score, size;
	enum binary label, prediction;
};

struct rows {
	struct row all[MOST];
	size_t n;
};

/* A group of them, whose memory is the arena's. */
static int
by_score(const void *a, const void *b)
{
	double x = ((const struct row *)a)->score;
	double y = ((const struct row *)b)->score;

	return (x > y) - (x < y);
}

static struct group
group_of(struct arena *arena, const char *name, struct rows *rows)
{
	struct group group = { .name = name };
	double *value = arena_array(arena, rows->n, sizeof(value[0]));
	unsigned long long(*count)[BINARY_COUNT] =
	    arena_array(arena, rows->n, sizeof(count[0]));
	struct distribution *d = arena_alloc(arena, sizeof(*d));
	size_t n = 0;

	qsort(rows->all, rows->n, sizeof(rows->all[0]), by_score);
	for (size_t i = 0; i < rows->n; i++) {
		const struct row *r = &rows->all[i];

		counts_add(&group.counts, cell_of(r->label, r->prediction));
		if (i == 0 || r->score != rows->all[i - 1].score)
			value[n++] = r->score;
		count[n - 1][r->label]++;
	}
	*d = (struct distribution){ .n = n,
		.value = value,
		.rows = (const unsigned long long(*)[BINARY_COUNT])count };
	group.scores = d;
	return group;
}

/* A regression whose absolute errors are the scores. */
static struct group
errors_of(struct arena *arena, struct rows *rows)
{
	struct group group = { .name = "errors" };
	struct regression *r = arena_alloc(arena, sizeof(*r));

	for (size_t i = 0; i < rows->n; i++)
		rows->all[i].label = BINARY_NO;
	group = group_of(arena, "errors", rows);
	r->n = rows->n;
	r->weight = r->weight_square = dd_of((double)rows->n);
	r->absolute_errors = group.scores;
	group.scores = NULL;
	group.regression = r;
	return group;
}

/* How often an interval held, and on which side it missed. */
struct tally {
	unsigned held, above, below, none;
};

static void
note(struct tally *tally, const struct uncertainty *u, double truth)
{
	if (u->method == NULL)
		tally->none++;
	else if (u->lower > truth)
		tally->above++;
	else if (u->upper < truth)
		tally->below++;
	else
		tally->held++;
}

/* A share is below what is promised by more than three standard errors. */
static void
print(const char *what, const struct tally *t, double least)
{
	double n = t->held + t->above + t->below, share = t->held / n;
	double error = sqrt(least * (1 - least) / n);
	bool is_broken = n > 0 && share < least - 3 * error;

	printf("%s%-58s held %.3f above %.3f below %.3f none %.3f, at least "
	       "%.2f\n",
	    is_broken ? "BROKEN " : "", what, share, t->above / n, t->below / n,
	    (double)t->none / (n + t->none), least);
	failures += is_broken;
}

/* Scores by label: normal, a distance apart, brought to 0 to 1. */
static void
draw_scores(struct rows *rows, size_t n, double base_rate, double distance)
{
	rows->n = n;
	for (size_t i = 0; i < n; i++) {
		struct row *r = &rows->all[i];
		double x;

		r->label = unit() < base_rate ? BINARY_YES : BINARY_NO;
		x = normal() + (r->label == BINARY_YES ? distance : 0);
		r->score = normal_below(x - distance / 2);
		r->prediction = r->score >= 0.5 ? BINARY_YES : BINARY_NO;
	}
}

/* The truth of a metric: its value in very many rows. */
static double
truth_of(const struct metric *metric, double base_rate, double distance)
{
	enum { TIMES = 100 };
	static struct rows rows;
	double sum = 0;

	for (int i = 0; i < TIMES; i++) {
		struct arena arena = { 0 };
		struct group group;
		struct metric_value value;

		draw_scores(&rows, MOST, base_rate, distance);
		group = group_of(&arena, "all", &rows);
		metric_measure(metric, &group, &group, &value);
		sum += value.value;
		arena_free(&arena);
	}
	return sum / TIMES;
}

static const struct metric *
metric(const char *name)
{
	const struct metric *found = metric_find(name, strlen(name));

	if (found == NULL)
		exit(2);
	return found;
}

struct scene {
	const char *metric;
	size_t n, reference; /* rows */
	double base_rate, distance;
	double reference_distance;
	double least, least_difference;
};

static void
simulate_scores(const struct scene *s)
{
	static struct rows rows, others;
	const struct metric *m = metric(s->metric);
	double truth = truth_of(m, s->base_rate, s->distance);
	double other = truth_of(m, s->base_rate, s->reference_distance);
	struct uncertainty_options options;
	struct tally alone = { 0 }, difference = { 0 };
	char what[100];

	uncertainty_defaults(&options);
	options.replicates = 1000;
	for (unsigned i = 0; i < trials; i++) {
		struct arena arena = { 0 };
		struct group a, b;
		struct metric_value x, y;
		struct uncertainty u;
		struct contrast c;

		draw_scores(&rows, s->n, s->base_rate, s->distance);
		draw_scores(
		    &others, s->reference, s->base_rate, s->reference_distance);
		a = group_of(&arena, "a", &rows);
		b = group_of(&arena, "b", &others);
		metric_measure(m, &a, &a, &x);
		metric_measure(m, &b, &b, &y);
		if (x.defined && y.defined) {
			uncertainty_measure(m, &a, &a, &x, &options, &u);
			note(&alone, &u, truth);
			uncertainty_compare(m,
			    &(struct contrast_side){ &a, &a, &x },
			    &(struct contrast_side){ &b, &b, &y }, &options,
			    &c);
			note(&difference, &c.interval, truth - other);
		}
		arena_free(&arena);
	}
	snprintf(what, sizeof(what), "%s of %zu rows, %.2f positive, %.3f",
	    s->metric, s->n, s->base_rate, truth);
	print(what, &alone, s->least);
	snprintf(what, sizeof(what), "%s less that of %zu rows, %.3f",
	    s->metric, s->reference, truth - other);
	print(what, &difference, s->least_difference);
}

/* Errors are lognormal, whose median is 1. */
static void
simulate_median(size_t n)
{
	static struct rows rows, others;
	const struct metric *m = metric("median_absolute_error");
	struct uncertainty_options options;
	struct tally alone = { 0 }, difference = { 0 };
	char what[100];

	uncertainty_defaults(&options);
	for (unsigned i = 0; i < trials; i++) {
		struct arena arena = { 0 };
		struct group a, b;
		struct metric_value x, y;
		struct uncertainty u;
		struct contrast c;

		rows.n = n;
		others.n = 2 * n;
		for (size_t k = 0; k < n; k++)
			rows.all[k].score = exp(normal());
		for (size_t k = 0; k < 2 * n; k++)
			others.all[k].score = 2 * exp(normal());
		a = errors_of(&arena, &rows);
		b = errors_of(&arena, &others);
		metric_measure(m, &a, &a, &x);
		metric_measure(m, &b, &b, &y);
		uncertainty_measure(m, &a, &a, &x, &options, &u);
		note(&alone, &u, 1);
		uncertainty_compare(m, &(struct contrast_side){ &a, &a, &x },
		    &(struct contrast_side){ &b, &b, &y }, &options, &c);
		note(&difference, &c.interval, -1);
		arena_free(&arena);
	}
	snprintf(what, sizeof(what), "median error of %zu rows", n);
	print(what, &alone, 0.93);
	snprintf(what, sizeof(what), "less that of %zu rows", 2 * n);
	print(what, &difference, 0.93);
}

/* Two groups in one ranking: the truth is the mean over the same draws. */
static void
simulate_ranking(
    const char *name, size_t n, size_t reference, double shift, double least)
{
	static struct rows rows, others, all;
	const struct metric *m = metric(name);
	struct uncertainty_options options;
	struct tally difference = { 0 };
	double truth = 0;
	char what[100];
	const uint64_t seed = random_rows.state;

	uncertainty_defaults(&options);
	for (unsigned pass = 0; pass < 2; pass++) {
		random_rows.state = seed;
		for (unsigned i = 0; i < trials; i++) {
			struct arena arena = { 0 };
			struct group a, b, whole;
			struct metric_value x, y;
			struct contrast c;

			draw_scores(&rows, n, 0.5, 0);
			draw_scores(&others, reference, 0.5, 0);
			for (size_t k = 0; k < n; k++)
				rows.all[k].score = normal_below(
				    normal_quantile(rows.all[k].score) + shift);
			all.n = n + reference;
			memcpy(all.all, rows.all, n * sizeof(all.all[0]));
			memcpy(all.all + n, others.all,
			    reference * sizeof(all.all[0]));
			a = group_of(&arena, "a", &rows);
			b = group_of(&arena, "b", &others);
			whole = group_of(&arena, "(overall)", &all);
			metric_measure(m, &a, &whole, &x);
			metric_measure(m, &b, &whole, &y);
			if (!x.defined || !y.defined) {
				difference.none += pass;
			} else if (pass == 0) {
				truth += (x.value - y.value) / trials;
			} else {
				uncertainty_compare(m,
				    &(struct contrast_side){ &a, &whole, &x },
				    &(struct contrast_side){ &b, &whole, &y },
				    &options, &c);
				note(&difference, &c.interval, truth);
			}
			arena_free(&arena);
		}
	}
	snprintf(what, sizeof(what), "%s of %zu less %zu rows, %.4f", name, n,
	    reference, truth);
	print(what, &difference, least);
}

/* Equal groups: how often the worst verdict is a finding. */
struct equal {
	unsigned groups, least, most; /* rows of each, evenly spread */
	double rate;
	bool is_weighted;
};

static void
simulate_verdicts(const struct equal *e, enum disparity_rule rule)
{
	struct tally t = { 0 };
	unsigned rejected = 0;
	char what[100];

	for (unsigned i = 0; i < trials; i++) {
		struct arena arena = { 0 };
		struct disparity_options options;
		struct disparity_table out = { 0 };
		struct group *groups =
		    arena_array(&arena, e->groups, sizeof(groups[0]));
		struct group whole = { .name = "(overall)" };
		struct group_table table = { .attribute = "g",
			.groups = groups,
			.n = e->groups,
			.reference = &groups[e->groups - 1] };
		struct disparity_maker maker = { &out, &arena, &options,
			&whole };

		disparity_defaults(&options);
		options.rule = rule;
		options.replicates = 500;
		options.seed = i + 1;
		for (unsigned k = 0; k < e->groups; k++) {
			unsigned n =
			    e->least + (e->most - e->least) * k / e->groups;

			groups[k].name = arena_printf(&arena, "%u", k);
			for (unsigned j = 0; j < n; j++) {
				enum cell cell = unit() < e->rate ?
				    CELL_SELECTED :
				    CELL_REFUSED;

				if (e->is_weighted)
					counts_add_weighted(&groups[k].counts,
					    cell, 0.25 + 2 * unit());
				else
					counts_add(&groups[k].counts, cell);
			}
			counts_merge(&whole.counts, &groups[k].counts);
		}
		disparity_add(&maker, &table, metric("selection_rate"));
		if (out.first->worst == DISPARITY_FINDING)
			t.above++;
		else
			t.held++;
		rejected += out.first->test != NULL && out.first->p < 0.05;
		arena_free(&arena);
	}
	snprintf(what, sizeof(what),
	    "%u equal groups of %u to %u%s rows, rate %.2f, %s", e->groups,
	    e->least, e->most, e->is_weighted ? " weighted" : "", e->rate,
	    disparity_rule_name(rule));
	print(what, &t, rule == DISPARITY_RULE_INTERVAL ? 0 : 0.95);
	printf("       the test of homogeneity rejects %.3f\n",
	    (double)rejected / trials);
	if (rejected > trials * 0.05 + 3 * sqrt(trials * 0.05 * 0.95)) {
		printf("BROKEN homogeneity\n");
		failures++;
	}
}

static const struct scene scenes[] = {
	{ "roc_auc", 60, 120, 0.5, 1, 1, 0.92, 0.92 },
	{ "roc_auc", 300, 600, 0.2, 1, 1.5, 0.93, 0.93 },
	{ "roc_auc", 100, 100, 0.3, 2.5, 2.5, 0.92, 0.92 },
	{ "average_precision", 100, 200, 0.5, 1, 1, 0.92, 0.92 },
	{ "average_precision", 600, 1200, 0.2, 1, 1.5, 0.93, 0.93 },
	{ "ks_statistic", 300, 600, 0.5, 1, 1, 0.9, 0.92 },
	{ "ks_statistic", 1500, 3000, 0.3, 1, 1.5, 0.92, 0.93 },
	{ "calibration_slope", 200, 400, 0.5, 1, 1, 0.92, 0.92 },
	{ "calibration_slope", 1500, 1500, 0.3, 1, 1.5, 0.93, 0.93 },
	{ "calibration_intercept", 200, 400, 0.5, 1, 1, 0.92, 0.92 },
	{ "brier_score", 60, 120, 0.5, 1, 1, 0.92, 0.92 },
	{ "log_loss", 200, 400, 0.5, 1, 1, 0.92, 0.92 },
	{ "matthews_correlation", 60, 120, 0.5, 1, 1, 0.92, 0.92 },
	{ "matthews_correlation", 400, 400, 0.2, 1, 1.5, 0.93, 0.93 },
	{ "balanced_accuracy", 60, 120, 0.3, 1, 1, 0.92, 0.92 },
	{ "f1_score", 30, 60, 0.5, 1, 1, 0.93, 0.93 },
	{ "f1_score", 200, 400, 0.2, 1, 1.5, 0.93, 0.93 },
	{ "treatment_equality_ratio", 100, 200, 0.5, 1, 1, 0.92, 0.92 },
};

static const struct equal equals[] = {
	{ 2, 10, 10, 0.2, false },
	{ 2, 30, 1000, 0.02, false },
	{ 10, 10, 30, 0.3, false },
	{ 10, 20, 400, 0.05, false },
	{ 50, 5, 60, 0.2, false },
	{ 50, 100, 400, 0.5, false },
	{ 10, 50, 400, 0.2, true },
	{ 10, 30, 60, 0.05, true },
};

int
main(int argc, char **argv)
{
	if (argc > 1)
		trials = (unsigned)strtoul(argv[1], NULL, 10);
	for (size_t i = 0; i < sizeof(scenes) / sizeof(scenes[0]); i++)
		simulate_scores(&scenes[i]);
	simulate_median(20);
	simulate_median(200);
	simulate_ranking("exposure", 100, 200, 0, 0.93);
	simulate_ranking("exposure", 100, 200, -0.5, 0.93);
	simulate_ranking("exposure", 20, 200, 0, 0.93);
	simulate_ranking("selection_rate_at_100", 300, 700, 0, 0.93);
	simulate_ranking("selection_rate_at_100", 300, 700, -0.4, 0.93);
	simulate_ranking("skew_at_100", 300, 700, -0.4, 0.92);
	for (size_t i = 0; i < sizeof(equals) / sizeof(equals[0]); i++) {
		simulate_verdicts(&equals[i], DISPARITY_RULE_BOTH);
		simulate_verdicts(&equals[i], DISPARITY_RULE_SIGNIFICANCE);
	}
	return failures > 0;
}
