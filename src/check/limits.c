#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "check/bound.h"
#include "check/judge.h"
#include "check/kind.h"

/*
 * The fairness figures of a record against the limits of the policy, and its
 * performance measures against their own.  What is undefined or withheld
 * neither passes nor fails: it is not tested, and says why.
 */

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

/* Text of the arena from a text that is let go. */
static const char *
keep(struct arena *arena, struct text *text)
{
	const char *kept = arena_dup(arena, text_str(text), text->n);

	text_free(text);
	return kept;
}

/* Add what one limit says to what all say. */
static void
emit(struct judge *judge, struct outcome *part, struct outcome *out)
{
	if (judge->collects && outcome_is_open(part->kind)) {
		judge_collect(judge, part);
		part->is_collected = true;
	}
	if (part->kind > out->kind)
		*out = *part;
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
	figure->crosses_limit = result->crosses;
	figure->limit_text = review->limit_text;
	figure->limited = review->limit->compare;
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
	struct quantity quantity;
	struct bound_result result;

	if (figure->state != FIGURE_DEFINED ||
	    !quantity_of(review->limit, figure, reference, &quantity)) {
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
	return reference != NULL && reference->state == FIGURE_DEFINED &&
	    figure->state == FIGURE_DEFINED && !figure->has_ratio &&
	    !figure->has_difference;
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

/* "selection rate": a label within a sentence. */
static void
put_metric(struct text *text, const char *metric)
{
	const char *label = metric_label(metric);

	if (isupper((unsigned char)label[0]) &&
	    !isupper((unsigned char)label[1]))
		text_putc(text, (char)tolower((unsigned char)*label++));
	text_puts(text, label);
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

/*
 * "age 18-24: selection rate 56.4% (n 5,204), ratio 0.79 to 40-64, limit at
 * least 0.80".
 */
static const char *
arithmetic(const struct review *review)
{
	const struct figure *f = review->worst;
	const double *limit = &review->at_worst.limit;
	bool is_value = is_compared(review->limit, "value");
	struct text text = { 0 };

	text_printf(&text, "%s %s: ", f->attribute, f->group);
	put_metric(&text, f->metric);
	text_putc(&text, ' ');
	bound_put(
	    &text, bound_kind_of(f->metric), f->value, is_value ? limit : NULL);
	if (!f->n_is_withheld) {
		text_puts(&text, " (n ");
		put_count(&text, f->n);
		text_putc(&text, ')');
	}
	if (!is_value) {
		text_printf(&text, ", %s ", review->limit->compare);
		bound_put(
		    &text, review->bound.kind, review->worst_value, limit);
		text_printf(&text, " to %s",
		    f->reference != NULL ? f->reference : "the reference");
	}
	text_puts(&text, ", limit ");
	bound_put_range(&text, &review->bound);
	if (review->at_worst.crosses)
		text_puts(&text, ", interval crosses limit");
	if (review->n_outside > 1)
		text_printf(
		    &text, "; %zu groups are outside", review->n_outside);
	if (review->n_untested > 0)
		text_printf(&text, "; not tested: %zu", review->n_untested);
	return keep(review->judge->arena, &text);
}

static const char *
untested_text(const struct review *review)
{
	const struct figure *f = review->untested;
	struct text text = { 0 };

	text_printf(&text, "%s %s: ", f->attribute, f->group);
	put_metric(&text, f->metric);
	text_printf(&text, " %s", f->reason);
	if (review->n_untested > 1)
		text_printf(
		    &text, "; %zu groups are not tested", review->n_untested);
	return keep(review->judge->arena, &text);
}

/* Placeholders of the rule's message, for whoever uses them. */
static void
fill(struct review *review, struct outcome *out)
{
	const struct figure *f = review->worst;
	struct arena *arena = review->judge->arena;
	struct text text = { 0 };

	bound_put(&text, review->bound.kind, review->worst_value,
	    &review->at_worst.limit);
	out->value = keep(arena, &text);
	text = (struct text){ 0 };
	bound_put_range(&text, &review->bound);
	out->limit = keep(arena, &text);
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
		out->pos = review->untested->origin;
		out->reason = untested_text(review);
	} else {
		out->kind = OUTCOME_PASS;
	}
}

/* Nothing to judge: absent, unless its file is what could not be read. */
static void
settle_missing(const struct judge *judge, bool is_unread, struct outcome *out)
{
	out->is_reported = is_unread;
	out->kind =
	    judge->in_when || is_unread ? OUTCOME_UNKNOWN : OUTCOME_ABSENT;
}

static void
settle_nothing(
    const struct review *review, const char *attribute, struct outcome *out)
{
	struct judge *judge = review->judge;

	settle_missing(judge, judge->record->figures_unread, out);
	out->pos = (struct pos){ judge->record->file, 1, 1 };
	out->reason = arena_printf(judge->arena, "no %s by %s is on file",
	    metric_label(review->limit->metric),
	    strcmp(attribute, "*") == 0 ? "group" : attribute);
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
	review.limit_text = keep(judge->arena, &text);
	part.path = arena_printf(judge->arena, "figures.%s.%s.%s", attribute,
	    limit->metric, limit->compare);
	if (first != NULL) {
		slice = slice_at(first);
		test_slice(&review, &slice);
		settle_review(&review, &part);
	} else {
		settle_nothing(&review, attribute, &part);
	}
	emit(judge, &part, out);
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

static struct figure *
next_attribute(struct figure *figure)
{
	const char *attribute = figure->attribute;

	while (figure != NULL && strcmp(figure->attribute, attribute) == 0)
		figure = figure->next;
	return figure;
}

static void
review_limit(struct judge *judge, const struct fairness_limit *limit,
    struct outcome *out)
{
	bool is_all = strcmp(limit->attribute, "*") == 0;
	bool is_found = false;

	for (struct figure *f = judge->record->figures.first; f != NULL;
	     f = next_attribute(f)) {
		if (*f->attribute == '\0' ||
		    (!is_all && strcmp(limit->attribute, f->attribute) != 0))
			continue;
		is_found = true;
		review_attribute(judge, limit, f->attribute,
		    find_metric(f, limit->metric), out);
	}
	if (!is_found)
		review_attribute(judge, limit, limit->attribute, NULL, out);
}

/* A result that a figure carries already. */
static void
settle_result(
    struct judge *judge, const struct figure *figure, struct outcome *out)
{
	static const enum outcome_kind kinds[] = {
		[FIGURE_NO_LIMIT] = OUTCOME_PASS,
		[FIGURE_REFERENCE] = OUTCOME_PASS,
		[FIGURE_WITHIN] = OUTCOME_PASS,
		[FIGURE_NEAR] = OUTCOME_NEAR,
		[FIGURE_NOT_TESTED] = OUTCOME_UNKNOWN,
		[FIGURE_OUTSIDE] = OUTCOME_FAIL,
	};
	struct text text = { 0 };

	out->kind = kinds[figure->result];
	out->is_figure = true;
	out->pos = figure->origin;
	if (out->kind == OUTCOME_PASS)
		return;
	text_printf(&text, "%s %s: ", figure->attribute, figure->group);
	put_metric(&text, figure->metric);
	if (figure->state == FIGURE_DEFINED) {
		text_putc(&text, ' ');
		bound_put(
		    &text, bound_kind_of(figure->metric), figure->value, NULL);
	}
	if (figure->limit_text != NULL)
		text_printf(&text, ", limit: %s", figure->limit_text);
	if (figure->result == FIGURE_NOT_TESTED && figure->reason != NULL)
		text_printf(&text, ", %s", figure->reason);
	out->reason = keep(judge->arena, &text);
}

/*
 * The results that figures carry: of the attribute and group, or of all when
 * these are NULL.  Unknown where no figure has one.
 */
static void
judge_results(struct judge *judge, const char *attribute, const char *group,
    struct outcome *out)
{
	bool is_judged = false;

	out->kind = OUTCOME_PASS;
	for (const struct figure *f = judge->record->figures.first; f != NULL;
	     f = f->next) {
		struct outcome part = { .path = "" };

		if ((attribute != NULL &&
			strcmp(f->attribute, attribute) != 0) ||
		    (group != NULL && strcmp(f->group, group) != 0) ||
		    f->result == FIGURE_NO_LIMIT)
			continue;
		is_judged = true;
		settle_result(judge, f, &part);
		part.path = arena_printf(judge->arena, "figures.%s.%s.%s",
		    f->attribute, f->metric, f->group);
		emit(judge, &part, out);
	}
	if (is_judged)
		return;
	out->kind = OUTCOME_UNKNOWN;
	out->is_figure = false;
	out->pos = (struct pos){ judge->record->file, 1, 1 };
	out->reason = group != NULL ?
	    arena_printf(judge->arena, "no figure of %s %s has a limit",
		attribute, group) :
	    "no limit is set on fairness figures";
}

static void
judge_limits(struct judge *judge, struct outcome *out)
{
	const struct policy *policy = judge->policy;

	out->kind = OUTCOME_PASS;
	out->is_figure = true;
	if (policy->n_limits == 0) {
		judge_results(judge, NULL, NULL, out);
		return;
	}
	for (size_t i = 0; i < policy->n_limits; i++)
		review_limit(judge, &policy->limits[i], out);
}

/*
 * Whether the metric is on file: of the named attribute, or of any when the
 * name is NULL.
 */
static void
look_for(struct judge *judge, const char *attribute, const char *metric,
    struct outcome *out)
{
	const struct figure *found = NULL;

	for (const struct figure *f = judge->record->figures.first; f != NULL;
	     f = f->next) {
		if (*f->attribute == '\0' || strcmp(f->metric, metric) != 0 ||
		    (attribute != NULL && strcmp(f->attribute, attribute) != 0))
			continue;
		found = f;
		if (f->state == FIGURE_DEFINED) {
			out->kind = OUTCOME_PASS;
			return;
		}
	}
	out->pos = (struct pos){ judge->record->file, 1, 1 };
	if (found != NULL) {
		out->kind = OUTCOME_UNKNOWN;
		out->pos = found->origin;
		out->reason = found->reason;
		return;
	}
	settle_missing(judge, judge->record->figures_unread, out);
	out->reason = arena_printf(judge->arena, "no %s%s%s is on file",
	    metric_label(metric), attribute != NULL ? " by " : "",
	    attribute != NULL ? attribute : "");
}

/* The attribute's name that an item of `each` is about, or NULL. */
static const char *
name_of_item(const struct field *item)
{
	if (item->text != NULL)
		return item->text;
	for (const struct field *f = item->first; f != NULL; f = f->next)
		if (strcmp(f->term->key, KEY_NAME) == 0 &&
		    f->answer == ANSWER_GIVEN)
			return f->text;
	return NULL;
}

static void
judge_attribute(
    struct judge *judge, const struct check *check, struct outcome *out)
{
	const char *name =
	    check->item != NULL ? name_of_item(judge->item) : NULL;
	struct outcome part;

	if (name != NULL) {
		look_for(judge, name, check->metric, out);
		out->path = judge->item->path;
		if (out->kind == OUTCOME_ABSENT)
			out->pos = judge->item->pos;
		return;
	}
	look_for(judge, NULL, check->metric, out);
	if (out->kind == OUTCOME_ABSENT || out->kind == OUTCOME_UNKNOWN)
		return;
	for (struct figure *f = judge->record->figures.first; f != NULL;
	     f = next_attribute(f)) {
		if (*f->attribute == '\0')
			continue;
		part = (struct outcome){ .path = arena_printf(judge->arena,
					     "figures.%s.%s", f->attribute,
					     check->metric) };
		look_for(judge, f->attribute, check->metric, &part);
		emit(judge, &part, out);
	}
}

/*
 * The figures of the attribute and group that two fields name.  Where one of
 * the fields is absent there is nothing to look at.  All results are set
 * first; what other groups have done is no matter here.
 */
static void
judge_within(
    struct judge *judge, const struct check *check, struct outcome *out)
{
	const struct field *attribute, *group;
	struct outcome unheard = { .path = "" }, result = { .path = "" };
	bool collects = judge->collects;

	if (judge_look(judge, &check->attribute, false, out, &attribute) !=
		ANSWER_GIVEN ||
	    judge_look(judge, &check->group, false, out, &group) !=
		ANSWER_GIVEN)
		return;
	judge->collects = false;
	judge_limits(judge, &unheard);
	judge_results(judge, attribute->text, group->text, &result);
	judge->collects = collects;
	out->kind = result.kind;
	out->reason = result.reason;
}

void
judge_figures(
    struct judge *judge, const struct check *check, struct outcome *out)
{
	switch (check->figures) {
	case FIGURES_LIMITS:
		judge_limits(judge, out);
		break;
	case FIGURES_DEFINED:
		look_for(judge, NULL, check->metric, out);
		break;
	case FIGURES_ATTRIBUTE_HAS:
		judge_attribute(judge, check, out);
		break;
	case FIGURES_WITHIN:
		judge_within(judge, check, out);
		break;
	}
}

static const char *
measure_text(struct judge *judge, const struct measure *measure,
    const struct bound *bound, const struct bound_result *result)
{
	struct text text = { 0 };

	text_puts(
	    &text, measure->label != NULL ? measure->label : measure->name);
	if (measure->data_set != NULL && *measure->data_set != '\0')
		text_printf(&text, " on %s", measure->data_set);
	text_putc(&text, ' ');
	bound_put(&text, bound->kind, measure->value, &result->limit);
	text_puts(&text, ", limit ");
	bound_put_range(&text, bound);
	if (result->crosses)
		text_puts(&text, ", interval crosses limit");
	return keep(judge->arena, &text);
}

static void
review_measure(
    struct judge *judge, struct measure *measure, struct outcome *out)
{
	struct bound bound = { .kind = bound_kind_of(measure->name),
		.has_least = measure->has_least,
		.has_most = measure->has_most,
		.least = measure->least,
		.most = measure->most };
	struct quantity quantity = { measure->value, measure->has_interval,
		measure->lower, measure->upper };
	struct bound_result result =
	    bound_compare(&bound, &quantity, judge->policy->judge_by_interval);
	struct outcome part = { .path = "", .is_figure = true };

	measure->result = result.result;
	part.kind = result.result == FIGURE_OUTSIDE ? OUTCOME_FAIL :
	    result.result == FIGURE_NEAR            ? OUTCOME_NEAR :
						      OUTCOME_PASS;
	part.pos = measure->origin;
	part.path = arena_printf(judge->arena, "measures.%s%s%s", measure->name,
	    measure->data_set != NULL ? "." : "",
	    measure->data_set != NULL ? measure->data_set : "");
	if (part.kind != OUTCOME_PASS)
		part.reason = measure_text(judge, measure, &bound, &result);
	emit(judge, &part, out);
}

void
judge_measures(
    struct judge *judge, const struct check *check, struct outcome *out)
{
	size_t n = 0;

	(void)check;
	out->kind = OUTCOME_PASS;
	out->is_figure = true;
	for (struct measure *m = judge->record->measures; m != NULL;
	     m = m->next)
		if (m->has_least || m->has_most) {
			review_measure(judge, m, out);
			n++;
		}
	if (n > 0)
		return;
	settle_missing(judge, judge->record->measures_unread, out);
	out->pos = (struct pos){ judge->record->file, 1, 1 };
	out->reason = judge->record->measures == NULL ?
	    "no performance measure is on file" :
	    "no performance measure has a limit";
}
