#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "compose/find.h"
#include "compose/part.h"
#include "compose/prose.h"
#include "compose/xml.h"

/*
 * The head of a report: the model, what the gate says of it, key figures.
 */

/* A role's label, with its capital only at the beginning. */
static void
put_role(struct text *out, const char *label, bool is_first)
{
	char c = label[0];

	if (!is_first && c >= 'A' && c <= 'Z')
		text_putc(out, (char)(c - 'A' + 'a'));
	text_puts(out, label + (is_first || c < 'A' || c > 'Z' ? 0 : 1));
}

/* "Provider and deployer" for the roles held. */
static void
roles_text(const struct record *record, struct text *out)
{
	const struct field *list = field_find(record->top, "roles_held");
	const struct field *item = list != NULL ? list->first : NULL;
	size_t i = 0;

	for (; item != NULL; item = item->next, i++) {
		if (i > 0)
			text_puts(out, item->next != NULL ? ", " : " and ");
		put_role(out, find_choice_label(item), i == 0);
	}
	if (i == 0)
		text_puts(out, "Not provided");
}

/* Every tier in words, the gravest first as the record says them. */
static void
tiers_text(const struct record *record, struct text *out, struct text *words)
{
	const struct field *list = field_find(record->top, "risk.tiers");
	const struct field *item = list != NULL ? list->first : NULL;

	for (; item != NULL; item = item->next) {
		if (out->n > 0) {
			text_puts(out, ", ");
			text_putc(words, ' ');
		}
		text_puts(out, find_choice_label(item));
		text_puts(words, item->text != NULL ? item->text : "");
	}
	if (out->n == 0)
		text_puts(out, "Tier not provided");
}

static const char *
tier_class(const char *tiers)
{
	if (strstr(tiers, "prohibited") != NULL)
		return "no";
	if (strstr(tiers, "high-risk") != NULL &&
	    strstr(tiers, "not-high-risk") == NULL)
		return "wa";
	if (tiers[0] == '\0')
		return "mi";
	return "na";
}

/* "Article 5(1)(f)" for each point that the screen finds to apply. */
static void
put_practices(const struct record *record, struct text *out)
{
	const struct field *list =
	    field_find(record->top, "risk.prohibited_practices.points");
	const struct field *item = list != NULL ? list->first : NULL;

	for (; item != NULL; item = item->next) {
		const char *point = field_text(item, "point");
		const char *answer = field_text(item, "answer");

		if (point != NULL && answer != NULL &&
		    strcmp(answer, "applicable") == 0)
			text_printf(out, "%sArticle 5(1)(%s)",
			    out->n > 0 ? ", " : "", point);
	}
}

/* "Annex III 5(b)" from the facts of the tier. */
static void
set_provision(xmlNodePtr node, const struct record *record)
{
	const struct field *list =
	    field_find(record->top, "risk.annex_iii.points");
	const struct field *law = field_find(record->top, "risk.annex_i.law");
	const struct field *item = list != NULL ? list->first : NULL;
	struct text out = { 0 };

	put_practices(record, &out);
	for (; item != NULL; item = item->next) {
		if (item->text == NULL || strcmp(item->text, "none") == 0)
			continue;
		text_printf(&out, "%sAnnex III %.*s", out.n > 0 ? ", " : "",
		    (int)strcspn(find_choice_label(item), " "),
		    find_choice_label(item));
	}
	if (law != NULL && law->text != NULL)
		text_printf(&out, "%sAnnex I: %s", out.n > 0 ? ", " : "",
		    find_choice_label(law));
	if (out.n > 0)
		xml_set(node, "provision", text_str(&out));
	text_free(&out);
}

/* The state of the last review. */
static void
set_review(xmlNodePtr node, const struct record *record)
{
	const struct field *list = field_find(record->top, "reviews");
	const struct field *last = list != NULL ? list->last : NULL;
	const struct field *decision =
	    last != NULL ? field_find(last, "decision") : NULL;
	const char *word = decision != NULL ? decision->text : NULL;
	const char *class = "du";

	if (word == NULL) {
		xml_set(node, "review", "Review: not provided");
		xml_set(node, "review-class", "mi");
		return;
	}
	if (strncmp(word, "approved", 8) == 0)
		class = "ok";
	else if (strcmp(word, "rejected") == 0)
		class = "no";
	xml_setf(node, "review", "Review: %s", find_choice_label(decision));
	xml_set(node, "review-class", class);
}

static void
add_document(
    xmlNodePtr model, const char *kind, const char *label, const char *path)
{
	xmlNodePtr node = xml_add(model, "document");

	xml_set(node, "kind", kind);
	xml_set(node, "label", label);
	xml_set(node, "path", path);
	xml_setf(node, "href", "../%s", path);
}

static void
add_documents(xmlNodePtr model, const char *id)
{
	static const struct {
		const char *kind, *label, *format;
	} documents[] = {
		{ "card", "Model card", "cards/%s.html" },
		{ "fria", "Fundamental rights impact assessment",
		    "fria/%s.html" },
		{ "annex-iv", "Annex IV index", "annex-iv/%s.html" },
		{ "workbook", "Audit workbook", "workbooks/%s.xlsx" },
		{ "data", "Report document", "data/%s.xml" },
	};

	for (size_t i = 0; i < sizeof(documents) / sizeof(*documents); i++) {
		const char *rest = strchr(documents[i].format, '%') + 2;
		char path[128];

		snprintf(path, sizeof(path), "%.*s%s%s",
		    (int)(rest - 2 - documents[i].format), documents[i].format,
		    id, rest);
		add_document(
		    model, documents[i].kind, documents[i].label, path);
	}
}

static void
set_tier(xmlNodePtr node, const struct record *record)
{
	struct text label = { 0 }, words = { 0 };

	tiers_text(record, &label, &words);
	xml_set(node, "tier", text_str(&words));
	xml_set(node, "tier-text", text_str(&label));
	xml_set(node, "tier-class", tier_class(text_str(&words)));
	set_provision(node, record);
	text_free(&label);
	text_free(&words);
}

static void
set_people(xmlNodePtr node, const struct record *record)
{
	const struct field *status = field_find(record->top, "model.status");
	struct text roles = { 0 };

	roles_text(record, &roles);
	xml_set(node, "role-text", text_str(&roles));
	xml_setf(node, "role-for", "Written for: %s", text_str(&roles));
	text_free(&roles);
	xml_set(node, "owner", field_text(record->top, "model.owner"));
	xml_set(node, "accountable",
	    field_text(record->top, "model.accountable_person"));
	if (status != NULL && status->text != NULL)
		xml_set(node, "status-text", find_choice_label(status));
	set_review(node, record);
}

/* Findings that close the gate, by the operator's threshold. */
static size_t
count_closing(const struct part *part, const struct counts_by_effect *counts)
{
	const struct policy *policy = part->context->policy;
	size_t n = counts->blocks;

	if (policy == NULL || policy->never_fail)
		return n;
	if (policy->fail_on <= DIAG_WARNING)
		n += counts->warns;
	if (policy->fail_on <= DIAG_NOTE)
		n += counts->notes;
	return n;
}

/* What the gate says, in whole sentences. */
static void
gate_sentence(const struct part *part, const struct counts_by_effect *counts,
    struct text *out)
{
	size_t closing = count_closing(part, counts);

	if (closing == 0)
		text_puts(out, "No finding blocks release.");
	else {
		prose_number_of(
		    out, closing, "finding blocks", "findings block");
		text_puts(out, " release.");
	}
	if (counts->warns > 0 && closing <= counts->blocks) {
		text_putc(out, ' ');
		prose_number_of(out, counts->warns,
		    closing > 0 ? "more is a warning" : "is a warning",
		    closing > 0 ? "more are warnings" : "are warnings");
		text_putc(out, '.');
	}
	if (counts->known > 0) {
		text_putc(out, ' ');
		prose_number_of(out, counts->known,
		    "known finding is in the baseline and does not block.",
		    "known findings are in the baseline and do not block.");
	}
	if (counts->upcoming > 0) {
		text_putc(out, ' ');
		prose_number_of(
		    out, counts->upcoming, "duty applies", "duties apply");
		text_puts(out, " later and is not documented yet.");
	}
	part_put_basis(out, part->context);
}

static void
compose_gate(const struct part *part, const struct counts_by_effect *counts)
{
	xmlNodePtr node = xml_add(part->report, "gate");
	size_t closing = count_closing(part, counts);
	bool open = closing == 0;
	struct text out = { 0 };

	xml_set(node, "result", open ? "passed" : "failed");
	xml_set(node, "class", open ? "ok" : "no");
	text_puts(&out, open ? "Gate: passed" : "Gate: failed \xe2\x80\x94 ");
	if (!open) {
		prose_number_of(
		    &out, closing, "finding blocks", "findings block");
		text_puts(&out, " release");
	}
	xml_set(node, "text", text_str(&out));
	text_clear(&out);
	xml_set_count(node, "blocking", counts->blocks);
	xml_set_count(node, "warnings", counts->warns);
	xml_set_count(node, "waived", counts->waived);
	xml_set_count(node, "known", counts->known);
	xml_set_count(node, "upcoming", counts->upcoming);
	gate_sentence(part, counts, &out);
	xml_set(node, "sentence", text_str(&out));
	text_free(&out);
}

void
part_model(const struct part *part)
{
	const struct record *record = part->record;
	xmlNodePtr node = xml_add(part->report, "model");
	struct counts_by_effect counts = find_counts(record);
	bool is_open = count_closing(part, &counts) == 0;

	xml_set(node, "id", record->id);
	xml_set(node, "name", record->name != NULL ? record->name : record->id);
	xml_set(node, "version", record->version);
	xml_set(node, "summary", field_text(record->top, "model.summary"));
	set_tier(node, record);
	set_people(node, record);
	xml_set(node, "file", record->file);
	xml_set(node, "line", "1");
	xml_set_bool(node, "readable", record->is_readable);
	xml_set(node, "gate", is_open ? "passed" : "failed");
	xml_set(node, "gate-class", is_open ? "ok" : "no");
	add_documents(node, record->id);
	compose_gate(part, &counts);
}
