#include "intake/placeholder.h"

#include <stddef.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Blanks at the ends are left aside; "\r\n" for block scalars. */
static const char blanks[] = " \t\r\n";

/* The whole text, in any case; a full stop or a colon may end it. */
static const char *const words[] = { "tbd", "tbc", "tba", "todo", "to do",
	"fixme", "n/a", "n.a", "na", "xxx", "xxxx", "placeholder",
	"coming soon", "fill in", "not yet available" };

/* The beginning of a text, in any case. */
static const char *const beginnings[] = { "lorem ipsum", "to be completed",
	"to be determined", "to be defined", "to be confirmed", "to be added",
	"to be provided", "to be decided", "to be written", "to be filled in" };

/* The beginning of a text, before a colon: "TBD: after the pilot". */
static const char *const openings[] = { "tbd", "tbc", "tba", "todo", "fixme" };

/* What a form puts around a gap: "[TBD]", "<to be completed>". */
static const char around[] = "[]<>(){}";

/* Texts of nothing but these say nothing. */
static const char signs[] = "-?._";

/* How long a text may be that only begins like a placeholder. */
enum { LONGEST = 60 };

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Whether the n bytes begin with a word, in any case. */
static bool
begins(const char *p, size_t n, const char *word)
{
	size_t len = strlen(word);

	if (n < len)
		return false;
	for (size_t i = 0; i < len; i++)
		if (lower(p[i]) != word[i])
			return false;
	return true;
}

static bool
is_word(const char *p, size_t n)
{
	if (n > 0 && (p[n - 1] == '.' || p[n - 1] == ':'))
		n--;
	for (size_t i = 0; i < COUNT(words); i++)
		if (strlen(words[i]) == n && begins(p, n, words[i]))
			return true;
	return false;
}

static bool
opens(const char *p, size_t n)
{
	for (size_t i = 0; i < COUNT(openings); i++) {
		size_t len = strlen(openings[i]);

		if (begins(p, n, openings[i]) && n > len && p[len] == ':')
			return true;
	}
	for (size_t i = 0; i < COUNT(beginnings); i++)
		if (begins(p, n, beginnings[i]) && (i == 0 || n <= LONGEST))
			return true;
	return false;
}

static bool
is_aside(char c)
{
	return strchr(blanks, c) != NULL || strchr(around, c) != NULL;
}

bool
placeholder_is(const char *text)
{
	const char *p = text;
	size_t n;

	while (*p != '\0' && is_aside(*p))
		p++;
	n = strlen(p);
	while (n > 0 && is_aside(p[n - 1]))
		n--;
	if (strspn(p, signs) >= n)
		return true;
	return is_word(p, n) || opens(p, n);
}

/* What is left aside at the ends, and what is not, as a pattern has it. */
#define ASIDE "[ \\t\\r\\n\\[\\]<>(){}]"
#define INSIDE "[^ \\t\\r\\n\\[\\]<>(){}]"

/* A word as a pattern that does not mind the case of its letters. */
static void
put_word(struct text *out, const char *word)
{
	for (const char *p = word; *p != '\0'; p++) {
		if (*p >= 'a' && *p <= 'z')
			text_printf(out, "[%c%c]", *p - 'a' + 'A', *p);
		else if (*p == '.')
			text_puts(out, "\\.");
		else
			text_putc(out, *p);
	}
}

static void
put_words(struct text *out, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		text_puts(out, i > 0 ? "|" : "");
		put_word(out, list[i]);
	}
}

void
placeholder_pattern(struct text *out)
{
	text_puts(out, "^" ASIDE "*([-?._]*|(");
	put_words(out, words, COUNT(words));
	text_puts(out, ")[.:]?|(");
	put_words(out, openings, COUNT(openings));
	text_puts(out, "):[\\s\\S]*|");
	put_word(out, beginnings[0]);
	text_puts(out, "[\\s\\S]*|(?![\\s\\S]{60,}" INSIDE ")(");
	put_words(out, beginnings + 1, COUNT(beginnings) - 1);
	text_puts(out, ")[\\s\\S]*)" ASIDE "*$");
}
