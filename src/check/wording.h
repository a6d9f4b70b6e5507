#ifndef DOSSIER_CHECK_WORDING_H
#define DOSSIER_CHECK_WORDING_H

#include "check/judge.h"
#include "check/rule.h"

/* From an outcome to the sentences of a verdict. */

/*
 * The rule's message with its placeholders filled in, and what was found;
 * for outcomes other than a failure, what is known instead.
 */
const char *wording_message(struct judge *judge, const struct rule *rule,
    const struct outcome *outcome);

/*
 * What to write: the rule's own words, and the key where they do not name it.
 * An example is given of what is missing, never of a value to put in place of
 * one that says what is wrong: nobody is told to write "approved".  The place
 * stands beside it wherever a finding is shown.
 */
const char *wording_fix(struct judge *judge, const struct rule *rule,
    const struct outcome *outcome);

#endif
