#include <string.h>

#include "check/found.h"
#include "check/judge.h"
#include "check/parse.h"
#include "check/words.h"

/* The evaluators that set a day or a value against another. */

/* Months begun between two days, the later one last. */
static int
months_between(date earlier, date later)
{
	int y1, m1, d1, y2, m2, d2, months;

	date_parts(earlier, &y1, &m1, &d1);
	date_parts(later, &y2, &m2, &d2);
	months = (y2 - y1) * 12 + m2 - m1;
	return d2 < d1 ? months - 1 : months;
}

static void
judge_age_in_months(struct judge *judge, const struct check *check, date day,
    struct outcome *out)
{
	int most = check->max_age_months == MAX_AGE_POLICY ?
	    judge->policy->max_age_months :
	    check->max_age_months;
	date as_of = judge->policy->as_of;

	if (most <= 0)
		return;
	judge_turn(judge, date_add_months(day, most) + 1);
	if (date_add_months(day, most) >= as_of)
		return;
	out->kind = OUTCOME_FAIL;
	out->is_aged = true;
	out->unit = "months";
	out->age = judge_number_text(judge->arena, months_between(day, as_of));
	out->limit = judge_number_text(judge->arena, most);
	out->found = arena_printf(
	    judge->arena, "%s is over %s months ago", out->value, out->limit);
}

static void
judge_age_in_days(struct judge *judge, const struct check *check, date day,
    struct outcome *out)
{
	date age = judge->policy->as_of - day;

	judge_turn(judge, day + check->max_age_days + 1);
	if (age <= check->max_age_days)
		return;
	out->kind = OUTCOME_FAIL;
	out->unit = "days";
	out->age = judge_number_text(judge->arena, age);
	out->limit = judge_number_text(judge->arena, check->max_age_days);
	out->found = arena_printf(
	    judge->arena, "%s is over %s days ago", out->value, out->limit);
}

/* The day of a bound with what is added to it. */
static date
shift(const struct check *check, date day)
{
	if (check->plus_months != 0)
		day = date_add_months(day, check->plus_months);
	return day + check->plus_days;
}

static void
judge_end(struct judge *judge, const struct check *check,
    const struct operand *operand, date day, struct outcome *out)
{
	bool is_from = operand == &check->others->from;
	const struct field *field;
	struct outcome other;
	enum other known;
	date end = operand->day;

	if (operand->kind == OPERAND_NONE || out->kind != OUTCOME_PASS)
		return;
	if (operand->kind == OPERAND_PATH) {
		known = judge_look_other(judge, operand, &other, &field);
		if (known == OTHER_UNKNOWN)
			*out = other;
		if (known != OTHER_KNOWN)
			return;
		end = field->day;
	}
	end = shift(check, end);
	if (is_from ? day >= end : day <= end)
		return;
	out->kind = OUTCOME_FAIL;
	if (operand->kind == OPERAND_PATH)
		out->other_pos = other.pos;
	out->other = out->limit = judge_date_text(judge->arena, end);
	out->found = arena_printf(judge->arena, "%s is %s %s", out->value,
	    is_from ? "before" : "after", out->other);
}

static void
judge_side(struct judge *judge, const struct check *check, date day,
    struct outcome *out)
{
	date as_of = judge->policy->as_of;
	bool is_late = check->past == PAST_YES && day > as_of;
	bool is_early = check->past == PAST_NO && day < as_of;

	if (check->past == PAST_YES)
		judge_turn(judge, day);
	if (check->past == PAST_NO)
		judge_turn(judge, day + 1);
	if (!is_late && !is_early)
		return;
	out->kind = OUTCOME_FAIL;
	out->limit = judge_date_text(judge->arena, as_of);
	out->found = arena_printf(judge->arena, "%s lies in the %s", out->value,
	    is_late ? "future" : "past");
}

void
judge_date(struct judge *judge, const struct check *check, struct outcome *out)
{
	const struct field *field = judge_want(judge, &check->field, out);

	if (field == NULL)
		return;
	out->value = judge_date_text(judge->arena, field->day);
	out->kind = OUTCOME_PASS;
	judge_side(judge, check, field->day, out);
	judge_end(judge, check, &check->others->from, field->day, out);
	judge_end(judge, check, &check->others->until, field->day, out);
	if (out->kind == OUTCOME_PASS && check->max_age_months != 0)
		judge_age_in_months(judge, check, field->day, out);
	if (out->kind == OUTCOME_PASS && check->max_age_days != 0)
		judge_age_in_days(judge, check, field->day, out);
}

/* -1, 0 or 1 as the left value is below, the same or above. */
static int
order(const struct field *left, const struct operand *right,
    const struct field *other)
{
	char family = parse_family(left->term->type);
	double a = left->number;
	double b = other != NULL ? other->number : right->number;

	if (family == 'd') {
		a = left->day;
		b = other != NULL ? other->day : right->day;
	}
	if (family == 't')
		return strcmp(
		    left->text, other != NULL ? other->text : right->text);
	return (a > b) - (a < b);
}

static bool
relates(enum relation relation, int order)
{
	switch (relation) {
	case RELATION_SAME:
		return order == 0;
	case RELATION_DIFFERENT:
		return order != 0;
	case RELATION_BELOW:
		return order < 0;
	case RELATION_ABOVE:
		return order > 0;
	case RELATION_AT_MOST:
		return order <= 0;
	case RELATION_AT_LEAST:
		return order >= 0;
	case RELATION_CONTAINING:
		break;
	}
	return false;
}

static bool
is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	    (unsigned char)c >= 0x80;
}

/*
 * Whether a text holds another as whole words, in any case of letters; "4.2"
 * does not stand in "4.2.0".
 */
static bool
contains(struct arena *arena, const char *text, const char *part)
{
	size_t n = strlen(part);
	const char *begin;

	text = words_fold(arena, text);
	part = words_fold(arena, part);
	begin = text;
	for (const char *at = text; (at = strstr(at, part)) != NULL; at++) {
		char after = at[n] == '.' ? at[n + 1] : at[n];

		if ((at == begin || !is_word_byte(at[-1])) &&
		    !is_word_byte(after))
			return true;
	}
	return false;
}

/* A right side without a value: from "none" everything is different. */
static void
settle_other(struct judge *judge, const struct check *check,
    const struct outcome *other, struct outcome *out)
{
	if (other->value != NULL) {
		judge_decide(judge, check->relation == RELATION_DIFFERENT, out);
		return;
	}
	out->kind = other->kind == OUTCOME_NOT_APPLICABLE ?
	    OUTCOME_NOT_APPLICABLE :
	    OUTCOME_UNKNOWN;
	out->is_reported = other->is_reported;
	out->reason = other->kind != OUTCOME_ABSENT && other->reason != NULL ?
	    other->reason :
	    arena_printf(judge->arena, "\"%s\" is not on file",
		check->others->right.path.term->label);
}

void
judge_compare(
    struct judge *judge, const struct check *check, struct outcome *out)
{
	const struct field *left = judge_want(judge, &check->field, out);
	const struct operand *operand = &check->others->right;
	const struct field *right = NULL;
	struct outcome other;

	if (left == NULL)
		return;
	out->other = operand->text;
	if (operand->kind == OPERAND_PATH) {
		if (judge_look_other(judge, operand, &other, &right) !=
		    OTHER_KNOWN) {
			settle_other(judge, check, &other, out);
			return;
		}
		out->other = other.value;
	}
	out->kind =
	    (check->relation == RELATION_CONTAINING ?
		    contains(judge->arena, left->text,
			right != NULL ? right->text : operand->text) :
		    relates(check->relation, order(left, operand, right))) ?
	    OUTCOME_PASS :
	    OUTCOME_FAIL;
	out->limit = out->other;
	if (right != NULL)
		out->other_pos = right->pos;
	if (out->kind == OUTCOME_FAIL)
		out->found = arena_printf(
		    judge->arena, "%s against %s", out->value, out->other);
}
