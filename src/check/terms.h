#ifndef DOSSIER_CHECK_TERMS_H
#define DOSSIER_CHECK_TERMS_H

#include <stdbool.h>

#include "check/rule.h"

/*
 * Which keys a rule looks at, for everything that tells a reader about both.
 */

/* Call use for each term that a check and those below it name; NULL: none. */
void terms_visit(const struct check *check,
    void (*use)(void *context, const struct term *term), void *context);

/* Whether the check, or one below it, names the term. */
bool terms_name(const struct check *check, const struct term *term);

/* Whether condition or check of the rule name the term. */
bool terms_of_rule(const struct rule *rule, const struct term *term);

#endif
