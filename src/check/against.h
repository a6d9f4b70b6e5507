#ifndef DOSSIER_CHECK_AGAINST_H
#define DOSSIER_CHECK_AGAINST_H

#include "check/bound.h"
#include "model/policy.h"
#include "model/record.h"

/*
 * What a limit holds a group against: the reference group that measuring
 * compared it with, or another that the limit names.
 */

/* A reference, of one limit and one slice. */
struct against {
	const struct figure *reference; /* or NULL: there is none */
	bool is_own;      /* that of the slice, so figures are compared */
	const char *none; /* why there is none, or NULL */
};

/* What a limit is held against: also what guards another group; or NULL. */
const struct figure *against_judged(const struct figure *figure);

/* Whether the figure is of the whole file. */
bool against_is_whole(const struct figure *figure);

/* Whether the figure is of enough rows to be judged. */
bool against_is_enough(
    const struct policy *policy, const struct figure *figure);

/*
 * Find the reference of a limit.  The best group is the one that does best on
 * the metric among those with enough rows and a value of the attribute; the
 * first by name among equals.
 */
struct against against_find(const struct record *record,
    const struct policy *policy, const struct fairness_limit *limit,
    const struct figure_slice *slice);

/* Whether the group is left out of comparisons: a value is missing. */
bool against_is_left_out(const struct policy *policy,
    const struct figure *figure, const struct against *against);

/*
 * What of a figure is compared with the limit, with its interval where both
 * have one; false when there is nothing.  A difference is its size, or
 * counts towards the side that the limit calls bad.
 */
bool against_quantity(const struct fairness_limit *limit,
    const struct figure *figure, const struct against *against,
    struct quantity *out);

/* Whether the limit compares so: "ratio", "difference" or "value". */
bool against_is(const struct fairness_limit *limit, const char *compare);

#endif
