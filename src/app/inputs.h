#ifndef DOSSIER_APP_INPUTS_H
#define DOSSIER_APP_INPUTS_H

#include <libxml/tree.h>

#include "app/discover.h"
#include "app/pipeline.h"
#include "base/tree.h"
#include "model/record.h"

/*
 * Every file that a run rests on, with its digest: what lies in the folders
 * of models, what models name elsewhere below the root, the configuration,
 * the schema pack and the templates.
 */

struct input_entry {
	struct input_file file;
	bool is_used; /* read for a model, or loaded by the program */
};

struct inputs {
	struct input_entry *entries; /* sorted by path within part */
	size_t n, size;
	struct arena *arena;
	struct folder templates; /* opened here; see inputs_close() */
};

/*
 * Find and hash everything.  Return 0, or -1 with the reason in diags;
 * inputs_close() is due in both cases.
 */
int inputs_collect(struct inputs *out, const struct config *config,
    const struct pipeline *pipeline, const struct model_files *models,
    struct arena *arena, struct diag_list *diags);

/* Mark the files of a model's document as used; new ones are added. */
void inputs_mark_used(struct inputs *inputs, const xmlDoc *doc);

/* The tree hash over all entries. */
void inputs_root(
    const struct inputs *inputs, struct arena *arena, char out[HASH_HEX_SIZE]);

/* All entries as leaves of the tree: inputs->n. */
struct tree_leaf *inputs_leaves(
    const struct inputs *inputs, struct arena *arena);

/* A list of what was used, in the arena. */
struct input_file *inputs_used(
    const struct inputs *inputs, struct arena *arena);

/* A list of files in folders of models that no model names. */
struct input_file *inputs_unused(
    const struct inputs *inputs, struct arena *arena);

/* Close the folder of the templates. */
void inputs_close(struct inputs *inputs);

#endif
