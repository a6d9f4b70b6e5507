#ifndef DOSSIER_STATS_RANDOM_H
#define DOSSIER_STATS_RANDOM_H

#include <stdint.h>

/*
 * Random numbers that are the same on every machine for the same seed: the
 * generator SplitMix64 (Steele, Lea and Flood, OOPSLA 2014, pp. 453-472), and
 * counts drawn by inversion, so that one number makes one count.
 */

struct random {
	uint64_t state; /* begins as the seed */
};

/* 64 random bits. */
uint64_t random_bits(struct random *random);

/* A number between 0 and 1, neither of them; an odd multiple of 2^-53. */
double random_unit(struct random *random);

/*
 * A number of successes in n trials of probability p.  From a standard
 * deviation of 30 on by a normal variate corrected for skewness (Cornish and
 * Fisher, Revue de l'Institut International de Statistique 5, 1938, pp.
 * 307-320), whose error is far below what a bootstrap can see.
 */
double random_binomial(struct random *random, double n, double p);

/* A Poisson variate, by the same means. */
double random_poisson(struct random *random, double mean);

/* How many of n drawn without replacement are of the special ones, likewise. */
double random_hypergeometric(
    struct random *random, double special, double other, double n);

#endif
