#include "measure/counts.h"

#include <assert.h>

void
counts_add_weighted(struct counts *counts, enum cell cell, double weight)
{
	assert(weight >= 0 && weight <= COUNTS_WEIGHT_MOST);
	counts->weighted = true;
	counts->rows[cell]++;
	sum_add(&counts->weight[cell], weight);
	sum_add(&counts->square[cell], weight * weight);
}

void
counts_merge(struct counts *counts, const struct counts *other)
{
	counts->weighted = counts->weighted || other->weighted;
	for (size_t i = 0; i < CELL_COUNT; i++) {
		counts->rows[i] += other->rows[i];
		sum_merge(&counts->weight[i], &other->weight[i]);
		sum_merge(&counts->square[i], &other->square[i]);
	}
}

unsigned long long
counts_rows(const struct counts *counts)
{
	unsigned long long n = 0;

	for (size_t i = 0; i < CELL_COUNT; i++)
		n += counts->rows[i];
	return n;
}

unsigned long long
counts_rows_of(const struct counts *counts, const cell_factors factors)
{
	unsigned long long n = 0;

	for (size_t i = 0; i < CELL_COUNT; i++)
		if (factors[i] > 0)
			n += counts->rows[i];
	return n;
}

double
counts_total(const struct counts *counts, const cell_factors factors)
{
	unsigned long long rows = 0;
	struct sum sum = { { 0 } };

	for (size_t i = 0; i < CELL_COUNT; i++) {
		rows += factors[i] * counts->rows[i];
		for (unsigned k = 0; k < factors[i] && counts->weighted; k++)
			sum_merge(&sum, &counts->weight[i]);
	}
	return counts->weighted ? sum_value(&sum) : (double)rows;
}

double
counts_effective(const struct counts *counts, const cell_factors factors)
{
	struct sum weight = { { 0 } }, square = { { 0 } };
	double w, w2;

	if (!counts->weighted)
		return (double)counts_rows_of(counts, factors);
	for (size_t i = 0; i < CELL_COUNT; i++) {
		if (factors[i] == 0)
			continue;
		sum_merge(&weight, &counts->weight[i]);
		sum_merge(&square, &counts->square[i]);
	}
	w = sum_value(&weight);
	w2 = sum_value(&square);
	return w2 > 0 ? w * w / w2 : 0;
}
