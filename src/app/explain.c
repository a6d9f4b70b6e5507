#include "app/explain.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "app/command.h"
#include "app/session.h"
#include "base/near.h"
#include "intake/vocabulary.h"

/*
 * `dossier explain`: one thing by its name, whether a rule, a provision as
 * the Act or as the data write it, a key of the vocabulary or a message.
 */

static const struct option_spec specs[] = { SESSION_OPTIONS,
	{ "format", 'f', "FORMAT", "text or json (default: text)" },
	{ NULL, 0, NULL, NULL } };

static const struct pos nowhere = { NULL, 0, 0 };

enum { TOKENS_MOST = 12, TOKEN_SIZE = 24 };

/* A reference as its parts: "Article 27(1)(c)" is 27, 1, c. */
struct reference {
	char tokens[TOKENS_MOST][TOKEN_SIZE];
	size_t n;
};

/* Words that say no more than the parts around them. */
static bool
is_filler(const char *token)
{
	static const char *const fillers[] = { "article", "articles", "art",
		"point", "points", "section", "paragraph", "para", "of", "the",
		"no" };

	for (size_t i = 0; i < sizeof(fillers) / sizeof(fillers[0]); i++)
		if (strcmp(fillers[i], token) == 0)
			return true;
	return false;
}

static void
read_reference(const char *text, struct reference *out)
{
	out->n = 0;
	while (*text != '\0' && out->n < TOKENS_MOST) {
		char *token = out->tokens[out->n];
		size_t n = 0;

		while (*text != '\0' && !isalnum((unsigned char)*text))
			text++;
		while (isalnum((unsigned char)*text)) {
			if (n + 1 < TOKEN_SIZE)
				token[n++] =
				    (char)tolower((unsigned char)*text);
			text++;
		}
		token[n] = '\0';
		if (n > 0 && !is_filler(token))
			out->n++;
	}
}

/* Whether the parts of a are the first of b. */
static bool
begins(const struct reference *a, const struct reference *b)
{
	for (size_t i = 0; i < a->n; i++)
		if (i >= b->n || strcmp(a->tokens[i], b->tokens[i]) != 0)
			return false;
	return a->n > 0;
}

/* A name on its way to what it names. */
struct quest {
	struct session *session;
	struct explainer explainer;
	const char *name;
	struct reference reference;
	struct card card;
};

/* Whether the obligation is the one, or one of those, that is named. */
static bool
is_named(const struct quest *quest, const struct obligation *obligation,
    bool exactly)
{
	const char *const names[] = { obligation->id, obligation->reference,
		obligation->provision };
	struct reference known;

	for (size_t i = 0; i < 3; i++) {
		read_reference(names[i], &known);
		if (begins(&quest->reference, &known) &&
		    (!exactly || known.n == quest->reference.n))
			return true;
	}
	return false;
}

/* The provision that is named, or the list of those below it. */
static bool
find_provision(struct quest *quest)
{
	const struct catalogue *catalogue = quest->explainer.catalogue;
	struct card *card = &quest->card;

	for (size_t i = 0; i < catalogue->n_obligations; i++) {
		const struct obligation *o = &catalogue->obligations[i];

		if (is_named(quest, o, true)) {
			explain_provision(&quest->explainer, o, card);
			return true;
		}
	}
	for (size_t i = 0; i < catalogue->n_obligations; i++) {
		const struct obligation *o = &catalogue->obligations[i];

		if (is_named(quest, o, false))
			card_item(
			    card, "provisions", o->id, o->paraphrase, NULL);
	}
	card->kind = "provisions";
	card->id = quest->name;
	return card->first != NULL;
}

static void
list_keys(struct card *card, const struct term *section, const char *key)
{
	for (const struct term *t = section->first; t != NULL; t = t->next) {
		if (strcmp(t->key, key) == 0)
			card_item(card, "keys", t->path, t->label, NULL);
		list_keys(card, t, key);
	}
}

/* A key by its path, or by its last part where no other ends so. */
static bool
find_key(struct quest *quest)
{
	const struct vocabulary *vocabulary = quest->explainer.vocabulary;
	struct card *card = &quest->card;
	const struct term *term = vocabulary_find(vocabulary, quest->name);

	if (term == NULL) {
		list_keys(card, &vocabulary->top, quest->name);
		card->kind = "keys";
		card->id = quest->name;
		if (card->first == NULL || card->first != card->last)
			return card->first != NULL;
		term = vocabulary_find(vocabulary, card->first->head);
		card->first = card->last = NULL;
	}
	if (term->parent == NULL)
		return false;
	explain_key(&quest->explainer, term, card);
	return true;
}

static bool
find(struct quest *quest)
{
	const struct catalogue *catalogue = quest->explainer.catalogue;
	char *upper = arena_str(&quest->session->arena, quest->name);
	const struct rule *rule;
	enum diag_id message;

	for (char *p = upper; *p != '\0'; p++)
		*p = (char)toupper((unsigned char)*p);
	rule = catalogue_rule(catalogue, upper);
	message = diag_of_name(upper);
	if (rule != NULL)
		explain_rule(&quest->explainer, rule, &quest->card);
	else if (message != DIAG_COUNT)
		explain_message(message, &quest->card);
	else
		return find_key(quest) || find_provision(quest);
	return true;
}

/* Names of everything that can be explained, for a suggestion. */
struct names {
	const char **words;
	size_t n;
};

static size_t
count_keys(const struct term *section)
{
	size_t n = 0;

	for (const struct term *t = section->first; t != NULL; t = t->next)
		n += 1 + count_keys(t);
	return n;
}

static void
add_keys(struct names *names, const struct term *section)
{
	for (const struct term *t = section->first; t != NULL; t = t->next) {
		names->words[names->n++] = t->path;
		add_keys(names, t);
	}
}

static const char *
suggest(struct quest *quest)
{
	const struct catalogue *catalogue = quest->explainer.catalogue;
	const struct term *top = &quest->explainer.vocabulary->top;
	struct names names = { NULL, 0 };
	char *upper = arena_str(&quest->session->arena, quest->name);
	const char *near;

	names.words = arena_array(&quest->session->arena,
	    catalogue->n_rules + catalogue->n_obligations + DIAG_COUNT +
		count_keys(top),
	    sizeof(*names.words));
	for (size_t i = 0; i < catalogue->n_rules; i++)
		names.words[names.n++] = catalogue->rules[i].id;
	for (int i = 0; i < DIAG_COUNT; i++)
		names.words[names.n++] = diag_name((enum diag_id)i);
	for (size_t i = 0; i < catalogue->n_obligations; i++)
		names.words[names.n++] = catalogue->obligations[i].id;
	add_keys(&names, top);
	near = near_word(quest->name, names.words, names.n);
	for (char *p = upper; near == NULL && *p != '\0'; p++)
		*p = (char)toupper((unsigned char)*p);
	return near != NULL ? near : near_word(upper, names.words, names.n);
}

/* The operands joined, so that `explain Article 5(1)(a)` needs no quotes. */
static const char *
join_operands(struct session *s)
{
	const char *name = s->options.operands[0];

	for (size_t i = 1; i < s->options.n_operands; i++)
		name = arena_printf(
		    &s->arena, "%s %s", name, s->options.operands[i]);
	return name;
}

static int
explain(struct session *s, bool is_json)
{
	struct quest quest = { .session = s,
		.explainer = { &s->pipeline.catalogue, &s->pipeline.vocabulary,
		    s->config.policy.as_of },
		.name = join_operands(s),
		.card.arena = &s->arena };
	struct text out = { 0 };
	const char *near;

	read_reference(quest.name, &quest.reference);
	if (!find(&quest)) {
		near = suggest(&quest);
		diag_add(&s->diags, DIAG_USAGE, nowhere,
		    "no rule, provision, key or message %s%s%s%s", quest.name,
		    near != NULL ? "; did you mean " : "",
		    near != NULL ? near : "", near != NULL ? "?" : "");
		return STATUS_USAGE;
	}
	(is_json ? card_put_json : card_put_text)(&quest.card, &out);
	fputs(text_str(&out), stdout);
	text_free(&out);
	return STATUS_OPEN;
}

int
command_explain(int argc, char **argv)
{
	struct session s;
	int status = session_open(&s, specs, argc, argv, SESSION_HERE);
	const char *format;

	if (status == -1)
		status = session_load_as(&s, CATALOGUE_WHOLE);
	if (status != -1)
		return session_close(&s, status);
	format = options_get(&s.options, "format");
	if (s.options.n_operands == 0)
		diag_add(&s.diags, DIAG_USAGE, nowhere,
		    "explain takes the name of a rule, a provision, a key or "
		    "a message, such as AIV-1A");
	else if (format != NULL && strcmp(format, "text") != 0 &&
	    strcmp(format, "json") != 0)
		diag_add(&s.diags, DIAG_USAGE, nowhere,
		    "--format is text or json, not %s", format);
	else
		return session_close(
		    &s, explain(&s, format != NULL && format[0] == 'j'));
	return session_close(&s, STATUS_USAGE);
}
