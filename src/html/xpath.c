#include "html/xpath.h"

#include <string.h>

/* Go past a quoted literal. */
static void
skip_literal(struct html_words *words)
{
	const char *end = strchr(words->at + 1, *words->at);

	words->at = end != NULL ? end + 1 : words->at + strlen(words->at);
	words->operand = true;
}

/* Go past a number, a dot or two, or a sign. */
static void
skip_sign(struct html_words *words)
{
	char c = *words->at++;

	/* Behind an operand "*" multiplies; else it stands for any name. */
	if (c == '*')
		words->operand = !words->operand;
	else
		words->operand =
		    c == ')' || c == ']' || c == '.' || html_is_digit(c);
}

static bool
is_word(const struct html_words *words, const char *word)
{
	return strlen(word) == words->n &&
	    memcmp(words->p, word, words->n) == 0;
}

/*
 * Take the name at the reader; false when it is an operator or an axis, which
 * is gone past.
 */
static bool
take_name(struct html_words *words, bool attribute)
{
	const char *behind;

	words->p = words->at;
	while (html_is_name(*words->at))
		words->at++;
	words->n = (size_t)(words->at - words->p);
	if (words->operand) {
		words->operand = false;
		return false;
	}
	behind = words->at + strspn(words->at, " \t\n");
	if (behind[0] == ':' && behind[1] == ':') {
		words->at = behind + 2;
		if (is_word(words, "attribute") &&
		    html_is_name_start(*words->at))
			return take_name(words, true);
		return false;
	}
	words->kind = attribute ? HTML_WORD_ATTRIBUTE : HTML_WORD_ELEMENT;
	if (*behind == '(')
		words->kind = HTML_WORD_FUNCTION;
	words->operand = *behind != '(';
	return true;
}

bool
html_words_next(struct html_words *words)
{
	while (*words->at != '\0') {
		char c = *words->at;

		if (c == '\'' || c == '"') {
			skip_literal(words);
		} else if (c == '@' && html_is_name_start(words->at[1])) {
			words->at++;
			words->operand = false;
			return take_name(words, true);
		} else if (c == '$') {
			words->kind = HTML_WORD_VARIABLE;
			words->p = words->at++;
			words->n = 1;
			return true;
		} else if (html_is_name_start(c)) {
			if (take_name(words, false))
				return true;
		} else if (strchr(" \t\n", c) != NULL) {
			words->at++;
		} else {
			skip_sign(words);
		}
	}
	return false;
}

const char *
html_xpath_check(const char *expression)
{
	/* Sections 4 and 2.3; id() and lang() mean nothing in our documents. */
	static const char *const known[] = { "last", "position", "count",
		"local-name", "name", "string", "concat", "starts-with",
		"contains", "substring-before", "substring-after", "substring",
		"string-length", "normalize-space", "translate", "boolean",
		"not", "true", "false", "number", "sum", "floor", "ceiling",
		"round", "node", "text" };
	struct html_words words = { .at = expression };

	while (html_words_next(&words)) {
		bool found = false;

		if (words.kind == HTML_WORD_VARIABLE)
			return "XPath has no variables here";
		if (words.kind != HTML_WORD_FUNCTION)
			continue;
		for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
			found |= is_word(&words, known[i]);
		if (!found)
			return "XPath 1.0 has no such function";
	}
	return NULL;
}
