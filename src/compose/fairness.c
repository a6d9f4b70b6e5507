#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "compose/arithmetic.h"
#include "compose/control.h"
#include "compose/disparity.h"
#include "compose/fairness_row.h"
#include "compose/fairness_summary.h"
#include "compose/impact.h"
#include "compose/part.h"
#include "compose/plot.h"
#include "compose/prose.h"
#include "compose/xml.h"

/*
 * Figures by group: a table for each attribute and metric, whose rows carry
 * their own strip of the plot.  All tables of a metric share one range.
 */

enum { COMPARISONS_SHOWN_METRICS = 3, COMPARISONS_LISTED = 12 };
enum { COMBINATIONS_NAMED = 20, COMPARISONS_OPEN = 4, CONTROLS_OPEN = 2 };

/* Metrics printed on the page when neither the record nor a limit names any. */
static const char *const usual_metrics[COMPARISONS_SHOWN_METRICS] = {
	"selection_rate", "true_positive_rate", "false_positive_rate"
};

/* Running totals over all slices. */
struct tally {
	size_t comparisons, within, tested, withheld, undefined;
	const struct figure *worst;
};

static struct slice
slice_from(const struct figure *first)
{
	struct slice slice = { first, first, NULL };

	while (slice.end != NULL &&
	    strcmp(slice.end->attribute, first->attribute) == 0 &&
	    strcmp(slice.end->metric, first->metric) == 0) {
		if (slice.end->is_reference)
			slice.reference = slice.end;
		slice.end = slice.end->next;
	}
	return slice;
}

/* The attribute's entry in the record, or NULL. */
static const struct field *
find_attribute(const struct record *record, const char *name)
{
	const struct field *list =
	    field_find(record->top, "fairness.attributes");
	const struct field *item = list != NULL ? list->first : NULL;

	for (; item != NULL; item = item->next) {
		const char *text = field_text(item, "name");

		if (text != NULL && strcmp(text, name) == 0)
			return item;
	}
	return NULL;
}

static const char *
attribute_label(const struct record *record, const char *name)
{
	const struct field *item = find_attribute(record, name);
	const char *label = item != NULL ? field_text(item, "label") : NULL;

	return label != NULL ? label : name;
}

static bool
is_listed(const struct record *record, const char *metric)
{
	const char *const *names = record->metrics;
	size_t n = record->n_metrics;

	if (n == 0) {
		names = usual_metrics;
		n = COMPARISONS_SHOWN_METRICS;
	}
	for (size_t i = 0; i < n; i++)
		if (strcmp(names[i], metric) == 0)
			return true;
	return false;
}

static bool
has_result(
    const struct slice *slice, enum figure_result a, enum figure_result b)
{
	for (const struct figure *f = slice->first; f != slice->end;
	     f = f->next)
		if (f->result == a || f->result == b)
			return true;
	return false;
}

/* Single attributes are printed; intersections where there is trouble. */
static bool
is_shown(const struct record *record, const struct slice *slice)
{
	if (has_result(slice, FIGURE_NEAR, FIGURE_OUTSIDE))
		return true;
	if (strchr(slice->first->attribute, '*') != NULL)
		return false;
	return slice->first->has_limit ||
	    has_result(slice, FIGURE_WITHIN, FIGURE_NOT_TESTED) ||
	    is_listed(record, slice->first->metric);
}

static void
hold_slice(struct axis *axis, const struct slice *slice)
{
	const struct figure *limited = row_limited(slice);
	double limit;

	for (const struct figure *f = slice->first; f != slice->end;
	     f = f->next) {
		if (f->state != FIGURE_DEFINED)
			continue;
		axis_hold(axis, f->value);
		if (f->has_interval) {
			axis_hold(axis, f->lower);
			axis_hold(axis, f->upper);
		}
	}
	if (limited != NULL && row_limit(limited, slice->reference, &limit))
		axis_hold(axis, limit);
}

/* The range of every shown table of the metric. */
static struct axis
metric_axis(const struct record *record, const char *metric)
{
	struct axis axis = AXIS_EMPTY(PLOT_TICKS);
	const struct figure *f = record->figures.first;

	while (f != NULL) {
		struct slice slice = slice_from(f);

		if (f->attribute[0] != '\0' && strcmp(f->metric, metric) == 0 &&
		    is_shown(record, &slice))
			hold_slice(&axis, &slice);
		f = slice.end;
	}
	if (row_kind(metric) == PROSE_RATE)
		axis_close(&axis, 0, 1);
	else
		axis_close(&axis, -HUGE_VAL, HUGE_VAL);
	return axis;
}

static void
hold_ratios(struct axis *axis, const struct slice *slice)
{
	for (const struct figure *f = slice->first; f != slice->end;
	     f = f->next) {
		if (f->state == FIGURE_DEFINED && f->has_ratio &&
		    isfinite(f->ratio))
			axis_hold(axis, f->ratio);
		if (f->has_limit && f->limited != NULL &&
		    strcmp(f->limited, "ratio") == 0)
			axis_hold(axis, f->limit);
	}
}

/*
 * The range of ratios, the same for every shown table of the metric and never
 * narrower than a fifth to both sides of parity: small gaps shall look small.
 */
static struct axis
metric_ratio_axis(const struct record *record, const char *metric)
{
	struct axis axis = AXIS_EMPTY(BAR_TICKS);
	const struct figure *f = record->figures.first;

	axis_hold(&axis, 0.8);
	axis_hold(&axis, 1.2);
	while (f != NULL) {
		struct slice slice = slice_from(f);

		if (f->attribute[0] != '\0' && strcmp(f->metric, metric) == 0 &&
		    is_shown(record, &slice))
			hold_ratios(&axis, &slice);
		f = slice.end;
	}
	axis_close(&axis, 0, HUGE_VAL);
	return axis;
}

/* The words of the limit: of one that a plot can show, if there is any. */
static const char *
limit_text(const struct slice *slice)
{
	const struct figure *f = row_limited(slice);

	if (f != NULL)
		return f->limit_text;
	for (f = slice->first; f != slice->end; f = f->next)
		if (f->limit_text != NULL)
			return f->limit_text;
	return NULL;
}

static void
set_caption(xmlNodePtr table, const struct record *record,
    const struct slice *slice, size_t index)
{
	const struct figure *first = slice->first;
	const char *label = attribute_label(record, first->attribute);
	const char *limit = limit_text(slice);
	const struct field *item = find_attribute(record, first->attribute);
	const char *why = item != NULL ? field_text(item, "rationale") : NULL;
	struct text note = { 0 };

	xml_setf(table, "id", "f%zu", index);
	xml_set(table, "attribute", first->attribute);
	xml_set(table, "attribute-label", label);
	xml_set(table, "metric", first->metric);
	xml_set(table, "metric-label", metric_label(first->metric));
	xml_setf(
	    table, "caption", "%s by %s", metric_label(first->metric), label);
	if (why != NULL)
		text_printf(&note, "%s ", why);
	if (slice->reference != NULL)
		text_printf(
		    &note, "Reference group: %s. ", slice->reference->group);
	if (limit != NULL)
		text_printf(&note, "Limit: %s.", limit);
	else
		text_puts(&note, "No limit is set.");
	xml_set(table, "note", text_str(&note));
	text_free(&note);
	if (slice->reference != NULL)
		xml_set(table, "reference", slice->reference->group);
	if (limit != NULL)
		xml_set(table, "limit-text", limit);
}

/* The worst result of a table's rows. */
static enum figure_result
slice_result(const struct slice *slice)
{
	static const enum figure_result worst[] = { FIGURE_OUTSIDE, FIGURE_NEAR,
		FIGURE_WITHIN, FIGURE_NOT_TESTED };

	for (size_t i = 0; i < sizeof(worst) / sizeof(worst[0]); i++)
		if (has_result(slice, worst[i], worst[i]))
			return worst[i];
	return FIGURE_NO_LIMIT;
}

/* Its word and class; a page unfolds what is outside a limit or near it. */
static void
set_result(xmlNodePtr table, const struct slice *slice)
{
	enum figure_result result = slice_result(slice);

	xml_set(table, "status", figure_result_word(result));
	xml_set(table, "class", figure_result_class(result));
	if (result == FIGURE_OUTSIDE || result == FIGURE_NEAR)
		xml_set(table, "open", "open");
}

static void
compose_axes(xmlNodePtr table, const struct slice *slice,
    const struct axis *axis, const struct axis *ratio_axis)
{
	const struct figure *limited = row_limited(slice);
	const char *label = metric_label(slice->first->metric);
	enum prose_kind kind = row_kind(slice->first->metric);
	char text[PROSE_SIZE + 64];
	xmlNodePtr node;
	double limit;

	snprintf(
	    text, sizeof(text), "%s%s", label, kind == PROSE_RATE ? ", %" : "");
	node = axis_compose(table, "axis", axis, text, kind);
	if (limited != NULL && row_limit(limited, slice->reference, &limit))
		xml_set_number(node, "limit", limit);
	if (slice->reference != NULL &&
	    slice->reference->state == FIGURE_DEFINED)
		xml_set_number(node, "reference", slice->reference->value);
	axis_compose(table, "ratio-axis", ratio_axis, "Ratio", PROSE_RATIO);
}

static size_t
count_rows(const struct slice *slice)
{
	size_t n = 0;

	for (const struct figure *f = slice->first; f != slice->end;
	     f = f->next)
		n++;
	return n;
}

static void
compose_table(xmlNodePtr parent, const struct record *record,
    const struct slice *slice, size_t index)
{
	xmlNodePtr table = xml_add(parent, "table");
	struct axis axis = metric_axis(record, slice->first->metric);
	struct axis ratio_axis =
	    metric_ratio_axis(record, slice->first->metric);
	struct strip strip = { &axis, &ratio_axis, slice,
		disparity_family_of(&record->disparities,
		    slice->first->attribute, slice->first->metric) };
	bool is_intersection = strchr(slice->first->attribute, '*') != NULL;
	size_t row = count_rows(slice);

	set_caption(table, record, slice, index);
	xml_set_bool(table, "intersection", is_intersection);
	xml_set_bool(table, "shown", is_shown(record, slice));
	set_result(table, slice);
	compose_axes(table, slice, &axis, &ratio_axis);
	if (strip.family != NULL)
		disparity_compose_family(table, strip.family);
	for (const struct figure *f = slice->first; f != slice->end;
	     f = f->next)
		row_compose(table, f, &strip, row--);
}

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

	if (worst == NULL || !worst->has_ratio || !isfinite(worst->ratio))
		return;
	prose_figure(PROSE_RATIO, worst->ratio, &worst->limit, ratio);
	xml_setf(node, "worst-text", "%s %s (%s %s)",
	    metric_label(worst->metric), ratio,
	    attribute_label(record, worst->attribute), worst->group);
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
				    attribute_label(record, d->attribute));
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
		const char *label = attribute_label(part->record, t->attribute);

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
		bool is_shown = is_listed(record, c->metric) || c->turns;

		control_compose(
		    node, c, attribute_label(record, c->attribute), is_shown);
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
		    attribute_label(record, u->attribute));
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
		struct slice slice = slice_from(f);

		if (f->attribute[0] != '\0')
			compose_table(node, record, &slice, ++index);
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
