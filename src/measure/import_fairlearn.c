#include <string.h>

#include "base/num.h"
#include "measure/import_shape.h"

/* What fairlearn writes beside by_group. */

/* MetricFrame.overall: ",0" and then "metric,value". */
bool
import_fits_overall(const struct import_input *in)
{
	return in->n_rows > 0 && in->n_columns == 2 &&
	    *import_cell(in, 0, 0)->text == '\0' &&
	    strcmp(import_cell(in, 0, 1)->text, "0") == 0;
}

int
import_read_overall(struct sheet *sheet, const struct import_input *in)
{
	struct sheet_group *whole =
	    sheet_whole(sheet, import_cell(in, 0, 0)->pos);

	for (size_t row = 1; row < in->n_rows; row++) {
		const struct import_text *name = import_cell(in, row, 0);

		if (import_is_rows(name->text) ||
		    metric_find(name->text, strlen(name->text)) != NULL)
			import_state(
			    sheet, whole, name->text, import_cell(in, row, 1));
		else
			sheet_bad(sheet, DIAG_METRIC_UNKNOWN, name,
			    "the row is left out");
	}
	return 0;
}

/* Columns of a summary, and how their metrics are named here. */
static const struct {
	const char *column, *suffix;
} summaries[] = {
	{ "difference", "_difference_between_groups" },
	{ "ratio", "_ratio_between_groups" },
	{ "group_min", "_group_min" },
	{ "group_max", "_group_max" },
};

/* The suffix of a column, or NULL. */
static const char *
suffix_of(const char *column)
{
	for (size_t i = 0; i < sizeof(summaries) / sizeof(summaries[0]); i++)
		if (strcmp(column, summaries[i].column) == 0)
			return summaries[i].suffix;
	return NULL;
}

/* A frame of difference(), ratio(), group_min() and group_max(). */
bool
import_fits_summary(const struct import_input *in)
{
	if (in->n_rows == 0 || in->n_columns < 2 ||
	    *import_cell(in, 0, 0)->text != '\0')
		return false;
	for (size_t i = 1; i < in->n_columns; i++)
		if (suffix_of(import_cell(in, 0, i)->text) == NULL)
			return false;
	return true;
}

int
import_read_summary(struct sheet *sheet, const struct import_input *in)
{
	for (size_t row = 1; row < in->n_rows; row++) {
		const char *name = import_cell(in, row, 0)->text;
		const struct metric *metric = metric_find(name, strlen(name));

		for (size_t i = 1; i < in->n_columns; i++)
			sheet_between(sheet, "", "(all groups)",
			    arena_printf(sheet->arena, "%s%s",
				metric != NULL ? metric->name : name,
				suffix_of(import_cell(in, 0, i)->text)),
			    import_cell(in, row, i));
	}
	return 0;
}

/*
 * by_group_ci, a list of frames, joined: a line of quantiles, one of metrics,
 * one with the name of the attribute, and then the groups.
 */
bool
import_fits_quantiles(const struct import_input *in)
{
	double quantile;

	if (in->n_rows < 4 || in->n_columns < 2 ||
	    *import_cell(in, 0, 0)->text != '\0' ||
	    *import_cell(in, 1, 0)->text != '\0' ||
	    *import_cell(in, 2, 0)->text == '\0')
		return false;
	for (size_t i = 1; i < in->n_columns; i++) {
		const char *text = import_cell(in, 0, i)->text;

		if (!num_read(text, strlen(text), &quantile) || quantile < 0 ||
		    quantile > 1 || *import_cell(in, 2, i)->text != '\0')
			return false;
	}
	return true;
}

/* The median is the figure, the rest are quantiles beside it. */
static void
take_quantile(struct sheet *sheet, const struct import_input *in, size_t row,
    size_t column)
{
	const char *attribute = import_cell(in, 2, 0)->text;
	const struct import_text *group = import_cell(in, row, 0);
	const char *name = import_cell(in, 1, column)->text;
	const char *quantile = import_cell(in, 0, column)->text;
	const struct metric *metric = metric_find(name, strlen(name));

	if (strcmp(quantile, "0.5") == 0)
		import_state(sheet,
		    sheet_group(sheet, attribute, group->text, group->pos),
		    name, import_cell(in, row, column));
	else
		sheet_between(sheet, attribute, group->text,
		    arena_printf(sheet->arena, "%s_quantile_%s",
			metric != NULL ? metric->name : name, quantile),
		    import_cell(in, row, column));
}

int
import_read_quantiles(struct sheet *sheet, const struct import_input *in)
{
	for (size_t row = 3; row < in->n_rows; row++)
		for (size_t i = 1; i < in->n_columns; i++)
			take_quantile(sheet, in, row, i);
	return 0;
}
