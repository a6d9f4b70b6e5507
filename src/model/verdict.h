#ifndef DOSSIER_MODEL_VERDICT_H
#define DOSSIER_MODEL_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/diag.h"

/*
 * What a rule says of a model on a date.
 */

enum verdict_result {
	VERDICT_PASS,
	VERDICT_FAIL,
	VERDICT_WAIVED, /* failed, with an approved waiver in force */
	VERDICT_MANUAL, /* a person must decide, and has not */
	VERDICT_NOT_APPLICABLE,
	VERDICT_UPCOMING, /* the duty does not apply yet: see applies_from */
	VERDICT_UNKNOWN,  /* a fact that decides the rule is not on file */
	VERDICT_ERROR     /* the rule could not be evaluated */
};

/* The word that a reader sees; ux/reports.md, section 2, worst first. */
enum status {
	STATUS_NOT_MET,
	STATUS_OUTSIDE_LIMIT,
	STATUS_NOT_PROVIDED,
	STATUS_OUT_OF_DATE,
	STATUS_WARNING,
	STATUS_NEAR_LIMIT,
	STATUS_WAIVED,
	STATUS_IN_REVIEW,
	STATUS_DUE,
	STATUS_MET,
	STATUS_WITHIN_LIMIT,
	STATUS_NOT_TESTED,
	STATUS_NOT_APPLICABLE,
	STATUS_COUNT
};

/* What a finding does to the gate. */
enum effect { EFFECT_BLOCKS, EFFECT_WARNS, EFFECT_PASSES };

/* One rule on one model, or on one item of it; strings live in the arena. */
struct verdict {
	const char *id;   /* stable: rule, model and path hashed, 12 digits */
	const char *rule; /* "AIV-2G-SIGNED", or a reader's "YAML_SYNTAX" */
	const char *title;
	const char *provision; /* "Annex IV 2(g)", for a reader */
	const char *law;       /* obligation ids, comma-separated */
	const char *duty;      /* duty holders, comma-separated */
	enum verdict_result result;
	enum status status;
	enum effect effect;
	enum diag_severity severity;
	const char *message; /* what is wrong, with what was found */
	const char *why;
	const char *fix;         /* what to write, under which key */
	const char *path;        /* field, or "" */
	const char *requirement; /* plain sentence of what is asked */
	struct pos pos;          /* of the value, or of where it should stand */
	struct pos other;  /* of what contradicts it; file NULL: nothing does */
	date applies_from; /* DATE_NONE when always */
	long days_left;    /* VERDICT_UPCOMING */
	const char *waiver; /* VERDICT_WAIVED: its id */
	date waived_until;
	const char *waived_by;
	const char *point;   /* "annex-iv.1.a": the row it feeds; or NULL */
	date first_seen;     /* from the ledger; the run's date when new */
	unsigned runs_open;  /* runs in a row, this one included */
	const char *tuned;   /* why it weighs otherwise; or NULL */
	bool is_known;       /* it stands in the baseline and passes */
	date known_since;    /* is_known: the day of the entry */
	const char *field;   /* path with items by name; or NULL, and those */
	const char *content; /* hash of what was found */
	const char *fingerprint; /* of rule, model, field and content */
	bool is_absent;          /* nothing is given at path */
	bool is_joint;           /* nor at others, which the message names */
	bool is_general;         /* asked of every field alike */
	bool is_repeated;        /* another finding tells of the same fault */
	struct verdict *next;
};

struct verdict_list {
	struct verdict *first;
	struct verdict *last;
	size_t n;
};

/* What becomes of a verdict on a later day. */
struct turn {
	const char *rule;
	const char *title;
	const char *path;
	const char *message;  /* of the later verdict, else of the earlier */
	bool is_new, is_gone; /* no such verdict before, or after */
	enum verdict_result from, to;
	enum status from_status, to_status;
	enum effect from_effect, to_effect;
	struct turn *next;
};

/* The next day on which any verdict changes if nothing is done, and how. */
struct outlook {
	date day; /* meaningless when n is 0 */
	struct turn *first;
	size_t n;
};

/* "Not met", "Not provided", ... */
const char *status_word(enum status status);

/* The CSS class of a status: ok no wa mi na du. */
const char *status_class(enum status status);

/* "blocks", "warns", "passes". */
const char *effect_word(enum effect effect);

/* "pass", "fail", "waived", "manual", "not-applicable", ... */
const char *result_word(enum verdict_result result);

#endif
