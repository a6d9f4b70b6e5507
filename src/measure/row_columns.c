#include "measure/row_columns.h"

#include <string.h>

#include "base/near.h"
#include "base/num.h"

/* Report a column that the file does not have. */
static void
report_column(const struct rows *r, const char *name)
{
	const struct csv_row *header = scan_header(r->scan);
	const char **names = arena_array(r->arena, header->n, sizeof(names[0]));

	for (size_t i = 0; i < header->n; i++)
		names[i] = arena_dup(
		    r->arena, header->fields[i].p, header->fields[i].n);
	diag_add(r->complaints.diags, DIAG_CSV_COLUMN,
	    (struct pos){ r->name, 1, 1 }, "\"%s\"%s", name,
	    near_advice(r->arena, name, names, header->n));
}

/* Find a column that may be left out by the caller, not by the file. */
static int
find_column(const struct rows *r, const char *name, int *out)
{
	*out = ROWS_NO_COLUMN;
	if (name == NULL)
		return 0;
	*out = scan_column(r->scan, name);
	if (*out != -1)
		return 0;
	report_column(r, name);
	return -1;
}

static int
find_roles(struct rows *r)
{
	const struct prediction_columns *columns = r->columns;
	int rc = find_column(r, columns->label, &r->label);

	if (find_column(r, columns->prediction, &r->prediction) == -1)
		rc = -1;
	if (find_column(r, columns->weight, &r->weight) == -1)
		rc = -1;
	if (find_column(r, columns->score, &r->score) == -1)
		rc = -1;
	if (find_column(r, columns->count, &r->count) == -1)
		rc = -1;
	if (find_column(r, columns->square, &r->square) == -1)
		rc = -1;
	return rc;
}

/* Cut the next name off a joined attribute: "sex * race" */
static const char *
next_part(struct rows *r, const char **p)
{
	size_t n = strcspn(*p, "*");
	const char *start = *p + strspn(*p, " ");
	const char *end = *p + n;

	*p = *end == '*' ? end + 1 : NULL;
	while (end > start && end[-1] == ' ')
		end--;
	return arena_dup(
	    r->arena, start, end > start ? (size_t)(end - start) : 0);
}

static int
report_join(const struct rows *r, const char *attribute)
{
	diag_add(r->complaints.diags, DIAG_CSV_LIMIT,
	    (struct pos){ r->name, 1, 1 },
	    "\"%s\" must be the names of 1 to %d different columns, joined "
	    "by \"*\"",
	    attribute, WITHHOLD_COLUMNS);
	return -1;
}

/* Split an attribute into columns of the tally; -1 when it cannot be. */
static int
split_attribute(struct rows *r, const char *attribute,
    uint32_t columns[WITHHOLD_COLUMNS], size_t *n)
{
	const char *p = attribute;

	*n = 0;
	if (scan_column(r->scan, attribute) != -1) {
		columns[(*n)++] =
		    tally_column(&r->tally, arena_str(r->arena, attribute));
		return 0;
	}
	while (p != NULL) {
		const char *name = next_part(r, &p);

		if (name[0] == '\0' || *n == WITHHOLD_COLUMNS)
			return report_join(r, attribute);
		if (scan_column(r->scan, name) == -1) {
			report_column(r, name);
			return -1;
		}
		columns[*n] = tally_column(&r->tally, name);
		for (size_t i = 0; i < *n; i++)
			if (columns[i] == columns[*n])
				return report_join(r, attribute);
		(*n)++;
	}
	return 0;
}

/* Add a table for each attribute; one asked for twice is made once. */
static int
add_tables(struct rows *r)
{
	const struct prediction_columns *c = r->columns;
	uint32_t columns[WITHHOLD_COLUMNS];
	int *attribute;
	int rc = 0;
	size_t n;

	for (size_t i = 0; i < c->n_attributes; i++) {
		size_t k = 0;

		while (strcmp(c->attributes[k], c->attributes[i]) != 0)
			k++;
		if (k < i)
			continue;
		if (split_attribute(r, c->attributes[i], columns, &n) == -1)
			rc = -1;
		else
			tally_table(&r->tally,
			    arena_str(r->arena, c->attributes[i]), columns, n);
	}
	attribute =
	    arena_array(r->arena, r->tally.n_columns, sizeof(attribute[0]));
	for (size_t i = 0; i < r->tally.n_columns; i++)
		attribute[i] = scan_column(r->scan, r->tally.columns[i].name);
	r->attribute = attribute;
	return rc;
}

/* Read the edges of bins: the arena's, or NULL when they do not ascend. */
static const double *
read_edges(const struct rows *r, const struct prediction_bins *bins)
{
	double *edges = arena_array(r->arena, bins->n, sizeof(edges[0]));

	for (size_t i = 0; i < bins->n; i++)
		if (!num_read(
			bins->edges[i], strlen(bins->edges[i]), &edges[i]) ||
		    (i > 0 && edges[i] <= edges[i - 1]))
			return NULL;
	return bins->n > 0 ? edges : NULL;
}

/* Note what is asked for the values of each column of the tally. */
static int
find_bins(struct rows *r)
{
	const struct prediction_columns *c = r->columns;

	r->asked =
	    arena_array(r->arena, r->tally.n_columns, sizeof(r->asked[0]));
	for (uint32_t i = 0; i < r->tally.n_columns; i++) {
		struct row_asked *asked = &r->asked[i];

		*asked = (struct row_asked){ .rows = r, .column = i };
		for (size_t k = 0; k < c->n_bins; k++)
			if (strcmp(c->bins[k].column,
				r->tally.columns[i].name) == 0)
				asked->bins = &c->bins[k];
		if (asked->bins == NULL)
			continue;
		asked->edges = read_edges(r, asked->bins);
		if (asked->edges != NULL)
			continue;
		diag_add(r->complaints.diags, DIAG_CSV_LIMIT,
		    (struct pos){ r->name, 1, 1 },
		    "the edges of the bins of \"%s\" must be numbers that "
		    "ascend",
		    asked->bins->column);
		return -1;
	}
	return 0;
}

int
row_columns_find(struct rows *r)
{
	if (find_roles(r) == -1 || add_tables(r) == -1)
		return -1;
	return find_bins(r);
}
