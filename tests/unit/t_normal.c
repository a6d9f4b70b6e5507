#include "stats/normal.h"
#include "tap.h"

/*
 * The normal distribution against values known from its tables, and quantile
 * and distribution against each other.
 */

static void
knows_quantiles(void)
{
	static const struct {
		double p, x;
	} table[] = {
		{ 0.5, 0 },
		{ 0.75, 0.67448975019608174 },
		{ 0.9, 1.2815515655446004 },
		{ 0.925, 1.4395314709384563 },
		{ 0.95, 1.6448536269514722 },
		{ 0.975, 1.9599639845400541 },
		{ 0.99, 2.3263478740408408 },
		{ 0.995, 2.5758293035489004 },
		{ 0.9995, 3.2905267314919258 },
		{ 1e-10, -6.3613409024040557 },
		{ 1e-20, -9.2623400897984076 },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		CHECK_NUM(normal_quantile(table[i].p), table[i].x, 3e-15);
}

/* Odd about the middle, rising, and the inverse of the distribution. */
static void
inverts_the_distribution(void)
{
	double last = -HUGE_VAL;
	size_t wrong = 0;

	for (unsigned i = 1; i < 4096; i++) {
		double p = i / 4096.0;
		double x = normal_quantile(p);

		wrong += x <= last;
		wrong += fabs(normal_below(x) - p) > 4e-16;
		wrong += x != -normal_quantile(1 - p);
		last = x;
	}
	for (int e = -300; e <= -4; e++) {
		double p = pow(10, e);
		double x = normal_quantile(p);

		wrong += fabs(normal_below(x) / p - 1) > 2e-12;
	}
	CHECK_INT(wrong, 0);
}

/* The tails, where a difference from 1 would have lost every digit. */
static void
knows_the_tails(void)
{
	CHECK_NUM(normal_above(1.9599639845400541), 0.025, 1e-15);
	CHECK_NUM(normal_two_sided(-1.9599639845400541), 0.05, 1e-15);
	CHECK(fabs(normal_above(10) / 7.6198530241605269e-24 - 1) < 1e-13);
	CHECK(fabs(normal_below(-37) / 5.7255712225239266e-300 - 1) < 1e-12);
	CHECK_NUM(normal_below(0), 0.5, 0);
	CHECK_NUM(normal_two_sided(0), 1, 0);
}

int
main(void)
{
	knows_quantiles();
	inverts_the_distribution();
	knows_the_tails();
	return tap_done();
}
