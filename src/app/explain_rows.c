#include "app/explain.h"

#include <math.h>
#include <string.h>

#include "app/yaml.h"
#include "base/num.h"
#include "check/terms.h"
#include "intake/vocabulary.h"

enum { RELATED_MOST = 6 };

static const char *
keep(struct card *card, struct text *text)
{
	const char *kept = arena_dup(card->arena, text_str(text), text->n);

	text_free(text);
	return kept;
}

/* The reader's word for a value of a choice; the value itself if unknown. */
static const char *
label_of(const struct term *choice, const char *word)
{
	for (size_t i = 0; choice != NULL && i < choice->n_values; i++)
		if (strcmp(choice->values[i], word) == 0)
			return choice->value_labels[i];
	return word;
}

/* Tiers and roles have a few words that stand for several. */
static const char *
long_word(const struct term *choice, const char *word)
{
	static const struct {
		const char *word, *label;
	} more[] = {
		{ "all", "Every tier" },
		{ "any", "Whatever role is held" },
		{ "none", "Nobody: nothing to document" },
		{ "commission", "The Commission" },
		{ "high-risk", "High-risk (Annex III, Annex I Section A)" },
		{ "annex-iii", "Annex III" },
		{ "annex-i", "Annex I" },
	};

	for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		if (strcmp(more[i].word, word) == 0)
			return more[i].label;
	return label_of(choice, word);
}

const char *
explain_words(struct arena *arena, const struct term *choice, const char *words)
{
	struct text out = { 0 };
	const char *kept;

	while (words != NULL && *words != '\0') {
		size_t n = strcspn(words, ",");

		text_printf(&out, "%s%s", out.n > 0 ? ", " : "",
		    long_word(choice, arena_dup(arena, words, n)));
		words += n;
		words += strspn(words, ", ");
	}
	kept = arena_dup(arena, text_str(&out), out.n);
	text_free(&out);
	return kept;
}

/* The same from a list of an entry. */
static const char *
labels_in(
    struct card *card, const struct term *choice, const struct value *list)
{
	struct text words = { 0 };
	const char *out;

	if (list == NULL)
		return NULL;
	for (const struct value *v = list->first; v != NULL; v = v->next)
		text_printf(
		    &words, "%s%s", v != list->first ? ", " : "", v->text);
	out = explain_words(card->arena, choice, text_str(&words));
	text_free(&words);
	return out;
}

/* "from 2027-12-02, in 376 days", "since 2025-02-02". */
static const char *
when_of(const struct explainer *explainer, struct card *card, date day)
{
	char written[DATE_SIZE];
	long left = day == DATE_NONE ? 0 : (long)day - explainer->as_of;

	if (day == DATE_NONE)
		return "from the first day";
	date_write(day, written);
	if (left <= 0)
		return arena_printf(card->arena, "since %s", written);
	return arena_printf(card->arena, "from %s, in %ld %s", written, left,
	    left == 1 ? "day" : "days");
}

/* Whether every tier of the rule begins on the same day. */
static bool
has_one_day(const struct rule *rule, date *day)
{
	bool is_first = true;

	*day = DATE_NONE;
	for (size_t i = 0; i < TIER_COUNT; i++) {
		if ((rule->tiers & 1U << i) == 0)
			continue;
		if (!is_first && rule->applies[i] != *day)
			return false;
		*day = rule->applies[i];
		is_first = false;
	}
	return true;
}

/* Whether a transition moves the rule for one of its tiers. */
static bool
moves(const struct transition *transition, const struct rule *rule)
{
	bool is_of = transition->n_of == 0;

	for (size_t i = 0; i < transition->n_of; i++)
		for (size_t j = 0; j < rule->n_law; j++)
			is_of |=
			    strcmp(transition->of[i], rule->law_ids[j]) == 0;
	for (size_t i = 0; i < TIER_COUNT && is_of; i++)
		if ((rule->tiers & 1U << i) != 0 &&
		    transition->begins[i] != DATE_NONE &&
		    transition->begins[i] == rule->applies[i])
			return true;
	return false;
}

static void
put_days(const struct explainer *explainer, const struct rule *rule,
    struct card *card)
{
	char until[DATE_SIZE];
	date day;

	if (has_one_day(rule, &day)) {
		card_item(
		    card, "applies", NULL, when_of(explainer, card, day), NULL);
	} else {
		card_item(card, "applies", "Annex III",
		    when_of(explainer, card, rule->applies[TIER_ANNEX_III]),
		    NULL);
		card_item(card, "applies", "Annex I",
		    when_of(explainer, card, rule->applies[TIER_ANNEX_I]),
		    NULL);
	}
	if (rule->until != DATE_NONE) {
		date_write(rule->until, until);
		card_item(card, "applies", NULL,
		    arena_printf(card->arena, "until %s", until), NULL);
	}
}

/* The address of a provision: a name of sources, "#" and an anchor. */
static const char *
address_of(const struct explainer *explainer, struct card *card,
    const struct obligation *obligation)
{
	const char *source = value_text(obligation->entry, "source");
	const char *base;
	size_t n;

	if (source == NULL)
		return NULL;
	n = strcspn(source, "#");
	base = value_text(
	    explainer->catalogue->sources, arena_dup(card->arena, source, n));
	return base != NULL ?
	    arena_printf(card->arena, "%s%s", base, source + n) :
	    NULL;
}

static void
put_law(const struct explainer *explainer, const struct rule *rule,
    struct card *card)
{
	for (size_t i = 0; i < rule->n_law; i++) {
		const struct obligation *o = rule->law[i];

		if (o == NULL)
			card_item(card, "law", rule->law_ids[i], NULL, NULL);
		else
			card_item(card, "law", o->provision, o->paraphrase,
			    address_of(explainer, card, o));
	}
}

static const char *
severity_text(const struct rule *rule)
{
	static const char *const texts[] = {
		[DIAG_NOTE] = "note: shown, and never closes the gate",
		[DIAG_WARNING] = ("warning: shown, and closes the gate only "
				  "with --fail-on=warning"),
		[DIAG_ERROR] = "error: a failure closes the gate",
	};

	return texts[rule->severity];
}

/* The first example with a result, as the YAML of a model.yaml. */
static void
put_example(const struct rule *rule, enum verdict_result result,
    const char *name, struct card *card)
{
	struct text lines = { 0 };
	char day[DATE_SIZE];

	for (size_t i = 0; i < rule->n_examples; i++) {
		const struct example *e = &rule->examples[i];

		if (e->result != result)
			continue;
		date_write(e->as_of, day);
		text_printf(&lines, "  # on %s\n", day);
		yaml_put(&lines, e->record, 2);
		card_code(card, name, keep(card, &lines));
		return;
	}
}

/* How much two rules have to do with each other. */
static unsigned
kinship(const struct rule *a, const struct rule *b)
{
	unsigned shared = 0;

	for (size_t i = 0; i < a->n_law; i++)
		for (size_t j = 0; j < b->n_law; j++)
			if (strcmp(a->law_ids[i], b->law_ids[j]) == 0)
				shared += 2;
	if (a->check->field.term != NULL && shared > 0)
		shared += terms_of_rule(b, a->check->field.term);
	if (a->check->field.term != NULL && shared == 0)
		shared = b->check->field.term == a->check->field.term;
	return shared;
}

/* The rules nearest to one, the nearest first. */
static void
put_related(const struct explainer *explainer, const struct rule *rule,
    struct card *card)
{
	const struct catalogue *catalogue = explainer->catalogue;
	unsigned limit = ~0U;
	size_t n = 0;

	while (limit > 0 && n < RELATED_MOST) {
		unsigned best = 0;

		for (size_t i = 0; i < catalogue->n_rules; i++) {
			const struct rule *other = &catalogue->rules[i];
			unsigned k = other == rule ? 0 : kinship(rule, other);

			if (k > best && k < limit)
				best = k;
		}
		for (size_t i = 0; best > 0 && i < catalogue->n_rules; i++) {
			const struct rule *other = &catalogue->rules[i];

			if (other == rule || kinship(rule, other) != best ||
			    n == RELATED_MOST)
				continue;
			card_item(
			    card, "related", other->id, other->title, NULL);
			n++;
		}
		limit = best;
	}
}

void
explain_rule(const struct explainer *explainer, const struct rule *rule,
    struct card *card)
{
	const struct catalogue *catalogue = explainer->catalogue;

	card->kind = "rule";
	card->id = rule->id;
	card->title = rule->title;
	card_text(card, "asks", rule->sentence);
	card_text(card, "where", rule->condition);
	put_law(explainer, rule, card);
	card_text(card, "owed_by",
	    explain_words(card->arena, catalogue->roles, rule->duty_text));
	card_text(card, "tiers",
	    explain_words(card->arena, catalogue->tiers, rule->tier_text));
	put_days(explainer, rule, card);
	for (size_t i = 0; i < rule->n_transitions; i++)
		if (moves(&rule->transitions[i], rule))
			card_item(card, "transition", rule->transitions[i].id,
			    rule->transitions[i].reason, NULL);
	card_text(card, "severity", severity_text(rule));
	card_text(card, "profile", rule->tuned);
	card_text(card, "set_aside",
	    rule->is_protected ? "by no waiver, baseline or profile" : NULL);
	card_text(card, "message", rule->message);
	card_text(card, "why", rule->why);
	card_text(card, "to_fix", rule->fix);
	put_related(explainer, rule, card);
	card_text(card, "stated_in",
	    arena_printf(card->arena, "%s:%u", rule->pos.file, rule->pos.line));
	put_example(rule, VERDICT_PASS, "passes", card);
	put_example(rule, VERDICT_FAIL, "fails", card);
}

static const char *
gate_text(const char *gate)
{
	static const struct {
		const char *gate, *text;
	} texts[] = {
		{ "presence", "whether the answer is there" },
		{ "value", "the answer itself: words, dates, references" },
		{ "evidence", "that evidence is referred to" },
		{ "judgement", "that a person has judged, signed and dated" },
		{ "information", "nothing: it is told for information" },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (gate != NULL && strcmp(texts[i].gate, gate) == 0)
			return texts[i].text;
	return gate;
}

/* The days of a provision: one, or one for each route. */
static void
put_provision_days(const struct explainer *explainer,
    const struct value *applies, struct card *card)
{
	const struct value *v = applies;
	date day;

	if (applies == NULL)
		return;
	if (applies->kind == VALUE_MAP)
		v = applies->first;
	for (; v != NULL; v = applies->kind == VALUE_MAP ? v->next : NULL)
		if (v->text != NULL && date_read(v->text, v->len, &day))
			card_item(card, "applies",
			    v->key != NULL && v != applies ?
				long_word(NULL, v->key) :
				NULL,
			    when_of(explainer, card, day), NULL);
}

static bool
has_law(const char *const *ids, size_t n, const char *id)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(ids[i], id) == 0)
			return true;
	return false;
}

static void
put_keys_of(const struct term *section, const char *id, struct card *card)
{
	for (const struct term *t = section->first; t != NULL; t = t->next) {
		if (has_law(t->law, t->n_law, id))
			card_item(card, "keys", t->path, t->label, NULL);
		put_keys_of(t, id, card);
	}
}

void
explain_provision(const struct explainer *explainer,
    const struct obligation *obligation, struct card *card)
{
	const struct catalogue *catalogue = explainer->catalogue;
	const struct value *entry = obligation->entry;

	card->kind = "provision";
	card->id = obligation->id;
	card->title = obligation->reference;
	card_item(card, "says", NULL,
	    obligation->paraphrase != NULL ? obligation->paraphrase : "",
	    address_of(explainer, card, obligation));
	card_text(card, "owed_by",
	    labels_in(card, catalogue->roles, value_get(entry, "holders")));
	card_text(card, "tiers",
	    labels_in(card, catalogue->tiers, value_get(entry, "tiers")));
	put_provision_days(explainer, value_get(entry, "applies"), card);
	card_text(card, "looked_for", gate_text(obligation->gate));
	for (size_t i = 0; i < catalogue->n_rules; i++) {
		const struct rule *rule = &catalogue->rules[i];

		if (has_law(rule->law_ids, rule->n_law, obligation->id))
			card_item(card, "rules", rule->id, rule->title, NULL);
	}
	put_keys_of(&explainer->vocabulary->top, obligation->id, card);
	card_text(card, "note",
	    "The wording is our own; only the Official Journal is authentic.");
}

/* "a list of dates", "a number from 0 to 1, in EUR". */
static const char *
takes_text(struct card *card, const struct term *term)
{
	struct text out = { 0 };
	char number[NUM_SIZE];

	text_puts(&out, term->is_list ? "a list, each entry " : "");
	text_puts(&out, term_type_noun(term->type));
	if (isfinite(term->least)) {
		num_write(term->least, number);
		text_printf(&out, " from %s", number);
	}
	if (isfinite(term->most)) {
		num_write(term->most, number);
		text_printf(&out, " to %s", number);
	}
	if (term->unit != NULL)
		text_printf(&out, ", in %s", term->unit);
	if (term->is_required)
		text_puts(&out, "; required");
	return keep(card, &out);
}

/* The provisions that ask for a key, and the rules that look at it. */
static void
put_askers(const struct explainer *explainer, const struct term *term,
    struct card *card)
{
	const struct catalogue *catalogue = explainer->catalogue;

	for (size_t i = 0; i < term->n_law; i++) {
		const struct obligation *o =
		    catalogue_obligation(catalogue, term->law[i]);

		card_item(card, "asked_by",
		    o != NULL ? o->provision : term->law[i],
		    o != NULL ? o->paraphrase : NULL, NULL);
	}
	for (size_t i = 0; i < catalogue->n_rules; i++) {
		const struct rule *rule = &catalogue->rules[i];

		if (terms_of_rule(rule, term))
			card_item(card, "rules", rule->id, rule->title, NULL);
	}
}

void
explain_key(const struct explainer *explainer, const struct term *term,
    struct card *card)
{
	card->kind = "key";
	card->id = term->path;
	card->title = term->label;
	card_text(card, "means", term->meaning);
	card_text(card, "takes", takes_text(card, term));
	for (size_t i = 0; i < term->n_values; i++)
		card_item(card, "words", term->values[i], term->value_labels[i],
		    NULL);
	card_text(card, "example", term->example);
	for (const struct term *t = term->first; t != NULL; t = t->next)
		card_item(card, "keys", t->key, t->label, NULL);
	put_askers(explainer, term, card);
	card_text(card, "instead",
	    "{none: reason}, or {not_applicable: reason, decided_by: name, "
	    "decided_on: date}");
}

void
explain_message(enum diag_id id, struct card *card)
{
	card->kind = "message";
	card->id = diag_name(id);
	card->title = diag_sentence(id);
	card_text(card, "severity", diag_severity_word(diag_severity(id)));
	card_text(card, "to_fix", diag_remedy(id));
}
