#include <string.h>

#include "base/text.h"
#include "compose/compose.h"
#include "compose/prose.h"
#include "compose/xml.h"
#include "model/summary.h"

/*
 * What changed since the run before, in a model's document or the
 * portfolio's.
 */

static void
compose_change(xmlNodePtr parent, const struct change *change,
    const struct history *history)
{
	xmlNodePtr node = xml_add(parent, "change");

	xml_set(node, "what", change->what);
	xml_set(node, "before", change->before);
	xml_set(node, "now", change->now);
	xml_set(node, "cause", cause_word(change->cause));
	xml_set(node, "class", status_class(change->status));
	xml_set(node, "model", change->model);
	xml_set(node, "model-name", change->model_name);
	xml_set(node, "run-before", history->before.id);
	if (change->model != NULL)
		xml_setf(node, "href", "cards/%s.html", change->model);
}

/* What changed for each model of the portfolio, in a few words. */
static void
set_since(xmlNodePtr report, const struct change_list *list, bool is_first)
{
	xmlNodePtr model = xml_child(xml_child(report, "models"), "model");

	for (; model != NULL; model = xml_next(model)) {
		enum status worst = STATUS_NOT_APPLICABLE;
		struct text words = { 0 };
		size_t n = 0;

		for (size_t i = 0; i < list->n; i++) {
			const struct change *c = &list->changes[i];

			if (c->model == NULL ||
			    strcmp(c->model, xml_get(model, "id")) != 0)
				continue;
			worst = c->status < worst ? c->status : worst;
			n++;
		}
		if (is_first)
			text_puts(&words, "First run");
		else if (n == 0)
			text_puts(&words, "No change");
		else
			prose_number_of(&words, n, "change", "changes");
		xml_set(model, "since", text_str(&words));
		xml_set(model, "since-class", status_class(worst));
		text_free(&words);
	}
}

void
compose_changes(xmlDocPtr doc, const struct context *context,
    const struct change_list *list)
{
	const struct history *history = context->history;
	bool is_first = history == NULL || history->is_first;
	xmlNodePtr report = xmlDocGetRootElement(doc);
	xmlNodePtr node = xml_child(report, "changes");
	char words[PROSE_SIZE];

	set_since(report, list, is_first);
	xml_set_bool(node, "first-run", is_first);
	if (!is_first) {
		prose_time(history->before.time, words);
		xml_set(node, "compared-with", history->before.id);
		xml_set(node, "compared-text", words);
	}
	xml_set_count(node, "n", list->n);
	if (is_first)
		xml_set(node, "unchanged-text",
		    "First run: nothing to compare with.");
	else
		xml_set(node, "unchanged-text",
		    list->n > 0 ? "Nothing else changed." : "Nothing changed.");
	for (size_t i = 0; i < list->n && !is_first; i++)
		compose_change(node, &list->changes[i], history);
}
