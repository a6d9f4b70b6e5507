#include "measure/import.h"

#include <string.h>

#include "base/text.h"
#include "measure/fairness_file.h"
#include "measure/import_shape.h"
#include "read/csv.h"

/* The first that fits is taken: what is more particular stands first. */
static const struct shape {
	const char *name;
	bool (*fits)(const struct import_input *in);
	/* NULL: it carries rows. */
	int (*read)(struct sheet *sheet, const struct import_input *in);
} shapes[] = {
	{ "a crosstab of Aequitas", import_fits_aequitas,
	    import_read_aequitas },
	{ "verdicts of Aequitas", import_fits_verdicts, import_read_verdicts },
	{ "fairlearn by_group_ci", import_fits_quantiles,
	    import_read_quantiles },
	{ "fairlearn overall", import_fits_overall, import_read_overall },
	{ "a summary of fairlearn", import_fits_summary, import_read_summary },
	{ "a pandas crosstab", import_fits_crosstab, import_read_crosstab },
	{ "a table of people and selected", import_fits_audit,
	    import_read_audit },
	{ "a table of groups", import_fits_wide, import_read_wide },
	{ "a view of TensorFlow Model Analysis", import_fits_tfma,
	    import_read_tfma },
	{ "an explainer of AIF360", import_fits_aif360, import_read_aif360 },
	{ "a report of Evidently", import_fits_evidently,
	    import_read_evidently },
	{ "a Responsible AI dashboard", import_fits_dashboard, NULL },
	{ "a classification report", import_fits_report, import_read_report },
	{ "classification reports by group", import_fits_reports,
	    import_read_reports },
	{ "a data frame by metric", import_fits_columns, import_read_columns },
	{ "a data frame by group", import_fits_index, import_read_index },
};

/* Text that people export though it can be had as data. */
static const struct {
	const char *first, *second; /* both in the first line */
	const char *advice;
} prose[] = {
	{ "f1-score", "support",
	    "the text of classification_report() is rounded to two decimals; "
	    "export it with output_dict=True as JSON" },
	{ "Statistical parity difference (", "):",
	    "the text of AIF360 has no counts; export it with "
	    "MetricJSONExplainer" },
	{ "Disparate impact (", "):",
	    "the text of AIF360 has no counts; export it with "
	    "MetricJSONExplainer" },
};

/* Advice for text that is no data, or NULL. */
static const char *
prose_advice(const struct source *source)
{
	const char *end = memchr(source->bytes, '\n', source->size);
	size_t n = end != NULL ? (size_t)(end - source->bytes) : source->size;
	struct text line = { 0 };
	const char *advice = NULL;

	text_put(&line, source->bytes, n < 1000 ? n : 1000);
	for (size_t i = 0; i < sizeof(prose) / sizeof(prose[0]); i++)
		if (strchr(text_str(&line), ',') == NULL &&
		    strstr(text_str(&line), prose[i].first) != NULL &&
		    strstr(text_str(&line), prose[i].second) != NULL)
			advice = prose[i].advice;
	text_free(&line);
	return advice;
}

/* Whether the header is that of fairness_file.h: a row a figure. */
static bool
is_tidy(const struct csv *csv)
{
	static const char *const names[] = { "attribute", "group", "metric",
		"value" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (csv_column(csv, names[i]) == -1)
			return false;
	return true;
}

static const struct shape *
find_shape(const struct import_input *in)
{
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++)
		if (shapes[i].fits(in))
			return &shapes[i];
	return NULL;
}

const char *
measure_import_known(void)
{
	return "tables of groups, of people and selected, and exports of "
	       "fairlearn, Aequitas, AIF360, "
	       "TensorFlow Model Analysis, Evidently, scikit-learn, "
	       "pandas.crosstab and Responsible AI dashboards";
}

bool
measure_import_fits(struct arena *arena, const struct source *head,
    const struct measure_options *options)
{
	struct diag_list unheard = { .arena = arena };
	struct source source = *head;
	struct import_input in = { .positive = options->positive };
	struct csv *csv;

	if (import_is_json(head) || prose_advice(head) != NULL)
		return true;
	csv = csv_open_any(arena, &source, &unheard);
	if (csv == NULL)
		return false;
	source = *head;
	return is_tidy(csv) ||
	    (import_input_read(&in, arena, &source, &unheard) == 0 &&
		find_shape(&in) != NULL);
}

static int
refuse(const struct source *source, const char *advice, struct diag_list *diags)
{
	struct pos pos = { source->name, 1, 1 };

	if (advice != NULL)
		diag_add(diags, DIAG_EXPORT_SHAPE, pos, "%s", advice);
	else
		diag_add(diags, DIAG_EXPORT_SHAPE, pos, "known are %s",
		    measure_import_known());
	return -1;
}

static int
read_shape(struct import *out, struct sheet *sheet,
    const struct import_input *in, const struct shape *shape)
{
	int rc;

	out->shape = shape->name;
	if (shape->read == NULL) {
		rc = import_measure_dashboard(out, sheet, in);
		complaints_end(&sheet->complaints);
		return rc;
	}
	if (in->n_rows == 1) {
		diag_add(sheet->complaints.diags, DIAG_CSV_ROWS,
		    (struct pos){ sheet->name, 1, 1 }, "%s", shape->name);
		return -1;
	}
	rc = shape->read(sheet, in);
	if (rc == 0)
		rc = sheet_finish(sheet, out);
	complaints_end(&sheet->complaints);
	return rc;
}

/* Read what is not a row a figure. */
static int
read_other(struct import *out, struct arena *arena, struct source *source,
    const struct measure_options *options, struct diag_list *diags)
{
	struct sheet sheet = { .arena = arena,
		.options = options,
		.complaints = { .diags = diags },
		.variants.wanted = options->variant,
		.name = source->name };
	const char *advice = prose_advice(source);
	const struct shape *shape;
	struct import_input in = { .positive = options->positive };

	if (advice != NULL)
		return refuse(source, advice, diags);
	if (import_input_read(&in, arena, source, diags) == -1)
		return -1;
	shape = find_shape(&in);
	if (shape == NULL && import_input_tabulate(&in, arena))
		shape = find_shape(&in);
	return shape != NULL ? read_shape(out, &sheet, &in, shape) :
			       refuse(source, NULL, diags);
}

int
measure_import(struct import *out, struct arena *arena, struct source *source,
    const struct measure_options *options, struct diag_list *diags)
{
	struct source input = *source;
	struct csv *csv;

	*out = (struct import){ 0 };
	input.name = arena_str(arena, source->name);
	if (source_check_text(&input, diags) == -1)
		return -1;
	if (import_is_json(&input))
		return read_other(out, arena, &input, options, diags);
	csv = csv_open_any(arena, &input, diags);
	if (csv == NULL)
		return -1;
	if (!is_tidy(csv))
		return read_other(out, arena, &input, options, diags);
	out->shape = "a table of figures";
	return measure_fairness_file(
	    &out->figures, arena, &input, options, diags);
}
