#include "check/review.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "base/text.h"
#include "check/say.h"

#define POWER_ENOUGH 0.8 /* design/metrics.md, section 4 */

bool
review_hides(const struct review *review, const struct figure *figure)
{
	const struct figure *reference = review->against.reference;

	return figure->hidden != NULL ||
	    (!review->against.is_own && reference != NULL &&
		reference->hidden != NULL);
}

/* The group that the worst figure is compared with. */
static const char *
reference_name(const struct review *review)
{
	if (!review->against.is_own)
		return review->against.reference->group;
	return review->worst->reference != NULL ? review->worst->reference :
						  "the reference";
}

static void
put_range(struct text *text, const struct review *review)
{
	if (review->bound.has_least || review->bound.has_most)
		bound_put_range(text, &review->bound);
	else
		text_puts(text, "not significant");
}

void
review_name(struct review *review)
{
	const struct fairness_limit *limit = review->limit;
	struct text text = { 0 };

	review->compare = limit->compare;
	if (against_is(limit, "difference") && limit->side == LIMIT_LOW)
		review->compare = "shortfall";
	else if (against_is(limit, "difference") && limit->side == LIMIT_HIGH)
		review->compare = "excess";
	text_printf(&text, "%s ", review->compare);
	if (limit->reference != NULL)
		text_printf(&text, "to %s ", limit->reference);
	put_range(&text, review);
	review->limit_text = say_keep(review->judge->arena, &text);
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
	bool is_value = against_is(review->limit, "value");

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
	text_printf(text, ", %s ", review->compare);
	bound_put(text, review->bound.kind, review->worst_value, limit);
	text_printf(text, " to %s", reference_name(review));
}

/* The comparison of a figure with the reference of the limit, or NULL. */
static const struct disparity *
evidence_of(const struct review *review, const struct figure *figure)
{
	const struct disparity_table *table = review->limit->evidence;
	const struct figure *reference = review->against.reference;
	const struct disparity_family *f = table != NULL ? table->first : NULL;
	const struct disparity *d;

	while (f != NULL &&
	    (strcmp(f->attribute, figure->attribute) != 0 ||
		strcmp(f->metric, figure->metric) != 0))
		f = f->next;
	if (f == NULL || reference == NULL ||
	    strcmp(f->reference, reference->group) != 0)
		return NULL;
	for (d = f->first; d != NULL; d = d->next)
		if (strcmp(d->group.group, figure->group) == 0)
			break;
	return d;
}

/* Whether the group lies on the side that the limit looks at. */
static bool
is_on_side(const struct fairness_limit *limit, const struct disparity *d)
{
	if (limit->side == LIMIT_LOW)
		return d->difference < 0;
	return limit->side != LIMIT_HIGH || d->difference > 0;
}

static bool
is_significant(const struct review *review, const struct disparity *d)
{
	return d->p_adjusted < 1 - review->judge->policy->confidence &&
	    is_on_side(review->limit, d);
}

const char *
review_weigh(const struct review *review, const struct figure *figure,
    struct bound_result *result)
{
	const struct disparity *d = evidence_of(review, figure);
	bool by_size = review->rule == LIMIT_FINDING;
	bool is_beyond = by_size && result->excess > 0;
	bool is_proved;

	if (d == NULL || d->test == NULL)
		return "not enough data: there are no counts to test it with";
	is_proved = is_significant(review, d);
	if (is_proved && (is_beyond || !by_size))
		result->result = FIGURE_OUTSIDE;
	else if (is_proved || is_beyond)
		result->result = FIGURE_NEAR;
	else if (!d->has_power || d->power < POWER_ENOUGH)
		return "not enough data: too few rows to see a difference";
	else
		result->result = FIGURE_WITHIN;
	if (!by_size)
		result->excess = 1 - d->p_adjusted;
	return NULL;
}

/* ", adjusted p 0.012 (Holm over 3 tests), within the limit" */
static void
put_evidence(const struct review *review, struct text *text)
{
	const struct disparity *d = evidence_of(review, review->worst);
	const char *more = "";
	char p[NUM_SIZE];

	if (!limit_rule_tests(review->rule) || d == NULL)
		return;
	num_write_fixed(fmax(d->p_adjusted, 0.001), 3, p);
	if (review->at_worst.result == FIGURE_NEAR)
		more = is_significant(review, d) ?
		    ", significant but not beyond the limit" :
		    ", beyond the limit but not significant";
	text_printf(text, ", p %s%s", d->p_adjusted < 0.001 ? "<" : "", p);
	if (d->adjustment != NULL)
		text_printf(text, " (%s over %zu %s)", d->adjustment, d->family,
		    d->family == 1 ? "test" : "tests");
	text_puts(text, more);
}

/*
 * "age 18-24: selection rate 56.4% (n 5,204), ratio 0.79 to 40-64, limit at
 * least 0.80"; of a figure that is hidden, which limit and why no number.
 */
const char *
review_arithmetic(const struct review *review)
{
	const struct figure *f = review->worst;
	bool is_hidden = review_hides(review, f);
	struct text text = { 0 };

	text_printf(&text, "%s %s: ", f->attribute, f->group);
	say_metric(&text, f->metric);
	if (!is_hidden)
		put_arithmetic(review, &text);
	else
		text_printf(&text, ", %s, not shown (%s)", review->compare,
		    f->reason != NULL ? f->reason :
					"its reference is withheld");
	if (!is_hidden)
		put_evidence(review, &text);
	text_puts(&text, ", limit ");
	put_range(&text, review);
	if (!is_hidden && review->at_worst.crosses)
		text_puts(&text, ", interval crosses limit");
	if (review->n_outside > 1)
		text_printf(
		    &text, "; %zu groups are outside", review->n_outside);
	if (review->n_untested > 0)
		text_printf(&text, "; not tested: %zu", review->n_untested);
	return say_keep(review->judge->arena, &text);
}

const char *
review_untested(const struct review *review)
{
	const struct figure *f = review->untested;
	struct text text = { 0 };

	text_printf(&text, "%s %s: %s", f->attribute, f->group,
	    review->why_untested != NULL ? "" : "no ");
	say_metric(&text, f->metric);
	if (review->why_untested != NULL)
		text_printf(&text, " is not judged, %s", review->why_untested);
	else
		text_printf(&text, " (%s)", f->reason);
	if (review->n_untested > 1)
		text_printf(
		    &text, "; %zu groups are not tested", review->n_untested);
	return say_keep(review->judge->arena, &text);
}

void
review_fill(const struct review *review, struct outcome *out)
{
	const struct figure *f = review->worst;
	struct arena *arena = review->judge->arena;
	struct text text = { 0 };

	if (!review_hides(review, f))
		bound_put(&text, review->bound.kind, review->worst_value,
		    &review->at_worst.limit);
	else
		text_puts(&text, "not shown");
	out->value = say_keep(arena, &text);
	text = (struct text){ 0 };
	put_range(&text, review);
	out->limit = say_keep(arena, &text);
	out->other = reference_name(review);
	out->missing = arena_printf(arena, "%s %s", f->attribute, f->group);
}
