#ifndef DOSSIER_MODEL_EVIDENCE_H
#define DOSSIER_MODEL_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/hash.h"
#include "model/term.h"

/*
 * What is on file about one model: a tree of fields, typed by the vocabulary,
 * each with its place in the input; and the evidence files that fields name.
 * Only well-typed fields are here: what was not is in the diagnostics.
 */

/* How a field answers its question. */
enum answer {
	ANSWER_GIVEN,       /* with a value */
	ANSWER_PLACEHOLDER, /* "TBD", "n/a", ...: counts as not provided */
	ANSWER_NONE, /* asked and answered: there are none, with a reason */
	ANSWER_NOT_APPLICABLE, /* with a reason, and who decided it when */
	ANSWER_INVALID         /* unusable, and reported as such by intake */
};

struct field {
	const struct term *term;
	const char *path; /* with indices: "data_sets[2].name", 1-based */
	struct pos pos;   /* of the value */
	struct pos key_pos;
	enum answer answer;
	const char *reason;     /* ANSWER_NONE, ANSWER_NOT_APPLICABLE */
	const char *decided_by; /* ANSWER_NOT_APPLICABLE; NULL if unsaid */
	date decided_on;        /* or DATE_NONE */
	bool is_list;           /* the list itself: its items are below */
	const char *text;       /* a scalar as written; a choice its word */
	double number; /* TERM_NUMBER, TERM_INTEGER, TERM_BOOL (0, 1) */
	date day;      /* TERM_DATE */
	struct evidence_file *file; /* TERM_FILE */
	struct field *parent;
	struct field *first; /* section: fields; list: items */
	struct field *last;
	struct field *next;
	size_t n;
};

enum file_state { FILE_FOUND, FILE_UNREADABLE };

/* A file that the record names; one entry a path. */
struct evidence_file {
	const char *id;   /* "E1", "E2", ... in the order of first naming */
	const char *path; /* below the portfolio's root */
	const char *link; /* as written in model.yaml */
	enum file_state state;
	const char *trouble; /* FILE_UNREADABLE: why */
	bool is_told;        /* and its finding stands elsewhere */
	unsigned long long bytes;
	char sha256[HASH_HEX_SIZE];
	date dated; /* from the field beside it (signed_on, date), or NONE */
	const char *serves; /* the fields that name it, comma-separated */
	const char *law; /* obligations these fields serve, comma-separated */
	struct pos pos;  /* where it is first named */
	struct evidence_file *next;
};

/* Walk down by plain keys ("purpose.summary"); NULL when absent. */
const struct field *field_find(const struct field *top, const char *path);

/* The field at a path with indices ("data_sets[2].name"), or NULL. */
const struct field *field_at(const struct field *top, const char *path);

/* One step of such a path. */
struct field_step {
	const struct field *field; /* it leads to, or NULL */
	unsigned long number;      /* of the item, from 1; 0: not an item */
	const char *rest;          /* of the path: a dot, or its end */
};

/* Take the first step of a path from a field, which may be NULL. */
struct field_step field_step(const struct field *field, const char *path);

/* The text of a given field, or NULL: absent, placeholder, none. */
const char *field_text(const struct field *top, const char *path);

/* Whether the field is given; then its number. */
bool field_number(const struct field *top, const char *path, double *out);

#endif
