#ifndef DOSSIER_APP_DISCOVER_H
#define DOSSIER_APP_DISCOVER_H

#include "app/config.h"

/*
 * Finding models: files named model.yaml at or below the folders of the
 * configuration, or those that the command names.
 */

/* One model's file, below the portfolio's root. */
struct model_file {
	const char *path;   /* "models/crs-2/model.yaml" */
	const char *folder; /* "models/crs-2", or "." */
};

/* Sorted by the bytes of the path, each once; the arena's. */
struct model_files {
	struct model_file *files;
	size_t n, size;
};

/*
 * Find every model below the configured folders.  Return 0, or -1 with the
 * reason in diags; no model at all is MODEL_NONE.
 */
int discover_models(struct model_files *out, const struct config *config,
    struct arena *arena, struct diag_list *diags);

/*
 * Find the models that paths of the command line name: a file is taken as a
 * record whatever its name, a folder is searched.  Every path must lie below
 * the portfolio's root.  Return 0 or -1 as above.
 */
int discover_paths(struct model_files *out, const struct config *config,
    struct arena *arena, char *const paths[], size_t n,
    struct diag_list *diags);

#endif
