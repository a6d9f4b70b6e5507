#include "stats/tests.h"

#include <math.h>

#include "stats/normal.h"
#include "stats/random.h"
#include "stats/special.h"

bool
test_z_pooled(const struct two_rates *r, struct test *out)
{
	double all = r->n1 + r->n2;
	double pooled = (r->k1 + r->k2) / all;
	double variance =
	    pooled * ((all - r->k1 - r->k2) / all) * (1 / r->n1 + 1 / r->n2);

	if (!(variance > 0))
		return false;
	out->value = (r->k1 / r->n1 - r->k2 / r->n2) / sqrt(variance);
	out->df = 0;
	out->p = normal_two_sided(out->value);
	return true;
}

bool
test_chi2_yates(const struct two_rates *r, struct test *out)
{
	double all = r->n1 + r->n2;
	double yes = r->k1 + r->k2, no = all - yes;
	double miss = fabs(r->k1 - r->n1 * yes / all);

	if (!(yes > 0 && no > 0))
		return false;
	miss -= fmin(0.5, miss);
	out->value =
	    miss * miss * all * all / (yes * no) * (all / (r->n1 * r->n2));
	out->df = 1;
	out->p = chi2_above(out->value, 1);
	return true;
}

/* The margins of a table of rates. */
struct margins {
	double yes, all;
	double smallest; /* number of rows */
	size_t n;        /* rates of any rows */
};

static struct margins
margins_of(const struct rate *rates, size_t n)
{
	struct margins m = { 0, 0, HUGE_VAL, 0 };

	for (size_t i = 0; i < n; i++) {
		if (!(rates[i].n > 0))
			continue;
		m.yes += rates[i].k;
		m.all += rates[i].n;
		m.smallest = fmin(m.smallest, rates[i].n);
		m.n++;
	}
	return m;
}

static bool
has_test(const struct margins *m)
{
	return m->n >= 2 && m->yes > 0 && m->yes < m->all;
}

static double
chi2_of(const struct rate *rates, size_t n, const struct margins *m)
{
	double share = m->yes / m->all, sum = 0;

	for (size_t i = 0; i < n; i++) {
		double miss = rates[i].k - rates[i].n * share;

		if (rates[i].n > 0)
			sum += miss * miss / rates[i].n;
	}
	return sum / (share * ((m->all - m->yes) / m->all));
}

bool
test_homogeneity(const struct rate *rates, size_t n, struct test *out)
{
	struct margins m = margins_of(rates, n);

	if (!has_test(&m))
		return false;
	out->value = chi2_of(rates, n, &m);
	out->df = (double)(m.n - 1);
	out->p = chi2_above(out->value, out->df);
	return true;
}

double
test_smallest_expected(const struct rate *rates, size_t n)
{
	struct margins m = margins_of(rates, n);

	if (!has_test(&m))
		return 0;
	return m.smallest * fmin(m.yes, m.all - m.yes) / m.all;
}

/* The chi-square of a random table with the margins of the rates. */
static double
random_chi2(const struct rate *rates, size_t n, const struct margins *m,
    struct random *random)
{
	double yes = m->yes, all = m->all, share = m->yes / m->all, sum = 0;

	for (size_t i = 0; i < n; i++) {
		double k, miss;

		if (!(rates[i].n > 0))
			continue;
		k = random_hypergeometric(random, yes, all - yes, rates[i].n);
		yes -= k;
		all -= rates[i].n;
		miss = k - rates[i].n * share;
		sum += miss * miss / rates[i].n;
	}
	return sum / (share * ((m->all - m->yes) / m->all));
}

/* Tables that should be as far off differ by rounding; this much, at most. */
#define TIE 1e-10

bool
test_homogeneity_random(const struct rate *rates, size_t n, unsigned replicates,
    uint64_t seed, struct test *out)
{
	struct margins m = margins_of(rates, n);
	struct random random = { seed };
	unsigned as_far = 0;

	if (!has_test(&m))
		return false;
	out->value = chi2_of(rates, n, &m);
	out->df = (double)(m.n - 1);
	for (unsigned i = 0; i < replicates; i++)
		as_far += random_chi2(rates, n, &m, &random) >=
		    out->value * (1 - TIE);
	out->p = (as_far + 1.0) / (replicates + 1.0);
	return true;
}

double
test_cramers_v(const struct rate *rates, size_t n, double chi2)
{
	return fmin(1, sqrt(chi2 / margins_of(rates, n).all));
}
