#include <math.h>
#include <string.h>

#include "base/num.h"
#include "base/text.h"
#include "measure/import_shape.h"
#include "measure/predictions.h"
#include "read/scan.h"

/*
 * The dictionary of a Responsible AI dashboard: {schemaType:
 * "dashboardDictionary", predictionType, trueY, modelNames, predictedY,
 * precomputedFeatureBins[{featureBinName, binVector, binLabels}],
 * precomputedMetrics[feature][model]{metric: {global, bins[]}}}.  It carries
 * the rows: they are measured as predictions are, yes and no, classes, numbers
 * or scores, and the metrics beside them are held against what the rows give.
 */

static const char label_column[] = "trueY";
static const char prediction_column[] = "predictedY";

bool
import_fits_dashboard(const struct import_input *in)
{
	const char *type = in->tree != NULL && in->tree->kind == VALUE_MAP ?
	    value_text(in->tree, "schemaType") :
	    NULL;

	return type != NULL && strcmp(type, "dashboardDictionary") == 0;
}

/* A feature whose bins are groups. */
struct feature {
	const char *name;
	const struct value *bins; /* a number for each row */
	const struct value *metrics;
	const char **labels; /* of the numbers */
	size_t n_labels;
};

/* A dashboard and one of its models. */
struct dashboard {
	struct sheet *sheet;
	const struct value *tree, *truth, *predictions;
	struct feature *features;
	size_t n_features;
	struct prediction_columns columns;
};

/* Say what is wrong with a value; always -1. */
static int
bad(struct sheet *sheet, struct pos pos, const char *what)
{
	diag_add(sheet->complaints.diags, DIAG_EXPORT_SHAPE, pos, "%s", what);
	return -1;
}

/* The i-th child of a list, or NULL. */
static const struct value *
child(const struct value *list, size_t i)
{
	const struct value *v = list != NULL ? list->first : NULL;

	while (v != NULL && i-- > 0)
		v = v->next;
	return v;
}

static bool
is_scalar(const struct value *v)
{
	return v->kind != VALUE_LIST && v->kind != VALUE_MAP;
}

/* Whether a list has n items that are no lists. */
static int
check_rows(struct sheet *sheet, const struct value *list, size_t n)
{
	if (list->kind != VALUE_LIST || list->n != n || n == 0)
		return bad(sheet, list->pos,
		    "trueY and predictedY are lists of as many rows");
	for (const struct value *v = list->first; v != NULL; v = v->next)
		if (!is_scalar(v))
			return bad(sheet, v->pos,
			    "write a class or a number for each row");
	return 0;
}

/* What answers of a list have in common. */
struct answers {
	bool are_binary, are_whole, are_numbers, are_shares;
};

static struct answers
look(const struct value *list)
{
	struct answers a = { true, true, true, true };
	double number;

	for (const struct value *v = list->first; v != NULL; v = v->next) {
		bool is_number = v->kind == VALUE_NUMBER &&
		    num_read(v->text, v->len, &number);

		if (v->kind == VALUE_NULL)
			continue;
		a.are_binary =
		    a.are_binary && import_binary(v->text) != BINARY_MISSING;
		a.are_numbers = a.are_numbers && is_number;
		a.are_whole =
		    a.are_whole && is_number && number == floor(number);
		a.are_shares =
		    a.are_shares && is_number && number >= 0 && number <= 1;
	}
	return a;
}

/*
 * What the answers are: as predictionType says, but for classes, for which it
 * has no word; else by their looks.
 */
static void
choose_kind(struct dashboard *d)
{
	const char *type = value_text(d->tree, "predictionType");
	struct answers truth = look(d->truth), said = look(d->predictions);
	const char *positive = d->sheet->options->positive;
	bool is_binary =
	    (truth.are_binary && said.are_binary) || positive != NULL;
	bool is_number = type != NULL ? strcmp(type, "regression") == 0 :
					truth.are_numbers && said.are_numbers &&
		!(truth.are_whole && said.are_whole);
	bool is_score = type != NULL ?
	    strcmp(type, "probability") == 0 &&
		(truth.are_binary || positive != NULL) :
	    truth.are_binary && said.are_shares && !said.are_binary;

	d->columns = (struct prediction_columns){ .label = label_column,
		.prediction = prediction_column,
		.positive = positive,
		.threshold = 0.5 };
	if (is_score) {
		d->columns.prediction = NULL;
		d->columns.score = prediction_column;
	} else if (is_number) {
		d->columns.kind = PREDICTION_NUMBERS;
	} else if (!is_binary) {
		d->columns.kind = PREDICTION_CLASSES;
	}
}

/* Take a feature; return whether it is one of as many rows. */
static bool
take_feature(
    struct dashboard *d, const struct value *value, struct feature *out)
{
	const struct value *labels = value_get(value, "binLabels");

	*out = (struct feature){ .name = value_text(value, "featureBinName"),
		.bins = value_get(value, "binVector") };
	if (out->name == NULL || *out->name == '\0' || out->bins == NULL ||
	    out->bins->n != d->truth->n || labels == NULL ||
	    labels->kind != VALUE_LIST ||
	    strcmp(out->name, label_column) == 0 ||
	    strcmp(out->name, prediction_column) == 0) {
		bad(d->sheet, value->pos,
		    "a feature has featureBinName, binLabels and a binVector "
		    "of as many rows as trueY");
		return false;
	}
	out->labels =
	    arena_array(d->sheet->arena, labels->n, sizeof(out->labels[0]));
	for (const struct value *v = labels->first; v != NULL; v = v->next)
		out->labels[out->n_labels++] = v->text != NULL ? v->text : "";
	return true;
}

static void
take_features(struct dashboard *d, const struct value *features, size_t model)
{
	const struct value *metrics = value_get(d->tree, "precomputedMetrics");
	size_t i = 0;

	d->features =
	    arena_array(d->sheet->arena, features->n, sizeof(d->features[0]));
	for (const struct value *v = features->first; v != NULL;
	     v = v->next, i++) {
		struct feature *feature = &d->features[d->n_features];

		if (!take_feature(d, v, feature))
			continue;
		feature->metrics = child(child(metrics, i), model);
		d->n_features++;
	}
}

/* The label of a bin; one without is a missing value. */
static const char *
label_of(const struct feature *feature, const struct value *bin)
{
	unsigned long long i;

	return bin->text != NULL && num_read_count(bin->text, bin->len, &i) &&
		i < feature->n_labels ?
	    feature->labels[i] :
	    "";
}

/* An answer as a field: a number in one way, 1 and 1.0 being the same. */
static void
put_answer(struct text *out, const struct value *v)
{
	char words[NUM_SIZE];
	double number;

	if (v->kind == VALUE_NULL)
		return;
	if (v->kind == VALUE_NUMBER && num_read(v->text, v->len, &number)) {
		num_write(number, words);
		text_puts(out, words);
	} else {
		text_put_csv(out, v->text);
	}
}

/* The rows as CSV: features, label, prediction. */
static void
put_rows(struct text *out, const struct dashboard *d)
{
	const struct value *t = d->truth->first, *p = d->predictions->first;
	const struct value **bins = arena_array(
	    d->sheet->arena, d->n_features, sizeof(const struct value *));

	for (size_t i = 0; i < d->n_features; i++) {
		text_put_csv(out, d->features[i].name);
		text_putc(out, ',');
		bins[i] = d->features[i].bins->first;
	}
	text_printf(out, "%s,%s\n", label_column, prediction_column);
	for (; t != NULL; t = t->next, p = p->next) {
		for (size_t i = 0; i < d->n_features; i++) {
			text_put_csv(out, label_of(&d->features[i], bins[i]));
			text_putc(out, ',');
			bins[i] = bins[i]->next;
		}
		put_answer(out, t);
		text_putc(out, ',');
		put_answer(out, p);
		text_putc(out, '\n');
	}
}

/* Hold a number of the dashboard against what the rows of a group give. */
static void
check_value(struct dashboard *d, const struct metric *metric,
    const struct group *group, const struct group *whole,
    const struct value *said)
{
	struct complaints *complaints = &d->sheet->complaints;
	const struct import_text text = import_scalar(said);
	char number[NUM_SIZE], counted[NUM_SIZE];
	struct metric_value value;
	double stated;

	if (group == NULL || sheet_number(d->sheet, &text, &stated) != 1)
		return;
	metric_measure(metric, group, whole, &value);
	if ((value.defined && sheet_is_near(stated, value.value)) ||
	    (!value.defined && stated == 0) ||
	    !complaint(complaints, DIAG_METRIC_RECOUNT, said->pos))
		return;
	num_write(stated, number);
	num_write(value.value, counted);
	diag_add(complaints->diags, DIAG_METRIC_RECOUNT, said->pos,
	    "%s of \"%.*s\" is %s, the counts %s %s", metric->name,
	    complaint_length(group->name, strlen(group->name)), group->name,
	    number, value.defined ? "make it" : "leave it undefined:",
	    value.defined ? counted : value.reason);
}

/* The metric of a key that these rows can be held against, or NULL. */
static const struct metric *
metric_of(const struct dashboard *d, const char *key)
{
	const struct metric *metric = metric_find(key, strlen(key));
	const bool is_binary = d->columns.kind == PREDICTION_BINARY;
	const struct metric_data data = {
		.has_labels = is_binary,
		.has_predictions = is_binary && d->columns.prediction != NULL,
		.has_scores = d->columns.score != NULL,
		.has_numbers = d->columns.kind == PREDICTION_NUMBERS,
	};

	if (metric == NULL)
		return NULL;
	if (d->columns.kind == PREDICTION_CLASSES)
		return metric->of_classes != NULL ? metric : NULL;
	return metric_is_measurable(metric, &data) ? metric : NULL;
}

static void
check_feature(struct dashboard *d, const struct feature *feature,
    const struct group_table *table, const struct group *whole)
{
	const struct value *m =
	    feature->metrics != NULL ? feature->metrics->first : NULL;

	for (; m != NULL && m->key != NULL; m = m->next) {
		const struct metric *metric = metric_of(d, m->key);
		const struct value *bins = value_get(m, "bins");
		const struct value *all = value_get(m, "global");
		size_t i = 0;

		if (metric == NULL)
			continue;
		if (all != NULL)
			check_value(d, metric, whole, whole, all);
		if (bins == NULL || bins->n != feature->n_labels)
			continue;
		for (const struct value *v = bins->first; v != NULL;
		     v = v->next)
			check_value(d, metric,
			    group_table_find(table, feature->labels[i++]),
			    whole, v);
	}
}

/* The options, with the metrics of the dashboard beside those of their own. */
static struct measure_options
options_of(const struct dashboard *d)
{
	struct measure_options options = *d->sheet->options;
	const char **also;
	size_t n = options.n_also;

	for (size_t i = 0; i < d->n_features; i++)
		n += d->features[i].metrics != NULL ?
		    d->features[i].metrics->n :
		    0;
	also = arena_array(d->sheet->arena, n, sizeof(also[0]));
	for (n = 0; n < options.n_also; n++)
		also[n] = options.also[n];
	for (size_t i = 0; i < d->n_features; i++) {
		const struct value *m = d->features[i].metrics;

		for (m = m != NULL ? m->first : NULL;
		     m != NULL && m->key != NULL; m = m->next) {
			const struct metric *metric = metric_of(d, m->key);

			if (metric != NULL)
				also[n++] = metric->name;
		}
	}
	options.also = also;
	options.n_also = n;
	return options;
}

/* Measure the rows by each feature, and check what stands beside them. */
static int
measure(struct dashboard *d, struct import *out, const char *rows, size_t n)
{
	const struct sheet *sheet = d->sheet;
	const char **names =
	    arena_array(sheet->arena, d->n_features, sizeof(const char *));
	struct scan_input input = {
		.name = sheet->name, .fd = -1, .bytes = rows, .size = n
	};
	const struct measure_options options = options_of(d);
	struct predictions data;

	for (size_t i = 0; i < d->n_features; i++)
		names[i] = d->features[i].name;
	d->columns.attributes = names;
	d->columns.n_attributes = d->n_features;
	if (measure_prediction_rows(&data, sheet->arena, &input, &d->columns,
		&options, sheet->complaints.diags) == -1)
		return -1;
	for (size_t i = 0; i < d->n_features; i++)
		check_feature(
		    d, &d->features[i], &data.tables[i], &data.whole.groups[0]);
	out->figures = data.figures;
	out->whole = data.whole;
	out->tables = data.tables;
	out->n_tables = data.n_tables;
	out->rows = rows;
	out->rows_size = n;
	out->columns = d->columns;
	return 0;
}

/* The models of the dashboard, and which of them is read: else the first. */
static size_t
note_models(struct dashboard *d, const struct value *models)
{
	const struct value *names = value_get(d->tree, "modelNames");
	size_t i = 0;

	for (const struct value *v = models->first; v != NULL;
	     v = v->next, i++) {
		const struct value *name = child(names, i);

		sheet_variant(d->sheet,
		    name != NULL && name->text != NULL ?
			name->text :
			arena_printf(d->sheet->arena, "model %zu", i + 1),
		    i == 0 ? 1 : 0, v->pos);
	}
	variant_report(&d->sheet->variants, d->sheet->complaints.diags);
	return d->sheet->variants.names.n == models->n ?
	    variant_choose(&d->sheet->variants) :
	    0;
}

int
import_measure_dashboard(
    struct import *out, struct sheet *sheet, const struct import_input *in)
{
	const struct value *models = value_get(in->tree, "predictedY");
	const struct value *features =
	    value_get(in->tree, "precomputedFeatureBins");
	struct dashboard d = { .sheet = sheet,
		.tree = in->tree,
		.truth = value_get(in->tree, "trueY") };
	struct text rows = { 0 };
	size_t model;
	int rc;

	if (d.truth == NULL || models == NULL || models->n == 0 ||
	    models->kind != VALUE_LIST || features == NULL ||
	    features->kind != VALUE_LIST)
		return bad(sheet, in->tree->pos,
		    "a dashboard has trueY, predictedY and "
		    "precomputedFeatureBins");
	model = note_models(&d, models);
	d.predictions = child(models, model);
	if (check_rows(sheet, d.truth, d.truth->n) == -1 ||
	    check_rows(sheet, d.predictions, d.truth->n) == -1)
		return -1;
	choose_kind(&d);
	take_features(&d, features, model);
	put_rows(&rows, &d);
	rc = measure(
	    &d, out, arena_dup(sheet->arena, text_str(&rows), rows.n), rows.n);
	text_free(&rows);
	return rc;
}
