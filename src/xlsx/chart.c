#include "xlsx/chart.h"

#include <stdlib.h>
#include <string.h>

#include "xlsx/cell.h"

enum {
	CHART_WIDTH = 560, /* pixels */
	CHART_GAP = 24,
	CHART_MOST = 1200,
	COLUMN_PIXELS = 64,
	COLOUR_INK = 0x1a2330,
	COLOUR_WHITE = 0xffffff,
	COLOUR_GRID = 0xc8d0da
};

static size_t
n_rows(const struct run *run)
{
	return run->last - run->first + 1;
}

bool
run_is_numeric(const struct run *run, int column)
{
	for (size_t i = run->first; i <= run->last; i++)
		if (!sheet_kept(run->sheet, i, (size_t)column)->is_number)
			return false;
	return true;
}

char *
run_text(const struct run *run, const char *text)
{
	return arena_printf(
	    run->sheet->plan->arena, "%s%s", *text == '=' ? " " : "", text);
}

/* One number or text of a range; the library frees it. */
static void
add_point(lxw_series_range *range, const struct kept *kept)
{
	struct lxw_series_data_point *point =
	    memory_grow(NULL, 1, sizeof(*point));

	memset(point, 0, sizeof(*point));
	if (kept->is_number)
		point->number = kept->number;
	else if (kept->text != NULL && kept->text[0] != '\0') {
		point->string =
		    memory_grow(NULL, strlen(kept->text) + 1, sizeof(char));
		memcpy(point->string, kept->text, strlen(kept->text) + 1);
		point->is_string = LXW_TRUE;
	} else
		point->no_data = LXW_TRUE;
	STAILQ_INSERT_TAIL(range->data_cache, point, list_pointers);
	range->num_data_points++;
}

/*
 * Keep the values of a range in the chart: the library would do it for
 * numbers and texts, but not for formulas nor for rows that were streamed.
 */
static void
keep_values(const struct run *run, lxw_series_range *range,
    const struct range *cells, bool are_labels)
{
	bool are_numbers = true;

	range->ignore_cache = LXW_TRUE;
	for (size_t i = cells->first_row; i <= cells->last_row; i++)
		for (int j = cells->first_column; j <= cells->last_column;
		     j++) {
			struct kept kept =
			    *sheet_kept(run->sheet, i, (size_t)j);

			if (!are_labels && !kept.is_number)
				kept.text = NULL;
			are_numbers = are_numbers && kept.is_number;
			add_point(range, &kept);
		}
	range->has_string_cache = are_labels && !are_numbers;
}

lxw_chart_series *
run_add(struct run *run, const struct range *x, const struct range *y)
{
	lxw_chart_series *series = chart_add_series(run->chart, NULL, NULL);
	const char *name = run->sheet->planned->name;
	lxw_row_t top = XLSX_HEADER_ROW + 1;

	if (series == NULL)
		return NULL;
	chart_series_set_categories(series, name, top + (lxw_row_t)x->first_row,
	    (lxw_col_t)x->first_column, top + (lxw_row_t)x->last_row,
	    (lxw_col_t)x->last_column);
	chart_series_set_values(series, name, top + (lxw_row_t)y->first_row,
	    (lxw_col_t)y->first_column, top + (lxw_row_t)y->last_row,
	    (lxw_col_t)y->last_column);
	keep_values(run, series->categories, x, true);
	keep_values(run, series->values, y, false);
	return series;
}

/* Evaluate a text of the template at the first row of the run. */
static char *
text_at(const struct run *run, const struct expr *expr)
{
	struct plan *plan = run->sheet->plan;
	const struct plan_sheet *planned = run->sheet->planned;
	struct plan_row row = plan_row(plan, planned, run->first);
	struct text raw = { 0 };
	struct text line = { 0 };
	char *result = NULL;

	plan_at(plan, planned, &row, 0);
	if (expr_put(&plan->run, expr, row.node, &raw) == 0 &&
	    cell_put_line(&line, text_str(&raw), 1000) == 0)
		result = run_text(run, text_str(&line));
	text_free(&raw);
	text_free(&line);
	return result;
}

/* Whether an expression is true at the first row of the run. */
static int
true_at(const struct run *run, const struct expr *expr)
{
	struct plan *plan = run->sheet->plan;
	struct plan_row row = plan_row(plan, run->sheet->planned, run->first);

	return expr_true(&plan->run, expr, row.node);
}

static int
draw_series(struct run *run)
{
	const struct xlsx_chart *spec = run->spec;
	struct range labels = { run->first, run->last, spec->categories,
		spec->categories };

	for (size_t i = 0; i < spec->n_series; i++) {
		const struct xlsx_series *from = &spec->series[i];
		struct range values = { run->first, run->last, from->column,
			from->column };
		lxw_chart_series *series = run_add(run, &labels, &values);
		lxw_chart_line line = { .color = from->colour,
			.width = 2,
			.dash_type = from->is_broken ?
			    LXW_CHART_LINE_DASH_DASH :
			    LXW_CHART_LINE_DASH_SOLID };
		lxw_chart_fill fill = { .color = from->colour };
		lxw_chart_font font = { .name = run_text(run, "Arial"),
			.size = 9,
			.color = spec->is_stacked ? COLOUR_WHITE : COLOUR_INK };

		if (series == NULL)
			return -1;
		chart_series_set_name(series, run_text(run, from->name));
		if (spec->kind == XLSX_CHART_LINE) {
			chart_series_set_line(series, &line);
			chart_series_set_marker_type(series,
			    from->is_broken ? LXW_CHART_MARKER_NONE :
					      LXW_CHART_MARKER_CIRCLE);
			chart_series_set_marker_fill(series, &fill);
			continue;
		}
		chart_series_set_fill(series, &fill);
		chart_series_set_labels(series);
		chart_series_set_labels_font(series, &font);
		if (spec->is_stacked) {
			chart_series_set_labels_position(
			    series, LXW_CHART_LABEL_POSITION_CENTER);
			chart_series_set_labels_num_format(series, "0;;;");
		}
	}
	return 0;
}

static double
longest_bar(const struct run *run)
{
	double longest = 0;

	for (size_t i = run->first; i <= run->last; i++) {
		double sum = 0;

		for (size_t j = 0; j < run->spec->n_series; j++) {
			const struct kept *at = sheet_kept(
			    run->sheet, i, (size_t)run->spec->series[j].column);

			sum += at->is_number ? at->number : 0;
		}
		if (sum > longest)
			longest = sum;
	}
	return longest;
}

static uint8_t
type_of(const struct xlsx_chart *spec)
{
	switch (spec->kind) {
	case XLSX_CHART_PLOT:
		return LXW_CHART_SCATTER_STRAIGHT;
	case XLSX_CHART_LINE:
		return LXW_CHART_LINE;
	case XLSX_CHART_BAR:
		break;
	}
	return spec->is_stacked ? LXW_CHART_BAR_STACKED : LXW_CHART_BAR;
}

/* Titles of the chart and of its axes. */
static int
set_titles(struct run *run)
{
	const struct xlsx_chart *spec = run->spec;
	lxw_chart_font large = { .name = run_text(run, "Arial"),
		.size = 12,
		.bold = LXW_TRUE,
		.color = COLOUR_INK };
	lxw_chart_font small = {
		.name = run_text(run, "Arial"), .size = 9, .color = COLOUR_INK
	};
	lxw_chart_axis *axes[] = { run->chart->x_axis, run->chart->y_axis };
	const struct expr *titles[] = { spec->x_title, spec->y_title };
	char *text = text_at(run, spec->title);

	if (text == NULL)
		return -1;
	chart_title_set_name(run->chart, text);
	chart_title_set_name_font(run->chart, &large);
	for (size_t i = 0; i < 2; i++) {
		chart_axis_set_name_font(axes[i], &small);
		chart_axis_set_num_font(axes[i], &small);
		if (titles[i] == NULL)
			continue;
		text = text_at(run, titles[i]);
		if (text == NULL)
			return -1;
		chart_axis_set_name(axes[i], text);
	}
	return 0;
}

/* Bars lie: the axis of categories is the upright one, and runs downwards. */
static void
set_bars(struct run *run)
{
	lxw_chart *chart = run->chart;

	chart_axis_set_reverse(chart->y_axis);
	chart_axis_set_crossing_max(chart->y_axis);
	chart_axis_set_min(chart->x_axis, 0);
	chart_axis_set_num_format(chart->x_axis, "0");
	if (longest_bar(run) <= 8)
		chart_axis_set_major_unit(chart->x_axis, 1);
	chart_set_series_gap(chart, 60);
	if (run->spec->is_stacked)
		chart_set_series_overlap(chart, 100);
}

static void
set_legend(struct run *run)
{
	lxw_chart_font small = {
		.name = run_text(run, "Arial"), .size = 9, .color = COLOUR_INK
	};

	if (run->spec->n_series <= 1) {
		chart_legend_set_position(run->chart, LXW_CHART_LEGEND_NONE);
		return;
	}
	chart_legend_set_position(run->chart, LXW_CHART_LEGEND_BOTTOM);
	chart_legend_set_font(run->chart, &small);
}

/* Axes, titles and legend. */
static int
set_frame(struct run *run)
{
	const struct xlsx_chart *spec = run->spec;
	lxw_chart *chart = run->chart;
	lxw_chart_line grid = { .color = COLOUR_GRID, .width = 0.75 };
	lxw_chart_axis *values =
	    spec->kind == XLSX_CHART_LINE ? chart->y_axis : chart->x_axis;
	int is_percent =
	    spec->percent != NULL ? true_at(run, spec->percent) : 0;

	if (is_percent == -1 || set_titles(run) == -1)
		return -1;
	chart_axis_major_gridlines_set_visible(values, LXW_TRUE);
	chart_axis_major_gridlines_set_line(values, &grid);
	if (spec->kind == XLSX_CHART_LINE)
		chart_axis_set_num_format(chart->x_axis, "d mmm yyyy");
	if (spec->kind == XLSX_CHART_BAR)
		set_bars(run);
	if (is_percent == 1)
		chart_axis_set_num_format(values, "0%");
	set_legend(run);
	return 0;
}

static double
height_of(const struct run *run)
{
	double height = 300;

	if (run->spec->kind == XLSX_CHART_PLOT)
		height = 120 + 40 * (double)n_rows(run);
	if (run->spec->kind == XLSX_CHART_BAR)
		height = 130 + 26 * (double)n_rows(run);
	return height < CHART_MOST ? height : CHART_MOST;
}

/* Points above a row of the sheet, 0-based, as far as rows are known. */
static double
points_above(const struct sheet *sheet, size_t row)
{
	size_t data = XLSX_HEADER_ROW + 1;
	size_t n = sheet->n_kept;

	if (row <= data)
		return 0;
	if (row - data <= n)
		return sheet->tops[row - data];
	return sheet->tops[n] + 15 * (double)(row - data - n);
}

/* Put the chart below the ones before, beside the table. */
static int
place(struct run *run, double *used)
{
	struct sheet *sheet = run->sheet;
	double height = height_of(run);
	size_t row = XLSX_HEADER_ROW + 1;
	lxw_chart_options options = { .x_scale = CHART_WIDTH / 480.0,
		.y_scale = height / 288.0,
		.x_offset = CHART_GAP,
		.object_position = LXW_OBJECT_MOVE_DONT_SIZE,
		.description = text_at(run, run->spec->alt) };

	if (options.description == NULL)
		return -1;
	/* The row in which it begins, and how far below that row's top. */
	while (points_above(sheet, row + 1) / 0.75 <= *used)
		row++;
	options.y_offset = (int32_t)(*used - points_above(sheet, row) / 0.75);
	if (book_check(sheet->book,
		worksheet_insert_chart_opt(sheet->worksheet, (lxw_row_t)row,
		    (lxw_col_t)sheet->planned->n_columns, run->chart, &options),
		"chart") == -1)
		return -1;
	*used += height + CHART_GAP;
	while (points_above(sheet, row) / 0.75 < *used)
		row++;
	if (row > sheet->last_row)
		sheet->last_row = row;
	sheet->last_column = sheet->planned->n_columns +
	    (CHART_WIDTH + CHART_GAP) / COLUMN_PIXELS;
	sheet->book->want.n_charts++;
	return 0;
}

static int
draw(struct run *run, double *used)
{
	struct book *book = run->sheet->book;

	run->chart = workbook_add_chart(book->workbook, type_of(run->spec));
	if (run->chart == NULL)
		return book_check(
		    book, LXW_ERROR_MEMORY_MALLOC_FAILED, "chart");
	if (set_frame(run) == -1)
		return -1;
	if ((run->spec->kind == XLSX_CHART_PLOT ? plot_draw(run) :
						  draw_series(run)) == -1)
		return -1;
	return place(run, used);
}

/* Whether two rows have the same values in the columns of "by". */
static bool
is_same(const struct sheet *sheet, const struct xlsx_chart *spec, size_t a,
    size_t b)
{
	for (size_t i = 0; i < spec->n_by; i++) {
		const struct kept *x =
		    sheet_kept(sheet, a, (size_t)spec->by[i]);
		const struct kept *y =
		    sheet_kept(sheet, b, (size_t)spec->by[i]);

		if (x->is_number != y->is_number)
			return false;
		if (x->is_number ? x->number != y->number :
				   strcmp(x->text, y->text) != 0)
			return false;
	}
	return true;
}

/* Whether a run is to be drawn and has anything to draw: 1, 0, or -1. */
static int
is_drawn(const struct run *run)
{
	const struct xlsx_chart *spec = run->spec;
	int is_wanted = spec->when != NULL ? true_at(run, spec->when) : 1;
	int column = spec->kind == XLSX_CHART_PLOT ? spec->value :
						     spec->series[0].column;

	if (is_wanted != 1 || n_rows(run) < spec->at_least)
		return is_wanted == -1 ? -1 : 0;
	for (size_t i = run->first; i <= run->last; i++)
		if (sheet_kept(run->sheet, i, (size_t)column)->is_number)
			return 1;
	return 0;
}

static int
draw_runs(struct sheet *sheet, const struct xlsx_chart *spec, size_t first,
    size_t end, double *used)
{
	size_t drawn = 0;

	while (first < end && drawn < spec->at_most) {
		struct run run = { .sheet = sheet,
			.spec = spec,
			.first = first,
			.last = first };
		int wanted;

		while (run.last + 1 < end &&
		    is_same(sheet, spec, first, run.last + 1))
			run.last++;
		first = run.last + 1;
		wanted = is_drawn(&run);
		if (wanted == -1 || (wanted == 1 && draw(&run, used) == -1))
			return -1;
		drawn += wanted == 1;
	}
	return 0;
}

int
chart_write(struct sheet *sheet)
{
	const struct plan_sheet *planned = sheet->planned;
	double used = 0;

	if (sheet->kept == NULL || planned->n_data == 0)
		return 0;
	for (const struct xlsx_chart *spec = planned->spec->charts;
	     spec != NULL; spec = spec->next) {
		size_t first = 0;
		size_t end = sheet->n_kept;

		for (size_t i = 0; spec->block != NULL && i < planned->n_blocks;
		     i++) {
			const struct plan_block *block = &planned->blocks[i];

			if (block->spec->name == NULL ||
			    strcmp(block->spec->name, spec->block) != 0)
				continue;
			first = block->first;
			if (block->first + block->n < end)
				end = block->first + block->n;
		}
		if (draw_runs(sheet, spec, first, end, &used) == -1)
			return -1;
	}
	return 0;
}
