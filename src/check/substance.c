#include "check/substance.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "check/judge.h"
#include "check/noise.h"
#include "check/words.h"

enum {
	EXAMPLE_WORDS = 12, /* a short example may well be right */
	COPY_WORDS = 6      /* shorter texts may well be the same by chance */
};

/* A text of the record, by what it says. */
struct entry {
	uint64_t hash;
	size_t order; /* in the record */
	const struct field *field;
};

struct substance {
	struct arena *arena;
	struct substance_text *texts;     /* n, in their order */
	struct substance_text **by_field; /* n, by the field's address */
	size_t n;
	struct entry *entries; /* n_entries, sorted by hash, then order */
	size_t n_entries;
};

/* What people write to be replaced later, as words_of() gives it. */
static const char *const phrases[] = { "tbd", "tbc", "tba", "todo", "fixme",
	"to be completed", "to be confirmed", "to be determined",
	"to be defined", "to be decided", "to be added", "to be written",
	"to be done", "to be provided", "to do", "coming soon", "fill in",
	"insert text here", "text goes here", "placeholder", "n a",
	"not available yet", "work in progress" };

static bool
is_prose(const struct field *field)
{
	return field->answer == ANSWER_GIVEN && !field->is_list &&
	    field->text != NULL &&
	    (field->term->type == TERM_TEXT || field->term->type == TERM_LINE);
}

/* Visit every prose field; without room for the texts count them. */
static void
gather(struct substance *substance, const struct field *field)
{
	if (is_prose(field) && substance->texts != NULL)
		substance->texts[substance->n] =
		    (struct substance_text){ .field = field,
			    .words = words_of(substance->arena, field->text) };
	substance->n += is_prose(field) ? 1 : 0;
	for (const struct field *f = field->first; f != NULL; f = f->next)
		gather(substance, f);
}

static int
by_hash(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

static int
by_address(const void *a, const void *b)
{
	const struct substance_text *const *x = a;
	const struct substance_text *const *y = b;
	uintptr_t p = (uintptr_t)(*x)->field, q = (uintptr_t)(*y)->field;

	return (p > q) - (p < q);
}

static void
sort_texts(struct substance *substance)
{
	substance->by_field = arena_array(
	    substance->arena, substance->n, sizeof(*substance->by_field));
	for (size_t i = 0; i < substance->n; i++)
		substance->by_field[i] = &substance->texts[i];
	if (substance->n > 0)
		qsort(substance->by_field, substance->n,
		    sizeof(*substance->by_field), by_address);
}

/* The text of a field, or NULL when it has none that is prose. */
static struct substance_text *
text_of(const struct substance *substance, const struct field *field)
{
	const struct substance_text wanted = { .field = field };
	const struct substance_text *key = &wanted;
	struct substance_text **found = substance->n == 0 ?
	    NULL :
	    bsearch(&key, substance->by_field, substance->n,
		sizeof(*substance->by_field), by_address);

	return found != NULL ? *found : NULL;
}

struct substance *
substance_new(struct arena *arena, const struct field *top)
{
	struct substance *substance = arena_alloc(arena, sizeof(*substance));

	substance->arena = arena;
	gather(substance, top);
	substance->texts =
	    arena_array(arena, substance->n + 1, sizeof(*substance->texts));
	substance->n = 0;
	gather(substance, top);
	sort_texts(substance);
	substance->entries =
	    arena_array(arena, substance->n, sizeof(*substance->entries));
	for (size_t i = 0; i < substance->n; i++)
		if (substance->texts[i].words.n >= COPY_WORDS)
			substance->entries[substance->n_entries++] =
			    (struct entry){ words_hash(
						&substance->texts[i].words),
				    i, substance->texts[i].field };
	if (substance->n_entries > 0)
		qsort(substance->entries, substance->n_entries,
		    sizeof(*substance->entries), by_hash);
	return substance;
}

const struct substance_text *
substance_texts(const struct substance *substance, size_t *n)
{
	*n = substance->n;
	return substance->texts;
}

/* Why a text is noise; it is looked for once. */
static const char *
noise(struct substance *substance, struct substance_text *text)
{
	if (!text->is_searched)
		text->noise =
		    noise_of(substance->arena, text->field->text, &text->words);
	text->is_searched = true;
	return text->noise;
}

const char *
substance_noise(struct substance *substance, size_t i)
{
	return noise(substance, &substance->texts[i]);
}

const char *
substance_folded(struct substance *substance, const struct field *field)
{
	struct substance_text *text = text_of(substance, field);

	assert(text != NULL);
	if (text->folded == NULL)
		text->folded = words_fold(substance->arena, field->text);
	return text->folded;
}

/* Where the phrase begins as whole words of plain, or NULL. */
static const char *
find_phrase(const char *plain, const char *phrase)
{
	size_t n = strlen(phrase);
	const char *at = plain;

	while ((at = strstr(at, phrase)) != NULL) {
		if ((at == plain || at[-1] == ' ') &&
		    (at[n] == ' ' || at[n] == '\0'))
			return at;
		at++;
	}
	return NULL;
}

static size_t
spaces(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += *text == ' ' ? 1 : 0;
	return n;
}

/* Whether too little is left once what stands for an answer is taken away. */
static bool
is_placeholder(const struct words *words, size_t wanted)
{
	size_t taken = 0;

	if (noise_leaving(words) != NULL)
		return true;
	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++)
		if (find_phrase(words->plain, phrases[i]) != NULL)
			taken += spaces(phrases[i]) + 1;
	return taken > 0 && words->n < wanted + taken;
}

static const char *
repetition(struct arena *arena, const struct words *words, size_t wanted)
{
	size_t most, different;

	words_spread(arena, words, &most, &different);
	if (different * 2 < wanted)
		return arena_printf(
		    arena, "it has only %zu different words", different);
	return NULL;
}

/* Whether the question, or what the vocabulary says of it, is given back. */
static const char *
parrot(struct arena *arena, const struct term *term, const struct words *words)
{
	const struct {
		const char *text;
		const char *reason;
		size_t least;
	} sources[] = {
		{ term->label, "it repeats the name of the field", 1 },
		{ term->meaning, "it repeats the question", COPY_WORDS / 2 },
		{ term->example, "it is the example of the vocabulary",
		    EXAMPLE_WORDS },
	};
	size_t n = strlen(words->plain);

	for (size_t i = 0; i < 3; i++) {
		struct words said;

		if (sources[i].text == NULL || words->n < sources[i].least ||
		    n > 2 * strlen(sources[i].text))
			continue; /* words_of() at most doubles a text */
		said = words_of(arena, sources[i].text);
		if (i == 1 ? words_contain(&said, words) :
			     strcmp(said.plain, words->plain) == 0)
			return sources[i].reason;
	}
	return NULL;
}

/* The first field of another term that says the same before this one. */
static const struct field *
original(const struct substance *substance, const struct field *field,
    const struct words *words)
{
	uint64_t hash = words_hash(words);
	size_t low = 0, high = substance->n_entries;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (substance->entries[middle].hash < hash)
			low = middle + 1;
		else
			high = middle;
	}
	for (;
	     low < substance->n_entries && substance->entries[low].hash == hash;
	     low++) {
		const struct field *other = substance->entries[low].field;

		if (other == field)
			return NULL;
		if (other->term != field->term)
			return other;
	}
	return NULL;
}

static const char *
filler(struct substance *substance, struct substance_text *text, size_t wanted,
    struct pos *place)
{
	struct arena *arena = substance->arena;
	const struct words *words = &text->words;
	const char *reason = noise(substance, text);
	const struct field *other;

	if (reason == NULL)
		reason = repetition(arena, words, wanted);
	if (reason == NULL)
		reason = parrot(arena, text->field->term, words);
	if (reason != NULL)
		return reason;
	other = original(substance, text->field, words);
	if (other == NULL)
		return NULL;
	*place = other->pos;
	return arena_printf(arena, "it is the text of %s", other->path);
}

/* One text; its words are added to the result. */
static void
weigh(struct substance *substance, const struct field *field, size_t wanted,
    struct substance_result *out)
{
	struct substance_text other = { .field = field };
	struct substance_text *text = text_of(substance, field);

	if (text == NULL) {
		text = &other;
		text->words = words_of(substance->arena, field->text);
	}
	out->words += text->words.n;
	if (out->reason != NULL)
		return;
	if (is_placeholder(&text->words, wanted)) {
		out->is_placeholder = true;
		out->reason =
		    arena_printf(substance->arena, "\"%s\" is a placeholder",
			judge_show(substance->arena, field));
	} else if (text->words.n >= wanted) {
		out->reason = filler(substance, text, wanted, &out->other);
	}
}

struct substance_result
substance_of(
    struct substance *substance, const struct field *field, size_t words)
{
	struct substance_result out = { 0 };

	if (!field->is_list && field->text != NULL)
		weigh(substance, field, words, &out);
	for (const struct field *f = field->is_list ? field->first : NULL;
	     f != NULL; f = f->next)
		if (f->answer == ANSWER_GIVEN && f->text != NULL)
			weigh(substance, f, 1, &out);
	if (out.reason == NULL && out.words < words) {
		out.is_short = true;
		out.reason = arena_printf(substance->arena,
		    "%zu %s, at least %zu are wanted", out.words,
		    out.words == 1 ? "word" : "words", words);
	}
	return out;
}
