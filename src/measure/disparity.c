#include "measure/disparity.h"

#include <math.h>
#include <stdlib.h>

#include "measure/disparity_pair.h"
#include "measure/disparity_verdict.h"
#include "measure/fairness_guard.h"
#include "stats/shrink.h"

/* An expected count below it makes the chi-square doubtful. */
#define SMALL_COUNT 5

/* From so many groups on each comparison has fewer replicates, to a least. */
enum { MANY = 100, LEAST_REPLICATES = 500 };

void
disparity_defaults(struct disparity_options *options)
{
	*options = (struct disparity_options){ .rule = DISPARITY_RULE_BOTH,
		.confidence = 0.95,
		.ratio = 0.8,
		.power = 0.8,
		.adjustment = ADJUST_HOLM,
		.replicates = 2000,
		.seed = 1 };
}

bool
disparity_is_comparable(const struct metric *metric)
{
	return metric->kind != METRIC_SHARE && metric->kind != METRIC_COUNT &&
	    !(metric->kind == METRIC_CLASS && isinf(metric->most));
}

/* A family in the making. */
struct making {
	const struct disparity_maker *maker;
	const struct group_table *table;
	const struct metric *metric;
	struct disparity_family *family;
	struct rate *rates; /* of the shown groups where it is a rate */
	size_t n_rates;
	bool is_weighted;
};

static bool
is_compared(const struct making *m, const struct group *group)
{
	return group != m->table->reference &&
	    (!group->is_missing || m->maker->options->missing_is_group);
}

void
disparity_append(struct disparity_family *family, struct disparity *d)
{
	if (family->last == NULL)
		family->first = d;
	else
		family->last->next = d;
	family->last = d;
	family->n++;
}

static void
note_rate(struct making *m, const struct disparity_side *side)
{
	if (!disparity_is_rate(m->metric, side))
		return;
	m->rates[m->n_rates++] = disparity_rate(side);
	m->is_weighted = m->is_weighted || side->effective != side->denominator;
}

/* Compare every group, and collect the rates of those that are shown. */
static void
compare_groups(struct making *m)
{
	const struct group_table *table = m->table;
	bool has_reference = false;

	for (size_t i = 0; i < table->n; i++) {
		const struct group *group = &table->groups[i];
		struct disparity *d;

		if (!is_compared(m, group))
			continue;
		d = disparity_compare(m->maker, table, m->metric, group);
		d->is_withheld = group->is_withheld;
		d->is_reference_withheld = table->reference->is_withheld;
		disparity_append(m->family, d);
		if (!group->is_withheld)
			note_rate(m, &d->group);
		if (!has_reference && !table->reference->is_withheld)
			note_rate(m, &d->reference);
		has_reference = true;
	}
}

/* Whether there is any difference between the groups at all. */
static void
test_family(const struct making *m)
{
	const struct disparity_options *o = m->maker->options;
	struct disparity_family *family = m->family;
	double least = test_smallest_expected(m->rates, m->n_rates);
	struct test test;

	family->n_groups = m->n_rates;
	if (!test_homogeneity(m->rates, m->n_rates, &test))
		return;
	family->test = "chi-square";
	if (least < SMALL_COUNT && !m->is_weighted && o->replicates > 0) {
		family->test = "Monte Carlo chi-square";
		family->seed = o->seed;
		family->replicates = o->replicates;
		test_homogeneity_random(
		    m->rates, m->n_rates, o->replicates, o->seed, &test);
	}
	family->chi2 = test.value;
	family->df = test.df;
	family->p = test.p;
	family->has_cramers_v = true;
	family->cramers_v = test_cramers_v(m->rates, m->n_rates, test.value);
}

static void
shrink_side(const struct making *m, const struct shrink *shrink,
    struct disparity_side *side)
{
	struct rate rate = { 0, 0 };

	if (disparity_is_rate(m->metric, side))
		rate = disparity_rate(side);
	side->has_shrunken = true;
	side->shrunken = shrink_rate(shrink, rate.k, rate.n);
}

/* Rates of small groups borrow from the others, in intersections. */
static void
shrink_family(const struct making *m)
{
	struct shrink shrink;

	if (m->table->n_columns < 2 ||
	    !shrink_fit(m->rates, m->n_rates, &shrink))
		return;
	for (struct disparity *d = m->family->first; d != NULL; d = d->next) {
		shrink_side(m, &shrink, &d->group);
		shrink_side(m, &shrink, &d->reference);
	}
}

/* Whether a side is withheld, and so the comparison. */
static bool
is_hidden(const struct disparity *d)
{
	return d->is_withheld || d->is_reference_withheld;
}

/* Adjust the p of all comparisons, or of those that are shown alone. */
static size_t
adjust_some(const struct making *m, bool shown)
{
	struct disparity_family *family = m->family;
	enum adjustment how = m->maker->options->adjustment;
	double **p = arena_array(m->maker->arena, family->n, sizeof(*p));
	size_t n = 0;

	for (struct disparity *d = family->first; d != NULL; d = d->next)
		if (d->test != NULL && !(shown && is_hidden(d))) {
			d->p_adjusted = d->p;
			p[n++] = &d->p_adjusted;
		}
	adjust(how, p, n);
	return n;
}

/*
 * What is withheld is adjusted beside all others, since it is judged; what is
 * shown only beside what is shown: else an adjusted p could be that of a
 * comparison that must not be seen.
 */
static void
adjust_family(const struct making *m)
{
	struct disparity_family *family = m->family;
	size_t n = adjust_some(m, false);

	family->n_tests = adjust_some(m, true);
	family->adjustment = adjust_label(m->maker->options->adjustment);
	for (struct disparity *d = family->first; d != NULL; d = d->next) {
		d->adjustment = d->test != NULL ? family->adjustment : NULL;
		d->family = is_hidden(d) ? n : family->n_tests;
	}
}

/* Hide all but the verdict; of a small group even that. */
static void
conceal(struct disparity *d, const struct disparity_options *o)
{
	bool is_small =
	    d->group.n < o->min_report || d->reference.n < o->min_report;
	struct disparity shown = { .attribute = d->attribute,
		.metric = d->metric,
		.group.group = d->group.group,
		.reference.group = d->reference.group,
		.confidence = d->confidence,
		.is_withheld = d->is_withheld,
		.is_reference_withheld = d->is_reference_withheld,
		.verdict = is_small ? DISPARITY_NOT_ENOUGH_DATA : d->verdict,
		.rule = d->rule,
		.reason = "the numbers are withheld",
		.next = d->next };

	if (is_hidden(d))
		*d = shown;
}

unsigned
disparity_replicates(const struct disparity_options *options, size_t groups)
{
	unsigned asked = options->replicates;
	unsigned fewer;

	if (groups <= MANY || asked <= LEAST_REPLICATES)
		return asked;
	fewer = (unsigned)(asked * MANY / groups);
	return fewer > LEAST_REPLICATES ? fewer : LEAST_REPLICATES;
}

/* The verdicts of a family, the worst of them, and what must be hidden. */
static void
judge_family(const struct making *m)
{
	struct disparity_family *family = m->family;

	for (struct disparity *d = family->first; d != NULL; d = d->next) {
		disparity_judge(d, m->maker->options);
		conceal(d, m->maker->options);
		if (d == family->first || d->verdict > family->worst)
			family->worst = d->verdict;
	}
}

static void
append_family(struct disparity_table *out, struct disparity_family *family)
{
	if (out->last == NULL)
		out->first = family;
	else
		out->last->next = family;
	out->last = family;
	out->n++;
}

void
disparity_close(struct disparity_maker *maker, struct disparity_family *family)
{
	const struct making m = { .maker = maker, .family = family };

	adjust_family(&m);
	judge_family(&m);
	append_family(maker->out, family);
}

void
disparity_add(struct disparity_maker *maker, const struct group_table *table,
    const struct metric *metric)
{
	struct disparity_options options = *maker->options;
	struct disparity_maker own = *maker;
	struct making m = { .maker = &own, .table = table, .metric = metric };

	if (table->reference == NULL || !disparity_is_comparable(metric))
		return;
	options.replicates = disparity_replicates(maker->options, table->n);
	own.options = &options;
	m.family = arena_alloc(maker->arena, sizeof(*m.family));
	m.family->attribute = table->attribute;
	m.family->metric = metric->name;
	m.family->reference = table->reference->name;
	m.rates = arena_array(maker->arena, table->n + 1, sizeof(*m.rates));
	compare_groups(&m);
	if (m.family->n == 0)
		return;
	test_family(&m);
	shrink_family(&m);
	disparity_close(&own, m.family);
}

static void
compare_stated(struct making *m, const struct figure *figure,
    const struct figure *reference)
{
	struct disparity *d =
	    disparity_compare_figures(m->maker, m->metric, figure, reference);

	d->is_withheld = figure->state == FIGURE_WITHHELD;
	d->is_reference_withheld = reference->state == FIGURE_WITHHELD;
	if (m->family->n == 0 && !d->is_reference_withheld)
		note_rate(m, &d->reference);
	if (!d->is_withheld)
		note_rate(m, &d->group);
	disparity_append(m->family, d);
}

/* What may be said of a comparison that nothing could test. */
static void
judge_untested(struct disparity *d, const struct disparity_options *o)
{
	if (d->test != NULL || d->is_withheld || d->is_reference_withheld ||
	    o->rule == DISPARITY_RULE_FOUR_FIFTHS)
		return;
	if (d->verdict == DISPARITY_WATCH)
		d->reason = "large; without counts it cannot be tested";
	else if (d->verdict == DISPARITY_NOT_ENOUGH_DATA)
		d->reason = "without counts it cannot be tested";
}

/* The figure that the others are compared with, or NULL. */
static const struct figure *
stated_reference(const struct figure *const figures[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (figures[i]->is_reference)
			return figures[i];
	return NULL;
}

void
disparity_add_figures(struct disparity_maker *maker,
    const struct metric *metric, const struct figure *const figures[], size_t n)
{
	const struct figure *reference = stated_reference(figures, n);
	const struct group_table none = { .n_columns = 0 };
	struct making m = { .maker = maker, .table = &none, .metric = metric };

	if (reference == NULL || !disparity_is_comparable(metric))
		return;
	m.family = arena_alloc(maker->arena, sizeof(*m.family));
	m.family->attribute = reference->attribute;
	m.family->metric = metric->name;
	m.family->reference = reference->group;
	m.rates = arena_array(maker->arena, n, sizeof(*m.rates));
	for (size_t i = 0; i < n; i++)
		if (figures[i] != reference &&
		    (!fairness_is_missing(figures[i]->group) ||
			maker->options->missing_is_group))
			compare_stated(&m, figures[i], reference);
	if (m.family->n == 0)
		return;
	test_family(&m);
	adjust_family(&m);
	judge_family(&m);
	for (struct disparity *d = m.family->first; d != NULL; d = d->next)
		judge_untested(d, maker->options);
	append_family(maker->out, m.family);
}

/* Point to the p of each test, or only count them; return their number. */
static size_t
collect(struct disparity_table *const tables[], size_t n, double *p[])
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		for (struct disparity_family *f = tables[i]->first; f != NULL;
		     f = f->next)
			for (struct disparity *d = f->first; d != NULL;
			     d = d->next) {
				if (d->test == NULL)
					continue;
				if (p != NULL)
					p[count] = &d->p_pack;
				count++;
			}
	return count;
}

void
disparity_adjust_pack(struct disparity_table *const tables[], size_t n)
{
	size_t count = collect(tables, n, NULL);
	double **p = memory_grow(NULL, count + 1, sizeof(*p));

	collect(tables, n, p);
	for (size_t i = 0; i < n; i++)
		for (struct disparity_family *f = tables[i]->first; f != NULL;
		     f = f->next)
			for (struct disparity *d = f->first; d != NULL;
			     d = d->next) {
				d->p_pack = d->p;
				d->pack = d->test != NULL ? count : 0;
			}
	adjust(ADJUST_BENJAMINI_HOCHBERG, p, count);
	free(p);
}
