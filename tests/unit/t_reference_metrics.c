#include "base/file.h"
#include "measure/figures.h"
#include "measure/spread.h"
#include "slow.h"
#include "tap.h"

/*
 * Metrics against those of independent programs, kept outside the project:
 * each row of expected/FILE.csv is one number that some program found in
 * FILE.csv.  Rows are read here, slowly; every expected row is compared but
 * those that an edge rule of design/metrics.md excludes, and the numbers of
 * both are printed.
 */

/* Whose numbers are compared, how closely. */
static const struct tool {
	const char *name;
	bool is_weighted;
	double ulps; /* 0: relative, to 1e-9 */
} tools[] = {
	{ "exact", false, 1 },
	{ "exact-weighted", true, 1 },
	{ "formula", false, 0 },
	{ "sklearn", false, 0 },
	{ "scipy", false, 0 },
	{ "fairlearn", false, 0 },
	{ "fairlearn-weighted", true, 0 },
	{ "aequitas", false, 0 },
	{ "aif360", false, 0 },
	{ "aif360-weighted", true, 0 },
};

enum { TOOLS = sizeof(tools) / sizeof(tools[0]), TABLES = 4 };

/* One row of an expected file. */
struct row {
	const struct tool *tool;
	const char *metric, *attribute, *group, *value, *numerator,
	    *denominator, *n;
	unsigned line;
};

/* A file of rows, without and with its weights. */
struct subject {
	const char *file; /* expected/FILE.csv */
	struct arena arena;
	struct diag_list diags;
	struct group whole[2];
	struct group_table tables[2][TABLES];
	size_t n_tables;
	struct spread_table spreads[2];
	struct figure_table figures; /* of rows without weights */
	unsigned n_compared, n_excluded, n_unknown, n_wrong;
	unsigned n_by[TOOLS];
};

static const char *
shared(void)
{
	const char *folder = getenv("DOSSIER_SHARED");

	return folder != NULL ? folder : "../shared";
}

/* Numbers. */

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
	double room = ulps > 0 ?
	    ulps * (nextafter(fabs(want), HUGE_VAL) - fabs(want)) :
	    1e-9 * fmax(1, fabs(want));

	return got == want || fabs(got - want) <= room;
}

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

/* A name with "*" for "|"; an empty value is "(missing)". */
static const char *
joined(struct subject *s, const char *name)
{
	const char *bar = strchr(name, '|');

	if (bar == NULL)
		return *name == '\0' ? GROUP_MISSING : name;
	return arena_printf(&s->arena, "%.*s*%s",
	    bar == name ? (int)strlen(GROUP_MISSING) : (int)(bar - name),
	    bar == name ? GROUP_MISSING : name,
	    bar[1] == '\0' ? GROUP_MISSING : bar + 1);
}

/* The same for both sides of "x vs y". */
static const char *
joined_pair(struct subject *s, const char *name)
{
	const char *vs = strstr(name, " vs ");

	if (vs == NULL)
		return joined(s, name);
	return arena_printf(&s->arena, "%s vs %s",
	    joined(s, arena_dup(&s->arena, name, (size_t)(vs - name))),
	    joined(s, vs + 4));
}

static const struct group_table *
table_of(struct subject *s, const struct row *row)
{
	const char *attribute = joined(s, row->attribute);

	for (size_t i = 0; i < s->n_tables; i++)
		if (strcmp(s->tables[0][i].attribute, attribute) == 0)
			return &s->tables[row->tool->is_weighted][i];
	return NULL;
}

static const struct group *
group_of(struct subject *s, const struct row *row)
{
	const struct group_table *table = table_of(s, row);

	if (strcmp(row->group, GROUP_OVERALL) == 0)
		return &s->whole[row->tool->is_weighted];
	return table != NULL ? group_table_find(table, joined(s, row->group)) :
			       NULL;
}

/* Other programs have a number for what is undefined here. */
static bool
is_excluded(const struct row *row, const struct metric_value *got)
{
	return strcmp(row->value, "error") == 0 ||
	    (!got->defined && strncmp(row->tool->name, "exact", 5) != 0);
}

/* A metric of one group; its counts, where the row has them. */
static bool
compare_value(struct subject *s, const struct row *row)
{
	const struct group *group = group_of(s, row);
	const struct metric *metric = metric_resolve(
	    &s->arena, row->metric, strlen(row->metric), s->whole[0].confusion);
	struct metric_value got;
	bool right;

	if (metric == NULL || group == NULL)
		return false;
	metric_measure(metric, group, &s->whole[row->tool->is_weighted], &got);
	if (is_excluded(row, &got)) {
		s->n_excluded++;
		return true;
	}
	right = strcmp(row->value, "nan") == 0 ?
	    !got.defined && got.reason != NULL :
	    got.defined &&
		is_close(got.value, number(row->value), row->tool->ulps);
	if (right && row->numerator[0] != '\0' && got.defined)
		right = got.has_counts &&
		    got.numerator == number(row->numerator) &&
		    got.denominator == number(row->denominator);
	judge(s, row, right, got.defined ? got.value : NAN);
	return true;
}

/*
 * What groups make together.  A row with a group that has no value here is
 * excluded, since other programs have a number for it.
 */
static bool
compare_spread(struct subject *s, const struct row *row)
{
	const struct metric *metric =
	    metric_find(row->metric, strlen(row->metric));
	const struct spread *got = spread_find(
	    &s->spreads[row->tool->is_weighted], joined(s, row->attribute),
	    metric != NULL ? metric->name : row->metric,
	    joined_pair(s, row->group));
	double want = number(row->value);

	if (got == NULL)
		return false;
	if (!got->value.defined || got->n_left_out > 0) {
		s->n_excluded++;
		return true;
	}
	if (got->is_verdict)
		want = strcmp(row->value, "true") == 0;
	judge(s, row, is_close(got->value.value, want, row->tool->ulps),
	    got->value.value);
	return true;
}

static bool
ends(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

/* The figure of n bytes of a metric's name and of a group's. */
static const struct figure *
figure_of(
    struct subject *s, const struct row *row, size_t metric_n, size_t group_n)
{
	const char *attribute =
	    *row->attribute != '\0' ? joined(s, row->attribute) : "";
	const char *group =
	    joined(s, arena_dup(&s->arena, row->group, group_n));

	for (const struct figure *f = s->figures.first; f != NULL; f = f->next)
		if (strlen(f->metric) == metric_n &&
		    strncmp(f->metric, row->metric, metric_n) == 0 &&
		    strcmp(f->attribute, attribute) == 0 &&
		    strcmp(f->group, group) == 0)
			return f;
	return NULL;
}

static double
logit(double x)
{
	return log(x / (1 - x));
}

/*
 * DeLong's standard error, from an end of the plain interval there, and from
 * the one on the scale of the logit here; an end that was cut tells nothing.
 */
static bool
compare_interval(struct subject *s, const struct row *row)
{
	static const char metric[] = "roc_auc";
	bool is_low = ends(row->metric, "_delong_ci95_low");
	double end = number(row->value), got, want;
	const struct figure *f;

	if (!is_low && !ends(row->metric, "_delong_ci95_high"))
		return false;
	f = figure_of(s, row, strlen(metric), strlen(row->group));
	if (f == NULL || !f->has_interval) {
		judge(s, row, !(end > 0 && end < 1) || f->value == 1, NAN);
		return true;
	}
	want = fabs(end - f->value);
	got = fabs(logit(is_low ? f->lower : f->upper) - logit(f->value)) *
	    f->value * (1 - f->value);
	judge(s, row,
	    strcmp(f->interval_method, "DeLong, logit") == 0 &&
		(end <= 0 || end >= 1 || fabs(got / want - 1) < 1e-9),
	    got);
	return true;
}

/* "x vs y": the ratio or difference of a group and the reference. */
static bool
compare_pair(struct subject *s, const struct row *row)
{
	const char *vs = strstr(row->group, " vs ");
	bool is_ratio = ends(row->metric, "_ratio");
	size_t cut = strlen(is_ratio ? "_ratio" : "_difference");
	const struct figure *f;
	double want = number(row->value), got;

	if (vs == NULL || strlen(row->metric) < cut ||
	    (!is_ratio && !ends(row->metric, "_difference")))
		return false;
	f = figure_of(
	    s, row, strlen(row->metric) - cut, (size_t)(vs - row->group));
	if (f == NULL)
		return false;
	got = is_ratio        ? (f->has_ratio ? f->ratio : NAN) :
	    f->has_difference ? f->difference :
				NAN;
	judge(s, row,
	    (strcmp(f->reference, joined(s, vs + 4)) == 0 &&
		is_close(got, want, row->tool->ulps)) ||
		(isnan(got) && !isfinite(want)),
	    got);
	return true;
}

static void
compare_row(struct subject *s, const struct row *row)
{
	if (compare_value(s, row) || compare_spread(s, row) ||
	    compare_interval(s, row) || compare_pair(s, row))
		return;
	s->n_unknown++;
	if (getenv("UNKNOWN") != NULL)
		printf("# unknown %s %s %s %s %s\n", row->tool->name,
		    row->metric, row->attribute, row->group, row->value);
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

	for (size_t i = 0; i < TOOLS; i++)
		if (strcmp(tools[i].name, tool) == 0)
			row.tool = &tools[i];
	if (row.tool != NULL)
		compare_row(s, &row);
}

/* A file, what it has, and its attributes. */
struct
try {
	const char *file;
	enum slow_kind kind;
	const char *attributes[TABLES];
	size_t n;
	unsigned least; /* rows to compare, at least */
};

/* The metrics whose spread is wanted: all that the rows give. */
static const struct metric **
choose(struct subject *s, enum slow_kind kind, size_t *n)
{
	const struct confusion *c = s->whole[0].confusion;
	const struct metric_data has = { kind == SLOW_BINARY,
		kind == SLOW_BINARY, kind == SLOW_BINARY, kind == SLOW_CLASSES,
		kind == SLOW_NUMBERS };
	const struct metric **metrics = arena_array(&s->arena,
	    metric_count() + (c != NULL ? c->n : 0), sizeof(metrics[0]));

	*n = 0;
	for (size_t i = 0; i < metric_count(); i++)
		if (metric_is_measurable(metric_at(i), &has))
			metrics[(*n)++] = metric_at(i);
	for (size_t i = 0; c != NULL && i < c->n; i++)
		metrics[(*n)++] =
		    metric_of_class(&s->arena, metric_at(0), c->classes[i]);
	return metrics;
}

static void
make_spreads(struct subject *s, enum slow_kind kind)
{
	size_t n;
	const struct metric **metrics = choose(s, kind, &n);

	for (size_t k = 0; k < 2; k++) {
		const struct spread_options options = { .whole = &s->whole[k],
			.missing_is_group = true,
			.metrics = metrics,
			.n_metrics = n };

		for (size_t i = 0; i < s->n_tables; i++)
			spread_measure(&s->spreads[k], &s->arena,
			    &s->tables[k][i], &options);
		spread_conclude(&s->spreads[k], &s->arena);
	}
}

static void
make_figures(struct subject *s)
{
	static const char *const metrics[] = { "selection_rate", "base_rate",
		"true_positive_rate", "false_positive_rate",
		"false_negative_rate", "precision", "accuracy", "roc_auc" };
	const struct measure_options options = { .confidence = 0.95,
		.missing_is_group = true,
		.metrics = metrics,
		.n_metrics = sizeof(metrics) / sizeof(metrics[0]) };
	struct figure_maker maker = { .out = &s->figures,
		.arena = &s->arena,
		.options = &options,
		.whole = &s->whole[0] };
	const struct group_table whole = {
		.attribute = "", .groups = &s->whole[0], .n = 1
	};

	figures_choose(&maker, &s->diags);
	figures_add(&maker, &whole);
	for (size_t i = 0; i < s->n_tables; i++)
		figures_add(&maker, &s->tables[0][i]);
}

static bool
take_rows(struct subject *s, const struct try *try, struct source *source)
{
	struct slow_file f;

	if (!slow_open(&f, &s->arena, source, &s->diags))
		return false;
	s->n_tables = try->n;
	for (size_t k = 0; k < 2; k++) {
		slow_set(&f, try->kind, k == 1);
		slow_whole(&f, &s->whole[k]);
		for (size_t i = 0; i < try->n; i++)
			slow_table(&f, try->attributes[i], &s->tables[k][i]);
	}
	make_spreads(s, try->kind);
	if (try->kind == SLOW_BINARY)
		make_figures(s);
	return true;
}

static void
report(const struct subject *s)
{
	printf("# %s: %u rows compared, %u excluded, %u of something else",
	    s->file, s->n_compared, s->n_excluded, s->n_unknown);
	for (size_t i = 0; i < TOOLS; i++)
		printf(", %s %u", tools[i].name, s->n_by[i]);
	printf("\n");
	CHECK_INT(s->n_wrong, 0);
}

static void
try_file(const struct folder *folder, const struct try *try)
{
	struct subject s = { .file = try->file };
	struct pos pos = { NULL, 0, 0 };
	struct source data, expected;
	struct csv_row row;
	struct csv *csv;

	s.diags.arena = &s.arena;
	if (CHECK(source_read(&data, &s.arena, folder, try->file,
		      FILE_LIMIT_CSV, pos, &s.diags) == 0 &&
		source_read(&expected, &s.arena, folder,
		    arena_printf(&s.arena, "expected/%s", try->file),
		    FILE_LIMIT_CSV, pos, &s.diags) == 0 &&
		take_rows(&s, try, &data))) {
		csv = csv_open(&s.arena, &expected, &s.diags);
		CHECK_STR(cell(&s, csv_header(csv), 4), "value");
		while (csv_next(csv, &row, &s.diags) == 1)
			take_row(&s, &row);
		report(&s);
		CHECK(s.n_compared >= try->least);
	}
	arena_free(&s.arena);
}

int
main(void)
{
	static const struct try tries[] = {
		{ "german.csv", SLOW_BINARY,
		    { "sex", "age", "foreign_worker", "sex*age" }, 4, 2200 },
		{ "edge_cases.csv", SLOW_BINARY,
		    { "group", "other", "group*other" }, 3, 4020 },
		{ "german_multiclass.csv", SLOW_CLASSES,
		    { "sex", "age", "sex*age" }, 3, 348 },
		{ "german_regression.csv", SLOW_NUMBERS,
		    { "sex", "age", "sex*age" }, 3, 183 },
	};
	struct arena arena = { 0 };
	struct diag_list diags = { .arena = &arena };
	struct folder folder = { -1, "" };

	if (folder_open(&folder,
		arena_printf(&arena, "%s/fairness-reference", shared()), "",
		&diags) == -1)
		tap_skip("no fairness-reference in $DOSSIER_SHARED");
	else
		for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++)
			try_file(&folder, &tries[i]);
	folder_close(&folder);
	arena_free(&arena);
	return tap_done();
}
