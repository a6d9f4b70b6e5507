#include "model/figure.h"

#include <string.h>

static const struct {
	const char *word, *class;
} results[] = {
	[FIGURE_NO_LIMIT] = { "No limit set", "na" },
	[FIGURE_REFERENCE] = { "Reference", "na" },
	[FIGURE_WITHIN] = { "Within limit", "ok" },
	[FIGURE_NEAR] = { "Near limit", "wa" },
	[FIGURE_OUTSIDE] = { "Outside limit", "no" },
	[FIGURE_NOT_TESTED] = { "Not tested", "na" },
};

bool
figure_is_of_missing(const struct figure *figure)
{
	return strstr(figure->group, GROUP_MISSING) != NULL;
}

struct figure_slice
figure_slice(const struct figure *first)
{
	struct figure_slice slice = { first, first, NULL };

	while (slice.end != NULL &&
	    strcmp(slice.end->attribute, first->attribute) == 0 &&
	    strcmp(slice.end->metric, first->metric) == 0) {
		if (slice.end->is_reference)
			slice.reference = slice.end;
		slice.end = slice.end->next;
	}
	return slice;
}

const char *
figure_result_word(enum figure_result result)
{
	return results[result].word;
}

const char *
figure_result_class(enum figure_result result)
{
	return results[result].class;
}

/* The order is that of the catalogue in measure/metric.c, then the rest. */
static const struct {
	const char *name;
	const char *label;
} labels[] = {
	{ "selection_rate", "Selection rate" },
	{ "base_rate", "Base rate" },
	{ "true_positive_rate", "True positive rate" },
	{ "false_negative_rate", "False negative rate" },
	{ "true_negative_rate", "True negative rate" },
	{ "false_positive_rate", "False positive rate" },
	{ "precision", "Precision" },
	{ "false_discovery_rate", "False discovery rate" },
	{ "negative_predictive_value", "Negative predictive value" },
	{ "false_omission_rate", "False omission rate" },
	{ "accuracy", "Accuracy" },
	{ "error_rate", "Error rate" },
	{ "balanced_accuracy", "Balanced accuracy" },
	{ "f1_score", "F1 score" },
	{ "jaccard", "Jaccard index (threat score)" },
	{ "matthews_correlation", "Matthews correlation" },
	{ "treatment_equality_ratio",
	    "False negatives for each false positive" },
	{ "predicted_positive_ratio_k", "Share of all selected" },
	{ "count", "Rows" },
	{ "true_positives", "True positives" },
	{ "false_positives", "False positives" },
	{ "false_negatives", "False negatives" },
	{ "true_negatives", "True negatives" },
	{ "predicted_positives", "Selected rows" },
	{ "predicted_negatives", "Rows not selected" },
	{ "confusion", "Rows by true and predicted class" },
	{ "precision_macro", "Precision, mean of classes" },
	{ "precision_weighted", "Precision, weighted mean of classes" },
	{ "precision_micro", "Precision, all classes together" },
	{ "recall_macro", "Recall, mean of classes" },
	{ "recall_weighted", "Recall, weighted mean of classes" },
	{ "recall_micro", "Recall, all classes together" },
	{ "f1_score_macro", "F1 score, mean of classes" },
	{ "f1_score_weighted", "F1 score, weighted mean of classes" },
	{ "f1_score_micro", "F1 score, all classes together" },
	{ "cohen_kappa", "Cohen's kappa" },
	{ "f1", "F1 score" },
	{ "auc", "Area under the ROC curve" },
	{ "roc_auc", "Area under the ROC curve" },
	{ "pr_auc", "Area under the precision-recall curve" },
	{ "average_precision", "Average precision" },
	{ "brier_score", "Brier score" },
	{ "log_loss", "Log loss" },
	{ "gini", "Gini coefficient" },
	{ "ks_statistic", "Kolmogorov-Smirnov statistic" },
	{ "mean_score", "Mean score" },
	{ "calibration_in_the_large", "Mean score minus base rate" },
	{ "mean_score_positives", "Mean score of positives" },
	{ "mean_score_negatives", "Mean score of negatives" },
	{ "calibration_slope", "Slope of logistic recalibration" },
	{ "calibration_intercept", "Intercept of logistic recalibration" },
	{ "expected_calibration_error_10_left_closed",
	    "Expected calibration error, 10 bins [a, b)" },
	{ "maximum_calibration_error_10_left_closed",
	    "Maximum calibration error, 10 bins [a, b)" },
	{ "expected_calibration_error_10_right_closed",
	    "Expected calibration error, 10 bins (a, b]" },
	{ "maximum_calibration_error_10_right_closed",
	    "Maximum calibration error, 10 bins (a, b]" },
	{ "selection_rate_at_100", "Selection rate among the first 100" },
	{ "skew_at_100", "Skew among the first 100" },
	{ "exposure", "Exposure in the ranking" },
	{ "missing_score_rate", "Share of rows without a score" },
	{ "expected_calibration_error", "Expected calibration error" },
	{ "maximum_calibration_error", "Maximum calibration error" },
	{ "mean_error", "Mean error" },
	{ "mean_squared_error", "Mean squared error" },
	{ "r2_score", "Coefficient of determination (R\u00b2)" },
	{ "mean_prediction", "Mean prediction" },
	{ "mean_true", "Mean true value" },
	{ "median_absolute_error", "Median absolute error" },
	{ "mean_error_standard_error", "Standard error of the mean error" },
	{ "mean_absolute_error", "Mean absolute error" },
	{ "mae", "Mean absolute error" },
	{ "root_mean_squared_error", "Root mean squared error" },
	{ "rmse", "Root mean squared error" },
	{ "r2", "Coefficient of determination (R\u00b2)" },
};

const char *
metric_label(const char *metric)
{
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		if (strcmp(labels[i].name, metric) == 0)
			return labels[i].label;
	return metric;
}

/* Whether the n bytes of a name end so; *n is then what stands before. */
static bool
cut_end(const char *name, size_t *n, const char *end)
{
	size_t m = strlen(end);

	if (*n <= m || memcmp(name + *n - m, end, m) != 0)
		return false;
	*n -= m;
	return true;
}

bool
metric_is_rate(const char *metric)
{
	static const char *const rates[] = { "precision", "recall", "accuracy",
		"balanced_accuracy", "negative_predictive_value",
		"predicted_positive_ratio_k" };
	size_t n = strcspn(metric, "[");

	if (cut_end(metric, &n, "_rate"))
		return true;
	if (!cut_end(metric, &n, "_macro") && !cut_end(metric, &n, "_micro"))
		cut_end(metric, &n, "_weighted");
	for (size_t i = 0; i < sizeof(rates) / sizeof(rates[0]); i++)
		if (strlen(rates[i]) == n && memcmp(rates[i], metric, n) == 0)
			return true;
	return false;
}
