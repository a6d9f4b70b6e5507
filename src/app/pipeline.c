#include "app/pipeline.h"

#include <string.h>
#include <unistd.h>

#include "app/limit.h"
#include "app/profile.h"
#include "app/waivers.h"
#include "check/baseline.h"
#include "check/check.h"
#include "check/outlook.h"
#include "compose/find.h"
#include "intake/fairness.h"
#include "intake/intake.h"
#include "intake/vocabulary.h"
#include "measure/import.h"
#include "measure/predictions.h"
#include "read/scan.h"

static int
load_naming(struct pipeline *out, struct diag_list *diags)
{
	const struct setting_value *naming =
	    &out->config->settings.values[SETTING_NAMING_ID];

	if (naming->text[0] == '\0')
		return 0;
	out->naming =
	    pattern_compile(out->arena, naming->text, naming->pos, diags);
	return out->naming != NULL ? 0 : -1;
}

/*
 * A folder of schemas without any rules is said to be that, before the reader
 * misses this or that file.
 */
static int
expect_rules(const struct pipeline *pipeline, struct diag_list *diags)
{
	struct diag_list silent = { .arena = pipeline->arena };
	struct name_list list;

	if (folder_list(&list, pipeline->arena, &pipeline->schemas,
		CATALOGUE_FOLDER, ".yaml", &silent) == 0 &&
	    list.n > 0)
		return 0;
	diag_add(diags, DIAG_RULES_NONE,
	    (struct pos){ pipeline->schemas.name, 0, 0 },
	    "there is no %s/*.yaml in it", CATALOGUE_FOLDER);
	return -1;
}

int
pipeline_open(struct pipeline *out, const struct config *config,
    struct arena *arena, enum catalogue_depth depth, struct diag_list *diags)
{
	struct catalogue_source from = { &out->schemas, &out->vocabulary,
		depth };

	*out = (struct pipeline){
		.config = config, .arena = arena, .schemas.fd = -1
	};
	if (config_data(&out->schemas, config, arena, "schemas", diags) == -1)
		return -1;
	if (expect_rules(out, diags) == -1)
		return -1;
	if (vocabulary_load(&out->vocabulary, arena, &out->schemas, diags) ==
	    -1)
		return -1;
	if (catalogue_load_from(&out->catalogue, arena, &from, diags) == -1)
		return -1;
	if (profile_apply(
		&config->policy.profile, &out->catalogue, arena, diags) == -1)
		return -1;
	if (waivers_hold(&config->policy, &out->catalogue, arena, diags) == -1)
		return -1;
	return load_naming(out, diags);
}

void
pipeline_close(struct pipeline *pipeline)
{
	folder_close(&pipeline->schemas);
}

/*
 * The policy with the model's own limits behind the operator's: both hold, so
 * a model can only be stricter.  One that cannot be used is reported.
 */
static struct policy
policy_of(struct record *record, const struct policy *policy,
    const struct fairness *fairness)
{
	size_t most = policy->n_limits + fairness->n_limits;
	struct policy own = *policy;

	own.limits = arena_array(&record->arena, most, sizeof(*own.limits));
	if (policy->n_limits > 0)
		memcpy(own.limits, policy->limits,
		    policy->n_limits * sizeof(*own.limits));
	for (size_t i = 0; i < fairness->n_limits; i++) {
		own.limits[own.n_limits] = fairness->limits[i];
		if (limit_settle(&own.limits[own.n_limits], &record->arena,
			&record->diags) == 0)
			own.n_limits++;
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
		references[n].attribute = fairness->attributes[i].name;
		references[n++].group = fairness->attributes[i].reference;
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
read_evidence(struct source *source, const struct pipeline *pipeline,
    struct record *record, const struct evidence_file *file, struct pos pos)
{
	if (file == NULL || file->state != FILE_FOUND)
		return -1;
	return source_read(source, &record->arena, &pipeline->config->root,
	    file->path, FILE_LIMIT_CSV, pos, &record->diags);
}

static void
append_figures(struct figure_table *to, const struct figure_table *from)
{
	if (from->first == NULL)
		return;
	if (to->last != NULL)
		to->last->next = from->first;
	else
		to->first = from->first;
	to->last = from->last;
	to->n += from->n;
}

/* A file that holds figures, in whatever shape. */
static int
measure_file(const struct pipeline *pipeline, struct record *record,
    const struct fairness_file *file, const struct measure_options *options)
{
	struct source source;
	struct import out;

	if (read_evidence(&source, pipeline, record, file->file, file->pos) ==
		-1 ||
	    measure_import(
		&out, &record->arena, &source, options, &record->diags) == -1)
		return -1;
	if (out.figures.n == 0 && out.between.n > 0)
		diag_add(&record->diags, DIAG_EXPORT_GROUPS, file->pos,
		    "%s is %s", file->file->path, out.shape);
	append_figures(&record->figures, &out.figures);
	return 0;
}

static void
measure_files(const struct pipeline *pipeline, struct record *record,
    const struct fairness *fairness, const struct measure_options *options)
{
	for (size_t i = 0; i < fairness->n_files; i++)
		if (measure_file(
			pipeline, record, &fairness->files[i], options) == -1)
			record->figures_unread = true;
}

static void
measure_rows(const struct pipeline *pipeline, struct record *record,
    const struct fairness *fairness, const struct measure_options *options)
{
	const struct fairness_predictions *from = fairness->predictions;
	const char **names =
	    arena_array(&record->arena, fairness->n_attributes, sizeof(char *));
	const struct folder *root = &pipeline->config->root;
	struct prediction_columns columns = { 0 };
	struct scan_input input = { .fd = -1 };
	struct predictions out;

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
	for (size_t i = 0; i < fairness->n_attributes; i++)
		names[i] = fairness->attributes[i].name;
	columns.label = from->label;
	columns.prediction = from->prediction;
	columns.score = from->score;
	columns.threshold = from->threshold;
	columns.weight = from->weight;
	columns.positive = from->positive;
	columns.attributes = names;
	columns.n_attributes = fairness->n_attributes;
	if (measure_prediction_rows(&out, &record->arena, &input, &columns,
		options, &record->diags) == 0)
		append_figures(&record->figures, &out.figures);
	else
		record->figures_unread = true;
	close(input.fd);
}

/* Ids become names of files: nothing but what a slug may hold. */
static void
settle_id(struct record *record)
{
	char *id = arena_str(&record->arena, record->id);

	for (char *p = id; *p != '\0'; p++) {
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
		else if (!(*p >= 'a' && *p <= 'z') &&
		    !(*p >= '0' && *p <= '9') && *p != '_' &&
		    !(*p == '.' && p != id))
			*p = '-';
	}
	record->id = id[0] != '\0' ? id : "model";
}

/* The operator's pattern for ids: a limit is a failure, never a match. */
static void
check_naming(const struct pipeline *pipeline, struct record *record)
{
	const struct field *id = field_find(record->top, "model.id");

	if (pipeline->naming == NULL || id == NULL || id->text == NULL)
		return;
	if (pattern_match(pipeline->naming, id->text, strlen(id->text), id->pos,
		&record->diags) == 0)
		diag_add(&record->diags, DIAG_VALUE_SLUG, id->pos,
		    "%s does not follow the pattern %s of the configuration",
		    id->text,
		    pipeline->config->settings.values[SETTING_NAMING_ID].text);
}

/* Whether a rule that blocks stands at the same place. */
static bool
is_judged(const struct record *record, struct pos pos)
{
	for (const struct verdict *v = record->verdicts.first; v != NULL;
	     v = v->next)
		if (v->effect == EFFECT_BLOCKS && v->pos.line == pos.line &&
		    v->pos.column == pos.column)
			return true;
	return false;
}

/*
 * A file that cannot be read is found by intake and by the rules that want
 * it.  One fault is one finding: the rule's, which says who asks for the file.
 */
static void
drop_judged_files(struct record *record)
{
	struct diag_list *list = &record->diags;
	struct diag *d = list->first;

	list->first = NULL;
	list->last = NULL;
	list->n = 0;
	list->n_errors = 0;
	while (d != NULL) {
		struct diag *next = d->next;

		d->next = NULL;
		if (d->id > DIAG_FILE_HASH || !is_judged(record, d->pos))
			diag_keep(list, d);
		d = next;
	}
}

/* Whether any rule said something of the record. */
static bool
is_evaluated(const struct record *record)
{
	const struct verdict *v = record->verdicts.first;

	while (v != NULL && v->result == VERDICT_NOT_APPLICABLE)
		v = v->next;
	return v != NULL;
}

void
pipeline_model(const struct pipeline *pipeline, struct record *record,
    const char *file, const char *folder)
{
	struct measure_options options;
	struct fairness fairness;
	struct policy own;
	date turns_on;

	record->file = file;
	record->folder = folder;
	intake_record(record, &pipeline->vocabulary, &pipeline->config->root);
	settle_id(record);
	if (!record->is_readable)
		return;
	check_naming(pipeline, record);
	fairness_take(record, &fairness);
	own = policy_of(record, &pipeline->config->policy, &fairness);
	settle_metrics(record, &fairness);
	set_options(&options, record, &fairness, &own);
	measure_files(pipeline, record, &fairness, &options);
	measure_rows(pipeline, record, &fairness, &options);
	turns_on = check_record(&pipeline->catalogue, record, &own).turns_on;
	outlook_find(&pipeline->catalogue, record, &own, turns_on);
	baseline_apply(&own, &pipeline->catalogue, record);
	drop_judged_files(record);
	if (!is_evaluated(record))
		diag_add(&record->diags, DIAG_RULE_NONE,
		    (struct pos){ record->file, 1, 1 },
		    "state risk.tiers and roles_held");
}

void
pipeline_crashed(const struct pipeline *pipeline, struct record *record,
    const char *file, const char *folder)
{
	const char *slash = strrchr(folder, '/');

	record->file = file;
	record->folder = folder;
	record->id = slash != NULL ? slash + 1 : folder;
	record->diags.arena = &record->arena;
	record->top = arena_alloc(&record->arena, sizeof(*record->top));
	record->top->term = &pipeline->vocabulary.top;
	record->top->path = "";
	settle_id(record);
	diag_add(&record->diags, DIAG_MODEL_CRASH, (struct pos){ file, 1, 1 },
	    "its worker process died; please report the input as a defect");
}

static int
worse(int a, int b)
{
	return a > b ? a : b;
}

void
pipeline_duplicate(struct record *record, size_t i)
{
	diag_add(&record->diags, DIAG_MODEL_DUPLICATE,
	    (struct pos){ record->file, 1, 1 }, "%s", record->id);
	record->id = arena_printf(
	    &record->arena, "%.60s-duplicate-%zu", record->id, i + 1);
}

/* What a finding of a verdict does to the gate. */
static enum diag_severity
severity_of(const struct verdict *verdict)
{
	static const enum diag_severity severities[] = {
		[EFFECT_BLOCKS] = DIAG_ERROR,
		[EFFECT_WARNS] = DIAG_WARNING,
		[EFFECT_PASSES] = DIAG_NOTE,
	};

	return severities[verdict->effect];
}

static bool
closes(const struct verdict *verdict, const struct policy *policy)
{
	return find_is_finding(verdict) && !verdict->is_known &&
	    verdict->result != VERDICT_WAIVED &&
	    severity_of(verdict) >= policy->fail_on;
}

int
pipeline_status(const struct record *record, const struct policy *policy)
{
	int status = record->is_readable ? STATUS_OPEN : STATUS_INPUT;

	if (!is_evaluated(record))
		status = STATUS_INPUT;
	if (policy->never_fail)
		return status;
	for (const struct diag *d = record->diags.first; d != NULL; d = d->next)
		if (diag_severity(d->id) >= policy->fail_on)
			status = worse(status, STATUS_FINDINGS);
	for (const struct verdict *v = record->verdicts.first; v != NULL;
	     v = v->next)
		if (closes(v, policy))
			status = worse(status, STATUS_FINDINGS);
	return status;
}

int
pipeline_run_status(const struct diag_list *diags, const struct policy *policy)
{
	for (const struct diag *d = diags->first; d != NULL; d = d->next)
		if (policy->is_strict && diag_severity(d->id) == DIAG_WARNING)
			return STATUS_FINDINGS;
	return STATUS_OPEN;
}
