#include "stats/shrink.h"
#include "stats/strata.h"
#include "tap.h"

/* Stratified comparisons against statsmodels' StratifiedTable, and Simpson. */

static void
matches_statsmodels(void)
{
	static const struct two_rates tables[] = { { 20, 50, 30, 60 },
		{ 5, 10, 40, 90 }, { 33, 70, 10, 45 } };
	struct strata got;

	CHECK(strata_measure(tables, 3, 0.95, &got));
	CHECK_NUM(got.odds_ratio, 1.3432153392330384, 1e-12);
	CHECK_NUM(got.interval.lower, 0.8160164617983343, 1e-12);
	CHECK_NUM(got.interval.upper, 2.2110184438862617, 1e-12);
	CHECK_NUM(got.test.value, 1.3607284298012488, 1e-12);
	CHECK_NUM(got.test.p, 0.24341127825073672, 1e-11);
	CHECK_NUM(got.equality.value, 7.236245615800419, 1e-10);
	CHECK_NUM(got.equality.p, 0.02683299993997257, 1e-10);
	CHECK(got.has_odds_ratio && got.has_test && got.has_equality);
	CHECK(!got.turns);
}

/* The group fares better in each stratum, but is where few are selected. */
static void
sees_simpson(void)
{
	static const struct two_rates tables[] = { { 80, 100, 700, 1000 },
		{ 200, 1000, 10, 100 } };
	struct strata got;

	CHECK(strata_measure(tables, 2, 0.95, &got));
	CHECK(got.crude_odds_ratio < 1 && got.odds_ratio > 1 && got.turns);
}

static void
knows_the_boundary(void)
{
	static const struct two_rates one[] = { { 3, 10, 5, 10 } };
	static const struct two_rates none[] = { { 0, 0, 5, 10 } };
	static const struct two_rates zero[] = { { 0, 10, 0, 12 },
		{ 0, 4, 0, 7 } };
	static const struct two_rates all[] = { { 10, 10, 0, 12 } };
	struct strata got;

	CHECK(strata_measure(one, 1, 0.95, &got));
	CHECK_NUM(got.odds_ratio, 3.0 / 7, 1e-14);
	CHECK_NUM(got.crude_odds_ratio, 3.0 / 7, 1e-14);
	CHECK(!got.has_equality);
	CHECK(!strata_measure(none, 1, 0.95, &got));
	CHECK(strata_measure(zero, 2, 0.95, &got));
	CHECK(!got.has_odds_ratio && !got.has_test && !got.turns);
	CHECK(strata_measure(all, 1, 0.95, &got));
	CHECK(!got.has_odds_ratio && got.has_test);
	CHECK(isinf(got.crude_odds_ratio));
}

/* Groups with the same rate shrink to it; with much spread hardly at all. */
static void
shrinks(void)
{
	static const struct rate same[] = { { 30, 100 }, { 3, 10 }, { 60, 200 },
		{ 0, 0 } };
	static const struct rate apart[] = { { 1, 100 }, { 99, 100 },
		{ 2, 100 }, { 98, 100 } };
	static const struct rate mixed[] = { { 30, 100 }, { 55, 100 },
		{ 0, 3 } };
	static const struct rate none[] = { { 0, 10 }, { 0, 20 } };
	struct shrink got;

	CHECK(shrink_fit(same, 4, &got));
	CHECK(isinf(got.strength));
	CHECK_NUM(shrink_rate(&got, 3, 10), 93.0 / 310, 1e-15);
	CHECK(shrink_fit(apart, 4, &got));
	CHECK(got.strength < 1);
	CHECK(fabs(shrink_rate(&got, 1, 100) - 0.01) < 0.01);
	CHECK(shrink_fit(mixed, 3, &got));
	CHECK(shrink_rate(&got, 0, 3) > 0.2 && shrink_rate(&got, 0, 3) < 0.42);
	CHECK(shrink_rate(&got, 30, 100) > 0.3);
	CHECK(shrink_rate(&got, 30, 100) < 0.33);
	CHECK_NUM(shrink_rate(&got, 0, 0), 85.0 / 203, 1e-15);
	CHECK(!shrink_fit(none, 2, &got));
	CHECK(!shrink_fit(same, 1, &got));
}

int
main(void)
{
	matches_statsmodels();
	sees_simpson();
	knows_the_boundary();
	shrinks();
	return tap_done();
}
