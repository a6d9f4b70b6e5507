#include <dirent.h>

#include "imports.h"
#include "measure/metric.h"
#include "read/csv.h"

/*
 * The real exports of the shared folder, each made from german.csv: every
 * figure that is read must be the exact one of expected/german.csv, and
 * nothing may be found wrong that is not.  Skipped where there is no folder.
 */

#define EXPORTS "fairness-reference/exports"

/* What is known of a file beside its shape. */
static const struct export
{
	const char *file;
	const char *shape;     /* NULL: refused */
	const char *attribute; /* that has no name in it; or NULL */
	size_t n_exact;        /* figures that are compared, at least */
	const char *diag;      /* the one that is given; or NULL */
}
exports[] = {
	{ "aequitas_attribute_fairness.csv", "verdicts of Aequitas", NULL, 0,
	    "EXPORT_GROUPS" },
	{ "aequitas_crosstab.csv", "a crosstab of Aequitas", NULL, 73, NULL },
	{ "aequitas_crosstab_thresholds.csv", "a crosstab of Aequitas", NULL,
	    29, "EXPORT_SEVERAL" },
	{ "aequitas_disparity.csv", "a crosstab of Aequitas", NULL, 73, NULL },
	{ "aequitas_fairness.csv", "a crosstab of Aequitas", NULL, 73, NULL },
	{ "aequitas_overall_fairness.json", "verdicts of Aequitas", NULL, 0,
	    "EXPORT_GROUPS" },
	{ "aif360_json_explainer.json", "an explainer of AIF360", "sex", 20,
	    "EXPORT_NAME" },
	{ "aif360_text_explainer.txt", NULL, NULL, 0, "EXPORT_SHAPE" },
	{ "evidently_classification.json", "a report of Evidently", NULL, 0,
	    NULL },
	{ "evidently_drift.json", "a report of Evidently", NULL, 0, NULL },
	{ "fairlearn_by_group_ci_concat.csv", "fairlearn by_group_ci", NULL, 0,
	    NULL },
	{ "fairlearn_by_group_control_feature.csv", "a table of groups", NULL,
	    20, NULL },
	{ "fairlearn_by_group_multiindex.csv", "a table of groups", NULL, 20,
	    NULL },
	{ "fairlearn_by_group_orient_index.json", "a data frame by group",
	    "sex", 10, "EXPORT_NAME" },
	{ "fairlearn_by_group_single.csv", "a table of groups", NULL, 10,
	    NULL },
	{ "fairlearn_by_group_single_metric_series.csv", "a table of groups",
	    NULL, 2, NULL },
	{ "fairlearn_by_group_unnamed_attribute.csv", "a table of groups",
	    "sex", 10, "EXPORT_NAME" },
	{ "fairlearn_difference_control_feature.csv", "a table of groups", NULL,
	    0, "EXPORT_WHOLE" },
	{ "fairlearn_disparity_summary.csv", "a summary of fairlearn", NULL, 0,
	    NULL },
	{ "fairlearn_overall.csv", "fairlearn overall", NULL, 5, NULL },
	{ "fairlearn_overall_control_feature.csv", "a table of groups", NULL,
	    10, NULL },
	{ "pandas_crosstab.csv", "a pandas crosstab", NULL, 20, NULL },
	{ "sklearn_classification_report.json", "a classification report", NULL,
	    10, NULL },
	{ "sklearn_classification_report.txt", NULL, NULL, 0, "EXPORT_SHAPE" },
	{ "sklearn_classification_report_by_group.json",
	    "classification reports by group", "sex", 20, "EXPORT_NAME" },
	{ "tfma_slicing_metrics_shape.json",
	    "a view of TensorFlow Model Analysis", NULL, 20, NULL },
};

static bool
is_cell(const struct csv *csv, const struct csv_row *row, const char *column,
    const char *want)
{
	const struct csv_field *field = &row->fields[csv_column(csv, column)];

	return field->n == strlen(want) &&
	    memcmp(field->p, want, field->n) == 0;
}

/* "sex*age" as "sex|age", "age*sex" too; groups alike. */
static const char *
joined(struct arena *arena, const char *name, bool is_turned)
{
	char *copy = arena_str(arena, name);
	char *star = strchr(copy, '*');

	if (star == NULL)
		return copy;
	*star = '\0';
	return is_turned ? arena_printf(arena, "%s|%s", star + 1, copy) :
			   arena_printf(arena, "%s|%s", copy, star + 1);
}

static const char *
group_name(const char *group)
{
	return strcmp(group, "privileged") == 0 ? "male" :
	    strcmp(group, "unprivileged") == 0  ? "female" :
						  group;
}

/* Find the exact value of a figure; or return false. */
static bool
expected(struct trial *t, struct source source, const struct export *export,
    const struct figure *f, double *out)
{
	struct csv *csv = csv_open(&t->arena, &source, &t->diags);
	bool is_turned = strcmp(f->attribute, "age*sex") == 0;
	const char *attribute =
	    export->attribute != NULL && *f->attribute != '\0' ?
	    export->attribute :
	    joined(&t->arena, f->attribute, is_turned);
	const char *group = joined(&t->arena, group_name(f->group), is_turned);
	struct csv_row row;

	while (csv_next(csv, &row, &t->diags) == 1) {
		const struct csv_field *value =
		    &row.fields[csv_column(csv, "value")];

		if (is_cell(csv, &row, "tool", "exact") &&
		    is_cell(csv, &row, "metric", f->metric) &&
		    is_cell(csv, &row, "attribute", attribute) &&
		    is_cell(csv, &row, "group", group))
			return num_read(value->p, value->n, out);
	}
	return false;
}

/* Whether the figures are of all rows of german.csv, and rates of groups. */
static bool
is_comparable(const struct export *export)
{
	return strstr(export->file, "evidently") == NULL &&
	    strstr(export->file, "difference") == NULL;
}

static void
check_exact(struct trial *t, const struct source *reference,
    const struct export *export)
{
	size_t n = 0;

	for (const struct figure *f = t->out.first;
	     is_comparable(export) && f != NULL; f = f->next) {
		double want;

		if (!expected(t, *reference, export, f, &want))
			continue;
		n++;
		if (f->state != FIGURE_DEFINED || fabs(f->value - want) > 1e-9)
			CHECK_STR(f->metric, export->file);
	}
	if (n < export->n_exact)
		printf("# %s: %zu\n", export->file, n);
	CHECK(n >= export->n_exact);
}

static void
check_export(const struct folder *folder, const struct export *export)
{
	struct trial t = { .options = { .confidence = 0.95 } };
	struct source source, reference;
	struct import out;

	t.diags.arena = &t.arena;
	CHECK_INT(source_read(&reference, &t.arena, folder,
		      "fairness-reference/expected/german.csv", FILE_LIMIT_CSV,
		      (struct pos){ 0 }, &t.diags),
	    0);
	CHECK_INT(source_read(&source, &t.arena, folder,
		      arena_printf(&t.arena, EXPORTS "/%s", export->file),
		      FILE_LIMIT_CSV, (struct pos){ 0 }, &t.diags),
	    0);
	t.rc = measure_import(&out, &t.arena, &source, &t.options, &t.diags);
	CHECK_INT(t.rc, export->shape != NULL ? 0 : -1);
	CHECK_STR(out.shape, export->shape);
	CHECK_INT(t.diags.n, export->diag != NULL ? 1 : 0);
	if (t.diags.n > 0)
		CHECK_STR(diag_name(t.diags.first->id), export->diag);
	t.out = out.figures;
	check_exact(&t, &reference, export);
	end(&t);
}

/* Every file of the folder is one of the list. */
static void
check_folder(const char *path)
{
	DIR *dir = opendir(path);
	const struct dirent *entry;
	size_t n = 0;

	while (dir != NULL && (entry = readdir(dir)) != NULL)
		n += entry->d_name[0] != '.';
	if (dir != NULL)
		closedir(dir);
	CHECK_INT(n, sizeof(exports) / sizeof(exports[0]));
}

int
main(void)
{
	const char *shared = getenv("DOSSIER_SHARED");
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct folder folder;

	if (shared == NULL)
		shared = "../shared";
	if (folder_open(&folder, shared, "", &diags) == -1) {
		printf("ok 1 # SKIP no shared folder\n");
		arena_free(&arena);
		return 0;
	}
	check_folder(arena_printf(&arena, "%s/" EXPORTS, shared));
	for (size_t i = 0; i < sizeof(exports) / sizeof(exports[0]); i++)
		check_export(&folder, &exports[i]);
	folder_close(&folder);
	arena_free(&arena);
	return tap_done();
}
