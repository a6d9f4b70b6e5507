#include "app/pipeline.h"

#include <string.h>

#include "app/measuring.h"
#include "app/profile.h"
#include "app/waivers.h"
#include "check/baseline.h"
#include "check/check.h"
#include "check/outlook.h"
#include "compose/find.h"
#include "intake/intake.h"
#include "intake/vocabulary.h"

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

	if (pipeline->naming == NULL || id == NULL ||
	    id->answer != ANSWER_GIVEN || id->text == NULL)
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
	struct check_memory memory = { 0 };
	struct policy own;
	date turns_on;

	record->file = file;
	record->folder = folder;
	intake_record(record, &pipeline->vocabulary, &pipeline->config->root);
	settle_id(record);
	if (!record->is_readable)
		return;
	check_naming(pipeline, record);
	own = measuring_take(
	    &pipeline->config->root, &pipeline->config->policy, record);
	turns_on =
	    check_record_again(&pipeline->catalogue, record, &own, &memory)
		.turns_on;
	outlook_find(&pipeline->catalogue, record, &own, turns_on, &memory);
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
