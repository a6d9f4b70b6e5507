#include <math.h>
#include <string.h>

#include "compose/part.h"
#include "compose/prose.h"
#include "compose/xml.h"

/*
 * Measures of the whole: as evaluation states them, with the limits that
 * were fixed before the test (Article 9(8)).
 */

/* The limit nearest to the value, or NULL. */
static const double *
nearest_limit(const struct measure *m)
{
	if (m->has_least && m->has_most)
		return fabs(m->value - m->least) < fabs(m->value - m->most) ?
		    &m->least :
		    &m->most;
	if (m->has_least)
		return &m->least;
	return m->has_most ? &m->most : NULL;
}

static void
set_limits(xmlNodePtr node, const struct measure *m)
{
	char least[PROSE_SIZE], most[PROSE_SIZE];

	prose_figure(PROSE_MEASURE, m->least, NULL, least);
	prose_figure(PROSE_MEASURE, m->most, NULL, most);
	if (m->has_least)
		xml_set_number(node, "limit-low", m->least);
	if (m->has_most)
		xml_set_number(node, "limit-high", m->most);
	if (m->has_least && m->has_most)
		xml_setf(node, "limit-text", "%s to %s", least, most);
	else if (m->has_least)
		xml_setf(node, "limit-text", "at least %s", least);
	else if (m->has_most)
		xml_setf(node, "limit-text", "at most %s", most);
	else
		xml_set(node, "limit-text", "None");
}

static void
set_value(xmlNodePtr node, const struct measure *m)
{
	char words[PROSE_SIZE];

	prose_figure(PROSE_MEASURE, m->value, nearest_limit(m), words);
	xml_set_number(node, "value", m->value);
	xml_set(node, "value-text", words);
	if (m->has_interval) {
		xml_set_number(node, "lower", m->lower);
		xml_set_number(node, "upper", m->upper);
		prose_interval(PROSE_MEASURE, m->lower, m->upper, words);
		xml_set(node, "interval-text", words);
	} else {
		xml_set(node, "interval-text", "Not provided");
	}
	if (m->n > 0) {
		prose_count(m->n, words);
		xml_set_number(node, "n", m->n);
		xml_set(node, "n-text", words);
	}
}

/* The previous version's value, and the change since. */
static void
set_previous(xmlNodePtr node, const struct measure *m)
{
	char words[PROSE_SIZE];

	if (!m->has_previous)
		return;
	xml_set_number(node, "previous", m->previous);
	prose_figure(PROSE_MEASURE, m->previous, NULL, words);
	xml_set(node, "previous-text", words);
	xml_set_number(node, "change", m->value - m->previous);
	prose_figure(PROSE_MEASURE, m->value - m->previous, NULL, words);
	xml_setf(node, "change-text", "%s%s", m->value > m->previous ? "+" : "",
	    words);
}

static void
compose_measure(xmlNodePtr parent, const struct measure *m)
{
	xmlNodePtr node = xml_add(parent, "measure");

	xml_set(node, "name", m->name);
	xml_set(
	    node, "label", m->label != NULL ? m->label : metric_label(m->name));
	xml_set(node, "status", figure_result_word(m->result));
	xml_set(node, "class", figure_result_class(m->result));
	set_value(node, m);
	set_limits(node, m);
	set_previous(node, m);
	xml_set(node, "data-set",
	    m->data_set != NULL ? m->data_set : "Not provided");
	xml_set_bool(node, "stress", m->is_stress);
	xml_set(node, "file", m->origin.file);
	if (m->origin.line > 0)
		xml_setf(node, "line", "%u", m->origin.line);
}

/* Data, period and size in words, from the data set tested on. */
static void
set_text(xmlNodePtr node, const struct record *record)
{
	const char *data = field_text(record->top, "evaluation.data_set");
	const struct field *list = field_find(record->top, "data_sets");
	const struct field *item = list != NULL ? list->first : NULL;
	const struct field *from, *to, *n;
	char a[PROSE_DATE_SIZE] = "", b[PROSE_DATE_SIZE] = "";
	char count[PROSE_SIZE] = "";

	if (data == NULL)
		return;
	while (item != NULL &&
	    (field_text(item, "name") == NULL ||
		strcmp(field_text(item, "name"), data) != 0))
		item = item->next;
	if (item == NULL) {
		xml_setf(node, "text", "Data set %s.", data);
		return;
	}
	from = field_find(item, "period_from");
	to = field_find(item, "period_to");
	n = field_find(item, "records");
	if (from != NULL && to != NULL) {
		prose_date(from->day, a);
		prose_date(to->day, b);
	}
	if (n != NULL)
		prose_count(n->number, count);
	xml_setf(node, "text", "Data set %s%s%s%s%s%s%s.", data,
	    a[0] ? ", " : "", a, b[0] ? " to " : "", b,
	    count[0] ? ", records: " : "", count);
}

void
part_performance(const struct part *part)
{
	xmlNodePtr node = xml_add(part->report, "performance");
	size_t within = 0, tested = 0, within_stress = 0, tested_stress = 0;

	set_text(node, part->record);
	for (const struct measure *m = part->record->measures; m != NULL;
	     m = m->next) {
		bool inside =
		    m->result == FIGURE_WITHIN || m->result == FIGURE_NEAR;

		within += inside;
		tested += inside || m->result == FIGURE_OUTSIDE;
		if (m->is_stress) {
			within_stress += inside;
			tested_stress += inside || m->result == FIGURE_OUTSIDE;
		}
		compose_measure(node, m);
	}
	xml_set_count(node, "within", within);
	xml_set_count(node, "tested", tested);
	xml_set_count(node, "within-stress", within_stress);
	xml_set_count(node, "tested-stress", tested_stress);
}
