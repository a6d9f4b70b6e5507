#ifndef DOSSIER_MEASURE_COLUMNS_H
#define DOSSIER_MEASURE_COLUMNS_H

#include <stddef.h>

/* Which columns hold what.  All strings are borrowed. */
struct prediction_columns {
	const char *label;      /* what was true; NULL: the file does not say */
	const char *prediction; /* what the model said; or NULL: see score */
	const char *score;      /* selected when score >= threshold; or NULL */
	double threshold;
	const char *weight; /* or NULL: every row counts once */
	/*
	 * NULL: 1, 1.0, true or yes is positive and 0, 0.0, false or no
	 * negative, in any case.  Otherwise exactly this text is positive,
	 * and negative exactly the other, or, when negative is NULL, the one
	 * other value the file has; a third one ends the reading, since it
	 * would be a guess which of the two is negative.
	 */
	const char *positive;
	const char *negative;
	/*
	 * The tables to make: a column, "sex", or up to three of them joined,
	 * "sex*race*age".  Groups of an intersection are named alike,
	 * "female*other*adult"; a "*" or "\" of a value itself is written
	 * with a "\" before it.
	 */
	const char *const *attributes;
	size_t n_attributes;
};

#endif
