#ifndef DOSSIER_CHECK_WAIVER_H
#define DOSSIER_CHECK_WAIVER_H

#include <stdbool.h>

#include "base/arena.h"
#include "check/judge.h"
#include "check/naming.h"
#include "model/policy.h"
#include "model/record.h"

/*
 * Waivers: an approved finding stays a finding, in sight, until the day the
 * waiver ends.  A waiver without an end, or approved later than the day of
 * judgement, is none.
 */

/* One waiver of the model under judgement. */
struct waiver_use {
	const struct waiver *waiver;
	enum waiver_state state;
	bool is_by_owner;     /* its approver owns the model */
	bool is_judged;       /* its rule was judged on the model */
	bool is_matched;      /* a finding, met or to come, is what it is for */
	size_t n_covered;     /* findings that it lets pass */
	const char *examples; /* paths of the first of these */
};

/* The waivers of one model. */
struct waiver_set {
	const struct policy *policy;
	struct record *record;
	struct naming *naming;
	struct waiver_use *uses;
	size_t n;
};

/* Pick the waivers of a model. */
void waiver_open(
    struct waiver_set *set, struct record *record, const struct policy *policy);

/*
 * Turn a failing verdict into a waived one if a waiver in force covers it.
 * A waiver whose path is NULL covers every field of the rule; else the path
 * is the verdict's, the verdict's without its indices, or that with items by
 * name (check/naming.h).
 */
void waiver_apply(struct waiver_set *set, struct verdict *verdict);

/*
 * Say what is to be said of the waivers themselves, each at its place in the
 * waivers file: WAIVER-EXPIRED, WAIVER-NOT-YET and WAIVER-OWNER of one that
 * would have covered a finding and does not, WAIVER-ENDING of one that soon
 * will not, WAIVER-BROAD of one that covers several fields it does not name,
 * WAIVER-UNUSED of one that covers nothing.  Where its rule was not judged
 * nothing is said: another fault may be why, and has its own finding.
 */
void waiver_close(struct waiver_set *set);

/* Note the days on which a waiver whose rule was judged begins or ends. */
void waiver_turns(const struct waiver_set *set, struct judge *judge);

#endif
