#include <string.h>

#include "check/found.h"
#include "check/substance.h"
#include "check/throughout.h"

/*
 * Texts that are nearly the same: three words in a row that two texts share
 * are a shingle (Broder, On the resemblance and containment of documents,
 * SEQUENCES 1997, pp. 21-29).  Each shingle belongs to the first text that
 * has it, so that a record is gone through once, whatever its length.
 */

enum {
	SHINGLE = 3,       /* words in a row */
	COPY_LEAST = 8,    /* shorter texts may well be alike by chance */
	SHARED_LEAST = 80, /* per cent of the shingles of the longer text */
	PASTED_LEAST = 4   /* entries of one list that say the same */
};

/* A shingle, the text that had it first, and the one that had it last. */
struct shingle {
	uint64_t hash;
	size_t first, last; /* numbers of texts, from 1; 0: an empty place */
};

/* What is known of a text. */
struct copy {
	size_t shingles; /* different ones */
	size_t shared;   /* with the text under comparison */
	size_t
	    original;  /* the text that it nearly is: its own number if none */
	size_t copies; /* that are nearly this one */
};

struct hunt {
	struct judge *judge;
	const struct substance_text *texts;
	struct copy *copies;
	size_t *touched; /* texts that share a shingle with the one in hand */
	struct shingle *table;
	size_t mask;
};

static uint64_t
mix(const uint64_t *hashes)
{
	uint64_t h = hashes[0];

	for (size_t i = 1; i < SHINGLE; i++)
		h = (h ^ (h >> 29)) * UINT64_C(0x9E3779B97F4A7C15) + hashes[i];
	return h ^ (h >> 32);
}

static struct shingle *
place_of(const struct hunt *hunt, uint64_t hash)
{
	size_t at = (size_t)hash & hunt->mask;

	while (hunt->table[at].first != 0 && hunt->table[at].hash != hash)
		at = (at + 1) & hunt->mask;
	return &hunt->table[at];
}

/* Count which earlier texts share shingles with a text; how many texts do. */
static size_t
compare(struct hunt *hunt, size_t number)
{
	const struct words *words = &hunt->texts[number].words;
	size_t n = 0;

	for (size_t i = 0; i + SHINGLE <= words->n; i++) {
		uint64_t hash = mix(words->hashes + i);
		struct shingle *s = place_of(hunt, hash);

		if (s->last == number + 1)
			continue;
		hunt->copies[number].shingles++;
		if (s->first == 0)
			*s = (struct shingle){ hash, number + 1, 0 };
		else if (hunt->copies[s->first - 1].shared++ == 0)
			hunt->touched[n++] = s->first - 1;
		s->last = number + 1;
	}
	return n;
}

static bool
is_near(const struct copy *a, const struct copy *b, size_t shared)
{
	size_t more = a->shingles > b->shingles ? a->shingles : b->shingles;

	return shared * 100 >= more * SHARED_LEAST;
}

/* Note which earlier text, if any, this one nearly is. */
static void
settle(struct hunt *hunt, size_t number, size_t n)
{
	struct copy *copy = &hunt->copies[number];

	copy->original = number;
	for (size_t i = 0; i < n; i++) {
		struct copy *other = &hunt->copies[hunt->touched[i]];

		if (copy->original == number &&
		    is_near(copy, other, other->shared))
			copy->original = other->original;
		other->shared = 0;
	}
	if (copy->original != number)
		hunt->copies[copy->original].copies++;
}

/* Lines are names and the like, which may well stand at many points. */
static bool
is_text(const struct substance_text *text)
{
	return text->field->term->type == TERM_TEXT &&
	    text->words.n >= COPY_LEAST;
}

static void
open_hunt(struct hunt *hunt, struct judge *judge, size_t n)
{
	size_t words = 0, size = 16;

	hunt->judge = judge;
	for (size_t i = 0; i < n; i++)
		words += is_text(&hunt->texts[i]) ? hunt->texts[i].words.n : 0;
	while (size < 2 * words)
		size *= 2;
	hunt->mask = size - 1;
	hunt->table = arena_array(judge->arena, size, sizeof(*hunt->table));
	hunt->copies = arena_array(judge->arena, n, sizeof(*hunt->copies));
	hunt->touched = arena_array(judge->arena, n, sizeof(*hunt->touched));
}

/*
 * Whether a group is worth a word: texts of different points, or of so many
 * entries of one list that they cannot all have been thought about.
 */
static bool
is_told(const struct hunt *hunt, const struct copy *original,
    const struct field *field)
{
	const struct field *first = hunt->texts[original->original].field;

	return original->copies > 0 &&
	    (first->term != field->term ||
		original->copies + 1 >= PASTED_LEAST);
}

/* One finding for a group, at the first of its copies that counts. */
static void
report(struct hunt *hunt, size_t number, struct outcome *out)
{
	struct arena *arena = hunt->judge->arena;
	struct copy *original = &hunt->copies[hunt->copies[number].original];
	const struct field *field = hunt->texts[number].field;
	const struct field *first = hunt->texts[original->original].field;
	struct outcome part = survey_fault(field);

	if (original == &hunt->copies[number] ||
	    !is_told(hunt, original, field))
		return;
	part.other_pos = first->pos;
	part.other = first->path;
	part.count = judge_number_text(arena, (double)original->copies + 1);
	original->copies = 0;
	survey_report(hunt->judge, &part, out);
}

void
survey_copies(struct judge *judge, struct outcome *out, size_t *n)
{
	struct hunt hunt = { 0 };

	hunt.texts = substance_texts(judge_texts(judge), n);
	open_hunt(&hunt, judge, *n);
	for (size_t i = 0; i < *n; i++)
		if (is_text(&hunt.texts[i]))
			settle(&hunt, i, compare(&hunt, i));
	for (size_t i = 0; i < *n; i++)
		if (is_text(&hunt.texts[i]))
			report(&hunt, i, out);
}
