#include <string.h>

#include "base/num.h"
#include "xlsx/parts.h"

/* Keys of a field, which a column and an override share. */
#define FIELD_KEYS                                                             \
	"kind", "value", "text", "decimals", "percent", "empty", "source",     \
	    "formula", "link", "url", "show", "tint"

static const char *const kind_words[] = { "text", "integer", "number",
	"percent", "date", "status" };

static const char *const show_words[] = { "nothing", "name", "holds", "rows",
	"inputs" };

static void
read_link(
    struct reader *reader, const struct value *map, struct xlsx_field *field)
{
	static const char *const keys[] = { "sheet", "column", "key" };
	const struct value *link = value_get(map, "link");

	if (link == NULL || !reader_map(reader, link, keys, READER_N(keys)))
		return;
	field->link_sheet = reader_text(reader, link, "sheet", true);
	field->link_column = reader_text(reader, link, "column", false);
	field->link_key = reader_path(reader, link, "key");
}

/* Keys that are absent leave the field as it is. */
static void
read_field(
    struct reader *reader, const struct value *map, struct xlsx_field *field)
{
	const char *empty = reader_text(reader, map, "empty", false);

	if (value_get(map, "kind") != NULL)
		field->kind = (enum xlsx_kind)reader_word(
		    reader, map, "kind", kind_words, READER_N(kind_words));
	if (value_get(map, "show") != NULL)
		field->show = (enum xlsx_show)reader_word(
		    reader, map, "show", show_words, READER_N(show_words));
	if (value_get(map, "value") != NULL)
		field->value = reader_path(reader, map, "value");
	if (value_get(map, "text") != NULL)
		field->value = reader_insertions(reader, map, "text");
	if (value_get(map, "value") != NULL && value_get(map, "text") != NULL)
		reader_fail(reader, map->pos, "value or text, not both");
	if (value_get(map, "decimals") != NULL)
		field->decimals = reader_path(reader, map, "decimals");
	if (value_get(map, "tint") != NULL)
		field->tint = reader_path(reader, map, "tint");
	if (value_get(map, "percent") != NULL)
		field->percent = reader_path(reader, map, "percent");
	if (empty != NULL)
		field->empty = empty;
	if (value_get(map, "source") != NULL)
		field->source = reader_insertions(reader, map, "source");
	if (value_get(map, "formula") != NULL)
		field->formula = reader_text(reader, map, "formula", true);
	if (value_get(map, "url") != NULL)
		field->url = reader_insertions(reader, map, "url");
	read_link(reader, map, field);
}

static double
read_width(struct reader *reader, const struct value *map)
{
	const char *digits = reader_text(reader, map, "width", true);
	double width;

	if (digits == NULL)
		return 10;
	if (!num_read(digits, strlen(digits), &width) || width < 1 ||
	    width > 255) {
		reader_fail(reader, map->pos, "width lies between 1 and 255");
		return 10;
	}
	return width;
}

static void
read_column(
    struct reader *reader, const struct value *map, struct xlsx_column *column)
{
	static const char *const keys[] = { FIELD_KEYS, "header", "width",
		"each", "heading", "key", "input", "list", "strict", "prompt",
		"date_from", "max_length", "bar", "words" };

	if (!reader_map(reader, map, keys, READER_N(keys)))
		return;
	column->each = reader_path(reader, map, "each");
	column->heading = reader_insertions(reader, map, "heading");
	column->key = reader_path(reader, map, "key");
	column->header =
	    reader_text(reader, map, "header", column->each == NULL);
	if ((column->each == NULL) != (column->heading == NULL) ||
	    (column->each == NULL) != (column->key == NULL))
		reader_fail(reader, map->pos,
		    "each, heading and key stand together or not at all");
	column->width = read_width(reader, map);
	column->is_input = reader_flag(reader, map, "input", false);
	column->field.empty = column->is_input ? "" : "Not provided";
	column->list = reader_text(reader, map, "list", false);
	column->list_stops = reader_flag(reader, map, "strict", true);
	column->prompt = reader_text(reader, map, "prompt", false);
	column->date_from = reader_text(reader, map, "date_from", false);
	column->max_length = (long)reader_count(reader, map, "max_length", 0);
	column->bar = reader_flag(reader, map, "bar", false);
	column->words = reader_words(reader, map, "words", &column->n_words);
	for (size_t i = 0; i < column->n_words; i++)
		if (template_colour(reader->template, column->words[i]) == -1)
			reader_fail(reader, map->pos,
			    "no colour has the word: %s", column->words[i]);
	read_field(reader, map, &column->field);
}

static void
read_columns(
    struct reader *reader, struct xlsx_sheet *sheet, const struct value *list)
{
	sheet->columns =
	    arena_array(reader->arena, list->n, sizeof(*sheet->columns));
	for (const struct value *p = list->first; p != NULL; p = p->next)
		read_column(reader, p, &sheet->columns[sheet->n_columns++]);
}

/* "cells" of a block: a header, then a text or the keys of a field. */
static struct xlsx_override *
read_overrides(struct reader *reader, const struct xlsx_sheet *sheet,
    const struct value *map)
{
	static const char *const keys[] = { FIELD_KEYS };
	struct xlsx_override *first = NULL;
	struct xlsx_override **out = &first;

	for (const struct value *p = map->first; p != NULL; p = p->next) {
		struct xlsx_override *override;
		int column =
		    p->key != NULL ? template_column(sheet, p->key) : -1;

		if (column == -1) {
			reader_fail(reader, p->pos, "no such column: %s",
			    p->key != NULL ? p->key : "");
			continue;
		}
		override = arena_alloc(reader->arena, sizeof(*override));
		override->column = (size_t)column;
		override->field = sheet->columns[column].field;
		if (p->kind == VALUE_TEXT) {
			override->field.formula = NULL;
			override->field.value =
			    reader_insertions(reader, map, p->key);
		} else if (reader_map(reader, p, keys, READER_N(keys)))
			read_field(reader, p, &override->field);
		*out = override;
		out = &override->next;
	}
	return first;
}

static struct xlsx_block *
read_block(struct reader *reader, const struct xlsx_sheet *sheet,
    const struct value *map)
{
	static const char *const keys[] = { "name", "each", "cells", "repeat",
		"for", "word", "sort", "at_most" };
	struct xlsx_block *block = arena_alloc(reader->arena, sizeof(*block));
	const struct value *cells;
	size_t n;

	if (!reader_map(reader, map, keys, READER_N(keys)))
		return block;
	block->name = reader_text(reader, map, "name", false);
	block->each = reader_path(reader, map, "each");
	block->words = reader_words(reader, map, "for", &n);
	block->repeat =
	    block->words != NULL ? n : reader_count(reader, map, "repeat", 1);
	block->word = reader_path(reader, map, "word");
	block->sort = reader_path(reader, map, "sort");
	block->at_most = reader_count(reader, map, "at_most", 0);
	cells = value_get(map, "cells");
	if (cells != NULL)
		block->overrides = read_overrides(reader, sheet, cells);
	return block;
}

/* Rows are "each: XPATH" on the sheet itself or a list of blocks. */
static void
read_rows(
    struct reader *reader, struct xlsx_sheet *sheet, const struct value *map)
{
	const struct value *rows = value_get(map, "rows");
	struct xlsx_block **out = &sheet->blocks;

	if (value_get(map, "each") != NULL) {
		*out = arena_alloc(reader->arena, sizeof(**out));
		(*out)->each = reader_path(reader, map, "each");
		out = &(*out)->next;
	}
	if (rows != NULL && rows->kind != VALUE_LIST) {
		reader_fail(reader, rows->pos, "rows is a list");
		return;
	}
	for (const struct value *p = rows != NULL ? rows->first : NULL;
	     p != NULL; p = p->next) {
		*out = read_block(reader, sheet, p);
		out = &(*out)->next;
	}
	if (sheet->blocks == NULL && !sheet->is_contents && !sheet->is_lists)
		reader_fail(reader, map->pos, "a sheet has rows or each");
}

static void
read_charts(
    struct reader *reader, struct xlsx_sheet *sheet, const struct value *map)
{
	const struct value *charts = value_get(map, "charts");
	struct xlsx_chart **out = &sheet->charts;

	for (const struct value *p = charts != NULL ? charts->first : NULL;
	     p != NULL; p = p->next) {
		*out = chart_read(reader, sheet, p);
		if (*out != NULL)
			out = &(*out)->next;
	}
}

/* The columns of the sheet of lists are the lists. */
static void
make_list_columns(struct reader *reader, struct xlsx_sheet *sheet)
{
	size_t n = 0;

	for (const struct xlsx_list *p = reader->template->lists; p != NULL;
	     p = p->next)
		n++;
	sheet->columns = arena_array(reader->arena, n, sizeof(*sheet->columns));
	for (const struct xlsx_list *p = reader->template->lists; p != NULL;
	     p = p->next) {
		struct xlsx_column *column =
		    &sheet->columns[sheet->n_columns++];

		column->header = p->header;
		column->width = 28;
		column->field.empty = "None";
	}
}

/* How many columns are printed; SIZE_MAX, all of them, where it is not said. */
static size_t
read_print(struct reader *reader, const struct value *map)
{
	const char *digits = reader_text(reader, map, "print", false);
	unsigned long long n;

	if (digits == NULL)
		return SIZE_MAX;
	if (num_read_count(digits, strlen(digits), &n) && n > 0)
		return (size_t)n;
	reader_fail(reader, map->pos, "print is a number of columns");
	return SIZE_MAX;
}

struct xlsx_sheet *
sheet_read(struct reader *reader, const struct value *map)
{
	static const char *const keys[] = { "name", "table", "when", "title",
		"note", "holds", "paper", "print", "contents", "lists",
		"freeze", "empty", "columns", "each", "rows", "charts" };
	static const char *const papers[] = { "a4", "a3" };
	struct xlsx_sheet *sheet;
	const struct value *columns;

	if (!reader_map(reader, map, keys, READER_N(keys)))
		return NULL;
	sheet = arena_alloc(reader->arena, sizeof(*sheet));
	sheet->pos = map->pos;
	sheet->name = reader_text(reader, map, "name", true);
	sheet->table = reader_text(reader, map, "table", true);
	if (sheet->name == NULL || sheet->table == NULL)
		return NULL;
	sheet->when = reader_path(reader, map, "when");
	sheet->title = reader_insertions(reader, map, "title");
	sheet->note = reader_insertions(reader, map, "note");
	sheet->holds = reader_text(reader, map, "holds", true);
	sheet->paper =
	    papers[reader_word(reader, map, "paper", papers, READER_N(papers))];
	sheet->n_printed = read_print(reader, map);
	sheet->is_contents = reader_flag(reader, map, "contents", false);
	sheet->is_lists = reader_flag(reader, map, "lists", false);
	sheet->freezes = reader_flag(reader, map, "freeze", true);
	sheet->empty = reader_text(reader, map, "empty", false);
	if (sheet->empty == NULL)
		sheet->empty = "None";
	if (sheet->title == NULL || sheet->note == NULL)
		reader_fail(reader, map->pos, "a sheet has title and note");
	columns = value_get(map, "columns");
	if (sheet->is_lists)
		make_list_columns(reader, sheet);
	else if (columns != NULL && columns->kind == VALUE_LIST)
		read_columns(reader, sheet, columns);
	if (sheet->n_columns == 0)
		reader_fail(reader, map->pos, "a sheet has columns");
	read_rows(reader, sheet, map);
	read_charts(reader, sheet, map);
	return sheet;
}
