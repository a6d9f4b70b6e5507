#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/disparity.h"
#include "stats/interval.h"
#include "stats/special.h"

/*
 * How often the intervals of two rates hold the truth, and how often the tests
 * cry wolf, as the program chooses them: not simulated but summed over every
 * table there can be.  Prints a line for each pair of sizes and fails where a
 * promise is broken:
 *
 *  - Wilson's interval holds a rate in 0.83 of all cases at worst and in 0.94
 *    on average over rates, Clopper and Pearson's in 0.95 always;
 *  - the interval of a difference in 0.90 at worst (of fewer than ten rows
 *    0.85, which is known of the score interval) and 0.945 on average, that
 *    of a ratio in 0.90 and 0.945 (a table without a ratio, both being 0, is
 *    held by every number);
 *  - a test of equal rates at 0.05 rejects 0.07 at most, 0.05 on average.
 */

#define CONFIDENCE 0.95

static const double rates[] = { 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9,
	0.98 };
enum { RATES = sizeof(rates) / sizeof(rates[0]) };

static unsigned failures;

static void
promise(bool is_kept, const char *what)
{
	if (is_kept)
		return;
	printf("BROKEN: %s\n", what);
	failures++;
}

static double
term(double k, double n, double p)
{
	return binomial_term(k, n, p, 1 - p);
}

static void
one_rate(unsigned n)
{
	static const struct {
		const char *name;
		interval_of_rate *make;
		double least, mean;
	} methods[] = { { "Wilson", interval_wilson, 0.83, 0.94 },
		{ "Clopper-Pearson", interval_clopper_pearson, 0.95, 0.95 },
		{ "Jeffreys", interval_jeffreys, 0, 0.93 },
		{ "Agresti-Coull", interval_agresti_coull, 0.89, 0.95 } };

	for (size_t m = 0; m < sizeof(methods) / sizeof(methods[0]); m++) {
		double least = 1, sum = 0;
		const unsigned steps = 199;

		for (unsigned i = 1; i <= steps; i++) {
			double p = i / (steps + 1.0), held = 0;

			for (unsigned k = 0; k <= n; k++) {
				struct interval x;

				methods[m].make(
				    (double)k / n, n, CONFIDENCE, &x);
				if (x.lower <= p && p <= x.upper)
					held += term(k, n, p);
			}
			least = fmin(least, held);
			sum += held / steps;
		}
		printf("rate of %4u rows: %-16s %.3f to mean %.3f\n", n,
		    methods[m].name, least, sum);
		promise(least >= methods[m].least - 1e-9, methods[m].name);
		promise(sum >= methods[m].mean, methods[m].name);
	}
}

/* Every comparison of two groups of these sizes. */
struct tables {
	unsigned n1, n2;
	struct disparity *all; /* (n1 + 1) (n2 + 1) */
};

static struct disparity
compare(unsigned k1, unsigned n1, unsigned k2, unsigned n2)
{
	struct arena arena = { 0 };
	struct disparity_options options;
	struct disparity_table out = { 0 };
	struct group groups[2] = { { .name = "a" }, { .name = "b" } };
	struct group whole = { .name = "(overall)" };
	struct group_table table = { .attribute = "g",
		.groups = groups,
		.n = 2,
		.reference = &groups[1] };
	struct disparity_maker maker = { &out, &arena, &options, &whole };
	struct disparity d;

	groups[0].counts.rows[CELL_SELECTED] = k1;
	groups[0].counts.rows[CELL_REFUSED] = n1 - k1;
	groups[1].counts.rows[CELL_SELECTED] = k2;
	groups[1].counts.rows[CELL_REFUSED] = n2 - k2;
	disparity_defaults(&options);
	options.replicates = 0;
	disparity_add(&maker, &table, metric_find("selection_rate", 14));
	d = *out.first->first;
	arena_free(&arena);
	return d;
}

struct coverage {
	double least, sum;
	unsigned n;
};

static void
take(struct coverage *c, double held)
{
	c->least = c->n == 0 ? held : fmin(c->least, held);
	c->sum += held;
	c->n++;
}

static bool
holds(const struct disparity_interval *i, double truth)
{
	return i->method == NULL ||
	    (i->lower <= truth * (1 + 1e-12) + 1e-12 &&
		truth * (1 - 1e-12) - 1e-12 <= i->upper);
}

static void
one_pair(const struct tables *t, double p1, double p2,
    struct coverage *difference, struct coverage *ratio, struct coverage *alarm)
{
	double held = 0, held_ratio = 0, rejected = 0;

	for (unsigned i = 0; i <= t->n1; i++)
		for (unsigned k = 0; k <= t->n2; k++) {
			const struct disparity *d =
			    &t->all[i * (t->n2 + 1) + k];
			double p = term(i, t->n1, p1) * term(k, t->n2, p2);

			if (holds(&d->difference_interval, p1 - p2))
				held += p;
			if (holds(&d->ratio_interval, p1 / p2))
				held_ratio += p;
			if (d->test != NULL && d->p < 1 - CONFIDENCE)
				rejected += p;
		}
	take(difference, held);
	take(ratio, held_ratio);
	if (p1 == p2)
		take(alarm, 1 - rejected);
}

static void
two_rates(unsigned n1, unsigned n2)
{
	struct tables t = { n1, n2,
		malloc((n1 + 1) * (n2 + 1) * sizeof(struct disparity)) };
	struct coverage difference = { 1, 0, 0 }, ratio = difference;
	struct coverage alarm = difference;

	if (t.all == NULL)
		exit(2);
	for (unsigned i = 0; i <= n1; i++)
		for (unsigned k = 0; k <= n2; k++)
			t.all[i * (n2 + 1) + k] = compare(i, n1, k, n2);
	for (size_t i = 0; i < RATES; i++)
		for (size_t k = 0; k < RATES; k++)
			one_pair(&t, rates[i], rates[k], &difference, &ratio,
			    &alarm);
	printf("%4u and %4u rows: difference %.3f to mean %.3f, ratio %.3f to "
	       "mean %.3f, false alarms %.4f at most, mean %.4f\n",
	    n1, n2, difference.least, difference.sum / difference.n,
	    ratio.least, ratio.sum / ratio.n, 1 - alarm.least,
	    1 - alarm.sum / alarm.n);
	promise(
	    difference.least >= (n1 < 10 ? 0.85 : 0.9), "difference at worst");
	promise(
	    difference.sum / difference.n >= 0.945, "difference on average");
	promise(ratio.least >= 0.9, "ratio at worst");
	promise(ratio.sum / ratio.n >= 0.945, "ratio on average");
	promise(1 - alarm.least <= 0.07, "false alarms at most");
	promise(1 - alarm.sum / alarm.n <= 0.05, "false alarms on average");
	free(t.all);
}

int
main(void)
{
	static const unsigned sizes[][2] = { { 5, 5 }, { 5, 50 }, { 10, 10 },
		{ 10, 100 }, { 20, 40 }, { 30, 30 }, { 50, 150 }, { 100, 100 },
		{ 150, 20 } };

	one_rate(5);
	one_rate(10);
	one_rate(50);
	one_rate(200);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		two_rates(sizes[i][0], sizes[i][1]);
	return failures > 0;
}
