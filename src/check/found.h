#ifndef DOSSIER_CHECK_FOUND_H
#define DOSSIER_CHECK_FOUND_H

#include "base/date.h"
#include "check/judge.h"

/* What the evaluators share: finding values, and saying what was found. */

/* The number as short as it can be, in the arena. */
const char *judge_number_text(struct arena *arena, double number);

/* The day as YYYY-MM-DD, in the arena. */
const char *judge_date_text(struct arena *arena, date day);

/*
 * The field of a check that wants a value: NULL when the outcome is settled.
 * "None" is an answer, but it is no value.
 */
const struct field *judge_want(
    struct judge *judge, const struct path *path, struct outcome *out);

/* Settle as passed, or as failed with the value that was found. */
void judge_decide(struct judge *judge, bool passes, struct outcome *out);

/* What is known of the other side of a comparison. */
enum other { OTHER_KNOWN, OTHER_NONE, OTHER_ABSENT, OTHER_UNKNOWN };

/*
 * The field that an operand names.  Where it is not there, another rule finds
 * that; where it is not readable, nothing can be said.
 */
enum other judge_look_other(struct judge *judge, const struct operand *operand,
    struct outcome *other, const struct field **field);

/*
 * The texts of the record, by what they say.  They are split when first needed
 * and stay with the record, whichever day it is judged on.
 */
struct substance *judge_texts(struct judge *judge);

#endif
