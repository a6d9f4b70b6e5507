#ifndef DOSSIER_CHECK_WEIGH_H
#define DOSSIER_CHECK_WEIGH_H

#include "check/judge.h"
#include "check/rule.h"
#include "model/verdict.h"

/*
 * What an outcome comes to: result and status for a reader, effect on the
 * gate.  A duty ahead of its day is due, or weighs what the policy says; a
 * strict gate takes nothing for met that could not be judged.
 */

/*
 * Set result, status, severity, effect and days left of a verdict, whose
 * applies_from is set, before waivers.  A day on which they change is told to
 * the judge.
 */
void weigh_outcome(struct judge *judge, struct verdict *verdict,
    const struct rule *rule, const struct outcome *outcome);

#endif
