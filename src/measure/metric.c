#include "measure/metric.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/near.h"

enum { NAME_SIZE = 64 };

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

static const cell_factors labelled_yes = { LABELLED_YES };
static const cell_factors labelled_no = { LABELLED_NO };
static const cell_factors predicted_yes = { PREDICTED_YES };
static const cell_factors predicted_no = { PREDICTED_NO };
static const cell_factors true_positives = { [CELL_TP] = 1 };
static const cell_factors false_positives = { [CELL_FP] = 1 };
static const cell_factors false_negatives = { [CELL_FN] = 1 };
static const cell_factors true_negatives = { [CELL_TN] = 1 };

/* (TPR + TNR) / 2 over one denominator, so that it is rounded only there. */
static void
balanced_accuracy(const struct counts *counts, struct metric_value *out)
{
	double tp = counts_total(counts, true_positives);
	double tn = counts_total(counts, true_negatives);
	double yes = counts_total(counts, labelled_yes);
	double no = counts_total(counts, labelled_no);

	out->defined = yes > 0 && no > 0;
	if (out->defined)
		out->value = (tp * no + tn * yes) / (2 * yes * no);
}

/*
 * (tp tn - fp fn) / sqrt((tp+fn)(tn+fp)(tp+fp)(tn+fn)), Matthews 1975.  Two
 * roots rather than one, since the product of four counts loses digits.
 */
static void
matthews(const struct counts *counts, struct metric_value *out)
{
	double tp = counts_total(counts, true_positives);
	double tn = counts_total(counts, true_negatives);
	double fp = counts_total(counts, false_positives);
	double fn = counts_total(counts, false_negatives);
	double labels = counts_total(counts, labelled_yes) *
	    counts_total(counts, labelled_no);
	double predictions = counts_total(counts, predicted_yes) *
	    counts_total(counts, predicted_no);

	out->defined = labels > 0 && predictions > 0;
	if (out->defined)
		out->value = fmax(-1,
		    fmin(1,
			(tp * tn - fp * fn) /
			    (sqrt(labels) * sqrt(predictions))));
}

/* Columns: name, kind, direction, range, numerator, denominator, reason. */
static const struct metric catalogue[] = {
	{ "selection_rate", METRIC_RATE, METRIC_NEITHER, 0, 1, { ANY_SELECTED },
	    { ANY_SELECTED, ANY_REFUSED }, "no row has a prediction", NULL },
	{ "base_rate", METRIC_RATE, METRIC_NEITHER, 0, 1, { ANY_POSITIVE },
	    { ANY_POSITIVE, ANY_NEGATIVE }, "no row has a label", NULL },
	{ "true_positive_rate", METRIC_RATE, METRIC_HIGHER, 0, 1,
	    { [CELL_TP] = 1 }, { LABELLED_YES }, "0 rows are labelled positive",
	    NULL },
	{ "false_negative_rate", METRIC_RATE, METRIC_LOWER, 0, 1,
	    { [CELL_FN] = 1 }, { LABELLED_YES }, "0 rows are labelled positive",
	    NULL },
	{ "true_negative_rate", METRIC_RATE, METRIC_HIGHER, 0, 1,
	    { [CELL_TN] = 1 }, { LABELLED_NO }, "0 rows are labelled negative",
	    NULL },
	{ "false_positive_rate", METRIC_RATE, METRIC_LOWER, 0, 1,
	    { [CELL_FP] = 1 }, { LABELLED_NO }, "0 rows are labelled negative",
	    NULL },
	{ "precision", METRIC_RATE, METRIC_HIGHER, 0, 1, { [CELL_TP] = 1 },
	    { PREDICTED_YES }, "0 labelled rows are selected", NULL },
	{ "false_discovery_rate", METRIC_RATE, METRIC_LOWER, 0, 1,
	    { [CELL_FP] = 1 }, { PREDICTED_YES },
	    "0 labelled rows are selected", NULL },
	{ "negative_predictive_value", METRIC_RATE, METRIC_HIGHER, 0, 1,
	    { [CELL_TN] = 1 }, { PREDICTED_NO },
	    "0 labelled rows are not selected", NULL },
	{ "false_omission_rate", METRIC_RATE, METRIC_LOWER, 0, 1,
	    { [CELL_FN] = 1 }, { PREDICTED_NO },
	    "0 labelled rows are not selected", NULL },
	{ "accuracy", METRIC_RATE, METRIC_HIGHER, 0, 1,
	    { [CELL_TP] = 1, [CELL_TN] = 1 }, { COMPLETE },
	    "no row has both a label and a prediction", NULL },
	{ "error_rate", METRIC_RATE, METRIC_LOWER, 0, 1,
	    { [CELL_FP] = 1, [CELL_FN] = 1 }, { COMPLETE },
	    "no row has both a label and a prediction", NULL },
	{ "balanced_accuracy", METRIC_DERIVED, METRIC_HIGHER, 0, 1, { 0 },
	    { COMPLETE }, "only one class occurs among the labels",
	    balanced_accuracy },
	{ "f1", METRIC_QUOTIENT, METRIC_HIGHER, 0, 1, { [CELL_TP] = 2 },
	    { [CELL_TP] = 2, [CELL_FP] = 1, [CELL_FN] = 1 },
	    "0 labelled rows are positive or selected", NULL },
	{ "threat_score", METRIC_RATE, METRIC_HIGHER, 0, 1, { [CELL_TP] = 1 },
	    { [CELL_TP] = 1, [CELL_FP] = 1, [CELL_FN] = 1 },
	    "0 labelled rows are positive or selected", NULL },
	{ "mcc", METRIC_DERIVED, METRIC_HIGHER, -1, 1, { 0 }, { COMPLETE },
	    "only one class occurs among the labels or the predictions",
	    matthews },
	{ "treatment_equality_ratio", METRIC_QUOTIENT, METRIC_NEITHER, 0,
	    HUGE_VAL, { [CELL_FN] = 1 }, { [CELL_FP] = 1 },
	    "there are 0 false positives", NULL },
	{ "share_of_all_selected", METRIC_SHARE, METRIC_NEITHER, 0, 1,
	    { ANY_SELECTED }, { ANY_SELECTED },
	    "nobody in the file is selected", NULL },
};

enum { METRICS = sizeof(catalogue) / sizeof(catalogue[0]) };

_Static_assert((int)METRICS <= (int)METRIC_MOST, "METRIC_MOST is too small");

/* Other names of the same things, normalised: a-z 0-9 and "_". */
static const struct {
	const char *alias;
	const char *name;
} aliases[] = {
	{ "acc", "accuracy" },
	{ "acceptance_rate", "selection_rate" },
	{ "accuracy_score", "accuracy" },
	{ "approval_rate", "selection_rate" },
	{ "balanced_accuracy_score", "balanced_accuracy" },
	{ "critical_success_index", "threat_score" },
	{ "f1_score", "f1" },
	{ "fall_out", "false_positive_rate" },
	{ "fdr", "false_discovery_rate" },
	{ "fnr", "false_negative_rate" },
	{ "for", "false_omission_rate" },
	{ "fpr", "false_positive_rate" },
	{ "hit_rate", "true_positive_rate" },
	{ "jaccard", "threat_score" },
	{ "jaccard_score", "threat_score" },
	{ "matthews_corrcoef", "mcc" },
	{ "matthews_correlation", "mcc" },
	{ "miss_rate", "false_negative_rate" },
	{ "npv", "negative_predictive_value" },
	{ "positive_predictive_value", "precision" },
	{ "positive_rate", "selection_rate" },
	{ "ppr", "share_of_all_selected" },
	{ "pprev", "selection_rate" },
	{ "ppv", "precision" },
	{ "precision_score", "precision" },
	{ "predicted_positive_rate", "selection_rate" },
	{ "predicted_positive_ratio_g", "selection_rate" },
	{ "predicted_positive_ratio_k", "share_of_all_selected" },
	{ "prev", "base_rate" },
	{ "prevalence", "base_rate" },
	{ "recall", "true_positive_rate" },
	{ "recall_score", "true_positive_rate" },
	{ "sensitivity", "true_positive_rate" },
	{ "specificity", "true_negative_rate" },
	{ "tnr", "true_negative_rate" },
	{ "tpr", "true_positive_rate" },
};

enum { ALIASES = sizeof(aliases) / sizeof(aliases[0]) };

size_t
metric_count(void)
{
	return METRICS;
}

const struct metric *
metric_at(size_t i)
{
	assert(i < METRICS);
	return &catalogue[i];
}

size_t
metric_index(const struct metric *metric)
{
	return (size_t)(metric - catalogue);
}

/* Lower case, and "_" for blanks and hyphens; false when it cannot fit. */
static bool
normalise(const char *name, size_t n, char out[NAME_SIZE])
{
	if (n == 0 || n >= NAME_SIZE || memchr(name, '\0', n) != NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		out[i] = name[i];
		if (out[i] >= 'A' && out[i] <= 'Z')
			out[i] = (char)(out[i] - 'A' + 'a');
		if (out[i] == ' ' || out[i] == '-')
			out[i] = '_';
	}
	out[n] = '\0';
	return true;
}

static const struct metric *
find_standard(const char *name)
{
	for (size_t i = 0; i < METRICS; i++)
		if (strcmp(catalogue[i].name, name) == 0)
			return &catalogue[i];
	return NULL;
}

const struct metric *
metric_find(const char *name, size_t n)
{
	char plain[NAME_SIZE];
	const struct metric *found;

	if (!normalise(name, n, plain))
		return NULL;
	found = find_standard(plain);
	for (size_t i = 0; i < ALIASES && found == NULL; i++)
		if (strcmp(aliases[i].alias, plain) == 0)
			found = find_standard(aliases[i].name);
	return found;
}

const char *
metric_near(const char *name)
{
	const char *names[METRICS + ALIASES];
	char plain[NAME_SIZE];

	if (!normalise(name, strlen(name), plain))
		return NULL;
	for (size_t i = 0; i < METRICS; i++)
		names[i] = catalogue[i].name;
	for (size_t i = 0; i < ALIASES; i++)
		names[METRICS + i] = aliases[i].alias;
	return near_word(plain, names, METRICS + ALIASES);
}

void
metric_measure(const struct metric *metric, const struct counts *group,
    const struct counts *whole, struct metric_value *out)
{
	const struct counts *base =
	    metric->kind == METRIC_SHARE ? whole : group;

	*out = (struct metric_value){ 0 };
	out->effective = counts_effective(base, metric->denominator);
	if (metric->derive != NULL) {
		metric->derive(group, out);
	} else {
		out->has_counts = true;
		out->numerator = counts_total(group, metric->numerator);
		out->denominator = counts_total(base, metric->denominator);
		out->defined = out->denominator > 0;
		if (out->defined)
			out->value = out->numerator / out->denominator;
	}
	if (out->defined)
		return;
	out->reason = metric->empty;
	if (base->weighted && metric->derive == NULL &&
	    counts_rows_of(base, metric->denominator) > 0)
		out->reason = "the weights of its rows sum to 0";
}

bool
metric_is_measurable(
    const struct metric *metric, bool has_labels, bool has_predictions)
{
	const unsigned char *rows = metric->denominator;

	return (has_labels || rows[CELL_REFUSED] + rows[CELL_SELECTED] > 0) &&
	    (has_predictions || rows[CELL_NEGATIVE] + rows[CELL_POSITIVE] > 0);
}

bool
metric_is_of_all_rows(const struct metric *metric)
{
	return metric->kind == METRIC_RATE &&
	    metric->denominator[CELL_TP] > 0 &&
	    metric->denominator[CELL_FN] > 0 &&
	    metric->denominator[CELL_TN] > 0 &&
	    metric->denominator[CELL_FP] > 0;
}
