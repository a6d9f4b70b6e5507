#include <math.h>
#include <string.h>

#include "base/num.h"
#include "measure/fairness_guard.h"
#include "measure/fairness_table.h"
#include "measure/figures.h"
#include "measure/guard.h"
#include "measure/import_classes.h"
#include "measure/import_implied.h"

/* From what an export says to figures: recounted, compared, withheld. */

#define TOLERANCE 1e-9

/* What Aequitas has for a ratio whose denominator is 0. */
#define AEQUITAS_FILL 10.0

/* While a sheet is finished. */
struct finish {
	struct sheet *sheet;
	size_t variant;
	struct import *out;
	struct intern names; /* of metrics */
	struct intern pairs; /* of group and metric */
	size_t *figure_of;   /* of each pair, the first */
	size_t size;
};

/* Recounting. */

static void
report(struct finish *f, const struct sheet_figure *figure,
    const struct metric_value *value)
{
	struct sheet *sheet = f->sheet;
	const struct figure *said = figure->figure;
	char number[NUM_SIZE], counted[NUM_SIZE];

	num_write(said->value, number);
	num_write(value->value, counted);
	if (!complaint(&sheet->complaints, DIAG_METRIC_RECOUNT, said->origin))
		return;
	diag_add(sheet->complaints.diags, DIAG_METRIC_RECOUNT, said->origin,
	    "%s of \"%.*s\" is %s, the counts %s %s", figure->metric->name,
	    complaint_length(figure->group->name, strlen(figure->group->name)),
	    figure->group->name,
	    said->state == FIGURE_DEFINED ? number : "not given",
	    value->defined ? "make it" : "leave it undefined:",
	    value->defined ? counted : value->reason);
}

/*
 * Whether what is said fits the count.  What is undefined is a 0 in some
 * exports and nothing in others.
 */
static bool
fits(const struct figure *said, const struct metric_value *value)
{
	if (!value->defined)
		return said->state != FIGURE_DEFINED || said->value == 0;
	return said->state == FIGURE_DEFINED &&
	    sheet_is_near(said->value, value->value);
}

/* Whether four counts of the group, and of the file, give the metric. */
static bool
is_countable(const struct finish *f, const struct sheet_figure *figure)
{
	const struct metric_data data = { .has_labels =
					      !f->sheet->has_no_labels,
		.has_predictions = true,
		.has_classes = f->sheet->n_pairs > 0 };

	return figure->group->group != NULL &&
	    metric_is_measurable(figure->metric, &data) &&
	    (figure->metric->kind != METRIC_SHARE || f->out->whole.n == 1);
}

/* Take what the two counts beside a figure give. */
static void
divide(struct finish *f, const struct sheet_figure *figure)
{
	struct figure *to = figure->figure;
	const struct metric_value value = { .defined = true,
		.value = to->numerator / to->denominator };

	if (!fits(to, &value))
		report(f, figure, &value);
	to->state = FIGURE_DEFINED;
	to->reason = NULL;
	to->value = value.value;
	if (!to->has_interval && figure->metric->kind == METRIC_RATE &&
	    !f->sheet->is_weighted)
		figure_interval(
		    to, to->denominator, f->sheet->options->confidence);
}

static void
recount(struct finish *f, struct sheet_figure *figure)
{
	struct figure *to = figure->figure;
	const struct group *group = figure->group->group;
	struct metric_value value;

	if (!is_countable(f, figure)) {
		if (to->has_counts)
			divide(f, figure);
		return;
	}
	metric_measure(figure->metric, group,
	    f->out->whole.n == 1 ? f->out->whole.groups : group, &value);
	if (figure->is_said && !fits(to, &value))
		report(f, figure, &value);
	to->state = value.defined ? FIGURE_DEFINED : FIGURE_UNDEFINED;
	to->reason = value.reason;
	to->value = value.defined ? value.value : 0;
	to->has_counts = value.has_counts;
	to->numerator = value.numerator;
	to->denominator = value.denominator;
	if (value.defined && !to->has_interval &&
	    (figure->metric->kind == METRIC_RATE ||
		figure->metric->kind == METRIC_SHARE))
		figure_interval(
		    to, value.effective, f->sheet->options->confidence);
}

/* What tells figures apart. */
struct pair {
	const struct sheet_group *group;
	size_t metric; /* number of its name */
};

/* The number of a figure's group and metric. */
static size_t
pair_of(struct finish *f, const struct sheet_group *group,
    const struct metric *metric)
{
	struct pair key = { group, 0 };

	f->pairs.arena = f->names.arena = f->sheet->arena;
	key.metric = intern_add(&f->names, metric->name, strlen(metric->name));
	return intern_add(&f->pairs, (const char *)&key, sizeof(key));
}

/* The first figure of a metric of a group, or NULL. */
static const struct figure *
find(const struct finish *f, const struct sheet_group *group,
    const struct metric *metric)
{
	const struct pair key = { group,
		intern_find(&f->names, metric->name, strlen(metric->name)) };
	size_t i = intern_find(&f->pairs, (const char *)&key, sizeof(key));

	return i != SIZE_MAX ? f->sheet->figures[f->figure_of[i]].figure : NULL;
}

/*
 * Note where the first figure of each group and metric is.  One that is said
 * alike under another name, where shapes do so, is forgotten.
 */
static void
note(struct finish *f, size_t i)
{
	struct sheet_figure *figure = &f->sheet->figures[i];
	size_t n = f->pairs.n;
	size_t pair = pair_of(f, figure->group, figure->metric);

	if (pair < n) {
		const struct figure *first =
		    f->sheet->figures[f->figure_of[pair]].figure;

		figure->is_forgotten = f->sheet->has_synonyms &&
		    figure->figure->state == first->state &&
		    sheet_is_near(figure->figure->value, first->value);
		return;
	}
	if (pair == f->size) {
		size_t *grown;

		f->size = f->size > 0 ? f->size * 2 : 64;
		grown = arena_array(f->sheet->arena, f->size, sizeof(*grown));
		if (pair > 0)
			memcpy(grown, f->figure_of, pair * sizeof(*grown));
		f->figure_of = grown;
	}
	f->figure_of[pair] = i;
}

/* Add the figures that are asked for and can be counted. */
static void
add_counted(struct finish *f)
{
	struct sheet *sheet = f->sheet;
	struct figure_maker maker = { .arena = sheet->arena,
		.options = sheet->options,
		.has_labels = !sheet->has_no_labels,
		.has_predictions = true,
		.origin = { sheet->name, 1, 1 } };

	if (f->out->n_tables + f->out->whole.n == 0)
		return;
	maker.whole = f->out->whole.n > 0 ? f->out->whole.groups :
					    f->out->tables[0].groups;
	figures_choose(&maker, sheet->complaints.diags);
	for (size_t i = 0; i < sheet->n_groups; i++) {
		struct sheet_group *group = sheet->groups[i];
		const struct import_text none = { NULL, group->pos };

		for (size_t k = 0; group->group != NULL && k < maker.n_metrics;
		     k++) {
			if (find(f, group, maker.metrics[k]) != NULL)
				continue;
			sheet_figure(sheet, group, maker.metrics[k], &none);
			sheet->figures[sheet->n_figures - 1].is_said = false;
			note(f, sheet->n_figures - 1);
		}
	}
}

/* Ratios. */

static int
shown(const char *name)
{
	return complaint_length(name, strlen(name));
}

/* Hold a ratio of the file against that of its two figures. */
static void
check_ratio(struct finish *f, const struct sheet_ratio *ratio)
{
	struct sheet *sheet = f->sheet;
	const struct sheet_group *reference =
	    sheet_find(sheet, ratio->group->attribute, ratio->reference);
	struct figure of, to;
	const struct figure *a, *b;
	char number[NUM_SIZE];
	double said;
	int rc = sheet_number(sheet, &ratio->said, &said);

	if (rc == -1 || reference == NULL)
		return;
	a = find(f, ratio->group, ratio->metric);
	b = find(f, reference, ratio->metric);
	if (a == NULL || b == NULL || a->state != FIGURE_DEFINED ||
	    b->state != FIGURE_DEFINED)
		return;
	of = *a;
	to = *b;
	figure_compare(&of, &to);
	if (ratio->is_difference) {
		of.has_ratio = true;
		of.ratio = of.difference;
	}
	if (!of.has_ratio && (rc == 0 || said == AEQUITAS_FILL))
		return;
	if (of.has_ratio && rc == 1 && sheet_is_near(said, of.ratio))
		return;
	num_write(of.ratio, number);
	sheet_bad(sheet, DIAG_METRIC_RECOUNT, &ratio->said,
	    arena_printf(sheet->arena, "%s of \"%.*s\" %s \"%.*s\" is %s",
		ratio->metric->name, shown(ratio->group->name),
		ratio->group->name, ratio->is_difference ? "minus" : "over",
		shown(ratio->reference), ratio->reference,
		of.has_ratio ? number : "a division by 0"));
}

/* What the ratios of each attribute are to. */
struct references {
	struct intern attributes;
	const char **names; /* NULL: they do not agree */
};

static void
note_reference(struct references *to, const struct sheet_ratio *ratio)
{
	const char *attribute = ratio->group->attribute;
	size_t n = to->attributes.n;
	size_t i = intern_add(&to->attributes, attribute, strlen(attribute));

	if (i == n)
		to->names[i] = ratio->reference;
	else if (to->names[i] != NULL &&
	    strcmp(to->names[i], ratio->reference) != 0)
		to->names[i] = NULL;
}

/*
 * Ratios are checked, and their references taken where all of an attribute
 * have the same.
 */
static void
take_ratios(struct finish *f)
{
	struct sheet *sheet = f->sheet;
	struct references references = { .attributes.arena = sheet->arena };

	references.names = arena_array(
	    sheet->arena, sheet->n_ratios, sizeof(references.names[0]));
	for (size_t i = 0; i < sheet->n_ratios; i++) {
		if (sheet->ratios[i].group->variant != f->variant)
			continue;
		check_ratio(f, &sheet->ratios[i]);
		note_reference(&references, &sheet->ratios[i]);
	}
	for (size_t i = 0; i < sheet->n_figures; i++) {
		const char *attribute = sheet->figures[i].group->attribute;
		size_t k = intern_find(
		    &references.attributes, attribute, strlen(attribute));

		if (k != SIZE_MAX)
			sheet->figures[i].figure->reference =
			    references.names[k];
	}
}

/* Rows. */

/* Whether a share of n rows is not one of whole rows. */
static bool
is_split(const struct sheet_figure *figure)
{
	const struct sheet_group *group = figure->group;
	double rows = figure->figure->value * group->n;

	return figure->is_said && group->has_n && group->group == NULL &&
	    figure->figure->state == FIGURE_DEFINED &&
	    metric_is_of_all_rows(figure->metric) &&
	    group->n == floor(group->n) &&
	    fabs(rows - floor(rows + 0.5)) > 1e-6 + group->n * TOLERANCE;
}

/* A table of differences has the header of a table of rates. */
static void
check_rows(const struct finish *f)
{
	const struct sheet *sheet = f->sheet;
	char value[NUM_SIZE], n[NUM_SIZE], rows[NUM_SIZE];

	for (size_t i = 0; i < sheet->n_figures; i++) {
		const struct sheet_figure *figure = &sheet->figures[i];

		if (figure->group->variant != f->variant || !is_split(figure))
			continue;
		num_write(figure->figure->value, value);
		num_write(figure->group->n, n);
		num_write_fixed(
		    figure->figure->value * figure->group->n, 3, rows);
		diag_add(sheet->complaints.diags, DIAG_EXPORT_WHOLE,
		    figure->figure->origin,
		    "%s %s of %s rows is %s rows; a table of differences "
		    "between groups is no table of groups",
		    figure->metric->name, value, n, rows);
		return;
	}
}

/* Interval of a share of the rows of a group, where it has none yet. */
static void
add_interval(const struct finish *f, const struct sheet_figure *figure)
{
	struct figure *to = figure->figure;

	if (!to->has_interval && to->state == FIGURE_DEFINED &&
	    figure->group->has_n && metric_is_of_all_rows(figure->metric) &&
	    !f->sheet->is_weighted)
		figure_interval(
		    to, figure->group->n, f->sheet->options->confidence);
}

/* Name a figure and hand it on. */
static int
hand_on(const struct finish *f, const struct sheet_figure *figure,
    struct fairness_table *table)
{
	const struct sheet_group *group = figure->group;
	struct figure *to = figure->figure;

	to->attribute = group->attribute;
	to->group = group->name;
	to->n = group->has_n ? group->n : 0;
	to->n_is_unknown = !group->has_n;
	if (group->has_n && group->n == 0 && to->state == FIGURE_DEFINED) {
		if (complaint(
			&f->sheet->complaints, DIAG_METRIC_VALUE, to->origin))
			diag_add(f->sheet->complaints.diags, DIAG_METRIC_VALUE,
			    to->origin, "a group of 0 rows has no value");
		return 0;
	}
	add_interval(f, figure);
	if (fairness_divides(to->attribute, to->group))
		return fairness_table_add(table, figure->metric, to);
	if (complaint(&f->sheet->complaints, DIAG_CSV_VALUE, group->pos))
		diag_add(f->sheet->complaints.diags, DIAG_CSV_VALUE, group->pos,
		    "\"%s\" of \"%s\": an intersection as \"sex*age\" has "
		    "groups as \"female*youth\", and up to 3 columns",
		    group->name, group->attribute);
	return 0;
}

/* Count what can be: 0, or -1 with the reason in diags. */
static int
prepare(struct finish *f)
{
	struct sheet *sheet = f->sheet;

	if (sheet_classes(sheet, f->variant) == -1)
		return -1;
	sheet_imply(sheet, f->variant);
	sheet_weigh(sheet, f->variant);
	sheet_tables(sheet, f->variant, f->out);
	for (size_t i = 0; i < sheet->n_figures; i++)
		if (sheet->figures[i].group->variant == f->variant)
			note(f, i);
	add_counted(f);
	for (size_t i = 0; i < sheet->n_figures; i++)
		if (sheet->figures[i].group->variant == f->variant)
			recount(f, &sheet->figures[i]);
	take_ratios(f);
	check_rows(f);
	return 0;
}

/* Give the tables the reference groups of the figures. */
static void
take_references(struct import *out)
{
	for (const struct figure *f = out->figures.first; f != NULL;
	     f = f->next)
		for (size_t i = 0; f->is_reference && i < out->n_tables; i++) {
			struct group_table *table = &out->tables[i];

			if (strcmp(table->attribute, f->attribute) == 0)
				table->reference =
				    group_table_find(table, f->group);
		}
}

int
sheet_finish(struct sheet *sheet, struct import *out)
{
	struct finish f = { .sheet = sheet, .out = out };
	struct fairness_table table = { .arena = sheet->arena,
		.options = sheet->options,
		.complaints = &sheet->complaints,
		.name = sheet->name };
	struct guard_source shown;
	int rc = 0;

	out->between = sheet->between;
	if (sheet->is_full) {
		diag_add(sheet->complaints.diags, DIAG_CSV_LIMIT,
		    (struct pos){ sheet->name, 1, 1 }, "more than %d groups",
		    SHEET_GROUPS);
		return -1;
	}
	if (sheet->n_groups > 0) {
		f.variant = variant_choose(&sheet->variants);
		variant_report(&sheet->variants, sheet->complaints.diags);
		sheet->variant = f.variant;
		if (prepare(&f) == -1)
			return -1;
	}
	for (size_t i = 0; i < sheet->n_figures && rc == 0; i++)
		if (sheet->figures[i].group->variant == f.variant &&
		    !sheet->figures[i].is_forgotten)
			rc = hand_on(&f, &sheet->figures[i], &table);
	if (rc == -1)
		return -1;
	fairness_table_finish(&table, &out->figures);
	shown = (struct guard_source){ &out->figures, &out->whole, out->tables,
		out->n_tables };
	take_references(out);
	rc = guard_sources(&shown, 1, sheet->arena, sheet->options->min_report,
	    sheet->complaints.diags);
	if (rc == -1)
		*out = (struct import){ .shape = out->shape };
	return rc;
}
