#ifndef DOSSIER_CHECK_WAIVER_H
#define DOSSIER_CHECK_WAIVER_H

#include <stdbool.h>

#include "base/arena.h"
#include "check/judge.h"
#include "model/policy.h"
#include "model/record.h"

/*
 * Waivers: an approved finding stays a finding, in sight, until the day the
 * waiver ends.  A waiver without an end, or approved later than the day of
 * judgement, is none.
 */

enum { WAIVER_ENDING_DAYS = 30 };

/* The waivers of one model. */
struct waiver_set {
	const struct policy *policy;
	size_t *of_model; /* indices into policy->waivers */
	size_t n;
	bool *matched; /* n: matched a finding of this model */
};

/* Pick the waivers of a model. */
void waiver_open(struct waiver_set *set, struct arena *arena,
    const struct policy *policy, const char *model);

/*
 * Turn a failing verdict into a waived one if a waiver in force covers it.
 * A waiver whose path is NULL covers every field of the rule; else the path
 * is the verdict's, or the verdict's without its indices.
 */
void waiver_apply(struct waiver_set *set, struct verdict *verdict);

/* Whether the waiver covers findings on that day. */
bool waiver_is_in_force(const struct waiver *waiver, date day);

/*
 * Append WAIVER-EXPIRED for each waiver that would have covered a finding but
 * has ended, and WAIVER-ENDING for each that covers one and ends within
 * WAIVER_ENDING_DAYS.
 */
void waiver_close(struct waiver_set *set, struct record *record);

/*
 * Mark the waivers that the verdicts of a model have met: used has an element
 * for each waiver of the policy and is kept over all models.
 */
void check_used_waivers(const struct policy *policy,
    const struct verdict_list *verdicts, bool used[]);

/*
 * Append WAIVER-UNUSED to *out, in the arena, for each waiver of the policy
 * that no model has used.
 */
void check_unused_waivers(const struct policy *policy, const bool used[],
    struct arena *arena, struct verdict_list *out);

#endif
