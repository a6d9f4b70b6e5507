#include "measure/unobserved.h"

#include <string.h>

#include "base/text.h"
#include "measure/options.h"

/* Beyond so many comparisons none are listed. */
#define COMPARISONS_MOST 1e8

/* A value of a column of an intersection, as it stands in names of groups. */
struct seen {
	uint32_t number;
	const char *name;
	struct seen *next;
};

struct seen_list {
	struct seen *first, **last;
};

/* The bytes of a name up to the next star that is not escaped. */
static size_t
part_length(const char *name)
{
	size_t n = 0;

	while (name[n] != '\0' && name[n] != '*')
		n += name[n] == '\\' && name[n + 1] != '\0' ? 2 : 1;
	return n;
}

static void
keep_value(struct seen_list *values, struct arena *arena, uint32_t number,
    const char *name, size_t n)
{
	struct seen *value;

	for (value = values->first; value != NULL; value = value->next)
		if (value->number == number)
			return;
	value = arena_alloc(arena, sizeof(*value));
	value->number = number;
	value->name = arena_dup(arena, name, n);
	*values->last = value;
	values->last = &value->next;
}

/* Collect the values of each column, those that are missing left out. */
static void
collect(struct seen_list values[], struct arena *arena,
    const struct group_table *table)
{
	for (size_t i = 0; i < table->n_columns; i++)
		values[i] = (struct seen_list){ NULL, &values[i].first };
	for (size_t i = 0; i < table->n; i++) {
		const struct group *group = &table->groups[i];
		const char *p = group->name;

		for (size_t k = 0; k < table->n_columns; k++) {
			size_t n = part_length(p);

			if (n != strlen(GROUP_MISSING) ||
			    memcmp(p, GROUP_MISSING, n) != 0)
				keep_value(
				    &values[k], arena, group->parts[k], p, n);
			p += p[n] == '*' ? n + 1 : n;
		}
	}
}

static bool
has_group(const struct group_table *table, const struct seen *const parts[])
{
	for (size_t i = 0; i < table->n; i++) {
		size_t k = 0;

		while (k < table->n_columns &&
		    table->groups[i].parts[k] == parts[k]->number)
			k++;
		if (k == table->n_columns)
			return true;
	}
	return false;
}

static void
put_name(struct text *out, const struct group_table *table,
    const struct seen *const parts[])
{
	for (size_t i = 0; i < table->n_columns; i++)
		text_printf(out, "%s%s", i > 0 ? "*" : "", parts[i]->name);
}

/* Step to the next combination, the last column first; false at the end. */
static bool
step(const struct seen *parts[], const struct seen_list values[], size_t n)
{
	for (size_t i = n; i-- > 0;) {
		parts[i] = parts[i]->next;
		if (parts[i] != NULL)
			return true;
		parts[i] = values[i].first;
	}
	return false;
}

size_t
unobserved_names(const char **names, struct arena *arena,
    const struct group_table *table, size_t most)
{
	struct seen_list values[WITHHOLD_COLUMNS];
	const struct seen *parts[WITHHOLD_COLUMNS];
	size_t n = 0;

	if (table->n_columns < 2 || table->n_unobserved == 0 ||
	    (double)table->n_possible * (double)table->n > COMPARISONS_MOST)
		return 0;
	collect(values, arena, table);
	for (size_t i = 0; i < table->n_columns; i++)
		if ((parts[i] = values[i].first) == NULL)
			return 0;
	do {
		struct text name = { 0 };

		if (has_group(table, parts))
			continue;
		put_name(&name, table, parts);
		names[n++] = arena_dup(arena, text_str(&name), name.n);
		text_free(&name);
	} while (n < most && step(parts, values, table->n_columns));
	return n;
}
