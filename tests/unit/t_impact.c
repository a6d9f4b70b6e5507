#include <string.h>

#include "measure/impact.h"
#include "tap.h"

/*
 * Tables of Local Law 144 and the four-fifths rule reckoned by hand, from the
 * words of the rule: 6 RCNY 5-300 and 5-301.
 */

enum { MOST = 8, POINTS = 4 };

/* A table in the making. */
struct table {
	struct arena arena;
	struct group groups[MOST];
	struct group_table table;
};

static const struct impact_options law = { false, 0.8, 0.02 };

static struct group *
add(struct table *t, const char *name)
{
	struct group *group = &t->groups[t->table.n++];

	*group = (struct group){ .name = name };
	group->is_missing = strstr(name, "(missing)") != NULL;
	t->table.attribute = "sex";
	t->table.groups = t->groups;
	return group;
}

static struct group *
add_selected(struct table *t, const char *name, unsigned selected, unsigned n)
{
	struct group *group = add(t, name);

	group->counts.rows[CELL_SELECTED] = selected;
	group->counts.rows[CELL_REFUSED] = n - selected;
	return group;
}

/* A group with so many rows of score 1, 2, 3 and 4. */
static struct group *
add_scored(struct table *t, const char *name, const unsigned rows[POINTS])
{
	static const double values[] = { 1, 2, 3, 4 };
	struct distribution *d = arena_alloc(&t->arena, sizeof(*d));
	unsigned long long(*counts)[BINARY_COUNT] =
	    arena_array(&t->arena, POINTS, sizeof(*counts));
	struct group *group = add(t, name);

	d->n = POINTS;
	d->value = values;
	for (size_t i = 0; i < POINTS; i++)
		counts[i][BINARY_MISSING] = rows[i];
	d->rows = (const unsigned long long(*)[BINARY_COUNT])counts;
	group->scores = d;
	for (size_t i = 0; i < POINTS; i++)
		group->counts.rows[CELL_SELECTED] += rows[i];
	return group;
}

static struct impact_table
measure(struct table *t, enum impact_kind kind)
{
	struct impact_table out;

	CHECK(impact_measure(&t->table, kind, &law, &t->arena, &out));
	return out;
}

static void
selects(void)
{
	struct table t = { .table.n = 0 };
	struct impact_table out;

	add_selected(&t, "(missing)", 5, 40);
	add_selected(&t, "female", 30, 100);
	add_selected(&t, "male", 90, 200);
	out = measure(&t, IMPACT_SELECTION);
	CHECK_INT(out.n_rows, 2);
	CHECK_NUM(out.n_unknown, 40, 0);
	CHECK_NUM(out.n, 300, 0);
	CHECK(!out.n_is_withheld && out.n_small == 0);
	CHECK_STR(out.best_all, "male");
	CHECK_NUM(out.rows[0].rate, 0.3, 1e-15);
	CHECK_NUM(out.rows[0].ratio_all, 0.3 / 0.45, 1e-15);
	CHECK_NUM(out.rows[0].ratio_without, 0.3 / 0.45, 1e-15);
	CHECK_NUM(out.rows[0].shortfall, 6, 0); /* 36 of 100 are 4/5 of 45 % */
	CHECK_NUM(out.rows[0].flip_one, 31 * 200 / (89 * 100.0), 1e-15);
	CHECK(out.rows[0].is_below && !out.rows[0].flips);
	CHECK_NUM(out.rows[1].ratio_all, 1, 0);
	arena_free(&t.arena);
}

/* Less than 2 % of the data: 20 of 1,000 are not, 19 are. */
static void
leaves_out_less_than_two_in_a_hundred(void)
{
	struct table t = { .table.n = 0 };
	struct impact_table out;

	add_selected(&t, "(missing)", 0, 9000);
	add_selected(&t, "a", 380, 950);
	add_selected(&t, "b", 9, 30);
	add_selected(&t, "c", 18, 20);
	out = measure(&t, IMPACT_SELECTION);
	CHECK_INT(out.n_small, 0);
	CHECK_NUM(out.rows[0].ratio_all, 0.4 / 0.9, 1e-15);
	CHECK_NUM(out.rows[0].ratio_without, 0.4 / 0.9, 1e-15);

	t.groups[1].counts.rows[CELL_REFUSED] += 1;
	t.groups[3].counts.rows[CELL_REFUSED] -= 1;
	out = measure(&t, IMPACT_SELECTION);
	CHECK_NUM(out.n, 1000, 0);
	CHECK_INT(out.n_small, 1);
	CHECK_STR(out.best_all, "c");
	CHECK_STR(out.best_without, "a");
	CHECK(out.rows[2].is_small && !out.rows[2].has_ratio_without);
	CHECK_NUM(out.rows[2].rate, 18 / 19.0, 1e-15);
	CHECK_NUM(out.rows[0].ratio_all, 380 * 19 / (951 * 18.0), 1e-15);
	CHECK_NUM(out.rows[0].ratio_without, 1, 0);
	CHECK_NUM(out.rows[1].ratio_without, 0.3 * 951 / 380, 1e-15);
	arena_free(&t.arena);
}

/*
 * The categories of the example of 5-301: 92 men and 76 women, of whom 54.3 %
 * and 44.7 % score above the median; the ratio is 0.82.
 */
static void
scores_like_the_example(void)
{
	static const unsigned men[POINTS] = { 20, 22, 30, 20 };
	static const unsigned women[POINTS] = { 22, 20, 20, 14 };
	struct table t = { .table.n = 0 };
	struct impact_table out;

	add_scored(&t, "female", women);
	add_scored(&t, "male", men);
	out = measure(&t, IMPACT_SCORING);
	CHECK_NUM(out.median, 2.5, 0);
	CHECK_NUM(out.rows[1].rate, 50 / 92.0, 1e-15);
	CHECK_NUM(out.rows[0].rate, 34 / 76.0, 1e-15);
	CHECK_NUM(out.rows[0].ratio_all, 0.82, 0.005);
	arena_free(&t.arena);
}

/* Of 9 scores the median is the fifth, and who has it is not above it. */
static void
counts_what_is_above_the_median(void)
{
	static const unsigned one[POINTS] = { 1, 2, 0, 1 };
	static const unsigned other[POINTS] = { 1, 3, 1, 0 };
	static const unsigned nobody[POINTS] = { 0, 0, 0, 500 };
	struct table t = { .table.n = 0 };
	struct impact_table out;

	add_scored(&t, "(missing)*x", nobody);
	add_scored(&t, "a*x", one);
	add_scored(&t, "b*x", other);
	out = measure(&t, IMPACT_SCORING);
	CHECK_NUM(out.median, 2, 0);
	CHECK_NUM(out.n_unknown, 500, 0);
	CHECK_NUM(out.rows[0].selected, 1, 0);
	CHECK_NUM(out.rows[1].selected, 1, 0);
	CHECK_NUM(out.rows[1].ratio_all, 0.2 / 0.25, 1e-15);
	arena_free(&t.arena);
}

/* Who is of no known category is told by the others, too. */
static void
withholds_the_unknown(void)
{
	struct table t = { .table.n = 0 };
	struct impact_table out;
	struct group *unknown = add_selected(&t, "(missing)", 5, 9);

	add_selected(&t, "female", 30, 100);
	add_selected(&t, "male", 90, 200)->is_withheld = true;
	unknown->is_withheld = true;
	CHECK(!measure(&t, IMPACT_SELECTION).n_is_withheld);
	unknown->n_is_withheld = true;
	CHECK(measure(&t, IMPACT_SELECTION).n_is_withheld);
	unknown->n_is_withheld = false;
	unknown->counts.rows[CELL_NEGATIVE] = 2; /* without a prediction */
	out = measure(&t, IMPACT_SELECTION);
	CHECK(out.n_is_withheld);
	CHECK(out.rows[1].is_withheld && out.rows[1].n == 0);
	CHECK_STR(out.best_all, "female");
	arena_free(&t.arena);
}

/* Where nobody is selected there is no ratio; where nobody is rated, no table. */
static void
knows_when_there_is_none(void)
{
	struct table t = { .table.n = 0 };
	struct impact_table out;

	add_selected(&t, "a", 0, 10);
	add_selected(&t, "b", 0, 20);
	out = measure(&t, IMPACT_SELECTION);
	CHECK(out.rows[0].has_rate && !out.rows[0].has_ratio_all);
	CHECK(!impact_measure(&t.table, IMPACT_SCORING, &law, &t.arena, &out));
	arena_free(&t.arena);
}

int
main(void)
{
	selects();
	leaves_out_less_than_two_in_a_hundred();
	scores_like_the_example();
	counts_what_is_above_the_median();
	withholds_the_unknown();
	knows_when_there_is_none();
	return tap_done();
}
