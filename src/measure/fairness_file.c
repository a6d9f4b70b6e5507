#include "measure/fairness_file.h"

#include <math.h>
#include <string.h>

#include "base/num.h"
#include "measure/fairness_guard.h"
#include "measure/fairness_table.h"
#include "measure/figures.h"
#include "measure/guard.h"
#include "measure/variant.h"
#include "read/csv.h"

#define TOLERANCE 1e-9

/* What a column holds; those from FIRST_OPTIONAL on may be absent. */
enum role {
	ROLE_ATTRIBUTE,
	ROLE_GROUP,
	ROLE_METRIC,
	ROLE_VALUE,
	ROLE_N,
	ROLE_NUMERATOR,
	ROLE_DENOMINATOR,
	ROLE_LOWER,
	ROLE_UPPER,
	ROLE_REFERENCE,
	ROLE_PERIOD,
	ROLE_NOTE,
	ROLE_COUNT,
	FIRST_OPTIONAL = ROLE_NUMERATOR
};

/* The names of a column, of which the first one found counts. */
static const char *const names[ROLE_COUNT][2] = {
	{ "attribute", NULL },
	{ "group", NULL },
	{ "metric", NULL },
	{ "value", NULL },
	{ "count", "n" },
	{ "numerator", NULL },
	{ "denominator", NULL },
	{ "lower", NULL },
	{ "upper", NULL },
	{ "reference", NULL },
	{ "period", "data_set" },
	{ "note", NULL },
};

struct reader {
	struct arena *arena;
	const struct measure_options *options;
	const char *name; /* of the source, in the arena */
	struct csv *csv;
	const struct csv_row *row;
	int columns[ROLE_COUNT]; /* or -1 */
	bool is_own;             /* the file is one of `dossier measure` */
	const char *period;      /* that is read; NULL: all */
	struct complaints complaints;
	struct fairness_table table;
};

/* Columns. */

static int
find_columns(struct reader *r)
{
	int rc = 0;

	r->is_own = csv_column(r->csv, "numerator") != -1 &&
	    csv_column(r->csv, "denominator") != -1 &&
	    csv_column(r->csv, "n") != -1 && csv_column(r->csv, "note") != -1;
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		r->columns[i] = csv_column(r->csv, names[i][0]);
		if (r->columns[i] == -1 && names[i][1] != NULL)
			r->columns[i] = csv_column(r->csv, names[i][1]);
		if (r->columns[i] != -1 || i >= FIRST_OPTIONAL)
			continue;
		diag_add(r->complaints.diags, DIAG_CSV_COLUMN,
		    (struct pos){ r->name, 1, 1 },
		    "\"%s\"; a file of figures has attribute, group, metric, "
		    "value and count",
		    names[i][0]);
		rc = -1;
	}
	return rc;
}

/* The field of a role in the row at hand, or NULL. */
static const struct csv_field *
field_of(const struct reader *r, enum role role)
{
	int column = r->columns[role];

	return column == -1 ? NULL : &r->row->fields[column];
}

static bool
is_given(const struct reader *r, enum role role)
{
	const struct csv_field *field = field_of(r, role);

	return field != NULL && field->n > 0;
}

/* Complain of a cell; always -1. */
static int
bad_cell(struct reader *r, enum diag_id id, enum role role, const char *remedy)
{
	const struct csv_field *field = field_of(r, role);
	struct pos pos = { r->name, field->line, field->column };

	if (complaint(&r->complaints, id, pos))
		diag_add(r->complaints.diags, id, pos,
		    "\"%.*s\" in column \"%s\": %s",
		    complaint_length(field->p, field->n), field->p,
		    names[role][0], remedy);
	return -1;
}

/* Cells. */

/* Read a number, which is there. */
static int
read_number(struct reader *r, enum role role, double *out)
{
	const struct csv_field *field = field_of(r, role);

	if (num_read(field->p, field->n, out))
		return 0;
	if (field->n > 0 && field->p[field->n - 1] == '%')
		return bad_cell(r, DIAG_CSV_NUMBER, role,
		    "write a share from 0 to 1 without a percent sign");
	if (role == ROLE_VALUE)
		return bad_cell(r, DIAG_CSV_NUMBER, role,
		    "write a number such as 0.564, or \"undefined\" beside a "
		    "denominator of 0");
	return bad_cell(
	    r, DIAG_CSV_NUMBER, role, "write a number such as 0.564");
}

/* Read a number of rows, or a sum of weights. */
static int
read_count(struct reader *r, enum role role, double *out)
{
	if (read_number(r, role, out) == -1)
		return -1;
	if (*out == 0 || (*out >= 1e-9 && *out <= 1e15))
		return 0;
	return bad_cell(
	    r, DIAG_CSV_VALUE, role, "write 0 or a number from 1e-9 to 1e15");
}

static int
read_metric(struct reader *r, const struct metric **out)
{
	const struct csv_field *field = field_of(r, ROLE_METRIC);
	const char *near = metric_near(arena_dup(r->arena, field->p, field->n));

	*out = metric_resolve(r->arena, field->p, field->n, NULL);
	if (*out != NULL)
		return 0;
	return bad_cell(r, DIAG_METRIC_UNKNOWN, ROLE_METRIC,
	    near != NULL ?
		arena_printf(r->arena, "did you mean \"%s\"?", near) :
		"one that is known is \"selection_rate\"");
}

/* Copy a field; one that is empty or absent is the given text. */
static const char *
text_of(const struct reader *r, enum role role, const char *otherwise)
{
	const struct csv_field *field = field_of(r, role);

	return field != NULL && field->n > 0 ?
	    arena_dup(r->arena, field->p, field->n) :
	    otherwise;
}

/* The names of a figure; the whole file has many spellings and one name. */
static int
read_names(struct reader *r, struct figure *figure)
{
	figure->attribute = text_of(r, ROLE_ATTRIBUTE, "");
	figure->group = text_of(r, ROLE_GROUP, GROUP_MISSING);
	figure->reference = text_of(r, ROLE_REFERENCE, NULL);
	if (*figure->attribute == '\0' ||
	    strcmp(figure->group, GROUP_OVERALL) == 0) {
		figure->attribute = "";
		figure->group = GROUP_OVERALL;
		figure->reference = NULL;
	}
	if (fairness_divides(figure->attribute, figure->group))
		return 0;
	return bad_cell(r, DIAG_CSV_VALUE, ROLE_GROUP,
	    "an intersection as \"sex*age\" has groups as \"female*youth\", "
	    "and up to 3 different columns");
}

/* Numerator and denominator: both, or neither. */
static int
read_counts(struct reader *r, struct figure *figure)
{
	bool numerator = is_given(r, ROLE_NUMERATOR);
	bool denominator = is_given(r, ROLE_DENOMINATOR);

	if (numerator &&
	    read_count(r, ROLE_NUMERATOR, &figure->numerator) == -1)
		return -1;
	if (denominator &&
	    read_count(r, ROLE_DENOMINATOR, &figure->denominator) == -1)
		return -1;
	if (numerator && !denominator)
		return bad_cell(r, DIAG_CSV_VALUE, ROLE_NUMERATOR,
		    "give the denominator too");
	/* A denominator of 0 says all; another wants its numerator. */
	if (denominator && !numerator && figure->denominator > 0)
		return bad_cell(r, DIAG_CSV_VALUE, ROLE_DENOMINATOR,
		    "give the numerator too");
	figure->has_counts = denominator;
	return 0;
}

static bool
is_word(const struct csv_field *field, const char *word)
{
	return field->n == strlen(word) &&
	    memcmp(field->p, word, field->n) == 0;
}

static bool
says_undefined(const struct reader *r, const struct csv_field *field)
{
	return field->n == 0 || is_word(field, "undefined") ||
	    (r->is_own && is_word(field, "nan"));
}

/* Whether the numerator is a part of the denominator. */
static bool
is_part(const struct metric *metric)
{
	return metric->kind == METRIC_RATE || metric->kind == METRIC_SHARE;
}

static int
take_undefined(
    struct reader *r, const struct metric *metric, struct figure *figure)
{
	if (r->is_own && !figure->has_counts) {
		figure->state = FIGURE_UNDEFINED;
		figure->reason = text_of(r, ROLE_NOTE, metric->empty);
		return 0;
	}
	if (!figure->has_counts || figure->denominator != 0)
		return bad_cell(r, DIAG_CSV_VALUE, ROLE_VALUE,
		    "what is undefined has a denominator of 0 beside it");
	if (is_part(metric) && figure->numerator != 0)
		return bad_cell(r, DIAG_METRIC_VALUE, ROLE_NUMERATOR,
		    "it is part of the denominator, which is 0");
	figure->state = FIGURE_UNDEFINED;
	figure->reason = metric->empty;
	return 0;
}

/* Compare the value with its counts, and take theirs, which is exact. */
static int
recompute(struct reader *r, struct figure *figure)
{
	char number[NUM_SIZE];
	double value;

	if (figure->denominator == 0)
		return bad_cell(r, DIAG_METRIC_VALUE, ROLE_VALUE,
		    "the denominator is 0, so it is \"undefined\"");
	value = figure->numerator / figure->denominator;
	num_write(value, number);
	if (!(fabs(value - figure->value) <= TOLERANCE * value))
		return bad_cell(r, DIAG_METRIC_VALUE, ROLE_VALUE,
		    arena_printf(
			r->arena, "numerator over denominator is %s", number));
	figure->value = value;
	return 0;
}

/* The value itself: within its range, and what its counts say. */
static int
read_value(struct reader *r, const struct metric *metric, struct figure *figure)
{
	char least[NUM_SIZE], most[NUM_SIZE];

	if (says_undefined(r, field_of(r, ROLE_VALUE)))
		return take_undefined(r, metric, figure);
	if (read_number(r, ROLE_VALUE, &figure->value) == -1)
		return -1;
	num_write(metric->least, least);
	if (figure->value < metric->least - TOLERANCE)
		return bad_cell(r, DIAG_METRIC_VALUE, ROLE_VALUE,
		    arena_printf(
			r->arena, "%s is at least %s", metric->name, least));
	if (figure->value > metric->most + TOLERANCE) {
		num_write(metric->most, most);
		return bad_cell(r, DIAG_METRIC_VALUE, ROLE_VALUE,
		    arena_printf(
			r->arena, "%s is at most %s", metric->name, most));
	}
	if (figure->n == 0)
		return bad_cell(r, DIAG_METRIC_VALUE, ROLE_VALUE,
		    "a group of 0 rows has no value");
	if (figure->has_counts && recompute(r, figure) == -1)
		return -1;
	figure->value = fmax(metric->least, fmin(figure->value, metric->most));
	return 0;
}

/* The interval that the file states; it must hold the value. */
static int
take_interval(struct reader *r, struct figure *figure)
{
	if (!is_given(r, ROLE_LOWER) || !is_given(r, ROLE_UPPER))
		return bad_cell(r, DIAG_CSV_VALUE,
		    is_given(r, ROLE_LOWER) ? ROLE_LOWER : ROLE_UPPER,
		    "give both ends of the interval, or neither");
	if (read_number(r, ROLE_LOWER, &figure->lower) == -1 ||
	    read_number(r, ROLE_UPPER, &figure->upper) == -1)
		return -1;
	if (figure->lower > figure->value + TOLERANCE)
		return bad_cell(r, DIAG_METRIC_INTERVAL, ROLE_LOWER,
		    "it lies above the value");
	if (figure->upper < figure->value - TOLERANCE)
		return bad_cell(r, DIAG_METRIC_INTERVAL, ROLE_UPPER,
		    "it lies below the value");
	figure->lower = fmin(figure->lower, figure->value);
	figure->upper = fmax(figure->upper, figure->value);
	figure->has_interval = true;
	figure->interval_method = "as given";
	return 0;
}

/* The interval of the file, else Wilson's where the rows are known. */
static int
read_interval(
    struct reader *r, const struct metric *metric, struct figure *figure)
{
	figure->confidence = r->options->confidence;
	if (figure->state != FIGURE_DEFINED)
		return 0;
	if (is_given(r, ROLE_LOWER) || is_given(r, ROLE_UPPER))
		return take_interval(r, figure);
	if (is_part(metric) && figure->has_counts)
		figure_interval(
		    figure, figure->denominator, r->options->confidence);
	else if (metric_is_of_all_rows(metric))
		figure_interval(figure, figure->n, r->options->confidence);
	return 0;
}

/* Rows. */

/*
 * Whether a row is no figure of a group that is read: of another period, or,
 * in a file of `dossier measure`, of all groups, of the rest of them, or of
 * one that is withheld.
 */
static bool
is_passed(const struct reader *r)
{
	const struct csv_field *metric = field_of(r, ROLE_METRIC);
	const struct csv_field *period = field_of(r, ROLE_PERIOD);

	if (r->period != NULL && !is_word(period, r->period))
		return true;
	return r->is_own &&
	    (!is_given(r, ROLE_N) ||
		metric_resolve(r->arena, metric->p, metric->n, NULL) == NULL);
}

/* Take in the row at hand; what is wrong with it leaves it out. */
static int
read_row(struct reader *r)
{
	struct figure *figure = arena_alloc(r->arena, sizeof(*figure));
	const struct csv_field *value = field_of(r, ROLE_VALUE);
	const struct metric *metric;

	figure->origin = (struct pos){ r->name, value->line, value->column };
	if (read_names(r, figure) == -1 || read_metric(r, &metric) == -1 ||
	    read_count(r, ROLE_N, &figure->n) == -1 ||
	    read_counts(r, figure) == -1 ||
	    read_value(r, metric, figure) == -1 ||
	    read_interval(r, metric, figure) == -1)
		return 0;
	return fairness_table_add(&r->table, metric, figure);
}

static int
read_rows(struct reader *r)
{
	struct csv_row row;
	size_t n = 0;
	int rc;

	r->row = &row;
	while ((rc = csv_next(r->csv, &row, r->complaints.diags)) == 1) {
		n++;
		if (!is_passed(r) && read_row(r) == -1)
			return -1;
	}
	if (rc == 0 && n == 0) {
		diag_add(r->complaints.diags, DIAG_CSV_ROWS,
		    (struct pos){ r->name, 1, 1 }, "a row is a figure");
		rc = -1;
	}
	return rc;
}

/* Choose the period to read, where the file has some. */
static int
choose_period(struct reader *r, struct source *source)
{
	struct variants periods = { .names.arena = r->arena };
	struct csv_row row;
	int rc;

	if (r->columns[ROLE_PERIOD] == -1)
		return 0;
	r->row = &row;
	while ((rc = csv_next(r->csv, &row, r->complaints.diags)) == 1) {
		const struct csv_field *field = field_of(r, ROLE_PERIOD);

		variant_add(&periods, arena_dup(r->arena, field->p, field->n),
		    0, (struct pos){ r->name, field->line, field->column });
	}
	if (rc == -1 || periods.names.n == 0)
		return rc;
	variant_report(&periods, r->complaints.diags);
	r->period = periods.names.entries[variant_choose(&periods)].p;
	r->csv = csv_open(r->arena, source, r->complaints.diags);
	return r->csv != NULL ? 0 : -1;
}

int
measure_fairness_file(struct figure_table *out, struct arena *arena,
    struct source *source, const struct measure_options *options,
    struct diag_list *diags)
{
	struct reader r = { .arena = arena,
		.options = options,
		.name = arena_str(arena, source->name),
		.complaints = { .diags = diags } };
	int rc = -1;

	r.table = (struct fairness_table){ .arena = arena,
		.options = options,
		.complaints = &r.complaints,
		.name = r.name };
	r.csv = csv_open(arena, source, diags);
	if (r.csv == NULL || find_columns(&r) == -1 ||
	    choose_period(&r, source) == -1)
		return -1;
	if (read_rows(&r) == 0) {
		struct figure_table own = { 0 };
		struct guard_source shown = { .figures = &own };

		fairness_table_finish(&r.table, &own);
		rc =
		    guard_sources(&shown, 1, arena, options->min_report, diags);
		if (rc == 0)
			figure_join(out, &own);
	}
	complaints_end(&r.complaints);
	return rc;
}
