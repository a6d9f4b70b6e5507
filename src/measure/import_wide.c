#include <string.h>

#include "measure/import_shape.h"

/*
 * A table with a row for each group: MetricFrame.by_group of fairlearn, whose
 * columns are one or more attributes and then metrics, or a table of one's own
 * with the columns group, or attribute and group.
 *
 * A control feature comes first in the former and cannot be told from an
 * attribute: the rows are groups of the intersection.  Combinations that never
 * occur are rows without any number; they are no groups.
 *
 * The first column has no name when the index of the frame has none; it is
 * left out when there are other names of groups behind it.  Without any column
 * of names (index=False) there is nothing to read.
 */

enum column {
	COLUMN_KEY,
	COLUMN_VARIANT,
	COLUMN_FIGURE,
	COLUMN_INDEX, /* the numbers that pandas gives rows */
	COLUMN_OTHER
};

enum { MOST_KEYS = 64 };

struct layout {
	const struct import_input *in;
	int attribute, group; /* columns of names, or -1 */
	size_t keys[MOST_KEYS];
	size_t n_keys;
};

static bool
is_figure(const char *name)
{
	return import_is_rows(name) ||
	    metric_find(name, strlen(name)) != NULL ||
	    strchr(name, '[') != NULL;
}

static bool
is_variant(const char *name)
{
	return strcmp(name, "period") == 0 || strcmp(name, "data_set") == 0;
}

/* What a column holds; keys stand before the first figure. */
static enum column
column_of(const struct layout *l, size_t column, bool has_figure)
{
	const char *name = import_cell(l->in, 0, column)->text;

	if (is_variant(name))
		return COLUMN_VARIANT;
	if (l->group != -1) {
		if ((int)column == l->group || (int)column == l->attribute)
			return COLUMN_KEY;
		return is_figure(name) ? COLUMN_FIGURE : COLUMN_OTHER;
	}
	if (column == 0 && *name == '\0' && l->in->n_columns > 1 &&
	    !is_figure(import_cell(l->in, 0, 1)->text))
		return COLUMN_INDEX;
	if (column == 0 && !is_figure(name))
		return COLUMN_KEY;
	if (is_figure(name))
		return COLUMN_FIGURE;
	return has_figure ? COLUMN_OTHER : COLUMN_KEY;
}

/* Find the keys; how many columns are figures other than rows. */
static size_t
lay_out(struct layout *l, const struct import_input *in)
{
	size_t n = 0, n_rows = 0;

	*l = (struct layout){ .in = in,
		.attribute = import_column(in, "attribute"),
		.group = import_column(in, "group") };
	for (size_t i = 0; i < in->n_columns; i++) {
		enum column column = column_of(l, i, n + n_rows > 0);

		if (column == COLUMN_KEY && l->n_keys < MOST_KEYS)
			l->keys[l->n_keys++] = i;
		if (column != COLUMN_FIGURE)
			continue;
		if (import_is_rows(import_cell(in, 0, i)->text))
			n_rows++;
		else
			n++;
	}
	return n;
}

bool
import_fits_wide(const struct import_input *in)
{
	struct layout l;

	return in->n_rows > 0 && lay_out(&l, in) > 0;
}

/* Whether a row has no number at all. */
static bool
is_blank(const struct layout *l, size_t row)
{
	for (size_t i = 0; i < l->in->n_columns; i++)
		if (column_of(l, i, true) == COLUMN_FIGURE &&
		    *import_cell(l->in, row, i)->text != '\0')
			return false;
	return true;
}

/* The group of a row. */
static struct sheet_group *
group_of(struct sheet *sheet, const struct layout *l, size_t row)
{
	struct import_text heads[MOST_KEYS], cells[MOST_KEYS];
	struct pos pos = import_cell(l->in, row, l->keys[0])->pos;
	const char *attribute = "group";

	if (l->group != -1) {
		const struct import_text *group =
		    import_cell(l->in, row, (size_t)l->group);

		if (l->attribute != -1)
			attribute =
			    import_cell(l->in, row, (size_t)l->attribute)->text;
		if (*attribute == '\0' ||
		    strcmp(group->text, GROUP_OVERALL) == 0)
			return sheet_whole(sheet, pos);
		return sheet_group(sheet, attribute, group->text, group->pos);
	}
	for (size_t i = 0; i < l->n_keys; i++) {
		heads[i] = *import_cell(l->in, 0, l->keys[i]);
		cells[i] = *import_cell(l->in, row, l->keys[i]);
	}
	if (l->n_keys == 1 && strcmp(cells[0].text, GROUP_OVERALL) == 0)
		return sheet_whole(sheet, pos);
	return sheet_group(sheet, import_join(sheet, heads, l->n_keys),
	    import_join(sheet, cells, l->n_keys), pos);
}

static void
take_row(struct sheet *sheet, const struct layout *l, size_t row)
{
	struct sheet_group *group;

	for (size_t i = 0; i < l->in->n_columns; i++)
		if (is_variant(import_cell(l->in, 0, i)->text))
			sheet_variant(sheet, import_cell(l->in, row, i)->text,
			    0, import_cell(l->in, row, i)->pos);
	group = group_of(sheet, l, row);
	for (size_t i = 0; i < l->in->n_columns; i++)
		if (column_of(l, i, true) == COLUMN_FIGURE)
			import_state(sheet, group,
			    import_cell(l->in, 0, i)->text,
			    import_cell(l->in, row, i));
}

/* Names that nobody knows, once each. */
static void
check_columns(struct sheet *sheet, const struct layout *l)
{
	bool has_figure = false;

	for (size_t i = 0; i < l->in->n_columns; i++) {
		const struct import_text *head = import_cell(l->in, 0, i);
		enum column column = column_of(l, i, has_figure);
		const char *near;

		has_figure = has_figure || column == COLUMN_FIGURE;
		if (column != COLUMN_OTHER)
			continue;
		near = metric_near(head->text);
		sheet_bad(sheet, DIAG_METRIC_UNKNOWN, head,
		    near != NULL ? arena_printf(sheet->arena,
				       "did you mean \"%s\"?", near) :
				   "the column is left out");
	}
	if (l->group == -1)
		for (size_t i = 0; i < l->n_keys; i++) {
			const struct import_text *head =
			    import_cell(l->in, 0, l->keys[i]);

			if (*head->text == '\0')
				import_unnamed(sheet, head->pos,
				    "the index of the frame has no name; the "
				    "attribute is taken to be \"group\"");
			if (strncmp(head->text, "sensitive_feature_", 18) == 0)
				import_unnamed(sheet, head->pos,
				    "fairlearn calls an array so; give "
				    "sensitive_features as a Series with a "
				    "name, or as a dict");
		}
}

int
import_read_wide(struct sheet *sheet, const struct import_input *in)
{
	struct layout l;

	sheet->may_weigh = true;
	lay_out(&l, in);
	if (l.n_keys == 0) {
		diag_add(sheet->complaints.diags, DIAG_EXPORT_SHAPE,
		    import_cell(in, 0, 0)->pos,
		    "no column has the names of the groups; export with "
		    "to_csv(path), which writes the index");
		return -1;
	}
	check_columns(sheet, &l);
	for (size_t row = 1; row < in->n_rows; row++)
		if (l.n_keys == 1 || l.group != -1 || !is_blank(&l, row))
			take_row(sheet, &l, row);
	return 0;
}
