#ifndef DOSSIER_CHECK_EXAMPLE_H
#define DOSSIER_CHECK_EXAMPLE_H

#include "base/diag.h"
#include "check/parse.h"
#include "check/rule.h"
#include "model/policy.h"
#include "model/record.h"

/*
 * The examples of a rule are its tests.  The record of one is taken in by
 * intake; what stands beside it is made here: the policy, and figures with
 * their results, since an example names no fairness file.
 *
 *     figures:
 *       - {attribute: age, group: 18-24, metric: selection_rate, value: 0.31,
 *          n: 4210, result: outside, limit: "ratio at least 0.80"}
 *
 * result: within, near, outside, not-tested, reference, no-limit; state:
 * undefined or withheld instead of a value.
 */

/* Read the list of a rule's examples; -1 with the reasons in diags. */
int example_read_all(
    struct parser *parser, const struct value *list, struct rule *out);

/*
 * The policy that an example is judged under: its day, lead time and age of
 * evidence, no limits, no waivers.
 */
void example_policy(const struct example *example, struct policy *out);

/*
 * Add the figures of an example to the record, in its arena.  Return 0, or -1
 * with the reasons in diags.
 */
int example_figures(const struct example *example, struct record *record,
    struct diag_list *diags);

#endif
