#include <string.h>

#include "measure/import_shape.h"

/*
 * Evidently, Report.json(): {metrics: [{metric_name, config{type, ...},
 * value}], tests}.  A value is a number, {count, share}, or a map by label.
 * What a drift's number is, p-value or distance, stands in config.method, and
 * changes with the size of the data.  GroupByMetric is one metric of one group.
 * Nowhere does it say how many rows there are.
 */

bool
import_fits_evidently(const struct import_input *in)
{
	const struct value *metrics =
	    in->tree != NULL ? value_get(in->tree, "metrics") : NULL;
	const struct value *first = metrics != NULL ? metrics->first : NULL;

	return first != NULL && value_get(first, "metric_name") != NULL &&
	    value_get(first, "config") != NULL;
}

/* "Accuracy" of "evidently:metric_v2:Accuracy"; or "". */
static const char *
type_of(const struct value *config)
{
	const char *type = value_text(config, "type");
	const char *colon = type != NULL ? strrchr(type, ':') : NULL;

	return colon != NULL ? colon + 1 : type != NULL ? type : "";
}

/* The metric of a type, "F1Score", "RocAuc", or NULL. */
static const struct metric *
metric_of(const char *type)
{
	static const struct {
		const char *type, *metric;
	} types[] = { { "F1Score", "f1_score" }, { "RocAuc", "roc_auc" },
		{ "LogLoss", "log_loss" }, { "TPR", "true_positive_rate" },
		{ "MeanError", "mean_error" }, { "MAE", "mean_absolute_error" },
		{ "RMSE", "root_mean_squared_error" },
		{ "R2Score", "r2_score" } };

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(type, types[i].type) == 0)
			return metric_find(
			    types[i].metric, strlen(types[i].metric));
	return metric_find(type, strlen(type));
}

/* The metric of "PrecisionByLabel", or NULL. */
static const struct metric *
metric_by_label(const char *type)
{
	static const char suffix[] = "ByLabel";
	size_t n = strlen(type), m = strlen(suffix);

	if (n <= m || strcmp(type + n - m, suffix) != 0)
		return NULL;
	return strncmp(type, "F1", 2) == 0 ? metric_find("f1_score", 8) :
					     metric_find(type, n - m);
}

/* A number for each label; one may be a map itself, and then is none. */
static void
take_labels(struct sheet *sheet, struct sheet_group *group,
    const struct metric *metric, const struct value *labels)
{
	for (const struct value *v = labels->first; v != NULL && v->key != NULL;
	     v = v->next) {
		const struct import_text text = import_scalar(v);

		if (text.text != NULL)
			sheet_figure(sheet, group,
			    metric_of_class(sheet->arena, metric,
				arena_str(sheet->arena, v->key)),
			    &text);
	}
}

/* What is no figure of a group: drift of a column, and the like. */
static void
take_other(
    struct sheet *sheet, const struct value *config, const struct value *value)
{
	const char *type = type_of(config);
	const char *column = value_text(config, "column");
	const char *method = value_text(config, "method");
	const char *name = method != NULL ?
	    arena_printf(sheet->arena, "%s (%s)", type, method) :
	    type;
	struct import_text text = import_scalar(value);

	if (column == NULL)
		column = "";
	if (value->kind != VALUE_MAP) {
		sheet_between(sheet, column, "(all groups)", name, &text);
		return;
	}
	for (const struct value *v = value->first; v != NULL; v = v->next) {
		text = import_scalar(v);
		if (v->kind == VALUE_NUMBER)
			sheet_between(sheet, column, "(all groups)",
			    arena_printf(sheet->arena, "%s %s", name, v->key),
			    &text);
	}
}

/* A metric of the whole or of a group. */
static void
take_metric(struct sheet *sheet, const struct value *item)
{
	const struct value *config = value_get(item, "config");
	const struct value *value = value_get(item, "value");
	const char *column = value_text(config, "column_name");
	const char *label = value_text(config, "label");
	const struct value *inner = value_get(config, "metric");
	const struct metric *metric;
	struct sheet_group *group;
	struct import_text text;

	if (config == NULL || value == NULL)
		return;
	if (inner == NULL || column == NULL || label == NULL)
		inner = config;
	metric = metric_of(type_of(inner));
	text = import_scalar(value);
	if (metric == NULL && metric_by_label(type_of(inner)) == NULL) {
		take_other(sheet, config, value);
		return;
	}
	group = inner != config && *column != '\0' ?
	    sheet_group(sheet, column, label, item->pos) :
	    sheet_whole(sheet, item->pos);
	if (metric != NULL)
		sheet_figure(sheet, group, metric, &text);
	else
		take_labels(
		    sheet, group, metric_by_label(type_of(inner)), value);
}

int
import_read_evidently(struct sheet *sheet, const struct import_input *in)
{
	const struct value *metrics = value_get(in->tree, "metrics");

	sheet->has_synonyms = true; /* Recall and TPR */
	for (const struct value *v = metrics->first; v != NULL; v = v->next)
		take_metric(sheet, v);
	return 0;
}
