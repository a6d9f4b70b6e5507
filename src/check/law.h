#ifndef DOSSIER_CHECK_LAW_H
#define DOSSIER_CHECK_LAW_H

#include "base/arena.h"
#include "base/file.h"
#include "check/rule.h"
#include "model/context.h"
#include "model/record.h"
#include "model/term.h"
#include <stddef.h>

/*
 * The law as data: every rule and every provision of the schema pack.  What
 * the engine judges by stands here and nowhere else.  It is checked hard when
 * it is read, since a rule that silently never fails is worse than none.
 */
struct catalogue {
	struct pack pack;
	struct rule *rules; /* in the order of files and within them */
	size_t n_rules;
	const struct transition *transitions;
	size_t n_transitions;
	const struct obligation *obligations; /* in the order of the file */
	size_t n_obligations;
	const struct term *tiers;    /* FIELD_TIERS */
	const struct term *roles;    /* FIELD_ROLES */
	const struct value *reasons; /* words to sentences, or NULL */
	const struct rule *const *rules_by_id;
	const struct obligation *const *obligations_by_id;
	const struct value *sources; /* addresses by name; or NULL */
};

/* The rule of that id, or NULL. */
const struct rule *catalogue_rule(
    const struct catalogue *catalogue, const char *id);

/*
 * Mark the rules that an id or a glob ("A5-*") names as protected: no waiver,
 * baseline or profile may touch them.  Return how many it names.
 */
size_t catalogue_protect(struct catalogue *catalogue, const char *pattern);

/* Whether an id or a glob names the rule. */
bool rule_is_named(const struct rule *rule, const char *pattern);

/* The id of a rule that resembles the given one, or NULL. */
const char *catalogue_near(
    const struct catalogue *catalogue, struct arena *arena, const char *id);

/* The obligation of that id, or NULL. */
const struct obligation *catalogue_obligation(
    const struct catalogue *catalogue, const char *id);

/*
 * The address of the text of an obligation, in the arena: what its `source`
 * names, with the anchor there.  NULL when it names none.
 */
const char *law_address(const struct catalogue *catalogue, struct arena *arena,
    const struct obligation *obligation);

/* Compare two rules, or two obligations, by id, as qsort() asks. */
int law_compare_rules(const void *a, const void *b);

/* The same for obligations. */
int law_compare_obligations(const void *a, const void *b);

#endif
