#ifndef DOSSIER_APP_POLICY_H
#define DOSSIER_APP_POLICY_H

#include "app/settings.h"
#include "base/file.h"
#include "model/policy.h"

/*
 * From words to a policy: the settings that are numbers, dates or one of a few
 * words.
 */

/*
 * Read the list policy.tables; NULL is an empty one.  Return 0, or -1 with the
 * reason in diags.
 */
int policy_read_tables(
    struct policy *policy, const struct value *list, struct diag_list *diags);

/* Turn the settings into the policy; every mistake is in diags. */
void policy_settle(struct policy *policy, const struct settings *settings,
    struct diag_list *diags);

/* Whether the gate closes on warnings. */
bool policy_warnings_close(const struct policy *policy);

/* The time of the run: SOURCE_DATE_EPOCH, else the clock. */
int64_t policy_time(void);

#endif
