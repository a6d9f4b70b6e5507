#ifndef DOSSIER_CHECK_PARSE_H
#define DOSSIER_CHECK_PARSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "check/kind.h"
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
	struct path_scope scope;       /* where paths start */
	const struct kind_list *kinds; /* that rules may use */
	bool is_brief;                 /* make no sentences */
	const struct condition *conditions;
	size_t n_conditions; /* those that were read so far */
	bool is_thorough;    /* read patterns that wait for use */
};

/* Read one check; NULL with the reasons in diags. */
struct check *parse_check(struct parser *parser, const struct value *value);

/* Add a DIAG_RULE; return -1. */
int parse_offend(struct parser *parser, struct pos pos, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The word of the list nearest to text, as "; did you mean ...?", or "". */
const char *parse_suggest(struct parser *parser, const char *text,
    const char *const words[], size_t n);

/*
 * Refuse what is not a map, and keys outside the list of n.  Unless found is
 * NULL, its i-th is the value under the i-th key, or NULL.
 */
int parse_keys(struct parser *parser, const struct value *map,
    const char *const keys[], size_t n, const struct value *found[]);

/* The text of a scalar; NULL with the reason in diags. */
const char *parse_text(struct parser *parser, const struct value *value);

/* A list of scalars, or one scalar, as words; -1 when empty or no scalars. */
int parse_words(struct parser *parser, const struct value *value,
    const char *const **words, size_t *n);

/* The index of a scalar in a closed list; -1 with the reason in diags. */
int parse_word(struct parser *parser, const struct value *value,
    const char *what, const char *const words[], size_t n);

/* What the check looks at beside its field, to be filled in. */
struct others *parse_others(struct parser *parser, struct check *out);

/* A path from where the parser stands; -1 with the reason in diags. */
int parse_path(
    struct parser *parser, const struct value *value, struct path *out);

/* A date that exists. */
int parse_date(struct parser *parser, const struct value *value, date *out);

/* A whole number between least and most. */
int parse_count(struct parser *parser, const struct value *value, int least,
    int most, int *out);

/*
 * Readers of the options in the table of kind.c: each takes the value under
 * one key into the check and returns 0, or -1 with the reason in diags.
 */

/* The path of the field that is judged. */
int option_field(struct parser *, const struct value *, struct check *);
/* The path of the list whose items are meant. */
int option_list(struct parser *, const struct value *, struct check *);
/* The key of the items. */
int option_key(struct parser *, const struct value *, struct check *);
/* The words of a set. */
int option_values(struct parser *, const struct value *, struct check *);
/* The least number of words. */
int option_words(struct parser *, const struct value *, struct check *);
/* A regular expression, compiled here. */
int option_pattern(struct parser *, const struct value *, struct check *);
/* The pattern in words, for the sentence: "at most 200 characters long". */
int option_means(struct parser *, const struct value *, struct check *);
/* The lower end of a range. */
int option_least(struct parser *, const struct value *, struct check *);
/* The upper end of a range. */
int option_most(struct parser *, const struct value *, struct check *);
/* Whether the day must have come. */
int option_past(struct parser *, const struct value *, struct check *);
/* Whether the day must not be over. */
int option_future(struct parser *, const struct value *, struct check *);
/* The oldest age in months, or "policy". */
int option_max_age(struct parser *, const struct value *, struct check *);
/* The oldest age in days. */
int option_max_age_days(struct parser *, const struct value *, struct check *);
/* Days that are added to the bounds. */
int option_plus_days(struct parser *, const struct value *, struct check *);
/* Months that are added to the bounds. */
int option_plus_months(struct parser *, const struct value *, struct check *);
/* The first day allowed: a date or a path. */
int option_from(struct parser *, const struct value *, struct check *);
/* The last day allowed: a date or a path. */
int option_until(struct parser *, const struct value *, struct check *);
/* What is asked of every field: the name of a survey. */
int option_survey(struct parser *, const struct value *, struct check *);
/* The texts that are searched. */
int option_in(struct parser *, const struct value *, struct check *);
/* Words one of which stands in every text that has the pattern. */
int option_near(struct parser *, const struct value *, struct check *);
/* Phrases that are looked for. */
int option_phrases(struct parser *, const struct value *, struct check *);
/* Phrases that make a sentence harmless. */
int option_unless(struct parser *, const struct value *, struct check *);
/* Phrases that make what follows them within five words harmless. */
int option_not_after(struct parser *, const struct value *, struct check *);
/* How left and right must stand to each other. */
int option_relation(struct parser *, const struct value *, struct check *);
/* The right side of a comparison: a value or a path. */
int option_right(struct parser *, const struct value *, struct check *);
/* A check on each item. */
int option_check(struct parser *, const struct value *, struct check *);
int option_where(struct parser *, const struct value *, struct check *);

/*
 * Whether the field has a type that the check can judge: each returns 0, or
 * -1 with the reason in diags.
 */

/* Whether it is a text of words. */
int accept_prose(struct parser *, const struct check *);
/* Whether it is a yes-or-no fact. */
int accept_yes_no(struct parser *, const struct check *);
/* Whether every word of the set is one that the field can hold. */
int accept_words(struct parser *, const struct check *);
/* Whether it is a text. */
int accept_text(struct parser *, const struct check *);
/* Whether all that is searched is text. */
int accept_mention(struct parser *, const struct check *);
/* Whether it is a number, with at least one bound. */
int accept_number(struct parser *, const struct check *);
/* Whether it is a date, and so are its bounds. */
int accept_date(struct parser *, const struct check *);
/* Whether it is a list. */
int accept_list(struct parser *, const struct check *);
/* Whether the items, or their key, can hold the words. */
int accept_covers(struct parser *, const struct check *);
/* Whether both sides are of one family. */
int accept_compare(struct parser *, const struct check *);
/* Whether it is a file or a list of files. */
int accept_file(struct parser *, const struct check *);
/* Whether the key is one of the list's items. */
int accept_ref(struct parser *, const struct check *);
/* Whether the section has what a signed decision needs. */
int accept_manual(struct parser *, const struct check *);

/* The type's family: 'n' number, 'd' date, 't' text, 'b' yes-no, 0 others. */
char parse_family(enum term_type type);

#endif
