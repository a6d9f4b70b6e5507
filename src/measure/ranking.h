#ifndef DOSSIER_MEASURE_RANKING_H
#define DOSSIER_MEASURE_RANKING_H

#include "measure/metric_type.h"

/*
 * Formulas over the places that rows have when they are ranked by score, the
 * highest first; rows without score have no place.  Among rows with the same
 * score any order is as likely, and the mean over these orders is taken.  A
 * place is taken by a row whatever it weighs.  The time is linear in the
 * number of distinct scores, however many rows have them: behind the first
 * places sums over places are taken in steps that are short beside the place,
 * by a formula that is off by less than the last bits.
 */

/*
 * The share of the group that is among the first k rows of the file, where k
 * is the number of the metric; Yang and Stoyanovich 2017, SSDBM, article 22.
 */
void ranking_selection_rate(
    const struct metric_input *in, struct metric_value *out);

/*
 * ln of the share that the group has of the first k rows over the share that
 * it has of all: 0 is even; Geyik, Ambler and Kenthapadi 2019, KDD, 2221-2231,
 * definition 3.  Undefined when nobody of the group is there.
 */
void ranking_skew(const struct metric_input *in, struct metric_value *out);

/*
 * Exposure of the group: the mean of 1 / log2(1 + place) over its rows; Singh
 * and Joachims 2018, KDD, 2219-2228.  The ratio of two groups' is their
 * disparate exposure.
 */
void ranking_exposure(const struct metric_input *in, struct metric_value *out);

/*
 * Normalised discounted Kullback-Leibler divergence (NDKL): the mean over
 * places i, weighted by 1 / log2(1 + i), of the divergence of the shares of
 * the groups among the first i rows from those among all, in nats; Geyik et
 * al. 2019, definition 5.  0 is even.  Of the rows of these groups alone.
 */
struct metric_value ranking_ndkl(
    struct arena *arena, const struct group *const groups[], size_t n);

/* Rows of a group that have a place; 0 where there are no scores. */
double ranking_rows(const struct group *group);

/* Rows with the same score, and how many of them are of either group. */
struct ranking_block {
	double first; /* place of the first row, from 1 */
	double rows, own[2];
};

/* A walk over the blocks of a ranking, from the highest score down. */
struct ranking {
	const struct distribution *all, *groups[2];
	size_t next_all, next[2]; /* points that are left */
	double place;             /* rows passed */
};

/*
 * Begin to walk over the rows of the whole; the second group may be NULL.
 * False when one of them has no scores.
 */
bool ranking_begin(struct ranking *ranking, const struct group *whole,
    const struct group *group, const struct group *second);

/* The next block; false at the end. */
bool ranking_next(struct ranking *ranking, struct ranking_block *block);

/* The sum of 1 / log2(1 + place) over so many places from the first on. */
struct dd ranking_discounts(double first, double places);

/* The mean of 1 / log2(1 + place) over the places of the block in hand. */
struct dd ranking_discount(
    const struct ranking *ranking, const struct ranking_block *block);

/*
 * How far the exposure of a group, or its difference from that of a reference,
 * may be off.  z is the difference over its standard deviation when members
 * of both change the places they have among themselves in every way, each as
 * likely; the variance of that is exact.  (Of a group alone: with all other
 * rows.)  error is the larger of that deviation and the one that the spread
 * within each group makes: nobody knows the first when exposures differ, and
 * the second says too little where none of a group is at the top.
 */
struct ranking_test {
	double difference, z;
	double error, df;
};

/*
 * False when they have fewer than two rows each, or all the same place, or
 * the group is all there is.
 */
bool ranking_test_exposure(const struct group *group,
    const struct group *reference, const struct group *whole,
    struct ranking_test *out);

#endif
