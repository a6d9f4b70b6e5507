#ifndef DOSSIER_CHECK_TRANSITION_H
#define DOSSIER_CHECK_TRANSITION_H

#include "check/judge.h"
#include "check/parse.h"
#include "check/rule.h"

/*
 * Transitions: duties that begin on another day for systems and models that
 * were there before, or never begin for them.  Article 111.
 */

enum { TRANSITIONS_MOST = 32 }; /* bits of a mask */

/* Read one entry of `transitions`.  Return 0, or -1 with the faults in diags.
 */
int transition_read(
    struct parser *parser, const struct value *entry, struct transition *out);

/*
 * Let the rule know of the transitions, and note which of them concern it:
 * those of a tier for which its duty begins on the day that they move.
 */
void transition_bind(struct rule *rule, const struct transition *all, size_t n);

/* Which transitions cover the record under judgement, as a mask. */
unsigned transition_mask(
    struct judge *judge, const struct transition *all, size_t n);

/* What becomes of a rule of a record that a mask of transitions covers. */
struct beginning {
	date day;                       /* DATE_NONE: always; DATE_NEVER */
	const struct transition *moved; /* which one moved it, or NULL */
};

/*
 * The day from which the rule binds a record of these tiers: the earliest of
 * the routes that it is in, each put off by the transitions that cover it.
 */
struct beginning transition_beginning(
    const struct rule *rule, unsigned tiers, unsigned covered);

#endif
