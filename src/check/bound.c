#include "check/bound.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"

enum { DECIMALS_MOST = 8 };

/* By how much the ends are missed; negative inside. */
static double
excess_over(const struct bound *bound, double value, double *limit)
{
	double below = bound->has_least ? bound->least - value : -INFINITY;
	double above = bound->has_most ? value - bound->most : -INFINITY;

	if (isnan(value))
		below = bound->has_least ? INFINITY : below;
	if (isnan(value))
		above = bound->has_most ? INFINITY : above;
	*limit = above > below ? bound->most : bound->least;
	return above > below ? above : below;
}

static bool
lies_across(const struct quantity *quantity, bool has_end, double end)
{
	return has_end && quantity->has_interval && quantity->lower < end &&
	    quantity->upper > end;
}

static bool
is_in_band(const struct bound *bound, double value)
{
	return (bound->has_warn_least && value < bound->warn_least) ||
	    (bound->has_warn_most && value > bound->warn_most);
}

struct bound_result
bound_compare(const struct bound *bound, const struct quantity *quantity,
    bool by_interval)
{
	struct bound_result out = { .result = FIGURE_WITHIN };

	out.excess = excess_over(bound, quantity->value, &out.limit);
	out.crosses = lies_across(quantity, bound->has_least, bound->least) ||
	    lies_across(quantity, bound->has_most, bound->most);
	if (by_interval && out.crosses)
		out.result = FIGURE_NEAR;
	else if (out.excess > 0)
		out.result = FIGURE_OUTSIDE;
	else if (is_in_band(bound, quantity->value))
		out.result = FIGURE_NEAR;
	return out;
}

static unsigned
decimals_of(enum bound_kind kind)
{
	switch (kind) {
	case BOUND_RATIO:
		return 2;
	case BOUND_MEASURE:
		return 3;
	case BOUND_RATE:
	case BOUND_POINTS:
		break;
	}
	return 1;
}

static double
scale_of(enum bound_kind kind)
{
	return kind == BOUND_RATE || kind == BOUND_POINTS ? 100 : 1;
}

static const char *
unit_of(enum bound_kind kind)
{
	if (kind == BOUND_RATE)
		return "%";
	return kind == BOUND_POINTS ? " points" : "";
}

void
bound_put(
    struct text *text, enum bound_kind kind, double value, const double *limit)
{
	unsigned decimals = decimals_of(kind);
	double scale = scale_of(kind);
	char number[NUM_SIZE], end[NUM_SIZE];

	num_write_fixed(value * scale, decimals, number);
	while (limit != NULL && *limit != value && decimals < DECIMALS_MOST) {
		num_write_fixed(*limit * scale, decimals, end);
		if (strcmp(number, end) != 0)
			break;
		num_write_fixed(value * scale, ++decimals, number);
	}
	text_puts(text, number);
	text_puts(text, unit_of(kind));
}

/* A limit is written with all the decimals it has. */
static void
put_end(struct text *text, enum bound_kind kind, double value)
{
	unsigned decimals = decimals_of(kind);
	double scaled = value * scale_of(kind);
	char number[NUM_SIZE];

	for (; decimals < DECIMALS_MOST; decimals++) {
		double step = pow(10, decimals);

		if (fabs(round(scaled * step) / step - scaled) < 1e-10)
			break;
	}
	num_write_fixed(scaled, decimals, number);
	text_puts(text, number);
	text_puts(text, unit_of(kind));
}

void
bound_put_range(struct text *text, const struct bound *bound)
{
	bool both = bound->has_least && bound->has_most;

	if (bound->has_least) {
		text_puts(text, both ? "from " : "at least ");
		put_end(text, bound->kind, bound->least);
	}
	if (bound->has_most) {
		text_puts(text, both ? " to " : "at most ");
		put_end(text, bound->kind, bound->most);
	}
}

void
bound_ratio_interval(const struct figure *first, const struct figure *second,
    struct quantity *out)
{
	double p1 = first->value, l1 = first->lower, u1 = first->upper;
	double p2 = second->value, l2 = second->lower, u2 = second->upper;
	double low, high;

	if (!first->has_interval || !second->has_interval || l2 <= 0 ||
	    u2 >= 2 * p2)
		return;
	low = p1 * p1 * p2 * p2 - l1 * u2 * (2 * p1 - l1) * (2 * p2 - u2);
	high = p1 * p1 * p2 * p2 - u1 * l2 * (2 * p1 - u1) * (2 * p2 - l2);
	if (!(low >= 0) || !(high >= 0))
		return;
	out->lower = (p1 * p2 - sqrt(low)) / (u2 * (2 * p2 - u2));
	out->upper = (p1 * p2 + sqrt(high)) / (l2 * (2 * p2 - l2));
	out->has_interval = true;
}

void
bound_difference_interval(const struct figure *first,
    const struct figure *second, struct quantity *out)
{
	double d = first->value - second->value;
	double low, high;

	if (!first->has_interval || !second->has_interval)
		return;
	low = d -
	    hypot(first->value - first->lower, second->upper - second->value);
	high = d +
	    hypot(first->upper - first->value, second->value - second->lower);
	out->lower = low;
	out->upper = high;
	out->has_interval = true;
}

enum bound_kind
bound_kind_of(const char *metric)
{
	return metric_is_rate(metric) ? BOUND_RATE : BOUND_MEASURE;
}
