#include "stats/interval.h"

#include <math.h>

#include "stats/normal.h"
#include "stats/special.h"

static bool
is_possible(double rate, double n, double confidence)
{
	return n > 0 && isfinite(n) && rate >= 0 && rate <= 1 &&
	    confidence > 0 && confidence < 1;
}

bool
interval_wilson(double rate, double n, double confidence, struct interval *out)
{
	double z, z2, centre, half;

	if (!is_possible(rate, n, confidence))
		return false;
	z = -normal_quantile((1 - confidence) / 2);
	z2 = z * z;
	centre = (rate + z2 / (2 * n)) / (1 + z2 / n);
	half =
	    z / (1 + z2 / n) * sqrt(rate * (1 - rate) / n + z2 / (4 * n * n));
	/* Rounding must not put a rate next to 0 or 1 outside its interval. */
	out->lower = rate == 0 ? 0 : fmin(rate, fmax(0, centre - half));
	out->upper = rate == 1 ? 1 : fmax(rate, fmin(1, centre + half));
	return true;
}

bool
interval_wilson_corrected(
    double rate, double n, double confidence, struct interval *out)
{
	double z, z2, below, above;

	if (!is_possible(rate, n, confidence))
		return false;
	z = -normal_quantile((1 - confidence) / 2);
	z2 = z * z;
	below = z2 - 2 - 1 / n + 4 * rate * (n * (1 - rate) + 1);
	above = z2 + 2 - 1 / n + 4 * rate * (n * (1 - rate) - 1);
	out->lower =
	    (2 * n * rate + z2 - 1 - z * sqrt(fmax(0, below))) / (2 * (n + z2));
	out->upper =
	    (2 * n * rate + z2 + 1 + z * sqrt(fmax(0, above))) / (2 * (n + z2));
	out->lower = rate == 0 ? 0 : fmin(rate, fmax(0, out->lower));
	out->upper = rate == 1 ? 1 : fmax(rate, fmin(1, out->upper));
	return true;
}

bool
interval_clopper_pearson(
    double rate, double n, double confidence, struct interval *out)
{
	double tail = (1 - confidence) / 2;
	double k = rate * n;

	if (!is_possible(rate, n, confidence))
		return false;
	/* A count is whole: what a product of rate and n lost is mended. */
	if (fabs(k - round(k)) < 1e-9 * fmax(1, k))
		k = round(k);
	out->lower = k > 0 ? beta_quantile(tail, k, n - k + 1) : 0;
	out->upper = k < n ? 1 - beta_quantile(tail, n - k, k + 1) : 1;
	return true;
}

bool
interval_jeffreys(
    double rate, double n, double confidence, struct interval *out)
{
	double tail = (1 - confidence) / 2;
	double k = rate * n;

	if (!is_possible(rate, n, confidence))
		return false;
	out->lower = beta_quantile(tail, k + 0.5, n - k + 0.5);
	out->upper = 1 - beta_quantile(tail, n - k + 0.5, k + 0.5);
	return true;
}

bool
interval_agresti_coull(
    double rate, double n, double confidence, struct interval *out)
{
	double z, more, centre, half;

	if (!is_possible(rate, n, confidence))
		return false;
	z = -normal_quantile((1 - confidence) / 2);
	more = n + z * z;
	centre = (rate * n + z * z / 2) / more;
	half = z * sqrt(centre * (1 - centre) / more);
	out->lower = fmax(0, centre - half);
	out->upper = fmin(1, centre + half);
	return true;
}
