#ifndef DOSSIER_CHECK_BOUND_H
#define DOSSIER_CHECK_BOUND_H

#include <stdbool.h>

#include "base/text.h"
#include "model/figure.h"

/*
 * A quantity against a range, and how both are written: the arithmetic that
 * the limits of groups and of whole models share.
 */

enum bound_kind {
	BOUND_RATE,    /* per cent, 1 decimal */
	BOUND_RATIO,   /* 2 decimals */
	BOUND_MEASURE, /* 3 decimals */
	BOUND_POINTS   /* difference of rates: percentage points, 1 decimal */
};

struct bound {
	enum bound_kind kind;
	bool has_least, has_most;
	double least, most;
	bool has_warn_least, has_warn_most; /* the warning band begins here */
	double warn_least, warn_most;
};

struct quantity {
	double value;
	bool has_interval;
	double lower, upper;
};

struct bound_result {
	enum figure_result result; /* within, near, outside */
	double limit;  /* the end that is missed, or the nearer one */
	double excess; /* beyond the end; negative inside */
	bool crosses;  /* the interval lies on both sides of an end */
};

/*
 * Compare.  By value, what misses an end is outside.  By interval, outside is
 * what misses it with the whole interval; an interval on both sides of the
 * end is near.  Without an interval the value decides.  What is no number is
 * outside.
 */
struct bound_result bound_compare(const struct bound *bound,
    const struct quantity *quantity, bool by_interval);

/*
 * Append a quantity; where it would round onto its limit (NULL: none) it gets
 * as many more decimals as keep them apart.
 */
void bound_put(
    struct text *text, enum bound_kind kind, double value, const double *limit);

/* Append "at least 0.80", "at most 5.0 points", "from 0.80 to 1.25". */
void bound_put_range(struct text *text, const struct bound *bound);

/*
 * Interval of first / second from the intervals of both, by recovery of
 * variance estimates (MOVER-R: Donner and Zou, Statistical Methods in Medical
 * Research 21, 2012, pp. 347-359).  Leaves has_interval false where second may
 * be 0 or an interval is absent.
 */
void bound_ratio_interval(const struct figure *first,
    const struct figure *second, struct quantity *out);

/*
 * Interval of first - second likewise (Newcombe, Statistics in Medicine 17,
 * 1998, pp. 873-890, method 10).
 */
void bound_difference_interval(const struct figure *first,
    const struct figure *second, struct quantity *out);

/* How values of a metric are written: shares of rows as rates. */
enum bound_kind bound_kind_of(const char *metric);

#endif
