#ifndef DOSSIER_MEASURE_COLUMNS_H
#define DOSSIER_MEASURE_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

/* What labels and predictions are. */
enum prediction_kind {
	PREDICTION_BINARY,  /* yes or no: see positive */
	PREDICTION_CLASSES, /* any text: group->confusion */
	PREDICTION_NUMBERS  /* group->regression */
};

/*
 * An attribute that holds numbers: its groups are named "(-inf, 18)", "[18,
 * 25)", "[25, inf)" by the edges as they are written, or "(-inf, 18]", "(18,
 * 25]", "(25, inf)".  A cell that says there is nothing is missing; another
 * one that is no number is bad.
 */
struct prediction_bins {
	const char *column;
	const char *const *edges; /* numbers, ascending */
	size_t n;                 /* at least 1 */
	bool closed_right;
};

/* Which columns hold what.  All strings are borrowed. */
struct prediction_columns {
	enum prediction_kind kind;
	const char *label;      /* what was true; NULL: the file does not say */
	const char *prediction; /* what the model said; or NULL: see score */
	/*
	 * A number by which rows are ranked, or NULL: group->scores.  Without
	 * a prediction a row is selected when score >= threshold, unless
	 * no_threshold.  Missing as an answer is; else no number is bad.
	 */
	const char *score;
	double threshold;
	bool no_threshold;
	/* Scores were rounded to multiples of 1 / score_grid; 0: they stand. */
	double score_grid;
	const char *weight; /* or NULL: every row counts once */
	/*
	 * How many rows each row stands for, or NULL: one.  A whole number:
	 * these are counted rows, not a weight, so the effective number of
	 * rows grows with them.  The weight is then the sum of theirs, and
	 * square, which goes with it, the sum of the squares.
	 */
	const char *count;
	const char *square;
	/*
	 * NULL: 1, 1.0, true or yes is positive and 0, 0.0, false or no
	 * negative, in any case.  Otherwise exactly this text is positive,
	 * and negative exactly the other, or, when negative is NULL, the one
	 * other value the file has; a third one ends the reading, since it
	 * would be a guess which of the two is negative.
	 */
	const char *positive;
	const char *negative;
	/* Those of predictions where they have other words; NULL: the same. */
	const char *positive_prediction;
	const char *negative_prediction;
	/*
	 * The tables to make: a column, "sex", or up to three of them joined,
	 * "sex*race*age".  Groups of an intersection are named alike,
	 * "female*other*adult"; a "*" or "\" of a value itself is written
	 * with a "\" before it.
	 */
	const char *const *attributes;
	size_t n_attributes;
	const struct prediction_bins *bins;
	size_t n_bins;
};

#endif
