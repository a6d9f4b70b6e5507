#include <math.h>
#include <string.h>

#include "base/num.h"
#include "measure/import_report.h"
#include "measure/import_shape.h"

/*
 * classification_report(output_dict=True) of scikit-learn, of a file or, in a
 * map, of groups: {label: {precision, recall, f1-score, support}, accuracy,
 * "macro avg": {...}, "weighted avg": {...}}.  `accuracy` is a number among
 * maps; where labels overlap there is "micro avg" instead.
 *
 * Recall and support of both labels are the four counts: what is undefined is
 * 0 in the report (zero_division) and undefined here.
 */

/* A measure of a label, and of an average. */
static const struct {
	const char *key, *yes, *no, *average;
} measures[] = {
	{ "precision", "precision", "negative_predictive_value", "precision" },
	{ "recall", "true_positive_rate", "true_negative_rate", "recall" },
	{ "f1-score", "f1_score", NULL, "f1_score" },
};

enum { N_MEASURES = sizeof(measures) / sizeof(measures[0]) };

bool
report_is_label(const struct value *v)
{
	static const char suffix[] = " avg";
	size_t n = strlen(v->key);

	return v->kind == VALUE_MAP &&
	    !(n > strlen(suffix) &&
		strcmp(v->key + n - strlen(suffix), suffix) == 0);
}

static bool
is_report(const struct value *value)
{
	if (value == NULL || value->kind != VALUE_MAP)
		return false;
	for (const struct value *v = value->first; v != NULL; v = v->next)
		if (report_is_label(v) && value_get(v, "precision") != NULL &&
		    value_get(v, "recall") != NULL &&
		    value_get(v, "support") != NULL)
			return true;
	return false;
}

bool
import_fits_report(const struct import_input *in)
{
	return is_report(in->tree);
}

bool
import_fits_reports(const struct import_input *in)
{
	if (in->tree == NULL || in->tree->kind != VALUE_MAP || in->tree->n == 0)
		return false;
	for (const struct value *v = in->tree->first; v != NULL; v = v->next)
		if (!is_report(v))
			return false;
	return true;
}

/* The two labels of a binary report. */
struct sides {
	const struct value *yes, *no;
};

static bool
find_sides(const struct import_input *in, const struct value *report,
    struct sides *out)
{
	size_t n = 0;

	*out = (struct sides){ NULL, NULL };
	for (const struct value *v = report->first; v != NULL; v = v->next) {
		if (!report_is_label(v))
			continue;
		n++;
		if (import_class(in, v->key) == BINARY_YES)
			out->yes = v;
		else if (import_class(in, v->key) == BINARY_NO)
			out->no = v;
	}
	return n == 2 && out->yes != NULL && out->no != NULL;
}

/* State a value below a key; NULL name or value: nothing. */
static void
state(struct sheet *sheet, struct sheet_group *group, const char *name,
    const struct value *value)
{
	struct import_text text;

	if (name == NULL || value == NULL)
		return;
	text = import_scalar(value);
	import_state(sheet, group, name, &text);
}

double
report_number(const struct value *map, const char *key)
{
	const struct value *value = map != NULL ? value_get(map, key) : NULL;
	double n;

	return value != NULL && value->kind == VALUE_NUMBER &&
		num_read(value->text, value->len, &n) ?
	    n :
	    NAN;
}

/*
 * Count how many rows of a label are told from the others: recall x support,
 * which is whole but for the rounding of one division.
 */
static bool
count_label(struct sheet *sheet, struct sheet_group *group,
    const struct value *label, enum cell hit, enum cell miss)
{
	double support = report_number(label, "support");
	double hits = report_number(label, "recall") * support;
	double whole = floor(hits + 0.5);
	struct import_text text;

	if (isnan(hits) ||
	    !(support >= 0 && support <= 1e15 && support == floor(support)))
		return false;
	if (!(fabs(hits - whole) <= 1e-9 * fmax(1, support) &&
		whole <= support)) {
		text = import_scalar(value_get(label, "recall"));
		sheet_bad(sheet, DIAG_EXPORT_WHOLE, &text,
		    "times support it is no number of rows");
		return false;
	}
	sheet_add(group, hit, (unsigned long long)whole);
	sheet_add(group, miss, (unsigned long long)(support - whole));
	return true;
}

static void
take_sides(
    struct sheet *sheet, struct sheet_group *group, const struct sides *sides)
{
	for (size_t i = 0; i < N_MEASURES; i++) {
		state(sheet, group, measures[i].yes,
		    value_get(sides->yes, measures[i].key));
		state(sheet, group, measures[i].no,
		    value_get(sides->no, measures[i].key));
	}
	if (!count_label(sheet, group, sides->yes, CELL_TP, CELL_FN) ||
	    !count_label(sheet, group, sides->no, CELL_TN, CELL_FP))
		group->is_spoilt = true;
}

/* Labels that are not yes and no: each against the rest. */
static void
take_label(
    struct sheet *sheet, struct sheet_group *group, const struct value *label)
{
	for (size_t i = 0; i < N_MEASURES; i++) {
		const struct value *value = value_get(label, measures[i].key);
		const char *name = measures[i].yes;
		struct import_text text;

		if (value == NULL)
			continue;
		text = import_scalar(value);
		sheet_figure(sheet, group,
		    metric_of_class(sheet->arena,
			metric_find(name, strlen(name)),
			arena_str(sheet->arena, label->key)),
		    &text);
	}
}

/* The average of a measure over labels, plain or by support. */
static double
average(const struct value *report, const char *key, bool is_weighted)
{
	double sum = 0, weights = 0;

	for (const struct value *v = report->first; v != NULL; v = v->next) {
		double weight = is_weighted ? report_number(v, "support") : 1;

		if (!report_is_label(v))
			continue;
		sum += weight * report_number(v, key);
		weights += weight;
	}
	return sum / weights;
}

static void
take_average(struct sheet *sheet, struct sheet_group *group,
    const struct value *report, const char *kind)
{
	const struct value *map =
	    value_get(report, arena_printf(sheet->arena, "%s avg", kind));
	bool is_weighted = strcmp(kind, "weighted") == 0;

	for (size_t i = 0; i < N_MEASURES && map != NULL; i++) {
		const struct value *value = value_get(map, measures[i].key);
		double want = average(report, measures[i].key, is_weighted);
		struct import_text text;
		char words[NUM_SIZE];

		state(sheet, group,
		    arena_printf(
			sheet->arena, "%s_%s", measures[i].average, kind),
		    value);
		if (value == NULL || strcmp(kind, "micro") == 0 ||
		    !(fabs(report_number(map, measures[i].key) - want) > 1e-9))
			continue;
		num_write(want, words);
		text = import_scalar(value);
		sheet_bad(sheet, DIAG_METRIC_RECOUNT, &text,
		    arena_printf(sheet->arena, "%s avg of %s is %s", kind,
			measures[i].key, words));
	}
}

/* Rows of all labels, which do not overlap where there is an accuracy. */
static void
take_rows(struct sheet_group *group, const struct value *report)
{
	double sum = 0;

	for (const struct value *v = report->first; v != NULL; v = v->next)
		if (report_is_label(v))
			sum += report_number(v, "support");
	group->has_n =
	    value_get(report, "accuracy") != NULL && sum >= 0 && sum <= 1e15;
	group->n = group->has_n ? sum : 0;
	group->n_pos = report->pos;
}

static void
take_report(struct sheet *sheet, const struct import_input *in,
    struct sheet_group *group, const struct value *report)
{
	struct sides sides;

	take_rows(group, report);
	state(sheet, group, "accuracy", value_get(report, "accuracy"));
	if (find_sides(in, report, &sides)) {
		take_sides(sheet, group, &sides);
	} else {
		for (const struct value *v = report->first; v != NULL;
		     v = v->next)
			if (report_is_label(v))
				take_label(sheet, group, v);
		report_count_labels(sheet, group, report);
	}
	take_average(sheet, group, report, "macro");
	take_average(sheet, group, report, "weighted");
	take_average(sheet, group, report, "micro");
}

int
import_read_report(struct sheet *sheet, const struct import_input *in)
{
	take_report(sheet, in, sheet_whole(sheet, in->tree->pos), in->tree);
	return 0;
}

int
import_read_reports(struct sheet *sheet, const struct import_input *in)
{
	import_unnamed(sheet, in->tree->pos,
	    "the groups are the keys of a map; the attribute is taken to be "
	    "\"group\"");
	for (const struct value *v = in->tree->first; v != NULL; v = v->next)
		take_report(
		    sheet, in, sheet_group(sheet, "group", v->key, v->pos), v);
	return 0;
}
