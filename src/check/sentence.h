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

/* A label inside a sentence: "the intended purpose", "the EU database". */
void sentence_put_label(struct text *text, const char *label);

/*
 * The writers of the table in kind.c: each appends the clause of a check, or
 * of its opposite.
 */
void say_present(const struct check *, bool negated, struct text *);
void say_substance(const struct check *, bool negated, struct text *);
void say_yes(const struct check *, bool negated, struct text *);
void say_no(const struct check *, bool negated, struct text *);
void say_one_of(const struct check *, bool negated, struct text *);
void say_none_of(const struct check *, bool negated, struct text *);
void say_matches(const struct check *, bool negated, struct text *);
void say_number(const struct check *, bool negated, struct text *);
void say_date(const struct check *, bool negated, struct text *);
void say_count(const struct check *, bool negated, struct text *);
void say_covers(const struct check *, bool negated, struct text *);
void say_each(const struct check *, bool negated, struct text *);
void say_compare(const struct check *, bool negated, struct text *);
void say_file(const struct check *, bool negated, struct text *);
void say_ref(const struct check *, bool negated, struct text *);
void say_manual(const struct check *, bool negated, struct text *);
void say_figures(const struct check *, bool negated, struct text *);
void say_measures(const struct check *, bool negated, struct text *);
void say_all(const struct check *, bool negated, struct text *);
void say_any(const struct check *, bool negated, struct text *);
void say_not(const struct check *, bool negated, struct text *);

#endif
