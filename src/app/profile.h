#ifndef DOSSIER_APP_PROFILE_H
#define DOSSIER_APP_PROFILE_H

#include "app/config.h"
#include "check/law.h"

/*
 * Profiles: how grave rules are, by name.  A profile is data, beside the rules
 * (schemas/eu-ai-act/profiles/NAME.yaml) or of the organisation (a path that
 * ends in .yaml), and may extend another.  Tightening is free; relaxing a rule
 * of law is a decision with a reason and a name, and stands on every report.
 */

/*
 * Read the profile that a setting names, where it does: its settings stand
 * behind those of dossier.yaml, its limits beside them.  Return 0, or -1 with
 * every mistake in diags.
 */
int profile_read(
    struct config *config, struct arena *arena, struct diag_list *diags);

/*
 * Set the severity of rules.  Of several entries for a rule the last counts.
 * Return 0, or -1 with every mistake in diags: an entry that names no rule,
 * relaxes a protected one, or relaxes a rule of law without reason or name.
 */
int profile_apply(const struct profile *profile, struct catalogue *catalogue,
    struct arena *arena, struct diag_list *diags);

/*
 * What the profile is and relaxes, for a reader; NULL where there is none.
 */
const char *profile_text(const struct profile *profile,
    const struct catalogue *catalogue, struct arena *arena);

#endif
