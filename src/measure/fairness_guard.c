#include "measure/fairness_guard.h"

#include <string.h>

#include "measure/withhold.h"

size_t
fairness_members(const struct fairness_table *t, size_t first)
{
	size_t n = 1;

	while (first + n < t->n_members &&
	    t->members[first + n].attribute == t->members[first].attribute)
		n++;
	return n;
}

/* Take the next part off a name: up to a "*" that has no "\" before it. */
static size_t
next_part(const char *name)
{
	size_t n = 0;

	while (name[n] != '\0' && name[n] != '*')
		n += name[n] == '\\' && name[n + 1] != '\0' ? 2 : 1;
	return n;
}

bool
fairness_is_missing(const char *group)
{
	size_t n = next_part(group);

	while (n != strlen(GROUP_MISSING) ||
	    memcmp(group, GROUP_MISSING, n) != 0) {
		if (group[n] == '\0')
			return false;
		group += n + 1;
		n = next_part(group);
	}
	return true;
}

/* The number of n bytes, without the "\\" before a "*" or "\\" of its own. */
static uint32_t
number_of(struct fairness_table *t, const char *p, size_t n)
{
	char *plain = arena_dup(t->arena, p, n);
	size_t m = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i] == '\\' && i + 1 < n)
			i++;
		plain[m++] = p[i];
	}
	return (uint32_t)intern_add(&t->parts, plain, m);
}

/* Take a name apart at its stars into numbers; how many there are. */
static size_t
split(
    struct fairness_table *t, const char *name, uint32_t out[WITHHOLD_COLUMNS])
{
	size_t count = 0;

	while (count < WITHHOLD_COLUMNS) {
		size_t n = next_part(name);

		out[count++] = number_of(t, name, n);
		if (name[n] == '\0')
			break;
		name += n + 1;
	}
	return count;
}

/* How many parts a name has. */
static size_t
parts_of(const char *name)
{
	size_t n = 1;

	for (name += next_part(name); *name == '*'; name += next_part(name)) {
		name++;
		n++;
	}
	return n;
}

/* Whether a part of a name stands in it once more. */
static bool
repeats(const char *name)
{
	for (const char *a = name; *a != '\0'; a += *a == '*' ? 1 : 0) {
		size_t n = next_part(a);

		for (const char *b = a + n; *b == '*'; b += next_part(b)) {
			b++;
			if (next_part(b) == n && memcmp(a, b, n) == 0)
				return true;
		}
		a += n;
	}
	return false;
}

bool
fairness_divides(const char *attribute, const char *group)
{
	size_t n = parts_of(attribute);

	return n == 1 ||
	    (n <= WITHHOLD_COLUMNS && parts_of(group) == n &&
		!repeats(attribute));
}

/* The table of an attribute; the groups of a single one are as they are. */
static void
fill_table(struct fairness_table *t, const struct fairness_member *members,
    size_t n, struct withhold_table *out)
{
	out->n_columns = split(t, members[0].first->attribute, out->columns);
	out->groups = arena_array(t->arena, n, sizeof(out->groups[0]));
	out->n = n;
	for (size_t i = 0; i < n; i++) {
		struct withhold_group *group = &out->groups[i];
		const char *name = members[i].first->group;

		group->n = members[i].first->n;
		group->is_missing = out->n_columns > 1 ?
		    fairness_is_missing(name) :
		    strcmp(name, GROUP_MISSING) == 0;
		if (out->n_columns > 1)
			split(t, name, group->parts);
		else
			group->parts[0] =
			    (uint32_t)intern_add(&t->parts, name, strlen(name));
	}
}

/*
 * The rows of the whole: as stated, else of the largest attribute.  A file
 * that gives no number of rows at all is taken for large enough: it is the
 * groups in it that may be small.
 */
static double
rows_of_whole(const struct fairness_table *t)
{
	double most = 0;

	for (size_t i = 0, n; i < t->n_members; i += n) {
		double sum = 0;

		n = fairness_members(t, i);
		for (size_t k = i; k < i + n; k++)
			sum += t->members[k].first->n;
		if (fairness_is_whole(t->members[i].first) && sum > 0)
			return sum;
		most = sum > most ? sum : most;
	}
	return most > 0 ? most : t->options->min_report;
}

static void
copy_mark(struct fairness_member *to, const struct withhold_group *from)
{
	to->is_withheld = from->is_withheld;
	to->n_is_withheld = from->n_is_withheld;
}

/* Whether the rows of no group of an attribute are stated. */
static bool
is_unstated(const struct fairness_member *members, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!members[i].first->n_is_unknown)
			return false;
	return true;
}

/*
 * Mark the groups as tables and whole are marked; these are in their order.
 * Where no rows are stated there is no table, and all is withheld.
 */
static void
copy_marks(struct fairness_table *t, const struct withhold_group *whole,
    const struct withhold_table *tables)
{
	const struct withhold_group unknown = { .is_withheld = true,
		.n_is_withheld = true };

	for (size_t i = 0, n; i < t->n_members; i += n) {
		bool is_unknown;

		n = fairness_members(t, i);
		is_unknown = is_unstated(&t->members[i], n);
		if (fairness_is_whole(t->members[i].first)) {
			copy_mark(&t->members[i], whole);
			continue;
		}
		for (size_t k = 0; k < n; k++)
			copy_mark(&t->members[i + k],
			    is_unknown ? &unknown : &tables->groups[k]);
		tables += is_unknown ? 0 : 1;
	}
}

int
fairness_guard(struct fairness_table *t)
{
	struct withhold_table *tables =
	    arena_array(t->arena, t->attributes.n, sizeof(*tables));
	struct withhold_group whole = { .n = rows_of_whole(t) };
	size_t n_tables = 0;

	for (size_t i = 0, n; i < t->n_members; i += n) {
		n = fairness_members(t, i);
		if (!fairness_is_whole(t->members[i].first) &&
		    !is_unstated(&t->members[i], n))
			fill_table(t, &t->members[i], n, &tables[n_tables++]);
	}
	if (!withhold_small(&whole, tables, n_tables, t->options->min_report)) {
		diag_add(t->complaints->diags, DIAG_CSV_LIMIT,
		    (struct pos){ t->name, 1, 1 },
		    "too many intersections to withhold small groups safely; "
		    "leave some out");
		return -1;
	}
	copy_marks(t, &whole, tables);
	return 0;
}
