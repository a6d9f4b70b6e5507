#include "stats/two_rates.h"

#include <math.h>

#include "base/real.h"
#include "stats/normal.h"

static bool
is_possible(const struct two_rates *r, double confidence)
{
	return r->n1 > 0 && r->n2 > 0 && r->k1 >= 0 && r->k2 >= 0 &&
	    r->k1 <= r->n1 && r->k2 <= r->n2 && confidence > 0 &&
	    confidence < 1;
}

bool
difference_newcombe(
    const struct two_rates *r, double confidence, struct interval *out)
{
	double p1, p2, difference;
	struct interval a, b;

	if (!is_possible(r, confidence))
		return false;
	p1 = r->k1 / r->n1;
	p2 = r->k2 / r->n2;
	difference = p1 - p2;
	if (!interval_wilson(p1, r->n1, confidence, &a) ||
	    !interval_wilson(p2, r->n2, confidence, &b))
		return false;
	out->lower = difference - hypot(p1 - a.lower, b.upper - p2);
	out->upper = difference + hypot(a.upper - p1, p2 - b.lower);
	return true;
}

/* A function that falls, or one that rises, over a bracket of its root. */
typedef double curve(const struct two_rates *rates, double at, double given);

/*
 * Where a falling curve crosses 0.  A bracket of the root is narrowed by
 * secants through its ends, an end that stays counting half each time (the
 * Illinois method: Dowell and Jarratt, BIT 11, 1971, pp. 168-174), and by
 * halving where that is slow or an end is infinite.
 */
static double
crossing(curve *falls, const struct two_rates *r, double given, double low,
    double high)
{
	double at_low = HUGE_VAL, at_high = -HUGE_VAL, last = NAN;
	int side = 0;

	for (int i = 0; i < 1100; i++) {
		double at = low + (high - low) / 2;
		double value;

		if (at <= low || at >= high)
			break;
		if (isfinite(at_low) && isfinite(at_high) && i % 8 != 7)
			at = low + (high - low) * (at_low / (at_low - at_high));
		if (at <= low || at >= high ||
		    fabs(at - last) <= 2e-16 * fabs(at))
			return at;
		last = at;
		value = falls(r, at, given);
		if (value > 0) {
			low = at;
			at_low = value;
			at_high /= side > 0 ? 2 : 1;
			side = 1;
		} else {
			high = at;
			at_high = value;
			at_low /= side < 0 ? 2 : 1;
			side = -1;
		}
	}
	return low + (high - low) / 2;
}

/* count / p, where nothing counted weighs nothing however small p is. */
static double
weight(double count, double p)
{
	return count > 0 ? count / p : 0;
}

/* The slope of the likelihood at a reference rate, the difference given. */
static double
slope(const struct two_rates *r, double p2, double difference)
{
	double p1 = p2 + difference;

	return weight(r->k1, p1) - weight(r->n1 - r->k1, 1 - p1) +
	    weight(r->k2, p2) - weight(r->n2 - r->k2, 1 - p2);
}

/* How many standard deviations the counts are from a difference. */
static double
difference_deviation(const struct two_rates *r, double difference)
{
	double low = fmax(0, -difference), high = fmin(1, 1 - difference);
	double p2 = crossing(slope, r, difference, low, high);
	double p1 = fmin(1, fmax(0, p2 + difference));
	double all = r->n1 + r->n2;
	double variance =
	    (p1 * (1 - p1) / r->n1 + p2 * (1 - p2) / r->n2) * all / (all - 1);
	double miss = r->k1 / r->n1 - r->k2 / r->n2 - difference;

	if (miss == 0)
		return 0;
	return variance > 0 ? miss / sqrt(variance) : copysign(HUGE_VAL, miss);
}

/* The deviation less what the interval allows; falls with the difference. */
static double
difference_room(const struct two_rates *r, double difference, double z)
{
	return difference_deviation(r, difference) - z;
}

bool
difference_score(
    const struct two_rates *r, double confidence, struct interval *out)
{
	double difference, z;

	if (!is_possible(r, confidence) || r->n1 + r->n2 <= 1)
		return false;
	difference = r->k1 / r->n1 - r->k2 / r->n2;
	z = -normal_quantile((1 - confidence) / 2);
	out->lower = difference <= -1 ?
	    -1 :
	    crossing(difference_room, r, z, -1, difference);
	out->upper = difference >= 1 ?
	    1 :
	    crossing(difference_room, r, -z, difference, 1);
	return true;
}

bool
ratio_katz(const struct two_rates *r, double confidence, struct interval *out)
{
	double ratio, half;

	if (!is_possible(r, confidence) || r->k1 == 0 || r->k2 == 0 ||
	    (r->k1 == r->n1 && r->k2 == r->n2))
		return false;
	ratio = r->k1 * r->n2 / (r->k2 * r->n1);
	half = -normal_quantile((1 - confidence) / 2) *
	    sqrt((r->n1 - r->k1) / (r->k1 * r->n1) +
		(r->n2 - r->k2) / (r->k2 * r->n2));
	out->lower = ratio * real_exp(-half);
	out->upper = ratio * real_exp(half);
	return true;
}

/*
 * How many standard deviations the counts are from the ratio e^at, less z;
 * falls with the ratio.  The rates that are likeliest under the ratio solve a
 * quadratic equation, whose smaller root is taken without cancellation.
 */
static double
ratio_room(const struct two_rates *r, double at, double z)
{
	double ratio = real_exp(at);
	double a = ratio * (r->n1 + r->n2);
	double b = ratio * (r->n1 + r->k2) + r->k1 + r->n2;
	double c = r->k1 + r->k2;
	double p2 = 2 * c / (b + sqrt(fmax(0, b * b - 4 * a * c)));
	double p1 = fmin(1, ratio * p2);
	double variance =
	    p1 * (1 - p1) / r->n1 + ratio * ratio * p2 * (1 - p2) / r->n2;
	double miss = r->k1 / r->n1 - ratio * (r->k2 / r->n2);

	if (miss == 0)
		return -z;
	return (variance > 0 ? miss / sqrt(variance) :
			       copysign(HUGE_VAL, miss)) -
	    z;
}

enum { RATIO_EXPONENT = 60 }; /* ratios from e^-60 to e^60 are searched */

bool
ratio_koopman(
    const struct two_rates *r, double confidence, struct interval *out)
{
	double z, at;

	if (!is_possible(r, confidence) || (r->k1 == 0 && r->k2 == 0))
		return false;
	z = -normal_quantile((1 - confidence) / 2);
	at = r->k1 == 0 ? -RATIO_EXPONENT :
	    r->k2 == 0  ? RATIO_EXPONENT :
			  real_log(r->k1 * r->n2 / (r->k2 * r->n1));
	out->lower = r->k1 == 0 ?
	    0 :
	    real_exp(crossing(ratio_room, r, z, -RATIO_EXPONENT, at));
	out->upper = r->k2 == 0 ?
	    HUGE_VAL :
	    real_exp(crossing(ratio_room, r, -z, at, RATIO_EXPONENT));
	return true;
}
