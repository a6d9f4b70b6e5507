#include "check/wording.h"

#include <string.h>

#include "base/text.h"
#include "check/sentence.h"

static const char *
keep(struct arena *arena, struct text *text)
{
	const char *kept = arena_dup(arena, text_str(text), text->n);

	text_free(text);
	return kept;
}

static const char *
label_of(const struct outcome *outcome)
{
	return outcome->term != NULL ? outcome->term->label : "";
}

/* What a placeholder stands for; NULL when the outcome has no such thing. */
static const char *
meaning_of(const struct outcome *outcome, const char *word, size_t n)
{
	const struct {
		const char *word;
		const char *text;
	} words[] = {
		{ "value", outcome->value },
		{ "field", outcome->path },
		{ "label", label_of(outcome) },
		{ "count", outcome->count },
		{ "limit", outcome->limit },
		{ "age", outcome->age },
		{ "missing", outcome->missing },
		{ "other", outcome->other },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i].word) == n &&
		    strncmp(words[i].word, word, n) == 0)
			return words[i].text;
	return NULL;
}

/*
 * Whether the message can be filled in.  One that quotes a value says nothing
 * true where there is none.
 */
static bool
is_fillable(const char *message, const struct outcome *outcome, bool *any)
{
	const char *p = message;

	*any = false;
	while ((p = strchr(p, '{')) != NULL) {
		size_t n = strcspn(++p, "}");

		if (meaning_of(outcome, p, n) == NULL)
			return false;
		if (strncmp(p, "label", n) != 0 && strncmp(p, "field", n) != 0)
			*any = true;
	}
	return true;
}

/* Ages and limits of age carry their unit unless the message names it. */
static void
put_unit(struct text *text, const struct outcome *outcome, const char *word,
    const char *rest)
{
	if (outcome->unit == NULL || strncmp(rest, " month", 6) == 0 ||
	    strncmp(rest, " day", 4) == 0)
		return;
	if (strncmp(word, "age", 3) == 0 || strncmp(word, "limit", 5) == 0)
		text_printf(text, " %s", outcome->unit);
}

static void
fill(struct text *text, const char *message, const struct outcome *outcome)
{
	const char *p = message;

	while (*p != '\0') {
		size_t n = strcspn(p, "{");

		text_put(text, p, n);
		p += n;
		if (*p == '\0')
			return;
		n = strcspn(++p, "}");
		text_puts(text, meaning_of(outcome, p, n));
		put_unit(text, outcome, p, p + n + (p[n] == '}' ? 1 : 0));
		p += n + (p[n] == '}' ? 1 : 0);
	}
}

static const char *
failure(
    struct judge *judge, const struct rule *rule, const struct outcome *outcome)
{
	bool is_absent =
	    outcome->kind == OUTCOME_ABSENT && rule->absent != NULL;
	const char *message = is_absent ? rule->absent : rule->message;
	struct text text = { 0 };
	bool quotes;

	if (outcome->is_whole)
		return outcome->reason;
	if (is_fillable(message, outcome, &quotes)) {
		fill(&text, message, outcome);
	} else {
		quotes = false;
		if (outcome->term != NULL)
			sentence_put_term(&text, outcome->term);
		else
			text_puts(&text, "what the rule asks for");
		text_puts(&text,
		    outcome->kind == OUTCOME_ABSENT ?
			" is not provided" :
			" is not as the rule asks");
	}
	if (outcome->reason != NULL)
		text_printf(&text, ": %s", outcome->reason);
	else if (!quotes && outcome->found != NULL)
		text_printf(&text, ": %s", outcome->found);
	if (outcome->other_pos.file != NULL)
		text_printf(&text, "; see %s:%u:%u", outcome->other_pos.file,
		    outcome->other_pos.line, outcome->other_pos.column);
	return keep(judge->arena, &text);
}

/* What a field that passed holds. */
static const char *
success(struct judge *judge, const struct outcome *outcome)
{
	const struct field *field = outcome->field;

	if (field != NULL && field->answer == ANSWER_NONE)
		return arena_printf(judge->arena, "answered: none (%s)",
		    field->reason != NULL ? field->reason : "no reason");
	if (outcome->value != NULL && *outcome->value != '\0')
		return arena_printf(
		    judge->arena, "found \"%s\"", outcome->value);
	return "as asked";
}

const char *
wording_message(
    struct judge *judge, const struct rule *rule, const struct outcome *outcome)
{
	switch (outcome->kind) {
	case OUTCOME_PASS:
		return success(judge, outcome);
	case OUTCOME_UNKNOWN:
		return outcome->reason != NULL ?
		    arena_printf(
			judge->arena, "not tested: %s", outcome->reason) :
		    "not tested";
	case OUTCOME_NOT_APPLICABLE:
		return outcome->reason != NULL ? outcome->reason :
						 "does not apply";
	case OUTCOME_NEAR:
		return arena_printf(judge->arena, "near its limit: %s",
		    outcome->found != NULL ? outcome->found : outcome->reason);
	case OUTCOME_MANUAL:
	case OUTCOME_ABSENT:
	case OUTCOME_FAIL:
	case OUTCOME_ERROR:
		break;
	}
	return failure(judge, rule, outcome);
}

/* The path of the section a key belongs under: "" at the top. */
static const char *
section_of(struct arena *arena, const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot == NULL ? "" : arena_dup(arena, path, (size_t)(dot - path));
}

static bool
is_key_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* Whether what stands before a key shows that it is meant as one. */
static bool
introduces_key(const char *words, const char *at)
{
	static const char under[] = "under ";
	size_t n = sizeof(under) - 1;

	if (at == words)
		return false;
	if (at[-1] == '.' || at[-1] == '`')
		return true;
	return (size_t)(at - words) >= n && strncmp(at - n, under, n) == 0;
}

/*
 * Whether the words name the key: "model.name", "under name", "reported_on",
 * but not "give it a name".
 */
static bool
names_key(const char *words, const char *key)
{
	bool is_english = strchr(key, '_') == NULL;
	size_t n = strlen(key);

	for (const char *at = words; (at = strstr(at, key)) != NULL; at++)
		if ((at == words || !is_key_char(at[-1])) &&
		    !is_key_char(at[n]) &&
		    (!is_english || introduces_key(words, at)))
			return true;
	return false;
}

/* Whether the words give the example already, but for its full stop. */
static bool
tells(const char *words, const char *example)
{
	size_t n = strlen(example);

	while (n > 0 && example[n - 1] == '.')
		n--;
	for (const char *at = words; *at != '\0'; at++)
		if (strncmp(at, example, n) == 0)
			return true;
	return false;
}

/* Where the rule does not say it: the key, and what it may look like. */
static void
put_key(struct text *text, struct arena *arena, const struct outcome *outcome,
    const char *told)
{
	const struct term *term = outcome->term;
	const char *section = section_of(arena, outcome->path);
	bool is_written = outcome->kind == OUTCOME_FAIL ||
	    outcome->kind == OUTCOME_ERROR ||
	    (outcome->field != NULL && outcome->field->term == term);

	if (is_written)
		text_printf(text, "%s `%s`",
		    told != NULL ? "It stands at" : "Change", outcome->path);
	else if (*section == '\0')
		text_printf(text, "Add `%s:` at the top level", term->key);
	else
		text_printf(text, "Add `%s:` under `%s`", term->key, section);
	if (term->example != NULL &&
	    (told == NULL || (!is_written && !tells(told, term->example))))
		text_printf(text, " (example: %s)", term->example);
	text_putc(text, '.');
}

const char *
wording_fix(
    struct judge *judge, const struct rule *rule, const struct outcome *outcome)
{
	struct text text = { 0 };
	bool is_told = rule->fix != NULL;
	bool has_term = outcome->term != NULL && outcome->term->key != NULL &&
	    *outcome->path != '\0';

	if (outcome->kind == OUTCOME_UNKNOWN &&
	    strncmp(outcome->path, "figures.", 8) == 0)
		return "Measure the group on more rows, or join it with "
		       "another, so that it can be tested.";
	if (is_told)
		text_puts(&text, rule->fix);
	if (outcome->kind == OUTCOME_PASS ||
	    outcome->kind == OUTCOME_NOT_APPLICABLE || !has_term ||
	    (is_told && names_key(rule->fix, outcome->term->key)))
		return keep(judge->arena, &text);
	if (is_told)
		text_putc(&text, ' ');
	put_key(&text, judge->arena, outcome, rule->fix);
	return keep(judge->arena, &text);
}
