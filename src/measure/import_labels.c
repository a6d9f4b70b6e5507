#include <math.h>
#include <string.h>

#include "measure/import_report.h"

/* Counts of one label against the rest, from a classification report. */

/* A label and its counts; not a number: unknown. */
struct label {
	const struct value *value;
	double support, found, taken;
};

/* The whole number next to one, or NAN when it is none. */
static double
whole(double value)
{
	double n = floor(value + 0.5);

	return fabs(value - n) <= 1e-9 * fmax(1, fabs(value)) && n >= 0 &&
		n <= 1e15 ?
	    n :
	    NAN;
}

static void
count(struct sheet *sheet, struct label *label)
{
	double precision = report_number(label->value, "precision");
	double recall = report_number(label->value, "recall");
	double hits;

	label->support = whole(report_number(label->value, "support"));
	hits = recall * label->support;
	label->found = hits <= label->support ? whole(hits) : NAN;
	label->taken = precision > 0 ? whole(label->found / precision) : NAN;
	if (!isnan(hits) && isnan(label->found)) {
		const struct import_text text =
		    import_scalar(value_get(label->value, "recall"));

		sheet_bad(sheet, DIAG_EXPORT_WHOLE, &text,
		    "times support it is no number of rows");
	}
	if (label->taken < label->found)
		label->taken = NAN;
}

/*
 * A precision of 0 does not say how many rows are taken for the label: what
 * the others leave, where it is one, or none.
 */
static void
fill_taken(struct label labels[], size_t n, double rows)
{
	struct label *open = NULL;
	size_t n_open = 0;

	for (size_t i = 0; i < n; i++) {
		if (!isnan(labels[i].taken)) {
			rows -= labels[i].taken;
		} else if (report_number(labels[i].value, "precision") == 0 &&
		    labels[i].found == 0) {
			open = &labels[i];
			n_open++;
		} else {
			return;
		}
	}
	if (n_open == 1 && rows >= 0)
		open->taken = rows;
	for (size_t i = 0; i < n && rows == 0; i++)
		if (isnan(labels[i].taken))
			labels[i].taken = 0;
}

/* Metrics whose value is more than a number of rows. */
static bool
is_wanted(const struct metric *metric)
{
	static const struct metric_data data = { .has_labels = true,
		.has_predictions = true };

	return metric_is_measurable(metric, &data) &&
	    (metric->kind == METRIC_RATE || metric->kind == METRIC_QUOTIENT) &&
	    metric->of_classes == NULL;
}

/* Put a metric of a label down as it is counted. */
static void
put_figure(struct sheet *sheet, struct sheet_group *group,
    const struct metric *metric, const struct metric_value *value,
    struct pos pos)
{
	const struct import_text none = { NULL, pos };
	struct figure *figure = sheet_figure(sheet, group, metric, &none);

	if (figure == NULL)
		return;
	sheet->figures[sheet->n_figures - 1].is_said = false;
	figure->reason = value->reason;
	figure->has_counts = value->defined && value->has_counts;
	figure->numerator = value->numerator;
	figure->denominator = value->denominator;
	if (value->defined) {
		figure->state = FIGURE_DEFINED;
		figure->reason = NULL;
		figure->value = value->value;
	}
}

/*
 * The figure of a metric that the file has for a group, or NULL.  Those of the
 * group that is being read are the last ones.
 */
static struct figure *
find_said(const struct sheet *sheet, const struct sheet_group *group,
    const struct metric *metric)
{
	for (size_t i = sheet->n_figures; i-- > 0;) {
		const struct sheet_figure *f = &sheet->figures[i];

		if (f->group != group)
			break;
		if (strcmp(f->metric->name, metric->name) == 0)
			return f->figure;
	}
	return NULL;
}

/* Every metric of a label of which all four counts are known. */
static void
take_counts(
    struct sheet *sheet, struct sheet_group *group, const struct label *label)
{
	struct group one = { .name = label->value->key };
	unsigned long long *rows = one.counts.rows;
	double tn = group->n - label->support - label->taken + label->found;

	if (!(tn >= 0))
		return;
	rows[CELL_TP] = (unsigned long long)label->found;
	rows[CELL_FN] = (unsigned long long)(label->support - label->found);
	rows[CELL_FP] = (unsigned long long)(label->taken - label->found);
	rows[CELL_TN] = (unsigned long long)tn;
	for (size_t i = 0; i < metric_count(); i++) {
		const struct metric *metric = metric_at(i);
		const struct metric *own;
		struct metric_value value;
		struct figure *said;

		if (!is_wanted(metric))
			continue;
		own = metric_of_class(sheet->arena, metric,
		    arena_str(sheet->arena, label->value->key));
		metric_measure(metric, &one, &one, &value);
		said = find_said(sheet, group, own);
		if (said == NULL) {
			put_figure(
			    sheet, group, own, &value, label->value->pos);
			continue;
		}
		said->has_counts = value.defined && value.has_counts;
		said->numerator = value.numerator;
		said->denominator = value.denominator;
		if (!value.defined && said->value == 0) {
			said->state = FIGURE_UNDEFINED;
			said->reason = value.reason;
		}
	}
}

/* Recall alone, whose two counts are always known. */
static void
take_recall(
    struct sheet *sheet, struct sheet_group *group, const struct label *label)
{
	static const char name[] = "true_positive_rate";
	const struct metric *metric = metric_of_class(
	    sheet->arena, metric_find(name, strlen(name)), label->value->key);
	struct figure *said = find_said(sheet, group, metric);

	if (said == NULL || !(label->support > 0) || isnan(label->found))
		return;
	said->has_counts = true;
	said->numerator = label->found;
	said->denominator = label->support;
}

void
report_count_labels(
    struct sheet *sheet, struct sheet_group *group, const struct value *report)
{
	struct label *labels =
	    arena_array(sheet->arena, report->n, sizeof(labels[0]));
	size_t n = 0;

	for (const struct value *v = report->first; v != NULL; v = v->next)
		if (report_is_label(v)) {
			labels[n] = (struct label){ .value = v };
			count(sheet, &labels[n++]);
		}
	if (group->has_n)
		fill_taken(labels, n, group->n);
	for (size_t i = 0; i < n; i++) {
		if (group->has_n && !isnan(labels[i].found) &&
		    !isnan(labels[i].taken) && !isnan(labels[i].support))
			take_counts(sheet, group, &labels[i]);
		else
			take_recall(sheet, group, &labels[i]);
	}
}
