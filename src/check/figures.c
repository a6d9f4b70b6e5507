#include <string.h>

#include "check/bound.h"
#include "check/limits.h"
#include "check/rows.h"
#include "check/say.h"

/* The evaluators of `figures`: limits, and which figures are on file. */

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
	say_metric(&text, figure->metric);
	if (figure->state == FIGURE_DEFINED) {
		text_putc(&text, ' ');
		bound_put(
		    &text, bound_kind_of(figure->metric), figure->value, NULL);
	}
	if (figure->limit_text != NULL)
		text_printf(&text, ", limit: %s", figure->limit_text);
	if (figure->result == FIGURE_NOT_TESTED && figure->reason != NULL)
		text_printf(&text, ", %s", figure->reason);
	out->reason = say_keep(judge->arena, &text);
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
		limits_emit(judge, &part, out);
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

/* Whether any figure is of a group. */
static bool
has_groups(const struct record *record)
{
	const struct figure *f = record->figures.first;

	while (f != NULL && *f->attribute == '\0')
		f = f->next;
	return f != NULL;
}

/* Limits, and nothing to hold against them: said once for all of them. */
static void
settle_empty(const struct judge *judge, struct outcome *out)
{
	limits_settle_missing(judge, judge->record->figures_unread, out);
	out->is_figure = false;
	out->is_whole = out->kind == OUTCOME_ABSENT;
	out->pos = (struct pos){ judge->record->file, 1, 1 };
	out->reason = "no figure by group is on file, but the policy sets "
		      "limits on them";
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
	if (!has_groups(judge->record)) {
		settle_empty(judge, out);
		return;
	}
	for (size_t i = 0; i < policy->n_limits; i++)
		limits_review(judge, &policy->limits[i], out);
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
	struct text text = { 0 };

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
	limits_settle_missing(judge, judge->record->figures_unread, out);
	text_puts(&text, "no ");
	say_metric(&text, metric);
	if (attribute != NULL)
		text_printf(&text, " by %s", attribute);
	text_puts(&text, " is on file");
	out->value = attribute;
	out->reason = out->found = say_keep(judge->arena, &text);
	if (out->kind == OUTCOME_ABSENT)
		out->reason = NULL;
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
	     f = limits_next_attribute(f)) {
		if (*f->attribute == '\0')
			continue;
		part = (struct outcome){ .path = arena_printf(judge->arena,
					     "figures.%s.%s", f->attribute,
					     check->metric) };
		look_for(judge, f->attribute, check->metric, &part);
		limits_emit(judge, &part, out);
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

	if (judge_look(judge, &check->others->attribute, false, out,
		&attribute) != ANSWER_GIVEN ||
	    judge_look(judge, &check->others->group, false, out, &group) !=
		ANSWER_GIVEN)
		return;
	judge->collects = false;
	judge_limits(judge, &unheard);
	judge_results(judge, attribute->text, group->text, &result);
	judge->collects = collects;
	out->kind = result.kind == OUTCOME_NEAR ? OUTCOME_PASS : result.kind;
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
	case FIGURES_DECLARED:
		rows_judge_declared(judge, out);
		break;
	case FIGURES_ROWS_AT_MOST:
	case FIGURES_ROWS_AT_LEAST:
		rows_judge(judge, check, out);
		break;
	}
}
