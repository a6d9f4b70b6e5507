#include "xlsx/load.h"

#include <string.h>

#include "xlsx/parts.h"

static void
read_named(struct reader *reader, const struct value *root, const char *key,
    struct xlsx_named **out)
{
	const struct value *map = value_get(root, key);

	if (map == NULL)
		return;
	if (map->kind != VALUE_MAP) {
		reader_fail(reader, map->pos, "%s is a map", key);
		return;
	}
	for (const struct value *p = map->first; p != NULL; p = p->next) {
		struct xlsx_named *named =
		    arena_alloc(reader->arena, sizeof(*named));

		named->name = p->key;
		named->value = reader_insertions(reader, map, p->key);
		*out = named;
		out = &named->next;
	}
}

static void
read_properties(struct reader *reader, const struct value *root)
{
	static const char *const keys[] = { "title", "subject", "author",
		"company", "category", "keywords", "comments", "status",
		"created" };
	const struct value *map = value_get(root, "properties");

	if (map == NULL || !reader_map(reader, map, keys, READER_N(keys)))
		return;
	read_named(reader, root, "properties", &reader->template->properties);
}

static void
read_names(struct reader *reader, const struct value *root)
{
	static const char *const keys[] = { "sheet", "block", "column" };
	const struct value *map = value_get(root, "names");
	struct xlsx_named **out = &reader->template->names;

	for (const struct value *p = map != NULL ? map->first : NULL; p != NULL;
	     p = p->next) {
		struct xlsx_named *named;

		if (!reader_map(reader, p, keys, READER_N(keys)))
			continue;
		named = arena_alloc(reader->arena, sizeof(*named));
		named->name = p->key;
		named->sheet = reader_text(reader, p, "sheet", true);
		named->block = reader_text(reader, p, "block", true);
		named->column = -1;
		if (named->sheet != NULL && named->block != NULL) {
			const struct xlsx_sheet *sheet =
			    template_sheet(reader->template, named->sheet);
			const char *header =
			    reader_text(reader, p, "column", true);

			if (sheet != NULL && header != NULL)
				named->column = template_column(sheet, header);
			if (named->column == -1)
				reader_fail(
				    reader, p->pos, "no such sheet and column");
		}
		*out = named;
		out = &named->next;
	}
}

static void
read_palette(struct reader *reader, const struct value *root)
{
	static const char *const keys[] = { "text", "fill", "bold", "words" };
	const struct value *map = value_get(root, "palette");
	struct xlsx_palette **out = &reader->template->palette;

	if (map != NULL && map->n > XLSX_COLOURS)
		reader_fail(
		    reader, map->pos, "at most %d colours", XLSX_COLOURS);
	for (const struct value *p = map != NULL ? map->first : NULL; p != NULL;
	     p = p->next) {
		struct xlsx_palette *palette;

		if (!reader_map(reader, p, keys, READER_N(keys)))
			continue;
		palette = arena_alloc(reader->arena, sizeof(*palette));
		palette->text = reader_colour(reader, p, "text", 0);
		palette->fill = reader_colour(reader, p, "fill", 0xffffff);
		palette->bold = reader_flag(reader, p, "bold", false);
		palette->words =
		    reader_words(reader, p, "words", &palette->n_words);
		*out = palette;
		out = &palette->next;
	}
}

static void
read_lists(struct reader *reader, const struct value *root)
{
	static const char *const keys[] = { "header", "words", "each",
		"value" };
	const struct value *map = value_get(root, "lists");
	struct xlsx_list **out = &reader->template->lists;

	for (const struct value *p = map != NULL ? map->first : NULL; p != NULL;
	     p = p->next) {
		struct xlsx_list *list;

		if (!reader_map(reader, p, keys, READER_N(keys)))
			continue;
		list = arena_alloc(reader->arena, sizeof(*list));
		list->name = p->key;
		list->header = reader_text(reader, p, "header", true);
		list->words = reader_words(reader, p, "words", &list->n_words);
		list->each = reader_path(reader, p, "each");
		list->value = reader_path(reader, p, "value");
		if ((list->each == NULL) != (list->value == NULL))
			reader_fail(reader, p->pos,
			    "each and value stand together or not at all");
		if (list->n_words == 0)
			reader_fail(reader, p->pos, "a list has words");
		*out = list;
		out = &list->next;
	}
}

static void
read_sheets(struct reader *reader, const struct value *root)
{
	const struct value *list = value_get(root, "sheets");
	struct xlsx_sheet **out = &reader->template->sheets;

	if (list == NULL || list->kind != VALUE_LIST || list->n == 0) {
		reader_fail(reader, root->pos, "a workbook has sheets");
		return;
	}
	for (const struct value *p = list->first; p != NULL; p = p->next) {
		*out = sheet_read(reader, p);
		if (*out != NULL)
			out = &(*out)->next;
	}
}

struct xlsx_template *
template_read(struct arena *arena, const struct value *root,
    const struct xlsx_names *names, struct diag_list *diags)
{
	static const char *const keys[] = { "version", "properties", "custom",
		"names", "palette", "lists", "sheets", "rows_a_sheet",
		"stream_above" };
	struct xlsx_template *template = arena_alloc(arena, sizeof(*template));
	struct reader reader = {
		.arena = arena, .template = template, .diags = diags
	};

	template->set.arena = arena;
	template->set.names = names;
	template->name = root->pos.file;
	if (!reader_map(&reader, root, keys, READER_N(keys)))
		return NULL;
	reader_text(&reader, root, "version", true);
	template->sheet_rows =
	    reader_count(&reader, root, "rows_a_sheet", XLSX_SHEET_ROWS);
	template->stream_rows =
	    reader_count(&reader, root, "stream_above", XLSX_STREAM_ROWS);
	if (template->sheet_rows == 0 || template->sheet_rows > XLSX_SHEET_ROWS)
		reader_fail(&reader, root->pos,
		    "rows_a_sheet lies between 1 and %d", XLSX_SHEET_ROWS);
	read_properties(&reader, root);
	read_named(&reader, root, "custom", &template->custom);
	read_palette(&reader, root);
	read_lists(&reader, root);
	read_sheets(&reader, root);
	read_names(&reader, root);
	template_check(&reader);
	template->set.names = NULL; /* the caller's */
	if (!reader.failed)
		return template;
	expr_free(&template->set);
	return NULL;
}
