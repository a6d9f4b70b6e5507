#ifndef DOSSIER_APP_PIPELINE_H
#define DOSSIER_APP_PIPELINE_H

#include "app/config.h"
#include "check/catalogue.h"
#include "model/record.h"

/*
 * What every command that judges models shares: vocabulary and rules, loaded
 * once, and the way of one model from its files to its verdicts.
 */

struct pipeline {
	const struct config *config;
	struct arena *arena; /* of what is loaded once */
	struct folder schemas;
	struct vocabulary vocabulary;
	struct catalogue catalogue;
	struct pattern *naming; /* of ids, or NULL */
};

/*
 * Load vocabulary and rules, as much of these as is said.  Return 0, or -1 with
 * the reasons in diags; pipeline_close() is due in both cases.
 */
int pipeline_open(struct pipeline *out, const struct config *config,
    struct arena *arena, enum catalogue_depth depth, struct diag_list *diags);

/* Close the folder of the schemas. */
void pipeline_close(struct pipeline *pipeline);

/*
 * Read, take in, measure and check one model.  The record is zero and must
 * not move; arena_free(&record->arena) releases it.  Whatever happens the
 * record has an id, verdicts or diagnostics: nothing fails. 
 */
void pipeline_model(const struct pipeline *pipeline, struct record *record,
    const char *file, const char *folder);

/*
 * The record of a model whose processing crashed: it has an id and the one
 * finding that says so.
 */
void pipeline_crashed(const struct pipeline *pipeline, struct record *record,
    const char *file, const char *folder);

/*
 * A record whose id is that of a model before it: add the finding, and give it
 * an id of its own by its place i in the run.
 */
void pipeline_duplicate(struct record *record, size_t i);

/* What ends a command before any model is looked at. */
enum pipeline_status {
	STATUS_OPEN = 0, /* gate open */
	STATUS_FINDINGS = 1,
	STATUS_USAGE = 2,  /* usage, configuration or rule file wrong */
	STATUS_INPUT = 3,  /* input unreadable, or nothing evaluated */
	STATUS_OUTPUT = 4, /* output could not be written */
	STATUS_INTERNAL = 5,
	STATUS_LOCKED = 75
};

/* The exit status that one record brings under the policy. */
int pipeline_status(const struct record *record, const struct policy *policy);

/*
 * The exit status that warnings beside the models bring: they close a strict
 * gate.
 */
int pipeline_run_status(
    const struct diag_list *diags, const struct policy *policy);

#endif
