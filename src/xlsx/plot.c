#include <math.h>
#include <string.h>

#include "base/num.h"
#include "xlsx/chart.h"

/*
 * The plot of groups: a scatter chart with straight lines, since the library
 * can neither combine chart types nor give each point its own error bar.
 * Each group is a line from its lower to its upper bound and a point for its
 * value, at the height of its row; limit and reference are upright lines.
 */

enum {
	COLOUR_DATA = 0x1f5fa8,
	COLOUR_LIMIT = 0x9a1b1e,
	COLOUR_REFERENCE = 0x4b5768,
	COLOUR_INK = 0x1a2330
};

static const struct kept *
cell(const struct run *run, size_t row, int column)
{
	return sheet_kept(run->sheet, row, (size_t)column);
}

static char *
label_of(const struct run *run, size_t row)
{
	const char *text = cell(run, row, run->spec->categories)->text;

	return run_text(run, text != NULL ? text : "");
}

static bool
is_outside(const struct run *run, size_t row)
{
	const struct kept *result;

	if (run->spec->result == XLSX_CHART_NONE || run->spec->outside == NULL)
		return false;
	result = cell(run, row, run->spec->result);
	return !result->is_number && result->text != NULL &&
	    strcmp(result->text, run->spec->outside) == 0;
}

static int
draw_interval(struct run *run, size_t row)
{
	const struct xlsx_chart *spec = run->spec;
	struct range x = { row, row, spec->lower, spec->upper };
	struct range y = { row, row, spec->helper, spec->helper + 1 };
	lxw_chart_line line = { .color = is_outside(run, row) ? COLOUR_LIMIT :
								COLOUR_DATA,
		.width = 2 };
	lxw_chart_series *series;

	if (!cell(run, row, spec->lower)->is_number ||
	    !cell(run, row, spec->upper)->is_number)
		return 0;
	series = run_add(run, &x, &y);
	if (series == NULL)
		return -1;
	chart_series_set_name(series, label_of(run, row));
	chart_series_set_line(series, &line);
	chart_series_set_marker_type(series, LXW_CHART_MARKER_NONE);
	return 0;
}

/* A circle within, a square outside, with the group's name above. */
static int
draw_value(struct run *run, size_t row)
{
	const struct xlsx_chart *spec = run->spec;
	struct range x = { row, row, spec->value, spec->value };
	struct range y = { row, row, spec->position, spec->position };
	uint32_t colour = is_outside(run, row) ? COLOUR_LIMIT : COLOUR_DATA;
	lxw_chart_line none = { .none = LXW_TRUE };
	lxw_chart_line edge = { .color = colour };
	lxw_chart_fill fill = { .color = colour };
	lxw_chart_font font = {
		.name = run_text(run, "Arial"), .size = 9, .color = COLOUR_INK
	};
	lxw_chart_data_label label = { .value = label_of(run, row),
		.font = &font };
	lxw_chart_data_label *labels[] = { &label, NULL };
	lxw_chart_series *series = run_add(run, &x, &y);

	if (series == NULL)
		return -1;
	chart_series_set_name(series, label.value);
	chart_series_set_line(series, &none);
	chart_series_set_marker_type(series,
	    is_outside(run, row) ? LXW_CHART_MARKER_SQUARE :
				   LXW_CHART_MARKER_CIRCLE);
	chart_series_set_marker_size(series, 8);
	chart_series_set_marker_line(series, &edge);
	chart_series_set_marker_fill(series, &fill);
	chart_series_set_labels(series);
	chart_series_set_labels_position(
	    series, LXW_CHART_LABEL_POSITION_ABOVE);
	return book_check(run->sheet->book,
	    chart_series_set_labels_custom(series, labels), "chart label");
}

/* An upright line where a column holds the same number in every row. */
static int
draw_upright(struct run *run, int column, const char *name, uint32_t colour,
    uint8_t dash)
{
	struct range x = { run->first, run->last, column, column };
	struct range y = { run->first, run->last, run->spec->position,
		run->spec->position };
	lxw_chart_line line = {
		.color = colour, .width = 1.5, .dash_type = dash
	};
	lxw_chart_series *series;

	if (column == XLSX_CHART_NONE || run->first == run->last ||
	    !run_is_numeric(run, column) ||
	    !run_is_numeric(run, run->spec->position))
		return 0;
	series = run_add(run, &x, &y);
	if (series == NULL)
		return -1;
	chart_series_set_name(series, run_text(run, name));
	chart_series_set_line(series, &line);
	chart_series_set_marker_type(series, LXW_CHART_MARKER_NONE);
	return 0;
}

/* The bound of the axis that the document states; false when it does not. */
static int
bound(struct run *run, const struct expr *expr, double *out)
{
	struct plan *plan = run->sheet->plan;
	struct plan_row row = plan_row(plan, run->sheet->planned, run->first);
	struct text t = { 0 };
	int rc = 0;

	if (expr == NULL)
		return 0;
	if (expr_put(&plan->run, expr, row.node, &t) == -1)
		rc = -1;
	else if (num_read(text_str(&t), t.n, out))
		rc = 1;
	text_free(&t);
	return rc;
}

static int
set_axes(struct run *run)
{
	lxw_chart *chart = run->chart;
	double least = INFINITY, most = -INFINITY;
	double low = 0, high = 0;
	int has_low = bound(run, run->spec->low, &low);
	int has_high = bound(run, run->spec->high, &high);

	if (has_low == -1 || has_high == -1)
		return -1;
	if (has_low == 1 && has_high == 1 && low < high) {
		chart_axis_set_min(chart->x_axis, low);
		chart_axis_set_max(chart->x_axis, high);
	}
	for (size_t i = run->first; i <= run->last; i++) {
		const struct kept *at = cell(run, i, run->spec->position);

		if (at->is_number) {
			least = fmin(least, at->number);
			most = fmax(most, at->number);
		}
	}
	if (least > most)
		return 0;
	chart_axis_set_min(chart->y_axis, least - 0.5);
	chart_axis_set_max(chart->y_axis, most + 1); /* room for a label */
	chart_axis_major_gridlines_set_visible(chart->y_axis, LXW_FALSE);
	chart_axis_set_label_position(
	    chart->y_axis, LXW_CHART_AXIS_LABEL_POSITION_NONE);
	chart_axis_set_major_tick_mark(
	    chart->y_axis, LXW_CHART_AXIS_TICK_MARK_NONE);
	return 0;
}

int
plot_draw(struct run *run)
{
	const struct xlsx_chart *spec = run->spec;

	if (set_axes(run) == -1 ||
	    draw_upright(run, spec->reference, "Reference", COLOUR_REFERENCE,
		LXW_CHART_LINE_DASH_SOLID) == -1 ||
	    draw_upright(run, spec->limit, "Limit", COLOUR_LIMIT,
		LXW_CHART_LINE_DASH_DASH) == -1)
		return -1;
	for (size_t i = run->first; i <= run->last; i++) {
		if (!cell(run, i, spec->value)->is_number ||
		    !cell(run, i, spec->position)->is_number)
			continue;
		if (draw_interval(run, i) == -1 || draw_value(run, i) == -1)
			return -1;
	}
	return 0;
}
