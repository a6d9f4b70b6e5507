#include "compose/find.h"

#include <string.h>

struct counts_by_effect
find_counts(const struct record *record)
{
	struct counts_by_effect counts = { 0 };

	for (const struct diag *d = record->diags.first; d != NULL;
	     d = d->next) {
		counts.blocks += diag_severity(d->id) == DIAG_ERROR;
		counts.warns += diag_severity(d->id) == DIAG_WARNING;
		counts.notes += diag_severity(d->id) == DIAG_NOTE;
	}
	for (const struct verdict *v = record->verdicts.first; v != NULL;
	     v = v->next) {
		counts.blocks += v->effect == EFFECT_BLOCKS;
		counts.warns += v->effect == EFFECT_WARNS;
		counts.notes += v->effect == EFFECT_PASSES && !v->is_known &&
		    find_is_finding(v) && v->result != VERDICT_WAIVED;
		counts.waived += v->result == VERDICT_WAIVED;
		counts.known += v->is_known;
		counts.upcoming += v->result == VERDICT_UPCOMING;
	}
	return counts;
}

void
find_count(struct counts_by_result *counts, const struct verdict *v)
{
	counts->n++;
	if (v->result == VERDICT_NOT_APPLICABLE)
		return;
	counts->applicable++;
	if (v->result == VERDICT_UPCOMING) {
		counts->upcoming++;
		return;
	}
	switch (v->status) {
	case STATUS_MET:
	case STATUS_WITHIN_LIMIT:
	case STATUS_NEAR_LIMIT:
		counts->met++;
		break;
	case STATUS_NOT_MET:
	case STATUS_OUTSIDE_LIMIT:
		counts->not_met++;
		break;
	case STATUS_NOT_PROVIDED:
		counts->not_provided++;
		break;
	case STATUS_OUT_OF_DATE:
		counts->out_of_date++;
		break;
	default:
		counts->other++;
	}
}

struct counts_by_result
find_results(const struct record *record, find_filter *filter, const void *with)
{
	struct counts_by_result counts = { 0, 0, 0, 0, 0, 0, 0, 0 };

	for (const struct verdict *v = record->verdicts.first; v != NULL;
	     v = v->next)
		if (filter == NULL || filter(v, with))
			find_count(&counts, v);
	return counts;
}

const char *
find_choice_label(const struct field *field)
{
	const struct term *term = field->term;

	if (field->text == NULL)
		return "";
	for (size_t i = 0; term != NULL && i < term->n_values; i++)
		if (strcmp(term->values[i], field->text) == 0)
			return term->value_labels[i];
	return field->text;
}

/* The first file in the field's own subtree, or NULL. */
static const struct evidence_file *
file_below(const struct field *field)
{
	const struct evidence_file *file = field->file;

	for (const struct field *child = field->first;
	     file == NULL && child != NULL; child = child->next)
		file = file_below(child);
	return file;
}

/* A section with a file tells the file of each of its keys. */
const struct evidence_file *
find_file(const struct field *field)
{
	const struct evidence_file *file;

	if (field == NULL)
		return NULL;
	file = file_below(field);
	if (file != NULL || field->parent == NULL || field->parent->is_list)
		return file;
	for (const struct field *child = field->parent->first;
	     child != NULL && file == NULL; child = child->next)
		file = child->file;
	return file;
}

const struct field *
find_action(const struct record *record, const char *rule)
{
	const struct field *list = field_find(record->top, "actions");
	const struct field *item = list != NULL ? list->first : NULL;

	for (; item != NULL; item = item->next) {
		const char *text = field_text(item, "rule");

		if (text != NULL && strcmp(text, rule) == 0)
			return item;
	}
	return NULL;
}

const struct verdict *
find_worst(const struct record *record, const char *point)
{
	const struct verdict *worst = NULL;

	for (const struct verdict *v = record->verdicts.first; v != NULL;
	     v = v->next)
		if (v->point != NULL && strcmp(v->point, point) == 0 &&
		    (worst == NULL || v->status < worst->status))
			worst = v;
	return worst;
}

bool
find_is_finding(const struct verdict *verdict)
{
	if (verdict->is_repeated)
		return false;
	switch (verdict->result) {
	case VERDICT_PASS:
		return verdict->status == STATUS_NEAR_LIMIT;
	case VERDICT_NOT_APPLICABLE:
		return false;
	default:
		return true;
	}
}
