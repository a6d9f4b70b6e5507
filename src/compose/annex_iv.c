#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "compose/find.h"
#include "compose/part.h"
#include "compose/prose.h"
#include "compose/xml.h"

/*
 * The 23 points of Annex IV, each with its status and with what serves it:
 * the keys of the record and the documents whose terms name the point.
 */

enum { KEYS_SHOWN = 4, YEARS_KEPT = 10 };

/* Whether a term answers the point. */
static bool
answers(const struct term *term, const char *id)
{
	for (size_t i = 0; i < term->n_law; i++)
		if (strcmp(term->law[i], id) == 0)
			return true;
	return false;
}

/* What the walk over the record gathers for one point. */
struct gather {
	const struct part *part;
	xmlNodePtr node;
	const char *id;
	struct text keys; /* fields that are no files */
	size_t n_keys;
};

static void
set_dated(xmlNodePtr row, const struct gather *gather,
    const struct evidence_file *file)
{
	char words[PROSE_SIZE];
	long age;

	if (file->dated == DATE_NONE)
		return;
	age = (long)gather->part->context->policy->as_of - (long)file->dated;
	xml_set_date(row, "dated", file->dated);
	xml_setf(row, "age-days", "%ld", age);
	prose_age(age, words);
	xml_set(row, "age-text", words);
}

static void
add_file_row(struct gather *gather, const struct field *field)
{
	const struct evidence_file *file = field->file;
	xmlNodePtr row = xml_add(gather->node, "document-row");
	const char *version = field_text(field->parent, "version");
	const char *signer = field_text(field->parent, "signed_by");

	xml_set(row, "where", file->path);
	xml_set(row, "section", field->term->label);
	xml_set(row, "version", version);
	set_dated(row, gather, file);
	xml_set(row, "signed-by", signer);
	xml_set(row, "evidence", file->id);
	xml_setf(row, "sha12", "%.12s",
	    file->state == FILE_FOUND ? file->sha256 : "None");
}

static void
add_key(struct gather *gather, const struct field *field)
{
	if (gather->n_keys < KEYS_SHOWN)
		text_printf(&gather->keys, "%s%s (line %u)",
		    gather->n_keys > 0 ? ", " : "", field->path,
		    field->pos.line);
	gather->n_keys++;
}

/* A list or section that answers a point stands for what is below it. */
static void
walk(struct gather *gather, const struct field *field)
{
	bool is_here = field->term != NULL &&
	    answers(field->term, gather->id) &&
	    field->answer != ANSWER_PLACEHOLDER &&
	    field->answer != ANSWER_INVALID;

	if (is_here && field->file != NULL)
		add_file_row(gather, field);
	else if (is_here && field->first == NULL)
		add_key(gather, field);
	for (const struct field *child = field->first; child != NULL;
	     child = child->next)
		walk(gather, child);
}

static void
add_documents(const struct part *part, xmlNodePtr node, const char *id)
{
	struct gather gather = { part, node, id, { 0 }, 0 };
	xmlNodePtr row;

	walk(&gather, part->record->top);
	if (gather.n_keys > 0) {
		row = xml_add(node, "document-row");
		if (gather.n_keys > KEYS_SHOWN)
			text_printf(&gather.keys, " and %zu more",
			    gather.n_keys - KEYS_SHOWN);
		xml_set(row, "where", part->record->file);
		xml_set(row, "section", text_str(&gather.keys));
		xml_set(row, "version", part->record->version);
		for (const struct input_file *f = part->record->inputs;
		     f != NULL; f = f->next)
			if (strcmp(f->path, part->record->file) == 0)
				xml_setf(row, "sha12", "%.12s", f->sha256);
	}
	text_free(&gather.keys);
}

static void
compose_point(
    xmlNodePtr parent, const struct part *part, const struct point *point)
{
	xmlNodePtr node = xml_add(parent, "point");
	const struct verdict *worst = find_worst(part->record, point->id);

	xml_set(node, "no", point->no);
	xml_set(node, "id", point->id);
	xml_set(node, "subject", point->subject);
	xml_set(node, "provision", point->provision);
	xml_set(node, "status",
	    worst != NULL ? status_word(worst->status) : "Not applicable");
	xml_set(
	    node, "class", worst != NULL ? status_class(worst->status) : "na");
	if (worst != NULL && find_is_finding(worst)) {
		xml_set(node, "rule", worst->rule);
		xml_set(node, "finding", worst->message);
		xml_setf(node, "anchor", "f-%s", worst->id);
	} else if (worst == NULL || worst->result == VERDICT_NOT_APPLICABLE) {
		xml_set(node, "finding",
		    worst != NULL ?
			worst->message :
			"no rule of the pack applies to this record");
	}
	add_documents(part, node, point->id);
}

/* Ten years from the first of placing on the market and putting into use. */
static void
set_keep_until(xmlNodePtr node, const struct record *record)
{
	const struct field *market =
	    field_find(record->top, "risk.first_placed_on_market");
	const struct field *service =
	    field_find(record->top, "risk.put_into_service");
	const struct field *from = market != NULL ? market : service;

	if (from != NULL && from->answer == ANSWER_GIVEN)
		xml_set_date(node, "keep-until",
		    date_add_months(from->day, 12 * YEARS_KEPT));
}

static bool
is_annex_iv(const struct verdict *v, const void *with)
{
	(void)with;
	return v->point != NULL && strncmp(v->point, "annex-iv.", 9) == 0;
}

static void
count_points(xmlNodePtr node)
{
	size_t n = 0, met = 0, missing = 0, outside = 0;
	struct text rest = { 0 };

	for (xmlNodePtr p = xml_child(node, "point"); p != NULL;
	     p = xml_next(p)) {
		const char *class = xml_get(p, "class");

		n += strcmp(class, "na") != 0;
		outside += strcmp(class, "na") == 0;
		met += strcmp(class, "ok") == 0;
		missing += strcmp(class, "mi") == 0;
	}
	xml_set_count(node, "points", n);
	xml_set_count(node, "met", met);
	xml_set_count(node, "not-provided", missing);
	xml_set_count(node, "other", n - met - missing);
	xml_set_count(node, "not-applicable", outside);
	text_printf(&rest, "%zu met, %zu not provided", met, missing);
	if (n > met + missing)
		text_printf(&rest, ", %zu otherwise open", n - met - missing);
	if (outside > 0)
		text_printf(&rest, ", %zu not applicable", outside);
	xml_set(node, "rest-text", text_str(&rest));
	text_free(&rest);
}

void
part_annex_iv(const struct part *part)
{
	const struct context *context = part->context;
	xmlNodePtr node = xml_add(part->report, "annex-iv");
	const struct field *simple =
	    field_find(part->record->top, "development.simplified_form");
	bool applies = find_results(part->record, is_annex_iv, NULL).n > 0;

	xml_set_bool(node, "applicable", applies);
	if (!applies)
		xml_set(node, "reason",
		    "Annex IV is the provider's technical documentation of a"
		    " high-risk system; the roles and tiers on record owe"
		    " none.");
	xml_set_bool(node, "simplified", simple != NULL && simple->number > 0);
	set_keep_until(node, part->record);
	for (size_t i = 0; applies && i < context->n_points; i++)
		if (strncmp(context->points[i].id, "annex-iv.", 9) == 0)
			compose_point(node, part, &context->points[i]);
	count_points(node);
}
