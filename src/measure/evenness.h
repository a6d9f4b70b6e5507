#ifndef DOSSIER_MEASURE_EVENNESS_H
#define DOSSIER_MEASURE_EVENNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Whether a ranking is as even as chance would make it.  The divergence NDKL
 * (measure/ranking.h) is above 0 even when places are drawn by lot, the more
 * the fewer rows there are: so it is held against rankings in random order of
 * the same groups.  These are drawn at some places only, all of the first and
 * then every sixteenth part of the place, by the numbers of each group that
 * lie between: the draws are exact, the sum between two places takes the mean
 * of both.
 */

enum { EVENNESS_GROUPS = 200 }; /* of more there is no test */

struct evenness {
	double by_chance; /* the mean of random rankings */
	double p;         /* of one at least as uneven */
	unsigned replicates;
};

/*
 * Test the divergence of n groups of so many ranked rows; at most as many
 * replicates as are asked for, fewer of many groups, though not below 199.
 * False with fewer than two groups that have rows, or too many.
 */
bool evenness_test(const double rows[], size_t n, double ndkl,
    unsigned replicates, uint64_t seed, struct evenness *out);

#endif
