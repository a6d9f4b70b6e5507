#ifndef DOSSIER_STORE_DB_H
#define DOSSIER_STORE_DB_H

#include "base/diag.h"

struct sqlite3;
struct sqlite3_stmt;

/*
 * SQLite as the ledger uses it: ledger_open() opens it with every defence it
 * has, and its failures are told in our words.  Out of memory ends the
 * program, as elsewhere.
 */
struct ledger {
	struct sqlite3 *db;
	const char *path; /* borrowed */
};

/* Add what SQLite says went wrong last, in our words; always -1. */
int db_fail(const struct ledger *ledger, struct diag_list *diags);

/* Add a reason of our own; always -1. */
int db_refuse(
    const struct ledger *ledger, const char *why, struct diag_list *diags);

/* Run a statement that gives no rows.  Return 0, or -1 with DIAG_LEDGER. */
int db_exec(
    const struct ledger *ledger, const char *sql, struct diag_list *diags);

/*
 * Prepare a statement, for sqlite3_finalize().  Return NULL with DIAG_LEDGER
 * when that fails.
 */
struct sqlite3_stmt *db_prepare(
    const struct ledger *ledger, const char *sql, struct diag_list *diags);

/* Go to the next row.  Return 1; 0 at the end; -1 with DIAG_LEDGER. */
int db_step(const struct ledger *ledger, struct sqlite3_stmt *statement,
    struct diag_list *diags);

#endif
