#include <string.h>

#include "base/num.h"
#include "measure/import_classes.h"
#include "measure/import_shape.h"

/*
 * TensorFlow Model Analysis, the view of slices as JSON: a list of
 * {slice, metrics: {output: {subkey: {name: {doubleValue |
 * boundedValue{lowerBound, upperBound, value}}}}}}.  A slice is "Overall",
 * "sex:Male" or, of several features, "race_X_sex:A_X_B".  Fairness indicators
 * are rates at a threshold, "fairness_indicators_metrics/positive_rate@0.5":
 * the table at 0.5 is read where there are others.  Confusion matrices are
 * counts, or sums of weights where the examples have any; those of several
 * classes name each by its number.  NaN is the text "NaN".
 */

static const char joint[] = "_X_";

bool
import_fits_tfma(const struct import_input *in)
{
	const struct value *first =
	    in->tree != NULL && in->tree->kind == VALUE_LIST ? in->tree->first :
							       NULL;

	return first != NULL && value_text(first, "slice") != NULL &&
	    value_get(first, "metrics") != NULL;
}

/* What the name of a metric says. */
struct name {
	const char *metric;    /* without folders and threshold */
	const char *threshold; /* "0.5"; or "" */
	const char *place;     /* output and subkey; or "" */
};

static struct name
take_apart(struct sheet *sheet, const struct value *output,
    const struct value *subkey, const struct value *metric)
{
	const char *slash = strrchr(metric->key, '/');
	const char *start = slash != NULL ? slash + 1 : metric->key;
	const char *at = strchr(start, '@');
	size_t n = at != NULL ? (size_t)(at - start) : strlen(start);

	return (struct name){ arena_dup(sheet->arena, start, n),
		at != NULL ? at + 1 : "",
		output->key[0] == '\0' && subkey->key[0] == '\0' ?
		    "" :
		    arena_printf(
			sheet->arena, "%s/%s ", output->key, subkey->key) };
}

static int
rank_of(const char *threshold)
{
	return strcmp(threshold, "0.5") == 0 ? 2 : *threshold != '\0' ? 1 : 0;
}

/* Join the features or values of a slice as those of an intersection. */
static const char *
join(struct sheet *sheet, const char *p, size_t n, size_t *count)
{
	struct import_text parts[8];
	char *rest = arena_dup(sheet->arena, p, n);

	for (*count = 0; *count < 8; rest = strstr(rest, joint) + 3) {
		char *end = strstr(rest, joint);

		parts[(*count)++].text = end == NULL ?
		    rest :
		    arena_dup(sheet->arena, rest, (size_t)(end - rest));
		if (end == NULL)
			break;
	}
	return import_join(sheet, parts, *count);
}

/* The group of a slice, or NULL when it is no such. */
static struct sheet_group *
group_of(struct sheet *sheet, const struct value *slice)
{
	const struct import_text text = import_scalar(slice);
	const char *colon, *attribute, *group;
	size_t n, m;

	if (text.text == NULL || strcmp(text.text, "Overall") == 0)
		return text.text != NULL ? sheet_whole(sheet, slice->pos) :
					   NULL;
	colon = strchr(text.text, ':');
	if (colon == NULL || colon == text.text)
		return NULL;
	attribute = join(sheet, text.text, (size_t)(colon - text.text), &n);
	group = join(sheet, colon + 1, strlen(colon + 1), &m);
	if (n == 1 && m > 1)
		group = colon + 1;
	return n == m || n == 1 ?
	    sheet_group(sheet, attribute, group, slice->pos) :
	    NULL;
}

/* The interval that stands beside a value. */
static void
take_bounds(
    struct sheet *sheet, struct figure *figure, const struct value *bounded)
{
	const struct value *lower = value_get(bounded, "lowerBound");
	const struct value *upper = value_get(bounded, "upperBound");
	struct import_text a, b;

	if (figure == NULL || lower == NULL || upper == NULL ||
	    figure->state != FIGURE_DEFINED)
		return;
	a = import_scalar(lower);
	b = import_scalar(upper);
	if (sheet_number(sheet, &a, &figure->lower) != 1 ||
	    sheet_number(sheet, &b, &figure->upper) != 1)
		return;
	if (figure->lower > figure->value || figure->upper < figure->value) {
		sheet_bad(sheet, DIAG_METRIC_INTERVAL,
		    figure->lower > figure->value ? &a : &b,
		    "the value is on the other side of it");
		figure->lower = figure->upper = 0;
		return;
	}
	figure->has_interval = true;
	figure->interval_method = "as given";
}

/* State a metric of a group. */
static void
take_value(struct sheet *sheet, struct sheet_group *group, const char *name,
    const struct value *value)
{
	const struct value *bounded = value_get(value, "boundedValue");
	const struct value *number = bounded != NULL ?
	    value_get(bounded, "value") :
	    value_get(value, "doubleValue");
	const struct metric *metric;
	struct import_text text;

	if (number == NULL)
		return;
	text = import_scalar(number);
	metric = import_is_rows(name) ? NULL : metric_find(name, strlen(name));
	if (metric == NULL || import_cell_of(metric) != CELL_COUNT)
		import_state(sheet, group, name, &text);
	else
		take_bounds(
		    sheet, sheet_figure(sheet, group, metric, &text), bounded);
}

/* The number of a class, 0 where it is left out; -1 is no prediction. */
static const char *
class_of(const struct value *entry, const char *key)
{
	const struct value *value = value_get(entry, key);

	if (value == NULL || value->text == NULL)
		return "0";
	return strcmp(value->text, "-1") == 0 ? "" : value->text;
}

/*
 * A matrix of several classes: {threshold, entries: [{actualClassId,
 * predictedClassId, numWeightedExamples}]}.
 */
static void
take_classes(
    struct sheet *sheet, struct sheet_group *group, const struct value *entries)
{
	for (const struct value *v = entries->first; v != NULL; v = v->next) {
		const struct value *n = value_get(v, "numWeightedExamples");
		const struct import_text zero = { "0", v->pos };
		const struct import_text text =
		    n != NULL ? import_scalar(n) : zero;

		sheet_pair(sheet, group, class_of(v, "actualClassId"),
		    class_of(v, "predictedClassId"), &text);
	}
}

/*
 * The confusion matrices of a value, at each threshold:
 * {confusionMatrixAtThresholds: {matrices: [{threshold, truePositives,
 * falsePositives, falseNegatives, trueNegatives, precision, recall}]}}; NULL
 * when it has none.  What is 0 is left out of them.
 */
static const struct value *
matrices_of(const struct value *value)
{
	const struct value *matrices = value_get(
	    value_get(value, "confusionMatrixAtThresholds"), "matrices");

	if (matrices == NULL)
		matrices = value_get(
		    value_get(value, "multiClassConfusionMatrixAtThresholds"),
		    "matrices");
	return matrices != NULL && matrices->kind == VALUE_LIST ? matrices :
								  NULL;
}

/* The threshold of a matrix as metrics have it behind their "@". */
static const char *
threshold_of(struct sheet *sheet, const struct value *matrix)
{
	const struct value *value = value_get(matrix, "threshold");
	char words[NUM_SIZE] = "0";
	double threshold;

	if (value != NULL && value->kind == VALUE_NUMBER &&
	    num_read(value->text, value->len, &threshold))
		num_write(threshold, words);
	return arena_str(sheet->arena, words);
}

/*
 * The matrix that is read where no metric names a threshold: the one at 0.5,
 * or the only one; else NULL.
 */
static const struct value *
main_matrix(struct sheet *sheet, const struct value *matrices)
{
	for (const struct value *v = matrices->first; v != NULL; v = v->next)
		if (strcmp(threshold_of(sheet, v), "0.5") == 0)
			return v;
	return matrices->n == 1 ? matrices->first : NULL;
}

static void
take_matrix(
    struct sheet *sheet, struct sheet_group *group, const struct value *matrix)
{
	static const struct {
		const char *key;
		enum cell cell;
	} cells[] = { { "truePositives", CELL_TP },
		{ "falsePositives", CELL_FP }, { "falseNegatives", CELL_FN },
		{ "trueNegatives", CELL_TN } };
	static const char *const rates[] = { "precision", "recall" };
	const struct value *entries = value_get(matrix, "entries");

	if (entries != NULL) {
		if (!group->has_pairs)
			take_classes(sheet, group, entries);
		return;
	}
	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
		const struct value *value = value_get(matrix, cells[i].key);
		const struct import_text zero = { "0", matrix->pos };
		const struct import_text text =
		    value != NULL ? import_scalar(value) : zero;

		sheet_count(sheet, group, cells[i].cell, &text);
	}
	for (size_t i = 0; i < sizeof(rates) / sizeof(rates[0]); i++) {
		const struct value *value = value_get(matrix, rates[i]);
		struct import_text text;

		if (value == NULL)
			continue;
		text = import_scalar(value);
		import_state(sheet, group, rates[i], &text);
	}
}

/* Call for each metric of a slice. */
typedef void visit(struct sheet *sheet, const struct value *slice,
    const struct name *name, const struct value *value);

static void
each(struct sheet *sheet, const struct value *slice, visit *do_it)
{
	const struct value *outputs = value_get(slice, "metrics");
	const struct value *o = outputs != NULL ? outputs->first : NULL;

	for (; o != NULL && o->key != NULL; o = o->next)
		for (const struct value *s = o->first;
		     s != NULL && s->key != NULL; s = s->next)
			for (const struct value *v = s->first;
			     v != NULL && v->key != NULL; v = v->next) {
				struct name name = take_apart(sheet, o, s, v);

				do_it(sheet, slice, &name, v);
			}
}

/* The tables there are: one for each output and threshold. */
static void
note_variant(struct sheet *sheet, const struct value *slice,
    const struct name *name, const struct value *value)
{
	const struct value *matrices = matrices_of(value);
	const struct value *matrix =
	    matrices != NULL ? main_matrix(sheet, matrices) : NULL;

	(void)slice;
	if (matrix != NULL) {
		const char *threshold = threshold_of(sheet, matrix);

		sheet_variant(sheet,
		    arena_printf(
			sheet->arena, "%sat %s", name->place, threshold),
		    rank_of(threshold), matrix->pos);
	} else if (*name->threshold != '\0' || *name->place != '\0')
		sheet_variant(sheet,
		    arena_printf(
			sheet->arena, "%sat %s", name->place, name->threshold),
		    rank_of(name->threshold), value->key_pos);
}

/* Whether no threshold has a part in a metric: rows, and what scores give. */
static bool
is_of_all(const char *name)
{
	const struct metric *metric = metric_find(name, strlen(name));

	return import_is_rows(name) ||
	    (metric != NULL && metric->kind == METRIC_SCORE);
}

/*
 * What has no threshold is of the table at 0.5, unless it is of every table of
 * its output.
 */
static bool
is_chosen(const struct sheet *sheet, const struct name *name)
{
	const char *chosen = sheet->variants.names.entries[sheet->variant].p;
	size_t n = strlen(name->place);

	if (*chosen == '\0') /* there are no others */
		return true;
	if (strncmp(chosen, name->place, n) != 0 ||
	    strncmp(chosen + n, "at ", 3) != 0)
		return false;
	chosen += n + 3;
	if (*name->threshold != '\0')
		return strcmp(chosen, name->threshold) == 0;
	return *chosen == '\0' || strcmp(chosen, "0.5") == 0 ||
	    is_of_all(name->metric);
}

/* The matrix at the threshold of the table that is read. */
static void
take_matrices(struct sheet *sheet, struct sheet_group *group,
    const struct name *name, const struct value *matrices)
{
	for (const struct value *v = matrices->first; v != NULL; v = v->next) {
		const struct name own = { name->metric, threshold_of(sheet, v),
			name->place };

		if (is_chosen(sheet, &own)) {
			take_matrix(sheet, group, v);
			return;
		}
	}
}

static void
take_metric(struct sheet *sheet, const struct value *slice,
    const struct name *name, const struct value *value)
{
	const struct value *matrices = matrices_of(value);
	struct sheet_group *group;

	if (matrices == NULL && !is_chosen(sheet, name))
		return;
	group = group_of(sheet, value_get(slice, "slice"));
	if (group == NULL)
		return;
	if (matrices != NULL)
		take_matrices(sheet, group, name, matrices);
	else
		take_value(sheet, group, name->metric, value);
}

int
import_read_tfma(struct sheet *sheet, const struct import_input *in)
{
	sheet->may_weigh = true;
	for (const struct value *v = in->tree->first; v != NULL; v = v->next)
		each(sheet, v, note_variant);
	if (sheet->variants.names.n > 0)
		sheet->variant = variant_choose(&sheet->variants);
	for (const struct value *v = in->tree->first; v != NULL; v = v->next) {
		const struct value *slice = value_get(v, "slice");
		struct import_text text;

		if (slice != NULL && group_of(sheet, slice) != NULL) {
			each(sheet, v, take_metric);
			continue;
		}
		text = slice != NULL ? import_scalar(slice) :
				       (struct import_text){ NULL, v->pos };
		sheet_bad(sheet, DIAG_CSV_VALUE, &text,
		    "a slice is \"Overall\" or \"feature:value\"");
	}
	return 0;
}
