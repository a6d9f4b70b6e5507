#include "measure/counts.h"
#include "tap.h"

/* Nine cells, and sums of them with and without weights. */

static const cell_factors every = { 1, 1, 1, 1, 1, 1, 1, 1, 1 };
static const cell_factors positives = { [CELL_TP] = 1, [CELL_FN] = 1 };
static const cell_factors f1 = { [CELL_TP] = 2, [CELL_FP] = 1, [CELL_FN] = 1 };
static const cell_factors none = { 0 };

static void
names_each_cell(void)
{
	CHECK_INT(cell_of(BINARY_MISSING, BINARY_MISSING), CELL_BLANK);
	CHECK_INT(cell_of(BINARY_MISSING, BINARY_NO), CELL_REFUSED);
	CHECK_INT(cell_of(BINARY_MISSING, BINARY_YES), CELL_SELECTED);
	CHECK_INT(cell_of(BINARY_NO, BINARY_MISSING), CELL_NEGATIVE);
	CHECK_INT(cell_of(BINARY_NO, BINARY_NO), CELL_TN);
	CHECK_INT(cell_of(BINARY_NO, BINARY_YES), CELL_FP);
	CHECK_INT(cell_of(BINARY_YES, BINARY_MISSING), CELL_POSITIVE);
	CHECK_INT(cell_of(BINARY_YES, BINARY_NO), CELL_FN);
	CHECK_INT(cell_of(BINARY_YES, BINARY_YES), CELL_TP);
}

/* i + 1 rows in cell i: 45 in all, 9 TP, 8 FN, 6 FP. */
static struct counts
staircase(void)
{
	struct counts counts = { .weighted = false };

	for (unsigned i = 0; i < CELL_COUNT; i++)
		for (unsigned k = 0; k <= i; k++)
			counts_add(&counts, (enum cell)i);
	return counts;
}

static void
counts_rows_of_cells(void)
{
	struct counts counts = staircase();

	CHECK(!counts.weighted);
	CHECK_INT(counts_rows(&counts), 45);
	CHECK_INT(counts_rows_of(&counts, every), 45);
	CHECK_INT(counts_rows_of(&counts, positives), 17);
	CHECK_INT(counts_rows_of(&counts, f1), 23);
	CHECK_INT(counts_rows_of(&counts, none), 0);
}

static void
totals_by_factor(void)
{
	struct counts counts = staircase();

	CHECK_NUM(counts_total(&counts, every), 45, 0);
	CHECK_NUM(counts_total(&counts, f1), 32, 0);
	CHECK_NUM(counts_total(&counts, none), 0, 0);
	CHECK_NUM(counts_effective(&counts, f1), 23, 0);
	CHECK_NUM(counts_effective(&counts, none), 0, 0);
}

static void
totals_weights(void)
{
	struct counts counts = { .weighted = false };

	counts_add_weighted(&counts, CELL_TP, 0.25);
	counts_add_weighted(&counts, CELL_TP, 1.5);
	counts_add_weighted(&counts, CELL_FN, 2);
	counts_add_weighted(&counts, CELL_FP, 0);
	CHECK(counts.weighted);
	CHECK_INT(counts_rows(&counts), 4);
	CHECK_NUM(counts_total(&counts, every), 3.75, 0);
	CHECK_NUM(counts_total(&counts, positives), 3.75, 0);
	CHECK_NUM(counts_total(&counts, f1), 5.5, 0);
	CHECK_INT(counts_rows_of(&counts, f1), 4);
}

/* (sum of w)^2 / sum of w^2: equal weights tell as much as so many rows. */
static void
knows_effective_rows(void)
{
	struct counts equal = { .weighted = false };
	struct counts unequal = { .weighted = false };
	struct counts nothing = { .weighted = false };

	for (unsigned i = 0; i < 7; i++)
		counts_add_weighted(&equal, CELL_TN, 0.125);
	CHECK_NUM(counts_effective(&equal, every), 7, 0);
	counts_add_weighted(&unequal, CELL_TN, 1);
	counts_add_weighted(&unequal, CELL_TN, 3);
	CHECK_NUM(counts_effective(&unequal, every), 1.6, 0);
	CHECK_NUM(counts_effective(&unequal, positives), 0, 0);
	counts_add_weighted(&nothing, CELL_TN, 0);
	CHECK_NUM(counts_effective(&nothing, every), 0, 0);
	/* f1 counts TP twice, but they are no more rows for that. */
	counts_add_weighted(&unequal, CELL_TP, 2);
	CHECK_NUM(counts_effective(&unequal, f1), 1, 0);
}

static void
takes_the_whole_range_of_weights(void)
{
	struct counts counts = { .weighted = false };

	counts_add_weighted(&counts, CELL_TP, COUNTS_WEIGHT_MOST);
	counts_add_weighted(&counts, CELL_FN, COUNTS_WEIGHT_LEAST);
	CHECK_NUM(counts_total(&counts, every), 1e9 + 1e-9, 0);
	CHECK_NUM(counts_total(&counts, positives), 1e9 + 1e-9, 0);
	CHECK_NUM(counts_effective(&counts, every), 1, 1e-15);
	counts = (struct counts){ .weighted = false };
	counts_add_weighted(&counts, CELL_FN, COUNTS_WEIGHT_LEAST);
	CHECK_NUM(counts_total(&counts, every), 1e-9, 0);
	CHECK_NUM(counts_effective(&counts, every), 1, 1e-9);
}

static void
merges_groups(void)
{
	struct counts a = staircase();
	struct counts b = staircase();
	struct counts weighted = { .weighted = true };
	struct counts more = { .weighted = true };

	counts_add(&b, CELL_TP);
	counts_merge(&a, &b);
	CHECK_INT(counts_rows(&a), 91);
	CHECK_INT(a.rows[CELL_TP], 19);
	CHECK_INT(a.rows[CELL_BLANK], 2);
	CHECK_INT(counts_rows(&b), 46);
	counts_add_weighted(&weighted, CELL_TP, 0.5);
	counts_add_weighted(&more, CELL_TP, 0.25);
	counts_add_weighted(&more, CELL_FP, 4);
	counts_merge(&weighted, &more);
	CHECK_INT(counts_rows(&weighted), 3);
	CHECK_NUM(counts_total(&weighted, every), 4.75, 0);
	CHECK_NUM(counts_total(&weighted, positives), 0.75, 0);
	CHECK_NUM(counts_effective(&weighted, positives), 0.5625 / 0.3125, 0);
}

/* A merge with an empty group of either kind changes no number. */
static void
merges_nothing(void)
{
	struct counts a = staircase();
	struct counts weighted = { .weighted = true };
	struct counts empty = { .weighted = true };

	counts_merge(&a, &(struct counts){ .weighted = false });
	CHECK_INT(counts_rows(&a), 45);
	counts_add_weighted(&weighted, CELL_TP, 0.5);
	counts_merge(&weighted, &empty);
	CHECK_NUM(counts_total(&weighted, every), 0.5, 0);
	CHECK_INT(counts_rows(&empty), 0);
	CHECK_NUM(counts_total(&empty, every), 0, 0);
}

int
main(void)
{
	names_each_cell();
	counts_rows_of_cells();
	totals_by_factor();
	totals_weights();
	knows_effective_rows();
	takes_the_whole_range_of_weights();
	merges_groups();
	merges_nothing();
	return tap_done();
}
