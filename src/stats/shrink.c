#include "stats/shrink.h"

#include <math.h>

bool
shrink_fit(const struct rate *rates, size_t n, struct shrink *out)
{
	double all = 0, yes = 0, squares = 0, spread = 0;
	double by_chance, correlation;
	size_t groups = 0;

	for (size_t i = 0; i < n; i++) {
		groups += rates[i].n > 0;
		all += rates[i].n;
		yes += rates[i].k;
		squares += rates[i].n * rates[i].n;
	}
	if (groups < 2 || !(yes > 0 && yes < all))
		return false;
	out->rate = yes / all;
	for (size_t i = 0; i < n; i++)
		if (rates[i].n > 0) {
			double miss = rates[i].k / rates[i].n - out->rate;

			spread += rates[i].n * miss * miss;
		}
	spread /= out->rate * (1 - out->rate);
	by_chance = (double)(groups - 1);
	correlation = (spread - by_chance) / (all - squares / all - by_chance);
	/* Within a group of one row there is no spread to compare with. */
	if (!(all - squares / all > by_chance))
		correlation = 0;
	correlation = fmin(1, fmax(0, correlation));
	out->strength =
	    correlation > 0 ? (1 - correlation) / correlation : HUGE_VAL;
	return true;
}

double
shrink_rate(const struct shrink *shrink, double k, double n)
{
	if (isinf(shrink->strength) || !(n + shrink->strength > 0))
		return shrink->rate;
	return (k + shrink->strength * shrink->rate) / (n + shrink->strength);
}
