#ifndef DOSSIER_STORE_COMPARE_H
#define DOSSIER_STORE_COMPARE_H

#include <stddef.h>

#include "base/arena.h"
#include "model/summary.h"

/*
 * What changed since the run before, in words, and why.  Both need history
 * and models in the order of summary_sort(); nothing else of the ledger is
 * used, so worker processes may call them.  On a first run, where history may
 * be NULL, nothing changed.
 *
 * The cause is the first of these that holds: the input files of the model
 * differ; the pack, the policy or the program has another version; the day
 * is another one.  A finding that became waived has the policy as its cause,
 * as waivers are the operator's.
 */

/*
 * Tell what changed for one model; a model that was not there before has one
 * change that says so.  Strings are the arena's.
 */
void ledger_compare_model(const struct history *history,
    const struct run_info *now, const struct summary *model,
    struct arena *arena, struct change_list *out);

/* The models of a run. */
struct compare_run {
	const struct run_info *run;
	const struct summary *models;
	size_t n_models;
};

/*
 * Tell what changed in all: pack, policy and program, models that came and
 * went, and every change of each.  Strings are the arena's.
 */
void ledger_compare(const struct history *history,
    const struct compare_run *now, struct arena *arena,
    struct change_list *out);

#endif
