#include <string.h>

#include "base/num.h"
#include "measure/import_shape.h"

/*
 * The dictionary of a Responsible AI dashboard: {schemaType:
 * "dashboardDictionary", predictionType, trueY, modelNames, predictedY,
 * precomputedFeatureBins[{featureBinName, binVector, binLabels}],
 * precomputedMetrics[feature][model]{metric: {global, bins[]}}}.  It carries
 * the rows: they are counted, and the metrics beside them held against the
 * counts.  Only two classes are read.
 */

bool
import_fits_dashboard(const struct import_input *in)
{
	const char *type = in->tree != NULL && in->tree->kind == VALUE_MAP ?
	    value_text(in->tree, "schemaType") :
	    NULL;

	return type != NULL && strcmp(type, "dashboardDictionary") == 0;
}

/* Say what is wrong with a value; always -1. */
static int
bad(struct sheet *sheet, struct pos pos, const char *what)
{
	diag_add(sheet->complaints.diags, DIAG_EXPORT_SHAPE, pos, "%s", what);
	return -1;
}

/* Whether a list has n items, each 0 or 1. */
static int
check_classes(struct sheet *sheet, const struct value *list, size_t n)
{
	if (list->kind != VALUE_LIST || list->n != n || n == 0)
		return bad(sheet, list->pos,
		    "trueY and predictedY are lists of as many rows");
	for (const struct value *v = list->first; v != NULL; v = v->next)
		if (v->text == NULL || import_binary(v->text) == BINARY_MISSING)
			return bad(sheet, v->pos,
			    "of a dashboard only the classes 0 and 1 are "
			    "read; measure the predictions themselves");
	return 0;
}

/* A feature whose bins are groups. */
struct feature {
	const char *name;
	const struct value *bins; /* a number for each row */
	const char **labels;      /* of the numbers */
	size_t n_labels;
};

/* Take a feature; return whether it is one of as many rows. */
static bool
take_feature(struct sheet *sheet, const struct value *value, size_t n_rows,
    struct feature *out)
{
	const struct value *labels = value_get(value, "binLabels");

	*out = (struct feature){ value_text(value, "featureBinName"),
		value_get(value, "binVector"), NULL, 0 };
	if (out->name == NULL || *out->name == '\0' || out->bins == NULL ||
	    out->bins->n != n_rows || labels == NULL ||
	    labels->kind != VALUE_LIST) {
		bad(sheet, value->pos,
		    "a feature has featureBinName, binLabels and a binVector "
		    "of as many rows as trueY");
		return false;
	}
	out->labels =
	    arena_array(sheet->arena, labels->n, sizeof(out->labels[0]));
	for (const struct value *v = labels->first; v != NULL; v = v->next)
		out->labels[out->n_labels++] =
		    v->text != NULL ? v->text : GROUP_MISSING;
	return true;
}

/* The group of a row; a bin that has no label is a missing value. */
static struct sheet_group *
group_of(
    struct sheet *sheet, const struct feature *feature, const struct value *bin)
{
	unsigned long long i;
	bool is_known = bin->text != NULL &&
	    num_read_count(bin->text, bin->len, &i) && i < feature->n_labels;

	return sheet_group(sheet, feature->name,
	    is_known ? feature->labels[i] : GROUP_MISSING, bin->pos);
}

static void
count_rows(struct sheet *sheet, const struct feature *feature,
    const struct value *truth, const struct value *predictions)
{
	const struct value *t = truth->first, *p = predictions->first;

	for (const struct value *v = feature->bins->first; v != NULL;
	     v = v->next, t = t->next, p = p->next)
		sheet_add(group_of(sheet, feature, v),
		    cell_of(import_binary(t->text), import_binary(p->text)), 1);
}

/* Hold a metric that was computed beforehand against the counts. */
static void
take_metric(struct sheet *sheet, const struct feature *feature,
    const struct value *metric)
{
	const struct value *bins = value_get(metric, "bins");
	size_t i = 0;

	if (metric_find(metric->key, strlen(metric->key)) == NULL ||
	    bins == NULL || bins->n != feature->n_labels)
		return;
	for (const struct value *v = bins->first; v != NULL; v = v->next) {
		struct sheet_group *group =
		    sheet_find(sheet, feature->name, feature->labels[i++]);
		const struct import_text text = import_scalar(v);

		if (group != NULL)
			import_state(sheet, group, metric->key, &text);
	}
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

/* One model: its rows by each feature, and its metrics. */
static int
take_model(struct sheet *sheet, const struct value *top, size_t model)
{
	const struct value *truth = value_get(top, "trueY");
	const struct value *predictions =
	    child(value_get(top, "predictedY"), model);
	const struct value *features = value_get(top, "precomputedFeatureBins");
	size_t i = 0;

	if (check_classes(sheet, predictions, truth->n) == -1)
		return -1;
	for (const struct value *v = features->first; v != NULL;
	     v = v->next, i++) {
		const struct value *metrics = child(
		    child(value_get(top, "precomputedMetrics"), i), model);
		struct feature feature;

		if (!take_feature(sheet, v, truth->n, &feature))
			continue;
		count_rows(sheet, &feature, truth, predictions);
		if (metrics == NULL)
			continue;
		for (const struct value *m = metrics->first;
		     m != NULL && m->key != NULL; m = m->next)
			take_metric(sheet, &feature, m);
	}
	return 0;
}

/* A cell that no row is in has none. */
static void
fill_cells(const struct sheet *sheet)
{
	for (size_t i = 0; i < sheet->n_groups; i++)
		if (*sheet->groups[i]->attribute != '\0')
			for (enum cell cell = CELL_TN; cell <= CELL_TP; cell++)
				if (cell != CELL_POSITIVE)
					sheet_add(sheet->groups[i], cell, 0);
}

int
import_read_dashboard(struct sheet *sheet, const struct import_input *in)
{
	const struct value *truth = value_get(in->tree, "trueY");
	const struct value *models = value_get(in->tree, "predictedY");
	const struct value *names = value_get(in->tree, "modelNames");
	const struct value *features =
	    value_get(in->tree, "precomputedFeatureBins");
	size_t i = 0;

	if (truth == NULL || models == NULL || models->n == 0 ||
	    models->kind != VALUE_LIST || features == NULL ||
	    features->kind != VALUE_LIST)
		return bad(sheet, in->tree->pos,
		    "a dashboard has trueY, predictedY and "
		    "precomputedFeatureBins");
	if (check_classes(sheet, truth, truth->n) == -1)
		return -1;
	for (const struct value *v = models->first; v != NULL;
	     v = v->next, i++) {
		const struct value *name = child(names, i);

		/* The first model goes before the others. */
		sheet_variant(sheet,
		    name != NULL && name->text != NULL ?
			name->text :
			arena_printf(sheet->arena, "model %zu", i + 1),
		    i == 0 ? 1 : 0, v->pos);
		if (take_model(sheet, in->tree, i) == -1)
			return -1;
	}
	fill_cells(sheet);
	return 0;
}
