#include "stats/special.h"
#include "tap.h"

/* Against values computed with 40 digits, and against each other. */

/* Relative, since small probabilities must be as right as large ones. */
static bool
is_near(double got, double want, double tolerance)
{
	return fabs(got - want) <= tolerance * fabs(want);
}

static void
knows_terms(void)
{
	CHECK(is_near(
	    binomial_term(3e8, 1e9, 0.3, 0.7), 2.7529632778422574e-5, 1e-9));
	CHECK(is_near(poisson_term(13, 20), 0.027115648104173132, 1e-14));
	CHECK(is_near(
	    hypergeometric_term(3, 10, 20, 8), 0.317871833314112175, 1e-14));
	CHECK(is_near(
	    hypergeometric_term(0, 5, 5, 5), 0.00396825396825396825, 1e-14));
	CHECK(is_near(hypergeometric_term(500, 1000, 3000, 2000),
	    0.0291267352579001215, 1e-13));
	CHECK(is_near(hypergeometric_term(5e5, 1e6, 1e6, 1e6),
	    0.00112837874395340425, 1e-13));
	CHECK(hypergeometric_term(6, 5, 5, 8) == 0);
	CHECK(hypergeometric_term(2, 5, 5, 8) == 0);
	CHECK(binomial_term(0, 5, 0, 1) == 1 && binomial_term(1, 5, 0, 1) == 0);
	CHECK(binomial_term(5, 5, 1, 0) == 1 && binomial_term(4, 5, 1, 0) == 0);
	CHECK(poisson_term(0, 0) == 1 && poisson_term(1, 0) == 0);
}

/* Terms of a distribution sum to 1, at its ends as well. */
static void
sums_to_one(void)
{
	double binomial = 0, poisson = 0, hypergeometric = 0;

	for (int i = 0; i <= 400; i++) {
		binomial += binomial_term(i, 400, 0.03, 0.97);
		poisson += poisson_term(i, 12.5);
		hypergeometric += hypergeometric_term(i, 400, 77, 300);
	}
	CHECK_NUM(binomial, 1, 1e-13);
	CHECK_NUM(poisson, 1, 1e-13);
	CHECK_NUM(hypergeometric, 1, 1e-12);
}

static void
knows_tails(void)
{
	CHECK(is_near(beta_below(0.3, 0.5, 0.5), 0.369010119565545383, 1e-14));
	CHECK(is_near(beta_below(0.9, 2.5, 1.5), 0.902119357058620214, 1e-14));
	CHECK(is_near(
	    beta_below(0.2, 30.5, 70.5), 0.00829955540996378124, 1e-13));
	CHECK(is_near(beta_below(1e-6, 1, 1e6), 0.632120742768354906, 1e-13));
	CHECK(is_near(chi2_above(3.84, 1), 0.0500435212487050989, 1e-14));
	CHECK(is_near(chi2_above(0.1, 5), 0.999837683388077385, 1e-14));
	CHECK(is_near(chi2_above(100, 10), 5.44970198292052934e-17, 1e-13));
	CHECK(is_near(chi2_above(1000, 3), 1.79942087653144766e-216, 1e-12));
	CHECK(is_near(chi2_above(1100, 1000), 0.014614408126295194, 1e-12));
	CHECK(is_near(student_two_sided(2, 1), 0.295167235300866548, 1e-14));
	CHECK(
	    is_near(student_two_sided(12.706, 1), 0.050000802358133186, 1e-14));
	CHECK(
	    is_near(student_two_sided(2.5, 7.5), 0.0388202582736255572, 1e-14));
	CHECK(is_near(
	    student_two_sided(-30, 20), 4.19522532399965816e-18, 1e-13));
	CHECK(chi2_above(0, 3) == 1 && chi2_above(-1, 3) == 1);
	CHECK(student_two_sided(0, 3) == 1);
	CHECK(beta_below(0, 2, 3) == 0 && beta_below(1, 2, 3) == 1);
}

static void
inverts(void)
{
	static const double sizes[] = { 0.5, 1, 7.25, 400, 1e6, 5e8 };
	static const double levels[] = { 1e-9, 0.005, 0.025, 0.5, 0.975 };
	size_t wrong = 0;

	for (size_t i = 0; i < 6; i++)
		for (size_t j = 0; j < 6; j++)
			for (size_t k = 0; k < 5; k++) {
				double x = beta_quantile(
				    levels[k], sizes[i], sizes[j]);

				/* Near 1 a double is too coarse for it. */
				wrong += x < 0.9 &&
				    !is_near(beta_below(x, sizes[i], sizes[j]),
					levels[k], 1e-6);
			}
	for (double df = 1; df < 1e7; df *= 3)
		for (double p = 0.9; p > 1e-6; p /= 5)
			wrong +=
			    !is_near(student_two_sided(
					 student_quantile_two_sided(p, df), df),
				p, 1e-8);
	CHECK_INT(wrong, 0);
	CHECK(
	    is_near(beta_quantile(0.025, 1, 20), 0.0012650894979498038, 1e-13));
	CHECK(beta_quantile(0, 2, 3) == 0 && beta_quantile(1, 2, 3) == 1);
}

/* With no end of degrees of freedom Student's is the normal distribution. */
static void
ends_at_the_normal(void)
{
	CHECK_NUM(student_quantile_two_sided(0.05, INFINITY), 1.959963984540054,
	    1e-12);
	CHECK_NUM(student_two_sided(1.959963984540054, INFINITY), 0.05, 1e-12);
}

int
main(void)
{
	knows_terms();
	sums_to_one();
	knows_tails();
	inverts();
	ends_at_the_normal();
	return tap_done();
}
