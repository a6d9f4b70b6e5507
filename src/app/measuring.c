#include "app/measuring.h"

#include <string.h>
#include <unistd.h>

#include "app/comparing.h"
#include "app/limit.h"
#include "intake/fairness.h"
#include "measure/guard.h"
#include "measure/import.h"
#include "measure/predictions.h"
#include "read/scan.h"

/*
 * The policy with the model's own limits behind the operator's: both hold, so
 * a model can only be stricter.  One that cannot be used is reported.
 */
static struct policy
policy_of(struct record *record, const struct policy *policy,
    const struct fairness *fairness)
{
	size_t most = policy->n_limits + LIMITS_OF_ONE * fairness->n_limits;
	struct policy own = *policy;

	own.limits = arena_array(&record->arena, most, sizeof(*own.limits));
	if (policy->n_limits > 0)
		memcpy(own.limits, policy->limits,
		    policy->n_limits * sizeof(*own.limits));
	for (size_t i = 0; i < fairness->n_limits; i++) {
		struct fairness_limit *limits = &own.limits[own.n_limits];
		int n;

		limits[0] = fairness->limits[i];
		n = limit_settle(limits, &record->arena, &record->diags);
		own.n_limits += n > 0 ? (size_t)n : 0;
	}
	return own;
}

/* Give the metrics that the record names their standard names. */
static void
settle_metrics(struct record *record, const struct fairness *fairness)
{
	const char **names = arena_array(
	    &record->arena, fairness->n_metrics, sizeof(const char *));

	for (size_t i = 0; i < fairness->n_metrics; i++) {
		const char *name =
		    limit_metric(&record->arena, fairness->metrics[i].name,
			fairness->metrics[i].pos, &record->diags);

		if (name != NULL)
			names[record->n_metrics++] = name;
	}
	record->metrics = names;
}

/* What both readers of fairness evidence are told. */
static void
set_options(struct measure_options *out, struct record *record,
    const struct fairness *fairness, const struct policy *policy)
{
	struct measure_reference *references = arena_array(
	    &record->arena, fairness->n_attributes, sizeof(*references));
	const char **also =
	    arena_array(&record->arena, policy->n_limits, sizeof(const char *));
	size_t n = 0;

	for (size_t i = 0; i < fairness->n_attributes; i++) {
		if (fairness->attributes[i].reference == NULL)
			continue;
		references[n++] = (struct measure_reference){
			.attribute = fairness->attributes[i].name,
			.group = fairness->attributes[i].reference,
			.pos = fairness->attributes[i].reference_pos,
		};
	}
	for (size_t i = 0; i < policy->n_limits; i++)
		also[i] = policy->limits[i].metric;
	*out = (struct measure_options){
		.min_report = policy->min_report,
		.confidence = policy->confidence,
		.missing_is_group = policy->missing_is_group,
		.metrics = record->n_metrics > 0 ? record->metrics : NULL,
		.n_metrics = record->n_metrics,
		.also = also,
		.n_also = policy->n_limits,
		.references = references,
		.n_references = n,
	};
}

/* Read a file that the record names, at the place where it is named. */
static int
read_evidence(struct source *source, const struct folder *root,
    struct record *record, const struct evidence_file *file, struct pos pos)
{
	if (file == NULL || file->state != FILE_FOUND)
		return -1;
	return source_read(source, &record->arena, root, file->path,
	    FILE_LIMIT_CSV, pos, &record->diags);
}

/* Take the figures of groups that were counted, and what compares them. */
static void
take_counted(struct record *record, const struct predictions *counted,
    struct policy *own)
{
	comparing_show(record, counted, own);
	comparing_impacts(record, counted, own);
	comparing_unobserved(record, counted);
	figure_join(&record->figures, &counted->figures);
	comparing_name_classes(record, counted, own);
	comparing_prove(record, counted, own);
}

/* What was read of a record, each source whole, before it is shown. */
struct evidence {
	struct predictions *sources; /* the files, and behind them the rows */
	size_t n_files;
	bool has_rows;
};

/* A file that holds figures, in whatever shape. */
static int
measure_file(const struct folder *root, struct record *record,
    const struct fairness_file *file, const struct measure_options *options,
    struct predictions *counted)
{
	struct source source;
	struct import out;

	if (read_evidence(&source, root, record, file->file, file->pos) == -1 ||
	    measure_import(
		&out, &record->arena, &source, options, &record->diags) == -1)
		return -1;
	if (out.figures.n == 0 && out.between.n > 0)
		diag_add(&record->diags, DIAG_EXPORT_GROUPS, file->pos,
		    "%s is %s", file->file->path, out.shape);
	*counted =
	    (struct predictions){ .figures = out.figures, .whole = out.whole };
	if (out.whole.n > 0) {
		counted->tables = out.tables;
		counted->n_tables = out.n_tables;
	}
	return 0;
}

static void
measure_files(const struct folder *root, struct record *record,
    const struct fairness *fairness, const struct measure_options *options,
    struct evidence *out)
{
	for (size_t i = 0; i < fairness->n_files; i++) {
		if (measure_file(root, record, &fairness->files[i], options,
			&out->sources[out->n_files]) == 0)
			out->n_files++;
		else
			record->figures_unread = true;
	}
}

/* The tables to count: attributes, and these within control features. */
struct tables {
	const char **names;
	size_t n, n_attributes;
};

static size_t
columns_in(const char *attribute)
{
	size_t n = 1;

	for (const char *p = attribute; *p != '\0'; p++)
		n += *p == '*';
	return n;
}

static bool
has_table(const struct tables *tables, const char *name)
{
	size_t i = 0;

	while (i < tables->n && strcmp(tables->names[i], name) != 0)
		i++;
	return i < tables->n;
}

/* Add the attributes within a feature, up to three columns together. */
static void
add_control(struct tables *tables, struct arena *arena, const char *feature)
{
	for (size_t i = 0; i < tables->n_attributes; i++) {
		const char *attribute = tables->names[i];
		const char *name =
		    arena_printf(arena, "%s*%s", feature, attribute);

		if (strcmp(attribute, feature) != 0 &&
		    columns_in(name) <= WITHHOLD_COLUMNS &&
		    !has_table(tables, name))
			tables->names[tables->n++] = name;
	}
}

static struct tables
tables_of(struct arena *arena, const struct fairness *fairness)
{
	size_t most = fairness->n_attributes * (1 + fairness->n_control);
	struct tables out = { arena_array(arena, most, sizeof(char *)), 0, 0 };

	for (size_t i = 0; i < fairness->n_attributes; i++)
		out.names[out.n++] = fairness->attributes[i].name;
	out.n_attributes = out.n;
	for (size_t i = 0; i < fairness->n_control; i++)
		add_control(&out, arena, fairness->control[i]);
	return out;
}

/* Leave out the figures of tables that are only there for control. */
static void
keep_attributes(struct figure_table *figures, const struct tables *tables)
{
	const struct tables asked = { tables->names, tables->n_attributes, 0 };
	struct figure *f = figures->first;

	*figures = (struct figure_table){ 0 };
	while (f != NULL) {
		struct figure *next = f->next;

		f->next = NULL;
		if (*f->attribute == '\0' || has_table(&asked, f->attribute))
			figure_append(figures, f);
		f = next;
	}
}

/* The same of a file of rows, with its control features. */
static void
take_rows(struct record *record, const struct fairness *fairness,
    const struct predictions *counted, struct policy *own)
{
	struct tables tables = tables_of(&record->arena, fairness);
	struct predictions asked = *counted;

	if (asked.n_tables > tables.n_attributes)
		asked.n_tables = tables.n_attributes;
	for (size_t i = 0; i < fairness->n_control; i++)
		comparing_control(
		    record, counted, &asked, own, fairness->control[i]);
	keep_attributes(&asked.figures, &tables);
	take_counted(record, &asked, own);
}

/* The bins of attributes that are a column of numbers. */
static void
set_bins(struct prediction_columns *out, struct arena *arena,
    const struct fairness *fairness)
{
	struct prediction_bins *bins =
	    arena_array(arena, fairness->n_attributes, sizeof(*bins));

	out->bins = bins;
	for (size_t i = 0; i < fairness->n_attributes; i++) {
		const struct fairness_attribute *a = &fairness->attributes[i];

		if (a->n_edges > 0)
			bins[out->n_bins++] = (struct prediction_bins){
				.column = a->name,
				.edges = a->edges,
				.n = a->n_edges,
			};
	}
}

static void
set_columns(struct prediction_columns *out,
    const struct fairness_predictions *from, const struct tables *tables)
{
	static const enum prediction_kind kinds[] = {
		[FAIRNESS_BINARY] = PREDICTION_BINARY,
		[FAIRNESS_CLASSES] = PREDICTION_CLASSES,
		[FAIRNESS_NUMBERS] = PREDICTION_NUMBERS,
	};

	*out = (struct prediction_columns){
		.kind = kinds[from->kind],
		.label = from->label,
		.prediction = from->prediction,
		.score = from->score,
		.threshold = from->threshold,
		.weight = from->weight,
		.positive = from->positive,
		.attributes = tables->names,
		.n_attributes = tables->n,
	};
}

static void
measure_rows(const struct folder *root, struct record *record,
    const struct fairness *fairness, const struct measure_options *options,
    struct evidence *out)
{
	const struct fairness_predictions *from = fairness->predictions;
	struct prediction_columns columns;
	struct scan_input input = { .fd = -1 };
	struct tables tables;

	if (from == NULL)
		return;
	if (from->file != NULL && from->file->state == FILE_FOUND)
		input.fd = file_open(
		    root, from->file->path, from->pos, &record->diags);
	if (input.fd == -1) {
		record->figures_unread = true;
		return;
	}
	input.name = folder_shown(&record->arena, root, from->file->path);
	tables = tables_of(&record->arena, fairness);
	set_columns(&columns, from, &tables);
	set_bins(&columns, &record->arena, fairness);
	out->has_rows =
	    measure_prediction_rows(&out->sources[out->n_files], &record->arena,
		&input, &columns, options, &record->diags) == 0;
	record->figures_unread = record->figures_unread || !out->has_rows;
	close(input.fd);
}

/* Hide what must not be shown of all sources together; or show none. */
static int
guard(struct record *record, const struct evidence *evidence, double min_report)
{
	size_t n = evidence->n_files + (evidence->has_rows ? 1 : 0);
	struct guard_source *shown =
	    arena_array(&record->arena, n, sizeof(*shown));

	for (size_t i = 0; i < n; i++) {
		struct predictions *source = &evidence->sources[i];

		shown[i] = (struct guard_source){ &source->figures,
			&source->whole, source->tables, source->n_tables };
	}
	if (guard_sources(
		shown, n, &record->arena, min_report, &record->diags) == 0)
		return 0;
	record->figures_unread = true;
	return -1;
}

/* Read all that the record names, with nothing withheld yet. */
static struct evidence
read_all(const struct folder *root, struct record *record,
    const struct fairness *fairness, const struct measure_options *options)
{
	struct measure_options open = *options;
	struct evidence out = { .n_files = 0 };

	open.min_report = 0;
	out.sources = arena_array(
	    &record->arena, fairness->n_files + 1, sizeof(*out.sources));
	measure_files(root, record, fairness, &open, &out);
	measure_rows(root, record, fairness, &open, &out);
	return out;
}

struct policy
measuring_take(const struct folder *root, const struct policy *policy,
    struct record *record)
{
	struct measure_options options;
	struct evidence evidence;
	struct fairness fairness;
	struct policy own;

	fairness_take(record, &fairness);
	own = policy_of(record, policy, &fairness);
	settle_metrics(record, &fairness);
	set_options(&options, record, &fairness, &own);
	evidence = read_all(root, record, &fairness, &options);
	if (guard(record, &evidence, own.min_report) == -1)
		return own;
	for (size_t i = 0; i < evidence.n_files; i++)
		take_counted(record, &evidence.sources[i], &own);
	if (evidence.has_rows)
		take_rows(record, &fairness,
		    &evidence.sources[evidence.n_files], &own);
	return own;
}
