#include "compose/fairness_table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "compose/disparity.h"
#include "compose/plot.h"
#include "compose/prose.h"
#include "compose/xml.h"

enum { USUAL_METRICS = 3 };

/* Metrics printed on the page when neither the record nor a limit names any. */
static const char *const usual_metrics[USUAL_METRICS] = { "selection_rate",
	"true_positive_rate", "false_positive_rate" };

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

const char *
fairness_label(const struct record *record, const char *name)
{
	const struct field *item = find_attribute(record, name);
	const char *label = item != NULL ? field_text(item, "label") : NULL;

	return label != NULL ? label : name;
}

bool
fairness_prints(const struct record *record, const char *metric)
{
	const char *const *names = record->metrics;
	size_t n = record->n_metrics;

	if (n == 0) {
		names = usual_metrics;
		n = USUAL_METRICS;
	}
	for (size_t i = 0; i < n; i++)
		if (strcmp(names[i], metric) == 0)
			return true;
	return false;
}

static bool
has_result(const struct figure_slice *slice, enum figure_result a,
    enum figure_result b)
{
	for (const struct figure *f = slice->first; f != slice->end;
	     f = f->next)
		if (f->result == a || f->result == b)
			return true;
	return false;
}

/* Single attributes are printed; intersections where there is trouble. */
static bool
is_shown(const struct record *record, const struct figure_slice *slice)
{
	if (has_result(slice, FIGURE_NEAR, FIGURE_OUTSIDE))
		return true;
	if (strchr(slice->first->attribute, '*') != NULL)
		return false;
	return slice->first->has_limit ||
	    has_result(slice, FIGURE_WITHIN, FIGURE_NOT_TESTED) ||
	    fairness_prints(record, slice->first->metric);
}

static void
hold_slice(struct axis *axis, const struct figure_slice *slice)
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

/* Hold what the shown tables of a metric have. */
static void
hold_shown(struct axis *axis, const struct record *record, const char *metric,
    void (*hold)(struct axis *axis, const struct figure_slice *slice))
{
	const struct figure *f = record->figures.first;

	while (f != NULL) {
		struct figure_slice slice = figure_slice(f);

		if (f->attribute[0] != '\0' && strcmp(f->metric, metric) == 0 &&
		    is_shown(record, &slice))
			hold(axis, &slice);
		f = slice.end;
	}
}

/* The range of every shown table of the metric. */
static struct axis
metric_axis(const struct record *record, const char *metric)
{
	struct axis axis = AXIS_EMPTY(PLOT_TICKS);

	hold_shown(&axis, record, metric, hold_slice);
	if (row_kind(metric) == PROSE_RATE)
		axis_close(&axis, 0, 1);
	else
		axis_close(&axis, -HUGE_VAL, HUGE_VAL);
	return axis;
}

static void
hold_ratios(struct axis *axis, const struct figure_slice *slice)
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

	axis_hold(&axis, 0.8);
	axis_hold(&axis, 1.2);
	hold_shown(&axis, record, metric, hold_ratios);
	axis_close(&axis, 0, HUGE_VAL);
	return axis;
}

/* The words of the limit: of one that a plot can show, if there is any. */
static const char *
limit_text(const struct figure_slice *slice)
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
    const struct figure_slice *slice, size_t index)
{
	const struct figure *first = slice->first;
	const char *label = fairness_label(record, first->attribute);
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
	if (slice->reference != NULL)
		text_printf(
		    &note, "Reference group: %s. ", slice->reference->group);
	if (limit != NULL)
		text_printf(&note, "Limit: %s.", limit);
	else
		text_puts(&note, "No limit is set.");
	if (why != NULL)
		text_printf(&note, " Why it is looked at: %s", why);
	xml_set(table, "note", text_str(&note));
	text_free(&note);
	if (slice->reference != NULL)
		xml_set(table, "reference", slice->reference->group);
	if (limit != NULL)
		xml_set(table, "limit-text", limit);
}

/* The worst result of a table's rows. */
static enum figure_result
slice_result(const struct figure_slice *slice)
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
set_result(xmlNodePtr table, const struct figure_slice *slice)
{
	enum figure_result result = slice_result(slice);

	xml_set(table, "status", figure_result_word(result));
	xml_set(table, "class", figure_result_class(result));
	if (result == FIGURE_OUTSIDE || result == FIGURE_NEAR)
		xml_set(table, "open", "open");
}

static void
compose_axes(xmlNodePtr table, const struct figure_slice *slice,
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
count_rows(const struct figure_slice *slice)
{
	size_t n = 0;

	for (const struct figure *f = slice->first; f != slice->end;
	     f = f->next)
		n++;
	return n;
}

void
table_compose(xmlNodePtr parent, const struct record *record,
    const struct figure_slice *slice, size_t index)
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
	/* Groups without a value stand below the others. */
	for (int missing = 0; missing < 2; missing++)
		for (const struct figure *f = slice->first; f != slice->end;
		     f = f->next)
			if (figure_is_of_missing(f) == (missing == 1))
				row_compose(table, f, &strip, row--);
}
