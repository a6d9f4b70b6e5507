#include "measure/metric_table.h"

#include <math.h>

#include "measure/calibration.h"
#include "measure/metric_counts.h"
#include "measure/multiclass.h"
#include "measure/ranking.h"
#include "measure/recalibration.h"
#include "measure/regression_metric.h"
#include "measure/score.h"

/* Sums of cells that several formulas share. */
#define LABELLED_YES [CELL_TP] = 1, [CELL_FN] = 1
#define LABELLED_NO [CELL_TN] = 1, [CELL_FP] = 1
#define PREDICTED_YES [CELL_TP] = 1, [CELL_FP] = 1
#define PREDICTED_NO [CELL_TN] = 1, [CELL_FN] = 1
#define COMPLETE LABELLED_YES, LABELLED_NO
#define ANY_SELECTED PREDICTED_YES, [CELL_SELECTED] = 1
#define ANY_REFUSED PREDICTED_NO, [CELL_REFUSED] = 1
#define ANY_POSITIVE LABELLED_YES, [CELL_POSITIVE] = 1
#define ANY_NEGATIVE LABELLED_NO, [CELL_NEGATIVE] = 1
#define EVERY                                                                  \
	COMPLETE, [CELL_SELECTED] = 1, [CELL_REFUSED] = 1,                     \
		  [CELL_POSITIVE] = 1, [CELL_NEGATIVE] = 1, [CELL_BLANK] = 1

/* Sums as arguments. */
#define CELLS(...)                                                             \
	{                                                                      \
		__VA_ARGS__                                                    \
	}

/* Kinds of rows: name, direction, ... */
#define RATE(NAME, DIRECTION, NUMERATOR, DENOMINATOR, EMPTY)                   \
	{                                                                      \
		.name = (NAME), .kind = METRIC_RATE, .most = 1,                \
		.direction = METRIC_##DIRECTION, .numerator = NUMERATOR,       \
		.denominator = DENOMINATOR, .empty = (EMPTY)                   \
	}
#define QUOTIENT(NAME, DIRECTION, MOST, NUMERATOR, DENOMINATOR, EMPTY)         \
	{                                                                      \
		.name = (NAME), .kind = METRIC_QUOTIENT, .most = (MOST),       \
		.direction = METRIC_##DIRECTION, .numerator = NUMERATOR,       \
		.denominator = DENOMINATOR, .empty = (EMPTY)                   \
	}
#define DERIVED(NAME, LEAST, FORMULA, OF_CLASSES, EMPTY)                       \
	{                                                                      \
		.name = (NAME), .kind = METRIC_DERIVED, .least = (LEAST),      \
		.most = 1, .direction = METRIC_HIGHER,                         \
		.denominator = { COMPLETE }, .empty = (EMPTY),                 \
		.formula = (FORMULA), .of_classes = (OF_CLASSES)               \
	}
#define CORRECT(NAME, DIRECTION, NUMERATOR, OF_CLASSES)                        \
	{                                                                      \
		.name = (NAME), .kind = METRIC_RATE, .most = 1,                \
		.direction = METRIC_##DIRECTION, .numerator = NUMERATOR,       \
		.denominator = { COMPLETE }, .empty = no_pair,                 \
		.of_classes = (OF_CLASSES)                                     \
	}
#define SCORE(NAME, DIRECTION, LEAST, MOST, FORMULA, EMPTY)                    \
	{                                                                      \
		.name = (NAME), .kind = METRIC_SCORE, .least = (LEAST),        \
		.most = (MOST), .direction = METRIC_##DIRECTION,               \
		.denominator = { ANY_POSITIVE, ANY_NEGATIVE },                 \
		.empty = (EMPTY), .formula = (FORMULA)                         \
	}
#define CALIBRATION(NAME, FORMULA)                                             \
	{                                                                      \
		.name = (NAME), .kind = METRIC_SCORE, .most = 1, .number = 10, \
		.direction = METRIC_LOWER,                                     \
		.denominator = { ANY_POSITIVE, ANY_NEGATIVE },                 \
		.empty = no_scored, .formula = (FORMULA)                       \
	}
#define NUMBER(NAME, DIRECTION, LEAST, MOST)                                   \
	{                                                                      \
		.name = #NAME, .kind = METRIC_NUMBER, .least = (LEAST),        \
		.most = (MOST), .direction = METRIC_##DIRECTION,               \
		.empty = no_pair, .formula = regression_##NAME                 \
	}
#define AVERAGE(NAME, NUMERATOR, DENOMINATOR, AVERAGING)                       \
	{                                                                      \
		.name = NAME "_" #AVERAGING, .kind = METRIC_CLASS, .most = 1,  \
		.direction = METRIC_HIGHER, .numerator = NUMERATOR,            \
		.denominator = DENOMINATOR, .empty = empty_term,               \
		.formula = multiclass_##AVERAGING                              \
	}
#define AVERAGES(NAME, NUMERATOR, DENOMINATOR)                                 \
	AVERAGE(NAME, CELLS NUMERATOR, CELLS DENOMINATOR, macro),              \
	    AVERAGE(NAME, CELLS NUMERATOR, CELLS DENOMINATOR, weighted),       \
	    AVERAGE(NAME, CELLS NUMERATOR, CELLS DENOMINATOR, micro)
#define COUNT(NAME, NUMERATOR)                                                 \
	{                                                                      \
		.name = (NAME), .kind = METRIC_COUNT, .most = HUGE_VAL,        \
		.numerator = NUMERATOR, .denominator = NUMERATOR,              \
		.empty = no_rows, .formula = counts_sum                        \
	}

static const char no_rows[] = "the rows were not counted";
static const char no_prediction[] = "no row has a prediction";
static const char no_label[] = "no row has a label";
static const char no_pair[] = "no row has both a label and a prediction";
static const char no_positive[] = "0 rows are labelled positive";
static const char no_negative[] = "0 rows are labelled negative";
static const char none_selected[] = "0 labelled rows are selected";
static const char none_refused[] = "0 labelled rows are not selected";
static const char no_scored[] = "no row has both a label and a score";
static const char scored_yes[] = "0 rows with a score are labelled positive";
static const char scored_no[] = "0 rows with a score are labelled negative";
static const char no_place[] = "no row of the group has a score";
static const char empty_term[] = "the term of a class is 0/0";
static const char no_case[] = "0 labelled rows are positive or selected";

static const struct metric catalogue[] = {
	RATE("selection_rate", NEITHER, CELLS(ANY_SELECTED),
	    CELLS(ANY_SELECTED, ANY_REFUSED), no_prediction),
	RATE("base_rate", NEITHER, CELLS(ANY_POSITIVE),
	    CELLS(ANY_POSITIVE, ANY_NEGATIVE), no_label),
	RATE("true_positive_rate", HIGHER, CELLS([CELL_TP] = 1),
	    CELLS(LABELLED_YES), no_positive),
	RATE("false_negative_rate", LOWER, CELLS([CELL_FN] = 1),
	    CELLS(LABELLED_YES), no_positive),
	RATE("true_negative_rate", HIGHER, CELLS([CELL_TN] = 1),
	    CELLS(LABELLED_NO), no_negative),
	RATE("false_positive_rate", LOWER, CELLS([CELL_FP] = 1),
	    CELLS(LABELLED_NO), no_negative),
	RATE("precision", HIGHER, CELLS([CELL_TP] = 1), CELLS(PREDICTED_YES),
	    none_selected),
	RATE("false_discovery_rate", LOWER, CELLS([CELL_FP] = 1),
	    CELLS(PREDICTED_YES), none_selected),
	RATE("negative_predictive_value", HIGHER, CELLS([CELL_TN] = 1),
	    CELLS(PREDICTED_NO), none_refused),
	RATE("false_omission_rate", LOWER, CELLS([CELL_FN] = 1),
	    CELLS(PREDICTED_NO), none_refused),
	CORRECT("accuracy", HIGHER, CELLS([CELL_TP] = 1, [CELL_TN] = 1),
	    multiclass_accuracy),
	CORRECT("error_rate", LOWER, CELLS([CELL_FP] = 1, [CELL_FN] = 1),
	    multiclass_error_rate),
	DERIVED("balanced_accuracy", 0, counts_balanced_accuracy,
	    multiclass_balanced_accuracy,
	    "only one class occurs among the labels"),
	QUOTIENT("f1_score", HIGHER, 1, CELLS([CELL_TP] = 2),
	    CELLS([CELL_TP] = 2, [CELL_FP] = 1, [CELL_FN] = 1), no_case),
	RATE("jaccard", HIGHER, CELLS([CELL_TP] = 1),
	    CELLS([CELL_TP] = 1, [CELL_FP] = 1, [CELL_FN] = 1), no_case),
	DERIVED("matthews_correlation", -1, counts_matthews,
	    multiclass_matthews,
	    "only one class occurs among the labels or the predictions"),
	QUOTIENT("treatment_equality_ratio", NEITHER, HUGE_VAL,
	    CELLS([CELL_FN] = 1), CELLS([CELL_FP] = 1),
	    "there are 0 false positives"),
	{ .name = "predicted_positive_ratio_k",
	    .kind = METRIC_SHARE,
	    .most = 1,
	    .numerator = { ANY_SELECTED },
	    .denominator = { ANY_SELECTED },
	    .empty = "nobody in the file is selected" },
	{ .name = "count",
	    .kind = METRIC_COUNT,
	    .most = HUGE_VAL,
	    .denominator = { COMPLETE, [CELL_REFUSED] = 1,
		[CELL_NEGATIVE] = 1 },
	    .empty = no_rows,
	    .formula = counts_count,
	    .of_classes = counts_count },
	COUNT("true_positives", CELLS([CELL_TP] = 1)),
	COUNT("false_positives", CELLS([CELL_FP] = 1)),
	COUNT("false_negatives", CELLS([CELL_FN] = 1)),
	COUNT("true_negatives", CELLS([CELL_TN] = 1)),
	COUNT("predicted_positives", CELLS(ANY_SELECTED)),
	COUNT("predicted_negatives", CELLS(ANY_REFUSED)),
	{ .name = "confusion",
	    .kind = METRIC_CLASS,
	    .most = HUGE_VAL,
	    .empty = "the rows have no such class",
	    .formula = multiclass_cell },
	AVERAGES("precision", ([CELL_TP] = 1), (PREDICTED_YES)),
	AVERAGES("recall", ([CELL_TP] = 1), (LABELLED_YES)),
	AVERAGES("f1_score", ([CELL_TP] = 2),
	    ([CELL_TP] = 2, [CELL_FP] = 1, [CELL_FN] = 1)),
	{ .name = "cohen_kappa",
	    .kind = METRIC_CLASS,
	    .direction = METRIC_HIGHER,
	    .least = -1,
	    .most = 1,
	    .empty = "agreement by chance alone would be complete",
	    .formula = multiclass_kappa },
	SCORE("roc_auc", HIGHER, 0, 1, score_roc_auc, no_scored),
	SCORE("gini", HIGHER, -1, 1, score_gini, no_scored),
	SCORE("average_precision", HIGHER, 0, 1, score_average_precision,
	    scored_yes),
	SCORE("ks_statistic", HIGHER, 0, 1, score_ks, no_scored),
	SCORE("brier_score", LOWER, 0, 1, score_brier, no_scored),
	SCORE("log_loss", LOWER, 0, HUGE_VAL, score_log_loss, no_scored),
	{ .name = "mean_score",
	    .kind = METRIC_SCORE,
	    .least = -HUGE_VAL,
	    .most = HUGE_VAL,
	    .denominator = { EVERY },
	    .empty = "no row has a score",
	    .formula = score_mean },
	SCORE("mean_score_positives", NEITHER, -HUGE_VAL, HUGE_VAL,
	    score_mean_positives, scored_yes),
	SCORE("mean_score_negatives", NEITHER, -HUGE_VAL, HUGE_VAL,
	    score_mean_negatives, scored_no),
	SCORE("calibration_in_the_large", NEITHER, -1, 1,
	    score_calibration_in_the_large, no_scored),
	SCORE("calibration_slope", NEITHER, -HUGE_VAL, HUGE_VAL,
	    recalibration_slope, no_scored),
	SCORE("calibration_intercept", NEITHER, -HUGE_VAL, HUGE_VAL,
	    recalibration_intercept, no_scored),
	CALIBRATION("expected_calibration_error_10_left_closed",
	    calibration_expected_left),
	CALIBRATION("maximum_calibration_error_10_left_closed",
	    calibration_maximum_left),
	CALIBRATION("expected_calibration_error_10_right_closed",
	    calibration_expected_right),
	CALIBRATION("maximum_calibration_error_10_right_closed",
	    calibration_maximum_right),
	{ .name = "missing_score_rate",
	    .kind = METRIC_SCORE,
	    .most = 1,
	    .denominator = { EVERY },
	    .empty = "the group has no rows",
	    .formula = score_missing },
	NUMBER(mean_error, NEITHER, -HUGE_VAL, HUGE_VAL),
	NUMBER(mean_absolute_error, LOWER, 0, HUGE_VAL),
	NUMBER(mean_squared_error, LOWER, 0, HUGE_VAL),
	NUMBER(root_mean_squared_error, LOWER, 0, HUGE_VAL),
	NUMBER(r2_score, HIGHER, -HUGE_VAL, 1),
	{ .name = "mean_prediction",
	    .kind = METRIC_NUMBER,
	    .least = -HUGE_VAL,
	    .most = HUGE_VAL,
	    .denominator = { ANY_SELECTED, ANY_REFUSED },
	    .empty = no_prediction,
	    .formula = regression_mean_prediction },
	NUMBER(mean_true, NEITHER, -HUGE_VAL, HUGE_VAL),
	NUMBER(median_absolute_error, LOWER, 0, HUGE_VAL),
	NUMBER(mean_error_standard_error, NEITHER, 0, HUGE_VAL),
	{ .name = "selection_rate_at_100",
	    .kind = METRIC_RANK,
	    .most = 1,
	    .number = 100,
	    .empty = no_place,
	    .formula = ranking_selection_rate },
	{ .name = "skew_at_100",
	    .kind = METRIC_RANK,
	    .least = -HUGE_VAL,
	    .most = HUGE_VAL,
	    .number = 100,
	    .empty = no_place,
	    .formula = ranking_skew },
	{ .name = "exposure",
	    .kind = METRIC_RANK,
	    .most = 1,
	    .empty = no_place,
	    .formula = ranking_exposure },
};

static const struct metric_alias aliases[] = {
	{ "acc", "accuracy" },
	{ "acceptance_rate", "selection_rate" },
	{ "accuracy_score", "accuracy" },
	{ "approval_rate", "selection_rate" },
	{ "area_under_roc", "roc_auc" },
	{ "auc", "roc_auc" },
	{ "auc_roc", "roc_auc" },
	{ "auroc", "roc_auc" },
	{ "average_precision_score", "average_precision" },
	{ "balanced_accuracy_score", "balanced_accuracy" },
	{ "bias", "mean_error" },
	{ "brier", "brier_score" },
	{ "brier_score_loss", "brier_score" },
	{ "critical_success_index", "jaccard" },
	{ "ece", "expected_calibration_error_10_left_closed" },
	{ "expected_calibration_error",
	    "expected_calibration_error_10_left_closed" },
	{ "f1", "f1_score" },
	{ "fall_out", "false_positive_rate" },
	{ "fdr", "false_discovery_rate" },
	{ "fn", "false_negatives" },
	{ "fnr", "false_negative_rate" },
	{ "for", "false_omission_rate" },
	{ "fp", "false_positives" },
	{ "fpr", "false_positive_rate" },
	{ "generalized_false_positive_rate", "mean_score_negatives" },
	{ "generalized_true_positive_rate", "mean_score_positives" },
	{ "hit_rate", "true_positive_rate" },
	{ "jaccard_score", "jaccard" },
	{ "kappa", "cohen_kappa" },
	{ "ks", "ks_statistic" },
	{ "logloss", "log_loss" },
	{ "mae", "mean_absolute_error" },
	{ "matthews_corrcoef", "matthews_correlation" },
	{ "maximum_calibration_error",
	    "maximum_calibration_error_10_left_closed" },
	{ "mcc", "matthews_correlation" },
	{ "mce", "maximum_calibration_error_10_left_closed" },
	{ "miss_rate", "false_negative_rate" },
	{ "mse", "mean_squared_error" },
	{ "npv", "negative_predictive_value" },
	{ "pn", "predicted_negatives" },
	{ "positive_predictive_value", "precision" },
	{ "positive_rate", "selection_rate" },
	{ "pp", "predicted_positives" },
	{ "ppr", "predicted_positive_ratio_k" },
	{ "pprev", "selection_rate" },
	{ "ppv", "precision" },
	{ "precision_score", "precision" },
	{ "predicted_positive_rate", "selection_rate" },
	{ "predicted_positive_ratio_g", "selection_rate" },
	{ "prev", "base_rate" },
	{ "prevalence", "base_rate" },
	{ "r2", "r2_score" },
	{ "recall", "true_positive_rate" },
	{ "recall_score", "true_positive_rate" },
	{ "rmse", "root_mean_squared_error" },
	{ "roc_auc_score", "roc_auc" },
	{ "sensitivity", "true_positive_rate" },
	{ "share_of_all_selected", "predicted_positive_ratio_k" },
	{ "specificity", "true_negative_rate" },
	{ "threat_score", "jaccard" },
	{ "tn", "true_negatives" },
	{ "tnr", "true_negative_rate" },
	{ "tp", "true_positives" },
	{ "tpr", "true_positive_rate" },
};

const struct metric *
metric_table(size_t *n)
{
	*n = sizeof(catalogue) / sizeof(catalogue[0]);
	return catalogue;
}

const struct metric_alias *
metric_aliases(size_t *n)
{
	*n = sizeof(aliases) / sizeof(aliases[0]);
	return aliases;
}
