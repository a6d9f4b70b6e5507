#include "measure/answer.h"

#include <string.h>

bool
answer_is(const struct csv_field *field, const char *text)
{
	return strlen(text) == field->n &&
	    memcmp(field->p, text, field->n) == 0;
}

/* Whether a field is one of n words, whatever their case. */
static bool
is_word(const struct csv_field *field, const char *const words[], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;

		if (strlen(words[i]) != field->n)
			continue;
		while (k < field->n &&
		    (field->p[k] |
			(field->p[k] >= 'A' && field->p[k] <= 'Z' ? 0x20 :
								    0)) ==
			words[i][k])
			k++;
		if (k == field->n)
			return true;
	}
	return false;
}

bool
answer_is_missing(const struct csv_field *field)
{
	static const char *const words[] = { "NA", "N/A", "NaN", "nan", "null",
		"None" };

	if (field->n == 0)
		return true;
	if (field->p[0] != 'N' && field->p[0] != 'n')
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (answer_is(field, words[i]))
			return true;
	return false;
}

enum binary
answer_read(const struct csv_field *field)
{
	static const char *const yes[] = { "1.0", "true", "yes" };
	static const char *const no[] = { "0.0", "false", "no" };

	if (field->n == 1 && (field->p[0] == '0' || field->p[0] == '1'))
		return field->p[0] == '1' ? BINARY_YES : BINARY_NO;
	if (answer_is_missing(field))
		return BINARY_MISSING;
	if (is_word(field, yes, sizeof(yes) / sizeof(yes[0])))
		return BINARY_YES;
	if (is_word(field, no, sizeof(no) / sizeof(no[0])))
		return BINARY_NO;
	return BINARY_COUNT;
}
