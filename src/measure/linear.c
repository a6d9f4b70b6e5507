#include "measure/linear.h"

#include <string.h>

static const uint64_t prime = UINT64_C(2147483647);

/* The inverse of a number that is not 0, by Fermat's little theorem. */
static uint64_t
inverse(uint64_t a)
{
	uint64_t result = 1;

	for (uint64_t power = prime - 2; power > 0; power >>= 1) {
		if (power & 1)
			result = result * a % prime;
		a = a * a % prime;
	}
	return result;
}

static uint32_t *
row_of(const struct linear *m, size_t row)
{
	return m->cells + row * m->columns;
}

/* Bring a row with something in the column to the given place. */
static bool
find_pivot(struct linear *m, size_t place, size_t column)
{
	size_t row = place;

	while (row < m->rows && row_of(m, row)[column] == 0)
		row++;
	if (row == m->rows)
		return false;
	for (size_t i = 0; i < m->columns && row != place; i++) {
		uint32_t cell = row_of(m, row)[i];

		row_of(m, row)[i] = row_of(m, place)[i];
		row_of(m, place)[i] = cell;
	}
	return true;
}

/* row = row * factor from a column on. */
static void
scale(const struct linear *m, size_t row, size_t column, uint64_t factor)
{
	uint32_t *cells = row_of(m, row);

	for (size_t i = column; i < m->columns; i++)
		cells[i] = (uint32_t)(cells[i] * factor % prime);
}

/* Take the pivot's row from another as often as clears the column. */
static void
clear(const struct linear *m, size_t row, size_t pivot, size_t column)
{
	uint32_t *cells = row_of(m, row);
	const uint32_t *from = row_of(m, pivot);
	uint64_t factor;

	if (row == pivot || cells[column] == 0)
		return;
	factor = prime - cells[column];
	for (size_t i = column; i < m->columns; i++)
		cells[i] = (uint32_t)((cells[i] + factor * from[i]) % prime);
}

void
linear_settled(struct linear *m, bool settled[])
{
	size_t rank = 0;

	memset(settled, 0, m->columns * sizeof(settled[0]));
	for (size_t i = 0; i < m->columns && rank < m->rows; i++) {
		if (!find_pivot(m, rank, i))
			continue;
		scale(m, rank, i, inverse(row_of(m, rank)[i]));
		for (size_t row = 0; row < m->rows; row++)
			clear(m, row, rank, i);
		rank++;
	}
	for (size_t row = 0; row < rank; row++) {
		size_t n = 0, last = 0;

		for (size_t i = 0; i < m->columns; i++) {
			if (row_of(m, row)[i] == 0)
				continue;
			n++;
			last = i;
		}
		if (n == 1)
			settled[last] = true;
	}
}
