#include "measure/control.h"

#include <string.h>

#include "stats/strata.h"

/* The star that parts the first column of a name from the rest, or the end. */
static const char *
find_star(const char *name)
{
	while (*name != '\0' && *name != '*')
		name += name[0] == '\\' && name[1] != '\0' ? 2 : 1;
	return name;
}

const char *
control_stratum_name(struct arena *arena, const char *group, bool is_first)
{
	const char *star = find_star(group), *end;
	char *name, *out;

	for (; !is_first && *star == '*'; star = find_star(group))
		group = star + 1;
	end = star;
	name = out = arena_dup(arena, group, (size_t)(end - group));
	for (const char *p = group; p < end; p++) {
		if (*p == '\\' && p + 1 < end)
			p++;
		*out++ = *p;
	}
	*out = '\0';
	return name;
}

/* A comparison in the making. */
struct making {
	struct arena *arena;
	const struct control_cross *by;
	const struct metric *metric;
	struct control *control;
};

/* The number of the feature's value in a group of the crossed table. */
static uint32_t
stratum_of(const struct control_cross *by, const struct group *cross)
{
	return cross->parts[by->is_first ? 0 : by->table->n_columns];
}

/* Whether a group of the crossed table is one of the plain one's. */
static bool
is_part(const struct control_cross *by, const struct group *cross,
    const struct group *group)
{
	return memcmp(&cross->parts[by->is_first ? 1 : 0], group->parts,
		   by->table->n_columns * sizeof(group->parts[0])) == 0;
}

/* The same stratum of the other side, or NULL. */
static const struct group *
find_other(const struct control_cross *by, const struct group *mine,
    const struct group *side)
{
	for (size_t i = 0; i < by->cross->n; i++) {
		const struct group *group = &by->cross->groups[i];

		if (stratum_of(by, group) == stratum_of(by, mine) &&
		    is_part(by, group, side))
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
	*stratum = (struct control_stratum){ control_stratum_name(m->arena,
						 mine->name, m->by->is_first),
		a.k, a.n, b.k, b.n };
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
	c->chi2 = strata.test.value;
	c->p = strata.test.p;
	c->has_equality = strata.has_equality;
	c->equality_p = strata.equality.p;
	c->turns = strata.turns;
	return true;
}

bool
control_measure(struct control *out, struct arena *arena,
    const struct control_cross *by, const struct metric *metric,
    const struct group *group)
{
	const struct group *reference = by->table->reference;
	const struct making m = { arena, by, metric, out };

	if (metric->kind != METRIC_RATE || reference == NULL ||
	    group == reference || group->is_withheld || reference->is_withheld)
		return false;
	*out = (struct control){ .attribute = by->table->attribute,
		.metric = metric->name,
		.feature = by->feature,
		.group = group->name,
		.reference = reference->name,
		.confidence = by->confidence };
	out->strata =
	    arena_array(arena, by->cross->n + 1, sizeof(*out->strata));
	for (size_t i = 0; i < by->cross->n; i++) {
		const struct group *mine = &by->cross->groups[i];

		if (is_part(by, mine, group) &&
		    (by->missing_is_group || !mine->is_missing))
			take(&m, mine, find_other(by, mine, reference));
	}
	return reckon(&m);
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
    const struct control_cross *by, const struct metric *metric)
{
	for (size_t i = 0; i < by->table->n; i++) {
		struct control *control = arena_alloc(arena, sizeof(*control));

		if (control_measure(
			control, arena, by, metric, &by->table->groups[i]))
			append(out, control);
	}
}
