#include "check/bound.h"

#include <math.h>

#include "check/example.h"
#include "court.h"

/* Figures of groups and measures of models against limits. */

struct bench {
	struct court court;
	struct record record;
	struct fairness_limit limits[4];
};

static void
begin(struct bench *b, const char *check)
{
	court_open_check(&b->court, check);
	court_record(&b->court, &b->record, "attributes: [{name: age}]");
	b->court.policy.limits = b->limits;
	b->court.policy.n_limits = 0;
	memset(b->limits, 0, sizeof(b->limits));
}

static void
end(struct bench *b)
{
	arena_free(&b->record.arena);
	court_close(&b->court);
}

static struct fairness_limit *
limit(struct bench *b, const char *metric, const char *attribute,
    const char *compare)
{
	struct fairness_limit *l = &b->limits[b->court.policy.n_limits++];

	l->metric = metric;
	l->attribute = attribute;
	l->compare = compare;
	l->pos = (struct pos){ "dossier.yaml", 9, 3 };
	return l;
}

static void
at_least(struct fairness_limit *l, double least, double warn)
{
	l->has_least = true;
	l->least = least;
	l->has_warn_least = warn > 0;
	l->warn_least = warn;
}

static void
at_most(struct fairness_limit *l, double most)
{
	l->has_most = true;
	l->most = most;
}

/* Append a figure; the reference is the group "40-64" or "male". */
static struct figure *
add(struct bench *b, const char *attribute, const char *group, double value,
    double reference)
{
	struct figure *f = arena_alloc(&b->record.arena, sizeof(*f));
	struct figure_table *table = &b->record.figures;

	f->attribute = attribute;
	f->group = group;
	f->metric = "selection_rate";
	f->n = 5204;
	f->value = value;
	f->is_reference = value == reference;
	f->reference = strcmp(attribute, "age") == 0 ? "40-64" : "male";
	f->has_ratio = f->has_difference = true;
	f->ratio = value / reference;
	f->difference = value - reference;
	f->origin = (struct pos){ "fairness.csv", 2 + (unsigned)table->n, 1 };
	if (table->last != NULL)
		table->last->next = f;
	else
		table->first = f;
	table->last = f;
	table->n++;
	return f;
}

static const struct verdict *
judge(struct bench *b)
{
	return court_judge(&b->court, &b->record);
}

static void
names_the_worst_group(void)
{
	struct bench b;
	struct figure *young, *old, *whole;
	const struct verdict *v;

	begin(&b, "{figures: limits}");
	at_least(limit(&b, "selection_rate", "age", "ratio"), 0.8, 0);
	young = add(&b, "age", "18-24", 0.564, 0.714);
	add(&b, "age", "25-39", 0.56, 0.714);
	old = add(&b, "age", "40-64", 0.714, 0.714);
	whole = add(&b, "age", "(overall)", 0.1, 0.714);
	v = judge(&b);
	CHECK_INT(b.record.verdicts.n, 1);
	CHECK_INT(v->result, VERDICT_FAIL);
	CHECK_STR(status_word(v->status), "Outside limit");
	CHECK_INT(v->effect, EFFECT_BLOCKS);
	CHECK_STR(v->message,
	    "it is wrong: age 25-39: selection rate 56.0% (n 5,204), ratio "
	    "0.78 to 40-64, limit at least 0.80; 2 groups are outside");
	CHECK_STR(v->path, "figures.age.selection_rate.ratio");
	CHECK_STR(v->pos.file, "fairness.csv");
	CHECK_INT(v->pos.line, 3);
	CHECK_INT(young->result, FIGURE_OUTSIDE);
	CHECK(young->has_limit);
	CHECK_NUM(young->limit, 0.8, 0);
	CHECK_STR(young->limited, "ratio");
	CHECK_STR(young->limit_text, "ratio at least 0.80");
	CHECK(!young->crosses_limit);
	CHECK_INT(old->result, FIGURE_REFERENCE);
	CHECK_INT(whole->result, FIGURE_NO_LIMIT);
	end(&b);
}

/* On the limit is within; just below it gets the decimals that show it. */
static void
tells_apart_what_rounds_onto_the_limit(void)
{
	struct bench b;
	struct figure *f;
	const struct verdict *v;

	begin(&b, "{figures: limits}");
	at_least(limit(&b, "selection_rate", "age", "ratio"), 0.8, 0);
	add(&b, "age", "40-64", 0.5, 0.5);
	f = add(&b, "age", "65+", 0.4, 0.5);
	f->ratio = 0.8;
	v = judge(&b);
	CHECK_INT(v->result, VERDICT_PASS);
	CHECK_STR(status_word(v->status), "Within limit");
	CHECK_INT(f->result, FIGURE_WITHIN);
	end(&b);
	begin(&b, "{figures: limits}");
	at_least(limit(&b, "selection_rate", "age", "ratio"), 0.8, 0);
	f = add(&b, "age", "65+", 0.3998, 0.5);
	v = judge(&b);
	CHECK_INT(v->result, VERDICT_FAIL);
	CHECK(strstr(v->message,
		  "ratio 0.7996 to 40-64, limit at least "
		  "0.80") != NULL);
	end(&b);
}

static void
warns_in_the_band(void)
{
	struct bench b;
	struct figure *f;
	const struct verdict *v;

	begin(&b, "{figures: limits}");
	at_least(limit(&b, "selection_rate", "*", "ratio"), 0.8, 0.9);
	add(&b, "age", "40-64", 0.5, 0.5);
	f = add(&b, "age", "65+", 0.44, 0.5);
	v = judge(&b);
	CHECK_INT(v->result, VERDICT_FAIL);
	CHECK_STR(status_word(v->status), "Near limit");
	CHECK_INT(v->effect, EFFECT_WARNS);
	CHECK_INT(v->severity, DIAG_WARNING);
	CHECK_INT(f->result, FIGURE_NEAR);
	f->ratio = 0.9;
	b.record.verdicts = (struct verdict_list){ 0 };
	f->result = FIGURE_NO_LIMIT;
	CHECK_INT(judge(&b)->result, VERDICT_PASS);
	end(&b);
}

/* Undefined and withheld neither pass nor fail. */
static void
does_not_test_what_is_not_there(void)
{
	struct bench b;
	struct figure *hidden, *empty, *fine;
	const struct verdict *v;

	begin(&b, "{figures: limits}");
	at_least(limit(&b, "selection_rate", "age", "ratio"), 0.8, 0);
	fine = add(&b, "age", "25-39", 0.5, 0.5);
	fine->is_reference = false;
	hidden = add(&b, "age", "65+", 0.0, 0.5);
	hidden->state = FIGURE_WITHHELD;
	hidden->n_is_withheld = true;
	hidden->reason = "withheld: fewer than 30";
	empty = add(&b, "age", "90+", 0.0, 0.5);
	empty->state = FIGURE_UNDEFINED;
	empty->reason = "no rows";
	v = judge(&b);
	CHECK_INT(b.record.verdicts.n, 1);
	CHECK_INT(v->result, VERDICT_UNKNOWN);
	CHECK_STR(status_word(v->status), "Not tested");
	CHECK_INT(v->effect, EFFECT_WARNS);
	CHECK_STR(v->message,
	    "not tested: age 65+: no selection rate (withheld: fewer than 30); "
	    "2 "
	    "groups are not tested");
	CHECK_INT(hidden->result, FIGURE_NOT_TESTED);
	CHECK_INT(empty->result, FIGURE_NOT_TESTED);
	CHECK_INT(fine->result, FIGURE_WITHIN);
	CHECK(!hidden->has_limit);
	end(&b);
}

/* A failing group is told even beside groups that are not tested. */
static void
failing_beats_untested(void)
{
	struct bench b;
	struct figure *f;
	const struct verdict *v;

	begin(&b, "{figures: limits}");
	at_least(limit(&b, "selection_rate", "age", "ratio"), 0.8, 0);
	f = add(&b, "age", "18-24", 0.3, 0.5);
	f->n_is_withheld = true;
	f = add(&b, "age", "65+", 0.0, 0.5);
	f->state = FIGURE_WITHHELD;
	f->reason = "withheld";
	v = judge(&b);
	CHECK_INT(v->result, VERDICT_FAIL);
	CHECK_STR(v->message,
	    "it is wrong: age 18-24: selection rate 30.0%, ratio 0.60 to "
	    "40-64, limit at least 0.80; not tested: 1");
	end(&b);
}

static void
misses_what_has_no_ratio(void)
{
	struct bench b;
	struct figure *f;

	begin(&b, "{figures: limits}");
	at_least(limit(&b, "selection_rate", "age", "ratio"), 0.8, 0);
	f = add(&b, "age", "18-24", 0.3, 0.5);
	f->has_ratio = false;
	CHECK_INT(judge(&b)->result, VERDICT_UNKNOWN);
	CHECK_STR(f->reason, "no reference group to compare it with");
	end(&b);
}

static void
judges_differences_by_size(void)
{
	struct bench b;
	struct figure *less, *more;
	const struct verdict *v;

	begin(&b, "{figures: limits}");
	at_most(limit(&b, "selection_rate", "sex", "difference"), 0.05);
	less = add(&b, "sex", "female", 0.40, 0.50);
	add(&b, "sex", "male", 0.50, 0.50);
	more = add(&b, "sex", "other", 0.54, 0.50);
	v = judge(&b);
	CHECK_INT(v->result, VERDICT_FAIL);
	CHECK(strstr(v->message,
		  "difference 10.0 points to male, limit at most 5.0 points") !=
	    NULL);
	CHECK_NUM(less->limit, -0.05, 0);
	CHECK_INT(less->result, FIGURE_OUTSIDE);
	CHECK_INT(more->result, FIGURE_WITHIN);
	CHECK_NUM(more->limit, 0.05, 0);
	end(&b);
}

static void
judges_values_with_the_reference(void)
{
	struct bench b;
	struct figure *reference;
	const struct verdict *v;

	begin(&b, "{figures: limits}");
	at_least(limit(&b, "selection_rate", "sex", "value"), 0.6, 0);
	add(&b, "sex", "female", 0.70, 0.50);
	reference = add(&b, "sex", "male", 0.50, 0.50);
	v = judge(&b);
	CHECK_INT(reference->result, FIGURE_OUTSIDE);
	CHECK_STR(v->message,
	    "it is wrong: sex male: selection rate 50.0% (n 5,204), limit at "
	    "least 60.0%");
	end(&b);
}

/* One verdict for each limit and attribute; those that pass give none. */
static void
gives_one_verdict_a_limit_and_attribute(void)
{
	struct bench b;
	const struct verdict *v;

	begin(&b, "{figures: limits}");
	at_least(limit(&b, "selection_rate", "*", "ratio"), 0.8, 0);
	at_most(limit(&b, "selection_rate", "*", "difference"), 0.3);
	add(&b, "age", "18-24", 0.30, 0.50);
	add(&b, "age", "40-64", 0.50, 0.50);
	add(&b, "sex", "female", 0.10, 0.50);
	add(&b, "sex", "male", 0.50, 0.50);
	add(&b, "", "(overall)", 0.01, 0.50);
	v = judge(&b);
	CHECK_INT(b.record.verdicts.n, 3);
	CHECK_STR(v->path, "figures.age.selection_rate.ratio");
	CHECK_STR(v->next->path, "figures.sex.selection_rate.ratio");
	CHECK_STR(v->next->next->path, "figures.sex.selection_rate.difference");
	end(&b);
}

/* A group that guards another is held against the limit, but not shown. */
static void
judges_what_is_hidden(void)
{
	struct bench b;
	struct figure *f, full;
	const struct verdict *v;

	begin(&b, "{figures: limits}");
	at_least(limit(&b, "selection_rate", "*", "ratio"), 0.8, 0);
	add(&b, "age", "40-64", 0.60, 0.60);
	f = add(&b, "age", "18-24", 0.31, 0.60);
	full = *f;
	full.next = NULL;
	f->state = FIGURE_WITHHELD;
	f->reason = "guards a group that is smaller";
	f->value = f->ratio = f->difference = 0;
	f->has_ratio = f->has_difference = f->has_interval = false;
	f->hidden = &full;
	v = judge(&b);
	CHECK_INT(v->result, VERDICT_FAIL);
	CHECK_INT(v->effect, EFFECT_BLOCKS);
	CHECK_STR(v->message,
	    "it is wrong: age 18-24: selection rate, ratio, not shown (guards "
	    "a group that is smaller), limit at least 0.80");
	CHECK_INT(f->result, FIGURE_OUTSIDE);
	CHECK(!f->has_limit && !f->crosses_limit);
	CHECK_NUM(f->value, 0, 0);
	end(&b);
}

static void
wants_figures_for_a_limit(void)
{
	struct bench b;
	const struct verdict *v;

	begin(&b, "{figures: limits}");
	at_least(limit(&b, "selection_rate", "religion", "ratio"), 0.8, 0);
	at_least(limit(&b, "precision", "*", "ratio"), 0.8, 0);
	add(&b, "age", "18-24", 0.50, 0.60);
	v = judge(&b);
	CHECK_INT(b.record.verdicts.n, 2);
	CHECK_INT(v->result, VERDICT_FAIL);
	CHECK_STR(status_word(v->status), "Not provided");
	CHECK_STR(v->message,
	    "no selection rate by religion is on file, but the policy limits "
	    "it");
	CHECK_STR(v->path, "figures.religion.selection_rate.ratio");
	CHECK_STR(v->next->message,
	    "no precision by group is on file, but the policy limits it");
	CHECK_STR(v->pos.file, "model.yaml");
	end(&b);
	begin(&b, "{figures: limits}");
	at_least(limit(&b, "precision", "*", "ratio"), 0.8, 0);
	CHECK_STR(judge(&b)->message,
	    "no figure by group is on file, but the policy sets limits on "
	    "them");
	end(&b);
}

static void
says_when_there_is_no_limit(void)
{
	struct bench b;

	begin(&b, "{figures: limits}");
	add(&b, "age", "18-24", 0.50, 0.60);
	CHECK_INT(judge(&b)->result, VERDICT_UNKNOWN);
	CHECK(strstr(b.record.verdicts.first->message, "no limit is set") !=
	    NULL);
	end(&b);
}

/* Of two limits on a figure the worse result is shown. */
static void
shows_the_worse_of_two_limits(void)
{
	struct bench b;
	struct figure *f;

	begin(&b, "{figures: limits}");
	at_least(limit(&b, "selection_rate", "age", "value"), 0.1, 0);
	at_least(limit(&b, "selection_rate", "age", "ratio"), 0.8, 0);
	at_most(limit(&b, "selection_rate", "age", "difference"), 0.9);
	f = add(&b, "age", "18-24", 0.30, 0.50);
	judge(&b);
	CHECK_INT(f->result, FIGURE_OUTSIDE);
	CHECK_STR(f->limited, "ratio");
	CHECK_INT(b.record.verdicts.n, 1);
	end(&b);
}

/* An interval across the limit: outside by value, near by interval. */
static void
judges_by_interval(void)
{
	struct bench b;
	struct figure *f, *reference;
	const struct verdict *v;

	for (int by_interval = 0; by_interval < 2; by_interval++) {
		begin(&b, "{figures: limits}");
		b.court.policy.judge_by =
		    by_interval == 1 ? LIMIT_INTERVAL : LIMIT_VALUE;
		at_least(limit(&b, "selection_rate", "age", "ratio"), 0.8, 0);
		f = add(&b, "age", "18-24", 0.39, 0.50);
		reference = add(&b, "age", "40-64", 0.50, 0.50);
		f->has_interval = reference->has_interval = true;
		f->lower = 0.35;
		f->upper = 0.43;
		reference->lower = 0.48;
		reference->upper = 0.52;
		v = judge(&b);
		CHECK(f->crosses_limit);
		CHECK_INT(
		    f->result, by_interval == 1 ? FIGURE_NEAR : FIGURE_OUTSIDE);
		CHECK(strstr(v->message, "interval crosses limit") != NULL);
		CHECK_STR(status_word(v->status),
		    by_interval == 1 ? "Near limit" : "Outside limit");
		end(&b);
	}
}

/* Newcombe 1998, table II, example (a): 56/70 - 48/80, method 10. */
static void
reckons_intervals(void)
{
	struct figure a = { .value = 0.8,
		.has_interval = true,
		.lower = 0.6918336,
		.upper = 0.8769526 };
	struct figure b = { .value = 0.6,
		.has_interval = true,
		.lower = 0.4904547,
		.upper = 0.7003817 };
	struct quantity q = { 0 };

	bound_difference_interval(&a, &b, &q);
	CHECK(q.has_interval);
	CHECK_NUM(q.lower, 0.0524, 5e-5);
	CHECK_NUM(q.upper, 0.3339, 5e-5);
	q = (struct quantity){ 0 };
	bound_difference_interval(&b, &a, &q);
	CHECK_NUM(q.lower, -0.3339, 5e-5);
	CHECK_NUM(q.upper, -0.0524, 5e-5);
	q = (struct quantity){ 0 };
	bound_ratio_interval(&a, &b, &q);
	CHECK_NUM(q.lower, 1.078295, 1e-5);
	CHECK_NUM(q.upper, 1.662920, 1e-5);
}

/* With a second rate that is certain, the interval is divided by it. */
static void
reckons_the_plain_case(void)
{
	struct figure a = {
		.value = 0.3, .has_interval = true, .lower = 0.2, .upper = 0.45
	};
	struct figure b = {
		.value = 0.5, .has_interval = true, .lower = 0.5, .upper = 0.5
	};
	struct quantity q = { 0 };

	bound_ratio_interval(&a, &b, &q);
	CHECK_NUM(q.lower, 0.4, 1e-12);
	CHECK_NUM(q.upper, 0.9, 1e-12);
	q = (struct quantity){ 0 };
	b.lower = 0;
	bound_ratio_interval(&a, &b, &q);
	CHECK(!q.has_interval);
	b.lower = 0.4;
	b.upper = 1.0;
	bound_ratio_interval(&a, &b, &q);
	CHECK(!q.has_interval);
	b.has_interval = false;
	bound_ratio_interval(&a, &b, &q);
	bound_difference_interval(&a, &b, &q);
	CHECK(!q.has_interval);
}

/* A value, its bound, and what comes of it. */
static void
compares(void)
{
	static const struct {
		double value;
		enum figure_result result;
		double limit;
	} cases[] = {
		{ 0.79, FIGURE_OUTSIDE, 0.8 },
		{ 0.80, FIGURE_NEAR, 0.8 },
		{ 0.84, FIGURE_NEAR, 0.8 },
		{ 0.85, FIGURE_WITHIN, 0.8 },
		{ 1.15, FIGURE_WITHIN, 1.25 },
		{ 1.2, FIGURE_NEAR, 1.25 },
		{ 1.25, FIGURE_NEAR, 1.25 },
		{ 1.26, FIGURE_OUTSIDE, 1.25 },
		{ INFINITY, FIGURE_OUTSIDE, 1.25 },
		{ NAN, FIGURE_OUTSIDE, 0.8 },
	};
	const struct bound bound = { BOUND_RATIO, true, true, 0.8, 1.25, true,
		true, 0.85, 1.15 };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct quantity q = { .value = cases[i].value };
		struct bound_result r = bound_compare(&bound, &q, true);

		if (!CHECK_INT(r.result, cases[i].result))
			printf("# value %g\n", cases[i].value);
		CHECK_NUM(r.limit, cases[i].limit, 0);
		CHECK(!r.crosses);
	}
}

static void
writes(
    enum bound_kind kind, double value, const double *limit, const char *want)
{
	struct text text = { 0 };

	bound_put(&text, kind, value, limit);
	CHECK_STR(text_str(&text), want);
	text_free(&text);
}

static void
writes_quantities(void)
{
	const double fifth = 0.8, rate = 0.05;
	struct bound bound = {
		.kind = BOUND_RATIO, .has_least = true, .least = 0.8
	};
	struct text text = { 0 };

	writes(BOUND_RATE, 0.5638, NULL, "56.4%");
	writes(BOUND_RATIO, 0.788, NULL, "0.79");
	writes(BOUND_MEASURE, 0.8425, NULL, "0.843");
	writes(BOUND_POINTS, 0.104, NULL, "10.4 points");
	writes(BOUND_RATIO, 0.798, &fifth, "0.798");
	writes(BOUND_RATIO, 0.79999, &fifth, "0.79999");
	writes(BOUND_RATIO, 0.8, &fifth, "0.80");
	writes(BOUND_RATE, 0.0504, &rate, "5.04%");
	bound_put_range(&text, &bound);
	CHECK_STR(text_str(&text), "at least 0.80");
	text_clear(&text);
	bound.has_most = true;
	bound.most = 1.255;
	bound_put_range(&text, &bound);
	CHECK_STR(text_str(&text), "from 0.80 to 1.255");
	text_clear(&text);
	bound = (struct bound){
		.kind = BOUND_RATE, .has_most = true, .most = 0.075
	};
	bound_put_range(&text, &bound);
	CHECK_STR(text_str(&text), "at most 7.5%");
	text_free(&text);
	CHECK_INT(bound_kind_of("true_positive_rate"), BOUND_RATE);
	CHECK_INT(bound_kind_of("precision"), BOUND_RATE);
	CHECK_INT(bound_kind_of("auc"), BOUND_MEASURE);
	CHECK_INT(bound_kind_of("_rate"), BOUND_MEASURE);
}

static void
looks_for_metrics(void)
{
	struct bench b;
	struct figure *f;

	begin(&b, "{figures: {defined: selection_rate}}");
	f = add(&b, "age", "18-24", 0.30, 0.50);
	CHECK_INT(judge(&b)->result, VERDICT_PASS);
	b.record.verdicts = (struct verdict_list){ 0 };
	f->state = FIGURE_UNDEFINED;
	f->reason = "no rows";
	CHECK_INT(judge(&b)->result, VERDICT_UNKNOWN);
	end(&b);
	begin(&b, "{figures: {defined: selection_rate}}");
	CHECK_STR(status_word(judge(&b)->status), "Not provided");
	end(&b);
	begin(&b, "{figures: {defined: selection_rate}}");
	add(&b, "", "(overall)", 0.30, 0.50);
	CHECK_INT(judge(&b)->result, VERDICT_FAIL);
	end(&b);
}

static void
looks_at_each_attribute(void)
{
	static const char check[] = "{each: {in: attributes, check: {figures: "
				    "{attribute-has: selection_rate}}}}";
	struct bench b;
	const struct verdict *v;

	begin(&b, check);
	add(&b, "age", "18-24", 0.30, 0.50);
	CHECK_INT(judge(&b)->result, VERDICT_PASS);
	end(&b);
	begin(&b, check);
	add(&b, "sex", "male", 0.30, 0.50);
	v = judge(&b);
	CHECK_INT(v->result, VERDICT_FAIL);
	CHECK_STR(v->path, "attributes[1]");
	CHECK_STR(
	    v->message, "it is wrong: no selection rate by age is on file");
	end(&b);
	begin(&b, "{figures: {attribute-has: selection_rate}}");
	add(&b, "age", "18-24", 0.30, 0.50);
	add(&b, "sex", "male", 0.30, 0.50)->metric = "precision";
	v = judge(&b);
	CHECK_INT(b.record.verdicts.n, 1);
	CHECK_STR(v->path, "figures.sex.selection_rate");
	end(&b);
}

/* The figures of the group that an entry names. */
static void
looks_at_one_group(void)
{
	static const char check[] =
	    "{each: {in: attributes, check: {figures: {within: {attribute: "
	    "name, group: group}}}}}";
	struct bench b;
	const struct verdict *v;

	court_open_check(&b.court, check);
	court_record(&b.court, &b.record,
	    "attributes:\n"
	    "  - {name: age, group: 18-24}\n"
	    "  - {name: age, group: 40-64}\n"
	    "  - {name: age, group: 90+}\n");
	memset(b.limits, 0, sizeof(b.limits));
	b.court.policy.limits = b.limits;
	at_least(limit(&b, "selection_rate", "*", "ratio"), 0.8, 0);
	add(&b, "age", "18-24", 0.30, 0.50);
	add(&b, "age", "40-64", 0.50, 0.50);
	v = judge(&b);
	CHECK_INT(b.record.verdicts.n, 2);
	CHECK_INT(v->result, VERDICT_FAIL);
	CHECK_STR(v->path, "attributes[1].group");
	CHECK(strstr(v->message,
		  "age 18-24: selection rate 30.0%, limit: "
		  "ratio at least 0.80") != NULL);
	CHECK_INT(v->next->result, VERDICT_UNKNOWN);
	CHECK(strstr(v->next->message, "no figure of age 90+ has a limit") !=
	    NULL);
	end(&b);
}

/* Results that figures bring along count where the policy has no limit. */
static void
takes_results_as_given(void)
{
	static const char rules[] =
	    "rules:\n"
	    "  - id: R\n    title: t\n    law: []\n    tier: [all]\n"
	    "    duty: [any]\n    severity: error\n"
	    "    check: {figures: limits}\n    message: m\n"
	    "    examples:\n"
	    "      - result: fail\n        as_of: 2028-09-01\n"
	    "        record: {model: {name: x}}\n"
	    "        figures:\n"
	    "          - {attribute: age, group: 18-24, metric: "
	    "selection_rate, value: 0.31, n: 90, result: outside, limit: "
	    "ratio at least 0.80}\n"
	    "          - {attribute: age, group: 40-64, metric: "
	    "selection_rate, value: 0.5, result: reference}\n"
	    "          - {attribute: age, group: 65+, metric: "
	    "selection_rate, state: withheld, result: not-tested}\n";
	const struct rule *rule;
	struct bench b;

	court_open(&b.court, rules);
	CHECK_INT(b.court.rc, 0);
	rule = &b.court.catalogue.rules[0];
	court_record(&b.court, &b.record, "model: {name: x}");
	CHECK_INT(
	    example_figures(&rule->examples[0], &b.record, &b.record.diags), 0);
	example_policy(&rule->examples[0], &b.court.policy);
	CHECK_INT(b.court.policy.max_age_months, 12);
	CHECK_INT(b.record.figures.n, 3);
	CHECK_INT(check_rule(rule, &b.record, &b.court.policy), VERDICT_FAIL);
	CHECK_INT(b.record.verdicts.n, 2);
	CHECK_STR(b.record.verdicts.first->message,
	    "m: age 18-24: selection rate 31.0%, limit: ratio at least 0.80");
	CHECK_INT(b.record.verdicts.last->result, VERDICT_UNKNOWN);
	end(&b);
}

/* Figures of an example that are wrong, and what is said. */
static void
refuses_figures(const char *figure, const char *part)
{
	struct bench b;
	struct text text = { 0 };

	text_printf(&text,
	    "rules:\n"
	    "  - id: R\n    title: t\n    law: []\n    tier: [all]\n"
	    "    duty: [any]\n    severity: error\n"
	    "    check: {figures: limits}\n    message: m\n"
	    "    examples:\n"
	    "      - {result: fail, as_of: 2028-09-01, record: {}, figures: "
	    "[%s]}\n",
	    figure);
	court_open(&b.court, text_str(&text));
	court_record(&b.court, &b.record, "model: {name: x}");
	CHECK_INT(example_figures(&b.court.catalogue.rules[0].examples[0],
		      &b.record, &b.court.diags),
	    -1);
	CHECK(b.court.diags.last != NULL &&
	    strstr(b.court.diags.last->detail, part) != NULL);
	CHECK_INT(b.record.figures.n, 0);
	text_free(&text);
	end(&b);
}

static void
adds_a_measure(struct bench *b, const char *name, double value, double least)
{
	struct measure *m = arena_alloc(&b->record.arena, sizeof(*m));

	m->name = m->label = name;
	m->data_set = "test-2026";
	m->value = value;
	m->has_least = least > 0;
	m->least = least;
	m->origin = (struct pos){ "model.yaml", 40, 5 };
	m->next = b->record.measures;
	b->record.measures = m;
}

static void
judges_measures(void)
{
	struct bench b;
	const struct verdict *v;

	begin(&b, "{measures: limits}");
	adds_a_measure(&b, "roc_auc", 0.7996, 0.8);
	adds_a_measure(&b, "accuracy", 0.9, 0.8);
	adds_a_measure(&b, "brier_score", 0.1, 0);
	v = judge(&b);
	CHECK_INT(b.record.verdicts.n, 1);
	CHECK_INT(v->result, VERDICT_FAIL);
	CHECK_STR(v->message,
	    "it is wrong: roc_auc on test-2026 0.7996, limit at least 0.800");
	CHECK_STR(v->path, "measures.roc_auc.test-2026");
	CHECK_INT(v->pos.line, 40);
	CHECK_INT(b.record.measures->result, FIGURE_NO_LIMIT);
	CHECK_INT(b.record.measures->next->result, FIGURE_WITHIN);
	CHECK_INT(b.record.measures->next->next->result, FIGURE_OUTSIDE);
	end(&b);
}

static void
wants_measures_with_limits(void)
{
	struct bench b;

	begin(&b, "{measures: limits}");
	CHECK_STR(judge(&b)->message, "no performance measure is on file");
	CHECK_STR(status_word(b.record.verdicts.first->status), "Not provided");
	end(&b);
	begin(&b, "{measures: limits}");
	adds_a_measure(&b, "roc_auc", 0.8, 0);
	CHECK_STR(judge(&b)->message, "no performance measure has a limit");
	end(&b);
	begin(&b, "{measures: limits}");
	adds_a_measure(&b, "roc_auc", 0.8, 0.8);
	CHECK_STR(status_word(judge(&b)->status), "Within limit");
	end(&b);
}

int
main(void)
{
	names_the_worst_group();
	tells_apart_what_rounds_onto_the_limit();
	warns_in_the_band();
	does_not_test_what_is_not_there();
	failing_beats_untested();
	misses_what_has_no_ratio();
	judges_differences_by_size();
	judges_values_with_the_reference();
	gives_one_verdict_a_limit_and_attribute();
	judges_what_is_hidden();
	wants_figures_for_a_limit();
	says_when_there_is_no_limit();
	shows_the_worse_of_two_limits();
	judges_by_interval();
	reckons_intervals();
	reckons_the_plain_case();
	compares();
	writes_quantities();
	looks_for_metrics();
	looks_at_each_attribute();
	looks_at_one_group();
	takes_results_as_given();
	refuses_figures("{attribute: age}", "needs attribute, group");
	refuses_figures("{attribute: a, group: b, metric: c, result: good}",
	    "unknown result \"good\"");
	refuses_figures(
	    "{attribute: a, group: b, metric: c, value: x}", "not a number");
	refuses_figures("{attribute: a, group: b, metric: c, valu: 1}",
	    "did you mean \"value\"");
	judges_measures();
	wants_measures_with_limits();
	return tap_done();
}
