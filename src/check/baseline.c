#include "check/baseline.h"

#include <stdlib.h>
#include <string.h>

#include "check/emit.h"
#include "check/fingerprint.h"

/* Whether two findings are of one field, or of what one is held against. */
static bool
is_twin(const struct verdict *told, const struct verdict *verdict)
{
	return strcmp(told->path, verdict->path) == 0 ||
	    (verdict->is_general && told->other.file != NULL &&
		told->other.line == verdict->pos.line &&
		told->other.column == verdict->pos.column);
}

/* A finding that is not told because another one tells of the same fault. */
static bool
has_protected_twin(const struct catalogue *catalogue,
    const struct record *record, const struct verdict *verdict)
{
	for (const struct verdict *v = record->verdicts.first; v != NULL;
	     v = v->next) {
		const struct rule *rule;

		if (!v->is_repeated || !is_twin(v, verdict))
			continue;
		rule = catalogue_rule(catalogue, v->rule);
		if (rule != NULL && rule->is_protected)
			return true;
	}
	return false;
}

bool
baseline_may_hold(const struct catalogue *catalogue,
    const struct record *record, const struct verdict *verdict)
{
	const struct rule *rule = catalogue_rule(catalogue, verdict->rule);

	return rule != NULL && !rule->is_protected &&
	    verdict->fingerprint != NULL && verdict->effect != EFFECT_PASSES &&
	    verdict->result != VERDICT_ERROR &&
	    !has_protected_twin(catalogue, record, verdict);
}

int
baseline_compare(const void *a, const void *b)
{
	const struct baseline_entry *x = a, *y = b;
	int order = strcmp(x->model, y->model);

	if (order == 0)
		order = strcmp(x->rule, y->rule);
	if (order == 0)
		order = strcmp(x->field, y->field);
	return order != 0 ? order : strcmp(x->content, y->content);
}

const struct baseline_entry *
baseline_find(const struct baseline *baseline, const char *model,
    const struct verdict *verdict)
{
	struct baseline_entry wanted = { .model = model,
		.rule = verdict->rule,
		.field = verdict->field,
		.content = verdict->content };

	if (baseline->n == 0 || verdict->fingerprint == NULL)
		return NULL;
	return bsearch(&wanted, baseline->entries, baseline->n, sizeof(wanted),
	    baseline_compare);
}

/* Whether the rule was judged on the model at all. */
static bool
is_judged(const struct record *record, const char *rule)
{
	for (const struct verdict *v = record->verdicts.first; v != NULL;
	     v = v->next)
		if (v->result != VERDICT_NOT_APPLICABLE &&
		    strcmp(v->rule, rule) == 0)
			return true;
	return false;
}

static void
report_fixed(struct record *record, const struct baseline_entry *entry)
{
	struct arena *arena = &record->arena;
	struct verdict *verdict = arena_alloc(arena, sizeof(*verdict));

	verdict->id =
	    check_verdict_id(arena, entry->rule, entry->field, entry->content);
	verdict->rule = "BASELINE-FIXED";
	verdict->title = "Known finding is mended";
	verdict->provision = verdict->law = verdict->duty = "";
	verdict->result = VERDICT_FAIL;
	verdict->status = STATUS_WARNING;
	verdict->effect = EFFECT_PASSES;
	verdict->severity = DIAG_NOTE;
	verdict->path = entry->field;
	verdict->pos = entry->pos;
	verdict->applies_from = verdict->waived_until = DATE_NONE;
	verdict->first_seen = DATE_NONE;
	verdict->requirement = "The baseline holds only what is still found.";
	verdict->message =
	    arena_printf(arena, "what %s found%s%s is found no more",
		entry->rule, *entry->field != '\0' ? " in " : "", entry->field);
	verdict->why = "While the entry stands, the same fault could come "
		       "back unseen.";
	verdict->fix = "Take the entry out: dossier baseline update.";
	verdict->field = entry->field;
	verdict->content = entry->content;
	verdict->fingerprint = fingerprint_of(arena,
	    arena_printf(arena, "%s %s", verdict->rule, entry->rule),
	    record->id, entry->field, entry->content);
	check_add(&record->verdicts, verdict);
}

void
baseline_apply(const struct policy *policy, const struct catalogue *catalogue,
    struct record *record)
{
	const struct baseline *baseline = &policy->baseline;
	bool *is_found =
	    arena_array(&record->arena, baseline->n, sizeof(*is_found));

	for (struct verdict *v = record->verdicts.first; v != NULL;
	     v = v->next) {
		const struct baseline_entry *entry =
		    baseline_find(baseline, record->id, v);

		if (entry == NULL)
			continue;
		is_found[entry - baseline->entries] = true;
		if (v->effect < entry->effect ||
		    !baseline_may_hold(catalogue, record, v))
			continue;
		v->effect = EFFECT_PASSES;
		v->is_known = true;
		v->known_since = entry->since;
	}
	for (size_t i = 0; i < baseline->n; i++)
		if (!is_found[i] &&
		    strcmp(baseline->entries[i].model, record->id) == 0 &&
		    is_judged(record, baseline->entries[i].rule))
			report_fixed(record, &baseline->entries[i]);
}
