#ifndef DOSSIER_APP_MEASURING_H
#define DOSSIER_APP_MEASURING_H

#include "base/file.h"
#include "model/policy.h"
#include "model/record.h"

/*
 * Take in what the section `fairness` of a record names, below the root: figures, comparisons
 * and tables are then in the record, mistakes in its diags.  Return the policy
 * with the record's own limits behind it, and the evidence for limits that
 * test; it lives in the record's arena.
 */
struct policy measuring_take(const struct folder *root,
    const struct policy *policy, struct record *record);

#endif
