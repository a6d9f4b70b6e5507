#ifndef DOSSIER_STORE_LOAD_H
#define DOSSIER_STORE_LOAD_H

#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/tree.h"
#include "model/summary.h"
#include "store/db.h"
#include "store/table.h"

/*
 * Rows of the ledger as the structures of model/summary.h.
 */

/* Files, sorted by path. */
struct load_list {
	struct tree_leaf *leaves;
	size_t n;
};

/*
 * Load the files of the last run from its log; the arena's.
 * Return 0, or -1 with DIAG_LEDGER.
 */
int load_files(const struct ledger *ledger, enum table_id id,
    struct arena *arena, struct load_list *out, struct diag_list *diags);

#endif
