#ifndef DOSSIER_TESTS_UNIT_READING_H
#define DOSSIER_TESTS_UNIT_READING_H

#include <stdlib.h>

#include "base/file.h"
#include "base/text.h"
#include "read/value.h"
#include "tap.h"

/*
 * What the tests of the readers share: one reading of some bytes, and checks
 * of the tree or of the refusal that comes of it.  The bytes are copied to a
 * block of exactly their size, with no NUL behind it, so that a reader that
 * looks too far is found out by AddressSanitizer.
 */

typedef struct value *read_function(
    struct arena *arena, struct source *source, struct diag_list *diags);

struct reading {
	struct arena arena;
	struct diag_list diags;
	struct source source;
	char *bytes;
	struct value *value;
};

static inline void
reading_begin(struct reading *r, read_function *read, const char *p, size_t n)
{
	*r = (struct reading){ 0 };
	r->diags.arena = &r->arena;
	r->bytes = memory_grow(NULL, n, 1);
	if (n > 0)
		memcpy(r->bytes, p, n);
	source_of_bytes(&r->source, "in", r->bytes, n);
	r->value = read(&r->arena, &r->source, &r->diags);
}

static inline void
reading_end(struct reading *r)
{
	arena_free(&r->arena);
	free(r->bytes);
}

/* An id, a place, and a part of the message that must be there. */
struct refusal {
	enum diag_id id;
	unsigned line;
	unsigned column;
	const char *part;
};

static inline void
reading_refused(
    read_function *read, const char *p, size_t n, const struct refusal *want)
{
	struct reading r;
	struct text got = { 0 };
	struct text wanted = { 0 };
	const struct diag *diag;

	reading_begin(&r, read, p, n);
	diag = r.diags.last;
	text_printf(&wanted, "%s %u:%u %s", diag_name(want->id), want->line,
	    want->column, want->part);
	if (r.value != NULL || r.diags.n_errors != 1 || diag == NULL)
		text_printf(&got, "%s with %zu errors",
		    r.value != NULL ? "accepted" : "refused", r.diags.n_errors);
	else
		text_printf(&got, "%s %u:%u %s", diag_name(diag->id),
		    diag->pos.line, diag->pos.column,
		    strstr(diag->detail, want->part) != NULL ? want->part :
							       diag->detail);
	CHECK_STR(text_str(&got), text_str(&wanted));
	text_free(&got);
	text_free(&wanted);
	reading_end(&r);
}

/* Write a tree in one line: {key: "text", list: [1, null]}. */
static inline void
reading_put(struct text *out, const struct value *value)
{
	bool map = value->kind == VALUE_MAP;

	switch (value->kind) {
	case VALUE_NULL:
		text_puts(out, "null");
		return;
	case VALUE_BOOL:
	case VALUE_NUMBER:
		text_puts(out, value->text);
		return;
	case VALUE_TEXT:
		text_put_json(out, value->text, value->len);
		return;
	default:
		break;
	}
	text_putc(out, map ? '{' : '[');
	for (const struct value *v = value->first; v != NULL; v = v->next) {
		if (v != value->first)
			text_puts(out, ", ");
		if (map)
			text_printf(out, "%s: ", v->key);
		reading_put(out, v);
	}
	text_putc(out, map ? '}' : ']');
}

/* Write where each value and key stands: {2:1 key 2:6}. */
static inline void
reading_put_places(struct text *out, const struct value *value)
{
	text_printf(out, "%u:%u", value->pos.line, value->pos.column);
	if (value->first == NULL)
		return;
	text_puts(out, value->kind == VALUE_MAP ? " {" : " [");
	for (const struct value *v = value->first; v != NULL; v = v->next) {
		if (v != value->first)
			text_puts(out, ", ");
		if (v->key != NULL)
			text_printf(out, "%s %u:%u ", v->key, v->key_pos.line,
			    v->key_pos.column);
		reading_put_places(out, v);
	}
	text_puts(out, value->kind == VALUE_MAP ? "}" : "]");
}

static inline void
reading_gives(read_function *read,
    void (*put)(struct text *, const struct value *), const char *p, size_t n,
    const char *want)
{
	struct reading r;
	struct text got = { 0 };

	reading_begin(&r, read, p, n);
	if (r.value != NULL)
		put(&got, r.value);
	else
		text_printf(&got, "refused: %s: %s",
		    r.diags.last != NULL ? diag_name(r.diags.last->id) : "?",
		    r.diags.last != NULL ? r.diags.last->detail : "?");
	CHECK_STR(text_str(&got), want);
	text_free(&got);
	reading_end(&r);
}

/* The three checks, for the reader READ of the file that includes this. */
#define CHECK_TREE(bytes, want)                                                \
	reading_gives(READ, reading_put, (bytes), strlen(bytes), (want))
#define CHECK_PLACES(bytes, want)                                              \
	reading_gives(READ, reading_put_places, (bytes), strlen(bytes), (want))
#define CHECK_REFUSED(bytes, id, line, column, part)                           \
	reading_refused(READ, (bytes), strlen(bytes),                          \
	    &(struct refusal){ DIAG_##id, (line), (column), (part) })

#endif
