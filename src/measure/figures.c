#include "measure/figures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/dd.h"
#include "base/num.h"
#include "measure/multiclass.h"
#include "measure/uncertainty.h"
#include "stats/interval.h"
#include "stats/normal.h"
#include "stats/special.h"

void
figure_append(struct figure_table *table, struct figure *figure)
{
	if (table->last == NULL)
		table->first = figure;
	else
		table->last->next = figure;
	table->last = figure;
	table->n++;
}

void
figure_join(struct figure_table *to, const struct figure_table *from)
{
	if (from->first == NULL)
		return;
	if (to->last != NULL)
		to->last->next = from->first;
	else
		to->first = from->first;
	to->last = from->last;
	to->n += from->n;
}

/* Hide a figure of a group that is withheld. */
static void
withhold(
    struct figure *figure, struct arena *arena, const struct concealment *why)
{
	const char *reason = "guards a group that is smaller";
	char number[NUM_SIZE];
	struct figure shown = {
		.attribute = figure->attribute,
		.group = figure->group,
		.metric = figure->metric,
		.n = why->n_is_withheld ? 0 : figure->n,
		.n_is_withheld = why->n_is_withheld,
		.state = FIGURE_WITHHELD,
		.confidence = figure->confidence,
		.is_reference = figure->is_reference,
		.reference = figure->reference,
		.origin = figure->origin,
		.next = figure->next,
	};

	num_write(why->min_report, number);
	if (figure->n_is_unknown)
		reason = "the number of its rows is not stated";
	else if (figure->n < why->min_report)
		reason = arena_printf(arena, "fewer than %s rows", number);
	*figure = shown;
	figure->reason = reason;
}

void
figure_conceal(
    struct figure *figure, struct arena *arena, const struct concealment *why)
{
	bool is_small =
	    figure->n < why->min_report || why->reference_n < why->min_report;
	struct figure *full;

	if (!why->is_withheld && !why->reference_is_withheld)
		return;
	full = arena_alloc(arena, sizeof(*full));
	*full = *figure;
	full->next = NULL;
	if (why->is_withheld)
		withhold(figure, arena, why);
	figure->has_ratio = figure->has_difference = false;
	figure->ratio = figure->difference = 0;
	figure->hidden = is_small ? NULL : full;
}

void
figure_interval(struct figure *figure, double n, double confidence)
{
	struct interval interval;

	figure->confidence = confidence;
	if (!interval_wilson(figure->value, n, confidence, &interval))
		return;
	figure->has_interval = true;
	figure->lower = interval.lower;
	figure->upper = interval.upper;
	figure->interval_method = "Wilson";
}

/*
 * With counts a/b against c/d, the difference is (ad - cb) / bd and the ratio
 * ad / cb, and nothing but the last division is rounded.
 */
void
figure_compare(struct figure *figure, const struct figure *reference)
{
	struct dd ad = dd_of(figure->value), cb = dd_of(reference->value);
	struct dd bd = dd_of(1);

	if (figure->state != FIGURE_DEFINED ||
	    reference->state != FIGURE_DEFINED)
		return;
	if (figure->has_counts && reference->has_counts) {
		ad = dd_product(figure->numerator, reference->denominator);
		cb = dd_product(reference->numerator, figure->denominator);
		bd = dd_product(figure->denominator, reference->denominator);
	}
	figure->has_difference = true;
	figure->difference = dd_value(dd_divide(dd_subtract(ad, cb), bd));
	figure->has_ratio = reference->value > 0 && figure->value >= 0;
	figure->ratio = figure->has_ratio ? dd_value(dd_divide(ad, cb)) : 0;
}

/* What is chosen when nobody says, of rows of each kind. */
static const char *const of_binary[] = { "selection_rate", "base_rate",
	"true_positive_rate", "false_negative_rate", "false_positive_rate",
	"precision", "accuracy" };
static const char *const of_scores[] = { "roc_auc", "brier_score",
	"calibration_in_the_large" };
static const char *const of_classes[] = { "accuracy", "selection_rate",
	"base_rate", "recall", "precision", "balanced_accuracy" };
static const char *const of_numbers[] = { "mean_error", "mean_absolute_error",
	"root_mean_squared_error", "mean_prediction" };

enum { METRICS_FIRST = 16 };

/* Append a metric that is not there yet; room doubles as it fills. */
static void
append(struct figure_maker *maker, const struct metric *metric)
{
	const size_t size = sizeof(const struct metric *);
	size_t n = maker->n_metrics;

	for (size_t i = 0; i < n; i++)
		if (strcmp(maker->metrics[i]->name, metric->name) == 0)
			return;
	if (n == 0 || (n >= METRICS_FIRST && (n & (n - 1)) == 0)) {
		const struct metric **more = arena_array(
		    maker->arena, n > 0 ? 2 * n : METRICS_FIRST, size);

		if (n > 0)
			memcpy(more, maker->metrics, n * size);
		maker->metrics = more;
	}
	maker->metrics[maker->n_metrics++] = metric;
}

/* Every cell of the confusion. */
static void
append_cells(struct figure_maker *maker, const struct metric *metric)
{
	const struct confusion *c = maker->whole->confusion;

	for (size_t i = 0; i < c->n * c->n; i++)
		append(maker,
		    metric_of_cell(maker->arena, metric, c->classes[i / c->n],
			c->classes[i % c->n]));
}

/* Append a metric; of counts, where there are classes, for each of them. */
static void
append_all(struct figure_maker *maker, const struct metric *metric)
{
	const struct confusion *c = maker->whole->confusion;
	bool is_one =
	    c == NULL || metric->class != NULL || metric->of_classes != NULL;

	if (!is_one && metric->formula == multiclass_cell)
		append_cells(maker, metric);
	else if (is_one || metric->kind > METRIC_COUNT)
		append(maker, metric);
	else
		for (size_t i = 0; i < c->n; i++)
			append(maker,
			    metric_of_class(
				maker->arena, metric, c->classes[i]));
}

static void
complain(
    const struct figure_maker *maker, const char *name, struct diag_list *diags)
{
	const char *near = metric_near(name);

	diag_add(diags, DIAG_METRIC_UNKNOWN, maker->origin,
	    near != NULL ? "\"%s\"; did you mean \"%s\"?" : "\"%s\"", name,
	    near);
}

/* Append those of a list that the data allow. */
static void
append_default(struct figure_maker *maker, const char *const names[], size_t n,
    const struct metric_data *data)
{
	for (size_t i = 0; i < n; i++) {
		const struct metric *metric =
		    metric_find(names[i], strlen(names[i]));

		if (metric_is_measurable(metric, data))
			append_all(maker, metric);
	}
}

#define DEFAULT(NAMES) NAMES, sizeof(NAMES) / sizeof(NAMES[0])

static struct metric_data
data_of(const struct figure_maker *maker)
{
	const struct group *whole = maker->whole;
	bool is_binary = whole->confusion == NULL && whole->regression == NULL;

	return (struct metric_data){ is_binary && maker->has_labels,
		is_binary && maker->has_predictions, whole->scores != NULL,
		whole->confusion != NULL, whole->regression != NULL };
}

static void
choose_default(struct figure_maker *maker)
{
	const struct metric_data data = data_of(maker);

	if (data.has_numbers)
		append_default(maker, DEFAULT(of_numbers), &data);
	else if (data.has_classes)
		append_default(maker, DEFAULT(of_classes), &data);
	else
		append_default(maker, DEFAULT(of_binary), &data);
	append_default(maker, DEFAULT(of_scores), &data);
}

/* By the order of the catalogue; those made of one entry by name. */
static int
by_order(const void *a, const void *b)
{
	const struct metric *const *x = a, *const *y = b;
	size_t i = metric_index(*x), k = metric_index(*y);

	if (i != k)
		return i < k ? -1 : 1;
	return strcmp((*x)->name, (*y)->name);
}

/* Choose metrics by name; those that are on limits, where rows give them. */
static void
choose(struct figure_maker *maker, const char *const names[], size_t n,
    bool is_limited, struct diag_list *diags)
{
	const struct metric_data data = data_of(maker);

	for (size_t i = 0; i < n; i++) {
		const struct metric *metric = metric_resolve(maker->arena,
		    names[i], strlen(names[i]), maker->whole->confusion);

		if (metric == NULL && !is_limited)
			complain(maker, names[i], diags);
		else if (metric != NULL &&
		    (!is_limited || metric_is_measurable(metric, &data)))
			append_all(maker, metric);
	}
}

void
figures_choose(struct figure_maker *maker, struct diag_list *diags)
{
	const struct measure_options *options = maker->options;

	maker->n_metrics = 0;
	if (options->metrics == NULL)
		choose_default(maker);
	else
		choose(
		    maker, options->metrics, options->n_metrics, false, diags);
	choose(maker, options->also, options->n_also, true, diags);
	if (maker->n_metrics > 1)
		qsort(maker->metrics, maker->n_metrics,
		    sizeof(maker->metrics[0]), by_order);
}

/* The interval of a figure; its method names what is random. */
static void
set_interval(struct figure *figure, const struct figure_maker *maker,
    const struct metric *metric, const struct group *group,
    const struct metric_value *value)
{
	struct uncertainty_options options;
	struct uncertainty u;

	uncertainty_defaults(&options);
	options.confidence = figure->confidence;
	uncertainty_measure(metric, group, maker->whole, value, &options, &u);
	if (u.method == NULL)
		return;
	figure->has_interval = true;
	figure->lower = u.lower;
	figure->upper = u.upper;
	figure->interval_method = u.replicates > 0 ?
	    arena_printf(maker->arena, "%s, %u replicates, seed %llu", u.method,
		u.replicates, (unsigned long long)options.seed) :
	    u.method;
}

/* The figure of a group as its counts have it, whoever may see it. */
static struct figure *
measured(const struct figure_maker *maker, const struct group_table *table,
    const struct group *group, const struct metric *metric)
{
	struct figure *figure = arena_alloc(maker->arena, sizeof(*figure));
	struct metric_value value;

	metric_measure(metric, group, maker->whole, &value);
	figure->attribute = table->attribute;
	figure->group = group->name;
	figure->metric = metric->name;
	figure->n = (double)group_rows(group);
	figure->has_counts = value.has_counts;
	figure->numerator = value.numerator;
	figure->denominator = value.denominator;
	figure->state = value.defined ? FIGURE_DEFINED : FIGURE_UNDEFINED;
	figure->reason = value.reason;
	figure->value = value.value;
	figure->confidence = maker->options->confidence;
	figure->is_reference = group == table->reference;
	figure->reference =
	    table->reference != NULL ? table->reference->name : NULL;
	figure->origin = maker->origin;
	set_interval(figure, maker, metric, group, &value);
	return figure;
}

/* Hide what must not be shown of the figure of a group. */
static void
conceal(const struct figure_maker *maker, const struct group_table *table,
    const struct group *group, struct figure *figure)
{
	const struct group *reference =
	    table->reference != NULL ? table->reference : group;
	const struct concealment why = { maker->options->min_report,
		group->is_withheld, group->n_is_withheld,
		reference->is_withheld, (double)group_rows(reference) };

	figure_conceal(figure, maker->arena, &why);
}

/* The figures of one metric, all compared before any is hidden. */
static void
add_metric(struct figure_maker *maker, const struct group_table *table,
    const struct metric *metric)
{
	struct figure *reference = NULL;

	if (table->reference != NULL)
		reference = measured(maker, table, table->reference, metric);
	for (size_t i = 0; i < table->n; i++) {
		const struct group *group = &table->groups[i];
		struct figure *figure = measured(maker, table, group, metric);

		if (reference != NULL &&
		    (!group->is_missing || maker->options->missing_is_group ||
			figure->is_reference))
			figure_compare(figure, reference);
		conceal(maker, table, group, figure);
		figure_append(maker->out, figure);
	}
}

void
figures_add(struct figure_maker *maker, const struct group_table *table)
{
	for (size_t i = 0; i < maker->n_metrics; i++)
		add_metric(maker, table, maker->metrics[i]);
}
