#include "measure/predictions.h"

#include <string.h>

#include "base/near.h"
#include "base/num.h"
#include "measure/complaints.h"
#include "measure/tally.h"
#include "measure/withhold.h"
#include "read/csv.h"

enum { NO_COLUMN = -1 };

struct reader {
	struct arena *arena;
	const char *name; /* of the source, in the arena */
	struct csv *csv;
	const struct prediction_columns *columns;
	struct complaints complaints;
	int label, prediction, score, weight; /* columns, or NO_COLUMN */
	const char *negative; /* given or learnt, for a custom positive */
	bool is_ambiguous;    /* a third value: which one is negative? */
	struct tally tally;
	const int *attribute; /* column of the file, for each of the tally */
};

/* Columns. */

/* Report a column that the file does not have. */
static void
report_column(const struct reader *r, const char *name)
{
	const struct csv_row *header = csv_header(r->csv);
	const char **names = arena_array(r->arena, header->n, sizeof(names[0]));
	const char *near;

	for (size_t i = 0; i < header->n; i++)
		names[i] = arena_dup(
		    r->arena, header->fields[i].p, header->fields[i].n);
	near = near_word(name, names, header->n);
	diag_add(r->complaints.diags, DIAG_CSV_COLUMN,
	    (struct pos){ r->name, 1, 1 },
	    near != NULL ? "\"%s\"; did you mean \"%s\"?" : "\"%s\"", name,
	    near);
}

/* Find a column that may be left out by the caller, not by the file. */
static int
find_column(const struct reader *r, const char *name, int *out)
{
	*out = NO_COLUMN;
	if (name == NULL)
		return 0;
	*out = csv_column(r->csv, name);
	if (*out != -1)
		return 0;
	report_column(r, name);
	return -1;
}

static int
find_columns(struct reader *r)
{
	const struct prediction_columns *columns = r->columns;
	int rc = find_column(r, columns->label, &r->label);

	if (find_column(r, columns->prediction, &r->prediction) == -1)
		rc = -1;
	if (find_column(r, columns->weight, &r->weight) == -1)
		rc = -1;
	if (find_column(r, columns->score, &r->score) == -1)
		rc = -1;
	if (r->prediction != NO_COLUMN)
		r->score = NO_COLUMN;
	return rc;
}

/* Cut the next name off a joined attribute: "sex * race" */
static const char *
next_part(struct reader *r, const char **p)
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
report_join(const struct reader *r, const char *attribute)
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
split_attribute(struct reader *r, const char *attribute,
    uint32_t columns[WITHHOLD_COLUMNS], size_t *n)
{
	const char *p = attribute;

	*n = 0;
	if (csv_column(r->csv, attribute) != -1) {
		columns[(*n)++] =
		    tally_column(&r->tally, arena_str(r->arena, attribute));
		return 0;
	}
	while (p != NULL) {
		const char *name = next_part(r, &p);

		if (name[0] == '\0' || *n == WITHHOLD_COLUMNS)
			return report_join(r, attribute);
		if (csv_column(r->csv, name) == -1) {
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
add_tables(struct reader *r)
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
		attribute[i] = csv_column(r->csv, r->tally.columns[i].name);
	r->attribute = attribute;
	return rc;
}

/* Cells. */

static struct pos
field_pos(const struct reader *r, const struct csv_field *field)
{
	return (struct pos){ r->name, field->line, field->column };
}

static const char *
column_name(const struct reader *r, int column)
{
	const struct csv_field *name = &csv_header(r->csv)->fields[column];

	return arena_dup(r->arena, name->p, name->n);
}

/* Report a cell, with what is allowed there. */
static int
bad_cell(struct reader *r, int column, const struct csv_field *field,
    enum diag_id id, const char *allowed)
{
	struct pos pos = field_pos(r, field);

	if (complaint(&r->complaints, id, pos))
		diag_add(r->complaints.diags, id, pos,
		    "\"%.*s\" in column \"%s\": %s",
		    complaint_length(field->p, field->n), field->p,
		    column_name(r, column), allowed);
	return -1;
}

static bool
is_text(const struct csv_field *field, const char *s)
{
	return strlen(s) == field->n && memcmp(field->p, s, field->n) == 0;
}

/* Whether a field is one of n words, whatever their case. */
static bool
is_word(const struct csv_field *field, const char *const words[], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;

		if (strlen(words[i]) != field->n)
			continue;
		while (k < field->n &&
		    (field->p[k] |
			(field->p[k] >= 'A' && field->p[k] <= 'Z' ? 0x20 :
								    0)) ==
			words[i][k])
			k++;
		if (k == field->n)
			return true;
	}
	return false;
}

static bool
is_missing(const struct csv_field *field)
{
	static const char *const words[] = { "NA", "N/A", "NaN", "nan", "null",
		"None" };

	if (field->n == 0)
		return true;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (is_text(field, words[i]))
			return true;
	return false;
}

/* An answer in the words of everybody; BINARY_COUNT when it is none. */
static enum binary
common_answer(const struct csv_field *field)
{
	static const char *const yes[] = { "1.0", "true", "yes" };
	static const char *const no[] = { "0.0", "false", "no" };

	if (field->n == 1 && (field->p[0] == '0' || field->p[0] == '1'))
		return field->p[0] == '1' ? BINARY_YES : BINARY_NO;
	if (is_missing(field))
		return BINARY_MISSING;
	if (is_word(field, yes, sizeof(yes) / sizeof(yes[0])))
		return BINARY_YES;
	if (is_word(field, no, sizeof(no) / sizeof(no[0])))
		return BINARY_NO;
	return BINARY_COUNT;
}

/* An answer in the words of this file. */
static enum binary
own_answer(struct reader *r, const struct csv_field *field)
{
	if (is_text(field, r->columns->positive))
		return BINARY_YES;
	if (r->negative != NULL && is_text(field, r->negative))
		return BINARY_NO;
	if (is_missing(field))
		return BINARY_MISSING;
	if (r->negative != NULL)
		return BINARY_COUNT;
	r->negative = arena_dup(r->arena, field->p, field->n);
	return BINARY_NO;
}

/* Read a label or prediction; 0, or -1 when it is neither. */
static int
read_answer(
    struct reader *r, int column, const struct csv_row *row, enum binary *out)
{
	const struct csv_field *field;
	const char *allowed = "write 1 (1.0, true, yes) or 0 (0.0, false, no), "
			      "or leave it empty";

	*out = BINARY_MISSING;
	if (column == NO_COLUMN)
		return 0;
	field = &row->fields[column];
	*out = r->columns->positive != NULL ? own_answer(r, field) :
					      common_answer(field);
	if (*out != BINARY_COUNT)
		return 0;
	if (r->columns->positive != NULL)
		allowed = arena_printf(r->arena,
		    "write \"%s\" or \"%s\", or leave it empty",
		    r->columns->positive, r->negative);
	if (r->columns->positive != NULL && r->columns->negative == NULL)
		r->is_ambiguous = true;
	return bad_cell(r, column, field, DIAG_CSV_VALUE, allowed);
}

/* Read a score and compare it with the threshold. */
static int
read_score(struct reader *r, const struct csv_row *row, enum binary *out)
{
	const struct csv_field *field = &row->fields[r->score];
	double score;

	if (is_missing(field))
		return 0;
	if (!num_read(field->p, field->n, &score))
		return bad_cell(r, r->score, field, DIAG_CSV_NUMBER,
		    "write a decimal number, such as 0.73, or leave it empty");
	*out = score >= r->columns->threshold ? BINARY_YES : BINARY_NO;
	return 0;
}

static int
read_weight(struct reader *r, const struct csv_row *row, double *out)
{
	const struct csv_field *field;

	if (r->weight == NO_COLUMN)
		return 0;
	field = &row->fields[r->weight];
	if (num_read(field->p, field->n, out) &&
	    (*out == 0 ||
		(*out >= COUNTS_WEIGHT_LEAST && *out <= COUNTS_WEIGHT_MOST)))
		return 0;
	return bad_cell(r, r->weight, field, DIAG_CSV_NUMBER,
	    "a weight is 0 or from 1e-9 to 1e9");
}

/* A value that would be taken for what dossier says of groups. */
static int
check_values(struct reader *r, const struct csv_row *row)
{
	for (size_t i = 0; i < r->tally.n_columns; i++) {
		const struct csv_field *field = &row->fields[r->attribute[i]];

		if (field->n > 0 && field->p[0] == '(' &&
		    (is_text(field, GROUP_MISSING) ||
			is_text(field, GROUP_OVERALL)))
			return bad_cell(r, r->attribute[i], field,
			    DIAG_CSV_VALUE,
			    "this name is reserved; leave a missing value "
			    "empty");
	}
	return 0;
}

/* Rows. */

/* Report an attribute with too many groups. */
static int
too_many(const struct reader *r, const struct tally_table *table)
{
	diag_add(r->complaints.diags, DIAG_CSV_LIMIT,
	    (struct pos){ r->name, 0, 0 },
	    "\"%s\" has more than %d groups; is it an identifier or a number?",
	    table->attribute,
	    table->n_columns == 1 ? PREDICTION_GROUPS :
				    PREDICTION_COMBINATIONS);
	return -1;
}

/*
 * Read the cells of a row and count it: 0, 1 when it is bad, -1.  A third
 * value where the negative one was not told ends it all: which one is taken
 * for negative would depend on the order of the rows.
 */
static int
take_row(struct reader *r, const struct csv_row *row)
{
	enum binary label, prediction;
	double weight = 1;
	const struct tally_table *full;
	int bad = read_answer(r, r->label, row, &label);

	bad |= read_answer(r, r->prediction, row, &prediction);
	if (r->score != NO_COLUMN)
		bad |= read_score(r, row, &prediction);
	bad |= read_weight(r, row, &weight);
	bad |= check_values(r, row);
	if (bad != 0)
		return r->is_ambiguous ? -1 : 1;
	for (uint32_t i = 0; i < r->tally.n_columns; i++) {
		const struct csv_field *field = &row->fields[r->attribute[i]];

		tally_value(&r->tally, i, field->p, field->n);
	}
	full = tally_row(&r->tally, cell_of(label, prediction), weight);
	return full == NULL ? 0 : too_many(r, full);
}

static int
take_rows(struct reader *r, struct predictions *out)
{
	struct csv_row row;
	int rc;

	while ((rc = csv_next(r->csv, &row, r->complaints.diags)) == 1) {
		out->n_rows++;
		rc = take_row(r, &row);
		if (rc == -1)
			break;
		out->n_bad += rc == 1 ? 1 : 0;
	}
	complaints_end(&r->complaints);
	if (rc == 0 && out->n_rows == 0) {
		diag_add(r->complaints.diags, DIAG_CSV_ROWS,
		    (struct pos){ r->name, 1, 1 }, "%s", "");
		rc = -1;
	}
	return rc;
}

/* Tables. */

/*
 * The reference group that the manifest names, or the largest; also when the
 * named one has no row, which is reported.
 */
static void
choose_reference(const struct reader *r, struct group_table *table,
    const struct measure_options *options)
{
	const struct group *group =
	    group_table_largest(table, options->missing_is_group);

	for (size_t i = 0; i < options->n_references; i++) {
		const struct measure_reference *named = &options->references[i];
		const struct group *found;

		if (strcmp(named->attribute, table->attribute) != 0)
			continue;
		found = group_table_find(table, named->group);
		if (found != NULL)
			group = found;
		else
			diag_add(r->complaints.diags, DIAG_GROUP_UNKNOWN,
			    (struct pos){ r->name, 1, 1 },
			    "\"%s\" has no group \"%s\"; the largest is the "
			    "reference",
			    named->attribute, named->group);
	}
	table->reference = group;
}

/* The whole file as a table of one group. */
static void
make_whole(const struct reader *r, struct predictions *out)
{
	static const cell_factors no_label = {
		[CELL_BLANK] = 1, [CELL_REFUSED] = 1, [CELL_SELECTED] = 1
	};
	static const cell_factors no_prediction = {
		[CELL_BLANK] = 1, [CELL_NEGATIVE] = 1, [CELL_POSITIVE] = 1
	};
	struct group *group = arena_alloc(r->arena, sizeof(*group));

	group->name = GROUP_OVERALL;
	group->counts = r->tally.whole;
	out->whole =
	    (struct group_table){ .attribute = "", .groups = group, .n = 1 };
	out->n_no_label = counts_rows_of(&group->counts, no_label);
	out->n_no_prediction = counts_rows_of(&group->counts, no_prediction);
}

/* A group as the rules of withholding see it. */
static struct withhold_group
withhold_group_of(const struct group *group)
{
	struct withhold_group result = { .n = (double)counts_rows(
					     &group->counts),
		.is_missing = group->is_missing };

	memcpy(result.parts, group->parts, sizeof(result.parts));
	return result;
}

static void
copy_marks(struct group *group, const struct withhold_group *from)
{
	group->is_withheld = from->is_withheld;
	group->n_is_withheld = from->n_is_withheld;
}

static void
fill_withhold_table(struct arena *arena, struct withhold_table *to,
    const struct group_table *from)
{
	memcpy(to->columns, from->columns, sizeof(to->columns));
	to->n_columns = from->n_columns;
	to->n = from->n;
	to->groups = arena_array(arena, from->n, sizeof(to->groups[0]));
	for (size_t i = 0; i < from->n; i++)
		to->groups[i] = withhold_group_of(&from->groups[i]);
}

static int
withhold(const struct reader *r, struct predictions *out, double min_report)
{
	struct withhold_table *tables =
	    arena_array(r->arena, out->n_tables, sizeof(tables[0]));
	struct withhold_group whole = withhold_group_of(&out->whole.groups[0]);

	for (size_t i = 0; i < out->n_tables; i++)
		fill_withhold_table(r->arena, &tables[i], &out->tables[i]);
	if (!withhold_small(&whole, tables, out->n_tables, min_report)) {
		diag_add(r->complaints.diags, DIAG_CSV_LIMIT,
		    (struct pos){ r->name, 0, 0 },
		    "too many intersections to withhold small groups safely; "
		    "ask for fewer");
		return -1;
	}
	copy_marks(&out->whole.groups[0], &whole);
	for (size_t i = 0; i < out->n_tables; i++)
		for (size_t k = 0; k < tables[i].n; k++)
			copy_marks(
			    &out->tables[i].groups[k], &tables[i].groups[k]);
	return 0;
}

/* From the tally to tables, and from these to figures. */
static int
make_figures(const struct reader *r, struct predictions *out,
    const struct measure_options *options)
{
	struct figure_maker maker = { .out = &out->figures,
		.arena = r->arena,
		.options = options,
		.has_labels = r->label != NO_COLUMN,
		.has_predictions =
		    r->prediction != NO_COLUMN || r->score != NO_COLUMN,
		.origin = { r->name, 0, 0 } };

	make_whole(r, out);
	maker.whole = &out->whole.groups[0];
	figures_choose(&maker, r->complaints.diags);
	out->n_tables = r->tally.n_tables;
	out->tables =
	    arena_array(r->arena, out->n_tables, sizeof(out->tables[0]));
	tally_finish(&r->tally, out->tables);
	for (size_t i = 0; i < out->n_tables; i++)
		choose_reference(r, &out->tables[i], options);
	if (options->min_report > 0 &&
	    withhold(r, out, options->min_report) == -1)
		return -1;
	figures_add(&maker, &out->whole);
	for (size_t i = 0; i < out->n_tables; i++)
		figures_add(&maker, &out->tables[i]);
	return 0;
}

int
measure_predictions(struct predictions *out, struct arena *arena,
    struct source *source, const struct prediction_columns *columns,
    const struct measure_options *options, struct diag_list *diags)
{
	struct reader r = { .arena = arena,
		.name = arena_str(arena, source->name),
		.columns = columns,
		.complaints = { .diags = diags },
		.negative = columns->negative };

	*out = (struct predictions){ 0 };
	r.csv = csv_open(arena, source, diags);
	if (r.csv == NULL)
		return -1;
	tally_init(
	    &r.tally, arena, columns->n_attributes, columns->weight != NULL);
	if (find_columns(&r) == -1 || add_tables(&r) == -1)
		return -1;
	if (take_rows(&r, out) == -1)
		return -1;
	return make_figures(&r, out, options);
}
