#include "measure/group.h"

#include <stdlib.h>
#include <string.h>

#include "base/near.h"

/* Rows of true and predicted classes, with those that lack one. */
static unsigned long long
confusion_rows(const struct confusion *c)
{
	unsigned long long n = c->n_blank;

	for (size_t i = 0; i < c->n * c->n; i++)
		n += c->cell_rows[i];
	for (size_t i = 0; i < c->n; i++)
		n += (c->unlabelled != NULL ? c->unlabelled[i].rows : 0) +
		    (c->unpredicted != NULL ? c->unpredicted[i].rows : 0);
	return n;
}

unsigned long long
group_rows(const struct group *group)
{
	const struct regression *r = group->regression;

	if (group->confusion != NULL)
		return confusion_rows(group->confusion);
	if (r != NULL)
		return r->n + r->n_no_label + r->n_no_prediction;
	return counts_rows(&group->counts);
}

static int
by_name(const void *a, const void *b)
{
	const struct group *left = a, *right = b;

	return strcmp(left->name, right->name);
}

void
group_table_sort(struct group_table *table)
{
	if (table->n > 1)
		qsort(
		    table->groups, table->n, sizeof(table->groups[0]), by_name);
}

const struct group *
group_table_find(const struct group_table *table, const char *name)
{
	for (size_t i = 0; i < table->n; i++)
		if (strcmp(table->groups[i].name, name) == 0)
			return &table->groups[i];
	return NULL;
}

const char *
group_table_advice(
    struct arena *arena, const struct group_table *table, const char *name)
{
	const char **names = arena_array(arena, table->n, sizeof(names[0]));

	for (size_t i = 0; i < table->n; i++)
		names[i] = table->groups[i].name;
	return near_advice(arena, name, names, table->n);
}

const struct group *
group_table_largest(const struct group_table *table, bool missing_is_group)
{
	const struct group *best = NULL;
	unsigned long long most = 0;

	for (size_t i = 0; i < table->n; i++) {
		const struct group *group = &table->groups[i];
		unsigned long long n = group_rows(group);

		if (n <= most || (group->is_missing && !missing_is_group))
			continue;
		best = group;
		most = n;
	}
	return best;
}
