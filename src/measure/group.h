#ifndef DOSSIER_MEASURE_GROUP_H
#define DOSSIER_MEASURE_GROUP_H

#include <stdint.h>

#include "base/arena.h"
#include "base/dd.h"
#include "measure/counts.h"
#include "measure/withhold_table.h"

/*
 * What is known of the rows of a group: the one thing that every source of
 * rows or counts fills (predictions, counts files, exports of other tools),
 * and the only thing that metrics, comparisons and tables are made from.
 */

/*
 * What formulas have made of a distribution, so that a value that several
 * tables show is taken once: known.h.
 */
struct known_values;

/*
 * The distribution of a number among the rows of a group: of the score by
 * label, or of the predicted value of a regression.  Points are distinct and
 * ascending, so nothing depends on the order of rows.  A point is the decimal
 * that the file has, as the double nearest to it and the rest that is left of
 * it (a "double-double"), so that sums over points are exact to the last bit
 * of a double.
 */
struct distribution {
	size_t n;
	const double *value; /* of each point */
	const double *rest;  /* decimal - value; NULL: all are 0 */
	const unsigned long long (*rows)[BINARY_COUNT]; /* by label */
	/* Sums of weights by label, rounded once; NULL: rows weigh 1. */
	const double (*weight)[BINARY_COUNT];
	unsigned long long n_missing[BINARY_COUNT]; /* no number, by label */
	double n_missing_weight[BINARY_COUNT];
	/*
	 * 0: every distinct value is a point.  Else there were too many, and
	 * each point stands for all values within this distance of it.
	 */
	double resolution;
	struct known_values *known; /* of this distribution; or NULL */
};

/* Rows of a class. */
struct class_rows {
	unsigned long long rows;
	double weight, square; /* sums of weights and squares, or rows */
};

/*
 * True and predicted class of each row: cell [i * n + k] holds the rows of
 * true class i that were predicted to be k.  Classes are those of the file,
 * ordered bytewise, the same for all its groups.
 */
struct confusion {
	size_t n;
	const char *const *classes;
	const double *cells; /* n * n: rows, or sums of weights */
	const unsigned long long *cell_rows;  /* n * n */
	const struct class_rows *unlabelled;  /* n: no label, by prediction */
	const struct class_rows *unpredicted; /* n: no prediction, by label */
	unsigned long long n_blank;           /* neither label nor prediction */
	/* n * n: sums of squared weights; NULL: every row weighs 1. */
	const double *cell_squares;
};

/*
 * True and predicted number of each row.  Sums are over rows that have both,
 * times their weights, and of twice the digits of a double: a variance is
 * what remains when two of them are subtracted.
 */
struct regression {
	unsigned long long n; /* rows with both */
	unsigned long long n_no_label, n_no_prediction;
	bool weighted; /* else both of these are n */
	struct dd weight;
	struct dd weight_square; /* sum of squared weights */
	struct dd label, label_square;
	struct dd prediction, prediction_square;
	struct dd error, absolute_error, square_error; /* prediction - label */
	/* Powers, and the squared error times label and its square. */
	struct dd label_cube, label_fourth;
	struct dd square_error_label, square_error_label_square;
	const struct distribution *predictions;     /* all under label "no" */
	const struct distribution *absolute_errors; /* the same */
};

/* A group of an attribute with all that was counted in it. */
struct group {
	const char *name; /* "female", "female*youth", "(missing)*youth" */
	uint32_t parts[WITHHOLD_COLUMNS]; /* values of the table's columns */
	bool is_missing; /* a value of an attribute is missing */
	bool is_withheld, n_is_withheld;
	struct counts counts;                /* of a binary label; else empty */
	const struct distribution *scores;   /* NULL: the file has none */
	const struct confusion *confusion;   /* NULL: not of several classes */
	const struct regression *regression; /* NULL: not of numbers */
};

/* The groups of an attribute or intersection; their rows sum to the file's. */
struct group_table {
	const char *attribute; /* "sex", "sex*age" */
	uint32_t columns[WITHHOLD_COLUMNS];
	size_t n_columns;
	struct group *groups; /* ordered bytewise by name */
	size_t n;
	const struct group *reference;   /* or NULL */
	unsigned long long n_missing;    /* rows of groups that are missing */
	unsigned long long n_possible;   /* combinations of the values seen */
	unsigned long long n_unobserved; /* of these, with no row */
};

/* Rows of a group, whatever they weigh and whatever they lack. */
unsigned long long group_rows(const struct group *group);

/* Order the groups by name; no pointer to a group may be kept before. */
void group_table_sort(struct group_table *table);

/* The group of this name, or NULL. */
const struct group *group_table_find(
    const struct group_table *table, const char *name);

/* What a message says behind a name that is no group: near_advice(). */
const char *group_table_advice(
    struct arena *arena, const struct group_table *table, const char *name);

/*
 * The group with most rows, the first by name among equals, without those
 * with a missing value unless missing_is_group; NULL when there is none.
 */
const struct group *group_table_largest(
    const struct group_table *table, bool missing_is_group);

#endif
