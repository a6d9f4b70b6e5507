#include "measure/guard.h"

#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/num.h"
#include "base/text.h"
#include "measure/fairness_guard.h"
#include "measure/figures.h"
#include "measure/withhold.h"

enum { FIRST_MEMBERS = 64 };

/* A group of an attribute, whoever tells of it. */
struct member {
	const char *attribute, *name;
	double n;
	bool is_unknown; /* nobody states n */
	struct pos origin;
	bool is_withheld, n_is_withheld;
};

/* The sources of the same rows, together. */
struct population {
	struct intern keys; /* attribute, NUL, name */
	struct member *members;
	size_t n, size;
};

struct guard {
	struct arena *arena;
	double min_report;
	struct diag_list *diags;
	struct population *populations;
	size_t n_populations;
	size_t *population_of; /* of each source */
	struct intern parts;   /* columns and values */
};

/* Members. */

static void
put_key(struct text *key, const char *attribute, const char *name)
{
	text_put(key, attribute, strlen(attribute) + 1);
	text_puts(key, name);
}

static struct member *
find(const struct population *p, const char *attribute, const char *name)
{
	struct text key = { 0 };
	size_t i;

	put_key(&key, attribute, name);
	i = intern_find(&p->keys, text_str(&key), key.n);
	text_free(&key);
	return i != SIZE_MAX ? &p->members[i] : NULL;
}

/* Add a group; where it is known, its rows if they were not. */
static void
add(struct population *p, struct arena *arena, const struct member *member)
{
	struct member *found = find(p, member->attribute, member->name);
	struct text key = { 0 };

	if (found != NULL) {
		if (found->is_unknown && !member->is_unknown)
			*found = *member;
		return;
	}
	if (p->n == p->size) {
		struct member *grown;

		p->size = p->n > 0 ? p->n * 2 : FIRST_MEMBERS;
		grown = arena_array(arena, p->size, sizeof(*grown));
		if (p->n > 0)
			memcpy(grown, p->members, p->n * sizeof(*grown));
		p->members = grown;
	}
	p->members[p->n++] = *member;
	p->keys.arena = arena;
	put_key(&key, member->attribute, member->name);
	intern_add(&p->keys, text_str(&key), key.n);
	text_free(&key);
}

static void
add_table(
    struct population *p, struct arena *arena, const struct group_table *table)
{
	for (size_t i = 0; table != NULL && i < table->n; i++) {
		const struct member member = { .attribute = table->attribute,
			.name = table->groups[i].name,
			.n = (double)group_rows(&table->groups[i]) };

		add(p, arena, &member);
	}
}

/* All groups of a source. */
static void
collect(struct population *p, struct arena *arena,
    const struct guard_source *source)
{
	for (const struct figure *f = source->figures->first; f != NULL;
	     f = f->next) {
		const struct member member = { .attribute = f->attribute,
			.name = f->group,
			.n = f->n,
			.is_unknown = f->n_is_unknown,
			.origin = f->origin };

		add(p, arena, &member);
	}
	add_table(p, arena, source->whole);
	for (size_t i = 0; i < source->n_tables; i++)
		add_table(p, arena, &source->tables[i]);
}

/* By attribute, the whole first, and name. */
static int
by_attribute(const void *a, const void *b)
{
	const struct member *x = *(struct member *const *)a;
	const struct member *y = *(struct member *const *)b;
	int order = strcmp(x->attribute, y->attribute);

	return order != 0 ? order : strcmp(x->name, y->name);
}

static struct member **
sorted(const struct population *p, struct arena *arena)
{
	struct member **order = arena_array(arena, p->n, sizeof(*order));

	for (size_t i = 0; i < p->n; i++)
		order[i] = &p->members[i];
	if (p->n > 1)
		qsort(order, p->n, sizeof(*order), by_attribute);
	return order;
}

/* How many of n members, from the first on, are of one attribute. */
static size_t
same_attribute(struct member *const *members, size_t n)
{
	size_t i = 1;

	while (
	    i < n && strcmp(members[i]->attribute, members[0]->attribute) == 0)
		i++;
	return i;
}

static double
sum_of(struct member *const *members, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += members[i]->n;
	return sum;
}

/* The rows of the whole, as stated; or 0. */
static double
stated_rows(const struct population *p)
{
	const struct member *whole = find(p, "", GROUP_OVERALL);

	return whole != NULL && !whole->is_unknown ? whole->n : 0;
}

/* The rows of the whole: as stated, else of the largest attribute; or 0. */
static double
rows_of(const struct population *p, struct arena *arena)
{
	struct member **order = sorted(p, arena);
	double most = stated_rows(p);

	if (most > 0)
		return most;
	for (size_t i = 0, n; i < p->n; i += n) {
		double sum;

		n = same_attribute(&order[i], p->n - i);
		sum = sum_of(&order[i], n);
		most = sum > most ? sum : most;
	}
	return most;
}

/* Populations. */

/* Whether two sources are of the same rows. */
static bool
agree(const struct guard *g, const struct population *a,
    const struct population *b)
{
	bool any = false;

	for (size_t i = 0; i < b->n; i++) {
		const struct member *mine = &b->members[i];
		const struct member *other =
		    find(a, mine->attribute, mine->name);

		if (other == NULL || other->is_unknown || mine->is_unknown)
			continue;
		if (other->n != mine->n)
			return false;
		any = true;
	}
	return any || rows_of(a, g->arena) == rows_of(b, g->arena);
}

/* Add a source to those of its rows. */
static void
join(struct guard *g, const struct guard_source *source, size_t index)
{
	struct population own = { 0 };
	size_t i = 0;

	collect(&own, g->arena, source);
	while (i < g->n_populations && !agree(g, &g->populations[i], &own))
		i++;
	g->population_of[index] = i;
	if (i == g->n_populations) {
		g->populations[g->n_populations++] = own;
		return;
	}
	for (size_t k = 0; k < own.n; k++)
		add(&g->populations[i], g->arena, &own.members[k]);
}

/* Tables. */

/* The table of an attribute; the groups of a single one are as they are. */
static void
fill_table(struct guard *g, struct member *const *members, size_t n,
    struct withhold_table *out)
{
	out->n_columns =
	    fairness_split(&g->parts, members[0]->attribute, out->columns);
	out->groups = arena_array(g->arena, n, sizeof(out->groups[0]));
	out->n = n;
	for (size_t i = 0; i < n; i++) {
		struct withhold_group *group = &out->groups[i];
		const char *name = members[i]->name;

		group->n = members[i]->n;
		group->is_missing = out->n_columns > 1 ?
		    fairness_is_missing(name) :
		    strcmp(name, GROUP_MISSING) == 0;
		if (out->n_columns > 1)
			fairness_split(&g->parts, name, group->parts);
		else
			group->parts[0] =
			    (uint32_t)intern_add(&g->parts, name, strlen(name));
	}
}

/* Tell that the groups of an attribute are more than the whole. */
static void
report(struct guard *g, const struct member *first, double sum, double rows)
{
	char groups[NUM_SIZE], whole[NUM_SIZE];

	num_write(sum, groups);
	num_write(rows, whole);
	diag_add(g->diags, DIAG_METRIC_VALUE, first->origin,
	    "the groups of %s have %s rows, the whole %s", first->attribute,
	    groups, whole);
}

/* Whether the rows of no group are stated: then there is no table. */
static bool
is_unstated(struct member *const *members, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!members[i]->is_unknown)
			return false;
	return true;
}

static void
copy_marks(struct member *to, const struct withhold_group *from)
{
	to->is_withheld = from->is_withheld;
	to->n_is_withheld = from->n_is_withheld;
}

/* The tables of a population while they are marked. */
struct marking {
	struct member **order;
	struct withhold_table *tables;
	size_t *starts; /* in order, of each table */
	size_t *counts; /* groups of each */
	size_t n;
};

/* Make the tables; those without rows are hidden at once. */
static void
fill_tables(struct guard *g, const struct population *p, struct marking *m)
{
	double rows = stated_rows(p);

	m->order = sorted(p, g->arena);
	m->tables = arena_array(g->arena, p->n, sizeof(*m->tables));
	m->starts = arena_array(g->arena, p->n, sizeof(*m->starts));
	m->counts = arena_array(g->arena, p->n, sizeof(*m->counts));
	for (size_t i = 0, n; i < p->n; i += n) {
		struct member **members = &m->order[i];
		double sum;

		n = same_attribute(members, p->n - i);
		if (*members[0]->attribute == '\0')
			continue;
		if (is_unstated(members, n)) {
			for (size_t k = 0; k < n; k++)
				members[k]->is_withheld =
				    members[k]->n_is_withheld = true;
			continue;
		}
		sum = sum_of(members, n);
		fill_table(g, members, n, &m->tables[m->n]);
		if (rows > 0 && sum > rows * (1 + 1e-9))
			report(g, members[0], sum, rows);
		m->starts[m->n] = i;
		m->counts[m->n++] = n;
	}
}

static int
mark(struct guard *g, struct population *p)
{
	struct withhold_group whole = { .n = rows_of(p, g->arena) };
	struct member *member = find(p, "", GROUP_OVERALL);
	struct marking m = { .n = 0 };

	/* It is groups that may be small where nobody states any rows. */
	if (whole.n == 0 && (member == NULL || member->is_unknown))
		whole.n = g->min_report;
	fill_tables(g, p, &m);
	if (!withhold_small(&whole, m.tables, m.n, g->min_report)) {
		diag_add(g->diags, DIAG_CSV_LIMIT,
		    (struct pos){ p->members[0].origin.file, 1, 1 },
		    "too many intersections to withhold small groups safely; "
		    "leave some out");
		return -1;
	}
	if (member != NULL)
		copy_marks(member, &whole);
	for (size_t i = 0; i < m.n; i++)
		for (size_t k = 0; k < m.counts[i]; k++)
			copy_marks(
			    m.order[m.starts[i] + k], &m.tables[i].groups[k]);
	return 0;
}

/* Showing. */

static void
mark_table(const struct population *p, struct group_table *table)
{
	for (size_t i = 0; table != NULL && i < table->n; i++) {
		struct group *group = &table->groups[i];
		const struct member *member =
		    find(p, table->attribute, group->name);

		group->is_withheld = member->is_withheld;
		group->n_is_withheld = member->n_is_withheld;
	}
}

/* Hide what must not be shown of a figure. */
static void
conceal(
    const struct guard *g, const struct population *p, struct figure *figure)
{
	const struct member *member = find(p, figure->attribute, figure->group);
	const struct member *reference = figure->reference != NULL ?
	    find(p, figure->attribute, figure->reference) :
	    NULL;

	if (reference == NULL)
		reference = member;
	figure_conceal(figure, g->arena,
	    &(struct concealment){ g->min_report, member->is_withheld,
		member->n_is_withheld, reference->is_withheld, reference->n });
}

static void
show(const struct guard *g, struct guard_source *source, size_t index)
{
	const struct population *p = &g->populations[g->population_of[index]];

	for (struct figure *f = source->figures->first; f != NULL; f = f->next)
		conceal(g, p, f);
	mark_table(p, source->whole);
	for (size_t i = 0; i < source->n_tables; i++)
		mark_table(p, &source->tables[i]);
}

int
guard_sources(struct guard_source sources[], size_t n, struct arena *arena,
    double min_report, struct diag_list *diags)
{
	struct guard g = { .arena = arena,
		.min_report = min_report,
		.diags = diags,
		.parts.arena = arena };

	if (min_report <= 0)
		return 0;
	g.populations = arena_array(arena, n, sizeof(*g.populations));
	g.population_of = arena_array(arena, n, sizeof(*g.population_of));
	for (size_t i = 0; i < n; i++)
		join(&g, &sources[i], i);
	for (size_t i = 0; i < g.n_populations; i++)
		if (g.populations[i].n > 0 && mark(&g, &g.populations[i]) == -1)
			return -1;
	for (size_t i = 0; i < n; i++)
		show(&g, &sources[i], i);
	return 0;
}
