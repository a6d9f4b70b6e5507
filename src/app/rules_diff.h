#ifndef DOSSIER_APP_RULES_DIFF_H
#define DOSSIER_APP_RULES_DIFF_H

#include "app/session.h"

/*
 * `dossier rules diff OLD NEW`: two folders of schemas, or two profiles over
 * the rules of the session.  Print what changed and return the exit status:
 * open when nothing did, findings when something did.
 */
int rules_diff(struct session *session);

#endif
