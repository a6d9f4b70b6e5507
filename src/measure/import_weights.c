#include <string.h>

#include "base/text.h"
#include "measure/import_implied.h"

/* Rates from sums of weights. */

static const enum cell complete[] = { CELL_TN, CELL_FP, CELL_FN, CELL_TP };

/* Where the figure of a group and a metric is; private to this file. */
struct index {
	struct intern keys;
	size_t *figures; /* of each key, the first */
};

/* The number of a group and a metric. */
static size_t
key_of(struct index *index, const struct sheet_group *group,
    const struct metric *metric)
{
	struct text key = { 0 };
	size_t i;

	text_put(&key, (const char *)&group, sizeof(group));
	text_puts(&key, metric->name);
	i = intern_add(&index->keys, text_str(&key), key.n);
	text_free(&key);
	return i;
}

static void
note(struct index *index, const struct sheet *sheet, size_t figure)
{
	size_t n = index->keys.n;
	size_t i = key_of(
	    index, sheet->figures[figure].group, sheet->figures[figure].metric);

	if (i == n)
		index->figures[i] = figure;
}

static bool
is_rate(const struct metric *metric)
{
	return metric->formula == NULL && metric->class == NULL &&
	    (metric->kind == METRIC_RATE || metric->kind == METRIC_QUOTIENT);
}

/* Sum of weights of the cells, each as often as its factor says. */
static double
total(const struct sheet_group *group, const cell_factors factors)
{
	double sum = 0;

	for (size_t i = 0; i < sizeof(complete) / sizeof(complete[0]); i++)
		sum += factors[complete[i]] * group->weights[complete[i]];
	return sum;
}

/* Set the two sums of a rate beside its figure, which is made if need be. */
static void
weigh(struct sheet *sheet, struct index *index, struct sheet_group *group,
    const struct metric *metric)
{
	const struct import_text none = { NULL, group->pos };
	double denominator = total(group, metric->denominator);
	size_t n = index->keys.n;
	size_t i = key_of(index, group, metric);
	struct figure *figure;

	if (i == n) {
		index->figures[i] = sheet->n_figures;
		sheet_figure(sheet, group, metric, &none);
		sheet->figures[sheet->n_figures - 1].is_said = false;
	}
	figure = sheet->figures[index->figures[i]].figure;
	if (denominator == 0) {
		figure->state = FIGURE_UNDEFINED;
		figure->reason = metric->empty;
		return;
	}
	figure->has_counts = true;
	figure->numerator = total(group, metric->numerator);
	figure->denominator = denominator;
	if (!sheet->figures[index->figures[i]].is_said) {
		figure->state = FIGURE_DEFINED;
		figure->value = figure->numerator / denominator;
	}
}

static bool
is_complete(const struct sheet_group *group)
{
	for (size_t i = 0; i < sizeof(complete) / sizeof(complete[0]); i++)
		if (!group->has[complete[i]])
			return false;
	return !group->is_spoilt;
}

void
sheet_weigh(struct sheet *sheet, size_t variant)
{
	size_t n = sheet->n_figures;
	struct index index = { .keys.arena = sheet->arena };

	if (!sheet->is_weighted)
		return;
	index.figures = arena_array(sheet->arena,
	    n + sheet->n_groups * metric_count(), sizeof(index.figures[0]));
	for (size_t i = 0; i < n; i++)
		note(&index, sheet, i);
	for (size_t i = 0; i < sheet->n_groups; i++) {
		struct sheet_group *group = sheet->groups[i];

		if (group->variant != variant || !is_complete(group))
			continue;
		for (size_t k = 0; k < metric_count(); k++)
			if (is_rate(metric_at(k)))
				weigh(sheet, &index, group, metric_at(k));
	}
}
