#include "stats/random.h"

#include <math.h>
#include <stdbool.h>

#include "stats/normal.h"
#include "stats/special.h"

#define NORMAL_FROM 30.0 /* standard deviation */

uint64_t
random_bits(struct random *random)
{
	uint64_t x = random->state += UINT64_C(0x9e3779b97f4a7c15);

	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

double
random_unit(struct random *random)
{
	return ((double)(random_bits(random) >> 12) + 0.5) * 0x1p-52;
}

/* A distribution over whole numbers, by how likely the next one is. */
struct ladder {
	double least, most, mode;
	double at_mode; /* probability */
	/* p(x + 1) / p(x) is (a - x) (b - x) / ((x + 1) (c + x + 1)) times d;
	   a factor that the distribution does not have is 0 here. */
	double a, b, c, d;
	bool has_b;
};

static double
step_up(const struct ladder *l, double x)
{
	double up = l->d * (l->a > 0 ? l->a - x : 1);

	if (l->has_b)
		up *= (l->b - x) / (l->c + x + 1);
	return up / (x + 1);
}

/* Take probabilities off a unit, from the mode outward on both sides. */
static double
climb(const struct ladder *l, double unit)
{
	double low = l->mode, high = l->mode;
	double p_low = l->at_mode, p_high = l->at_mode;

	unit -= l->at_mode;
	while (unit > 0 && (low > l->least || high < l->most)) {
		if (high < l->most) {
			p_high *= step_up(l, high);
			high++;
			unit -= p_high;
			if (unit <= 0)
				return high;
		}
		if (low > l->least) {
			low--;
			p_low /= step_up(l, low);
			unit -= p_low;
			if (unit <= 0)
				return low;
		}
		if (p_low + p_high == 0)
			break;
	}
	return l->mode;
}

/* A count by a normal variate with this mean, deviation and skewness. */
static double
normal_count(struct random *random, double mean, double sd, double skewness)
{
	double z = normal_quantile(random_unit(random));

	return floor(mean + sd * (z + skewness * (z * z - 1) / 6) + 0.5);
}

double
random_binomial(struct random *random, double n, double p)
{
	double sd = sqrt(n * p * (1 - p));
	struct ladder l = { .least = 0, .most = n, .a = n, .d = p / (1 - p) };

	if (!(n > 0 && p > 0))
		return 0;
	if (p >= 1)
		return n;
	if (sd >= NORMAL_FROM)
		return fmin(n,
		    fmax(0, normal_count(random, n * p, sd, (1 - 2 * p) / sd)));
	l.mode = fmin(n, floor((n + 1) * p));
	l.at_mode = binomial_term_near(l.mode, n, p, 1 - p);
	return climb(&l, random_unit(random));
}

double
random_poisson(struct random *random, double mean)
{
	struct ladder l = { .least = 0, .most = HUGE_VAL, .d = mean };

	if (!(mean > 0))
		return 0;
	if (sqrt(mean) >= NORMAL_FROM)
		return fmax(
		    0, normal_count(random, mean, sqrt(mean), 1 / sqrt(mean)));
	l.mode = floor(mean);
	l.at_mode = poisson_term_near(l.mode, mean);
	return climb(&l, random_unit(random));
}

double
random_hypergeometric(
    struct random *random, double special, double other, double n)
{
	double all = special + other;
	double mean = n * special / all;
	double sd = sqrt(mean * (other / all) * (all - n) / (all - 1));
	struct ladder l = { .least = fmax(0, n - other),
		.most = fmin(n, special),
		.a = special,
		.b = n,
		.c = other - n,
		.d = 1,
		.has_b = true };

	if (l.least >= l.most)
		return l.least;
	if (n == 1)
		return random_unit(random) * all < special;
	if (sd >= NORMAL_FROM)
		return fmin(l.most,
		    fmax(l.least,
			normal_count(random, mean, sd,
			    (other - special) * (all - 2 * n) /
				(all * (all - 2) * sd))));
	l.mode = floor((special + 1) * (n + 1) / (all + 2));
	l.mode = fmin(l.most, fmax(l.least, l.mode));
	l.at_mode = hypergeometric_term_near(l.mode, special, other, n);
	return climb(&l, random_unit(random));
}
