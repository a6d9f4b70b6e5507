#include "measure/simplex.h"

#include <math.h>
#include <stdint.h>

static const double nothing = 1e-9;

/* In the basis for what an equation lacks before it holds. */
#define LACK SIZE_MAX

static double *
row_at(const struct simplex *s, size_t row)
{
	return s->cells + row * (s->columns + 1);
}

/* Solve a row for an unknown, and put it into the others. */
static void
pivot(struct simplex *s, size_t row, size_t column)
{
	double *own = row_at(s, row);
	double scale = own[column];

	for (size_t k = 0; k <= s->columns; k++)
		own[k] /= scale;
	for (size_t i = 0; i < s->rows; i++) {
		double *other = row_at(s, i);
		double factor = other[column];

		if (i == row || factor == 0)
			continue;
		for (size_t k = 0; k <= s->columns; k++) {
			other[k] -= factor * own[k];
			if (fabs(other[k]) < nothing)
				other[k] = 0;
		}
	}
	s->basis[row] = column;
	s->steps -= (double)s->rows * (double)s->columns;
}

/*
 * The row whose unknown is the first to be 0 when that of a column grows; of
 * equals one that lacks something, then the first unknown.  rows: none.
 */
static size_t
first_to_end(const struct simplex *s, size_t column)
{
	size_t best = s->rows;
	double least = INFINITY;

	for (size_t i = 0; i < s->rows; i++) {
		const double *row = row_at(s, i);
		double ratio;

		if (row[column] <= nothing)
			continue;
		ratio = row[s->columns] / row[column];
		if (ratio < least - nothing ||
		    (ratio <= least + nothing && best < s->rows &&
			s->basis[best] != LACK &&
			(s->basis[i] == LACK ||
			    s->basis[i] < s->basis[best]))) {
			best = i;
			least = ratio < least ? ratio : least;
		}
	}
	return best;
}

/* The first unknown that takes from what the equations lack; columns: none. */
static size_t
first_that_helps(const struct simplex *s)
{
	for (size_t k = 0; k < s->columns; k++) {
		double gain = 0;

		for (size_t i = 0; i < s->rows; i++)
			if (s->basis[i] == LACK)
				gain += row_at(s, i)[k];
		if (gain > nothing)
			return k;
	}
	return s->columns;
}

/* Take rows that lack nothing more out of the way; false: some lack. */
static bool
settle_rows(struct simplex *s)
{
	for (size_t i = 0; i < s->rows; i++) {
		const double *row = row_at(s, i);
		size_t k = 0;

		if (s->basis[i] != LACK)
			continue;
		if (row[s->columns] > 1e-6)
			return false;
		while (k < s->columns && fabs(row[k]) <= nothing)
			k++;
		if (k < s->columns)
			pivot(s, i, k);
	}
	return true;
}

bool
simplex_begin(struct simplex *s)
{
	for (size_t i = 0; i < s->rows; i++) {
		double *row = row_at(s, i);

		s->basis[i] = LACK;
		for (size_t k = 0; row[s->columns] < 0 && k <= s->columns; k++)
			row[k] = row[k] != 0 ? -row[k] : 0;
	}
	while (s->steps >= 0) {
		size_t column = first_that_helps(s);

		if (column == s->columns)
			return settle_rows(s);
		pivot(s, first_to_end(s, column), column);
	}
	return false;
}

/* The row that gives an unknown; rows: it is 0. */
static size_t
row_of(const struct simplex *s, size_t unknown)
{
	size_t i = 0;

	while (i < s->rows && s->basis[i] != unknown)
		i++;
	return i;
}

/* The first unknown that would make that of a row larger; columns: none. */
static size_t
first_that_raises(const struct simplex *s, size_t row)
{
	size_t k = 0;

	while (k < s->columns && row_at(s, row)[k] >= -nothing)
		k++;
	return k;
}

bool
simplex_reaches(struct simplex *s, size_t unknown, double value)
{
	while (s->steps >= 0) {
		size_t row = row_of(s, unknown);
		size_t column = unknown, end;

		if ((row < s->rows ? row_at(s, row)[s->columns] : 0) >=
		    value - 1e-6)
			return true;
		if (row < s->rows)
			column = first_that_raises(s, row);
		if (column == s->columns)
			return false;
		end = first_to_end(s, column);
		if (end == s->rows)
			return true;
		pivot(s, end, column);
	}
	return true;
}
