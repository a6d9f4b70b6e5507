#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "compose/coverage.h"
#include "compose/find.h"
#include "compose/part.h"
#include "compose/prose.h"
#include "compose/xml.h"

/*
 * Dates ahead: legal dates, ends of waivers and certificates, reviews and own
 * targets, the earliest first, so that what is overdue comes before all.
 */

enum { MOST_DATES = 256 };

struct event {
	date day;
	const char *kind;
	const char *what;
	const char *provision;
	size_t n, open; /* of a legal date: duties, and those not met yet */
	size_t order;
};

struct events {
	struct event list[MOST_DATES];
	size_t n;
};

static struct event *
add(struct events *events, date day, const char *kind, const char *what)
{
	struct event *event;

	if (day == DATE_NONE || events->n == MOST_DATES)
		return NULL;
	event = &events->list[events->n];
	*event = (struct event){
		.day = day, .kind = kind, .what = what, .order = events->n
	};
	events->n++;
	return event;
}

/* A rule for a reader: its title, and the id to look it up by. */
static const char *
name_rule(const struct part *part, const char *rule)
{
	const struct verdict *v = part->record->verdicts.first;

	while (v != NULL && strcmp(v->rule, rule) != 0)
		v = v->next;
	if (v == NULL || v->title == NULL)
		return rule;
	return arena_printf(&part->record->arena, "%s (%s)", v->title, v->rule);
}

static int
compare(const void *a, const void *b)
{
	const struct event *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* Whether a duty begins on the day for the record. */
static bool
begins(const struct verdict *v, date day)
{
	return v->applies_from == day && v->result != VERDICT_NOT_APPLICABLE;
}

/* The groups of provisions under which duties begin on the day. */
static const char *
provisions_of(const struct part *part, date day)
{
	size_t n;
	const struct provision_group *groups = coverage_groups(&n);
	struct text out = { 0 };
	const char *kept;

	for (size_t i = 0; i < n; i++) {
		const struct verdict *v = part->record->verdicts.first;

		while (v != NULL &&
		    !(begins(v, day) &&
			coverage_group_of(v->law) == &groups[i]))
			v = v->next;
		if (v != NULL)
			text_printf(&out, "%s%s", out.n > 0 ? ", " : "",
			    groups[i].label);
	}
	kept = arena_dup(&part->record->arena, text_str(&out), out.n);
	text_free(&out);
	return kept;
}

/* One legal date: how many duties begin, and how many are not met yet. */
static void
add_legal_date(struct events *events, const struct part *part, date day)
{
	struct event *event;
	size_t n = 0, open = 0;

	for (size_t i = 0; i < events->n; i++)
		if (events->list[i].day == day)
			return;
	for (const struct verdict *v = part->record->verdicts.first; v != NULL;
	     v = v->next) {
		if (!begins(v, day))
			continue;
		n++;
		open += v->result != VERDICT_PASS;
	}
	event = add(events, day, "Legal date", NULL);
	if (event == NULL)
		return;
	event->n = n;
	event->open = open;
	event->provision = provisions_of(part, day);
}

static void
add_legal_dates(struct events *events, const struct part *part)
{
	date as_of = part->context->policy->as_of;

	for (const struct verdict *v = part->record->verdicts.first; v != NULL;
	     v = v->next)
		if (v->applies_from != DATE_NONE && v->applies_from > as_of &&
		    v->result != VERDICT_NOT_APPLICABLE)
			add_legal_date(events, part, v->applies_from);
}

static void
add_waivers(struct events *events, const struct part *part)
{
	const struct policy *policy = part->context->policy;

	for (size_t i = 0; i < policy->n_waivers; i++) {
		const struct waiver *w = &policy->waivers[i];

		if (strcmp(w->model, part->record->id) == 0)
			add(events, w->expires_on, "Waiver ends",
			    arena_printf(&part->record->arena, "%s, of: %s",
				w->id, name_rule(part, w->rule)));
	}
}

static date
day_at(const struct field *top, const char *path)
{
	const struct field *field = field_find(top, path);

	return field != NULL && field->answer == ANSWER_GIVEN ? field->day :
								DATE_NONE;
}

static void
add_own_targets(struct events *events, const struct part *part)
{
	const struct field *list = field_find(part->record->top, "actions");
	const struct field *item = list != NULL ? list->first : NULL;

	for (; item != NULL; item = item->next) {
		const char *rule = field_text(item, "rule");
		const char *owner = field_text(item, "owner");

		add(events, day_at(item, "wanted_by"), "Own target",
		    arena_printf(&part->record->arena, "%s: %s",
			rule != NULL ? name_rule(part, rule) : "Action",
			owner != NULL ? owner : "owner not provided"));
	}
}

void
part_set_duties(xmlNodePtr node, size_t n, size_t open)
{
	struct text what = { 0 };

	prose_number_of(&what, n, "duty begins", "duties begin");
	text_puts(&what, " to apply; ");
	if (open == 0)
		text_puts(&what, n == 1 ? "it is met" : "all met");
	else
		text_printf(&what, "%zu not met yet", open);
	xml_set(node, "what", text_str(&what));
	xml_set_count(node, "duties", n);
	xml_set_count(node, "open", open);
	text_free(&what);
}

static void
compose_event(
    xmlNodePtr parent, const struct part *part, const struct event *event)
{
	xmlNodePtr node = xml_add(parent, "date");
	long days = (long)event->day - (long)part->context->policy->as_of;
	char day[DATE_SIZE], words[PROSE_SIZE];

	date_write(event->day, day);
	xml_set(node, "day", day);
	prose_date(event->day, words);
	xml_set(node, "text", words);
	xml_setf(node, "in-days", "%ld", days);
	prose_days(days, words);
	xml_set(node, "in-text", words);
	xml_set(node, "kind", event->kind);
	if (event->what != NULL)
		xml_set(node, "what", event->what);
	else
		part_set_duties(node, event->n, event->open);
	xml_set(node, "provision", event->provision);
	xml_set(node, "class", days < 0 ? "no" : days <= 30 ? "wa" : "du");
	xml_set(node, "model", part->record->id);
	xml_set(node, "models", part->record->id);
}

void
part_dates(const struct part *part)
{
	xmlNodePtr node = xml_add(part->report, "dates");
	const struct field *top = part->record->top;
	struct events *events =
	    arena_alloc(&part->record->arena, sizeof(*events));

	add_legal_dates(events, part);
	add_waivers(events, part);
	add(events, day_at(top, "impact_assessment.next_review"), "Review",
	    "Fundamental rights impact assessment");
	add(events, day_at(top, "conformity.certificate_expires"),
	    "Certificate ends", "Certificate of the notified body");
	add_own_targets(events, part);
	if (part->record->outlook.n > 0)
		add(events, part->record->outlook.day, "Next change",
		    part_outlook_text(part));
	qsort(events->list, events->n, sizeof(*events->list), compare);
	for (size_t i = 0; i < events->n; i++)
		compose_event(node, part, &events->list[i]);
	xml_set_count(node, "n", events->n);
}
