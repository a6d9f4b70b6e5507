#ifndef DOSSIER_APP_EXPLAIN_H
#define DOSSIER_APP_EXPLAIN_H

#include "app/card.h"
#include "check/catalogue.h"
#include "model/policy.h"

/*
 * What is known about a rule, a provision, a key or a message, as the rows of
 * a card.
 */

/* What an explanation draws on. */
struct explainer {
	const struct catalogue *catalogue; /* with examples */
	const struct vocabulary *vocabulary;
	date as_of; /* days left are counted from here */
};

/*
 * Words of tiers or roles joined by ", " as a reader knows them: the labels
 * of the choice, and "Every tier" and the like for the words of rules.
 */
const char *explain_words(
    struct arena *arena, const struct term *choice, const char *words);

/* What a rule asks, of whom, from when, why, and how it is met. */
void explain_rule(const struct explainer *explainer, const struct rule *rule,
    struct card *card);

/* What a provision says, who owes it, and which rules and keys serve it. */
void explain_provision(const struct explainer *explainer,
    const struct obligation *obligation, struct card *card);

/* What a key means, what it takes, and who asks for it. */
void explain_key(const struct explainer *explainer, const struct term *term,
    struct card *card);

/* What a message of the readers means, and how it is mended. */
void explain_message(enum diag_id id, struct card *card);

#endif
