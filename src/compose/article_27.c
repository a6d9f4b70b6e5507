#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "compose/arithmetic.h"
#include "compose/find.h"
#include "compose/part.h"
#include "compose/prose.h"
#include "compose/xml.h"

/*
 * Article 27: who owes an assessment, its six elements, and the register of
 * harms, each with the figure of the group it concerns, so that the
 * assessment cannot drift from the evidence.
 */

enum { LEVELS = 5 };

static const char *const levels[LEVELS] = { "very-high", "high", "medium",
	"low", "very-low" };

static const char *const level_labels[LEVELS] = { "Very high", "High", "Medium",
	"Low", "Very low" };

static bool
is_element(const struct verdict *v, const void *with)
{
	(void)with;
	return v->point != NULL && strncmp(v->point, "art-27.1.", 9) == 0;
}

/* Whether a list of choices holds a word. */
static bool
holds(const struct record *record, const char *path, const char *word)
{
	const struct field *list = field_find(record->top, path);
	const struct field *item = list != NULL ? list->first : NULL;

	while (item != NULL &&
	    (item->text == NULL || strcmp(item->text, word) != 0))
		item = item->next;
	return item != NULL;
}

/* One line of the scope test. */
struct question {
	const char *no, *text, *path;
	bool yes;
	const char *reason;
};

static void
compose_question(xmlNodePtr parent, const struct record *record,
    const struct question *question)
{
	xmlNodePtr node = xml_add(parent, "question");
	const struct field *field = field_find(record->top, question->path);

	xml_set(node, "no", question->no);
	xml_set(node, "text", question->text);
	xml_set(node, "answer",
	    field == NULL     ? "Not provided" :
		question->yes ? "Yes" :
				"No");
	xml_set(node, "reason", question->reason);
	if (field != NULL)
		xml_setf(node, "source", "%s:%u, %s", record->file,
		    field->pos.line, question->path);
	else
		xml_setf(
		    node, "source", "%s, %s", record->file, question->path);
	xml_set(node, "class", field == NULL ? "mi" : "na");
}

static void
compose_questions(xmlNodePtr node, const struct record *record)
{
	static const char *const points = "risk.annex_iii.points";
	bool annex_iii = holds(record, "risk.tiers", "high-risk-annex-iii");
	bool only_2 = holds(record, points, "2");
	const struct field *kind = field_find(record->top, "deployer.kind");
	bool public = kind != NULL && kind->text != NULL &&
	    strcmp(kind->text, "private") != 0;
	bool credit =
	    holds(record, points, "5.b") || holds(record, points, "5.c");
	const struct question questions[] = {
		{ "1", "High-risk under Article 6(2)?", "risk.tiers", annex_iii,
		    annex_iii ? "The record holds the tier Annex III." :
				"No tier of Annex III is on record." },
		{ "2", "In an area other than Annex III point 2?", points,
		    annex_iii && !only_2,
		    only_2 ? "Critical infrastructure is exempt." :
			     "Point 2 is not on record." },
		{ "3", "Does the organisation deploy it?", "roles_held",
		    holds(record, "roles_held", "deployer"),
		    "Article 27 binds deployers." },
		{ "4",
		    "Public body, or private body providing public services?",
		    "deployer.kind", public,
		    kind != NULL ? find_choice_label(kind) :
				   "The kind of deployer is not on record." },
		{ "5", "A deployer of Annex III 5(b) or 5(c)?", points, credit,
		    credit ? "Creditworthiness, or life and health insurance." :
			     "Neither point is on record." },
	};

	for (size_t i = 0; i < sizeof(questions) / sizeof(*questions); i++)
		compose_question(node, record, &questions[i]);
}

static void
compose_element(
    xmlNodePtr parent, const struct record *record, const struct point *point)
{
	xmlNodePtr node = xml_add(parent, "element");
	const struct verdict *worst = find_worst(record, point->id);

	xml_setf(node, "letter", "%c", point->id[strlen(point->id) - 1]);
	xml_set(node, "title", point->subject);
	xml_set(node, "provision", point->provision);
	xml_set(node, "status",
	    worst != NULL ? status_word(worst->status) : "Not applicable");
	xml_set(
	    node, "class", worst != NULL ? status_class(worst->status) : "na");
	if (worst == NULL || !find_is_finding(worst))
		return;
	xml_set(node, "finding", worst->message);
	xml_setf(node, "anchor", "f-%s", worst->id);
}

/* The figure of a harm's group that says most: with a limit, the worst. */
static const struct figure *
figure_of(const struct record *record, const struct field *harm)
{
	const char *attribute = field_text(harm, "attribute");
	const char *group = field_text(harm, "measured_group");
	const struct figure *best = NULL;

	if (attribute == NULL || group == NULL)
		return NULL;
	for (const struct figure *f = record->figures.first; f != NULL;
	     f = f->next)
		if (strcmp(f->attribute, attribute) == 0 &&
		    strcmp(f->group, group) == 0 &&
		    (best == NULL || f->result > best->result))
			best = f;
	return best;
}

static void
set_figure(xmlNodePtr node, const struct figure *figure)
{
	char value[PROSE_SIZE], ratio[PROSE_SIZE];
	struct text out = { 0 };

	if (figure == NULL)
		return;
	text_printf(&out, "%s %s %s: ", figure->attribute, figure->group,
	    metric_label(figure->metric));
	if (figure->state != FIGURE_DEFINED) {
		text_puts(&out, "withheld or not estimable");
	} else {
		prose_figure(arithmetic_value_kind(figure->metric),
		    figure->value, NULL, value);
		text_puts(&out, value);
		if (figure->has_ratio) {
			prose_figure(PROSE_RATIO, figure->ratio,
			    figure->has_limit ? &figure->limit : NULL, ratio);
			text_printf(
			    &out, ", ratio %s to %s", ratio, figure->reference);
		}
	}
	xml_set(node, "figure", text_str(&out));
	xml_set(node, "figure-status", figure_result_word(figure->result));
	xml_set(node, "figure-class", figure_result_class(figure->result));
	xml_set(node, "figure-anchor", "fairness");
	text_free(&out);
}

static const char *
label_at(const struct field *section, const char *key)
{
	const struct field *field = field_find(section, key);

	return field != NULL && field->answer == ANSWER_GIVEN ?
	    find_choice_label(field) :
	    NULL;
}

static const char *
or_missing(const char *text)
{
	return text != NULL ? text : "Not provided";
}

static const char *
level_class(const struct field *harm, const char *key)
{
	const char *word = field_text(harm, key);

	if (word == NULL)
		return "mi";
	if (strstr(word, "high") != NULL)
		return "no";
	return strcmp(word, "medium") == 0 ? "wa" : "ok";
}

static void
compose_harm(
    xmlNodePtr parent, const struct record *record, const struct field *harm)
{
	xmlNodePtr node = xml_add(parent, "harm");

	xml_set(node, "id", or_missing(field_text(harm, "id")));
	xml_set(node, "right", or_missing(field_text(harm, "right")));
	xml_set(node, "group", or_missing(field_text(harm, "group")));
	xml_set(node, "harm", or_missing(field_text(harm, "harm")));
	xml_set(node, "likelihood", or_missing(label_at(harm, "likelihood")));
	xml_set(node, "severity", or_missing(label_at(harm, "severity")));
	xml_set(node, "measures", or_missing(field_text(harm, "measures")));
	xml_set(node, "after", or_missing(label_at(harm, "after")));
	xml_set(node, "after-class", level_class(harm, "after"));
	xml_set(
	    node, "accepted-by", or_missing(field_text(harm, "accepted_by")));
	xml_set(node, "provider-risk", field_text(harm, "provider_risk"));
	set_figure(node, figure_of(record, harm));
}

static void
compose_cell(xmlNodePtr row, const struct field *harms, size_t likelihood,
    size_t severity)
{
	xmlNodePtr cell = xml_add(row, "grid-cell");
	struct text ids = { 0 };
	size_t n = 0;

	for (const struct field *h = harms->first; h != NULL; h = h->next) {
		const char *l = field_text(h, "likelihood");
		const char *s = field_text(h, "severity");
		const char *id = field_text(h, "id");

		if (l == NULL || s == NULL || id == NULL ||
		    strcmp(l, levels[likelihood]) != 0 ||
		    strcmp(s, levels[severity]) != 0)
			continue;
		text_printf(&ids, "%s%s", n > 0 ? ", " : "", id);
		n++;
	}
	xml_set(cell, "severity", level_labels[severity]);
	xml_set_count(cell, "n", n);
	xml_set(cell, "ids", n > 0 ? text_str(&ids) : "None");
	xml_set(cell, "class",
	    n == 0                         ? "na" :
		likelihood + severity <= 2 ? "no" :
		likelihood + severity <= 4 ? "wa" :
					     "ok");
	text_free(&ids);
}

static void
compose_grid(xmlNodePtr parent, const struct field *harms)
{
	xmlNodePtr grid = xml_add(parent, "grid");

	for (size_t i = 0; i < LEVELS; i++) {
		xmlNodePtr row = xml_add(grid, "grid-row");

		xml_set(row, "likelihood", level_labels[i]);
		for (size_t j = LEVELS; j > 0; j--)
			compose_cell(row, harms, i, j - 1);
	}
}

/* The harm that takes up a provider's risk, or NULL. */
static const char *
taken_up_by(const struct record *record, const char *risk)
{
	const struct field *harms =
	    field_find(record->top, "impact_assessment.harms");
	const struct field *harm = harms != NULL ? harms->first : NULL;

	for (; harm != NULL; harm = harm->next) {
		const char *text = field_text(harm, "provider_risk");

		if (text != NULL && strcmp(text, risk) == 0)
			return field_text(harm, "id");
	}
	return NULL;
}

static const char *
reason_not_taken_up(const struct record *record, const char *risk)
{
	const struct field *list = field_find(
	    record->top, "impact_assessment.provider_risks_not_taken_up");
	const struct field *item = list != NULL ? list->first : NULL;

	for (; item != NULL; item = item->next) {
		const char *text = field_text(item, "risk");

		if (text != NULL && strcmp(text, risk) == 0)
			return field_text(item, "reason");
	}
	return NULL;
}

static void
compose_provider_risks(xmlNodePtr parent, const struct record *record)
{
	const struct field *list =
	    field_find(record->top, "risk_management.risks");
	const struct field *item = list != NULL ? list->first : NULL;

	for (; item != NULL; item = item->next) {
		const char *id = field_text(item, "id");
		const char *harm = id != NULL ? taken_up_by(record, id) : NULL;
		const char *reason =
		    id != NULL ? reason_not_taken_up(record, id) : NULL;
		xmlNodePtr node = xml_add(parent, "provider-risk");

		xml_set(node, "id", or_missing(id));
		xml_set(node, "risk", or_missing(field_text(item, "risk")));
		xml_set(node, "used-in", harm != NULL ? harm : "Not taken up");
		xml_set(node, "view",
		    harm != NULL ? "Taken up as a harm" : or_missing(reason));
		xml_set(node, "class",
		    harm != NULL       ? "ok" :
			reason != NULL ? "na" :
					 "mi");
	}
}

/* The worst finding of any duty of Article 27, or NULL. */
static const struct verdict *
worst_finding(const struct record *record)
{
	const struct verdict *worst = NULL;

	for (const struct verdict *v = record->verdicts.first; v != NULL;
	     v = v->next)
		if (v->law != NULL && strncmp(v->law, "art-27.", 7) == 0 &&
		    find_is_finding(v) &&
		    (worst == NULL || v->status < worst->status))
			worst = v;
	return worst;
}

/* Whether the authority was told, or need not be. */
static bool
is_notified(const struct record *record)
{
	static const char *const paths[] = {
		"impact_assessment.notification.notified_on",
		"impact_assessment.notification.exemption",
	};

	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		const struct field *field = field_find(record->top, paths[i]);

		if (field != NULL && field->answer == ANSWER_GIVEN)
			return true;
	}
	return false;
}

static const struct verdict *
first_element_verdict(const struct record *record)
{
	const struct verdict *v = record->verdicts.first;

	while (v != NULL && !is_element(v, NULL))
		v = v->next;
	return v;
}

static void
set_scope(xmlNodePtr node, const struct record *record)
{
	struct counts_by_result all = find_results(record, is_element, NULL);
	const struct verdict *first = first_element_verdict(record);
	const char *scope = all.applicable > 0 ? "yes" : "no";

	if (first != NULL && first->result == VERDICT_UNKNOWN)
		scope = "unknown";
	xml_set(node, "in-scope", scope);
	if (scope[0] == 'y')
		xml_set(node, "reason",
		    "The deployer owes an assessment of the impact on"
		    " fundamental rights before first use.");
	else if (scope[0] == 'n')
		xml_set(node, "reason",
		    "On the facts on record no assessment under Article 27 is"
		    " owed.");
	else
		xml_set(node, "reason",
		    "A fact that decides the scope is not on record.");
	if (first != NULL)
		xml_set_date(node, "owed-from", first->applies_from);
}

/* How the assessment stands: its elements, and what else is asked of it. */
static void
set_elements(xmlNodePtr node, const struct record *record)
{
	const struct verdict *worst = worst_finding(record);
	enum status status = worst != NULL ? worst->status : STATUS_MET;
	size_t n = 0, met = 0;

	for (xmlNodePtr e = xml_child(node, "element"); e != NULL;
	     e = xml_next(e)) {
		met += strcmp(xml_get(e, "class"), "ok") == 0;
		n++;
	}
	if (n == 0)
		status = STATUS_NOT_APPLICABLE;
	xml_set_count(node, "on-file", met);
	xml_set_count(node, "of", n);
	xml_set(node, "status", status_word(status));
	xml_set(node, "class", status_class(status));
	xml_setf(node, "text", "%s: %zu of %zu elements met%s",
	    status_word(status), met, n,
	    is_notified(record) ? "" : "; the authority is not notified");
}

/* Where no assessment is made, the document says why: that is its name. */
static void
name_scope_record(xmlNodePtr report)
{
	xmlNodePtr d = xml_child(xml_child(report, "model"), "document");

	while (d != NULL && strcmp(xml_get(d, "kind"), "fria") != 0)
		d = xml_next(d);
	if (d != NULL)
		xmlSetProp(d, (const xmlChar *)"label",
		    (const xmlChar *)"Scope record, Article 27");
}

void
part_article_27(const struct part *part)
{
	const struct record *record = part->record;
	const struct context *context = part->context;
	xmlNodePtr node = xml_add(part->report, "article-27");
	const struct field *harms =
	    field_find(record->top, "impact_assessment.harms");

	set_scope(node, record);
	compose_questions(node, record);
	if (strcmp(xml_get(node, "in-scope"), "yes") == 0)
		for (size_t i = 0; i < context->n_points; i++)
			if (strncmp(context->points[i].id, "art-27.1.", 9) == 0)
				compose_element(
				    node, record, &context->points[i]);
	set_elements(node, record);
	if (xml_get(node, "in-scope")[0] != 'y')
		name_scope_record(part->report);
	if (harms != NULL && harms->first != NULL) {
		for (const struct field *h = harms->first; h != NULL;
		     h = h->next)
			compose_harm(node, record, h);
		compose_grid(node, harms);
		compose_provider_risks(node, record);
	}
}
