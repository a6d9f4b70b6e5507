#ifndef DOSSIER_CHECK_REVIEW_H
#define DOSSIER_CHECK_REVIEW_H

#include "check/against.h"
#include "check/judge.h"

/* One limit on one attribute: what is found, and how it is told. */

/* What a limit says of the groups of one attribute. */
struct review {
	struct judge *judge;
	const struct fairness_limit *limit;
	enum limit_rule rule; /* the limit's, or the policy's */
	struct bound bound;
	struct against against;
	const char *compare;        /* "ratio", "shortfall", "excess", ... */
	const char *limit_text;     /* "ratio at least 0.80" */
	const struct figure *worst; /* of those outside or near */
	struct bound_result at_worst;
	double worst_value;
	size_t n_outside, n_near;
	const struct figure *untested;
	const char *why_untested; /* beside the figure's own reason; or NULL */
	size_t n_untested, n_tested;
};

/* Whether no number of a comparison may be told: what it is of is withheld. */
bool review_hides(const struct review *review, const struct figure *figure);

/*
 * Join the size of a figure with the evidence for it, by the rule of the
 * limit: outside is what is significant, and beyond the limit where the rule
 * asks for that, too; one of the two alone is near.  Return NULL, or why
 * nothing can be said.
 */
const char *review_weigh(const struct review *review,
    const struct figure *figure, struct bound_result *result);

/* Set the words of a review, once its limit and bound are. */
void review_name(struct review *review);

/* The worst figure in a sentence, with the arithmetic; in the arena. */
const char *review_arithmetic(const struct review *review);

/* Which figure is not tested, and why; in the arena. */
const char *review_untested(const struct review *review);

/* Placeholders of the rule's message, for whoever uses them. */
void review_fill(const struct review *review, struct outcome *out);

#endif
