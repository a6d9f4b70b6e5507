#include "stats/strata.h"

#include <math.h>

#include "base/real.h"
#include "stats/normal.h"
#include "stats/special.h"

/* Sums over the strata of what the formulas are made from. */
struct sums {
	size_t n; /* strata in use */
	double k1, n1, k2, n2;
	double r, s;           /* Mantel and Haenszel: odds ratio is r / s */
	double pr, mix, qs;    /* Robins, Breslow and Greenland */
	double miss, variance; /* of k1, under an odds ratio of 1 */
};

static bool
is_used(const struct two_rates *t)
{
	return t->n1 > 0 && t->n2 > 0;
}

static void
add(struct sums *sums, const struct two_rates *t)
{
	double b = t->n1 - t->k1, d = t->n2 - t->k2;
	double all = t->n1 + t->n2, yes = t->k1 + t->k2;
	double p = (t->k1 + d) / all, q = (b + t->k2) / all;
	double r = t->k1 * d / all, s = b * t->k2 / all;

	sums->n++;
	sums->k1 += t->k1;
	sums->n1 += t->n1;
	sums->k2 += t->k2;
	sums->n2 += t->n2;
	sums->r += r;
	sums->s += s;
	sums->pr += p * r;
	sums->mix += p * s + q * r;
	sums->qs += q * s;
	sums->miss += t->k1 - t->n1 * yes / all;
	if (all > 1)
		sums->variance +=
		    t->n1 / all * (t->n2 / all) * yes * (all - yes) / (all - 1);
}

/*
 * The count of the group that is expected under an odds ratio: the root of a
 * quadratic equation that lies within the margins, found by halving.
 */
static double
expected(const struct two_rates *t, double odds_ratio)
{
	double yes = t->k1 + t->k2;
	double low = fmax(0, yes - t->n2), high = fmin(t->n1, yes);

	for (int i = 0; i < 200; i++) {
		double x = low + (high - low) / 2;

		if (x <= low || x >= high)
			break;
		if (x * (t->n2 - yes + x) <
		    odds_ratio * (t->n1 - x) * (yes - x))
			low = x;
		else
			high = x;
	}
	return low + (high - low) / 2;
}

/* Breslow and Day's chi-square. */
static void
compare_strata(
    const struct two_rates *t, size_t n, size_t used, struct strata *out)
{
	double sum = 0;
	size_t degrees = 0;

	for (size_t i = 0; i < n; i++) {
		double x, variance;

		if (!is_used(&t[i]))
			continue;
		x = expected(&t[i], out->odds_ratio);
		variance = 1 /
		    (1 / x + 1 / (t[i].n1 - x) + 1 / (t[i].k1 + t[i].k2 - x) +
			1 / (t[i].n2 - t[i].k1 - t[i].k2 + x));
		if (!(variance > 0))
			continue;
		sum += (t[i].k1 - x) * (t[i].k1 - x) / variance;
		degrees++;
	}
	out->has_equality = used >= 2 && degrees >= 2;
	if (!out->has_equality)
		return;
	out->equality.value = sum;
	out->equality.df = (double)(degrees - 1);
	out->equality.p = chi2_above(sum, out->equality.df);
}

static void
set_odds_ratio(const struct sums *s, double confidence, struct strata *out)
{
	double half = -normal_quantile((1 - confidence) / 2) *
	    sqrt(s->pr / (2 * s->r * s->r) + s->mix / (2 * s->r * s->s) +
		s->qs / (2 * s->s * s->s));

	out->odds_ratio = s->r / s->s;
	out->interval.lower = out->odds_ratio * real_exp(-half);
	out->interval.upper = out->odds_ratio * real_exp(half);
}

bool
strata_measure(const struct two_rates *rates, size_t n, double confidence,
    struct strata *out)
{
	struct sums s = { 0 };
	double over, under;

	*out = (struct strata){ 0 };
	for (size_t i = 0; i < n; i++)
		if (is_used(&rates[i]))
			add(&s, &rates[i]);
	if (s.n == 0)
		return false;
	over = s.k1 * (s.n2 - s.k2);
	under = s.k2 * (s.n1 - s.k1);
	out->crude_odds_ratio = over == under ? 1 :
	    under > 0                         ? over / under :
						HUGE_VAL;
	out->has_odds_ratio = s.r > 0 && s.s > 0;
	if (out->has_odds_ratio) {
		set_odds_ratio(&s, confidence, out);
		compare_strata(rates, n, s.n, out);
		out->turns =
		    (out->crude_odds_ratio - 1) * (out->odds_ratio - 1) < 0;
	}
	out->has_test = s.variance > 0;
	if (out->has_test) {
		out->test.value = s.miss * s.miss / s.variance;
		out->test.df = 1;
		out->test.p = chi2_above(out->test.value, 1);
	}
	return true;
}
