#include "check/against.h"

#include <math.h>
#include <string.h>

const struct figure *
against_judged(const struct figure *figure)
{
	return figure != NULL && figure->hidden != NULL ? figure->hidden :
							  figure;
}

bool
against_is_whole(const struct figure *figure)
{
	return strcmp(figure->group, GROUP_OVERALL) == 0;
}

bool
against_is(const struct fairness_limit *limit, const char *compare)
{
	return strcmp(limit->compare, compare) == 0;
}

bool
against_is_enough(const struct policy *policy, const struct figure *figure)
{
	const struct figure *seen = against_judged(figure);

	return (seen->has_counts ? seen->denominator : seen->n) >=
	    policy->min_conclude;
}

/* Whether the first does better than the second on what the limit is on. */
static bool
is_better(const struct fairness_limit *limit, const struct figure *a,
    const struct figure *b)
{
	if (strcmp(limit->reference, REFERENCE_LARGEST) == 0)
		return a->n > b->n;
	return limit->worse == LIMIT_HIGH ? a->value < b->value :
					    a->value > b->value;
}

static const struct figure *
find_best(const struct policy *policy, const struct fairness_limit *limit,
    const struct figure_slice *slice)
{
	bool is_best = strcmp(limit->reference, REFERENCE_BEST) == 0;
	const struct figure *best = NULL;

	for (const struct figure *f = slice->first; f != slice->end;
	     f = f->next) {
		const struct figure *seen = against_judged(f);

		if (against_is_whole(f) ||
		    (figure_is_of_missing(f) && !policy->missing_is_group) ||
		    seen->state != FIGURE_DEFINED ||
		    (is_best && !against_is_enough(policy, f)))
			continue;
		if (best == NULL ||
		    is_better(limit, seen, against_judged(best)))
			best = f;
	}
	return best;
}

static const struct figure *
find_whole(const struct record *record, const struct figure_slice *slice)
{
	const struct figure *f = slice->first;

	for (; f != slice->end; f = f->next)
		if (against_is_whole(f))
			return f;
	for (f = record->figures.first; f != NULL; f = f->next)
		if (*f->attribute == '\0' &&
		    strcmp(f->metric, slice->first->metric) == 0)
			return f;
	return NULL;
}

static const struct figure *
find_named(const char *group, const struct figure_slice *slice)
{
	const struct figure *f = slice->first;

	while (f != slice->end && strcmp(f->group, group) != 0)
		f = f->next;
	return f != slice->end ? f : NULL;
}

static const struct figure *
find_other(const struct record *record, const struct policy *policy,
    const struct fairness_limit *limit, const struct figure_slice *slice)
{
	if (strcmp(limit->reference, REFERENCE_OVERALL) == 0)
		return find_whole(record, slice);
	if (strcmp(limit->reference, REFERENCE_BEST) == 0 ||
	    strcmp(limit->reference, REFERENCE_LARGEST) == 0)
		return find_best(policy, limit, slice);
	return find_named(limit->reference, slice);
}

struct against
against_find(const struct record *record, const struct policy *policy,
    const struct fairness_limit *limit, const struct figure_slice *slice)
{
	struct against out = { slice->reference, true, NULL };

	if (against_is(limit, "value"))
		return out;
	if (limit->reference != NULL) {
		out.reference = find_other(record, policy, limit, slice);
		out.is_own = out.reference == slice->reference;
		if (out.reference == NULL ||
		    against_judged(out.reference)->state != FIGURE_DEFINED)
			out.none = "no reference group to compare it with";
	}
	if (out.reference != NULL && out.none == NULL &&
	    !against_is_enough(policy, out.reference))
		out.none = "not enough data: too few rows of the reference "
			   "group count for it";
	return out;
}

/* What measuring compared with nothing although there was a reference. */
static bool
is_uncompared(const struct figure *figure, const struct figure *reference)
{
	const struct figure *seen = against_judged(figure),
			    *other = against_judged(reference);

	return other != NULL && other->state == FIGURE_DEFINED &&
	    seen->state == FIGURE_DEFINED && !seen->has_ratio &&
	    !seen->has_difference;
}

bool
against_is_left_out(const struct policy *policy, const struct figure *figure,
    const struct against *against)
{
	return (figure_is_of_missing(figure) && !policy->missing_is_group) ||
	    (against->is_own && is_uncompared(figure, against->reference));
}

/*
 * Ratio and difference to another reference than measuring took, from the
 * counts where both have them, so that only the last division is rounded.
 */
static bool
compare(const struct figure *figure, const struct figure *reference,
    bool is_ratio, double *out)
{
	double ad = figure->value, cb = reference->value, bd = 1;

	if (figure->has_counts && reference->has_counts) {
		ad = figure->numerator * reference->denominator;
		cb = reference->numerator * figure->denominator;
		bd = figure->denominator * reference->denominator;
	}
	if (is_ratio && (reference->value <= 0 || figure->value < 0))
		return false;
	*out = is_ratio ? ad / cb : (ad - cb) / bd;
	return true;
}

/* A difference as the limit looks at it: by size, or towards one side. */
static void
turn(const struct fairness_limit *limit, struct quantity *q)
{
	double low = q->lower, high = q->upper;

	if (limit->side == LIMIT_HIGH)
		return;
	if (limit->side == LIMIT_LOW) {
		q->value = -q->value;
		q->lower = -high;
		q->upper = -low;
		return;
	}
	q->value = fabs(q->value);
	q->lower = low <= 0 && high >= 0 ? 0 : fmin(fabs(low), fabs(high));
	q->upper = fmax(fabs(low), fabs(high));
}

bool
against_quantity(const struct fairness_limit *limit,
    const struct figure *figure, const struct against *against,
    struct quantity *out)
{
	const struct figure *reference = against_judged(against->reference);
	bool is_ratio = against_is(limit, "ratio");
	bool has = is_ratio ? figure->has_ratio : figure->has_difference;

	*out = (struct quantity){ figure->value, figure->has_interval,
		figure->lower, figure->upper };
	if (against_is(limit, "value"))
		return true;
	out->has_interval = false;
	out->value = is_ratio ? figure->ratio : figure->difference;
	if (!against->is_own)
		has = compare(figure, reference, is_ratio, &out->value);
	if (!has)
		return false;
	if (reference == NULL || reference->state != FIGURE_DEFINED)
		reference = figure;
	else if (is_ratio)
		bound_ratio_interval(figure, reference, out);
	else
		bound_difference_interval(figure, reference, out);
	if (!is_ratio)
		turn(limit, out);
	return true;
}
