#ifndef DOSSIER_CHECK_KIND_H
#define DOSSIER_CHECK_KIND_H

#include <stdbool.h>
#include <stddef.h>

struct check;
struct judge;
struct outcome;
struct parser;
struct text;
struct value;

/*
 * What a kind of check is: a name, a shape and options by which it is read,
 * an evaluator and a writer of its sentence.  The list is in kinds.c.
 */

/* How a check is written below its name. */
enum shape {
	SHAPE_PATH,    /* present: PATH */
	SHAPE_OPTIONS, /* number: {field: PATH, least: 1} */
	SHAPE_LIST,    /* all: [CHECK, ...] */
	SHAPE_CHECK,   /* not: CHECK */
	SHAPE_NAME,    /* holds: ID */
	SHAPE_FIGURES, /* figures: limits | {defined: METRIC} */
	SHAPE_SURVEY   /* throughout: dates */
};

/* One key of SHAPE_OPTIONS; read in the order of the kind's list. */
struct option {
	const char *name;
	bool is_required;
	/* Read the value into the check; -1 with the reason in diags. */
	int (*read)(struct parser *, const struct value *, struct check *);
};

struct check_kind {
	const char *name;
	enum shape shape;
	const struct option *options; /* n_options */
	size_t n_options;
	/* Whether field, values and bounds go together; or NULL. */
	int (*accept)(struct parser *, const struct check *);
	/* Judge a record; *out is zeroed but for what judge_check() set. */
	void (*evaluate)(
	    struct judge *, const struct check *, struct outcome *);
	/* Append the clause, or its negation, without a full stop. */
	void (*say)(const struct check *, bool negated, struct text *);
};

/* A closed list of kinds. */
struct kind_list {
	const struct check_kind *kinds;
	const char *const *names; /* the same order */
	size_t n;
};

#endif
