#include <string.h>

#include "check/found.h"
#include "check/judge.h"
#include "check/substance.h"

/* The evaluators of checks on single fields, and of how many there are. */

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
	result = substance_of(judge_texts(judge), field, check->words);
	out->kind = result.reason == NULL ? OUTCOME_PASS : OUTCOME_FAIL;
	if (result.is_placeholder)
		out->kind = judge->in_when || judge->in_not ? OUTCOME_FAIL :
							      OUTCOME_ABSENT;
	out->reason = result.is_short ? NULL : result.reason;
	out->found = result.reason;
	out->other_pos = result.other;
	out->value = judge_show(judge->arena, field);
	out->count = judge_number_text(judge->arena, (double)result.words);
	out->limit = judge_number_text(judge->arena, (double)check->words);
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
		judge_decide(judge, (field->number > 0) == wanted, out);
	if (answer == ANSWER_NONE)
		judge_decide(judge, !wanted, out);
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
	const struct field *field = judge_want(judge, &check->field, out);
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
		out->is_reported = true;
		out->reason = "an item of the list could not be read";
		return;
	}
	if (found != NULL && found != field) {
		out->value = judge_show(judge->arena, found);
		out->pos = found->pos;
	}
	judge_decide(judge, (found != NULL) == wanted, out);
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
	judge_decide(judge, rc == 1, out);
	if (rc != -1)
		return;
	out->kind = OUTCOME_ERROR;
	out->reason = "the pattern reached its limit";
}

void
judge_matches(
    struct judge *judge, const struct check *check, struct outcome *out)
{
	const struct field *field = judge_want(judge, &check->field, out);

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
		out->limit = judge_number_text(
		    judge->arena, is_low ? check->least : check->most);
	if (is_low || is_high)
		out->found = arena_printf(judge->arena, "%s is %s %s",
		    judge_number_text(judge->arena, number),
		    is_low ? "below" : "above", out->limit);
}

void
judge_number(
    struct judge *judge, const struct check *check, struct outcome *out)
{
	const struct field *field = judge_want(judge, &check->field, out);

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
	out->count = judge_number_text(judge->arena, (double)n);
	if (spoilt && is_undecided(check, out)) {
		out->kind = OUTCOME_UNKNOWN;
		out->is_reported = true;
		out->reason = "an item of the list could not be read";
	} else if (out->kind == OUTCOME_PASS) {
		out->reason = NULL;
	} else if (answer == ANSWER_PLACEHOLDER && !is_condition) {
		out->kind = OUTCOME_ABSENT;
		out->found = NULL;
	}
}
