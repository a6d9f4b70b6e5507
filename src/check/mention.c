#include <string.h>

#include "check/found.h"
#include "check/judge.h"
#include "check/substance.h"
#include "read/yaml_place.h"

/*
 * Texts that speak of something: a pattern, found in a sentence that nothing
 * makes harmless.  Plain words are looked for first, since they are cheap.
 */

/* A search under way. */
struct hunt {
	struct judge *judge;
	const struct mention *mention;
	struct outcome *out;
	size_t n_texts;
	bool is_spoilt; /* a text could not be read */
};

static bool
is_near(struct judge *judge, const struct mention *mention,
    const struct field *field)
{
	const char *text = substance_folded(judge_texts(judge), field);

	for (size_t i = 0; i < mention->n_near; i++)
		if (strstr(text, mention->near[i]) != NULL)
			return true;
	return false;
}

static bool
ends_sentence(const char *p)
{
	return *p == '\0' ||
	    (strchr(".;!?", *p) != NULL && (p[1] == ' ' || p[1] == '\0')) ||
	    (*p == '\n' && p[1] == '\n');
}

/* The sentence around some bytes of a text. */
static struct span
sentence_around(const char *text, struct span span)
{
	while (span.begin > 0 && !ends_sentence(text + span.begin - 1))
		span.begin--;
	while (!ends_sentence(text + span.end))
		span.end++;
	return span;
}

/* 1 where something in the sentence makes it harmless, 0, or -1. */
static int
is_harmless(
    const struct hunt *hunt, const struct field *field, struct span found)
{
	const struct mention *mention = hunt->mention;
	struct span sentence = sentence_around(field->text, found), any;
	struct subject whole = { field->text + sentence.begin,
		sentence.end - sentence.begin, field->pos };
	struct subject before = { whole.p, found.begin - sentence.begin,
		field->pos };
	int rc = 0;

	if (mention->not_after != NULL)
		rc = pattern_find(
		    mention->not_after, &before, 0, &any, hunt->judge->diags);
	if (rc == 0 && mention->unless != NULL)
		rc = pattern_find(
		    mention->unless, &whole, 0, &any, hunt->judge->diags);
	return rc;
}

/* Point at the words, and quote them. */
static void
settle(const struct hunt *hunt, const struct field *field, struct span found)
{
	const struct source *source = hunt->judge->record->source;
	struct arena *arena = hunt->judge->arena;
	struct outcome *out = hunt->out;

	out->kind = OUTCOME_FAIL;
	out->is_guard = true;
	out->field = field;
	out->term = field->term;
	out->path = field->path;
	out->pos = source == NULL || field->pos.line == 0 ?
	    field->pos :
	    yaml_place(source, field->pos, field->text, found.begin);
	out->value = arena_dup(
	    arena, field->text + found.begin, found.end - found.begin);
	out->found = arena_printf(arena, "found \"%s\"", out->value);
}

/*
 * The first place that nothing makes harmless: 1 with its bytes, 0 when there
 * is none, or -1.
 */
static int
find(const struct hunt *hunt, const struct field *field, struct span *found)
{
	struct subject subject = { field->text, strlen(field->text),
		field->pos };
	size_t from = 0;
	int rc;

	do {
		rc = pattern_find(hunt->mention->pattern, &subject, from, found,
		    hunt->judge->diags);
		if (rc != 1)
			return rc;
		rc = is_harmless(hunt, field, *found);
		from = found->end > from ? found->end : from + 1;
	} while (rc == 1 && from <= subject.n);
	return rc == 0 ? 1 : -(rc < 0);
}

/* Search one text; true when the outcome is settled. */
static bool
search(struct hunt *hunt, const struct field *field)
{
	struct span found = { 0, 0 };
	int rc;

	hunt->n_texts++;
	if (!is_near(hunt->judge, hunt->mention, field))
		return false;
	rc = find(hunt, field, &found);
	if (rc == 1)
		settle(hunt, field, found);
	if (rc == -1) {
		hunt->out->kind = OUTCOME_ERROR;
		hunt->out->reason = "a pattern reached its limit, or is wrong";
	}
	return rc != 0;
}

/* Every text at the steps of a path from a field on, through lists. */
static bool
visit(struct hunt *hunt, const struct path *path, size_t step,
    const struct field *field)
{
	hunt->is_spoilt = hunt->is_spoilt || field->answer == ANSWER_INVALID;
	if (field->answer != ANSWER_GIVEN)
		return false;
	if (!field->is_list && step == path->n)
		return field->text != NULL && search(hunt, field);
	for (const struct field *f = field->first; f != NULL; f = f->next) {
		bool is_step = field->is_list ||
		    (step < path->n && f->term == path->steps[step]);

		if (is_step &&
		    visit(hunt, path, step + (field->is_list ? 0 : 1), f))
			return true;
	}
	return false;
}

void
judge_no_mention(
    struct judge *judge, const struct check *check, struct outcome *out)
{
	const struct mention *mention = check->mention;
	struct hunt hunt = { judge, mention, out, 0, false };

	out->kind = OUTCOME_PASS;
	for (size_t i = 0; i < mention->n_in; i++) {
		const struct path *path = &mention->in[i];

		if (visit(&hunt, path, 0,
			path->is_absolute ? judge->record->top : judge->item))
			return;
	}
	if (hunt.is_spoilt && judge->in_when) {
		out->kind = OUTCOME_UNKNOWN;
		out->is_reported = true;
		out->reason = "a text could not be read";
		return;
	}
	if (hunt.n_texts > 0)
		return;
	out->kind = OUTCOME_NOT_APPLICABLE;
	out->reason = "there is no text to look at";
}
