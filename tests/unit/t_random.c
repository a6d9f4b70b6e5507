#include "stats/random.h"
#include "tap.h"

/* The generator's own numbers, and moments of what is drawn with it. */

static void
is_the_same_everywhere(void)
{
	struct random random = { 1234567 };

	/* As the authors' reference program prints for this seed. */
	CHECK(random_bits(&random) == UINT64_C(6457827717110365317));
	CHECK(random_bits(&random) == UINT64_C(3203168211198807973));
	CHECK(random_bits(&random) == UINT64_C(9817491932198370423));
}

enum { DRAWS = 20000 };

struct moments {
	double mean, variance;
};

/* z of mean and variance of many draws is small. */
static void
check_moments(const double sample[], struct moments want)
{
	double mean = 0, squares = 0;

	for (size_t i = 0; i < DRAWS; i++)
		mean += sample[i] / DRAWS;
	for (size_t i = 0; i < DRAWS; i++)
		squares += (sample[i] - mean) * (sample[i] - mean) / DRAWS;
	CHECK(fabs(mean - want.mean) < 4 * sqrt(want.variance / DRAWS));
	CHECK(fabs(squares / want.variance - 1) < 0.05);
}

static void
draws_binomials(void)
{
	static const double table[][2] = { { 5, 0.9 }, { 1000, 0.3 },
		{ 1e9, 0.01 }, { 3e6, 0.5 } };
	struct random random = { 42 };
	double sample[DRAWS];

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		double n = table[i][0], p = table[i][1];

		for (size_t j = 0; j < DRAWS; j++)
			sample[j] = random_binomial(&random, n, p);
		check_moments(
		    sample, (struct moments){ n * p, n * p * (1 - p) });
	}
	CHECK(random_binomial(&random, 9, 0) == 0);
	CHECK(random_binomial(&random, 9, 1) == 9);
	CHECK(random_binomial(&random, 0, 0.5) == 0);
}

static void
draws_others(void)
{
	struct random random = { 43 };
	double sample[DRAWS];

	for (size_t j = 0; j < DRAWS; j++)
		sample[j] = random_poisson(&random, 3.3);
	check_moments(sample, (struct moments){ 3.3, 3.3 });
	for (size_t j = 0; j < DRAWS; j++)
		sample[j] = random_poisson(&random, 2e7);
	check_moments(sample, (struct moments){ 2e7, 2e7 });
	for (size_t j = 0; j < DRAWS; j++)
		sample[j] = random_hypergeometric(&random, 50, 70, 30);
	check_moments(sample,
	    (struct moments){
		12.5, 30 * (50.0 / 120) * (70.0 / 120) * (90.0 / 119) });
	for (size_t j = 0; j < DRAWS; j++)
		sample[j] = random_hypergeometric(&random, 3, 7, 1);
	check_moments(sample, (struct moments){ 0.3, 0.21 });
	for (size_t j = 0; j < DRAWS; j++)
		sample[j] = random_hypergeometric(&random, 4e4, 9e4, 3e4);
	check_moments(sample,
	    (struct moments){
		3e4 * 4 / 13, 3e4 * (4.0 / 13) * (9.0 / 13) * (1e5 / 129999) });
	CHECK(random_poisson(&random, 0) == 0);
	CHECK(random_hypergeometric(&random, 5, 0, 3) == 3);
	CHECK(random_hypergeometric(&random, 0, 5, 3) == 0);
}

int
main(void)
{
	is_the_same_everywhere();
	draws_binomials();
	draws_others();
	return tap_done();
}
