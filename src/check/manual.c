#include <string.h>

#include "check/judge.h"
#include "check/kind.h"

/*
 * The signed judgement of a person: a section with a decision, its reason,
 * who took it and when.  What the law leaves to a person the engine never
 * decides; it only sees whether the person has.
 */

static const char *const adverse[] = { "not-acceptable", "rejected", "refused",
	"not-accepted", "failed" };
static const char *const pending[] = { "in-review", "not-reviewed", "pending",
	"more-evidence-wanted" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static bool
is_among(const char *word, const char *const words[], size_t n)
{
	for (size_t i = 0; word != NULL && i < n; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

static bool
ends_with(const char *key, const char *end)
{
	size_t n = strlen(key), m = strlen(end);

	return n > m && strcmp(key + n - m, end) == 0;
}

static bool
is_decision(const struct term *term)
{
	return strcmp(term->key, KEY_DECISION) == 0 ||
	    strcmp(term->key, KEY_ANSWER) == 0;
}

static bool
is_signed_part(const struct term *term)
{
	return is_decision(term) || strcmp(term->key, KEY_RATIONALE) == 0 ||
	    ends_with(term->key, KEY_BY) || ends_with(term->key, KEY_ON);
}

static const struct field *
below(const struct field *section, const struct term *term)
{
	const struct field *field = section->first;

	while (field != NULL && field->term != term)
		field = field->next;
	return field;
}

/* A decision that is on file: what it means. */
static void
weigh(struct judge *judge, const struct field *field, struct outcome *out)
{
	out->value = judge_show(judge->arena, field);
	if (is_among(field->text, pending, COUNT(pending)))
		out->kind = OUTCOME_MANUAL;
	else if (is_among(field->text, adverse, COUNT(adverse)))
		out->kind = OUTCOME_FAIL;
	else
		return;
	out->pos = field->pos;
	out->found =
	    arena_printf(judge->arena, "the decision is \"%s\"", out->value);
}

static void
weigh_part(struct judge *judge, const struct term *term,
    const struct field *field, struct outcome *out)
{
	if (field != NULL && field->answer == ANSWER_INVALID)
		out->is_reported = true;
	if (field == NULL || !judge_holds(field)) {
		out->missing = out->missing == NULL ?
		    term->label :
		    arena_printf(
			judge->arena, "%s, %s", out->missing, term->label);
		if (field != NULL && !out->is_joint)
			out->pos = field->pos;
		out->is_joint = true;
		return;
	}
	if (is_decision(term) && out->kind == OUTCOME_PASS)
		weigh(judge, field, out);
	if (term->type != TERM_DATE || field->answer != ANSWER_GIVEN ||
	    out->kind != OUTCOME_PASS)
		return;
	judge_turn(judge, field->day);
	if (field->day > judge->policy->as_of) {
		out->kind = OUTCOME_MANUAL;
		out->pos = field->pos;
		out->reason = "it is dated in the future";
	}
}

void
judge_manual(
    struct judge *judge, const struct check *check, struct outcome *out)
{
	const struct field *section;
	enum answer answer =
	    judge_look(judge, &check->field, false, out, &section);

	if (answer == ANSWER_NOT_APPLICABLE || answer == ANSWER_INVALID)
		return;
	if (answer == ANSWER_NONE) {
		out->kind = OUTCOME_ABSENT;
		out->found = "answered with none";
	}
	if (answer != ANSWER_GIVEN)
		return;
	out->kind = OUTCOME_PASS;
	for (const struct term *t = check->field.term->first; t != NULL;
	     t = t->next)
		if (is_signed_part(t))
			weigh_part(judge, t, below(section, t), out);
	out->is_joint = false;
	if (out->missing == NULL)
		return;
	out->kind = out->is_reported || judge->in_when ? OUTCOME_UNKNOWN :
							 OUTCOME_ABSENT;
	out->found =
	    arena_printf(judge->arena, "not yet given: %s", out->missing);
}
