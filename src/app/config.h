#ifndef DOSSIER_APP_CONFIG_H
#define DOSSIER_APP_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "app/options.h"
#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "model/context.h"
#include "model/policy.h"
#include "model/record.h"

/*
 * What a run is told: option over environment (DOSSIER_*) over dossier.yaml
 * over default.  dossier.yaml belongs to the operator of the gate and lies at
 * the portfolio's root, below which every input must be.
 */

/* The settings; the table with names and defaults is in config.c. */
enum setting {
	SETTING_OUTPUT,
	SETTING_LEDGER,
	SETTING_KEEP,
	SETTING_AS_OF,
	SETTING_FAIL_ON,
	SETTING_JOBS,
	SETTING_LEAD_TIME_DAYS,
	SETTING_MIN_REPORT,
	SETTING_CONFIDENCE,
	SETTING_JUDGE_BY,
	SETTING_MAX_AGE_MONTHS,
	SETTING_POLICY_VERSION,
	SETTING_NAMING_ID,
	SETTING_WAIVERS,
	SETTING_DATA,
	SETTING_COUNT
};

/* A value and where it came from. */
struct setting_value {
	const char *text;
	const char *origin; /* "default", "dossier.yaml:12", ... */
	struct pos pos;     /* in dossier.yaml; else file is NULL */
};

struct config {
	const char *file;      /* dossier.yaml as given, or NULL */
	const char *root_path; /* the portfolio's root, as shown: "samples" */
	char *root_real; /* its absolute path, for arithmetic on paths only */
	struct folder root;
	struct setting_value settings[SETTING_COUNT];
	struct organisation organisation;
	struct policy policy;
	const char **models; /* folders searched, below the root */
	size_t n_models;
	int jobs;
	size_t keep;
	struct input_file *inputs; /* dossier.yaml, waivers */
};

/*
 * Read the configuration named by --config, DOSSIER_CONFIG or lying at or
 * above the path start (a model's file or folder, or "." ).  Without any, the
 * root is the folder start.  Return 0, or -1 with the reasons in diags;
 * config_close() is due in both cases.
 */
int config_open(struct config *out, struct arena *arena,
    const struct options *options, const char *start, struct diag_list *diags);

/* Close what config_open() opened. */
void config_close(struct config *config);

/* Keep the digest of a file of the policy; path is below the root. */
void config_keep_input(struct config *config, struct arena *arena,
    const struct source *source, const char *path);

/* Name of a setting as dossier.yaml writes it: "policy.min_report". */
const char *config_name(enum setting setting);

/*
 * The folder of schemas/ or templates/: below --data or DOSSIER_DATA, beside
 * the program, or where it was installed.  Return 0, or -1 with the reason.
 */
int config_data(struct folder *out, const struct config *config,
    struct arena *arena, const char *name, struct diag_list *diags);

#endif
