#include "measure/withhold.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/linear.h"
#include "measure/margins.h"
#include "measure/simplex.h"

/* Beyond so many steps of elimination the proof is given up. */
static const double most_steps = 4e8;

/* And beyond so many what follows from joint groups is let be. */
static const double most_joint_steps = 4e7;

/* And so many cells may change to tell how large a hidden group could be. */
static const double most_bound_steps = 2e8;

struct system {
	struct margins margins;
	double min_report;
	double bound_steps; /* that are left */
	bool of_figures;    /* the numbers of rows are settled already */
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

/* The parts of an equation that a reader does not know. */
struct unknown {
	size_t n;
	size_t n_small, n_large; /* hidden, below the minimum or not */
	size_t n_rests;          /* hidden, and perhaps empty */
	double rows;
};

static struct unknown
unknown_of(const struct system *s, const struct equation *equation)
{
	struct unknown u = { 0 };

	for (struct member *m = equation->parts; m != NULL; m = m->next) {
		if (is_known(m->node))
			continue;
		u.n++;
		u.rows += m->node->n;
		if (!m->node->is_hidden)
			continue;
		if (m->node->is_rest)
			u.n_rests++;
		else if (m->node->n < s->min_report)
			u.n_small++;
		else
			u.n_large++;
	}
	return u;
}

/*
 * Whether hidden groups with a sum that is known are settled for a reader who
 * knows which of them are small: each of these has 1 row at least and fewer
 * than the minimum, each of the others the minimum at least.  Of a minimum of
 * 2 the word alone would settle it.
 */
static bool
is_settled_by_size(const struct system *s, const struct unknown *u)
{
	double least = s->min_report, n_small = (double)u->n_small;
	double n_large = (double)u->n_large;
	double spare = u->rows - n_small - n_large * least;
	bool is_open = u->n > u->n_small + u->n_large;

	if (least < 3 || spare < 0)
		return false;
	if (spare < 1)
		return true;
	return n_large == 0 && !is_open && u->rows > n_small * (least - 1) - 1;
}

/* Whether hidden groups with a sum that is known are told by it. */
static bool
is_thin(const struct system *s, const struct unknown *u)
{
	double groups = (double)(u->n_small + u->n_large);
	double others = u->n_rests > 0 ? groups : groups - 1;

	if (u->n_small + u->n_large + u->n_rests == 0)
		return false;
	if (u->n == 1 || u->rows < s->min_report)
		return true;
	/* Each of the others has a row, so one has what is left at most. */
	return !s->of_figures &&
	    (u->rows - others < s->min_report || is_settled_by_size(s, u));
}

/* Whether the equation alone gives away something hidden. */
static bool
gives_away(const struct system *s, const struct equation *equation)
{
	struct unknown u = unknown_of(s, equation);

	if (!is_known(equation->sum))
		return equation->sum->is_hidden && u.n == 0;
	return is_thin(s, &u);
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

/* The finer of two shown nodes, which fewer others depend on; or the smaller. */
static struct node *
finer(const struct system *s, struct node *best, struct node *node)
{
	size_t a, b;

	if (node == NULL || !is_known(node) || best == NULL)
		return node != NULL && is_known(node) ? node : best;
	a = margins_width(&s->margins, best);
	b = margins_width(&s->margins, node);
	return a == b ? smaller(best, node) : b > a ? node : best;
}

/* Hide the finest shown node beside a settled one, or of them all. */
static bool
hide_beside(struct system *s, const struct node *settled)
{
	struct node *best = NULL, *any = NULL;

	for (size_t i = 0; i < s->margins.n_equations; i++) {
		struct equation *equation = &s->margins.equations[i];
		struct node *sum = equation->sum;
		struct node *node = finer(s, smallest_part(equation), sum);

		any = finer(s, any, node);
		if (sum == settled || holds(equation, settled))
			best = finer(s, best, node);
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

/* The rows that a node has for certain: one, when a group is shown to exist. */
static double
least_rows(const struct node *node)
{
	return node->is_hidden && !node->is_rest ? fmin(node->n, 1) : 0;
}

/* An equation of what the unknown nodes have beyond that. */
static void
fill_bound(const struct equation *equation, double *row, size_t columns)
{
	const struct node *sum = equation->sum;

	row[columns] = is_known(sum) ? sum->n : least_rows(sum);
	if (!is_known(sum))
		row[sum->column] = -1;
	for (struct member *m = equation->parts; m != NULL; m = m->next) {
		row[columns] -=
		    is_known(m->node) ? m->node->n : least_rows(m->node);
		if (!is_known(m->node))
			row[m->node->column] = 1;
	}
}

/* Whether an equation is true of the rows as they are told. */
static bool
is_true(const struct equation *equation)
{
	double rows = equation->sum->n;

	for (struct member *m = equation->parts; m != NULL; m = m->next) {
		if (m->node->source == SIZE_MAX)
			return true;
		rows -= m->node->n;
	}
	return fabs(rows) <= equation->sum->n * 1e-9;
}

/* Hide beside each small group that cannot reach the minimum. */
static bool
raise_bounds(struct system *s, struct simplex *simplex)
{
	bool changed = false;

	for (size_t i = 0; i < s->margins.n_nodes; i++) {
		const struct node *node = &s->margins.nodes[i];

		if (node->is_hidden && node->n < s->min_report &&
		    !simplex_reaches(simplex, node->column,
			s->min_report - least_rows(node)))
			changed = hide_beside(s, node) || changed;
	}
	return changed;
}

/*
 * Find what the whole system bounds below the minimum and hide something
 * beside each; return whether anything was hidden.
 */
static bool
settle_bounds(struct system *s)
{
	struct simplex simplex = { .rows = s->margins.n_equations,
		.columns = number_unknowns(s),
		.steps = s->bound_steps };
	size_t width = simplex.columns + 1;
	bool changed = false;

	if (s->of_figures || simplex.columns == 0 ||
	    (double)simplex.rows * (double)width > s->bound_steps)
		return false;
	simplex.cells = memory_grow(NULL, simplex.rows * width, sizeof(double));
	simplex.basis = memory_grow(NULL, simplex.rows, sizeof(size_t));
	memset(simplex.cells, 0, simplex.rows * width * sizeof(double));
	for (size_t i = 0; i < simplex.rows; i++)
		if (is_true(&s->margins.equations[i]))
			fill_bound(&s->margins.equations[i],
			    simplex.cells + i * width, simplex.columns);
	if (simplex_begin(&simplex))
		changed = raise_bounds(s, &simplex);
	s->bound_steps = simplex.steps;
	free(simplex.cells);
	free(simplex.basis);
	return changed;
}

/* Shares of the whole tell it, so with it everything is hidden. */
static void
hide_all_of_whole(struct system *s)
{
	struct node *nodes = s->margins.nodes;

	for (size_t i = 1; nodes[0].is_hidden && i < s->margins.n_nodes; i++)
		nodes[i].is_hidden = nodes[i].is_published;
}

/* Hide what is small, and then whatever it takes to keep it hidden. */
static void
hide(struct system *s, bool with_exempt)
{
	s->of_figures = with_exempt;
	for (size_t i = 0; i < s->margins.n_nodes; i++) {
		struct node *node = &s->margins.nodes[i];

		if (node->is_published && node->n < s->min_report &&
		    (with_exempt || !node->is_exempt))
			node->is_hidden = true;
	}
	do {
		while (settle_equations(s))
			continue;
	} while (settle_system(s) || settle_bounds(s));
	hide_all_of_whole(s);
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
	struct system s = { .min_report = min_report,
		.bound_steps = most_bound_steps };

	margins_make(&s.margins, whole, tables, n, most_joint_steps);
	hide(&s, false);
	mark_all(&s, whole, tables, n, true);
	hide(&s, true);
	mark_all(&s, whole, tables, n, false);
	margins_free(&s.margins);
	return !s.gave_up;
}
