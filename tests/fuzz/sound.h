#ifndef DOSSIER_TESTS_FUZZ_SOUND_H
#define DOSSIER_TESTS_FUZZ_SOUND_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "read/value.h"

/*
 * What the fuzzers of the readers share: one reading of some bytes, and what
 * holds of every tree and every refusal, whatever the bytes were.  A promise
 * that is broken ends the program, which libFuzzer reports.
 */

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

#define MUST(x)                                                                \
	do {                                                                   \
		if (!(x)) {                                                    \
			fprintf(stderr, "%s:%d: broken: %s\n", __FILE__,       \
			    __LINE__, #x);                                     \
			abort();                                               \
		}                                                              \
	} while (0)

struct fuzz {
	struct arena arena;
	struct diag_list diags;
	struct source source;
	char *bytes;
};

/* Take the bytes into a block of just their size. */
static inline void
fuzz_begin(struct fuzz *fuzz, const uint8_t *p, size_t n)
{
	*fuzz = (struct fuzz){ 0 };
	fuzz->diags.arena = &fuzz->arena;
	fuzz->bytes = memory_grow(NULL, n, 1);
	if (n > 0)
		memcpy(fuzz->bytes, p, n);
	source_of_bytes(&fuzz->source, "in", fuzz->bytes, n);
}

static inline void
fuzz_end(struct fuzz *fuzz)
{
	arena_free(&fuzz->arena);
	free(fuzz->bytes);
}

/* The byte at a position of the source, or NULL when there is no such one. */
static inline const char *
fuzz_at(const struct fuzz *fuzz, struct pos pos)
{
	const char *p = fuzz->source.bytes;
	const char *end = p + fuzz->source.size;

	for (unsigned line = 1; line < pos.line; line++) {
		p = memchr(p, '\n', (size_t)(end - p));
		if (p == NULL)
			return NULL;
		p++;
	}
	for (unsigned column = 1; column < pos.column; column++) {
		if (p == end || *p == '\n')
			return NULL;
		p++;
		while (p < end && ((unsigned char)*p & 0xc0) == 0x80)
			p++;
	}
	return p;
}

/* Exactly one of a tree and an error; its place is in the file. */
static inline void
fuzz_outcome(const struct fuzz *fuzz, const struct value *value)
{
	MUST((value == NULL) == (fuzz->diags.n_errors > 0));
	MUST(fuzz->diags.n_errors <= 1);
	for (const struct diag *d = fuzz->diags.first; d != NULL; d = d->next) {
		MUST(d->pos.file == fuzz->source.name);
		MUST((d->pos.line == 0) == (d->pos.column == 0));
		if (d->pos.line > 0)
			MUST(fuzz_at(fuzz, d->pos) != NULL);
		MUST(strlen(d->detail) < 400);
	}
}

/* What holds of each value, at its depth below the root. */
static inline void
fuzz_value(const struct fuzz *fuzz, const struct value *value, size_t depth)
{
	size_t n = 0;

	MUST(value->kind <= VALUE_MAP);
	MUST(fuzz_at(fuzz, value->pos) != NULL);
	MUST((value->kind >= VALUE_LIST || value->kind == VALUE_NULL) ==
	    (value->text == NULL));
	if (value->text != NULL) {
		MUST(strlen(value->text) == value->len);
		MUST(value_refused_char(value->text, value->len) ==
		    VALUE_NO_CHAR);
	}
	if (value->kind < VALUE_LIST)
		MUST(value->first == NULL && value->n == 0);
	else
		MUST(depth < VALUE_DEPTH);
	for (const struct value *v = value->first; v != NULL; v = v->next) {
		MUST((v->key != NULL) == (value->kind == VALUE_MAP));
		if (v->key != NULL)
			MUST(fuzz_at(fuzz, v->key_pos) != NULL);
		MUST((v->next == NULL) == (v == value->last));
		fuzz_value(fuzz, v, depth + 1);
		n++;
	}
	MUST(n == value->n);
}

/* No key twice, checked the slow way. */
static inline void
fuzz_unique(const struct value *value)
{
	for (const struct value *v = value->first; v != NULL; v = v->next) {
		if (value->kind == VALUE_MAP && value->n < 1000)
			MUST(value_get(value, v->key) == v);
		fuzz_unique(v);
	}
}

#endif
