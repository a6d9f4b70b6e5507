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

/* Compare a key of n bytes with a C string, as strcmp() does. */
static int
compare_key(const char *key, size_t n, const char *other)
{
	int order = strncmp(key, other, n);

	return order != 0 || other[n] == '\0' ? order : -1;
}

const struct term *
term_child(const struct term *section, const char *key, size_t n)
{
	size_t low = 0;
	size_t high = section->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare_key(key, n, section->keys[middle]);

		if (order == 0)
			return section->by_key[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
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
