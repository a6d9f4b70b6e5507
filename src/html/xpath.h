#ifndef DOSSIER_HTML_XPATH_H
#define DOSSIER_HTML_XPATH_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The words of an XPath 1.0 expression, told apart as its section 3.7 says.
 * libxml2 finds an unknown function only when it meets a document, and an
 * unknown name never.
 */

enum html_word_kind {
	HTML_WORD_ELEMENT,
	HTML_WORD_ATTRIBUTE,
	HTML_WORD_FUNCTION, /* or a node test such as text() */
	HTML_WORD_VARIABLE
};

struct html_words {
	const char *at;           /* begins at the expression */
	bool operand;             /* private: the last token was one */
	enum html_word_kind kind; /* of the word found */
	const char *p;            /* the word, n bytes */
	size_t n;
};

/* Whether a name may begin with the character. */
static inline bool
html_is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static inline bool
html_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Whether it may stand in a name. */
static inline bool
html_is_name(char c)
{
	return html_is_name_start(c) || html_is_digit(c) || c == '-' ||
	    c == '.';
}

/* Find the next word; false at the end. */
bool html_words_next(struct html_words *words);

/*
 * What is wrong with the words of an expression: a function that XPath 1.0
 * does not have, or a variable; NULL when nothing is.
 */
const char *html_xpath_check(const char *expression);

#endif
