#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "check/judge.h"
#include "check/kind.h"
#include "check/parse.h"
#include "check/substance.h"

/* The evaluators of checks on single fields and lists. */

static const char *
number_text(struct arena *arena, double number)
{
	char text[NUM_SIZE];

	num_write(number, text);
	return arena_str(arena, text);
}

static const char *
date_text(struct arena *arena, date day)
{
	char text[DATE_SIZE];

	date_write(day, text);
	return arena_str(arena, text);
}

/*
 * The field of a check that wants a value: NULL when the outcome is settled.
 * "None" is an answer, but it is no value.
 */
static const struct field *
want_value(struct judge *judge, const struct path *path, struct outcome *out)
{
	const struct field *field;
	enum answer answer = judge_look(judge, path, false, out, &field);

	if (answer == ANSWER_GIVEN) {
		if (!field->is_list)
			out->value = judge_show(judge->arena, field);
		return field;
	}
	if (answer == ANSWER_NONE) {
		out->kind = OUTCOME_FAIL;
		out->value = "none";
		out->found = "answered with none";
	}
	return NULL;
}

void
judge_present(
    struct judge *judge, const struct check *check, struct outcome *out)
{
	const struct field *field;
	enum answer answer =
	    judge_look(judge, &check->field, true, out, &field);

	if (answer == ANSWER_GIVEN || answer == ANSWER_NONE)
		out->kind = OUTCOME_PASS;
}

void
judge_substance(
    struct judge *judge, const struct check *check, struct outcome *out)
{
	const struct field *field;
	struct substance_result result;
	enum answer answer =
	    judge_look(judge, &check->field, true, out, &field);

	if (answer == ANSWER_NONE)
		out->kind = OUTCOME_PASS;
	if (answer != ANSWER_GIVEN)
		return;
	if (judge->substance == NULL)
		judge->substance =
		    substance_new(judge->arena, judge->record->top);
	result = substance_of(judge->substance, field, check->words);
	out->kind = result.reason == NULL ? OUTCOME_PASS : OUTCOME_FAIL;
	if (result.is_placeholder)
		out->kind = judge->in_when || judge->in_not ? OUTCOME_FAIL :
							      OUTCOME_ABSENT;
	out->reason = result.is_short ? NULL : result.reason;
	out->found = result.reason;
	out->value = judge_show(judge->arena, field);
	out->count = number_text(judge->arena, (double)result.words);
	out->limit = number_text(judge->arena, (double)check->words);
}

static void
decide(struct judge *judge, bool passes, struct outcome *out)
{
	out->kind = passes ? OUTCOME_PASS : OUTCOME_FAIL;
	if (!passes && out->value != NULL)
		out->found =
		    arena_printf(judge->arena, "found \"%s\"", out->value);
}

static void
judge_fact(struct judge *judge, const struct check *check, bool wanted,
    struct outcome *out)
{
	const struct field *field;
	enum answer answer =
	    judge_look(judge, &check->field, false, out, &field);

	if (answer == ANSWER_GIVEN)
		out->value = judge_show(judge->arena, field);
	if (answer == ANSWER_GIVEN)
		decide(judge, (field->number > 0) == wanted, out);
	if (answer == ANSWER_NONE)
		decide(judge, !wanted, out);
	out->is_guard = out->kind == OUTCOME_FAIL && !wanted;
}

void
judge_yes(struct judge *judge, const struct check *check, struct outcome *out)
{
	judge_fact(judge, check, true, out);
}

void
judge_no(struct judge *judge, const struct check *check, struct outcome *out)
{
	judge_fact(judge, check, false, out);
}

static bool
is_in_set(const struct check *check, const char *word)
{
	for (size_t i = 0; word != NULL && i < check->n_values; i++)
		if (strcmp(check->values[i], word) == 0)
			return true;
	return false;
}

/*
 * The first item, or the scalar itself, that is in the set; *spoilt tells
 * whether an item could not be read, so that its absence proves nothing.
 */
static const struct field *
find_in_set(const struct check *check, const struct field *field, bool *spoilt)
{
	*spoilt = false;
	if (!field->is_list)
		return is_in_set(check, field->text) ? field : NULL;
	for (const struct field *f = field->first; f != NULL; f = f->next) {
		if (f->answer == ANSWER_INVALID)
			*spoilt = true;
		else if (is_in_set(check, f->text))
			return f;
	}
	return NULL;
}

static void
judge_set(struct judge *judge, const struct check *check, bool wanted,
    struct outcome *out)
{
	const struct field *field = want_value(judge, &check->field, out);
	const struct field *found;
	bool spoilt;

	if (field == NULL) {
		/* Where there are none, none is in the set. */
		if (out->value != NULL && !wanted)
			out->kind = OUTCOME_PASS;
		return;
	}
	found = find_in_set(check, field, &spoilt);
	if (found == NULL && spoilt) {
		out->kind = OUTCOME_UNKNOWN;
		out->reason = "an item of the list could not be read";
		return;
	}
	if (found != NULL && found != field) {
		out->value = judge_show(judge->arena, found);
		out->pos = found->pos;
	}
	decide(judge, (found != NULL) == wanted, out);
	out->is_guard = out->kind == OUTCOME_FAIL && !wanted;
}

void
judge_one_of(
    struct judge *judge, const struct check *check, struct outcome *out)
{
	judge_set(judge, check, true, out);
}

void
judge_none_of(
    struct judge *judge, const struct check *check, struct outcome *out)
{
	judge_set(judge, check, false, out);
}

static void
match(struct judge *judge, const struct check *check, const struct field *field,
    struct outcome *out)
{
	int rc = pattern_match(check->pattern, field->text, strlen(field->text),
	    field->pos, judge->diags);

	out->value = judge_show(judge->arena, field);
	out->pos = field->pos;
	decide(judge, rc == 1, out);
	if (rc != -1)
		return;
	out->kind = OUTCOME_ERROR;
	out->reason = "the pattern reached its limit";
}

void
judge_matches(
    struct judge *judge, const struct check *check, struct outcome *out)
{
	const struct field *field = want_value(judge, &check->field, out);

	if (field == NULL)
		return;
	if (!field->is_list && field->text != NULL) {
		match(judge, check, field, out);
		return;
	}
	out->kind = OUTCOME_PASS;
	for (const struct field *f = field->first;
	     f != NULL && out->kind == OUTCOME_PASS; f = f->next)
		if (f->answer == ANSWER_GIVEN && f->text != NULL)
			match(judge, check, f, out);
}

/* Settle a number against the bounds of the check. */
static void
bound(struct judge *judge, const struct check *check, double number,
    struct outcome *out)
{
	bool is_low = check->has_least && !(number >= check->least);
	bool is_high = check->has_most && !(number <= check->most);

	out->kind = is_low || is_high ? OUTCOME_FAIL : OUTCOME_PASS;
	if (is_low || is_high)
		out->limit = number_text(
		    judge->arena, is_low ? check->least : check->most);
	if (is_low || is_high)
		out->found = arena_printf(judge->arena, "%s is %s %s",
		    number_text(judge->arena, number),
		    is_low ? "below" : "above", out->limit);
}

void
judge_number(
    struct judge *judge, const struct check *check, struct outcome *out)
{
	const struct field *field = want_value(judge, &check->field, out);

	if (field != NULL)
		bound(judge, check, field->number, out);
}

/* Items that say something; one that could not be read is not known. */
static size_t
count_items(const struct field *list, bool *spoilt)
{
	size_t n = 0;

	for (const struct field *f = list->first; f != NULL; f = f->next) {
		n += judge_holds(f) ? 1 : 0;
		*spoilt = *spoilt || f->answer == ANSWER_INVALID;
	}
	return n;
}

/* Whether entries that could not be read might change the answer. */
static bool
is_undecided(const struct check *check, const struct outcome *out)
{
	return out->kind == OUTCOME_PASS ? check->has_most : check->has_least;
}

void
judge_count(struct judge *judge, const struct check *check, struct outcome *out)
{
	bool is_condition = judge->in_when || judge->in_not;
	const struct field *field;
	bool spoilt = false;
	size_t n = 0;
	enum answer answer =
	    judge_look(judge, &check->field, true, out, &field);

	if (answer == ANSWER_NOT_APPLICABLE || answer == ANSWER_INVALID)
		return;
	if (answer == ANSWER_GIVEN)
		n = count_items(field, &spoilt);
	bound(judge, check, (double)n, out);
	out->count = number_text(judge->arena, (double)n);
	if (spoilt && is_undecided(check, out)) {
		out->kind = OUTCOME_UNKNOWN;
		out->reason = "an item of the list could not be read";
	} else if (out->kind == OUTCOME_PASS) {
		out->reason = NULL;
	} else if (answer == ANSWER_PLACEHOLDER && !is_condition) {
		out->kind = OUTCOME_ABSENT;
		out->found = NULL;
	}
}

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

	if (most <= 0 || date_add_months(day, most) >= as_of)
		return;
	out->kind = OUTCOME_FAIL;
	out->is_aged = true;
	out->unit = "months";
	out->age = number_text(judge->arena, months_between(day, as_of));
	out->limit = number_text(judge->arena, most);
	out->found = arena_printf(
	    judge->arena, "%s is over %s months ago", out->value, out->limit);
}

static void
judge_age_in_days(struct judge *judge, const struct check *check, date day,
    struct outcome *out)
{
	date age = judge->policy->as_of - day;

	if (age <= check->max_age_days)
		return;
	out->kind = OUTCOME_FAIL;
	out->unit = "days";
	out->age = number_text(judge->arena, age);
	out->limit = number_text(judge->arena, check->max_age_days);
	out->found = arena_printf(
	    judge->arena, "%s is over %s days ago", out->value, out->limit);
}

/* What is known of the other side of a comparison. */
enum other { OTHER_KNOWN, OTHER_NONE, OTHER_ABSENT, OTHER_UNKNOWN };

/*
 * The field that an operand names.  Where it is not there, another rule finds
 * that; where it is not readable, nothing can be said.
 */
static enum other
look_other(struct judge *judge, const struct operand *operand,
    struct outcome *other, const struct field **field)
{
	memset(other, 0, sizeof(*other));
	other->path = "";
	*field = want_value(judge, &operand->path, other);
	if (*field != NULL)
		return OTHER_KNOWN;
	if (other->value != NULL)
		return OTHER_NONE;
	return other->kind == OUTCOME_UNKNOWN ? OTHER_UNKNOWN : OTHER_ABSENT;
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
	bool is_from = operand == &check->from;
	const struct field *field;
	struct outcome other;
	enum other known;
	date end = operand->day;

	if (operand->kind == OPERAND_NONE || out->kind != OUTCOME_PASS)
		return;
	if (operand->kind == OPERAND_PATH) {
		known = look_other(judge, operand, &other, &field);
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
	out->other = out->limit = date_text(judge->arena, end);
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

	if (!is_late && !is_early)
		return;
	out->kind = OUTCOME_FAIL;
	out->limit = date_text(judge->arena, as_of);
	out->found = arena_printf(judge->arena, "%s lies in the %s", out->value,
	    is_late ? "future" : "past");
}

void
judge_date(struct judge *judge, const struct check *check, struct outcome *out)
{
	const struct field *field = want_value(judge, &check->field, out);

	if (field == NULL)
		return;
	out->value = date_text(judge->arena, field->day);
	out->kind = OUTCOME_PASS;
	judge_side(judge, check, field->day, out);
	judge_end(judge, check, &check->from, field->day, out);
	judge_end(judge, check, &check->until, field->day, out);
	if (out->kind == OUTCOME_PASS && check->max_age_months != 0)
		judge_age_in_months(judge, check, field->day, out);
	if (out->kind == OUTCOME_PASS && check->max_age_days != 0)
		judge_age_in_days(judge, check, field->day, out);
}

/* Whether the item's key, or the item itself, holds the word. */
static bool
item_says(const struct field *item, const struct term *key, const char *word,
    bool *spoilt)
{
	const struct field *field = item;

	if (key != NULL && item->answer == ANSWER_GIVEN)
		for (field = item->first; field != NULL && field->term != key;)
			field = field->next;
	if (field == NULL)
		return false;
	*spoilt = *spoilt || field->answer == ANSWER_INVALID;
	if (field->answer != ANSWER_GIVEN)
		return false;
	if (!field->is_list)
		return field->text != NULL && strcmp(field->text, word) == 0;
	for (const struct field *f = field->first; f != NULL; f = f->next)
		if (f->answer == ANSWER_GIVEN && f->text != NULL &&
		    strcmp(f->text, word) == 0)
			return true;
	return false;
}

static bool
list_says(const struct field *list, const struct term *key, const char *word,
    bool *spoilt)
{
	for (const struct field *f = list->first; f != NULL; f = f->next)
		if (item_says(f, key, word, spoilt))
			return true;
	return false;
}

/* The reader's word for a value of a choice, or the value. */
static const char *
value_label(const struct term *term, const char *word)
{
	for (size_t i = 0; i < term->n_values; i++)
		if (strcmp(term->values[i], word) == 0 &&
		    term->value_labels != NULL)
			return term->value_labels[i];
	return word;
}

static void
lack(struct judge *judge, const char *name, struct outcome *out)
{
	out->missing = out->missing == NULL ?
	    name :
	    arena_printf(judge->arena, "%s, %s", out->missing, name);
}

void
judge_covers(
    struct judge *judge, const struct check *check, struct outcome *out)
{
	const struct term *term =
	    check->key != NULL ? check->key : check->field.term;
	const struct field *list = want_value(judge, &check->field, out);
	bool spoilt = false;

	if (list == NULL && out->value == NULL)
		return;
	for (size_t i = 0; i < check->n_values; i++)
		if (list == NULL ||
		    !list_says(list, check->key, check->values[i], &spoilt))
			lack(judge, value_label(term, check->values[i]), out);
	out->kind = out->missing == NULL ? OUTCOME_PASS : OUTCOME_FAIL;
	if (out->missing == NULL)
		return;
	out->found = arena_printf(judge->arena, "missing: %s", out->missing);
	if (spoilt) {
		out->kind = OUTCOME_UNKNOWN;
		out->reason = "an item of the list could not be read";
	}
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
	}
	return false;
}

/* A right side without a value: from "none" everything is different. */
static void
settle_other(struct judge *judge, const struct check *check,
    const struct outcome *other, struct outcome *out)
{
	if (other->value != NULL) {
		decide(judge, check->relation == RELATION_DIFFERENT, out);
		return;
	}
	out->kind = other->kind == OUTCOME_NOT_APPLICABLE ?
	    OUTCOME_NOT_APPLICABLE :
	    OUTCOME_UNKNOWN;
	out->is_reported = other->is_reported;
	out->reason = other->kind != OUTCOME_ABSENT && other->reason != NULL ?
	    other->reason :
	    arena_printf(judge->arena, "\"%s\" is not on file",
		check->right.path.term->label);
}

void
judge_compare(
    struct judge *judge, const struct check *check, struct outcome *out)
{
	const struct field *left = want_value(judge, &check->field, out);
	const struct operand *operand = &check->right;
	const struct field *right = NULL;
	struct outcome other;

	if (left == NULL)
		return;
	out->other = operand->text;
	if (operand->kind == OPERAND_PATH) {
		if (look_other(judge, operand, &other, &right) != OTHER_KNOWN) {
			settle_other(judge, check, &other, out);
			return;
		}
		out->other = other.value;
	}
	out->kind = relates(check->relation, order(left, operand, right)) ?
	    OUTCOME_PASS :
	    OUTCOME_FAIL;
	out->limit = out->other;
	if (out->kind == OUTCOME_FAIL)
		out->found = arena_printf(
		    judge->arena, "%s against %s", out->value, out->other);
}

static void
judge_one_file(
    struct judge *judge, const struct field *field, struct outcome *out)
{
	const struct evidence_file *file = field->file;

	if (file != NULL && file->state == FILE_FOUND)
		return;
	out->kind = OUTCOME_FAIL;
	out->pos = field->pos;
	out->value = judge_show(judge->arena, field);
	out->reason = arena_printf(judge->arena, "%s %s", out->value,
	    file != NULL && file->trouble != NULL ? file->trouble :
						    "was not found");
}

void
judge_file(struct judge *judge, const struct check *check, struct outcome *out)
{
	const struct field *field = want_value(judge, &check->field, out);

	if (field == NULL)
		return;
	out->kind = OUTCOME_PASS;
	if (!field->is_list) {
		judge_one_file(judge, field, out);
		return;
	}
	for (const struct field *f = field->first;
	     f != NULL && out->kind == OUTCOME_PASS; f = f->next)
		if (f->answer == ANSWER_GIVEN)
			judge_one_file(judge, f, out);
}

void
judge_ref(struct judge *judge, const struct check *check, struct outcome *out)
{
	const struct field *field = want_value(judge, &check->field, out);
	struct sight sight;
	bool spoilt = false;

	if (field == NULL)
		return;
	sight = path_follow(&check->list, judge->record->top, judge->item);
	for (const struct field *f = field->is_list ? field->first : field;
	     f != NULL; f = field->is_list ? f->next : NULL)
		if (f->text != NULL &&
		    (sight.field == NULL ||
			!list_says(sight.field, check->key, f->text, &spoilt)))
			lack(judge, judge_show(judge->arena, f), out);
	out->kind = out->missing == NULL ? OUTCOME_PASS : OUTCOME_FAIL;
	out->other = check->list.term->label;
	if (out->missing != NULL)
		out->found = arena_printf(judge->arena,
		    "\"%s\" is not among \"%s\"", out->missing, out->other);
	if (out->missing != NULL && spoilt) {
		out->kind = OUTCOME_UNKNOWN;
		out->reason = "an item of the list could not be read";
	}
}
