#include "expected.h"
#include "stats/adjust.h"
#include "stats/exact.h"
#include "stats/power.h"
#include "stats/tests.h"
#include "stats/two_rates.h"

/*
 * Intervals, tests and power against SciPy and statsmodels, from the counts
 * of the same files: every row of these tools that is about a rate, but for
 * the score interval of a difference.  statsmodels 0.13 has a slip in it (a
 * count of cases where Miettinen and Nurminen have the size of the sample) and
 * misses the values that Newcombe printed in 1998; t_two_rates.c has these.
 */

enum { LEAST_ROWS = 6000, MOST_GROUPS = 64 };

struct subject {
	struct expected *e;
	unsigned n, n_wrong;
};

static void
judge(struct subject *s, const struct expected_row *row, double got)
{
	s->n++;
	if (expected_is_close(got, row->number))
		return;
	s->n_wrong++;
	printf("# %s %s %s %s: got %.17g, want %s\n", row->tool, row->metric,
	    row->attribute, row->group, got, row->value);
}

/* The metric of a row whose name ends so, or NULL. */
static const char *
without(struct subject *s, const struct expected_row *row, const char *end)
{
	size_t n = strlen(row->metric), m = strlen(end);

	if (n <= m || strcmp(row->metric + n - m, end) != 0)
		return NULL;
	return arena_dup(&s->e->arena, row->metric, n - m);
}

static bool
rate_of(struct subject *s, const char *metric, const char *attribute,
    const char *group, struct rate *out)
{
	const struct expected_row *row =
	    expected_find(s->e, "exact", metric, attribute, group);

	if (row == NULL || !row->has_counts)
		return false;
	*out = (struct rate){ row->numerator, row->denominator };
	return true;
}

/* "x vs y": the counts of both. */
static bool
rates_of(struct subject *s, const char *metric, const struct expected_row *row,
    struct two_rates *out)
{
	const char *vs = strstr(row->group, " vs ");
	struct rate a, b;

	if (vs == NULL ||
	    !rate_of(s, metric, row->attribute,
		arena_dup(&s->e->arena, row->group, (size_t)(vs - row->group)),
		&a) ||
	    !rate_of(s, metric, row->attribute, vs + 4, &b))
		return false;
	*out = (struct two_rates){ a.k, a.n, b.k, b.n };
	return true;
}

static bool
compare_interval(struct subject *s, const struct expected_row *row)
{
	static const struct {
		const char *end;
		interval_of_rate *make;
	} methods[] = {
		{ "_wilson_ci95_", interval_wilson },
		{ "_wilson_cc_ci95_", interval_wilson_corrected },
		{ "_clopper_pearson_ci95_", interval_clopper_pearson },
		{ "_jeffreys_ci95_", interval_jeffreys },
		{ "_agresti_coull_ci95_", interval_agresti_coull },
	};

	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		for (int high = 0; high < 2; high++) {
			const char *metric = without(s, row,
			    arena_printf(&s->e->arena, "%s%s", methods[i].end,
				high ? "high" : "low"));
			struct interval interval;
			struct rate rate;

			if (metric == NULL ||
			    !rate_of(
				s, metric, row->attribute, row->group, &rate))
				continue;
			CHECK(methods[i].make(
			    rate.k / rate.n, rate.n, 0.95, &interval));
			judge(s, row, high ? interval.upper : interval.lower);
			return true;
		}
	return false;
}

static bool
compare_two(struct subject *s, const struct expected_row *row)
{
	static const struct {
		const char *end;
		interval_of_two *make;
	} methods[] = {
		{ "_difference_newcombe_ci95_", difference_newcombe },
		{ "_ratio_log_ci95_", ratio_katz },
	};

	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		for (int high = 0; high < 2; high++) {
			const char *metric = without(s, row,
			    arena_printf(&s->e->arena, "%s%s", methods[i].end,
				high ? "high" : "low"));
			struct interval interval = { NAN, NAN };
			struct two_rates two;

			if (metric == NULL || !rates_of(s, metric, row, &two))
				continue;
			methods[i].make(&two, 0.95, &interval);
			judge(s, row, high ? interval.upper : interval.lower);
			return true;
		}
	return false;
}

static double
power_four_fifths(const struct two_rates *t)
{
	double rate = t->k2 / t->n2;

	return power_of(0.8 * rate, t->n1, rate, t->n2, 0.05);
}

static bool
compare_test(struct subject *s, const struct expected_row *row)
{
	static const char *const ends[] = { "_z_pooled", "_z_pooled_p",
		"_chi2_yates", "_chi2_yates_p", "_fisher_p", "_cohen_h",
		"_power_four_fifths" };
	struct test z = { NAN, 0, NAN }, chi2 = { NAN, 0, NAN };
	struct two_rates t;

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		const char *metric = without(s, row, ends[i]);

		if (metric == NULL || !rates_of(s, metric, row, &t))
			continue;
		test_z_pooled(&t, &z);
		test_chi2_yates(&t, &chi2);
		judge(s, row,
		    i == 0     ? z.value :
			i == 1 ? z.p :
			i == 2 ? chi2.value :
			i == 3 ? chi2.p :
			i == 4 ? exact_two_rates(&t).p :
			i == 5 ? power_cohen_h(t.k1 / t.n1, t.k2 / t.n2) :
				 power_four_fifths(&t));
		return true;
	}
	return false;
}

static bool
compare_all(struct subject *s, const struct expected_row *row)
{
	static const char *const ends[] = { "_chi2_homogeneity",
		"_chi2_homogeneity_p", "_cramers_v" };
	struct rate rates[MOST_GROUPS];
	size_t n = 0;
	struct test test = { NAN, 0, NAN };

	for (size_t i = 0; i < 3; i++) {
		const char *metric = without(s, row, ends[i]);

		if (metric == NULL)
			continue;
		for (size_t j = 0; j < s->e->n && n < MOST_GROUPS; j++) {
			const struct expected_row *r = &s->e->rows[j];

			if (strcmp(r->metric, metric) == 0 &&
			    strcmp(r->tool, "exact") == 0 && r->has_counts &&
			    strcmp(r->attribute, row->attribute) == 0)
				rates[n++] = (struct rate){ r->numerator,
					r->denominator };
		}
		test_homogeneity(rates, n, &test);
		judge(s, row,
		    i == 0     ? test.value :
			i == 1 ? test.p :
				 test_cramers_v(rates, n, test.value));
		return true;
	}
	return false;
}

/* The adjusted p of one comparison, from those of its family. */
static bool
compare_adjusted(struct subject *s, const struct expected_row *row)
{
	static const struct {
		const char *end;
		enum adjustment how;
	} methods[] = {
		{ "_bonferroni", ADJUST_BONFERRONI },
		{ "_holm", ADJUST_HOLM },
		{ "_fdr_bh", ADJUST_BENJAMINI_HOCHBERG },
		{ "_fdr_by", ADJUST_BENJAMINI_YEKUTIELI },
	};
	double p[MOST_GROUPS], *family[MOST_GROUPS], *own = NULL;
	size_t n = 0;

	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		const char *metric = without(s, row, methods[i].end);

		if (metric == NULL)
			continue;
		for (size_t j = 0; j < s->e->n && n < MOST_GROUPS; j++) {
			const struct expected_row *r = &s->e->rows[j];

			if (strcmp(r->metric, metric) != 0 ||
			    strcmp(r->attribute, row->attribute) != 0)
				continue;
			p[n] = r->number;
			family[n] = &p[n];
			if (strcmp(r->group, row->group) == 0)
				own = &p[n];
			n++;
		}
		adjust(methods[i].how, family, n);
		judge(s, row, own != NULL ? *own : NAN);
		return true;
	}
	return false;
}

/* Return how many rows were compared. */
static unsigned
try_file(struct expected *e, const char *file)
{
	struct subject s = { .e = e };

	if (!expected_read(e, file))
		return 0;
	for (size_t i = 0; i < e->n; i++) {
		const struct expected_row *row = &e->rows[i];

		if (strcmp(row->tool, "scipy") != 0 &&
		    strcmp(row->tool, "statsmodels") != 0 &&
		    strcmp(row->tool, "formula") != 0)
			continue;
		if (!compare_interval(&s, row) && !compare_two(&s, row) &&
		    !compare_test(&s, row) && !compare_all(&s, row))
			compare_adjusted(&s, row);
	}
	printf("# %s: %u rows compared\n", file, s.n);
	CHECK_INT(s.n_wrong, 0);
	return s.n;
}

int
main(void)
{
	struct expected e;

	if (expected_open(&e)) {
		unsigned n = try_file(&e, "german.csv");

		n += try_file(&e, "edge_cases.csv");
		CHECK(n >= LEAST_ROWS);
		expected_close(&e);
	}
	return tap_done();
}
