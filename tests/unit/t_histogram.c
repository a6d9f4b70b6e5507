#include <stdlib.h>

#include "measure/histogram.h"
#include "tap.h"

/* Numbers by group: exact while there are few, rounded alike beyond. */

enum { ROWS = 20000, GROUPS = 3 };

struct rows {
	double values[ROWS];
	uint32_t groups[ROWS];
	unsigned char cells[ROWS];
	double weights[ROWS];
	uint64_t keys[ROWS];
};

static unsigned
next_random(unsigned long long *state, unsigned n)
{
	*state = *state * 6364136223846793005ull + 1442695040888963407ull;
	return (unsigned)(*state >> 33) % n;
}

static void
make_rows(struct rows *rows, unsigned decimals)
{
	static const unsigned char cells[] = { CELL_TN, CELL_TP, CELL_FP,
		CELL_SELECTED };
	unsigned long long state = 5;

	for (size_t i = 0; i < ROWS; i++) {
		rows->values[i] =
		    next_random(&state, decimals + 1) / (double)decimals;
		rows->groups[i] = next_random(&state, GROUPS);
		rows->cells[i] = cells[next_random(&state, 4)];
		rows->weights[i] = next_random(&state, 100) / 10.0;
	}
}

/* Add the rows in an order that depends on the step, and some at a time. */
static void
add_rows(struct histogram *h, struct rows *rows, size_t step)
{
	for (size_t i = 0; i < ROWS; i++) {
		size_t at = i * step % ROWS;
		uint64_t key = histogram_key(rows->values[at]);
		struct histogram_rows one = { .n = 1,
			.groups = &rows->groups[at],
			.cells = &rows->cells[at],
			.keys = &key,
			.weights = &rows->weights[at] };

		histogram_add(h, &one);
	}
}

/* Whether each point stands for the rows that are near it. */
static void
check_points(const struct distribution *d, const struct rows *rows,
    uint32_t group, double least)
{
	unsigned long long n = 0, want = 0;
	bool near = true, ascending = true;

	for (size_t i = 0; i < ROWS; i++) {
		bool found = false;

		if (rows->groups[i] != group)
			continue;
		want++;
		for (size_t k = 0; k < d->n && !found; k++)
			found = fabs(d->value[k] - rows->values[i]) <=
			    d->resolution;
		near = near && found;
	}
	for (size_t k = 0; k < d->n; k++) {
		ascending = ascending &&
		    (k == 0 || d->value[k] > d->value[k - 1]) &&
		    d->value[k] >= 0 && d->value[k] <= 1;
		for (size_t i = 0; i < BINARY_COUNT; i++)
			n += d->rows[k][i];
	}
	CHECK(near);
	CHECK(ascending);
	CHECK_INT((long long)n, (long long)want);
	CHECK(d->resolution >= least);
}

static bool
same(const struct distribution *a, const struct distribution *b)
{
	return a->n == b->n && a->resolution == b->resolution &&
	    memcmp(a->value, b->value, a->n * sizeof(a->value[0])) == 0 &&
	    memcmp(a->rows, b->rows, a->n * sizeof(a->rows[0])) == 0 &&
	    memcmp(a->weight, b->weight, a->n * sizeof(a->weight[0])) == 0;
}

/* Exact or rounded, the order of the rows changes nothing. */
static void
ignores_the_order(struct rows *rows, size_t most, double least)
{
	static const uint32_t target[GROUPS] = { 0, 1, 2 };
	static const size_t steps[] = { 1, 7, 4999, 19999 };
	struct arena arena = { 0 };
	struct distribution *first = NULL;

	for (size_t i = 0; i < 4; i++) {
		struct distribution *made;
		struct histogram h;

		histogram_init(&h, true);
		h.most = most;
		add_rows(&h, rows, steps[i]);
		CHECK(h.n <= most);
		made = histogram_make(&h, &arena, target, GROUPS, GROUPS);
		for (uint32_t k = 0; k < GROUPS; k++) {
			if (i == 0)
				check_points(&made[k], rows, k, least);
			else
				CHECK(same(&made[k], &first[k]));
		}
		if (i == 0)
			first = made;
		histogram_free(&h);
	}
	arena_free(&arena);
}

/* Groups that go to one are one; what has no target is left out. */
static void
joins_groups(void)
{
	static const uint32_t groups[] = { 0, 1, 2, 1, 0 };
	static const unsigned char cells[] = { CELL_TP, CELL_TP, CELL_TP,
		CELL_TN, CELL_COUNT };
	static const uint32_t target[] = { 1, 1, UINT32_MAX };
	uint64_t keys[] = { histogram_key(0.5), histogram_key(0.5),
		histogram_key(0.1), HISTOGRAM_MISSING, histogram_key(9) };
	const struct histogram_rows rows = {
		.n = 5, .groups = groups, .cells = cells, .keys = keys
	};
	struct arena arena = { 0 };
	struct distribution *made;
	struct histogram h;

	histogram_init(&h, false);
	histogram_add(&h, &rows);
	made = histogram_make(&h, &arena, target, 3, 2);
	CHECK_INT(made[0].n, 0);
	CHECK_INT(made[1].n, 1);
	CHECK_NUM(made[1].value[0], 0.5, 0);
	CHECK_INT(made[1].rows[0][BINARY_YES], 2);
	CHECK_INT(made[1].n_missing[BINARY_NO], 1);
	CHECK_NUM(made[1].n_missing_weight[BINARY_NO], 1, 0);
	CHECK(made[1].weight == NULL && made[1].resolution == 0);
	histogram_free(&h);
	arena_free(&arena);
}

/* A row that stands for several is as many. */
static void
counts_many_rows(void)
{
	static const uint32_t groups[] = { 0, 0, 0 };
	static const unsigned char cells[] = { CELL_TP, CELL_FN, CELL_TN };
	static const uint32_t target[] = { 0 };
	static const unsigned long long counts[] = { 3, 4000000000, 2 };
	uint64_t keys[] = { histogram_key(0.5), histogram_key(0.5),
		HISTOGRAM_MISSING };
	const struct histogram_rows rows = { .n = 3,
		.groups = groups,
		.cells = cells,
		.keys = keys,
		.counts = counts };
	struct arena arena = { 0 };
	struct distribution *made;
	struct histogram h;

	histogram_init(&h, false);
	histogram_add(&h, &rows);
	made = histogram_make(&h, &arena, target, 1, 1);
	CHECK_INT(made[0].n, 1);
	CHECK_INT(made[0].rows[0][BINARY_YES], 4000000003);
	CHECK_INT(made[0].n_missing[BINARY_NO], 2);
	histogram_free(&h);
	arena_free(&arena);
}

static void
orders_keys(void)
{
	static const double values[] = { -1e300, -2, -1e-300, 0, 1e-300, 0.5, 1,
		1e300 };

	for (size_t i = 0; i < 8; i++) {
		CHECK_NUM(
		    histogram_value(histogram_key(values[i])), values[i], 0);
		if (i > 0)
			CHECK(histogram_key(values[i]) >
			    histogram_key(values[i - 1]));
	}
	CHECK(histogram_key(-0.0) == histogram_key(0.0));
	CHECK(histogram_key(1e308) < HISTOGRAM_MISSING);
}

/* 0.1 is 2^-55 / 10 * 2 less than its double, and so on. */
static void
knows_decimals(void)
{
	CHECK_NUM(decimal_rest(0.5), 0, 0);
	CHECK_NUM(decimal_rest(3), 0, 0);
	CHECK_NUM(decimal_rest(0.1) * 0x1p60, -6.4, 1e-15);
	CHECK_NUM(decimal_rest(-0.1) * 0x1p60, 6.4, 1e-15);
	CHECK_NUM(decimal_rest(0.3) * 0x1p60, 12.8, 1e-15);
	CHECK_NUM(decimal_rest(0.3333333333333333) * 0x1p60, -17.0973834868949,
	    1e-14);
	CHECK_NUM(decimal_rest(0.30000000000000004) * 0x1p60,
	    -5.083139815726121, 1e-14);
	CHECK_NUM(decimal_rest(40.31156938890135) * 0x1p60, 3331.0993522098174,
	    1e-14);
	CHECK_NUM(decimal_rest(0.9999999999999999) * 0x1p60, 12.707849539315303,
	    1e-14);
}

int
main(void)
{
	struct rows *rows = memory_grow(NULL, 1, sizeof(*rows));

	make_rows(rows, 1000);
	ignores_the_order(rows, 10000, 0);
	ignores_the_order(rows, 500, 0x1p-9);
	ignores_the_order(rows, 20, 0x1p-4);
	make_rows(rows, 10000000);
	ignores_the_order(rows, 15000, 0x1p-18);
	joins_groups();
	counts_many_rows();
	orders_keys();
	knows_decimals();
	free(rows);
	return tap_done();
}
