#include "stats/interval.h"

#include <math.h>

#include "stats/normal.h"

bool
interval_wilson(double rate, double n, double confidence, struct interval *out)
{
	double z, z2, centre, half;

	if (!(n > 0 && rate >= 0 && rate <= 1))
		return false;
	if (!(confidence > 0 && confidence < 1))
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
