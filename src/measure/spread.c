#include "measure/spread.h"

#include <string.h>

#include "measure/evenness.h"
#include "measure/ranking.h"
#include "measure/spread_between.h"
#include "measure/spread_distance.h"
#include "measure/spread_index.h"
#include "measure/spread_parity.h"
#include "measure/spread_pooled.h"

#define TAU 0.8 /* four fifths */

/* The groups that are compared: all that may be, and whose rows are known. */
static void
find_groups(struct spread_maker *maker, const struct group_table *table,
    bool missing_is_group)
{
	maker->groups =
	    arena_array(maker->arena, table->n, sizeof(maker->groups[0]));
	for (size_t i = 0; i < table->n; i++) {
		const struct group *group = &table->groups[i];

		if (group->is_withheld ||
		    (group->is_missing && !missing_is_group &&
			group != table->reference))
			continue;
		maker->groups[maker->n++] = group;
		if (group == table->reference)
			maker->reference = group;
	}
}

static bool
is_binary(const struct group *whole)
{
	return whole->confusion == NULL && whole->regression == NULL;
}

/* What chance would make of the divergence of the places. */
static void
append_chance(struct spread_maker *maker, double ndkl)
{
	enum { REPLICATES = 999, SEED = 1 };
	double *rows = arena_array(maker->arena, maker->n, sizeof(rows[0]));
	struct metric_value by_chance, p;
	struct evenness even;
	const char *note;

	for (size_t i = 0; i < maker->n; i++)
		rows[i] = ranking_rows(maker->groups[i]);
	if (!evenness_test(rows, maker->n, ndkl, REPLICATES, SEED, &even)) {
		by_chance = p = spread_undefined(
		    "it takes from 2 to 200 groups with ranked rows");
		note = NULL;
	} else {
		by_chance = spread_number(even.by_chance);
		p = spread_number(even.p);
		note = arena_printf(maker->arena, "%u random rankings, seed %d",
		    even.replicates, SEED);
	}
	spread_append(maker, "ndkl_by_chance", SPREAD_ALL, &by_chance)->note =
	    note;
	spread_append(maker, "ndkl_p", SPREAD_ALL, &p)->note = note;
}

/* How even the places are, where a metric of places is asked for. */
static void
append_ndkl(struct spread_maker *maker, const struct spread_options *options)
{
	bool is_wanted = false;
	struct metric_value value;

	for (size_t i = 0; i < options->n_metrics; i++)
		is_wanted =
		    is_wanted || options->metrics[i]->kind == METRIC_RANK;
	if (!is_wanted)
		return;
	value = ranking_ndkl(maker->arena, maker->groups, maker->n);
	spread_append(maker, "ndkl", SPREAD_ALL, &value);
	if (value.defined)
		append_chance(maker, value.value);
}

void
spread_measure(struct spread_table *out, struct arena *arena,
    const struct group_table *table, const struct spread_options *options)
{
	struct spread_maker maker = { .out = out,
		.arena = arena,
		.attribute = table->attribute,
		.whole = options->whole,
		.tau = options->tau > 0 ? options->tau : TAU };

	find_groups(&maker, table, options->missing_is_group);
	for (size_t i = 0; i < options->n_metrics; i++) {
		const struct metric *metric = options->metrics[i];

		spread_between(&maker, metric);
		if (metric->kind == METRIC_RATE || metric->kind == METRIC_SHARE)
			spread_disparities(&maker, metric);
	}
	append_ndkl(&maker, options);
	spread_distances(&maker);
	if (!is_binary(options->whole))
		return;
	spread_parities(&maker);
	spread_aequitas(&maker);
	spread_fairmodels(&maker);
	spread_pooled(&maker);
	spread_entropies(&maker);
	spread_differential(&maker);
}

static bool
has_row(const struct spread_table *table, const char *name)
{
	for (const struct spread *row = table->first; row != NULL;
	     row = row->next)
		if (strcmp(row->name, name) == 0)
			return true;
	return false;
}

/* Whether it holds of all groups of each attribute, up to a row. */
static struct metric_value
all_of(const struct spread_table *table, const struct spread *last,
    const char *name)
{
	struct metric_value all = spread_number(1);

	for (const struct spread *row = table->first; row != NULL;
	     row = row == last ? NULL : row->next)
		if (strcmp(row->group, SPREAD_ALL) == 0 &&
		    strcmp(row->name, name) == 0)
			all = spread_and(&all, &row->value);
	return all;
}

void
spread_conclude(struct spread_table *table, struct arena *arena)
{
	static const char *const names[] = { "Unsupervised Fairness",
		"Supervised Fairness" };
	struct spread_maker maker = {
		.out = table, .arena = arena, .attribute = SPREAD_EVERY
	};
	struct metric_value all = spread_number(1);
	const struct spread *last = table->last;

	if (!has_row(table, names[0]))
		return;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct metric_value one = all_of(table, last, names[i]);

		spread_append(&maker, names[i], SPREAD_ALL, &one)->is_verdict =
		    true;
		all = spread_and(&all, &one);
	}
	spread_append(&maker, "Overall Fairness", SPREAD_ALL, &all)
	    ->is_verdict = true;
}

/* Whether names are the same but for case and what stands for a blank. */
static bool
is_called(const char *a, const char *b)
{
	static const char blanks[] = " _-";

	for (; *a != '\0' && *b != '\0'; a++, b++) {
		char x = *a >= 'A' && *a <= 'Z' ? (char)(*a - 'A' + 'a') : *a;
		char y = *b >= 'A' && *b <= 'Z' ? (char)(*b - 'A' + 'a') : *b;

		if (x != y &&
		    (strchr(blanks, x) == NULL || strchr(blanks, y) == NULL))
			return false;
	}
	return *a == *b;
}

const struct spread *
spread_find(const struct spread_table *table, const char *attribute,
    const char *name, const char *group)
{
	for (const struct spread *row = table->first; row != NULL;
	     row = row->next)
		if (is_called(row->name, name) &&
		    strcmp(row->attribute, attribute) == 0 &&
		    strcmp(row->group, group) == 0)
			return row;
	return NULL;
}
