#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "measure/simplex.h"
#include "tap.h"

/* How large a number can be, beside a reader who tries every table there is. */

enum { MOST = 4, VALUES = MOST * MOST, SUMS = 2 * MOST };

/* A table with sums of its rows and columns; what is shown has no unknown. */
struct table {
	size_t height, width;
	int values[VALUES];
	bool shown[VALUES];
};

static uint32_t
roll(uint64_t *state, uint32_t below)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (
	    uint32_t)((*state * UINT64_C(2685821657736338717) >> 33) % below);
}

static void
make(struct table *t, uint64_t *state)
{
	t->height = 2 + roll(state, 2);
	t->width = 2 + roll(state, 2);
	for (size_t i = 0; i < t->height * t->width; i++) {
		t->values[i] = (int)roll(state, 4);
		t->shown[i] = roll(state, 3) == 0;
	}
}

/* What the hidden values of a row or a column sum to. */
static void
sum(const struct table *t, int sums[SUMS])
{
	memset(sums, 0, SUMS * sizeof(sums[0]));
	for (size_t i = 0; i < t->height * t->width; i++) {
		if (t->shown[i])
			continue;
		sums[i / t->width] += t->values[i];
		sums[MOST + i % t->width] += t->values[i];
	}
}

/* Try every value of a hidden cell from the i-th on; keep the largest. */
static void
try_all(const struct table *t, size_t i, int left[SUMS], int now[], int most[])
{
	int *row, *column;

	if (i == t->height * t->width) {
		for (size_t k = 0; k < SUMS; k++)
			if (left[k] != 0)
				return;
		for (size_t k = 0; k < i; k++)
			most[k] = now[k] > most[k] ? now[k] : most[k];
		return;
	}
	row = &left[i / t->width];
	column = &left[MOST + i % t->width];
	for (now[i] = 0; now[i] <= *row && now[i] <= *column; now[i]++) {
		*row -= now[i];
		*column -= now[i];
		try_all(t, i + 1, left, now, most);
		*row += now[i];
		*column += now[i];
		if (t->shown[i])
			break;
	}
}

static void
fill(const struct table *t, struct simplex *s)
{
	int sums[SUMS];

	sum(t, sums);
	s->rows = t->height + t->width;
	s->columns = t->height * t->width;
	memset(s->cells, 0, s->rows * (s->columns + 1) * sizeof(double));
	for (size_t i = 0; i < s->columns; i++) {
		size_t column = t->height + i % t->width;

		if (t->shown[i])
			continue;
		s->cells[i / t->width * (s->columns + 1) + i] = 1;
		s->cells[column * (s->columns + 1) + i] = 1;
	}
	for (size_t i = 0; i < t->height; i++)
		s->cells[(i + 1) * (s->columns + 1) - 1] = sums[i];
	for (size_t i = 0; i < t->width; i++)
		s->cells[(t->height + i + 1) * (s->columns + 1) - 1] =
		    sums[MOST + i];
}

/* Sums of a table have a vertex of whole numbers, so trying finds the most. */
static void
finds_the_most(void)
{
	double cells[SUMS * (VALUES + 1)];
	size_t basis[SUMS], wrong = 0, none = 0, n = 0;
	uint64_t state = UINT64_C(88172645463325252);

	for (unsigned i = 0; i < 200; i++) {
		struct simplex s = {
			.cells = cells, .basis = basis, .steps = 1e6
		};
		int left[SUMS], now[VALUES], most[VALUES] = { 0 };
		struct table t;

		make(&t, &state);
		sum(&t, left);
		try_all(&t, 0, left, now, most);
		fill(&t, &s);
		none += !simplex_begin(&s);
		for (size_t k = 0; k < t.height * t.width; k++) {
			if (t.shown[k])
				continue;
			n++;
			wrong += !simplex_reaches(&s, k, most[k]);
			wrong += simplex_reaches(&s, k, most[k] + 0.5);
		}
	}
	CHECK(n > 500);
	CHECK_INT(none, 0);
	CHECK_INT(wrong, 0);
}

/* x + y = 3 and x + y = 4; x - y = 1, that nothing bounds; -x = -2. */
static void
knows_the_odd_cases(void)
{
	double both[] = { 1, 1, 3, 1, 1, 4 }, open[] = { 1, -1, 1 };
	double less[] = { -1, -2 };
	size_t basis[2];
	struct simplex s = { 2, 2, both, basis, 1e6 };

	CHECK(!simplex_begin(&s));
	s = (struct simplex){ 1, 2, open, basis, 1e6 };
	CHECK(simplex_begin(&s));
	CHECK(simplex_reaches(&s, 0, 1e12));
	CHECK(simplex_reaches(&s, 1, 1e12));
	s = (struct simplex){ 1, 1, less, basis, 1e6 };
	CHECK(simplex_begin(&s));
	CHECK(simplex_reaches(&s, 0, 2));
	CHECK(!simplex_reaches(&s, 0, 2.5));
}

/* What cannot be told in time is taken for reached, and said. */
static void
ends_in_time(void)
{
	double cells[] = { 1, 1, 3 };
	size_t basis[1];
	struct simplex s = { 1, 2, cells, basis, 0 };

	CHECK(simplex_begin(&s) || s.steps < 0);
	CHECK(simplex_reaches(&s, 0, 4));
	CHECK(s.steps < 0);
}

int
main(void)
{
	finds_the_most();
	knows_the_odd_cases();
	ends_in_time();
	return tap_done();
}
