#include <string.h>

#include "intake/vocabulary.h"

/* A vocabulary that has been read: its terms by key and path, its types. */

static const struct {
	const char *word;
	const char *noun;
} types[] = {
	[TERM_TEXT] = { "text", "a text" },
	[TERM_LINE] = { "line", "a line of text" },
	[TERM_SLUG] = { "slug", "an id" },
	[TERM_NUMBER] = { "number", "a number" },
	[TERM_INTEGER] = { "integer", "a whole number" },
	[TERM_BOOL] = { "yes-no", "yes or no" },
	[TERM_DATE] = { "date", "a date" },
	[TERM_CHOICE] = { "choice", "one of a list of words" },
	[TERM_FILE] = { "file", "a file" },
	[TERM_URL] = { "url", "an address" },
	[TERM_HASH] = { "sha256", "a SHA-256" },
	[TERM_SECTION] = { "section", "a map of keys" },
};

const char *
term_type_word(enum term_type type)
{
	return types[type].word;
}

const char *
term_type_noun(enum term_type type)
{
	return types[type].noun;
}

const struct term *
vocabulary_find(const struct vocabulary *vocabulary, const char *path)
{
	const struct term *term = &vocabulary->top;

	while (term != NULL && *path != '\0') {
		size_t n = strcspn(path, ".");

		term = term_child(term, path, n);
		path += n;
		path += *path == '.' ? 1 : 0;
	}
	return term;
}
