#include "check/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* FNV-1a, 64 bits. */
#define HASH_START UINT64_C(14695981039346656037)
#define HASH_PRIME UINT64_C(1099511628211)

/*
 * Code points above ASCII that belong to no word: punctuation, spaces,
 * symbols.  Everything else there is a letter, a digit or a mark.
 */
static const struct {
	unsigned first, last;
} breaks[] = {
	{ 0x0080, 0x00A9 }, /* controls, Latin-1 punctuation */
	{ 0x00AB, 0x00B4 }, { 0x00B6, 0x00B9 }, { 0x00BB, 0x00BF },
	{ 0x00D7, 0x00D7 }, { 0x00F7, 0x00F7 }, { 0x1680, 0x1680 },
	{ 0x2000, 0x2BFF }, /* general punctuation to miscellaneous symbols */
	{ 0x2E00, 0x2E7F }, { 0x3000, 0x3004 }, { 0x3008, 0x3020 },
	{ 0x30FB, 0x30FB }, { 0xFE10, 0xFE1F }, { 0xFE30, 0xFE6F },
	{ 0xFEFF, 0xFF0F }, { 0xFF1A, 0xFF20 }, { 0xFFE0, 0xFFFF },
	{ 0x1F000, 0x1FAFF }, /* pictures */
};

/* Scripts that put no space between words. */
static const struct {
	unsigned first, last;
} singles[] = {
	{ 0x3041, 0x30FA },
	{ 0x30FC, 0x30FF },
	{ 0x3400, 0x4DBF },
	{ 0x4E00, 0x9FFF },
	{ 0xF900, 0xFAFF },
	{ 0x20000, 0x3FFFF },
};

enum sort { SORT_BREAK, SORT_DIGIT, SORT_LETTER, SORT_JOIN, SORT_SINGLE };

static enum sort
sort_of_ascii(unsigned code)
{
	if ((code | 0x20) >= 'a' && (code | 0x20) <= 'z')
		return SORT_LETTER;
	if (code >= '0' && code <= '9')
		return SORT_DIGIT;
	return code == '\'' || code == '-' || code == '_' ? SORT_JOIN :
							    SORT_BREAK;
}

static enum sort
sort_of(unsigned code)
{
	if (code < 0x80)
		return sort_of_ascii(code);
	if (code == 0x2019 || code == 0x2010 || code == 0x2011)
		return SORT_JOIN;
	for (size_t i = 0; i < sizeof(breaks) / sizeof(breaks[0]); i++)
		if (code >= breaks[i].first && code <= breaks[i].last)
			return SORT_BREAK;
	for (size_t i = 0; i < sizeof(singles) / sizeof(singles[0]); i++)
		if (code >= singles[i].first && code <= singles[i].last)
			return SORT_SINGLE;
	return SORT_LETTER;
}

/* One character of a text. */
struct letter {
	unsigned code;
	size_t n; /* bytes */
	enum sort sort;
};

static struct letter
letter_at(const char *p, const char *end)
{
	struct letter letter = { (unsigned char)*p, 1, SORT_BREAK };

	if (letter.code < 0x80) {
		letter.sort = sort_of_ascii(letter.code);
		return letter;
	}
	letter.n = utf8_next(p, (size_t)(end - p), &letter.code);
	if (letter.n == 0)
		letter.n = 1;
	else
		letter.sort = sort_of(letter.code);
	return letter;
}

/* Lower case where it is a matter of one bit: ASCII, Latin-1. */
static void
lower(char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)p[i];
		bool is_latin = i > 0 && (unsigned char)p[i - 1] == 0xC3 &&
		    c >= 0x80 && c <= 0x9E;

		if ((c >= 'A' && c <= 'Z') || is_latin)
			p[i] = (char)(c + 32);
	}
}

const char *
words_fold(struct arena *arena, const char *text)
{
	size_t n = strlen(text);
	char *folded = arena_dup(arena, text, n);

	lower(folded, n);
	return folded;
}

/* A run under way. */
struct run {
	const char *p;
	size_t n; /* bytes, without joins at its end */
	size_t letters;
	bool is_varied; /* has two different letters, or less than three */
	unsigned letter;
};

/* Take one more character into the run. */
static void
extend(struct run *run, const char *at, const struct letter *letter)
{
	unsigned folded = letter->code | 0x20;

	if (letter->sort != SORT_JOIN)
		run->n = (size_t)(at + letter->n - run->p);
	if (letter->sort != SORT_LETTER && letter->sort != SORT_SINGLE)
		return;
	if (run->letters > 0 && folded != run->letter)
		run->is_varied = true;
	run->letter = folded;
	run->letters++;
}

/*
 * The next run of the text, from *at on.  A run without a letter, or of one
 * letter again and again, is no word and is passed over.
 */
static bool
next_run(const char **at, const char *end, struct run *run)
{
	const char *p = *at;

	memset(run, 0, sizeof(*run));
	for (struct letter letter; p < end; p += letter.n) {
		letter = letter_at(p, end);
		if (run->p == NULL) {
			if (letter.sort == SORT_BREAK ||
			    letter.sort == SORT_JOIN)
				continue;
			run->p = p;
		} else if (letter.sort == SORT_SINGLE ||
		    letter.sort == SORT_BREAK) {
			break;
		}
		extend(run, p, &letter);
		if (letter.sort == SORT_SINGLE) {
			p += letter.n;
			break;
		}
	}
	*at = p;
	return run->p != NULL;
}

static bool
is_word(const struct run *run)
{
	return run->letters > 0 && (run->letters < 3 || run->is_varied);
}

static uint64_t
hash(uint64_t start, const char *p, size_t n)
{
	uint64_t h = start;

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)p[i]) * HASH_PRIME;
	return h;
}

size_t
words_count(const char *text)
{
	const char *at = text, *end = text + strlen(text);
	struct run run;
	size_t n = 0;

	while (next_run(&at, end, &run))
		n += is_word(&run) ? 1 : 0;
	return n;
}

/* The words in lower case with one space between them, and how many. */
static const char *
plain_of(struct arena *arena, const char *text, size_t *n)
{
	const char *at = text, *end = text + strlen(text);
	/* A word takes no more room than in the text, which parts the words. */
	char *plain = arena_alloc(arena, 2 * (size_t)(end - text) + 1);
	struct run run;
	size_t filled = 0;

	*n = 0;
	while (next_run(&at, end, &run)) {
		if (!is_word(&run))
			continue;
		if (filled > 0)
			plain[filled++] = ' ';
		memcpy(plain + filled, run.p, run.n);
		filled += run.n;
		++*n;
	}
	lower(plain, filled);
	return plain;
}

struct words
words_of(struct arena *arena, const char *text)
{
	struct words words = { NULL, NULL, 0 };
	uint64_t *hashes;
	const char *p;

	words.plain = p = plain_of(arena, text, &words.n);
	hashes = arena_array(arena, words.n, sizeof(*hashes));
	for (size_t i = 0; i < words.n; i++) {
		size_t n = strcspn(p, " ");

		hashes[i] = hash(HASH_START, p, n);
		p += n + (p[n] == ' ');
	}
	words.hashes = hashes;
	return words;
}

uint64_t
words_hash(const struct words *words)
{
	return hash(HASH_START, words->plain, strlen(words->plain));
}

bool
words_contain(const struct words *whole, const struct words *part)
{
	if (part->n == 0 || part->n > whole->n)
		return false;
	for (size_t i = 0; i + part->n <= whole->n; i++)
		if (memcmp(whole->hashes + i, part->hashes,
			part->n * sizeof(*part->hashes)) == 0)
			return true;
	return false;
}

static int
by_hash(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

void
words_spread(struct arena *arena, const struct words *words, size_t *most,
    size_t *different)
{
	uint64_t *sorted = arena_array(arena, words->n, sizeof(*sorted));
	size_t run = 0;

	*most = *different = 0;
	if (words->n == 0)
		return;
	memcpy(sorted, words->hashes, words->n * sizeof(*sorted));
	qsort(sorted, words->n, sizeof(*sorted), by_hash);
	for (size_t i = 0; i < words->n; i++) {
		bool is_new = i == 0 || sorted[i] != sorted[i - 1];

		run = is_new ? 1 : run + 1;
		*different += is_new ? 1 : 0;
		*most = run > *most ? run : *most;
	}
}
