#include "measure/fairness_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "base/num.h"
#include "measure/fairness_guard.h"
#include "measure/figures.h"

enum { FIRST_ENTRIES = 256, FIRST_METRICS = 32 };

/* Adding. */

static int
too_large(const struct fairness_table *t, const char *what)
{
	diag_add(t->complaints->diags, DIAG_CSV_LIMIT,
	    (struct pos){ t->name, 1, 1 }, "too many %s", what);
	return -1;
}

/* Room for one more entry. */
static struct fairness_entry *
add_entry(struct fairness_table *t)
{
	struct fairness_entry *entries;

	if (t->n < t->size)
		return &t->entries[t->n++];
	t->size = t->size > 0 ? t->size * 2 : FIRST_ENTRIES;
	entries = arena_array(t->arena, t->size, sizeof(*entries));
	if (t->n > 0)
		memcpy(entries, t->entries, t->n * sizeof(*entries));
	t->entries = entries;
	return &t->entries[t->n++];
}

/* The one metric of this name: those of classes are made again and again. */
static const struct metric *
one_of(struct fairness_table *t, const struct metric *metric)
{
	size_t n = t->names.n;
	size_t i;

	t->names.arena = t->arena;
	i = intern_add(&t->names, metric->name, strlen(metric->name));
	if (i < n)
		return t->metrics[i];
	if (n == t->metrics_size) {
		const struct metric **grown;

		t->metrics_size = n > 0 ? n * 2 : FIRST_METRICS;
		grown = arena_array(
		    t->arena, t->metrics_size, sizeof(const void *));
		if (n > 0)
			memcpy(grown, t->metrics, n * sizeof(const void *));
		t->metrics = grown;
	}
	t->metrics[i] = metric;
	return metric;
}

int
fairness_table_add(struct fairness_table *t, const struct metric *metric,
    struct figure *figure)
{
	struct fairness_entry *entry;

	t->attributes.arena = t->arena;
	if (t->n == FAIRNESS_FIGURES)
		return too_large(t, "figures");
	entry = add_entry(t);
	entry->metric = one_of(t, metric);
	entry->figure = figure;
	entry->attribute = intern_add(
	    &t->attributes, figure->attribute, strlen(figure->attribute));
	if (t->attributes.n > FAIRNESS_ATTRIBUTES)
		return too_large(t, "attributes");
	figure->metric = entry->metric->name;
	return 0;
}

/* Order. */

static int
compare_sizes(size_t a, size_t b)
{
	return a < b ? -1 : a > b ? 1 : 0;
}

/* Of rows that say the same, the upper one comes first. */
static int
compare_lines(const struct figure *a, const struct figure *b)
{
	return compare_sizes(a->origin.line, b->origin.line);
}

/* By attribute, group and line. */
static int
by_group(const void *a, const void *b)
{
	const struct fairness_entry *x = a, *y = b;
	int order = compare_sizes(x->attribute, y->attribute);

	if (order == 0)
		order = strcmp(x->figure->group, y->figure->group);
	return order != 0 ? order : compare_lines(x->figure, y->figure);
}

/* The whole first, then by attribute, metric, group and line. */
static int
by_metric(const void *a, const void *b)
{
	const struct fairness_entry *x = a, *y = b;
	int order = fairness_is_whole(y->figure) - fairness_is_whole(x->figure);

	if (order == 0)
		order = compare_sizes(x->attribute, y->attribute);
	if (order == 0)
		order = compare_sizes(
		    metric_index(x->metric), metric_index(y->metric));
	if (order == 0)
		order = strcmp(x->metric->name, y->metric->name);
	if (order == 0)
		order = strcmp(x->figure->group, y->figure->group);
	return order != 0 ? order : compare_lines(x->figure, y->figure);
}

static void
sort(struct fairness_table *t, int (*compare)(const void *a, const void *b))
{
	if (t->n > 1)
		qsort(t->entries, t->n, sizeof(*t->entries), compare);
}

/* Groups. */

static bool
is_of(const struct fairness_member *member, const struct fairness_entry *entry)
{
	return member->attribute == entry->attribute &&
	    strcmp(member->first->group, entry->figure->group) == 0;
}

/* Whether a figure gives its group the rows that the first of them gave. */
static bool
agrees(struct fairness_table *t, const struct figure *figure,
    const struct figure *first)
{
	char n[NUM_SIZE], other[NUM_SIZE];

	if (figure->n == first->n)
		return true;
	num_write(figure->n, n);
	num_write(first->n, other);
	if (complaint(t->complaints, DIAG_METRIC_VALUE, figure->origin))
		diag_add(t->complaints->diags, DIAG_METRIC_VALUE,
		    figure->origin,
		    "the group has %s rows here and %s in line %u; count is "
		    "the rows of the group, whatever the metric",
		    n, other, first->origin.line);
	return false;
}

/* Collect the groups, each once; leave out what contradicts them. */
static void
collect_members(struct fairness_table *t)
{
	size_t n = 0;

	sort(t, by_group);
	t->members = arena_array(t->arena, t->n, sizeof(*t->members));
	for (size_t i = 0; i < t->n; i++) {
		struct fairness_entry *entry = &t->entries[i];

		if (t->n_members == 0 ||
		    !is_of(&t->members[t->n_members - 1], entry))
			t->members[t->n_members++] =
			    (struct fairness_member){ .attribute =
							  entry->attribute,
				    .first = entry->figure };
		if (agrees(
			t, entry->figure, t->members[t->n_members - 1].first))
			t->entries[n++] = *entry;
	}
	t->n = n;
}

static int
compare_member(const void *key, const void *element)
{
	const struct fairness_entry *entry = key;
	const struct fairness_member *member = element;
	int order = compare_sizes(entry->attribute, member->attribute);

	return order != 0 ? order :
			    strcmp(entry->figure->group, member->first->group);
}

/* The group of an entry; there is always one. */
static const struct fairness_member *
member_of(const struct fairness_table *t, const struct fairness_entry *entry)
{
	return bsearch(entry, t->members, t->n_members, sizeof(t->members[0]),
	    compare_member);
}

/* A figure that stands twice is taken once. */
static void
drop_doubles(struct fairness_table *t)
{
	size_t n = 0;

	sort(t, by_metric);
	for (size_t i = 0; i < t->n; i++) {
		const struct fairness_entry *entry = &t->entries[i];
		const struct fairness_entry *last =
		    n > 0 ? &t->entries[n - 1] : NULL;
		struct pos pos = entry->figure->origin;

		if (last == NULL || last->attribute != entry->attribute ||
		    last->metric != entry->metric ||
		    strcmp(last->figure->group, entry->figure->group) != 0)
			t->entries[n++] = *entry;
		else if (complaint(t->complaints, DIAG_CSV_VALUE, pos))
			diag_add(t->complaints->diags, DIAG_CSV_VALUE, pos,
			    "%s of %s %.*s stands twice, first in line %u",
			    entry->metric->name, entry->figure->attribute,
			    complaint_length(entry->figure->group,
				strlen(entry->figure->group)),
			    entry->figure->group, last->figure->origin.line);
	}
	t->n = n;
}

/* Comparing. */

/* What the options name for an attribute, or NULL. */
static const struct measure_reference *
wanted(const struct fairness_table *t, const char *attribute)
{
	const struct measure_options *options = t->options;

	for (size_t i = 0; i < options->n_references; i++)
		if (strcmp(options->references[i].attribute, attribute) == 0)
			return &options->references[i];
	return NULL;
}

/* The group that the file names, in the first row that does, or NULL. */
static const char *
named(const struct fairness_entry *entries, size_t n)
{
	const struct figure *first = NULL;

	for (size_t i = 0; i < n; i++) {
		const struct figure *figure = entries[i].figure;

		if (figure->reference != NULL &&
		    (first == NULL || compare_lines(figure, first) < 0))
			first = figure;
	}
	return first != NULL ? first->reference : NULL;
}

/* How many members, from the first on, are of the same attribute. */
static size_t
same_members(const struct fairness_table *t, size_t first)
{
	size_t n = 1;

	while (first + n < t->n_members &&
	    t->members[first + n].attribute == t->members[first].attribute)
		n++;
	return n;
}

/* The group of this name, or the largest; NULL: there is none. */
static const struct fairness_member *
choose_reference(const struct fairness_table *t,
    const struct fairness_member *members, size_t n, const char *name,
    struct pos pos)
{
	const struct fairness_member *largest = NULL;
	const char **names = arena_array(t->arena, n, sizeof(names[0]));
	double most = 0;

	for (size_t i = 0; i < n; i++) {
		const struct figure *first = members[i].first;

		names[i] = first->group;
		if (name != NULL && strcmp(first->group, name) == 0)
			return &members[i];
		if (first->n <= most ||
		    (!t->options->missing_is_group &&
			fairness_is_missing(first->group)))
			continue;
		largest = &members[i];
		most = first->n;
	}
	if (name != NULL)
		diag_add(t->complaints->diags, DIAG_GROUP_UNKNOWN,
		    pos.file != NULL ? pos : (struct pos){ t->name, 1, 1 },
		    "\"%s\" has no group \"%s\"%s", members[0].first->attribute,
		    name, near_advice(t->arena, name, names, n));
	return largest;
}

/* The reference for the entries of an attribute; the whole has none. */
static const struct fairness_member *
reference_of(const struct fairness_table *t,
    const struct fairness_entry *entries, size_t n)
{
	size_t i = (size_t)(member_of(t, entries) - t->members);
	const struct measure_reference *named_by =
	    wanted(t, entries->figure->attribute);

	if (fairness_is_whole(entries->figure))
		return NULL;
	while (i > 0 && t->members[i - 1].attribute == entries->attribute)
		i--;
	if (named_by != NULL)
		return choose_reference(t, &t->members[i], same_members(t, i),
		    named_by->group, named_by->pos);
	return choose_reference(t, &t->members[i], same_members(t, i),
	    named(entries, n), (struct pos){ 0 });
}

/* Compare the figures of one metric. */
static void
compare(const struct fairness_table *t, struct fairness_entry *entries,
    size_t n, const struct fairness_member *member)
{
	const struct figure *reference = NULL;

	for (size_t i = 0; i < n; i++)
		if (is_of(member, &entries[i]))
			reference = entries[i].figure;
	for (size_t i = 0; i < n; i++) {
		struct figure *figure = entries[i].figure;

		figure->reference = member->first->group;
		figure->is_reference = figure == reference;
		if (reference != NULL &&
		    (figure->is_reference || t->options->missing_is_group ||
			!fairness_is_missing(figure->group)))
			figure_compare(figure, reference);
	}
}

/* How many of n entries, from the first on, are of one metric. */
static size_t
same_metric(const struct fairness_entry *entries, size_t n)
{
	size_t i = 1;

	while (i < n && entries[i].metric == entries->metric)
		i++;
	return i;
}

/* How many entries, from the first on, are of one attribute. */
static size_t
same_attribute(const struct fairness_table *t, size_t first)
{
	size_t i = first;

	while (
	    i < t->n && t->entries[i].attribute == t->entries[first].attribute)
		i++;
	return i - first;
}

static void
compare_all(const struct fairness_table *t)
{
	for (size_t i = 0, n; i < t->n; i += n) {
		struct fairness_entry *entries = &t->entries[i];
		const struct fairness_member *reference;

		n = same_attribute(t, i);
		reference = reference_of(t, entries, n);
		for (size_t k = 0, m; k < n && reference != NULL; k += m) {
			m = same_metric(&entries[k], n - k);
			compare(t, &entries[k], m, reference);
		}
	}
}

void
fairness_table_finish(struct fairness_table *t, struct figure_table *out)
{
	collect_members(t);
	drop_doubles(t);
	compare_all(t);
	for (size_t i = 0; i < t->n; i++)
		figure_append(out, t->entries[i].figure);
}
