#ifndef DOSSIER_MODEL_TERM_H
#define DOSSIER_MODEL_TERM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"

/*
 * The vocabulary: every key of model.yaml, defined once in
 * schemas/vocabulary.yaml.  Terms form a tree like the file they describe.
 */

enum term_type {
	TERM_TEXT, /* prose of any length */
	TERM_LINE, /* one line of text: a name, a version */
	TERM_SLUG, /* an id: a-z 0-9 . _ -, at most 64, begins with a-z 0-9 */
	TERM_NUMBER,
	TERM_INTEGER,
	TERM_BOOL, /* yes or no (also true and false) */
	TERM_DATE,
	TERM_CHOICE, /* one of values */
	TERM_FILE,   /* path of an evidence file, from the model's folder */
	TERM_URL,    /* https: or mailto: */
	TERM_HASH,   /* SHA-256 in hexadecimal */
	TERM_SECTION /* a map of the terms below */
};

/* What a date tells. */
enum tense {
	TENSE_NONE, /* it is no date */
	TENSE_PAST, /* what has happened: no day in the future */
	TENSE_OPEN  /* what may as well be planned */
};

/* One key; everything in it lives as long as the vocabulary. */
struct term {
	const char *key;     /* "intended_purpose" */
	const char *path;    /* from the top: "purpose.intended_purpose" */
	const char *label;   /* for a reader: "Intended purpose" */
	enum term_type type; /* of the value, or of each item of a list */
	bool is_list;        /* a list of such values */
	bool is_required;    /* without it no record can be made */
	const char *unit;    /* or NULL */
	double least, most;  /* numbers: range, both ends allowed */
	const char *const *values;       /* TERM_CHOICE: n_values words */
	const char *const *value_labels; /* the words for a reader */
	size_t n_values;
	const char *meaning;
	const char *example;    /* as it is written in the file */
	const char *const *law; /* n_law obligation ids that ask for it */
	size_t n_law;
	enum tense tense;
	bool is_unique;    /* no two items of the list say the same */
	const char *dated; /* of who signs: key of the day; or NULL */
	const char
	    *function;       /* and key of the function, or "within"; or NULL */
	struct term *parent; /* NULL at the top */
	struct term *first;  /* TERM_SECTION: terms below, in order */
	struct term *next;
	size_t n;
	size_t index;               /* place among its siblings, from 0 */
	struct term *const *by_key; /* TERM_SECTION: n terms, sorted by key */
	const char *const *keys;    /* their keys, for suggestions */
};

struct vocabulary {
	struct term top; /* a section without key: the file itself */
	const char *version;
};

/* The term under a key of n bytes in a section, or NULL. */
const struct term *term_child(
    const struct term *section, const char *key, size_t n);

#endif
