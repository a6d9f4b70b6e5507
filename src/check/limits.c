#include "check/limits.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "check/review.h"
#include "check/say.h"

void
limits_emit(struct judge *judge, struct outcome *part, struct outcome *out)
{
	if (judge->collects && outcome_is_open(part->kind)) {
		judge_collect(judge, part);
		part->is_collected = true;
	}
	if (part->kind > out->kind)
		*out = *part;
}

void
limits_settle_missing(
    const struct judge *judge, bool is_unread, struct outcome *out)
{
	out->is_reported = is_unread;
	out->kind =
	    judge->in_when || is_unread ? OUTCOME_UNKNOWN : OUTCOME_ABSENT;
}

struct figure *
limits_next_attribute(struct figure *figure)
{
	const char *attribute = figure->attribute;

	while (figure != NULL && strcmp(figure->attribute, attribute) == 0)
		figure = figure->next;
	return figure;
}

static struct bound
bound_of(const struct fairness_limit *limit)
{
	struct bound bound = { bound_kind_of(limit->metric), limit->has_least,
		limit->has_most, limit->least, limit->most,
		limit->has_warn_least, limit->has_warn_most, limit->warn_least,
		limit->warn_most };

	if (against_is(limit, "ratio"))
		bound.kind = BOUND_RATIO;
	else if (against_is(limit, "difference") && bound.kind == BOUND_RATE)
		bound.kind = BOUND_POINTS;
	return bound;
}

/* How bad a result is; of several limits on a figure the worst is shown. */
static int
rank(enum figure_result result)
{
	static const int ranks[] = {
		[FIGURE_NO_LIMIT] = 0,
		[FIGURE_REFERENCE] = 0,
		[FIGURE_WITHIN] = 1,
		[FIGURE_NOT_TESTED] = 2,
		[FIGURE_NEAR] = 3,
		[FIGURE_OUTSIDE] = 4,
	};

	return ranks[result];
}

static void
mark(struct figure *figure, const struct review *review,
    const struct bound_result *result)
{
	bool is_value = against_is(review->limit, "value");

	if (rank(result->result) <= rank(figure->result))
		return;
	figure->result = result->result;
	figure->limit_text = review->limit_text;
	figure->limited = review->limit->compare;
	if (review_hides(review, figure))
		return;
	figure->crosses_limit = result->crosses;
	/* A plot shows limits beside what measuring compared with. */
	figure->has_limit = result->result != FIGURE_NOT_TESTED &&
	    (review->bound.has_least || review->bound.has_most) &&
	    (review->against.is_own || is_value);
	figure->limit = result->limit;
	/* The limit is on the size; the figure keeps its sign. */
	if (against_is(review->limit, "difference"))
		figure->limit = copysign(result->limit, figure->difference);
}

/* Leave a figure untested; why is NULL where it says so itself. */
static void
leave_untested(struct review *review, struct figure *figure, const char *why)
{
	const struct bound_result result = { .result = FIGURE_NOT_TESTED };

	if (figure->reason == NULL)
		figure->reason =
		    why != NULL ? why : "no reference group to compare it with";
	mark(figure, review, &result);
	if (review->untested == NULL) {
		review->untested = figure;
		review->why_untested = why;
	}
	review->n_untested++;
}

static void
keep_worst(struct review *review, const struct figure *figure,
    const struct bound_result *result, double value)
{
	if (review->worst != NULL &&
	    (rank(result->result) < rank(review->at_worst.result) ||
		(result->result == review->at_worst.result &&
		    result->excess <= review->at_worst.excess)))
		return;
	review->worst = figure;
	review->at_worst = *result;
	review->worst_value = value;
}

static void
test_group(struct review *review, struct figure *figure)
{
	const struct policy *policy = review->judge->policy;
	const struct figure *seen = against_judged(figure);
	const char *why = NULL;
	struct quantity quantity;
	struct bound_result result;

	if (seen->state == FIGURE_DEFINED &&
	    !against_is_enough(policy, figure)) {
		leave_untested(review, figure,
		    "not enough data: too few rows count for it");
		return;
	}
	if (seen->state != FIGURE_DEFINED || review->against.none != NULL ||
	    !against_quantity(
		review->limit, seen, &review->against, &quantity)) {
		leave_untested(review, figure,
		    seen->state == FIGURE_DEFINED ? review->against.none :
						    NULL);
		return;
	}
	result = bound_compare(
	    &review->bound, &quantity, review->rule == LIMIT_INTERVAL);
	if (limit_rule_tests(review->rule))
		why = review_weigh(review, figure, &result);
	if (why != NULL) {
		leave_untested(review, figure, why);
		return;
	}
	mark(figure, review, &result);
	review->n_tested++;
	review->n_outside += result.result == FIGURE_OUTSIDE ? 1 : 0;
	review->n_near += result.result == FIGURE_NEAR ? 1 : 0;
	if (result.result != FIGURE_WITHIN)
		keep_worst(review, figure, &result, quantity.value);
}

static void
test_figures(
    struct review *review, struct figure *first, const struct figure *end)
{
	bool is_value = against_is(review->limit, "value");
	const struct policy *policy = review->judge->policy;

	for (struct figure *f = first; f != end; f = f->next) {
		bool is_reference =
		    f == review->against.reference && f->is_reference;

		if (against_is_whole(f) ||
		    (!is_value && !is_reference &&
			against_is_left_out(policy, f, &review->against)))
			continue;
		if (f != review->against.reference || is_value)
			test_group(review, f);
		else if (f->result == FIGURE_NO_LIMIT)
			f->result = FIGURE_REFERENCE;
	}
}

static void
settle_review(struct review *review, struct outcome *out)
{
	out->is_figure = true;
	if (review->worst != NULL) {
		out->kind = review->n_outside > 0 ? OUTCOME_FAIL : OUTCOME_NEAR;
		out->pos = review->worst->origin;
		out->reason = review_arithmetic(review);
		review_fill(review, out);
	} else if (review->untested != NULL) {
		out->kind = OUTCOME_UNKNOWN;
		out->is_figure = review->n_tested > 0;
		out->pos = review->untested->origin;
		out->reason = review_untested(review);
	} else {
		out->kind = OUTCOME_PASS;
	}
}

static void
settle_nothing(
    const struct review *review, const char *attribute, struct outcome *out)
{
	struct judge *judge = review->judge;
	struct text text = { 0 };

	limits_settle_missing(judge, judge->record->figures_unread, out);
	out->pos = (struct pos){ judge->record->file, 1, 1 };
	text_puts(&text, "no ");
	say_metric(&text, review->limit->metric);
	text_printf(&text, " by %s is on file, but the policy limits it",
	    strcmp(attribute, "*") == 0 ? "group" : attribute);
	if (review->limit->hint != NULL)
		text_printf(&text, ": %s", review->limit->hint);
	out->reason = say_keep(judge->arena, &text);
	out->is_whole = out->kind == OUTCOME_ABSENT;
}

/* A limit on one attribute, whose figures begin at first (NULL: none). */
static void
review_attribute(struct judge *judge, const struct fairness_limit *limit,
    const char *attribute, struct figure *first, struct outcome *out)
{
	struct review review = { .judge = judge,
		.limit = limit,
		.rule = limit_rule_in(judge->policy, limit),
		.bound = bound_of(limit) };
	struct outcome part = { .path = "" };
	struct figure_slice slice;

	review_name(&review);
	part.path = arena_printf(judge->arena, "figures.%s.%s.%s", attribute,
	    limit->metric, limit->compare);
	if (first != NULL) {
		slice = figure_slice(first);
		review.against =
		    against_find(judge->record, judge->policy, limit, &slice);
		test_figures(&review, first, slice.end);
		settle_review(&review, &part);
	} else {
		settle_nothing(&review, attribute, &part);
	}
	limits_emit(judge, &part, out);
}

/* The first figure of the metric within the run of one attribute. */
static struct figure *
find_metric(struct figure *first, const char *metric)
{
	for (struct figure *f = first;
	     f != NULL && strcmp(f->attribute, first->attribute) == 0;
	     f = f->next)
		if (strcmp(f->metric, metric) == 0)
			return f;
	return NULL;
}

/* The next attribute from f on that the limit is about, or NULL. */
static struct figure *
find_attribute(const struct fairness_limit *limit, struct figure *f)
{
	bool is_all = strcmp(limit->attribute, "*") == 0;

	while (f != NULL &&
	    (*f->attribute == '\0' ||
		(!is_all && strcmp(limit->attribute, f->attribute) != 0)))
		f = limits_next_attribute(f);
	return f;
}

/* Whether any figure is what the limit is about. */
static bool
has_figure(const struct fairness_limit *limit, struct figure *first)
{
	struct figure *f = find_attribute(limit, first);

	while (f != NULL && find_metric(f, limit->metric) == NULL)
		f = find_attribute(limit, limits_next_attribute(f));
	return f != NULL;
}

void
limits_review(struct judge *judge, const struct fairness_limit *limit,
    struct outcome *out)
{
	struct figure *first = judge->record->figures.first;

	if (!has_figure(limit, first)) {
		review_attribute(judge, limit, limit->attribute, NULL, out);
		return;
	}
	for (struct figure *f = find_attribute(limit, first); f != NULL;
	     f = find_attribute(limit, limits_next_attribute(f)))
		review_attribute(judge, limit, f->attribute,
		    find_metric(f, limit->metric), out);
}
