#include <string.h>

#include "check/found.h"
#include "check/judge.h"

/* The evaluators of what lists cover and what names point at. */

/*
 * Whether the item's key, or the item itself, holds the word.  An item without
 * a key that it must have is reported elsewhere, and is like one unreadable.
 */
static bool
item_says(const struct field *item, const struct term *key, const char *word,
    bool *spoilt)
{
	const struct field *field = item;

	if (key != NULL && item->answer == ANSWER_GIVEN)
		for (field = item->first; field != NULL && field->term != key;)
			field = field->next;
	if (field == NULL) {
		*spoilt = *spoilt || key->is_required;
		return false;
	}
	*spoilt = *spoilt || field->answer == ANSWER_INVALID ||
	    (field->answer == ANSWER_PLACEHOLDER && field->term->is_required);
	if (field->answer != ANSWER_GIVEN)
		return false;
	if (!field->is_list)
		return field->text != NULL && strcmp(field->text, word) == 0;
	for (const struct field *f = field->first; f != NULL; f = f->next) {
		*spoilt = *spoilt || f->answer == ANSWER_INVALID;
		if (f->answer == ANSWER_GIVEN && f->text != NULL &&
		    strcmp(f->text, word) == 0)
			return true;
	}
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

/* Whether two items say the same by a key that may not. */
static bool
has_twins(const struct field *list, const struct term *key)
{
	bool spoilt = false;

	if (list == NULL || key == NULL || !key->is_unique)
		return false;
	for (const struct field *f = list->first; f != NULL; f = f->next) {
		const struct field *own = field_find(f, key->key);
		struct field rest = { .first = f->next };

		if (own != NULL && own->text != NULL &&
		    list_says(&rest, key, own->text, &spoilt))
			return true;
	}
	return false;
}

void
judge_covers(
    struct judge *judge, const struct check *check, struct outcome *out)
{
	const struct term *term =
	    check->key != NULL ? check->key : check->field.term;
	const struct field *list = judge_want(judge, &check->field, out);
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
	out->is_guard = true;
	if (check->n_values > 1) /* of one the message speaks itself */
		out->found =
		    arena_printf(judge->arena, "it lacks %s", out->missing);
	if (spoilt || has_twins(list, check->key)) {
		out->kind = OUTCOME_UNKNOWN;
		out->is_reported = true;
		out->reason = spoilt ? "an item of the list could not be read" :
				       "two items of the list are the same";
	}
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
	out->is_reported = file != NULL && file->trouble != NULL;
	out->reason = arena_printf(judge->arena, "%s (%s)", out->value,
	    out->is_reported ? file->trouble : "not found");
	if (file != NULL && file->is_told)
		out->kind = OUTCOME_UNKNOWN;
}

void
judge_file(struct judge *judge, const struct check *check, struct outcome *out)
{
	const struct field *field = judge_want(judge, &check->field, out);

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
	const struct field *field = judge_want(judge, &check->field, out);
	struct sight sight;
	bool spoilt = false;

	if (field == NULL)
		return;
	sight =
	    path_follow(&check->others->list, judge->record->top, judge->item);
	for (const struct field *f = field->is_list ? field->first : field;
	     f != NULL; f = field->is_list ? f->next : NULL)
		if (f->text != NULL &&
		    (sight.field == NULL ||
			!list_says(sight.field, check->key, f->text, &spoilt)))
			lack(judge, judge_show(judge->arena, f), out);
	out->kind = out->missing == NULL ? OUTCOME_PASS : OUTCOME_FAIL;
	out->other = check->others->list.term->label;
	if (sight.field != NULL)
		out->other_pos = sight.field->key_pos;
	if (out->missing != NULL)
		out->found = arena_printf(judge->arena,
		    "\"%s\" is not among \"%s\"", out->missing, out->other);
	if (out->missing != NULL && spoilt) {
		out->kind = OUTCOME_UNKNOWN;
		out->is_reported = true;
		out->reason = "an item of the list could not be read";
	}
}
