#include <stdlib.h>

#include "crowd.h"
#include "measure/disparity.h"
#include "stats/random.h"
#include "tap.h"

/* From a table of groups to comparisons, families and verdicts. */

enum { MOST = 210 };

struct trial {
	struct arena arena;
	struct disparity_options options;
	struct disparity_table out;
	struct group groups[MOST];
	struct group_table table;
	struct group whole;
	struct disparity_maker maker;
};

static void
begin(struct trial *t)
{
	*t = (struct trial){ 0 };
	disparity_defaults(&t->options);
	t->table = (struct group_table){
		.attribute = "sex", .groups = t->groups, .n_columns = 1
	};
	t->maker = (struct disparity_maker){ .out = &t->out,
		.arena = &t->arena,
		.options = &t->options,
		.whole = &t->whole };
}

static struct group *
add(struct trial *t, const char *name, unsigned tp, unsigned fp, unsigned fn,
    unsigned tn)
{
	return crowd_add(
	    &t->table, &t->whole, name, (const unsigned[]){ tp, fp, fn, tn });
}

/* A group of which so many of all rows are selected, rightly. */
static struct group *
select_of(struct trial *t, const char *name, unsigned k, unsigned n)
{
	return add(t, name, k, 0, 0, n - k);
}

static struct disparity_family *
measure(struct trial *t, const char *metric)
{
	disparity_add(
	    &t->maker, &t->table, metric_find(metric, strlen(metric)));
	return t->out.last;
}

/* Two groups, the second the reference; the verdict of the first. */
static enum disparity_verdict
verdict_of(enum disparity_rule rule, unsigned k1, unsigned n1, unsigned k2,
    unsigned n2)
{
	struct trial t;
	enum disparity_verdict verdict;

	begin(&t);
	t.options.rule = rule;
	select_of(&t, "f", k1, n1);
	t.table.reference = select_of(&t, "m", k2, n2);
	verdict = measure(&t, "selection_rate")->first->verdict;
	arena_free(&t.arena);
	return verdict;
}

static void
judges_size_and_evidence(void)
{
	static const enum disparity_rule both = DISPARITY_RULE_BOTH;

	CHECK_INT(verdict_of(both, 300, 1000, 500, 1000), DISPARITY_FINDING);
	/* The reference may be the one that is worse off. */
	CHECK_INT(verdict_of(both, 500, 1000, 300, 1000), DISPARITY_FINDING);
	CHECK_INT(verdict_of(both, 3, 10, 5, 10), DISPARITY_WATCH);
	CHECK_INT(verdict_of(both, 8500, 10000, 9000, 10000), DISPARITY_WATCH);
	CHECK_INT(verdict_of(both, 495, 1000, 500, 1000), DISPARITY_NO_FINDING);
	CHECK_INT(verdict_of(both, 4, 8, 5, 9), DISPARITY_NOT_ENOUGH_DATA);
	/* Exactly four fifths is not below four fifths. */
	CHECK_INT(verdict_of(both, 400, 1000, 500, 1000), DISPARITY_WATCH);
	CHECK_INT(verdict_of(both, 4, 10, 5, 10), DISPARITY_NOT_ENOUGH_DATA);
	/* Nobody selected in one; in both, of few and of many. */
	CHECK_INT(verdict_of(both, 0, 100, 50, 100), DISPARITY_FINDING);
	CHECK_INT(verdict_of(both, 50, 100, 0, 100), DISPARITY_FINDING);
	CHECK_INT(verdict_of(both, 0, 10, 0, 12), DISPARITY_NOT_ENOUGH_DATA);
	CHECK_INT(verdict_of(both, 0, 999, 0, 1200), DISPARITY_NO_FINDING);
	CHECK_INT(verdict_of(both, 99, 99, 120, 120), DISPARITY_NO_FINDING);
	CHECK_INT(verdict_of(both, 0, 0, 5, 10), DISPARITY_NOT_ESTIMABLE);
	CHECK_INT(verdict_of(both, 5, 10, 0, 0), DISPARITY_NOT_ESTIMABLE);
}

static void
judges_by_other_rules(void)
{
	static const struct {
		unsigned k1, n1, k2, n2;
		enum disparity_verdict size, evidence, interval;
	} table[] = {
		{ 3, 10, 5, 10, DISPARITY_FINDING, DISPARITY_NOT_ENOUGH_DATA,
		    DISPARITY_WATCH },
		{ 8500, 10000, 9000, 10000, DISPARITY_NO_FINDING,
		    DISPARITY_FINDING, DISPARITY_NO_FINDING },
		{ 300, 1000, 500, 1000, DISPARITY_FINDING, DISPARITY_FINDING,
		    DISPARITY_FINDING },
		{ 4, 8, 5, 9, DISPARITY_NO_FINDING, DISPARITY_NOT_ENOUGH_DATA,
		    DISPARITY_NOT_ENOUGH_DATA },
		{ 495, 1000, 500, 1000, DISPARITY_NO_FINDING,
		    DISPARITY_NO_FINDING, DISPARITY_NO_FINDING },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		CHECK_INT(verdict_of(DISPARITY_RULE_FOUR_FIFTHS, table[i].k1,
			      table[i].n1, table[i].k2, table[i].n2),
		    table[i].size);
		CHECK_INT(verdict_of(DISPARITY_RULE_SIGNIFICANCE, table[i].k1,
			      table[i].n1, table[i].k2, table[i].n2),
		    table[i].evidence);
		CHECK_INT(verdict_of(DISPARITY_RULE_INTERVAL, table[i].k1,
			      table[i].n1, table[i].k2, table[i].n2),
		    table[i].interval);
	}
	for (unsigned i = 0; i < DISPARITY_RULES; i++)
		CHECK_INT(disparity_rule_find(
			      disparity_rule_name((enum disparity_rule)i)),
		    i);
	CHECK_INT(disparity_rule_find("any"), DISPARITY_RULES);
}

/* german.csv, selection rate by age: the numbers of statsmodels. */
static void
tells_every_number(void)
{
	struct trial t;
	const struct disparity_family *f;
	const struct disparity *d;

	begin(&t);
	t.table.reference = select_of(&t, "adult", 666, 851);
	select_of(&t, "youth", 96, 149);
	f = measure(&t, "selection_rate");
	d = f->first;
	CHECK_INT(f->n, 1);
	CHECK_STR(d->group.group, "youth");
	CHECK_STR(d->reference.group, "adult");
	CHECK_NUM(d->difference, 96.0 / 149 - 666.0 / 851, 1e-15);
	CHECK_NUM(d->ratio, 0.8232662192393736, 1e-15);
	CHECK_STR(d->difference_interval.method, "Newcombe");
	CHECK_NUM(d->difference_interval.lower, -0.22218816457816598, 1e-12);
	CHECK_NUM(d->difference_interval.upper, -0.0603817361735995, 1e-12);
	CHECK_STR(d->ratio_interval.method, "Katz log");
	CHECK_NUM(d->ratio_interval.lower, 0.7269304828129501, 1e-12);
	CHECK_STR(d->test, "two-proportion z");
	CHECK_NUM(d->z, -3.6572629577176157, 1e-12);
	CHECK_NUM(d->p, 0.0002549228236056244, 1e-12);
	CHECK(d->p_adjusted == d->p && d->family == 1);
	CHECK_STR(d->adjustment, "Holm");
	CHECK_NUM(d->power, 0.973418126266547, 1e-12);
	CHECK(d->has_shortfall && d->shortfall == 0 && !d->has_flip_one);
	CHECK(d->has_detectable && d->detectable > 0.09);
	CHECK(d->detectable < 0.13);
	CHECK(d->has_rows_needed && d->rows_needed == 0);
	CHECK(!d->is_better);
	CHECK_INT(d->verdict, DISPARITY_WATCH);
	CHECK_STR(f->test, "chi-square");
	CHECK_NUM(f->chi2, d->z * d->z, 1e-10);
	CHECK(f->has_cramers_v && f->worst == DISPARITY_WATCH);
	arena_free(&t.arena);
}

/* Small counts: exact test, score intervals, random tables. */
static void
is_careful_with_few(void)
{
	struct trial t;
	const struct disparity_family *f;
	const struct disparity *d;

	begin(&t);
	select_of(&t, "f", 0, 12);
	t.table.reference = select_of(&t, "m", 9, 20);
	f = measure(&t, "selection_rate");
	d = f->first;
	CHECK_STR(d->test, "Fisher mid-p");
	CHECK_STR(d->difference_interval.method, "Miettinen-Nurminen");
	CHECK_STR(d->ratio_interval.method, "Koopman");
	CHECK(d->ratio == 0 && d->ratio_interval.lower == 0);
	CHECK_STR(f->test, "Monte Carlo chi-square");
	CHECK_INT(f->replicates, 2000);
	CHECK(f->p < 0.05 && f->p > 1e-4);
	CHECK(d->shortfall == 5 && d->has_flip_one);
	CHECK_NUM(d->flip_one, 20.0 / 96, 1e-15);
	CHECK(!d->flips);
	t.options.min_conclude = 15;
	CHECK_INT(measure(&t, "selection_rate")->first->verdict,
	    DISPARITY_NOT_ENOUGH_DATA);
	arena_free(&t.arena);
}

/* Holm in the family, Benjamini and Hochberg over the pack. */
static void
adjusts_for_the_number(void)
{
	struct trial t;
	const struct disparity_family *f;
	struct disparity_table *tables[1];
	const struct disparity *a, *b;

	begin(&t);
	select_of(&t, "a", 30, 100);
	select_of(&t, "b", 42, 100);
	add(&t, "c", 0, 0, 0, 0);
	t.table.reference = select_of(&t, "d", 55, 100);
	f = measure(&t, "selection_rate");
	measure(&t, "base_rate");
	a = f->first;
	b = a->next;
	CHECK_INT(f->n, 3);
	CHECK_INT(f->n_tests, 2);
	CHECK_NUM(a->p_adjusted, 2 * a->p, 1e-15);
	CHECK_NUM(b->p_adjusted, b->p, 1e-15);
	CHECK(b->next->test == NULL && b->next->adjustment == NULL);
	CHECK_STR(b->next->group.reason, "no row has a prediction");
	CHECK_INT(f->worst, DISPARITY_FINDING);
	tables[0] = &t.out;
	disparity_adjust_pack(tables, 1);
	CHECK_INT(a->pack, 4);
	CHECK_INT(b->next->pack, 0);
	/* The two metrics are the same here: ranks 1 and 2 tie, 3 and 4. */
	CHECK_NUM(a->p_pack, 2 * a->p, 1e-15);
	CHECK_NUM(b->p_pack, b->p, 1e-15);
	arena_free(&t.arena);
}

static void
leaves_out_what_is_missing(void)
{
	struct trial t;
	struct group *missing;

	begin(&t);
	missing = select_of(&t, "(missing)", 1, 100);
	missing->is_missing = true;
	select_of(&t, "f", 50, 100);
	t.table.reference = select_of(&t, "m", 50, 100);
	CHECK_INT(measure(&t, "selection_rate")->n, 1);
	CHECK_NUM(t.out.last->chi2, 0, 0);
	t.options.missing_is_group = true;
	CHECK_INT(measure(&t, "selection_rate")->n, 2);
	CHECK(t.out.last->chi2 > 10);
	/* No comparison of counts, nor without a reference. */
	CHECK_INT(t.out.n, 2);
	measure(&t, "true_positives");
	measure(&t, "predicted_positive_ratio_k");
	t.table.reference = NULL;
	measure(&t, "selection_rate");
	CHECK_INT(t.out.n, 2);
	arena_free(&t.arena);
}

/* Of a withheld group the verdict alone; of a small one not even that. */
static void
hides_what_is_withheld(void)
{
	struct trial t;
	const struct disparity *d;

	begin(&t);
	t.options.min_report = 30;
	select_of(&t, "guard", 10, 100)->is_withheld = true;
	select_of(&t, "shown", 10, 100);
	select_of(&t, "small", 1, 20)->is_withheld = true;
	t.table.reference = select_of(&t, "whole", 50, 100);
	d = measure(&t, "selection_rate")->first;
	CHECK(d->is_withheld && !d->has_ratio && d->group.n == 0);
	CHECK(d->test == NULL && !d->group.defined);
	CHECK_INT(d->verdict, DISPARITY_FINDING);
	CHECK(!d->next->is_withheld && d->next->has_ratio);
	CHECK_INT(t.out.last->n_groups, 2);
	/* Alone among the shown, or its p could be that of a hidden one. */
	CHECK_INT(d->next->family, 1);
	CHECK_NUM(d->next->p_adjusted, d->next->p, 0);
	CHECK(d->next->next->is_withheld);
	CHECK_INT(d->next->next->verdict, DISPARITY_NOT_ENOUGH_DATA);
	arena_free(&t.arena);
}

/* Weights: the counts are as many as the rows are worth. */
static void
weighs(void)
{
	struct trial t;
	const struct disparity *d;

	begin(&t);
	for (unsigned i = 0; i < 2; i++) {
		struct counts *c = &t.groups[t.table.n++].counts;

		for (unsigned j = 0; j < 100; j++)
			counts_add_weighted(c,
			    j % 10 < 3 + 2 * i ? CELL_TP : CELL_TN,
			    j % 2 ? 1 : 3);
		counts_merge(&t.whole.counts, c);
	}
	t.groups[0].name = "f";
	t.groups[1].name = "m";
	t.table.reference = &t.groups[1];
	d = measure(&t, "selection_rate")->first;
	CHECK_NUM(d->group.effective, 80, 1e-12);
	CHECK_NUM(d->group.denominator, 200, 0);
	CHECK_NUM(d->group.value, 0.35, 1e-15);
	CHECK_NUM(d->reference.value, 0.55, 1e-15);
	CHECK_NUM(d->z, -0.2 / sqrt(0.45 * 0.55 / 40), 1e-12);
	CHECK_STR(d->test, "two-proportion z");
	CHECK(!d->has_shortfall);
	d = measure(&t, "f1_score")->first;
	CHECK(d->p == 1 && !d->has_z); /* 1 in both: no spread */
	arena_free(&t.arena);
}

/* A number without a variance by formula: the bootstrap, with its seed. */
static void
bootstraps(void)
{
	struct trial t;
	const struct disparity *d, *again, *other;

	begin(&t);
	add(&t, "f", 30, 20, 25, 45);
	t.table.reference = add(&t, "m", 140, 35, 30, 130);
	d = measure(&t, "balanced_accuracy")->first;
	CHECK_STR(d->test, "bootstrap z");
	CHECK_STR(d->difference_interval.method, "bootstrap BCa");
	CHECK_INT(d->replicates, 2000);
	CHECK_INT(d->seed, 1);
	CHECK(d->difference_interval.lower < d->difference);
	CHECK(d->difference_interval.upper > d->difference);
	CHECK(
	    d->difference_interval.upper - d->difference_interval.lower < 0.3);
	CHECK(d->has_power && d->has_z && d->p < 0.05);
	again = measure(&t, "balanced_accuracy")->first;
	CHECK(again->p == d->p &&
	    again->difference_interval.lower == d->difference_interval.lower);
	t.options.seed = 2;
	other = measure(&t, "balanced_accuracy")->first;
	CHECK(other->p != d->p && fabs(other->z / d->z - 1) < 0.1);
	d = measure(&t, "matthews_correlation")->first;
	CHECK(d->test != NULL && !d->has_limit && !d->has_ratio);
	CHECK_INT(d->verdict, DISPARITY_WATCH);
	t.options.replicates = 0;
	d = measure(&t, "balanced_accuracy")->first;
	CHECK(d->test == NULL && d->no_test != NULL);
	arena_free(&t.arena);
}

/* F1 grows with the Jaccard index: its test is that of this share. */
static void
tests_a_related_share(void)
{
	struct trial t;
	const struct disparity *f1, *jaccard;

	begin(&t);
	add(&t, "f", 30, 20, 25, 45);
	t.table.reference = add(&t, "m", 140, 35, 30, 130);
	f1 = measure(&t, "f1_score")->first;
	jaccard = measure(&t, "jaccard")->first;
	CHECK_STR(f1->test, "two-proportion z");
	CHECK_NUM(f1->z, jaccard->z, 0);
	CHECK_NUM(f1->p, jaccard->p, 0);
	CHECK_STR(f1->difference_interval.method, "MOVER of Wilson");
	CHECK(f1->difference_interval.lower < f1->difference &&
	    f1->difference < f1->difference_interval.upper &&
	    f1->difference_interval.upper < 0 && f1->replicates == 0);
	arena_free(&t.arena);
}

/* Of many groups each comparison has fewer replicates, but not too few. */
static void
ends_in_time(void)
{
	struct trial t;
	const struct disparity_family *f;

	begin(&t);
	for (unsigned i = 0; i < 200; i++)
		select_of(&t, arena_printf(&t.arena, "g%03u", i), i % 3, 4);
	t.table.reference = select_of(&t, "m", 50, 100);
	f = measure(&t, "selection_rate");
	CHECK_INT(f->replicates, 995);
	t.options.replicates = 600;
	CHECK_INT(measure(&t, "selection_rate")->replicates, 500);
	t.options.replicates = 400;
	CHECK_INT(measure(&t, "selection_rate")->replicates, 400);
	arena_free(&t.arena);
}

/* Scores: DeLong for areas, Welch for means; the numbers are checked by hand. */
static void
compares_scores(void)
{
	static const double value[] = { 0.2, 0.4, 0.6, 0.8 };
	static const unsigned long long low[][BINARY_COUNT] = { { 0, 40, 20 },
		{ 0, 30, 30 }, { 0, 30, 30 }, { 0, 20, 40 } };
	static const unsigned long long high[][BINARY_COUNT] = { { 0, 60, 5 },
		{ 0, 40, 15 }, { 0, 15, 40 }, { 0, 5, 60 } };
	const struct distribution scores[2] = { { 4, value, .rows = low },
		{ 4, value, .rows = high } };
	struct trial t;
	const struct disparity *d;

	begin(&t);
	add(&t, "f", 70, 50, 50, 70)->scores = &scores[0];
	t.table.reference = add(&t, "m", 100, 20, 20, 100);
	t.groups[1].scores = &scores[1];
	d = measure(&t, "roc_auc")->first;
	CHECK_STR(d->test, "DeLong z");
	CHECK_STR(d->difference_interval.method, "DeLong");
	CHECK(d->difference < -0.2 && d->z < -4 && d->p < 1e-4);
	CHECK(d->difference_interval.upper < 0);
	CHECK_NUM(d->difference_interval.upper + d->difference_interval.lower,
	    2 * d->difference, 1e-14);
	CHECK(d->has_power && d->has_ratio);
	CHECK_NUM(measure(&t, "gini")->first->z, d->z, 1e-12);
	d = measure(&t, "mean_score_positives")->first;
	CHECK_STR(d->test, "Welch t");
	/* As scipy.stats.ttest_ind(equal_var=False) has it. */
	CHECK_NUM(d->difference, 0.55 - 0.6583333333333333, 1e-12);
	CHECK_NUM(d->z, -4.29343070334198, 1e-12);
	d = measure(&t, "ks_statistic")->first;
	CHECK_STR(d->test, "influence z");
	arena_free(&t.arena);
}

/* Intersections carry a value that borrows from the other groups. */
static void
shrinks_intersections(void)
{
	struct trial t;
	const struct disparity *d;

	begin(&t);
	t.table.n_columns = 2;
	select_of(&t, "a", 0, 3);
	select_of(&t, "b", 30, 100);
	select_of(&t, "c", 60, 100);
	t.table.reference = select_of(&t, "d", 50, 100);
	d = measure(&t, "selection_rate")->first;
	CHECK(d->group.has_shrunken && d->group.shrunken > 0.25);
	CHECK(fabs(d->next->group.shrunken - 0.3) < 0.05);
	CHECK(d->reference.has_shrunken);
	arena_free(&t.arena);
}

enum { TRIALS = 1500 };

/*
 * Groups that are all equal: how often any of five is called a finding, and
 * how often the four-fifths rule alone does so.
 */
static void
raises_few_alarms(void)
{
	static const unsigned sizes[] = { 20, 60, 100, 200, 300, 400 };
	static const char *const names[] = { "a", "b", "c", "d", "e", "f" };
	struct random random = { 5 };
	unsigned alarms = 0, noise = 0;

	for (int i = 0; i < TRIALS; i++) {
		struct trial t;

		begin(&t);
		t.options.replicates = 0;
		for (size_t j = 0; j < 6; j++)
			select_of(&t, names[j],
			    (unsigned)random_binomial(&random, sizes[j], 0.3),
			    sizes[j]);
		t.table.reference = &t.groups[5];
		alarms +=
		    measure(&t, "selection_rate")->worst == DISPARITY_FINDING;
		t.options.rule = DISPARITY_RULE_FOUR_FIFTHS;
		noise +=
		    measure(&t, "selection_rate")->worst == DISPARITY_FINDING;
		arena_free(&t.arena);
	}
	printf("# any finding: %.4f; four-fifths alone: %.4f\n",
	    (double)alarms / TRIALS, (double)noise / TRIALS);
	CHECK(alarms <= 0.05 * TRIALS + 3 * sqrt(0.05 * 0.95 * TRIALS));
	CHECK(noise > 0.5 * TRIALS);
}

int
main(void)
{
	judges_size_and_evidence();
	judges_by_other_rules();
	tells_every_number();
	is_careful_with_few();
	adjusts_for_the_number();
	leaves_out_what_is_missing();
	hides_what_is_withheld();
	weighs();
	bootstraps();
	tests_a_related_share();
	ends_in_time();
	compares_scores();
	shrinks_intersections();
	raises_few_alarms();
	return tap_done();
}
