#include "measure/withhold.h"

#include <stdlib.h>
#include <string.h>

#include "measure/linear.h"
#include "measure/margins.h"

/* Beyond so many steps of elimination the proof is given up. */
static const double most_steps = 4e8;

/* And beyond so many what follows from joint groups is let be. */
static const double most_joint_steps = 4e7;

struct system {
	struct margins margins;
	double min_report;
	bool gave_up;
};

static bool
is_known(const struct node *node)
{
	return node->is_published && !node->is_hidden;
}

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
	const struct node *sum = equation->sum;
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
			node = equation->sum;
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
		for (size_t i = 0; i < s->margins.n_equations; i++) {
			const struct equation *equation =
			    &s->margins.equations[i];
			const struct node *sum = equation->sum;

			if (margins_width(&s->margins, sum) == level)
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

	for (size_t i = 0; i < s->margins.n_equations; i++) {
		struct equation *equation = &s->margins.equations[i];
		struct node *sum = equation->sum;
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

	for (size_t i = 0; i < s->margins.n_nodes; i++)
		s->margins.nodes[i].column =
		    is_known(&s->margins.nodes[i]) ? SIZE_MAX : n++;
	return n;
}

static void
fill_row(const struct equation *equation, uint32_t *row)
{
	const struct node *sum = equation->sum;

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
	struct linear m = { s->margins.n_equations, number_unknowns(s), NULL };
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
		fill_row(&s->margins.equations[i], m.cells + i * m.columns);
	settled = memory_grow(NULL, m.columns, sizeof(settled[0]));
	linear_settled(&m, settled);
	for (size_t i = 0; i < s->margins.n_nodes; i++) {
		const struct node *node = &s->margins.nodes[i];

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
	for (size_t i = 0; i < s->margins.n_nodes; i++) {
		struct node *node = &s->margins.nodes[i];

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
		bool is_hidden = s->margins.nodes[groups[i].node].is_hidden;

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
	struct system s = { .min_report = min_report };

	margins_make(&s.margins, whole, tables, n, most_joint_steps);
	hide(&s, false);
	mark_all(&s, whole, tables, n, true);
	hide(&s, true);
	mark_all(&s, whole, tables, n, false);
	margins_free(&s.margins);
	return !s.gave_up;
}
