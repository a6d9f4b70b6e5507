#include "measure/group.h"

#include <stdlib.h>
#include <string.h>

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

const struct group *
group_table_largest(const struct group_table *table, bool missing_is_group)
{
	const struct group *best = NULL;
	unsigned long long most = 0;

	for (size_t i = 0; i < table->n; i++) {
		const struct group *group = &table->groups[i];
		unsigned long long n = counts_rows(&group->counts);

		if (n <= most || (group->is_missing && !missing_is_group))
			continue;
		best = group;
		most = n;
	}
	return best;
}
