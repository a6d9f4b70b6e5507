#include "measure/answer.h"

#include <string.h>

#include "base/num.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The field without the blanks around it. */
static struct csv_field
trimmed(const struct csv_field *field)
{
	struct csv_field inner = *field;

	for (; inner.n > 0 && is_blank(inner.p[0]); inner.n--)
		inner.p++;
	while (inner.n > 0 && is_blank(inner.p[inner.n - 1]))
		inner.n--;
	return inner;
}

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

	struct csv_field inner;

	if (field->n == 0)
		return true;
	if (!is_blank(field->p[0]) && field->p[0] != 'N' && field->p[0] != 'n')
		return false;
	inner = trimmed(field);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (answer_is(&inner, words[i]))
			return true;
	return inner.n == 0;
}

enum binary
answer_read(const struct csv_field *field)
{
	static const char *const yes[] = { "1.0", "true", "yes" };
	static const char *const no[] = { "0.0", "false", "no" };
	struct csv_field inner;

	if (field->n == 1 && (field->p[0] == '0' || field->p[0] == '1'))
		return field->p[0] == '1' ? BINARY_YES : BINARY_NO;
	if (answer_is_missing(field))
		return BINARY_MISSING;
	if (is_word(field, yes, sizeof(yes) / sizeof(yes[0])))
		return BINARY_YES;
	if (is_word(field, no, sizeof(no) / sizeof(no[0])))
		return BINARY_NO;
	inner = trimmed(field);
	return inner.n < field->n ? answer_read(&inner) : BINARY_COUNT;
}

bool
answer_number(const struct csv_field *field, double *out)
{
	enum { LONGEST = 64 };
	struct csv_field inner;
	char copy[2 * LONGEST];
	size_t n = 0;

	if (num_read(field->p, field->n, out))
		return true;
	inner = trimmed(field);
	if (inner.n == 0 || inner.n > LONGEST)
		return false;
	for (size_t i = 0; i < inner.n; i++) {
		bool begins =
		    i == 0 || inner.p[i - 1] == '-' || inner.p[i - 1] == '+';
		bool ends = i + 1 == inner.n || inner.p[i + 1] == 'e' ||
		    inner.p[i + 1] == 'E';

		if (inner.p[i] == '.' && begins && ends)
			return false;
		if (inner.p[i] == '.' && begins)
			copy[n++] = '0';
		if (inner.p[i] != '.' || !ends)
			copy[n++] = inner.p[i];
	}
	return num_read(copy, n, out);
}
