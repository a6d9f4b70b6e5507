#include "intake/schema.h"

#include <math.h>
#include <string.h>

#include "base/json_write.h"
#include "base/num.h"
#include "intake/placeholder.h"
#include "intake/vocabulary.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

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
put_ref(struct json_writer *w, const char *definition)
{
	struct text ref = { 0 };

	text_printf(&ref, "{\"$ref\": \"#/$defs/%s\"}", definition);
	json_raw(w, NULL, text_str(&ref));
	text_free(&ref);
}

/* A word that YAML reads as a number may come as one. */
static void
put_choice(struct json_writer *w, const struct term *term)
{
	json_open(w, NULL, '{');
	json_open(w, "enum", '[');
	for (size_t i = 0; i < term->n_values; i++) {
		const char *word = term->values[i];
		double number;

		json_string(w, NULL, word);
		if (num_read(word, strlen(word), &number))
			json_raw(w, NULL, word);
	}
	json_close(w, ']');
	json_close(w, '}');
}

static void put_keys(struct json_writer *w, const struct term *section);

/* The schema of one value of the term's type, as an item of anyOf or allOf. */
static void
put_type(struct json_writer *w, const struct term *term)
{
	if (term->type == TERM_SECTION) {
		json_open(w, NULL, '{');
		put_keys(w, term);
		json_close(w, '}');
	} else if (term->type == TERM_CHOICE) {
		put_choice(w, term);
	} else {
		put_ref(w, term_type_word(term->type));
	}
}

static void
put_list(struct json_writer *w, const struct term *term)
{
	json_open(w, NULL, '{');
	json_string(w, "type", "array");
	json_open(w, "items", '{');
	json_open(w, "anyOf", '[');
	put_type(w, term);
	put_ref(w, "unanswered");
	json_close(w, ']');
	json_close(w, '}');
	json_close(w, '}');
}

/* Ends of a range, which bind only what came as a number. */
static void
put_range(struct json_writer *w, const struct term *term)
{
	char number[NUM_SIZE];

	if (isfinite(term->least)) {
		num_write(term->least, number);
		json_raw(w, "minimum", number);
	}
	if (isfinite(term->most)) {
		num_write(term->most, number);
		json_raw(w, "maximum", number);
	}
}

/* What stands below a key: the value, or another answer where that will do. */
static void
put_term(struct json_writer *w, const struct term *term)
{
	json_open(w, term->key, '{');
	json_string(w, "title", term->label);
	json_string(w, "description", term->meaning);
	if (term->example != NULL) {
		json_open(w, "examples", '[');
		json_string(w, NULL, term->example);
		json_close(w, ']');
	}
	put_range(w, term);
	json_open(w, term->is_required ? "allOf" : "anyOf", '[');
	if (term->is_list)
		put_list(w, term);
	else
		put_type(w, term);
	if (term->is_required) {
		json_raw(
		    w, NULL, "{\"not\": {\"$ref\": \"#/$defs/unanswered\"}}");
	} else {
		put_ref(w, "unanswered");
		put_ref(w, "none");
		put_ref(w, "not_applicable");
	}
	json_close(w, ']');
	json_close(w, '}');
}

/* The members that describe a section as an object. */
static void
put_keys(struct json_writer *w, const struct term *section)
{
	bool has_required = false;

	json_string(w, "type", "object");
	json_raw(w, "additionalProperties", "false");
	json_open(w, "properties", '{');
	for (const struct term *t = section->first; t != NULL; t = t->next) {
		put_term(w, t);
		has_required |= t->is_required;
	}
	json_close(w, '}');
	if (!has_required)
		return;
	json_open(w, "required", '[');
	for (const struct term *t = section->first; t != NULL; t = t->next)
		if (t->is_required)
			json_string(w, NULL, t->key);
	json_close(w, ']');
}

static void
put_definitions(struct json_writer *w)
{
	struct text pattern = { 0 };

	json_open(w, "$defs", '{');
	for (size_t i = 0; i < COUNT(definitions); i++)
		json_raw(w, definitions[i].name, definitions[i].schema);
	placeholder_pattern(&pattern);
	json_open(w, "unanswered", '{');
	json_string(w, "description",
	    "Nothing, or a placeholder: counts as not provided.");
	json_raw(w, "type", "[\"string\", \"null\"]");
	json_string(w, "pattern", text_str(&pattern));
	json_close(w, '}');
	json_close(w, '}');
	text_free(&pattern);
}

void
schema_json(const struct vocabulary *vocabulary, struct text *out)
{
	struct json_writer w = { .out = out };

	json_open(&w, NULL, '{');
	json_string(
	    &w, "$schema", "https://json-schema.org/draft/2020-12/schema");
	json_string(&w, "title", "model.yaml of dossier");
	json_string(&w, "description",
	    "What is on file about one AI model. Any key may hold, in place of "
	    "its value, {none: reason} or {not_applicable: reason, decided_by: "
	    "name, decided_on: date}.");
	json_string(&w, "$comment", vocabulary->version);
	put_keys(&w, &vocabulary->top);
	put_definitions(&w);
	json_close(&w, '}');
}
