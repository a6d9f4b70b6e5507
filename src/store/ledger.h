#ifndef DOSSIER_STORE_LEDGER_H
#define DOSSIER_STORE_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/tree.h"
#include "model/summary.h"

/*
 * The ledger: what was found in each run, kept so that the next run can tell
 * what changed, and so that nobody can change it unnoticed.  One SQLite file;
 * a log of changes and no copy a night; a chain of hashes over all of it.
 * Nothing in it names a host, a user or an absolute path.
 *
 * Each run is an entry of the chain:
 *
 *	hash = SHA-256(0x00, prev, seq, kind, body)
 *
 * prev is the hash of the entry before (zeros for the first), seq takes eight
 * bytes, highest first, and kind and body go with their lengths before them,
 * eight bytes each.  The body is JSON: the row of the run, and for each log
 * table the tree hash of the rows that the run added.
 */
struct ledger;

/* What a run hands over, borrowed; models are in summary_sort() order. */
struct ledger_run {
	const struct run_info *run;    /* its tree hashes are computed here */
	const struct history *history; /* as ledger_history() gave it */
	const struct summary *models;
	size_t n_models;
	const struct tree_leaf *inputs; /* paths below a root, any order */
	size_t n_inputs;
	const struct tree_leaf *outputs;
	size_t n_outputs;
};

/* The end of the chain, to be kept where the ledger is not. */
struct ledger_head {
	int64_t seq; /* -1: there is no entry yet */
	char hash[HASH_HEX_SIZE];
};

/* What ledger_verify() found. */
struct ledger_check {
	size_t n_entries;
	size_t n_bad;    /* faults found */
	int64_t bad_seq; /* the first run that is wrong, or -1 */
	struct ledger_head head;
};

/* Runs, newest first. */
struct run_list {
	struct run_info *runs;
	size_t n;
};

/*
 * Open the ledger at path, and make it where it is missing unless read_only.
 * Refused are links, network file systems (their locks are not to be trusted),
 * files of other programs or of a newer version, and damaged ones.  path must
 * outlive the ledger and diags.  Return 0 with *out for ledger_close(), or -1
 * with DIAG_LEDGER and *out NULL.
 */
int ledger_open(struct ledger **out, const char *path, bool read_only,
    struct diag_list *diags);

/* Close the ledger; NULL is allowed. */
void ledger_close(struct ledger *ledger);

/*
 * Load what the ledger knows of the run before the run named before, or of
 * the latest run where before is NULL or not in the ledger; so a run that was
 * killed after it was recorded compares itself with the same run again.
 * Only open verdicts are kept, with first_seen and runs_open.  Everything is
 * the arena's.  Return 0, or -1 with DIAG_LEDGER.
 */
int ledger_history(struct ledger *ledger, const char *before,
    struct arena *arena, struct history *out, struct diag_list *diags);

/*
 * Record a run, in one transaction that is on the disk when this returns.  Of
 * a model that could not be read, the findings of the run before stay.  A run
 * whose id is in the ledger with the same inputs and outputs is not recorded
 * again: a killed run may be repeated.  Return 0, or -1 with DIAG_LEDGER and
 * the ledger as it was.
 */
int ledger_record(struct ledger *ledger, const struct ledger_run *run,
    struct diag_list *diags);

/*
 * Compute the whole chain and all that it covers anew.  Return 0 when it is
 * whole; 1 with DIAG_CHAIN when it has been altered; -1 with DIAG_LEDGER when
 * that cannot be told.  A tail that was cut off is only seen by comparing the
 * head with one kept elsewhere.
 */
int ledger_verify(
    struct ledger *ledger, struct ledger_check *out, struct diag_list *diags);

/*
 * The hash of the entry seq, or of the last one where seq is -1.  Return 1; 0
 * when there is no such entry; -1 with DIAG_LEDGER.
 */
int ledger_head(struct ledger *ledger, int64_t seq, struct ledger_head *out,
    struct diag_list *diags);

/*
 * List the runs, newest first, at most so many (0: all), into the arena.
 * Return 0, or -1 with DIAG_LEDGER.
 */
int ledger_runs(struct ledger *ledger, size_t most, struct arena *arena,
    struct run_list *out, struct diag_list *diags);

#endif
