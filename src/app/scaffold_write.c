#include "app/scaffold.h"

#include <stdio.h>
#include <string.h>

#include "app/yaml.h"
#include "intake/vocabulary.h"
#include "read/value.h"

/*
 * The scaffold as a file: what a key means, who asks for it and from when,
 * what may stand there, then the key.  "#" before a blank begins words, "#"
 * before a key one that may be taken in.
 */

enum { COLUMNS = 80, STEP = 2, WORDS_SHOWN = 12 };

/* Where the next line goes. */
struct pen {
	const struct scaffold *scaffold;
	struct text *out;
	unsigned depth;    /* columns before it */
	bool is_commented; /* no key above is live, so none here is */
	bool begins_item;  /* the next key is the first of an entry */
	bool is_spaced;    /* a blank line goes before the next key */
};

static void
put_indent(const struct pen *pen, unsigned more)
{
	text_printf(pen->out, "%*s", (int)(pen->depth + more), "");
}

/* Words in a comment, wrapped; lines but the first are set in by two more. */
static void
put_wrapped(const struct pen *pen, const char *margin, const char *words)
{
	size_t left = pen->depth + strlen(margin) + 1;
	size_t used = 0;

	put_indent(pen, 0);
	text_puts(pen->out, margin);
	while (*words != '\0') {
		size_t n = strcspn(words, " \n");

		if (used > 0 && left + used + 1 + n > COLUMNS) {
			text_putc(pen->out, '\n');
			put_indent(pen, 0);
			text_printf(pen->out, "%s  ", margin);
			used = 2;
		}
		if (n > 0) {
			text_putc(pen->out, ' ');
			text_put(pen->out, words, n);
			used += n + 1;
		}
		words += n;
		words += *words != '\0';
	}
	text_putc(pen->out, '\n');
}

static void
put_words(const struct pen *pen, const char *words)
{
	put_wrapped(pen, "#", words);
}

static void
put_text(const struct pen *pen, struct text *words)
{
	put_words(pen, text_str(words));
	text_free(words);
}

static bool
is_prose(const struct term *term)
{
	return !term->is_list &&
	    (term->type == TERM_TEXT || term->type == TERM_LINE ||
		term->type == TERM_FILE || term->type == TERM_URL);
}

/* A value of the vocabulary as YAML; prose is quoted or folded. */
static void
put_value(const struct pen *pen, const struct term *term, const char *value)
{
	char margin[VALUE_DEPTH * 2 * STEP + 2];

	if (!is_prose(term)) {
		text_printf(pen->out, " %s", value);
		return;
	}
	snprintf(margin, sizeof(margin), "%*s%s%*s", (int)pen->depth, "",
	    pen->is_commented ? "#" : "", STEP, "");
	yaml_put_scalar(pen->out, value, margin, strlen(term->key));
}

/* " (a date)", " (a whole number, in days)"; of prose and words nothing. */
static void
put_kind(struct text *words, const struct term *term)
{
	bool is_told = (!is_prose(term) || term->type == TERM_FILE) &&
	    term->type != TERM_CHOICE;

	if (!is_told && !term->is_list)
		return;
	text_puts(words, term->is_list ? " (a list" : " (");
	if (is_told)
		text_printf(words, "%s%s", term->is_list ? ", each " : "",
		    term_type_noun(term->type));
	if (term->unit != NULL)
		text_printf(words, ", in %s", term->unit);
	text_putc(words, ')');
}

static void
put_choices(const struct pen *pen, const struct term *term)
{
	put_words(pen, term->is_list ? "Any of, in brackets:" : "One of:");
	for (size_t i = 0; i < term->n_values; i++) {
		struct text words = { 0 };

		text_printf(
		    &words, "%s: %s", term->values[i], term->value_labels[i]);
		put_wrapped(pen, "#  ", text_str(&words));
		text_free(&words);
	}
}

/* Who asks for an open point, and from when. */
static void
put_finding(const struct pen *pen, const struct scaffold_ask *ask)
{
	static const char *const verbs[] = { "Voluntary", "Advised", "Asked" };
	struct text words = { 0 };
	char day[DATE_SIZE];

	text_puts(&words, verbs[ask->rule->severity]);
	if (ask->rule->provision[0] != '\0')
		text_printf(&words, " by %s", ask->rule->provision);
	if (ask->is_ahead) {
		date_write(ask->applies, day);
		text_printf(&words, ", from %s", day);
	}
	text_printf(&words, " [%s]", ask->rule->id);
	put_text(pen, &words);
}

/* Whether the term is the other one or stands below it. */
static bool
is_within(const struct term *term, const struct term *section)
{
	while (term != NULL && term != section)
		term = term->parent;
	return term != NULL;
}

/*
 * Whether a rule asks for the key in a case worth telling: not where the
 * condition is merely that the key, or the list it stands in, is given.
 */
static bool
is_conditional(const struct scaffold_ask *ask, const struct term *term)
{
	const struct check *when = ask->rule->when;

	return ask->is_waiting && ask->is_asked && !ask->is_finding &&
	    (when->first != NULL || !is_within(term, when->field.term));
}

/* The cases in which rules ask for a key that may be left out. */
static void
put_conditions(const struct pen *pen, const struct scaffold_key *key)
{
	struct text words = { 0 };

	for (const struct scaffold_ask *a = key->asks; a != NULL; a = a->next) {
		bool is_told = false;

		if (!is_conditional(a, key->term))
			continue;
		for (const struct scaffold_ask *b = key->asks; b != a;
		     b = b->next)
			is_told |= is_conditional(b, key->term) &&
			    strcmp(b->rule->condition, a->rule->condition) == 0;
		if (is_told)
			continue;
		text_printf(&words, "Asked where %s [%s", a->rule->condition,
		    a->rule->id);
		for (const struct scaffold_ask *b = a->next; b != NULL;
		     b = b->next)
			if (is_conditional(b, key->term) &&
			    strcmp(b->rule->condition, a->rule->condition) == 0)
				text_printf(&words, ", %s", b->rule->id);
		text_putc(&words, ']');
		put_text(pen, &words);
	}
}

static void
put_asks(const struct pen *pen, const struct scaffold_key *key)
{
	for (const struct scaffold_ask *a = key->asks; a != NULL; a = a->next)
		if (a->is_finding)
			put_finding(pen, a);
	if (!key->is_open && key->value == NULL && !pen->scaffold->is_brief)
		put_conditions(pen, key);
}

/* What a reader needs to know before writing the value. */
static void
put_help(const struct pen *pen, const struct scaffold_key *key)
{
	const struct term *term = key->term;
	struct text words = { 0 };

	text_printf(&words, "%s. %s", term->label, term->meaning);
	put_text(pen, &words);
	put_asks(pen, key);
	if (term->type == TERM_CHOICE)
		put_choices(pen, term);
	if (term->type == TERM_SECTION || term->example == NULL ||
	    !key->has_live)
		return;
	text_puts(&words, "Example");
	put_kind(&words, term);
	text_printf(&words, ": %s", term->example);
	put_text(pen, &words);
}

static void put_keys(const struct pen *pen, const struct scaffold_key *section);

/* The key itself: given, open, or as a comment. */
static void
put_line(const struct pen *pen, const struct scaffold_key *key)
{
	const struct term *term = key->term;
	bool is_section = term->type == TERM_SECTION;

	text_printf(pen->out,
	    "%*s%s%s%s:", (int)(pen->depth - (pen->begins_item ? STEP : 0)), "",
	    pen->is_commented ? "#" : "", pen->begins_item ? "- " : "",
	    term->key);
	if (key->value != NULL)
		put_value(pen, term, key->value);
	else if (pen->is_commented && term->example != NULL && !is_section)
		put_value(pen, term, term->example);
	if (key->is_open && !pen->is_commented)
		text_puts(pen->out,
		    is_section || key->value != NULL ? " # TBD" : " TBD");
	text_putc(pen->out, '\n');
}

static void
put_key(const struct pen *above, const struct scaffold_key *key)
{
	struct pen pen = *above;

	pen.is_commented = !key->has_live;
	if (key->has_live || pen.is_spaced)
		text_putc(pen.out, '\n');
	put_help(&pen, key);
	put_line(&pen, key);
	if (key->term->type != TERM_SECTION)
		return;
	pen.depth += key->term->is_list ? 2 * STEP : STEP;
	pen.begins_item = key->term->is_list;
	pen.is_spaced = false;
	put_keys(&pen, key);
}

/* Whether a section or list above the key is open, so that it is a part. */
static bool
is_below_open(const struct scaffold_key *key)
{
	const struct scaffold_key *above = key->parent;

	while (above != NULL && !above->is_open)
		above = above->parent;
	return above != NULL;
}

/*
 * Whether a key is worth a place: a rule that binds looks at it, or at the
 * whole section or list whose value it is a part of.
 */
static bool
is_shown(const struct pen *pen, const struct scaffold_key *key)
{
	bool is_part = key->term->type != TERM_SECTION &&
	    (key->parent->term->is_list || key->parent->asks != NULL);

	if (pen->scaffold->is_brief && !is_below_open(key))
		return key->has_live;
	return key->has_live || key->is_used || key->term->is_required ||
	    is_part;
}

/* The keys that are left out, by name. */
static void
put_rest(const struct pen *pen, const struct scaffold_key *section)
{
	struct text words = { 0 };
	size_t n = 0;

	text_puts(&words, "Also possible here: ");
	for (const struct scaffold_key *k = section->first; k != NULL;
	     k = k->next)
		if (!is_shown(pen, k))
			text_printf(
			    &words, "%s%s", n++ > 0 ? ", " : "", k->term->key);
	if (n > 0)
		put_words(pen, text_str(&words));
	text_free(&words);
}

static void
put_keys(const struct pen *above, const struct scaffold_key *section)
{
	struct pen pen = *above;

	for (const struct scaffold_key *k = section->first; k != NULL;
	     k = k->next) {
		if (!is_shown(&pen, k))
			continue;
		put_key(&pen, k);
		pen.begins_item = false;
		pen.is_spaced = k->has_live || pen.depth == 0;
	}
	if (section->parent != NULL && !pen.scaffold->is_brief)
		put_rest(&pen, section);
}

static void
put_head(const struct pen *pen)
{
	const struct scaffold *scaffold = pen->scaffold;
	const struct pack *pack = &scaffold->catalogue->pack;
	char day[DATE_SIZE];
	struct text words = { 0 };

	if (scaffold->schema != NULL)
		text_printf(pen->out, "# yaml-language-server: $schema=%s\n",
		    scaffold->schema);
	put_words(pen, "What is on file about one AI system or model.");
	put_words(pen, "");
	date_write(scaffold->policy->as_of, day);
	text_printf(&words,
	    "Each of the %zu keys marked TBD is an open point, and `dossier "
	    "check -v` reports these and nothing else (judged on %s). Write "
	    "the "
	    "answer in place of TBD; where an open key holds others, take "
	    "the \"#\" from those you fill in. An answer may also be {none: "
	    "reason}, or {not_applicable: reason, decided_by: name, "
	    "decided_on: date}.",
	    scaffold->n_open, day);
	put_text(pen, &words);
	put_words(pen, "");
	text_printf(&words,
	    "%s `dossier explain KEY` and `dossier explain RULE` say more. "
	    "Law: %s, pack %s.",
	    scaffold->is_brief ?
		"Keys that are optional, or asked only in some case, are not "
		"here: `dossier check` names them when the case is there." :
		"A key behind \"#\" is optional, or asked only in the case "
		"that is told.",
	    pack->edition != NULL ? pack->edition : pack->name, pack->version);
	put_text(pen, &words);
}

void
scaffold_write(const struct scaffold *scaffold, struct text *out)
{
	struct pen pen = {
		.scaffold = scaffold, .out = out, .is_spaced = true
	};

	put_head(&pen);
	put_keys(&pen, scaffold->top);
}
