#ifndef DOSSIER_STORE_RUNS_H
#define DOSSIER_STORE_RUNS_H

#include <sqlite3.h>

#include "base/arena.h"
#include "base/diag.h"
#include "model/summary.h"
#include "store/db.h"

/*
 * The runs that the ledger has on record, one after the other.
 */

/*
 * Prepare a statement that gives the runs of an SQL clause ("WHERE ... ORDER
 * BY ..."), for runs_next(); the caller finalizes it.  NULL with DIAG_LEDGER.
 */
sqlite3_stmt *runs_select(
    const struct ledger *ledger, const char *clause, struct diag_list *diags);

/*
 * Step to the next run; its strings are the arena's.  Return 1; 0 behind the
 * last; -1 with DIAG_LEDGER, also where the statement is NULL.
 */
int runs_next(const struct ledger *ledger, sqlite3_stmt *statement,
    struct arena *arena, struct run_info *out, struct diag_list *diags);

/*
 * Load the run of this id.  Return 1; 0 when there is none; -1 with
 * DIAG_LEDGER.  Strings are the arena's.
 */
int load_run(const struct ledger *ledger, const char *id, struct arena *arena,
    struct run_info *out, struct diag_list *diags);

#endif
