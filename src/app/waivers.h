#ifndef DOSSIER_APP_WAIVERS_H
#define DOSSIER_APP_WAIVERS_H

#include "base/file.h"
#include "check/law.h"
#include "model/policy.h"
#include "read/value.h"

/*
 * The waivers file.  What can be told without judging a model is told here,
 * strictly and with its place: a waiver that the policy does not allow is a
 * mistake of the configuration, not a finding on a model.
 */

/*
 * Read a waivers file into the policy.  Each needs an id of its own, one rule,
 * one model, a reason in words, an approver, the day of approval and a last
 * day within the policy's longest life.  Return 0, or -1 with every mistake in
 * diags.
 */
int waivers_read(struct policy *policy, struct arena *arena,
    struct source *source, struct diag_list *diags);

/*
 * Read policy.not_waivable, a list of ids and globs; NULL is an empty one.
 * Return 0, or -1 with every mistake in diags.
 */
int waivers_read_refused(struct policy *policy, struct arena *arena,
    const struct value *list, struct diag_list *diags);

/*
 * Hold the waivers against the rules: each names one that exists and may be
 * waived.  Rules that the policy names are marked as protected.  Return 0, or
 * -1 with every mistake in diags.
 */
int waivers_hold(const struct policy *policy, struct catalogue *catalogue,
    struct arena *arena, struct diag_list *diags);

/* Add WAIVER_UNUSED for each waiver of a model that is none of the n ids. */
void waivers_of_no_model(const struct policy *policy, const char *const ids[],
    size_t n, struct diag_list *diags);

#endif
