#ifndef DOSSIER_APP_COMPILE_H
#define DOSSIER_APP_COMPILE_H

#include "app/session.h"

/*
 * Write the trees of vocabulary and rules beside them, so that the next start
 * need not parse them; an edit takes effect all the same.  The schemas were
 * loaded and found good.  Return the exit status.
 */
int compile_schemas(struct session *session);

#endif
