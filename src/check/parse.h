#ifndef DOSSIER_CHECK_PARSE_H
#define DOSSIER_CHECK_PARSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "check/rule.h"
#include "model/term.h"
#include "read/value.h"

/*
 * From the value tree of a rule file to checks.  Whatever could go wrong while
 * judging is found here, with its place and a suggestion: unknown kinds, keys
 * and paths, words that the vocabulary does not have, patterns, numbers, dates.
 */
struct parser {
	struct arena *arena;
	struct diag_list *diags;
	struct path_scope scope; /* where paths start */
};

/* Read one check; NULL with the reasons in diags. */
struct check *parse_check(struct parser *parser, const struct value *value);

/* Add a DIAG_RULE; return -1. */
int parse_offend(struct parser *parser, struct pos pos, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The word of the list nearest to text, as "; did you mean ...?", or "". */
const char *parse_suggest(struct parser *parser, const char *text,
    const char *const words[], size_t n);

/* Refuse what is not a map, and keys outside the list. */
int parse_keys(struct parser *parser, const struct value *map,
    const char *const keys[], size_t n);

/* The text of a scalar; NULL with the reason in diags. */
const char *parse_text(struct parser *parser, const struct value *value);

/* A list of scalars, or one scalar, as words; -1 when empty or no scalars. */
int parse_words(struct parser *parser, const struct value *value,
    const char *const **words, size_t *n);

/* A date that exists. */
int parse_date(struct parser *parser, const struct value *value, date *out);

/* A whole number between least and most. */
int parse_count(struct parser *parser, const struct value *value, int least,
    int most, int *out);

/*
 * Readers of the options in the table of kind.c: each takes the value under
 * one key into the check and returns 0, or -1 with the reason in diags.
 */
int option_field(struct parser *, const struct value *, struct check *);
int option_list(struct parser *, const struct value *, struct check *);
int option_key(struct parser *, const struct value *, struct check *);
int option_values(struct parser *, const struct value *, struct check *);
int option_words(struct parser *, const struct value *, struct check *);
int option_pattern(struct parser *, const struct value *, struct check *);
int option_least(struct parser *, const struct value *, struct check *);
int option_most(struct parser *, const struct value *, struct check *);
int option_past(struct parser *, const struct value *, struct check *);
int option_future(struct parser *, const struct value *, struct check *);
int option_max_age(struct parser *, const struct value *, struct check *);
int option_max_age_days(struct parser *, const struct value *, struct check *);
int option_plus_days(struct parser *, const struct value *, struct check *);
int option_plus_months(struct parser *, const struct value *, struct check *);
int option_from(struct parser *, const struct value *, struct check *);
int option_until(struct parser *, const struct value *, struct check *);
int option_relation(struct parser *, const struct value *, struct check *);
int option_right(struct parser *, const struct value *, struct check *);
int option_check(struct parser *, const struct value *, struct check *);

/*
 * Whether the field has a type that the check can judge: each returns 0, or
 * -1 with the reason in diags.
 */
int accept_prose(struct parser *, const struct check *);
int accept_yes_no(struct parser *, const struct check *);
int accept_words(struct parser *, const struct check *);
int accept_text(struct parser *, const struct check *);
int accept_number(struct parser *, const struct check *);
int accept_date(struct parser *, const struct check *);
int accept_list(struct parser *, const struct check *);
int accept_covers(struct parser *, const struct check *);
int accept_compare(struct parser *, const struct check *);
int accept_file(struct parser *, const struct check *);
int accept_ref(struct parser *, const struct check *);
int accept_manual(struct parser *, const struct check *);

/* The type's family: 'n' number, 'd' date, 't' text, 'b' yes-no, 0 others. */
char parse_family(enum term_type type);

#endif
