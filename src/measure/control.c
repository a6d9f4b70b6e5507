#include "measure/control.h"

#include <string.h>

#include "stats/strata.h"

const char *
control_stratum_name(struct arena *arena, const char *group)
{
	char *name = arena_str(arena, group);
	char *out = name;

	for (const char *p = group; *p != '\0' && *p != '*'; p++) {
		if (*p == '\\' && p[1] != '\0')
			p++;
		*out++ = *p;
	}
	*out = '\0';
	return name;
}

/* A comparison in the making. */
struct making {
	struct arena *arena;
	const struct group_table *cross;
	const struct metric *metric;
	size_t n_columns; /* of the plain table */
	struct control *control;
};

/* Whether a group of the crossed table is one of the plain one's. */
static bool
is_part(const struct making *m, const struct group *cross,
    const struct group *group)
{
	for (size_t i = 0; i < m->n_columns; i++)
		if (cross->parts[i + 1] != group->parts[i])
			return false;
	return true;
}

/* The same stratum of the other side, or NULL. */
static const struct group *
find_other(
    const struct making *m, const struct group *mine, const struct group *side)
{
	for (size_t i = 0; i < m->cross->n; i++) {
		const struct group *group = &m->cross->groups[i];

		if (group->parts[0] == mine->parts[0] &&
		    is_part(m, group, side))
			return group;
	}
	return NULL;
}

/* The rate of a group in rows as if unweighted; false when it has none. */
static bool
rate_of(const struct making *m, const struct group *group, struct rate *out)
{
	struct metric_value value;

	metric_measure(m->metric, group, group, &value);
	if (!value.defined || !(value.effective > 0))
		return false;
	*out = (struct rate){ value.value * value.effective, value.effective };
	/* Without weights the counts themselves, and nothing rounded. */
	if (value.has_counts && value.effective == value.denominator)
		out->k = value.numerator;
	return true;
}

/* Take a stratum in, or count why not. */
static void
take(
    const struct making *m, const struct group *mine, const struct group *other)
{
	struct control *control = m->control;
	struct control_stratum *stratum = &control->strata[control->n_strata];
	struct rate a, b;

	if (mine->is_withheld || (other != NULL && other->is_withheld)) {
		control->n_withheld++;
		return;
	}
	if (other == NULL || !rate_of(m, mine, &a) || !rate_of(m, other, &b)) {
		control->n_one_sided++;
		return;
	}
	*stratum = (struct control_stratum){
		control_stratum_name(m->arena, mine->name), a.k, a.n, b.k, b.n
	};
	control->n_strata++;
}

/* The statistics of the strata; false when there are none. */
static bool
reckon(const struct making *m)
{
	struct control *c = m->control;
	struct two_rates *rates =
	    arena_array(m->arena, c->n_strata + 1, sizeof(*rates));
	struct strata strata;

	for (size_t i = 0; i < c->n_strata; i++)
		rates[i] = (struct two_rates){ c->strata[i].k, c->strata[i].n,
			c->strata[i].reference_k, c->strata[i].reference_n };
	if (!strata_measure(rates, c->n_strata, c->confidence, &strata))
		return false;
	c->crude_odds_ratio = strata.crude_odds_ratio;
	c->has_odds_ratio = strata.has_odds_ratio;
	c->odds_ratio = strata.odds_ratio;
	c->lower = strata.interval.lower;
	c->upper = strata.interval.upper;
	c->has_test = strata.has_test;
	c->p = strata.test.p;
	c->has_equality = strata.has_equality;
	c->equality_p = strata.equality.p;
	c->turns = strata.turns;
	return true;
}

/* Compare one group; NULL when no stratum is left. */
static struct control *
compare(
    struct making *m, const struct group *group, const struct group *reference)
{
	m->control->strata =
	    arena_array(m->arena, m->cross->n + 1, sizeof(*m->control->strata));
	for (size_t i = 0; i < m->cross->n; i++) {
		const struct group *mine = &m->cross->groups[i];

		if (is_part(m, mine, group))
			take(m, mine, find_other(m, mine, reference));
	}
	return reckon(m) ? m->control : NULL;
}

static void
append(struct control_table *table, struct control *control)
{
	if (table->last != NULL)
		table->last->next = control;
	else
		table->first = control;
	table->last = control;
	table->n++;
}

void
control_compare(struct control_table *out, struct arena *arena,
    const struct group_table *cross, const struct group_table *table,
    const struct metric *metric, double confidence)
{
	struct making m = { arena, cross, metric, table->n_columns, NULL };
	const struct group *reference = table->reference;
	const char *star = strchr(cross->attribute, '*');

	if (reference == NULL || reference->is_withheld || star == NULL ||
	    metric->kind != METRIC_RATE)
		return;
	for (size_t i = 0; i < table->n; i++) {
		const struct group *group = &table->groups[i];

		if (group == reference || group->is_missing ||
		    group->is_withheld)
			continue;
		m.control = arena_alloc(arena, sizeof(*m.control));
		m.control->attribute = table->attribute;
		m.control->metric = metric->name;
		m.control->feature = arena_dup(
		    arena, cross->attribute, (size_t)(star - cross->attribute));
		m.control->group = group->name;
		m.control->reference = reference->name;
		m.control->confidence = confidence;
		if (compare(&m, group, reference) != NULL)
			append(out, m.control);
	}
}
