#ifndef DOSSIER_READ_VALUE_H
#define DOSSIER_READ_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"

/*
 * What every reader makes of a file: one tree of values, each with the place
 * it was read from.  YAML scalars are all VALUE_TEXT (types come from the
 * vocabulary, never from YAML's guesses), but for the empty plain scalar,
 * which is VALUE_NULL; JSON scalars keep their kind, and a number its literal.
 */

enum value_kind {
	VALUE_NULL,
	VALUE_BOOL,
	VALUE_NUMBER,
	VALUE_TEXT,
	VALUE_LIST,
	VALUE_MAP
};

/* Limits that hold for every reader (reliability.md, section 3). */
enum {
	VALUE_DEPTH = 64,     /* nesting */
	VALUE_COUNT = 1000000 /* values in one file */
};

/* Owned by the arena that the reader was given; pos.file borrows. */
struct value {
	enum value_kind kind;
	bool truth;         /* VALUE_BOOL */
	bool quoted;        /* YAML: the scalar was quoted or a block */
	struct pos pos;     /* where the value starts */
	struct pos key_pos; /* in a map: where its key starts */
	const char *key;    /* in a map: the key; else NULL */
	const char *text;   /* a scalar's text, ended by a NUL; NULL for null */
	size_t len;         /* bytes of text, which holds no NUL */
	struct value *first; /* list, map: children in the file's order */
	struct value *last;
	struct value *next; /* sibling */
	size_t n;           /* number of children */
};

/* The child of a map under a key, or NULL; NULL and scalars are allowed. */
const struct value *value_get(const struct value *map, const char *key);

/* The text of the scalar under a key, or NULL. */
const char *value_text(const struct value *map, const char *key);

/* A word for a kind: "a text", "a list", "a map". */
const char *value_kind_word(enum value_kind kind);

/* Append a child to a list or map. */
void value_add(struct value *parent, struct value *child);

/* A new value of a kind at a place. */
struct value *value_new(
    struct arena *arena, enum value_kind kind, struct pos pos);

/*
 * The first child whose key stands in the map before it, or NULL.  It sorts,
 * so that no choice of keys makes it slow.
 */
const struct value *value_duplicate(const struct value *map);

/* No code point: what value_refused_char() returns for a good text. */
#define VALUE_NO_CHAR 0xffffffffU

/*
 * The first code point that may not stand in the text of a value however it
 * was written there, by an escape or as it is: C0 but TAB, LF and CR, DEL, C1,
 * U+2028, U+2029, noncharacters; or VALUE_NO_CHAR.  The bytes are UTF-8.
 */
unsigned value_refused_char(const char *p, size_t n);

/*
 * How many bytes of a text to quote in a message: at most 40, and no broken
 * character at the end.
 */
int value_shown(const char *text);

#endif
