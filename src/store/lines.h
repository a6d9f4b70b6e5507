#ifndef DOSSIER_STORE_LINES_H
#define DOSSIER_STORE_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/tree.h"
#include "model/summary.h"
#include "store/table.h"

/*
 * The structures of model/summary.h as rows of the ledger: a sorted array is
 * read as the lines of a log, one row after the other.
 */
struct lines {
	const void *items;
	size_t n;
	size_t size;
	/* Make the row of an item; false for what is not recorded. */
	bool (*fill)(
	    struct row *row, const struct lines *lines, const void *item);
	const char *model; /* that owns them, if one does */
	int64_t seq;       /* of the run that they describe */
	size_t next;
};

enum { RUN_TIME = 2 }; /* cell of the time in the row of a run */

/* The models of a run. */
struct lines lines_models(const struct summary *models, size_t n, int64_t seq);

/* The verdicts of a model that are open; none where model is NULL. */
struct lines lines_verdicts(const struct summary *model, int64_t seq);

/* The figures of a model; none where model is NULL. */
struct lines lines_figures(const struct summary *model, int64_t seq);

/* The inputs or outputs of a run. */
struct lines lines_files(const struct tree_leaf *leaves, size_t n, int64_t seq);

/* Make the next row, which borrows from the items; false at the end. */
bool lines_next(struct lines *lines, struct row *row);

/* Make the row of a run; dates as text are the arena's. */
void lines_run(
    struct row *row, const struct run_info *info, struct arena *arena);

#endif
