#include <string.h>

#include "measure/import_shape.h"

/*
 * Data frames as JSON, MetricFrame.by_group.to_json() of fairlearn: by group,
 * orient="index", {group: {metric: value}}, or by metric, as pandas does when
 * nobody says.  The name of the attribute is not in it.
 */

static const char unnamed[] = "to_json() leaves the name of the attribute out; "
			      "export with to_csv()";

static bool
is_figure(const char *name)
{
	return import_is_rows(name) || metric_find(name, strlen(name)) != NULL;
}

/* Whether a value is a map of scalars; has_figure: with a figure's name. */
static bool
is_row(const struct value *value, bool *has_figure)
{
	if (value->kind != VALUE_MAP || value->n == 0)
		return false;
	for (const struct value *v = value->first; v != NULL; v = v->next) {
		if (v->kind == VALUE_MAP || v->kind == VALUE_LIST)
			return false;
		*has_figure = *has_figure || is_figure(v->key);
	}
	return true;
}

/* Whether it is a map of such maps, which has one at least. */
static bool
is_frame(const struct value *tree, bool *has_figure)
{
	if (tree == NULL || tree->kind != VALUE_MAP || tree->n == 0)
		return false;
	for (const struct value *v = tree->first; v != NULL; v = v->next)
		if (!is_row(v, has_figure))
			return false;
	return true;
}

bool
import_fits_columns(const struct import_input *in)
{
	bool any = false;

	if (!is_frame(in->tree, &any))
		return false;
	for (const struct value *v = in->tree->first; v != NULL; v = v->next)
		if (!is_figure(v->key))
			return false;
	return true;
}

bool
import_fits_index(const struct import_input *in)
{
	bool has_figure = false;

	return is_frame(in->tree, &has_figure) && has_figure;
}

/* A figure under its name; one that nobody knows is reported. */
static void
take(struct sheet *sheet, const char *group, const char *metric,
    const struct value *value)
{
	const struct import_text text = import_scalar(value);
	const struct import_text name = { metric, value->key_pos };

	if (is_figure(metric))
		import_state(sheet,
		    sheet_group(sheet, "group", group, value->pos), metric,
		    &text);
	else
		sheet_bad(sheet, DIAG_METRIC_UNKNOWN, &name,
		    "the number is left out");
}

int
import_read_index(struct sheet *sheet, const struct import_input *in)
{
	import_unnamed(sheet, in->tree->pos, unnamed);
	for (const struct value *v = in->tree->first; v != NULL; v = v->next)
		for (const struct value *w = v->first; w != NULL; w = w->next)
			take(sheet, v->key, w->key, w);
	return 0;
}

int
import_read_columns(struct sheet *sheet, const struct import_input *in)
{
	import_unnamed(sheet, in->tree->pos, unnamed);
	for (const struct value *v = in->tree->first; v != NULL; v = v->next)
		for (const struct value *w = v->first; w != NULL; w = w->next)
			take(sheet, w->key, v->key, w);
	return 0;
}
