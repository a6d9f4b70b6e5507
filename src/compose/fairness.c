#include <math.h>

#include "base/text.h"
#include "compose/arithmetic.h"
#include "compose/control.h"
#include "compose/disparity.h"
#include "compose/fairness_summary.h"
#include "compose/fairness_table.h"
#include "compose/impact.h"
#include "compose/part.h"
#include "compose/prose.h"
#include "compose/xml.h"

/*
 * Fairness: the tables of groups, what they come to, and the comparisons,
 * impact ratios and control features beside them.
 */

enum { COMPARISONS_LISTED = 12, COMPARISONS_OPEN = 4, CONTROLS_OPEN = 2 };
enum { COMBINATIONS_NAMED = 20 };

/* Running totals over all slices. */
struct tally {
	size_t comparisons, within, tested, withheld, undefined;
	const struct figure *worst;
};

/* Distance of a ratio from parity, for the worst figure. */
static double
badness(const struct figure *figure)
{
	double ratio = figure->ratio;

	if (!figure->has_ratio || figure->state != FIGURE_DEFINED)
		return 0;
	return ratio > 0 ? fabs(log(ratio)) : HUGE_VAL;
}

static void
count_figure(struct tally *tally, const struct figure *figure)
{
	tally->comparisons += figure->has_ratio && !figure->is_reference;
	tally->withheld += figure->state == FIGURE_WITHHELD;
	tally->undefined += figure->state == FIGURE_UNDEFINED;
	if (figure->result == FIGURE_WITHIN || figure->result == FIGURE_NEAR)
		tally->within++;
	if (figure->result != FIGURE_WITHIN && figure->result != FIGURE_NEAR &&
	    figure->result != FIGURE_OUTSIDE)
		return;
	tally->tested++;
	if (tally->worst == NULL || figure->result > tally->worst->result ||
	    (figure->result == tally->worst->result &&
		badness(figure) > badness(tally->worst)))
		tally->worst = figure;
}

static void
set_worst(
    xmlNodePtr node, const struct record *record, const struct figure *worst)
{
	char ratio[PROSE_SIZE];
	const char *label;

	if (worst == NULL || !worst->has_ratio || !isfinite(worst->ratio))
		return;
	prose_figure(PROSE_RATIO, worst->ratio, &worst->limit, ratio);
	label = fairness_label(record, worst->attribute);
	xml_setf(node, "worst-text", "%s, ratio %s (%s %s)",
	    metric_label(worst->metric), ratio, label, worst->group);
	xml_setf(node, "worst-of", "%s, %s %s", metric_label(worst->metric),
	    label, worst->group);
}

static void
set_method(xmlNodePtr node, const struct part *part)
{
	const struct policy *policy = part->context->policy;

	xml_setf(node, "method",
	    "Intervals are Wilson score intervals at %.0f%% unless the file"
	    " gives its own. A group of fewer than %.0f is withheld. Limits are"
	    " judged by the %s and are not adjusted for the number of"
	    " comparisons.",
	    policy->confidence * 100, policy->min_report,
	    policy->judge_by == LIMIT_INTERVAL ? "interval" : "value");
}

static void
set_text(xmlNodePtr node, const struct record *record)
{
	const struct field *top = record->top;
	const char *file = field_text(top, "fairness.predictions.file");
	const char *data = field_text(top, "fairness.predictions.data_set");
	const struct field *list = field_find(top, "fairness.files");

	if (data == NULL)
		data = field_text(top, "evaluation.data_set");
	if (file != NULL)
		xml_setf(node, "text", "Computed from %s%s%s.", file,
		    data != NULL ? ", data set " : "", data ? data : "");
	else if (list != NULL && list->first != NULL && list->first->text)
		xml_setf(node, "text", "As given in %s%s%s.", list->first->text,
		    data != NULL ? ", data set " : "",
		    data != NULL ? data : "");
}

/* Append the comparisons of a verdict while there is room; what is left. */
static size_t
compose_verdict(xmlNodePtr node, const struct record *record,
    enum disparity_verdict verdict, size_t *room)
{
	size_t left = 0;

	for (const struct disparity_family *f = record->disparities.first;
	     f != NULL; f = f->next)
		for (const struct disparity *d = f->first; d != NULL;
		     d = d->next) {
			if (d->verdict != verdict || arithmetic_is_hidden(d))
				continue;
			if (*room > 0) {
				disparity_compose_line(node, d,
				    fairness_label(record, d->attribute));
				xml_set_bool(node->last, "more",
				    *room + COMPARISONS_OPEN <=
					COMPARISONS_LISTED);
			}
			left += *room == 0;
			*room -= *room > 0;
		}
	return left;
}

static void
compose_impacts(xmlNodePtr node, const struct part *part)
{
	const struct policy *policy = part->context->policy;
	const struct impact_table *t = part->record->impacts;
	size_t index = 0;

	for (; t != NULL; t = t->next) {
		const char *label = fairness_label(part->record, t->attribute);

		if (policy->shows_four_fifths && t->kind == IMPACT_SELECTION)
			impact_compose(
			    node, t, IMPACT_FOUR_FIFTHS, label, ++index);
		if (policy->shows_local_law_144)
			impact_compose(
			    node, t, IMPACT_LOCAL_LAW_144, label, ++index);
	}
}

static void
compose_controls(xmlNodePtr node, const struct record *record)
{
	size_t n = 0;

	for (const struct control *c = record->controls.first; c != NULL;
	     c = c->next) {
		bool is_shown = fairness_prints(record, c->metric) || c->turns;

		control_compose(
		    node, c, fairness_label(record, c->attribute), is_shown);
		xml_set_bool(node->last, "more", n >= CONTROLS_OPEN);
		n += is_shown;
	}
}

/* Combinations without a row; the first of them in a sentence. */
static void
compose_unobserved(xmlNodePtr parent, const struct record *record)
{
	for (const struct unobserved *u = record->unobserved; u != NULL;
	     u = u->next) {
		xmlNodePtr node = xml_add(parent, "unobserved");
		struct text text = { 0 };

		text_printf(&text, "%llu of %llu combinations have no row",
		    u->n, u->n_possible);
		for (size_t i = 0; i < u->n_names; i++) {
			xml_set(
			    xml_add(node, "combination"), "name", u->names[i]);
			if (i < COMBINATIONS_NAMED)
				text_printf(&text, "%s%s", i > 0 ? ", " : ": ",
				    u->names[i]);
		}
		if (u->n_names > 0 && u->n > COMBINATIONS_NAMED)
			text_printf(
			    &text, " and %llu more", u->n - COMBINATIONS_NAMED);
		text_putc(&text, '.');
		xml_set(node, "attribute-label",
		    fairness_label(record, u->attribute));
		xml_set_count(node, "possible", u->n_possible);
		xml_set_count(node, "without", u->n);
		xml_set(node, "text", text_str(&text));
		text_free(&text);
	}
}

/* What differs, findings first. */
static void
compose_comparisons(xmlNodePtr node, const struct record *record)
{
	size_t room = COMPARISONS_LISTED;
	size_t left = compose_verdict(node, record, DISPARITY_FINDING, &room);

	left += compose_verdict(node, record, DISPARITY_WATCH, &room);
	if (left > 0)
		xml_set_count(node, "comparisons-more", left);
}

static void
compose_not_measured(xmlNodePtr node, const struct record *record)
{
	const struct field *list =
	    field_find(record->top, "fairness.attributes_not_measured");
	const struct field *item = list != NULL ? list->first : NULL;

	for (; item != NULL; item = item->next) {
		xmlNodePtr child = xml_add(node, "not-measured");
		const char *name = field_text(item, "name");
		const char *reason = field_text(item, "reason");

		xml_set(child, "name", name != NULL ? name : "Not provided");
		xml_set(
		    child, "reason", reason != NULL ? reason : "Not provided");
	}
}

void
part_fairness(const struct part *part)
{
	const struct record *record = part->record;
	xmlNodePtr node = xml_add(part->report, "fairness");
	const struct figure *f = record->figures.first;
	struct tally tally = { 0 };
	struct text summary = { 0 };
	size_t index = 0;

	while (f != NULL) {
		struct figure_slice slice = figure_slice(f);

		if (f->attribute[0] != '\0')
			table_compose(node, record, &slice, ++index);
		for (; f != slice.end; f = f->next)
			count_figure(&tally, f);
	}
	set_text(node, record);
	set_method(node, part);
	xml_set_count(node, "comparisons", tally.comparisons);
	xml_set_count(node, "within", tally.within);
	xml_set_count(node, "tested", tally.tested);
	xml_set_count(node, "withheld", tally.withheld);
	xml_set_count(node, "undefined", tally.undefined);
	set_worst(node, record, tally.worst);
	fairness_summarise(&summary, record);
	if (summary.n > 0)
		xml_set(node, "summary", text_str(&summary));
	text_free(&summary);
	compose_comparisons(node, record);
	compose_impacts(node, part);
	compose_controls(node, record);
	compose_unobserved(node, record);
	compose_not_measured(node, record);
}
