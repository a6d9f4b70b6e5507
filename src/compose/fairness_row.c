#include "compose/fairness_row.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "compose/disparity.h"
#include "compose/xml.h"

enum prose_kind
row_kind(const char *metric)
{
	return metric_is_rate(metric) ? PROSE_RATE : PROSE_MEASURE;
}

/*
 * Word and class of a figure's result.  That a group which is not shown keeps
 * its limit is no news; that it does not has to be seen.
 */
static void
set_status(xmlNodePtr node, const struct figure *figure)
{
	const char *word = figure_result_word(figure->result);
	const char *class = figure_result_class(figure->result);
	bool is_seen =
	    figure->result == FIGURE_OUTSIDE || figure->result == FIGURE_NEAR;

	if (figure->state == FIGURE_WITHHELD && !is_seen)
		word = "Withheld";
	else if (figure->state == FIGURE_UNDEFINED)
		word = "Not estimable";
	if (figure->state != FIGURE_DEFINED && !is_seen)
		class = "na";
	xml_set(node, "status", word);
	xml_set(node, "class", class);
	xml_set(node, "result", word);
}

/* The limit on the scale of the value, where there is one. */
bool
row_limit(
    const struct figure *figure, const struct figure *reference, double *out)
{
	if (!figure->has_limit || figure->limited == NULL)
		return false;
	if (strcmp(figure->limited, "value") == 0) {
		*out = figure->limit;
		return true;
	}
	if (reference == NULL || reference->state != FIGURE_DEFINED)
		return false;
	if (strcmp(figure->limited, "ratio") == 0)
		*out = reference->value * figure->limit;
	else
		*out = reference->value + figure->limit;
	return true;
}

/* A limited figure of the slice, for its limit. */
const struct figure *
row_limited(const struct figure_slice *slice)
{
	const struct figure *f = slice->first;

	while (f != slice->end && !f->has_limit)
		f = f->next;
	return f != slice->end ? f : NULL;
}

static void
compose_plot(
    xmlNodePtr group, const struct figure *figure, const struct strip *strip)
{
	xmlNodePtr plot = xml_add(group, "plot");
	const struct figure *limited = row_limited(strip->slice);
	double low = figure->has_interval ? figure->lower : figure->value;
	double high = figure->has_interval ? figure->upper : figure->value;
	const struct figure *reference = strip->slice->reference;
	struct text grid = { 0 };
	double limit;

	axis_grid(strip->axis, PLOT_WIDTH, &grid);
	xml_set(plot, "grid", text_str(&grid));
	text_free(&grid);
	xml_setf(
	    plot, "x", "%.1f", axis_at(strip->axis, figure->value, PLOT_WIDTH));
	xml_setf(plot, "low", "%.1f", axis_at(strip->axis, low, PLOT_WIDTH));
	xml_setf(plot, "high", "%.1f", axis_at(strip->axis, high, PLOT_WIDTH));
	if (reference != NULL && reference->state == FIGURE_DEFINED)
		xml_setf(plot, "reference", "%.1f",
		    axis_at(strip->axis, reference->value, PLOT_WIDTH));
	if (limited != NULL && row_limit(limited, reference, &limit))
		xml_setf(plot, "limit", "%.1f",
		    axis_at(strip->axis, limit, PLOT_WIDTH));
}

static void
compose_bar(
    xmlNodePtr group, const struct figure *figure, const struct strip *strip)
{
	xmlNodePtr bar = xml_add(group, "bar");
	const struct figure *limited = row_limited(strip->slice);
	double one = axis_at(strip->ratio_axis, 1, BAR_WIDTH);

	if (figure->has_ratio && isfinite(figure->ratio)) {
		double x = axis_at(strip->ratio_axis, figure->ratio, BAR_WIDTH);

		xml_setf(bar, "x", "%.1f", fmin(x, one));
		xml_setf(bar, "width", "%.1f", fabs(x - one));
	}
	xml_setf(bar, "reference", "%.1f", one);
	if (limited != NULL && strcmp(limited->limited, "ratio") == 0)
		xml_setf(bar, "limit", "%.1f",
		    axis_at(strip->ratio_axis, limited->limit, BAR_WIDTH));
}

static const char *
state_words(const struct figure *figure)
{
	return figure->state == FIGURE_WITHHELD ? "Withheld" : "Not estimable";
}

/* Counts, unless the group's size must not be told; or why there are none. */
static void
set_counts(xmlNodePtr node, const struct figure *figure)
{
	char words[PROSE_SIZE] = "Withheld", part[PROSE_SIZE];
	bool is_told = !figure->n_is_withheld;

	if (is_told && figure->n_is_unknown) {
		snprintf(words, sizeof(words), "Not stated");
	} else if (is_told) {
		prose_count(figure->n, words);
		xml_set_number(node, "n", figure->n);
	}
	xml_set(node, "n-text", words);
	if (!figure->has_counts || figure->state != FIGURE_DEFINED ||
	    !is_told) {
		xml_set(node, "counts-text",
		    !is_told || figure->state == FIGURE_WITHHELD ? "Withheld" :
								   "None");
		return;
	}
	xml_set_number(node, "numerator", figure->numerator);
	xml_set_number(node, "denominator", figure->denominator);
	prose_count(figure->numerator, part);
	prose_count(figure->denominator, words);
	xml_setf(node, "counts-text", "%s of %s", part, words);
}

static void
set_value(xmlNodePtr node, const struct figure *figure)
{
	enum prose_kind kind = row_kind(figure->metric);
	bool on_value = figure->has_limit && figure->limited != NULL &&
	    strcmp(figure->limited, "value") == 0;
	char words[PROSE_SIZE];

	if (figure->state != FIGURE_DEFINED) {
		xml_set(node, "value-text", state_words(figure));
		xml_set(node, "interval-text", state_words(figure));
		return;
	}
	prose_figure(
	    kind, figure->value, on_value ? &figure->limit : NULL, words);
	xml_set_number(node, "value", figure->value);
	xml_set(node, "value-text", words);
	if (!figure->has_interval) {
		xml_set(node, "interval-text", "None");
		return;
	}
	xml_set_number(node, "lower", figure->lower);
	xml_set_number(node, "upper", figure->upper);
	prose_interval(kind, figure->lower, figure->upper, words);
	xml_set(node, "interval-text", words);
}

/* A comparison with the reference group: its number and its words. */
static void
set_comparison(xmlNodePtr node, const struct figure *figure, const char *name,
    enum prose_kind kind)
{
	bool is_ratio = strcmp(name, "ratio") == 0;
	bool has = is_ratio ? figure->has_ratio : figure->has_difference;
	double value = is_ratio ? figure->ratio : figure->difference;
	bool limited = figure->has_limit && figure->limited != NULL &&
	    strcmp(figure->limited, name) == 0;
	char words[PROSE_SIZE];
	char text_name[32];

	snprintf(text_name, sizeof(text_name), "%s-text", name);
	if (figure->state != FIGURE_DEFINED) {
		xml_set(node, text_name, state_words(figure));
	} else if (!has) {
		xml_set(node, text_name, "None");
	} else if (!isfinite(value)) {
		xml_set(node, text_name, "Infinite");
	} else {
		prose_figure(
		    kind, value, limited ? &figure->limit : NULL, words);
		xml_set_number(node, name, value);
		xml_set(node, text_name, words);
	}
}

static void
set_limit(xmlNodePtr node, const struct figure *figure)
{
	const char *word = "None";

	if (figure->has_limit) {
		xml_set_number(node, "limit", figure->limit);
		xml_set(node, "limited", figure->limited);
	}
	xml_set(node, "limit-text",
	    figure->limit_text != NULL ? figure->limit_text : "None");
	if (figure->crosses_limit) {
		xml_set(node, "crosses", "interval crosses limit");
		word = "crosses limit";
	} else if (figure->has_limit && figure->has_interval &&
	    figure->state == FIGURE_DEFINED) {
		word = "clear of limit";
	}
	xml_set(node, "interval-word", word);
	if (figure->result == FIGURE_OUTSIDE)
		xml_set(node, "bad", "bad");
}

static void
set_place(xmlNodePtr node, const struct figure *figure)
{
	if (figure->origin.file == NULL)
		return;
	xml_set(node, "file", figure->origin.file);
	if (figure->origin.line > 0) {
		xml_setf(node, "line", "%u", figure->origin.line);
		xml_setf(node, "place", "%s:%u", figure->origin.file,
		    figure->origin.line);
	} else {
		xml_set(node, "place", figure->origin.file);
	}
}

void
row_compose(xmlNodePtr table, const struct figure *figure,
    const struct strip *strip, size_t row)
{
	static const char *const states[] = { "defined", "undefined",
		"withheld" };
	xmlNodePtr node = xml_add(table, "group");
	const struct disparity *disparity =
	    disparity_of_group(strip->family, figure->group);

	xml_set(node, "name", figure->group);
	set_status(node, figure);
	xml_set(node, "state", states[figure->state]);
	xml_set(node, "reason", figure->reason);
	set_counts(node, figure);
	set_value(node, figure);
	set_comparison(node, figure, "ratio", PROSE_RATIO);
	set_comparison(node, figure, "difference",
	    row_kind(figure->metric) == PROSE_RATE ? PROSE_POINTS :
						     PROSE_MEASURE);
	set_limit(node, figure);
	xml_set(node, "reference",
	    figure->reference != NULL ? figure->reference : "None");
	xml_set_bool(node, "is-reference", figure->is_reference);
	xml_set_count(node, "plot-row", row);
	xml_set(node, "metric", figure->metric);
	xml_set(node, "attribute", figure->attribute);
	set_place(node, figure);
	if (figure->state == FIGURE_DEFINED) {
		compose_plot(node, figure, strip);
		compose_bar(node, figure, strip);
	}
	if (disparity != NULL && !figure->is_reference)
		disparity_compose(node, disparity);
}
