#ifndef DOSSIER_APP_LIMIT_H
#define DOSSIER_APP_LIMIT_H

#include "model/fairness.h"
#include "model/policy.h"
#include "read/value.h"

/*
 * Limits on figures by group: read from dossier.yaml or a profile, and settled
 * against the catalogue of metrics, as those of a record are too.
 */

/*
 * Read the list policy.limits, each settled; NULL is an empty one.  Return 0,
 * or -1 with every mistake in diags.
 */
int limit_read_list(struct policy *policy, struct arena *arena,
    const struct value *list, struct diag_list *diags);

enum { LIMITS_OF_ONE = 2 }; /* that limit_settle() makes of one, at most */

/*
 * Settle the first of LIMITS_OF_ONE limits: the metric gets its standard name,
 * and what follows from the metric and from the rule is filled in.  A name of
 * limit_name.h is taken apart, and one that asks for two metrics becomes two.
 * Return how many there are, or -1 with the reason in diags: nobody calls a
 * metric so, the rule does not go with what is compared, the side that is bad
 * has no limit.
 */
int limit_settle(struct fairness_limit limits[], struct arena *arena,
    struct diag_list *diags);

/*
 * The standard name of a metric by any of its names, or NULL with the reason
 * and the nearest name in diags.
 */
const char *limit_metric(struct arena *arena, const char *name, struct pos pos,
    struct diag_list *diags);

#endif
