#include "measure/withhold.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "measure/intern.h"
#include "measure/linear.h"

/* Beyond so many steps of elimination the proof is given up. */
static const double most_steps = 4e8;

/* A set of columns, in ascending order; the rest of columns[] is 0. */
struct column_set {
	uint32_t columns[WITHHOLD_COLUMNS];
	uint32_t n;
};

/* Key of a node: its set of columns and a value of each. */
struct node_key {
	uint32_t set;
	uint32_t parts[WITHHOLD_COLUMNS];
};

/* A number that a reader knows, or would like to. */
struct node {
	struct node_key key;
	double n;
	size_t source;     /* table whose groups n sums, when not published */
	bool is_published; /* a group of a table, or the whole */
	bool is_hidden;    /* published, but not shown */
	bool is_exempt;    /* "(missing)" of one column */
	size_t column;     /* in the matrix, when unknown */
};

struct member {
	struct node *node;
	struct member *next;
};

/* sum is the sum of the parts. */
struct equation {
	size_t sum;
	struct member *parts;
};

struct system {
	struct arena arena;
	double min_report;
	struct column_set *sets;
	size_t n_sets;
	struct intern keys; /* of nodes */
	struct node *nodes;
	struct intern pairs; /* of equations: node of the sum, set of parts */
	struct equation *equations;
	bool gave_up;
};

static bool
is_known(const struct node *node)
{
	return node->is_published && !node->is_hidden;
}

/* Sets of columns. */

static size_t
add_set(struct system *s, struct column_set set)
{
	struct column_set *sets;

	for (size_t i = 0; i < s->n_sets; i++)
		if (memcmp(&s->sets[i], &set, sizeof(set)) == 0)
			return i;
	sets = arena_array(&s->arena, s->n_sets + 1, sizeof(set));
	if (s->n_sets > 0)
		memcpy(sets, s->sets, s->n_sets * sizeof(set));
	sets[s->n_sets] = set;
	s->sets = sets;
	return s->n_sets++;
}

/* Insert a column and, at the same place, its value. */
static void
insert(struct column_set *set, uint32_t parts[WITHHOLD_COLUMNS],
    uint32_t column, uint32_t part)
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
close_sets(struct system *s)
{
	for (size_t i = 0; i < s->n_sets; i++)
		for (size_t k = 0; k < i; k++)
			add_set(s, common(&s->sets[i], &s->sets[k]));
}

/* Whether set a lies within set b and is not the same. */
static bool
is_below(const struct column_set *a, const struct column_set *b)
{
	return a->n < b->n && common(a, b).n == a->n;
}

/* The key of the margin, of a smaller set, that a key belongs to. */
static struct node_key
project(const struct system *s, const struct node_key *key, size_t to)
{
	const struct column_set *from = &s->sets[key->set];
	struct node_key result = { (uint32_t)to, { 0 } };
	size_t n = 0;

	for (size_t i = 0; i < from->n; i++)
		if (has_column(&s->sets[to], from->columns[i]))
			result.parts[n++] = key->parts[i];
	return result;
}

/* Nodes. */

/* How many nodes there can be: a group and its margins in each set. */
static size_t
most_nodes(const struct system *s, const struct withhold_table tables[],
    size_t n_tables)
{
	size_t n = 1;

	for (size_t i = 0; i < n_tables; i++)
		n += tables[i].n * s->n_sets;
	return n;
}

static struct node *
add_node(struct system *s, const struct node_key *key, size_t source)
{
	size_t n = s->keys.n;
	size_t i = intern_add(&s->keys, (const char *)key, sizeof(*key));

	if (i == n) {
		s->nodes[i].key = *key;
		s->nodes[i].source = source;
	}
	return &s->nodes[i];
}

static struct node_key
key_of(struct system *s, const struct withhold_table *table,
    const struct withhold_group *group)
{
	struct node_key key = { 0, { 0 } };
	struct column_set set = { { 0 }, 0 };

	for (size_t i = 0; i < table->n_columns; i++)
		insert(&set, key.parts, table->columns[i], group->parts[i]);
	key.set = (uint32_t)add_set(s, set);
	return key;
}

/* A node for a group that is shown, and for each margin it belongs to. */
static void
add_group(struct system *s, const struct withhold_table *table,
    struct withhold_group *group, size_t source)
{
	struct node_key key = key_of(s, table, group);
	struct node *node = add_node(s, &key, source);

	group->node = (size_t)(node - s->nodes);
	node->is_published = true;
	node->n = group->n;
	node->is_exempt = group->is_missing && table->n_columns == 1;
	for (size_t i = 0; i < s->n_sets; i++) {
		struct node_key below;

		if (!is_below(&s->sets[i], &s->sets[key.set]))
			continue;
		below = project(s, &key, i);
		node = add_node(s, &below, source);
		if (!node->is_published && node->source == source)
			node->n += group->n;
	}
}

/*
 * The whole file comes first, then the tables; those with fewer columns are
 * not needed before the others, since publishing a node settles its n.
 */
static void
add_nodes(struct system *s, struct withhold_group *whole,
    struct withhold_table tables[], size_t n)
{
	struct withhold_table all = { { 0 }, 0, whole, 1 };

	key_of(s, &all, whole);
	for (size_t i = 0; i < n; i++)
		if (tables[i].n > 0)
			key_of(s, &tables[i], &tables[i].groups[0]);
	close_sets(s);
	s->nodes = arena_array(
	    &s->arena, most_nodes(s, tables, n), sizeof(struct node));
	add_group(s, &all, whole, 0);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < tables[i].n; k++)
			add_group(s, &tables[i], &tables[i].groups[k], i + 1);
}

/* Equations. */

/* Enter a node into the equation of one of its margins. */
static void
add_part(struct system *s, struct node *part, struct node_key sum_key)
{
	uint32_t pair[2];
	size_t i;
	struct member *member;

	pair[0] = (uint32_t)intern_find(
	    &s->keys, (const char *)&sum_key, sizeof(sum_key));
	pair[1] = part->key.set;
	i = intern_add(&s->pairs, (const char *)pair, sizeof(pair));
	s->equations[i].sum = pair[0];
	member = arena_alloc(&s->arena, sizeof(*member));
	member->node = part;
	member->next = s->equations[i].parts;
	s->equations[i].parts = member;
}

static void
add_equations(struct system *s)
{
	s->equations = arena_array(
	    &s->arena, s->keys.n * s->n_sets, sizeof(struct equation));
	for (size_t i = 0; i < s->keys.n; i++) {
		struct node *node = &s->nodes[i];

		for (size_t k = 0; k < s->n_sets; k++)
			if (is_below(&s->sets[k], &s->sets[node->key.set]))
				add_part(s, node, project(s, &node->key, k));
	}
}

/* Hiding. */

/* The smaller of two shown nodes; of equals the later, which is finer. */
static struct node *
smaller(struct node *best, struct node *node)
{
	if (!is_known(node))
		return best;
	return best == NULL || node->n < best->n ||
		(node->n == best->n && node > best) ?
	    node :
	    best;
}

static struct node *
smallest_part(const struct equation *equation)
{
	struct node *best = NULL;

	for (struct member *m = equation->parts; m != NULL; m = m->next)
		best = smaller(best, m->node);
	return best;
}

/* Whether the equation alone gives away something hidden. */
static bool
gives_away(const struct system *s, const struct equation *equation)
{
	const struct node *sum = &s->nodes[equation->sum];
	size_t n_unknown = 0, n_hidden = 0;
	double rows = 0;

	for (struct member *m = equation->parts; m != NULL; m = m->next) {
		if (is_known(m->node))
			continue;
		n_unknown++;
		n_hidden += m->node->is_hidden ? 1 : 0;
		rows += m->node->n;
	}
	if (!is_known(sum))
		return sum->is_hidden && n_unknown == 0;
	return n_hidden > 0 && (n_unknown == 1 || rows < s->min_report);
}

/* Hide until an equation gives nothing away by itself; true if it did. */
static bool
settle_equation(struct system *s, const struct equation *equation)
{
	bool changed = false;

	while (gives_away(s, equation)) {
		struct node *node = smallest_part(equation);

		if (node == NULL)
			node = &s->nodes[equation->sum];
		node->is_hidden = true;
		changed = true;
	}
	return changed;
}

/*
 * Settle every equation once; true if any gave something away.  Those whose
 * sum is the finest go first: what guards a group within its own margin
 * guards it within the whole file too, and not the other way round.
 */
static bool
settle_equations(struct system *s)
{
	bool changed = false;

	for (size_t level = WITHHOLD_COLUMNS + 1; level-- > 0;)
		for (size_t i = 0; i < s->pairs.n; i++) {
			const struct equation *equation = &s->equations[i];
			const struct node *sum = &s->nodes[equation->sum];

			if (s->sets[sum->key.set].n == level)
				changed =
				    settle_equation(s, equation) || changed;
		}
	return changed;
}

static bool
holds(const struct equation *equation, const struct node *node)
{
	for (struct member *m = equation->parts; m != NULL; m = m->next)
		if (m->node == node)
			return true;
	return false;
}

/* Hide the smallest shown node beside a settled one, or of them all. */
static bool
hide_beside(struct system *s, const struct node *settled)
{
	struct node *best = NULL, *any = NULL;

	for (size_t i = 0; i < s->pairs.n; i++) {
		struct equation *equation = &s->equations[i];
		struct node *sum = &s->nodes[equation->sum];
		struct node *node = smaller(smallest_part(equation), sum);

		if (node == NULL)
			continue;
		any = smaller(any, node);
		if (sum == settled || holds(equation, settled))
			best = smaller(best, node);
	}
	if (best == NULL)
		best = any;
	if (best == NULL)
		return false;
	best->is_hidden = true;
	return true;
}

/* Number the unknown nodes; return how many there are. */
static size_t
number_unknowns(struct system *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->keys.n; i++)
		s->nodes[i].column = is_known(&s->nodes[i]) ? SIZE_MAX : n++;
	return n;
}

static void
fill_row(const struct system *s, const struct equation *equation, uint32_t *row)
{
	const struct node *sum = &s->nodes[equation->sum];

	if (!is_known(sum))
		row[sum->column] = LINEAR_MINUS;
	for (struct member *m = equation->parts; m != NULL; m = m->next)
		if (!is_known(m->node))
			row[m->node->column] = LINEAR_PLUS;
}

/*
 * Find what the whole system settles and hide something beside each; return
 * whether anything was hidden.
 */
static bool
settle_system(struct system *s)
{
	struct linear m = { s->pairs.n, number_unknowns(s), NULL };
	bool changed = false;
	bool *settled;

	if (m.columns == 0)
		return false;
	if ((double)m.rows * (double)m.rows * (double)m.columns > most_steps) {
		s->gave_up = true;
		return false;
	}
	m.cells = memory_grow(NULL, m.rows * m.columns, sizeof(m.cells[0]));
	memset(m.cells, 0, m.rows * m.columns * sizeof(m.cells[0]));
	for (size_t i = 0; i < m.rows; i++)
		fill_row(s, &s->equations[i], m.cells + i * m.columns);
	settled = memory_grow(NULL, m.columns, sizeof(settled[0]));
	linear_settled(&m, settled);
	for (size_t i = 0; i < s->keys.n; i++) {
		const struct node *node = &s->nodes[i];

		if (node->is_hidden && node->column < m.columns &&
		    settled[node->column]) {
			settled[node->column] = false;
			changed = hide_beside(s, node) || changed;
		}
	}
	free(settled);
	free(m.cells);
	return changed;
}

/* Hide what is small, and then whatever it takes to keep it hidden. */
static void
hide(struct system *s, bool with_exempt)
{
	for (size_t i = 0; i < s->keys.n; i++) {
		struct node *node = &s->nodes[i];

		if (node->is_published && node->n < s->min_report &&
		    (with_exempt || !node->is_exempt))
			node->is_hidden = true;
	}
	do {
		while (settle_equations(s))
			continue;
	} while (settle_system(s));
}

/* Copy what is hidden to the groups: their rows, or their figures. */
static void
mark(
    const struct system *s, struct withhold_group groups[], size_t n, bool rows)
{
	for (size_t i = 0; i < n; i++) {
		bool is_hidden = s->nodes[groups[i].node].is_hidden;

		if (rows)
			groups[i].n_is_withheld = is_hidden;
		else
			groups[i].is_withheld = is_hidden;
	}
}

static void
mark_all(const struct system *s, struct withhold_group *whole,
    struct withhold_table tables[], size_t n, bool rows)
{
	mark(s, whole, 1, rows);
	for (size_t i = 0; i < n; i++)
		mark(s, tables[i].groups, tables[i].n, rows);
}

/* What hides a number of rows hides the figures too; so they go second. */
bool
withhold_small(struct withhold_group *whole, struct withhold_table tables[],
    size_t n, double min_report)
{
	struct system s = { 0 };

	s.min_report = min_report;
	s.keys.arena = &s.arena;
	s.pairs.arena = &s.arena;
	add_nodes(&s, whole, tables, n);
	add_equations(&s);
	hide(&s, false);
	mark_all(&s, whole, tables, n, true);
	hide(&s, true);
	mark_all(&s, whole, tables, n, false);
	arena_free(&s.arena);
	return !s.gave_up;
}
