#ifndef DOSSIER_CHECK_LIMITS_H
#define DOSSIER_CHECK_LIMITS_H

#include "base/text.h"
#include "check/judge.h"

/*
 * The fairness figures of a record against the limits of the policy.  What is
 * undefined or withheld neither passes nor fails: it is not tested, and says
 * why.
 */

/*
 * Judge one limit on every attribute that it names: set the results of the
 * figures, and add to *out what is missed or cannot be tested, one outcome for
 * each attribute.
 */
void limits_review(struct judge *judge, const struct fairness_limit *limit,
    struct outcome *out);

/* Add what one limit says to what all say. */
void limits_emit(
    struct judge *judge, struct outcome *part, struct outcome *out);

/* Nothing to judge: absent, unless its file is what could not be read. */
void limits_settle_missing(
    const struct judge *judge, bool is_unread, struct outcome *out);

/* The first figure of the attribute behind the one of this figure. */
struct figure *limits_next_attribute(struct figure *figure);

#endif
