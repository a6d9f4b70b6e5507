#ifndef DOSSIER_APP_CONFIG_H
#define DOSSIER_APP_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "app/settings.h"
#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "model/context.h"
#include "model/policy.h"
#include "model/record.h"

/*
 * What a run is told, by dossier.yaml and the settings.  dossier.yaml belongs to the operator of the gate and lies at
 * the portfolio's root, below which every input must be.
 */

struct config {
	const char *file;      /* dossier.yaml as given, or NULL */
	const char *root_path; /* the portfolio's root, as shown: "samples" */
	char *root_real; /* its absolute path, for arithmetic on paths only */
	struct folder root;
	struct settings settings;
	struct organisation organisation;
	struct policy policy;
	const char *const *models; /* folders searched, below the root */
	size_t n_models;
	int jobs;
	size_t keep;
	struct input_file *inputs; /* dossier.yaml, waivers */
};

/*
 * Read the file that a setting names: below the root where dossier.yaml names
 * it, else from the working folder.  It counts among the inputs.  Return 0, or
 * -1 with the reason in diags.
 */
int config_read(struct config *config, struct arena *arena,
    enum setting setting, struct source *out, struct diag_list *diags);

/* Count a file that was read among the inputs. */
void config_keep_input(struct config *config, struct arena *arena,
    const struct source *source, const char *path);

/* Whether a path names a folder. */
bool config_is_folder(const char *path);

/* The folder part of a path; "." when there is none. */
const char *config_folder_of(struct arena *arena, const char *path);

/* Close what config_open() opened. */
void config_close(struct config *config);

/*
 * The folder of schemas/ or templates/: below --data or DOSSIER_DATA, beside
 * the program, or where it was installed.  Return 0, or -1 with the reason.
 */
int config_data(struct folder *out, const struct config *config,
    struct arena *arena, const char *name, struct diag_list *diags);

#endif
