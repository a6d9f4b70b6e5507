#include <string.h>

#include "xlsx/parts.h"

enum { COLOUR_DATA = 0x1f5fa8 };

static int
column_of(struct reader *reader, const struct xlsx_sheet *sheet,
    const struct value *map, const char *key, bool must)
{
	const char *header = reader_text(reader, map, key, must);
	int column;

	if (header == NULL)
		return XLSX_CHART_NONE;
	column = template_column(sheet, header);
	if (column == -1)
		reader_fail(reader, value_get(map, key)->pos,
		    "no such column: %s", header);
	return column;
}

static void
read_keys(struct reader *reader, const struct xlsx_sheet *sheet,
    const struct value *map, struct xlsx_chart *chart)
{
	size_t n;
	const char *const *headers = reader_words(reader, map, "by", &n);

	if (n > XLSX_CHART_KEYS) {
		reader_fail(reader, map->pos, "at most %d columns in by",
		    XLSX_CHART_KEYS);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		int column = template_column(sheet, headers[i]);

		if (column == -1)
			reader_fail(
			    reader, map->pos, "no such column: %s", headers[i]);
		chart->by[chart->n_by++] = column;
	}
}

static void
read_series(struct reader *reader, const struct xlsx_sheet *sheet,
    const struct value *map, struct xlsx_chart *chart)
{
	static const char *const keys[] = { "name", "column", "colour",
		"broken" };
	const struct value *list = value_get(map, "series");

	if (list == NULL || list->kind != VALUE_LIST || list->n == 0 ||
	    list->n > XLSX_CHART_SERIES) {
		reader_fail(reader, map->pos, "a chart has 1 to %d series",
		    XLSX_CHART_SERIES);
		return;
	}
	for (const struct value *p = list->first; p != NULL; p = p->next) {
		struct xlsx_series *series = &chart->series[chart->n_series];

		if (!reader_map(reader, p, keys, READER_N(keys)))
			continue;
		series->name = reader_text(reader, p, "name", true);
		series->column = column_of(reader, sheet, p, "column", true);
		series->colour =
		    reader_colour(reader, p, "colour", COLOUR_DATA);
		series->is_broken = reader_flag(reader, p, "broken", false);
		chart->n_series++;
	}
}

static void
read_plot(struct reader *reader, const struct xlsx_sheet *sheet,
    const struct value *map, struct xlsx_chart *chart)
{
	chart->value = column_of(reader, sheet, map, "value", true);
	chart->lower = column_of(reader, sheet, map, "lower", true);
	chart->upper = column_of(reader, sheet, map, "upper", true);
	chart->position = column_of(reader, sheet, map, "position", true);
	chart->helper = column_of(reader, sheet, map, "helper", true);
	chart->limit = column_of(reader, sheet, map, "limit", false);
	chart->reference = column_of(reader, sheet, map, "reference", false);
	chart->result = column_of(reader, sheet, map, "result", false);
	chart->outside = reader_text(reader, map, "outside", false);
	chart->low = reader_path(reader, map, "low");
	chart->high = reader_path(reader, map, "high");
	if (chart->upper != chart->lower + 1)
		reader_fail(reader, map->pos,
		    "upper stands right of lower, so that both are one range");
	if (chart->helper + 1 >= (int)sheet->n_columns)
		reader_fail(
		    reader, map->pos, "helper is the first of two columns");
}

struct xlsx_chart *
chart_read(struct reader *reader, const struct xlsx_sheet *sheet,
    const struct value *map)
{
	static const char *const keys[] = { "kind", "by", "when", "at_least",
		"at_most", "block", "title", "alt", "x_title", "y_title",
		"categories", "stacked", "percent", "series", "value", "lower",
		"upper", "position", "helper", "limit", "reference", "result",
		"outside", "low", "high" };
	static const char *const kinds[] = { "plot", "bar", "line" };
	struct xlsx_chart *chart;

	if (!reader_map(reader, map, keys, READER_N(keys)))
		return NULL;
	chart = arena_alloc(reader->arena, sizeof(*chart));
	chart->kind = (enum xlsx_chart_kind)reader_word(
	    reader, map, "kind", kinds, READER_N(kinds));
	chart->when = reader_path(reader, map, "when");
	chart->at_least = reader_count(reader, map, "at_least", 1);
	chart->at_most = reader_count(reader, map, "at_most", 1);
	chart->block = reader_text(reader, map, "block", false);
	chart->title = reader_insertions(reader, map, "title");
	chart->alt = reader_insertions(reader, map, "alt");
	chart->x_title = reader_insertions(reader, map, "x_title");
	chart->y_title = reader_insertions(reader, map, "y_title");
	if (chart->title == NULL || chart->alt == NULL ||
	    chart->x_title == NULL)
		reader_fail(
		    reader, map->pos, "a chart has title, x_title and alt");
	chart->categories = column_of(reader, sheet, map, "categories", true);
	chart->is_stacked = reader_flag(reader, map, "stacked", false);
	chart->percent = reader_path(reader, map, "percent");
	read_keys(reader, sheet, map, chart);
	if (chart->kind == XLSX_CHART_PLOT)
		read_plot(reader, sheet, map, chart);
	else
		read_series(reader, sheet, map, chart);
	return chart;
}
