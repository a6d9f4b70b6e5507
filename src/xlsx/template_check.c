#include <string.h>

#include "xlsx/formula.h"
#include "xlsx/parts.h"

static bool
is_list(const struct xlsx_template *template, const char *name)
{
	const struct xlsx_list *list = template->lists;

	while (list != NULL && strcmp(list->name, name) != 0)
		list = list->next;
	return list != NULL;
}

static bool
is_named(const struct xlsx_template *template, const char *name)
{
	const struct xlsx_named *named = template->names;

	while (named != NULL && strcmp(named->name, name) != 0)
		named = named->next;
	return named != NULL;
}

static void
check_formula(
    struct reader *reader, const struct xlsx_sheet *sheet, const char *formula)
{
	struct formula_name name;
	const char *at = formula;
	int more;

	while ((more = formula_next(&at, NULL, &name)) == 1) {
		const struct xlsx_sheet *of = name.table[0] == '\0' ?
		    sheet :
		    template_table(reader->template, name.table);

		if (of == NULL || template_column(of, name.header) == -1)
			reader_fail(reader, sheet->pos,
			    "formula of sheet %s names no column: %s%s%s",
			    sheet->name, name.table,
			    name.table[0] != '\0' ? " " : "", name.header);
	}
	if (more == -1)
		reader_fail(reader, sheet->pos,
		    "formula of sheet %s is not well-formed: %s", sheet->name,
		    formula);
}

static void
check_field(struct reader *reader, const struct xlsx_sheet *sheet,
    const struct xlsx_field *field)
{
	if (field->formula != NULL)
		check_formula(reader, sheet, field->formula);
	if (field->link_sheet != NULL) {
		const struct xlsx_sheet *to =
		    template_sheet(reader->template, field->link_sheet);

		if (to == NULL ||
		    (field->link_column != NULL &&
			template_column(to, field->link_column) == -1))
			reader_fail(reader, sheet->pos,
			    "link of sheet %s leads nowhere: %s %s",
			    sheet->name, field->link_sheet,
			    field->link_column != NULL ? field->link_column :
							 "");
	}
}

static void
check_column(struct reader *reader, const struct xlsx_sheet *sheet,
    const struct xlsx_column *column)
{
	check_field(reader, sheet, &column->field);
	if (column->header != NULL &&
	    template_column(sheet, column->header) !=
		(int)(column - sheet->columns))
		reader_fail(reader, sheet->pos,
		    "sheet %s has the column \"%s\" twice", sheet->name,
		    column->header);
	if (column->header != NULL && strlen(column->header) > XLSX_HEADER_MAX)
		reader_fail(reader, sheet->pos, "header is too long: %s",
		    column->header);
	if (column->list != NULL && !is_list(reader->template, column->list))
		reader_fail(
		    reader, sheet->pos, "no such list: %s", column->list);
	if (column->date_from != NULL &&
	    !is_named(reader->template, column->date_from))
		reader_fail(reader, sheet->pos, "no such defined name: %s",
		    column->date_from);
	if (column->prompt != NULL && strlen(column->prompt) > XLSX_HEADER_MAX)
		reader_fail(reader, sheet->pos, "prompt is too long: %s",
		    column->prompt);
}

static const struct xlsx_block *
find_block(const struct xlsx_sheet *sheet, const char *name)
{
	const struct xlsx_block *block = sheet->blocks;

	while (block != NULL &&
	    (block->name == NULL || strcmp(block->name, name) != 0))
		block = block->next;
	return block;
}

/* A name with blanks or over 31 characters is no sheet name of ours. */
static void
check_name(struct reader *reader, const struct xlsx_sheet *sheet)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

	if (sheet->name[0] == '\0' || strlen(sheet->name) > 24 ||
	    sheet->name[strspn(sheet->name, letters)] != '\0')
		reader_fail(reader, sheet->pos,
		    "a sheet's name has letters and digits, at most 24: %s",
		    sheet->name);
	if (strncmp(sheet->table, "tbl", 3) != 0 || strlen(sheet->table) > 32 ||
	    sheet->table[strspn(sheet->table, letters)] != '\0')
		reader_fail(reader, sheet->pos,
		    "a table's name is \"tbl\" and letters: %s", sheet->table);
	for (const struct xlsx_sheet *p = reader->template->sheets; p != sheet;
	     p = p->next)
		if (strcmp(p->name, sheet->name) == 0 &&
		    (p->when == NULL || sheet->when == NULL))
			reader_fail(reader, sheet->pos,
			    "sheet %s stands twice without a condition",
			    sheet->name);
}

static void
check_sheet(struct reader *reader, const struct xlsx_sheet *sheet)
{
	check_name(reader, sheet);
	for (size_t i = 0; i < sheet->n_columns; i++)
		check_column(reader, sheet, &sheet->columns[i]);
	for (const struct xlsx_block *block = sheet->blocks; block != NULL;
	     block = block->next)
		for (const struct xlsx_override *p = block->overrides;
		     p != NULL; p = p->next)
			check_field(reader, sheet, &p->field);
	for (const struct xlsx_chart *chart = sheet->charts; chart != NULL;
	     chart = chart->next)
		if (chart->block != NULL &&
		    find_block(sheet, chart->block) == NULL)
			reader_fail(reader, sheet->pos, "no such block: %s",
			    chart->block);
}

void
template_check(struct reader *reader)
{
	const struct xlsx_template *template = reader->template;

	for (const struct xlsx_sheet *sheet = template->sheets; sheet != NULL;
	     sheet = sheet->next)
		check_sheet(reader, sheet);
	for (const struct xlsx_named *named = template->names; named != NULL;
	     named = named->next) {
		const struct xlsx_sheet *sheet = named->sheet != NULL ?
		    template_sheet(template, named->sheet) :
		    NULL;

		if (sheet != NULL && named->block != NULL &&
		    find_block(sheet, named->block) == NULL)
			reader_fail(reader, sheet->pos, "no such block: %s",
			    named->block);
	}
}
