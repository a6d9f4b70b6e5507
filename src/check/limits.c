#include "check/limits.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "check/bound.h"

#define WHOLE "(overall)" /* name of the group that is the whole file */

/* The figures of one attribute and metric; figures are ordered so. */
struct slice {
	struct figure *first;
	struct figure *end;             /* behind the last */
	const struct figure *reference; /* or NULL */
};

/* What a limit says of the groups of one attribute. */
struct review {
	struct judge *judge;
	const struct fairness_limit *limit;
	struct bound bound;
	const char *limit_text;     /* "ratio at least 0.80" */
	const struct figure *worst; /* of those outside or near */
	struct bound_result at_worst;
	double worst_value;
	size_t n_outside, n_near;
	const struct figure *untested;
	size_t n_untested, n_tested;
};

const char *
limits_keep(struct arena *arena, struct text *text)
{
	const char *kept = arena_dup(arena, text_str(text), text->n);

	text_free(text);
	return kept;
}

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
limits_put_metric(struct text *text, const char *metric)
{
	const char *label = metric_label(metric);

	if (isupper((unsigned char)label[0]) &&
	    !isupper((unsigned char)label[1]))
		text_putc(text, (char)tolower((unsigned char)*label++));
	text_puts(text, label);
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

static struct slice
slice_at(struct figure *first)
{
	struct slice slice = { first, first, NULL };

	while (slice.end != NULL &&
	    strcmp(slice.end->attribute, first->attribute) == 0 &&
	    strcmp(slice.end->metric, first->metric) == 0) {
		if (slice.end->is_reference)
			slice.reference = slice.end;
		slice.end = slice.end->next;
	}
	return slice;
}

/* What a limit is held against: also what guards another group. */
static const struct figure *
judged(const struct figure *figure)
{
	return figure != NULL && figure->hidden != NULL ? figure->hidden :
							  figure;
}

static bool
is_compared(const struct fairness_limit *limit, const char *word)
{
	return strcmp(limit->compare, word) == 0;
}

static struct bound
bound_of(const struct fairness_limit *limit)
{
	struct bound bound = { bound_kind_of(limit->metric), limit->has_least,
		limit->has_most, limit->least, limit->most,
		limit->has_warn_least, limit->has_warn_most, limit->warn_least,
		limit->warn_most };

	if (is_compared(limit, "ratio"))
		bound.kind = BOUND_RATIO;
	else if (is_compared(limit, "difference") && bound.kind == BOUND_RATE)
		bound.kind = BOUND_POINTS;
	return bound;
}

/* What is compared with the limit; false when there is nothing. */
static bool
quantity_of(const struct fairness_limit *limit, const struct figure *figure,
    const struct figure *reference, struct quantity *out)
{
	*out = (struct quantity){ figure->value, figure->has_interval,
		figure->lower, figure->upper };
	if (is_compared(limit, "value"))
		return true;
	out->has_interval = false;
	if (is_compared(limit, "ratio")) {
		out->value = figure->ratio;
		if (reference != NULL && reference->state == FIGURE_DEFINED)
			bound_ratio_interval(figure, reference, out);
		return figure->has_ratio;
	}
	out->value = fabs(figure->difference);
	if (reference != NULL && reference->state == FIGURE_DEFINED)
		bound_difference_interval(figure, reference, out);
	return figure->has_difference;
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
	if (rank(result->result) <= rank(figure->result))
		return;
	figure->result = result->result;
	figure->limit_text = review->limit_text;
	figure->limited = review->limit->compare;
	if (figure->hidden != NULL)
		return;
	figure->crosses_limit = result->crosses;
	figure->has_limit = result->result != FIGURE_NOT_TESTED;
	figure->limit = result->limit;
	/* The limit is on the size; the figure keeps its sign. */
	if (is_compared(review->limit, "difference"))
		figure->limit = copysign(result->limit, figure->difference);
}

static void
leave_untested(struct review *review, struct figure *figure)
{
	const struct bound_result result = { .result = FIGURE_NOT_TESTED };

	if (figure->reason == NULL)
		figure->reason = "no reference group to compare it with";
	mark(figure, review, &result);
	if (review->untested == NULL)
		review->untested = figure;
	review->n_untested++;
}

static void
test_group(struct review *review, struct figure *figure,
    const struct figure *reference)
{
	const struct figure *seen = judged(figure);
	struct quantity quantity;
	struct bound_result result;

	if (seen->state != FIGURE_DEFINED ||
	    !quantity_of(review->limit, seen, judged(reference), &quantity)) {
		leave_untested(review, figure);
		return;
	}
	result = bound_compare(&review->bound, &quantity,
	    review->judge->policy->judge_by_interval);
	mark(figure, review, &result);
	review->n_tested++;
	review->n_outside += result.result == FIGURE_OUTSIDE ? 1 : 0;
	review->n_near += result.result == FIGURE_NEAR ? 1 : 0;
	if (result.result == FIGURE_WITHIN)
		return;
	if (review->worst != NULL &&
	    (rank(result.result) < rank(review->at_worst.result) ||
		(result.result == review->at_worst.result &&
		    result.excess <= review->at_worst.excess)))
		return;
	review->worst = figure;
	review->at_worst = result;
	review->worst_value = quantity.value;
}

/* Whether measuring has left the group out of comparisons: "(missing)". */
static bool
is_left_out(const struct figure *figure, const struct figure *reference)
{
	const struct figure *seen = judged(figure), *other = judged(reference);

	return other != NULL && other->state == FIGURE_DEFINED &&
	    seen->state == FIGURE_DEFINED && !seen->has_ratio &&
	    !seen->has_difference;
}

static void
test_slice(struct review *review, const struct slice *slice)
{
	bool is_value = is_compared(review->limit, "value");

	for (struct figure *f = slice->first; f != slice->end; f = f->next) {
		if (strcmp(f->group, WHOLE) == 0 ||
		    (!is_value && !f->is_reference &&
			is_left_out(f, slice->reference)))
			continue;
		if (!f->is_reference || is_value)
			test_group(review, f, slice->reference);
		else if (f->result == FIGURE_NO_LIMIT)
			f->result = FIGURE_REFERENCE;
	}
}

static void
put_count(struct text *text, double n)
{
	char digits[32];
	size_t length;

	snprintf(digits, sizeof(digits), "%.0f", n);
	length = strlen(digits);
	for (size_t i = 0; i < length; i++) {
		if (i > 0 && (length - i) % 3 == 0)
			text_putc(text, ',');
		text_putc(text, digits[i]);
	}
}

/* " 56.4% (n 5,204), ratio 0.79 to 40-64, interval crosses limit" */
static void
put_arithmetic(const struct review *review, struct text *text)
{
	const struct figure *f = review->worst;
	const double *limit = &review->at_worst.limit;
	bool is_value = is_compared(review->limit, "value");

	text_putc(text, ' ');
	bound_put(
	    text, bound_kind_of(f->metric), f->value, is_value ? limit : NULL);
	if (!f->n_is_withheld) {
		text_puts(text, " (n ");
		put_count(text, f->n);
		text_putc(text, ')');
	}
	if (is_value)
		return;
	text_printf(text, ", %s ", review->limit->compare);
	bound_put(text, review->bound.kind, review->worst_value, limit);
	text_printf(text, " to %s",
	    f->reference != NULL ? f->reference : "the reference");
}

/*
 * "age 18-24: selection rate 56.4% (n 5,204), ratio 0.79 to 40-64, limit at
 * least 0.80"; of a figure that is hidden, which limit and why no number.
 */
static const char *
arithmetic(const struct review *review)
{
	const struct figure *f = review->worst;
	struct text text = { 0 };

	text_printf(&text, "%s %s: ", f->attribute, f->group);
	limits_put_metric(&text, f->metric);
	if (f->hidden == NULL)
		put_arithmetic(review, &text);
	else
		text_printf(&text, ", %s, not shown (%s)",
		    review->limit->compare,
		    f->reason != NULL ? f->reason :
					"its reference is withheld");
	text_puts(&text, ", limit ");
	bound_put_range(&text, &review->bound);
	if (f->hidden == NULL && review->at_worst.crosses)
		text_puts(&text, ", interval crosses limit");
	if (review->n_outside > 1)
		text_printf(
		    &text, "; %zu groups are outside", review->n_outside);
	if (review->n_untested > 0)
		text_printf(&text, "; not tested: %zu", review->n_untested);
	return limits_keep(review->judge->arena, &text);
}

static const char *
untested_text(const struct review *review)
{
	const struct figure *f = review->untested;
	struct text text = { 0 };

	text_printf(&text, "%s %s: no ", f->attribute, f->group);
	limits_put_metric(&text, f->metric);
	text_printf(&text, " (%s)", f->reason);
	if (review->n_untested > 1)
		text_printf(
		    &text, "; %zu groups are not tested", review->n_untested);
	return limits_keep(review->judge->arena, &text);
}

/* Placeholders of the rule's message, for whoever uses them. */
static void
fill(struct review *review, struct outcome *out)
{
	const struct figure *f = review->worst;
	struct arena *arena = review->judge->arena;
	struct text text = { 0 };

	if (f->hidden == NULL)
		bound_put(&text, review->bound.kind, review->worst_value,
		    &review->at_worst.limit);
	else
		text_puts(&text, "not shown");
	out->value = limits_keep(arena, &text);
	text = (struct text){ 0 };
	bound_put_range(&text, &review->bound);
	out->limit = limits_keep(arena, &text);
	out->other = f->reference;
	out->missing = arena_printf(arena, "%s %s", f->attribute, f->group);
}

static void
settle_review(struct review *review, struct outcome *out)
{
	out->is_figure = true;
	if (review->worst != NULL) {
		out->kind = review->n_outside > 0 ? OUTCOME_FAIL : OUTCOME_NEAR;
		out->pos = review->worst->origin;
		out->reason = arithmetic(review);
		fill(review, out);
	} else if (review->untested != NULL) {
		out->kind = OUTCOME_UNKNOWN;
		out->is_figure = review->n_tested > 0;
		out->pos = review->untested->origin;
		out->reason = untested_text(review);
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
	limits_put_metric(&text, review->limit->metric);
	text_printf(&text, " by %s is on file, but the policy limits it",
	    strcmp(attribute, "*") == 0 ? "group" : attribute);
	out->reason = limits_keep(judge->arena, &text);
	out->is_whole = out->kind == OUTCOME_ABSENT;
}

/* A limit on one attribute, whose figures begin at first (NULL: none). */
static void
review_attribute(struct judge *judge, const struct fairness_limit *limit,
    const char *attribute, struct figure *first, struct outcome *out)
{
	struct review review = {
		.judge = judge, .limit = limit, .bound = bound_of(limit)
	};
	struct outcome part = { .path = "" };
	struct text text = { 0 };
	struct slice slice;

	text_printf(&text, "%s ", limit->compare);
	bound_put_range(&text, &review.bound);
	review.limit_text = limits_keep(judge->arena, &text);
	part.path = arena_printf(judge->arena, "figures.%s.%s.%s", attribute,
	    limit->metric, limit->compare);
	if (first != NULL) {
		slice = slice_at(first);
		test_slice(&review, &slice);
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
