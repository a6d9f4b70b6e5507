#ifndef DOSSIER_APP_CONTEXT_H
#define DOSSIER_APP_CONTEXT_H

#include "app/pipeline.h"
#include "model/context.h"
#include "model/summary.h"

/*
 * Fill what all reports of a run have in common from configuration and
 * catalogue.  run and history are borrowed; the rest is the arena's.
 */
void context_make(struct context *out, struct arena *arena,
    const struct pipeline *pipeline, const struct run_info *run,
    const struct history *history);

/* The same for a gate: without the tables of points and rules. */
void context_make_gate(struct context *out, const struct pipeline *pipeline,
    const struct run_info *run);

/*
 * Add what the portfolio says of every provision; the catalogue was loaded as
 * CATALOGUE_COVERED.
 */
void context_add_provisions(struct context *out, struct arena *arena,
    const struct catalogue *catalogue);

#endif
