#include "measure/import_shape.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

bool
import_is_rows(const char *name)
{
	static const char *const names[] = { "count", "n", "rows", "n_rows",
		"size", "support", "group_size", "example_count" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (strcasecmp(name, names[i]) == 0)
			return true;
	return false;
}

enum cell
import_cell_of(const struct metric *metric)
{
	static const struct {
		const char *name;
		enum cell cell;
	} cells[] = { { "true_positives", CELL_TP },
		{ "false_positives", CELL_FP }, { "false_negatives", CELL_FN },
		{ "true_negatives", CELL_TN } };

	for (size_t i = 0; i < COUNT(cells); i++)
		if (strcmp(metric->name, cells[i].name) == 0)
			return cells[i].cell;
	return CELL_COUNT;
}

enum binary
import_binary(const char *text)
{
	static const char *const words[][5] = {
		[BINARY_NO] = { "0", "0.0", "false", "no", "negative" },
		[BINARY_YES] = { "1", "1.0", "true", "yes", "positive" },
	};

	for (size_t i = 0; i < COUNT(words[0]); i++) {
		if (strcasecmp(text, words[BINARY_NO][i]) == 0)
			return BINARY_NO;
		if (strcasecmp(text, words[BINARY_YES][i]) == 0)
			return BINARY_YES;
	}
	return BINARY_MISSING;
}

enum binary
import_class(const struct import_input *in, const char *text)
{
	if (in->positive == NULL)
		return import_binary(text);
	return strcmp(text, in->positive) == 0 ? BINARY_YES : BINARY_NO;
}

const char *
import_join(struct sheet *sheet, const struct import_text names[], size_t n)
{
	struct text joined = { 0 };
	const char *result;

	if (n == 1)
		return names[0].text;
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			text_putc(&joined, '*');
		if (*names[i].text == '\0')
			text_puts(&joined, GROUP_MISSING);
		for (const char *p = names[i].text; *p != '\0'; p++) {
			if (*p == '*' || *p == '\\')
				text_putc(&joined, '\\');
			text_putc(&joined, *p);
		}
	}
	result = arena_str(sheet->arena, text_str(&joined));
	text_free(&joined);
	return result;
}

void
import_state(struct sheet *sheet, struct sheet_group *group, const char *name,
    const struct import_text *text)
{
	const struct metric *metric;
	enum cell cell;

	if (import_is_rows(name)) {
		sheet_rows(sheet, group, text);
		return;
	}
	metric = metric_resolve(sheet->arena, name, strlen(name), NULL);
	if (metric == NULL)
		return;
	cell = import_cell_of(metric);
	if (cell != CELL_COUNT)
		sheet_count(sheet, group, cell, text);
	else
		sheet_figure(sheet, group, metric, text);
}

void
import_unnamed(struct sheet *sheet, struct pos pos, const char *advice)
{
	diag_add(sheet->complaints.diags, DIAG_EXPORT_NAME, pos, "%s", advice);
}
