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

/* A term inside a sentence: its label in quotes, as it stands in reports. */
void sentence_put_term(struct text *text, const struct term *term);

/*
 * What a path names, by its label; a short one ("Name", "Performed on") with
 * the section it stands in, unless that is the item's.
 */
void sentence_put_field(
    const struct path *path, const struct term *item, struct text *text);

/* A yes-or-no question is "answered", anything else "given". */
const char *sentence_given(const struct term *term);

/*
 * Verb and words of a set: is "a" or "b", includes none of "a", "b" and "c".
 * Where nearly every word is meant, those that are not: something other than
 * "None", nothing but "None".
 */
void sentence_put_set(
    const struct check *check, bool negated, struct text *text);

/*
 * The writers of the table in kind.c: each appends the clause of a check, or
 * of its opposite.
 */

/* "Plan" is given. */
void say_present(const struct check *, bool negated, struct text *);
/* "Purpose" says at least 12 words of substance. */
void say_substance(const struct check *, bool negated, struct text *);
/* the answer to "Automatic recording" is yes. */
void say_yes(const struct check *, bool negated, struct text *);
/* the answer to "Established outside the Union" is no. */
void say_no(const struct check *, bool negated, struct text *);
/* "Tiers" includes "a" or "b". */
void say_one_of(const struct check *, bool negated, struct text *);
/* "Tiers" includes neither "a" nor "b". */
void say_none_of(const struct check *, bool negated, struct text *);
/* "Summary" is at most 200 characters long. */
void say_matches(const struct check *, bool negated, struct text *);
/* "Purpose" and "Users" do not speak of credit or loan. */
void say_no_mention(const struct check *, bool negated, struct text *);
/* "Share" is at most 1. */
void say_number(const struct check *, bool negated, struct text *);
/* "Reviewed on" is at most 12 months old. */
void say_date(const struct check *, bool negated, struct text *);
/* "Indicators" has at least 2 entries. */
void say_count(const struct check *, bool negated, struct text *);
/* "Points" covers "a", "b" and "c". */
void say_covers(const struct check *, bool negated, struct text *);
/* in each entry of "Data sets", ... */
void say_each(const struct check *, bool negated, struct text *);
/* "Version tested" is the same as "Version" under "Model". */
void say_compare(const struct check *, bool negated, struct text *);
/* "Plan" names an evidence file that exists. */
void say_file(const struct check *, bool negated, struct text *);
/* "Data set" names an entry of "Data sets". */
void say_ref(const struct check *, bool negated, struct text *);
/* "Residual risk" is decided, with reasons, and signed and dated ... */
void say_manual(const struct check *, bool negated, struct text *);
/* "figures by group keep the limits". */
void say_figures(const struct check *, bool negated, struct text *);
/* "measures keep their limits". */
void say_measures(const struct check *, bool negated, struct text *);
/* no day of what has happened lies in the future. */
void say_throughout(const struct check *, bool negated, struct text *);
/* "... and ...". */
void say_all(const struct check *, bool negated, struct text *);
/* "... or ...". */
void say_any(const struct check *, bool negated, struct text *);
/* the opposite of its check. */
void say_not(const struct check *, bool negated, struct text *);
void say_condition(const struct check *, bool negated, struct text *);

#endif
