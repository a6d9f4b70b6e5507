#include <math.h>
#include <string.h>

#include "compose/part.h"
#include "compose/prose.h"
#include "compose/xml.h"
#include "model/summary.h"

/*
 * Values over runs: each measure, and each group's figure that a limit
 * covers, in the run before and in this one.
 */

/* One value of one run. */
struct point_in_time {
	const struct run_info *run;
	const char *measure;
	const char *label;
	const char *group;
	enum prose_kind kind;
	double value;
	const double *limit; /* or NULL */
};

static void
compose_row(xmlNodePtr trend, const struct point_in_time *point)
{
	xmlNodePtr node = xml_add(trend, "trend-row");
	char day[DATE_SIZE], words[PROSE_SIZE];

	date_write(date_of_time(point->run->time), day);
	prose_figure(point->kind, point->value, point->limit, words);
	xml_set(node, "period", day);
	xml_set(node, "measure", point->measure);
	xml_set(node, "label", point->label);
	xml_set(node, "group", point->group);
	xml_set_number(node, "value", point->value);
	xml_set(node, "value-text", words);
	if (point->limit != NULL)
		xml_set_number(node, "limit", *point->limit);
	xml_set(node, "run", point->run->id);
}

/* The value of the run before, where there was one, then this run's. */
static size_t
compose_pair(xmlNodePtr trend, const struct part *part,
    struct point_in_time point, const char *attribute)
{
	const struct history *history = part->context->history;
	const struct summary_figure *before =
	    summary_figure(history_model(history, part->record->id), attribute,
		point.group, point.measure);
	double now = point.value;
	size_t n = 1;

	if (before != NULL && !isnan(before->value)) {
		point.run = &history->before;
		point.value = before->value;
		compose_row(trend, &point);
		n++;
	}
	point.run = part->context->run;
	point.value = now;
	compose_row(trend, &point);
	return n;
}

static size_t
compose_measures(xmlNodePtr trend, const struct part *part)
{
	size_t n = 0;

	for (const struct measure *m = part->record->measures; m != NULL;
	     m = m->next) {
		struct point_in_time point = { NULL, m->name,
			m->label != NULL ? m->label : metric_label(m->name),
			m->data_set != NULL ? m->data_set : "Not provided",
			PROSE_MEASURE, m->value,
			m->has_least    ? &m->least :
			    m->has_most ? &m->most :
					  NULL };

		n += compose_pair(trend, part, point, "");
	}
	return n;
}

static size_t
compose_figures(xmlNodePtr trend, const struct part *part)
{
	size_t n = 0;

	for (const struct figure *f = part->record->figures.first; f != NULL;
	     f = f->next) {
		bool on_value =
		    f->limited != NULL && strcmp(f->limited, "value") == 0;
		struct point_in_time point = { NULL, f->metric,
			metric_label(f->metric), f->group, PROSE_RATE, f->value,
			f->has_limit && on_value ? &f->limit : NULL };

		if (f->has_limit && f->state == FIGURE_DEFINED)
			n += compose_pair(trend, part, point, f->attribute);
	}
	return n;
}

void
part_trend(const struct part *part)
{
	xmlNodePtr trend = xml_add(part->report, "trend");
	size_t n = compose_measures(trend, part);

	n += compose_figures(trend, part);
	xml_set_count(trend, "n", n);
}
