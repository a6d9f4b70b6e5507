#include "stats/exact.h"
#include "stats/special.h"
#include "tap.h"

/* Fisher's test against SciPy, a plain sum over all tables, and large ones. */

static void
knows_tables(void)
{
	static const struct {
		struct two_rates rates;
		double p;
	} table[] = {
		{ { 3, 10, 9, 10 }, 0.019766611097880443 },
		{ { 0, 5, 5, 5 }, 0.007936507936507938 },
		{ { 1, 1, 0, 1 }, 1 },
		{ { 100, 1000, 150, 1000 }, 0.0008950875386906894 },
		{ { 0, 7, 0, 9 }, 1 },
		{ { 7, 7, 9, 9 }, 1 },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		CHECK(fabs(exact_two_rates(&table[i].rates).p / table[i].p -
			  1) < 1e-11);
}

/* Every table of margins up to 9, and the mid-p of each. */
static void
sums_all_tables(void)
{
	size_t wrong = 0;

	for (int n1 = 1; n1 <= 9; n1++)
		for (int n2 = 1; n2 <= 9; n2++)
			for (int k = 0; k < (n1 + 1) * (n2 + 1); k++) {
				struct two_rates r = { k % (n1 + 1), n1,
					k / (n1 + 1), n2 };
				double yes = r.k1 + r.k2, no = n1 + n2 - yes;
				double own =
				    hypergeometric_term(r.k1, yes, no, n1);
				struct exact got = exact_two_rates(&r);
				double p = 0, ties = 0;

				for (int x = 0; x <= n1; x++) {
					double term =
					    hypergeometric_term(x, yes, no, n1);

					if (term <= own * (1 + 1e-9))
						p += term;
					if (fabs(term - own) <= own * 1e-9)
						ties += term;
				}
				wrong += fabs(got.p - p) > 1e-12;
				wrong += fabs(got.mid_p - p + ties / 2) > 1e-12;
			}
	CHECK_INT(wrong, 0);
}

/* Margins of millions: close to the normal distribution, and quick. */
static void
is_right_when_large(void)
{
	struct exact a =
	    exact_two_rates(&(struct two_rates){ 5e5, 1e6, 500300, 1e6 });
	struct exact b =
	    exact_two_rates(&(struct two_rates){ 5e8, 1e9, 500010000, 1e9 });
	struct exact c =
	    exact_two_rates(&(struct two_rates){ 1e5, 1e6, 2e5, 1e6 });

	CHECK(fabs(a.mid_p - erfc(300 / sqrt(5e5) / sqrt(2))) < 2e-6);
	CHECK(fabs(b.mid_p - erfc(10000 / sqrt(5e8) / sqrt(2))) < 2e-8);
	CHECK(c.p >= 0 && c.p < 1e-300);
}

int
main(void)
{
	knows_tables();
	sums_all_tables();
	is_right_when_large();
	return tap_done();
}
