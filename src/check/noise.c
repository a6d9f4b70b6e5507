#include "check/noise.h"

#include <stdbool.h>
#include <string.h>

enum {
	RUN_LEAST = 4,    /* keys side by side that are no chance */
	WORD_MOST = 40,   /* bytes of a word that is looked at */
	UNIT_MOST = 4,    /* bytes of a syllable that is repeated */
	HARD_LEAST = 5,   /* letters of a word that no tongue has so */
	VOWELLESS = 8,    /* letters without a vowel that are no word */
	REPEAT_WORDS = 4, /* from so many words on, repetition is one */
	GAP_LEAST = 3     /* x's that leave a gap */
};

/* Rows of the keyboards of the Union, to be read both ways. */
static const char *const rows[] = { "qwertyuiop", "asdfghjkl", "zxcvbnm",
	"qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn" };

/* Words that stand in such a row by chance. */
static const char *const by_chance[] = { "wert", "ertz", "trew", "poiu" };

/* What a form or a generator leaves behind; a text with it was not read. */
static const char *const leavings[] = { "lorem ipsum", "dolor sit amet",
	"consectetur adipiscing", "sed do eiusmod", "as an ai language model",
	"as a large language model", "i cannot provide", "i can t provide",
	"i can't provide", "insert your text", "insert text here",
	"insert description", "your text here", "text goes here",
	"same as above", "enter text here", "type your text",
	"tap here to enter text", "add description here", "replace this text",
	"blah blah", "hier text einfügen", "insérer le texte",
	"texte à insérer", "inserire testo qui", "insertar texto aquí",
	"wpisz tutaj tekst", "vul hier tekst in" };

/* What says so only where it is nearly all that a text says. */
static const char *const promises[] = { "dummy text", "sample text",
	"example text", "type here", "fill in later", "please fill in",
	"see above", "to follow", "bitte ausfüllen", "siehe oben",
	"wird noch ergänzt", "wird ergänzt", "noch zu ergänzen", "noch offen",
	"à compléter", "à remplir", "à définir", "voir ci-dessus",
	"da completare", "da definire", "por completar", "por definir",
	"pendiente de completar", "a preencher", "do uzupełnienia",
	"nog in te vullen", "nader te bepalen", "skal udfyldes",
	"fylls i senare", "bude doplněno", "de completat", "täydennetään",
	"kitöltendő", "προς συμπλήρωση", "θα συμπληρωθεί" };

enum { PROMISE_WORDS = 6 }; /* a longer text says something besides */

/* Openings of a gap in a form, in small letters. */
static const char *const gaps[] = { "[insert", "<insert", "[your", "<your",
	"[name", "<name", "[date", "<date", "[describe", "<describe", "[todo",
	"[tbd", "{{", "[please", "<please", "[xxx", "[...]", "[\xE2\x80\xA6]" };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The first phrase of a list that stands in a text as whole words, or NULL. */
static const char *
find_any(const char *plain, const char *const *phrases, size_t n)
{
	for (const char *word = plain; *word != '\0';) {
		for (size_t i = 0; i < n; i++) {
			size_t size;

			if (phrases[i][0] != *word)
				continue;
			size = strlen(phrases[i]);
			if (strncmp(word, phrases[i], size) == 0 &&
			    (word[size] == ' ' || word[size] == '\0'))
				return phrases[i];
		}
		word += strcspn(word, " ");
		word += *word == ' ' ? 1 : 0;
	}
	return NULL;
}

/* Whether the word stands in the row, forwards or backwards. */
static bool
is_in_row(const char *word, size_t n, const char *row)
{
	const char *key = strchr(row, word[0]);
	size_t same = 1;

	if (key == NULL)
		return false;
	if (key[1] == word[1])
		while (same < n && key[same] == word[same])
			same++;
	else
		while (same < n && key > row && key[-1] == word[same]) {
			key--;
			same++;
		}
	return same == n;
}

/* "asdf", "poiuytrewq", and either more than once. */
static bool
is_keys(const char *word, size_t n)
{
	if (n < RUN_LEAST)
		return false;
	for (size_t i = 0; i < COUNT(by_chance); i++)
		if (strlen(by_chance[i]) == n &&
		    memcmp(by_chance[i], word, n) == 0)
			return false;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (is_in_row(word, n, rows[i]))
			return true;
	return n % 2 == 0 && memcmp(word, word + n / 2, n / 2) == 0 &&
	    is_keys(word, n / 2);
}

/* "lalala", "blablabla": a syllable at least three times. */
static bool
is_repeated(const char *word, size_t n)
{
	for (size_t unit = 2; unit <= UNIT_MOST; unit++) {
		size_t at = unit;

		if (n % unit != 0 || n / unit < 3)
			continue;
		while (at < n && memcmp(word, word + at, unit) == 0)
			at += unit;
		if (at == n)
			return true;
	}
	return false;
}

/* Whether a word is of a to z alone and has no vowel. */
static bool
is_vowelless(const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (word[i] < 'a' || word[i] > 'z' ||
		    strchr("aeiouy", word[i]) != NULL)
			return false;
	return n > 0;
}

/* What the words of a text are like. */
struct tally {
	size_t keys, vowelless, letters;
};

/* Whether the word stands in the text in small letters: no abbreviation. */
static bool
is_small(const char *text, const char *word, size_t n)
{
	char copy[WORD_MOST];

	memcpy(copy, word, n);
	copy[n] = '\0';
	return strstr(text, copy) != NULL;
}

static struct tally
tally_of(const char *text, const struct words *words)
{
	struct tally tally = { 0, 0, 0 };

	for (const char *p = words->plain; *p != '\0'; p += *p == ' ' ? 1 : 0) {
		size_t n = strcspn(p, " ");

		if (n < WORD_MOST && (is_keys(p, n) || is_repeated(p, n)))
			tally.keys++;
		if (n >= HARD_LEAST && n < WORD_MOST && is_vowelless(p, n) &&
		    is_small(text, p, n)) {
			tally.vowelless++;
			tally.letters += n;
		}
		p += n;
	}
	return tally;
}

/* A run of x's that stands alone: "xxx", "XXXX". */
static bool
has_gap(const char *text)
{
	const char *p = text;

	while (*p != '\0') {
		size_t word = strcspn(p, " \t\r\n");
		size_t small = strspn(p, "x"), both = strspn(p, "xX");
		size_t rest = word - (both < word ? both : word);

		if (both > 0 && rest <= 1 &&
		    (rest == 0 || strchr(".,;:)", p[both]) != NULL) &&
		    (small >= GAP_LEAST || both > GAP_LEAST))
			return true;
		p += word;
		p += strspn(p, " \t\r\n");
	}
	return false;
}

static bool
is_bracketed(const char *text)
{
	size_t n = strlen(text);

	while (n > 0 && strchr(" \t\r\n", text[n - 1]) != NULL)
		n--;
	return n > 2 &&
	    ((text[0] == '[' && text[n - 1] == ']' &&
		 memchr(text, ']', n - 1) == NULL) ||
		(text[0] == '<' && text[n - 1] == '>' &&
		    memchr(text, '>', n - 1) == NULL));
}

const char *
noise_leaving(const struct words *words)
{
	return find_any(words->plain, leavings, COUNT(leavings));
}

/* Gaps that a form leaves, and texts that stand in for another. */
static const char *
leaving_of(struct arena *arena, const char *text, const struct words *words)
{
	const char *folded =
	    strpbrk(text, "[<{") != NULL ? words_fold(arena, text) : NULL;

	const char *phrase = noise_leaving(words);

	if (phrase == NULL && words->n <= PROMISE_WORDS)
		phrase = find_any(words->plain, promises, COUNT(promises));
	if (phrase != NULL)
		return arena_printf(
		    arena, "\"%s\" stands in for a text", phrase);
	for (size_t i = 0; folded != NULL && i < COUNT(gaps); i++)
		if (strstr(folded, gaps[i]) != NULL)
			return arena_printf(
			    arena, "\"%s\" is the gap of a form", gaps[i]);
	if (folded != NULL && is_bracketed(text))
		return "it is the gap of a form";
	return has_gap(text) ? "\"xxx\" is the gap of a form" : NULL;
}

const char *
noise_of(struct arena *arena, const char *text, const struct words *words)
{
	const char *leaving = leaving_of(arena, text, words);
	struct tally tally;
	size_t most, different;

	if (leaving != NULL || words->n == 0)
		return leaving;
	tally = tally_of(text, words);
	if (tally.keys * 3 >= words->n)
		return "it is keys side by side, or a syllable repeated";
	if (tally.letters >= VOWELLESS && tally.vowelless * 2 > words->n)
		return "it is letters without a vowel";
	if (words->n < REPEAT_WORDS)
		return NULL;
	words_spread(arena, words, &most, &different);
	return most * 2 >= words->n ? "it repeats one word" : NULL;
}
