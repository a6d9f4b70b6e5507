#include "intake/schema.h"

#include <math.h>
#include <string.h>

#include "base/num.h"
#include "intake/placeholder.h"
#include "intake/vocabulary.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* JSON as it is written, one member or item a line. */
struct writer {
	struct text *out;
	unsigned depth;
	bool is_first; /* in its object or array */
};

/*
 * What each type allows.  A string that YAML would take for a number or a
 * truth value arrives as such, so both stand beside it.
 */
static const struct {
	const char *name;
	const char *schema;
} definitions[] = {
	{ "text", "{\"type\": [\"string\", \"number\", \"boolean\"]}" },
	{ "line",
	    "{\"type\": [\"string\", \"number\", \"boolean\"], "
	    "\"pattern\": \"^[^\\\\r\\\\n]*[\\\\r\\\\n]*$\"}" },
	{ "slug",
	    "{\"type\": [\"string\", \"number\", \"boolean\"], "
	    "\"pattern\": \"^[a-z0-9][a-z0-9._-]{0,63}$\", "
	    "\"minimum\": 0}" },
	{ "number",
	    "{\"type\": [\"number\", \"string\"], "
	    "\"pattern\": \"^[+-]?[0-9]+(\\\\.[0-9]+)?"
	    "([eE][+-]?[0-9]+)?$\"}" },
	{ "integer",
	    "{\"type\": [\"integer\", \"string\"], "
	    "\"pattern\": \"^[0-9]+$\", \"minimum\": 0, "
	    "\"maximum\": 9007199254740992}" },
	{ "yes-no",
	    "{\"enum\": [true, false, \"yes\", \"Yes\", \"YES\", "
	    "\"no\", \"No\", \"NO\", \"true\", \"True\", \"TRUE\", "
	    "\"false\", \"False\", \"FALSE\"]}" },
	{ "date",
	    "{\"type\": \"string\", \"format\": \"date\", "
	    "\"pattern\": \"^(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])-"
	    "(0[1-9]|[12][0-9]|3[01])$\"}" },
	{ "file",
	    "{\"type\": [\"string\", \"number\"], "
	    "\"pattern\": \"^[^/\\\\r\\\\n][^\\\\r\\\\n]*"
	    "[\\\\r\\\\n]*$\"}" },
	{ "url", "{\"type\": [\"string\", \"number\", \"boolean\"]}" },
	{ "sha256",
	    "{\"type\": \"string\", "
	    "\"pattern\": \"^[0-9a-fA-F]{64}$\"}" },
	{ "reason",
	    "{\"type\": [\"string\", \"number\", \"boolean\", "
	    "\"null\"]}" },
	{ "none",
	    "{\"type\": \"object\", \"required\": [\"none\"], "
	    "\"additionalProperties\": false, \"properties\": "
	    "{\"none\": {\"$ref\": \"#/$defs/reason\"}}}" },
	{ "not_applicable",
	    "{\"type\": \"object\", \"required\": [\"not_applicable\"], "
	    "\"additionalProperties\": false, \"properties\": "
	    "{\"not_applicable\": {\"$ref\": \"#/$defs/reason\"}, "
	    "\"decided_by\": {\"$ref\": \"#/$defs/reason\"}, "
	    "\"decided_on\": {\"anyOf\": [{\"$ref\": \"#/$defs/date\"}, "
	    "{\"$ref\": \"#/$defs/unanswered\"}]}}}" },
};

static void
begin_line(struct writer *w, const char *key)
{
	text_puts(w->out, w->is_first ? "\n" : ",\n");
	for (unsigned i = 0; i < w->depth; i++)
		text_puts(w->out, "  ");
	w->is_first = false;
	if (key == NULL)
		return;
	text_put_json(w->out, key, strlen(key));
	text_puts(w->out, ": ");
}

static void
open_level(struct writer *w, const char *key, char bracket)
{
	begin_line(w, key);
	text_putc(w->out, bracket);
	w->depth++;
	w->is_first = true;
}

static void
close_level(struct writer *w, char bracket)
{
	w->depth--;
	w->is_first = true;
	text_putc(w->out, '\n');
	for (unsigned i = 0; i < w->depth; i++)
		text_puts(w->out, "  ");
	text_putc(w->out, bracket);
	w->is_first = false;
}

static void
put_string(struct writer *w, const char *key, const char *value)
{
	begin_line(w, key);
	text_put_json(w->out, value, strlen(value));
}

/* A member or item that is JSON already. */
static void
put_raw(struct writer *w, const char *key, const char *json)
{
	begin_line(w, key);
	text_puts(w->out, json);
}

static void
put_ref(struct writer *w, const char *definition)
{
	begin_line(w, NULL);
	text_printf(w->out, "{\"$ref\": \"#/$defs/%s\"}", definition);
}

/* A word that YAML reads as a number may come as one. */
static void
put_choice(struct writer *w, const struct term *term)
{
	open_level(w, NULL, '{');
	open_level(w, "enum", '[');
	for (size_t i = 0; i < term->n_values; i++) {
		const char *word = term->values[i];
		double number;

		put_string(w, NULL, word);
		if (num_read(word, strlen(word), &number))
			put_raw(w, NULL, word);
	}
	close_level(w, ']');
	close_level(w, '}');
}

static void put_keys(struct writer *w, const struct term *section);

/* The schema of one value of the term's type, as an item of anyOf or allOf. */
static void
put_type(struct writer *w, const struct term *term)
{
	if (term->type == TERM_SECTION) {
		open_level(w, NULL, '{');
		put_keys(w, term);
		close_level(w, '}');
	} else if (term->type == TERM_CHOICE) {
		put_choice(w, term);
	} else {
		put_ref(w, term_type_word(term->type));
	}
}

static void
put_list(struct writer *w, const struct term *term)
{
	open_level(w, NULL, '{');
	put_string(w, "type", "array");
	open_level(w, "items", '{');
	open_level(w, "anyOf", '[');
	put_type(w, term);
	put_ref(w, "unanswered");
	close_level(w, ']');
	close_level(w, '}');
	close_level(w, '}');
}

/* Ends of a range, which bind only what came as a number. */
static void
put_range(struct writer *w, const struct term *term)
{
	char number[NUM_SIZE];

	if (isfinite(term->least)) {
		num_write(term->least, number);
		put_raw(w, "minimum", number);
	}
	if (isfinite(term->most)) {
		num_write(term->most, number);
		put_raw(w, "maximum", number);
	}
}

/* What stands below a key: the value, or another answer where that will do. */
static void
put_term(struct writer *w, const struct term *term)
{
	open_level(w, term->key, '{');
	put_string(w, "title", term->label);
	put_string(w, "description", term->meaning);
	if (term->example != NULL) {
		open_level(w, "examples", '[');
		put_string(w, NULL, term->example);
		close_level(w, ']');
	}
	put_range(w, term);
	open_level(w, term->is_required ? "allOf" : "anyOf", '[');
	if (term->is_list)
		put_list(w, term);
	else
		put_type(w, term);
	if (term->is_required) {
		put_raw(
		    w, NULL, "{\"not\": {\"$ref\": \"#/$defs/unanswered\"}}");
	} else {
		put_ref(w, "unanswered");
		put_ref(w, "none");
		put_ref(w, "not_applicable");
	}
	close_level(w, ']');
	close_level(w, '}');
}

/* The members that describe a section as an object. */
static void
put_keys(struct writer *w, const struct term *section)
{
	bool has_required = false;

	put_string(w, "type", "object");
	put_raw(w, "additionalProperties", "false");
	open_level(w, "properties", '{');
	for (const struct term *t = section->first; t != NULL; t = t->next) {
		put_term(w, t);
		has_required |= t->is_required;
	}
	close_level(w, '}');
	if (!has_required)
		return;
	open_level(w, "required", '[');
	for (const struct term *t = section->first; t != NULL; t = t->next)
		if (t->is_required)
			put_string(w, NULL, t->key);
	close_level(w, ']');
}

static void
put_definitions(struct writer *w)
{
	struct text pattern = { 0 };

	open_level(w, "$defs", '{');
	for (size_t i = 0; i < COUNT(definitions); i++)
		put_raw(w, definitions[i].name, definitions[i].schema);
	placeholder_pattern(&pattern);
	open_level(w, "unanswered", '{');
	put_string(w, "description",
	    "Nothing, or a placeholder: counts as not provided.");
	put_raw(w, "type", "[\"string\", \"null\"]");
	put_string(w, "pattern", text_str(&pattern));
	close_level(w, '}');
	close_level(w, '}');
	text_free(&pattern);
}

void
schema_json(const struct vocabulary *vocabulary, struct text *out)
{
	struct writer w = { .out = out, .depth = 1, .is_first = true };

	text_puts(out, "{");
	put_string(
	    &w, "$schema", "https://json-schema.org/draft/2020-12/schema");
	put_string(&w, "title", "model.yaml of dossier");
	put_string(&w, "description",
	    "What is on file about one AI model. Any key may hold, in place of "
	    "its value, {none: reason} or {not_applicable: reason, decided_by: "
	    "name, decided_on: date}.");
	put_string(&w, "$comment", vocabulary->version);
	put_keys(&w, &vocabulary->top);
	put_definitions(&w);
	text_puts(out, "\n}\n");
}
