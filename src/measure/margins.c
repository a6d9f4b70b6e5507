#include "measure/margins.h"

#include <string.h>

/* Sets of columns. */

static size_t
add_set(struct margins *m, struct column_set set)
{
	struct column_set *sets;

	for (size_t i = 0; i < m->n_sets; i++)
		if (memcmp(&m->sets[i], &set, sizeof(set)) == 0)
			return i;
	sets = arena_array(&m->arena, m->n_sets + 1, sizeof(set));
	if (m->n_sets > 0)
		memcpy(sets, m->sets, m->n_sets * sizeof(set));
	sets[m->n_sets] = set;
	m->sets = sets;
	return m->n_sets++;
}

/* Insert a column and, at the same place, its value. */
static void
insert(struct column_set *set, uint32_t parts[MARGIN_COLUMNS], uint32_t column,
    uint32_t part)
{
	size_t i = set->n++;

	for (; i > 0 && set->columns[i - 1] > column; i--) {
		set->columns[i] = set->columns[i - 1];
		parts[i] = parts[i - 1];
	}
	set->columns[i] = column;
	parts[i] = part;
}

static bool
has_column(const struct column_set *set, uint32_t column)
{
	for (size_t i = 0; i < set->n; i++)
		if (set->columns[i] == column)
			return true;
	return false;
}

/* The columns two sets share. */
static struct column_set
common(const struct column_set *a, const struct column_set *b)
{
	struct column_set set = { { 0 }, 0 };

	for (size_t i = 0; i < a->n; i++)
		if (has_column(b, a->columns[i]))
			set.columns[set.n++] = a->columns[i];
	return set;
}

/* Add what any two sets share, until nothing new comes. */
static void
close_sets(struct margins *m)
{
	for (size_t i = 0; i < m->n_sets; i++)
		for (size_t k = 0; k < i; k++)
			add_set(m, common(&m->sets[i], &m->sets[k]));
}

/* Whether set a lies within set b and is not the same. */
static bool
is_below(const struct column_set *a, const struct column_set *b)
{
	return a->n < b->n && common(a, b).n == a->n;
}

/* The key of the margin, of a smaller set, that a key belongs to. */
static struct node_key
project(const struct margins *m, const struct node_key *key, size_t to)
{
	const struct column_set *from = &m->sets[key->set];
	struct node_key result = { (uint32_t)to, { 0 } };
	size_t n = 0;

	for (size_t i = 0; i < from->n; i++)
		if (has_column(&m->sets[to], from->columns[i]))
			result.parts[n++] = key->parts[i];
	return result;
}

/* Nodes. */

/* How many nodes there can be: groups, their margins, joint groups, rests. */
static size_t
most_nodes(const struct margins *m, const struct withhold_table tables[],
    size_t n_tables)
{
	size_t n = 1 + MARGIN_JOINTS;

	for (size_t i = 0; i < n_tables; i++)
		n += tables[i].n * m->n_sets;
	return 2 * n; /* and a rest of each sum */
}

static struct node *
add_node(struct margins *m, const struct node_key *key, size_t source)
{
	size_t n = m->keys.n;
	size_t i = intern_add(&m->keys, (const char *)key, sizeof(*key));

	if (i == n) {
		m->nodes[i].key = *key;
		m->nodes[i].source = source;
	}
	return &m->nodes[i];
}

static struct node_key
key_of(struct margins *m, const struct withhold_table *table,
    const struct withhold_group *group)
{
	struct node_key key = { 0, { 0 } };
	struct column_set set = { { 0 }, 0 };

	for (size_t i = 0; i < table->n_columns; i++)
		insert(&set, key.parts, table->columns[i], group->parts[i]);
	key.set = (uint32_t)add_set(m, set);
	return key;
}

/* A node for a group that is shown, and for each margin it belongs to. */
static void
add_group(struct margins *m, const struct withhold_table *table,
    struct withhold_group *group, size_t source)
{
	struct node_key key = key_of(m, table, group);
	struct node *node = add_node(m, &key, source);

	group->node = (size_t)(node - m->nodes);
	node->is_published = true;
	node->n = group->n;
	node->is_exempt = group->is_missing && table->n_columns == 1;
	for (size_t i = 0; i < m->n_sets; i++) {
		struct node_key below;

		if (!is_below(&m->sets[i], &m->sets[key.set]))
			continue;
		below = project(m, &key, i);
		node = add_node(m, &below, source);
		if (!node->is_published && node->source == source)
			node->n += group->n;
	}
}

/*
 * The whole file comes first, then the tables; those with fewer columns are
 * not needed before the others, since publishing a node settles its n.
 */
static void
add_nodes(struct margins *m, struct withhold_group *whole,
    struct withhold_table tables[], size_t n)
{
	struct withhold_table all = { { 0 }, 0, whole, 1 };

	key_of(m, &all, whole);
	for (size_t i = 0; i < n; i++)
		if (tables[i].n > 0)
			key_of(m, &tables[i], &tables[i].groups[0]);
	close_sets(m);
	m->nodes = arena_array(
	    &m->arena, most_nodes(m, tables, n), sizeof(struct node));
	add_group(m, &all, whole, 0);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < tables[i].n; k++)
			add_group(m, &tables[i], &tables[i].groups[k], i + 1);
}

/* Equations. */

/* Enter a node into the equation of one of its margins. */
static void
add_part(struct margins *m, struct node *part, struct node_key sum)
{
	size_t at = intern_find(&m->keys, (const char *)&sum, sizeof(sum));
	const uint32_t pair[2] = { (uint32_t)at, part->key.set };
	size_t i = intern_add(&m->pairs, (const char *)pair, sizeof(pair));
	struct member *member = arena_alloc(&m->arena, sizeof(*member));

	m->equations[i].sum = &m->nodes[at];
	member->node = part;
	member->next = m->equations[i].parts;
	m->equations[i].parts = member;
}

/* Enter the nodes from the first one on into the equations they are part of. */
static void
add_equations(struct margins *m, size_t first, size_t n_sets)
{
	for (size_t i = first; i < m->keys.n; i++) {
		struct node *node = &m->nodes[i];

		for (size_t k = 0; k < n_sets; k++)
			if (is_below(&m->sets[k], &m->sets[node->key.set]))
				add_part(m, node, project(m, &node->key, k));
	}
}

/* The rows of a sum that its parts do not list; 0 where nobody knows. */
static double
rest_of(const struct equation *equation)
{
	double rows = equation->sum->n;

	if (!equation->sum->is_published)
		return 0;
	for (struct member *m = equation->parts; m != NULL; m = m->next) {
		if (m->node->source == SIZE_MAX)
			return 0;
		rows -= m->node->n;
	}
	return rows > equation->sum->n * 1e-9 ? rows : 0;
}

/* Complete each equation with the rows that no part of it lists. */
static void
add_rests(struct margins *m)
{
	for (size_t i = 0; i < m->n_equations; i++) {
		struct equation *equation = &m->equations[i];
		struct node *node = &m->nodes[m->n_nodes];
		struct member *member;
		double rows = rest_of(equation);

		if (rows == 0)
			continue;
		member = arena_alloc(&m->arena, sizeof(*member));
		*node = (struct node){ .key = equation->parts->node->key,
			.n = rows,
			.is_published = true,
			.is_rest = true };
		node->is_exempt = margins_width(m, node) == 1;
		*member = (struct member){ node, equation->parts };
		equation->parts = member;
		m->n_nodes++;
	}
}

/* Joint groups. */

/* A search for the joint groups of a set that may have rows. */
struct search {
	struct margins *m;
	size_t n_sets; /* those of the tables and of what these share */
	const struct column_set *set;
	struct intern values[MARGIN_COLUMNS];
	struct node_key *found;
	size_t n, most;
	size_t steps; /* that are left */
};

/* Merge columns into a set; false when they are too many. */
static bool
merge(struct column_set *set, const struct column_set *other)
{
	uint32_t parts[MARGIN_COLUMNS] = { 0 };

	for (size_t i = 0; i < other->n; i++) {
		if (has_column(set, other->columns[i]))
			continue;
		if (set->n == MARGIN_COLUMNS)
			return false;
		insert(set, parts, other->columns[i], 0);
	}
	return true;
}

/* Whether two sets belong together; a single column joins nothing. */
static bool
are_joined(const struct column_set *a, const struct column_set *b)
{
	return a->n > 1 && b->n > 1 && common(a, b).n > 0;
}

/*
 * The columns of all intersections that hang together with one of them; false
 * when they are too many, or belong to one that came before.
 */
static bool
join(const struct search *s, size_t first, struct column_set *out)
{
	const struct column_set *sets = s->m->sets;
	uint32_t n = 0;

	*out = sets[first];
	while (n < out->n) {
		n = out->n;
		for (size_t i = 0; i < s->n_sets; i++)
			if (are_joined(out, &sets[i]) && !merge(out, &sets[i]))
				return false;
	}
	for (size_t i = 0; i < first; i++)
		if (are_joined(out, &sets[i]))
			return false;
	return out->n > sets[first].n;
}

/* Collect the values that each column of the set has in some group. */
static void
collect_values(struct search *s)
{
	for (size_t i = 0; i < s->m->keys.n; i++) {
		const struct node_key *key = &s->m->nodes[i].key;
		const struct column_set *set = &s->m->sets[key->set];

		for (size_t k = 0, c = 0; k < set->n; k++) {
			while (c < s->set->n &&
			    s->set->columns[c] < set->columns[k])
				c++;
			if (c == s->set->n ||
			    s->set->columns[c] != set->columns[k])
				continue;
			intern_add(&s->values[c], (const char *)&key->parts[k],
			    sizeof(key->parts[k]));
		}
	}
}

/*
 * Whether the first n values of a joint group may go together: each margin
 * that they settle has rows.
 */
static bool
has_rows(const struct search *s, const struct node_key *key, size_t n)
{
	struct column_set first = { { 0 }, (uint32_t)n };

	memcpy(first.columns, s->set->columns, n * sizeof(first.columns[0]));
	for (size_t i = 0; i < s->n_sets; i++) {
		const struct column_set *set = &s->m->sets[i];
		struct node_key margin;

		if (common(set, &first).n < set->n ||
		    !has_column(set, first.columns[n - 1]))
			continue;
		margin = project(s->m, key, i);
		if (intern_find(&s->m->keys, (const char *)&margin,
			sizeof(margin)) == SIZE_MAX)
			return false;
	}
	return true;
}

/* Find all joint groups that begin with n values; false: too many. */
static bool
extend(struct search *s, struct node_key *key, size_t n)
{
	if (n == s->set->n) {
		if (s->n == s->most)
			return false;
		s->found[s->n++] = *key;
		return true;
	}
	for (size_t i = 0; i < s->values[n].n; i++) {
		if (s->steps-- == 0)
			return false;
		memcpy(&key->parts[n], s->values[n].entries[i].p,
		    sizeof(key->parts[n]));
		if (has_rows(s, key, n + 1) && !extend(s, key, n + 1))
			return false;
		key->parts[n] = 0;
	}
	return true;
}

/* Whether the system is still small enough with the joint groups found. */
static bool
is_affordable(const struct search *s, double most_steps)
{
	double rows = (double)s->m->pairs.n;
	double columns = (double)(s->m->keys.n + s->n);

	for (size_t i = 0; i < s->m->keys.n; i++)
		if (is_below(&s->m->sets[s->m->nodes[i].key.set], s->set))
			rows++;
	return rows * rows * columns <= most_steps;
}

/* Add the joint groups of all intersections that hang together with one. */
static void
add_joints(struct search *s, size_t first, double most_steps)
{
	struct margins *m = s->m;
	struct node_key key = { 0, { 0 } };
	struct column_set set;
	size_t n = m->keys.n;

	if (!join(s, first, &set))
		return;
	key.set = (uint32_t)add_set(m, set);
	s->set = &m->sets[key.set];
	s->n = 0;
	s->steps = 64 * MARGIN_JOINTS;
	for (size_t i = 0; i < MARGIN_COLUMNS; i++)
		s->values[i] = (struct intern){ .arena = &m->arena };
	collect_values(s);
	if (!extend(s, &key, 0) || !is_affordable(s, most_steps))
		return;
	for (size_t i = 0; i < s->n; i++)
		add_node(m, &s->found[i], SIZE_MAX);
	s->most -= s->n;
	add_equations(m, n, s->n_sets);
}

void
margins_make(struct margins *m, struct withhold_group *whole,
    struct withhold_table tables[], size_t n, double most_steps)
{
	struct search search = { .m = m, .most = MARGIN_JOINTS };

	m->keys.arena = &m->arena;
	m->pairs.arena = &m->arena;
	add_nodes(m, whole, tables, n);
	search.n_sets = m->n_sets;
	search.found =
	    arena_array(&m->arena, MARGIN_JOINTS, sizeof(search.found[0]));
	m->equations = arena_array(
	    &m->arena, 2 * m->keys.n * m->n_sets, sizeof(m->equations[0]));
	add_equations(m, 0, m->n_sets);
	for (size_t i = 0; i < search.n_sets; i++)
		add_joints(&search, i, most_steps);
	m->n_nodes = m->keys.n;
	m->n_equations = m->pairs.n;
	add_rests(m);
}

void
margins_free(struct margins *m)
{
	arena_free(&m->arena);
	*m = (struct margins){ .sets = NULL };
}

size_t
margins_width(const struct margins *m, const struct node *node)
{
	return m->sets[node->key.set].n;
}
