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

enum class { CLASS_BREAK, CLASS_DIGIT, CLASS_LETTER, CLASS_JOIN, CLASS_SINGLE };

static enum class class_of(unsigned code) {
	if (code < 0x80){ if ((code | 0x20) >= 'a' &&
	    (code | 0x20) <= 'z') return CLASS_LETTER;
			  if (code >= '0' && code <= '9') return CLASS_DIGIT;
			  return code == '\'' || code == '-' || code == '_' ?
			      CLASS_JOIN :
			      CLASS_BREAK; }
if (code == 0x2019 || code == 0x2010 || code == 0x2011) return CLASS_JOIN;
for (size_t i = 0; i < sizeof(breaks) / sizeof(breaks[0]); i++)
	if (code >= breaks[i].first && code <= breaks[i].last)
		return CLASS_BREAK;
for (size_t i = 0; i < sizeof(singles) / sizeof(singles[0]); i++)
	if (code >= singles[i].first && code <= singles[i].last)
		return CLASS_SINGLE;
return CLASS_LETTER;
}

/* Lower case where it is a matter of one bit: ASCII, Latin-1. */
static void
put_lower(struct text *out, const char *p, size_t n)
{
	unsigned char a = (unsigned char)p[0];

	if (n == 1 && a >= 'A' && a <= 'Z') {
		text_putc(out, (char)(a + 32));
	} else if (n == 2 && a == 0xC3 && (unsigned char)p[1] >= 0x80 &&
	    (unsigned char)p[1] <= 0x9E) {
		text_putc(out, p[0]);
		text_putc(out, (char)(p[1] + 32));
	} else {
		text_put(out, p, n);
	}
}

/* A run under way. */
struct run {
	const char *p;
	size_t n; /* bytes, without joins at its end */
	size_t letters;
	bool is_varied; /* has two different letters, or less than three */
	unsigned letter;
};

/*
 * The next run of the text, from *at on.  A run without a letter, or of one
 * letter again and again, is no word and is passed over.
 */
static bool
next_run(const char **at, const char *end, struct run *run)
{
	memset(run, 0, sizeof(*run));
	while (*at < end) {
		unsigned code = 0;
		size_t n = utf8_next(*at, (size_t)(end - *at), &code);
		enum class class = n > 0 ? class_of(code) : CLASS_BREAK;

		if (class == CLASS_SINGLE && run->p != NULL)
			return true;
		if (class == CLASS_BREAK && run->p != NULL)
			return true;
		if (run->p == NULL && class != CLASS_BREAK &&
		    class != CLASS_JOIN)
			run->p = *at;
		*at += n > 0 ? n : 1;
		if (run->p == NULL)
			continue;
		if (class != CLASS_JOIN)
			run->n = (size_t)(*at - run->p);
		if (class == CLASS_LETTER || class == CLASS_SINGLE) {
			if (run->letters > 0 && (code | 0x20) != run->letter)
				run->is_varied = true;
			run->letter = code | 0x20;
			run->letters++;
		}
		if (class == CLASS_SINGLE)
			return true;
	}
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

struct words
words_of(struct arena *arena, const char *text)
{
	const char *at = text, *end = text + strlen(text);
	uint64_t *hashes =
	    arena_array(arena, words_count(text), sizeof(*hashes));
	struct words words = { NULL, hashes, 0 };
	struct text plain = { 0 };
	struct run run;

	while (next_run(&at, end, &run)) {
		size_t start;
		unsigned code;

		if (!is_word(&run))
			continue;
		if (plain.n > 0)
			text_putc(&plain, ' ');
		start = plain.n;
		for (size_t i = 0, n; i < run.n; i += n) {
			n = utf8_next(run.p + i, run.n - i, &code);
			put_lower(&plain, run.p + i, n);
		}
		hashes[words.n++] =
		    hash(HASH_START, plain.p + start, plain.n - start);
	}
	words.plain = arena_dup(arena, text_str(&plain), plain.n);
	text_free(&plain);
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
