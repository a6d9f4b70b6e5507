#ifndef DOSSIER_APP_WORK_H
#define DOSSIER_APP_WORK_H

#include <stdbool.h>

#include "app/discover.h"
#include "app/pipeline.h"
#include "app/render.h"
#include "model/context.h"

/*
 * The models of a run, in worker processes: a crash stays with the model that
 * caused it, and the ledger is never open in a worker.  What a worker has to
 * say of a model is its report document in the staging folder.
 */

enum { WORK_ID_SIZE = 80 };

enum work_state {
	WORK_TODO,
	WORK_RUNNING, /* by a worker; after its death: it crashed here */
	WORK_CRASHED, /* to be done again, without what crashed */
	WORK_DONE,
	WORK_FAILED /* its files could not be written */
};

/* One model of the run, in memory that all workers share. */
struct work_item {
	enum work_state state;
	bool is_duplicate; /* its id is another model's, of an earlier path */
	int status;        /* exit status that it brings */
	char id[WORK_ID_SIZE]; /* names its files */
};

/* Everything a worker needs; read-only in workers but for items. */
struct work {
	const struct pipeline *pipeline;
	const struct context *context;
	struct renderer *renderer;
	const struct render_target *target;
	const struct model_files *models;
	struct work_item *items; /* models->n */
	int jobs;
};

/*
 * Process every model.  Return 0 when each has its files in the staging
 * folder, or -1 with the reason in diags.  work_end() is due in both cases.
 */
int work_run(struct work *work, struct diag_list *diags);

/* Release the shared memory. */
void work_end(struct work *work);

#endif
