#include "xlsx/template.h"

#include <string.h>

int
template_column(const struct xlsx_sheet *sheet, const char *header)
{
	for (size_t i = 0; i < sheet->n_columns; i++)
		if (sheet->columns[i].header != NULL &&
		    strcmp(sheet->columns[i].header, header) == 0)
			return (int)i;
	return -1;
}

int
template_colour(const struct xlsx_template *template, const char *word)
{
	int index = 0;

	for (const struct xlsx_palette *p = template->palette; p != NULL;
	     p = p->next, index++)
		for (size_t i = 0; i < p->n_words; i++)
			if (strcmp(p->words[i], word) == 0)
				return index;
	return -1;
}

const struct xlsx_sheet *
template_sheet(const struct xlsx_template *template, const char *name)
{
	const struct xlsx_sheet *sheet = template->sheets;

	while (sheet != NULL && strcmp(sheet->name, name) != 0)
		sheet = sheet->next;
	return sheet;
}

const struct xlsx_sheet *
template_table(const struct xlsx_template *template, const char *table)
{
	const struct xlsx_sheet *sheet = template->sheets;

	while (sheet != NULL && strcmp(sheet->table, table) != 0)
		sheet = sheet->next;
	return sheet;
}
