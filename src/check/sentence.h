#ifndef DOSSIER_CHECK_SENTENCE_H
#define DOSSIER_CHECK_SENTENCE_H

#include "base/arena.h"
#include "base/text.h"
#include "check/rule.h"

/*
 * A check as plain English, made from the labels of the vocabulary: what a
 * rule asks can be read by the people it binds, and cannot differ from what
 * is tested.
 */

/* The check as a whole sentence with a full stop, in the arena. */
const char *sentence_of(struct arena *arena, const struct check *check);

/* The check as a clause without capital and full stop, in the arena. */
const char *sentence_clause(struct arena *arena, const struct check *check);

/* A term inside a sentence: "the intended purpose", the date "Signed on". */
void sentence_put_term(struct text *text, const struct term *term);

/*
 * The writers of the table in kind.c: each appends the clause of a check, or
 * of its opposite.
 */

/* "the plan is given". */
void say_present(const struct check *, bool negated, struct text *);
/* "the purpose says at least 12 words". */
void say_substance(const struct check *, bool negated, struct text *);
/* "logging is automatic". */
void say_yes(const struct check *, bool negated, struct text *);
/* "the provider is not established outside the Union". */
void say_no(const struct check *, bool negated, struct text *);
/* "the tier is one of ...". */
void say_one_of(const struct check *, bool negated, struct text *);
/* "the tier is none of ...". */
void say_none_of(const struct check *, bool negated, struct text *);
/* "the id matches ...". */
void say_matches(const struct check *, bool negated, struct text *);
/* "the purpose and the users do not speak of credit or loan". */
void say_no_mention(const struct check *, bool negated, struct text *);
/* "the share is at most 1". */
void say_number(const struct check *, bool negated, struct text *);
/* "the review is not older than 12 months". */
void say_date(const struct check *, bool negated, struct text *);
/* "at least 2 indicators are given". */
void say_count(const struct check *, bool negated, struct text *);
/* "the points cover a, b and c". */
void say_covers(const struct check *, bool negated, struct text *);
/* "for each data set, ...". */
void say_each(const struct check *, bool negated, struct text *);
/* "the version tested is the version". */
void say_compare(const struct check *, bool negated, struct text *);
/* "the file of the plan is there". */
void say_file(const struct check *, bool negated, struct text *);
/* "the data set is one of the data sets". */
void say_ref(const struct check *, bool negated, struct text *);
/* "a person has decided on the residual risk". */
void say_manual(const struct check *, bool negated, struct text *);
/* "figures by group keep the limits". */
void say_figures(const struct check *, bool negated, struct text *);
/* "measures keep their limits". */
void say_measures(const struct check *, bool negated, struct text *);
/* "... and ...". */
void say_all(const struct check *, bool negated, struct text *);
/* "... or ...". */
void say_any(const struct check *, bool negated, struct text *);
/* the opposite of its check. */
void say_not(const struct check *, bool negated, struct text *);
void say_condition(const struct check *, bool negated, struct text *);

#endif
