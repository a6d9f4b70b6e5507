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
 * What to write where: the rule's own words, with file and line, and the key
 * and an example of the vocabulary where the rule does not name the key.
 */
const char *wording_fix(struct judge *judge, const struct rule *rule,
    const struct outcome *outcome);

#endif
