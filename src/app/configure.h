#ifndef DOSSIER_APP_CONFIGURE_H
#define DOSSIER_APP_CONFIGURE_H

#include "app/config.h"

/* From dossier.yaml, profile, waivers and settings to one configuration. */

/*
 * Read the configuration named by --config, DOSSIER_CONFIG or lying at or
 * above the path start (a model's file or folder, or "." ).  Without any, the
 * root is the folder start.  Return 0, or -1 with the reasons in diags;
 * config_close() is due in both cases.
 */
int config_open(struct config *out, struct arena *arena,
    const struct options *options, const char *start, struct diag_list *diags);

#endif
