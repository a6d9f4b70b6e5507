#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "compose/find.h"
#include "compose/part.h"
#include "compose/prose.h"
#include "compose/xml.h"
#include "model/summary.h"

/*
 * Findings, worst first: rules that failed and trouble in the input alike,
 * since both are for somebody to mend.  And every rule that applies, as the
 * table of requirements.
 */

enum { ATTENTION = 7, ID_END = 12, FINGERPRINT_END = 32 };

/* A finding: a verdict, or a diagnostic that acts like one. */
struct finding {
	const struct verdict *verdict; /* NULL: diag */
	const struct diag *diag;
	size_t order;
};

static enum effect
diag_effect(const struct diag *diag)
{
	switch (diag_severity(diag->id)) {
	case DIAG_ERROR:
		return EFFECT_BLOCKS;
	case DIAG_WARNING:
		return EFFECT_WARNS;
	default:
		return EFFECT_PASSES;
	}
}

static enum effect
effect_of(const struct finding *finding)
{
	return finding->verdict != NULL ? finding->verdict->effect :
					  diag_effect(finding->diag);
}

static enum status
status_of(const struct finding *finding)
{
	if (finding->verdict != NULL)
		return finding->verdict->status;
	return diag_effect(finding->diag) == EFFECT_BLOCKS ? STATUS_NOT_MET :
							     STATUS_WARNING;
}

/* Worst first: effect, then trouble in the input, then status, then order. */
static int
compare(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;

	if (effect_of(x) != effect_of(y))
		return effect_of(x) < effect_of(y) ? -1 : 1;
	if ((x->diag != NULL) != (y->diag != NULL))
		return x->diag != NULL ? -1 : 1;
	if (status_of(x) != status_of(y))
		return status_of(x) < status_of(y) ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static struct finding *
collect(struct record *record, size_t *n)
{
	size_t most = record->verdicts.n + record->diags.n;
	struct finding *list = arena_array(&record->arena, most, sizeof(*list));
	size_t i = 0;

	for (const struct diag *d = record->diags.first; d != NULL;
	     d = d->next, i++)
		list[i] = (struct finding){ NULL, d, i };
	for (const struct verdict *v = record->verdicts.first; v != NULL;
	     v = v->next) {
		if (!find_is_finding(v))
			continue;
		list[i] = (struct finding){ v, NULL, i };
		i++;
	}
	qsort(list, i, sizeof(*list), compare);
	*n = i;
	return list;
}

/* The part of the model card that a field belongs to. */
static const char *
section_of(const char *path)
{
	static const struct {
		const char *prefix, *section;
	} sections[] = {
		{ "model", "purpose" },
		{ "provider", "purpose" },
		{ "deployer", "purpose" },
		{ "risk_management", "risks" },
		{ "risk", "purpose" },
		{ "roles_held", "purpose" },
		{ "purpose", "purpose" },
		{ "capabilities", "purpose" },
		{ "evaluation", "performance" },
		{ "robustness", "performance" },
		{ "fairness", "fairness" },
		{ "figures", "fairness" },
		{ "measures", "performance" },
		{ "data_sets", "data" },
		{ "special_category", "data" },
		{ "human_oversight", "oversight" },
		{ "impact_assessment", "risks" },
		{ "changes", "changes" },
		{ "reviews", "review" },
		{ "evidence", "evidence" },
	};

	for (size_t i = 0;
	     path != NULL && i < sizeof(sections) / sizeof(*sections); i++)
		if (strncmp(path, sections[i].prefix,
			strlen(sections[i].prefix)) == 0)
			return sections[i].section;
	return "coverage";
}

static void
set_place(xmlNodePtr node, struct pos pos)
{
	if (pos.file == NULL)
		return;
	xml_set(node, "file", pos.file);
	if (pos.line == 0) {
		xml_set(node, "place", pos.file);
		return;
	}
	xml_setf(node, "line", "%u", pos.line);
	xml_setf(node, "column", "%u", pos.column);
	xml_setf(node, "place", "%s:%u", pos.file, pos.line);
}

/* The other side of a contradiction. */
static void
set_other(xmlNodePtr node, struct pos pos)
{
	if (pos.file == NULL)
		return;
	xml_set(node, "other-file", pos.file);
	xml_setf(node, "other-line", "%u", pos.line);
	xml_setf(node, "other-column", "%u", pos.column);
}

static const char *
effect_text(enum effect effect)
{
	static const char *const words[] = { "blocks release", "warning",
		"for information" };

	return words[effect];
}

/* Since when a verdict is open, from the runs before. */
static struct summary_verdict
opened(const struct part *part, const char *id)
{
	struct summary_verdict verdict = { .id = id };

	summary_set_open(&verdict,
	    history_model(part->context->history, part->record->id),
	    part->context->run->time);
	return verdict;
}

static void
set_open(xmlNodePtr node, const struct part *part, const char *id)
{
	const struct history *history = part->context->history;
	struct summary_verdict verdict = opened(part, id);

	xml_set_date(node, "first-seen", verdict.first_seen);
	xml_setf(node, "runs-open", "%u", verdict.runs_open);
	if (history == NULL || history->is_first)
		xml_set(node, "open-text", "First run");
	else if (verdict.runs_open < 2)
		xml_set(node, "open-text", "New in this run");
	else
		xml_setf(
		    node, "open-text", "Open for %u runs", verdict.runs_open);
}

/* Who mends it by when: the record's own plan, else the model's owner. */
static void
set_owner(xmlNodePtr node, const struct part *part, const char *rule)
{
	const struct field *action = find_action(part->record, rule);
	const char *owner = action != NULL ? field_text(action, "owner") : NULL;
	const struct field *wanted =
	    action != NULL ? field_find(action, "wanted_by") : NULL;

	if (owner == NULL)
		owner = field_text(part->record->top, "model.owner");
	xml_set(node, "owner", owner != NULL ? owner : "Not provided");
	if (wanted != NULL && wanted->answer == ANSWER_GIVEN)
		xml_set_date(node, "wanted-by", wanted->day);
}

static void
set_effect(xmlNodePtr node, enum effect effect, enum status status)
{
	xml_set(node, "effect", effect_word(effect));
	xml_set(node, "effect-text", effect_text(effect));
	xml_set(node, "status", status_word(status));
	xml_set(node, "class", status_class(status));
}

static void
compose_verdict(
    xmlNodePtr parent, const struct part *part, const struct verdict *v)
{
	xmlNodePtr node = xml_add(parent, "finding");

	xml_set(node, "id", v->id);
	xml_set(node, "fingerprint", v->fingerprint);
	xml_set(node, "rule", v->rule);
	xml_set(node, "title", v->title);
	xml_set(node, "provision", v->provision);
	set_effect(node, v->effect, v->status);
	xml_set(node, "severity", diag_severity_word(v->severity));
	xml_set(node, "result", result_word(v->result));
	xml_set(node, "path", v->path);
	set_place(node, v->pos);
	set_other(node, v->other);
	set_owner(node, part, v->rule);
	set_open(node, part, v->id);
	xml_set(node, "tuned", v->tuned);
	if (v->is_known) {
		xml_set_date(node, "baseline", v->known_since);
		xml_setf(node, "known-text",
		    "Known since %s: it stands in the baseline",
		    xml_get(node, "baseline-text"));
	}
	if (v->waiver != NULL) {
		xml_set(node, "waiver", v->waiver);
		xml_set_date(node, "waived-until", v->waived_until);
		xml_set(node, "waived-by", v->waived_by);
	}
	if (v->result == VERDICT_UPCOMING)
		xml_setf(node, "days-left", "%ld", v->days_left);
	xml_set(node, "section", section_of(v->path));
	xml_setf(node, "anchor", "f-%s", v->id);
	xml_add_text(node, "message", v->message);
	if (v->why != NULL)
		xml_add_text(node, "why", v->why);
	if (v->fix != NULL)
		xml_add_text(node, "fix", v->fix);
}

/* A detail without the numbers of the lines it cites. */
static void
put_without_lines(struct text *out, const char *detail)
{
	static const char word[] = "line ";
	const char *at;

	while ((at = strstr(detail, word)) != NULL) {
		at += sizeof(word) - 1;
		text_put(out, detail, (size_t)(at - detail));
		detail = at + strspn(at, "0123456789");
	}
	text_puts(out, detail);
}

/* The stable id of a diagnostic: what and where by name, not by line. */
static void
diag_key(const struct diag *diag, const struct record *record,
    char out[HASH_HEX_SIZE])
{
	struct text key = { 0 };

	text_printf(&key, "%s|%s|", diag_name(diag->id), record->id);
	put_without_lines(&key, diag->detail);
	hash_hex(text_str(&key), key.n, out);
	text_free(&key);
}

static void
compose_diag(
    xmlNodePtr parent, const struct part *part, const struct diag *diag)
{
	xmlNodePtr node = xml_add(parent, "finding");
	char id[HASH_HEX_SIZE];
	struct text message = { 0 };

	diag_key(diag, part->record, id);
	id[FINGERPRINT_END] = '\0';
	xml_set(node, "fingerprint", id);
	id[ID_END] = '\0';
	xml_set(node, "id", id);
	xml_set(node, "rule", diag_name(diag->id));
	xml_set(node, "title", diag_sentence(diag->id));
	set_effect(node, diag_effect(diag),
	    diag_effect(diag) == EFFECT_BLOCKS ? STATUS_NOT_MET :
						 STATUS_WARNING);
	xml_set(node, "severity", diag_severity_word(diag_severity(diag->id)));
	xml_set(node, "result", "error");
	set_place(node, diag->pos);
	set_owner(node, part, diag_name(diag->id));
	set_open(node, part, id);
	xml_set(node, "section", "input");
	xml_setf(node, "anchor", "f-%s", id);
	text_puts(&message, diag_sentence(diag->id));
	if (diag->detail[0] != '\0')
		text_printf(&message, ": %s", diag->detail);
	xml_add_text(node, "message", text_str(&message));
	xml_add_text(node, "fix", diag_remedy(diag->id));
	text_free(&message);
}

static void
compose_finding(
    xmlNodePtr parent, const struct part *part, const struct finding *finding)
{
	if (finding->verdict != NULL)
		compose_verdict(parent, part, finding->verdict);
	else
		compose_diag(parent, part, finding->diag);
}

/* What needs attention blocks or warns; what is merely due can wait. */
static size_t
count_urgent(const struct finding *list, size_t n)
{
	size_t i = 0;

	while (i < n && effect_of(&list[i]) != EFFECT_PASSES)
		i++;
	return i;
}

void
part_findings(const struct part *part)
{
	xmlNodePtr attention = xml_add(part->report, "attention");
	xmlNodePtr node = xml_add(part->report, "findings");
	struct counts_by_effect counts = find_counts(part->record);
	size_t n, urgent, shown;
	struct finding *list = collect(part->record, &n);

	urgent = count_urgent(list, n);
	shown = urgent < ATTENTION ? urgent : ATTENTION;
	xml_set_count(attention, "shown", shown);
	xml_set_count(attention, "more", urgent - shown);
	xml_set_count(node, "n", n);
	xml_set_count(node, "blocking", counts.blocks);
	xml_set_count(node, "warnings", counts.warns);
	for (size_t i = 0; i < n; i++) {
		if (i < shown)
			compose_finding(attention, part, &list[i]);
		compose_finding(node, part, &list[i]);
	}
}

/* "E1, E4": evidence ids of the files behind the verdict's field. */
static void
set_evidence(
    xmlNodePtr node, const struct record *record, const struct verdict *v)
{
	const struct field *field = field_at(record->top, v->path);
	const struct evidence_file *file = find_file(field);

	if (file == NULL || field == record->top)
		return;
	xml_set(node, "evidence", file->id);
	xml_set(node, "evidence-href", file->link);
}

static void
compose_requirement(
    xmlNodePtr parent, const struct part *part, const struct verdict *v)
{
	xmlNodePtr node = xml_add(parent, "requirement");

	xml_set(node, "rule", v->rule);
	xml_set(node, "title", v->title);
	xml_set(
	    node, "provision", v->provision != NULL ? v->provision : "None");
	xml_set(node, "law", v->law != NULL ? v->law : "None");
	xml_set(node, "duty", v->duty != NULL ? v->duty : "any");
	xml_set(node, "duty-text", v->duty != NULL ? v->duty : "any");
	xml_set(node, "status", status_word(v->status));
	xml_set(node, "class", status_class(v->status));
	xml_set(node, "result", result_word(v->result));
	xml_set(node, "effect", effect_word(v->effect));
	xml_set(node, "severity", diag_severity_word(v->severity));
	xml_set(node, "point", v->point);
	xml_set_date(node, "applies-from", v->applies_from);
	if (v->result == VERDICT_UPCOMING)
		xml_setf(node, "days-left", "%ld", v->days_left);
	if (find_is_finding(v)) {
		xml_set_date(
		    node, "open-since", opened(part, v->id).first_seen);
		xml_set(node, "finding", v->id);
	}
	xml_set(node, "file", v->pos.file);
	if (v->pos.line > 0)
		xml_setf(node, "line", "%u", v->pos.line);
	set_evidence(node, part->record, v);
	xml_add_text(
	    node, "asked", v->requirement != NULL ? v->requirement : v->title);
	xml_add_text(node, "found", find_is_finding(v) ? v->message : "None");
	if (find_is_finding(v) && v->fix != NULL)
		xml_add_text(node, "fix", v->fix);
}

void
part_requirements(const struct part *part)
{
	xmlNodePtr node = xml_add(part->report, "requirements");
	struct counts_by_result counts = find_results(part->record, NULL, NULL);

	xml_set_count(node, "n", counts.applicable);
	xml_set_count(node, "met", counts.met);
	xml_set_count(node, "not-met", counts.not_met);
	xml_set_count(node, "not-provided", counts.not_provided);
	xml_set_count(node, "upcoming", counts.upcoming);
	xml_set_count(node, "other", counts.out_of_date + counts.other);
	for (const struct verdict *v = part->record->verdicts.first; v != NULL;
	     v = v->next)
		compose_requirement(node, part, v);
}
