#include "app/comparing.h"

#include <string.h>

#include "base/text.h"
#include "check/against.h"
#include "measure/control.h"
#include "measure/disparity.h"
#include "measure/impact.h"
#include "measure/unobserved.h"

enum { CLASSES_SHOWN = 8 };       /* in a hint */
enum { COMBINATIONS_MOST = 200 }; /* without a row, of an intersection */

static void
set_options(struct disparity_options *out, const struct policy *policy)
{
	disparity_defaults(out);
	out->confidence = policy->confidence;
	out->min_conclude = policy->min_conclude;
	out->min_report = policy->min_report;
	out->adjustment = adjust_find(policy->adjustment);
	out->missing_is_group = policy->missing_is_group;
}

/* The lower limit of the policy on the ratio of a metric, or 0. */
static double
ratio_of(const struct policy *policy, const char *attribute, const char *metric)
{
	for (size_t i = 0; i < policy->n_limits; i++) {
		const struct fairness_limit *limit = &policy->limits[i];

		if (limit->has_least && limit->least > 0 && limit->least < 1 &&
		    strcmp(limit->compare, "ratio") == 0 &&
		    strcmp(limit->metric, metric) == 0 &&
		    (strcmp(limit->attribute, "*") == 0 ||
			strcmp(limit->attribute, attribute) == 0))
			return limit->least;
	}
	return 0;
}

static const struct metric *
metric_of(struct record *record, const struct group *whole, const char *name)
{
	return metric_resolve(
	    &record->arena, name, strlen(name), whole->confusion);
}

void
comparing_show(struct record *record, const struct predictions *counted,
    const struct policy *policy)
{
	struct disparity_table *const all[] = { &record->disparities };
	const struct group *whole = counted->whole.groups;
	struct disparity_options options;
	struct disparity_maker maker = { &record->disparities, &record->arena,
		&options, whole };
	double usual;

	if (counted->n_tables == 0)
		return;
	set_options(&options, policy);
	usual = options.ratio;
	for (size_t i = 0; i < counted->n_tables; i++) {
		const struct group_table *table = &counted->tables[i];

		for (const struct figure *f = counted->figures.first;
		     f != NULL && *f->attribute == '\0'; f = f->next) {
			double limit =
			    ratio_of(policy, table->attribute, f->metric);

			options.ratio = limit > 0 ? limit : usual;
			disparity_add(
			    &maker, table, metric_of(record, whole, f->metric));
		}
	}
	disparity_adjust_pack(all, 1);
}

/* The table of an attribute, or NULL. */
static const struct group_table *
table_of(const struct predictions *counted, const char *attribute)
{
	for (size_t i = 0; i < counted->n_tables; i++)
		if (strcmp(counted->tables[i].attribute, attribute) == 0)
			return &counted->tables[i];
	return NULL;
}

void
comparing_impacts(struct record *record, const struct predictions *counted,
    const struct policy *policy)
{
	const struct impact_options options = { policy->missing_is_group, 0.8,
		0.02 };
	struct impact_table **end = &record->impacts;

	if (!policy->shows_four_fifths && !policy->shows_local_law_144)
		return;
	while (*end != NULL)
		end = &(*end)->next;
	for (size_t i = 0; i < 2 * counted->n_tables; i++) {
		struct impact_table *table =
		    arena_alloc(&record->arena, sizeof(*table));
		enum impact_kind kind =
		    i % 2 == 0 ? IMPACT_SELECTION : IMPACT_SCORING;

		if (!impact_measure(&counted->tables[i / 2], kind, &options,
			&record->arena, table))
			continue;
		*end = table;
		end = &table->next;
	}
}

void
comparing_unobserved(struct record *record, const struct predictions *counted)
{
	struct unobserved **end = &record->unobserved;

	while (*end != NULL)
		end = &(*end)->next;
	for (size_t i = 0; i < counted->n_tables; i++) {
		const struct group_table *table = &counted->tables[i];
		struct unobserved *u;

		if (table->n_columns < 2 || table->n_unobserved == 0)
			continue;
		u = arena_alloc(&record->arena, sizeof(*u));
		u->attribute = table->attribute;
		u->n_possible = table->n_possible;
		u->n = table->n_unobserved;
		u->names = arena_array(
		    &record->arena, COMBINATIONS_MOST, sizeof(*u->names));
		u->n_names = unobserved_names(
		    u->names, &record->arena, table, COMBINATIONS_MOST);
		*end = u;
		end = &u->next;
	}
}

void
comparing_control(struct record *record, const struct predictions *counted,
    const struct predictions *asked, const struct policy *policy,
    const char *feature)
{
	const struct group *whole = counted->whole.groups;

	for (size_t i = 0; i < asked->n_tables; i++) {
		const struct group_table *table = &asked->tables[i];
		const struct control_cross by = { table,
			table_of(counted,
			    arena_printf(&record->arena, "%s*%s", feature,
				table->attribute)),
			true, feature, policy->missing_is_group,
			policy->confidence };

		for (const struct figure *f = counted->figures.first;
		     by.cross != NULL && f != NULL && *f->attribute == '\0';
		     f = f->next)
			control_compare(&record->controls, &record->arena, &by,
			    metric_of(record, whole, f->metric));
	}
}

/* Classes of the rows, the first few, each behind a comma. */
static void
put_classes(struct text *out, const struct confusion *classes)
{
	for (size_t i = 0; i < classes->n && i < CLASSES_SHOWN; i++)
		text_printf(
		    out, "%s%s", i > 0 ? ", " : "", classes->classes[i]);
	if (classes->n > CLASSES_SHOWN)
		text_printf(out, " and %zu more", classes->n - CLASSES_SHOWN);
}

/* How the metric of a limit should be named; NULL where it is well named. */
static const char *
hint_of(struct arena *arena, const char *name, const struct confusion *classes)
{
	const struct metric *any =
	    metric_resolve(arena, name, strlen(name), NULL);
	struct text text = { 0 };
	const char *hint;

	if (any == NULL || any->kind > METRIC_COUNT ||
	    (any->class == NULL && any->of_classes != NULL) ||
	    (any->class != NULL &&
		metric_resolve(arena, name, strlen(name), classes) != NULL))
		return NULL;
	if (any->class == NULL)
		text_printf(&text, "name a class of the rows, as in %s: ",
		    metric_of_class(arena, any, classes->classes[0])->name);
	else
		text_puts(&text, "the classes of the rows are ");
	put_classes(&text, classes);
	hint = arena_dup(arena, text_str(&text), text.n);
	text_free(&text);
	return hint;
}

void
comparing_name_classes(struct record *record, const struct predictions *counted,
    struct policy *policy)
{
	const struct confusion *classes =
	    counted->whole.n > 0 ? counted->whole.groups[0].confusion : NULL;

	for (size_t i = 0; classes != NULL && i < policy->n_limits; i++)
		policy->limits[i].hint =
		    hint_of(&record->arena, policy->limits[i].metric, classes);
}

/* A copy of the table in which only groups of few rows are withheld. */
static struct group_table
unveiled(struct arena *arena, const struct group_table *table,
    const struct policy *policy)
{
	struct group_table out = *table;

	out.groups = arena_array(arena, table->n, sizeof(*out.groups));
	memcpy(out.groups, table->groups, table->n * sizeof(*out.groups));
	for (size_t i = 0; i < table->n; i++)
		if ((double)group_rows(&out.groups[i]) >= policy->min_report)
			out.groups[i].is_withheld =
			    out.groups[i].n_is_withheld = false;
	return out;
}

/* Compare the groups of a slice with the reference of the limit. */
static void
prove_slice(struct disparity_maker *maker, struct record *record,
    const struct group_table *table, const struct policy *policy,
    const struct fairness_limit *limit, const struct figure_slice *slice)
{
	struct against against = against_find(record, policy, limit, slice);
	struct group_table open = unveiled(&record->arena, table, policy);

	if (against.reference == NULL)
		return;
	open.reference = group_table_find(&open, against.reference->group);
	disparity_add(
	    maker, &open, metric_of(record, maker->whole, limit->metric));
}

static void
prove(struct record *record, const struct predictions *counted,
    const struct policy *policy, struct fairness_limit *limit)
{
	struct disparity_options options;
	struct disparity_maker maker = { limit->evidence, &record->arena,
		&options, counted->whole.groups };
	const struct figure *f = record->figures.first;

	if (limit->evidence == NULL)
		limit->evidence = maker.out =
		    arena_alloc(&record->arena, sizeof(*maker.out));
	set_options(&options, policy);
	while (f != NULL) {
		struct figure_slice slice = figure_slice(f);
		const struct group_table *table =
		    table_of(counted, f->attribute);

		if (table != NULL && strcmp(f->metric, limit->metric) == 0 &&
		    (strcmp(limit->attribute, "*") == 0 ||
			strcmp(limit->attribute, f->attribute) == 0))
			prove_slice(
			    &maker, record, table, policy, limit, &slice);
		f = slice.end;
	}
}

void
comparing_prove(struct record *record, const struct predictions *counted,
    struct policy *policy)
{
	for (size_t i = 0; i < policy->n_limits && counted->n_tables > 0; i++)
		if (limit_rule_tests(limit_rule_in(policy, &policy->limits[i])))
			prove(record, counted, policy, &policy->limits[i]);
}
