#include "measure/spread_pooled.h"

#include <math.h>

#include "measure/score.h"

/* The others as one group; their scores are summed, not merged. */
struct sides {
	struct group others;
	const struct group *reference;
	const char *pair;
};

static struct sides
sides_of(const struct spread_maker *maker)
{
	struct sides sides = { .reference = maker->reference };

	sides.others.name =
	    arena_printf(maker->arena, "not %s", maker->reference->name);
	sides.others.counts.weighted = maker->reference->counts.weighted;
	sides.pair = arena_printf(
	    maker->arena, "unprivileged vs %s", maker->reference->name);
	for (size_t i = 0; i < maker->n; i++)
		if (maker->groups[i] != maker->reference)
			counts_merge(
			    &sides.others.counts, &maker->groups[i]->counts);
	return sides;
}

static void
append_pair(struct spread_maker *maker, const struct sides *sides,
    const char *name, struct metric_value value)
{
	spread_append(maker, name, sides->pair, &value)->reference =
	    sides->reference->name;
}

/* A metric of the others and of the reference. */
struct both {
	struct metric_value others, reference;
};

static struct both
measure_both(const struct spread_maker *maker, const struct sides *sides,
    const char *name)
{
	const struct metric *metric = spread_metric(name);
	struct both both;

	metric_measure(metric, &sides->others, maker->whole, &both.others);
	metric_measure(metric, sides->reference, maker->whole, &both.reference);
	return both;
}

static struct metric_value
difference_of(const struct spread_maker *maker, const struct sides *sides,
    const char *name)
{
	struct both both = measure_both(maker, sides, name);

	return spread_difference(&both.others, &both.reference);
}

static struct metric_value
ratio_of(const struct spread_maker *maker, const struct sides *sides,
    const char *name)
{
	struct both both = measure_both(maker, sides, name);

	return spread_ratio(&both.others, &both.reference);
}

/* One number of two; undefined when one of them is. */
typedef double combine(double a, double b);

static double
mean(double a, double b)
{
	return (a + b) / 2;
}

static double
mean_size(double a, double b)
{
	return (fabs(a) + fabs(b)) / 2;
}

static double
larger_size(double a, double b)
{
	return fmax(fabs(a), fabs(b));
}

static struct metric_value
combined(struct metric_value a, struct metric_value b, combine *how)
{
	if (!a.defined || !b.defined)
		return a.defined ? b : a;
	return spread_number(how(a.value, b.value));
}

/* The mean score of a label on one side: of the reference, or the others. */
static struct metric_value
mean_score(const struct spread_maker *maker, bool of_others, enum binary label)
{
	struct dd sum = dd_of(0), weight = dd_of(0);

	for (size_t i = 0; i < maker->n; i++) {
		const struct distribution *scores = maker->groups[i]->scores;

		if ((maker->groups[i] != maker->reference) != of_others)
			continue;
		for (size_t k = 0; k < scores->n; k++) {
			struct dd w = dd_of(score_weight(scores, k, label));

			sum = dd_add(sum, dd_multiply(w, score_at(scores, k)));
			weight = dd_add(weight, w);
		}
	}
	return weight.high > 0 ?
	    spread_number(dd_value(dd_divide(sum, weight))) :
	    spread_undefined("0 rows with a score have that label");
}

static void
append_scores(struct spread_maker *maker, const struct sides *sides)
{
	struct metric_value tpr[2], fpr[2];

	for (size_t i = 0; i < maker->n; i++)
		if (maker->groups[i]->scores == NULL)
			return;
	for (size_t k = 0; k < 2; k++) {
		tpr[k] = mean_score(maker, k == 0, BINARY_YES);
		fpr[k] = mean_score(maker, k == 0, BINARY_NO);
	}
	spread_append(
	    maker, "mean_score_positives", sides->others.name, &tpr[0]);
	spread_append(
	    maker, "mean_score_negatives", sides->others.name, &fpr[0]);
	spread_append(maker, "generalized_true_positive_rate",
	    sides->others.name, &tpr[0]);
	spread_append(maker, "generalized_false_positive_rate",
	    sides->others.name, &fpr[0]);
	append_pair(maker, sides, "generalized_equalized_odds_difference",
	    combined(spread_difference(&tpr[0], &tpr[1]),
		spread_difference(&fpr[0], &fpr[1]), larger_size));
}

static void
append_rates(struct spread_maker *maker, const struct sides *sides)
{
	static const char *const rates[] = { "true_positive_rate",
		"false_positive_rate", "false_negative_rate",
		"false_omission_rate", "false_discovery_rate", "error_rate" };
	static const char *const shown[] = { "accuracy", "selection_rate",
		"base_rate", "true_positive_rate", "false_positive_rate" };

	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
		struct both both = measure_both(maker, sides, shown[i]);

		spread_append(
		    maker, shown[i], sides->others.name, &both.others);
	}
	for (size_t i = 0; i < sizeof(rates) / sizeof(rates[0]); i++) {
		append_pair(maker, sides,
		    arena_printf(maker->arena, "%s_difference", rates[i]),
		    difference_of(maker, sides, rates[i]));
		if (i > 0)
			append_pair(maker, sides,
			    arena_printf(maker->arena, "%s_ratio", rates[i]),
			    ratio_of(maker, sides, rates[i]));
	}
}

void
spread_pooled(struct spread_maker *maker)
{
	struct sides sides;
	struct metric_value tpr, fpr;

	if (maker->reference == NULL || maker->n < 2)
		return;
	sides = sides_of(maker);
	tpr = difference_of(maker, &sides, "true_positive_rate");
	fpr = difference_of(maker, &sides, "false_positive_rate");
	append_pair(maker, &sides, "statistical_parity_difference",
	    difference_of(maker, &sides, "selection_rate"));
	append_pair(maker, &sides, "disparate_impact",
	    ratio_of(maker, &sides, "selection_rate"));
	append_pair(
	    maker, &sides, "average_odds_difference", combined(tpr, fpr, mean));
	append_pair(maker, &sides, "average_abs_odds_difference",
	    combined(tpr, fpr, mean_size));
	append_pair(maker, &sides, "equal_opportunity_difference", tpr);
	append_pair(maker, &sides, "equalized_odds_difference",
	    combined(tpr, fpr, larger_size));
	append_pair(maker, &sides, "average_predictive_value_difference",
	    combined(difference_of(maker, &sides, "precision"),
		difference_of(maker, &sides, "false_omission_rate"), mean));
	append_rates(maker, &sides);
	append_scores(maker, &sides);
}
