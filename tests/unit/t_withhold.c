#include <stdlib.h>

#include "base/arena.h"
#include "measure/simplex.h"
#include "measure/withhold.h"
#include "tap.h"

/*
 * Withholding, against a reader who is as clever as can be.  The tests know
 * every row: a row falls into an atom, one value of each column, and every
 * group is a sum of atoms.  An atom that a table has no group for has no row,
 * and the reader knows.  What the reader can work out from the groups that
 * are shown is then plain linear algebra over atoms, with none of the
 * equations that the module makes for itself.
 */

enum { COLUMNS = 4, VALUES = 4, ATOMS = 256, TABLES = 6, GROUPS = 64 };
enum { WORLDS = 6000 / TAP_SLOWNESS };
enum { MOST_BOUNDED = 24 }; /* atoms of worlds whose bounds are looked at */

/* A world of rows, and the tables that are shown of it. */
struct world {
	uint32_t values[COLUMNS]; /* of each column */
	size_t n_columns;
	double atoms[ATOMS];  /* rows of each */
	bool possible[ATOMS]; /* as far as the tables tell: none is empty */
	size_t n_atoms;
	struct withhold_group whole;
	struct withhold_table tables[TABLES];
	struct withhold_group groups[TABLES][GROUPS];
	size_t n_tables;
	double min_report;
};

/* Random numbers: xorshift64* (Vigna 2016), the same on every machine. */
static uint32_t
roll(uint64_t *state, uint32_t below)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (
	    uint32_t)((*state * UINT64_C(2685821657736338717) >> 33) % below);
}

/* Making worlds. */

/* The value of a column in an atom. */
static uint32_t
value_of(const struct world *w, size_t atom, size_t column)
{
	for (size_t i = 0; i < column; i++)
		atom /= w->values[i];
	return (uint32_t)(atom % w->values[column]);
}

static bool
is_in(const struct world *w, size_t atom, const struct withhold_table *table,
    const struct withhold_group *group)
{
	for (size_t i = 0; i < table->n_columns; i++)
		if (value_of(w, atom, table->columns[i]) != group->parts[i])
			return false;
	return true;
}

/* The group of an atom in a table; a new one when it has none yet. */
static struct withhold_group *
group_of(const struct world *w, size_t atom, struct withhold_table *table)
{
	struct withhold_group *group = table->groups;

	while (
	    group < table->groups + table->n && !is_in(w, atom, table, group))
		group++;
	if (group < table->groups + table->n)
		return group;
	table->n++;
	*group = (struct withhold_group){ 0 };
	for (size_t i = 0; i < table->n_columns; i++)
		group->parts[i] = value_of(w, atom, table->columns[i]);
	return group;
}

/* Whether each table has a group that an atom would fall into. */
static bool
is_possible(const struct world *w, size_t atom)
{
	for (size_t t = 0; t < w->n_tables; t++) {
		const struct withhold_table *table = &w->tables[t];
		size_t i = 0;

		while (
		    i < table->n && !is_in(w, atom, table, &table->groups[i]))
			i++;
		if (i == table->n)
			return false;
	}
	return true;
}

/* Count the atoms into whole and tables; empty groups do not occur. */
static void
count(struct world *w)
{
	w->whole = (struct withhold_group){ 0 };
	for (size_t t = 0; t < w->n_tables; t++) {
		w->tables[t].groups = w->groups[t];
		w->tables[t].n = 0;
	}
	for (size_t atom = 0; atom < w->n_atoms; atom++) {
		if (w->atoms[atom] == 0)
			continue;
		w->whole.n += w->atoms[atom];
		for (size_t t = 0; t < w->n_tables; t++)
			group_of(w, atom, &w->tables[t])->n += w->atoms[atom];
	}
	for (size_t atom = 0; atom < w->n_atoms; atom++)
		w->possible[atom] = is_possible(w, atom);
}

static bool
is_new_table(const struct world *w, const struct withhold_table *table)
{
	for (size_t t = 0; t < w->n_tables; t++)
		if (w->tables[t].n_columns == table->n_columns &&
		    memcmp(w->tables[t].columns, table->columns,
			sizeof(table->columns)) == 0)
			return false;
	return true;
}

/* A table of a random set of columns, in ascending order. */
static void
add_random_table(struct world *w, uint64_t *state)
{
	struct withhold_table table = { .n_columns = 0 };

	for (uint32_t i = 0; i < w->n_columns; i++)
		if (table.n_columns < WITHHOLD_COLUMNS && roll(state, 2) == 0)
			table.columns[table.n_columns++] = i;
	if (table.n_columns > 0 && is_new_table(w, &table))
		w->tables[w->n_tables++] = table;
}

static void
make_random(struct world *w, uint64_t *state)
{
	uint32_t most = 1 + roll(state, 12);
	uint32_t full = 1 + roll(state, 4); /* of 4 atoms have rows */

	*w = (struct world){ .n_columns = 1 + roll(state, COLUMNS),
		.n_atoms = 1,
		.min_report = 1 + roll(state, 10) };
	for (size_t i = 0; i < w->n_columns; i++) {
		w->values[i] = 2 + roll(state, VALUES - 1);
		w->n_atoms *= w->values[i];
	}
	for (size_t atom = 0; atom < w->n_atoms; atom++)
		if (roll(state, 4) < full)
			w->atoms[atom] = roll(state, most);
	for (size_t i = 0; i < TABLES; i++)
		add_random_table(w, state);
	count(w);
	if (roll(state, 3) == 0 && w->n_tables > 0 && w->tables[0].n > 0)
		w->tables[0].groups[0].is_missing = true;
}

/* What a reader can work out. */

/* Which of the two marks: of rows, or of figures. */
static bool
is_hidden(const struct withhold_group *group, bool rows)
{
	return rows ? group->n_is_withheld : group->is_withheld;
}

/* Equations in the atoms, in echelon form as far as they have come. */
struct span {
	double rows[ATOMS][ATOMS];
	size_t pivots[ATOMS];
	size_t n, n_atoms;
};

/* Take from a vector what the span has of it. */
static void
reduce(const struct span *span, double v[ATOMS])
{
	for (size_t i = 0; i < span->n; i++) {
		double factor = v[span->pivots[i]];

		for (size_t k = 0; k < span->n_atoms && factor != 0; k++)
			v[k] -= factor * span->rows[i][k];
	}
}

/* The place of the largest element; SIZE_MAX when all are 0. */
static size_t
largest(const struct span *span, const double v[ATOMS])
{
	size_t best = SIZE_MAX;
	double most = 1e-7;

	for (size_t k = 0; k < span->n_atoms; k++)
		if (fabs(v[k]) > most) {
			most = fabs(v[k]);
			best = k;
		}
	return best;
}

static void
add_known(struct span *span, double v[ATOMS])
{
	size_t pivot;
	double scale;

	reduce(span, v);
	pivot = largest(span, v);
	if (pivot == SIZE_MAX)
		return;
	scale = v[pivot];
	for (size_t k = 0; k < span->n_atoms; k++)
		v[k] = fabs(v[k] / scale) > 1e-9 ? v[k] / scale : 0;
	for (size_t i = 0; i < span->n; i++) {
		double factor = span->rows[i][pivot];

		for (size_t k = 0; k < span->n_atoms && factor != 0; k++)
			span->rows[i][k] -= factor * v[k];
	}
	memcpy(span->rows[span->n], v, sizeof(span->rows[0]));
	span->pivots[span->n++] = pivot;
}

/* A group as a sum of atoms; table is NULL for the whole. */
static void
vector_of(const struct world *w, const struct withhold_table *table,
    const struct withhold_group *group, double v[ATOMS])
{
	for (size_t atom = 0; atom < ATOMS; atom++)
		v[atom] = atom < w->n_atoms && w->possible[atom] &&
			(table == NULL || is_in(w, atom, table, group)) ?
		    1 :
		    0;
}

/* Enter what is shown: the whole and the groups that are not hidden. */
static void
add_shown(struct span *span, const struct world *w, bool rows)
{
	double v[ATOMS];

	*span = (struct span){ .n_atoms = w->n_atoms };
	vector_of(w, NULL, NULL, v);
	if (!is_hidden(&w->whole, rows))
		add_known(span, v);
	for (size_t t = 0; t < w->n_tables; t++)
		for (size_t i = 0; i < w->tables[t].n; i++) {
			const struct withhold_group *group =
			    &w->tables[t].groups[i];

			vector_of(w, &w->tables[t], group, v);
			if (!is_hidden(group, rows))
				add_known(span, v);
		}
}

/* How many hidden groups follow from the shown ones. */
static size_t
count_leaks(const struct world *w, bool rows)
{
	static const size_t nothing = SIZE_MAX;
	struct span *span = memory_grow(NULL, 1, sizeof(*span));
	double v[ATOMS];
	size_t n = 0;

	add_shown(span, w, rows);
	for (size_t t = 0; t < w->n_tables; t++)
		for (size_t i = 0; i < w->tables[t].n; i++) {
			const struct withhold_group *group =
			    &w->tables[t].groups[i];

			vector_of(w, &w->tables[t], group, v);
			reduce(span, v);
			if (is_hidden(group, rows) &&
			    largest(span, v) == nothing)
				n++;
		}
	free(span);
	return n;
}

/*
 * The same reader, who also knows that no atom has fewer rows than none and
 * no group that is listed fewer than one.  The unknowns are the atoms and, of
 * each hidden group, its rows beyond the first.
 */
struct bounds {
	struct simplex simplex;
	double cells[(1 + TABLES * GROUPS) * (ATOMS + TABLES * GROUPS + 1)];
	size_t basis[1 + TABLES * GROUPS];
	const struct withhold_group *hidden[TABLES * GROUPS];
	size_t n_hidden;
};

/* Enter a group: its rows are known, or an unknown of their own. */
static void
add_bound(struct bounds *b, const struct world *w,
    const struct withhold_table *table, const struct withhold_group *group)
{
	struct simplex *s = &b->simplex;
	double v[ATOMS];
	double *row = b->cells + s->rows++ * (s->columns + 1);

	vector_of(w, table, group, v);
	memcpy(row, v, w->n_atoms * sizeof(v[0]));
	row[s->columns] = group->n;
	if (!group->n_is_withheld)
		return;
	row[s->columns] = group->n < 1 ? group->n : 1;
	row[w->n_atoms + b->n_hidden] = -1;
	b->hidden[b->n_hidden++] = group;
}

/* How many hidden groups cannot have the minimum of rows. */
static size_t
count_bounded(const struct world *w)
{
	struct bounds *b = memory_grow(NULL, 1, sizeof(*b));
	size_t n = w->whole.n_is_withheld;

	memset(b, 0, sizeof(*b));
	for (size_t t = 0; t < w->n_tables; t++)
		for (size_t i = 0; i < w->tables[t].n; i++)
			n += w->tables[t].groups[i].n_is_withheld;
	b->simplex = (struct simplex){ .columns = w->n_atoms + n,
		.cells = b->cells,
		.basis = b->basis,
		.steps = 1e9 };
	add_bound(b, w, NULL, &w->whole);
	for (size_t t = 0; t < w->n_tables; t++)
		for (size_t i = 0; i < w->tables[t].n; i++)
			add_bound(b, w, &w->tables[t], &w->tables[t].groups[i]);
	n = simplex_begin(&b->simplex) ? 0 : 1;
	for (size_t i = 0; i < b->n_hidden && n == 0; i++)
		if (b->hidden[i] != &w->whole)
			n += !simplex_reaches(
			    &b->simplex, w->n_atoms + i, w->min_report - 1);
	free(b);
	return n;
}

/* The hidden rows of a table that lie within a group of another. */
static double
hidden_within(const struct world *w, const struct withhold_table *fine,
    const struct withhold_table *coarse, const struct withhold_group *group,
    bool rows)
{
	double n = 0;

	for (size_t i = 0; i < fine->n; i++) {
		size_t atom = 0;

		while (!is_in(w, atom, fine, &fine->groups[i]))
			atom++;
		if (is_hidden(&fine->groups[i], rows) &&
		    (coarse == NULL || is_in(w, atom, coarse, group)))
			n += fine->groups[i].n;
	}
	return n;
}

static bool
has_columns(
    const struct withhold_table *fine, const struct withhold_table *coarse)
{
	size_t n = 0;

	for (size_t i = 0; i < coarse->n_columns; i++)
		for (size_t k = 0; k < fine->n_columns; k++)
			n += coarse->columns[i] == fine->columns[k];
	return n == coarse->n_columns;
}

/* Whether the hidden parts of a shown sum are fewer rows than the minimum. */
static bool
is_thin(const struct world *w, double n, bool is_of_figures)
{
	return n > 0 && n < w->min_report && is_of_figures;
}

/* How many shown groups have hidden parts that are together too few. */
static size_t
count_thin(const struct world *w)
{
	size_t n = 0;

	for (size_t f = 0; f < w->n_tables; f++) {
		const struct withhold_table *fine = &w->tables[f];

		n += is_thin(w, hidden_within(w, fine, NULL, NULL, false),
		    !w->whole.is_withheld);
		for (size_t c = 0; c < w->n_tables; c++) {
			const struct withhold_table *coarse = &w->tables[c];

			if (c == f || !has_columns(fine, coarse))
				continue;
			for (size_t i = 0; i < coarse->n; i++)
				n += is_thin(w,
				    hidden_within(w, fine, coarse,
					&coarse->groups[i], false),
				    !coarse->groups[i].is_withheld);
		}
	}
	return n;
}

/* How many small groups are shown, but for the number of "(missing)". */
static size_t
count_small(const struct world *w)
{
	size_t n = 0;

	for (size_t t = 0; t < w->n_tables; t++)
		for (size_t i = 0; i < w->tables[t].n; i++) {
			const struct withhold_group *g =
			    &w->tables[t].groups[i];
			bool exempt =
			    g->is_missing && w->tables[t].n_columns == 1;

			if (g->n >= w->min_report)
				continue;
			n += !g->is_withheld;
			n += !g->n_is_withheld && !exempt;
		}
	return n;
}

static bool
withhold(struct world *w)
{
	return withhold_small(&w->whole, w->tables, w->n_tables, w->min_report);
}

static void
keeps_its_promise(void)
{
	size_t leaks_n = 0, leaks = 0, thin = 0, small = 0, given_up = 0;
	size_t with_hidden = 0, bounded = 0;
	uint64_t state = UINT64_C(88172645463325252);

	for (unsigned i = 0; i < WORLDS; i++) {
		struct world w;

		make_random(&w, &state);
		given_up += !withhold(&w);
		leaks_n += count_leaks(&w, true);
		leaks += count_leaks(&w, false);
		thin += count_thin(&w);
		small += count_small(&w);
		if (w.n_atoms <= MOST_BOUNDED)
			bounded += count_bounded(&w);
		for (size_t t = 0; t < w.n_tables; t++)
			with_hidden += hidden_within(&w, &w.tables[t], NULL,
					   NULL, false) > 0;
	}
	printf("# %zu tables had hidden groups\n", with_hidden);
	CHECK_INT(given_up, 0);
	CHECK_INT(leaks_n, 0);
	CHECK_INT(leaks, 0);
	CHECK_INT(thin, 0);
	CHECK_INT(small, 0);
	CHECK_INT(bounded, 0);
	CHECK(with_hidden > WORLDS * 5 / 6);
}

/* The reader of these tests is no fool: it finds what naive hiding leaves. */
static void
finds_naive_hiding_out(void)
{
	size_t leaks = 0;
	uint64_t state = UINT64_C(1181783497276652981);

	for (unsigned i = 0; i < 300; i++) {
		struct world w;

		make_random(&w, &state);
		for (size_t t = 0; t < w.n_tables; t++)
			for (size_t k = 0; k < w.tables[t].n; k++)
				w.tables[t].groups[k].is_withheld =
				    w.tables[t].groups[k].n < w.min_report;
		leaks += count_leaks(&w, false);
	}
	CHECK(leaks > 100);
}

/* Cases. */

/* One table of one column, with these rows. */
static void
make_column(struct world *w, const double rows[], uint32_t n, double min_report)
{
	*w = (struct world){ .values = { n },
		.n_columns = 1,
		.n_atoms = n,
		.n_tables = 1,
		.min_report = min_report };
	w->tables[0].n_columns = 1;
	memcpy(w->atoms, rows, n * sizeof(rows[0]));
	count(w);
}

/* "sex" and "sex*age", with these rows of 2 by n. */
static void
make_cross(struct world *w, const double rows[], uint32_t n, double min_report)
{
	*w = (struct world){ .values = { 2, n },
		.n_columns = 2,
		.n_atoms = 2 * (size_t)n,
		.n_tables = 2,
		.min_report = min_report };
	w->tables[0].n_columns = 1;
	w->tables[1] =
	    (struct withhold_table){ .columns = { 0, 1 }, .n_columns = 2 };
	memcpy(w->atoms, rows, 2 * n * sizeof(rows[0]));
	count(w);
}

/* The marks of a table: "." shown, "f" figures hidden, "n" rows too. */
static const char *
marks(const struct withhold_table *table, char out[GROUPS + 1])
{
	for (size_t i = 0; i < table->n; i++)
		out[i] = table->groups[i].n_is_withheld ? 'n' :
		    table->groups[i].is_withheld        ? 'f' :
							  '.';
	out[table->n] = '\0';
	return out;
}

static void
column_is(const double rows[], uint32_t n, double min_report, const char *want)
{
	char got[GROUPS + 1];
	struct world w;

	make_column(&w, rows, n, min_report);
	CHECK(withhold(&w));
	CHECK_STR(marks(&w.tables[0], got), want);
	CHECK(!w.whole.is_withheld && !w.whole.n_is_withheld);
}

static void
hides_no_more_than_it_must(void)
{
	static const double rows[] = { 100, 9, 40, 30 };
	static const double pairs[] = { 100, 6, 5, 30 };
	static const double thin[] = { 100, 2, 1, 30 };

	column_is(rows, 4, 0, "....");
	column_is(rows, 4, 9, "....");
	column_is(rows, 4, 10, ".n.n");
	column_is(rows, 4, 31, ".n.n");
	column_is(pairs, 4, 10, ".nn.");
	column_is(thin, 4, 10, ".nnn");
	column_is(thin, 4, 40, "nnnn");
}

/* The one big group beside a small one has to go with it. */
static void
hides_the_only_other(void)
{
	static const double rows[] = { 1000, 3 };

	column_is(rows, 2, 5, "nn");
}

/* Of equals it is always the later one. */
static void
decides_between_equals(void)
{
	static const double rows[] = { 30, 3, 30, 30 };

	column_is(rows, 4, 5, ".n.n");
}

static void
hides_a_small_whole(void)
{
	static const double rows[] = { 2, 3 };
	char got[GROUPS + 1];
	struct world w;

	make_column(&w, rows, 2, 10);
	CHECK(withhold(&w));
	CHECK(w.whole.is_withheld && w.whole.n_is_withheld);
	CHECK_STR(marks(&w.tables[0], got), "nn");
}

/* How many cells were empty is shown; what the model did with them is not. */
static void
shows_the_rows_without_value(void)
{
	static const double rows[] = { 100, 3, 50 };
	static const double others[] = { 100, 4, 2, 50 };
	char got[GROUPS + 1];
	struct world w;

	make_column(&w, rows, 3, 10);
	w.tables[0].groups[1].is_missing = true;
	CHECK(withhold(&w));
	CHECK_STR(marks(&w.tables[0], got), ".ff");
	CHECK_INT(count_leaks(&w, false), 0);

	make_column(&w, others, 4, 5);
	w.tables[0].groups[1].is_missing = true;
	CHECK(withhold(&w));
	CHECK_STR(marks(&w.tables[0], got), ".nn.");
}

/* That none is empty settles many of one row; and who is small, others. */
static void
hides_more_where_sums_tell(void)
{
	static const double ones[] = { 1, 1, 1, 1, 1, 40, 60 };
	static const double tight[] = { 1, 5, 40, 60 };
	static const double full[] = { 4, 4, 40, 60 };
	static const double equal[] = { 5, 2, 5, 40, 60 };
	char got[GROUPS + 1];
	struct world w;

	make_column(&w, ones, 7, 5);
	CHECK(withhold(&w));
	CHECK_STR(marks(&w.tables[0], got), "nnnnnn.");
	make_column(&w, tight, 4, 5);
	CHECK(withhold(&w));
	CHECK_STR(marks(&w.tables[0], got), "nnn.");
	make_column(&w, full, 4, 5);
	CHECK(withhold(&w));
	CHECK_STR(marks(&w.tables[0], got), "nnn.");
	make_column(&w, equal, 5, 5);
	CHECK(withhold(&w));
	CHECK_STR(marks(&w.tables[0], got), ".nn..");
}

/* A missing value within an intersection is a group like any. */
static void
exempts_no_intersection(void)
{
	static const double rows[] = { 100, 100, 3, 100, 100, 100 };
	char got[GROUPS + 1];
	struct world w;

	make_cross(&w, rows, 3, 10);
	for (size_t i = 0; i < w.tables[1].n; i++)
		w.tables[1].groups[i].is_missing = true;
	CHECK(withhold(&w));
	CHECK(strchr(marks(&w.tables[1], got), 'f') == NULL);
	CHECK(strchr(got, 'n') != NULL);
	CHECK_STR(marks(&w.tables[0], got), "..");
	CHECK_INT(count_leaks(&w, true), 0);
}

/* A table hides for another: "sex" is the sum of "sex*age". */
static void
guards_across_tables(void)
{
	static const double rows[] = { 100, 4, 100, 200, 300, 400 };
	char got[GROUPS + 1];
	struct world w;

	make_cross(&w, rows, 3, 5);
	CHECK(withhold(&w));
	CHECK_STR(marks(&w.tables[0], got), "..");
	CHECK_STR(marks(&w.tables[1], got), ".n.n..");
	CHECK_INT(count_leaks(&w, true), 0);

	w.tables[0].n = 0;
	CHECK(withhold(&w));
	CHECK_STR(marks(&w.tables[1], got), ".nn...");
}

/*
 * Three tables of two columns each, whose empty combinations leave so few
 * joint groups that a hidden one follows; no equation of the tables alone
 * tells it.
 */
static void
sees_through_empty_groups(void)
{
	struct world w = { .values = { 3, 3, 3 },
		.n_columns = 3,
		.n_atoms = 27,
		.atoms = { [0] = 2,
		    [6] = 2,
		    [11] = 2,
		    [13] = 1,
		    [23] = 2,
		    [26] = 1 },
		.n_tables = 3,
		.min_report = 2 };

	w.tables[0] =
	    (struct withhold_table){ .columns = { 0, 2 }, .n_columns = 2 };
	w.tables[1] =
	    (struct withhold_table){ .columns = { 0, 1 }, .n_columns = 2 };
	w.tables[2] =
	    (struct withhold_table){ .columns = { 1, 2 }, .n_columns = 2 };
	count(&w);
	CHECK(withhold(&w));
	CHECK_INT(count_leaks(&w, true), 0);
	CHECK_INT(count_leaks(&w, false), 0);
	CHECK_INT(count_thin(&w), 0);
}

static void
takes_no_tables(void)
{
	struct withhold_group whole = { .n = 100 };

	CHECK(withhold_small(&whole, NULL, 0, 10));
	CHECK(!whole.is_withheld);
	CHECK(withhold_small(&whole, NULL, 0, 101));
	CHECK(whole.is_withheld && whole.n_is_withheld);
}

/* What cannot be proved is not shown: 300 by 300 groups of one row each. */
static void
gives_up_aloud(void)
{
	enum { SIDE = 300 };
	struct withhold_group whole = { .n = SIDE * SIDE };
	struct withhold_table tables[3] = {
		{ .columns = { 0 }, .n_columns = 1, .n = SIDE },
		{ .columns = { 1 }, .n_columns = 1, .n = SIDE },
		{ .columns = { 0, 1 }, .n_columns = 2, .n = SIDE * SIDE },
	};
	struct arena arena = { 0 };

	for (size_t t = 0; t < 3; t++)
		tables[t].groups = arena_array(
		    &arena, tables[t].n, sizeof(tables[t].groups[0]));
	for (uint32_t i = 0; i < SIDE; i++) {
		tables[0].groups[i].parts[0] = i;
		tables[0].groups[i].n = SIDE;
		tables[1].groups[i].parts[0] = i;
		tables[1].groups[i].n = SIDE;
		for (uint32_t k = 0; k < SIDE; k++) {
			struct withhold_group *group =
			    &tables[2].groups[i * SIDE + k];

			group->parts[0] = i;
			group->parts[1] = k;
			group->n = 1;
		}
	}
	CHECK(withhold_small(&whole, tables, 3, 1));
	CHECK(!withhold_small(&whole, tables, 3, 2));
	arena_free(&arena);
}

int
main(void)
{
	keeps_its_promise();
	finds_naive_hiding_out();
	hides_no_more_than_it_must();
	hides_the_only_other();
	decides_between_equals();
	hides_a_small_whole();
	shows_the_rows_without_value();
	hides_more_where_sums_tell();
	exempts_no_intersection();
	guards_across_tables();
	sees_through_empty_groups();
	takes_no_tables();
	gives_up_aloud();
	return tap_done();
}
