#include <stdlib.h>

#include "base/file.h"
#include "base/intern.h"
#include "base/num.h"
#include "in_memory.h"
#include "measure/predictions.h"
#include "read/csv.h"
#include "tap.h"

/*
 * The figures against those of independent programs, kept outside the
 * project: each row of expected/FILE.csv is one number that some program
 * found in FILE.csv.  Every row whose metric and group dossier has is
 * compared; how many there were is printed, and too few of them fail.
 */

enum { LEAST_ROWS = 4000 };

/* Whose numbers are compared, how closely. */
static const struct tool {
	const char *name;
	bool is_weighted;
	double ulps; /* 0: relative, to 1e-9 */
} tools[] = {
	{ "exact", false, 1 },
	{ "exact-weighted", true, 1 },
	{ "scipy", false, 0 },
	{ "fairlearn", false, 0 },
	{ "fairlearn-weighted", true, 0 },
	{ "aequitas", false, 0 },
};

/* One row of an expected file. */
struct row {
	const struct tool *tool;
	const char *metric, *attribute, *group, *value, *numerator,
	    *denominator, *n;
	unsigned line;
};

/* A file of predictions, measured without and with its weights. */
struct subject {
	const char *file; /* expected/FILE.csv */
	struct arena arena;
	struct diag_list diags;
	struct predictions plain, weighted;
	unsigned n_compared;
	unsigned n_wrong;
	unsigned n_by[sizeof(tools) / sizeof(tools[0])];
};

static const char *const all_metrics[] = { "selection_rate", "base_rate",
	"true_positive_rate", "false_negative_rate", "true_negative_rate",
	"false_positive_rate", "precision", "false_discovery_rate",
	"negative_predictive_value", "false_omission_rate", "accuracy",
	"error_rate", "balanced_accuracy", "f1_score", "jaccard",
	"matthews_correlation", "treatment_equality_ratio",
	"predicted_positive_ratio_k" };

static const char *
shared(void)
{
	const char *folder = getenv("DOSSIER_SHARED");

	return folder != NULL ? folder : "../shared";
}

/* Numbers. */

static double
ulp(double x)
{
	return nextafter(fabs(x), HUGE_VAL) - fabs(x);
}

/* The number of a cell; "nan" and "inf" are numbers here. */
static double
number(const char *s)
{
	double value = NAN;

	if (strcmp(s, "inf") == 0)
		return HUGE_VAL;
	num_read(s, strlen(s), &value);
	return value;
}

static bool
is_close(double got, double want, double ulps)
{
	double room = ulps > 0 ? ulps * ulp(want) : 1e-9 * fmax(1, fabs(want));

	return got == want || fabs(got - want) <= room;
}

/* Report a row, unless the number is right. */
static void
judge(struct subject *s, const struct row *row, bool right, double got)
{
	s->n_compared++;
	s->n_by[row->tool - tools]++;
	if (right)
		return;
	s->n_wrong++;
	printf("# %s:%u: %s %s %s %s: got %.17g, want %s\n", s->file, row->line,
	    row->tool->name, row->metric, row->attribute, row->group, got,
	    row->value);
}

/* Groups by the names of the expected files. */

static bool
ends(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

/* The first n bytes of a name with "*" for "|"; values hold neither. */
static const char *
joined(struct subject *s, const char *name, size_t n)
{
	char *copy = arena_dup(&s->arena, name, n);

	for (char *p = copy; *p != '\0'; p++)
		if (*p == '|')
			*p = '*';
	return copy;
}

/* The name of a group as dossier has it: a missing value is "(missing)". */
static const char *
group_name(struct subject *s, const char *name, size_t n)
{
	const char *all = joined(s, name, n);
	const char *star = strchr(all, '*');

	if (*all == '\0')
		return GROUP_MISSING;
	if (star == NULL)
		return all;
	return arena_printf(&s->arena, "%.*s*%s",
	    star == all ? (int)strlen(GROUP_MISSING) : (int)(star - all),
	    star == all ? GROUP_MISSING : all,
	    star[1] == '\0' ? GROUP_MISSING : star + 1);
}

static const struct figure *
find_figure(const struct predictions *p, const char *attribute,
    const char *group, const char *metric)
{
	if (strcmp(group, GROUP_OVERALL) == 0)
		attribute = "";
	for (const struct figure *f = p->figures.first; f != NULL; f = f->next)
		if (strcmp(f->metric, metric) == 0 &&
		    strcmp(f->attribute, attribute) == 0 &&
		    strcmp(f->group, group) == 0)
			return f;
	return NULL;
}

static const struct figure *
figure_of(struct subject *s, const struct row *row, const char *metric)
{
	return find_figure(row->tool->is_weighted ? &s->weighted : &s->plain,
	    joined(s, row->attribute, strlen(row->attribute)),
	    group_name(s, row->group, strlen(row->group)), metric);
}

static const struct group *
group_of(struct subject *s, const struct row *row)
{
	const struct predictions *p =
	    row->tool->is_weighted ? &s->weighted : &s->plain;
	const char *attribute =
	    joined(s, row->attribute, strlen(row->attribute));
	const char *group = group_name(s, row->group, strlen(row->group));

	if (strcmp(group, GROUP_OVERALL) == 0)
		return &p->whole.groups[0];
	for (size_t i = 0; i < p->n_tables; i++)
		if (strcmp(p->tables[i].attribute, attribute) == 0)
			return group_table_find(&p->tables[i], group);
	return NULL;
}

/* Kinds of rows. */

/* Fairlearn and Aequitas have a number for what is undefined. */
static bool
is_unlike(const struct row *row, const struct figure *f)
{
	return f != NULL && f->state == FIGURE_UNDEFINED &&
	    strncmp(row->tool->name, "exact", 5) != 0;
}

/* A metric of one group; its counts, where the row has them. */
static bool
compare_value(struct subject *s, const struct row *row)
{
	const struct metric *metric =
	    metric_find(row->metric, strlen(row->metric));
	const struct figure *f;
	bool right;

	if (metric == NULL || metric->kind > METRIC_DERIVED)
		return false;
	f = figure_of(s, row, metric->name);
	if (is_unlike(row, f))
		return false;
	right = f != NULL &&
	    (strcmp(row->value, "nan") == 0 ?
		    f->state == FIGURE_UNDEFINED && f->reason != NULL :
		    f->state == FIGURE_DEFINED &&
			is_close(
			    f->value, number(row->value), row->tool->ulps));
	if (right && row->numerator[0] != '\0')
		right = f->has_counts &&
		    f->numerator == number(row->numerator) &&
		    f->denominator == number(row->denominator);
	if (right && row->n[0] != '\0')
		right = f->n == number(row->n);
	judge(s, row, right, f != NULL ? f->value : NAN);
	return true;
}

/* The number of rows in some cells, or the sum of their weights. */
static bool
compare_count(struct subject *s, const struct row *row)
{
	static const struct {
		const char *name;
		cell_factors factors;
	} counts[] = {
		{ "true_positives", { [CELL_TP] = 1 } },
		{ "false_positives", { [CELL_FP] = 1 } },
		{ "false_negatives", { [CELL_FN] = 1 } },
		{ "true_negatives", { [CELL_TN] = 1 } },
		{ "predicted_positives", { [CELL_TP] = 1, [CELL_FP] = 1 } },
		{ "predicted_negatives", { [CELL_TN] = 1, [CELL_FN] = 1 } },
		{ "count",
		    { [CELL_TP] = 1,
			[CELL_FP] = 1,
			[CELL_TN] = 1,
			[CELL_FN] = 1 } },
	};

	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		const struct group *group;
		double got;

		if (strcmp(counts[i].name, row->metric) != 0)
			continue;
		group = group_of(s, row);
		got = group == NULL ?
		    0 /* a combination that was not observed */
		    :
		    counts_total(&group->counts, counts[i].factors);
		judge(s, row,
		    got == number(row->value) ||
			(group == NULL && strcmp(row->value, "nan") == 0),
		    got);
		return true;
	}
	return false;
}

/* An end of the interval of a metric. */
static bool
compare_interval(struct subject *s, const struct row *row)
{
	static const char low[] = "_wilson_ci95_low";
	static const char high[] = "_wilson_ci95_high";
	bool is_low = ends(row->metric, low);
	const struct metric *metric;
	const struct figure *f;
	double got;

	if (!is_low && !ends(row->metric, high))
		return false;
	metric = metric_find(
	    row->metric, strlen(row->metric) - strlen(is_low ? low : high));
	f = metric != NULL ? figure_of(s, row, metric->name) : NULL;
	got = f == NULL || !f->has_interval ? NAN :
	    is_low                          ? f->lower :
					      f->upper;
	judge(s, row, is_close(got, number(row->value), row->tool->ulps), got);
	return true;
}

/* "x vs y": the ratio or difference of a group and the reference. */
static bool
compare_pair(struct subject *s, const struct row *row)
{
	const char *vs = strstr(row->group, " vs ");
	bool is_ratio = ends(row->metric, "_ratio");
	const struct metric *metric;
	const struct figure *f;
	double want = number(row->value), got;

	if (vs == NULL || (!is_ratio && !ends(row->metric, "_difference")))
		return false;
	metric = metric_find(row->metric,
	    strlen(row->metric) - strlen(is_ratio ? "_ratio" : "_difference"));
	if (metric == NULL)
		return false;
	f = find_figure(&s->plain,
	    joined(s, row->attribute, strlen(row->attribute)),
	    group_name(s, row->group, (size_t)(vs - row->group)), metric->name);
	if (f == NULL || (is_ratio ? !f->has_ratio : !f->has_difference)) {
		judge(s, row, f != NULL && !isfinite(want), NAN);
		return true;
	}
	got = is_ratio ? f->ratio : f->difference;
	judge(s, row,
	    strcmp(f->reference, joined(s, vs + 4, strlen(vs + 4))) == 0 &&
		is_close(got, want, row->tool->ulps),
	    got);
	return true;
}

/* What the groups of an attribute make: the largest of them; extremes. */
static bool
compare_summary(struct subject *s, const struct row *row)
{
	const struct predictions *p =
	    row->tool->is_weighted ? &s->weighted : &s->plain;
	const char *attribute =
	    joined(s, row->attribute, strlen(row->attribute));

	if (strcmp(row->metric, "largest_group") != 0)
		return false;
	for (size_t i = 0; i < p->n_tables; i++)
		if (strcmp(p->tables[i].attribute, attribute) == 0)
			judge(s, row,
			    strcmp(p->tables[i].reference->name,
				joined(s, row->value, strlen(row->value))) == 0,
			    NAN);
	return true;
}

/* Ratio to the group that Aequitas was told, which is the largest. */
static bool
compare_disparity(struct subject *s, const struct row *row)
{
	static const char end[] = "_disparity_majority";
	const struct metric *metric;
	const struct figure *f;

	if (!ends(row->metric, end))
		return false;
	metric = metric_find(row->metric, strlen(row->metric) - strlen(end));
	f = metric != NULL ? figure_of(s, row, metric->name) : NULL;
	if (f == NULL || !f->has_ratio)
		return false;
	judge(s, row, is_close(f->ratio, number(row->value), 0), f->ratio);
	return true;
}

static void
compare_row(struct subject *s, const struct row *row)
{
	/* 0/0 of an intersection without rows, and aggregates of others. */
	if (strcmp(row->value, "error") == 0 ||
	    (row->group[0] == '(' && ends(row->group, "groups)") &&
		strcmp(row->metric, "largest_group") != 0))
		return;
	if (compare_count(s, row) || compare_interval(s, row) ||
	    compare_pair(s, row) || compare_summary(s, row) ||
	    compare_disparity(s, row))
		return;
	if (group_of(s, row) != NULL)
		compare_value(s, row);
}

/* Reading. */

static const char *
cell(struct subject *s, const struct csv_row *row, size_t i)
{
	return arena_dup(&s->arena, row->fields[i].p, row->fields[i].n);
}

static void
take_row(struct subject *s, const struct csv_row *from)
{
	struct row row = { NULL, cell(s, from, 1), cell(s, from, 2),
		cell(s, from, 3), cell(s, from, 4), cell(s, from, 5),
		cell(s, from, 6), cell(s, from, 7), from->line };
	const char *tool = cell(s, from, 0);

	for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++)
		if (strcmp(tools[i].name, tool) == 0)
			row.tool = &tools[i];
	if (row.tool != NULL)
		compare_row(s, &row);
}

static void
measure(struct subject *s, const struct source *source,
    const char *const attributes[], size_t n)
{
	const struct measure_options options = { .confidence = 0.95,
		.missing_is_group = true,
		.metrics = all_metrics,
		.n_metrics = sizeof(all_metrics) / sizeof(all_metrics[0]) };
	struct prediction_columns columns = { .label = "y_true",
		.prediction = "y_pred",
		.attributes = attributes,
		.n_attributes = n };
	const struct scan_input input = in_memory(source->bytes, source->size);

	CHECK_INT(measure_prediction_rows(&s->plain, &s->arena, &input,
		      &columns, &options, &s->diags),
	    0);
	columns.weight = "weight";
	CHECK_INT(measure_prediction_rows(&s->weighted, &s->arena, &input,
		      &columns, &options, &s->diags),
	    0);
	CHECK_INT(s->diags.n, 0);
}

static void
report(struct subject *s)
{
	printf("# %s: %u rows compared", s->file, s->n_compared);
	for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++)
		printf(", %s %u", tools[i].name, s->n_by[i]);
	printf("\n");
	CHECK_INT(s->n_wrong, 0);
}

/* Compare a file; return how many rows were compared. */
static unsigned
try_file(const struct folder *folder, const char *file,
    const char *const attributes[], size_t n)
{
	struct subject s = { .file = file };
	struct pos pos = { NULL, 0, 0 };
	struct source data, expected;
	struct csv_row row;
	struct csv *csv;

	s.diags.arena = &s.arena;
	if (!CHECK(source_read(&data, &s.arena, folder, file, FILE_LIMIT_CSV,
		       pos, &s.diags) == 0 &&
		source_read(&expected, &s.arena, folder,
		    arena_printf(&s.arena, "expected/%s", file), FILE_LIMIT_CSV,
		    pos, &s.diags) == 0)) {
		arena_free(&s.arena);
		return 0;
	}
	measure(&s, &data, attributes, n);
	csv = csv_open(&s.arena, &expected, &s.diags);
	CHECK_STR(cell(&s, csv_header(csv), 4), "value");
	while (csv_next(csv, &row, &s.diags) == 1)
		take_row(&s, &row);
	report(&s);
	arena_free(&s.arena);
	return s.n_compared;
}

int
main(void)
{
	static const char *const german[] = { "sex", "age", "foreign_worker",
		"sex*age" };
	static const char *const edge[] = { "group", "other", "group*other" };
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct folder folder = { -1, "" };
	unsigned n = 0;

	if (folder_open(&folder,
		arena_printf(&arena, "%s/fairness-reference", shared()), "",
		&diags) == -1) {
		tap_skip("no fairness-reference in $DOSSIER_SHARED");
	} else {
		n += try_file(&folder, "german.csv", german, 4);
		n += try_file(&folder, "edge_cases.csv", edge, 3);
		printf("# %u rows compared in all\n", n);
		CHECK(n >= LEAST_ROWS);
	}
	folder_close(&folder);
	arena_free(&arena);
	return tap_done();
}
