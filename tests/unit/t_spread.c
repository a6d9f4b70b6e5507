#include "crowd.h"
#include "measure/options.h"
#include "measure/spread.h"
#include "tap.h"

/* What groups make together: the edge rules, and sums known by hand. */

enum { GROUPS = 5 };

struct trial {
	struct arena arena;
	struct group groups[GROUPS], whole;
	struct group_table table;
	struct spread_table out;
	struct spread_options options;
};

static struct group *
add(struct trial *t, const char *name, unsigned tp, unsigned fp, unsigned fn,
    unsigned tn)
{
	return crowd_add(
	    &t->table, &t->whole, name, (const unsigned[]){ tp, fp, fn, tn });
}

static void
begin(struct trial *t)
{
	*t = (struct trial){ .whole = { .name = GROUP_OVERALL } };
	t->table =
	    (struct group_table){ .attribute = "sex", .groups = t->groups };
}

/* Spread the metrics named, of the table as it stands. */
static void
spread(struct trial *t, const char *const names[], size_t n)
{
	const struct metric *metrics[GROUPS] = { NULL };

	for (size_t i = 0; i < n; i++)
		metrics[i] = metric_find(names[i], strlen(names[i]));
	t->out = (struct spread_table){ 0 };
	t->options.whole = &t->whole;
	t->options.metrics = metrics;
	t->options.n_metrics = n;
	spread_measure(&t->out, &t->arena, &t->table, &t->options);
}

static const struct spread *
row(const struct trial *t, const char *name, const char *group)
{
	const struct spread *found = spread_find(&t->out, "sex", name, group);
	static const struct spread none = { .name = "none" };

	if (!CHECK(found != NULL))
		printf("# no row %s of %s\n", name, group);
	return found != NULL ? found : &none;
}

static void
has_value(
    const struct trial *t, const char *name, const char *group, double want)
{
	const struct spread *got = row(t, name, group);

	CHECK(got->value.defined);
	CHECK_NUM(got->value.value, want, 3e-16);
}

static void
is_undefined(const struct trial *t, const char *name, const char *group,
    const char *reason)
{
	const struct spread *got = row(t, name, group);

	CHECK(!got->value.defined);
	CHECK_STR(got->value.reason, reason);
}

static const char *const two[] = { "selection_rate", "true_positive_rate" };

static void
compares_whatever_the_reference(void)
{
	struct trial t;

	begin(&t);
	add(&t, "a", 3, 1, 1, 5); /* selected 4/10, TPR 3/4, FPR 1/6 */
	add(&t, "b", 4, 4, 0, 2); /* 8/10, 4/4, 4/6 */
	add(&t, "c", 2, 2, 2, 4); /* 4/10, 2/4, 2/6 */
	spread(&t, two, 2);
	has_value(&t, "selection_rate_group_min", SPREAD_ALL, 0.4);
	has_value(&t, "selection_rate_group_max", SPREAD_ALL, 0.8);
	has_value(
	    &t, "selection_rate_difference_between_groups", SPREAD_ALL, 0.4);
	has_value(&t, "selection_rate_ratio_between_groups", SPREAD_ALL, 0.5);
	has_value(&t, "selection_rate_difference_to_overall", SPREAD_ALL,
	    0.8 - 16.0 / 30);
	has_value(
	    &t, "selection_rate_ratio_to_overall", SPREAD_ALL, 160.0 / 240);
	has_value(&t, "selection_rate_groupdiff_tau", SPREAD_ALL, 0.5);
	has_value(&t, "selection_rate_groupdiff_absdiff", SPREAD_ALL, 0.4);
	has_value(&t, "selection_rate_groupdiff_diff", SPREAD_ALL, -0.4);
	has_value(&t, "true_positive_rate_groupdiff_diff", SPREAD_ALL, 0.5);
	has_value(&t, "demographic_parity_difference", SPREAD_ALL, 0.4);
	has_value(&t, "demographic_parity_ratio", SPREAD_ALL, 0.5);
	has_value(&t, "equal_opportunity_difference", SPREAD_ALL, 0.5);
	has_value(&t, "equalized_odds_difference", SPREAD_ALL, 0.5);
	has_value(&t, "equalized_odds_ratio", SPREAD_ALL, 0.25);
	has_value(&t, "equalized_odds_difference_mean", SPREAD_ALL, 0.5);
	has_value(&t, "equalized_odds_ratio_mean", SPREAD_ALL, 0.375);
	CHECK(spread_find(&t.out, "sex", "disparate_impact",
		  "unprivileged vs b") == NULL);
	arena_free(&t.arena);
}

/* Fairlearn's 0 for a group without positives would be the worst. */
static void
leaves_out_what_is_undefined(void)
{
	struct trial t;

	begin(&t);
	add(&t, "a", 3, 1, 1, 5);
	add(&t, "b", 4, 4, 1, 2);
	add(&t, "c", 0, 2, 0, 4);
	spread(&t, two, 2);
	has_value(&t, "true_positive_rate_group_min", SPREAD_ALL, 0.75);
	has_value(&t, "true_positive_rate_difference_between_groups",
	    SPREAD_ALL, 0.8 - 0.75);
	CHECK_INT(
	    row(&t, "equal_opportunity_ratio", SPREAD_ALL)->n_left_out, 1);
	CHECK_INT(
	    row(&t, "equalized_odds_difference", SPREAD_ALL)->n_left_out, 1);
	CHECK_INT(
	    row(&t, "demographic_parity_ratio", SPREAD_ALL)->n_left_out, 0);
	t.groups[1].counts = t.groups[2].counts;
	spread(&t, two, 2);
	is_undefined(&t, "true_positive_rate_difference_between_groups",
	    SPREAD_ALL, "fewer than two groups have a value");
	is_undefined(&t, "equalized_odds_difference", SPREAD_ALL,
	    "fewer than two groups have a value");
	has_value(&t, "true_positive_rate_group_max", SPREAD_ALL, 0.75);
	arena_free(&t.arena);
}

static void
knows_zero_from_nothing(void)
{
	struct trial t;

	begin(&t);
	add(&t, "a", 0, 0, 4, 6);
	add(&t, "b", 0, 0, 5, 5);
	t.table.reference = &t.groups[1];
	spread(&t, two, 1);
	has_value(
	    &t, "selection_rate_difference_between_groups", SPREAD_ALL, 0);
	is_undefined(&t, "selection_rate_ratio_between_groups", SPREAD_ALL,
	    "0/0: all groups are 0, so equal");
	is_undefined(
	    &t, "selection_rate_disparity_predefined", "a", "0/0: both are 0");
	is_undefined(&t, "Impact Parity", "a", "0/0: both are 0");
	t.groups[0].counts.rows[CELL_TP] = 2;
	spread(&t, two, 1);
	has_value(&t, "selection_rate_ratio_between_groups", SPREAD_ALL, 0);
	is_undefined(
	    &t, "selection_rate_disparity_predefined", "a", SPREAD_INFINITE);
	has_value(&t, "Impact Parity", "a", 0);
	t.table.reference = &t.groups[0];
	spread(&t, two, 1);
	has_value(&t, "selection_rate_disparity_predefined", "b", 0);
	has_value(&t, "Impact Parity", "b", 0);
	arena_free(&t.arena);
}

static void
chooses_references(void)
{
	struct trial t;

	begin(&t);
	add(&t, "a", 3, 1, 1, 5);
	add(&t, "b", 4, 4, 0, 2);
	add(&t, "c", 4, 4, 4, 8);
	t.table.reference = &t.groups[1];
	spread(&t, two, 1);
	has_value(&t, "selection_rate_disparity_predefined", "a", 0.5);
	CHECK_STR(
	    row(&t, "selection_rate_disparity_predefined", "a")->reference,
	    "b");
	has_value(&t, "selection_rate_disparity_majority", "b", 2);
	CHECK_STR(
	    row(&t, "selection_rate_disparity_majority", "b")->reference, "c");
	has_value(&t, "selection_rate_disparity_min_metric", "b", 2);
	CHECK_STR(
	    row(&t, "selection_rate_disparity_min_metric", "b")->reference,
	    "a");
	arena_free(&t.arena);
}

/* From tau to 1/tau; one no is enough, whatever is undefined. */
static void
answers_yes_no_or_neither(void)
{
	struct trial t;

	begin(&t);
	add(&t, "a", 8, 2, 2, 8);  /* FPR 2/10, TPR 8/10 */
	add(&t, "b", 0, 1, 0, 9);  /* FPR 1/10, no TPR */
	add(&t, "c", 0, 2, 0, 8);  /* FPR 2/10, no TPR */
	add(&t, "d", 10, 2, 0, 8); /* TPR 1: at 1/tau */
	t.table.reference = &t.groups[0];
	spread(&t, two, 0);
	has_value(&t, "FPR Parity", "b", 0);
	has_value(&t, "Equalized Odds", "b", 0);
	has_value(&t, "FPR Parity", "c", 1);
	is_undefined(&t, "TPR Parity", "c", "0 rows are labelled positive");
	is_undefined(&t, "Equalized Odds", "c", "0 rows are labelled positive");
	has_value(&t, "TPR Parity", "d", 1);
	has_value(&t, "Equalized Odds", "d", 1);
	has_value(&t, "Equalized Odds", SPREAD_ALL, 0);
	is_undefined(
	    &t, "TPR Parity", SPREAD_ALL, "0 rows are labelled positive");
	CHECK(row(&t, "equalized odds", "d")->is_verdict);
	CHECK_STR(row(&t, "equalized-odds", "d")->reference, "a");
	has_value(&t, "true_positive_rate_fairness_check", "d", 1);
	has_value(&t, "fairness_check", "a", 1);
	has_value(&t, "fairness_check", "b", 0);
	t.options.tau = 0.9;
	spread(&t, two, 0);
	has_value(&t, "TPR Parity", "d", 0);
	spread_conclude(&t.out, &t.arena);
	CHECK_NUM(
	    spread_find(&t.out, SPREAD_EVERY, "Overall Fairness", SPREAD_ALL)
		->value.value,
	    0, 0);
	arena_free(&t.arena);
}

static void
pools_the_others(void)
{
	static const char pair[] = "unprivileged vs a";
	struct trial t;

	begin(&t);
	add(&t, "a", 6, 2, 2, 10); /* selected 8/20, TPR 6/8, FPR 2/12 */
	add(&t, "b", 1, 1, 1, 3);
	add(&t, "c", 2, 0, 0, 2); /* with b: 4/10, 3/4, 1/6 */
	t.table.reference = &t.groups[0];
	spread(&t, two, 0);
	has_value(&t, "selection_rate", "not a", 0.4);
	has_value(&t, "statistical_parity_difference", pair, 0);
	has_value(&t, "disparate_impact", pair, 1);
	has_value(&t, "average_odds_difference", pair, 0);
	/* Precision 3/4 against 6/8, false omission 1/6 against 2/12. */
	has_value(&t, "average_predictive_value_difference", pair, 0);
	has_value(&t, "false_discovery_rate_ratio", pair, 1);
	CHECK(spread_find(&t.out, "sex",
		  "generalized_equalized_odds_difference", pair) == NULL);
	/* Benefits: 3 times 0, 24 times 1, 3 times 2. */
	has_value(&t, "generalized_entropy_index", pair, 0.1);
	has_value(&t, "coefficient_of_variation", pair, sqrt(0.2));
	has_value(&t, "theil_index", pair, 6 * log(2) / 30);
	has_value(&t, "between_group_theil_index", pair, 0);
	CHECK(
	    row(&t, "between_all_groups_theil_index", pair)->value.value == 0);
	arena_free(&t.arena);
}

static void
smooths_differential_fairness(void)
{
	struct trial t;

	begin(&t);
	add(&t, "a", 1, 0, 0, 2); /* (1 + 1/2) / 4 = 3/8 */
	add(&t, "b", 0, 0, 3, 0); /* 1/8; of labels 7/8 */
	spread(&t, two, 0);
	has_value(&t, "differential_fairness", SPREAD_ALL, log(3));
	has_value(&t, "differential_fairness_bias_amplification", SPREAD_ALL,
	    log(3) - log(5));
	arena_free(&t.arena);
}

/* What may not be shown is in no extreme, no sum and no reference. */
static void
tells_nothing_of_withheld_groups(void)
{
	struct trial t;

	begin(&t);
	add(&t, "(missing)", 9, 1, 0, 0)->is_missing = true;
	add(&t, "a", 3, 1, 1, 5);
	add(&t, "b", 4, 4, 0, 2);
	add(&t, "c", 0, 0, 1, 0)->is_withheld = true;
	t.table.reference = &t.groups[1];
	spread(&t, two, 1);
	has_value(&t, "selection_rate_group_min", SPREAD_ALL, 0.4);
	has_value(&t, "selection_rate_group_max", SPREAD_ALL, 0.8);
	has_value(&t, "selection_rate", "not a", 0.8);
	CHECK(spread_find(&t.out, "sex", "Impact Parity", "c") == NULL);
	t.options.missing_is_group = true;
	spread(&t, two, 1);
	has_value(&t, "selection_rate_group_max", SPREAD_ALL, 1);
	t.table.reference = &t.groups[3];
	spread(&t, two, 1);
	CHECK(spread_find(&t.out, "sex", "Impact Parity", "a") == NULL);
	CHECK(spread_find(&t.out, "sex", "disparate_impact",
		  "unprivileged vs c") == NULL);
	arena_free(&t.arena);
}

static void
refuses_ratios_of_negative_values(void)
{
	struct metric_value a = spread_number(-1), b = spread_number(2),
			    none = spread_undefined("nothing there");
	struct metric_value got = spread_ratio(&a, &b);

	CHECK_STR(got.reason, "a ratio of negative values");
	got = spread_difference(&a, &b);
	CHECK_NUM(got.value, -3, 0);
	got = spread_ratio(&none, &b);
	CHECK_STR(got.reason, "nothing there");
	got = spread_difference(&b, &none);
	CHECK_STR(got.reason, "nothing there");
}

int
main(void)
{
	compares_whatever_the_reference();
	leaves_out_what_is_undefined();
	knows_zero_from_nothing();
	chooses_references();
	answers_yes_no_or_neither();
	pools_the_others();
	smooths_differential_fairness();
	tells_nothing_of_withheld_groups();
	refuses_ratios_of_negative_values();
	return tap_done();
}
