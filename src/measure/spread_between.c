#include "measure/spread_between.h"

#include <math.h>

static const char too_few[] = "fewer than two groups have a value";

/* The values of the groups, and which of them are the extremes. */
struct extent {
	const struct metric_value *values;
	size_t n, n_defined;
	size_t low, high;
};

static struct extent
extent_of(const struct spread_maker *maker, const struct metric *metric)
{
	struct extent e = { .values = spread_values(maker, metric),
		.n = maker->n };

	for (size_t i = 0; i < e.n; i++) {
		if (!e.values[i].defined)
			continue;
		if (e.n_defined == 0 ||
		    e.values[i].value < e.values[e.low].value)
			e.low = i;
		if (e.n_defined == 0 ||
		    e.values[i].value > e.values[e.high].value)
			e.high = i;
		e.n_defined++;
	}
	return e;
}

static struct metric_value
difference(const struct extent *e)
{
	return e->n_defined < 2 ?
	    spread_undefined(too_few) :
	    spread_difference(&e->values[e->high], &e->values[e->low]);
}

static struct metric_value
ratio(const struct extent *e)
{
	if (e->n_defined < 2)
		return spread_undefined(too_few);
	if (e->values[e->high].value == 0 && e->values[e->low].value == 0)
		return spread_undefined("0/0: all groups are 0, so equal");
	return spread_ratio(&e->values[e->low], &e->values[e->high]);
}

static struct metric_value
signed_difference(const struct extent *e)
{
	if (e->n_defined < 2)
		return spread_undefined(too_few);
	return e->low < e->high ?
	    spread_difference(&e->values[e->low], &e->values[e->high]) :
	    spread_difference(&e->values[e->high], &e->values[e->low]);
}

static struct metric_value
difference_to(const struct extent *e, const struct metric_value *overall)
{
	struct metric_value worst = spread_undefined(
	    overall->defined ? "no group has a value" : overall->reason);

	for (size_t i = 0; i < e->n; i++) {
		struct metric_value d =
		    spread_difference(&e->values[i], overall);

		d.value = fabs(d.value);
		if (d.defined && (!worst.defined || d.value > worst.value))
			worst = d;
	}
	return worst;
}

/* The ratio of two values, the smaller one over the larger. */
static struct metric_value
folded(const struct metric_value *a, const struct metric_value *b)
{
	return a->defined && b->defined && a->value > b->value ?
	    spread_ratio(b, a) :
	    spread_ratio(a, b);
}

static struct metric_value
ratio_to(const struct extent *e, const struct metric_value *overall)
{
	struct metric_value worst = spread_undefined(
	    overall->defined ? "no group has a value" : overall->reason);

	for (size_t i = 0; i < e->n; i++) {
		struct metric_value r = folded(&e->values[i], overall);

		if (r.defined && (!worst.defined || r.value < worst.value))
			worst = r;
		else if (!r.defined && !worst.defined && e->values[i].defined)
			worst = r;
	}
	return worst;
}

static void
append(struct spread_maker *maker, const struct metric *metric,
    const char *suffix, const struct extent *e, struct metric_value value)
{
	const char *name =
	    arena_printf(maker->arena, "%s_%s", metric->name, suffix);

	spread_append(maker, name, SPREAD_ALL, &value)->n_left_out =
	    e->n - e->n_defined;
}

void
spread_between(struct spread_maker *maker, const struct metric *metric)
{
	struct extent e = extent_of(maker, metric);
	struct metric_value overall,
	    none = spread_undefined("no group has a value");

	metric_measure(metric, maker->whole, maker->whole, &overall);
	append(maker, metric, "group_min", &e,
	    e.n_defined > 0 ? e.values[e.low] : none);
	append(maker, metric, "group_max", &e,
	    e.n_defined > 0 ? e.values[e.high] : none);
	append(maker, metric, "difference_between_groups", &e, difference(&e));
	append(maker, metric, "difference_to_overall", &e,
	    difference_to(&e, &overall));
	append(maker, metric, "ratio_between_groups", &e, ratio(&e));
	append(maker, metric, "ratio_to_overall", &e, ratio_to(&e, &overall));
	append(maker, metric, "groupdiff_tau", &e, ratio(&e));
	append(maker, metric, "groupdiff_absdiff", &e, difference(&e));
	append(maker, metric, "groupdiff_diff", &e, signed_difference(&e));
}

/* The larger or the smaller of two, or their mean. */
enum choice { LARGER, SMALLER, MEAN };

static struct metric_value
either(struct metric_value a, struct metric_value b, enum choice choice)
{
	if (!a.defined)
		return a;
	if (!b.defined)
		return b;
	return spread_number(choice == LARGER ? fmax(a.value, b.value) :
		choice == SMALLER             ? fmin(a.value, b.value) :
						(a.value + b.value) / 2);
}

static void
append_plain(struct spread_maker *maker, const char *name,
    struct metric_value value, size_t n_left_out)
{
	spread_append(maker, name, SPREAD_ALL, &value)->n_left_out = n_left_out;
}

void
spread_parities(struct spread_maker *maker)
{
	struct extent selected =
	    extent_of(maker, spread_metric("selection_rate"));
	struct extent tpr =
	    extent_of(maker, spread_metric("true_positive_rate"));
	struct extent fpr =
	    extent_of(maker, spread_metric("false_positive_rate"));
	size_t out = selected.n - selected.n_defined;
	size_t out_tpr = tpr.n - tpr.n_defined;
	size_t out_fpr = fpr.n - fpr.n_defined;
	size_t out_both = out_tpr > out_fpr ? out_tpr : out_fpr;

	append_plain(
	    maker, "demographic_parity_difference", difference(&selected), out);
	append_plain(maker, "demographic_parity_ratio", ratio(&selected), out);
	append_plain(
	    maker, "equal_opportunity_difference", difference(&tpr), out_tpr);
	append_plain(maker, "equal_opportunity_ratio", ratio(&tpr), out_tpr);
	append_plain(maker, "equalized_odds_difference",
	    either(difference(&tpr), difference(&fpr), LARGER), out_both);
	append_plain(maker, "equalized_odds_ratio",
	    either(ratio(&tpr), ratio(&fpr), SMALLER), out_both);
	append_plain(maker, "equalized_odds_difference_mean",
	    either(difference(&tpr), difference(&fpr), MEAN), out_both);
	append_plain(maker, "equalized_odds_ratio_mean",
	    either(ratio(&tpr), ratio(&fpr), MEAN), out_both);
}
