#include <stdlib.h>

#include "measure/linear.h"
#include "tap.h"

/*
 * Which unknowns are settled, against a search that tries everything: over
 * small matrices, an unknown is open when some solution of the homogeneous
 * system, with values from -2 to 2, moves it.
 */

enum { ROWS = 5, COLUMNS = 5, FIRST = -2, LAST = 2 };

struct system {
	size_t rows, columns;
	int cells[ROWS][COLUMNS]; /* -1, 0 or 1 */
};

static void
settle(const struct system *s, bool settled[COLUMNS])
{
	uint32_t cells[ROWS * COLUMNS] = { 0 };
	struct linear m = { s->rows, s->columns, cells };

	for (size_t i = 0; i < s->rows; i++)
		for (size_t k = 0; k < s->columns; k++)
			cells[i * s->columns + k] = s->cells[i][k] == 0 ? 0 :
			    s->cells[i][k] > 0 ? LINEAR_PLUS :
						 LINEAR_MINUS;
	linear_settled(&m, settled);
}

/* One letter an unknown: "s" settled, "-" open. */
static void
settles(const struct system *s, const char *want)
{
	bool settled[COLUMNS];
	char got[COLUMNS + 1] = "";

	settle(s, settled);
	for (size_t i = 0; i < s->columns; i++)
		got[i] = settled[i] ? 's' : '-';
	CHECK_STR(got, want);
}

static void
settles_plain_cases(void)
{
	settles(&(struct system){ 1, 2, { { 1, 1 } } }, "--");
	settles(&(struct system){ 1, 1, { { 1 } } }, "s");
	settles(&(struct system){ 1, 3, { { 0, 1, 0 } } }, "-s-");
	settles(&(struct system){ 2, 2, { { 1, 1 }, { 1, 1 } } }, "--");
	settles(&(struct system){ 2, 2, { { 1, 1 }, { 1, -1 } } }, "ss");
	settles(&(struct system){ 2, 3, { { 1, 1, 0 }, { 0, 1, 1 } } }, "---");
	settles(&(struct system){ 2, 3, { { 1, 1, 1 }, { 0, 1, 1 } } }, "s--");
}

static void
settles_nothing_from_nothing(void)
{
	settles(&(struct system){ 0, 3, { { 0 } } }, "---");
	settles(&(struct system){ 2, 2, { { 0 } } }, "--");
	settles(&(struct system){ 2, 0, { { 0 } } }, "");
}

/* No single row tells it, but three of them do: a + b, b + c, a + c. */
static void
settles_by_several_rows(void)
{
	settles(
	    &(struct system){ 3, 3, { { 1, 1, 0 }, { 0, 1, 1 }, { 1, 0, 1 } } },
	    "sss");
	settles(&(struct system){ 3, 4,
		    { { 1, 1, 0, 0 }, { 0, 1, 1, 0 }, { 0, 0, 1, 1 } } },
	    "----");
	settles(&(struct system){ 4, 4,
		    { { 1, 1, 0, 0 }, { 0, 1, 1, 0 }, { 0, 0, 1, 1 },
			{ 1, 0, 1, 0 } } },
	    "ssss");
}

/* Whether the values, the digits of a number, solve the system. */
static bool
solves(const struct system *s, const int values[COLUMNS])
{
	for (size_t i = 0; i < s->rows; i++) {
		int sum = 0;

		for (size_t k = 0; k < s->columns; k++)
			sum += s->cells[i][k] * values[k];
		if (sum != 0)
			return false;
	}
	return true;
}

/* Mark every unknown that some solution moves. */
static void
search(const struct system *s, bool open[COLUMNS])
{
	int values[COLUMNS];
	size_t place = 0;

	for (size_t i = 0; i < COLUMNS; i++) {
		values[i] = FIRST;
		open[i] = false;
	}
	while (place < s->columns) {
		for (size_t i = 0; solves(s, values) && i < s->columns; i++)
			open[i] = open[i] || values[i] != 0;
		for (place = 0; place < s->columns; place++) {
			if (values[place] < LAST) {
				values[place]++;
				break;
			}
			values[place] = FIRST;
		}
	}
}

/* xorshift32 (Marsaglia 2003). */
static uint32_t
roll(uint32_t *state, uint32_t below)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return (*state >> 8) % below;
}

/*
 * Of 0 and 1 and so few, a solution that moves an unknown can be had with
 * small values: the minors are at most 3.
 */
static void
agrees_with_a_search(void)
{
	uint32_t state = 2463534242;
	size_t wrong = 0, n_settled = 0, n_open = 0;

	for (unsigned round = 0; round < 1500; round++) {
		struct system s = { 1 + roll(&state, ROWS), 1 + roll(&state, 4),
			{ { 0 } } };
		bool settled[COLUMNS], open[COLUMNS];

		for (size_t i = 0; i < s.rows; i++)
			for (size_t k = 0; k < s.columns; k++)
				s.cells[i][k] = (int)roll(&state, 2);
		settle(&s, settled);
		search(&s, open);
		for (size_t k = 0; k < s.columns; k++) {
			wrong += settled[k] == open[k];
			n_settled += settled[k];
			n_open += open[k];
		}
	}
	CHECK_INT(wrong, 0);
	CHECK(n_settled > 500 && n_open > 500);
}

int
main(void)
{
	settles_plain_cases();
	settles_nothing_from_nothing();
	settles_by_several_rows();
	agrees_with_a_search();
	return tap_done();
}
