#ifndef DOSSIER_CHECK_BASELINE_H
#define DOSSIER_CHECK_BASELINE_H

#include <stdbool.h>

#include "check/law.h"
#include "model/policy.h"
#include "model/record.h"

/*
 * The baseline: findings that were known when the gate was introduced do not
 * close it, new ones do.  A finding is known by rule, model, field and what
 * was found there (check/fingerprint.h); it stays in sight, and so does what
 * has been mended since.
 */

/*
 * Whether a baseline may hold the finding: one that acts on the gate, of a
 * rule that is not protected and could be evaluated, and that does not stand
 * for one of a protected rule.  Trouble in the input never is in a baseline.
 */
bool baseline_may_hold(const struct catalogue *catalogue,
    const struct record *record, const struct verdict *verdict);

/*
 * Let the known findings of a record pass, and append BASELINE-FIXED for each
 * entry of the model that is found no more.  What was a warning and blocks
 * now is not known.  The verdicts have their fingerprints.
 */
void baseline_apply(const struct policy *policy,
    const struct catalogue *catalogue, struct record *record);

/*
 * The entry for a finding of a model, or NULL.  Entries are sorted, see
 * baseline_compare().
 */
const struct baseline_entry *baseline_find(const struct baseline *baseline,
    const char *model, const struct verdict *verdict);

/* Order of entries: model, rule, field, content; as qsort() asks. */
int baseline_compare(const void *a, const void *b);

#endif
