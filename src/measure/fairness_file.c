#include "measure/fairness_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "measure/complaints.h"
#include "measure/figures.h"
#include "measure/intern.h"
#include "measure/metric.h"
#include "measure/withhold.h"
#include "read/csv.h"

#define TOLERANCE 1e-9

enum { ATTRIBUTES_MOST = 1000, ENTRIES_MOST = 200000 };

static const char overall[] = "(overall)";

/* Columns of the file, by what they hold; -1: there is none. */
struct columns {
	int attribute, group, metric, value, n, numerator, denominator, lower,
	    upper;
};

/* A row of the file, taken in. */
struct entry {
	size_t attribute; /* number, in the order of the file */
	const struct metric *metric;
	const char *group;
	struct figure *figure;
};

/* A group of an attribute, whatever the metric. */
struct member {
	size_t attribute;
	const char *group;
	double n; /* the most rows that any of its figures has */
	bool is_withheld, n_is_withheld;
};

struct reading {
	struct arena *arena;
	const struct measure_options *options;
	struct diag_list *diags;
	struct complaints complaints;
	const char *name; /* of the source, in the arena */
	struct csv *csv;
	struct columns columns;
	struct intern attributes;
	struct intern parts; /* columns and values of intersections */
	struct entry *entries;
	size_t n, size;
	struct member *members;
	size_t n_members;
};

static int
want_column(struct reading *r, const char *name, const char *other)
{
	int index = csv_column(r->csv, name);

	if (index == -1 && other != NULL)
		index = csv_column(r->csv, other);
	if (index == -1)
		diag_add(r->diags, DIAG_CSV_COLUMN,
		    (struct pos){ r->name, 1, 1 }, "%s", name);
	return index;
}

static int
find_columns(struct reading *r)
{
	struct columns *c = &r->columns;

	c->attribute = want_column(r, "attribute", NULL);
	c->group = want_column(r, "group", NULL);
	c->metric = want_column(r, "metric", NULL);
	c->value = want_column(r, "value", NULL);
	c->n = want_column(r, "count", "n");
	c->numerator = csv_column(r->csv, "numerator");
	c->denominator = csv_column(r->csv, "denominator");
	c->lower = csv_column(r->csv, "lower");
	c->upper = csv_column(r->csv, "upper");
	return c->attribute == -1 || c->group == -1 || c->metric == -1 ||
		c->value == -1 || c->n == -1 ?
	    -1 :
	    0;
}

static struct pos
pos_of(const struct reading *r, const struct csv_field *field)
{
	return (struct pos){ r->name, field->line, field->column };
}

static int
complain(struct reading *r, enum diag_id id, const struct csv_field *field,
    const char *remedy)
{
	struct pos pos = pos_of(r, field);

	if (complaint(&r->complaints, id, pos))
		diag_add(r->diags, id, pos, "\"%.*s\": %s",
		    (int)(field->n < 40 ? field->n : 40), field->p, remedy);
	return -1;
}

/* A number in an optional column: 1, 0 when there is none, -1. */
static int
read_number(
    struct reading *r, const struct csv_row *row, int column, double *out)
{
	const struct csv_field *field;

	if (column == -1)
		return 0;
	field = &row->fields[column];
	if (field->n == 0)
		return 0;
	if (num_read(field->p, field->n, out))
		return 1;
	if (field->p[field->n - 1] == '%')
		return complain(r, DIAG_CSV_NUMBER, field,
		    "write a share from 0 to 1, without a percent sign");
	return complain(
	    r, DIAG_CSV_NUMBER, field, "a number is expected, such as 0.564");
}

static int
read_metric(
    struct reading *r, const struct csv_row *row, const struct metric **out)
{
	const struct csv_field *field = &row->fields[r->columns.metric];
	struct pos pos = pos_of(r, field);
	const char *name = arena_dup(r->arena, field->p, field->n);
	const char *near;

	*out = metric_find(field->p, field->n);
	if (*out != NULL)
		return 0;
	near = metric_near(name);
	if (complaint(&r->complaints, DIAG_METRIC_UNKNOWN, pos))
		diag_add(r->diags, DIAG_METRIC_UNKNOWN, pos, "%s%s%s%s", name,
		    near != NULL ? "; did you mean " : "",
		    near != NULL ? near : "", near != NULL ? "?" : "");
	return -1;
}

/* Numerator and denominator, where the file states both. */
static int
read_counts(struct reading *r, const struct csv_row *row, struct figure *figure)
{
	int a = read_number(r, row, r->columns.numerator, &figure->numerator);
	int b =
	    read_number(r, row, r->columns.denominator, &figure->denominator);

	if (a == -1 || b == -1)
		return -1;
	figure->has_counts = a == 1 && b == 1;
	if (figure->has_counts &&
	    (figure->numerator < 0 || figure->denominator < 0))
		return complain(r, DIAG_CSV_VALUE,
		    &row->fields[r->columns.numerator],
		    "a count is not negative");
	return 0;
}

static bool
is_undefined(const struct csv_field *field)
{
	return field->n == 0 ||
	    (field->n == 9 && memcmp(field->p, "undefined", 9) == 0);
}

static int
read_undefined(
    struct reading *r, const struct csv_row *row, struct figure *figure)
{
	if (!figure->has_counts || figure->denominator != 0)
		return complain(r, DIAG_CSV_VALUE,
		    &row->fields[r->columns.value],
		    "an undefined value needs a denominator of 0 beside it");
	figure->state = FIGURE_UNDEFINED;
	figure->reason = "the denominator is 0";
	return 0;
}

/* The value itself: within its range, and what its counts say. */
static int
read_value(struct reading *r, const struct csv_row *row,
    const struct metric *metric, struct figure *figure)
{
	const struct csv_field *field = &row->fields[r->columns.value];
	double computed;

	if (is_undefined(field))
		return read_undefined(r, row, figure);
	if (read_number(r, row, r->columns.value, &figure->value) == -1)
		return -1;
	if (figure->value < metric->least || figure->value > metric->most)
		return complain(r, DIAG_METRIC_VALUE, field,
		    "it is outside the range of the metric");
	if (!figure->has_counts)
		return 0;
	if (figure->denominator == 0)
		return complain(r, DIAG_METRIC_VALUE, field,
		    "the denominator is 0, so the value is undefined");
	computed = figure->numerator / figure->denominator;
	if (fabs(computed - figure->value) >
	    TOLERANCE * fmax(1, fabs(computed)))
		return complain(r, DIAG_METRIC_VALUE, field,
		    "numerator over denominator gives another value");
	figure->value = computed;
	return 0;
}

/* The interval of the file, else Wilson's where rows are known. */
static int
read_interval(struct reading *r, const struct csv_row *row,
    const struct metric *metric, struct figure *figure)
{
	int a = read_number(r, row, r->columns.lower, &figure->lower);
	int b = read_number(r, row, r->columns.upper, &figure->upper);
	double n = figure->has_counts     ? figure->denominator :
	    metric_is_of_all_rows(metric) ? figure->n :
					    0;

	if (a == -1 || b == -1)
		return -1;
	figure->confidence = r->options->confidence;
	if (a == 1 && b == 1) {
		if (figure->lower > figure->value ||
		    figure->upper < figure->value)
			return complain(r, DIAG_METRIC_INTERVAL,
			    &row->fields[r->columns.lower],
			    "the value lies outside it");
		figure->has_interval = true;
		figure->interval_method = "as given";
	} else if (metric->kind == METRIC_RATE && n > 0) {
		figure_interval(figure, n, r->options->confidence);
	}
	return 0;
}

static int
read_n(struct reading *r, const struct csv_row *row, struct figure *figure)
{
	const struct csv_field *field = &row->fields[r->columns.n];
	int rc = read_number(r, row, r->columns.n, &figure->n);

	if (rc == 1 && figure->n >= 0)
		return 0;
	if (rc == -1)
		return -1;
	return complain(r, DIAG_CSV_NUMBER, field,
	    "the number of rows of the group is expected");
}

/* Room for one more entry. */
static struct entry *
add_entry(struct reading *r)
{
	if (r->n == r->size) {
		size_t size = r->size > 0 ? r->size * 2 : 256;
		struct entry *entries =
		    arena_array(r->arena, size, sizeof(*entries));

		if (r->n > 0)
			memcpy(entries, r->entries, r->n * sizeof(*entries));
		r->entries = entries;
		r->size = size;
	}
	return &r->entries[r->n++];
}

/* The whole file has many spellings and one name. */
static void
name_figure(struct reading *r, const struct csv_row *row, struct figure *figure)
{
	const struct csv_field *attribute = &row->fields[r->columns.attribute];
	const struct csv_field *group = &row->fields[r->columns.group];

	figure->attribute = arena_dup(r->arena, attribute->p, attribute->n);
	figure->group = group->n > 0 ? arena_dup(r->arena, group->p, group->n) :
				       "(missing)";
	if (attribute->n == 0 || strcmp(figure->group, overall) == 0) {
		figure->attribute = "";
		figure->group = overall;
	}
}

static int
read_row(struct reading *r, const struct csv_row *row)
{
	struct figure *figure = arena_alloc(r->arena, sizeof(*figure));
	const struct metric *metric;
	struct entry *entry;

	name_figure(r, row, figure);
	figure->origin = pos_of(r, &row->fields[r->columns.value]);
	if (read_metric(r, row, &metric) == -1 ||
	    read_n(r, row, figure) == -1 || read_counts(r, row, figure) == -1 ||
	    read_value(r, row, metric, figure) == -1)
		return -1;
	if (figure->state == FIGURE_DEFINED &&
	    read_interval(r, row, metric, figure) == -1)
		return -1;
	figure->metric = metric->name;
	entry = add_entry(r);
	entry->attribute = intern_add(
	    &r->attributes, figure->attribute, strlen(figure->attribute));
	entry->metric = metric;
	entry->group = figure->group;
	entry->figure = figure;
	return 0;
}

static int
too_large(struct reading *r, const char *what)
{
	diag_add(r->diags, DIAG_CSV_LIMIT, (struct pos){ r->name, 1, 1 },
	    "too many %s", what);
	return -1;
}

static int
read_rows(struct reading *r)
{
	struct csv_row row;
	size_t rows = 0;
	int rc;

	while ((rc = csv_next(r->csv, &row, r->diags)) == 1) {
		rows++;
		read_row(r, &row);
		if (r->n > ENTRIES_MOST)
			return too_large(r, "figures");
		if (r->attributes.n > ATTRIBUTES_MOST)
			return too_large(r, "attributes");
	}
	complaints_end(&r->complaints);
	if (rc == -1)
		return -1;
	if (rows > 0)
		return 0;
	diag_add(r->diags, DIAG_CSV_ROWS, (struct pos){ r->name, 1, 1 },
	    "fairness figures");
	return -1;
}

/* The whole first, then by attribute, metric and group. */
static int
compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	bool x_whole = x->figure->attribute[0] == '\0';
	bool y_whole = y->figure->attribute[0] == '\0';
	int order;

	if (x_whole != y_whole)
		return x_whole ? -1 : 1;
	if (x->attribute != y->attribute)
		return x->attribute < y->attribute ? -1 : 1;
	if (x->metric != y->metric)
		return metric_index(x->metric) < metric_index(y->metric) ? -1 :
									   1;
	order = strcmp(x->group, y->group);
	if (order != 0)
		return order;
	return x->figure->origin.line < y->figure->origin.line ? -1 : 1;
}

static bool
is_same(const struct entry *a, const struct entry *b)
{
	return a->attribute == b->attribute && a->metric == b->metric &&
	    strcmp(a->group, b->group) == 0;
}

/* A figure that stands twice is neither of the two: the second is refused. */
static void
sort_entries(struct reading *r)
{
	size_t n = 0;

	if (r->n > 0)
		qsort(r->entries, r->n, sizeof(*r->entries), compare_entries);
	for (size_t i = 0; i < r->n; i++) {
		struct entry *entry = &r->entries[i];

		if (n > 0 && is_same(&r->entries[n - 1], entry)) {
			diag_add(r->diags, DIAG_CSV_VALUE,
			    entry->figure->origin,
			    "%s of %s %s stands twice; the first is in line"
			    " %u",
			    entry->metric->name, entry->figure->attribute,
			    entry->group,
			    r->entries[n - 1].figure->origin.line);
			continue;
		}
		r->entries[n++] = *entry;
	}
	r->n = n;
}

static int
compare_members(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	if (x->attribute != y->attribute)
		return x->attribute < y->attribute ? -1 : 1;
	return strcmp(x->group, y->group);
}

static const struct member *
find_member(const struct reading *r, const struct entry *entry)
{
	struct member key = { .attribute = entry->attribute,
		.group = entry->group };

	if (r->n_members == 0)
		return NULL;
	return bsearch(
	    &key, r->members, r->n_members, sizeof(key), compare_members);
}

/* The groups of the file, each once, with the rows of its largest figure. */
static void
collect_members(struct reading *r)
{
	size_t n = 0;

	r->members = arena_array(r->arena, r->n, sizeof(*r->members));
	for (size_t i = 0; i < r->n; i++)
		r->members[i] = (struct member){ r->entries[i].attribute,
			r->entries[i].group, r->entries[i].figure->n, false,
			false };
	if (r->n > 0)
		qsort(r->members, r->n, sizeof(*r->members), compare_members);
	for (size_t i = 0; i < r->n; i++) {
		struct member *member = &r->members[i];

		if (n > 0 && compare_members(&r->members[n - 1], member) == 0)
			r->members[n - 1].n =
			    fmax(r->members[n - 1].n, member->n);
		else
			r->members[n++] = *member;
	}
	r->n_members = n;
}

/* Take a name apart at its stars into numbers; how many there are. */
static size_t
split(struct reading *r, const char *name, uint32_t out[WITHHOLD_COLUMNS])
{
	size_t count = 0;

	for (;;) {
		size_t n = strcspn(name, "*");

		if (count < WITHHOLD_COLUMNS)
			out[count] = (uint32_t)intern_add(&r->parts, name, n);
		count++;
		if (name[n] == '\0')
			return count;
		name += n + 1;
	}
}

/*
 * The table of an attribute.  An attribute or a group whose name does not
 * divide as an intersection does is a column of its own.
 */
static void
guard_table(struct reading *r, struct member *members, size_t n,
    struct withhold_table *out)
{
	const struct intern_entry *entry =
	    &r->attributes.entries[members[0].attribute];
	size_t parts = split(r, entry->p, out->columns);
	bool divides = parts <= WITHHOLD_COLUMNS;

	out->groups = arena_array(r->arena, n, sizeof(*out->groups));
	out->n = n;
	for (size_t i = 0; i < n; i++) {
		struct withhold_group *group = &out->groups[i];

		group->n = members[i].n;
		group->is_missing =
		    strstr(members[i].group, "(missing)") != NULL;
		divides = split(r, members[i].group, group->parts) == parts &&
		    divides;
	}
	out->n_columns = divides ? parts : 1;
	if (divides)
		return;
	out->columns[0] = (uint32_t)intern_add(&r->parts, entry->p, entry->n);
	for (size_t i = 0; i < n; i++)
		out->groups[i].parts[0] = (uint32_t)intern_add(
		    &r->parts, members[i].group, strlen(members[i].group));
}

static size_t
members_of(const struct reading *r, size_t first)
{
	size_t n = 1;

	while (first + n < r->n_members &&
	    r->members[first + n].attribute == r->members[first].attribute)
		n++;
	return n;
}

/* The whole file's rows: as stated, else the largest attribute's sum. */
static double
rows_of_whole(const struct reading *r)
{
	double most = 0;

	for (size_t i = 0; i < r->n_members;) {
		size_t n = members_of(r, i);
		double sum = 0;

		for (size_t j = 0; j < n; j++)
			sum += r->members[i + j].n;
		if (strcmp(r->members[i].group, overall) == 0)
			return r->members[i].n;
		most = fmax(most, sum);
		i += n;
	}
	return most;
}

static void
mark_members(struct reading *r, const struct withhold_table *tables)
{
	size_t t = 0;

	for (size_t i = 0; i < r->n_members;) {
		size_t n = members_of(r, i);

		if (strcmp(r->members[i].group, overall) != 0) {
			for (size_t j = 0; j < n; j++) {
				struct member *m = &r->members[i + j];

				m->is_withheld =
				    tables[t].groups[j].is_withheld;
				m->n_is_withheld =
				    tables[t].groups[j].n_is_withheld;
			}
			t++;
		}
		i += n;
	}
}

static int
withhold(struct reading *r)
{
	struct withhold_table *tables =
	    arena_array(r->arena, r->attributes.n, sizeof(*tables));
	struct withhold_group whole = { .n = rows_of_whole(r) };
	size_t n_tables = 0;

	for (size_t i = 0; i < r->n_members;) {
		size_t n = members_of(r, i);

		if (strcmp(r->members[i].group, overall) != 0)
			guard_table(r, &r->members[i], n, &tables[n_tables++]);
		i += n;
	}
	if (!withhold_small(&whole, tables, n_tables, r->options->min_report))
		return too_large(r, "groups to hide small ones safely");
	mark_members(r, tables);
	return 0;
}

/* The group that the options name, else the largest that is not missing. */
static const char *
reference_of(const struct reading *r, size_t attribute)
{
	const char *name = r->attributes.entries[attribute].p;
	const struct measure_options *options = r->options;
	const char *largest = NULL;
	double most = 0;

	for (size_t i = 0; i < options->n_references; i++)
		if (strcmp(options->references[i].attribute, name) == 0)
			return options->references[i].group;
	for (size_t i = 0; i < r->n_members; i++) {
		const struct member *m = &r->members[i];

		if (m->attribute != attribute || m->n <= most ||
		    (strstr(m->group, "(missing)") != NULL &&
			!options->missing_is_group))
			continue;
		most = m->n;
		largest = m->group;
	}
	return largest;
}

/* The entries of one attribute and metric, from first on. */
static size_t
entries_of(const struct reading *r, size_t first)
{
	size_t n = 1;

	while (first + n < r->n &&
	    r->entries[first + n].attribute == r->entries[first].attribute &&
	    r->entries[first + n].metric == r->entries[first].metric)
		n++;
	return n;
}

/* Compare every group with the reference, before any is hidden. */
static void
compare(struct reading *r, size_t first, size_t n)
{
	const char *name = reference_of(r, r->entries[first].attribute);
	const struct figure *reference = NULL;

	if (name == NULL || r->entries[first].figure->attribute[0] == '\0')
		return;
	for (size_t i = first; i < first + n; i++)
		if (strcmp(r->entries[i].group, name) == 0)
			reference = r->entries[i].figure;
	for (size_t i = first; i < first + n; i++) {
		struct figure *figure = r->entries[i].figure;

		figure->reference = name;
		figure->is_reference = figure == reference;
		if (reference != NULL)
			figure_compare(figure, reference);
	}
}

static void
hide(struct reading *r, const struct entry *entry)
{
	const struct member *member = find_member(r, entry);
	char number[NUM_SIZE];

	if (member == NULL || !member->is_withheld)
		return;
	num_write(r->options->min_report, number);
	figure_withhold(entry->figure, member->n_is_withheld,
	    member->n < r->options->min_report ?
		arena_printf(r->arena, "fewer than %s rows", number) :
		"guards a group that is smaller");
}

static void
append_all(struct reading *r, struct figure_table *out)
{
	for (size_t i = 0; i < r->n;) {
		size_t n = entries_of(r, i);

		compare(r, i, n);
		for (size_t j = i; j < i + n; j++) {
			hide(r, &r->entries[j]);
			figure_append(out, r->entries[j].figure);
		}
		i += n;
	}
}

/* A reference that no group bears is a slip of the record. */
static void
check_references(struct reading *r)
{
	for (size_t i = 0; i < r->options->n_references; i++) {
		const struct measure_reference *want =
		    &r->options->references[i];
		size_t attribute = intern_find(
		    &r->attributes, want->attribute, strlen(want->attribute));
		bool found = attribute == SIZE_MAX;

		for (size_t j = 0; j < r->n_members && !found; j++)
			found = r->members[j].attribute == attribute &&
			    strcmp(r->members[j].group, want->group) == 0;
		if (!found)
			diag_add(r->diags, DIAG_GROUP_UNKNOWN,
			    (struct pos){ r->name, 1, 1 },
			    "%s has no group \"%s\"", want->attribute,
			    want->group);
	}
}

int
measure_fairness_file(struct figure_table *out, struct arena *arena,
    struct source *source, const struct measure_options *options,
    struct diag_list *diags)
{
	struct reading *r = arena_alloc(arena, sizeof(*r));

	r->arena = arena;
	r->options = options;
	r->diags = diags;
	r->complaints.diags = diags;
	r->name = arena_str(arena, source->name);
	r->attributes.arena = arena;
	r->parts.arena = arena;
	r->csv = csv_open(arena, source, diags);
	if (r->csv == NULL || find_columns(r) == -1 || read_rows(r) == -1)
		return -1;
	sort_entries(r);
	collect_members(r);
	check_references(r);
	if (options->min_report > 0 && withhold(r) == -1)
		return -1;
	append_all(r, out);
	return 0;
}
