#include "measure/spread_parity.h"

#include <string.h>

/* Disparities. */

static void
append_disparity(struct spread_maker *maker, const struct metric *metric,
    const char *kind, const struct metric_value *values, size_t base)
{
	const char *name =
	    arena_printf(maker->arena, "%s_disparity_%s", metric->name, kind);

	for (size_t i = 0; i < maker->n; i++) {
		struct metric_value ratio =
		    spread_ratio(&values[i], &values[base]);

		spread_append_group(
		    maker, name, maker->groups[i], &ratio, maker->groups[base]);
	}
}

/* The index of the group with most rows, the first among equals. */
static size_t
largest(const struct spread_maker *maker)
{
	size_t best = 0;

	for (size_t i = 1; i < maker->n; i++)
		if (group_rows(maker->groups[i]) >
		    group_rows(maker->groups[best]))
			best = i;
	return best;
}

static size_t
smallest_value(const struct metric_value *values, size_t n)
{
	size_t best = n;

	for (size_t i = 0; i < n; i++)
		if (values[i].defined &&
		    (best == n || values[i].value < values[best].value))
			best = i;
	return best;
}

/* The index of the reference, or n. */
static size_t
reference_of(const struct spread_maker *maker)
{
	size_t i = 0;

	while (i < maker->n && maker->groups[i] != maker->reference)
		i++;
	return i;
}

void
spread_disparities(struct spread_maker *maker, const struct metric *metric)
{
	const struct metric_value *values = spread_values(maker, metric);
	size_t reference = reference_of(maker);
	size_t least = smallest_value(values, maker->n);

	if (maker->n == 0)
		return;
	if (reference < maker->n)
		append_disparity(
		    maker, metric, "predefined", values, reference);
	append_disparity(maker, metric, "majority", values, largest(maker));
	if (least < maker->n)
		append_disparity(maker, metric, "min_metric", values, least);
}

/* Yes and no. */

struct metric_value
spread_and(const struct metric_value *a, const struct metric_value *b)
{
	if (a->defined && a->value == 0)
		return *a;
	if (b->defined && b->value == 0)
		return *b;
	return a->defined ? *b : *a;
}

static struct metric_value
is_near(const struct metric_value *value, const struct metric_value *base,
    double tau)
{
	struct metric_value ratio = spread_ratio(value, base);

	if (spread_is_infinite(&ratio))
		return spread_number(0);
	if (!ratio.defined)
		return ratio;
	return spread_number(ratio.value >= tau && ratio.value <= 1 / tau);
}

/* A question about each group, and its answers. */
struct question {
	const char *name;
	const char *metric;  /* near to the reference */
	const char *both[2]; /* or: two questions before it */
};

/* Answer a question of each group, then of all of them. */
static struct metric_value *
answer(struct spread_maker *maker, const struct question *q,
    const struct question *questions, struct metric_value *const answers[])
{
	struct metric_value *result =
	    arena_array(maker->arena, maker->n, sizeof(result[0]));
	size_t reference = reference_of(maker);

	if (q->metric != NULL) {
		const struct metric_value *values =
		    spread_values(maker, spread_metric(q->metric));

		for (size_t i = 0; i < maker->n; i++)
			result[i] =
			    is_near(&values[i], &values[reference], maker->tau);
		return result;
	}
	for (size_t k = 0; &questions[k] < q; k++)
		for (size_t i = 0; i < maker->n; i++) {
			if (strcmp(questions[k].name, q->both[0]) == 0)
				result[i] = answers[k][i];
			if (strcmp(questions[k].name, q->both[1]) == 0)
				result[i] =
				    spread_and(&result[i], &answers[k][i]);
		}
	return result;
}

static void
append_answers(struct spread_maker *maker, const char *name,
    const struct metric_value *answers)
{
	struct metric_value all = spread_number(1);
	struct spread *row;

	for (size_t i = 0; i < maker->n; i++) {
		row = spread_append_group(maker, name, maker->groups[i],
		    &answers[i], maker->reference);
		row->is_verdict = true;
		all = spread_and(&all, &answers[i]);
	}
	row = spread_append(maker, name, SPREAD_ALL, &all);
	row->is_verdict = true;
	row->reference = maker->reference->name;
}

/* Ask n questions; answers has room for those of each. */
static void
ask(struct spread_maker *maker, const struct question *questions, size_t n,
    struct metric_value *answers[])
{
	for (size_t k = 0; k < n; k++) {
		answers[k] = answer(maker, &questions[k], questions, answers);
		append_answers(maker, questions[k].name, answers[k]);
	}
}

void
spread_aequitas(struct spread_maker *maker)
{
	static const struct question questions[] = {
		{ "Statistical Parity", "predicted_positive_ratio_k",
		    { NULL, NULL } },
		{ "Impact Parity", "selection_rate", { NULL, NULL } },
		{ "FDR Parity", "false_discovery_rate", { NULL, NULL } },
		{ "FPR Parity", "false_positive_rate", { NULL, NULL } },
		{ "FOR Parity", "false_omission_rate", { NULL, NULL } },
		{ "FNR Parity", "false_negative_rate", { NULL, NULL } },
		{ "TPR Parity", "true_positive_rate", { NULL, NULL } },
		{ "TNR Parity", "true_negative_rate", { NULL, NULL } },
		{ "NPV Parity", "negative_predictive_value", { NULL, NULL } },
		{ "Precision Parity", "precision", { NULL, NULL } },
		{ "TypeI Parity", NULL, { "FDR Parity", "FPR Parity" } },
		{ "TypeII Parity", NULL, { "FOR Parity", "FNR Parity" } },
		{ "Equalized Odds", NULL, { "FPR Parity", "TPR Parity" } },
		{ "Unsupervised Fairness", NULL,
		    { "Statistical Parity", "Impact Parity" } },
		{ "Supervised Fairness", NULL,
		    { "TypeI Parity", "TypeII Parity" } },
	};
	enum { N = sizeof(questions) / sizeof(questions[0]) };
	struct metric_value *answers[N];

	if (reference_of(maker) < maker->n)
		ask(maker, questions, N, answers);
}

void
spread_fairmodels(struct spread_maker *maker)
{
	static const struct question questions[] = {
		{ "accuracy_fairness_check", "accuracy", { NULL, NULL } },
		{ "true_positive_rate_fairness_check", "true_positive_rate",
		    { NULL, NULL } },
		{ "precision_fairness_check", "precision", { NULL, NULL } },
		{ "false_positive_rate_fairness_check", "false_positive_rate",
		    { NULL, NULL } },
		{ "selection_rate_fairness_check", "selection_rate",
		    { NULL, NULL } },
	};
	enum { N = sizeof(questions) / sizeof(questions[0]) };
	struct metric_value *answers[N];

	if (reference_of(maker) == maker->n)
		return;
	ask(maker, questions, N, answers);
	for (size_t k = 1; k < N; k++)
		for (size_t i = 0; i < maker->n; i++)
			answers[0][i] =
			    spread_and(&answers[0][i], &answers[k][i]);
	append_answers(maker, "fairness_check", answers[0]);
}
